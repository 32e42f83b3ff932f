"""A notebook runs as the workflow says, or leaves one line and itself as evidence."""

import os
import sys
from unittest.mock import patch

import nbformat
import pytest
from small_project import write_notebook

from helpers.run import notebook as runner
from helpers.run.errors import NotebookError
from helpers.run.notebook import run_notebook
from helpers.run.parameters import ParameterError

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
    return run_notebook(path, parameters, root=path.parent, executed=path.parent / "kept" / path.name)


def test_notebook_runs_in_its_folder_by_this_interpreter_with_values_as_given(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/nonexistent")
    monkeypatch.chdir("/")
    path = write_notebook(tmp_path / "any.ipynb", 'area: str = ""\nnames: list[str] = []', LOOK_AROUND)
    executed = run(path, area="007", names=FOLDERS)
    interpreter, folder, kind, area, *folders = executed.cells[-1].outputs[0].text.splitlines()
    assert (interpreter, folder, kind, area) == (sys.executable, str(tmp_path), "<class 'str'>", "007")
    assert all(name.startswith(str(tmp_path / ".build")) for name in folders)
    assert nbformat.read(tmp_path / "kept" / "any.ipynb", as_version=4) == executed


def test_wrong_parameter_starts_nothing(tmp_path):
    path = write_notebook(tmp_path / "any.ipynb", 'area: str = ""', "area")
    with pytest.raises(ParameterError):
        run(path, area=7)
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("total = 0\n1 / total", "any.ipynb, cell 3 (total = 0): ZeroDivisionError: division by zero; kept as "),
        ("%no_such_magic", "any.ipynb, cell 3 (%no_such_magic): UsageError: Line magic function"),
        ("import os\nos._exit(1)", "any.ipynb, cell 3 (import os): its kernel died"),
        ("while True: pass", "any.ipynb, cell 3 (while True: pass): took longer than 1 s"),
    ],
)
def test_failure_is_one_line_and_the_notebook_is_kept_as_it_stood(tmp_path, monkeypatch, cell, message):
    monkeypatch.setattr(runner, "CELL_SECONDS", 1)
    path = write_notebook(tmp_path / "any.ipynb", 'area: str = ""', "print('before')", cell, "print('behind')")
    with pytest.raises(NotebookError) as error:
        run(path, area="VN-25")
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)
    kept = nbformat.read(tmp_path / "kept" / "any.ipynb", as_version=4).cells
    outputs = [output.get("text") for cell in kept if cell.cell_type == "code" for output in cell.outputs]
    assert "before\n" in outputs
    assert "behind\n" not in outputs
    assert [file.name for file in (tmp_path / "kept").iterdir()] == ["any.ipynb"]
