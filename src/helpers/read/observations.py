"""Read a text: every number with the part it plays, and the statistics among them with their full meaning."""

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from helpers.read.cells import split_cells
from helpers.read.context import Article, Times, area_of, finds_named_cooperative, last_month, period_of, set_times, survey
from helpers.read.dates import Period, read_dates
from helpers.read.folding import Folded, fold
from helpers.read.lexicon import Lexicon, add_places, load_lexicon
from helpers.read.lists import settle_lists
from helpers.read.meaning import STOCKS, Context, Reading, Sentence, read_sentence
from helpers.read.numerals import find_convention
from helpers.read.places import Places
from helpers.read.quantities import read_quantities
from helpers.read.references import read_references
from helpers.read.tagging import Tag, keep_names, settle_unions, split_paragraphs, tag_sentences
from helpers.records import Number, Observation, Source

_NUMERIC = ("date", "reference_number", "quantity", "number")
_COUNTED = ("group", "coop", "one_coop", "union", "fund", "member_coop", "whole")


def read_numbers(
    text: str,
    *,
    language: str,
    source_id: str,
    places: Places | None = None,
    published: date | None = None,
    ref_area: str | None = None,
) -> tuple[list[Number], list[Observation]]:
    """Return every number of ``text`` with its role, and the statistics among them, both in the order of the text."""
    lexicon = _lexicon(language, _Same(places))
    if not lexicon.roots.search(text.lower()):
        return [], []
    folded = fold(text)
    marks = find_convention(folded.text, lexicon.decimal, lexicon.group)
    paragraphs = [
        [_read_tags(tags, folded, text, lexicon, marks) for tags in tag_sentences(folded, text, start, end, lexicon)]
        for start, end in split_paragraphs(folded.text)
    ]
    article = survey([tags for paragraph in paragraphs for tags in paragraph], published, ref_area)
    times, context = Times(), Context()
    home = "VN" if article.national else "same"
    numbers: list[Number] = []
    observations: list[Observation] = []
    seen: Counter[str] = Counter()
    for paragraph in paragraphs:
        context.named, context.last, context.last_count, context.area = False, None, None, home
        context.planned = False
        times.stock_here = times.flow_here = False
        for tags in paragraph:
            sentence = Sentence(tags, split_cells(tags, lexicon), context)
            read_sentence(sentence, lexicon)
            settle_lists(sentence)
            _portray(sentence, lexicon)
            found = dict(_observe(sentence, text, source_id, times, article, lexicon))
            for number in _number(tags, sentence, folded, text, source_id, seen):
                numbers.append(number)
                if number.start in found:
                    observations.append(replace(found[number.start], occurrence=number.occurrence))
    return numbers, observations


def read_source(source: Source, places: Places | None = None) -> tuple[list[Number], list[Observation]]:
    """Return the numbers and statistics of a source; its card gives language, day of publication and area."""
    return read_numbers(
        source.text, language=source.language, source_id=source.source_id, places=places,
        published=source.published, ref_area=source.ref_area,
    )  # fmt: skip


class _Same:
    """Stands for an object by its identity, so that it can key a cache without being compared or hashed in full."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)


@functools.lru_cache(maxsize=16)
def _lexicon(language: str, places: _Same) -> Lexicon:
    lexicon = load_lexicon(language)
    return lexicon if places.thing is None else add_places(lexicon, places.thing)


def _read_tags(tags: list[Tag], folded: Folded, text: str, lexicon: Lexicon, marks: tuple[str, str]) -> list[Tag]:
    named = keep_names(tags) if lexicon.cased else tags
    return settle_unions(read_quantities(read_references(read_dates(named, lexicon)), folded, text, marks))


def _portray(sentence: Sentence, lexicon: Lexicon) -> None:
    """Turn the figures of a sentence about one named cooperative into its own figures."""
    context, tags = sentence.context, sentence.tags
    names = finds_named_cooperative(tags, lexicon)
    about_all = any(tag.kind == "area" and tag.code in ("whole", "country") for tag in tags) and not names
    counts = any(reading.counts and not reading.elliptical for reading in sentence.readings)
    if names:
        context.named = True
    elif about_all or counts:
        context.named = False
    if context.named:
        for reading in sentence.readings:
            if reading.role in ("statistic", "unresolved"):
                reading.role = "own_figure"


def _observe(sentence: Sentence, text: str, source_id: str, times: Times, article: Article, lexicon: Lexicon) -> Iterator[tuple[int, Observation]]:
    stocks_dated = any_statistic = False
    tags, context = sentence.tags, sentence.context
    found = []
    for reading in sentence.readings:
        if reading.role != "statistic":
            continue
        any_statistic = True
        cell = reading.cell
        end = cell.place + 1 + len(cell.right)
        stock = reading.indicator in STOCKS and reading.kind in ("level", "share")
        period = period_of(cell.place, end, tags, stock, reading.subset is not None, times, article)
        if cell.in_brackets and cell.has("year_before") and found and found[-1][1] is not None:
            period = Period(f"{int(found[-1][1].code[:4]) - 1:04}", "year")
        stocks_dated = stocks_dated or (stock and period is not None)
        area = area_of(cell.place, cell.tags, tags, context.area, article, lexicon)
        context.area = area if area in ("VN", "same") else context.area
        _look_forward(reading, sentence, period, article)
        if reading.kind == "target" and period is not None and period.form == "point":
            period = Period(period.code[:4], "year")  # "by the end of 2030" is the year 2030
        found.append((reading, period, area))
    context.planned = context.planned or any(tag.kind == "cue" and tag.code == "goal" for tag in tags)
    set_times(tags, stocks_dated, any_statistic, times, article)
    for reading, period, area in found:
        quantity = reading.cell.quantity
        signals = [*reading.signals, *(["separator"] if quantity.doubt else [])]
        start, end = _quote_span(text, quantity.start, quantity.end)
        yield quantity.start, Observation(
            source_id=source_id, start=quantity.start, end=quantity.end, text=quantity.text, occurrence=0,
            quote=text[start:end], quote_start=start, value=quantity.value, unit=reading.unit, qualifier=quantity.qualifier,
            kind=reading.kind, indicator=reading.indicator, org_type="+".join(reading.types) or "none", sector=reading.sector,
            subset=reading.subset, area=area, period=period and period.code, readings=reading.readings, signals=tuple(signals),
        )  # fmt: skip


def _look_forward(reading: Reading, sentence: Sentence, period: Period | None, article: Article) -> None:
    """A verb that looks forward makes a target, unless the text reports the same year elsewhere as past."""
    if reading.kind != "level" or not any(tag.kind == "cue" and tag.code == "forward" for tag in sentence.tags):
        return
    if period is not None and last_month(period.code) <= article.reported:
        reading.signals.append("expected")
    else:
        reading.kind = "target"


def _quote_span(text: str, start: int, end: int) -> tuple[int, int]:
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return first, len(text) if last < 0 else last


def _number(tags: list[Tag], sentence: Sentence, folded: Folded, text: str, source_id: str, seen: Counter[str]) -> Iterator[Number]:
    roles = {id(reading.cell.quantity): reading.role for reading in sentence.readings}
    for tag in tags:
        if tag.kind not in _NUMERIC:
            continue
        if tag.kind == "quantity":
            start, end, role = tag.code.start, tag.code.end, roles[id(tag.code)]
        else:
            start, end = folded.span(tag.start, tag.end)
            role = {"date": "date", "number": "unresolved"}.get(tag.kind) or tag.code
        seen[text[start:end]] += 1
        yield Number(source_id, start, end, text[start:end], seen[text[start:end]], role)


def to_row(observation: Observation) -> dict:
    """Return the JSON row that ``briefings extract`` prints for a statistic."""
    value = observation.value
    return {
        "source_id": observation.source_id, "start": observation.start, "end": observation.end, "text": observation.text,
        "value": int(value) if value == value.to_integral_value() else float(value),
        "unit": observation.unit, "qualifier": observation.qualifier, "kind": observation.kind, "indicator": observation.indicator,
        "org_type": observation.org_type, "sector": observation.sector, "subset": observation.subset, "area": observation.area,
        "period": observation.period, "readings": list(observation.readings), "signals": list(observation.signals),
        "quote": observation.quote,
    }  # fmt: skip
