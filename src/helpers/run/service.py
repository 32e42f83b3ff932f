"""Let the steps that Snakemake starts be done by the run that started Snakemake, where everything is loaded already.

A step is then a small process that asks and waits. The run listens on a socket, whose name it hands down in the
environment; a step that finds no name there does the work itself, as under plain `snakemake` or on a cluster.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

from helpers.run.errors import RunError

ADDRESS = "BRIEFINGS_RUN"
_SOCKET = ".build/run.socket"  # relative to the project, because the system takes no more than 107 bytes


class ServiceError(RunError):
    """The run that a step belongs to is gone."""


@contextmanager
def offer_service(root: Path, do: Callable[[tuple[str, ...]], bool]) -> Iterator[dict[str, str]]:
    """Do what steps ask for, many at a time, and yield what has to be in their environment.

    ``do`` is given what a step asks for, and returns whether that succeeded.
    """
    (root / _SOCKET).unlink(missing_ok=True)  # of a run that was killed
    with ExitStack() as opened:
        try:
            address = _SOCKET
            listener = opened.enter_context(Listener(str(root / address), family="AF_UNIX"))
        except OSError:  # some shared drives, and Windows' own seen from its Linux, have no sockets
            address = f"{opened.enter_context(TemporaryDirectory())}/run.socket"
            listener = opened.enter_context(Listener(address, family="AF_UNIX"))
        Thread(target=_listen, args=(listener, do), daemon=True).start()
        yield {ADDRESS: address}


def is_offered() -> bool:
    """Return whether this process is a step of a run that does its steps itself."""
    return ADDRESS in os.environ


def ask(root: Path, *words: str) -> bool:
    """Have the run do what ``words`` say and return whether it has; it tells why not. Raises ServiceError."""
    try:
        with Client(str(root / os.environ[ADDRESS]), family="AF_UNIX") as run:
            run.send(words)
            return run.recv()
    except (OSError, EOFError) as error:
        raise ServiceError("the run that started this step has ended") from error


def _listen(listener: Listener, do: Callable[[tuple[str, ...]], bool]) -> None:
    while True:
        try:
            step = listener.accept()
        except OSError:  # the run has ended and closed it
            return
        Thread(target=_answer, args=(step, do), daemon=True).start()


def _answer(step: Connection, do: Callable[[tuple[str, ...]], bool]) -> None:
    with step, suppress(OSError, EOFError):  # Snakemake may end a step before it has asked or been answered
        step.send(do(step.recv()))
