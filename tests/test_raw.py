"""The reference tables of data/raw: what they hold, and what is told of a bad row."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from helpers.read.files import InputError
from helpers.read.raw import PRODUCERS, check_raw, read_benchmarks, read_indicators
from helpers.records import INDICATORS

RAW = Path(__file__).parent.parent / "data/raw"
LANGUAGES = ("ar", "en", "hi", "id", "vi")
PATHS = [*sorted(RAW.glob("*.csv")), *sorted(RAW.glob("sources/*.md"))]
NO_SOURCES = ("wiki", "blog", "huggingface", "github", "gist", "topdanangaz", "nghean24h", "ai-hay")


@pytest.fixture
def raw(tmp_path):
    return Path(shutil.copytree(RAW, tmp_path / "raw"))


def replace(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8", newline="\n")


def test_shipped_folder_has_no_problem():
    assert check_raw(RAW, ["VN-DN", "VN-25", "VN-36"], languages=LANGUAGES) == []


def test_every_code_of_the_data_has_an_indicator_with_names_in_every_language():
    indicators = read_indicators(RAW)
    assert set(INDICATORS) <= set(indicators)
    assert {tuple(indicator.names) for indicator in indicators.values()} == {("en", "vi", "id", "ar", "hi")}


def test_indicator_without_an_official_definition_says_so():
    for indicator in read_indicators(RAW).values():
        derived = indicator.definition.startswith("Derived here")
        assert indicator.defined_by or derived or "No official definition found." in indicator.definition, (
            indicator.code
        )


def test_plausible_range_holds_national_values_and_refuses_a_slipped_unit():
    indicators = read_indicators(RAW)
    for benchmark in read_benchmarks(RAW, indicators):
        indicator = indicators[benchmark.indicator]
        assert indicator.plausible_min <= benchmark.value <= indicator.plausible_max, benchmark
        assert benchmark.unit == indicator.unit
    assert indicators["revenue_per_organisation"].plausible_max < Decimal("8377e9")


def test_benchmarks_of_one_thing_and_year_keep_their_producers_apart():
    found = {
        (benchmark.producer, benchmark.value)
        for benchmark in read_benchmarks(RAW, read_indicators(RAW))
        if (benchmark.indicator, benchmark.org_type, benchmark.sector) == ("organisations", "coop", None)
        and benchmark.period.startswith("2023")
    }
    assert found == {("MPI", Decimal(31700)), ("VCA", Decimal(31364))}


def test_every_family_of_producers_is_there():
    assert {benchmark.producer for benchmark in read_benchmarks(RAW, read_indicators(RAW))} == set(PRODUCERS)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_links_lead_to_official_and_press_pages_only(path):
    for address in re.findall(r"https?://\S+", path.read_text(encoding="utf-8")):
        assert not any(host in address for host in NO_SOURCES), address


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("benchmarks.csv", "=,VCA,", "=,,", "column 'producer': is empty; fill it in"),
        ("benchmarks.csv", "=,VCA,", "=,VCAA,", "column 'producer': 'VCAA' is not known; did you mean 'VCA'?"),
        ("benchmarks.csv", "members,coop", "member,coop", "'member' is not known; did you mean 'members'?"),
        ("benchmarks.csv", "organisations,coop", "organisations,htx", "'htx' is not known; join group, coop"),
        (
            "benchmarks.csv",
            ",2023-12-31,",
            ",31/12/2023,",
            "'31/12/2023' is no period; write 2023, 2023-10 or 2023-10-31",
        ),
        ("benchmarks.csv", "29378", "29.378.000", "is no number; write plain digits"),
        ("benchmarks.csv", "29378,organisation", "29378,organization", "did you mean 'organisation'?"),
        ("benchmarks.csv", "https://hanoimoi.vn", "hanoimoi.vn", "is no address; write it whole"),
        ("benchmarks.csv", "2022,125", "2022", "has 11 cells instead of 12"),
        ("indicators.csv", "Support policies in force,", ",", "column 'name_en': is empty"),
        ("indicators.csv", "members,person,0,15000000", "members,person,15000000,0", "is not below plausible_max"),
        ("indicators.csv", "workers,person", "members,person", "members stands already in line"),
        ("indicators.csv", "workers,person", "werkers,person", "indicator 'workers' is missing; add its row"),
    ],
)
def test_wrong_row_is_told_place_and_mend(raw, table, old, new, told):
    replace(raw / table, old, new)
    problems = check_raw(raw, languages=LANGUAGES)
    assert any(told in problem and str(raw / table) in problem for problem in problems), problems


def test_indicator_without_a_definition_is_named_with_its_line(raw):
    lines = (raw / "indicators.csv").read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("policies,"))
    definition = next(row.definition for row in read_indicators(raw).values() if row.code == "policies")
    replace(raw / "indicators.csv", f'"{definition}"' if f'"{definition}"' in lines[at] else definition, "")
    with pytest.raises(InputError, match=rf"indicators\.csv:{at + 1}: column 'definition': is empty; fill it in"):
        read_indicators(raw)


def test_problems_of_all_files_are_told_together(raw):
    replace(raw / "sources/da-nang-2023-11-01-id.md", "language: id", "language: tlh")
    replace(raw / "provinces.csv", "VN-36,until-2025-06", "VN-36,until")
    replace(raw / "benchmarks.csv", "=,VCA,", "=,,")
    files = [Path(problem.split(":")[0]).name for problem in check_raw(raw, languages=LANGUAGES)]
    assert files == ["da-nang-2023-11-01-id.md", "provinces.csv", "benchmarks.csv"]


def test_area_without_any_source_is_a_problem():
    (problem,) = check_raw(RAW, ["VN-DN", "VN-24"], languages=LANGUAGES)
    assert problem.endswith("no source is about VN-24; add one, or take VN-24 out of config.yaml")


def test_every_indicator_that_is_computed_needs_its_row(raw):
    path = raw / "indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("share_among_groups,")), encoding="utf-8")
    assert [problem.split(": ", 1)[1] for problem in check_raw(raw)] == [
        "indicator 'share_among_groups' is missing; add its row"
    ]


def test_office_that_two_cards_spell_differently_would_confirm_itself_and_is_named(raw):
    replace(raw / "sources/quang-tri-undated-id.md", "origin: alliance of", "origin: Aliance of")
    (problem,) = check_raw(raw, languages=LANGUAGES)
    assert "the origins 'Aliance of Quang Tri' and 'alliance of Quang Tri' of VN-25 are all but one name" in problem
