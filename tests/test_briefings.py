"""The four briefings themselves: whole, small, and true to the tables that they were made from."""

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from pages import SUBJECTS, facts, html

from helpers.brief.facts import evidence_id

MAX_BYTES = 150_000


@pytest.fixture(params=SUBJECTS)
def subject(request):
    return request.param


@pytest.fixture
def page(subject):
    return BeautifulSoup(html(subject), "html.parser")


def test_page_is_small_enough_to_mail(subject):
    assert len(html(subject).encode()) < MAX_BYTES


def test_page_has_one_title_and_headings_without_gaps(page):
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(level <= above + 1 for above, level in pairwise(levels))


def test_headline_with_its_doubt_comes_first(page):
    first = page.main.find("section")
    assert first["id"] == "findings"
    assert first.find(class_="headline").find(class_="figure")
    assert first.find(class_="doubt")


def test_every_id_stands_once_and_every_link_leads_to_one(page):
    ids = Counter(element["id"] for element in page.find_all(id=True))
    assert [name for name, times in ids.items() if times > 1] == []
    targets = [link["href"].removeprefix("#") for link in page.find_all("a")]
    assert sorted(set(targets) - set(ids)) == []


def test_reference_of_one_element_to_another_holds(page):
    ids = {element["id"] for element in page.find_all(id=True)}
    for attribute in ("aria-labelledby", "aria-describedby"):
        named = {name for element in page.find_all(attrs={attribute: True}) for name in element[attribute].split()}
        assert named <= ids


def test_every_number_element_says_what_its_figure_says(subject, page):
    briefing = facts(subject)
    records = {evidence_id(record): record for record in (*briefing.stated, *briefing.figures.values())}
    elements = [element for element in page.find_all(attrs={"data-figure": True}) if not element.get("data-side")]
    wrong = [
        (element["data-figure"], element.get_text(strip=True))
        for element in elements
        if element.get_text(strip=True) != briefing.words.quantity(records[element["data-figure"]]).unescape()
    ]
    assert wrong == []
    assert len(elements) > 20


def test_number_of_every_figure_stands_only_where_it_is_marked(subject, page):
    """Prose must not repeat a figure as bare text, which nothing would hold to the tables."""
    briefing = facts(subject)
    for element in page.select("q, .count, [data-figure], [data-check], [data-claim]"):
        element.extract()
    prose = page.main.find_all("p") + page.main.find_all("li")
    bare = " ".join(paragraph.get_text(" ") for paragraph in prose)
    large = [figure for figure in briefing.figures.values() if figure.value and figure.value >= 100]
    printed = {briefing.words.amount(figure.value, figure.unit) for figure in large}
    assert sorted(number for number in printed if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d.,])", bare)) == []


def test_every_chart_has_a_headline_alternative_text_a_sentence_and_a_table(page):
    for chart in page.find_all(class_="chart"):
        assert chart.h3.get_text(strip=True)
        assert chart.svg.title.get_text(strip=True).endswith(".")
        assert not re.search(r"\d", chart.svg.title.get_text())
        assert chart.find(id=f"{chart['id']}-sentence").get_text(strip=True)
        assert chart.table.caption.get_text(strip=True)


def test_every_table_has_a_caption_and_heads_with_scopes(page):
    for table in page.find_all("table"):
        assert table.caption.get_text(strip=True)
        assert all(head.get("scope") for head in table.find_all("th"))
        assert not any(head.get_text(strip=True) == "" for head in table.find_all("th"))


def test_page_says_that_it_was_read_from_notes(page):
    assert "figure notes" in page.find(id="sources").get_text()


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
