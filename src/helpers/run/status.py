"""Say how a project stands: when it last ran well, whether that still holds, and what an analyst should look at."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from helpers.read.files import InputError
from helpers.run.errors import StaleError
from helpers.run.ledger import Entry, find_last_good, read_ledger
from helpers.run.manifest import is_up_to_date
from helpers.tables import read_records

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def describe_status(root: Path, now: datetime) -> Iterator[str]:
    """Yield the lines that tell how the project at ``root`` stands at the moment ``now``."""
    yield _last_run(root, now)
    processed = root / "data" / "processed"
    if not (processed / "figures.csv").exists():
        return
    conflicts = [figure.figure_id for figure in read_records("figures", processed) if "conflict" in figure.flags]
    yield f"{len(conflicts)} figures in conflict{_listed(conflicts)}"
    unresolved = [number for number in read_records("numbers", processed) if number.role == "unresolved"]
    yield f"{len(unresolved)} numbers unresolved{_listed(f'{number.source_id}#{number.text}' for number in unresolved)}"


def check_age(root: Path, now: datetime, limit: timedelta) -> None:
    """Raise StaleError unless a run of the project at ``root`` has ended well within ``limit`` before ``now``."""
    good = find_last_good(read_ledger(root))
    if good is None or now - good.ended > limit:
        raise StaleError(f"no run has ended well for more than {limit}; `briefings history` lists them")


def describe_history(root: Path, last: int) -> Iterator[str]:
    """Yield a table of the ``last`` runs of the project at ``root``, the newest last."""
    entries = read_ledger(root)[-last:]
    if not entries:
        yield "No run has been written down yet; start one with `briefings run`."
        return
    yield f"{'started (UTC)':16}  {'seconds':>8}  {'notebooks':>9}  {'values changed':>14}  outcome"
    for entry in entries:
        yield (
            f"{entry.started:%Y-%m-%d %H:%M}  {entry.seconds:8,.1f}  {len(entry.ran):9}  {len(entry.changed):14}"
            f"  {entry.outcome}{_reason(entry)}"
        )


def parse_age(text: str) -> timedelta:
    """Return the time that ``text`` means: a whole number of minutes, hours, days or weeks.

    >>> parse_age("36h") == timedelta(hours=36), parse_age("2d") == timedelta(days=2)
    (True, True)
    >>> parse_age("36")
    Traceback (most recent call last):
    ...
    helpers.read.files.InputError: '36' is no age; write a number and m, h, d or w, like 36h
    """
    match = re.fullmatch(r"(\d{1,6})([mhdw])", text, re.ASCII)
    if match is None:
        raise InputError(f"{text!r} is no age; write a number and m, h, d or w, like 36h")
    return timedelta(**{_UNITS[match[2]]: int(match[1])})


def show_age(age: timedelta) -> str:
    """Return an age in the largest unit that is not nought.

    >>> show_age(timedelta(days=2, hours=5)), show_age(timedelta(hours=3)), show_age(timedelta(seconds=20))
    ('2 days', '3 hours', '0 minutes')
    """
    if age.days:
        return f"{age.days} days"
    minutes = age.seconds // 60
    return f"{minutes // 60} hours" if minutes >= 60 else f"{minutes} minutes"


def _last_run(root: Path, now: datetime) -> str:
    good = find_last_good(read_ledger(root))
    if good is None:
        return "No run has ended well yet; start one with `briefings run`."
    since = "nothing has changed since" if is_up_to_date(root) else "files have changed since; start `briefings run`"
    return f"Last good run: {good.ended:%Y-%m-%d %H:%M} UTC, {show_age(now - good.ended)} ago; {since}."


def _reason(entry: Entry) -> str:
    return f": {entry.message.splitlines()[0]}" if entry.exit_code and entry.message else ""


def _listed(names: Iterable[str]) -> str:
    return "".join(f"\n  {name}" for name in sorted(names))
