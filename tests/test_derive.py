"""Derived figures keep bounds, sums build common scopes, and what is lacking stays missing."""

from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from itertools import permutations

import pytest
from gold import ROOT, as_printed, chains, claim, golden, notes_chain, read_notes, run_chain, source, split
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.compare.derive import compare
from helpers.compare.verdicts import judge
from helpers.read.raw import read_indicators
from helpers.reconcile.corrections import Correction
from helpers.reconcile.figures import reconcile
from helpers.records import DERIVED_INDICATORS, INDICATORS

ONE, OTHER = source("one"), source("other", ref_area="VN-DN", origin="alliance of Da Nang")
AREAS = ("VN-25", "VN-DN")


def rows_of(*claims, cards=(ONE, OTHER), areas=AREAS):
    figures = reconcile(claims, cards, {card.source_id: card.source_id for card in cards})
    return {(row.item, row.ref_area): row for row in compare(figures, areas)}


def numbers(row):
    return row.value, row.lower, row.upper, row.qualifier, row.formula


GROUPS = claim("one", "1.981", 1981, org_type="group", start=10)
COOPS = claim("one", "341", 341, subset="operating", start=20)
UNIONS = claim("one", "2", 2, org_type="union", start=30)

MANY = (
    claim("one", "23.910", 23910, "members", "group", start=40),
    claim("one", "350", 350, kind="target", start=50),
    claim("other", "148", 148, org_type="coop+union"),
    claim("other", "149", 149, org_type="coop+union", start=10, signals=("same_type_twice",)),
    claim("other", "1.981", 1981, area="VN-25", start=20),
)
DECISIONS = (
    Correction("other#149", {"subset": None}, {"subset": "registered"}, "it says so", "an analyst", date(2024, 3, 1)),
)


def test_common_scope_is_built_from_its_parts():
    row = rows_of(COOPS, UNIONS, claim("other", "148", 148, org_type="coop+union"))["organisations.coop+union", "VN-25"]
    assert numbers(row) == (343, 343, 343, "=", "sum")
    assert row.figures == ("VN-25.organisations.coop.operating.2024-02", "VN-25.organisations.union.2024-02")
    assert (row.reasons, row.subset) == (("scope:sum_built",), "operating")


def test_scope_is_not_built_where_a_part_is_unknown():
    rows = rows_of(COOPS, claim("other", "148", 148, org_type="coop+union"))
    assert rows["organisations.coop+union", "VN-25"].verdict == "missing"


def test_every_area_has_a_row_for_every_item_and_a_missing_one_says_so():
    rows = rows_of(GROUPS)
    row = rows["organisations.group", "VN-DN"]
    assert (row.verdict, row.period, row.figures) == ("missing", None, ())
    assert (row.value, row.lower, row.upper) == (None, None, None)
    assert {area for _, area in rows} == set(AREAS)


def test_item_that_no_area_shows_is_no_item():
    assert {item for item, _ in rows_of(GROUPS)} == {"organisations.group"}


def test_lower_bound_stays_one_through_a_ratio_and_rounds_down():
    workers = claim("one", "14.000", 14000, "workers", qualifier=">", start=40)
    row = rows_of(COOPS, workers)["workers_per_organisation.coop", "VN-25"]
    assert numbers(row) == (Decimal("41.0557"), Decimal("41.0557"), None, ">", "ratio")
    assert Decimal(14000) / 341 > row.lower


def test_rounded_numeral_widens_the_mean():
    capital = claim("one", "367,7 tỷ", 367700000000, "charter_capital", start=40)
    row = rows_of(COOPS, capital)["charter_capital_per_organisation.coop", "VN-25"]
    assert row.lower < Decimal(367700000000) / 341 < row.upper


def test_open_scope_gives_a_range_and_no_point():
    open_scope = {"readings": ("union", "group+coop+union"), "org_type": "union"}
    members = claim("one", "82,256", 82256, "members", **open_scope, start=40)
    of_groups = claim("one", "23.910", 23910, "members", "group", start=50)
    row = rows_of(COOPS, UNIONS, members, of_groups)["members_per_organisation.coop+union", "VN-25"]
    assert numbers(row) == (None, Decimal("170.104"), Decimal("239.814"), "=", "ratio")
    assert (row.flags, row.reasons) == (("ambiguous",), ("scope:open", "scope:sum_built"))


def test_result_unbounded_on_both_sides_is_not_published():
    some = claim("one", "300", 300, qualifier=">"), claim("one", "9.000", 9000, "workers", qualifier=">", start=9)
    assert ("workers_per_organisation.coop", "VN-25") not in rows_of(*some)


def test_terms_of_two_times_make_no_ratio():
    members = claim("one", "9.000", 9000, "members", period="2021")
    assert ("members_per_organisation.coop", "VN-25") not in rows_of(COOPS, members)


def test_conversion_may_have_stayed_in_the_legal_form():
    flows = [
        claim("one", str(count), count, name, unit="organisation", period="2023", start=count)
        for name, count in (("established", 16), ("dissolved", 2), ("converted", 1))
    ]
    row = rows_of(*flows)["net_established.coop", "VN-25"]
    assert (numbers(row), row.assumption) == ((13, 13, 14, "=", "difference"), "converted_left")


def test_births_without_known_deaths_are_no_net_change():
    born = claim("one", "16", 16, "established", unit="organisation", period="2023")
    assert ("net_established.coop", "VN-25") not in rows_of(born)


@pytest.mark.parametrize(
    ("total", "assumption", "lower", "upper"),
    [
        (104, "unplaced_anywhere:1", "84.6153", "85.5770"),
        (102, "counted_twice:1", "85.2941", "86.2746"),
    ],
)
def test_share_of_a_sector_spans_what_the_unplaced_may_be(total, assumption, lower, upper):
    sectors = [
        claim("one", str(count), count, sector=sector, start=count)
        for sector, count in (("agriculture", 88), ("industry", 8), ("transport", 7))
    ]
    row = rows_of(claim("one", str(total), total), *sectors)["sector_share.coop.agriculture", "VN-25"]
    assert (row.value, row.lower, row.upper, row.assumption) == (None, Decimal(lower), Decimal(upper), assumption)
    assert row.lower <= Decimal(8800) / 103 <= row.upper


def test_mean_has_the_currency_of_its_sum_and_currencies_are_never_added():
    dollars = claim("one", "5 triệu USD", 5000000, "charter_capital", unit="USD", start=40)
    dong = claim("one", "9 tỷ", 9000000000, "charter_capital", "union", start=60)
    rows = rows_of(COOPS, UNIONS, dollars, dong)
    assert rows["charter_capital_per_organisation.coop", "VN-25"].unit == "USD"
    assert ("charter_capital.coop+union", "VN-25") not in rows


@pytest.mark.parametrize(
    ("item", "above", "below", "shorter"),
    [
        ("net_established.coop", "established", "dissolved", "2023-H1"),
        ("loan_per_project.none", "loans_disbursed", "projects_financed", "2023-Q1"),
    ],
)
def test_what_happened_in_a_year_is_not_set_against_what_happened_in_a_part_of_it(item, above, below, shorter):
    def rows(period):
        flows = claim("one", "160", 160, above, period="2023"), claim("one", "20", 20, below, period=period, start=9)
        return rows_of(*flows)

    assert (item, "VN-25") in rows("2023")
    assert (item, "VN-25") not in rows(shorter)


def test_mean_revenue_of_a_half_year_is_that_of_a_half_year():
    revenue = claim("one", "500 tỷ", 500000000000, "revenue_total", period="2023-H1", start=9)
    count = claim("one", "341", 341, period="2023-05")
    row = rows_of(revenue, count)["revenue_per_organisation.coop", "VN-25"]
    assert (row.period, row.period_start, row.period_end) == ("2023-H1", date(2023, 1, 1), date(2023, 6, 30))


def test_stock_of_any_of_several_years_makes_no_mean_with_one_of_a_year():
    members = claim("one", "9.000", 9000, "members", period="2018", start=9)
    rows = rows_of(claim("one", "341", 341, period="2016-2020"), members)
    assert ("members_per_organisation.coop", "VN-25") not in rows


def test_two_undated_texts_make_no_mean_although_they_lie_between_the_same_days():
    wide = {"published": None, "not_before": date(2021, 1, 1), "not_after": date(2024, 12, 31)}
    cards = replace(ONE, **wide), replace(ONE, source_id="other", **wide)
    members = claim("other", "9.000", 9000, "members")
    assert ("members_per_organisation.coop", "VN-25") not in rows_of(COOPS, members, cards=cards)
    together = rows_of(COOPS, replace(members, source_id="one", start=60), cards=cards)
    assert ("members_per_organisation.coop", "VN-25") in together


@pytest.mark.parametrize("part", [{"sector": "agriculture"}, {"subset": "registered"}])
def test_part_that_is_larger_than_its_whole_has_no_share(part):
    rows = rows_of(claim("one", "100", 100), claim("one", "246", 246, start=9, **part))
    assert [item for item, _ in rows if "share" in item] == []


def test_share_never_exceeds_the_whole():
    rows = rows_of(claim("one", "100", 100), claim("one", "99", 99, qualifier="~", subset="registered", start=9))
    row = rows["registered_share.coop", "VN-25"]
    assert (row.lower, row.upper) == (Decimal("94.05"), 100)


def test_share_is_of_the_latest_time_of_which_part_and_whole_are_known():
    old = replace(ONE, source_id="other", published=date(2016, 8, 25))
    then = [
        claim("other", "1.205", 1205, org_type="group", subset="operating"),
        claim("other", "590", 590, org_type="group", subset="registered", start=9),
    ]
    row = rows_of(GROUPS, *then, cards=(ONE, old))["registered_share.group", "VN-25"]
    assert (row.value, row.period) == (Decimal("48.9627"), "2016-08")


def test_cooperatives_are_set_against_groups_where_unions_are_not_counted():
    row = rows_of(claim("one", "84", 84), claim("one", "1.300", 1300, org_type="group", start=9))[
        "share_among_groups.coop", "VN-25"
    ]
    assert (row.value, row.formula) == (Decimal("6.06936"), "share")


def test_computed_number_beyond_what_is_plausible_is_doubtful():
    members = claim("one", "9.000.000", 9000000, "members", start=40)
    figures = reconcile((COOPS, members), (ONE,), {"one": "one"})
    rows = {row.item: row for row in compare(figures, ("VN-25",), indicators=read_indicators(ROOT / "data/raw"))}
    assert rows["members_per_organisation.coop"].flags == ("doubtful",)
    assert "flag:doubtful" in rows["members_per_organisation.coop"].reasons


def test_lower_bound_of_a_share_rounds_down_although_the_nearest_digit_is_higher():
    items = {(row.item, row.ref_area): row for row in notes_chain().compared}
    row = items["sector_share.coop.agriculture", "VN-36"]
    assert (row.lower, row.upper) == (Decimal("77.8761"), Decimal("78.7611"))
    assert as_printed(row.lower, "77.8", ROUND_FLOOR) == "77.8"  # 88 of 113 are 77.876 %: "77.9 or more" would be false
    assert as_printed(row.upper, "78.8", ROUND_CEILING) == "78.8"


def test_share_of_a_sector_of_which_only_a_ceiling_is_known_has_no_lower_end():
    counts = (("agriculture", 88, "="), ("industry", 8, "<"), ("transport", 7, "="))
    sectors = [
        claim("one", str(count), count, sector=sector, qualifier=sign, signals=("at_most",), start=count)
        for sector, count, sign in counts
    ]
    row = rows_of(claim("one", "104", 104), *sectors)["sector_share.coop.industry", "VN-25"]
    assert (row.value, row.lower, row.upper) == (None, None, Decimal("7.69231"))


def test_mean_that_is_printed_is_preferred_to_one_computed():
    terms = (
        claim("one", "1,3 tỷ", 1300000000, "revenue_per_organisation"),
        claim("one", "500 tỷ", 500000000000, "revenue_total", start=9),
        claim("other", "100 tỷ", 100000000000, "revenue_total", period="2024"),
        claim("other", "100", 100, start=9),
    )
    rows = rows_of(COOPS, *terms)
    assert rows["revenue_per_organisation.coop", "VN-25"].formula == "figure"
    assert numbers(rows["revenue_per_organisation.coop", "VN-DN"])[0::4] == (1000000000, "ratio")


def test_later_stock_is_shown_before_an_earlier_one():
    earlier = replace(ONE, source_id="earlier", published=date(2023, 7, 30))
    row = rows_of(COOPS, claim("earlier", "335", 335), cards=(ONE, earlier))["organisations.coop", "VN-25"]
    assert (row.value, row.period) == (341, "2024-02")


def test_plans_and_growth_are_no_state_of_an_area():
    plan, growth = claim("one", "350", 350, kind="target"), claim("one", "41", 41, kind="change", start=9)
    assert rows_of(plan, growth) == {}


def test_loose_date_of_one_term_is_the_date_of_the_result():
    undated = source("other", published=None, not_before=date(2024, 1, 1), not_after=date(2024, 12, 31))
    members = claim("other", "23.910", 23910, "members", "group")
    row = rows_of(GROUPS, members, cards=(ONE, undated))["members_per_organisation.group", "VN-25"]
    assert (row.period, row.period_basis, row.period_end) == ("2024-02", "bounded", date(2024, 12, 31))
    assert row.reasons == ("period:undated_bounded",)


def test_term_that_may_be_of_any_of_several_years_makes_no_ratio_with_another_text():
    undated = source("other", published=None, not_before=date(2006, 1, 1))
    members = claim("other", "31.730", 31730, "members", "group")
    rows = rows_of(GROUPS, members, cards=(ONE, undated))
    assert ("members_per_organisation.group", "VN-25") not in rows
    assert ("members_per_organisation.group", "VN-25") in rows_of(replace(members, source_id="one"), GROUPS)


def test_order_of_figures_changes_nothing():
    claims = (GROUPS, COOPS, UNIONS, claim("other", "148", 148, org_type="coop+union"))
    cards = (ONE, OTHER)
    figures = reconcile(claims, cards, {card.source_id: card.source_id for card in cards})
    assert len({tuple(compare(order, AREAS)) for order in permutations(figures)}) == 1


def test_area_named_twice_is_refused():
    with pytest.raises(ValueError, match="name each once"):
        compare([], ("VN-25", "VN-25"))


# -- the real sources


def test_order_of_sources_and_their_numbers_changes_nothing_in_any_table():
    backwards = run_chain(*(rows[::-1] for rows in read_notes()))
    assert backwards == notes_chain()


@pytest.mark.parametrize("row", golden("comparison"), ids=lambda row: f"{row['item']} {row['ref_area']}")
@pytest.mark.parametrize("chain", chains())
def test_golden_comparison_holds(chain, row):
    found = next(r for r in chain().compared if (r.item, r.ref_area) == (row["item"], row["ref_area"]))
    assert (
        as_printed(found.value, row["value"], ROUND_FLOOR if found.upper is None else ROUND_HALF_EVEN) == row["value"]
    )
    assert as_printed(found.lower, row["lower"], ROUND_FLOOR) == row["lower"]
    assert as_printed(found.upper, row["upper"], ROUND_CEILING) == row["upper"]
    assert (found.qualifier, found.formula) == (row["qualifier"], row["formula"])
    assert set(split(row["reasons"])) <= set(found.reasons)


def test_every_indicator_of_the_comparison_is_defined():
    assert {row.indicator for row in notes_chain().compared} <= {*INDICATORS, *DERIVED_INDICATORS}


@pytest.mark.parametrize("chain", chains())
def test_participants_are_never_divided_by_campaigns(chain):
    terms = {figure for row in chain().compared if row.formula != "figure" for figure in row.figures}
    assert [term for term in terms if ".training_" in term] == []


@pytest.mark.parametrize("chain", chains())
def test_every_value_lies_within_its_own_bounds(chain):
    for row in (*chain().figures, *chain().compared):
        if row.value is not None:
            assert row.lower is None or row.lower <= row.value, row
            assert row.upper is None or row.value <= row.upper, row


@pytest.mark.parametrize("chain", chains())
def test_no_number_is_unbounded_on_both_sides(chain):
    computed = [row for row in chain().compared if row.formula != "figure" and row.verdict != "missing"]
    assert [row.item for row in computed if row.lower is None and row.upper is None] == []


@settings(deadline=None)
@given(st.permutations([GROUPS, COOPS, UNIONS, *MANY]))
def test_no_order_of_claims_changes_figures_rows_or_verdicts(claims):
    def outcome(order):
        figures = reconcile(order, (ONE, OTHER), {"one": "one", "other": "other"}, corrections=DECISIONS)
        return figures, judge(compare(figures, AREAS))

    assert outcome(claims) == outcome([GROUPS, COOPS, UNIONS, *MANY])
