"""National values are set beside the areas, each family of statistics for itself, under the same verdicts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from gold import AREAS, ROOT, claim, notes_chain, source
from hypothesis import given
from hypothesis import strategies as st

from helpers.compare.derive import compare
from helpers.compare.plausible import check_computed
from helpers.compare.references import FAMILIES, is_reference, make_references
from helpers.compare.verdicts import judge, settle
from helpers.read.places import load_places
from helpers.read.raw import PRODUCERS, Benchmark, read_benchmarks, read_indicators
from helpers.reconcile.figures import reconcile

RAW = ROOT / "data/raw"
PLACES, INDICATORS = load_places(RAW), read_indicators(RAW)
NATIONAL = make_references(read_benchmarks(RAW, INDICATORS))


def benchmark(value, indicator="organisations", *, period="2023", producer="MPI", **changes):
    what = {"org_type": "coop", "sector": None, "subset": None, "scope": "whole country", "unit": "organisation"}
    about = {"qualifier": "=", "source": "a report", "url": None}
    return Benchmark(
        indicator=indicator, period=period, value=Decimal(value), producer=producer, **{**what, **about, **changes}
    )


def rows_of(*claims, national=(), areas=("VN-25",), card=None):
    card = card or source("one")
    figures = reconcile(claims, (card,), {"one": "one"})
    return compare([*figures, *make_references(national)], areas, PLACES)


def by_area(rows, item):
    return {row.ref_area: row for row in rows if row.item == item}


def test_every_producer_is_a_family_with_an_area_of_its_own():
    assert set(FAMILIES) == set(PRODUCERS)
    assert {figure.ref_area for figure in NATIONAL} == set(FAMILIES.values())
    assert len({figure.figure_id for figure in NATIONAL}) == len(NATIONAL)


@pytest.mark.parametrize(
    ("value", "unit", "lower", "upper"),
    [
        (4300000000, "VND", 4250000000, 4350000000),
        (200000000, "VND", 199500000, 200500000),
        (71000, "organisation", 70500, 71500),
        (29378, "organisation", 29378, 29378),
    ],
)
def test_benchmark_is_rounded_as_its_magnitude_is_printed(value, unit, lower, upper):
    (figure,) = make_references([benchmark(value, unit=unit)])
    assert (figure.lower, figure.upper) == (lower, upper)


def test_national_value_stands_beside_an_area_and_never_alone():
    rows = rows_of(claim("one", "341", 341), national=[benchmark(31700), benchmark(158, org_type="union")])
    assert set(by_area(rows, "organisations.coop")) == {"VN-25", "VN/MPI"}
    assert by_area(rows, "organisations.union") == {}


def test_national_value_nearest_in_time_is_the_reference():
    values = [benchmark(29378, period="2022"), benchmark(31700), benchmark(35041, period="2025")]
    rows = rows_of(claim("one", "341", 341), national=values)
    assert by_area(rows, "organisations.coop")["VN/MPI"].period == "2023"


def test_no_mean_is_made_of_two_families():
    national = [benchmark(5935000, "members", unit="person"), benchmark(31364, producer="VCA")]
    members = claim("one", "95.423", 95423, "members", start=9)
    rows = rows_of(claim("one", "341", 341), members, national=national)
    assert set(by_area(rows, "members_per_organisation.coop")) == {"VN-25"}


def test_two_families_are_not_one_series_and_each_is_compared_with_caution():
    rows = rows_of(claim("one", "341", 341), national=[benchmark(31700), benchmark(31364, producer="VCA")])
    verdicts = {(pair.ref_area, pair.other_area): (pair.verdict, pair.reasons) for pair in judge(rows)}
    assert verdicts["VN-25", "VN/MPI"] == ("with_caution", ("producer:MPI",))
    assert verdicts["VN/MPI", "VN/VCA"][0] == "not_comparable"
    assert "producers_differ" in verdicts["VN/MPI", "VN/VCA"][1]


def test_reference_makes_no_area_comparable():
    rows = rows_of(claim("one", "341", 341), national=[benchmark(31700)])
    settled = by_area(settle(rows, judge(rows)), "organisations.coop")
    assert (settled["VN-25"].verdict, settled["VN-25"].reasons) == ("not_comparable", ("alone",))
    assert settled["VN/MPI"].verdict == "with_caution"


def test_rate_needs_the_population_of_the_same_ground_and_year():
    rate = by_area(rows_of(claim("one", "335", 335, period="2023-07-30")), "organisations_per_100000.coop")["VN-25"]
    assert (rate.value, rate.lower, rate.upper) == (Decimal("51.2077"), Decimal("51.2077"), Decimal("51.2078"))
    assert (rate.assumption, rate.reasons) == ("population:654198:2023:average", ("population:preliminary",))
    assert by_area(rows_of(claim("one", "341", 341, period="2024-02")), "organisations_per_100000.coop") == {}
    assert by_area(rows_of(claim("one", "341", 341, period="2025-08")), "organisations_per_100000.coop") == {}


@given(st.integers(min_value=1, max_value=10**6))
def test_true_rate_lies_inside_its_bounds(count):
    rate = by_area(rows_of(claim("one", str(count), count, period="2023")), "organisations_per_100000.coop")["VN-25"]
    assert rate.lower <= Fraction(count * 100000, 654198) <= rate.upper


def test_computed_mean_of_another_order_of_magnitude_fails_its_check():
    capital = claim("one", "367,7 nghìn tỷ", 367700000000000, "charter_capital", start=9)
    (check,) = check_computed(rows_of(claim("one", "341", 341), capital), INDICATORS)
    assert (check.check_id, check.verdict) == ("VN-25.plausible_range.charter_capital_per_organisation.coop", "differs")
    assert (check.expected, check.found) == (50000000000, Decimal("1078300000000"))


def test_computed_numbers_of_the_shipped_sources_are_plausible():
    rows = compare([*notes_chain().figures, *NATIONAL], AREAS, PLACES)
    assert {check.verdict for check in check_computed(rows, INDICATORS)} == {"agrees"}


def test_order_of_figures_and_references_changes_nothing():
    figures = [*notes_chain().figures, *NATIONAL]
    assert compare(figures[::-1], AREAS, PLACES) == compare(figures, AREAS, PLACES)


def test_areas_and_references_are_told_apart():
    rows = compare([*notes_chain().figures, *NATIONAL], AREAS, PLACES)
    assert {row.ref_area for row in rows if not is_reference(row.ref_area)} == set(AREAS)
    assert all(row.verdict != "missing" for row in rows if is_reference(row.ref_area))
