"""`briefings check` names what is wrong in data with place and mend; a run then stops and changes nothing."""

import pytest
from small_project import CARD, LANGUAGE, SmallProject, make_project

from helpers.compare.editions import fingerprint, write_edition
from helpers.tables import NAMES, write_table

CORRECTION = """
corrections:
  - number: "{number}"
    wrong: {{value: 341}}
    right: {{value: 343}}
    why: two unions are left out
    who: an analyst
    when: 2026-11-21
"""


@pytest.fixture
def project(tmp_path) -> SmallProject:
    """A project that has something published."""
    project = make_project(tmp_path)
    for name in NAMES:
        write_table(name, [], project.root / "data" / "processed")
    return project


def edit(project, name, old, new):
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def miss_a_source(project):
    edit(project, "config.yaml", '["VN-25"]', '["VN-25", "VN-36"]')


def slip_a_unit(project):
    card = CARD.format(title="A slip")
    text = card.replace(
        "- 341 koperasi", "- pendapatan rata-rata satu koperasi pada tahun 2023 sekitar 8.377 miliar VND"
    )
    project.source("slip").write_text(text, encoding="utf-8")


def drop_a_definition(project):
    path = project.root / "data/raw/indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("policies,")), encoding="utf-8")


def drop_a_producer(project):
    edit(project, "data/raw/benchmarks.csv", "=,VCA,", "=,,")


def correct_nothing(project):
    text = CORRECTION.format(number="quang-tri-2024#314")
    (project.root / "data/raw/corrections.yaml").write_text(text, encoding="utf-8")


def break_a_lexicon(project):
    edit(project, f"src/helpers/lexicons/{LANGUAGE}.yaml", "\ncue:", "\nclue:")


def tear_a_lexicon(project):
    edit(project, f"src/helpers/lexicons/{LANGUAGE}.yaml", "\ncue:", "\ncue: [")


def edit_an_edition(project):
    inputs = fingerprint(project.root, areas=[], indicators=[])
    folder = project.root / "data/raw/editions"
    frozen = write_edition(folder, "2026-11", project.root / "data/processed", inputs)
    (frozen / "figures.csv").write_text("edited", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "place", "mend"),
    [
        (miss_a_source, "data/raw/sources: no source is about VN-36", "add one, or take VN-36 out of config.yaml"),
        (
            slip_a_unit,
            "data/raw/sources/slip.md:17: '8.377 miliar' is read as VN-25.",
            "corrections.yaml, or",
        ),
        (drop_a_definition, "data/raw/indicators.csv: indicator 'policies' is missing", "add its row"),
        (drop_a_producer, "data/raw/benchmarks.csv:", "column 'producer': is empty; fill it in"),
        (correct_nothing, "corrections.yaml: 'quang-tri-2024#314'", "did you mean 'quang-tri-2024#341'?"),
        (break_a_lexicon, f"{LANGUAGE}.yaml: unknown key 'clue'", "did you mean 'cue'?"),
        (tear_a_lexicon, f"{LANGUAGE}.yaml: is no YAML", "mend the line it names"),
        (edit_an_edition, "data/raw/editions/2026-11/figures.csv: is not what was frozen", "take back what was done"),
    ],
)
def test_what_is_wrong_is_named_with_place_and_mend_and_stops_a_run(project, spoil, place, mend):
    before = project.published()
    spoil(project)
    found, run = project.briefings("check"), project.briefings("run")
    assert found.returncode == run.returncode == 2
    (problem,) = found.stderr.splitlines()
    assert run.stderr == found.stderr
    assert problem.startswith(place)
    assert mend in problem
    assert project.published() == before
    assert not (project.root / ".snakemake").exists()


def test_a_correction_mends_what_is_implausible(project):
    slip_a_unit(project)
    text = CORRECTION.format(number="slip#8.377 miliar").replace("value: 341", "value: 8377000000000")
    (project.root / "data/raw/corrections.yaml").write_text(text.replace("343", "83770000"), encoding="utf-8")
    answer = project.briefings("check")
    assert (answer.returncode, answer.stdout) == (0, "Nothing is wrong.\n")


def test_a_published_table_that_does_not_fit_is_found_by_check_and_mended_by_a_run(project):
    path = project.root / "data/processed/figures.csv"
    path.write_text("figure_id\n", encoding="utf-8")
    answer = project.briefings("check")
    assert answer.stderr.startswith("data/processed/figures.csv: columns are ['figure_id'], should be ")
    assert answer.stderr.endswith("run `briefings run`\n")
