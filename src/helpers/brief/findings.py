"""What the tables say, in sentences: one rule each, silent where a fact is missing.

A rule looks up items of the comparison and never a province; the first headline rule that can speak writes the
headline. Numbers come as elements that lead to their evidence.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from markupsafe import Markup

from helpers.brief import evidence, names
from helpers.brief.facts import MISSING, Briefing
from helpers.brief.wording import mark
from helpers.compare.verdicts import CAUTION, require_comparable, weight
from helpers.records import Compared, Figure, Verdict

Rule = Callable[[Briefing], Markup | None]

ALL_FORMS = "group+coop+union"
YEAR = 366  # days: as far apart as numbers of two areas may be without their dates being said; verdicts caution beyond
SHARE = "share_of_organisations.coop+union"

# From small to large; the page tells of legal forms in this order.
FORM_ORDER = ("group", "coop", "union", "fund", "coop+union", ALL_FORMS)


def write(briefing: Briefing, rules: Iterable[Rule]) -> list[Markup]:
    """Return the sentences of the rules that have something to say."""
    return [sentence for rule in rules if (sentence := rule(briefing))]


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
    rows = comparable_rows(briefing, SHARE)
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
        share=briefing.show(share),
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
        share=briefing.show(share),
    )


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


def mean(indicator: str, message: str) -> Rule:
    """Return the rule that says what one organisation of each legal form has, as ``message`` puts it."""
    return _by_form(indicator, message, mark("{number} per {form}"))


def total(indicator: str, message: str) -> Rule:
    """Return the rule that says what the organisations of each legal form have together."""
    return _by_form(indicator, message, mark("{number} in {forms}"))


def jobs_beyond_members(briefing: Briefing) -> Markup | None:
    """Say where organisations give work to more persons than they have members."""
    ratios = [row for row in briefing.stated if row.indicator == "workers_per_member" and row.org_type != ALL_FORMS]
    rows = [row for row in ratios if row.lower is not None and row.lower > 1]
    if not rows:
        return None
    words = briefing.words
    parts = [
        words.say("{number} in {forms}", number=briefing.show(row), **names.parts(words, row.org_type))
        for row in sorted(rows, key=_form_order)
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


def not_stated(briefing: Briefing) -> Markup | None:
    """Say what another province states and this one does not: an indicator, or only some of its legal forms."""
    absent = [
        row
        for row in briefing.comparison
        if row.verdict == MISSING and row.formula == "figure" and row.org_type != ALL_FORMS
        if row.item.count(".") == 1 and not any(reason.startswith("scope:") for reason in row.reasons)
    ]
    if not absent:
        return None
    known = {row.indicator for row in briefing.stated}
    forms = Counter(row.indicator for row in absent)
    wholly = {indicator for indicator, number in forms.items() if number > 1 and indicator not in known}
    things = dict.fromkeys(
        briefing.thing(replace(row, org_type="none") if row.indicator in wholly else row) for row in absent
    )
    return briefing.words.say(
        "Not stated here, though another province states it: {things}.", things=briefing.words.series(things)
    )


def compared(item: str) -> Rule:
    """Return the rule that sets an item's comparable areas side by side."""

    def rule(briefing: Briefing) -> Markup | None:
        rows = comparable_rows(briefing, item)
        return _compare(briefing, rows) if len(rows) > 1 else None

    return rule


def ranked(item: str) -> Rule:
    """Return the rule that says which area has more of an item, where that is certain: a table has the rest."""

    def rule(briefing: Briefing) -> Markup | None:
        rows = comparable_rows(briefing, item)
        return _rank(briefing, rows) if len(rows) > 1 else None

    return rule


def compared_with_caution(item: str) -> Rule:
    """Return the rule that sets an item's comparable areas side by side and says what asks for caution."""

    def rule(briefing: Briefing) -> Markup | None:
        sentence, rows = compared(item)(briefing), comparable_rows(briefing, item)
        if sentence and (cautions := reasons_among(briefing, rows, CAUTION)):
            caution = briefing.words.say("With caution: {reasons}.", reasons=briefing.words.series(cautions))
            return Markup(" ").join([sentence, caution])
        return sentence

    return rule


def comparable_rows(briefing: Briefing, item: str) -> list[Compared]:
    """Return the largest set of areas that may all be set beside each other for an item, in the page's order."""
    barred = {frozenset((pair.ref_area, pair.other_area)) for pair in _pairs(briefing, item, "not_comparable")}
    sets: list[list[Compared]] = [[]]
    for row in (row for area in briefing.areas if (row := briefing.item(item, area))):
        sets += [
            [*kept, row]
            for kept in sets
            if all(frozenset((row.ref_area, other.ref_area)) not in barred for other in kept)
        ]
    return max(sets, key=len)


def shared_items(briefing: Briefing, indicators: Iterable[str]) -> list[str]:
    """Return the items of these indicators that at least two areas may be compared for, in the page's order."""
    items = []
    for indicator in indicators:
        firsts = {row.item: row for row in briefing.stated if row.indicator == indicator}
        items += [row.item for row in by_form(firsts.values()) if len(comparable_rows(briefing, row.item)) > 1]
    return items


def reasons_among(briefing: Briefing, rows: Sequence[Compared], *weights: str) -> list[Markup]:
    """Return the reasons of the given weights that hold between any two of ``rows``, all of one item."""
    areas = {row.ref_area for row in rows}
    codes = dict.fromkeys(
        code
        for pair in _pairs(briefing, rows[0].item, "comparable", "with_caution")
        if {pair.ref_area, pair.other_area} <= areas
        for code in pair.reasons
        if weight(code) in weights
    )
    return [reason(briefing, code, rows) for code in codes]


def reason(briefing: Briefing, code: str, rows: Sequence[Compared]) -> Markup:
    """Return a reason in words that name the areas whose row gives it, or else all areas of ``rows``."""
    giving = [row.ref_area for row in rows if _gives(briefing, code, row)] or [row.ref_area for row in rows]
    areas = briefing.words.enumerate(briefing.area_names[area] for area in dict.fromkeys(giving))
    return names.reason(briefing.words, code, areas)


def by_form(rows: Iterable[Compared | Figure]) -> list:
    """Return ``rows`` from the smallest legal form to all forms together."""
    return sorted(rows, key=_form_order)


def _compare(briefing: Briefing, rows: Sequence[Compared]) -> Markup:
    """Return which area has more, where bounds and dates allow it, and else only the numbers."""
    if rank := _rank(briefing, rows):
        return rank
    words = briefing.words
    parts = [
        evidence.dated(
            briefing,
            row,
            words.say("{number} in {area}", number=briefing.show(row), area=briefing.area_names[row.ref_area]),
            rows,
            days=YEAR,
        )
        for row in rows
    ]
    return words.say("{label}: {parts}.", label=briefing.label(rows[0]), parts=words.enumerate(parts))


def _rank(briefing: Briefing, rows: Sequence[Compared]) -> Markup | None:
    """Return which area has more than the other, or the most and the fewest; None where it is not certain."""
    require_comparable(rows[0].item, [row.ref_area for row in rows], briefing.verdicts)
    if rows[0].unit not in ("organisation", "person") or any(evidence.is_older(row, rows, days=YEAR) for row in rows):
        return None
    more, *between, less = sorted(rows, key=_size, reverse=True)
    if not (_exceeds(more, [*between, less]) and all(_exceeds(row, [less]) for row in between)):
        return None
    words = briefing.words
    if not between:
        return words.say(
            "{area} has more {things} than {other}: {number} against {other_number}.",
            area=briefing.area_names[more.ref_area],
            things=briefing.thing(more),
            other=briefing.area_names[less.ref_area],
            number=briefing.show(more),
            other_number=briefing.show(less),
        )
    return words.say(
        "{label}: {most} leads with {large}; {fewest} has the fewest, {small}.",
        label=briefing.label(more),
        most=briefing.area_names[more.ref_area],
        large=briefing.show(more),
        fewest=briefing.area_names[less.ref_area],
        small=briefing.show(less),
    )


def _exceeds(more: Compared, others: Iterable[Compared]) -> bool:
    """Return whether a number is certainly larger than each of the others, wherever it lies in its bounds."""
    return more.lower is not None and all(row.upper is not None and more.lower > row.upper for row in others)


def _introduced(briefing: Briefing, row: Compared) -> Markup:
    """Return cooperatives with their Vietnamese name, and which of them the text counts where it says so."""
    cooperatives = names.introduce(briefing.words, "coop")
    if row.subset is None:
        return cooperatives
    return briefing.words.say("{forms} {subset}", forms=cooperatives, subset=names.subset(briefing.words, row.subset))


def _by_form(indicator: str, message: str, part: str) -> Rule:
    def rule(briefing: Briefing) -> Markup | None:
        rows = [row for row in briefing.stated if row.indicator == indicator and row.item.count(".") == 1]
        rows = by_form(row for row in rows if row.org_type != ALL_FORMS)
        if not rows:
            return None
        words = briefing.words
        parts = [
            evidence.dated(
                briefing,
                row,
                words.say(part, number=briefing.show(row), **names.parts(words, row.org_type)),
                rows,
                days=0,
            )
            for row in rows
        ]
        newest = max(rows, key=lambda row: row.period_start or date.min)
        return words.say(message, parts=words.enumerate(parts), period=words.period(newest.period))

    return rule


def _gives(briefing: Briefing, code: str, row: Compared) -> bool:
    """Return whether it is this row that gives a reason of a comparison, rather than the one beside it."""
    kind, _, detail = code.partition(":")
    if kind == "flag":
        return detail in row.flags
    if code == "credit_funds:inside_one":
        return any(figure.ref_area == row.ref_area for figure in briefing.figures.values() if figure.org_type == "fund")
    if code in names.COMPANIONS:
        return "+" in row.org_type and names.COMPANIONS[code] in row.org_type.split("+") and row.formula != "sum"
    if kind == "subset":
        return row.subset is not None
    return {
        "scope:open": "ambiguous" in row.flags,
        "period:undated": row.period_start is None and row.period_end is None,
        "period:undated_bounded": row.period_basis == "bounded",
        "boundary:unknown": _is_of_unknown_ground(briefing, row),
        "qualifier:lower_bound": row.upper is None,
        "qualifier:upper_bound": row.lower is None,
        "qualifier:approximate": row.qualifier in ("~", "<"),
    }.get(code, False)


def _is_of_unknown_ground(briefing: Briefing, row: Compared) -> bool:
    terms = (briefing.figures.get(term) for term in row.figures)
    return any(figure is not None and figure.boundary == "unknown" for figure in terms)


def _form_order(row: Compared | Figure) -> int:
    return FORM_ORDER.index(row.org_type) if row.org_type in FORM_ORDER else len(FORM_ORDER)


def _size(row: Compared):
    return next(side for side in (row.value, row.lower, row.upper) if side is not None)


def _pairs(briefing: Briefing, item: str, *verdicts: str) -> list[Verdict]:
    return [pair for pair in briefing.verdicts if pair.item == item and pair.verdict in verdicts]


def _main_doubt(briefing: Briefing, item: str) -> Markup:
    """Return the gravest doubt about what a headline rests on: sums that fail, flags, an unknown date, one origin."""
    rows = [row for row in briefing.stated if row.item == item]
    terms = dict.fromkeys(figure for row in rows for figure in row.figures)
    figures = [briefing.figures[figure] for figure in terms]
    for check in briefing.checks:
        if check.verdict == "differs" and check.figures[0] in terms:
            return evidence.contradiction(briefing, check)
    flagged = [figure for flag in evidence.GRAVITY for figure in figures if flag in figure.flags]
    if flagged:
        return evidence.doubts(briefing, flagged[0])[0]
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
