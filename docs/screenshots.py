"""Make the pictures of README from the published briefings: `.venv-lab/bin/python docs/screenshots.py`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

DOCS = Path(__file__).parent
PICTURES = {
    "quang-tri.png": ("quang-tri.en.html", 1280, 1000),
    "comparison-ar.png": ("comparison.ar.html", 390, 1400),
}


def main(reports: Path) -> None:
    """Write each picture beside this file; the number is the page's width and height in CSS pixels."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium is installed; on Debian and Ubuntu: apt install chromium fonts-noto-core")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for picture, (page, width, height) in PICTURES.items():
            tab = browser.new_page(viewport={"width": width, "height": height})
            tab.goto((reports / page).resolve().as_uri())
            tab.screenshot(path=DOCS / picture)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS.parent / "reports")
