"""Observations: every digit accounted for, every statistic with its meaning, whatever the text."""

import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.read.observations import read_numbers, to_row
from helpers.read.places import load_places
from helpers.records import ROLES

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests/corpus"
PLACES = load_places(ROOT / "data/raw")
LANGUAGES = ("ar", "en", "hi", "id", "vi")
USUAL = {"qualifier": "=", "kind": "level", "sector": None, "subset": None, "area": "same", "period": None}
HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from(list("0123456789٣५.,/-–%:;()[]\n … HTXkoperasi5 năm2023 và")),
        st.characters(),
    ),
    max_size=120,
)


def load_corpus() -> list:
    """Return the sentences of all languages; a known gap is expected to fail until it is closed."""
    cases = []
    for path in sorted(CORPUS.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf8")):
            gap = case.get("known_gap")
            marks = [pytest.mark.xfail(reason=gap, strict=True)] if gap else []
            cases.append(pytest.param(path.stem, case["text"], case["expect"], id=case["id"], marks=marks))
    return cases


def read(language: str, text: str):
    return read_numbers(text, language=language, source_id="s", places=PLACES)


@pytest.mark.parametrize(("language", "text", "expect"), load_corpus())
def test_a_sentence_means_what_the_corpus_says(language, text, expect):
    _, observations = read(language, text)
    rows = [
        {name: getattr(observation, name) for name in ("text", "value", "unit", "indicator", "org_type", *USUAL)}
        for observation in observations
    ]
    assert rows == [USUAL | row | {"value": Decimal(str(row["value"]))} for row in expect]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(LANGUAGES), HOSTILE)
def test_every_digit_lies_in_exactly_one_number(language, text):
    numbers, observations = read(language, text)
    covered = [place for number in numbers for place in range(number.start, number.end)]
    assert len(covered) == len(set(covered))
    assert {place for place, char in enumerate(text) if char.isdecimal()} <= set(covered)
    assert all(text[number.start : number.end] == number.text and number.role in ROLES for number in numbers)
    assert all(text[each.start : each.end] == each.text for each in observations)
    assert all(text[each.quote_start :].startswith(each.quote) and each.text in each.quote for each in observations)


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(LANGUAGES), HOSTILE)
def test_reading_twice_gives_the_same(language, text):
    assert read(language, text) == read(language, text)


@pytest.mark.parametrize(
    "text",
    ["5", "HTX 5", "5 HTX", "\ud800 5 HTX", "\u202e12 HTX", "१٣1 HTX", "e\u0301 5 HTX", "[5] HTX", "ngày 99/99/9999"],
)
def test_a_numeral_is_found_wherever_it_stands(text):
    numbers, _ = read("vi", text)
    assert numbers


def test_an_empty_text_holds_nothing():
    assert read("vi", "") == ([], [])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("HTX có 5 m2 đất", [("5", "other_quantity"), ("2", "other_quantity")]),
        ("HTX lãi bình quân 1 HTX", [("1", "other_quantity")]),
    ],
)
def test_a_digit_inside_a_spelling_is_a_number_too(text, numbers):
    assert [(number.text, number.role) for number in read("vi", text)[0]] == numbers


def test_an_invisible_character_inside_a_numeral_stays_in_its_quote():
    _, (observation,) = read("vi", "Tỉnh có 1\u200b2 HTX.")
    assert (observation.text, observation.value) == ("1\u200b2", 12)


@pytest.mark.parametrize("piece", ["HTX 5 ", "1", "(HTX ", "koperasi", "1,", "e\u0301", "5-", "HTX; "])
def test_work_grows_no_faster_than_the_text(piece):
    def count_calls(times: int) -> int:
        calls = 0

        def count(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count)
        try:
            read("vi", "HTX " + piece * times)
        finally:
            sys.setprofile(None)
        return calls

    count_calls(1)  # what is loaded at the first call counts for nobody
    assert count_calls(2000) < 5 * count_calls(500) + 10_000  # linear is 4; a square would be 16


def test_a_text_of_any_length_is_read_like_a_short_one():
    line = "Tỉnh có 512 HTX với 30.700 thành viên. " * 2_700  # longer than any paragraph is read in one part
    others = "Bà con cùng nhau làm ăn.\n" * 17_000  # with these, longer than any text is kept in memory as a whole
    _, observations = read("vi", f"{line}\n{others}Năm 2023 có 40 HTX mới.")
    found = [(seen.text, seen.indicator, seen.period) for seen in observations]
    assert found == [("512", "organisations", None), ("30.700", "members", None)] * 2_700 + [
        ("40", "established", "2023")
    ]


def test_a_named_cooperative_keeps_its_own_figures():
    text = "HTX Bưởi Xanh Bến Cát có 59 thành viên. Doanh thu đạt 5 tỷ đồng.\nToàn tỉnh có 159 HTX."
    numbers, observations = read("vi", text)
    assert [number.role for number in numbers] == ["own_figure", "own_figure", "statistic"]
    assert [observation.text for observation in observations] == ["159"]


def test_the_alliance_is_never_counted_as_a_union():
    numbers, observations = read("en", "The Provincial Cooperative Union took in 14 members.")
    assert observations == []
    assert [number.role for number in numbers] == ["other_quantity"]


def test_two_counts_of_one_type_in_a_list_are_a_sign_of_a_lost_distinction():
    _, observations = read("hi", "प्रांत में 900 सहकारी समितियाँ, 120 सहकारी समितियाँ और 3 सहकारी संघ हैं जिनके 40,000 सदस्य हैं।")
    assert [observation.signals for observation in observations] == [("same_type_twice",), ("same_type_twice",), (), ()]
    assert observations[-1].org_type == "group+coop+union"


def test_each_of_the_two_leaves_the_scope_open():
    _, observations = read("ar", "تضم المقاطعة 120 تعاونية واتحادين تعاونيين، يضم كل منهما 40,000 عضو.")
    assert observations[-1].signals == ("open_scope",)
    assert observations[-1].readings == ("union", "coop+union")


def test_a_forward_verb_about_a_past_year_stays_a_level_and_says_so():
    reported = "شهدت التعاونيات في عام 2023 تطورا. "
    text = reported + "ومن المتوقع أن يصل متوسط إيرادات التعاونيات في عام 2023 إلى 400 مليون دونج."
    _, (observation,) = read("ar", text)
    assert (observation.kind, observation.signals, observation.period) == ("level", ("expected",), "2023")


def test_a_text_on_another_subject_holds_no_statistic():
    text = "Ngân hàng có 25 chi nhánh, lợi nhuận 5.355 tỷ đồng, tăng 44,3% so với năm 2016."
    numbers, observations = read("vi", text)
    assert observations == []
    assert len(numbers) == 4


def test_the_last_region_mentioned_is_the_area_of_what_follows():
    _, observations = read("vi", "Quảng Trị có 512 HTX. Cả nước có 31.700 HTX. Quảng Trị có 2 liên hiệp HTX.")
    assert [observation.area for observation in observations] == ["same", "VN", "same"]


def test_a_row_for_other_programs_holds_plain_numbers_and_lists():
    _, (observation,) = read("id", "Provinsi memiliki 512 koperasi.")
    row = to_row(observation)
    assert (row["value"], row["readings"], row["signals"], row["source_id"]) == (512, [], [], "s")
    assert isinstance(row["value"], int)


@pytest.mark.parametrize(
    ("language", "text", "signals"),
    [
        ("en", "Under 400 cooperatives were dissolved.", ["at_most"]),
        ("en", "Nearly 400 cooperatives were dissolved.", []),
        ("vi", "Có không quá 400 HTX giải thể.", ["at_most"]),
        ("vi", "Có gần 400 HTX giải thể.", []),
        ("id", "Ada kurang dari 400 koperasi dibubarkan.", ["at_most"]),
        ("id", "Ada hampir 400 koperasi dibubarkan.", []),
        ("ar", "تم حل أقل من 400 تعاونية.", ["at_most"]),
        ("ar", "تم حل ما يقرب من 400 تعاونية.", []),
        ("hi", "400 से कम सहकारी समितियाँ भंग हुईं।", ["at_most"]),
        ("hi", "400 के करीब सहकारी समितियाँ भंग हुईं।", []),
    ],
)
def test_under_a_number_is_told_from_nearly_that_number(language, text, signals):
    (observation,) = read(language, text)[1]
    assert [list(observation.signals), observation.qualifier in ("<", "~")] == [signals, True]


@pytest.mark.parametrize(
    ("language", "text", "signals"),
    [
        ("en", "Workers of the cooperatives have an average income of 5 million VND a month.", [("per_month",)]),
        ("en", "Workers of the cooperatives have a monthly income of 5 million VND.", [("per_month",)]),
        ("vi", "Thu nhập bình quân của lao động trong HTX đạt 60 triệu đồng/người/năm.", [("per_year",)]),
        ("vi", "Thu nhập của lao động trong HTX từ 2,5 - 3 triệu đồng/tháng.", [("per_month",), ("per_month",)]),
        ("vi", "Thu nhập bình quân của lao động trong HTX đạt 60 triệu đồng.", [()]),
        ("id", "Penghasilan rata-rata pekerja koperasi 5,4 juta VND per bulan.", [("per_month",)]),
        ("ar", "بلغ متوسط دخل العامل في التعاونيات 55 مليون دونغ في السنة.", [("per_year",)]),
        ("hi", "सहकारी समितियों के श्रमिकों की औसत आय 60 लाख डोंग प्रति माह है।", [("per_month",)]),
    ],
)
def test_an_income_signals_whether_it_is_a_month_s_or_a_year_s(language, text, signals):
    found = [seen for seen in read(language, text)[1] if seen.indicator == "income_per_worker"]
    assert [seen.signals for seen in found] == signals


def test_a_province_is_not_mistaken_for_the_region_that_it_lies_in():
    text = "Can Tho has 90 cooperatives. Can Tho city in the Mekong Delta founded 16 cooperatives."
    assert [observation.area for observation in read("en", text)[1]] == ["same", "same"]
