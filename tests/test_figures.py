"""What several texts claim becomes one figure, by rules that do not look at their order."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest
from gold import ROOT, chains, claim, golden, source, split

from helpers.read.places import load_places
from helpers.reconcile.figures import reconcile
from helpers.reconcile.periods import Period, stated_period

EARLY, LATE = source("early"), source("late")
UNDATED = source("undated", published=None, not_before=date(2024, 1, 1), not_after=date(2024, 12, 31))
TWICE = ("same_type_twice",)


def figures_of(*claims, cards=(EARLY, LATE, UNDATED), texts=None):
    return reconcile(claims, cards, texts or {card.source_id: card.source_id for card in cards})


def only(figures):
    assert len(figures) == 1
    return figures[0]


# -- matching


def test_equal_claims_of_two_texts_are_one_figure_repeated():
    figure = only(figures_of(claim("early", "341", 341), claim("late", "341", 341)))
    assert (figure.figure_id, figure.value, figure.status, figure.texts, figure.rule) == (
        "VN-25.organisations.coop.2024-02", 341, "repeated", 2, "all_agree",
    )  # fmt: skip


def test_only_a_second_origin_corroborates():
    office = source("late", origin="statistics office")
    figure = only(figures_of(claim("early", "341", 341), claim("late", "341", 341), cards=(EARLY, office)))
    assert (figure.status, figure.origins) == ("corroborated", ("alliance of Quang Tri", "statistics office"))


def test_an_office_that_is_not_named_corroborates_nobody():
    unnamed = source("late", origin="not named, as reported by a newspaper")
    figure = only(figures_of(claim("early", "341", 341), claim("late", "341", 341), cards=(EARLY, unnamed)))
    assert (figure.status, len(figure.origins)) == ("repeated", 2)


def test_more_than_a_number_allows_a_larger_one_and_does_not_corroborate_it():
    office = source("late", origin="statistics office")
    claims = claim("early", "341", 341), claim("late", "100", 100, qualifier=">")
    figure = only(figures_of(*claims, cards=(EARLY, office)))
    assert (figure.status, figure.texts, figure.flags, len(figure.used)) == ("single", 1, (), 2)


def test_a_reprint_is_as_old_as_the_first_version_of_its_text():
    reprint = source("late", published=date(2025, 1, 5))
    claims = claim("early", "341", 341), claim("late", "341", 341)
    figure = only(figures_of(*claims, cards=(EARLY, reprint), texts=dict.fromkeys(("early", "late"), "early")))
    assert (figure.period, figure.status, len(figure.used)) == ("2024-02", "single", 2)


def test_a_copy_with_a_changed_number_leaves_a_range_and_a_conflict():
    claims = claim("early", "341", 341), claim("late", "314", 314)
    figure = only(figures_of(*claims, texts=dict.fromkeys(("early", "late"), "early"), cards=(EARLY, LATE)))
    assert (figure.value, figure.lower, figure.upper, figure.flags) == (None, 314, 341, ("conflict",))


def test_copies_of_one_text_are_single():
    figure = only(figures_of(claim("early", "341", 341), claim("late", "341", 341), texts=dict.fromkeys(
        ("early", "late", "undated"), "early")))  # fmt: skip
    assert (figure.status, figure.texts, figure.used) == ("single", 1, ("early#341", "late#341"))


def test_unstated_subset_is_the_operating_ones_where_the_numbers_are_equal():
    figure = only(figures_of(claim("early", "341", 341), claim("late", "341", 341, subset="operating")))
    assert figure.figure_id == "VN-25.organisations.coop.operating.2024-02"


def test_operating_ones_of_another_number_stand_beside_the_whole():
    figures = figures_of(claim("early", "360", 360), claim("late", "341", 341, subset="operating"))
    assert [(f.subset, f.value, f.flags) for f in figures] == [(None, 360, ()), ("operating", 341, ())]


def test_a_true_subset_never_joins_the_whole():
    assert len(figures_of(claim("early", "246", 246), claim("late", "246", 246, subset="registered"))) == 2


def test_undated_claim_takes_the_date_of_an_equal_one_within_its_bounds():
    figure = only(figures_of(claim("undated", "341", 341), claim("late", "341", 341)))
    assert (figure.period, figure.period_basis, figure.texts) == ("2024-02", "publication", 2)


def test_undated_claim_of_another_number_may_be_of_another_time():
    figures = figures_of(claim("undated", "335", 335), claim("late", "341", 341))
    assert [(f.period, f.value, f.flags) for f in figures] == [("2024-02", 341, ()), ("undated", 335, ())]


def test_two_undated_claims_are_not_matched_by_both_being_undated():
    other = replace(UNDATED, source_id="other")
    figures = figures_of(claim("undated", "335", 335), claim("other", "341", 341), cards=(UNDATED, other))
    assert [figure.figure_id for figure in figures] == [
        "VN-25.organisations.coop.undated",
        "VN-25.organisations.coop.undated.undated",
    ]


def test_claim_outside_the_bounds_of_an_undated_text_stays_apart():
    before = source("early", published=date(2023, 11, 1))
    assert len(figures_of(claim("undated", "341", 341), claim("early", "341", 341), cards=(before, UNDATED))) == 2


def test_stock_of_a_year_is_that_of_a_day_in_it_where_the_numbers_are_equal():
    figure = only(figures_of(claim("early", "341", 341, period="2024"), claim("late", "341", 341)))
    assert (figure.period, figure.period_basis) == ("2024-02", "publication")


def test_events_of_a_year_and_of_its_first_half_are_two_figures_although_equal():
    births = [
        claim(name, "16", 16, "established", unit="organisation", period=period)
        for name, period in (("early", "2023"), ("late", "2023-H1"))
    ]
    assert [figure.period for figure in figures_of(*births)] == ["2023", "2023-H1"]


def test_events_without_a_period_happened_some_time_before_publication():
    figure = only(figures_of(claim("early", "16", 16, "established", unit="organisation")))
    assert (figure.period, figure.period_start, figure.period_end) == ("undated", None, date(2024, 2, 20))


def test_unknown_indicators_make_no_figure():
    assert figures_of(claim("early", "9", 9, "other"), claim("late", "9", 9, "other")) == []


def test_growth_in_per_cent_and_in_organisations_are_two_figures_of_one_period():
    counted = claim("early", "41", 41, kind="change")
    relative = claim("early", "3%", 3, kind="change", unit="percent", start=9)
    assert [figure.figure_id for figure in figures_of(counted, relative)] == [
        "VN-25.organisations.coop.change.2024-02.organisation",
        "VN-25.organisations.coop.change.2024-02.percent",
    ]


def test_claim_about_another_area_is_a_figure_of_that_area():
    assert only(figures_of(claim("early", "31.364", 31364, area="VN"))).figure_id == "VN.organisations.coop.2024-02"


def test_articles_on_two_areas_that_tell_of_a_third_make_one_figure_of_it():
    elsewhere = source("elsewhere", ref_area="VN-36", origin="alliance of Ninh Thuan")
    of_country = claim("early", "31.364", 31364, area="VN"), claim("elsewhere", "31.364", 31364, area="VN")
    own = claim("elsewhere", "113", 113, start=9)
    figures = figures_of(*of_country, own, cards=(EARLY, elsewhere), texts={"early": "early", "elsewhere": "elsewhere"})
    assert [(figure.figure_id, figure.status) for figure in figures] == [
        ("VN-36.organisations.coop.2024-02", "single"),
        ("VN.organisations.coop.2024-02", "corroborated"),
    ]


def test_area_that_a_text_names_gets_its_code():
    places = load_places(ROOT / "data/raw")
    figures = reconcile([claim("early", "148", 148, area="Da Nang")], [EARLY], {"early": "early"}, places)
    assert only(figures).ref_area == "VN-DN"


# -- choosing


@pytest.mark.parametrize(
    ("rule", "better", "worse", "cards"),
    [
        ("exact", claim("early", "342", 342), claim("late", "340", 340, qualifier="~"), (EARLY, LATE)),
        ("exact", claim("early", "335", 335, qualifier="~"), claim("late", "300", 300, qualifier=">"), (EARLY, LATE)),
        (
            "later_publication",
            claim("late", "342", 342),
            claim("early", "341", 341),
            (replace(EARLY, published=date(2024, 2, 2)), LATE),
        ),
        (
            "finer_rounding",
            claim("early", "1,29 tỷ", 1290000000, "charter_capital"),
            claim("late", "1,3 tỷ", 1300000000, "charter_capital"),
            (EARLY, LATE),
        ),
        (
            "tighter_bound",
            claim("early", "350", 350, qualifier=">"),
            claim("late", "300", 300, qualifier=">"),
            (EARLY, LATE),
        ),
    ],
)
def test_preferred_value_follows_the_written_rule(rule, better, worse, cards):
    figure = only(figures_of(worse, better, cards=cards))
    assert (figure.value, figure.qualifier, figure.rule) == (better.value, better.qualifier, rule)


def test_rounding_is_no_conflict():
    terms = (
        claim("early", "1,29 tỷ", 1290000000, "charter_capital"),
        claim("late", "1,3 tỷ", 1300000000, "charter_capital"),
    )
    figure = only(figures_of(*terms))
    assert (figure.flags, figure.used, figure.unused) == ((), ("early#1,29 tỷ", "late#1,3 tỷ"), ())


def test_disagreement_survives_beside_the_preferred_value():
    cards = (replace(EARLY, published=date(2024, 2, 2)), LATE)
    figure = only(figures_of(claim("early", "341", 341), claim("late", "342", 342), cards=cards))
    assert (figure.flags, figure.used, figure.unused) == (("conflict",), ("late#342",), ("early#341",))


def test_rivals_that_no_rule_separates_leave_a_range():
    figure = only(figures_of(claim("early", "341", 341), claim("late", "342", 342)))
    assert (figure.value, figure.lower, figure.upper, figure.rule, figure.flags) == (
        None, 341, 342, "undecided", ("conflict",),
    )  # fmt: skip


def test_finer_digits_settle_no_conflict():
    means = [
        claim(name, text, value, "revenue_per_organisation", period="2023")
        for name, text, value in (("early", "46,8 triệu", 46800000), ("late", "765 triệu", 765000000))
    ]
    figure = only(figures_of(*means))
    assert (figure.value, figure.rule, figure.flags) == (None, "undecided", ("conflict",))


# -- repair


def test_separately_written_text_restores_the_legal_form():
    merged, explicit = claim("early", "1,981", 1981, signals=TWICE), claim("late", "1.981", 1981, org_type="group")
    figure = only(figures_of(merged, explicit))
    assert (figure.org_type, figure.flags, figure.used) == ("group", ("repaired",), ("early#1,981", "late#1.981"))


def test_explicit_term_beats_the_repaired_one():
    revenue = {"indicator": "revenue_per_organisation", "period": "2023"}
    figure = only(
        figures_of(
            claim("early", "407 mil", 407000000, qualifier="~", **revenue),
            claim("late", "407 juta", 407000000, qualifier="<", org_type="group", **revenue),
        )
    )
    assert (figure.org_type, figure.qualifier, figure.rule) == ("group", "<", "explicit_term")


def test_printed_form_that_another_text_confirms_is_not_repaired_and_doubtful_where_a_third_says_otherwise():
    figures = figures_of(
        claim("early", "341", 341, signals=TWICE),
        claim("late", "341", 341),
        claim("undated", "341", 341, org_type="group"),
    )
    assert [(figure.org_type, figure.flags) for figure in figures] == [("coop", ("doubtful",)), ("group", ())]


def test_small_numbers_that_are_equal_by_accident_repair_nothing():
    figures = figures_of(claim("early", "14", 14), claim("late", "14", 14, org_type="group"))
    assert [(figure.org_type, figure.flags) for figure in figures] == [("coop", ()), ("group", ())]


def test_small_number_is_repaired_where_its_sentence_counts_one_form_twice():
    figure = only(figures_of(claim("early", "14", 14, signals=TWICE), claim("late", "14", 14, org_type="group")))
    assert (figure.org_type, figure.flags) == ("group", ("repaired",))


def test_form_that_translations_do_not_merge_is_not_repaired():
    figures = figures_of(claim("early", "341", 341, org_type="fund"), claim("late", "341", 341, org_type="group"))
    assert [figure.org_type for figure in figures] == ["fund", "group"]


def test_one_form_counted_twice_in_a_sentence_is_doubtful_even_alone():
    counts = claim("early", "1,981", 1981, signals=TWICE), claim("early", "341", 341, signals=TWICE, start=9)
    figure = only(figures_of(*counts))
    assert (figure.value, figure.lower, figure.upper, figure.flags) == (None, 341, 1981, ("conflict", "doubtful"))


def test_forward_looking_claim_is_flagged_although_another_reports_the_number():
    figure = only(figures_of(claim("early", "341", 341), claim("late", "341", 341, signals=("expected",))))
    assert figure.flags == ("expected",)


NEGATED = {"indicator": "loans_outstanding", "org_type": "fund", "signals": ("negated_term",)}


def test_term_that_the_words_deny_is_mended_by_a_separately_written_text():
    denied = claim("early", "14,5 miliar", 14500000000, **NEGATED)
    term = claim("late", "14.5 billion", 14500000000, "loans_outstanding")
    figure = only(figures_of(denied, term))
    assert (figure.value, figure.flags, figure.used) == (
        14500000000, ("repaired",), ("early#14,5 miliar", "late#14.5 billion"),
    )  # fmt: skip


def test_term_that_the_words_deny_is_doubtful_alone_and_beside_its_own_copies():
    copies = [claim(name, "14,5 miliar", 14500000000, **NEGATED) for name in ("early", "late")]
    alone, copied = (
        only(figures_of(copies[0])),
        only(figures_of(*copies, texts=dict.fromkeys(("early", "late"), "early"))),
    )
    assert (alone.flags, copied.flags) == (("doubtful",), ("doubtful",))


# -- ranges and percentages


def test_printed_range_is_one_figure_between_its_ends_and_no_conflict():
    ends = [
        claim("early", text, value, "income_per_worker", start=start, quote="30-35 triệu", quote_start=0, period="2023")
        for text, value, start in (("30", 30000000, 0), ("35 triệu", 35000000, 3))
    ]
    figure = only(figures_of(*ends))
    assert (figure.value, figure.lower, figure.upper) == (None, 29500000, 35500000)
    assert (figure.rule, figure.flags, figure.used) == ("stated_range", (), ("early#30", "early#35 triệu"))


def test_two_numbers_with_words_between_them_are_no_range():
    counts = [
        claim("early", text, value, start=start, quote="335, later 341", quote_start=0, period="2023")
        for text, value, start in (("335", 335, 0), ("341", 341, 11))
    ]
    assert only(figures_of(*counts)).flags == ("conflict",)


def test_percentages_of_one_text_that_its_words_do_not_tell_apart_are_no_figure():
    shares = [claim("early", f"{value}%", value, kind="share", unit="percent", start=value) for value in (96, 7)]
    assert figures_of(*shares) == []


def test_two_undated_texts_are_not_matched_by_a_small_number():
    other = replace(UNDATED, source_id="other")
    texts = claim("undated", "3", 3, org_type="fund"), claim("other", "3", 3, org_type="fund")
    assert len(figures_of(*texts, cards=(UNDATED, other))) == 2
    large = claim("undated", "1.981", 1981), claim("other", "1.981", 1981)
    assert only(figures_of(*large, cards=(UNDATED, other))).status == "repeated"


# -- open scopes

OPEN = {"readings": ("union", "group+coop+union"), "signals": ("open_scope",), "org_type": "union"}


def test_open_scope_spans_what_every_reading_allows():
    members = claim("early", "82,256", 82256, "members", **OPEN)
    of_groups = claim("undated", "23.910", 23910, "members", "group")
    figure = next(f for f in figures_of(members, of_groups) if "ambiguous" in f.flags)
    assert (figure.org_type, figure.value, figure.lower, figure.upper) == ("coop+union", None, 58346, 82256)
    assert (figure.rule, figure.status, figure.used) == ("open_scope", "derived", ("early#82,256", "undated#23.910"))


def test_open_scope_has_no_lower_end_where_the_rest_is_not_counted():
    figure = only(figures_of(claim("early", "82,256", 82256, "members", **OPEN)))
    assert (figure.org_type, figure.lower, figure.upper, figure.status) == ("coop+union", None, 82256, "single")


def test_copies_that_disagree_on_scope_prove_it_open():
    copies = (claim("early", "82,256", 82256, "members", "coop+union"),
              claim("late", "82,256", 82256, "members", "group+coop+union"))  # fmt: skip
    figure = only(figures_of(*copies, texts={"early": "early", "late": "early"}, cards=(EARLY, LATE)))
    assert (figure.org_type, figure.value, figure.flags) == ("coop+union", None, ("ambiguous",))


def test_reading_that_the_law_excludes_leaves_the_other():
    persons = {"org_type": "union", "readings": ("union", "coop+union"), "signals": ("open_scope",)}
    figure = only(figures_of(claim("early", "9.503", 9503, "members", **persons)))
    assert (figure.org_type, figure.value, figure.flags) == ("coop+union", 9503, ())


def test_equal_numbers_within_one_source_are_no_copies():
    figures = figures_of(claim("early", "5", 5, org_type="group"), claim("early", "5", 5, org_type="union", start=9))
    assert [(figure.org_type, figure.flags) for figure in figures] == [("group", ()), ("union", ())]


# -- order, dates, errors


def test_order_of_claims_and_cards_changes_nothing():
    claims = (
        claim("early", "1,981", 1981, signals=TWICE),
        claim("early", "341", 341, signals=TWICE, start=9),
        claim("late", "342", 342),
        claim("undated", "341", 341, subset="operating"),
        claim("undated", "1.981", 1981, org_type="group", start=9),
    )
    cards = (EARLY, LATE, UNDATED)
    outcomes = {tuple(figures_of(*order, cards=cards[::step])) for order in permutations(claims) for step in (1, -1)}
    assert len(outcomes) == 1


def test_boundary_version_follows_the_period():
    periods = stated_period("2025-06"), stated_period("2025-07"), stated_period("2025")
    assert [period.boundary for period in periods] == ["until-2025-06", "from-2025-07", "unknown"]
    assert Period("undated", None, None, "bounded").boundary == "unknown"


def test_period_in_no_known_form_is_refused():
    with pytest.raises(ValueError, match="no period is written 'last year'; write one of 2023"):
        figures_of(claim("early", "341", 341, period="last year"))


def test_observation_without_a_card_is_refused():
    with pytest.raises(ValueError, match="'nowhere#341': there is no source 'nowhere'"):
        figures_of(claim("nowhere", "341", 341))


# -- the real sources


@pytest.mark.parametrize("row", golden("figures"), ids=lambda row: row["figure_id"])
@pytest.mark.parametrize("chain", chains())
def test_golden_figures_hold(chain, row):
    figure = next(figure for figure in chain().figures if figure.figure_id == row["figure_id"])
    numbers = {name: Decimal(row[name]) if row[name] else None for name in ("value", "lower", "upper")}
    assert {name: getattr(figure, name) for name in numbers} == numbers
    assert (figure.qualifier, figure.status, figure.flags, figure.rule) == (
        row["qualifier"], row["status"], split(row["flags"]), row["rule"],
    )  # fmt: skip
    assert (figure.texts, len(figure.used), len(figure.unused)) == (
        int(row["texts"]), int(row["used"]), int(row["unused"]),
    )  # fmt: skip


@pytest.mark.parametrize("chain", chains())
def test_no_figure_takes_the_printed_form_that_was_repaired(chain):
    of_cooperatives = {figure.value for figure in chain().figures if "coop" in figure.org_type}
    repaired = {figure.value for figure in chain().figures if "repaired" in figure.flags}
    assert repaired
    assert repaired.isdisjoint(of_cooperatives)


# -- incomes


def earned(source_id, text, value, *signals):
    return claim(source_id, text, value, "income_per_worker", signals=signals, period="2023")


def test_income_of_a_month_and_of_a_year_are_two_figures_and_no_rivals():
    figures = figures_of(
        earned("early", "5 triệu", 5000000, "per_month"), earned("late", "60 triệu", 60000000, "per_year")
    )
    assert [(figure.figure_id, figure.flags) for figure in figures] == [
        ("VN-25.income_per_worker.coop.per-month.2023", ()),
        ("VN-25.income_per_worker.coop.per-year.2023", ()),
    ]


def test_income_of_which_no_words_say_whether_it_is_a_month_s_stays_apart_even_where_the_numbers_are_equal():
    figures = figures_of(earned("early", "5 triệu", 5000000), earned("late", "5 triệu", 5000000, "per_month"))
    assert [(figure.subset, figure.texts) for figure in figures] == [(None, 1), ("per-month", 1)]


def test_under_a_number_is_no_nearly_and_yields_to_what_says_more():
    under = claim("early", "400", 400, qualifier="<", signals=("at_most",))
    alone, beside = only(figures_of(under)), only(figures_of(under, claim("late", "380", 380, qualifier="~")))
    assert (alone.value, alone.lower, alone.upper) == (400, None, 400)
    assert (beside.value, beside.rule, beside.flags) == (380, "exact", ())
