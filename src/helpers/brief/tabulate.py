"""Tables for people: a row for each fact, its number a link to its evidence, its unit in the head of its row."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase

from markupsafe import Markup

from helpers.brief import evidence, names, national
from helpers.brief.comparing import YEAR, by_form, reason, reasons_among
from helpers.brief.facts import Briefing, evidence_id
from helpers.brief.fragments import Html, render
from helpers.compare.verdicts import BAR, CAUTION, weight
from helpers.records import Compared, Figure, Verdict

LETTERS = [*ascii_lowercase, *(2 * letter for letter in ascii_lowercase)]  # more notes than that no reader follows

NO_REFERENCE = Markup("–")

# The row is named after what is counted, or the number carries its sign.
SELF_EVIDENT_UNITS = ("organisation", "policy", "project", "product", "course", "percent", "VND", "USD")


@dataclass(frozen=True)
class Column:
    """The head of a column; numbers stand at its end, words at its start."""

    title: Markup
    is_number: bool = True


@dataclass(frozen=True)
class Row:
    """What a line is about, and one cell for each further column."""

    name: Markup
    cells: Sequence[Markup]


class Notes:
    """What is to be said of rows of one table: each sentence once, below it, by a letter that the rows refer to."""

    def __init__(self) -> None:
        self._letters: dict[Markup, str] = {}

    def refer(self, sentences: Iterable[Markup]) -> Markup:
        """Return the letters of ``sentences``, to stand behind the name of a row; nothing for none."""
        letters = [self._letters.setdefault(said, LETTERS[len(self._letters)]) for said in sentences]
        return Markup(" <sup>{}</sup>").format(" ".join(sorted(letters))) if letters else Markup()

    def explain(self, symbol: Markup, said: Markup) -> None:
        """Say what a symbol stands for that cells hold instead of a number."""
        self._letters[said] = symbol

    @property
    def lines(self) -> list[tuple[str, Markup]]:
        """Each letter with its sentence."""
        return [(letter, said) for said, letter in self._letters.items()]


def table(
    table_id: str,
    *,
    caption: Markup,
    columns: Sequence[Column],
    rows: Iterable[Row],
    layout: str = "plain",
    notes: Notes | None = None,
) -> Html:
    """Return a table whose first column heads the rows, with its notes below it.

    ``layout`` says how it fits a narrow window: ``plain`` as it is, ``facts`` with the middle column under the first,
    ``cards`` with each row's cells under its head.
    """
    lines = notes.lines if notes else []
    return render("table", id=table_id, caption=caption, columns=columns, rows=list(rows), layout=layout, notes=lines)


def of_province(
    briefing: Briefing, table_id: str, *, caption: Markup, indicators: Sequence[str], shown: Collection[str]
) -> Html | None:
    """Return all that is known of one area for some indicators, but for the evidence ids in ``shown``."""
    words = briefing.words
    records = [*briefing.figures.values(), *briefing.computed]
    ordered = [record for name in indicators for record in by_form(r for r in records if r.indicator == name)]
    rows = [
        Row(_named(briefing, record), [_when(briefing, record), briefing.show(record)])
        for record in ordered
        if evidence_id(record) not in shown
    ]
    if not rows:
        return None
    columns = [Column(words.say("What"), False), Column(words.say("When"), False), Column(words.say("Number"))]
    return table(table_id, caption=caption, columns=columns, rows=rows, layout="facts")


def of_areas(briefing: Briefing, table_id: str, *, caption: Markup, items: Sequence[str]) -> Html | None:
    """Return each item's numbers beside those of the areas that it may be compared with."""
    if not items:
        return None
    areas = [Column(Markup.escape(briefing.area_names[area])) for area in briefing.areas]
    columns, notes = [Column(briefing.words.say("What"), False), *areas], Notes()
    compared = [briefing.comparable(item) for item in items]
    has_country = any(national.find_reference(briefing, rows) for rows in compared)
    columns += [Column(briefing.words.say("Whole country"))] if has_country else []
    rows = [_across(briefing, rows, notes, has_country=has_country) for rows in compared]
    if has_country:
        notes.explain(NO_REFERENCE, briefing.words.say("no number of the whole country may stand beside these"))
    return table(table_id, caption=caption, columns=columns, rows=rows, layout="cards", notes=notes)


def of_country(briefing: Briefing, table_id: str, *, caption: Markup) -> Html | None:
    """Return what one area has beside the whole country; None where there is no national value to set beside."""
    pairs, notes, words = national.of_province(briefing), Notes(), briefing.words
    if not pairs:
        return None
    columns = [Column(words.say("What"), False), Column(Markup.escape(briefing.area_names[briefing.area]))]
    columns.append(Column(words.say("Whole country")))
    rows = []
    for row, reference in pairs:
        name = briefing.label(row) + notes.refer(_cautions(briefing, [row, reference]))
        here = Markup("{} ({})").format(briefing.show(row), evidence.when(briefing, row))
        rows.append(Row(name, [here, national.sourced(briefing, reference)]))
    return table(table_id, caption=caption, columns=columns, rows=rows, layout="cards", notes=notes)


def of_barred_pairs(briefing: Briefing, table_id: str) -> Html | None:
    """Return the indicators that two areas both state, but in no scope in which they may be compared, and why."""
    words = briefing.words
    indicators = {row.item: row.indicator for row in briefing.comparison}
    allowed = {_topic(indicators, pair) for pair in briefing.verdicts if pair.verdict in ("comparable", "with_caution")}
    barred: dict[tuple[str, tuple[str, ...]], list[Verdict]] = {}
    for pair in briefing.verdicts:
        if pair.verdict == "not_comparable" and _topic(indicators, pair) not in allowed:
            reasons = tuple(reason for reason in pair.reasons if weight(reason) == BAR)
            barred.setdefault((indicators[pair.item], reasons), []).append(pair)
    if not barred:
        return None
    alike: dict[tuple[Markup, Markup], list[str]] = {}
    for (indicator, reasons), pairs in barred.items():
        cells = _pairs_named(briefing, pairs), _why_barred(briefing, indicator, reasons, pairs)
        alike.setdefault(cells, []).append(briefing.indicator_names[indicator])
    rows = [Row(briefing.words.series(told), cells) for cells, told in alike.items()]
    heads = (words.say("What"), words.say("Provinces"), words.say("Why not"))
    caption = words.say("What two provinces state but cannot be set side by side")
    return table(table_id, caption=caption, columns=[Column(head, False) for head in heads], rows=rows, layout="cards")


def _topic(indicators: dict[str, str], pair: Verdict) -> tuple[str, frozenset[str]]:
    return indicators[pair.item], frozenset((pair.ref_area, pair.other_area))


def _pairs_named(briefing: Briefing, pairs: Sequence[Verdict]) -> Markup:
    """Return the pairs, those of one area together: "A with B and C" is shorter than each pair by itself."""
    words = briefing.words
    left = {frozenset((pair.ref_area, pair.other_area)) for pair in pairs}
    told = []
    while left:
        hub = max(briefing.areas, key=lambda area: sum(area in pair for pair in left))
        others = [area for area in briefing.areas if frozenset((hub, area)) in left and area != hub]
        left -= {frozenset((hub, area)) for area in others}
        named = words.enumerate(briefing.area_names[area] for area in others)
        told.append(words.say("{area} with {others}", area=briefing.area_names[hub], others=named))
    return words.series(told)


def _why_barred(briefing: Briefing, indicator: str, reasons: Sequence[str], pairs: Sequence[Verdict]) -> Markup:
    """Return the reasons that bar these pairs, told of what their areas state of the indicator in any scope."""
    areas = {area for pair in pairs for area in (pair.ref_area, pair.other_area)}
    rows = [row for row in briefing.stated if row.indicator == indicator and row.ref_area in areas]
    return briefing.words.series(reason(briefing, code, rows) for code in reasons)


def _across(briefing: Briefing, rows: Sequence[Compared], notes: Notes, *, has_country: bool) -> Row:
    shown = {row.ref_area: evidence.dated(briefing, row, briefing.show(row), rows, days=YEAR) for row in rows}
    cells = [shown.get(area, _absent(briefing, rows[0].item, area)) for area in briefing.areas]
    reference = national.find_reference(briefing, rows)
    if has_country:
        cells.append(national.sourced(briefing, reference) if reference else NO_REFERENCE)
    cautions = _cautions(briefing, [*rows, *filter(None, [reference])])
    return Row(_named(briefing, rows[0]) + notes.refer(cautions), cells)


def _cautions(briefing: Briefing, rows: Sequence[Compared]) -> list[Markup]:
    """Return what asks for caution among ``rows``; that another office counts the country is said once for all."""
    return list(dict.fromkeys(reasons_among(briefing, rows, CAUTION, without=national.ANOTHER_OFFICE)))


def _absent(briefing: Briefing, item: str, area: str) -> Markup:
    """Return why an area has no number beside the others: it states none, one of another scope, or none comparable."""
    words = briefing.words
    if briefing.item(item, area):
        text = words.say("not comparable")
    elif any(reason.startswith("scope:") for reason in briefing.reasons(item, area)):
        text = words.say("counted otherwise")
    else:
        text = words.say("not stated")
    return Markup('<span class="absent">{}</span>').format(text)


def _named(briefing: Briefing, record: Figure | Compared) -> Markup:
    """Return what a record tells and, where neither its name nor its number says so, in which unit."""
    if record.unit in SELF_EVIDENT_UNITS or record.org_type == "none":
        return briefing.label(record)
    unit = Markup("<small>{}</small>").format(names.unit(briefing.words, record))
    return briefing.words.say("{thing}, {unit}", thing=briefing.label(record), unit=unit)


def _when(briefing: Briefing, record: Figure | Compared) -> Markup:
    """Return the time of a record, and the words that warn of it: repaired, left open, computed."""
    words = briefing.words
    flags = words.series(words.say(names.FLAGS[flag]) for flag in record.flags)
    marks = [Markup('<span class="flag">{}</span>').format(flags)] if flags else []
    marks += [words.say("computed by us")] if not isinstance(record, Figure) else []
    return briefing.words.series([evidence.when(briefing, record), *marks])
