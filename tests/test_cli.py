"""The command answers at once, in few words, with the exit codes that schedulers rely on."""

import json
import sys

import pytest
from small_project import PROJECT, SmallProject, make_project, write_notebook

from helpers.tables import NAMES, write_table

HEAVY = ("pandas", "pandera", "papermill", "nbconvert", "snakemake", "matplotlib")
TEXT = "Kota ini memiliki 274 kelompok koperasi dengan 2.159 anggota."


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "data/raw/sources/quang-tri-2024.md"]])
def test_help_and_extract_load_nothing_heavy(project, arguments):
    words = [sys.executable, "-X", "importtime", "-m", "helpers", *arguments]
    loaded = {line.rpartition("|")[2].strip() for line in project.start(*words).stderr.splitlines()}
    assert "typer" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_extract_prints_the_statistics_of_a_source_as_lines_of_json(project):
    answer = project.briefings("extract", "data/raw/sources/quang-tri-2024.md")
    (row,) = map(json.loads, answer.stdout.splitlines())
    text = project.source().read_text(encoding="utf-8").rpartition("---\n")[2]
    assert (row["source_id"], row["value"], row["indicator"]) == ("quang-tri-2024", 341, "organisations")
    assert text[row["start"] : row["end"]] == "341"


def test_extract_reads_plain_text_in_the_language_given(project):
    path = project.root / "any.txt"
    path.write_text(TEXT, encoding="utf-8")
    answer = project.briefings("extract", "--language", "id", "any.txt")
    assert [json.loads(line)["value"] for line in answer.stdout.splitlines()] == [274, 2159]
    answer = project.briefings("extract", "--language", "id", "--numbers", "any.txt")
    assert [json.loads(line)["role"] for line in answer.stdout.splitlines()] == ["statistic", "statistic"]


def test_extract_names_the_languages_that_can_be_read(project):
    answer = project.briefings("extract", "--language", "xx", "config.yaml")
    assert (answer.returncode, answer.stderr) == (2, "--language: no lexicon for 'xx'; there are id\n")


def test_explain_without_anything_published_says_what_to_do(project):
    answer = project.briefings("explain", "VN-25.members.group")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.endswith("figures.csv: is not there; start `briefings run`\n")


def test_explain_gives_the_same_derivation_to_people_and_to_programs():
    project = SmallProject(PROJECT)
    lines = project.briefings("explain", "VN-25.organisations.group.2024-02").stdout
    tree = json.loads(project.briefings("explain", "VN-25.organisations.group.2024-02", "--json").stdout)
    assert lines.startswith("VN-25.organisations.group.2024-02 = 1,981 organisation, 2024-02 ")
    for claim in tree["used"]:
        assert f"{claim['file']}:{claim['line']}: {claim['quote']}\n" in lines


def test_diff_without_an_edition_says_how_to_make_one(project):
    answer = project.briefings("diff")
    assert answer.returncode == 2
    assert answer.stderr == "no edition has been made yet; make one with `briefings edition NAME`\n"


def test_check_finds_nothing_wrong_with_good_input(project):
    answer = project.briefings("check")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "Nothing is wrong.\n", "")


def test_check_prints_all_problems_with_place_and_mend(tmp_path):
    project = make_project(tmp_path)
    project.source("bad-date").write_text(
        project.source().read_text(encoding="utf-8").replace("2024-02-20", "February"), encoding="utf-8"
    )
    (project.root / "config.yaml").write_text("areas: [VN-25]\nlanguages: [en]\nindicators: [member]\n")
    answer = project.briefings("check")
    assert answer.returncode == 2
    config, card = answer.stderr.splitlines()
    assert config == "config.yaml: field 'indicators': 'member' is not known; did you mean 'members'?"
    assert card.startswith("data/raw/sources/bad-date.md: field 'published': 'February' is no date; ")


def test_status_of_a_fresh_clone_says_what_to_do(project):
    assert project.briefings("status").stdout == "No run has ended well yet; start one with `briefings run`.\n"


def test_status_can_fail_when_no_run_has_ended_well_for_too_long(project):
    answer = project.briefings("status", "--max-age", "36h")
    assert answer.returncode == 1
    assert answer.stderr == "no run has ended well for more than 1 day, 12:00:00; `briefings history` lists them\n"
    assert project.briefings("status", "--max-age", "36").returncode == 2


def test_history_of_a_fresh_clone_says_what_to_do(project):
    answer = project.briefings("history")
    assert answer.stdout == "No run has been written down yet; start one with `briefings run`.\n"


def test_status_counts_what_waits_for_a_decision(tmp_path):
    project = make_project(tmp_path)
    for name in NAMES:
        write_table(name, [], project.root / "data" / "processed")
    *_, conflicts, unresolved = project.briefings("status").stdout.splitlines()
    assert (conflicts, unresolved) == ("0 figures in conflict", "0 numbers unresolved")


@pytest.mark.parametrize(
    ("parameter", "code", "message"),
    [
        ("aera=VN-25", 2, "any.ipynb: takes no parameter 'aera'; did you mean 'area'?\n"),
        ("area=VN-25", 1, "any.ipynb, cell 2 (raise ValueError(area)): ValueError: VN-25; kept as "),
    ],
)
def test_notebook_tells_a_wrong_parameter_from_a_failure(project, parameter, code, message):
    write_notebook(project.root / "any.ipynb", 'area: str = ""', "raise ValueError(area)")
    answer = project.briefings("notebook", "any.ipynb", "-p", parameter)
    assert answer.returncode == code
    assert answer.stderr.startswith(message)


def test_outside_a_project_the_command_says_where_to_go(tmp_path):
    project = make_project(tmp_path / "project")
    answer = project.start(
        sys.executable, "-c", "import os; os.chdir('/'); from helpers.cli import main; main()", "run"
    )
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "/: no Snakefile here or above; change into the project's folder\n"
