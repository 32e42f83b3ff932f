"""Processes that end when the one that started them does, even when that is killed and can tell nobody."""

import ctypes
import signal
import sys

_PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with_parent() -> None:
    """Have the system kill this process when the thread that started it ends; does nothing where there is no Linux.

    A parent that has ended already is not seen: look at it again afterwards.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
