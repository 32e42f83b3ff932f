"""Keep what tells why a notebook failed: the notebook as it stood, and a record beside it that programs can read.

Both stand in `reports/failed`, named by notebook and parameters, until the same execution fails again or succeeds.
"""

import json
import platform
from importlib.metadata import version
from pathlib import Path

import nbformat

from helpers.read.hashes import find_files, hash_file
from helpers.run.files import write_whole
from helpers.run.manifest import INPUTS
from helpers.run.notebook import ExecutionError, Failure

FAILED = "reports/failed"

_LIBRARIES = ("cooperative-briefings", "ipykernel", "matplotlib", "nbclient", "pandas", "papermill", "seaborn")
_BUILT = (".build/clean", ".build/processed", ".build/subjects")  # what earlier notebooks made, and this one may read


def keep_evidence(root: Path, name: str, parameters: dict[str, object], error: ExecutionError) -> Path:
    """Write what is known of the failed execution called ``name``, and return where its notebook is kept.

    The record holds the cell, the exception, the parameters, the versions of what ran, and the SHA-256 of every file
    that it may have read.
    """
    failure = error.failure
    record = {
        "notebook": failure.notebook,
        "parameters": parameters,
        "cell": {"number": failure.cell, "source": failure.source},
        "exception": failure.exception,
        "message": failure.message,
        "versions": {"python": platform.python_version()} | {name: version(name) for name in _LIBRARIES},
        "inputs": {name: hash_file(root / name) for name in find_files(root, [*INPUTS, *_BUILT])},
    }
    kept = root / FAILED / f"{name}.ipynb"
    if failure.executed is not None:
        write_whole(kept, nbformat.writes(failure.executed).encode())
    write_whole(kept.with_suffix(".json"), (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode())
    return kept if failure.executed is not None else kept.with_suffix(".json")


def forget_evidence(root: Path, name: str) -> None:
    """Remove what was kept of earlier failures of the execution called ``name``, which has succeeded now."""
    for suffix in (".ipynb", ".json"):
        (root / FAILED / f"{name}{suffix}").unlink(missing_ok=True)


def find_evidence(root: Path) -> dict[Path, int]:
    """Return the record of every failure that is kept, with the moment at which it was written."""
    return {record: record.stat().st_mtime_ns for record in sorted((root / FAILED).glob("*.json"))}


def describe_failure(record: Path) -> str:
    """Return the line that says which cell of which notebook failed and why, from the record of it."""
    kept = json.loads(record.read_text(encoding="utf-8"))
    cell = kept["cell"]
    failure = Failure(kept["notebook"], cell["number"], cell["source"], kept["exception"], kept["message"])
    return f"{failure}; kept as {record}"
