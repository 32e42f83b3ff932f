"""The ledger of runs: one line of JSON for each, whole or not there. The one place of the project with a clock.

Lines are written by whoever runs, also while another run is at work; a lock of its own keeps them apart.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from helpers.read.files import InputError
from helpers.run.files import write_whole
from helpers.run.lock import lock_ledger

LEDGER = "reports/ledger.jsonl"
KEPT = timedelta(days=400)  # a year and some weeks: this November can be held beside the last


@dataclass(frozen=True)
class Entry:
    """One run.

    ``started`` is in UTC. ``message`` is what the command said at its end. ``ran`` names the executed notebooks of
    `.build/notebooks`. ``inputs`` and ``outputs`` lead from every file that people write, and from every published one,
    to its SHA-256; they are empty when there was nothing to do, for then they are those of the line before, and when
    another run was at work. ``changed`` holds the published values that are new, gone or different.
    """

    started: datetime
    seconds: float
    outcome: str
    exit_code: int
    message: str
    ran: tuple[str, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    changed: tuple["ValueChange", ...] = ()

    @property
    def ended(self) -> datetime:
        """The moment at which the run ended."""
        return self.started + timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A published value before and after a run as people would print it; None where there was or is none."""

    name: str
    old: str | None
    new: str | None


def append_entry(root: Path, entry: Entry) -> None:
    """Append ``entry`` to the ledger of the project at ``root``, on disk when this returns.

    What a power cut left of a line is cut off first, and lines older than ``KEPT`` are let go of. Raises OSError when
    the line cannot be written whole; the ledger then has none of it.
    """
    line = f"{json.dumps(_row(entry), ensure_ascii=False)}\n".encode()
    path = root / LEDGER
    path.parent.mkdir(exist_ok=True)
    with lock_ledger(root):
        _forget(path, entry.started - KEPT)
        whole = sum(map(len, _lines(path)))
        with path.open("ab", buffering=0) as ledger:
            ledger.truncate(whole)
            if ledger.write(line) != len(line):
                ledger.truncate(whole)
                raise OSError(f"{path}: the disk is full; this run has no line in it")
            os.fsync(ledger.fileno())


def read_ledger(root: Path) -> list[Entry]:
    """Return the runs of the project at ``root``, the newest last; none where nothing has run.

    Raises InputError with the place of a line that no run wrote.
    """
    path = root / LEDGER
    return [_parse(line, f"{path}:{number}") for number, line in enumerate(_lines(path), start=1)]


def find_last_good(entries: list[Entry]) -> Entry | None:
    """Return the newest run after which everything was up to date."""
    return next((entry for entry in reversed(entries) if entry.exit_code == 0), None)


def _lines(path: Path) -> list[bytes]:
    """Return the whole lines of the ledger; one that is being written, or was cut off, does not count."""
    content = path.read_bytes() if path.exists() else b""
    return content[: content.rfind(b"\n") + 1].splitlines(keepends=True)


def _forget(path: Path, before: datetime) -> None:
    # Every line begins with its moment, in UTC, so that lines can be compared as they are.
    oldest = f'{{"started": "{before.isoformat()}'.encode()
    lines = _lines(path)
    if lines and lines[0] < oldest:
        write_whole(path, b"".join(line for line in lines if line >= oldest))


def _row(entry: Entry) -> dict[str, object]:
    return asdict(entry) | {"started": entry.started.isoformat()}


def _parse(line: bytes, place: str) -> Entry:
    try:
        row = json.loads(line)
        row["started"] = datetime.fromisoformat(row["started"])
        row["ran"] = tuple(row["ran"])
        row["changed"] = tuple(ValueChange(**change) for change in row["changed"])
        return Entry(**row)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{place}: is not what a run wrote; remove this line") from error
