"""What stands beside an area: national values, its own other times, the last edition; each as far as allowed."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from briefings import AREA, briefing, claim, figure, row
from bs4 import BeautifulSoup

from helpers.brief import changes, evidence, national, page, series, tabulate
from helpers.read.raw import Benchmark
from helpers.reconcile.corrections import Correction, Decisions
from helpers.records import Change, SeriesPair, Verdict

ITEM = "members_per_organisation.coop"


def mean(area, value, year=2023):
    days = {"period": str(year), "period_start": date(year, 1, 1), "period_end": date(year, 12, 31)}
    found = figure(
        "coop",
        value,
        area=area,
        indicator="members_per_organisation",
        unit="person",
        figure_id=f"{area}.{ITEM}.{year}",
        period_basis="stated",
        used=("benchmarks.csv#A report",),
        **days,
    )
    return found, row(ITEM, found)


HERE, HERE_ROW = mean(AREA, 285)
NEAR, NEAR_ROW = mean("VN/MPI", 202, 2022)
FAR, FAR_ROW = mean("VN/VCA", 171, 2018)
FILED = Benchmark(
    "members_per_organisation",
    "coop",
    None,
    None,
    "whole country",
    "2022",
    Decimal(202),
    "person",
    "=",
    "MPI",
    "A report",
    None,
)


def beside_country(*verdicts):
    pairs = zip(("VN/MPI", "VN/VCA"), verdicts, strict=True)
    return briefing(
        figures=(HERE,),
        comparison=(HERE_ROW,),
        national=(NEAR_ROW, FAR_ROW),
        national_figures={NEAR.figure_id: NEAR, FAR.figure_id: FAR},
        national_verdicts=tuple(
            Verdict(ITEM, AREA, office, verdict, ("producer:x", "qualifier:approximate")) for office, verdict in pairs
        ),
        benchmarks={NEAR.figure_id: FILED},
    )


def text(html):
    told = " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())
    return re.sub(r" (?=[.,;:)])|(?<=[(]) ", "", told)


def test_nearest_national_value_is_the_reference():
    assert national.find_reference(beside_country("with_caution", "with_caution"), [HERE_ROW]) == NEAR_ROW


def test_national_value_that_is_not_comparable_is_no_reference():
    assert national.find_reference(beside_country("not_comparable", "with_caution"), [HERE_ROW]) == FAR_ROW
    assert national.find_reference(beside_country("not_comparable", "not_comparable"), [HERE_ROW]) is None


def test_totals_of_the_country_are_not_set_beside_a_province():
    total, country = (replace(it, indicator="members", item="members.coop") for it in (HERE_ROW, NEAR_ROW))
    verdict = Verdict("members.coop", AREA, "VN/MPI", "comparable", ())
    facts = briefing(comparison=(total,), national=(country,), national_verdicts=(verdict,))
    assert national.find_reference(facts, [total]) is None


def test_national_value_names_its_producer_its_time_and_its_source():
    facts = beside_country("with_caution", "with_caution")
    table = text(tabulate.of_country(facts, "t", caption="c"))
    assert "285 (2023) 202 (Ministry of Planning and Investment, 2022)" in table
    assert "Counted by: Ministry of Planning and Investment. Source: A report (whole country)." in text(
        evidence.explain(facts, NEAR_ROW)
    )


def test_page_without_a_national_value_has_no_section_for_it():
    assert page.country(beside_country("not_comparable", "not_comparable")) == ""


def test_number_of_another_time_tells_why_it_makes_no_series():
    now, then = figure("coop", 341), figure("coop", 335, figure_id="then", period="2023-07-30", period_basis="stated")
    pair = SeriesPair("organisations.coop", AREA, now.figure_id, "then", "not_comparable", ("origin",))
    facts = briefing(figures=(now, then), comparison=(row("organisations.coop", now),), series=(pair,))
    told = text(series.of_other_times(facts, "t"))
    assert "341 (published 20 February 2024) 335 (30 July 2023)" in told
    assert "a two offices counted" in told
    assert "a series" in text(series.of_other_times(replace(facts, series=(replace(pair, reasons=()),)), "t"))


def test_correction_tells_the_reason_of_the_analyst():
    printed = claim("43", 43)
    corrected = figure("coop", 43, flags=("corrected",), used=(printed.address,))
    decision = Correction(printed.address, {}, {}, "They are the alliance's.", "an analyst", date(2024, 1, 1))
    facts = briefing(claims=(printed,), figures=(corrected,), decisions=Decisions((decision,)))
    assert "An analyst corrected how this was read: They are the alliance's." in text(
        evidence.explain(facts, corrected)
    )


def change(event, old, new):
    sides = {"old": old, "new": new}
    parts = {
        f"{which}_{name}": None if value is None else Decimal(value)
        for which, value in sides.items()
        for name in ("value", "lower", "upper")
    }
    marks = {
        f"{which}_{name}": None if value is None else sign
        for which, value in sides.items()
        for name, sign in (("period", "2024"), ("qualifier", "="))
    }
    name = figure("coop", 341).figure_id
    return Change(
        "2024-05", "figures", name, AREA, "organisation", event, **parts, **marks, change=None, causes=("code",)
    )


def test_section_of_changes_is_there_only_where_an_edition_is():
    assert page.edition(briefing()) == ""
    assert "Nothing has changed since edition 2024-05." in text(page.edition(briefing(last_edition="2024-05")))


def test_changed_number_stands_with_what_it_was_and_what_it_may_be_due_to():
    facts = briefing(figures=(figure("coop", 341),), last_edition="2024-05", changes=(change("changed", 335, 341),))
    told = text(page.edition(facts))
    assert "0 printed numbers added, 1 changed, 0 withdrawn" in told
    assert "Cooperatives 335 341 the rules by which numbers are read and compared" in told


def test_withdrawn_number_is_told_by_its_name():
    facts = briefing(last_edition="2024-05", changes=(change("removed", 335, None),))
    told = text(changes.of_changes(facts, "t"))
    assert "VN-25.organisations.coop.2024-02 335 not stated" in told
