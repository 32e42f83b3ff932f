"""A person at a terminal sees what runs and what is left; a file gets a plain line for every step."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

RUN = """
from helpers.run.plan import Step
from helpers.run.progress import Progress

areas = [Step("clean", area, {}, (), ()) for area in ("VN-25", "VN-36")]
pages = [Step("briefing", "quang-tri", {"language": language}, (), ()) for language in ("en", "vi")]
with Progress({"clean": areas, "briefing": pages}) as progress:
    progress.begin(areas[0])
    progress.end(areas[0], "made")
    progress.begin(pages[0])
    progress.begin(pages[1])
    progress.end(pages[1], "failed")
    progress.end(pages[0], "unchanged")
"""
LINES = [
    "1 of 4: 1-clean.VN-25 made",
    "3 of 4: 3-briefing.quang-tri.vi failed",  # the other area was up to date, as the first page shows
    "4 of 4: 3-briefing.quang-tri.en unchanged",
]


def test_a_file_gets_a_plain_line_for_every_step_that_ended():
    answer = subprocess.run([sys.executable, "-c", RUN], capture_output=True, text=True, check=True)
    assert (answer.stdout.splitlines(), answer.stderr) == (LINES, "")


def test_a_terminal_shows_what_is_at_work_and_how_far_it_is():
    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))
    subprocess.run([sys.executable, "-c", RUN], stdout=there, stderr=there, check=True)
    os.close(there)
    shown = os.read(here, 1 << 16).decode().replace("\r", "\n").splitlines()
    os.close(here)
    states = [line.split() for line in shown if " left" in line]
    assert {(state[0], *state[-2:]) for state in states} >= {
        ("0/4", "left,", "1-clean.VN-25"),
        ("2/4", "left,", "3-briefing.quang-tri.en"),
        ("2/4", "3-briefing.quang-tri.en,", "3-briefing.quang-tri.vi"),
    }
    assert [line for line in shown if " of " in line] == LINES
