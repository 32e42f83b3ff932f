"""The schema of each table of ``data/processed``: its record, its key, and its columns with types, codes and words.

What is said of a column here is what the data package and the data dictionary say of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandera.pandas as pa

from helpers.records import (
    INDICATORS,
    KINDS,
    QUALIFIERS,
    ROLES,
    UNITS,
    Change,
    Check,
    Compared,
    Figure,
    Number,
    Observation,
    SeriesPair,
    Source,
    Verdict,
    split_cell,
)

VERDICTS = ("comparable", "with_caution", "not_comparable", "missing")
STATUSES = ("single", "repeated", "corroborated", "derived")
# National statistics print means that the articles of a province do not.
FIGURE_INDICATORS = (
    *INDICATORS,
    "charter_capital_per_organisation",
    "working_capital_per_organisation",
    "capital_per_organisation",
)
FLAGS = ("repaired", "ambiguous", "conflict", "corrected", "doubtful", "expected")

_UNIT_LABELS = {
    "organisation": "organisations",
    "person": "persons or memberships",
    "VND": "Vietnamese dong",
    "USD": "United States dollars",
    "percent": "per cent",
    "product": "products",
    "policy": "policies",
    "project": "projects",
    "course": "courses",
    "other": "other things, or a plain ratio",
}


def _is_kind(kind: type) -> pa.Check:
    return pa.Check(lambda value: isinstance(value, kind), element_wise=True, error=f"is no {kind.__name__}")


# What a column's type and codes are called in a data package is kept with it, as metadata.


def _text(description: str, *, among: Iterable[str] | None = None, empty: bool = False) -> pa.Column:
    checks = [pa.Check.isin(list(among))] if among else []
    told = {"type": "string", **({"enum": list(among)} if among else {})}
    return pa.Column(str, checks, nullable=empty, description=description, coerce=True, metadata=told)


def _codes(description: str, *, among: Iterable[str]) -> pa.Column:
    known = frozenset(among)
    check = pa.Check(
        lambda cell: set(split_cell(cell)) <= known, element_wise=True, error=f"names other codes than {sorted(known)}"
    )
    told = {"type": "string"}
    return pa.Column(str, check, nullable=True, description=description, coerce=True, metadata=told)


def _unit(description: str) -> pa.Column:
    check = pa.Check.isin(list(UNITS))
    told = {"type": "string", "categories": [{"value": code, "label": _UNIT_LABELS[code]} for code in UNITS]}
    return pa.Column(str, check, description=description, coerce=True, metadata=told)


def _integer(description: str, **told: str) -> pa.Column:
    check = pa.Check.ge(0)
    return pa.Column(int, check, description=description, coerce=True, metadata={"type": "integer", **told})


def _position(description: str) -> pa.Column:
    return _integer(description, unit="character")


def _number(description: str, *, empty: bool = True) -> pa.Column:
    told = {"type": "number", "unitField": "unit"}  # its unit stands in the row
    return pa.Column(object, _is_kind(Decimal), nullable=empty, description=description, metadata=told)


def _date(description: str) -> pa.Column:
    return pa.Column(object, _is_kind(date), nullable=True, description=description, metadata={"type": "date"})


_AREA = "area, ISO 3166-2 code, or VN for the country; VN/MPI and so on in the count of one family of statistics"
_ORG_TYPE = "legal forms counted: group, coop, union, fund, joined with + where counted together; none"
_SECTOR = "economic sector; empty for all sectors together"
_SUBSET = "which of the organisations are counted, where not all are"
_SUBSET_OR_TIME = f"{_SUBSET}; of an income: per-month or per-year"
_SPAN = "first character in the source's text, counted from 0 after the card"
_LOWER = "the truth is not below this; empty if unbounded"
_UPPER = "the truth is not above this; empty if unbounded"
_QUALIFIER = "= exact, > more than, >= at least, < nearly or under, ~ about"
_BASIS = "stated by the words; publication: the day the article appeared; bounded by two dates"


@dataclass(frozen=True)
class Schema:
    """One table: the record of a row, the columns that name a row, and all columns in order."""

    record: type
    key: tuple[str, ...]
    columns: dict[str, pa.Column]


SCHEMAS: dict[str, Schema] = {
    "sources": Schema(
        Source,
        ("source_id",),
        {
            "source_id": _text("name of the file in data/raw/sources"),
            "title": _text("what the article is about, in our words"),
            "publisher": _text("who published it"),
            "author": _text("who wrote it", empty=True),
            "published": _date("day of publication; empty if the article carries none"),
            "not_before": _date("earliest day it can have been published"),
            "not_before_reason": _text("why not earlier", empty=True),
            "not_after": _date("latest day it can have been published"),
            "not_after_reason": _text("why not later", empty=True),
            "language": _text("language of the text, ISO 639-1"),
            "ref_area": _text(_AREA),
            "ref_area_evidence": _text("the words or names that tell the area"),
            "origin": _text("who counted; only different origins corroborate"),
            "form": _text("notes: phrases around the numbers; article: the full text", among=("notes", "article")),
            "seed": _text("file name of the full article, which is not republished", empty=True),
            "text_id": _text("the same for copies and translations of one article", empty=True),
        },
    ),
    "numbers": Schema(
        Number,
        ("source_id", "start"),
        {
            "source_id": _text("source that prints it"),
            "start": _position(_SPAN),
            "end": _position("first character behind it"),
            "text": _text("the numeral or number word as printed"),
            "occurrence": _integer("1 for the first time that the source prints this text"),
            "role": _text("the part it plays", among=ROLES),
        },
    ),
    "observations": Schema(
        Observation,
        ("source_id", "start"),
        {
            "source_id": _text("source that prints it"),
            "start": _position(_SPAN),
            "end": _position("first character behind it"),
            "text": _text("the number as printed, with its magnitude word"),
            "occurrence": _integer("1 for the first time that the source prints this text"),
            "quote": _text("the printed words around it"),
            "quote_start": _position("first character of the quote"),
            "value": _number("the number, magnitude applied", empty=False),
            "unit": _unit("what is counted or measured"),
            "qualifier": _text(_QUALIFIER, among=QUALIFIERS),
            "kind": _text("level, change, target or share", among=KINDS),
            "indicator": _text("what is measured; names in data/raw/indicators.csv", among=INDICATORS),
            "org_type": _text(_ORG_TYPE),
            "sector": _text(_SECTOR, empty=True),
            "subset": _text(_SUBSET, empty=True),
            "area": _text("same for the article's area, VN, or a name as printed"),
            "period": _text("what the words say: 2023, 2023-10, 2023-10-31, 2022-H1, 2016-2020", empty=True),
            "readings": _text("other legal forms that the words allow", empty=True),
            "signals": _text(
                'signs: why the reading may be doubted; at_most (a < that is no "nearly"); per_month, per_year',
                empty=True,
            ),
        },
    ),
    "figures": Schema(
        Figure,
        ("figure_id",),
        {
            "figure_id": _text("name of the figure, for people to type"),
            "ref_area": _text(_AREA),
            "boundary": _text("territory: until-2025-06 before the mergers of 1 July 2025, from-2025-07 after"),
            "indicator": _text("what is measured; names in data/raw/indicators.csv", among=FIGURE_INDICATORS),
            "org_type": _text(_ORG_TYPE),
            "sector": _text(_SECTOR, empty=True),
            "subset": _text(_SUBSET_OR_TIME, empty=True),
            "kind": _text("level, change, target or share", among=KINDS),
            "unit": _unit("what is counted or measured"),
            "period": _text("label of the period"),
            "period_start": _date("first day that it can be for"),
            "period_end": _date("last day that it can be for"),
            "period_basis": _text(_BASIS, among=("stated", "publication", "bounded")),
            "value": _number("the preferred number; empty where the texts leave it open"),
            "lower": _number(_LOWER),
            "upper": _number(_UPPER),
            "qualifier": _text(_QUALIFIER, among=QUALIFIERS),
            "status": _text("how many say it: single, repeated, corroborated, derived", among=STATUSES),
            "flags": _codes("repaired, ambiguous, conflict, corrected, doubtful, expected", among=FLAGS),
            "texts": _integer("number of separately written texts that say it"),
            "origins": _text("who counted"),
            "rule": _text("why this value was preferred"),
            "used": _text("observations that it rests on: source_id#text@occurrence; or benchmarks.csv#source"),
            "unused": _text("observations that say otherwise", empty=True),
        },
    ),
    "checks": Schema(
        Check,
        ("check_id",),
        {
            "check_id": _text("name of the check"),
            "ref_area": _text(_AREA),
            "check": _text("what was compared"),
            "figures": _text("figure_ids compared", empty=True),
            "unit": _unit("unit of expected and found"),
            "expected": _number("what the figures imply"),
            "found": _number("what is printed"),
            "verdict": _text("outcome", among=("agrees", "differs", "cannot_say")),
            "explanation": _text("what was found, in a sentence"),
        },
    ),
    "comparison": Schema(
        Compared,
        ("item", "ref_area"),
        {
            "item": _text("indicator in a scope of organisations"),
            "ref_area": _text(_AREA),
            "indicator": _text("what is measured; names in data/raw/indicators.csv"),
            "org_type": _text(_ORG_TYPE),
            "sector": _text(_SECTOR, empty=True),
            "subset": _text(_SUBSET_OR_TIME, empty=True),
            "unit": _unit("what is counted or measured"),
            "period": _text("label of the period", empty=True),
            "period_start": _date("first day that it can be for"),
            "period_end": _date("last day that it can be for"),
            "period_basis": _text(_BASIS, among=("stated", "publication", "bounded"), empty=True),
            "value": _number("the number; empty where open or missing"),
            "lower": _number(_LOWER),
            "upper": _number(_UPPER),
            "qualifier": _text(_QUALIFIER, among=QUALIFIERS),
            "formula": _text("figure, sum, ratio or share of the figures named"),
            "figures": _text("figure_ids, in the order of the formula", empty=True),
            "assumption": _text("what had to be taken for granted", empty=True),
            "flags": _codes("flags of the figures it rests on", among=FLAGS),
            "verdict": _text("the best that this area reaches beside any other", among=VERDICTS),
            "reasons": _text("reason codes", empty=True),
        },
    ),
    "verdicts": Schema(
        Verdict,
        ("item", "ref_area", "other_area"),
        {
            "item": _text("item of the comparison"),
            "ref_area": _text(_AREA),
            "other_area": _text(_AREA),
            "verdict": _text("whether the two may be set side by side", among=VERDICTS),
            "reasons": _text("reason codes, for and against", empty=True),
        },
    ),
    "series": Schema(
        SeriesPair,
        ("item", "ref_area", "other"),
        {
            "item": _text("item of the comparison"),
            "ref_area": _text(_AREA),
            "figure": _text("figure_id that the comparison shows"),
            "other": _text("figure_id of the same item and area at another time"),
            "verdict": _text("comparable: the two make a series", among=("comparable", "not_comparable")),
            "reasons": _text("reason codes, for and against", empty=True),
        },
    ),
    "changes": Schema(
        Change,
        ("table", "name"),
        {
            "edition": _text("the edition that today's tables are held against"),
            "table": _text("where the value stands", among=("figures", "comparison")),
            "name": _text("figure_id, or area and item of the comparison"),
            "ref_area": _text(_AREA),
            "unit": _unit("what is counted or measured"),
            "event": _text("added, removed or changed since the edition", among=("added", "removed", "changed")),
            "old_period": _text("label of the period in the edition", empty=True),
            "old_value": _number("the number in the edition; empty where open, or where there was none"),
            "old_lower": _number("lower bound in the edition"),
            "old_upper": _number("upper bound in the edition"),
            "old_qualifier": _text("qualifier in the edition; empty where there was no such value", empty=True),
            "new_period": _text("label of the period today", empty=True),
            "new_value": _number("the number today; empty where open, or where there is none"),
            "new_lower": _number("lower bound today"),
            "new_upper": _number("upper bound today"),
            "new_qualifier": _text("qualifier today; empty where there is no such value", empty=True),
            "change": _number("new less old value, where both are known in one unit"),
            "causes": _text("which of its inputs changed: source:, correction:, code, configuration", empty=True),
        },
    ),
}
