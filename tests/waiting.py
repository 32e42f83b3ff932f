"""Wait for what another process does."""

import time

SECONDS = 60


def wait_until(holds):
    """Return as soon as ``holds()`` is true; fail after a minute."""
    until = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < until, "waited for a minute"
        time.sleep(0.02)
