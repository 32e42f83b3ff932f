"""The sections of a briefing, in the order in which they are read; a notebook shows one a cell.

Each function takes the briefing and returns HTML; a section with nothing to say comes back empty. What is said is
decided in ``findings`` and ``plots``, where it comes from is told by ``evidence``; this module puts them in order.
"""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from helpers.brief import caveats, changes, cited, evidence, findings, method, names, national, plots, series, tabulate
from helpers.brief import colophon as imprint
from helpers.brief.comparing import Rule, compared_with_caution, ranked, shared_items, write
from helpers.brief.facts import Briefing, card_words, load_briefing
from helpers.brief.findings import SHARE, mean, total, with_older
from helpers.brief.fragments import Html, render
from helpers.brief.head import heading
from helpers.brief.wording import mark
from helpers.records import Check

__all__ = [
    "change",
    "colophon",
    "comparability",
    "country",
    "doubts",
    "edition",
    "evidence_entries",
    "heading",
    "key_findings",
    "load_briefing",
    "money",
    "people",
    "scale",
    "sources_and_method",
    "structure",
]

# The sections that a page may jump to, by the names of their elements.
SECTIONS = {
    "findings": mark("Findings"),
    "structure": mark("Structure"),
    "scale": mark("Scale"),
    "money": mark("Money and support"),
    "people": mark("People"),
    "change": mark("Change"),
    "country": mark("Beside the whole country"),
    "comparability": mark("Missing and not comparable"),
    "doubts": mark("Doubts"),
    "edition": mark("Since the last edition"),
    "sources": mark("Sources and method"),
    "colophon": mark("Cite, use and save"),
}

STRUCTURE = (
    "organisations",
    "organisations_per_100000",
    "share_of_organisations",
    "share_among_groups",
    "registered_share",
    "union_member_share",
    "sector_share",
)
SCALE = ("members_per_organisation", "workers_per_organisation")
MONEY = (
    "charter_capital",
    "charter_capital_per_organisation",
    "working_capital",
    "working_capital_per_organisation",
    "capital",
    "capital_per_organisation",
    "revenue_total",
    "revenue_per_organisation",
    "profit_total",
    "profit_per_organisation",
    "loans_disbursed",
    "projects_financed",
    "loan_per_project",
    "loans_outstanding",
    "budget_support",
    "policies",
    "ocop_products",
)
PEOPLE = (
    "members",
    "members_per_100000",
    "workers",
    "workers_per_100000",
    "workers_per_member",
    "income_per_worker",
    "training_courses",
    "training_participants",
)
CHANGE = ("established", "dissolved", "converted", "net_established", "suspended")
FACTS = {"structure": STRUCTURE, "scale": SCALE, "money": MONEY, "people": PEOPLE, "change": CHANGE}

MEMBERS_EACH = mean("members_per_organisation", mark("Members on average: {parts}."))
WORKERS_EACH = mean("workers_per_organisation", mark("Workers on average: {parts}."))
CHARTER_CAPITAL_EACH = mean("charter_capital_per_organisation", mark("Charter capital on average: {parts}."))
WORKING_CAPITAL_EACH = mean("working_capital_per_organisation", mark("Working capital on average: {parts}."))
REVENUE_EACH = mean("revenue_per_organisation", mark("Mean revenue in {period}: {parts}."))
MEMBERS = total("members", mark("Members: {parts}."))
WORKERS = total("workers", mark("Workers: {parts}."))

KEY_FINDINGS_OF_PROVINCE: tuple[Rule, ...] = (
    findings.registered_groups,
    MEMBERS,
    MEMBERS_EACH,
    WORKERS_EACH,
    CHARTER_CAPITAL_EACH,
    REVENUE_EACH,
    findings.births_and_deaths,
    national.beside("organisations_per_100000"),
)

KEY_FINDINGS_OF_COMPARISON: tuple[Rule, ...] = (
    compared_with_caution("organisations.coop+union"),
    compared_with_caution("organisations.coop"),
    compared_with_caution("members_per_organisation.group"),
    compared_with_caution("members_per_organisation.coop+union"),
)


def key_findings(briefing: Briefing) -> Html:
    """Return the headline with its main doubt, and the other findings in a line each."""
    words = briefing.words
    title = SECTIONS["findings"]
    sentence, doubt = findings.headline(briefing)
    rules = KEY_FINDINGS_OF_COMPARISON if briefing.is_comparison else KEY_FINDINGS_OF_PROVINCE
    html = render(
        "findings",
        title=words.say(title),
        headline=sentence,
        doubt_label=words.say("Main doubt:"),
        doubt=doubt,
        findings=write(briefing, rules),
        reading=words.say("Every underlined number opens the printed words that it was read from."),
        sections_label=words.say("On this page"),
        sections=[(name, words.say(title)) for name, title in SECTIONS.items() if _has_section(briefing, name)],
    )
    return evidence.set_numbers(html)


def structure(briefing: Briefing) -> Html:
    """Return which organisations there are: by legal form, by sector, registered or in unions."""
    rules = (findings.joint_count, findings.registered_groups, findings.union_members)
    charts = (plots.legal_forms, plots.sectors)
    return _facts(briefing, "structure", rules, charts)


def scale(briefing: Briefing) -> Html:
    """Return how large one organisation is, by members and workers."""
    charts = tuple(map(plots.per_form, SCALE))
    return _facts(briefing, "scale", (with_older(MEMBERS_EACH), with_older(WORKERS_EACH)), charts)


def money(briefing: Briefing) -> Html:
    """Return capital, revenue and support."""
    rules = (CHARTER_CAPITAL_EACH, WORKING_CAPITAL_EACH, with_older(REVENUE_EACH), findings.support_fund)
    return _facts(briefing, "money", rules)


def people(briefing: Briefing) -> Html:
    """Return members, workers and training."""
    rules = (with_older(MEMBERS), with_older(WORKERS), findings.jobs_beyond_members)
    return _facts(briefing, "people", rules)


def change(briefing: Briefing) -> Html:
    """Return what came and went in a period."""
    rules, charts = (findings.births_and_deaths, findings.suspended), (plots.births_and_deaths,)
    older = None if briefing.is_comparison else series.of_other_times(briefing, "series-table")
    return _facts(briefing, "change", rules, charts, [older])


def country(briefing: Briefing) -> Html:
    """Return what is known of the same things in the whole country, as a reference."""
    if briefing.is_comparison:
        return Html("")  # its tables have a column for the country
    title = SECTIONS["country"]
    listed = tabulate.of_country(briefing, "country-table", caption=briefing.words.say(title))
    return _section(briefing, "country", [national.caution(briefing)], [listed]) if listed else Html("")


def edition(briefing: Briefing) -> Html:
    """Return what has changed since the last frozen edition; nothing where none has been frozen."""
    if briefing.last_edition is None:
        return Html("")
    return _section(briefing, "edition", [changes.tell(briefing)], [changes.of_changes(briefing, "edition-table")])


def comparability(briefing: Briefing) -> Html:
    """Return what is missing, and in a comparison also what cannot be set side by side."""
    words = briefing.words
    if not briefing.is_comparison:
        return _section(briefing, "comparability", write(briefing, [findings.not_stated]), [])
    rule = words.say(
        "Numbers share a table, a chart or a sentence here only if they count the same things, at about the same time,"
        " on the same ground. What one province alone states stands in its own briefing."
    )
    alone = [_item(sentence) for area in briefing.areas if (sentence := _stated_alone(briefing, area))]
    blocks = [
        tabulate.of_barred_pairs(briefing, "barred-table"),
        _list(words.say("What only one province states"), alone),
    ]
    return _section(briefing, "comparability", [rule, national.caution(briefing)], blocks)


def doubts(briefing: Briefing) -> Html:
    """Return what was repaired, contradicted or left open, and what did not add up."""
    words = briefing.words
    flagged = [_item(line) for line in caveats.listed(briefing, cited.figures(briefing))]
    checks = cited.checks(briefing)
    failed = cited.failed_checks(briefing)
    listed = [_item(_with_terms(briefing, check), check.check_id) for check in failed]
    tally = words.say(
        "Checks made: {agreed} passed, {failed} failed, {open} undecided.",
        agreed=briefing.count(sum(check.verdict == "agrees" for check in checks)),
        failed=briefing.count(len(failed)),
        open=briefing.count(sum(check.verdict == "cannot_say" for check in checks)),
    )
    blocks = [
        _list(words.say("Repaired, contradicted, left open or only expected"), flagged),
        _list(words.say("Checks that fail"), listed),
    ]
    return _section(briefing, "doubts", [tally], blocks)


def sources_and_method(briefing: Briefing) -> Html:
    """Return the sources with what is known of them, how their numbers were read, and what the words mean."""
    words = briefing.words
    described = [
        {
            "id": briefing.card(source),
            "title": card_words(source.title),
            "lines": method.describe(briefing, source),
        }
        for source in briefing.sources.values()
    ]
    dates = plots.dates(briefing) if briefing.is_comparison else None  # a province's tables date each number
    blocks = [
        render("sources", id=plots.SOURCE_LIST, sources=described),
        dates.html if dates else None,
        _list(words.say("Method"), map(_item, method.rules(briefing))),
        _list(words.say("Legal forms"), [_item(names.introduce(words, form)) for form in names.LEGAL_FORMS]),
        _list(words.say("What is counted"), map(_item, method.definitions(briefing, cited.figures(briefing)))),
    ]
    return _section(briefing, "sources", method.reading(briefing), blocks)


def evidence_entries(briefing: Briefing) -> Html:
    """Return the entry that each number of the page leads to."""
    entries = [evidence.explain(briefing, record) for record in cited.records(briefing)]
    title, close = briefing.words.say("Where every number comes from"), briefing.words.say("Close")
    return render("notes", id="evidence", title=title, close=close, entries=entries)


def colophon(briefing: Briefing) -> Html:
    """Return how to cite the page, who may use it, where to report an error, and its numbers to save."""
    return imprint.colophon(briefing, cited.records(briefing))


def _has_section(briefing: Briefing, section: str) -> bool:
    """Return whether a section has anything to say."""
    if section == "country":
        return not briefing.is_comparison and bool(national.of_province(briefing))
    if section == "edition":
        return briefing.last_edition is not None
    if section not in FACTS:
        return True
    if briefing.is_comparison:
        return bool(shared_items(briefing, FACTS[section]))
    return any(record.indicator in FACTS[section] for record in (*briefing.figures.values(), *briefing.computed))


def _facts(
    briefing: Briefing,
    section_id: str,
    rules: Iterable[Rule],
    charts: Iterable[Callable[[Briefing], plots.Chart | None]] = (),
    more: Iterable[Html | None] = (),
) -> Html:
    """Return a section of facts: for one area its sentences, charts and table; for several what they share."""
    table_id, title = f"{section_id}-table", briefing.words.say(SECTIONS[section_id])
    indicators = FACTS[section_id]
    if briefing.is_comparison:
        items = shared_items(briefing, indicators)
        charted = ((item, plots.areas(briefing, item, table_id=table_id)) for item in items)
        first, chart = next(((item, chart) for item, chart in charted if chart), (None, None))
        drawn = [chart] if chart else []  # the table has the others
        table = tabulate.of_areas(briefing, table_id, caption=title, items=items)
        told = [ranked(item) for item in items if item not in (SHARE, first)]
        sentences = [Markup(" ").join(write(briefing, told))] if told else []
    else:
        drawn = [chart for draw in charts if (chart := draw(briefing))]
        shown = frozenset().union(*(chart.shown for chart in drawn))
        table = tabulate.of_province(briefing, table_id, caption=title, indicators=indicators, shown=shown)
        sentences = write(briefing, rules)
    return _section(
        briefing, section_id, list(filter(None, sentences)), [*(chart.html for chart in drawn), table, *more]
    )


def _section(briefing: Briefing, section_id: str, paragraphs: Sequence[Markup], blocks: Iterable[Html | None]) -> Html:
    blocks = [block for block in blocks if block]
    if not paragraphs and not blocks:
        return Html("")
    title = briefing.words.say(SECTIONS[section_id])
    return evidence.set_numbers(render("section", id=section_id, title=title, paragraphs=paragraphs, blocks=blocks))


def _list(title: Markup, items: Iterable[dict]) -> Html | None:
    items = list(items)
    return render("list", title=title, items=items) if items else None


def _item(text: Markup, item_id: str | None = None) -> dict[str, object]:
    return {"text": text, "id": item_id}


def _with_terms(briefing: Briefing, check: Check) -> Markup:
    """Return what a failed check found and, where it added up more than two numbers, these."""
    found = caveats.of_check(briefing, check)
    if len(check.figures) < 3:
        return found
    terms = caveats.terms(briefing, check.figures)
    return Markup(" ").join([found, briefing.words.say("Compared: {terms}.", terms=terms)])


def _stated_alone(briefing: Briefing, area: str) -> Markup | None:
    rows = [row for row in briefing.stated if row.ref_area == area and "alone" in row.reasons]
    things = dict.fromkeys(briefing.thing(row) for row in rows if row.formula == "figure")
    if not things:
        return None
    return briefing.words.say("{area}: {things}.", area=briefing.area_names[area], things=briefing.words.series(things))
