"""Places: found under every spelling, and held against ISO 3166-2."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from helpers.read.places import PlaceError, boundary_on, load_places, name_key, official_names

RAW = Path(__file__).parent.parent / "data/raw"
TABLES = ("provinces.csv", "districts.csv", "regions.csv")


@pytest.fixture(scope="module")
def places():
    return load_places(RAW)


@pytest.fixture
def raw(tmp_path):
    for name in TABLES:
        shutil.copy(RAW / name, tmp_path)
    return tmp_path


def replace(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8", newline="\n")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Đà Nẵng", "VN-DN"),
        ("DA NANG", "VN-DN"),
        ("Danang", "VN-DN"),
        ("VN-DN", "VN-DN"),
        ("quang-tri", "VN-25"),
        ("Đắk Lắk", "VN-33"),
        ("Daklak", "VN-33"),
        ("Bà Rịa – Vũng Tàu", "VN-43"),
        ("TP.HCM", "VN-SG"),
        ("بينه ثوان", "VN-40"),
        ("लाम डोंग", "VN-35"),
        ("थान्ह होआ", "VN-21"),
        ("हाई फ़ोंग", "VN-HP"),
        ("Đakrông", "VN-25/467"),
        ("Dakrong", "VN-25/467"),
        ("داكرونغ", "VN-25/467"),
        ("डाकरोंग", "VN-25/467"),
        ("Hòa Vang", "VN-DN/497"),
        ("Phan Rang – Tháp Chàm", "VN-36/582"),
        ("Mộc Châu", "VN-05/mocchau"),
        ("Việt Nam", "VN"),
        ("वियतनाम", "VN"),
        ("Đồng bằng sông Hồng", "red-river-delta"),
        ("Delta Mekong", "mekong-delta"),
        ("المرتفعات الوسطى", "central-highlands"),
    ],
)
def test_place_is_found_in_any_spelling(places, name, code):
    assert places.find(name).code == code


def test_name_that_a_province_shares_with_its_town_is_the_province(places):
    assert places.find("Quảng Trị").kind == "province"


def test_unknown_place_is_told_the_nearest_name(places):
    with pytest.raises(PlaceError, match=r"no place is called 'Quang Tre'; did you mean 'Quang Tri'\?"):
        places.find("Quang Tre")


def test_place_near_to_nothing_is_told_where_to_add_it(places):
    with pytest.raises(PlaceError, match=r"no place is called 'Xxyy'; add it to data/raw/provinces\.csv or"):
        places.find("Xxyy")


def test_districts_of_one_name_are_told_apart_by_their_province(raw):
    with (raw / "districts.csv").open("a", encoding="utf-8") as table:
        table.write("VN-50,,rural district,Chau Thanh,Châu Thành,,,\nVN-44,,rural district,Chau Thanh,Châu Thành,,,\n")
    places = load_places(raw)
    assert places.find("Chau Thanh", within="VN-44").code == "VN-44/chauthanh"
    with pytest.raises(PlaceError, match=r"2 places .*\(VN-44/chauthanh, VN-50/chauthanh\); say in which province"):
        places.find("Châu Thành")


def test_every_province_of_iso_is_known_under_its_official_name(places):
    assert len(official_names()) == 1 + 63
    for code, name in official_names().items():
        assert places.find(name).code == code


def test_every_spelling_leads_to_its_own_place(places):
    for spelling, kind, code, _ in places:
        assert places.find(spelling, within=code.split("/")[0]).kind in (kind, "province")


def test_iteration_gives_larger_places_first(places):
    kinds = list(dict.fromkeys(kind for _, kind, _, _ in places))
    assert kinds == ["country", "region", "province", "district"]


def test_merged_province_has_two_territories_and_one_name(places):
    old, new = (places.territory("VN-DN", boundary) for boundary in ("until-2025-06", "from-2025-07"))
    assert (old.gso_code, old.successor, old.population_kind) == ("48", "VN-DN", "implied")
    assert (new.successor, new.population) == (None, None)


def test_ground_that_is_not_filed_is_an_error_and_no_other_ground(places):
    with pytest.raises(PlaceError, match="no territory 'VN-36' 'from-2025-07'"):
        places.territory("VN-36", "from-2025-07")


def test_province_that_was_merged_away_names_its_successor(places):
    assert places.territory("VN-36", "until-2025-06").successor == "VN-34"


def test_boundary_changes_on_the_first_of_july(places):
    assert [boundary_on(date(2025, 6, 30)), boundary_on(date(2025, 7, 1))] == ["until-2025-06", "from-2025-07"]


def test_keys_keep_apart_what_vowel_signs_keep_apart():
    assert name_key("सोन ला") != name_key("सेन ला")
    assert name_key("  ĐÀ—NẴNG ") == "danang"


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("provinces.csv", "VN-25,until", "VN-45,until", "VN-45 is Đồng Tháp in ISO 3166-2, not Quảng Trị; write VN-25"),
        ("provinces.csv", "VN-36,until", "VN-0036,until", "'VN-0036' is not known; did you mean 'VN-36'?"),
        ("provinces.csv", "VN-36,until-2025-06", "VN-36,until-2025", "did you mean 'until-2025-06'?"),
        ("provinces.csv", "VN-36,until-2025-06", "VN-34,from-2025-07", "VN-34, from-2025-07 stands already in line"),
        ("provinces.csv", "VN-36,until", "VN-34,until", "VN-36 (Ninh Thuận) is missing; add its row"),
        ("provinces.csv", "598683,2022,", "598683,,", "'population_year': is empty beside a population"),
        ("provinces.csv", "598683,2022,", ",2022,", "'population': is empty beside a population_year"),
        ("provinces.csv", "598683", "598.683.0", "'598.683.0' is no number; write plain digits without separators"),
        ("provinces.csv", "598683,2022,average", "598683,2022,mean", "'mean' is not known"),
        ("provinces.csv", "code,boundary", "kode,boundary", "column 'kode' is not known; did you mean 'code'?"),
        ("provinces.csv", "VN-36,until", "VN-36,extra,until", "cells instead of 15"),
        ("districts.csv", "VN-25,461", "VN-2X,461", "'VN-2X' is not known"),
        ("districts.csv", "rural district,Gio Linh", "county,Gio Linh", "'county' is not known"),
        ("districts.csv", "Gio Linh,Gio Linh", "Hai Lang,Gio Linh", "'Hai Lang' names both VN-25/466 and VN-25/470"),
        ("regions.csv", "central-highlands,", "mekong-delta,", "mekong-delta stands already in line"),
    ],
)
def test_wrong_table_is_told_place_and_mend(raw, table, old, new, told):
    replace(raw / table, old, new)
    with pytest.raises(PlaceError) as caught:
        load_places(raw)
    assert told in str(caught.value)
    assert str(raw / table) in str(caught.value)


def test_missing_table_is_named(raw):
    (raw / "regions.csv").unlink()
    with pytest.raises(PlaceError, match=r"regions\.csv: cannot be read"):
        load_places(raw)
