"""Snakemake in a process of its own, begun before it is known what it will have to do.

It loads for a second, which it spends while the run loads too and looks at its inputs. Then it waits for a line on its
standard input: what has to be in its environment, as JSON. It ends with the run that started it.
"""

import atexit
import gc
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO

from helpers.run.forks import AT_ONCE
from helpers.run.tied import die_with_parent

# Our own lock is let go of by the system when a run is killed; Snakemake's would have to be removed by hand.
# Greedy scheduling starts faster, and no job of ours competes for anything but cores.
_ARGUMENTS = (
    *("--cores", str(AT_ONCE)),
    *("--scheduler", "greedy"),
    *("--quiet", "all"),
    "--keep-going",
    "--nolock",
    "--rerun-incomplete",
)

_MODULES = ("smart_open", "helpers.run.plan")  # what Snakemake and the Snakefile load when they get there


@contextmanager
def begin_snakemake(root: Path, held: IO) -> Iterator[subprocess.Popen]:
    """Begin to load Snakemake for the project at ``root``, to go on with `let_go_on`; ended with the context.

    It inherits the run lock ``held``, to hold it until it has ended as well. To be called from the main thread, with
    whose end Snakemake ends.
    """
    command = [sys.executable, "-m", "helpers.run.snakemake", str(os.getpid())]
    with subprocess.Popen(  # noqa: S603 (our own words)
        command, cwd=root, stdin=subprocess.PIPE, pass_fds=[held.fileno()], text=True
    ) as snakemake:
        try:
            yield snakemake
        finally:
            snakemake.kill()


def let_go_on(snakemake: subprocess.Popen, variables: Mapping[str, str]) -> None:
    """Let ``snakemake`` do what is needed, with ``variables`` in its environment."""
    with suppress(BrokenPipeError), snakemake.stdin as told:  # one that has ended already has an exit code
        told.write(json.dumps(dict(variables)) + "\n")


def _main(parent: int) -> None:
    die_with_parent()
    if os.getppid() != parent:
        sys.exit("the run that started this has ended")
    for module in _MODULES:
        import_module(module)
    snakemake = import_module("snakemake.cli")
    snakemake.get_argument_parser()  # loads what plugins are made of
    os.environ.update(json.loads(sys.stdin.readline()))
    atexit.register(gc.freeze)  # Python would search all that is loaded for garbage before it ends
    snakemake.main(list(_ARGUMENTS))


if __name__ == "__main__":
    _main(int(sys.argv[1]))
