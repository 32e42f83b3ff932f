"""Render what is out of date and publish it: look at the inputs, let Snakemake do what is needed, say what came of it.

Decides nothing about what has to run: Snakemake knows, and it publishes in its last step. What loads for seconds loads
in three processes at once, so modules that are not needed to begin are imported where they are.
"""

import shutil
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from subprocess import Popen
from typing import IO

from helpers.read.hashes import find_files, hash_file
from helpers.run.errors import WorkflowError
from helpers.run.forks import begin_to_load
from helpers.run.manifest import Manifest, digest_inputs, read_manifest, write_manifest
from helpers.run.plan import Plan
from helpers.run.progress import Progress
from helpers.run.service import offer_service
from helpers.run.snakemake import begin_snakemake, let_go_on


def run_workflow(root: Path, held: IO, profile: Path | None = None) -> str:
    """Bring everything that the project at ``root`` publishes up to date and return what was done, for people.

    ``held`` is the project's run lock; with ``profile`` a cluster does the jobs. Raises InputError before a job is
    started, and WorkflowError when a notebook or the publishing failed.
    """
    if profile is not None:
        return _bring_up_to_date(root, partial(_build_on_cluster, held, profile))
    forking = begin_to_load(root)
    with begin_snakemake(root, held) as snakemake:
        return _bring_up_to_date(root, partial(_let_snakemake, snakemake, forking))


def forget_unaccounted(root: Path) -> None:
    """Remove what was built when Snakemake's account of it is gone, for then only the ages of files would count."""
    if not (root / ".snakemake" / "metadata").is_dir():
        for folder in ("clean", "processed", "reports"):
            shutil.rmtree(root / ".build" / folder, ignore_errors=True)


def _bring_up_to_date(root: Path, build: Callable[[Plan], None]) -> str:
    from helpers.run.problems import check_inputs

    inputs = digest_inputs(root)  # before they are read: an edit during the run makes the next one look again
    plan = check_inputs(root)
    former = read_manifest(root).files
    found = {name: hash_file(root / name) for name in find_files(root, ["data/processed", "reports"])}
    forget_unaccounted(root)
    build(plan)
    files = read_manifest(root).files
    write_manifest(root, Manifest(files, inputs=inputs))
    written = sum(found.get(name) != digest for name, digest in files.items())
    removed = len(former.keys() - files.keys())
    return f"{len(plan.pages)} briefings are up to date: {written} files written, {removed} removed."


def _build_on_cluster(held: IO, profile: Path, plan: Plan) -> None:
    from helpers.run.cluster import build_on_cluster
    from helpers.run.publish import publish

    build_on_cluster(plan.root, held, profile)
    publish(plan.root)


def _let_snakemake(snakemake: Popen, forking: bool, plan: Plan) -> None:
    """Have Snakemake find out what has to be done, and do it here when it asks."""
    with (
        Progress(plan.all_steps) as progress,
        offer_service(plan.root, partial(_do, plan, progress, forking)) as variables,
    ):
        let_go_on(snakemake, variables)
        import_module("helpers.run.jobs")  # before Snakemake asks for the first
        import_module("helpers.run.publish")  # before it asks for the last
        snakemake.wait()
    if snakemake.returncode:
        raise WorkflowError(
            "The run did not come to its end; what was published before is as it was.\n"
            "Mend what is named above and run again. Snakemake's own account is the newest file in .snakemake/log."
        )


def _do(plan: Plan, progress: Progress, forking: bool, words: tuple[str, ...]) -> bool:
    from helpers.run.jobs import do

    return do(plan, progress, words, forking=forking)
