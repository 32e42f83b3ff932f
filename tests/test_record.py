"""Every run leaves a line in the ledger, whatever came of it, and tells whoever asked to be told."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from helpers.read.files import InputError
from helpers.read.hashes import hash_file
from helpers.run.errors import AlreadyRunningError, NotebookError
from helpers.run.ledger import LEDGER, Entry, ValueChange, find_last_good, read_ledger
from helpers.run.lock import lock_run
from helpers.run.notify import notify, parse_command
from helpers.run.record import LOGS_KEPT, record_run

GOOD = Entry(datetime(2026, 11, 21, 6, 0, tzinfo=UTC), 12.5, "done", 0, "2 briefings are up to date.")
FIGURES = "figure_id,ref_area,unit,period,value,lower,upper,qualifier\n{rows}"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "config.yaml").write_text("areas: [VN-25]\n")
    publish(tmp_path, "VN-25.members.group.2023,VN-25,member,2023,341,341,341,=\n")
    return tmp_path


def publish(root, rows):
    path = root / "data" / "processed" / "figures.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FIGURES.format(rows=rows), encoding="utf-8")


def test_a_run_is_written_down_with_hashes_and_the_values_that_it_changed(project):
    def work(held):
        publish(project, "VN-25.members.group.2023,VN-25,member,2023,343,343,343,=\nnew,VN-25,VND,2023,40,40,,>\n")
        (project / ".build" / "notebooks").mkdir()
        (project / ".build" / "notebooks" / "1-clean.VN-25.ipynb").write_text("{}")
        return "done well"

    assert record_run(project, work) == "done well"
    (entry,) = read_ledger(project)
    assert (entry.outcome, entry.exit_code, entry.message, entry.ran) == ("done", 0, "done well", ("1-clean.VN-25",))
    assert entry.inputs == {name: hash_file(project / name) for name in ["config.yaml"]}
    assert entry.outputs == {name: hash_file(project / name) for name in ["data/processed/figures.csv"]}
    assert entry.changed == (
        ValueChange("figures VN-25.members.group.2023", "= 341 member, 2023", "= 343 member, 2023"),
        ValueChange("figures new", None, "> 40 (40 to open) VND, 2023"),
    )


def test_a_run_that_found_nothing_to_do_is_a_good_run_with_a_short_line(project):
    record_run(project, lambda held: "nothing")
    (entry,) = read_ledger(project)
    assert (entry.outcome, entry.exit_code, entry.inputs, entry.outputs) == ("nothing to do", 0, {}, {})
    assert find_last_good([entry]) == entry


@pytest.mark.parametrize(
    ("error", "outcome", "exit_code"),
    [
        (NotebookError("cell 4: bad luck"), "failed", 1),
        (InputError("a.csv:2: no code"), "wrong input", 2),
        (ZeroDivisionError("a bug"), "failed", 1),
        (KeyboardInterrupt("ctrl-c"), "interrupted", 130),
    ],
)
def test_a_run_that_fails_is_written_down_too_and_fails_all_the_same(project, error, outcome, exit_code):
    def work(held):
        raise error

    with pytest.raises(type(error)):
        record_run(project, work)
    (entry,) = read_ledger(project)
    assert (entry.outcome, entry.exit_code, entry.message) == (outcome, exit_code, str(error))
    assert "data/processed/figures.csv" in entry.outputs
    assert find_last_good([GOOD, entry]) == GOOD


def test_a_run_beside_another_is_written_down_and_does_no_work(project):
    with lock_run(project), pytest.raises(AlreadyRunningError):
        record_run(project, pytest.fail)
    (entry,) = read_ledger(project)
    assert (entry.outcome, entry.exit_code, entry.outputs) == ("another run is at work", 3, {})


def test_a_ledger_that_cannot_be_written_is_told_and_stops_nothing(project, capsys):
    (project / LEDGER).mkdir(parents=True)
    assert record_run(project, lambda held: "done well") == "done well"
    assert capsys.readouterr().err.startswith("reports/ledger.jsonl: ")


def test_old_logs_and_failures_are_let_go_of(project):
    paths = [
        project / name for name in (".snakemake/log/{}.log", "reports/failed/{}.json", ".build/notebooks/{}.ipynb")
    ]
    long_ago = (datetime.now(UTC) - LOGS_KEPT - timedelta(hours=1)).timestamp()
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        for name in ("old", "new"):
            path.with_stem(name).write_text("")
        os.utime(path.with_stem("old"), (long_ago, long_ago))
    record_run(project, lambda held: "")
    assert [path.with_stem("old").exists() for path in paths] == [False, False, True]
    assert all(path.with_stem("new").exists() for path in paths)


def test_a_command_is_told_once_what_came_of_a_run(project):
    told = project / "told"

    def work(held):
        publish(project, "")
        raise NotebookError("cell 4: bad luck")

    with pytest.raises(NotebookError):
        record_run(project, work, command=parse_command(f"sh -c 'cat >> {told}'"))
    assert told.read_text().splitlines() == [
        "failed: cell 4: bad luck",
        "figures VN-25.members.group.2023: = 341 member, 2023 -> not published",
    ]


@pytest.mark.parametrize(
    ("command", "problem"), [(["false"], "false ended with code 1"), (["/nowhere/mail"], "No such file")]
)
def test_a_command_that_fails_is_told_of(command, problem):
    assert problem in notify(command, GOOD)
    assert notify(["true"], GOOD) is None


@pytest.mark.parametrize("text", ["", "'mail", "/nowhere/mail -s run"])
def test_a_command_that_cannot_start_is_found_out_before_the_run(text):
    with pytest.raises(InputError, match=r"^--notify: "):
        parse_command(text)
