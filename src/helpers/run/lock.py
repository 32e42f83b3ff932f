"""Let one run at a time work in a project, and none while a step of an earlier one still writes.

The locks are the system's, so that they are let go of when their holder dies, however it dies.
"""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from helpers.run.errors import AlreadyRunningError


@contextmanager
def lock_run(root: Path, *, wait: bool = False) -> Iterator[IO]:
    """Hold the project's run lock and yield it as a file, for the processes that go on when this one is killed.

    Where another run has it, or a step has outlived the run that started it, waits for their end or raises
    AlreadyRunningError.
    """
    with _open(root, "run.lock") as run, _open(root, "steps.lock") as steps:
        try:
            fcntl.flock(run, fcntl.LOCK_EX | fcntl.LOCK_NB)
            fcntl.flock(steps, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if not wait:
                raise AlreadyRunningError("another run is at work in this project; wait until it has ended") from error
            print("another run is at work in this project; waiting for its end", file=sys.stderr, flush=True)
            fcntl.flock(run, fcntl.LOCK_EX)
            fcntl.flock(steps, fcntl.LOCK_EX)
        fcntl.flock(steps, fcntl.LOCK_UN)
        yield run


@contextmanager
def lock_step(root: Path) -> Iterator[None]:
    """Tell runs that a step is at work: the processes below Snakemake do not inherit the run's own lock."""
    with _open(root, "steps.lock") as steps:
        fcntl.flock(steps, fcntl.LOCK_SH)
        yield


@contextmanager
def lock_ledger(root: Path) -> Iterator[None]:
    """Hold the ledger for as long as writing a line takes; waits for others, who take no longer."""
    with _open(root, "ledger.lock") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        yield


def _open(root: Path, name: str) -> IO:
    path = root / ".build" / name
    path.parent.mkdir(exist_ok=True)
    return path.open("a+")  # NFS gives shared locks only on what is open for reading, exclusive ones for writing
