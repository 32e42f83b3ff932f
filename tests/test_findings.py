"""Sentences follow from the tables: each rule says what the figures say, with its doubt, or says nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from briefings import AREA, OTHER, THIRD, briefing, claim, figure, missing, row

from helpers.brief import comparing, findings, names
from helpers.compare.verdicts import BAR, CAUTION, REASONS
from helpers.records import Check, Verdict

GROUPS, COOPS, UNIONS = figure("group", 1981), figure("coop", 341), figure("union", 2)
PART = row("organisations.coop+union", COOPS, UNIONS, formula="sum", value=Decimal(343), lower=None, upper=None)
WHOLE = row("organisations.group+coop+union", GROUPS, COOPS, UNIONS, formula="sum", value=Decimal(2324))
SHARE = row(
    "share_of_organisations.coop+union",
    COOPS,
    UNIONS,
    GROUPS,
    formula="share",
    unit="percent",
    value=Decimal("14.759"),
    lower=Decimal("14.759"),
    upper=Decimal("14.7591"),
)
FORMALITY = (PART, WHOLE, SHARE, row("organisations.group", GROUPS))


def text(markup):
    return None if markup is None else markup.striptags()


def test_headline_tells_how_much_of_the_sector_is_cooperatives():
    facts = briefing(figures=(GROUPS, COOPS, UNIONS), comparison=FORMALITY)
    assert text(findings.headline(facts)[0]) == (
        "Of 2,324 organisations in Quang Tri, 343 are cooperatives (hợp tác xã) or unions of cooperatives"
        " (liên hiệp hợp tác xã): 14.8%. The other 1,981 are cooperative groups (tổ hợp tác)."
    )


def test_headline_without_groups_tells_the_largest_sector():
    whole = figure("coop", 113)
    parts = [
        row(
            f"sector_share.coop.{sector}",
            figure("coop", number, sector=sector),
            formula="share",
            unit="percent",
            value=None,
            lower=Decimal(lower),
            upper=Decimal(upper),
        )
        for sector, number, lower, upper in (("industry", 8, "7.07", "7.97"), ("agriculture", 88, "77.87", "78.77"))
    ]
    facts = briefing(figures=(whole,), comparison=(row("organisations.coop", whole), *parts))
    assert text(findings.headline(facts)[0]) == (
        "Quang Tri counts 113 cooperatives (hợp tác xã); 77.8% to 78.8% of them are in agriculture."
    )


def test_subject_that_states_nothing_says_so_instead_of_failing():
    assert text(findings.headline(briefing())[0]) == "The articles state too little for a headline."


def test_main_doubt_is_the_gravest_flag_of_the_terms():
    printed = claim("1,981", 1981, "coop", source_id="article-id")
    repaired = replace(GROUPS, flags=("repaired",), used=(printed.address,))
    doubtful = replace(COOPS, flags=("doubtful",))
    facts = briefing(claims=(printed,), figures=(repaired, doubtful, UNIONS), comparison=FORMALITY)
    assert text(findings.headline(facts)[1]) == (
        "The Indonesian version prints 1,981 for cooperatives; here it stands for cooperative groups, as a separately"
        " written text has it."
    )


def test_main_doubt_of_an_undated_article_is_its_date():
    undated = replace(COOPS, period_basis="bounded", period_start=date(2023, 6, 20), period_end=None)
    facts = briefing(figures=(undated,), comparison=(row("organisations.coop", undated),))
    assert text(findings.headline(facts)[1]) == "The article carries no date: undated, not before 20 June 2023."


def test_sum_that_fails_is_the_main_doubt_and_shows_both_numbers():
    check = Check(
        "q.parts_total",
        AREA,
        "parts_total",
        (COOPS.figure_id,),
        "organisation",
        Decimal(341),
        Decimal(340),
        "differs",
        "",
    )
    facts = briefing(figures=(COOPS,), checks=(check,), comparison=(row("organisations.coop", COOPS),))
    assert text(findings.headline(facts)[1]) == (
        "The sectors of Quang Tri add up to 340, while the text gives 341 in all."
    )


def test_one_office_alone_is_a_doubt_by_itself():
    facts = briefing(figures=(COOPS,), comparison=(row("organisations.coop", COOPS),))
    assert text(findings.headline(facts)[1]) == (
        "One article says so and one office counted (cooperative alliance of Quang Tri); no second count confirms it."
    )


@pytest.mark.parametrize(("year", "told"), [(2024, "40.0%."), (2016, "40.0% (2016).")])
def test_share_says_its_time_where_it_is_older_than_another_count(year, told):
    day = date(year, 2, 20)
    time = {"period": str(year), "period_start": day, "period_end": day, "period_basis": "stated"}
    registered = figure("group", 40, subset="registered", **time)
    share = replace(row("registered_share.group", registered, formula="share"), unit="percent", **time)
    rows = (row("organisations.coop", COOPS), row("organisations.group.registered", registered), share)
    facts = briefing(figures=(COOPS, registered), comparison=rows)
    assert text(findings.registered_groups(facts)).endswith(told)


def test_means_come_from_the_smallest_legal_form_to_the_largest():
    members = {"indicator": "members", "unit": "person"}
    rows = [
        row("members_per_organisation.coop+union", figure("coop+union", 64, **members), formula="ratio"),
        row("members_per_organisation.group", figure("group", 12, **members), formula="ratio"),
    ]
    say = findings.mean("members_per_organisation", "Members on average: {parts}.")
    assert text(say(briefing(comparison=tuple(rows)))) == (
        "Members on average: 12.0 per cooperative group and 64.0 per cooperative or union."
    )


def test_workers_are_said_to_exceed_members_only_where_they_certainly_do():
    def ratio(org_type, lower, upper):
        base = figure(org_type, None, indicator="workers")
        bounds = {"lower": Decimal(lower), "upper": upper and Decimal(upper)}
        return row(f"workers_per_member.{org_type}", base, formula="ratio", unit="other", qualifier=">", **bounds)

    facts = briefing(comparison=(ratio("group", "2.084", None), ratio("coop", "0.58", None)))
    assert text(findings.jobs_beyond_members(facts)) == (
        "More workers than members are counted, for each member more than 2.08 in cooperative groups; the two may not"
        " count the same people."
    )


def test_what_another_province_states_is_named_as_missing():
    coops = figure("coop", 341)
    absent = (missing("working_capital.group"), missing("organisations.group"))
    facts = briefing(figures=(coops,), comparison=(row("organisations.coop", coops), *absent))
    assert text(findings.not_stated(facts)) == (
        "Not stated here, though another province states it: working capital of cooperative groups; cooperative groups."
    )


def test_indicator_missing_for_several_legal_forms_is_named_once():
    absent = ("workers.coop+union", "workers.coop", "workers.group")
    facts = briefing(comparison=tuple(map(missing, absent[1:])))
    assert text(findings.not_stated(facts)) == (
        "Not stated here, though another province states it: workers of cooperative groups and cooperatives."
    )
    facts = briefing(comparison=tuple(map(missing, absent)))
    assert "workers of organisations of all forms" in text(findings.not_stated(facts))


def test_number_counted_in_another_scope_is_not_called_missing():
    facts = briefing(comparison=(missing("members.coop", reasons=("scope:unions_inside_one",)),))
    assert findings.not_stated(facts) is None


def two_areas(one, other, *, verdict="comparable", reasons=(), item="organisations.coop"):
    pair = Verdict(item, OTHER, AREA, verdict, reasons)
    return briefing(subject="comparison", areas=(OTHER, AREA), comparison=(one, other), verdicts=(pair,))


def test_two_comparable_areas_are_ranked():
    here, there = (
        row("organisations.coop", figure("coop", 341)),
        row("organisations.coop", figure("coop", 148, area=OTHER)),
    )
    assert text(comparing.compared("organisations.coop")(two_areas(here, there))) == (
        "Quang Tri has more cooperatives than Da Nang: 341 against 148."
    )


def test_areas_are_not_ranked_where_bounds_overlap():
    open_here = figure("coop", None, lower=Decimal(100), upper=Decimal(200))
    here, there = row("organisations.coop", open_here), row("organisations.coop", figure("coop", 148, area=OTHER))
    assert text(comparing.compared("organisations.coop")(two_areas(here, there))) == (
        "Cooperatives: 148 in Da Nang and 100 to 200 in Quang Tri."
    )


def test_what_is_not_comparable_never_shares_a_sentence():
    here, there = (
        row("organisations.coop", figure("coop", 341)),
        row("organisations.coop", figure("coop", 148, area=OTHER)),
    )
    facts = two_areas(here, there, verdict="not_comparable", reasons=("boundary",))
    assert comparing.compared("organisations.coop")(facts) is None


def test_caution_is_said_with_its_reason():
    here, there = (
        row("organisations.coop", figure("coop", 341, subset="operating")),
        row("organisations.coop", figure("coop", 148, area=OTHER, period_basis="bounded")),
    )
    reasons = ("subset:operating_vs_unstated", "flag:repaired", "period:undated_bounded", "law")
    facts = two_areas(here, there, verdict="with_caution", reasons=reasons)
    assert text(comparing.compared_with_caution("organisations.coop")(facts)).endswith(
        "With caution: the number for Quang Tri counts only those in operation, the other does not say which;"
        " the date of the number for Da Nang is known only within bounds;"
        " between the numbers another law on cooperatives came into force."
    )


def test_every_reason_against_or_for_caution_has_words_that_name_its_areas():
    weighty = {code for code, (weight, _) in REASONS.items() if weight in (BAR, CAUTION)}
    assert weighty <= set(names.REASONS)


def test_area_that_may_not_be_compared_leaves_the_others_together():
    rows = [
        row("organisations.coop", figure("coop", 100 + n, area=area)) for n, area in enumerate((OTHER, THIRD, AREA))
    ]
    barred = [
        Verdict("organisations.coop", THIRD, other, "not_comparable", ("period:undated",)) for other in (OTHER, AREA)
    ]
    facts = briefing(subject="comparison", areas=(OTHER, THIRD, AREA), comparison=tuple(rows), verdicts=tuple(barred))
    assert [found.ref_area for found in facts.comparable("organisations.coop")] == [OTHER, AREA]
