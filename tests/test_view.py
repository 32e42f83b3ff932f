"""`briefings view`: one source as a page, every number coloured by its role, and the colours said in words."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from helpers.desk.view import find_source, render_view, show_claim, show_source
from helpers.read.files import InputError
from helpers.read.observations import read_source
from helpers.read.places import load_places
from helpers.records import ROLES

RAW = Path(__file__).parents[1] / "data" / "raw"
PLACES = load_places(RAW)
ARABIC, INDONESIAN = (find_source(name, RAW) for name in ("quang-tri-2024-02-20-ar", "quang-tri-undated-id"))


def text_of(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("source", [ARABIC, INDONESIAN], ids=lambda source: source.source_id)
def test_every_number_is_marked_with_its_role_and_listed_in_order(source):
    page = render_view(source, PLACES)
    words = page.partition('<div class="words"')[2].partition("</div>")[0]
    marked = re.findall(r'<mark class="(\w+)"><a href="#number-\d+">([^<]*)</a>', words)
    listed = re.findall(r'<tr id="number-\d+"><th [^>]*>([^<]*)</th><td>(\w+)</td>', page)
    numbers = [(number.role, number.text) for number in read_source(source, PLACES)[0]]
    assert marked == [(role, text) for text, role in listed] == numbers


def test_text_stays_as_it_is_and_in_its_direction():
    page = render_view(ARABIC, PLACES)
    assert '<div class="words" lang="ar" dir="rtl">' in page
    words = page.partition('<div class="words"')[2].partition("</div>")[0].partition(">")[2]
    assert text_of(words).split() == ARABIC.text.split()


def test_page_runs_nothing_fetches_nothing_and_escapes_what_is_printed():
    hostile = replace(INDONESIAN, title="<script>1</script>", text="- <img src=x onerror=alert(1)> 341 koperasi & 2\n")
    page = render_view(hostile, PLACES)
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<img|<link|https?:|url\(", page)
    assert "&lt;img src=x onerror=alert(" in page


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_each_role_has_a_colour_that_can_be_read_on_and_a_line_of_its_own():
    page = render_view(ARABIC, PLACES)
    ink = luminance(re.search(r"\.desk-page \{ color: (#\w{6})", page)[1])
    styles = {role: re.search(rf"\.desk \.{role} \{{ ([^}}]*)\}}", page)[1] for role in ROLES}
    grounds = {role: re.search(r"background: (#\w{6})", style)[1] for role, style in styles.items()}
    assert [role for role, ground in grounds.items() if (luminance(ground) + 0.05) / (ink + 0.05) < 7] == []
    lines = {style.partition(";")[2] for style in styles.values()}
    assert (len(set(grounds.values())), len(lines)) == (len(ROLES), len(ROLES))


def test_claim_is_shown_where_it_stands():
    seen = next(seen for seen in read_source(ARABIC, PLACES)[1] if seen.text == "82,256")
    shown = show_claim(seen, ARABIC.text, "ar")
    assert "<mark class='statistic'>82,256</mark>" in shown
    assert " ".join(seen.quote.split()) in " ".join(text_of(shown.partition("</style>")[2]).split())


def test_source_without_numbers_says_so_in_its_legend():
    quiet = replace(INDONESIAN, text="- koperasi\n")
    assert "<tr id=" not in show_source(quiet, PLACES)


def test_unknown_source_is_named_with_the_nearest():
    with pytest.raises(
        InputError, match="no source is called 'quang-tri-undated-in'; did you mean 'quang-tri-undated-id'"
    ):
        find_source("quang-tri-undated-in", RAW)
