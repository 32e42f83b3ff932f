"""What one briefing is made from: the tables, cut to its subject, in its language.

Reads ``data/processed`` and the names in ``data/raw``; decides nothing about figures.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from markupsafe import Markup

from helpers.brief import names
from helpers.brief.wording import Wording, load_wording
from helpers.compare.editions import list_editions
from helpers.compare.references import is_reference, make_references
from helpers.compare.verdicts import choose_comparable
from helpers.read.places import COMPARISON, COUNTRY, Place, load_places, slug
from helpers.read.raw import Benchmark, read_benchmarks, read_indicators
from helpers.reconcile.corrections import Decisions, read_decisions
from helpers.records import Change, Check, Compared, Figure, Observation, SeriesPair, Source, Verdict
from helpers.tables import read_records

CARD_LANGUAGE = "en"  # in which people write the cards and definitions of data/raw
MISSING = "missing"

ALLIANCE = "alliance of "  # begins the name of an origin that is a province's cooperative alliance
SCRIPTS = {"ar": "ARABIC", "hi": "DEVANAGARI"}  # as Unicode names the letters of a place's spellings
EDITION_TABLES = ("figures", "checks", "comparison", "verdicts")


class SubjectError(ValueError):
    """A briefing was asked for that the tables cannot give; names the subjects that they can."""


@dataclass(frozen=True)
class Briefing:
    """The facts of one subject in one language; made by ``load_briefing``.

    ``areas`` are the codes of the provinces covered, in the order of their English names. ``subjects`` names every
    briefing of the run by its slug, ``languages`` are those that each is written in, and ``edition`` tells one state of
    the tables from another. ``comparison`` holds the rows of these areas, ``observations`` every claim by its address,
    ``definitions`` each indicator's, in the data's language. ``national`` are the rows of the whole country, each
    producer's an area of its own, with their figures and what was filed of them; ``series`` judges older figures,
    ``changes`` are those since ``last_edition``, which is None where none has been frozen.
    """

    subject: str
    words: Wording
    areas: tuple[str, ...]
    area_names: dict[str, str]
    english_names: dict[str, str]
    subjects: dict[str, Markup]
    languages: tuple[str, ...]
    edition: str
    indicator_names: dict[str, str]
    definitions: dict[str, str]
    sources: dict[str, Source]
    observations: dict[str, Observation]
    figures: dict[str, Figure]
    checks: tuple[Check, ...]
    comparison: tuple[Compared, ...]
    verdicts: tuple[Verdict, ...]
    series: tuple[SeriesPair, ...] = ()
    national: tuple[Compared, ...] = ()
    national_figures: Mapping[str, Figure] = field(default_factory=dict)
    national_verdicts: tuple[Verdict, ...] = ()
    benchmarks: Mapping[str, Benchmark] = field(default_factory=dict)
    decisions: Decisions = field(default_factory=Decisions)
    last_edition: str | None = None
    changes: tuple[Change, ...] = ()

    @property
    def is_comparison(self) -> bool:
        """Whether the page sets areas side by side."""
        return self.subject == COMPARISON

    @property
    def area(self) -> str:
        """The one area of a province's briefing."""
        return self.areas[0]

    @property
    def stated(self) -> list[Compared]:
        """The rows of the comparison that have a number."""
        return [row for row in self.comparison if row.verdict != MISSING]

    def pairs_of(self, item: str) -> list[Verdict]:
        """Return the verdicts on an item between areas, and those between an area and the whole country."""
        return self._pairs.get(item, [])

    def comparable(self, item: str) -> list[Compared]:
        """Return the rows of the most areas that may all be set beside each other for an item, in the page's order."""
        return self._comparable.get(item, [])

    @property
    def computed(self) -> list[Compared]:
        """The rows of the comparison that are no printed figure but made from some."""
        return [row for row in self.stated if row.formula != "figure"]

    @property
    def texts(self) -> list[list[Source]]:
        """The sources, those that are copies or translations of one article together."""
        texts: dict[str, list[Source]] = {}
        for source in self.sources.values():
            texts.setdefault(source.text_id or source.source_id, []).append(source)
        return list(texts.values())

    def item(self, item: str, area: str | None = None) -> Compared | None:
        """Return what an area shows for an item of the comparison, or None where it shows nothing."""
        row = self._items.get((item, area or self.area))
        return row if row and row.verdict != MISSING else None

    def reasons(self, item: str, area: str) -> tuple[str, ...]:
        """Return the reason codes of an area's row for an item, also where it states nothing."""
        row = self._items.get((item, area))
        return row.reasons if row else ()

    def thing(self, record: Figure | Compared) -> Markup:
        """Return what the record tells, without area and period, to stand within a sentence."""
        return names.thing(self.words, _without_incidental_subset(record), self.indicator_names)

    def label(self, record: Figure | Compared) -> Markup:
        """Return what the record tells, without area and period, to head a row."""
        return names.capitalise(self.thing(record))

    def title(self, record: Figure | Compared) -> Markup:
        """Return the label of a record with its area, where the page has several."""
        if not self.is_comparison and record.ref_area in self.areas:
            return self.label(record)
        return self.words.say("{label}, {area}", label=self.label(record), area=self.area_names[record.ref_area])

    def show(self, record: Figure | Compared) -> Markup:
        """Return the number of a record as a button that opens its evidence, which needs no script."""
        button = Markup('<button data-figure="{}" popovertarget="{}">{}</button>')
        return button.format(evidence_id(record), self.note(record), self.words.quantity(record))

    def note(self, record: Figure | Compared) -> int:
        """Return the number that the evidence of a record is filed under: its element's name, its footnote on paper."""
        return self._notes[evidence_id(record)]

    def card(self, source: Source) -> str:
        """Return the name of the element that tells of a source."""
        return f"s{[*self.sources].index(source.source_id) + 1}"

    def origin(self, origin: str) -> Markup:
        """Return who counted: an alliance in the page's language, another office in the words of its card."""
        _, of, name = origin.partition(ALLIANCE)
        areas = [area for area, english in self.english_names.items() if of and english == name]
        return names.alliance(self.words, self.area_names[areas[0]]) if areas else card_words(origin)

    def show_bound(self, figure: Figure, side: str) -> Markup:
        """Return the ``lower`` or ``upper`` bound of a figure as an element of its own."""
        return Markup('<span data-figure="{}" data-side="{}">{}</span>').format(
            figure.figure_id, side, self.words.amount(getattr(figure, side), figure.unit)
        )

    def show_claim(self, claim: Observation) -> Markup:
        """Return the number of one claim, which need not be what the page takes for true."""
        return Markup('<span data-claim="{}">{}</span>').format(
            claim.address, self.words.amount(claim.value, claim.unit)
        )

    def count(self, number: int) -> Markup:
        """Return a number that the page counted itself: of texts, checks and the like."""
        return Markup('<span class="count">{}</span>').format(self.words.number(number))

    def source_of(self, address: str) -> Source:
        """Return the source that prints the observation at ``address``."""
        return self.sources[self.observations[address].source_id]

    @cached_property
    def _notes(self) -> dict[str, int]:
        records = (*self.figures.values(), *self.stated, *self.national)
        return {identity: note for note, identity in enumerate(dict.fromkeys(map(evidence_id, records)), start=1)}

    @cached_property
    def _pairs(self) -> dict[str, list[Verdict]]:
        pairs: dict[str, list[Verdict]] = {}
        for pair in (*self.verdicts, *self.national_verdicts):
            pairs.setdefault(pair.item, []).append(pair)
        return pairs

    @cached_property
    def _comparable(self) -> dict[str, list[Compared]]:
        chosen = {}
        for item in dict.fromkeys(row.item for row in self.stated):
            rows = {area: row for area in self.areas if (row := self.item(item, area))}
            pairs = (pair for pair in self.pairs_of(item) if pair.verdict == "not_comparable")
            barred = {frozenset((pair.ref_area, pair.other_area)) for pair in pairs}
            chosen[item] = [rows[area] for area in choose_comparable(tuple(rows), barred)]
        return chosen

    @cached_property
    def _items(self) -> dict[tuple[str, str], Compared]:
        return {(row.item, row.ref_area): row for row in (*self.comparison, *self.national)}


def evidence_id(record: Figure | Compared) -> str:
    """Return the name under which a page files the evidence of a record.

    A figure that the comparison only passes on keeps its own name; what is computed is named by area and item.
    """
    if isinstance(record, Figure):
        return record.figure_id
    return record.figures[0] if record.formula == "figure" else f"{record.ref_area}.{record.item}"


def card_words(text: str) -> Markup:
    """Return words of a card or definition, marked with the language that they are written in."""
    return Markup('<span lang="{}">{}</span>').format(CARD_LANGUAGE, text)


def place_name(place: Place, language: str) -> str:
    """Return the name of a place in a language of the briefings; English where none is filed in its script.

    Articles in other Latin scripts than Vietnamese leave the marks out, as English does.
    """
    if language == names.VIETNAMESE:
        return place.name_vi
    script = SCRIPTS.get(language, "LATIN")
    return next((name for name in place.spellings if unicodedata.name(name[0]).startswith(script)), place.name)


def load_briefing(
    subject: str, language: str, *, languages: Iterable[str], processed: Path | str, raw: Path | str
) -> Briefing:
    """Return the facts for one briefing from the tables in ``processed`` and the names in ``raw``.

    ``languages`` are those that the briefings of the run are written in. ``subject`` is ``comparison`` or a province's
    English name in small letters with hyphens. Raises SubjectError for a subject without sources, WordingError for a
    language without catalogue, TableError for a table that does not fit its schema.
    """
    words = load_wording(language)
    sources = read_records("sources", processed)
    places = load_places(raw)
    named = {area: places.find(area) for area in {source.ref_area for source in sources} - {COUNTRY}}
    slugs = {slug(place.name): area for area, place in sorted(named.items(), key=lambda pair: pair[1].name)}
    area_names = {area: place_name(place, language) for area, place in named.items()}
    if subject not in {COMPARISON, *slugs}:
        raise SubjectError(f"no sources for a briefing on {subject!r}; there are {sorted(slugs)} and {COMPARISON!r}")
    areas = tuple(slugs.values()) if subject == COMPARISON else (slugs[subject],)
    indicators = read_indicators(raw)
    compared, figures = read_records("comparison", processed), read_records("figures", processed)
    verdicts = read_records("verdicts", processed)
    observations = {observation.address: observation for observation in read_records("observations", processed)}
    told = {figure.figure_id: figure for figure in _of(areas, figures) if not _is_share_of_a_plan(figure)}
    # An article about one province can speak of another, and is a source of that one's figures too.
    cited = {observations[each].source_id for figure in told.values() for each in (*figure.used, *figure.unused)}
    country = dict.fromkeys((row.ref_area for row in compared if is_reference(row.ref_area)), words.country(COUNTRY))
    editions = list_editions(Path(raw) / "editions")
    return Briefing(
        subject=subject,
        words=words,
        areas=areas,
        area_names=area_names | country,
        english_names={area: place.name for area, place in named.items()},
        subjects={name: Markup.escape(area_names[area]) for name, area in slugs.items()}
        | {COMPARISON: words.say("Comparison")},
        languages=tuple(languages),
        edition=_edition(Path(processed)),
        indicator_names={code: indicator.names[language] for code, indicator in indicators.items()},
        definitions={code: indicator.definition for code, indicator in indicators.items()},
        sources={
            source.source_id: source for source in sources if source.ref_area in areas or source.source_id in cited
        },
        observations=observations,
        figures=told,
        checks=tuple(_of(areas, read_records("checks", processed))),
        comparison=tuple(_of(areas, compared)),
        verdicts=tuple(pair for pair in verdicts if {pair.ref_area, pair.other_area} <= set(named)),
        national_verdicts=tuple(pair for pair in verdicts if pair.ref_area in areas and is_reference(pair.other_area)),
        series=tuple(_of(areas, read_records("series", processed))),
        national=tuple(row for row in compared if is_reference(row.ref_area) and row.verdict != MISSING),
        national_figures={figure.figure_id: figure for figure in figures if is_reference(figure.ref_area)},
        benchmarks={
            make_references([benchmark])[0].figure_id: benchmark for benchmark in read_benchmarks(raw, set(indicators))
        },
        decisions=read_decisions(raw),
        last_edition=editions[-1] if editions else None,
        changes=tuple(_of(areas, read_records("changes", processed))),
    )


def _edition(processed: Path) -> str:
    """Return a short name for this state of the tables: the same figures and verdicts, the same name."""
    tables = b"".join((processed / f"{name}.csv").read_bytes() for name in EDITION_TABLES)
    return hashlib.sha256(tables).hexdigest()[:8]


def _is_share_of_a_plan(figure: Figure) -> bool:
    """Return whether a percentage names no part: how far a plan was met, which would read as a share of a stock."""
    return figure.kind == "share" and not figure.sector and not figure.subset


def _of(areas: tuple[str, ...], records: Iterable) -> list:
    return [record for record in records if record.ref_area in areas]


def _without_incidental_subset(record: Figure | Compared) -> Figure | Compared:
    """Return the record without a subset that its item does not name: that which stands for the whole there."""
    if isinstance(record, Figure) or record.subset is None or record.item.endswith(f".{record.subset}"):
        return record
    return replace(record, subset=None)
