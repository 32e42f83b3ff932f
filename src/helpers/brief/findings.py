"""What the tables say, in sentences: one rule each, silent where a fact is missing.

A rule looks up items of the comparison and never a province; the first headline rule that can speak writes the
headline. Numbers come as elements that lead to their evidence.
"""

from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from helpers.brief import caveats, evidence, names
from helpers.brief.comparing import ALL_FORMS, YEAR, Rule, by_form, compared
from helpers.brief.facts import MISSING, Briefing
from helpers.brief.wording import mark
from helpers.reconcile.claims import PAY_PERIODS
from helpers.records import Compared

SHARE = "share_of_organisations.coop+union"


def headline(briefing: Briefing) -> tuple[Markup, Markup | None]:
    """Return the first thing to know about the subject, and the main doubt about it."""
    for rule, item in COMPARISON_HEADLINES if briefing.is_comparison else PROVINCE_HEADLINES:
        if sentence := rule(briefing):
            return sentence, _main_doubt(briefing, item)
    return briefing.words.say("The articles state too little for a headline."), None


def formality(briefing: Briefing) -> Markup | None:
    """Say how large a part of all organisations are cooperatives or unions."""
    share = briefing.item(SHARE)
    part, whole = briefing.item("organisations.coop+union"), briefing.item(f"organisations.{ALL_FORMS}")
    groups = briefing.item("organisations.group")
    if None in (share, part, whole, groups):
        return None
    words = briefing.words
    return words.say(
        "Of {whole} organisations in {area}, {part} are {cooperatives} or {unions}: {share}."
        " The other {groups} are {group_name}.",
        whole=briefing.show(whole),
        area=briefing.area_names[whole.ref_area],
        part=briefing.show(part),
        cooperatives=names.introduce(words, "coop"),
        unions=names.introduce(words, "union"),
        share=briefing.show(share),
        groups=briefing.show(groups),
        group_name=names.introduce(words, "group"),
    )


def largest_sector(briefing: Briefing) -> Markup | None:
    """Say which sector has the most cooperatives, and how large its part is."""
    shares = [row for row in briefing.stated if row.item.startswith("sector_share.coop.") and row.lower is not None]
    total = briefing.item("organisations.coop")
    if not shares or total is None:
        return None
    share = max(shares, key=lambda row: row.lower)
    return briefing.words.say(
        "{area} counts {total} {cooperatives}; {share} of them are in {sector}.",
        area=briefing.area_names[share.ref_area],
        total=briefing.show(total),
        cooperatives=_introduced(briefing, total),
        share=briefing.show(share),
        sector=names.sector(briefing.words, share.sector),
    )


def cooperatives_counted(briefing: Briefing) -> Markup | None:
    """Say how many cooperatives there are."""
    total = briefing.item("organisations.coop")
    if total is None:
        return None
    return briefing.words.say(
        "{area} counts {number} {cooperatives}.",
        area=briefing.area_names[total.ref_area],
        number=briefing.show(total),
        cooperatives=_introduced(briefing, total),
    )


def formality_compared(briefing: Briefing) -> Markup | None:
    """Say how large a part of all organisations are cooperatives or unions, for the areas that may be compared."""
    rows = briefing.comparable(SHARE)
    if len(rows) < 2:
        return None
    words = briefing.words
    shares = [
        words.say("{share} in {area}", share=briefing.show(row), area=briefing.area_names[row.ref_area]) for row in rows
    ]
    sentence = words.say(
        "{cooperatives} and {unions} make up this part of all organisations: {shares}.",
        cooperatives=names.introduce(words, "coop"),
        unions=names.introduce(words, "union"),
        shares=words.enumerate(shares),
    )
    sentence = names.capitalise(sentence)
    unknown = [briefing.area_names[area] for area in briefing.areas if not briefing.item(SHARE, area)]
    if not unknown:
        return sentence
    return Markup(" ").join([sentence, words.say("For {areas} it is not known.", areas=words.enumerate(unknown))])


def registered_groups(briefing: Briefing) -> Markup | None:
    """Say how many of the groups are registered."""
    share, part = briefing.item("registered_share.group"), briefing.item("organisations.group.registered")
    if None in (share, part):
        return None
    return briefing.words.say(
        "Of the {forms} {part} are registered with their local authority: {share}.",
        **names.parts(briefing.words, "group"),
        part=briefing.show(part),
        share=_dated(briefing, share),
    )


def union_members(briefing: Briefing) -> Markup | None:
    """Say how many cooperatives belong to a union."""
    share, part = briefing.item("union_member_share.coop"), briefing.item("organisations.coop.union-members")
    if None in (share, part):
        return None
    return briefing.words.say(
        "Of the {forms} {part} belong to a union: {share}.",
        **names.parts(briefing.words, "coop"),
        part=briefing.show(part),
        share=_dated(briefing, share),
    )


def _dated(briefing: Briefing, share: Compared) -> Markup:
    """Return what is shown of a share, with its time where it is older than another number of organisations."""
    counts = [row for row in briefing.stated if row.indicator == "organisations"]
    return evidence.dated(briefing, share, briefing.show(share), counts, days=YEAR)


def joint_count(briefing: Briefing) -> Markup | None:
    """Say that cooperatives and unions were counted together, where their separate numbers are not known."""
    joint = briefing.item("organisations.coop+union")
    if joint is None or joint.formula != "figure":
        return None
    return briefing.words.say(
        "The article counts {forms} together, {number} in all; how many there are of each is not stated.",
        number=briefing.show(joint),
        **names.parts(briefing.words, joint.org_type),
    )


@dataclass(frozen=True)
class ByForm:
    """The rule that says what an area has of an indicator by legal form, in a sentence of one time only."""

    indicator: str
    message: str
    part: str
    tells_older: bool = False

    def __call__(self, briefing: Briefing) -> Markup | None:
        words = briefing.words
        current, older = _current_and_older(briefing, self.indicator)
        if not current:
            return None
        newest = max(current, key=lambda row: row.period_start or date.min)
        parts = words.enumerate(self._part(briefing, row) for row in current)
        sentence = words.say(self.message, parts=parts, period=words.period(newest.period))
        if not older or not self.tells_older:
            return sentence
        dated = [Markup("{} ({})").format(self._part(briefing, row), evidence.when(briefing, row)) for row in older]
        return Markup(" ").join([sentence, words.say("Older: {parts}.", parts=words.enumerate(dated))])

    def _part(self, briefing: Briefing, row: Compared) -> Markup:
        return briefing.words.say(self.part, number=briefing.show(row), **names.parts(briefing.words, row.org_type))


def mean(indicator: str, message: str) -> ByForm:
    """Return the rule that says what one organisation of each legal form has, as ``message`` puts it."""
    return ByForm(indicator, message, mark("{number} per {form}"))


def total(indicator: str, message: str) -> ByForm:
    """Return the rule that says what the organisations of each legal form have together."""
    return ByForm(indicator, message, mark("{number} in {forms}"))


def with_older(rule: ByForm) -> Rule:
    """Return the rule that says what ``rule`` does and then, apart from it, the older numbers that it passes over."""
    return replace(rule, tells_older=True)


def jobs_beyond_members(briefing: Briefing) -> Markup | None:
    """Say where organisations give work to more persons than they have members."""
    ratios = [row for row in briefing.stated if row.indicator == "workers_per_member" and row.org_type != ALL_FORMS]
    rows = [row for row in ratios if row.lower is not None and row.lower > 1]
    if not rows:
        return None
    words = briefing.words
    parts = [
        words.say("{number} in {forms}", number=briefing.show(row), **names.parts(words, row.org_type))
        for row in by_form(rows)
    ]
    return words.say(
        "More workers than members are counted, for each member {parts}; the two may not count the same people.",
        parts=words.enumerate(parts),
    )


def support_fund(briefing: Briefing) -> Markup | None:
    """Say what the support fund lent, to how many projects, and how much to each."""
    loans, projects = briefing.item("loans_disbursed.none"), briefing.item("projects_financed.none")
    each = briefing.item("loan_per_project.none")
    if None in (loans, projects, each):
        return None
    return briefing.words.say(
        "In {period} the support fund for cooperatives lent {loans} to {projects} projects, {each} to each on average.",
        period=briefing.words.period(loans.period),
        loans=briefing.show(loans),
        projects=briefing.show(projects),
        each=briefing.show(each),
    )


def births_and_deaths(briefing: Briefing) -> Markup | None:
    """Say how many cooperatives came and went in the period, and what that leaves."""
    rows = {
        name: briefing.item(f"{name}.coop") for name in ("established", "dissolved", "converted", "net_established")
    }
    if None in rows.values():
        return None
    words = briefing.words
    sentence = words.say(
        "{forms} in {period}: {established} founded, {dissolved} dissolved, {converted} converted into another form;"
        " net change {net_established}.",
        period=words.period(rows["established"].period),
        forms=names.forms(words, "coop"),
        **{name: briefing.show(row) for name, row in rows.items()},
    )
    return names.capitalise(sentence)


def suspended(briefing: Briefing) -> Markup | None:
    """Say how many cooperatives stopped for a time, which closes none of them."""
    row = briefing.item("suspended.coop")
    if row is None:
        return None
    return briefing.words.say(
        "Besides, {number} were suspended for a time; they stay on the books.", number=briefing.show(row)
    )


def not_stated(briefing: Briefing) -> Markup | None:
    """Say what another province states and this one does not, the legal forms of one indicator together."""
    absent = [
        row
        for row in briefing.comparison
        if row.verdict == MISSING and row.formula == "figure" and row.org_type != ALL_FORMS
        if _is_of_all(row) and not any(reason.startswith("scope:") for reason in row.reasons)
    ]
    if not absent:
        return None
    alike: dict[tuple[str, str | None], list[Compared]] = {}
    for row in absent:
        alike.setdefault((row.indicator, row.subset), []).append(row)
    things = []
    for rows in alike.values():
        forms = dict.fromkeys(form for row in by_form(rows) for form in row.org_type.split("+"))
        things.append(briefing.thing(replace(rows[0], org_type="+".join(forms))))
    return briefing.words.say(
        "Not stated here, though another province states it: {things}.", things=briefing.words.series(things)
    )


def _is_of_all(row: Compared) -> bool:
    """Return whether a row counts no sector or subset alone; that an income is of a month or a year is its unit."""
    return row.item.count(".") == 1 or row.subset in PAY_PERIODS.values()


def _introduced(briefing: Briefing, row: Compared) -> Markup:
    """Return cooperatives with their Vietnamese name, and which of them the text counts where it says so."""
    cooperatives = names.introduce(briefing.words, "coop")
    if row.subset is None:
        return cooperatives
    return briefing.words.say("{forms} {subset}", forms=cooperatives, subset=names.subset(briefing.words, row.subset))


def _current_and_older(briefing: Briefing, indicator: str) -> tuple[list[Compared], list[Compared]]:
    """Return what an area has of an indicator by legal form: what is of the newest time known, and what is older.

    Numbers of different times do not share a sentence: they would read as parts of one count.
    """
    rows = [row for row in briefing.stated if row.indicator == indicator and row.item.count(".") == 1]
    rows = by_form(row for row in rows if row.org_type != ALL_FORMS)
    older = [row for row in rows if evidence.is_older(row, rows, days=0)]
    return [row for row in rows if row not in older], older


def _main_doubt(briefing: Briefing, item: str) -> Markup:
    """Return the gravest doubt about what a headline rests on: sums that fail, flags, an unknown date, one origin."""
    rows = [row for row in briefing.stated if row.item == item]
    terms = dict.fromkeys(figure for row in rows for figure in row.figures)
    figures = [briefing.figures[figure] for figure in terms]
    for check in briefing.checks:
        if check.verdict == "differs" and check.figures[0] in terms:
            return caveats.of_check(briefing, check)
    flagged = [figure for flag in caveats.GRAVITY for figure in figures if flag in figure.flags]
    if flagged:
        return caveats.of_figure(briefing, flagged[0])[0]
    words = briefing.words
    for figure in figures:
        if figure.period_basis == "bounded":
            return words.say("The article carries no date: {when}.", when=evidence.when(briefing, figure))
    origins = dict.fromkeys(origin for figure in figures for origin in figure.origins)
    return words.say(
        "One article says so and one office counted ({origins}); no second count confirms it.",
        origins=words.enumerate(briefing.origin(origin) for origin in origins),
    )


PROVINCE_HEADLINES: tuple[tuple[Rule, str], ...] = (
    (formality, SHARE),
    (largest_sector, "sector_share.coop.agriculture"),
    (cooperatives_counted, "organisations.coop"),
)


COMPARISON_HEADLINES: tuple[tuple[Rule, str], ...] = (
    (formality_compared, SHARE),
    (compared("organisations.coop+union"), "organisations.coop+union"),
    (compared("organisations.coop"), "organisations.coop"),
)
