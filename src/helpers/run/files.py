"""Write a file whole or not at all, and tell by its content whether it changed.

Knows nothing of what the files hold. Times of modification are never looked at: copying, unpacking and checking out
set them as they like.
"""

import hashlib
import json
import os
from collections.abc import Iterable
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


def hash_file(path: Path) -> str | None:
    """Return the SHA-256 of the file's content, or None where there is no such file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        return None


def find_root(start: Path) -> Path:
    """Return the project that ``start`` lies in: the nearest folder above with a Snakefile, as seen from here.

    Relative, so that messages name files as people would type them. Raises InputError when there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "Snakefile").is_file():
            return Path(os.path.relpath(folder))
    raise InputError(f"{start.resolve()}: no Snakefile here or above; change into the project's folder")


def find_files(root: Path, patterns: Iterable[str]) -> list[str]:
    """Return the files that ``patterns`` name and those in the folders that they name, relative to ``root`` and sorted.

    Hidden files, and what machines make of others by the way, do not count.
    """
    named = [path for pattern in patterns for path in root.glob(pattern)]
    files = {file for path in named for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()}
    names = (file.relative_to(root) for file in files if file.suffix not in _MADE)
    return sorted(name.as_posix() for name in names if not any(part.startswith(".") for part in name.parts))


def digest(root: Path, names: Iterable[str]) -> str:
    """Return one hash for the names and the contents of files in ``root``."""
    return hashlib.sha256(json.dumps({name: hash_file(root / name) for name in names}).encode()).hexdigest()


_MADE = (".pyc", ".mo")
