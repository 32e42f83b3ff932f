"""The page made from a notebook is one safe file: what its cells show as HTML, and nothing else."""

import re

import nbformat
import pytest
from bs4 import BeautifulSoup

from helpers.brief.head import METADATA
from helpers.run.pages import render_page

HEAD = {"language": "ar", "direction": "rtl", "title": "A <b>title</b>", "description": 'He said "more"'}


def shown(html, **more):
    return nbformat.v4.new_output("display_data", {"text/html": html, "text/plain": "PLAIN TEXT", **more})


@pytest.fixture(scope="module")
def html():
    cells = [
        nbformat.v4.new_markdown_cell("# A question\n\n<script>alert(1)</script>"),
        nbformat.v4.new_code_cell(
            "SOURCE_CODE = 1", outputs=[shown("<header><h1>Heading</h1></header>", **{METADATA: HEAD})]
        ),
        nbformat.v4.new_code_cell(
            "more",
            outputs=[
                shown('<section id="one"><p>Shown <a href="#one">1</a></p></section>'),
                nbformat.v4.new_output("stream", name="stdout", text="PRINTED"),
                nbformat.v4.new_output("display_data", {"text/vnd.mermaid": "<img src=x onerror=alert(1)>"}),
                nbformat.v4.new_output("display_data", {"application/javascript": "alert(1)"}),
                nbformat.v4.new_output("display_data", {"text/markdown": "MARKDOWN", "image/png": "aGk="}),
            ],
        ),
    ]
    return render_page(nbformat.v4.new_notebook(cells=cells))


@pytest.fixture(scope="module")
def page(html):
    return BeautifulSoup(html, "html.parser")


def test_page_shows_the_html_of_the_cells_in_their_order(page):
    assert [child.name for child in page.main.find_all(recursive=False)] == ["header", "section"]
    assert [heading.get_text() for heading in page.find_all("h1")] == ["Heading"]


@pytest.mark.parametrize(
    "hidden", ["SOURCE_CODE", "PLAIN TEXT", "PRINTED", "MARKDOWN", "A question", "onerror", "alert", "In [", "<script"]
)
def test_page_shows_nothing_else(html, hidden):
    assert hidden not in html


def test_page_says_in_which_language_and_direction_it_is_written(page):
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")


def test_title_and_description_are_escaped(page, html):
    assert page.title.get_text() == "A <b>title</b>"
    assert page.find("meta", attrs={"name": "description"})["content"] == 'He said "more"'
    assert "<b>title" not in html


def test_policy_forbids_everything_but_our_own_style(page):
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_page_asks_for_nothing_outside(html):
    assert re.findall(r"(?:src|srcset|action|background)=|url\(|@import|https?://", html) == []


def test_style_is_small(page):
    assert len(page.style.get_text().encode()) < 10_000


def test_page_fits_phones_paper_and_dark_rooms(page):
    assert page.find("meta", attrs={"name": "viewport"})["content"] == "width=device-width, initial-scale=1"
    for query in ("@media print", "prefers-color-scheme:dark", "@page"):
        assert query in page.style.get_text()
