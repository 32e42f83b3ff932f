"""The briefings themselves, in every language: whole, small, and true to the tables that they were made from."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from pages import LANGUAGES, SUBJECTS, facts, html

from helpers.brief.facts import evidence_id

MAX_BYTES = 150_000
NUMBERS = "[data-figure], [data-claim], [data-check]"


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture(params=SUBJECTS)
def subject(request):
    return request.param


@pytest.fixture
def page(subject, language):
    return BeautifulSoup(html(subject, language), "html.parser")


def test_page_is_small_enough_to_mail(subject, language):
    assert len(html(subject, language).encode()) < MAX_BYTES


def test_page_is_in_its_language_and_direction(page, language):
    assert (page.html["lang"], page.html["dir"]) == (language, "rtl" if language == "ar" else "ltr")


def test_page_of_a_language_that_no_native_reader_has_checked_says_so(page, language):
    assert bool(page.find(class_="unchecked")) == (language != "en")


def test_page_links_to_its_other_languages_and_subjects_and_to_the_index(page, subject, language):
    links = [link["href"] for link in page.select("nav a") if not link["href"].startswith("#")]
    others = [f"{subject}.{other}.html" for other in LANGUAGES if other != language]
    subjects = [f"{other}.{language}.html" for other in SUBJECTS if other != subject]
    assert sorted(links) == sorted([*others, *subjects, "index.html"])


def test_numbers_of_the_page_can_be_saved_from_inside_it(page, subject):
    link = page.find("a", download=True)
    kind, _, data = link["href"].partition(",")
    rows = list(csv.DictReader(io.StringIO(unquote(data))))
    assert (kind, link["download"]) == ("data:text/csv;charset=utf-8", f"{subject}.csv")
    entries = page.select("article b [data-figure]")
    assert sorted(row["figure"] for row in rows) == sorted(entry["data-figure"] for entry in entries)


def test_page_has_one_title_and_headings_without_gaps(page):
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(level <= above + 1 for above, level in pairwise(levels))


def test_headline_with_its_doubt_comes_first(page):
    first = page.main.find("section")
    assert first["id"] == "findings"
    assert first.find(class_="headline").find("button")
    assert first.find(class_="doubt")


def test_every_id_stands_once_and_every_link_leads_to_one(page):
    ids = Counter(element["id"] for element in page.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []
    targets = [link["href"].removeprefix("#") for link in page.find_all("a") if link["href"].startswith("#")]
    targets += [button["popovertarget"] for button in page.find_all("button")]
    assert sorted(set(targets) - set(ids)) == []


def test_reference_of_one_element_to_another_holds(page):
    ids = {element["id"] for element in page.find_all(id=True)}
    for attribute in ("aria-labelledby", "aria-describedby"):
        named = {name for element in page.find_all(attrs={attribute: True}) for name in element[attribute].split()}
        assert named <= ids


def wrong_numbers(page, briefing):
    """Return the number elements that do not say what the tables say, in the page's language."""
    words = briefing.words
    known = (*briefing.stated, *briefing.figures.values(), *briefing.national, *briefing.national_figures.values())
    records = {evidence_id(record): record for record in known}
    checks = {check.check_id: check for check in briefing.checks}

    def expected(element):
        if side := element.get("data-side"):
            record = records[element["data-figure"]]
            return words.amount(getattr(record, side), record.unit)
        if identity := element.get("data-figure"):
            return words.quantity(records[identity]).unescape()
        if address := element.get("data-claim"):
            return words.amount(briefing.observations[address].value, briefing.observations[address].unit)
        check = checks[element["data-check"]]
        return words.amount(check.found, check.unit)

    return [element for element in page.select(NUMBERS) if element.get_text().strip() != expected(element)]


def test_every_number_element_says_what_the_tables_say(subject, language, page):
    assert len(page.select(NUMBERS)) > 20
    assert wrong_numbers(page, facts(subject, language)) == []


def test_digits_stand_only_in_numbers_dates_cards_quotes_and_numberings(page, subject, language):
    """Prose must not repeat a figure as bare text, which nothing would hold to the tables."""
    for element in page.select(
        f"{NUMBERS}, .count, time, .days, q, span[lang], .note, article p > button:not([data-figure]), code, svg text"
    ):
        element.extract()
    text = page.main.get_text(" ")
    for number in re.findall(r"\d[\d.,]*", " ".join(facts(subject, language).indicator_names.values())):
        text = text.replace(number, "")  # "per 100,000 inhabitants" is a name
    assert re.findall(r".{0,30}\d.{0,30}", text) == []


@pytest.mark.parametrize("subject", SUBJECTS)
def test_changing_one_value_of_a_table_shows_as_a_wrong_number(subject):
    page, briefing = BeautifulSoup(html(subject), "html.parser"), facts(subject)
    shown = {element["data-figure"] for element in page.select("[data-figure]")}
    unnoticed = [
        name
        for name, figure in briefing.figures.items()
        if name in shown
        and not wrong_numbers(page, replace(briefing, figures={**briefing.figures, name: more(figure)}))
    ]
    rows = [row for row in briefing.computed if evidence_id(row) in shown]
    unnoticed += [
        evidence_id(row)
        for row in rows
        if not wrong_numbers(page, replace(briefing, comparison=(*briefing.comparison, more(row))))
    ]
    assert (shown, unnoticed) == (shown, [])


def more(record):
    """Return a record of a number that is larger by half."""
    sides = {side: getattr(record, side) for side in ("value", "lower", "upper")}
    return replace(record, **{side: value and value * Decimal("1.5") for side, value in sides.items()})


def test_every_chart_has_a_headline_alternative_text_a_sentence_and_its_data_beside(page):
    for chart in page.find_all(class_="chart"):
        assert chart.h3.get_text(strip=True)
        assert chart.svg.title.get_text(strip=True)[-1] in ".।"
        assert not re.search(r"\d", chart.svg.title.get_text())
        assert chart.find(id=f"{chart['id']}-sentence").get_text(strip=True)
        assert page.find(id=chart.svg["aria-describedby"]).name in ("table", "ol")


def test_every_table_has_a_caption_and_heads_with_scopes(page):
    for table in page.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert all(head.get("scope") for head in table.find_all("th"))
        assert not any(head.get_text(strip=True) == "" for head in table.find_all("th"))


def test_quang_tri_has_three_charts_or_more():
    assert len(BeautifulSoup(html("quang-tri"), "html.parser").find_all(class_="chart")) >= 3


@pytest.mark.parametrize("subject", SUBJECTS)
def test_page_says_that_it_was_read_from_notes(subject):
    assert "figure notes" in said(subject, "sources")


def said(subject, section):
    text = BeautifulSoup(html(subject), "html.parser").find(id=section).get_text("")
    return " ".join(text.split())


def test_quang_tri_tells_its_repairs_and_its_open_members():
    doubts = said("quang-tri", "doubts")
    assert "The Arabic and Hindi versions print 1,981 for cooperatives; here it stands for cooperative groups" in doubts
    assert "print nearly 407 million VND for cooperatives; here it stands for cooperative groups" in doubts
    assert "58,346 to 82,256" in said("quang-tri", "people")
    assert "translations of one article" in said("quang-tri", "sources")


def test_open_members_are_never_a_point():
    for subject in ("quang-tri", "comparison"):
        shown = {
            element.get_text(strip=True)
            for element in BeautifulSoup(html(subject), "html.parser").select("[data-figure]")
        }
        assert "82,256" not in shown


def test_ninh_thuan_tells_that_its_sectors_do_not_add_up():
    assert "add up to 112, while the text gives 113 in all" in said("ninh-thuan", "findings")


def test_joint_count_stands_beside_a_joint_count_only():
    briefing = facts("comparison")
    joint = {row.ref_area: row.value for row in briefing.stated if row.item == "organisations.coop+union"}
    assert joint == {"VN-DN": Decimal(148), "VN-25": Decimal(343)}
    rows = BeautifulSoup(html("comparison"), "html.parser").select("#structure-table tbody tr")
    together = [row.get_text(" ", strip=True) for row in rows if "148" in row.get_text()]
    assert together
    assert all("341" not in text and "343" in text for text in together)


def test_qualifiers_reach_the_page():
    assert "more than 40 billion VND" in said("da-nang", "money")
    assert "more than 4,500" in said("da-nang", "people")
    assert "nearly 407 million VND" in said("quang-tri", "money")
    assert "more than 14,000" in said("quang-tri", "people")
