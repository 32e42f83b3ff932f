"""A new province as README says: its commands and its line, word for word, on a copy of the project."""

import re
import shlex
import shutil

import pytest
from small_project import PROJECT, SmallProject, leave_jupyterlab_out

from helpers.tables import read_records

AREA = "VN-66"


@pytest.fixture(scope="module")
def section():
    """Return the part of README that tells how to add a province."""
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    return re.search(r"^## Add a province\n(.*?)(?=^## )", readme, re.DOTALL | re.MULTILINE)[1]


@pytest.fixture(scope="module")
def project(section, tmp_path_factory):
    """Return a copy of the project, in one language for the sake of time, in which the section has been followed."""
    root = tmp_path_factory.mktemp("project")
    ignored = shutil.ignore_patterns("__pycache__", "*.mo", ".ipynb_checkpoints")
    for folder in ("data", "notebooks", "src", "tests/articles"):
        shutil.copytree(PROJECT / folder, root / folder, ignore=ignored)
    for name in ("Snakefile", "config.yaml", "requirements.lock"):
        shutil.copy(PROJECT / name, root)
    project = SmallProject(root)
    leave_jupyterlab_out(root)
    settings = root / "config.yaml"
    settings.write_text(
        re.sub(r"^languages:.*", "languages: [en]", settings.read_text(encoding="utf-8"), flags=re.MULTILINE),
        encoding="utf-8",
    )
    for kind, block in re.findall(r"^```(\w+)\n(.*?)^```", section, re.DOTALL | re.MULTILINE):
        if kind == "yaml":
            text = settings.read_text(encoding="utf-8")
            settings.write_text(re.sub(r"^areas:.*\n", block, text, flags=re.MULTILINE), encoding="utf-8")
            continue
        for line in block.splitlines():
            command, *words = shlex.split(line)
            assert command == "briefings"
            answer = project.briefings(*words)
            assert answer.returncode == 0, answer.stdout + answer.stderr
    return project


def test_province_has_its_briefing_where_readme_says(project, section):
    (page,) = re.findall(r"`(reports/[\w.-]+\.html)`", section)
    html = (project.root / page).read_text(encoding="utf-8")
    assert "Hung Yen" in html
    assert "352" in html


def test_province_has_its_place_in_the_comparison(project):
    rows = read_records("comparison", project.root / "data" / "processed")
    stated = {row.item: row for row in rows if row.ref_area == AREA and row.verdict != "missing"}
    assert stated["organisations.coop"].value == 352
    page = (project.root / "reports" / "comparison.en.html").read_text(encoding="utf-8")
    assert [name for name in ("Da Nang", "Hung Yen", "Ninh Thuan", "Quang Tri") if name not in page] == []
