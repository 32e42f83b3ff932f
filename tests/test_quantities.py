"""Quantities: how much is said, in every way of writing it, and never more or less than is printed."""

from decimal import Decimal
from itertools import pairwise

import pytest
from babel.numbers import NumberFormatError, parse_decimal
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.lexicon import load_lexicon
from helpers.read.numerals import MOST_DIGITS, find_convention, parse_numeral
from helpers.read.observations import read_numbers
from helpers.read.quantities import find_quantities

LANGUAGES = ("ar", "en", "hi", "id", "vi")


def found(language: str, text: str) -> list[tuple]:
    """Return the printed text, value, unit and qualifier of each quantity."""
    quantities = find_quantities(text, load_lexicon(language))
    return [(quantity.text, quantity.value, quantity.unit, quantity.qualifier) for quantity in quantities]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("id", "236,5 miliar VND", ("236,5 miliar", 236_500_000_000, "VND", "=")),
        ("id", "lebih dari 5.200 pekerja", ("5.200", 5200, None, ">")),
        ("id", "dua ratus tiga puluh lima koperasi", ("dua ratus tiga puluh lima", 235, None, "=")),
        ("id", "tidak kurang dari 1.150 kelompok", ("1.150", 1150, None, ">=")),
        ("ar", "٢٬٠٢٦ تعاونية", ("٢٬٠٢٦", 2026, None, "=")),
        ("ar", "ما يقرب من ٥٠ ألف عضو", ("٥٠ ألف", 50_000, None, "<")),
        ("ar", "و1.3 مليار دونغ", ("1.3 مليار", 1_300_000_000, "VND", "=")),
        ("ar", "خمسة وعشرين صندوقا", ("خمسة وعشرين", 25, None, "=")),
        ("ar", "واتحادين تعاونيين", ("اتحادين تعاونيين", 2, None, "=")),
        ("ar", "يتجاوز مجموع الأعضاء 376 ألف عضو", ("376 ألف", 376_000, None, ">")),
        ("hi", "१,३६८ समितियाँ", ("१,३६८", 1368, None, "=")),
        ("hi", "28 हज़ार से अधिक", ("28 हज़ार", 28_000, None, ">")),
        ("hi", "4.5 लाख टन", ("4.5 लाख", 450_000, None, "=")),
        ("hi", "12,34,567 सदस्य", ("12,34,567", 1_234_567, None, "=")),
        ("hi", "8.25 बिलियन वीएनडी", ("8.25 बिलियन", 8_250_000_000, "VND", "=")),
        ("vi", "2 tỷ 775 triệu đồng", ("2 tỷ 775 triệu", 2_775_000_000, "VND", "=")),
        ("vi", "gần 20 ngàn người", ("20 ngàn", 20_000, None, "<")),
        ("vi", "từ 10 HTX trở lên", ("10", 10, None, ">=")),
        ("vi", "1.481 tỷ đồng", ("1.481 tỷ", 1_481_000_000_000, "VND", "=")),
        ("en", "VND801.28billion", ("801.28billion", 801_280_000_000, "VND", "=")),
        ("en", "US$123,000", ("123,000", 123_000, "USD", "=")),
        ("en", "7.8 per cent", ("7.8 per cent", Decimal("7.8"), "percent", "=")),
        ("en", "upwards of twenty-five cooperatives", ("twenty-five", 25, None, ">")),
    ],
)
def test_a_quantity_is_read_with_magnitude_unit_and_qualifier(language, text, expected):
    assert found(language, text) == [expected]


def test_a_range_is_two_quantities_of_one_magnitude():
    assert found("en", "3-4.5 million VND") == [
        ("3", 3_000_000, "VND", "="),
        ("4.5 million", 4_500_000, "VND", "="),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("id", "pada 31 Oktober 2025"),
        ("id", "Resolusi No. 20-NQ/TW"),
        ("vi", "Nghị định số 151"),
        ("vi", "ngày 31/12/2021"),
        ("vi", "sản phẩm OCOP 4 sao"),
        ("hi", "20 फरवरी को"),
        ("en", "the 13th congress on July 20, 2019"),
        ("en", "Covid-19"),
        ("ar", "القرار رقم 21"),
    ],
)
def test_dates_laws_ranks_and_names_are_no_quantities(language, text):
    numbers, _ = read_numbers(text, language=language, source_id="s")
    assert {number.role for number in numbers} <= {"date", "legal_reference", "ordinal"}


def test_a_number_word_is_never_found_inside_another_word():
    assert found("id", "keduanya dan ketiganya") == []
    assert found("en", "often weighty tension") == []


def test_a_count_with_a_foreign_thousands_mark_is_whole_and_in_doubt():
    (quantity,) = find_quantities("112.220 عضوًا", load_lexicon("ar"))
    assert (quantity.value, quantity.doubt) == (112220, "separator")


def test_a_text_that_keeps_to_foreign_marks_is_read_by_them():
    assert found("hi", "42,3 अरब, 126,8 अरब, 5.480 अरब")[2] == ("5.480 अरब", 5_480_000_000_000, None, "=")


def test_the_qualifier_has_a_span_of_its_own():
    text = "hampir 310 juta"
    (quantity,) = find_quantities(text, load_lexicon("id"))
    assert text[quantity.qualifier_start : quantity.qualifier_end] == "hampir"


def test_a_run_of_digits_too_long_to_count_anything_is_no_quantity():
    assert found("vi", "9" * (MOST_DIGITS + 1)) == []


@given(
    st.sampled_from(LANGUAGES),
    st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False),
    st.booleans(),
)
def test_what_babel_reads_strictly_is_read_the_same(language, value, grouped):
    lexicon = load_lexicon(language)
    printed = f"{value:,}" if grouped else str(value)
    printed = printed.translate({ord(","): lexicon.group, ord("."): lexicon.decimal})
    try:
        expected = parse_decimal(printed, locale=language, strict=True, numbering_system="latn")
    except NumberFormatError:
        return
    parsed = parse_numeral(printed, decimal=lexicon.decimal, group=lexicon.group, fraction_likely=True)
    assert parsed is not None
    assert parsed[0] == expected


@given(st.sampled_from(LANGUAGES), st.text(max_size=200))
def test_a_quantity_is_always_what_stands_at_its_span(language, text):
    quantities = find_quantities(text, load_lexicon(language))
    assert all(text[quantity.start : quantity.end] == quantity.text for quantity in quantities)
    assert all(left.end <= right.start for left, right in pairwise(quantities))


def test_the_language_keeps_its_marks_where_witnesses_are_tied():
    assert find_convention("1,5 and 2.5", ".", ",") == (".", ",")
