"""A line through two numbers needs the same thing, the same office, the same ground and two known times."""

from dataclasses import replace
from datetime import date

import pytest
from gold import claim, notes_chain, source

from helpers.compare.derive import compare
from helpers.compare.series import find_series
from helpers.reconcile.figures import reconcile

NOW = source("now")
BEFORE = source("before", published=date(2022, 7, 30))


def series_of(*claims, cards=(NOW, BEFORE)):
    figures = reconcile(claims, cards, {card.source_id: card.source_id for card in cards})
    return find_series(compare(figures, ("VN-25",)), figures)


def test_same_thing_counted_by_one_office_at_two_times_is_a_series():
    (pair,) = series_of(claim("now", "341", 341), claim("before", "335", 335))
    assert (pair.figure, pair.other) == ("VN-25.organisations.coop.2024-02", "VN-25.organisations.coop.2022-07")
    assert (pair.verdict, pair.reasons) == ("comparable", ("period:more_than_12_months",))


@pytest.mark.parametrize(
    ("then", "card", "reason"),
    [
        ({"subset": "operating"}, {}, "subset:unstated_vs_operating"),
        ({"signals": ("expected",)}, {}, "flag:expected"),
        ({"qualifier": ">"}, {}, "qualifier:lower_bound"),
        ({}, {"origin": "People's Committee"}, "origin"),
        (
            {},
            {"published": None, "not_before": date(2021, 1, 1), "not_after": date(2022, 12, 31)},
            "period:undated_bounded",
        ),
        ({"period": "2025-08"}, {}, "boundary"),
    ],
)
def test_what_was_counted_otherwise_only_shows_its_age(then, card, reason):
    (pair,) = series_of(
        claim("now", "341", 341), claim("before", "335", 335, **then), cards=(NOW, replace(BEFORE, **card))
    )
    assert (pair.verdict, reason in pair.reasons) == ("not_comparable", True)


def test_other_scope_is_another_item_and_never_a_series():
    joint = claim("now", "9.503", 9503, "members", "coop+union")
    assert series_of(joint, claim("before", "9.000", 9000, "members")) == []


def test_events_without_a_year_are_no_trend():
    means = [
        claim("now", "1,3 tỷ", 1300000000, "revenue_per_organisation", period="2023"),
        claim("before", "900 triệu", 900000000, "revenue_per_organisation"),
    ]
    (pair,) = series_of(*means)
    assert (pair.verdict, pair.reasons) == ("not_comparable", ("period:undated_bounded",))


def test_order_of_rows_and_figures_changes_nothing():
    chain = notes_chain()
    rows = compare(chain.figures, ("VN-DN", "VN-25", "VN-36"))
    assert find_series(rows[::-1], chain.figures[::-1]) == find_series(rows, chain.figures)


def test_no_trend_is_drawn_through_the_shipped_figures_that_were_counted_in_two_ways():
    chain = notes_chain()
    found = find_series(compare(chain.figures, ("VN-DN", "VN-25", "VN-36")), chain.figures)
    verdicts = {(pair.item, pair.ref_area, pair.other): pair.verdict for pair in found}
    revenue = "revenue_per_organisation.coop"
    assert verdicts[revenue, "VN-25", f"VN-25.{revenue}.undated"] == "not_comparable"
    assert not any({pair.figure, pair.other} >= {"VN-25.members.coop.2023-07-30"} for pair in found)
    assert [pair for pair in found if pair.verdict == "comparable"] == []
