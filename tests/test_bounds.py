"""Intervals promise that the truth lies inside; rounding and arithmetic keep the promise."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.reconcile.bounds import Interval, enclose, exactly, rounded

counts = st.integers(min_value=1, max_value=10**12).map(Decimal)
slacks = st.integers(min_value=0, max_value=10**12).map(Decimal)


@st.composite
def uncertain(draw):
    """A true count and an interval that holds it, sometimes open upwards."""
    truth = draw(counts)
    lower = max(truth - draw(slacks), Decimal(0))
    upper = draw(st.none() | slacks.map(lambda slack: truth + slack))
    return truth, Interval(lower, upper)


def holds(bounds: Interval, truth: Fraction) -> bool:
    return (bounds.lower is None or Fraction(bounds.lower) <= truth) and (
        bounds.upper is None or truth <= Fraction(bounds.upper)
    )


@given(uncertain(), uncertain(), st.integers(min_value=1, max_value=8))
def test_true_ratio_lies_inside_the_printed_bounds(above, below, digits):
    truth = Fraction(above[0]) / Fraction(below[0])
    assert holds((above[1] / below[1]).rounded_out(digits), truth)
    assert holds((above[1] / below[1]).scaled(100).rounded_out(digits), truth * 100)


@given(uncertain(), uncertain())
def test_true_sum_and_difference_lie_inside_the_bounds(one, other):
    assert holds(one[1] + other[1], Fraction(one[0] + other[0]))
    assert holds(one[1] - other[1], Fraction(one[0] - other[0]))


@given(counts, counts, st.integers(min_value=1, max_value=8))
def test_rounded_value_lies_inside_the_bounds_rounded_outwards(above, below, digits):
    bounds = (exactly(above) / exactly(below)).rounded_out(digits)
    assert rounded(above / below, digits) in bounds


@given(uncertain(), uncertain())
def test_hull_holds_both_and_meeting_is_mutual(one, other):
    hull = one[1].hull(other[1])
    assert one[0] in hull
    assert other[0] in hull
    assert one[1].meets(other[1]) == other[1].meets(one[1])


@given(counts, st.integers(min_value=0, max_value=6))
def test_rounding_a_count_to_a_magnitude_word_keeps_the_count_inside(count, dropped):
    step = Decimal(10) ** (dropped + 3)
    printed = (count / step).quantize(Decimal(1))
    assert count in enclose(printed * step, text=f"{printed} nghìn", qualifier="=", unit="person") or printed == 0


@pytest.mark.parametrize(
    ("text", "value", "qualifier", "unit", "lower", "upper"),
    [
        ("1.981", "1981", "=", "organisation", "1981", "1981"),
        ("14.000", "14000", ">", "person", "14000", None),
        ("14.000", "14000", ">=", "person", "14000", None),
        ("1,3 miliar", "1300000000", "=", "VND", "1250000000", "1350000000"),
        ("367,7 tỷ", "367700000000", "=", "VND", "367650000000", "367750000000"),
        ("٩٫٤٥ مليار", "9450000000", "=", "VND", "9445000000", "9455000000"),
        ("60%", "60", "=", "percent", "59.5", "60.5"),
        ("2,6 %", "2.6", "=", "percent", "2.55", "2.65"),
        ("0%", "0", "=", "percent", "0", "0"),
        ("दो", "2", "=", "organisation", "2", "2"),
        ("407 juta", "407000000", "<", "VND", "386650000", "407000000"),
        ("407 मिलियन", "407000000", "~", "VND", "386650000", "427350000"),
    ],
)
def test_printed_number_says_this_much_about_the_truth(text, value, qualifier, unit, lower, upper):
    bounds = enclose(Decimal(value), text=text, qualifier=qualifier, unit=unit)
    assert bounds == Interval(Decimal(lower), upper and Decimal(upper))


def test_more_than_over_more_than_says_nothing():
    assert (Interval(Decimal(40), None) / Interval(Decimal(3), None)).is_open


def test_division_by_a_count_that_may_be_zero_has_no_upper_end():
    assert exactly(Decimal(6)) / Interval(Decimal(0), Decimal(3)) == Interval(Decimal(2), None)


def test_ratio_of_a_change_is_refused():
    with pytest.raises(ValueError, match="a change has no ratio"):
        exactly(Decimal(-3)) / exactly(Decimal(2))


def test_interval_the_wrong_way_round_is_refused():
    with pytest.raises(ValueError, match="swap the two ends"):
        Interval(Decimal(2), Decimal(1))


def test_under_a_number_says_nothing_about_how_far_under():
    bounds = enclose(Decimal(400), text="400", qualifier="<", unit="organisation", at_most=True)
    assert bounds == Interval(None, Decimal(400))
