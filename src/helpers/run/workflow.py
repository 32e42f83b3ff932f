"""Render what is out of date and publish it: look at the inputs, let Snakemake do what is needed, say what came of it.

Decides nothing about what has to run: Snakemake knows, and it publishes in its last step.
"""

import os
import shutil
import subprocess
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import IO

from jupyter_client.manager import AsyncKernelManager

from helpers.read.files import InputError
from helpers.read.hashes import find_files, hash_file
from helpers.run.cluster import build_on_cluster
from helpers.run.errors import RunError, WorkflowError
from helpers.run.kernels import warm_up
from helpers.run.manifest import Manifest, digest_inputs, read_manifest, write_manifest
from helpers.run.plan import Plan
from helpers.run.problems import check_inputs
from helpers.run.progress import Progress
from helpers.run.publish import describe, publish
from helpers.run.service import offer_service
from helpers.run.stages import bring_up_to_date

# Our own lock is let go of by the system when a run is killed; Snakemake's would have to be removed by hand.
# Greedy scheduling starts faster, and no job of ours competes for anything but cores. There are two jobs a core, for a
# third of its time a job waits for its kernel to start, to answer and to end.
_SNAKEMAKE = (
    *("--cores", str(2 * (os.cpu_count() or 1))),
    *("--scheduler", "greedy"),
    *("--quiet", "all"),
    "--keep-going",
    "--nolock",
    "--rerun-incomplete",
)


def run_workflow(root: Path, held: IO, profile: Path | None = None) -> str:
    """Bring everything that the project at ``root`` publishes up to date and return what was done, for people.

    ``held`` is the project's run lock; with ``profile`` a cluster does the jobs. Raises InputError before anything is
    started, and WorkflowError when a notebook or the publishing failed.
    """
    kernels = warm_up(root)  # loads while the inputs are looked at
    inputs = digest_inputs(root)  # before they are read: an edit during the run makes the next one look again
    plan = check_inputs(root)
    former = read_manifest(root).files
    found = {name: hash_file(root / name) for name in find_files(root, ["data/processed", "reports"])}
    forget_unaccounted(root)
    if profile is None:
        _run_snakemake(plan, kernels, held)
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


def _run_snakemake(plan: Plan, kernels: type[AsyncKernelManager], held: IO) -> None:
    """Have Snakemake find out what has to be done, and do it here when it asks."""
    with Progress(plan.all_steps) as progress:
        do = partial(_do, plan, kernels, progress)
        with offer_service(plan.root, do) as address:
            # Snakemake inherits the lock, to hold it until it has ended as well.
            tied = ("-m", "helpers.run.tied", str(os.getpid()), "snakemake")
            finished = subprocess.run(  # noqa: S603 (our own words)
                [sys.executable, *tied, *_SNAKEMAKE],
                cwd=plan.root,
                env=os.environ | address,
                pass_fds=[held.fileno()],
                check=False,
            )
    if finished.returncode:
        raise WorkflowError(
            "The run did not come to its end; what was published before is as it was.\n"
            "Mend what is named above and run again. Snakemake's own account is the newest file in .snakemake/log."
        )


def _do(plan: Plan, kernels: type[AsyncKernelManager], progress: Progress, words: tuple[str | None, ...]) -> bool:
    """Do the step that Snakemake asks for in ``words`` and return whether it succeeded, having told why not."""
    try:
        match words:
            case ("publish",):
                for line in describe(publish(plan.root)):
                    progress.say(line)
            case ("render", stage, subject):
                bring_up_to_date(plan, stage, subject, kernels, progress)
    except (RunError, InputError) as error:
        progress.say(str(error), sys.stderr)
        return False
    except Exception:
        progress.say(traceback.format_exc(), sys.stderr)
        return False
    return True
