"""Claims from hand-made annotations, and from a line of text: inputs that do not depend on the extractor.

The annotated source articles are not part of the project; what needs them is skipped visibly where they are missing.
"""

import csv
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from pathlib import Path

import pytest

from helpers.compare.derive import compare
from helpers.compare.references import make_references
from helpers.compare.verdicts import judge, settle
from helpers.read.observations import read_source
from helpers.read.places import load_places
from helpers.read.raw import read_benchmarks, read_indicators
from helpers.read.sources import read_sources
from helpers.reconcile.checks import run_checks
from helpers.reconcile.corrections import read_decisions
from helpers.reconcile.figures import reconcile
from helpers.reconcile.voices import group_texts
from helpers.records import Check, Compared, Figure, Number, Observation, Source, Verdict

ROOT = Path(__file__).parents[1]
AREAS = ("VN-DN", "VN-25", "VN-36")
SEEDS = ROOT.parent / "shared" / "seeds"
WITH_SEEDS = pytest.mark.skipif(not SEEDS.exists(), reason=f"the full source articles are not in {SEEDS}")

# The annotations have no field for these signs of the words; the articles are as follows.
LOOKS_FORWARD = {("ar", "revenue_per_organisation"), ("hi", "revenue_per_organisation")}
DENIES_THE_TERM = {("id", "loans_outstanding")}  # "not yet disbursed"
LIST_READINGS = ("union", "group+coop+union")

TRAP_ROLES = {"date": "date", "number of": "legal_reference", "year of": "legal_reference", "ordinal": "ordinal"}


def read_gold() -> tuple[list[Source], list[Number], list[Observation]]:
    """Return the shipped cards with the statistics that people marked in the full articles, where these are known.

    Of the other sources there are figure notes only; what the extractor finds in them is taken.
    """
    sources, numbers, observations = read_notes()
    annotated = [source for source in sources if source.seed]
    seeds = {source.source_id for source in annotated}
    numbers = [number for number in numbers if number.source_id not in seeds]
    observations = [seen for seen in observations if seen.source_id not in seeds]
    for source in annotated:
        text = (SEEDS / source.seed).read_text(encoding="utf-8")
        card = json.loads((SEEDS / source.seed).with_suffix(".json").read_text(encoding="utf-8"))
        seen = Counter()
        for entry in sorted((*card["figures"], *card.get("traps", ())), key=lambda entry: locate(entry, text)):
            seen[entry["text"]] += 1
            place = place_of(entry, text, source, seen[entry["text"]])
            numbers.append(Number(**place, role=role_of(entry)))
            if "why" not in entry:
                observations.append(observe(entry, place, card))
    return sources, numbers, observations


def locate(entry: dict, text: str) -> int:
    context = entry.get("context", entry["text"])
    return text.index(context) + context.index(entry["text"])


def place_of(entry: dict, text: str, source: Source, occurrence: int) -> dict:
    start = locate(entry, text)
    return {
        "source_id": source.source_id,
        "start": start,
        "end": start + len(entry["text"]),
        "text": entry["text"],
        "occurrence": occurrence,
    }


def role_of(entry: dict) -> str:
    why = entry.get("why", "")
    return next((role for words, role in TRAP_ROLES.items() if words in why), "other_quantity") if why else "statistic"


def observe(entry: dict, place: dict, card: dict) -> Observation:
    meaning = ("unit", "qualifier", "kind", "indicator", "org_type", "sector", "area", "period")
    what = ("indicator", "org_type", "sector", "subset", "kind", "period")
    alike = [other for other in card["figures"] if all(other.get(key) == entry.get(key) for key in what)]
    is_open = entry["indicator"] == "members" and "note" in entry
    signals = {
        "same_type_twice": len(alike) > 1 and entry["indicator"] != "other",
        "open_scope": is_open,
        "expected": (card["language"], entry["indicator"]) in LOOKS_FORWARD,
        "negated_term": (card["language"], entry["indicator"]) in DENIES_THE_TERM,
    }
    return Observation(
        **place,
        quote=entry["context"],
        quote_start=place["start"] - entry["context"].index(entry["text"]),
        value=Decimal(str(entry["value"])),
        subset=entry.get("subset"),
        readings=LIST_READINGS if is_open else (),
        signals=tuple(name for name, is_set in signals.items() if is_set),
        **{name: entry[name] for name in meaning},
    )


def source(source_id: str, **changes) -> Source:
    """Return a card of Quang Tri's alliance, published on 20 February 2024 unless ``changes`` say otherwise."""
    card = {
        "title": "a meeting", "publisher": "a newspaper", "author": None, "published": date(2024, 2, 20),
        "not_before": None, "not_before_reason": None, "not_after": None, "not_after_reason": None,
        "language": "id", "ref_area": "VN-25", "ref_area_evidence": "named", "origin": "alliance of Quang Tri",
        "form": "notes", "seed": None, "text": "",
    }  # fmt: skip
    return Source(source_id=source_id, **{**card, **changes})


def claim(source_id: str, text: str, value: int, indicator: str = "organisations", org_type: str = "coop", **more):
    """Return an observation of ``source_id`` that prints ``text``; ``start`` is given where two share a source."""
    units = {"organisations": "organisation", "members": "person", "workers": "person"}
    start = more.pop("start", 0)
    meaning = {"unit": units.get(indicator, "VND"), "qualifier": "=", "kind": "level"}
    words = {"text": text, "quote": text, "quote_start": start, "occurrence": 1}
    counted = {"value": Decimal(value), "indicator": indicator, "org_type": org_type}
    return Observation(
        source_id=source_id, start=start, end=start + len(text), **{**words, **counted, **meaning, **more}
    )


@dataclass(frozen=True)
class Chain:
    """Everything that follows from the sources, stage by stage."""

    texts: dict[str, str]
    figures: list[Figure]
    checks: list[Check]
    compared: list[Compared]
    verdicts: list[Verdict]


def run_chain(sources: list[Source], numbers: list[Number], observations: list[Observation]) -> Chain:
    texts = group_texts(sources, numbers)
    raw = ROOT / "data/raw"
    places, indicators = load_places(raw), read_indicators(raw)
    figures = reconcile(observations, sources, texts, places, read_decisions(raw).corrections)
    compared = compare([*figures, *make_references(read_benchmarks(raw, indicators))], AREAS, places, indicators)
    verdicts = judge(compared)
    checks = run_checks(figures, indicators)
    return Chain(texts, figures, checks, settle(compared, verdicts), verdicts)


@cache
def gold_chain() -> Chain:
    """Return what follows from the statistics that people marked in the full articles."""
    return run_chain(*read_gold())


@cache
def read_notes() -> tuple[list[Source], list[Number], list[Observation]]:
    """Return the shipped cards with the numbers that the extractor finds in their figure notes."""
    sources, places = read_sources(ROOT / "data/raw"), load_places(ROOT / "data/raw")
    readings = [read_source(source, places) for source in sources]
    numbers, observations = ([row for reading in readings for row in reading[kind]] for kind in (0, 1))
    return sources, numbers, observations


@cache
def notes_chain() -> Chain:
    """Return what follows from the shipped figure notes."""
    return run_chain(*read_notes())


def golden(name: str) -> list[dict[str, str]]:
    """Return the rows of a golden table, which was written before the code."""
    with (ROOT / "tests/golden" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(" | ")) if cell else ()


def as_printed(number: Decimal | None, printed: str, way: str = ROUND_HALF_EVEN) -> str:
    """Return ``number`` at the significant digits of ``printed``: golden tables say 12.4 and 2,484 million."""
    if number is None or not printed:
        return "" if number is None else f"{number:f}"
    digits = len(printed.replace(".", "") if "." in printed else printed.rstrip("0"))
    return f"{Context(prec=max(digits, 1), rounding=way).plus(number):f}"


def chains() -> list:
    """Return what the golden tables are held against: the sources as people and as the extractor read them."""
    return [pytest.param(gold_chain, id="annotations", marks=WITH_SEEDS), pytest.param(notes_chain, id="notes")]
