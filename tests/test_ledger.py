"""The ledger: whole lines whatever happens, kept as long as stated; what status and history tell from it."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from helpers.read.files import InputError
from helpers.run.errors import StaleError
from helpers.run.ledger import KEPT, LEDGER, Entry, ValueChange, append_entry, read_ledger
from helpers.run.status import check_age, describe_history

NOW = datetime(2026, 11, 21, 6, 0, tzinfo=UTC)
GOOD = Entry(NOW, 12.5, "done", 0, "2 briefings are up to date.", ("1-clean.VN-25",), {"config.yaml": "0a"}, {})

APPEND = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from helpers.run.ledger import Entry, append_entry

root, times, limit = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
for _ in range(times):
    append_entry(root, Entry(datetime(2026, 11, 21, tzinfo=UTC), 1, "done", 0, 20_000 * "."))
"""


def begin_to_append(root, times, limit=10**9):
    """Start a process that appends lines of 20 kB to a ledger that cannot grow beyond ``limit`` bytes."""
    command = [sys.executable, "-c", APPEND, str(root), str(times), str(limit)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def test_what_is_appended_is_read_again_in_its_order(tmp_path):
    entries = [GOOD, Entry(NOW, 1, "failed", 1, "giá trị\nsai", changed=(ValueChange("a", None, "= 1 member, 2023"),))]
    for entry in entries:
        append_entry(tmp_path, entry)
    assert read_ledger(tmp_path) == entries


@pytest.mark.parametrize("torn", ['{"started": "2026-11-2', "\0\0\0\0", '{"started": "giá'])
def test_what_a_power_cut_left_of_a_line_is_not_read_and_gone_with_the_next_run(tmp_path, torn):
    append_entry(tmp_path, GOOD)
    whole = (tmp_path / LEDGER).read_bytes()
    (tmp_path / LEDGER).write_bytes(whole + torn.encode())
    assert read_ledger(tmp_path) == [GOOD]
    append_entry(tmp_path, GOOD)
    assert (tmp_path / LEDGER).read_bytes() == whole + whole


def test_a_line_that_does_not_fit_on_the_disk_leaves_the_ledger_as_it_was(tmp_path):
    append_entry(tmp_path, GOOD)
    before = (tmp_path / LEDGER).read_bytes()
    _, told = begin_to_append(tmp_path, times=1, limit=10_000).communicate()
    assert "OSError" in told
    assert (tmp_path / LEDGER).read_bytes() == before


def test_lines_of_many_processes_stay_apart(tmp_path):
    writers = [begin_to_append(tmp_path, times=30) for _ in range(3)]
    assert [writer.communicate()[1] for writer in writers] == ["", "", ""]
    assert len(read_ledger(tmp_path)) == 90


def test_lines_are_kept_for_as_long_as_stated(tmp_path):
    old, kept = (Entry(NOW - KEPT - by, 1, "done", 0, "") for by in (timedelta(seconds=1), -timedelta(seconds=1)))
    for entry in (old, kept, GOOD):
        append_entry(tmp_path, entry)
    assert read_ledger(tmp_path) == [kept, GOOD]


def test_a_line_that_no_run_wrote_is_named(tmp_path):
    append_entry(tmp_path, GOOD)
    with (tmp_path / LEDGER).open("a") as ledger:
        ledger.write("{}\n")
    with pytest.raises(InputError, match=r"ledger\.jsonl:2: is not what a run wrote; remove this line$"):
        read_ledger(tmp_path)


def test_the_last_good_run_is_too_old_or_not_there(tmp_path):
    for age, good in [(timedelta(hours=1), False), (timedelta(hours=1), True)]:
        if good:
            append_entry(tmp_path, GOOD)
            append_entry(tmp_path, Entry(NOW + timedelta(hours=1), 1, "failed", 1, ""))
            check_age(tmp_path, GOOD.ended + age, age)
        with pytest.raises(StaleError):
            check_age(tmp_path, GOOD.ended + age + timedelta(seconds=1), age)


def test_history_tells_the_last_runs_in_one_line_each(tmp_path):
    for entry in (GOOD, Entry(NOW, 3.25, "failed", 1, "cell 4: bad luck\nmore"), GOOD):
        append_entry(tmp_path, entry)
    assert list(describe_history(tmp_path, last=2)) == [
        "started (UTC)      seconds  notebooks  values changed  outcome",
        "2026-11-21 06:00       3.2          0               0  failed: cell 4: bad luck",
        "2026-11-21 06:00      12.5          1               0  done",
    ]
