"""Find the files that people write, and tell by their contents whether they changed.

Knows nothing of what the files hold. Times of modification are never looked at: copying, unpacking and checking out
set them as they like.
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


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


def hash_file(path: Path) -> str | None:
    """Return the SHA-256 of the file's content, or None where there is no such file."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        return None


_MADE = (".pyc", ".mo")
