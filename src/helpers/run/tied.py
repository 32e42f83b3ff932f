"""Processes that end when the one that started them does, even when that is killed and can tell nobody.

As a command: `python -m helpers.run.tied PID MODULE ARGUMENT...` runs a module that way, where PID starts it.
"""

import ctypes
import os
import runpy
import signal
import sys

_PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent() -> None:
    """Have the system kill this process when the thread that started it ends; does nothing where there is no Linux.

    A parent that has ended already is not seen: look at it again afterwards.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    parent, module, *arguments = sys.argv[1:]
    die_with_parent()
    if os.getppid() != int(parent):
        sys.exit("the process that started this has ended")
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
