"""A province's briefing is given the rows of its own area, and of what stands beside every area."""

import csv

from pages import ROOT

from helpers.run.plan import PROCESSED, PROCESSED_TABLES, SUBJECTS
from helpers.run.subjects import cut_tables

AREA = "VN-25"


def test_subject_keeps_its_own_rows_and_those_of_the_whole_country(tmp_path):
    (tmp_path / PROCESSED).mkdir(parents=True)
    for name in PROCESSED_TABLES:
        (tmp_path / PROCESSED / f"{name}.csv").write_bytes((ROOT / "data" / "processed" / f"{name}.csv").read_bytes())
    cut_tables(tmp_path, "quang-tri", AREA)
    assert areas_of(tmp_path, "comparison", "ref_area") == {AREA, "VN"}
    assert areas_of(tmp_path, "verdicts", "ref_area") == {AREA, "VN"}
    assert areas_of(tmp_path, "verdicts", "other_area") == {"VN"}


def areas_of(root, name, column):
    """Return the areas that a column of the cut table names, those of the whole country as one."""
    with (root / SUBJECTS / "quang-tri" / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return {row[column].split("/")[0] for row in csv.DictReader(table)}
