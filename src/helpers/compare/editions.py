"""Frozen comparisons, and what has changed since: each value with the old, the new and what it may be due to.

An edition is a folder of ``data/raw/editions``, made once and read only. It holds the two tables as they were published
and the fingerprints of all that they were made from. Editions follow each other by name; no clock is asked.
"""

import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from helpers.read.files import InputError, nearest, read_text
from helpers.read.hashes import find_files, hash_file
from helpers.reconcile.corrections import read_decisions
from helpers.records import SEPARATOR, Change, Compared, Figure, split_cell

TABLES = ("figures", "comparison")
BENCHMARKS = "benchmarks.csv"

# What decides the values; briefings and the workflow only show and carry them.
_CODE = (
    *(f"src/helpers/{module}" for module in ("records.py", "tables.py", "read", "lexicons", "reconcile", "compare")),
    "notebooks/1-clean.ipynb",
    "notebooks/2-compare.ipynb",
    "requirements.lock",
)
_INPUTS = "inputs.json"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COMPARED = ("unit", "period", "value", "lower", "upper", "qualifier")


class EditionError(InputError):
    """An edition cannot be made or read; the message names it, what is wrong and the mend."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Fingerprints of everything that the tables are made from.

    ``sources`` (by source_id, and ``benchmarks.csv``) and ``tables`` (by file name) are SHA-256, ``code`` is one for
    all of it, ``corrections`` lead from a number's address to what it was corrected to, ``configuration`` holds the
    areas and indicators covered.
    """

    sources: dict[str, str]
    tables: dict[str, str]
    corrections: dict[str, str]
    code: str
    configuration: dict[str, list[str]]


@dataclass(frozen=True)
class Edition:
    """One frozen comparison: the rows of its tables as they are written there, and what they were made from."""

    name: str
    figures: tuple[dict[str, str], ...]
    comparison: tuple[dict[str, str], ...]
    inputs: Inputs

    @cached_property
    def values(self) -> dict[tuple[str, str], "_Value"]:
        """Every value by its table and name."""
        return _index(self.figures, self.comparison)


@dataclass(frozen=True, slots=True)
class _Value:
    """What is compared of a row, and the addresses of the numbers that it rests on."""

    ref_area: str
    unit: str
    period: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    numbers: frozenset[str]

    def differs(self, other: "_Value") -> bool:
        return any(getattr(self, name) != getattr(other, name) for name in _COMPARED)


def fingerprint(root: Path | str, *, areas: Sequence[str], indicators: Sequence[str]) -> Inputs:
    """Return the fingerprints of what the tables of the project at ``root`` are made from today."""
    root = Path(root)
    sources = {Path(name).stem: hash_file(root / name) for name in find_files(root, ["data/raw/sources/**/*.md"])}
    tables = {Path(name).name: hash_file(root / name) for name in find_files(root, ["data/raw/*.csv"])}
    benchmarks = {name: tables.pop(name) for name in (BENCHMARKS,) if name in tables}  # cited like a source
    code = {name: hash_file(root / name) for name in find_files(root, _CODE)}
    return Inputs(
        sources=sources | benchmarks,
        tables=tables,
        corrections={
            decision.number: str(sorted(decision.right.items()))
            for decision in read_decisions(root / "data" / "raw").corrections
        },
        code=hashlib.sha256(json.dumps(code).encode()).hexdigest(),
        configuration={"areas": list(areas), "indicators": list(indicators)},
    )


def list_editions(folder: Path | str) -> list[str]:
    """Return the names of the editions in ``folder``, the newest last; none where there is no such folder."""
    return sorted(path.name for path in Path(folder).glob("*/") if not path.name.startswith("."))


def read_edition(folder: Path | str, name: str | None = None) -> Edition | None:
    """Return the edition called ``name`` in ``folder``, or the newest; None where no edition has been made.

    What its tables had besides the columns compared is passed over, for editions outlive changes of the tables. Raises
    EditionError for an unknown name and for files that are not what was frozen.
    """
    known = list_editions(folder)
    if name is None and not known:
        return None
    name = name or known[-1]
    if name not in known:
        offer = nearest(name, known) or (f"; there are {', '.join(known)}" if known else "; none has been made yet")
        raise EditionError(f"no edition is called {name!r}{offer}")
    path = Path(folder) / name
    try:
        content = json.loads(read_text(path / _INPUTS))
        frozen, inputs = content["frozen"], Inputs(**content["inputs"])
    except (ValueError, KeyError, TypeError) as error:
        raise EditionError(
            f"{path / _INPUTS}: cannot be read; take back what was done to it, or the edition"
        ) from error
    for table in TABLES:
        if hash_file(path / f"{table}.csv") != frozen.get(table):
            raise EditionError(f"{path / table}.csv: is not what was frozen; take back what was done to it")
    return Edition(name, *(_read_rows(path / f"{table}.csv") for table in TABLES), inputs)


def write_edition(folder: Path | str, name: str, processed: Path | str, inputs: Inputs) -> Path:
    """Freeze the tables in ``processed``, made from ``inputs``, as ``folder/name`` and return that folder.

    Raises EditionError for a name that is taken, is no file name, or does not stand behind those before it.
    """
    path = Path(folder) / name
    known = list_editions(folder)
    if not _NAME.fullmatch(name):
        raise EditionError(f"{name!r} is no name of an edition; write it with a to z, digits and hyphens, like 2026-11")
    if name in known:
        raise EditionError(f"{path}: is an edition already; an edition is never changed, give this one another name")
    if known and name < known[-1]:
        raise EditionError(f"{name!r} stands before the edition {known[-1]!r}; editions follow each other by name")
    made = path.with_name(f".{name}.new")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    for table in TABLES:
        shutil.copyfile(Path(processed) / f"{table}.csv", made / f"{table}.csv")
    frozen = {table: hash_file(made / f"{table}.csv") for table in TABLES}
    content = {"frozen": frozen, "inputs": asdict(inputs)}
    text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
    (made / _INPUTS).write_text(text + "\n", encoding="utf-8", newline="\n")
    return made.rename(path)


def check_editions(folder: Path | str) -> list[str]:
    """Return a problem for every edition in ``folder`` that is not as it was frozen."""
    problems = []
    for name in list_editions(folder):
        try:
            read_edition(folder, name)
        except InputError as error:
            problems += error.args
    return problems


def find_changes(
    edition: Edition | None, figures: Iterable[Figure], compared: Iterable[Compared], inputs: Inputs
) -> list[Change]:
    """Return every value that ``edition`` shows otherwise or not at all, sorted by table and name; none without one.

    Values are compared with bounds, qualifier, unit and period. ``inputs`` are what ``figures`` and ``compared`` were
    made from.
    """
    if edition is None:
        return []
    today = _index(_rows(figures, Figure), _rows(compared, Compared))
    names = sorted(edition.values.keys() | today.keys())
    pairs = {name: (edition.values.get(name), today.get(name)) for name in names}
    return [
        _change(edition, table, name, old, new, inputs)
        for (table, name), (old, new) in pairs.items()
        if old is None or new is None or old.differs(new)
    ]


def _change(edition: Edition, table: str, name: str, old: _Value | None, new: _Value | None, inputs: Inputs) -> Change:
    comparable = old and new and old.unit == new.unit and None not in (old.value, new.value)
    sides = {
        f"{side}_{field}": getattr(value, field) if value else None
        for side, value in (("old", old), ("new", new))
        for field in ("period", "value", "lower", "upper", "qualifier")
    }
    return Change(
        edition=edition.name,
        table=table,
        name=name,
        ref_area=(new or old).ref_area,
        unit=(new or old).unit,
        event="added" if old is None else "removed" if new is None else "changed",
        **sides,
        change=new.value - old.value if comparable else None,
        causes=_causes(table, [value for value in (old, new) if value], edition.inputs, inputs),
    )


def _causes(table: str, sides: Sequence[_Value], then: Inputs, now: Inputs) -> tuple[str, ...]:
    """Return those inputs of a value that changed.

    What only other values rest on is no cause, unless nothing else is left: a sector's share also depends on parts
    that it does not name.
    """
    areas = set(then.configuration["areas"]) ^ set(now.configuration["areas"])
    if any(value.ref_area in areas for value in sides):
        return ("configuration",)
    numbers = {number for value in sides for number in value.numbers}
    own = {number.split("#")[0] for number in numbers}
    sources, corrections = _differing(then.sources, now.sources), _differing(then.corrections, now.corrections)
    general = [f"source:{name}" for name in _differing(then.tables, now.tables)]
    general += ["code"] * (then.code != now.code)
    general += ["configuration"] * (table == "comparison" and then.configuration != now.configuration)
    causes = [f"source:{name}" for name in sources if name in own]
    causes += [f"correction:{number}" for number in corrections if number in numbers]
    if not causes and not general:
        causes = [*(f"source:{name}" for name in sources), *(f"correction:{number}" for number in corrections)]
    return (*causes, *general)


def _differing(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in then.keys() | now.keys() if then.get(name) != now.get(name))


def _index(
    figures: Iterable[Mapping[str, str]], comparison: Iterable[Mapping[str, str]]
) -> dict[tuple[str, str], _Value]:
    values = {}
    rests_on: dict[str, frozenset[str]] = {}
    for row in figures:
        numbers = frozenset((*split_cell(row["used"]), *split_cell(row["unused"])))
        rests_on[row["figure_id"]] = numbers
        values["figures", row["figure_id"]] = _value(row, numbers)
    for row in comparison:
        if row["verdict"] != "missing":
            terms = (rests_on.get(figure, frozenset()) for figure in split_cell(row["figures"]))
            values["comparison", f"{row['ref_area']}.{row['item']}"] = _value(row, frozenset().union(*terms))
    return values


def _value(row: Mapping[str, str], numbers: frozenset[str]) -> _Value:
    bounds = {name: Decimal(row[name]) if row[name] else None for name in ("value", "lower", "upper")}
    return _Value(row["ref_area"], row["unit"], row["period"], **bounds, qualifier=row["qualifier"], numbers=numbers)


def _rows(records: Iterable[Figure | Compared], kind: type) -> list[dict[str, str]]:
    return [{name: _print(getattr(record, name)) for name in kind.__slots__} for record in records]


def _print(cell: object) -> str:
    """Return a record's field as a table prints it."""
    if isinstance(cell, tuple):
        return SEPARATOR.join(cell)
    return "" if cell is None else str(cell)


def _read_rows(path: Path) -> tuple[dict[str, str], ...]:
    return tuple(csv.DictReader(io.StringIO(read_text(path), newline="")))
