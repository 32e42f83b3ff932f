"""The data package tells of every file what is in it, and a library that knows the specification agrees."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from frictionless import Package
from test_sdmx import ROW
from test_tables import LOANS, MEMBERS

from helpers.export.package import write_package
from helpers.export.sdmx import write_sdmx
from helpers.records import Number, Source, Verdict
from helpers.tables import NAMES, schema, write_table

SOURCE = Source("a", "A", "P", None, None, None, "-", None, "-", "id", "VN-25", "-", "alliance", "notes", None)
NUMBER = Number("a", 0, 3, "341", 1, "statistic")
TABLES = {
    "sources": [SOURCE],
    "numbers": [NUMBER],
    "figures": [MEMBERS, LOANS],
    "comparison": [ROW, replace(ROW, ref_area="VN-DN", value=Decimal("2.5"))],
    "verdicts": [Verdict(ROW.item, "VN-25", "VN-DN", "comparable", ())],
}


@pytest.fixture
def folder(tmp_path):
    for name in NAMES:
        write_table(name, TABLES.get(name, []), tmp_path)
    write_sdmx(TABLES["comparison"], tmp_path)
    write_package(tmp_path)
    return tmp_path


def describe(folder):
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return descriptor, {resource["name"]: resource for resource in descriptor["resources"]}


def test_package_is_valid_with_its_keys_types_codes_and_hashes(folder):
    report = Package(describe(folder)[0], basepath=str(folder)).validate()
    assert report.valid, report.flatten(["type", "note"])


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("numbers", replace(NUMBER, source_id="nowhere")),
        ("verdicts", Verdict(ROW.item, "VN-25", "VN-36", "comparable", ())),
    ],
)
def test_row_that_refers_to_nothing_is_no_valid_package(folder, name, record):
    write_table(name, [record], folder)
    write_package(folder)
    report = Package(describe(folder)[0], basepath=str(folder)).validate()
    assert [kind for (kind,) in report.flatten(["type"])] == ["foreign-key"]


def test_every_file_is_described_with_its_hash(folder):
    _, resources = describe(folder)
    assert list(resources) == [*NAMES, "sdmx"]
    for resource in resources.values():
        digest = hashlib.sha256((folder / resource["path"]).read_bytes()).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"


@pytest.mark.parametrize("name", NAMES)
def test_every_number_says_its_unit_or_where_it_stands(folder, name):
    fields = {field["name"]: field for field in describe(folder)[1][name]["schema"]["fields"]}
    assert list(fields) == list(schema(name).columns)
    for field in fields.values():
        if field["type"] == "number":
            assert fields[field["unitField"]]["categories"]


def test_package_names_licence_and_sources(folder):
    descriptor, _ = describe(folder)
    assert [licence["name"] for licence in descriptor["licenses"]] == ["MIT"]
    assert descriptor["sources"] == [{"title": "a: A. P"}]
