"""Know the places that articles name: the country, its regions, provinces and districts, in every spelling met so far.

Names are data (``provinces.csv``, ``districts.csv``, ``regions.csv``); codes of provinces are those of ISO 3166-2 and
are held against pycountry. Finding names in a text is the reader's work, not this module's.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pycountry

from helpers.read.files import InputError, Row, find_repeated, nearest, read_rows
from helpers.read.folding import fold

COUNTRY = "VN"
COMPARISON = "comparison"  # stands where a place's name is expected and all of them are meant
KINDS = ("country", "region", "province", "district")  # the larger first: it owns a name that both bear
BOUNDARIES = ("until-2025-06", "from-2025-07")
MERGED_ON = date(2025, 7, 1)  # Resolution 202/2025/QH15: the merged provinces began to work that day
POPULATION_KINDS = ("average", "census", "implied")
POPULATION_STATUSES = ("preliminary", "final")
DISTRICT_KINDS = ("city", "town", "urban district", "rural district")  # thành phố, thị xã, quận, huyện

_SPELLINGS = ("latin", "ar", "hi")
_PROVINCES = (
    "code",
    "boundary",
    "gso_code",
    "kind",
    "name",
    "name_vi",
    *_SPELLINGS,
    "successor",
    "population",
    "population_year",
    "population_kind",
    "population_status",
    "population_source",
)
_DISTRICTS = ("province", "gso_code", "kind", "name", "name_vi", *_SPELLINGS)
_REGIONS = ("code", "name", "name_vi", *_SPELLINGS)

_ALIKE = str.maketrans("đ", "d")  # no mark to take away: Unicode has đ for a letter of its own


class PlaceError(InputError):
    """A place is not known, or a table of places is wrong; says which and what to do."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as articles speak of it, whatever its borders were at the time.

    ``code`` is ``VN`` for the country, ISO 3166-2 for a province, ``VN-25/461`` (province and GSO code, or bare name
    where the code is not filed) for a district, a word for a region. ``province`` is the code of the province that a
    district lay in until the districts were abolished on 1 July 2025. ``spellings`` begins with ``name``.
    """

    code: str
    kind: str
    name: str
    name_vi: str
    province: str | None
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Territory:
    """The ground under a code in one boundary version, and the people who lived there.

    ``kind`` is ``country``, ``municipality`` or ``province``. ``successor`` is the code that the ground belongs to
    since 1 July 2025, where filed. A population counts for its own year only; ``implied`` ones are quotients of
    published figures. None means not known.
    """

    code: str
    boundary: str
    gso_code: str | None
    kind: str
    name: str
    name_vi: str
    successor: str | None
    population: Decimal | None
    population_year: int | None
    population_kind: str | None
    population_status: str | None
    population_source: str | None


@dataclass(frozen=True)
class Places:
    """All places and territories that ``data/raw`` knows; made by ``load_places``."""

    places: tuple[Place, ...]
    territories: tuple[Territory, ...]

    def __iter__(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield every spelling with the kind, code and official name of the place that bears it.

        A name that several places bear comes once for each of them, the larger place first.
        """
        for place in self.places:
            for spelling in place.spellings:
                yield spelling, place.kind, place.code, place.name

    def find(self, name: str, *, within: str | None = None) -> Place:
        """Return the place called ``name``, in any spelling, or with that code.

        A name shared by places of different size is the larger one's: Quảng Trị is the province, not the town in it.
        Of districts of one name, the one in the province ``within`` is meant. Raises PlaceError when
        nothing bears the name, with the nearest that something does, or when it stays open which district is meant.
        """
        bearers = self._bearers.get(name.strip().upper()) or self._bearers.get(name_key(name), ())
        if not bearers:
            spellings = [spelling for place in self.places for spelling in place.spellings]
            offer = nearest(name, spellings) or "; add it to data/raw/provinces.csv or districts.csv"
            raise PlaceError(f"no place is called {name!r}{offer}")
        largest = [place for place in bearers if place.kind == bearers[0].kind]
        meant = [place for place in largest if within is not None and place.province == within] or largest
        if len(meant) > 1:
            found = ", ".join(place.code for place in meant)
            raise PlaceError(f"{len(meant)} places are called {name!r} ({found}); say in which province")
        return meant[0]

    def territory(self, code: str, boundary: str) -> Territory:
        """Return the territory of the area ``code`` in one boundary version.

        Raises PlaceError when it is not filed: one ground is never taken for another.
        """
        for territory in self.territories:
            if (territory.code, territory.boundary) == (code, boundary):
                return territory
        offer = nearest(code, {territory.code for territory in self.territories})
        raise PlaceError(f"no territory {code!r} {boundary!r}{offer or '; add the row to data/raw/provinces.csv'}")

    @functools.cached_property
    def _bearers(self) -> dict[str, tuple[Place, ...]]:
        bearers: dict[str, tuple[Place, ...]] = {}
        for place in self.places:
            for key in dict.fromkeys([place.code.upper(), *(name_key(spelling) for spelling in place.spellings)]):
                bearers[key] = (*bearers.get(key, ()), place)
        return bearers


def name_key(name: str) -> str:
    """Return what is left of a name without case, Latin diacritics, spaces and hyphens; equal keys are one name.

    What tells no two names apart in Arabic and Devanagari is taken away by ``folding.fold``; vowel signs stay.

    >>> name_key("Đa Krông") == name_key("Dakrong")
    True
    >>> name_key("Phan Rang – Tháp Chàm") == name_key("Phan Rang-Thap Cham")
    True
    >>> name_key("हाई फ़ोंग") == name_key("हाई फोंग"), name_key("सोन") == name_key("सेन")
    (True, False)
    """
    decomposed = unicodedata.normalize("NFKD", fold(name).text).translate(_ALIKE)
    return "".join(character for character in decomposed if character.isalnum() or _is_vowel_sign(character))


def slug(name: str) -> str:
    """Return the name of a place as a part of a file name.

    >>> slug("Quang Tri"), slug("Ba Ria - Vung Tau")
    ('quang-tri', 'ba-ria-vung-tau')
    """
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")


def _is_vowel_sign(character: str) -> bool:
    return unicodedata.category(character)[0] == "M" and not "\u0300" <= character <= "\u036f"


def boundary_on(day: date) -> str:
    """Return the boundary version that was in force on ``day``.

    >>> boundary_on(date(2025, 6, 30)), boundary_on(date(2025, 7, 1))
    ('until-2025-06', 'from-2025-07')
    """
    return BOUNDARIES[day >= MERGED_ON]


@functools.cache
def official_names() -> dict[str, str]:
    """Return the ISO 3166-2 code and Vietnamese name of every province, and ``VN``, as pycountry has them.

    The list is that of before the mergers of 2025: 63 provinces, whose codes the merged ones keep.
    """
    provinces = sorted(pycountry.subdivisions.get(country_code=COUNTRY), key=lambda province: province.code)
    return {COUNTRY: "Việt Nam"} | {province.code: province.name for province in provinces}


def load_places(raw: Path | str) -> Places:
    """Return the places of ``provinces.csv``, ``districts.csv`` and ``regions.csv`` in the folder ``raw``.

    Raises PlaceError with all that is wrong in them: a code that is unknown, repeated, missing or another province's, a
    boundary that is none, a population without its year, kind or source, two places of one size with one name.
    """
    raw = Path(raw)
    problems: list[str] = []
    provinces = _open(raw / "provinces.csv", _PROVINCES, ("code", "boundary"), problems)
    districts = _open(raw / "districts.csv", _DISTRICTS, ("province", "kind", "name"), problems)
    regions = _open(raw / "regions.csv", _REGIONS, ("code",), problems)
    territories = [_territory(row) for row in provinces]
    filed = {row.cells["code"] for row in provinces}
    problems += [
        f"{raw / 'provinces.csv'}: {code} ({name}) is missing; add its row"
        for code, name in official_names().items()
        if code not in filed
    ]
    places = [*_provinces(provinces), *(_region(row) for row in regions), *(_district(row) for row in districts)]
    problems += _find_namesakes(places)
    if problems:
        raise PlaceError(*problems)
    places.sort(key=lambda place: (KINDS.index(place.kind), place.code))
    territories.sort(key=lambda territory: (territory.code, BOUNDARIES.index(territory.boundary)))
    return Places(tuple(places), tuple(territories))


def _open(path: Path, columns: tuple[str, ...], key: tuple[str, ...], problems: list[str]) -> list[Row]:
    try:
        rows = read_rows(path, columns, problems)
    except InputError as error:
        raise PlaceError(*error.args) from error
    problems += find_repeated(rows, key)
    return rows


def _territory(row: Row) -> Territory:
    names = official_names()
    code = row.text("code", among=names)
    name_vi = row.text("name_vi")
    if code and name_vi and name_key(name_vi) != name_key(names[code]):
        row.reject("code", f"{code} is {names[code]} in ISO 3166-2, not {name_vi}{_offer_code(name_vi)}")
    year = row.number("population_year", optional=True)
    population = row.number("population", optional=True)
    facts = {
        "population_year": year,
        "population_kind": row.text("population_kind", among=POPULATION_KINDS, optional=True),
        "population_source": row.text("population_source", optional=True),
    }
    for column, fact in facts.items():
        if (fact is None) != (population is None) and not row.cells[column]:
            row.reject(column, "is empty beside a population; fill it in, or leave the population blank")
        elif fact is not None and not row.cells["population"]:
            row.reject("population", f"is empty beside a {column}; fill it in, or blank the other")
    return Territory(
        code=code,
        boundary=row.text("boundary", among=BOUNDARIES),
        gso_code=row.text("gso_code", optional=True),
        kind=row.text("kind", among=("country", "municipality", "province")),
        name=row.text("name"),
        name_vi=name_vi,
        successor=row.text("successor", among=names, optional=True),
        population=population,
        population_status=row.text("population_status", among=POPULATION_STATUSES, optional=True),
        **(facts | {"population_year": int(year) if year is not None else None}),
    )


def _offer_code(name: str) -> str:
    codes = [code for code, official in official_names().items() if name_key(official) == name_key(name)]
    return f"; write {codes[0]}" if codes else "; use the spelling of ISO 3166-2, or correct the code"


def _provinces(rows: list[Row]) -> list[Place]:
    """Return one place for each code: the boundary versions of a province share its names."""
    versions: dict[str, list[Row]] = {}
    for row in rows:
        versions.setdefault(row.cells["code"], []).append(row)
    return [
        Place(
            code=code,
            kind="country" if code == COUNTRY else "province",
            name=same[0].cells["name"],
            name_vi=same[0].cells["name_vi"],
            province=None,
            spellings=tuple(dict.fromkeys(spelling for row in same for spelling in _list_spellings(row))),
        )
        for code, same in versions.items()
    ]


def _region(row: Row) -> Place:
    return Place(row.text("code"), "region", row.text("name"), row.text("name_vi"), None, _list_spellings(row))


def _district(row: Row) -> Place:
    province = row.text("province", among=official_names())
    name = row.text("name")
    row.text("kind", among=DISTRICT_KINDS)
    local = row.text("gso_code", optional=True) or name_key(name or "")
    return Place(f"{province}/{local}", "district", name, row.text("name_vi"), province, _list_spellings(row))


def _list_spellings(row: Row) -> tuple[str, ...]:
    columns = ("name", "name_vi", *_SPELLINGS)
    return tuple(dict.fromkeys(spelling for column in columns for spelling in row.names(column)))


def _find_namesakes(places: list[Place]) -> Iterator[str]:
    """Yield a problem for two places that no context tells apart: of one size, in one province, with one name."""
    first: dict[tuple[str, str | None, str], Place] = {}
    for place in places:
        for spelling in place.spellings:
            other = first.setdefault((place.kind, place.province, name_key(spelling)), place)
            if other.code != place.code:
                yield f"{spelling!r} names both {other.code} and {place.code}; take it out of one row"
