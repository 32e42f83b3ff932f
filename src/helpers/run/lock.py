"""Let one run at a time work in a project, and none while a step of an earlier one still writes.

The locks are the system's, so that they are let go of when their holder dies, however it dies.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from helpers.run.errors import AlreadyRunningError


@contextmanager
def lock_run(root: Path) -> Iterator[IO]:
    """Hold the project's run lock and yield it as a file, for the processes that go on when this one is killed.

    Raises AlreadyRunningError when another run has it, or when a step has outlived the run that started it.
    """
    with _open(root, "run.lock") as run, _open(root, "steps.lock") as steps:
        try:
            fcntl.flock(run, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(steps, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunningError("another run is at work in this project; wait until it has ended") from error
        fcntl.flock(steps, fcntl.LOCK_UN)
        yield run


@contextmanager
def lock_step(root: Path) -> Iterator[None]:
    """Tell runs that a step is at work: the processes below Snakemake do not inherit the run's own lock."""
    with _open(root, "steps.lock") as steps:
        fcntl.flock(steps, fcntl.LOCK_SH)
        yield


def _open(root: Path, name: str) -> IO:
    path = root / ".build" / name
    path.parent.mkdir(exist_ok=True)
    return path.open("a")
