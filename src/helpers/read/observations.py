"""Read a text: every number with the part it plays, and the statistics among them with their full meaning.

The way of a text: fold, cut into sentences, tag words (``tagging``), draw together dates, references and quantities,
share each sentence out among its quantities (``cells``), decide what they count (``meaning``, ``lists``), when
(``timing``) and where (``areas``).
"""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from helpers.read.areas import area_of, area_spoken_of, find_named_cooperative
from helpers.read.cells import split_cells
from helpers.read.context import Article, survey
from helpers.read.dates import Period, read_dates
from helpers.read.folding import Folded, fold
from helpers.read.headings import Topic, continues, is_heading, sector_headed
from helpers.read.lexicon import Lexicon, add_places, load_lexicon
from helpers.read.lists import settle_lists
from helpers.read.meaning import read_sentence
from helpers.read.money import time_incomes
from helpers.read.nouns import is_article, types_in
from helpers.read.numerals import find_convention
from helpers.read.parts import settle_parts
from helpers.read.places import Places
from helpers.read.plans import announces_goals, heads_plans
from helpers.read.quantities import read_quantities
from helpers.read.readings import Context, Reading, Sentence
from helpers.read.references import read_references
from helpers.read.subject import speaks_of_cooperatives
from helpers.read.tagging import (
    Tag,
    keep_names,
    leave_excluded,
    name_funds,
    settle_ones,
    settle_unions,
    split_paragraphs,
    tag_sentences,
    trust_abbreviations,
)
from helpers.read.times import Times
from helpers.read.timing import date_statistics
from helpers.read.turns import give_owners, settle_turns
from helpers.records import Number, Observation, Source

_ITEM = re.compile(r"\s*(?:[-*•+·▪●◦]|[^\W_]{1,2}[.)])\s")
_NUMERIC = frozenset({"date", "reference_number", "quantity", "number"})
_DIGITS = re.compile(r"\d+")
_YEAR = 4  # digits
_LONGEST_KEPT = 500_000  # characters whose tags are kept from the survey to the reading; longer texts are cut twice
_DRAWN = frozenset({"number", "code", "numerals", "ordinals", "magnitudes", "dual", "months", "time"})


def read_numbers(
    text: str,
    *,
    language: str,
    source_id: str,
    places: Places | None = None,
    published: date | None = None,
    ref_area: str | None = None,
) -> tuple[list[Number], list[Observation]]:
    """Return every number of ``text`` with its role, and the statistics among them, both in the order of the text.

    Every digit lies in exactly one number; number words are numbers too, but for a "one" that is only an article.
    ``places`` are the names that tell areas apart; without them every figure is of the article's ``same`` area or of
    the country. ``published`` and ``ref_area`` come from the card where there is one; else a line that is only a
    date, and the province named most often, stand in. A text that never speaks of cooperatives holds no statistic.

    >>> numbers, observations = read_numbers("Tỉnh có 512 HTX với 30.700 thành viên.", language="vi", source_id="s")
    >>> [(o.text, o.indicator, o.org_type) for o in observations]
    [('512', 'organisations', 'coop'), ('30.700', 'members', 'coop')]
    >>> numbers, observations = read_numbers("HTX Bích La có 350 thành viên từ 12/2022.", language="vi", source_id="s")
    >>> [(number.text, number.role) for number in numbers], observations
    ([('350', 'own_figure'), ('12/2022', 'date')], [])
    """
    lexicon = _load(language, _Same(places))
    folded = fold(text)
    kept = list(_cut(folded, text, lexicon)) if len(text) <= _LONGEST_KEPT else None
    sentences = (tags for passage in kept or _cut(folded, text, lexicon) for tags in passage.sentences)
    article = survey(sentences, published, ref_area)
    reader = _Reader(folded, text, source_id, lexicon, article, speaks_of_cooperatives(text, lexicon))
    headline = 0
    for passage in kept or _cut(folded, text, lexicon):
        reader.read(passage)
        headline = headline or folded.span(0, passage.stop)[1]
    return reader.numbers, _date_headline(reader.observations, headline)


def read_source(source: Source, places: Places | None = None) -> tuple[list[Number], list[Observation]]:
    """Return the numbers and statistics of a source; its card gives language, day of publication and area."""
    return read_numbers(
        source.text,
        language=source.language,
        source_id=source.source_id,
        places=places,
        published=source.published,
        ref_area=source.ref_area,
    )


def to_row(observation: Observation) -> dict[str, object]:
    """Return a statistic as ``briefings extract`` prints it: the value as a JSON number, tuples as lists."""
    value = observation.value
    return {
        "source_id": observation.source_id,
        "start": observation.start,
        "end": observation.end,
        "text": observation.text,
        "value": int(value) if value == value.to_integral_value() else float(value),
        "unit": observation.unit,
        "qualifier": observation.qualifier,
        "kind": observation.kind,
        "indicator": observation.indicator,
        "org_type": observation.org_type,
        "sector": observation.sector,
        "subset": observation.subset,
        "area": observation.area,
        "period": observation.period,
        "readings": list(observation.readings),
        "signals": list(observation.signals),
        "quote": observation.quote,
    }


@dataclass(frozen=True, slots=True)
class _Passage:
    """A paragraph: its sentences (none where it holds no number and heads nothing), and whether it is on our subject.

    ``listed`` says that it is an item of a list that a line before it has opened with a colon, ``heads`` that it stands
    over others, ``stop`` where it ends.
    """

    stop: int
    sentences: list[list[Tag]]
    speaks: bool
    listed: bool
    heads: bool


@dataclass(slots=True)
class _Reader:
    """Reads the passages of one text in order and collects what they hold."""

    folded: Folded
    text: str
    source_id: str
    lexicon: Lexicon
    article: Article
    on_topic: bool
    times: Times = field(default_factory=Times)
    context: Context = field(default_factory=Context)
    seen: Counter[str] = field(default_factory=Counter)
    numbers: list[Number] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    listing: bool = False
    topic: Topic | None = None
    planned: bool = False  # the last heading has announced goals

    def read(self, passage: _Passage) -> None:
        context = self.context
        if self.topic is None:
            self.topic = Topic(sector_headed([tag for tags in passage.sentences for tag in tags]))
        self.planned = self.planned and not passage.heads
        spoken_of = context.types, None, context.counted
        context.listing = passage.listed
        if not (passage.listed or continues(passage.sentences)):
            self._open_paragraph()
        if not passage.sentences:
            context.silence = 0 if passage.speaks else context.silence + 1
        for tags in passage.sentences:
            sentence = Sentence(
                tags,
                split_cells(tags, self.lexicon),
                context,
                earlier=context.last_count if passage.listed else None,
                verb_last=self.lexicon.verb_last,
            )
            read_sentence(sentence, self.lexicon)
            turns = {}
            if sentence.readings:
                settle_lists(sentence)
                settle_parts(sentence)
                turns = settle_turns(sentence) if len(sentence.readings) > 1 else turns
                give_owners(sentence)
                time_incomes(sentence)
            _portray(sentence, self.lexicon)
            if not self.on_topic:
                _leave_aside(sentence)
            self._collect(sentence, turns)
            self.planned = self.planned or (passage.heads and heads_plans(sentence))
        if passage.listed and self.listing and spoken_of[0]:  # the text goes on to speak of the first item of a list
            context.types, context.sector, context.counted = spoken_of
        self.listing = passage.listed

    def _open_paragraph(self) -> None:
        context = self.context
        context.named, context.planned, context.last, context.last_count = False, self.planned, None, None
        context.listed, context.mentioned = [], ()
        context.sector = None if context.sector == "other" else context.sector  # what remains is no topic
        context.area = "VN" if self.article.national else "same"
        context.reported = self.article.reported
        self.times.open_paragraph()

    def _collect(self, sentence: Sentence, turns: dict[int, str]) -> None:
        occurrences: dict[int, int] = {}
        numbered = self.lexicon.numbered
        readings = {reading.cell.place: reading for reading in sentence.readings}
        for place, tag in enumerate(sentence.tags):
            if tag.kind not in _NUMERIC:
                if tag.text in numbered:
                    self._add_inside(tag)
                continue
            reading = readings.get(place)
            if reading is not None and reading.role != "statistic" and is_article(reading.cell):
                continue
            occurrences[place] = self._add_number(*self.folded.span(tag.start, tag.end), _role(tag, reading))
        self.observations += self._observe(sentence, occurrences, turns)

    def _add_number(self, start: int, end: int, role: str) -> int:
        """Note a number and return how often its text has been printed up to there."""
        printed = self.text[start:end]
        self.seen[printed] += 1
        self.numbers.append(Number(self.source_id, start, end, printed, self.seen[printed], role))
        return self.seen[printed]

    def _add_inside(self, tag: Tag) -> None:
        """Note the numbers inside a spelling of the lexicon: the square of "m2", the year of "its 2022 plan"."""
        start, end = self.folded.span(tag.start, tag.end)
        for digits in _DIGITS.finditer(self.text, start, end):
            dated = tag.kind == "time" or len(digits[0]) == _YEAR
            self._add_number(*digits.span(), "date" if dated else "other_quantity")

    def _observe(self, sentence: Sentence, occurrences: dict[int, int], turns: dict[int, str]) -> Iterator[Observation]:
        """Yield the statistics of a sentence.

        ``occurrences`` says at each place of a number how often its text has been printed up to there, ``turns`` which
        area is named for it in turn.
        """
        tags, context = sentence.tags, sentence.context
        statistics = [reading for reading in sentence.readings if reading.role == "statistic"]
        self.topic.narrow(statistics)
        if not statistics and (spoken_of := area_spoken_of(tags, self.article)):
            context.area = spoken_of
        periods = date_statistics(sentence, statistics, self.times, self.article)
        start, end = self.folded.span(tags[0].start, tags[-1].end)
        quote = start, self.text[start:end]
        for reading, period in zip(statistics, periods, strict=True):
            cell = reading.cell
            area = turns.get(cell.place) or area_of(
                cell.place, cell.tags, tags, context.area, self.article, self.lexicon
            )
            context.area = area if area in ("VN", "same") or self.article.several else context.area
            yield self._record(reading, quote, area, period, occurrences[cell.place])
        context.planned = announces_goals(sentence)
        context.mentioned = types_in(tags) if not sentence.cells else ()

    def _record(
        self, reading: Reading, quote: tuple[int, str], area: str, period: Period | None, occurrence: int
    ) -> Observation:
        quantity = reading.cell.quantity
        return Observation(
            source_id=self.source_id,
            start=quantity.start,
            end=quantity.end,
            text=quantity.text,
            occurrence=occurrence,
            quote=quote[1],
            quote_start=quote[0],
            value=quantity.value,
            unit=reading.unit,
            qualifier=quantity.qualifier,
            kind=reading.kind,
            indicator=reading.indicator,
            org_type="+".join(reading.types) or "none",
            sector=reading.sector,
            subset=reading.subset,
            area=area,
            period=period and period.code,
            readings=reading.readings,
            signals=(
                *reading.signals,
                *(("at_most",) if quantity.at_most else ()),
                *(("separator",) if quantity.doubt else ()),
            ),
        )


class _Same:
    """Stands for an object by its identity, so that it can key a cache without being compared or hashed in full."""

    def __init__(self, thing: object) -> None:
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.thing is other.thing

    def __hash__(self) -> int:
        return id(self.thing)


@functools.lru_cache(maxsize=16)
def _load(language: str, places: _Same) -> Lexicon:
    lexicon = load_lexicon(language)
    return lexicon if places.thing is None else add_places(lexicon, places.thing)


def _cut(folded: Folded, text: str, lexicon: Lexicon) -> Iterator[_Passage]:
    marks = find_convention(folded.text, lexicon.decimal, lexicon.group)
    announced, title, credit = False, True, False
    for start, end in split_paragraphs(folded.text):
        listed = "|" in folded.text[start:end] or (announced and _ITEM.match(folded.text, start, end) is not None)
        opens = folded.text[start:end].rstrip().endswith(":")
        announced = listed or opens
        speaks = any(folded.text.find(root, start, end) >= 0 for root in lexicon.roots)
        heads = not title and is_heading(folded.text[start:end])
        sentences = []
        told = title or heads or opens  # without numbers, they say where all is, what follows, when or how
        if told or lexicon.holds_number(folded.text, start, end):
            for tags in tag_sentences(folded, text, start, end, lexicon):
                named = keep_names(tags) if lexicon.cased else tags
                if not _DRAWN.isdisjoint([tag.kind for tag in tags]):
                    named = settle_ones(
                        read_quantities(read_references(read_dates(named, lexicon)), folded, text, marks)
                    )
                named, credit = name_funds(trust_abbreviations(leave_excluded(named)), credit, lexicon.modifiers)
                sentences.append(settle_unions(named))
        title = False
        yield _Passage(end, sentences, speaks, listed, heads)


def _date_headline(observations: list[Observation], end: int) -> list[Observation]:
    """Give each undated figure of a headline the period that the text gives it when it repeats the figure."""
    first = next((place for place, known in enumerate(observations) if known.start >= end), len(observations))
    headline, body = observations[:first], observations[first:]
    if all(figure.period is not None for figure in headline):
        return observations
    told = {_figure(figure): figure.period for figure in reversed(body) if figure.period is not None}
    return [replace(figure, period=figure.period or told.get(_figure(figure))) for figure in headline] + body


def _figure(observation: Observation) -> tuple[object, ...]:
    return observation.value, observation.indicator, observation.org_type


def _role(tag: Tag, reading: Reading | None) -> str:
    if reading is not None:
        return reading.role
    return {"date": "date", "number": "unresolved"}.get(tag.kind) or tag.code


def _leave_aside(sentence: Sentence) -> None:
    for reading in sentence.readings:
        reading.role = "unresolved" if reading.role == "statistic" else reading.role


def _portray(sentence: Sentence, lexicon: Lexicon) -> None:
    """Turn the figures of a sentence about one named cooperative into its own figures.

    The portrait lasts to the end of the paragraph, or until a sentence speaks of the whole area or counts
    organisations or the projects of a fund.
    """
    context, tags = sentence.context, sentence.tags
    if context.named:
        about_all = any(tag.kind == "area" and tag.code in ("whole", "country") for tag in tags)
        context.named = not about_all and not any(
            (reading.counts and not reading.elliptical) or reading.indicator == "projects_financed"
            for reading in sentence.readings
        )
    name = find_named_cooperative(tags, lexicon)
    example = not context.named
    context.named = context.named or name is not None
    if context.named:
        for reading in sentence.readings:
            before = example and name is not None and reading.cell.place < name
            counted = before and (_counts_others(reading) or _is_apart(reading, tags[:name]))
            if reading.role in ("statistic", "unresolved") and not counted:
                reading.role = "own_figure"


def _is_apart(reading: Reading, before: list[Tag]) -> bool:
    """Whether products that cooperatives own are counted, up to a semicolon, before one cooperative is named."""
    products = reading.role == "statistic" and reading.indicator == "ocop_products"
    return products and any(tag.code == ";" for tag in before[reading.cell.place :])


def _counts_others(reading: Reading) -> bool:
    """Whether the cooperatives counted are those of an area, of which one is then named: "12 grow pomelos, like X"."""
    several = reading.counts and not reading.elliptical and reading.cell.quantity.value > 1
    return several and reading.sector != "other" and not reading.cell.has("with", "alliance")
