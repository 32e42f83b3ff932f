"""Bring what a stage of the workflow yields up to date, for one area or subject or for all areas together.

Snakemake starts a stage when something that it depends on has changed, or may have. What its notebooks yielded last is
kept under a name made of everything that went in, so that an edit that changes nothing in a table ends there.
"""

import hashlib
import json
import os
import re
import shutil
import traceback
from collections.abc import Mapping
from pathlib import Path
from threading import Semaphore, Thread

import nbformat
from jupyter_client.manager import AsyncKernelManager

from helpers.read.hashes import digest
from helpers.read.places import COMPARISON
from helpers.run.errors import NotebookError
from helpers.run.evidence import forget_evidence, keep_evidence
from helpers.run.files import write_whole
from helpers.run.forks import AT_ONCE
from helpers.run.notebook import ExecutionError, run_notebook
from helpers.run.pages import render_page
from helpers.run.plan import NOTEBOOKS, STORE, Plan, Step
from helpers.run.progress import Progress
from helpers.run.subjects import cut_tables

EXECUTED = ".build/notebooks"

_at_work = Semaphore(AT_ONCE)  # whichever jobs ask for them


def bring_up_to_date(
    plan: Plan, stage: str, subject: str | None, kernels: type[AsyncKernelManager], progress: Progress
) -> None:
    """Yield what ``plan`` asks of ``stage`` for ``subject``, telling ``progress`` of every step.

    The others go on where one fails; raises NotebookError with a line for each that did.
    """
    if stage == "briefing" and subject != COMPARISON:
        cut_tables(plan.root, subject, plan.area_of(subject))
    inputs = plan.digest(stage, subject)
    steps = plan.steps(stage, subject)
    reasons: dict[str, str] = {}

    def bring(step: Step) -> None:
        with _at_work:
            progress.begin(step)
            how = "failed"
            try:
                how = _yield(plan.root, step, inputs, kernels)
            except NotebookError as error:
                reasons[step.name] = str(error)
            except Exception:
                reasons[step.name] = traceback.format_exc()
            finally:
                progress.end(step, how)

    # An interrupted run does not wait for them, as it would for those of an executor.
    threads = [Thread(target=bring, args=(step,), daemon=True) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed := [reasons[step.name] for step in steps if step.name in reasons]:
        raise NotebookError("\n".join(failed))


def execute(
    root: Path, notebook: Path, parameters: dict[str, object], name: str, kernels: type[AsyncKernelManager]
) -> nbformat.NotebookNode:
    """Return ``notebook`` executed with ``parameters``; raises NotebookError, with the evidence of a failure kept.

    The executed copy is kept under ``name`` in either case, until the next execution of that name.
    """
    try:
        executed = run_notebook(notebook, parameters, kernels)
    except ExecutionError as error:
        _write(root, name, error.failure.executed)
        kept = keep_evidence(root, name, parameters, error)
        raise NotebookError(f"{error}; kept as {kept}") from error
    _write(root, name, executed)
    forget_evidence(root, name)
    return executed


def name_execution(notebook: Path, parameters: Mapping[str, object]) -> str:
    """Return what an execution is called that no step of the workflow is: its notebook, and its short parameters.

    >>> name_execution(Path("notebooks/3-briefing.ipynb"), {"subject": "da-nang", "raw": "../data/raw"})
    '3-briefing.da-nang'
    """
    short = (value for value in map(str, parameters.values()) if re.fullmatch(r"[\w-]{1,40}", value))
    return ".".join([notebook.stem, *short])


def _write(root: Path, name: str, executed: nbformat.NotebookNode | None) -> None:
    if executed is not None:
        write_whole(root / EXECUTED / f"{name}.ipynb", nbformat.writes(executed).encode())


def _yield(root: Path, step: Step, inputs: str, kernels: type[AsyncKernelManager]) -> str:
    """Put the outputs of ``step`` in place, made or as they were, and return which."""
    key = hashlib.sha256(json.dumps([inputs, step.parameters, digest(root, step.tables)]).encode()).hexdigest()
    store = root / STORE / step.name
    if (store / key).is_dir():
        for output in step.outputs:
            _copy(store / key / Path(output).name, root / output)
        return "unchanged"
    executed = execute(root, root / "notebooks" / f"{NOTEBOOKS[step.stage]}.ipynb", step.parameters, step.name, kernels)
    if step.page:
        write_whole(root / step.page, render_page(executed).encode())
    _keep(store, key, [root / output for output in step.outputs])
    return "made"


def _keep(store: Path, key: str, outputs: list[Path]) -> None:
    """Keep ``outputs`` in ``store`` under ``key``, instead of what was kept there before."""
    shutil.rmtree(store, ignore_errors=True)
    made = store / ".new"
    for output in outputs:
        _copy(output, made / output.name)
    os.replace(made, store / key)


def _copy(path: Path, target: Path) -> None:
    write_whole(target, path.read_bytes())
