"""Render what is out of date and publish it: look at the inputs, let Snakemake do what is needed, say what came of it.

Decides nothing about what has to run: Snakemake knows, and it publishes in its last step.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from helpers.read.hashes import find_files, hash_file
from helpers.run.cluster import build_on_cluster
from helpers.run.environment import prepare_environment
from helpers.run.errors import WorkflowError
from helpers.run.manifest import Manifest, digest_inputs, read_manifest, write_manifest
from helpers.run.problems import check_inputs
from helpers.run.publish import publish

# Our own lock is let go of by the system when a run is killed; Snakemake's would have to be removed by hand.
# Greedy scheduling starts faster, and no job of ours competes for anything but cores.
_SNAKEMAKE = (
    *("--cores", "all"),
    *("--scheduler", "greedy"),
    *("--quiet", "all"),
    "--keep-going",
    "--nolock",
    "--rerun-incomplete",
)


def run_workflow(root: Path, held: IO, profile: Path | None = None) -> str:
    """Bring everything that the project at ``root`` publishes up to date and return what was done, for people.

    ``held`` is the project's run lock; with ``profile`` a cluster does the jobs. Raises InputError before anything is started, and WorkflowError when a notebook
    or the publishing failed.
    """
    inputs = digest_inputs(root)  # before they are read: an edit during the run makes the next one look again
    plan = check_inputs(root)
    former = read_manifest(root).files
    found = {name: hash_file(root / name) for name in find_files(root, ["data/processed", "reports"])}
    forget_unaccounted(root)
    if profile is None:
        _run_snakemake(root, held)
    else:
        build_on_cluster(root, held, profile)
        publish(root)
    files = read_manifest(root).files
    write_manifest(root, Manifest(files, inputs=inputs))
    written = sum(found.get(name) != digest for name, digest in files.items())
    removed = len(former.keys() - files.keys())
    return f"{len(plan.pages)} briefings are up to date: {written} files written, {removed} removed."


def forget_unaccounted(root: Path) -> None:
    """Remove what was built when Snakemake's account of it is gone, for then only the ages of files would count."""
    if not (root / ".snakemake" / "metadata").is_dir():
        for folder in ("clean", "processed", "reports"):
            shutil.rmtree(root / ".build" / folder, ignore_errors=True)


def _run_snakemake(root: Path, held: IO) -> None:
    # Snakemake inherits the lock, for it goes on when only the process that started it is killed.
    command = [sys.executable, "-m", "snakemake", *_SNAKEMAKE]
    finished = subprocess.run(  # noqa: S603 (our own words)
        command, cwd=root, env=prepare_environment(root), pass_fds=[held.fileno()], check=False
    )
    if finished.returncode:
        raise WorkflowError(
            "The run did not come to its end; what was published before is as it was.\n"
            "Mend what is named above and run again. Snakemake's own account is the newest file in .snakemake/log."
        )
