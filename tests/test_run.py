"""`briefings run` with the real Snakemake, on a small copy of the project."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_project import CARD, PAGES, SmallProject, make_project

from helpers.read.hashes import hash_file
from helpers.run.ledger import read_ledger
from helpers.run.workflow import forget_unaccounted

STALE = "source_id,title\nlong-ago,What an old version of the code wrote\n"
BUILT = ".build/reports/comparison.en.html"


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """A fresh clone with stale tables committed, run again and again while one step after the other fails once.

    The runs by the name of what went wrong, each with its answer and with what was published after it.
    """
    project = make_project(tmp_path_factory.mktemp("project"))
    processed = project.root / "data" / "processed"
    processed.mkdir()
    (processed / "README.md").write_text("the data dictionary", encoding="utf-8")
    (processed / "sources.csv").write_text(STALE, encoding="utf-8")
    runs = {"clone": (None, project.published())}
    for fault in ("1-clean", "2-compare", "quang-tri", "torn page", "nothing"):
        if fault == "torn page":
            (project.root / BUILT).write_text("<html>", encoding="utf-8")
        runs[fault] = (project.briefings("run", FAIL=fault), project.published())
    return project, runs


@pytest.fixture
def project(history, tmp_path):
    """A project that has just been run with success."""
    shutil.copytree(history[0].root, tmp_path, dirs_exist_ok=True)
    return SmallProject(tmp_path)


@pytest.mark.parametrize("fault", ["1-clean", "2-compare", "quang-tri", "torn page"])
def test_a_step_that_fails_leaves_what_was_published(history, fault):
    answer, published = history[1][fault]
    assert answer.returncode == 1
    assert published == history[1]["clone"][1]


@pytest.mark.parametrize(
    ("fault", "notebook", "kept"),
    [
        ("1-clean", "1-clean.ipynb", "1-clean.VN-25.ipynb"),
        ("2-compare", "2-compare.ipynb", "2-compare.ipynb"),
        ("quang-tri", "3-briefing.ipynb", "3-briefing.quang-tri.en.ipynb"),
    ],
)
def test_a_failed_run_says_which_cell_failed_and_why(history, fault, notebook, kept):
    lines = history[1][fault][0].stderr.splitlines()
    assert f"{notebook}, cell 4 (import os): RuntimeError: bad luck; kept as reports/failed/{kept}" in lines


def test_a_refused_set_names_the_file(history):
    assert f"{BUILT}: is torn: it does not end with </html>" in history[1]["torn page"][0].stderr


def test_the_run_after_the_failures_publishes_everything_anew(history):
    answer, published = history[1]["nothing"]
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.endswith("2 briefings are up to date: 14 files written, 0 removed.\n")
    assert set(PAGES) <= {name.removeprefix("reports/") for name in published}
    assert "First title" in published["data/processed/sources.csv"].decode()
    assert "First title" in published[f"reports/{PAGES[0]}"].decode()
    assert published["data/processed/README.md"] == b"the data dictionary"


def test_a_second_run_does_nothing_and_says_so_at_once(project):
    before = project.published()
    started = time.monotonic()
    answer = project.briefings("run")
    assert (answer.returncode, answer.stdout) == (0, "Nothing to do: everything is up to date.\n")
    assert time.monotonic() - started < 2.5
    assert project.published() == before


def test_touching_the_inputs_does_nothing(project):
    for folder in ("src", "data/raw", "notebooks", "Snakefile", "config.yaml", "requirements.lock"):
        for path in [project.root / folder, *(project.root / folder).rglob("*")]:
            os.utime(path)
    assert project.briefings("run").stdout == "Nothing to do: everything is up to date.\n"
    assert project.rules_to_run() == set()


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("data/raw/sources/quang-tri-2024.md", {"clean", "compare", "briefing"}),
        ("data/raw/corrections.yaml", {"clean", "compare", "briefing"}),
        ("data/raw/provinces.csv", {"clean", "compare", "briefing"}),
        ("data/raw/editions/2026-11/figures.csv", {"compare", "briefing"}),
        ("src/helpers/lexicons/id.yaml", {"clean", "compare", "briefing"}),
        ("src/helpers/schemas.py", {"clean", "compare", "briefing"}),
        ("src/helpers/compare/__init__.py", {"compare", "briefing"}),
        ("src/helpers/locale/vi/LC_MESSAGES/briefings.po", {"briefing"}),
        ("src/helpers/templates/briefing/index.html.j2", {"briefing"}),
        ("src/helpers/glossary.csv", {"briefing"}),
        ("notebooks/2-compare.ipynb", {"compare", "briefing"}),
        ("requirements.lock", {"clean", "compare", "briefing"}),
    ],
)
def test_an_edited_input_redoes_what_depends_on_it_however_old_it_looks(project, name, rules):
    path = project.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "\n", encoding="utf-8")
    os.utime(path, (0, 0))
    assert project.rules_to_run() == rules


@pytest.mark.parametrize(
    ("setting", "rules"),
    [({"indicators": ["members"]}, {"compare", "briefing"}), ({"languages": ["en", "vi"]}, {"briefing"})],
)
def test_an_edited_setting_redoes_what_depends_on_it(project, setting, rules):
    path = project.root / "config.yaml"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | setting), encoding="utf-8")
    assert project.rules_to_run() == rules


def test_an_edit_that_changes_no_table_ends_there(project):
    before = project.published()
    project.source().write_text(project.source().read_text(encoding="utf-8") + "\n", encoding="utf-8")
    *steps, end = project.briefings("run").stdout.splitlines()
    assert sorted(step.partition(": ")[2] for step in steps) == [
        "1-clean.VN-25 made",
        "2-compare unchanged",
        "3-briefing.comparison.en unchanged",
        "3-briefing.quang-tri.en unchanged",
    ]
    assert end == "2 briefings are up to date: 0 files written, 0 removed."
    assert project.published() == before


def test_a_full_disk_leaves_what_was_published_and_the_next_run_needs_no_help(project):
    before = project.published()
    edit_source(project)
    full = ("bash", "-c", 'ulimit -f 4; exec "$@"', "full", sys.executable, "-m", "helpers", "run")  # files end at 4 kB
    answer = project.start(*full)
    assert answer.returncode == 1
    assert project.published() == before
    assert project.briefings("run").returncode == 0
    assert not list(project.root.rglob(".*.new"))


def test_plain_snakemake_does_the_same_without_a_run_around_it(project):
    before = project.published()
    shutil.rmtree(project.root / ".build")
    shutil.rmtree(project.root / ".snakemake")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    answer = project.start(sys.executable, "-m", "snakemake", "--cores", "2", "--scheduler", "greedy", PATH=path)
    assert answer.returncode == 0, answer.stderr
    assert project.published() == before


def test_jobs_that_another_machine_does_say_which_cell_failed_and_why(project, tmp_path):
    """The profile has them done by processes of their own, as nodes of a cluster are, on this machine."""
    profile = tmp_path / "nearby"
    profile.mkdir()
    (profile / "config.yaml").write_text("cores: 2\n", encoding="utf-8")
    project.source().write_text(CARD.format(title="Second title"), encoding="utf-8")
    answer = project.briefings("run", "--profile", str(profile), FAIL="1-clean")
    assert answer.returncode == 1
    line = "1-clean.ipynb, cell 4 (import os): RuntimeError: bad luck; kept as reports/failed/1-clean.VN-25.json"
    assert line in answer.stderr.splitlines()
    assert "Second title" not in project.page()


def test_everything_is_redone_when_snakemakes_account_of_it_is_gone(project):
    shutil.rmtree(project.root / ".snakemake")
    forget_unaccounted(project.root)
    assert project.rules_to_run() == {"clean", "compare", "briefing"}


def test_a_published_file_that_is_gone_or_edited_is_put_right(project):
    before = project.published()
    (project.root / "reports" / PAGES[0]).unlink()
    (project.root / "data" / "processed" / "sources.csv").write_text(STALE, encoding="utf-8")
    answer = project.briefings("run")
    assert answer.stdout.splitlines() == [
        "published: data/processed/sources.csv",
        f"published: reports/{PAGES[0]}",
        "2 briefings are up to date: 2 files written, 0 removed.",
    ]
    assert project.published() == before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("data/raw/sources/quang-tri-2024.md", CARD.replace("publisher:", "publsher:"), "'publsher' is not known"),
        ("data/raw/sources/new.md", CARD.replace("2024-02-20", "2024-02-30"), "'2024-02-30' is no date"),
        ("data/raw/sources/new.md", CARD.replace("VN-25", "VN-99"), "'VN-99' is not known"),
        ("data/raw/sources/new.md", CARD.replace("language: id", "language: xx"), "no lexicon for 'xx'"),
        ("data/raw/sources/again/quang-tri-2024.md", CARD, "same source_id"),
        ("data/raw/sources/new.md", "caf\udce9", "is not UTF-8"),
        ("data/raw/sources/new.md", CARD.rsplit("- ", maxsplit=1)[0], "text is empty"),
        ("config.yaml", "areas: [VN-25]\nlanguage: [en]\nindicators: [members]\n", "did you mean 'languages'?"),
        ("config.yaml", "areas: [VN-99]\nlanguages: [en]\nindicators: [members]\n", "field 'areas': 'VN-99'"),
    ],
)
def test_bad_input_stops_before_anything_and_changes_nothing(project, name, content, words):
    before = project.published()
    path = project.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    answer = project.briefings("run")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"{name}: ")
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr
    assert project.published() == before


@pytest.mark.parametrize(("name", "kind"), [("run.lock", fcntl.LOCK_EX), ("steps.lock", fcntl.LOCK_SH)])
def test_a_run_beside_another_or_what_is_left_of_one_leaves_with_code_3(project, name, kind):
    (project.root / "reports" / PAGES[0]).unlink()
    with (project.root / ".build" / name).open("a") as held:
        fcntl.flock(held, kind)
        answer = project.briefings("run")
    assert answer.returncode == 3
    assert answer.stderr == "another run is at work in this project; wait until it has ended\n"


def test_a_run_that_waits_starts_when_the_other_has_ended(project):
    with (project.root / ".build" / "run.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        waiting = project.begin("run", "--wait", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert waiting.stderr.readline() == "another run is at work in this project; waiting for its end\n"
        assert waiting.poll() is None
    assert waiting.communicate() == ("Nothing to do: everything is up to date.\n", "")
    assert waiting.returncode == 0


# A scheduler's surroundings at their oddest: no terminal, another language and time zone, nothing readable by others.
ODD = """
umask 077
set -- PATH=/usr/bin:/bin PYTHONPATH="$PYTHONPATH" LANG=C LC_ALL=C TZ=Pacific/Kiritimati {home}
exec setsid --wait env -i "$@" {run} < /dev/null
"""


def test_a_run_needs_no_terminal_no_home_and_no_locale(history, tmp_path):
    project = make_project(tmp_path / "project")
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    command = f"{sys.executable} -m helpers run"
    answer = project.start("sh", "-c", ODD.format(home=f"HOME={home}", run=command))
    assert (answer.returncode, answer.stderr) == (0, "")
    assert list(home.iterdir()) == []
    whole = project.published()
    assert whole == {name: content for name, content in history[1]["nothing"][1].items() if "README" not in name}
    (project.root / "reports" / PAGES[0]).unlink()
    assert project.start("sh", "-c", ODD.format(home="", run=command)).returncode == 0
    assert project.published() == whole


def test_every_run_is_in_the_ledger(history):
    project, runs = history
    entries = read_ledger(project.root)
    assert [entry.exit_code for entry in entries] == [answer.returncode for answer, _ in runs.values() if answer]
    first, *_, last = entries
    assert (first.outcome, first.ran) == ("failed", ("1-clean.VN-25",))
    assert (last.outcome, last.ran) == ("done", ("3-briefing.comparison.en",))
    assert last.inputs["config.yaml"] == hash_file(project.root / "config.yaml")
    assert last.outputs[f"reports/{PAGES[0]}"] == hash_file(project.root / "reports" / PAGES[0])


def test_an_edition_is_made_of_what_is_up_to_date_and_once(project):
    folder = project.root / "data" / "raw" / "editions"
    edit_source(project)
    answer = project.briefings("edition", "2026-11")
    assert (answer.returncode, folder.exists()) == (2, False)
    assert answer.stderr.startswith("what is published is not up to date; start `briefings run`")
    project.briefings("run")
    assert project.briefings("edition", "2026-11").returncode == 0
    frozen = {path.name: path.read_bytes() for path in (folder / "2026-11").iterdir()}
    assert frozen["figures.csv"] == (project.root / "data" / "processed" / "figures.csv").read_bytes()
    assert project.briefings("diff").stdout == "No value has changed.\n"
    edit_source(project)
    assert project.briefings("run").returncode == 0
    answer = project.briefings("edition", "2026-11")
    assert (answer.returncode, "is an edition already" in answer.stderr) == (2, True)
    assert {path.name: path.read_bytes() for path in (folder / "2026-11").iterdir()} == frozen


def edit_source(project):
    path = project.source()
    path.write_text(path.read_text(encoding="utf-8") + "- 2 koperasi\n", encoding="utf-8")
