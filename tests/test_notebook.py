"""A notebook runs as the workflow says, or leaves one line and itself as evidence."""

import hashlib
import json
import os
import sys
from unittest.mock import patch

import nbformat
import pytest
from small_project import write_notebook

from helpers.run import notebook as runner
from helpers.run.errors import NotebookError
from helpers.run.kernels import warm_up
from helpers.run.parameters import ParameterError
from helpers.run.stages import execute

LOOK_AROUND = """
import os, sys
from pathlib import Path
print(sys.executable, Path.cwd(), type(area), area, *(os.environ[name] for name in names), sep="\\n")
"""
FOLDERS = ["MPLCONFIGDIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "XDG_CACHE_HOME"]


@pytest.fixture(autouse=True)
def own_environment():
    with patch.dict(os.environ):
        yield


def run(path, **parameters):
    return execute(path.parent, path, parameters, path.stem, warm_up(path.parent))


def test_notebook_runs_in_its_folder_by_this_interpreter_with_values_as_given(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.chdir("/")
    path = write_notebook(tmp_path / "any.ipynb", 'area: str = ""\nnames: list[str] = []', LOOK_AROUND)
    executed = run(path, area="007", names=FOLDERS)
    interpreter, folder, kind, area, *folders = executed.cells[-1].outputs[0].text.splitlines()
    assert (interpreter, folder, kind, area) == (sys.executable, str(tmp_path), "<class 'str'>", "007")
    assert all(name.startswith(str(tmp_path / ".build")) for name in folders)
    assert nbformat.read(tmp_path / ".build" / "notebooks" / "any.ipynb", as_version=4) == executed


def test_wrong_parameter_starts_nothing(tmp_path):
    path = write_notebook(tmp_path / "any.ipynb", 'area: str = ""', "area")
    with pytest.raises(ParameterError):
        run(path, area=7)
    assert not (tmp_path / ".build" / "notebooks").exists()


@pytest.mark.parametrize(
    ("cell", "exception", "message"),
    [
        ("total = 0\n1 / total", "ZeroDivisionError", "division by zero"),
        ("%no_such_magic", "UsageError", "Line magic function `%no_such_magic` not found."),
        ("import os\nos._exit(1)", "DeadKernelError", "its kernel died (out of memory, or killed)"),
        ("while True: pass", "CellTimeoutError", "it took longer than 1 s"),
    ],
)
def test_failure_is_one_line_and_the_notebook_is_kept_as_it_stood(tmp_path, monkeypatch, cell, exception, message):
    monkeypatch.setattr(runner, "CELL_SECONDS", 1)
    path = write_notebook(tmp_path / "any.ipynb", 'area: str = ""', "print('before')", cell, "print('behind')")
    with pytest.raises(NotebookError) as error:
        run(path, area="VN-25")
    failed = tmp_path / "reports" / "failed"
    first = cell.splitlines()[0]
    assert str(error.value) == f"any.ipynb, cell 3 ({first}): {exception}: {message}; kept as {failed / 'any.ipynb'}"
    kept = nbformat.read(failed / "any.ipynb", as_version=4).cells
    outputs = [output.get("text") for cell in kept if cell.cell_type == "code" for output in cell.outputs]
    assert "before\n" in outputs
    assert "behind\n" not in outputs
    record = json.loads((failed / "any.json").read_text(encoding="utf-8"))
    assert {name: record[name] for name in ("notebook", "parameters", "cell", "exception", "message")} == {
        "notebook": "any.ipynb",
        "parameters": {"area": "VN-25"},
        "cell": {"number": 3, "source": cell},
        "exception": exception,
        "message": message,
    }


def test_the_record_of_a_failure_has_the_versions_and_the_hashes_of_the_inputs(tmp_path):
    write_notebook(tmp_path / "any.ipynb", None, "1 / 0")
    (tmp_path / "config.yaml").write_text("areas: []", encoding="utf-8")
    with pytest.raises(NotebookError):
        run(tmp_path / "any.ipynb")
    record = json.loads((tmp_path / "reports" / "failed" / "any.json").read_text(encoding="utf-8"))
    assert record["inputs"] == {"config.yaml": hashlib.sha256(b"areas: []").hexdigest()}
    assert {"python", "pandas", "papermill", "ipykernel"} <= set(record["versions"])


def test_a_notebook_whose_cells_keep_below_their_limit_has_one_as_a_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(runner, "NOTEBOOK_SECONDS", 1)
    path = write_notebook(tmp_path / "any.ipynb", None, "import time", *["time.sleep(0.9)"] * 9)
    with pytest.raises(NotebookError, match="the notebook took longer than 1 s"):
        run(path)


def test_the_evidence_of_a_failure_is_gone_once_the_notebook_succeeds(tmp_path):
    path = write_notebook(tmp_path / "any.ipynb", None, "open('mended')")
    with pytest.raises(NotebookError, match="FileNotFoundError"):
        run(path)
    (tmp_path / "mended").touch()
    run(path)
    assert list((tmp_path / "reports" / "failed").iterdir()) == []
