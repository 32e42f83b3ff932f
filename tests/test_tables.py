"""Tables keep what records say, refuse what does not fit, and come out the same whatever the order."""

import dataclasses
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from helpers import tables
from helpers.records import Check, Figure, Number

MEMBERS = Figure(
    figure_id="VN-25.members.coop+union.2024-02",
    ref_area="VN-25",
    boundary="until-2025-06",
    indicator="members",
    org_type="coop+union",
    sector=None,
    subset=None,
    kind="level",
    unit="person",
    period="2024-02",
    period_start=date(2024, 2, 20),
    period_end=date(2024, 2, 20),
    period_basis="publication",
    value=None,
    lower=Decimal("58346"),
    upper=Decimal("82256"),
    qualifier="=",
    status="repeated",
    flags=("ambiguous",),
    texts=1,
    origins=("alliance",),
    rule="open scope",
    used=("a#82,256", "b#82,256"),
    unused=(),
)
LOANS = dataclasses.replace(
    MEMBERS, figure_id="VN-25.loans_disbursed.none.2023", value=Decimal("9450000000.00"), flags=(), upper=None
)


def test_figures_survive_the_way_through_a_file(tmp_path):
    """None, open bounds, dates, trailing zeros and lists come back as they were."""
    tables.write_table("figures", [MEMBERS, LOANS], tmp_path)
    assert tables.read_records("figures", tmp_path) == [LOANS, MEMBERS]


def test_order_of_records_does_not_reach_the_file(tmp_path):
    tables.write_table("figures", [MEMBERS, LOANS], tmp_path / "one")
    tables.write_table("figures", [LOANS, MEMBERS], tmp_path / "two")
    assert (tmp_path / "one/figures.csv").read_bytes() == (tmp_path / "two/figures.csv").read_bytes()


def test_large_amounts_are_written_without_exponent(tmp_path):
    tables.write_table("figures", [dataclasses.replace(LOANS, value=Decimal("1E+13"))], tmp_path)
    assert "10000000000000" in (tmp_path / "figures.csv").read_text(encoding="utf-8")


def test_empty_table_keeps_its_columns(tmp_path):
    tables.write_table("checks", [], tmp_path)
    assert tables.read_records("checks", tmp_path) == []
    assert list(tables.read_table("checks", tmp_path).columns) == [field.name for field in dataclasses.fields(Check)]


def test_text_that_looks_like_a_missing_value_stays_text(tmp_path):
    number = Number(source_id="NA", start=0, end=3, text="007", occurrence=1, role="ordinal")
    tables.write_table("numbers", [number], tmp_path)
    assert tables.read_records("numbers", tmp_path) == [number]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"status": "certain"}, "status"),
        ({"flags": ("repared",)}, "flags"),
        ({"value": 3.5}, "value"),
        ({"indicator": "cooperatives"}, "indicator"),
    ],
)
def test_value_outside_the_schema_is_refused_by_column(change, named):
    with pytest.raises(tables.TableError, match=f"column {named}"):
        tables.to_table("figures", [dataclasses.replace(MEMBERS, **change)])


def test_one_figure_twice_is_refused():
    with pytest.raises(tables.TableError, match="figure_id"):
        tables.to_table("figures", [MEMBERS, MEMBERS])


def test_file_with_other_columns_is_refused_with_its_path(tmp_path):
    (tmp_path / "figures.csv").write_text("figure_id,value\nx,1\n", encoding="utf-8")
    with pytest.raises(tables.TableError, match=r"figures\.csv: columns"):
        tables.read_table("figures", tmp_path)


def test_file_with_a_number_that_is_none_is_refused_by_column(tmp_path):
    tables.write_table("figures", [LOANS], tmp_path)
    path = tmp_path / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("9450000000.00", "9.45 billion"), encoding="utf-8")
    for read in (tables.read_table, tables.read_records):
        with pytest.raises(tables.TableError, match=r"column value: '9\.45 billion' is no Decimal"):
            read("figures", tmp_path)


def test_row_that_was_cut_off_is_refused_with_its_number(tmp_path):
    tables.write_table("figures", [MEMBERS, LOANS], tmp_path)
    path = tmp_path / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip()[:-30], encoding="utf-8")
    with pytest.raises(tables.TableError, match=r"figures\.csv: row 2"):
        tables.read_records("figures", tmp_path)


def test_code_outside_the_schema_is_refused_where_the_whole_table_is_asked_for(tmp_path):
    tables.write_table("figures", [MEMBERS], tmp_path)
    path = tmp_path / "figures.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("repeated", "certain"), encoding="utf-8")
    with pytest.raises(tables.TableError, match="column status"):
        tables.read_table("figures", tmp_path)


@pytest.mark.parametrize("name", tables.NAMES)
def test_data_dictionary_explains_every_column_in_order(name):
    dictionary = (Path(__file__).parent.parent / "data/processed/README.md").read_text(encoding="utf-8")
    section = dictionary.split(f"## {name}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("| `")]
    columns = tables.schema(name).columns
    assert rows == [f"| `{column}` | {properties.description} |" for column, properties in columns.items()]
