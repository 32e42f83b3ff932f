"""What an analyst has decided about single numbers: how one is read, what it is instead, why, who said so and when.

Decisions are data. They change what a claim means, never what its source prints, and none outlives its cause: one
that finds no number, or finds it read in another way by now, is an error.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import yaml

from helpers.read.files import InputError, nearest, read_text
from helpers.read.observations import read_source
from helpers.read.places import load_places
from helpers.read.sources import read_sources
from helpers.reconcile.periods import stated_period
from helpers.records import INDICATORS, KINDS, ORG_TYPES, QUALIFIERS, SECTORS, UNITS, Observation

FILE = "corrections.yaml"
CORRECTED = "corrected"  # the signal that a corrected observation bears

# What a decision may be about, and the codes that are allowed there; None stands for "not said by the text".
_CODES: dict[str, tuple[str | None, ...] | None] = {
    "value": None,
    "unit": UNITS,
    "qualifier": QUALIFIERS,
    "kind": KINDS,
    "indicator": INDICATORS,
    "org_type": None,
    "sector": (*SECTORS, None),
    "subset": None,
    "area": None,
    "period": None,
    "signals": None,
}
_CORRECTION = ("number", "wrong", "right", "why", "who", "when")
_LEFT = ("number", "seems", "why", "who", "when")


class CorrectionError(InputError):
    """A decision in ``corrections.yaml`` cannot be applied; each problem names it, its place and the mend."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision about the number at ``number``, an address like ``source_id#printed text@occurrence``.

    ``wrong`` holds fields of the observation as they are read, ``right`` the same fields as they should be.
    """

    number: str
    wrong: Mapping[str, object]
    right: Mapping[str, object]
    why: str
    who: str
    when: date


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A number that ``seems`` to be wrong in some way and was deliberately not corrected."""

    number: str
    seems: str
    why: str
    who: str
    when: date


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that ``corrections.yaml`` holds."""

    corrections: tuple[Correction, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()


def read_decisions(raw: Path | str) -> Decisions:
    """Return the decisions in ``raw/corrections.yaml``, in the file's order; none where there is no such file.

    Raises CorrectionError with every problem of the file: a field that is missing or unknown, a code that is none, a
    correction that changes nothing, two decisions about one number.
    """
    path = Path(raw) / FILE
    if not path.exists():
        return Decisions()
    try:
        content = yaml.load(read_text(path), yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        raise CorrectionError(f"{path}: is no YAML ({' '.join(str(error).split())}); mend the line it names") from error
    problems: list[str] = []
    lists = {name: content.get(name) or [] for name in ("corrections", "left_alone")} if _is_mapping(content) else None
    if lists is None or set(content) - set(lists) or not all(isinstance(entries, list) for entries in lists.values()):
        raise CorrectionError(f"{path}: should hold two lists, corrections and left_alone")
    corrections = [
        _parse(entry, _CORRECTION, Correction, f"{path}: correction", problems) for entry in lists["corrections"]
    ]
    left_alone = [_parse(entry, _LEFT, LeftAlone, f"{path}: left alone", problems) for entry in lists["left_alone"]]
    numbers = [decision.number for decision in (*corrections, *left_alone) if decision]
    problems += [
        f"{path}: {number!r} has two decisions; keep one"
        for number in sorted(set(numbers))
        if numbers.count(number) > 1
    ]
    if problems:
        raise CorrectionError(*problems)
    return Decisions(tuple(corrections), tuple(left_alone))


def apply_corrections(
    observations: Iterable[Observation], corrections: Iterable[Correction], sources: Iterable[str]
) -> list[Observation]:
    """Return ``observations`` with the decisions about their numbers carried out; a corrected one has the signal.

    Decisions about sources that are not among ``sources`` (ids) are passed over: they belong to another area. One that
    the reader has caught up with changes nothing any more. Raises CorrectionError for one that finds no statistic, or
    finds it read in another way than the decision says.
    """
    ordered = list(observations)
    about = {correction.number: correction for correction in corrections}
    known = set(sources)
    about = {number: correction for number, correction in about.items() if source_of(number) in known}
    if problems := _find_misses(about.values(), ordered):
        raise CorrectionError(*problems)
    return [
        replace(seen, **_changed(seen, about[seen.address]))
        if seen.address in about and _is_needed(seen, about[seen.address])
        else seen
        for seen in ordered
    ]


def check_corrections(raw: Path | str) -> list[str]:
    """Return every problem of ``raw/corrections.yaml``, each with its mend; all sources are read for it."""
    try:
        decisions = read_decisions(raw)
        sources, places = read_sources(raw), load_places(raw)
    except InputError as error:
        return [problem for problem in error.args if isinstance(error, CorrectionError)]
    cited = [
        (decision.number, source_of(decision.number)) for decision in (*decisions.corrections, *decisions.left_alone)
    ]
    by_id = {source.source_id: source for source in sources}
    problems = [
        f"{FILE}: {number!r}: no source is called {source!r}{nearest(source, by_id) or '; take the decision out'}"
        for number, source in cited
        if source not in by_id
    ]
    needed = sorted({source for _, source in cited if source in by_id})
    observations = [seen for source in needed for seen in read_source(by_id[source], places)[1]]
    read = {seen.address for seen in observations}
    about = [each for each in decisions.corrections if source_of(each.number) in by_id]
    problems += [*_find_misses(about, observations), *_find_outlived(about, observations)]
    return problems + [
        f"{FILE}: {left.number!r} is left alone, but no statistic is there; take the record out"
        for left in decisions.left_alone
        if left.number not in read and source_of(left.number) in by_id
    ]


def source_of(number: str) -> str:
    """Return the source_id in the address of a number.

    >>> source_of("quang-tri-2023-08-15-vi#2,5@2")
    'quang-tri-2023-08-15-vi'
    """
    return number.split("#")[0]


def _find_misses(corrections: Iterable[Correction], observations: Sequence[Observation]) -> list[str]:
    by_address = {seen.address: seen for seen in observations}
    problems = []
    for correction in corrections:
        seen = by_address.get(correction.number)
        if seen is None:
            offer = nearest(correction.number, by_address) or "; write source_id#printed text, or take it out"
            problems.append(f"{FILE}: {correction.number!r}: the source prints no such statistic{offer}")
            continue
        problems += [
            f"{FILE}: {correction.number!r}: {name} is read as {getattr(seen, name)!r} and not as {value!r}; "
            "the reader has changed: write the correction anew, or take it out"
            for name, value in correction.wrong.items()
            if getattr(seen, name) not in (value, correction.right[name])
        ]
    return problems


def _find_outlived(corrections: Iterable[Correction], observations: Iterable[Observation]) -> list[str]:
    about = {correction.number: correction for correction in corrections}
    return [
        f"{FILE}: {seen.address!r}: is read rightly by now; take the correction out"
        for seen in observations
        if seen.address in about and not _is_needed(seen, about[seen.address])
    ]


def _is_needed(seen: Observation, correction: Correction) -> bool:
    return any(getattr(seen, name) != value for name, value in correction.right.items())


def _changed(seen: Observation, correction: Correction) -> dict[str, object]:
    signals = correction.right.get("signals", seen.signals)
    return {**correction.right, "signals": (*signals, CORRECTED)}


def _parse(entry: object, fields: tuple[str, ...], record: type, place: str, problems: list[str]):
    """Return ``entry`` as ``record``, or None after adding what is wrong with it to ``problems``."""
    if not _is_mapping(entry):
        problems.append(f"{place}: {entry!r} is no record; write the fields {', '.join(fields)}")
        return None
    place = f"{place} {entry.get('number')!r}"
    other, home = (_LEFT, "left_alone") if record is Correction else (_CORRECTION, "corrections")
    if set(fields) != set(entry) == set(other):
        problems.append(f"{place}: its fields are those of a record under `{home}:`; move it there")
        return None
    found = [
        f"{place}: field {name!r} is not known{nearest(str(name), fields)}" for name in entry if name not in fields
    ]
    found += [f"{place}: field {name!r} is missing; add it" for name in fields if not entry.get(name)]
    if not found:
        if "#" not in str(entry["number"]):
            found.append(
                f"{place}: is no address; write source_id#printed text, and @2 for the second time it is printed"
            )
        if not isinstance(entry["when"], date):
            found.append(f"{place}: field 'when' is no day; write it like 2026-11-21")
        if record is Correction:
            found += _check_change(entry["wrong"], entry["right"], place)
    if found:
        problems += found
        return None
    values = {name: _values(entry[name]) if name in ("wrong", "right") else entry[name] for name in fields}
    return record(**values)


def _check_change(wrong: object, right: object, place: str) -> list[str]:
    if not _is_mapping(wrong) or not _is_mapping(right) or set(wrong) != set(right):
        return [f"{place}: wrong and right should name the same fields, each with its value"]
    problems = [
        f"{place}: field {name!r} cannot be corrected{nearest(name, _CODES)}" for name in right if name not in _CODES
    ]
    problems += [
        f"{place}: {name} {value!r} is not known{nearest(str(value), [code for code in _CODES[name] if code])}"
        for values in (wrong, right)
        for name, value in values.items()
        if _CODES.get(name) is not None and value not in _CODES[name]
    ]
    problems += [
        f"{place}: {name} is {right[name]!r} on both sides; take it out" for name in right if wrong[name] == right[name]
    ]
    if not set(str(right.get("org_type", "none")).split("+")) <= {*ORG_TYPES, "none"}:
        problems.append(f"{place}: org_type {right['org_type']!r} is not known; join {', '.join(ORG_TYPES)} with +")
    try:
        if right.get("period") is not None:
            stated_period(str(right["period"]))
    except ValueError as error:
        problems.append(f"{place}: {error}")
    return problems


def _values(fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields of an observation as it holds them: numbers exact, years as text, lists as tuples."""
    kinds = {"value": lambda value: Decimal(str(value)), "signals": tuple, "period": str}
    return {
        name: value if value is None else kinds.get(name, lambda value: value)(value) for name, value in fields.items()
    }


def _is_mapping(content: object) -> bool:
    return isinstance(content, dict)
