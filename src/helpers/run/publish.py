"""Put a whole and checked set of built files where people look for them: `data/processed` and `reports`.

Refuses a set with anything missing, empty, torn or invalid, and then leaves everything as it was. Touches no file that
it did not publish itself.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from helpers.brief.index import render_index
from helpers.export.package import describe_package
from helpers.read.hashes import hash_file
from helpers.run.errors import PublishError
from helpers.run.files import put_in_place, stage, staged
from helpers.run.manifest import Manifest, read_manifest, write_manifest
from helpers.run.plan import PROCESSED_TABLES, STORE, Plan, load_plan
from helpers.tables import read_table

INDEX = "reports/index.html"


@dataclass(frozen=True)
class Published:
    """What publishing did: names of files, relative to the project."""

    files: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]


def publish(root: Path) -> Published:
    """Replace what is published under ``root`` by what was built, and return what that changed.

    Everything is on disk beside its place before the first rename, and the index is renamed last. The manifest is
    written before the renames: were they cut short, the next run would see that it does not hold.
    Raises PublishError with every problem of the set before anything published is changed. What is unfit is set aside,
    for Snakemake believes that what is there is good and would not make it again.
    """
    plan = load_plan(root)
    if problems := dict(find_problems(plan)):
        set_aside(plan, problems)
        raise PublishError("\n".join(f"{name}: {problem}" for name, problem in problems.items()))
    contents = {_target(name): (root / name).read_bytes() for name in (*plan.processed, *plan.pages)}
    contents[INDEX] = render_index({Path(name).name: (root / name).read_text("utf-8") for name in plan.pages}).encode()
    former = read_manifest(root)
    stale = tuple(sorted({*former.files, *former.stale} - set(contents)))
    for name, content in contents.items():
        stage(root / name, content)
    files = {name: hash_file(staged(root / name)) for name in contents}
    changed = tuple(name for name in contents if hash_file(root / name) != files[name])
    removed = tuple(name for name in stale if (root / name).exists())
    write_manifest(root, Manifest(files, stale))
    for name in contents:
        if name in changed:
            put_in_place(root / name)
        else:
            staged(root / name).unlink()
    for name in removed:
        (root / name).unlink()
    write_manifest(root, Manifest(files))
    return Published(tuple(contents), changed, removed)


def describe(published: Published) -> Iterator[str]:
    """Yield a line for every file that publishing has changed."""
    yield from (f"published: {name}" for name in published.changed)
    yield from (f"removed: {name}" for name in published.removed)


def find_problems(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the built files that ``plan`` asks for and that are not fit to be published, each with the reason."""
    unfit = [name for name in plan.built if not (plan.root / name).is_file() or not (plan.root / name).stat().st_size]
    yield from ((name, "is missing or empty") for name in unfit)
    if unfit:
        return
    folder = plan.root / ".build" / "processed"
    for name, table in zip(plan.processed, PROCESSED_TABLES, strict=False):
        try:
            read_table(table, folder)
        except ValueError as error:
            yield name, f"is no valid table: {error}"
    *_, package = plan.processed
    if not _describes(plan.root / package, folder):
        yield package, "does not describe the tables beside it; 2-compare should write it last"
    for name in plan.pages:
        if not (plan.root / name).read_bytes().rstrip().endswith(b"</html>"):
            yield name, "is torn: it does not end with </html>"


def set_aside(plan: Plan, names: Collection[str]) -> None:
    """Move built files to `.build/unfit`, where they can be looked at, and let go of the copies that were kept."""
    unfit = plan.root / ".build" / "unfit"
    unfit.mkdir(parents=True, exist_ok=True)
    for name in names:
        if (plan.root / name).exists():
            os.replace(plan.root / name, unfit / Path(name).name)
    for step in chain.from_iterable(plan.all_steps.values()):
        if not set(names).isdisjoint(step.outputs):
            shutil.rmtree(plan.root / STORE / step.name, ignore_errors=True)


def _describes(package: Path, folder: Path) -> bool:
    try:
        return json.loads(package.read_bytes()) == describe_package(folder)
    except ValueError:
        return False


def _target(built: str) -> str:
    """Return where a built file is published."""
    folder = "data/processed" if built.startswith(".build/processed/") else "reports"
    return f"{folder}/{Path(built).name}"
