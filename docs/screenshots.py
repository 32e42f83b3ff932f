"""Make the pictures of README from the published briefings: `.venv-lab/bin/python docs/screenshots.py`.

The analyst's desk is pictured in a JupyterLab that is started for it.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

DOCS = Path(__file__).parent
ROOT = DOCS.parent
sys.path.insert(0, str(ROOT / "tests"))

from lab import CHROMIUM, SECONDS, run_all, serve_lab  # noqa: E402 (stands with the tests)

PICTURES = {  # page, width and height in CSS pixels
    "quang-tri.png": ("quang-tri.en.html", 1280, 1000),
    "comparison-ar.png": ("comparison.ar.html", 390, 1400),
}
DESK = "explore.png", 1280, 1000


def picture_pages(browser: Browser, reports: Path) -> None:
    """Write the pictures of the briefings in ``reports``."""
    for picture, (page, width, height) in PICTURES.items():
        tab = browser.new_page(viewport={"width": width, "height": height})
        tab.goto((reports / page).resolve().as_uri())
        tab.screenshot(path=DOCS / picture)


def picture_desk(browser: Browser) -> None:
    """Write the picture of explore.ipynb after all its cells have run, in JupyterLab's simple interface."""
    picture, width, height = DESK
    tab = browser.new_page(viewport={"width": width, "height": height})
    tab.set_default_timeout(SECONDS * 1000)
    with tempfile.TemporaryDirectory() as home, serve_lab(ROOT / "notebooks", Path(home)) as address:
        run_all(tab, address.replace("/lab/tree/", "/doc/tree/"), "explore")
        tab.get_by_role("button", name="No", exact=True).click()  # to JupyterLab's news
        tab.locator(".jp-Cell", has=tab.locator(".dt-container")).first.evaluate("cell => cell.scrollIntoView()")
        tab.screenshot(path=DOCS / picture)


def main(reports: Path) -> None:
    """Write each picture beside this file."""
    if CHROMIUM is None:
        sys.exit("no Chromium is installed; on Debian and Ubuntu: apt install chromium fonts-noto-core")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        picture_pages(browser, reports)
        picture_desk(browser)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "reports")
