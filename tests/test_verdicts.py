"""What may stand side by side, and why not: same thing, same time, same ground."""

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from gold import chains, claim, golden, source
from hypothesis import given
from hypothesis import strategies as some

from helpers.compare.derive import compare
from helpers.compare.verdicts import (
    REASONS,
    NotComparableError,
    choose_comparable,
    judge,
    require_comparable,
    settle,
    weight,
)
from helpers.reconcile.figures import reconcile

ONE, OTHER = source("one"), source("other", ref_area="VN-DN", origin="alliance of Da Nang")
AREAS = ("VN-25", "VN-DN")


def judged(*claims, cards=(ONE, OTHER)):
    """Return verdict and reasons by item for the two areas of ``cards``."""
    figures = reconcile(claims, cards, {card.source_id: card.source_id for card in cards})
    return {verdict.item: (verdict.verdict, verdict.reasons) for verdict in judge(compare(figures, AREAS))}


def test_same_thing_same_time_same_ground_is_comparable():
    assert judged(claim("one", "341", 341), claim("other", "148", 148))["organisations.coop"] == ("comparable", ())


@pytest.mark.parametrize(
    ("here", "there", "verdict", "reason"),
    [
        ({}, {"subset": "operating"}, "with_caution", "subset:unstated_vs_operating"),
        ({"subset": "operating"}, {"subset": "new-style"}, "with_caution", "subset:operating_vs_new-style"),
        ({"qualifier": ">"}, {}, "with_caution", "qualifier:lower_bound"),
        ({"qualifier": "<"}, {}, "with_caution", "qualifier:approximate"),
        ({}, {"qualifier": "~"}, "with_caution", "qualifier:approximate"),
        ({"period": "2021"}, {"period": "2023"}, "with_caution", "period:more_than_12_months"),
        ({"period": "2024-06-30"}, {"period": "2024-07-31"}, "with_caution", "law"),
        ({"period": "2025-06-30"}, {"period": "2025-07-31"}, "not_comparable", "boundary"),
        ({"period": "2025"}, {"period": "2025-05"}, "with_caution", "boundary:unknown"),
        ({"signals": ("expected",)}, {}, "with_caution", "flag:expected"),
    ],
)
def test_difference_is_given_as_the_reason(here, there, verdict, reason):
    pair = judged(claim("one", "341", 341, **here), claim("other", "148", 148, **there))
    assert pair["organisations.coop"] == (verdict, (reason,))


def test_a_year_and_a_half_year_of_events_are_not_compared():
    flows = {"indicator": "established", "unit": "organisation"}
    pair = judged(claim("one", "16", 16, period="2023", **flows), claim("other", "9", 9, period="2023-H1", **flows))
    assert pair["established.coop"] == ("not_comparable", ("period:length",))


def test_undated_text_is_compared_with_caution_if_bounded_and_not_at_all_otherwise():
    bounded = replace(OTHER, published=None, not_before=date(2023, 6, 20), not_after=date(2024, 12, 31))
    unbounded = replace(OTHER, published=None)
    claims = claim("one", "341", 341), claim("other", "113", 113)
    assert judged(*claims, cards=(ONE, bounded))["organisations.coop"] == ("with_caution", ("period:undated_bounded",))
    verdict, reasons = judged(*claims, cards=(ONE, unbounded))["organisations.coop"]
    assert (verdict, reasons) == ("not_comparable", ("boundary:unknown", "period:undated"))


def test_joint_count_never_stands_beside_one_of_its_parts():
    pairs = judged(claim("one", "341", 341), claim("other", "148", 148, org_type="coop+union"))
    assert pairs["organisations.coop"] == ("not_comparable", ("missing:VN-DN", "scope:unions_inside_one"))
    assert pairs["organisations.coop+union"] == ("not_comparable", ("missing:VN-25", "scope:unions_inside_one"))


def test_two_kinds_of_capital_are_not_comparable():
    charter = claim("one", "9 tỷ", 9 * 10**9, "charter_capital")
    pairs = judged(charter, claim("other", "8 tỷ", 8 * 10**9, "working_capital"))
    assert pairs["charter_capital.coop"] == ("not_comparable", ("capital_kind", "missing:VN-DN"))
    assert pairs["working_capital.coop"] == ("not_comparable", ("capital_kind", "missing:VN-25"))


def test_dong_and_dollar_are_not_comparable():
    dollars = claim("other", "90 triệu", 90 * 10**6, "charter_capital", unit="USD")
    verdict, reasons = judged(claim("one", "9 tỷ", 9 * 10**9, "charter_capital"), dollars)["charter_capital.coop"]
    assert (verdict, reasons) == ("not_comparable", ("unit",))


def test_number_that_the_other_area_lacks_is_missing_there():
    assert judged(claim("one", "341", 341))["organisations.coop"] == ("missing", ("missing:VN-DN",))


def test_credit_funds_inside_both_are_no_reason():
    def breakdown(source_id):
        counts = (("agriculture", 88), ("industry", 8), ("transport", 7))
        parts = [claim(source_id, str(count), count, sector=sector, start=count) for sector, count in counts]
        funds = claim(source_id, "3", 3, org_type="fund", sector="credit", start=3)
        return claim(source_id, "106", 106), *parts, funds

    both = judged(*breakdown("one"), *breakdown("other"))
    one = judged(*breakdown("one"), claim("other", "113", 113))
    assert both["organisations.coop"] == ("comparable", ())
    assert one["organisations.coop"] == ("with_caution", ("credit_funds:inside_one",))


def test_number_of_a_part_does_not_stand_in_for_the_whole():
    registered = claim("other", "246", 246, org_type="group", subset="registered")
    pairs = judged(claim("one", "1.981", 1981, org_type="group"), registered)
    assert pairs["organisations.group"] == ("not_comparable", ("missing:VN-DN", "scope:part_only"))


def test_mixed_boundaries_are_refused_by_name():
    figures = reconcile(
        (claim("one", "341", 341, period="2025-06-30"), claim("other", "850", 850, period="2025-09-30")),
        (ONE, OTHER),
        {"one": "one", "other": "other"},
    )
    verdicts = judge(compare(figures, AREAS))
    with pytest.raises(NotComparableError, match=r"organisations.coop: VN-25 and VN-DN cannot .* mergers of 2025"):
        require_comparable("organisations.coop", AREAS, verdicts)
    require_comparable("organisations.coop", ["VN-25"], verdicts)


@given(barred=some.sets(some.sampled_from([frozenset(pair) for pair in combinations("abcdefg", 2)])))
def test_no_larger_choice_of_areas_may_stand_side_by_side(barred):
    def stands(areas):
        return barred.isdisjoint(map(frozenset, combinations(areas, 2)))

    chosen = choose_comparable("abcdefg", barred)
    larger = combinations("abcdefg", len(chosen) + 1)
    assert stands(chosen)
    assert chosen == sorted(chosen)
    assert not any(map(stands, larger))


def test_areas_of_a_whole_country_are_chosen_from():
    """Most have a figure of one year, a few of another: there are more sets of areas than anybody could look at."""
    many, few = [f"a{number:02}" for number in range(40)], [f"b{number:02}" for number in range(23)]
    assert choose_comparable([*few, *many], set(map(frozenset, product(many, few)))) == many


def test_rows_take_the_best_verdict_that_they_reach():
    figures = reconcile(
        (claim("one", "341", 341), claim("other", "148", 148), claim("one", "2", 2, org_type="union", start=9)),
        (ONE, OTHER),
        {"one": "one", "other": "other"},
    )
    compared = compare(figures, (*AREAS, "VN-36"))
    rows = {(row.item, row.ref_area): (row.verdict, row.reasons) for row in settle(compared, judge(compared))}
    assert rows["organisations.coop", "VN-25"] == ("comparable", ())
    assert rows["organisations.union", "VN-25"] == ("not_comparable", ("alone",))
    assert rows["organisations.coop", "VN-36"] == ("missing", ())


@pytest.mark.parametrize("chain", chains())
def test_every_reason_that_is_given_is_documented(chain):
    given = {reason for row in (*chain().compared, *chain().verdicts) for reason in row.reasons}
    assert {weight(reason) for reason in given} <= {kind for kind, _ in REASONS.values()}


@pytest.mark.parametrize("row", golden("verdicts"), ids=lambda row: " ".join(row.values()))
@pytest.mark.parametrize("chain", chains())
def test_golden_verdicts_hold(chain, row):
    pair = next(
        verdict
        for verdict in chain().verdicts
        if (verdict.item, verdict.ref_area, verdict.other_area) == (row["item"], row["ref_area"], row["other_area"])
    )
    assert pair.verdict == row["verdict"]
    assert row["reason"] in pair.reasons


def test_incomes_are_compared_only_where_both_are_a_month_s_or_both_a_year_s():
    def pairs(*signals):
        claims = [
            claim(name, "5 triệu", 5000000, "income_per_worker", signals=said, period="2023")
            for name, said in zip(("one", "other"), signals, strict=True)
        ]
        return judged(*claims)

    month, year = ("per_month",), ("per_year",)
    assert pairs(month, month)["income_per_worker.coop.per-month"] == ("comparable", ())
    assert {verdict for verdict, _ in pairs(month, year).values()} == {"missing"}
    assert pairs((), ())["income_per_worker.coop"] == ("not_comparable", ("unit:unsaid_time",))


def test_events_of_an_unknown_time_may_be_those_of_several_years():
    flows = {"indicator": "established", "unit": "organisation"}
    pair = judged(claim("one", "37", 37, **flows), claim("other", "16", 16, period="2023", **flows))
    verdict, reasons = pair["established.coop"]
    assert (verdict, "period:length" in reasons) == ("not_comparable", True)


def test_mean_of_an_unknown_year_is_compared_with_caution():
    means = {"indicator": "revenue_per_organisation"}
    claims = (
        claim("one", "900 triệu", 900000000, **means),
        claim("other", "1,3 tỷ", 1300000000, period="2023", **means),
    )
    assert judged(*claims)["revenue_per_organisation.coop"] == ("with_caution", ("period:undated_bounded",))
