"""An analyst's decision changes what a number means, visibly, and never outlives its cause."""

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from gold import ROOT, claim, source

from helpers.reconcile.corrections import (
    Correction,
    CorrectionError,
    apply_corrections,
    check_corrections,
    read_decisions,
)
from helpers.reconcile.figures import reconcile

RAW = ROOT / "data/raw"
EARLY, LATE = source("early"), source("late")
TEXTS = {"early": "early", "late": "late"}
ENTRY = {
    "number": "quang-tri-2024-02-20-ar#341",
    "wrong": {"subset": None},
    "right": {"subset": "operating"},
    "why": "it says so elsewhere",
    "who": "an analyst",
    "when": date(2024, 3, 1),
}


def correction(number, wrong, right):
    return Correction(number, wrong, right, "the report says so", "an analyst", date(2024, 3, 1))


def raw_with(tmp_path, **lists) -> Path:
    raw = Path(shutil.copytree(RAW, tmp_path / "raw"))
    (raw / "corrections.yaml").write_text(yaml.safe_dump(lists, allow_unicode=True), encoding="utf-8")
    return raw


def told(raw) -> str:
    return "\n".join(check_corrections(raw))


# -- applying


def test_corrected_claim_is_flagged_preferred_and_keeps_the_printed_one_beside_it():
    claims = claim("early", "343", 343), claim("late", "341", 341)
    decision = correction("early#343", {"value": Decimal(343)}, {"value": Decimal(342)})
    (figure,) = reconcile(claims, (EARLY, LATE), TEXTS, corrections=(decision,))
    assert (figure.value, figure.rule, figure.flags) == (342, "corrected", ("conflict", "corrected"))
    assert (figure.used, figure.unused) == (("early#343",), ("late#341",))


def test_corrected_meaning_makes_it_another_figure():
    decision = correction("early#43", {"subset": "union-members"}, {"subset": "alliance-members"})
    (figure,) = reconcile([claim("early", "43", 43, subset="union-members")], (EARLY,), TEXTS, corrections=(decision,))
    assert (figure.figure_id, figure.flags) == ("VN-25.organisations.coop.alliance-members.2024-02", ("corrected",))


def test_second_occurrence_has_an_address_of_its_own():
    again = claim("early", "341", 341, start=9, occurrence=2)
    decision = correction("early#341@2", {"org_type": "coop"}, {"org_type": "group"})
    seen = apply_corrections([claim("early", "341", 341), again], [decision], ["early"])
    assert [(one.org_type, one.signals) for one in seen] == [("coop", ()), ("group", ("corrected",))]


def test_no_text_mends_what_an_analyst_has_decided():
    merged = claim("early", "1,981", 1981, signals=("same_type_twice",), sector="agriculture")
    decision = correction("early#1,981", {"sector": "agriculture"}, {"sector": None})
    explicit = claim("late", "1.981", 1981, org_type="group")
    figures = reconcile([merged, explicit], (EARLY, LATE), TEXTS, corrections=(decision,))
    assert [(figure.org_type, figure.flags) for figure in figures] == [("coop", ("corrected",)), ("group", ())]


def test_decision_about_a_source_of_another_area_is_passed_over():
    elsewhere = correction("da-nang#43", {"subset": None}, {"subset": "operating"})
    assert apply_corrections([claim("early", "341", 341)], [elsewhere], ["early"]) == [claim("early", "341", 341)]


def test_correction_that_matches_nothing_is_an_error_that_offers_the_nearest():
    lost = correction("early#342", {"subset": None}, {"subset": "operating"})
    with pytest.raises(CorrectionError, match=r"'early#342': the source prints no such statistic; .*'early#341'"):
        apply_corrections([claim("early", "341", 341)], [lost], ["early"])


def test_correction_of_what_is_read_in_another_way_by_now_is_an_error():
    stale = correction("early#341", {"subset": "registered"}, {"subset": "operating"})
    with pytest.raises(
        CorrectionError, match=r"subset is read as None and not as 'registered'.*write the correction anew"
    ):
        apply_corrections([claim("early", "341", 341)], [stale], ["early"])


def test_correction_that_the_reader_has_caught_up_with_changes_nothing_and_is_told():
    caught_up = correction("early#341", {"subset": None}, {"subset": "operating"})
    seen = claim("early", "341", 341, subset="operating")
    assert apply_corrections([seen], [caught_up], ["early"]) == [seen]


# -- the file


def test_shipped_decisions_are_good():
    assert check_corrections(RAW) == []
    decisions = read_decisions(RAW)
    assert decisions.corrections
    assert decisions.left_alone


def test_folder_without_the_file_has_no_decisions(tmp_path):
    assert read_decisions(tmp_path).corrections == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"number": "quang-tri-2024-02-20-ar#999"}, "prints no such statistic"),
        ({"number": "quang-tri-2024-02-20#341"}, "no source is called 'quang-tri-2024-02-20'; did you mean"),
        ({"number": "341"}, "is no address; write source_id#printed text"),
        (
            {"wrong": {"subset": "operating"}, "right": {"subset": None}},
            "is read rightly by now; take the correction out",
        ),
        ({"why": None}, "field 'why' is missing; add it"),
        ({"wen": date(2024, 3, 1)}, "field 'wen' is not known; did you mean 'when'?"),
        ({"when": "in spring"}, "field 'when' is no day; write it like"),
        ({"right": {"sector": "industry"}}, "wrong and right should name the same fields"),
        ({"wrong": {"subset": "operating"}}, "is 'operating' on both sides; take it out"),
        ({"wrong": {"start": 3}, "right": {"start": 4}}, "field 'start' cannot be corrected"),
        (
            {"wrong": {"indicator": "organisations"}, "right": {"indicator": "organisation"}},
            "did you mean 'organisations'",
        ),
        ({"wrong": {"org_type": "coop"}, "right": {"org_type": "htx"}}, "org_type 'htx' is not known; join group"),
        ({"wrong": {"period": None}, "right": {"period": "last year"}}, "no period is written 'last year'"),
    ],
)
def test_bad_decision_is_told_with_its_mend(tmp_path, changes, problem):
    raw = raw_with(tmp_path, corrections=[{**ENTRY, **changes}])
    assert problem in told(raw), told(raw)


def test_two_decisions_about_one_number_are_refused(tmp_path):
    left = {key: ENTRY[key] for key in ("number", "why", "who", "when")} | {"seems": "too low"}
    assert "has two decisions; keep one" in told(raw_with(tmp_path, corrections=[ENTRY], left_alone=[left]))


def test_number_left_alone_has_to_be_there(tmp_path):
    left = {key: ENTRY[key] for key in ("why", "who", "when")} | {
        "seems": "too low",
        "number": "quang-tri-undated-id#7",
    }
    assert "is left alone, but no statistic is there" in told(raw_with(tmp_path, left_alone=[left]))


@pytest.mark.parametrize("content", ["- a", "decisions: []", "corrections: {a: b}"])
def test_file_that_holds_something_else_is_refused(tmp_path, content):
    raw = raw_with(tmp_path)
    (raw / "corrections.yaml").write_text(content, encoding="utf-8")
    assert "should hold two lists, corrections and left_alone" in told(raw)


def test_record_in_the_list_of_the_other_kind_is_told_where_it_belongs(tmp_path):
    assert "its fields are those of a record under `corrections:`; move it there" in told(
        raw_with(tmp_path, left_alone=[ENTRY])
    )
