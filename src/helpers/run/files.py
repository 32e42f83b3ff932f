"""Write a file whole or not at all, and find the project that a folder lies in."""

import os
from pathlib import Path

from helpers.read.files import InputError


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a reader sees the old file or the new one, never a part of it."""
    stage(path, content)
    put_in_place(path)


def stage(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path``, safe on disk, to be put in place later.

    It stands in the same folder, since a rename is only whole within one file system. Its name is always the same:
    what a killed process left behind is overwritten by the next.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with staged(path).open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(path: Path) -> None:
    """Rename what was staged for ``path`` to it."""
    os.replace(staged(path), path)


def staged(path: Path) -> Path:
    """Return where the next content of ``path`` waits.

    >>> staged(Path("reports/index.html")).as_posix()
    'reports/.index.html.new'
    """
    return path.with_name(f".{path.name}.new")


def find_root(start: Path) -> Path:
    """Return the project that ``start`` lies in: the nearest folder above with a Snakefile, as seen from here.

    Relative, so that messages name files as people would type them. Raises InputError when there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "Snakefile").is_file():
            return Path(os.path.relpath(folder))
    raise InputError(f"{start.resolve()}: no Snakefile here or above; change into the project's folder")
