"""The index leads to every page that there is and says of each how old and how sure it is; an archive holds it too."""

import io
import zipfile

import pytest
from bs4 import BeautifulSoup
from pages import ROOT, html

from helpers.brief.index import render_index
from helpers.brief.share import pack
from helpers.read.files import InputError

PAGES = {f"{name}.html": html(*name.split(".")) for name in ("quang-tri.en", "quang-tri.ar", "da-nang.en")}


@pytest.fixture(scope="module")
def index():
    return BeautifulSoup(render_index(PAGES), "html.parser")


@pytest.fixture
def reports(tmp_path):
    for name, page in PAGES.items():
        (tmp_path / name).write_text(page, encoding="utf-8")
    return tmp_path


def archive(reports, *names):
    return pack(names, reports=reports, processed=ROOT / "data" / "processed")


def test_each_page_is_linked_under_its_own_title_in_its_language(index):
    links = [(link["lang"], link["dir"], link["href"], link.get_text()) for link in index.select("li a")]
    assert links == [
        ("en", "ltr", "quang-tri.en.html", "Cooperatives in Quang Tri"),
        ("ar", "rtl", "quang-tri.ar.html", "التعاونيات في كوانغ تري"),
        ("en", "ltr", "da-nang.en.html", "Cooperatives in Da Nang"),
    ]


def test_each_subject_tells_its_headline_its_date_and_its_doubts(index):
    first = index.section
    assert first.p.get_text().startswith("Of 2,324 organisations in Quang Tri")
    assert [fact.get_text().split(":")[0] for fact in first.select(".facts > span")] == [
        "Articles published by 31 December 2024",
        "Figures",
        "Doubts",
        "Checks that fail",
    ]


def test_subject_with_an_edition_tells_how_much_has_changed_since():
    page = '<title>T</title><meta name="edition" content="2024-05"><meta name="changes" content="3">'
    assert "Changed since edition 2024-05: 3" in render_index({"x.en.html": page})


def test_words_of_a_page_cannot_become_markup_of_the_index():
    assert "<b>" not in render_index({"x.en.html": "<title>&lt;b&gt;bold&lt;/b&gt;</title>"})


def test_archive_holds_the_chosen_pages_the_index_the_tables_and_a_summary(reports):
    packed = zipfile.ZipFile(io.BytesIO(archive(reports, "quang-tri.ar")))
    assert packed.namelist()[:3] == ["summary.txt", "index.html", "quang-tri.ar.html"]
    assert {"data/figures.csv", "data/datapackage.json"} <= set(packed.namelist())
    assert packed.read("quang-tri.ar.html").decode() == PAGES["quang-tri.ar.html"]
    assert "التعاونيات في كوانغ تري (quang-tri.ar.html)" in packed.read("summary.txt").decode()
    assert "da-nang" not in packed.read("index.html").decode()


def test_packing_again_gives_the_same_bytes(reports):
    assert archive(reports, "quang-tri.en", "da-nang.en") == archive(reports, "da-nang.en", "quang-tri.en")


def test_page_that_is_not_published_is_named_with_those_that_are(reports):
    with pytest.raises(InputError, match=r"'quang-tri\.vi'.*quang-tri\.en"):
        archive(reports, "quang-tri.vi")
