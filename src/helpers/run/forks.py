"""Begin the process that kernels are forked from, which loads for seconds: as early as a run can.

Imports nothing that has to be loaded itself.
"""

import multiprocessing
import os
from multiprocessing import forkserver
from pathlib import Path

from helpers.read.cores import count_cores
from helpers.run.environment import prepare_environment

METHOD = "forkserver"
# Notebooks that run at a time: for a third of it, each waits for its kernel to start, to answer and to end.
AT_ONCE = 2 * count_cores()


def begin_to_load(root: Path) -> bool:
    """Begin to load what kernels need for the project at ``root`` and return whether this system can fork them.

    This process gets the environment of a run, which kernels inherit. To be called from the main thread, because the
    process that loads dies with the thread that started it.
    """
    os.environ.update(prepare_environment(root))
    if METHOD not in multiprocessing.get_all_start_methods():
        return False
    multiprocessing.set_forkserver_preload(["helpers.run.warm"])
    forkserver.ensure_running()
    return True
