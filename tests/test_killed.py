"""A run can be killed at any moment: files are whole, nothing lives on, and the next run needs no help."""

import json
import os
import random
import signal
import time
from subprocess import PIPE, TimeoutExpired

import psutil
import pytest
from small_project import CARD, make_project
from waiting import wait_until

KILLS = 50
SEED = 2026
ENDED = 10  # so many kills on end before a run may come to its end


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("killed"))


def set_title(project, title):
    project.source().write_text(CARD.format(title=title), encoding="utf-8")


def below(project):
    """Return the processes that a run of the project has started, however far below and whoever owns them now."""
    mark = str(project.root / "src")
    return [process for process in psutil.process_iter() if process.pid != os.getpid() and mark in _path_of(process)]


def _path_of(process):
    try:
        return process.environ().get("PYTHONPATH", "") if process.status() != psutil.STATUS_ZOMBIE else ""
    except psutil.Error:
        return ""


def test_a_run_killed_at_any_moment_leaves_whole_files_and_nothing_at_work(project):
    whole, seconds = {}, 0.0
    for title in ("Old title", "New title"):
        set_title(project, title)
        started = time.monotonic()
        assert project.briefings("run").returncode == 0
        seconds = time.monotonic() - started
        whole[title] = project.published()
    moments = random.Random(SEED)  # noqa: S311 (moments, no secrets)
    now, then = whole
    for number in range(1, KILLS + 1):
        set_title(project, now)
        with project.begin("run") as run:
            try:
                run.wait(moments.uniform(0, seconds))
            except TimeoutExpired:
                run.kill()
        torn = [name for name, file in project.published().items() if file not in (whole[now][name], whole[then][name])]
        assert torn == []
        wait_until(lambda: below(project) == [])
        if number % ENDED == 0:
            assert project.briefings("run").returncode == 0
            assert project.published() == whole[now]
        now, then = then, now


def test_a_run_told_to_end_writes_its_line_and_leaves_what_was_published(project):
    set_title(project, "Old title")
    project.briefings("run")
    published = project.published()
    set_title(project, "New title")
    with project.begin("run", stdout=PIPE, stderr=PIPE) as run:
        run.stdout.readline()  # a notebook is through
        run.send_signal(signal.SIGTERM)
    *_, line = (project.root / "reports" / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    entry = json.loads(line)
    assert (entry["outcome"], entry["exit_code"], run.returncode) == ("interrupted", 130, 130)
    assert project.published() == published
    wait_until(lambda: below(project) == [])
