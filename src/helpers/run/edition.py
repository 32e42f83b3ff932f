"""Freeze what is published as an edition, and tell how what is published today differs from one."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from helpers.compare.editions import (
    EditionError,
    find_changes,
    fingerprint,
    read_edition,
    write_edition,
)
from helpers.records import Change
from helpers.run.manifest import is_up_to_date
from helpers.run.plan import load_plan
from helpers.tables import read_records


def freeze(root: Path, name: str) -> Path:
    """Freeze what the project at ``root`` has published as the edition ``name`` and return its folder.

    Raises EditionError where what is published is not what the inputs give, for an edition has to be true to them, and
    for a name that cannot be used.
    """
    if not is_up_to_date(root):
        raise EditionError("what is published is not up to date; start `briefings run`, then make the edition")
    plan = load_plan(root)
    inputs = fingerprint(root, areas=plan.areas, indicators=plan.indicators)
    return write_edition(_editions(root), name, root / "data" / "processed", inputs)


def compare_with(root: Path, name: str | None) -> list[Change]:
    """Return how what the project at ``root`` has published differs from the edition ``name``, or from the newest.

    Raises EditionError where there is none.
    """
    edition = read_edition(_editions(root), name)
    if edition is None:
        raise EditionError("no edition has been made yet; make one with `briefings edition NAME`")
    plan = load_plan(root)
    inputs = fingerprint(root, areas=plan.areas, indicators=plan.indicators)
    processed = root / "data" / "processed"
    return find_changes(edition, read_records("figures", processed), read_records("comparison", processed), inputs)


def show_change(change: Change) -> Iterator[str]:
    """Yield the lines that tell one change in a terminal."""
    yield f"{change.event}: {change.name} ({change.unit})"
    for side in ("old", "new"):
        if getattr(change, f"{side}_qualifier"):
            yield f"  {side}: {_shown(change, side)}"
    if change.change is not None:
        yield f"  change: {change.change:+,f}"
    yield f"  cause: {', '.join(change.causes) or 'not known'}"


def _shown(change: Change, side: str) -> str:
    value, lower, upper, qualifier, period = (
        getattr(change, f"{side}_{field}") for field in ("value", "lower", "upper", "qualifier", "period")
    )
    number = f"{_print(lower)} to {_print(upper)}" if value is None else _print(value)
    sign = "" if qualifier == "=" else f"{qualifier} "
    return f"{sign}{number}, {period}"


def _print(number: Decimal | None) -> str:
    return "open" if number is None else f"{number:,f}"


def _editions(root: Path) -> Path:
    return root / "data" / "raw" / "editions"
