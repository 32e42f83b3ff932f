"""Kernels are forked warm, and yet are what Jupyter's own are: fresh, apart, and gone when their runner is."""

import multiprocessing
import os
import sys
from multiprocessing import forkserver
from unittest.mock import patch

import psutil
import pytest
from small_project import write_notebook
from waiting import wait_until

from helpers.run.kernels import WarmKernelManager, warm_up
from helpers.run.notebook import ExecutionError, run_notebook

LOOK_AROUND = """
import os, random, sys
import numpy as np
import matplotlib.pyplot as plt
import pandas as pd
print(os.getpid(), random.random(), np.random.random(), len(plt.get_fignums()), pd.get_option("display.max_rows"))
plt.figure()
pd.set_option("display.max_rows", 7)
os.environ["LEFT"] = "behind"
"""


@pytest.fixture(autouse=True)
def own_environment():
    with patch.dict(os.environ):
        yield


@pytest.fixture(scope="module", autouse=True)
def no_server_of_other_tests():
    """End the process that other tests have forked from: it has not loaded what kernels need."""
    forkserver._forkserver._stop()


@pytest.fixture
def kernels(tmp_path):
    return warm_up(tmp_path)


def said(executed):
    return "".join(output.text for cell in executed.cells for output in cell.get("outputs", []))


def test_every_notebook_gets_a_process_of_its_own_in_which_nothing_has_run(tmp_path, kernels):
    path = write_notebook(tmp_path / "any.ipynb", None, LOOK_AROUND, "print(os.environ.get('LEFT'))")
    first, second = (said(run_notebook(path, {}, kernels)).split() for _ in range(2))
    assert [one != other for one, other in zip(first, second, strict=True)] == [True, True, True, False, False, False]
    assert first[3:] == ["0", "60", "behind"]
    assert str(os.getpid()) not in (first[0], second[0])


def test_what_the_notebook_loads_is_loaded_already(tmp_path, kernels):
    names = ("pandas", "seaborn", "helpers.brief.page")
    cell = f"import sys\nprint([name for name in {names} if name not in sys.modules])"
    assert said(run_notebook(write_notebook(tmp_path / "any.ipynb", None, cell), {}, kernels)) == "[]\n"


def test_strings_hash_alike_in_every_run(tmp_path, kernels):
    path = write_notebook(tmp_path / "any.ipynb", None, "import sys\nprint(sys.flags.hash_randomization)")
    assert said(run_notebook(path, {}, kernels)) == "0\n"


def test_what_programs_print_below_python_is_kept(tmp_path, kernels, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel leaves this be where it sees that a test runs
    path = write_notebook(tmp_path / "any.ipynb", None, "import os\nreturned = os.system('echo from below')")
    assert "from below" in said(run_notebook(path, {}, kernels))


def test_a_file_that_the_notebook_left_open_is_whole(tmp_path, kernels):
    run_notebook(write_notebook(tmp_path / "any.ipynb", None, "left = open('left', 'w')\nleft.write('x')"), {}, kernels)
    assert (tmp_path / "left").read_text() == "x"


SAY_THE_END_LATE = """
import threading
from pathlib import Path
from ipykernel.iostream import OutStream

flush = OutStream.flush

def flush_late(stream):
    if threading.current_thread().name == "Control":
        threading.Event().wait(0.5)
        Path("can-be-told").write_text(str(stream.pub_thread.thread.is_alive()))
    flush(stream)

OutStream.flush = flush_late
"""


def test_a_kernel_ends_when_it_has_said_so_and_not_while_it_does(tmp_path, kernels):
    """It would wait ten seconds for the thread that tells it, which had ended before; Jupyter then killed it."""
    run_notebook(write_notebook(tmp_path / "any.ipynb", None, SAY_THE_END_LATE), {}, kernels)
    assert (tmp_path / "can-be-told").read_text() == "True"


def test_where_the_system_cannot_fork_an_ordinary_kernel_starts(tmp_path, monkeypatch):
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    kernels = warm_up(tmp_path)
    assert not issubclass(kernels, WarmKernelManager)
    assert said(run_notebook(write_notebook(tmp_path / "any.ipynb", None, "print(1)"), {}, kernels)) == "1\n"


def failing_starts(kernels, times):
    """Return a manager whose kernels do not come up the first ``times`` times, and the list of its starts."""
    starts = []

    class Unlucky(kernels):
        async def _async_start_kernel(self, **settings):
            starts.append(settings)
            if len(starts) <= times:
                raise RuntimeError("another program took the port")
            await super()._async_start_kernel(**settings)

        start_kernel = _async_start_kernel

    return Unlucky, starts


@pytest.mark.parametrize(("times", "outcome"), [(1, "1\n"), (2, "1\n")])
def test_a_kernel_that_does_not_come_up_is_tried_again(tmp_path, kernels, times, outcome):
    unlucky, starts = failing_starts(kernels, times)
    assert said(run_notebook(write_notebook(tmp_path / "any.ipynb", None, "print(1)"), {}, unlucky)) == outcome
    assert len(starts) == times + 1


def test_a_kernel_that_never_comes_up_is_told_as_such(tmp_path, kernels):
    unlucky, starts = failing_starts(kernels, 9)
    with pytest.raises(ExecutionError, match=r"before its first cell: RuntimeError: another program took the port"):
        run_notebook(write_notebook(tmp_path / "any.ipynb", None, "print(1)"), {}, unlucky)
    assert len(starts) == 3


def test_a_cell_that_fails_is_not_tried_again(tmp_path, kernels):
    path = write_notebook(tmp_path / "any.ipynb", None, "open('tries', 'a').write('x')\nraise RuntimeError('bad luck')")
    with pytest.raises(ExecutionError, match="bad luck"):
        run_notebook(path, {}, kernels)
    assert (tmp_path / "tries").read_text() == "x"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a kernel looks for its parent once a second")
def test_a_kernel_dies_with_a_runner_that_is_killed(tmp_path):
    (tmp_path / "Snakefile").touch()
    cell = "import os\nprint(os.getpid(), file=open('at-work', 'w'), flush=True)\nwhile True: pass"
    path = write_notebook(tmp_path / "any.ipynb", None, cell)
    with psutil.Popen([sys.executable, "-m", "helpers", "notebook", path], cwd=tmp_path) as runner:
        wait_until(lambda: (tmp_path / "at-work").exists() and (tmp_path / "at-work").read_text())
        below = runner.children(recursive=True)
        assert int((tmp_path / "at-work").read_text()) in {process.pid for process in below}
        runner.kill()
    _, alive = psutil.wait_procs(below, timeout=60)
    assert alive == []
