"""Which questions a briefing answers with a chart, and the words around it.

A chart needs three marks that may be compared; with fewer the section's sentence and table say it, and the function
returns None. Each chart comes with a headline, a sentence, alternative text without numbers, and its table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from markupsafe import Markup

from helpers.brief import charts, evidence, names
from helpers.brief.comparing import FORM_ORDER, YEAR, by_form, compared, exceeds
from helpers.brief.facts import Briefing, evidence_id
from helpers.brief.fragments import Html, render
from helpers.brief.tabulate import Column, Row, table
from helpers.brief.wording import Wording, mark
from helpers.compare.verdicts import require_comparable
from helpers.records import Compared, Source

MAX_DATE_TICKS = 4
SOURCE_LIST = "source-list"

# What one organisation has, charted by legal form: headline, what is drawn, and the chart in a sentence.
PER_FORM = {
    "members_per_organisation": (
        mark("{forms} have the most members each"),
        mark("Members per organisation, {area}"),
        mark("Bar chart of members per organisation by legal form: most in {most}, fewest in {fewest}."),
    ),
    "workers_per_organisation": (
        mark("{forms} have the most workers each"),
        mark("Workers per organisation, {area}"),
        mark("Bar chart of workers per organisation by legal form: most in {most}, fewest in {fewest}."),
    ),
}

BAR_KEY = {
    "above": mark("Arrow: the source says “more than”."),
    "below": mark("Broken outline: the source says “nearly”."),
    "interval": mark("Hatched: the true number lies somewhere in this part."),
}

DATE_KEY = {
    "point": mark("Diamond: the day is known."),
    "interval": mark("Line: some day between its two ends."),
    "above": mark("Arrow: some day after its start."),
    "below": mark("Arrow: some day before its end."),
}


@dataclass(frozen=True)
class Chart:
    """A chart with the words around it, and the evidence ids of the numbers that its table shows."""

    html: Html
    shown: frozenset[str]


def legal_forms(briefing: Briefing) -> Chart | None:
    """Show which kinds of organisations there are, where every legal form is counted by itself."""
    items = ("organisations.group", "organisations.coop", "organisations.union")
    rows = _of_one_time([row for item in items if (row := briefing.item(item))])
    if len(rows) < charts.MIN_MARKS or not _has_one_order(rows):
        return None
    words = briefing.words
    first, last = _extremes(rows)
    return _bars(
        briefing,
        "chart-legal-forms",
        rows,
        labels=[briefing.label(row) for row in rows],
        title=words.say("Most organisations are {forms}", forms=briefing.thing(first))
        if _is_majority(first, rows)
        else words.say("{forms} are the most frequent", forms=briefing.label(first)),
        subtitle=words.say("Organisations by legal form, {area}", area=briefing.area_names[briefing.area]),
        sentence=_most_and_fewest(briefing, first, last),
        alt=words.say(
            "Bar chart of organisations by legal form: {most} are the most, {fewest} the fewest.",
            **_ends(words, first, last),
        ),
    )


def per_form(indicator: str) -> Callable[[Briefing], Chart | None]:
    """Return what charts how much of something one organisation of each legal form has, and of all forms together."""

    def draw(briefing: Briefing) -> Chart | None:
        stated = [row for row in briefing.stated if row.indicator == indicator and row.item.count(".") == 1]
        rows = _of_one_time([row for row in by_form(stated) if row.org_type in FORM_ORDER])
        if len(rows) < charts.MIN_MARKS or not _has_one_order(rows):
            return None
        words = briefing.words
        first, last = _extremes(rows)
        title, subtitle, alt = PER_FORM[indicator]
        return _bars(
            briefing,
            f"chart-{indicator.replace('_', '-')}",
            rows,
            labels=[names.capitalise(names.forms(words, row.org_type)) for row in rows],
            title=names.capitalise(words.say(title, forms=names.forms(words, first.org_type))),
            subtitle=words.say(subtitle, area=briefing.area_names[briefing.area]),
            sentence=_most_and_fewest(briefing, first, last),
            alt=words.say(alt, **_ends(words, first, last)),
        )

    return draw


def sectors(briefing: Briefing) -> Chart | None:
    """Show in which sectors the cooperatives are."""
    rows = [row for row in briefing.comparison if row.indicator == "organisations" and row.sector and row.value]
    rows = sorted((row for row in rows if not row.subset), key=lambda row: (-row.value, row.item))
    if len(rows) < charts.MIN_MARKS:
        return None
    words = briefing.words
    first, last = _extremes(rows)
    sector, smallest = (names.sector(words, row.sector) for row in (first, last))
    return _bars(
        briefing,
        "chart-sectors",
        rows,
        labels=[_sector_label(briefing, row) for row in rows],
        title=words.say("Most cooperatives are in {sector}", sector=sector)
        if _is_majority(first, rows)
        else words.say("The largest sector is {sector}", sector=sector),
        subtitle=words.say("Cooperatives by sector, {area}", area=briefing.area_names[briefing.area]),
        sentence=words.say(
            "{most} leads with {large}; {fewest} has the fewest, {small}.",
            most=names.capitalise(sector),
            large=briefing.show(first),
            fewest=smallest,
            small=briefing.show(last),
        ),
        alt=words.say(
            "Bar chart of cooperatives by sector: {most} has the most, {fewest} the fewest.",
            most=sector,
            fewest=smallest,
        ),
    )


def births_and_deaths(briefing: Briefing) -> Chart | None:
    """Show whether more cooperatives came than went, where all four movements are of one period."""
    items = ("established.coop", "suspended.coop", "dissolved.coop", "converted.coop")
    rows = [row for item in items if (row := briefing.item(item))]
    if len(rows) < charts.MIN_MARKS or len({row.period for row in rows}) > 1:
        return None
    words = briefing.words
    period = words.period(rows[0].period)
    labels = [Markup.escape(briefing.indicator_names[row.indicator]) for row in rows]
    net = briefing.item("net_established.coop")
    grew = net is not None and net.lower is not None and net.lower > 0
    return _bars(
        briefing,
        "chart-movements",
        rows,
        labels=labels,
        title=words.say("More cooperatives were founded than lost")
        if grew
        else words.say("No more cooperatives were founded than lost"),
        subtitle=words.say("Cooperatives, {area}, {period}", area=briefing.area_names[briefing.area], period=period),
        sentence=words.say("{label}: {number}.", label=briefing.label(net), number=briefing.show(net))
        if net
        else Markup(),
        alt=words.say(
            "Bar chart of cooperatives founded, suspended, dissolved and converted: {most} is the longest bar.",
            most=labels[rows.index(_extremes(rows)[0])],
        ),
    )


def areas(briefing: Briefing, item: str, *, table_id: str) -> Chart | None:
    """Show one item for the areas that may be compared; its numbers are also in the table ``table_id``."""
    rows = briefing.comparable(item)
    if len(rows) < charts.MIN_MARKS:
        return None
    require_comparable(item, [row.ref_area for row in rows], briefing.pairs_of(item))
    words = briefing.words
    first, last = _extremes(rows)
    places = {row: Markup.escape(briefing.area_names[row.ref_area]) for row in rows}
    is_of_one_time = not any(evidence.is_older(row, rows, days=YEAR) for row in rows)
    leads = exceeds(first, [row for row in rows if row is not first])
    return _bars(
        briefing,
        f"chart-{item}",
        rows,
        table_id=table_id,
        labels=[evidence.dated(briefing, row, places[row], rows, days=YEAR) for row in rows],
        title=_title_of_areas(briefing, first, is_of_one_time=is_of_one_time, leads=leads),
        subtitle=words.say("{label} by province", label=briefing.label(first)),
        sentence=compared(item)(briefing),
        alt=words.say(
            "Bar chart by province, {thing}: {most} has the most, {fewest} the fewest.",
            thing=briefing.thing(first),
            most=places[first],
            fewest=places[last],
        )
        if leads
        else words.say("Bar chart by province: {thing}.", thing=briefing.thing(first)),
    )


def _title_of_areas(briefing: Briefing, first: Compared, *, is_of_one_time: bool, leads: bool) -> Markup:
    words, label = briefing.words, briefing.label(first)
    if not is_of_one_time:
        return words.say("{label}, of different years", label=label)
    if not leads:
        return words.say("{label}: it is not certain where there are the most", label=label)
    return words.say("{area} has the most: {label}", area=briefing.area_names[first.ref_area], label=label)


def dates(briefing: Briefing) -> Chart | None:
    """Show when each text appeared, as far as that is known; copies of one text are one mark.

    The list of the sources beside it says the same in words.
    """
    ordered = sorted(briefing.texts, key=lambda copies: (_first_day(copies[0]), copies[0].source_id))
    if len(ordered) < charts.MIN_MARKS:
        return None
    words = briefing.words
    marks = [_date_mark(briefing, copies) for copies in ordered]
    ax = charts.draw_dates(
        marks,
        axis_label=str(words.say("day of publication")),
        ticks=[(day, words.month(day)) for day in _turns([copies[0] for copies in ordered])],
        ax=charts.new_axes(len(marks)),
    )
    undated = [copies[0] for copies in ordered if copies[0].published is None]
    return _block(
        briefing,
        "chart-dates",
        ax,
        marks,
        DATE_KEY,
        title=words.say("Not every article tells its date") if undated else words.say("Every article tells its date"),
        subtitle=words.say("When the articles appeared; translations of one text are one line"),
        sentence=words.say("Where an article has no date, what it mentions puts bounds to the day.")
        if undated
        else words.say("Every figure is dated by its article."),
        alt=words.say("Timeline of the articles: a diamond for a known day, a line for the days that are possible."),
        table=None,
        table_id=SOURCE_LIST,
    )


def _bars(
    briefing: Briefing,
    chart_id: str,
    rows: Sequence[Compared],
    *,
    labels: Sequence[Markup],
    table_id: str | None = None,
    **texts,
) -> Chart:
    """Return a bar chart of ``rows`` beside a table of them, unless they are in the table ``table_id`` already."""
    words = briefing.words
    marks = [_mark(briefing, row, label) for row, label in zip(rows, labels, strict=True)]
    unit = names.unit(words, rows[0])
    ax = charts.draw_bars(marks, axis_label=str(unit), number=words.number, ax=charts.new_axes(len(marks)))
    columns = [Column(words.say("What"), False), Column(names.capitalise(unit))]
    cells = [Row(label, [briefing.show(row)]) for row, label in zip(rows, labels, strict=True)]
    own = None if table_id else table(f"{chart_id}-table", caption=texts["subtitle"], columns=columns, rows=cells)
    return _block(briefing, chart_id, ax, marks, BAR_KEY, table=own, table_id=table_id or f"{chart_id}-table", **texts)


def _block(briefing, chart_id, ax, marks, key, *, title, subtitle, sentence, alt, table, table_id) -> Chart:
    shapes = dict.fromkeys(mark.shape for mark in marks)
    html = render(
        "chart",
        id=chart_id,
        title=title,
        subtitle=subtitle,
        sentence=sentence,
        svg=charts.to_svg(ax, chart_id=chart_id, alt=alt.striptags(), description_id=table_id),
        key=[briefing.words.say(key[shape]) for shape in shapes if shape in key],
        table=table,
    )
    return Chart(html, frozenset(mark.figure_id for mark in marks))


def _mark(briefing: Briefing, row: Compared, label: Markup) -> charts.Mark:
    text = briefing.words.quantity(row)
    return charts.Mark(
        label.striptags(), text.striptags(), evidence_id(row), row.value, row.lower, row.upper, row.qualifier
    )


def _date_mark(briefing: Briefing, copies: Sequence[Source]) -> charts.Mark:
    value, low, high = (
        None if day is None else Decimal(day.toordinal())
        for day in (copies[0].published, copies[0].not_before, copies[0].not_after)
    )
    bounds = (low, high) if value is None else (value, value)
    return charts.Mark(_text_name(briefing, copies).striptags(), "", "", value, *bounds)


def _text_name(briefing: Briefing, copies: Sequence[Source]) -> Markup:
    """Return the name of a text, which may have several translations: its area and its languages."""
    words = briefing.words
    languages = words.enumerate(words.language_name(source.language) for source in copies)
    area = briefing.area_names.get(copies[0].ref_area, copies[0].ref_area)
    return words.say("{area}, in {languages}", area=area, languages=languages)


def _first_day(source: Source) -> date:
    return source.published or source.not_before or source.not_after or date.max


def _turns(sources: Sequence[Source]) -> list[date]:
    """Return the half years that begin within the time covered, or only some years where they would crowd the axis."""
    days = [day for source in sources for day in (source.published, source.not_before, source.not_after) if day]
    turns = [date(year, month, 1) for year in range(min(days).year, max(days).year + 1) for month in (1, 7)]
    turns = [day for day in turns if min(days) <= day <= max(days)]
    if len(turns) <= MAX_DATE_TICKS:
        return turns
    years = [day for day in turns if day.month == 1]
    return years[:: -(-len(years) // MAX_DATE_TICKS)]


def _of_one_time(rows: list[Compared]) -> list[Compared]:
    """Return those rows of one area that are as new as any: an older count beside them would read as their part."""
    return [row for row in rows if not evidence.is_older(row, rows, days=0)]


def _size(row: Compared) -> Decimal:
    return next(side for side in (row.value, row.lower, row.upper) if side is not None)


def _extremes(rows: Sequence[Compared]) -> tuple[Compared, Compared]:
    return max(rows, key=_size), min(rows, key=_size)


def _has_one_order(rows: Sequence[Compared]) -> bool:
    """Return whether every number that the texts leave open ends below the next larger one."""
    return all(
        row.value is not None or (row.upper is not None and row.upper <= _size(larger))
        for row, larger in pairwise(sorted(rows, key=_size))
    )


def _ends(words: Wording, first: Compared, last: Compared) -> dict[str, Markup]:
    """Return the legal forms at the two ends of a chart, in every case that a message may ask for."""
    most, fewest = (names.parts(words, row.org_type) for row in (first, last))
    return {
        "most": most["forms"],
        "fewest": fewest["forms"],
        "most_oblique": most["oblique"],
        "fewest_oblique": fewest["oblique"],
    }


def _most_and_fewest(briefing: Briefing, first: Compared, last: Compared) -> Markup:
    words = briefing.words
    sentence = words.say(
        "{most} come first with {large}, {fewest} last with {small}.",
        most=names.forms(words, first.org_type),
        large=briefing.show(first),
        fewest=names.forms(words, last.org_type),
        small=briefing.show(last),
    )
    return names.capitalise(sentence)


def _is_majority(first: Compared, rows: Sequence[Compared]) -> bool:
    """Return whether ``first`` is more than all others together, however large the open ones are."""
    others = [row.upper for row in rows if row is not first]
    return first.lower is not None and None not in others and first.lower > sum(others)


def _sector_label(briefing: Briefing, row: Compared) -> Markup:
    """Return the sector's name; credit funds are named, being no cooperatives of that name."""
    sector = names.capitalise(names.sector(briefing.words, row.sector))
    if row.org_type == "coop":
        return sector
    forms = names.forms(briefing.words, row.org_type)
    return briefing.words.say("{sector} ({forms})", sector=sector, forms=forms)
