"""The SDMX-CSV export follows the field guide of the format, and says nothing that the comparison does not."""

import csv
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from helpers.export import sdmx
from helpers.records import Compared
from helpers.tables import read_records

PROCESSED = Path(__file__).parent.parent / "data/processed"
ROW = Compared(
    item="members_per_organisation.group",
    ref_area="VN-25",
    indicator="members_per_organisation",
    org_type="group",
    sector=None,
    subset=None,
    unit="person",
    period="2024-02",
    period_start=date(2024, 2, 20),
    period_end=date(2024, 2, 20),
    period_basis="publication",
    value=Decimal("12.07"),
    lower=Decimal("12.06"),
    upper=Decimal("12.08"),
    qualifier="=",
    formula="ratio",
    figures=("VN-25.members.group.2024-02", "VN-25.organisations.group.2024-02"),
    assumption=None,
    flags=("repaired",),
    verdict="with_caution",
    reasons=("law",),
)
UNDATED = {"period": "undated", "period_basis": "bounded"}
NEW_GROUND = {"period": "2025-09", "period_start": date(2025, 9, 1), "period_end": date(2025, 9, 30)}

# What the field guide and the SDMX information model allow.
CODE = re.compile(r"[A-Za-z0-9_@$-]+")
STRUCTURE = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*:[A-Za-z0-9_@$-]+\(\d+\.\d+\.\d+\)")
TIME = re.compile(r"\d{4}(-[SQ]\d|-\d\d(-\d\d)?)?|\d{4}-\d\d-\d\d/P\d+D")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
STATUSES = set("BOMLHQJSDKWIFEPNUVGA")


def one(**changes):
    (row,) = sdmx.to_rows([replace(ROW, **changes)])
    return row


def test_a_row_of_the_comparison_is_an_observation():
    assert one() == {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": "COOPERATIVE_BRIEFINGS:DF_COMPARISON(1.0.0)",
        "ACTION": "I",
        "FREQ": "M",
        "REF_AREA": "VN-25",
        "INDICATOR": "MEMBERS_PER_ORGANISATION",
        "ORG_TYPE": "GROUP",
        "SECTOR": "_T",
        "SUBSET": "_T",
        "TIME_PERIOD": "2024-02",
        "OBS_VALUE": "12.07",
        "UNIT_MEASURE": "PS",
        "UNIT_MULT": "0",
        "DECIMALS": "2",
        "OBS_STATUS": "A",
        "QUALIFIER": "=",
        "LOWER_BOUND": "12.06",
        "UPPER_BOUND": "12.08",
        "COMPARABILITY": "WITH_CAUTION",
        "COMMENT_OBS": "ratio of VN-25.members.group.2024-02, VN-25.organisations.group.2024-02; time: publication;"
        " repaired; law",
    }


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "A"),
        ({"flags": ("conflict",)}, "U"),
        ({"qualifier": "<", "flags": ("doubtful",)}, "E"),
        ({"qualifier": ">", "flags": ("expected",)}, "F"),
        ({"reasons": ("credit_funds:inside_one",), "flags": ("expected",)}, "W"),
        ({"subset": "operating", "reasons": ("credit_funds:inside_one",)}, "D"),
        ({"value": None, "subset": "operating"}, "O"),
        (NEW_GROUND | {"value": None}, "B"),
    ],
)
def test_the_gravest_status_is_the_one_that_is_told(changes, status):
    assert one(**changes)["OBS_STATUS"] == status


def test_an_open_number_is_left_out_on_purpose_and_its_bounds_are_told():
    row = one(value=None, qualifier="=", lower=None)
    assert (row["OBS_VALUE"], row["DECIMALS"], row["LOWER_BOUND"], row["UPPER_BOUND"]) == ("NaN", "0", "", "12.08")


def test_a_subset_that_the_item_names_is_a_dimension_and_any_other_a_remark():
    assert one(item="organisations.group.registered", subset="registered")["SUBSET"] == "REGISTERED"
    row = one(subset="operating")
    assert row["SUBSET"] == "_T"
    assert "counts operating only" in row["COMMENT_OBS"]


@pytest.mark.parametrize(
    ("changes", "frequency", "time"),
    [
        ({"period": "2023", "period_basis": "stated"}, "A", "2023"),
        ({"period": "2022-H1", "period_basis": "stated"}, "S", "2022-S1"),
        ({"period": "2022-Q3", "period_basis": "stated"}, "Q", "2022-Q3"),
        ({"period": "2023-10-31", "period_basis": "stated"}, "D", "2023-10-31"),
        (UNDATED | {"period_end": date(2024, 2, 29)}, "_O", "2024-02-20/P10D"),
    ],
)
def test_a_period_is_written_as_sdmx_writes_it(changes, frequency, time):
    row = one(**changes)
    assert (row["FREQ"], row["TIME_PERIOD"]) == (frequency, time)


@pytest.mark.parametrize("changes", [UNDATED | {"period_start": None}, {"verdict": "missing"}])
def test_what_has_no_time_is_no_observation(changes):
    assert sdmx.to_rows([replace(ROW, **changes)]) == []


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """The export of the tables that are committed."""
    compared = read_records("comparison", PROCESSED)
    return sdmx.write_sdmx(compared, tmp_path_factory.mktemp("sdmx"))


def test_the_file_is_csv_as_rfc_4180_has_it_with_the_columns_of_the_field_guide(published):
    content = published.read_bytes()
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")
    header, *rows = csv.reader(content.decode().split("\r\n")[:-1], strict=True)
    assert header[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert tuple(header) == sdmx.COLUMNS
    assert {len(row) for row in rows} == {len(header)}


def test_every_row_is_a_valid_observation_under_its_own_key(published):
    with published.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [tuple(row[dimension] for dimension in sdmx.DIMENSIONS) for row in rows]
    assert len(set(keys)) == len(keys) > 3
    for row in rows:
        assert (row["STRUCTURE"], row["ACTION"]) == ("dataflow", "I")
        assert STRUCTURE.fullmatch(row["STRUCTURE_ID"])
        assert TIME.fullmatch(row["TIME_PERIOD"]), row
        assert row["OBS_VALUE"] == "NaN" or NUMBER.fullmatch(row["OBS_VALUE"])
        assert row["OBS_STATUS"] in STATUSES
        assert all(NUMBER.fullmatch(row[bound]) for bound in ("LOWER_BOUND", "UPPER_BOUND") if row[bound])
        coded = [*sdmx.DIMENSIONS[:-1], "UNIT_MEASURE", "UNIT_MULT", "DECIMALS", "COMPARABILITY"]
        assert all(CODE.fullmatch(row[column]) for column in coded), row


def test_national_values_of_other_producers_are_not_exported():
    rows = [ROW, *(replace(ROW, ref_area=family) for family in ("VN", "VN/MPI", "VN/VCA"))]
    assert [row["REF_AREA"] for row in sdmx.to_rows(rows)] == ["VN-25"]
