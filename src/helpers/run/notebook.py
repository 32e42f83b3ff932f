"""Execute one notebook as the workflow does: parameters checked, papermill, a kernel of its own.

The executed copy is whole or not there. That of a notebook that failed is kept as it stood, as evidence, and the error
says in one line which cell of which notebook failed and why.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from traitlets.config import Config

from helpers.run.environment import prepare_environment
from helpers.run.errors import NotebookError
from helpers.run.files import write_whole
from helpers.run.parameters import check_parameters

CELL_SECONDS = 600  # a cell of ours takes seconds; without a limit one that hangs would hold a scheduled run for ever

# What passes between kernel and runner crosses a port that every user of the machine can reach.
_KERNEL = Config({"KernelManager": {"transport_encryption": "auto"}})


def run_notebook(
    notebook: Path, parameters: Mapping[str, object], *, root: Path, executed: Path
) -> nbformat.NotebookNode:
    """Execute ``notebook`` with ``parameters``, write it to ``executed`` and return it.

    It runs in its own folder, like in JupyterLab, by the interpreter that runs this, and with the environment of a run
    of the project at ``root``. Raises ParameterError before anything is started, and NotebookError.
    """
    check_parameters(notebook, parameters)
    os.environ.update(prepare_environment(root))
    # papermill writes in place and many times: it gets a file of its own, which is renamed when it is through.
    running = executed.resolve().with_name(f".{executed.stem}.running.ipynb")
    running.parent.mkdir(parents=True, exist_ok=True)
    running.unlink(missing_ok=True)
    try:
        return papermill.execute_notebook(
            notebook.resolve(),
            running,
            parameters=dict(parameters),
            kernel_name="python3",
            language="python",
            cwd=notebook.resolve().parent,
            execution_timeout=CELL_SECONDS,
            config=_KERNEL,
            progress_bar=False,
        )
    except (PapermillExecutionError, CellTimeoutError, DeadKernelError, RuntimeError, OSError) as error:
        raise NotebookError(f"{notebook.name}, {_place_and_reason(running, error)}; kept as {executed}") from error
    finally:
        if running.exists():
            write_whole(executed, running.read_bytes())
            running.unlink()


def _place_and_reason(running: Path, error: Exception) -> str:
    """Return the cell that the execution stopped at, numbered as in the notebook that people edit, and why."""
    if not running.exists():
        return f"before its first cell: {_one_line(error)}"
    cells = [cell for cell in nbformat.read(running, as_version=4).cells if not _is_papermills(cell)]
    number = max((n for n, cell in enumerate(cells, start=1) if cell.metadata.papermill.get("start_time")), default=0)
    if number == 0:
        return f"before its first cell: {_one_line(error)}"
    return f"cell {number} ({_first_line(cells[number - 1].source)}): {_reason(cells[number - 1], error)}"


def _is_papermills(cell: nbformat.NotebookNode) -> bool:
    return not {"injected-parameters", "papermill-error-cell-tag"}.isdisjoint(cell.metadata.get("tags", []))


def _reason(cell: nbformat.NotebookNode, error: Exception) -> str:
    if isinstance(error, CellTimeoutError):
        return f"took longer than {CELL_SECONDS} s"
    if isinstance(error, DeadKernelError):
        return "its kernel died (out of memory, or killed)"
    if isinstance(error, PapermillExecutionError) and error.evalue:
        return f"{error.ename}: {_first_line(error.evalue)}"
    # A magic that fails raises nothing: it only says so on stderr.
    said = [output.text for output in cell.outputs if output.get("name") == "stderr"]
    return _first_line("\n".join(said)) or _one_line(error)


def _first_line(text: str) -> str:
    lines = [line.strip() for line in re.sub(r"\x1b\[[0-9;]*m", "", text).splitlines() if line.strip()]
    return lines[0] if lines else ""


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {_first_line(str(error))}"
