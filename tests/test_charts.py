"""A chart shows what is known and what is not: bounds as bounds, missing as missing, never by colour alone."""

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from helpers.brief.charts import COLOURS, Mark, draw_bars, draw_dates, new_axes, to_svg


def mark(text, value=None, lower=None, upper=None, qualifier="="):
    sides = [None if side is None else Decimal(side) for side in (value, lower, upper)]
    return Mark(f"label of {text}", text, f"id-{text}", *sides, qualifier)


EXACT = mark("341", 341, 341, 341)
MORE = mark("more than 300", 300, 300, None, ">")
NEARLY = mark("nearly 200", 200, 190, 200, "<")
RANGE = mark("100 to 250", None, 100, 250)
MISSING = mark("not stated")
ALL = (EXACT, MORE, NEARLY, RANGE, MISSING)


def bars(*marks):
    return draw_bars(marks, axis_label="organisations", number=str, ax=new_axes(len(marks)))


def svg(*marks, chart_id="chart"):
    return to_svg(bars(*marks), chart_id=chart_id, alt="Bar chart.", description_id="table")


def widths(ax, *, hatched):
    return [patch.get_width() for patch in ax.patches if bool(patch.get_hatch()) == hatched]


def test_exact_number_is_a_solid_bar_of_its_length():
    ax = bars(EXACT)
    assert (widths(ax, hatched=False), widths(ax, hatched=True)) == ([341.0], [])


def test_range_is_solid_to_its_lower_end_and_hatched_from_there():
    ax = bars(RANGE)
    assert (widths(ax, hatched=False), widths(ax, hatched=True)) == ([100.0], [150.0])


def test_nearly_is_hatched_up_to_the_printed_number():
    ax = bars(NEARLY)
    assert (widths(ax, hatched=False), widths(ax, hatched=True)) == ([190.0], [10.0])


def test_more_than_ends_in_an_arrow_and_not_in_a_bar_end():
    arrows = [text for text in bars(MORE).texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == 1
    assert arrows[0].xy[0] > 300


def test_missing_has_no_bar_and_says_so():
    ax = bars(EXACT, MISSING)
    assert widths(ax, hatched=False) == [341.0, 0.0]
    assert "not stated" in [text.get_text() for text in ax.texts]


def test_every_mark_carries_its_name_and_its_number():
    drawn = svg(*ALL)
    for drawn_mark in ALL:
        assert drawn.count(f">{drawn_mark.text}<") == 1
        assert drawn.count(f">{drawn_mark.label}<") == 1


def test_axis_says_what_is_counted():
    assert ">organisations<" in svg(EXACT)


def test_marks_stand_in_the_order_given():
    drawn = svg(MORE, EXACT)
    assert drawn.index(MORE.label) < drawn.index(EXACT.label)


def test_unknown_day_is_a_line_between_its_bounds_and_a_known_day_a_point():
    day, first, last = (date(2024, month, 1).toordinal() for month in (2, 1, 6))
    ax = draw_dates(
        [mark("known", day, day, day), mark("unknown", None, first, last)],
        axis_label="day",
        ticks=[(date(2024, 3, 1), "March")],
        ax=new_axes(2),
    )
    assert [sorted(set(line.get_xdata())) for line in ax.lines] == [[day], [first, last]]


def test_same_marks_give_the_same_bytes():
    assert svg(*ALL) == svg(*ALL)


def test_two_charts_on_a_page_share_no_id():
    ids = [re.findall(r'\bid="([^"]+)"', svg(*ALL, chart_id=name)) for name in ("one", "two")]
    assert ids[0]
    assert set(ids[0]).isdisjoint(ids[1])
    assert all(len(set(names)) == len(names) for names in ids)


def test_what_a_chart_refers_to_is_in_it():
    drawn = svg(*ALL)
    for target in re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', drawn):
        assert f'id="{"".join(target)}"' in drawn


def test_chart_is_an_image_with_a_name_and_a_description():
    drawn = svg(EXACT)
    assert 'role="img" aria-labelledby="chart-alt" aria-describedby="table"' in drawn
    assert '<title id="chart-alt">Bar chart.</title>' in drawn


def test_number_in_a_chart_leads_to_its_figure():
    assert re.search(r'data-figure="id-341"[^>]*>\s*<text[^>]*>341<', svg(EXACT))


def test_label_cannot_become_markup():
    assert "<script>" not in svg(Mark("<script>x</script>", "1", "", Decimal(1), Decimal(1), Decimal(1)))


def test_chart_brings_no_font_no_script_and_no_address():
    drawn = svg(*ALL).replace('xmlns="http://www.w3.org/2000/svg"', "")
    for foreign in ("font-family", "<script", "http", "<style", "<metadata"):
        assert foreign not in drawn


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("name", ["bar", "ink", "muted"])
def test_marks_and_words_stand_out_from_the_paper(name):
    light, dark = sorted((luminance("#fdfdfb"), luminance(COLOURS[name])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= (3 if name == "bar" else 4.5)


def test_rows_do_not_overlap():
    places = [float(y) for y in re.findall(r'<text [^>]*y="([\d.]+)"[^>]*>label of', svg(*ALL))]
    assert len(places) == len(ALL)
    assert all(below - above > 30 for above, below in pairwise(places))
