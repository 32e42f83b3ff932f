"""Publishing puts a whole set in place, and touches nothing that it did not publish."""

import json
import os
import shutil

import pytest
from small_project import AREA, PAGES, SmallProject, make_project

from helpers.export.package import write_package
from helpers.export.sdmx import write_sdmx
from helpers.run.errors import PublishError
from helpers.run.manifest import Manifest, digest_inputs, is_up_to_date, read_manifest, write_manifest
from helpers.run.plan import CLEAN_TABLES, PROCESSED_TABLES
from helpers.run.publish import publish
from helpers.tables import write_table

PAGE = "<!DOCTYPE html><html><head><title>{title}</title></head><body></body></html>"
FILES = (
    *(f"data/processed/{table}.csv" for table in PROCESSED_TABLES),
    "data/processed/sdmx.csv",
    "data/processed/datapackage.json",
    *(f"reports/{page}" for page in PAGES),
    "reports/index.html",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    project = make_project(tmp_path_factory.mktemp("built"))
    build(project)
    return project


@pytest.fixture
def project(built, tmp_path):
    shutil.copytree(built.root, tmp_path, dirs_exist_ok=True)
    return SmallProject(tmp_path)


def build(project):
    for table in CLEAN_TABLES:
        write_table(table, [], project.root / ".build" / "clean" / AREA)
    for table in PROCESSED_TABLES:
        write_table(table, [], project.root / ".build" / "processed")
    write_sdmx([], project.root / ".build" / "processed")
    write_package(project.root / ".build" / "processed")
    write_pages(project, "Quang Tri & others", *PAGES)


def write_pages(project, title, *names):
    folder = project.root / ".build" / "reports"
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(PAGE.format(title=title), encoding="utf-8")


def settle(project):
    """Remember the inputs as a run does that has ended well."""
    manifest = read_manifest(project.root)
    write_manifest(project.root, Manifest(manifest.files, manifest.stale, digest_inputs(project.root)))


def test_the_whole_set_is_published_and_remembered(project):
    published = publish(project.root)
    assert published.files == published.changed == FILES
    assert sorted(project.published()) == sorted(FILES)
    assert read_manifest(project.root).holds(project.root)


def test_publishing_again_writes_nothing(project):
    publish(project.root)
    before = {name: (project.root / name).stat().st_mtime_ns for name in FILES}
    assert publish(project.root).changed == ()
    assert {name: (project.root / name).stat().st_mtime_ns for name in FILES} == before


def test_index_lists_the_pages_by_their_titles(project):
    publish(project.root)
    index = (project.root / "reports" / "index.html").read_text(encoding="utf-8")
    assert '<a href="quang-tri.en.html" lang="en" dir="ltr">Quang Tri &amp; others</a>' in index


@pytest.mark.parametrize("change", [os.unlink, lambda path: path.write_text("edited by hand", encoding="utf-8")])
def test_a_published_file_that_people_changed_is_put_right(project, change):
    publish(project.root)
    whole = project.published()
    settle(project)
    assert is_up_to_date(project.root)
    change(project.root / "data" / "processed" / "figures.csv")
    assert not is_up_to_date(project.root)
    assert publish(project.root).changed == ("data/processed/figures.csv",)
    assert project.published() == whole


def test_what_leaves_the_set_is_removed_and_what_others_put_there_stays(project):
    publish(project.root)
    others = [project.root / "reports" / "README.md", project.root / "data" / "processed" / "mine.csv"]
    for path in others:
        path.write_text("not ours", encoding="utf-8")
    settings = {"areas": ["VN-36"], "languages": ["en"], "indicators": ["organisations"]}
    (project.root / "config.yaml").write_text(json.dumps(settings), encoding="utf-8")
    clean = project.root / ".build" / "clean"
    shutil.copytree(clean / AREA, clean / "VN-36")
    write_pages(project, "Ninh Thuan", "ninh-thuan.en.html")
    assert publish(project.root).removed == ("reports/quang-tri.en.html",)
    assert not (project.root / "reports" / "quang-tri.en.html").exists()
    assert all(path.exists() for path in others)


def test_publishing_that_was_cut_short_is_finished_by_the_next(project, monkeypatch):
    publish(project.root)
    write_pages(project, "New title", *PAGES)
    done = []

    def fill_the_disk(path, target):
        if done:
            raise OSError(28, "No space left on device")
        done.append(target)
        return replace(path, target)

    replace = os.replace
    # The manifest is the first rename, so that what is cut short is seen.
    monkeypatch.setattr("helpers.run.files.os.replace", fill_the_disk)
    with pytest.raises(OSError, match="No space"):
        publish(project.root)
    monkeypatch.undo()
    settle(project)
    assert not is_up_to_date(project.root)
    publish(project.root)
    settle(project)
    assert is_up_to_date(project.root)
    assert not list(project.root.rglob(".*.new"))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (".build/reports/quang-tri.en.html", "", "is missing or empty"),
        (".build/reports/quang-tri.en.html", "<html><body>", "is torn: it does not end with </html>"),
        (".build/processed/figures.csv", "figure_id\nx\n", "is no valid table: "),
        (".build/processed/datapackage.json", "{", "does not describe the tables beside it"),
        (f".build/clean/{AREA}/checks.csv", "", "is missing or empty"),
    ],
)
def test_an_unfit_set_changes_nothing_and_the_unfit_file_is_made_again(project, name, content, reason):
    publish(project.root)
    before = project.published()
    write_pages(project, "New title", *PAGES)
    (project.root / name).write_text(content, encoding="utf-8")
    with pytest.raises(PublishError) as error:
        publish(project.root)
    assert f"{name}: {reason}" in str(error.value)
    assert project.published() == before
    assert not (project.root / name).exists()


def test_a_missing_file_is_named(project):
    (project.root / ".build" / "reports" / PAGES[1]).unlink()
    with pytest.raises(PublishError, match=r"^\.build/reports/comparison\.en\.html: is missing or empty$"):
        publish(project.root)
