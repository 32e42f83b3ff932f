"""The briefings in a real browser: nothing is fetched, nothing is cut off, everything can be reached and read."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import CHROMIUM
from pages import LANGUAGES, SUBJECTS, html
from playwright.sync_api import sync_playwright

from helpers.brief.index import render_index

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    pages = {f"{subject}.{language}.html": html(subject, language) for subject in SUBJECTS for language in LANGUAGES}
    pages["index.html"] = render_index(pages)
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    return {name: (folder / name).as_uri() for name in pages}


@pytest.fixture(params=SUBJECTS)
def address(request, files):
    return files[f"{request.param}.en.html"]


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


def test_number_opens_its_evidence_from_the_keyboard_and_closes_it(page):
    button = page.locator(".headline button").first
    entry = page.locator(f"[id='{button.get_attribute('popovertarget')}']")
    assert not entry.is_visible()
    button.focus()
    page.keyboard.press("Enter")
    assert entry.is_visible()
    assert entry.evaluate("element => element.getBoundingClientRect().bottom <= innerHeight")
    page.keyboard.press("Escape")
    assert not entry.is_visible()
    assert button.evaluate("element => element === document.activeElement")


def test_entry_closes_by_its_button_and_opens_the_card_of_its_source_above_it(page):
    quoting = page.locator("article:has(q)").first.get_attribute("id")
    entry = page.locator(f"[id='{quoting}']")
    page.locator(f"main > section button[popovertarget='{quoting}']").first.click()
    entry.get_by_role("button", name="[").first.click()
    card = page.locator(".sources > li:popover-open")
    assert (card.count(), entry.is_visible()) == (1, True)
    card.get_by_role("button", name="Close").click()
    assert (page.locator(".sources > li:popover-open").count(), entry.is_visible()) == (0, True)
    page.keyboard.press("Escape")
    assert not entry.is_visible()


def test_any_section_is_reached_in_few_stops(page):
    order = page.evaluate(
        """() => [...document.querySelectorAll("a[href], button")]
            .filter(element => element.checkVisibility({visibilityProperty: true}))
            .map(element => element.getAttribute("href") || "")"""
    )
    sections = page.locator("main > section[id]:not(#evidence)").count()
    named = [place for place, target in enumerate(order) if target.startswith("#") and not target[1:].isdigit()]
    jumps = named[:sections]
    assert len(jumps) == sections
    assert max(jumps) < 40


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_of_wcag_2_2_a_and_aa_in_any_language_and_subject(browser, files, scheme):
    chosen = ["da-nang.id.html", "quang-tri.ar.html", "ninh-thuan.hi.html", "comparison.en.html", "index.html"]
    assert _violations(browser, {name: files[name] for name in chosen}, scheme) == {}


@pytest.mark.every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_of_wcag_2_2_a_and_aa_on_any_page(browser, files, scheme):
    assert _violations(browser, files, scheme) == {}


def _violations(browser, files, scheme):
    """Return the rules that axe-core finds broken, by page and with the first place of each."""
    axe, found = Axe(), {}
    tab = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    for name, address in files.items():
        tab.goto(address)
        if name != "index.html":  # with an entry open, which is hidden otherwise
            tab.locator(".headline button").first.click()
        result = axe.run(tab, options={"runOnly": RULES}).response
        assert len(result["passes"]) > 10
        found[name] = [(rule["id"], rule["nodes"][0]["html"]) for rule in result["violations"]]
    tab.close()
    return {name: rules for name, rules in found.items() if rules}


def test_no_page_in_any_language_sticks_out_on_the_narrowest_phone(browser, files):
    tab = browser.new_page(viewport={"width": 320, "height": 640})
    wide = []
    for name, address in files.items():
        tab.goto(address)
        if tab.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(name)
    tab.close()
    assert wide == []


def test_labels_of_a_chart_do_not_leave_it_in_a_page_written_from_right_to_left(browser, files):
    tab = browser.new_page(viewport={"width": 1280, "height": 900})
    tab.goto(files["quang-tri.ar.html"])
    outside = tab.evaluate(
        """() => [...document.querySelectorAll("svg")].flatMap(svg => {
            const frame = svg.getBoundingClientRect();
            return [...svg.querySelectorAll("text")].filter(text => {
                const box = text.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1;
            }).map(text => text.textContent);
        })"""
    )
    tab.close()
    assert outside == []


@pytest.mark.parametrize(("subject", "most"), [("quang-tri", 4), ("da-nang", 4), ("ninh-thuan", 4), ("comparison", 6)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_fits_few_sheets_of_paper(browser, files, subject, language, most):
    tab = browser.new_page()
    tab.goto(files[f"{subject}.{language}.html"])
    printed = tab.pdf(prefer_css_page_size=True)
    tab.close()
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= most


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
