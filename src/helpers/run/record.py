"""Make a run one that can be left alone: write into the ledger what came of it, and tell whoever asked to be told.

Looks at files before and after, and at nothing that the run itself says; so a run that fails is written down as well.
"""

import csv
import io
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from helpers.read.hashes import find_files, hash_file
from helpers.run.errors import exit_code_of
from helpers.run.ledger import LEDGER, Entry, ValueChange, append_entry
from helpers.run.lock import lock_run
from helpers.run.manifest import INPUTS
from helpers.run.notify import notify

NOTHING_TO_DO = "nothing to do"
_OUTCOMES = {0: "done", 1: "failed", 2: "wrong input", 3: "another run is at work", 130: "interrupted"}  # by exit code

LOGS_KEPT = timedelta(days=30)
_LOGS = (
    ".snakemake/log/*",
    "reports/failed/**/*",
)  # executed notebooks are few: the next run of a page replaces its own
_OUTPUTS = ("data/processed/*.csv", "data/processed/*.json", "reports/*.html")
_VALUES = {"figures": ("figure_id",), "comparison": ("ref_area", "item")}  # the tables with values, and what names one
_PRINTED = ("qualifier", "value", "lower", "upper", "unit", "period")


@dataclass(frozen=True)
class Snapshot:
    """A project at one moment: files by hash, published values as people would print them, and executed notebooks."""

    inputs: dict[str, str]
    outputs: dict[str, str]
    values: dict[str, str]
    executed: dict[str, int]


def record_run(root: Path, work: Callable[[IO], str], *, wait: bool = False, command: list[str] | None = None) -> str:
    """Do ``work`` on the project at ``root``, write a line about it into the ledger and return what it says.

    ``work`` is given the run lock, held; with ``wait`` it is waited for. A run that raises gets its line too, and
    ``command`` is told of either. That there is no line or that the command failed is told on standard error and does
    not change what came of the run.
    """
    started, clock = datetime.now(UTC).replace(microsecond=0), time.monotonic()
    looks: list[Snapshot] = []
    exit_code = 0
    try:
        with lock_run(root, wait=wait) as held:
            looks.append(take_snapshot(root))
            try:
                message = work(held)
            finally:
                looks.append(take_snapshot(root))
    except BaseException as error:
        message, exit_code = str(error), exit_code_of(error)
        raise
    finally:
        idle = not exit_code and looks[0] == looks[1]
        entry = Entry(
            started=started,
            seconds=round(time.monotonic() - clock, 1),
            outcome=NOTHING_TO_DO if idle else _OUTCOMES[exit_code],
            exit_code=exit_code,
            message=message,
            **(_describe(*looks) if looks and not idle else {}),
        )
        _hand_over(root, entry, command)
    return message


def take_snapshot(root: Path) -> Snapshot:
    """Return what the project at ``root`` is made of now."""
    return Snapshot(
        inputs={name: hash_file(root / name) for name in find_files(root, INPUTS)},
        outputs={name: hash_file(root / name) for name in find_files(root, _OUTPUTS)},
        values=dict(_read_values(root / "data" / "processed")),
        executed={path.stem: path.stat().st_mtime_ns for path in (root / ".build" / "notebooks").glob("*.ipynb")},
    )


def _read_values(processed: Path) -> Iterator[tuple[str, str]]:
    """Yield every published value with its name; rows that are missing have none.

    Read as text and without a schema: before a run the tables may be an older version's, or damaged.
    """
    for table, key in _VALUES.items():
        path = processed / f"{table}.csv"
        text = path.read_text("utf-8", errors="replace") if path.exists() else ""
        for row in csv.DictReader(io.StringIO(text, newline=""), restval=""):
            if row.keys() >= {*key, *_PRINTED} and row.get("verdict") != "missing":
                yield f"{table} {'.'.join(row[name] for name in key)}", _print(row)


def _print(row: Mapping[str, str]) -> str:
    """Return a row's number with qualifier, bounds where they are others than the number, unit and period.

    >>> row = {"qualifier": "=", "value": "341", "lower": "341", "upper": "341", "unit": "member", "period": "2023"}
    >>> _print(row)
    '= 341 member, 2023'
    >>> _print(row | {"qualifier": ">", "upper": ""}), _print(row | {"value": "", "lower": "340", "period": "undated"})
    ('> 341 (341 to open) member, 2023', '= (340 to 341) member, undated')
    """
    qualifier, value, lower, upper, unit, period = (row[name] for name in _PRINTED)
    bounds = "" if value == lower == upper else f"({lower or 'open'} to {upper or 'open'})"
    return f"{' '.join(filter(None, (qualifier, value, bounds, unit)))}, {period}"


def _describe(before: Snapshot, after: Snapshot) -> dict[str, object]:
    """Return what the ledger says of a run besides what came of it."""
    names = sorted({name for name, _ in before.values.items() ^ after.values.items()})
    return {
        "ran": tuple(sorted(name for name, moment in after.executed.items() if moment != before.executed.get(name))),
        "inputs": before.inputs,
        "outputs": after.outputs,
        "changed": tuple(ValueChange(name, before.values.get(name), after.values.get(name)) for name in names),
    }


def forget_logs(root: Path, before: datetime) -> None:
    """Remove the logs of Snakemake and the evidence of failures in the project at ``root`` that are older."""
    for path in (path for pattern in _LOGS for path in root.glob(pattern) if path.is_file()):
        if path.stat().st_mtime < before.timestamp():
            path.unlink(missing_ok=True)


def _hand_over(root: Path, entry: Entry, command: list[str] | None) -> None:
    try:
        append_entry(root, entry)
        forget_logs(root, entry.started - LOGS_KEPT)
    except OSError as error:
        print(f"{LEDGER}: {error}", file=sys.stderr)
    if command and (problem := notify(command, entry)):
        print(problem, file=sys.stderr)
