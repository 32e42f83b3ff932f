"""Execute one notebook as the workflow does: parameters checked, papermill, a kernel of its own.

Writes nothing. A notebook that failed is evidence: it is handed on as it stood, with the cell it stopped at and why.
"""

import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from helpers.run.errors import NotebookError
from helpers.run.parameters import check_parameters

# A cell of ours takes seconds, and a notebook few of them; without limits one that hangs would hold a scheduled run for
# ever, and so would one whose cells all stay just below theirs.
CELL_SECONDS = 600
NOTEBOOK_SECONDS = 1800

_AT_ONCE = 0.001  # seconds; nought would be no limit

_RETRIES = 2  # Jupyter chooses a kernel's ports before the kernel takes them, and another program may be faster

# What passes between kernel and runner crosses a port that every user of the machine can reach.
_KERNEL = Config({"KernelManager": {"transport_encryption": "auto"}})


@dataclass(frozen=True)
class Failure:
    """Where and why an execution stopped; ``cell`` counts from one as in the notebook that people edit, 0 before it."""

    notebook: str
    cell: int
    source: str
    exception: str
    message: str
    executed: nbformat.NotebookNode | None = None

    def __str__(self) -> str:
        reason = f"{self.exception}: {self.message}" if self.message else self.exception
        place = f"cell {self.cell} ({_first_line(self.source)})" if self.cell else "before its first cell"
        return f"{self.notebook}, {place}: {reason}"


class ExecutionError(NotebookError):
    """A notebook did not run to its end; the ``failure`` tells more than the message."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure))
        self.failure = failure


class _NotStartedError(ExecutionError):
    """The kernel did not come up, and nothing of the notebook has run."""


def run_notebook(
    notebook: Path, parameters: Mapping[str, object], kernels: type[AsyncKernelManager]
) -> nbformat.NotebookNode:
    """Execute ``notebook`` with ``parameters`` by a kernel that ``kernels`` starts, and return it with its outputs.

    It runs in its own folder, like in JupyterLab. Raises ParameterError before anything is started, and ExecutionError.
    Only a kernel that does not come up is tried again: a cell that has begun may have done half of its work.
    """
    check_parameters(notebook, parameters)
    for _ in range(_RETRIES):
        with suppress(_NotStartedError):
            return _execute(notebook, parameters, kernels)
    return _execute(notebook, parameters, kernels)


def _execute(
    notebook: Path, parameters: Mapping[str, object], kernels: type[AsyncKernelManager]
) -> nbformat.NotebookNode:
    started: list[nbformat.NotebookNode] = []
    until = time.monotonic() + NOTEBOOK_SECONDS
    try:
        return papermill.execute_notebook(
            notebook.resolve(),
            None,  # papermill would write in place, after every cell; whoever calls us writes the whole once
            parameters=dict(parameters),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            # The rest goes to nbclient. Not papermill's own `cwd`, which would move every thread of this process.
            resources={"metadata": {"path": str(notebook.resolve().parent)}},
            timeout_func=lambda cell: max(_AT_ONCE, min(CELL_SECONDS, until - time.monotonic())),
            on_notebook_start=lambda notebook: started.append(notebook),
            kernel_manager_class=kernels,
            config=_KERNEL,
        )
    except (PapermillExecutionError, CellTimeoutError, DeadKernelError, RuntimeError, OSError) as error:
        number, cell = _find_cell(started[0]) if started else (0, None)
        exception, message = _reason(cell, error, is_late=time.monotonic() >= until)
        failure = Failure(notebook.name, number, cell.source if cell else "", exception, message, *started)
        raise (ExecutionError if started else _NotStartedError)(failure) from error


def _find_cell(executed: nbformat.NotebookNode) -> tuple[int, nbformat.NotebookNode | None]:
    """Return the cell that the execution stopped at, numbered as in the notebook that people edit; none is 0."""
    cells = [cell for cell in executed.cells if not _is_papermills(cell)]
    begun = [(number, cell) for number, cell in enumerate(cells, start=1) if cell.metadata.papermill.get("start_time")]
    return begun[-1] if begun else (0, None)


def _is_papermills(cell: nbformat.NotebookNode) -> bool:
    return not {"injected-parameters", "papermill-error-cell-tag"}.isdisjoint(cell.metadata.get("tags", []))


def _reason(cell: nbformat.NotebookNode | None, error: Exception, *, is_late: bool) -> tuple[str, str]:
    """Return the name of what went wrong, and what is said of it in one line."""
    name = type(error).__name__
    if isinstance(error, CellTimeoutError):
        what, limit = ("the notebook", NOTEBOOK_SECONDS) if is_late else ("it", CELL_SECONDS)
        return name, f"{what} took longer than {limit} s"
    if isinstance(error, DeadKernelError):
        return name, "its kernel died (out of memory, or killed)"
    if isinstance(error, PapermillExecutionError) and error.evalue:
        return error.ename, _first_line(error.evalue)
    # A magic that fails raises nothing: it only says so on stderr.
    said = [output.text for output in cell.outputs if output.get("name") == "stderr"] if cell else []
    if line := _first_line("\n".join(said)):
        exception, colon, message = line.partition(": ")
        return (exception, message) if colon else (name, line)
    return name, _first_line(str(error))


def _first_line(text: str) -> str:
    lines = [line.strip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines() if line.strip()]
    return lines[0] if lines else ""
