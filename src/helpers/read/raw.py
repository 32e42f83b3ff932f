"""Read the reference tables of ``data/raw`` and tell everything that is wrong in that folder.

Indicators say what is measured and what would be implausible; benchmarks are national values to set an area
beside. Neither is evidence about a province.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path

from helpers.read.files import InputError, Row, find_repeated, read_rows
from helpers.read.places import load_places
from helpers.read.sources import read_sources
from helpers.records import DERIVED_INDICATORS, INDICATORS, ORG_TYPES, QUALIFIERS, SECTORS, UNITS, Source

# Two names of offices in one area that are alike to this degree (1 is the same) differ by a slip of the pen.
ONE_OFFICE = 0.9

# Families of national statistics: figures of two families are not one series, even for one year.
PRODUCERS = ("MPI", "VCA", "GSO White Book", "Ministry of Finance")

_NAMES = ("name_en", "name_vi", "name_id", "name_ar", "name_hi")
_INDICATORS = (
    "code",
    "unit",
    "plausible_min",
    "plausible_max",
    "plausible_reason",
    *_NAMES,
    "definition",
    "defined_by",
)
_BENCHMARKS = (
    "indicator",
    "org_type",
    "sector",
    "subset",
    "scope",
    "period",
    "value",
    "unit",
    "qualifier",
    "producer",
    "source",
    "url",
)
_PERIOD = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a code of ``indicators.csv`` measures, in which unit and between which plausible limits.

    The limits are for an area, a single province or the country; None means no limit. ``definition`` is in our words;
    ``defined_by`` names whose definition it follows, None meaning that no official one was found. ``names`` leads from
    language to name.
    """

    code: str
    unit: str
    plausible_min: Decimal | None
    plausible_max: Decimal | None
    plausible_reason: str
    names: dict[str, str]
    definition: str
    defined_by: str | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One national value that somebody published; ``producer`` is the family of statistics that it belongs to."""

    indicator: str
    org_type: str
    sector: str | None
    subset: str | None
    scope: str
    period: str
    value: Decimal
    unit: str
    qualifier: str
    producer: str
    source: str
    url: str | None


def read_indicators(raw: Path | str) -> dict[str, Indicator]:
    """Return the indicators of ``raw/indicators.csv`` by code, in the file's order, derived ones included.

    Raises InputError with all that is wrong: a code of the data that is missing, one that stands twice, an indicator
    without a definition or without a name in one of the languages, limits the wrong way round.
    """
    path = Path(raw) / "indicators.csv"
    problems: list[str] = []
    rows = read_rows(path, _INDICATORS, problems)
    problems += find_repeated(rows, ("code",))
    indicators = [_indicator(row) for row in rows]
    codes = {indicator.code for indicator in indicators}
    known = (*INDICATORS, *DERIVED_INDICATORS)
    problems += [f"{path}: indicator {code!r} is missing; add its row" for code in known if code not in codes]
    if problems:
        raise InputError(*problems)
    return {indicator.code: indicator for indicator in indicators}


def read_benchmarks(raw: Path | str, indicators: Collection[str]) -> list[Benchmark]:
    """Return the national values of ``raw/benchmarks.csv`` in its order; ``indicators`` are the codes they may have.

    Raises InputError with all that is wrong: a value without its producer, period or source, an unknown code, two rows
    of one producer for the same thing and time.
    """
    problems: list[str] = []
    rows = read_rows(Path(raw) / "benchmarks.csv", _BENCHMARKS, problems)
    problems += find_repeated(rows, ("indicator", "org_type", "sector", "subset", "scope", "period", "producer"))
    benchmarks = [_benchmark(row, indicators) for row in rows]
    if problems:
        raise InputError(*problems)
    return benchmarks


def check_raw(raw: Path | str, areas: Iterable[str] = (), *, languages: Collection[str] | None = None) -> list[str]:
    """Return every problem of the files in ``raw``, each with its place and its mend; an empty list means none.

    ``areas`` are those that a run is to cover: one without any source is a problem. ``languages`` are those that can
    be read; None means those with a lexicon.
    """
    problems: list[str] = []

    def collect(reader, *arguments, **options):
        try:
            return reader(raw, *arguments, **options)
        except InputError as error:
            problems.extend(error.args)
            return None

    sources = collect(read_sources, languages=languages)
    collect(load_places)
    indicators = collect(read_indicators)
    if indicators is not None:
        collect(read_benchmarks, indicators)
    if sources is not None:
        covered = {source.ref_area for source in sources}
        problems += [
            f"{Path(raw) / 'sources'}: no source is about {area}; add one, or take {area} out of config.yaml"
            for area in areas
            if area not in covered
        ]
        problems += _find_origins_alike(sources, Path(raw) / "sources")
    return problems


def _find_origins_alike(sources: Iterable[Source], folder: Path) -> list[str]:
    """Return a problem for every office that two cards of an area spell differently: it would confirm itself."""
    return [
        f"{folder}: the origins {one!r} and {other!r} of {area} are all but one name; write one office in one way"
        for (area, one), (where, other) in combinations(sorted({(card.ref_area, card.origin) for card in sources}), 2)
        if area == where and SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= ONE_OFFICE
    ]


def _indicator(row: Row) -> Indicator:
    least, most = row.number("plausible_min", optional=True), row.number("plausible_max", optional=True)
    if least is not None and most is not None and least >= most:
        row.reject("plausible_min", f"{least} is not below plausible_max, {most}; one of the two is wrong")
    return Indicator(
        code=row.text("code"),
        unit=row.text("unit", among=UNITS),
        plausible_min=least,
        plausible_max=most,
        plausible_reason=row.text("plausible_reason"),
        names={column.removeprefix("name_"): row.text(column) for column in _NAMES},
        definition=row.text("definition"),
        defined_by=row.text("defined_by", optional=True),
    )


def _benchmark(row: Row, indicators: Collection[str]) -> Benchmark:
    org_type, period, url = row.text("org_type"), row.text("period"), row.text("url", optional=True)
    if org_type and not set(org_type.split("+")) <= {*ORG_TYPES, "none"}:
        row.reject("org_type", f"{org_type!r} is not known; join {', '.join(ORG_TYPES)} with +, or write none")
    if period and not _PERIOD.fullmatch(period):
        row.reject("period", f"{period!r} is no period; write 2023, 2023-10 or 2023-10-31")
    if url and not url.startswith(("https://", "http://")):
        row.reject("url", f"{url!r} is no address; write it whole, or leave it blank and name the source")
    return Benchmark(
        indicator=row.text("indicator", among=indicators),
        org_type=org_type,
        sector=row.text("sector", among=SECTORS, optional=True),
        subset=row.text("subset", optional=True),
        scope=row.text("scope"),
        period=period,
        value=row.number("value"),
        unit=row.text("unit", among=UNITS),
        qualifier=row.text("qualifier", among=QUALIFIERS),
        producer=row.text("producer", among=PRODUCERS),
        source=row.text("source"),
        url=url,
    )
