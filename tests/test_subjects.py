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
    with (tmp_path / SUBJECTS / "quang-tri" / "comparison.csv").open(encoding="utf-8", newline="") as table:
        areas = {row["ref_area"] for row in csv.DictReader(table)}
    assert {area.split("/")[0] for area in areas} == {AREA, "VN"}
