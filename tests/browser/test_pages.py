"""The briefings in a real browser: nothing is fetched, nothing is cut off, everything can be reached and read."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from pages import SUBJECTS, html

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for subject in SUBJECTS:
        (folder / f"{subject}.html").write_text(html(subject), encoding="utf-8")
    return {subject: (folder / f"{subject}.html").as_uri() for subject in SUBJECTS}


@pytest.fixture(params=SUBJECTS)
def address(request, files):
    return files[request.param]


@pytest.fixture
def page(browser, address):
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(address)
    yield tab
    tab.close()


def test_page_asks_for_nothing_and_breaks_no_rule_of_its_own(browser, address):
    tab = browser.new_page()
    asked, complained = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: complained.append(message.text))
    tab.goto(address)
    tab.close()
    assert (asked, complained) == ([address], [])


@pytest.mark.parametrize("width", [1280, 768, 360, 320])
def test_nothing_sticks_out_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_picture_has_a_name(page):
    pictures = page.get_by_role("img")
    assert pictures.count() == page.locator("svg").count()
    assert all(pictures.nth(n).get_attribute("aria-labelledby") for n in range(pictures.count()))


@pytest.mark.parametrize("width", [1280, 360])
def test_tables_are_tables_to_a_screen_reader_at_any_width(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    tables = page.locator("table").count()
    assert page.get_by_role("table").count() == tables
    assert page.get_by_role("rowheader").count() == page.locator("tbody tr").count()
    assert page.get_by_role("cell").count() == page.locator("td").count()


def test_number_opens_its_evidence_from_the_keyboard(page):
    link = page.locator(".headline a.figure").first
    link.focus()
    page.keyboard.press("Enter")
    entry = page.locator(f"[id='{link.get_attribute('data-figure')}']")
    assert entry.evaluate("element => element.matches(':target')")
    assert entry.evaluate("element => element.getBoundingClientRect().top < innerHeight")


def contrast(one, other):
    def luminance(colour):
        parts = [part / 255 for part in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_bars_stand_out_in_light_and_in_dark(page, scheme):
    page.emulate_media(color_scheme=scheme)
    style = page.evaluate(
        """() => {
            const styles = getComputedStyle(document.documentElement);
            const names = ["paper", "raised", "ink", "muted", "bar", "doubt", "mark"];
            return Object.fromEntries(names.map(name => [name, styles.getPropertyValue("--" + name).trim()]));
        }"""
    )
    colours = {name: _channels(code) for name, code in style.items()}
    for ground in ("paper", "raised"):
        assert {name: contrast(colours[name], colours[ground]) > 4.5 for name in ("ink", "muted", "bar", "doubt")} == (
            dict.fromkeys(("ink", "muted", "bar", "doubt"), True)
        )
    assert contrast(colours["ink"], colours["mark"]) > 4.5


def _channels(code):
    digits = code.removeprefix("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
