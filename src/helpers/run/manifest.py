"""Remember what was published and what it was made from, so that a run knows at once whether there is anything to do.

Believes no file: what the manifest says is held against the contents on disk each time. Imports nothing heavy.
"""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from helpers.read.hashes import digest, find_files, hash_file
from helpers.run.files import write_whole

MANIFEST = ".build/published.json"

# Everything that people write and a run may read. Rather too much than too little: Snakemake then finds nothing to do.
INPUTS = (
    "Snakefile",
    "config.yaml",
    "requirements.lock",
    "data/raw/*.*",
    "data/raw/editions",
    "data/raw/sources",
    "notebooks/*.ipynb",
    "src/helpers",
)


@dataclass(frozen=True)
class Manifest:
    """The published files with the SHA-256 that each should have.

    ``stale`` were published once and no longer belong to the set. ``inputs`` is the digest of everything that the
    set was made from; None until the run that made it has ended well.
    """

    files: dict[str, str] = field(default_factory=dict)
    stale: tuple[str, ...] = ()
    inputs: str | None = None

    def holds(self, root: Path) -> bool:
        """Return whether the files under ``root`` are what the manifest says, and none of the stale ones is left."""
        whole = all(hash_file(root / name) == digest for name, digest in self.files.items())
        return whole and not any((root / name).exists() for name in self.stale)


def digest_inputs(root: Path) -> str:
    """Return one hash for all inputs of the project at ``root``."""
    return digest(root, find_files(root, INPUTS))


def is_up_to_date(root: Path) -> bool:
    """Return whether everything is published that the inputs under ``root`` ask for, and nothing else of ours."""
    manifest = read_manifest(root)
    return manifest.inputs == digest_inputs(root) and manifest.holds(root)


def read_manifest(root: Path) -> Manifest:
    """Return what was published last under ``root``; an empty manifest where nothing is known of it."""
    try:
        remembered = json.loads((root / MANIFEST).read_text(encoding="utf-8"))
        return Manifest(remembered["files"], tuple(remembered["stale"]), remembered["inputs"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Manifest()


def write_manifest(root: Path, manifest: Manifest) -> None:
    """Remember ``manifest`` for the project at ``root``."""
    write_whole(root / MANIFEST, (json.dumps(asdict(manifest), indent=2, sort_keys=True) + "\n").encode())
