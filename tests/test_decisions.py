"""What waits for a person is listed with lines that, once filled in, settle it."""

from dataclasses import replace
from datetime import date

import pytest
import yaml
from briefings import claim, figure

from helpers.desk.decisions import correction_lines, find_cases
from helpers.reconcile.corrections import Decisions, LeftAlone, apply_corrections, read_decisions
from helpers.records import Number

TODAY = date(2026, 11, 21)
OPEN = claim("82,256", 82256, "union", indicator="members", unit="person", readings=("union", "group+coop+union"))
RIVAL = claim("90,000", 90000, "union", indicator="members", unit="person")
FIGURE = figure("union", None, indicator="members", flags=("ambiguous",), used=(OPEN.address,), unused=(RIVAL.address,))
NUMBER = Number("article-id", 3, 5, "37", 2, "unresolved")


def cases(*, flags=("ambiguous",), numbers=(), decisions=None):
    observations = {seen.address: seen for seen in (OPEN, RIVAL)}
    figures = [replace(FIGURE, flags=flags)]
    return list(find_cases(figures, observations, numbers, {"article-id": "id"}, decisions or Decisions(), TODAY))


@pytest.mark.parametrize("flag", ["conflict", "ambiguous", "doubtful"])
def test_every_claim_of_a_figure_in_doubt_waits(flag):
    assert [(case.kind, case.address) for case in cases(flags=(flag,))] == [(flag, OPEN.address), (flag, RIVAL.address)]


def test_figure_without_doubt_waits_for_nobody():
    assert cases(flags=("repaired",)) == []


def test_claim_that_is_decided_about_waits_no_more():
    decided = Decisions(left_alone=(LeftAlone(OPEN.address, "many", "nothing tells", "an analyst", TODAY),))
    assert [case.address for case in cases(decisions=decided)] == [RIVAL.address]


def test_number_that_is_not_understood_is_a_row_for_the_corpus_since_no_correction_could_find_it():
    (case,) = cases(flags=(), numbers=[NUMBER])
    assert (case.address, case.goes_to) == ("article-id#37@2", "tests/corpus/id.yaml")
    assert yaml.safe_load(case.lines)[0]["expect"] == [{"text": "37"}]


def test_lines_are_a_correction_once_their_reasons_are_written(tmp_path):
    lines = correction_lines(OPEN, {"org_type": "group+coop+union"}, TODAY)
    (tmp_path / "corrections.yaml").write_text(f"corrections:\n{lines}\n", encoding="utf-8")
    (mended,) = apply_corrections([OPEN], read_decisions(tmp_path).corrections, [OPEN.source_id])
    assert mended.org_type == "group+coop+union"
