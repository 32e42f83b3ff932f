"""A page shows every number with the words behind it, in an order that a reader can use."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import nbformat
import pages
import pytest
from briefings import AREA, OTHER, SOURCE, THIRD, briefing, claim, figure, row
from bs4 import BeautifulSoup
from markupsafe import Markup

from helpers.brief import caveats, evidence, head, page, plots, tabulate
from helpers.brief.facts import SubjectError, load_briefing
from helpers.brief.fragments import Html
from helpers.records import DERIVED_INDICATORS, INDICATORS, Check, Verdict
from helpers.tables import NAMES, write_table

ROOT = Path(__file__).parents[1]


def soup(html):
    return BeautifulSoup(html, "html.parser")


def words(html):
    """Return the text as people read it, without the line breaks of its markup."""
    return re.sub(r" (?=[.,;:])", "", " ".join(soup(html).get_text(" ", strip=True).split()))


ARABIC = replace(SOURCE, source_id="article-ar", language="ar", text_id="one")
HINDI = replace(SOURCE, source_id="article-hi", language="hi", text_id="one")
PRINTED_IN_ARABIC = claim("1,981", 1981, "coop", source_id="article-ar", quote="تضم 1,981 جمعية", start=104, end=109)
PLAIN = claim("1.981", 1981, "group")
REPAIRED = figure(
    "group",
    1981,
    flags=("repaired",),
    status="repeated",
    texts=2,
    rule="explicit_term",
    used=(PLAIN.address, PRINTED_IN_ARABIC.address),
)
EXPECTED = figure("coop", 341, flags=("expected",), used=(PLAIN.address,))
GROUPS = briefing(
    sources=(SOURCE, ARABIC),
    claims=(PLAIN, PRINTED_IN_ARABIC),
    figures=(REPAIRED,),
    comparison=(row("organisations.group", REPAIRED),),
)


def test_number_leads_to_an_entry_of_that_name():
    button = soup(GROUPS.show(REPAIRED)).button
    assert (button["data-figure"], button["popovertarget"]) == (REPAIRED.figure_id, "1")
    entry = soup(evidence.explain(GROUPS, REPAIRED)).article
    assert (entry["id"], entry.find(attrs={"data-figure": True})["data-figure"]) == ("1", REPAIRED.figure_id)


def test_every_number_opens_its_entry_and_paper_has_one_footnote_for_those_of_one_figure():
    one, again, other = GROUPS.show(REPAIRED), GROUPS.show(REPAIRED), Markup('<a href="#elsewhere">1</a>')
    html = soup(evidence.set_numbers(Html(one + again + other)))
    assert [(element.name, element.get("popovertarget"), element.get("class")) for element in html] == [
        ("button", "1", None),
        ("button", "1", ["again"]),
        ("a", None, None),
    ]


def test_entry_closes_by_a_button_and_does_not_open_itself():
    entry = soup(evidence.explain(GROUPS, REPAIRED)).article
    first, *others = [(button["popovertarget"], button.get("aria-labelledby")) for button in entry.find_all("button")]
    assert first == (entry["id"], "close")
    assert [target for target, _ in others] == ["s1", "s2"]


def test_card_of_a_source_is_told_once_and_opened_from_every_quote():
    cards = soup(page.sources_and_method(GROUPS)).select("ol > li")
    assert [card["id"] for card in cards] == ["s1", "s2"]
    assert "Counted by: cooperative alliance of Quang Tri" in words(str(cards[0]))
    assert "Counted by" not in words(page.evidence_entries(GROUPS))


def test_passage_without_doubt_is_quoted_from_its_head_and_the_phrase_of_the_number():
    quote = "- Provinsi ini\n… memiliki 7 kelompok\n… dan 341 koperasi\n… serta 2 gabungan"
    start = 100 + quote.index("341")
    noted = claim("341", 341, quote=quote, start=start, end=start + 3)
    for flags, shown in ((), "Provinsi ini\n… dan 341 koperasi"), (("expected",), quote.removeprefix("- ")):
        facts = briefing(claims=(noted,), figures=(figure("coop", 341, used=(noted.address,), flags=flags),))
        assert soup(page.evidence_entries(facts)).q.get_text() == shown


def test_quote_keeps_its_language_its_direction_and_its_number():
    quotes = soup(evidence.explain(GROUPS, REPAIRED)).find_all("q")
    assert [(quote["lang"], quote.get("dir"), quote.get_text(), quote.mark.get_text()) for quote in quotes] == [
        ("id", None, "1.981 koperasi", "1.981"),
        ("ar", "rtl", "تضم 1,981 جمعية", "1,981"),
    ]


def test_mark_of_the_notes_is_not_quoted():
    noted = claim("341", 341, quote="- 341 koperasi", start=102, end=105)
    facts = briefing(claims=(noted,), figures=(figure("coop", 341, used=(noted.address,)),))
    assert soup(page.evidence_entries(facts)).q.get_text() == "341 koperasi"


def test_repair_says_what_is_printed_what_it_is_taken_for_and_why():
    assert (
        "The Arabic version prints 1,981 for cooperatives; here it stands for cooperative groups, as a separately"
        " written text has it."
    ) in words(evidence.explain(GROUPS, REPAIRED))


def test_repeating_is_not_called_confirming():
    assert "repeated in 2 texts, one origin" in words(evidence.explain(GROUPS, REPAIRED))
    corroborated = replace(REPAIRED, status="corroborated", origins=("alliance", "statistics office"))
    assert "confirmed by 2 separate counts" in words(evidence.explain(GROUPS, corroborated))


def test_translations_of_one_text_are_one_text():
    claims = tuple(claim("16", 16, source_id=source.source_id) for source in (ARABIC, HINDI))
    twice = figure("coop", 16, used=tuple(made.address for made in claims))
    facts = briefing(sources=(ARABIC, HINDI), claims=claims, figures=(twice,))
    assert "in one text, read in 2 translations" in words(evidence.explain(facts, twice))
    assert "The Arabic and Hindi articles are translations of one article" in words(page.sources_and_method(facts))


def test_open_scope_names_its_readings_and_shows_only_bounds():
    printed = claim("82,256", 82256, "union", indicator="members", readings=("union", "group+coop+union"))
    open_figure = figure(
        "coop+union",
        None,
        indicator="members",
        unit="person",
        lower=Decimal(58346),
        upper=Decimal(82256),
        flags=("ambiguous",),
        rule="open_scope",
        used=(printed.address,),
    )
    facts = briefing(claims=(printed,), figures=(open_figure,))
    said = words(evidence.explain(facts, open_figure))
    assert "unions of cooperatives; organisations of all forms" in said
    assert {button.get_text() for button in soup(page.people(facts)).find_all("button")} == {"58,346 to 82,256"}


def test_rival_claims_stay_visible():
    used, rival = claim("341", 341), claim("335", 335, occurrence=2)
    conflict = figure(
        "coop", 341, flags=("conflict",), rule="later_publication", used=(used.address,), unused=(rival.address,)
    )
    said = words(evidence.explain(briefing(claims=(used, rival), figures=(conflict,)), conflict))
    assert "The texts contradict each other: 341 and 335." in said
    assert "Other claims, not used: 335 koperasi" in said


def test_rounded_number_tells_what_it_stands_for():
    rounded = figure("coop", 1_300_000_000, unit="VND", lower=Decimal(1_250_000_000), upper=Decimal(1_350_000_000))
    assert "taken as 1.25 billion VND to 1.35 billion VND" in words(
        evidence.explain(briefing(figures=(rounded,)), rounded)
    )


def test_computed_number_leads_to_its_terms():
    coops, unions = figure("coop", 341), figure("union", 2)
    built = row(
        "organisations.coop+union",
        coops,
        unions,
        formula="sum",
        value=Decimal(343),
        lower=Decimal(343),
        upper=Decimal(343),
    )
    entry = evidence.explain(briefing(figures=(coops, unions), comparison=(built,)), built)
    assert "Our sum of 341 (cooperatives) and 2 (unions of cooperatives)." in words(entry)
    assert [link["data-figure"] for link in soup(entry).select("button[data-figure]")] == [
        coops.figure_id,
        unions.figure_id,
    ]


def test_words_of_cards_and_quotes_cannot_become_markup():
    evil = "<script>alert(1)</script>"
    source = replace(SOURCE, title=evil, publisher=evil, origin=evil)
    printed = claim("341", 341, quote=f"341 {evil}")
    coops = figure("coop", 341, used=(printed.address,), origins=(evil,))
    facts = briefing(
        sources=(source,), claims=(printed,), figures=(coops,), comparison=(row("organisations.coop", coops),)
    )
    for section in (page.heading(facts).html, page.key_findings(facts), page.sources_and_method(facts)):
        assert "<script" not in section
    assert "<script" not in page.evidence_entries(facts)


def test_section_with_nothing_to_say_is_empty():
    assert page.money(briefing()) == ""


def test_notebook_shows_the_findings_first_and_every_section_once():
    notebook = nbformat.read(ROOT / "notebooks" / "3-briefing.ipynb", as_version=4)
    shown = re.findall(r"^page\.(\w+)\(briefing\)$", "\n".join(cell.source for cell in notebook.cells), re.MULTILINE)
    assert shown[:2] == ["heading", "key_findings"]
    assert sorted([*shown, "load_briefing"]) == page.__all__


def test_three_legal_forms_make_a_chart_and_two_do_not():
    counted = [figure(form, number) for form, number in (("group", 1981), ("coop", 341), ("union", 2))]
    rows = [row(f"organisations.{found.org_type}", found) for found in counted]
    three = plots.legal_forms(briefing(figures=tuple(counted), comparison=tuple(rows)))
    assert words(three.html).startswith("Most organisations are cooperative groups")
    assert [len(soup(three.html).find_all(name)) for name in ("svg", "table")] == [1, 1]
    assert plots.legal_forms(briefing(figures=tuple(counted[:2]), comparison=tuple(rows[:2]))) is None


@pytest.mark.parametrize(("upper", "drawn"), [(10, True), (200, False), (None, False)])
def test_number_that_is_left_open_is_charted_only_where_the_order_is_sure(upper, drawn):
    upper = None if upper is None else Decimal(upper)
    counted = [figure("group", 120), figure("coop", 60), figure("union", None, lower=Decimal(2), upper=upper)]
    rows = tuple(row(f"organisations.{each.org_type}", each) for each in counted)
    chart = plots.legal_forms(briefing(figures=tuple(counted), comparison=rows))
    assert (chart is not None) == drawn


def test_chart_leaves_out_an_area_that_may_not_be_compared():
    item = "organisations.coop"
    rows = [row(item, figure("coop", 100 + n, area=area)) for n, area in enumerate((OTHER, THIRD, AREA))]
    together = briefing(subject="comparison", areas=(OTHER, THIRD, AREA), comparison=tuple(rows))
    assert plots.areas(together, item, table_id="t") is not None
    barred = Verdict(item, THIRD, AREA, "not_comparable", ("boundary",))
    assert plots.areas(replace(together, verdicts=(barred,)), item, table_id="t") is None


def test_section_of_a_comparison_has_one_chart_and_its_table_the_other_items():
    items = ("organisations.group", "organisations.coop")
    rows = [
        row(item, figure(item.split(".")[1], 100 + n, area=area))
        for item in items
        for n, area in enumerate((OTHER, THIRD, AREA))
    ]
    together = briefing(subject="comparison", areas=(OTHER, THIRD, AREA), comparison=tuple(rows))
    html = soup(page.structure(together))
    assert (len(html.find_all("svg")), len(html.select("tbody tr"))) == (1, 2)


def test_chart_of_areas_names_no_leader_that_is_not_certain():
    rows = [row("organisations.coop", figure("coop", 100, area=area)) for area in (OTHER, THIRD, AREA)]
    together = briefing(subject="comparison", areas=(OTHER, THIRD, AREA), comparison=tuple(rows))
    chart = plots.areas(together, "organisations.coop", table_id="t")
    assert "Cooperatives: it is not certain where there are the most" in words(chart.html)
    assert "has the most" not in chart.html


def test_doubt_of_a_comparison_names_its_province():
    rows = [row("organisations.coop", figure("coop", 100, area=OTHER)), row("organisations.coop", EXPECTED)]
    facts = briefing(
        subject="comparison",
        areas=(OTHER, AREA),
        claims=(replace(PLAIN, signals=("expected",)),),
        figures=(EXPECTED,),
        comparison=tuple(rows),
    )
    assert "Cooperatives, Quang Tri: The Indonesian version gives 341 as expected" in words(page.doubts(facts))


def test_figures_that_are_only_expected_share_one_line():
    claims = [replace(claim(text, text), signals=("expected",)) for text in ("341", "16")]
    both = [
        figure("coop", it.value, indicator=name, flags=("expected",), used=(it.address,))
        for it, name in zip(claims, ("organisations", "established"), strict=True)
    ]
    (line,) = soup(page.doubts(briefing(claims=tuple(claims), figures=tuple(both)))).find_all("li")
    assert words(str(line)) == (
        "The Indonesian version gives as expected, not as reached: cooperatives: 341;"
        " cooperatives newly established: 16."
    )


def test_check_that_fails_names_the_legal_forms_that_it_is_about():
    jobs = figure("group", 4500, indicator="workers", unit="person")
    joined = figure("group", 2159, indicator="members", unit="person")
    check = Check(
        check_id="workers_per_member.group",
        ref_area=AREA,
        check="workers_per_member",
        figures=(jobs.figure_id, joined.figure_id),
        unit="person",
        expected=None,
        found=None,
        verdict="differs",
        explanation="",
    )
    assert caveats.of_check(briefing(figures=(jobs, joined)), check).striptags() == (
        "In Quang Tri the cooperative groups have more workers (4,500) than members (2,159);"
        " the two may not count the same people."
    )


def test_comparison_counts_the_checks_of_the_figures_that_it_tells_of():
    facts = pages.facts("comparison")
    told = pages.html("comparison")
    listed = soup(told).select("#doubts li[id]")
    tally = soup(page.doubts(facts)).find("p").select(".count")
    assert (tally[1].get_text(), head.heading(facts).metadata["failed"]) == (str(len(listed)), str(len(listed)))
    assert len(facts.checks) > sum(int(count.get_text()) for count in tally)


def test_sector_that_the_legal_form_tells_is_not_said_again():
    funds = [figure("fund", 3, sector="credit"), figure("coop", 88, sector="agriculture")]
    facts = briefing(figures=tuple(funds))
    assert [facts.label(record) for record in funds] == ["People&#39;s credit funds", "Cooperatives in agriculture"]


def test_every_indicator_has_its_place_on_the_page():
    placed = {indicator for indicators in page.FACTS.values() for indicator in indicators}
    assert {*INDICATORS, *DERIVED_INDICATORS} - placed == {"other"}


@pytest.mark.parametrize(
    ("subset", "label"),
    [
        ("per-month", "Mean monthly income of a worker of cooperatives"),
        ("per-year", "Mean yearly income of a worker of cooperatives"),
        (None, "Mean income of a worker of cooperatives, month or year not stated"),
    ],
)
def test_income_is_of_a_month_or_of_a_year(subset, label):
    income = figure("coop", 29_000_000, indicator="income_per_worker", unit="VND", subset=subset)
    assert soup(page.people(briefing(figures=(income,)))).tbody.th.get_text() == label


def test_table_tells_missing_from_counted_otherwise():
    item = "organisations.coop"
    shared = [row(item, figure("coop", 100, area=area)) for area in (OTHER, AREA)]
    absent = row(item, figure("coop", None, area=THIRD), verdict="missing", figures=())
    for reasons, shown in ((), "not stated"), (("scope:unions_inside_one",), "counted otherwise"):
        facts = briefing(
            subject="comparison",
            areas=(OTHER, THIRD, AREA),
            comparison=(*shared, replace(absent, reasons=reasons)),
        )
        html = tabulate.of_areas(facts, "t", caption="c", items=[item])
        assert [cell.get_text() for cell in soup(html).find_all("td")] == ["100", shown, "100"]


def test_table_has_a_caption_scopes_and_a_unit_in_each_row_head():
    members = figure("group", 23910, indicator="members", unit="person")
    html = soup(page.people(briefing(figures=(members,)))).find("table")
    assert html.caption.get_text() == "People"
    assert [cell["scope"] for cell in html.thead.find_all("th")] == ["col"] * 3
    assert [(cell["scope"], cell.get_text()) for cell in html.tbody.find_all("th")] == [
        ("row", "Members of cooperative groups, persons")
    ]


def test_indicator_of_no_legal_form_says_its_unit_by_its_name():
    courses = figure("none", 30, indicator="training_courses", unit="course")
    people = figure("none", 800, indicator="training_participants", unit="person")
    html = soup(page.people(briefing(figures=(courses, people))))
    assert [head.get_text() for head in html.tbody.find_all("th")] == ["Training courses", "Training participants"]


def test_changing_one_number_of_the_tables_changes_the_page():
    changed = replace(REPAIRED, value=Decimal(1982), lower=Decimal(1982), upper=Decimal(1982))
    facts = replace(GROUPS, figures={changed.figure_id: changed}, comparison=(row("organisations.group", changed),))
    assert "1,982" in words(page.structure(facts))
    assert "1,981" not in words(page.structure(facts))


def test_article_about_another_province_is_a_source_of_what_it_says_of_this_one(tmp_path):
    beside = replace(ARABIC, ref_area=OTHER)
    rows = {"sources": [SOURCE, beside], "observations": [PLAIN, PRINTED_IN_ARABIC], "figures": [REPAIRED]}
    for name in NAMES:
        write_table(name, rows.get(name, []), tmp_path)
    facts = load_briefing("quang-tri", "en", languages=["en"], processed=tmp_path, raw=ROOT / "data" / "raw")
    assert facts.source_of(PRINTED_IN_ARABIC.address) == beside


def test_percentage_that_names_no_part_is_no_share_on_a_page(tmp_path):
    met = figure(
        "coop", 90, kind="share", unit="percent", figure_id="VN-25.organisations.coop.share.2024", used=(PLAIN.address,)
    )
    part = replace(met, figure_id="VN-25.organisations.coop.transport.share.2024", sector="transport")
    for name in NAMES:
        rows = {"sources": [SOURCE], "observations": [PLAIN], "figures": [met, part]}
        write_table(name, rows.get(name, []), tmp_path)
    facts = load_briefing("quang-tri", "en", languages=["en"], processed=tmp_path, raw=ROOT / "data" / "raw")
    assert list(facts.figures) == [part.figure_id]


def test_unknown_subject_is_named_with_those_that_there_are(tmp_path):
    write_table("sources", [replace(SOURCE, published=date(2024, 2, 20))], tmp_path)
    with pytest.raises(SubjectError, match=re.escape("'quangtri'; there are ['quang-tri'] and 'comparison'")):
        load_briefing("quangtri", "en", languages=["en"], processed=tmp_path, raw=ROOT / "data" / "raw")
