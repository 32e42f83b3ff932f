"""Say how a project stands: when it last ran well, whether that still holds, and what an analyst should look at."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from helpers.run.manifest import MANIFEST, is_up_to_date, read_manifest
from helpers.tables import read_records


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


def _last_run(root: Path, now: datetime) -> str:
    if read_manifest(root).inputs is None:
        return "No run has ended well yet; start one with `briefings run`."
    ended = datetime.fromtimestamp((root / MANIFEST).stat().st_mtime, UTC)
    since = "nothing has changed since" if is_up_to_date(root) else "files have changed since; start `briefings run`"
    return f"Last good run: {ended:%Y-%m-%d %H:%M} UTC, {_age(now - ended)} ago; {since}."


def _age(age: timedelta) -> str:
    """Return an age in the largest unit that is not nought.

    >>> _age(timedelta(days=2, hours=5)), _age(timedelta(hours=3)), _age(timedelta(seconds=20))
    ('2 days', '3 hours', '0 minutes')
    """
    if age.days:
        return f"{age.days} days"
    minutes = age.seconds // 60
    return f"{minutes // 60} hours" if minutes >= 60 else f"{minutes} minutes"


def _listed(names: Iterable[str]) -> str:
    return "".join(f"\n  {name}" for name in sorted(names))
