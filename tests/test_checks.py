"""Checks add up, compare and explain; they change no figure."""

from datetime import date
from decimal import Decimal

import pytest
from gold import ROOT, chains, claim, golden, source

from helpers.read.raw import read_indicators
from helpers.reconcile.checks import PLAUSIBILITY, run_checks
from helpers.reconcile.figures import reconcile

INDICATORS = read_indicators(ROOT / "data/raw")
YEAR_BEFORE = source("before", published=date(2023, 1, 10))
NOW = source("now", published=date(2024, 1, 20))


def checks_of(check, *claims):
    cards = (YEAR_BEFORE, NOW)
    figures = reconcile(claims, cards, {card.source_id: card.source_id for card in cards})
    return [made for made in run_checks(figures, INDICATORS) if made.check == check]


def sectors(**counts):
    return [
        claim("now", str(count), count, sector=None if sector == "whole" else sector, start=10 * place)
        for place, (sector, count) in enumerate(counts.items())
    ]


def outcome(checks):
    return [(check.verdict, check.expected, check.found) for check in checks]


def test_sectors_that_miss_the_total_are_told():
    (check,) = checks_of("parts_total", *sectors(whole=113, agriculture=88, industry=8, transport=7, trade_services=6))
    assert (check.verdict, check.expected, check.found) == ("differs", 113, 109)
    assert check.explanation == "the sectors add up to 109; the text says 113"
    assert check.figures[0] == "VN-25.organisations.coop.2024-01"


def test_credit_funds_count_as_a_part_where_they_bring_the_sum_closer():
    parts = sectors(whole=113, agriculture=88, industry=8, transport=7, trade_services=6)
    (check,) = checks_of("parts_total", *parts, claim("now", "3", 3, org_type="fund", sector="credit", start=99))
    assert (check.found, check.explanation) == (112, "the sectors and credit funds add up to 112; the text says 113")


def test_credit_funds_stay_out_where_the_sectors_make_the_total():
    parts = sectors(whole=103, agriculture=88, industry=8, transport=7)
    funds = claim("now", "3", 3, org_type="fund", sector="credit", start=99)
    assert outcome(checks_of("parts_total", *parts, funds)) == [("agrees", 103, 103)]


def test_one_sector_beside_a_total_is_no_breakdown():
    assert checks_of("parts_total", *sectors(whole=113, agriculture=88)) == []


def test_parts_of_a_total_that_is_more_than_a_number_are_more_than_it():
    whole = claim("now", "90", 90, qualifier=">")
    parts = sectors(agriculture=71, industry=7, trade_services=7, transport=5)
    parts = [part for part in parts if part.sector]
    funds = claim("now", "3", 3, org_type="fund", sector="credit", subset="operating", start=99)
    assert outcome(checks_of("parts_total", whole, *parts, funds)) == [("agrees", 90, 93)]


def test_legal_forms_are_added_up_against_their_joint_count():
    joint, coops = claim("now", "150", 150, org_type="coop+union"), claim("now", "146", 146, start=5)
    unions = claim("now", "2", 2, org_type="union", start=9)
    assert outcome(checks_of("types_total", joint, coops, unions)) == [("differs", 150, 148)]
    assert checks_of("types_total", joint, coops) == []


def test_rounded_parts_agree_with_a_total_that_they_may_make_up():
    total = claim("now", "1,3 tỷ", 1300000000, "charter_capital", "coop+union")
    coops = claim("now", "1,2 tỷ", 1200000000, "charter_capital", start=9)
    unions = claim("now", "60 triệu", 60000000, "charter_capital", "union", start=20)
    assert outcome(checks_of("types_total", total, coops, unions)) == [("agrees", 1300000000, 1260000000)]


@pytest.mark.parametrize(("subset", "verdict"), [(246, "agrees"), (2000, "differs")])
def test_subset_is_at_most_its_whole(subset, verdict):
    whole = claim("now", "1.981", 1981, org_type="group")
    part = claim("now", str(subset), subset, org_type="group", subset="registered", start=9)
    assert outcome(checks_of("subset_in_whole", whole, part)) == [(verdict, 1981, subset)]


@pytest.mark.parametrize(("qualifier", "verdict"), [("=", "differs"), (">", "cannot_say"), ("<", "differs")])
def test_fewer_members_than_organisations_cannot_be(qualifier, verdict):
    counts = claim("now", "1.529", 1529), claim("now", "1.226", 1226, "members", qualifier=qualifier, start=9)
    assert outcome(checks_of("members_per_organisation", *counts)) == [(verdict, 1529, 1226)]


def test_more_workers_than_members_is_told():
    workers = claim("now", "4.500", 4500, "workers", qualifier=">", start=9)
    (check,) = checks_of("workers_per_member", claim("now", "2.159", 2159, "members"), workers)
    assert (check.verdict, check.explanation) == ("differs", "more than 4,500 workers beside 2,159 members")


def test_value_outside_the_plausible_range_names_the_limit():
    slip = claim("now", "8.377 miliar", 8377000000000, "revenue_per_organisation")
    (check,) = checks_of("plausible_range", slip)
    assert (check.verdict, check.expected) == ("differs", INDICATORS["revenue_per_organisation"].plausible_max)
    assert "not above" in check.explanation


def test_plausible_value_breaks_no_limit():
    assert outcome(checks_of("plausible_range", claim("now", "341", 341))) == [("agrees", None, 341)]


FLOWS = (
    claim("now", "16", 16, "established", unit="organisation", period="2023", start=10),
    claim("now", "2", 2, "dissolved", unit="organisation", period="2023", start=20),
    claim("now", "1", 1, "converted", unit="organisation", period="2023", start=30),
)


def test_births_and_deaths_are_set_against_the_change_of_the_stock():
    stocks = claim("before", "328", 328), claim("now", "341", 341)
    assert outcome(checks_of("stock_change", *FLOWS, *stocks)) == [("agrees", 13, 13)]


def test_change_of_an_unknown_stock_cannot_be_told():
    (check,) = checks_of("stock_change", *FLOWS, claim("now", "341", 341))
    assert (check.verdict, check.found) == ("cannot_say", None)
    assert check.explanation.endswith("make a change of 13; the stock before or after is not known")


def test_every_check_has_its_own_id():
    claims = [*sectors(whole=103, agriculture=88, industry=8, transport=7), *FLOWS]
    figures = reconcile(claims, (NOW,), {"now": "now"})
    ids = [check.check_id for check in run_checks(figures, INDICATORS)]
    assert ids == sorted(set(ids))


@pytest.mark.parametrize("row", golden("checks"), ids=lambda row: row["check_id"])
@pytest.mark.parametrize("chain", chains())
def test_golden_checks_hold(chain, row):
    check = next(check for check in chain().checks if check.check_id == row["check_id"])
    found = Decimal(row["found"]) if row["found"] else None
    assert (check.verdict, check.expected, check.found) == (row["verdict"], Decimal(row["expected"]), found)


@pytest.mark.parametrize(
    ("printed", "value", "unit", "verdict", "limit"),
    [
        ("203,5 juta", 203500000, "VND", "agrees", None),
        ("203.5 million", 203500000, "USD", "differs", 250000),
        ("8.377 miliar", 8377000000000, "VND", "differs", 5000000000),
        ("20", 20, "USD", "differs", 37),
    ],
)
def test_number_that_slipped_by_orders_of_magnitude_is_told_in_either_currency(printed, value, unit, verdict, limit):
    profit = claim("now", printed, value, "profit_per_organisation", unit=unit, period="2023")
    assert outcome(checks_of("plausible_range", profit)) == [(verdict, limit, value)]


def test_range_that_lies_beyond_what_is_plausible_is_told():
    ends = [
        claim("now", text, value, "income_per_worker", start=start, quote="30-35 tỷ", quote_start=0, period="2023")
        for text, value, start in (("30", 30 * 10**9, 0), ("35 tỷ", 35 * 10**9, 3))
    ]
    assert [verdict for verdict, *_ in outcome(checks_of("plausible_range", *ends))] == ["differs"]


@pytest.mark.parametrize(("signal", "verdict"), [("per_year", "agrees"), ("per_month", "differs")])
def test_income_of_a_year_is_no_plausible_one_of_a_month(signal, verdict):
    income = claim("now", "60 triệu", 60000000, "income_per_worker", period="2023", signals=(signal,))
    assert [found for found, *_ in outcome(checks_of("plausible_range", income))] == [verdict]


AMOUNTS = {
    "revenue_per_organisation": 1300000000,
    "profit_per_organisation": 200000000,
    "charter_capital": 850000000000,
    "working_capital": 400000000000,
    "capital": 400000000000,
    "revenue_total": 500000000000,
    "profit_total": 50000000000,
    "loans_outstanding": 14500000000,
    "budget_support": 5000000000,
    "income_per_worker": 60000000,
}


@pytest.mark.parametrize("factor", [Decimal("0.000001"), Decimal("0.001"), 1, 1000, 1000000])
@pytest.mark.parametrize("indicator", AMOUNTS)
def test_amount_of_money_that_lost_or_gained_a_thousand_is_told(indicator, factor):
    amount = claim("now", "1 tỷ", AMOUNTS[indicator] * factor, indicator, start=9, period="2023")
    figures = reconcile([claim("now", "341", 341), amount], (NOW,), {"now": "now"})
    verdicts = {check.verdict for check in run_checks(figures, INDICATORS) if check.check in PLAUSIBILITY}
    assert ("differs" in verdicts) == (factor != 1)


def test_sum_of_money_is_held_against_the_count_of_its_own_organisations():
    claims = [
        claim("now", "341", 341),
        claim("now", "43", 43, subset="alliance-members", start=5),
        claim("now", "139 tỷ", 139000000000, "charter_capital", subset="alliance-members", start=9),
    ]
    (check,) = checks_of("plausible_mean", *claims)
    assert check.figures[1] == "VN-25.organisations.coop.alliance-members.2024-01"
    assert check.explanation.startswith("139,000,000,000 of 43 organisations is some 3,220,930,000 each; plausible is")
