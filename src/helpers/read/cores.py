"""How many cores there are for this process."""

import os


def count_cores() -> int:
    """Return how many cores this process may use, which in batch systems is less than the machine has."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
