"""An edition keeps what was published; later values are held against it, each with what it may be due to."""

import csv
from dataclasses import replace
from decimal import Decimal

import pytest
from test_sdmx import ROW
from test_tables import LOANS

from helpers.compare.editions import (
    EditionError,
    Inputs,
    check_editions,
    find_changes,
    fingerprint,
    list_editions,
    read_edition,
    write_edition,
)
from helpers.tables import read_records, write_table

FIGURE = replace(LOANS, figure_id=ROW.figures[0], lower=None, used=("a#82,256", "b#82,256"))
COMPARED = replace(ROW, figures=(FIGURE.figure_id,))
INPUTS = Inputs(
    sources={"a": "1", "b": "1", "c": "1", "benchmarks.csv": "1"},
    tables={"provinces.csv": "1"},
    corrections={},
    code="1",
    configuration={"areas": ["VN-25"], "indicators": ["members"]},
)


def freeze(folder, name="2026-11", figures=(FIGURE,), compared=(COMPARED,), inputs=INPUTS):
    write_table("figures", figures, folder / "processed")
    write_table("comparison", compared, folder / "processed")
    return write_edition(folder / "editions", name, folder / "processed", inputs)


def changes_since(folder, figures=(FIGURE,), compared=(COMPARED,), inputs=INPUTS):
    return find_changes(read_edition(folder / "editions"), figures, compared, inputs)


def test_nothing_has_changed_since_an_edition_of_today_whatever_else_did(tmp_path):
    freeze(tmp_path)
    assert changes_since(tmp_path) == []
    assert changes_since(tmp_path, inputs=replace(INPUTS, code="2")) == []


def test_without_an_edition_there_is_no_change(tmp_path):
    assert changes_since(tmp_path) == []


def test_a_changed_value_is_told_with_old_new_change_and_cause(tmp_path):
    freeze(tmp_path)
    figure = replace(FIGURE, value=Decimal("9500000000"))
    changed = replace(COMPARED, value=Decimal("13.07"), upper=None, qualifier=">", period="2024-06")
    inputs = replace(INPUTS, sources=INPUTS.sources | {"a": "2", "c": "2"})
    compared, printed = changes_since(tmp_path, [figure], [changed], inputs)
    assert (compared.table, compared.name, compared.event) == ("comparison", f"VN-25.{ROW.item}", "changed")
    assert (compared.old_value, compared.new_value, compared.change) == (Decimal("12.07"), Decimal("13.07"), 1)
    assert (compared.old_qualifier, compared.new_qualifier, compared.new_upper) == ("=", ">", None)
    assert (compared.old_period, compared.new_period) == ("2024-02", "2024-06")
    assert (printed.table, printed.name, printed.change) == ("figures", FIGURE.figure_id, Decimal("50000000"))
    assert compared.causes == printed.causes == ("source:a",)


def test_added_and_removed_values_are_told(tmp_path):
    freeze(tmp_path)
    other = replace(FIGURE, figure_id="VN-25.loans_disbursed.none.2024")
    gone, added, removed = changes_since(tmp_path, [other], [replace(COMPARED, verdict="missing", value=None)])
    assert (gone.table, gone.event, gone.new_value, gone.change) == ("comparison", "removed", None, None)
    assert (added.name, added.event, added.old_value, added.old_qualifier) == (other.figure_id, "added", None, None)
    assert (removed.name, removed.event, removed.new_value) == (FIGURE.figure_id, "removed", None)


def test_another_unit_is_a_change_without_a_difference(tmp_path):
    freeze(tmp_path)
    (change,) = changes_since(tmp_path, compared=[replace(COMPARED, unit="other")])
    assert (change.event, change.unit, change.change) == ("changed", "other", None)


@pytest.mark.parametrize(
    ("inputs", "causes"),
    [
        ({"corrections": {"b#82,256": "{'value': 7}", "c#1": "{'value': 7}"}}, ("correction:b#82,256",)),
        ({"code": "2"}, ("code",)),
        ({"code": "2", "sources": INPUTS.sources | {"b": "2"}}, ("source:b", "code")),
        ({"tables": {"provinces.csv": "2"}}, ("source:provinces.csv",)),
        ({"configuration": {"areas": ["VN-25"], "indicators": []}}, ("configuration",)),
        ({"configuration": {"areas": [], "indicators": ["members"]}, "code": "2"}, ("configuration",)),
        ({"sources": {"a": "1", "b": "1", "d": "1", "benchmarks.csv": "2"}, "code": "2"}, ("code",)),
        ({"sources": {"a": "1", "b": "1", "d": "1", "benchmarks.csv": "1"}}, ("source:c", "source:d")),
    ],
)
def test_causes_are_the_inputs_of_a_value_that_changed(tmp_path, inputs, causes):
    freeze(tmp_path)
    changed = replace(COMPARED, value=Decimal(13))
    (change,) = changes_since(tmp_path, compared=[changed], inputs=replace(INPUTS, **inputs))
    assert change.causes == causes


def test_the_newest_edition_is_the_last_by_name(tmp_path):
    freeze(tmp_path, "2026-11")
    freeze(tmp_path, "2026-12", compared=())
    assert read_edition(tmp_path / "editions").name == "2026-12"
    assert read_edition(tmp_path / "editions", "2026-11").comparison
    with pytest.raises(EditionError, match=r"no edition is called '2026-1'; did you mean '2026-1[12]'"):
        read_edition(tmp_path / "editions", "2026-1")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("2026-11", "is an edition already"),
        ("2026-10", "stands before the edition '2026-11'"),
        ("../2027", "is no name of an edition"),
        ("", "is no name of an edition"),
    ],
)
def test_a_name_that_cannot_be_used_changes_nothing(tmp_path, name, message):
    frozen = freeze(tmp_path)
    before = {path.name: path.read_bytes() for path in frozen.iterdir()}
    with pytest.raises(EditionError, match=message):
        freeze(tmp_path, name, compared=())
    assert list_editions(tmp_path / "editions") == ["2026-11"]
    assert {path.name: path.read_bytes() for path in frozen.iterdir()} == before


@pytest.mark.parametrize("file", ["figures.csv", "comparison.csv", "inputs.json"])
def test_an_edition_that_was_edited_is_found(tmp_path, file):
    path = freeze(tmp_path) / file
    assert check_editions(tmp_path / "editions") == []
    path.write_text(path.read_text(encoding="utf-8")[1:], encoding="utf-8")
    (problem,) = check_editions(tmp_path / "editions")
    assert problem.startswith(f"{path}: ")
    path.unlink()
    assert len(check_editions(tmp_path / "editions")) == 1


def test_an_edition_outlives_a_new_column_of_the_tables(tmp_path):
    write_table("figures", [FIGURE], tmp_path / "processed")
    write_table("comparison", [COMPARED], tmp_path / "processed")
    path = tmp_path / "processed" / "comparison.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{"colour": "red", **row} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    write_edition(tmp_path / "editions", "2026-11", tmp_path / "processed", INPUTS)
    assert changes_since(tmp_path) == []


def test_changes_survive_the_way_through_a_file(tmp_path):
    freeze(tmp_path)
    changes = changes_since(tmp_path, [], [replace(COMPARED, value=None)], replace(INPUTS, code="2"))
    write_table("changes", changes, tmp_path)
    assert read_records("changes", tmp_path) == changes


def test_fingerprints_tell_sources_tables_code_and_configuration_apart(tmp_path):
    files = ("data/raw/sources/new/a.md", "data/raw/provinces.csv", "data/raw/benchmarks.csv", "src/helpers/read/a.py")
    for name in files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")

    def look():
        return fingerprint(tmp_path, areas=["VN-25"], indicators=["members"])

    before = look()
    assert (set(before.sources), set(before.tables)) == ({"a", "benchmarks.csv"}, {"provinces.csv"})
    for name, field in zip(files, ("sources", "tables", "sources", "code"), strict=True):
        (tmp_path / name).write_text("edited", encoding="utf-8")
        after = look()
        assert [each for each in Inputs.__slots__ if getattr(before, each) != getattr(after, each)] == [field]
        before = after
