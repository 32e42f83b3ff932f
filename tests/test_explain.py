"""A published number can be followed down to the words, the file and the line that it was read from."""

import json
import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from small_project import CARD, PROJECT
from test_sdmx import ROW
from test_tables import LOANS

from helpers.records import Check, Observation, Source, Verdict
from helpers.run.explain import UnknownNameError, explain, load_published, show
from helpers.tables import NAMES, write_table

TEXT = "- 341 koperasi\n… dengan 58.346 anggota\n\n- 23.910 anggota\n"
CARD_LINES = CARD.count("\n") - 1
SOURCE = Source(
    "a", "Title", "P", None, date(2024, 2, 20), None, None, None, None, "id", "VN-25", "-", "alliance", "notes", None
)


def seen(text, **changes):
    start = TEXT.index(text)
    quote = TEXT[TEXT.rfind("\n", 0, start) + 1 :].split("\n")[0]
    value = Decimal(text.replace(".", ""))
    claim = Observation(
        "a", start, start + len(text), text, 1, quote, start, value, "person", "=", "level", "members", "coop"
    )
    return replace(claim, **changes)


MEMBERS = replace(
    LOANS, figure_id="VN-25.members.group.2024-02", indicator="members", org_type="group", unit="person",
    value=Decimal(23910), lower=Decimal(23910), upper=Decimal(23910), used=("a#23.910",), unused=("a#58.346",),
    flags=("repaired", "conflict"), rule="explicit_term",
)  # fmt: skip
ORGANISATIONS = replace(
    MEMBERS, figure_id="VN-25.organisations.group.2024-02", indicator="organisations", unit="organisation",
    value=Decimal(341), used=("a#341",), unused=(), flags=(), rule="only_claim",
)  # fmt: skip
OPEN = replace(
    MEMBERS, figure_id="VN-25.members.coop+union.2024-02", org_type="coop+union", value=None, flags=("ambiguous",),
    lower=Decimal(34436), upper=Decimal(58346), used=("a#58.346", "a#23.910"), unused=(), rule="open_scope",
)  # fmt: skip
NATIONAL = replace(
    ORGANISATIONS, figure_id="VN/MPI.organisations.union.2022", ref_area="VN/MPI", org_type="union", period="2022",
    origins=("MPI",), rule="benchmark", used=("benchmarks.csv#Report",),
)  # fmt: skip
TABLES = {
    "sources": [SOURCE],
    "observations": [seen("341", indicator="organisations", org_type="group"), seen("58.346"), seen("23.910")],
    "figures": [MEMBERS, ORGANISATIONS, OPEN, NATIONAL],
    "comparison": [ROW, replace(ROW, ref_area="VN-DN", verdict="missing", reasons=())],
    "verdicts": [Verdict(ROW.item, "VN-25", "VN-DN", "missing", ("missing:VN-DN",))],
    "checks": [Check("c", "VN-25", "x", (MEMBERS.figure_id,), "person", None, Decimal(1), "agrees", "all is well")],
}


@pytest.fixture
def root(tmp_path):
    for name in NAMES:
        write_table(name, TABLES.get(name, []), tmp_path / "data" / "processed")
    sources = tmp_path / "data" / "raw" / "sources"
    sources.mkdir(parents=True)
    (sources / "a.md").write_text(CARD.replace("- 341 koperasi\n", TEXT).format(title="Title"), encoding="utf-8")
    shutil.copy(PROJECT / "data" / "raw" / "benchmarks.csv", tmp_path / "data" / "raw")
    return tmp_path


def test_an_item_leads_through_its_terms_to_words_file_and_line(root):
    row = explain("VN-25.members_per_organisation.group", load_published(root))
    assert (row["value"], row["lower"], row["formula"], row["verdict"]) == (12.07, 12.06, "ratio", "with_caution")
    assert row["reasons"][0]["meaning"] == "the figures were counted under different laws on cooperatives"
    members, organisations = row["terms"]
    (claim,) = members["used"]
    assert claim["quote"] == "- 23.910 anggota"
    assert (claim["file"], claim["line"]) == ((root / "data/raw/sources/a.md").as_posix(), CARD_LINES + 4)
    assert claim["taken_otherwise"] == ["org_type: read as coop, counted as group"]
    assert claim["source"]["origin"] == "alliance"
    assert [unused["address"] for unused in members["unused"]] == ["a#58.346"]
    assert members["checks"] == [{"check": "x", "verdict": "agrees", "found": "all is well"}]
    assert organisations["used"][0]["line"] == CARD_LINES + 1


def test_an_item_without_an_area_is_explained_for_all_areas_and_pairs(root):
    item = explain(ROW.item, load_published(root))
    assert [(row["ref_area"], row["verdict"]) for row in item["areas"]] == [
        ("VN-25", "with_caution"),
        ("VN-DN", "missing"),
    ]
    assert item["pairs"][0]["reasons"] == [{"code": "missing:VN-DN", "meaning": "this area has no such number"}]


def test_what_was_deducted_from_an_open_number_is_told_from_what_prints_it(root):
    figure = explain(OPEN.figure_id, load_published(root))
    assert (figure["value"], figure["lower"], figure["upper"]) == (None, 34436, 58346)
    assert [claim["role"] for claim in figure["used"]] == ["used", "deducted"]


def test_a_national_value_leads_to_its_row_of_benchmarks(root):
    (row,) = explain(NATIONAL.figure_id, load_published(root))["used"]
    lines = (root / "data/raw/benchmarks.csv").read_text(encoding="utf-8").splitlines()
    assert lines[row["line"] - 1].startswith("organisations,union,")
    assert row["file"].endswith("data/raw/benchmarks.csv")


def test_a_source_that_has_changed_since_the_run_is_said_to_have(root):
    path = root / "data/raw/sources/a.md"
    path.write_text(path.read_text(encoding="utf-8").replace("- 341", "- now 341"), encoding="utf-8")
    (claim,) = explain(ORGANISATIONS.figure_id, load_published(root))["used"]
    assert (claim["line"], claim["note"]) == (None, "the source has changed; start `briefings run`")


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("VN-25.members.groups.2024-02", "VN-25.members.group.2024-02"),
        ("members_per_organization.group", "members_per_organisation.group"),
    ],
)
def test_an_unknown_name_is_answered_with_near_ones(root, name, offered):
    with pytest.raises(UnknownNameError, match=f"nothing published is called .*; did you mean .*{offered}"):
        explain(name, load_published(root))


@pytest.mark.parametrize("name", [ROW.item, f"VN-25.{ROW.item}", OPEN.figure_id, NATIONAL.figure_id])
def test_every_explanation_can_be_shown_and_is_json(root, name):
    explanation = explain(name, load_published(root))
    assert json.loads(json.dumps(explanation)) == explanation
    assert "None" not in "\n".join(show(explanation))


def test_the_terminal_shows_each_step_below_its_result(root):
    lines = list(show(explain(f"VN-25.{ROW.item}", load_published(root))))
    place = f"{(root / 'data/raw/sources/a.md').as_posix()}:{CARD_LINES + 4}: - 23.910 anggota"
    assert lines[0] == (
        "VN-25.members_per_organisation.group = 12.07 (12.06 to 12.08) person, 2024-02"
        " (publication: 2024-02-20 to 2024-02-20)"
    )
    steps = [f"  {MEMBERS.figure_id} = 23,910 person", "    a#23.910 = 23,910 person", f"      {place}"]
    found = [next(n for n, line in enumerate(lines) if line.startswith(step)) for step in steps]
    assert found == sorted(found)
    assert "    not used: a#58.346 = 58,346 person" in lines


def test_every_published_number_of_the_project_can_be_explained():
    published = load_published(PROJECT)
    for name in [*published.figures, *published.rows]:
        assert all("\n" not in line for line in show(explain(name, published)))
