"""The notebooks in JupyterLab as an analyst meets them: opened in a browser, every cell run, the desk answering."""

import shutil
from pathlib import Path

import nbformat
import pytest
from lab import CHROMIUM, SECONDS, run_all, serve_lab
from playwright.sync_api import expect, sync_playwright

from helpers.tables import read_records, write_table

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ("1-clean", "2-compare", "3-briefing", "explore")
MOST_LINES = 8

in_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Return a copy of the project in which 1-clean has run for all areas but the one that the notebook names."""
    root = tmp_path_factory.mktemp("project")
    for folder in ("data", "notebooks", "src"):
        shutil.copytree(
            ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        )
    for name in ("Snakefile", "config.yaml", "requirements.lock"):
        shutil.copy(ROOT / name, root)
    processed = root / "data" / "processed"
    areas = {source.source_id: source.ref_area for source in read_records("sources", processed)}
    for name in ("sources", "numbers", "observations"):
        for area in ("VN-DN", "VN-36"):
            rows = [row for row in read_records(name, processed) if areas[row.source_id] == area]
            write_table(name, rows, root / ".build" / "clean" / area)
    return root


@pytest.fixture(scope="module")
def address(project):
    with serve_lab(project / "notebooks", project / "home") as address:
        yield address


@pytest.fixture(scope="module")
def asked():
    """Return the addresses that the browser has asked for so far."""
    return []


@pytest.fixture(scope="module")
def tab(asked):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(SECONDS * 1000)
        page.on("request", lambda request: asked.append(request.url))
        yield page
        browser.close()


def wrongs(cells):
    """Return what cells say on stderr or as an error."""
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [output for output in outputs if output["output_type"] == "error" or output.get("name") == "stderr"]


@in_browser
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_runs_from_top_to_bottom_without_a_word_of_complaint(tab, address, name):
    cells = run_all(tab, address, name)
    assert wrongs(cells) == []
    assert any(cell.get("outputs") for cell in cells)


@in_browser
def test_choosing_another_indicator_changes_chart_and_table(tab):
    """Goes on where the test before has left the desk open."""
    desk = tab.locator(".jp-Cell", has=tab.get_by_text("indicators", exact=True)).first
    desk.scroll_into_view_if_needed()
    expect(desk.locator(".dt-container")).to_contain_text("VN-25.organisations.group")
    desk.locator(".widget-select-multiple", has_text="indicators").locator("select").select_option(["members"])
    expect(desk.locator(".dt-container")).to_contain_text("VN-25.members.")
    expect(desk.locator(".dt-container")).not_to_contain_text("VN-25.organisations.group")
    bars = desk.locator("svg.plot path:not([class]):not([style])")
    expect(bars.first).to_have_css("fill", "rgb(31, 95, 139)")  # COLOURS["bar"], outside the briefings' own pages


@in_browser
def test_no_notebook_asks_another_host_for_anything(asked, address):
    """Of all that the tests before have opened."""
    host = address.partition("/lab/")[0].removeprefix("http")
    own = (f"http{host}", f"ws{host}", "data:", "blob:", "about:")
    assert len(asked) > len(NOTEBOOKS)
    assert [url for url in asked if not url.startswith(own)] == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebooks_are_thin_and_stored_without_outputs(name):
    cells = [
        c for c in nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells if c.cell_type == "code"
    ]
    assert [cell.source for cell in cells if len(cell.source.splitlines()) > MOST_LINES or "def " in cell.source] == []
    assert [cell for cell in cells if cell.outputs or cell.execution_count] == []
