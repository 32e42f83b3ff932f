"""What a run covers is what config.yaml says, and nothing that a stage depends on is left out of its inputs."""

import ast
import json
from dataclasses import replace

import pytest
from small_project import AREA, CARD, PROJECT, make_project

from helpers.read.files import InputError
from helpers.read.hashes import find_files
from helpers.run.manifest import INPUTS
from helpers.run.plan import NOTEBOOKS, load_plan


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    project = make_project(tmp_path_factory.mktemp("project"))
    card = CARD.format(title="Another province").replace("VN-25", "VN-36")
    project.source("ninh-thuan").write_text(card, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def plan(project):
    return load_plan(project.root)


def test_there_is_a_page_for_every_subject_and_language(plan):
    wider = replace(plan, areas=("VN-DN", "VN-25"), languages=("en", "vi"))
    assert [page.removeprefix(".build/reports/") for page in wider.pages] == [
        "da-nang.en.html",
        "da-nang.vi.html",
        "quang-tri.en.html",
        "quang-tri.vi.html",
        "comparison.en.html",
        "comparison.vi.html",
    ]


def test_cleaning_depends_on_the_sources_of_its_own_area_only(plan):
    sources = [name for name in plan.inputs("clean", AREA) if name.startswith("data/raw/sources/")]
    assert sources == ["data/raw/sources/quang-tri-2024.md"]


@pytest.mark.parametrize("stage", NOTEBOOKS)
def test_a_run_looks_at_all_that_its_stages_depend_on(plan, stage):
    assert set(plan.inputs(stage, AREA)) <= set(find_files(plan.root, INPUTS))


@pytest.mark.parametrize("stage", NOTEBOOKS)
def test_a_notebook_runs_no_module_that_its_stage_does_not_depend_on(stage):
    notebook = PROJECT / "notebooks" / f"{NOTEBOOKS[stage]}.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    found, left = set(), [file for source in sources for file in imported(source)]
    while left:
        if (file := left.pop()) not in found:
            found.add(file)
            left += imported((PROJECT / file).read_text(encoding="utf-8"))
    assert "src/helpers/tables.py" in found
    assert found <= set(load_plan(PROJECT).inputs(stage))


def imported(source):
    """Return the files of the project's own modules that ``source`` imports."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)]
    names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names} | {node.module for node in nodes}
    files = (f"src/{name.replace('.', '/')}.py" for name in names if name.partition(".")[0] == "helpers")
    return [file for file in files if (PROJECT / file).exists()]


def test_a_page_depends_on_corrections_and_editions_through_the_tables_only(plan):
    (plan.root / "data" / "raw" / "corrections.yaml").write_text("", encoding="utf-8")
    (plan.root / "data" / "raw" / "editions" / "2026-11").mkdir(parents=True)
    (plan.root / "data" / "raw" / "editions" / "2026-11" / "figures.csv").touch()
    written = {"data/raw/corrections.yaml", "data/raw/editions/2026-11/figures.csv", "data/raw/sources/ninh-thuan.md"}
    assert {stage: written & set(plan.inputs(stage)) for stage in NOTEBOOKS} == {
        "clean": {"data/raw/corrections.yaml"},
        "compare": written,
        "briefing": set(),
    }


def test_every_execution_has_a_name_of_its_own_and_yields_what_is_published(plan):
    wider = replace(plan, areas=("VN-36", "VN-25"), languages=("en", "vi"))
    steps = [step for stage in wider.all_steps.values() for step in stage]
    assert [step.name for step in steps][:4] == [
        "1-clean.VN-36",
        "1-clean.VN-25",
        "2-compare",
        "3-briefing.ninh-thuan.en",
    ]
    assert len({step.name for step in steps}) == len(steps) == 9
    assert [output for step in steps for output in step.outputs] == wider.built


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("areas: [VN-25\n", "is no YAML"),
        ("- VN-25\n", "has no settings; write areas, languages and indicators"),
        ("areas: VN-25\nlanguages: [en]\nindicators: [members]\n", "field 'areas' should be a list of codes, like "),
        ("areas: []\nlanguages: [en]\nindicators: [members]\n", "field 'areas' should be a list of codes, like "),
        ("areas: [VN-25, VN-25]\nlanguages: [en]\nindicators: [members]\n", "field 'areas' names VN-25 more than once"),
        ("areas: [VN-25]\nlanguages: [xx]\nindicators: [members]\n", "field 'languages': 'xx' is not known"),
        ("areas: [VN-25]\nlanguages: [en]\n", "field 'indicators' should be a list of codes, like "),
    ],
)
def test_a_wrong_setting_is_named_with_its_mend(tmp_path, settings, message):
    project = make_project(tmp_path)
    (project.root / "config.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(InputError) as error:
        load_plan(project.root)
    assert str(error.value).startswith(f"{project.root / 'config.yaml'}: {message}")
