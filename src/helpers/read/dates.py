"""Find dates and periods among the tags of a sentence. Never asks a clock: a date without a year stays without.

Each tag is written as one letter and the forms of dates are patterns over these letters, tried from top to bottom.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass

from helpers.read.lexicon import Lexicon
from helpers.read.tagging import Tag

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_LETTERS = {
    ("time", "year"): "y",
    ("time", "month"): "M",
    ("time", "quarter"): "q",
    ("time", "half"): "h",
    ("time", "day"): "D",
    ("time", "end"): "e",
    ("time", "late"): "e",
    ("time", "first"): "f",
    ("time", "this_year"): "t",
    ("time", "last_year"): "t",
    ("time", "year_before"): "t",
    ("time", "since"): "l",
    ("time", "until"): "U",
    ("time", "elapsed"): "E",
    ("time", "next_year"): "t",
    ("time", "on"): "l",
    ("numeral", "range"): "R",
    ("cue", "and"): "a",
    ("cue", "compared"): "c",  # Arabic "of the year" is also "than the year"
    ("word", "link"): "l",
    ("word", "of"): "l",
    ("mark", "/"): "/",
    ("mark", "-"): "-",
    ("mark", "."): ".",
    ("mark", ","): ",",
}
_DAYS_IN_FULL = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_DAY_AND_MONTH = 2
_LAST_DAYS = ((31,), (28, 29), (31,), (30,), (31,), (30,), (31,), (31,), (30,), (31,), (30,), (31,))
_COUNTED = ("organisation", "person", "thing", "magnitudes", "dual")


@dataclass(frozen=True, slots=True)
class Period:
    """What a date says: its ``code`` (2023, 2023-10, 2023-10-31, 2022-H1, 2020-Q2, 2016-2020), or None without a year.

    ``form`` is ``day``, ``month``, ``year``, ``span`` (a stretch inside a year or of several), ``point`` (the end of
    one) or ``duration`` (a length of time, no date at all). ``months`` is the month, or the length in months, of a
    period that lacks its year, ``day`` the day of that month.
    """

    code: str | None
    form: str
    months: int | None = None
    day: int | None = None


def last_month(code: str) -> str:
    """Return the month in which a period ends.

    >>> [last_month(code) for code in ("2023", "2023-10-31", "2022-H1", "2020-Q3", "2016-2020")]
    ['2023-12', '2023-10', '2022-06', '2020-09', '2020-12']
    """
    if len(code) == 9:
        return f"{code[5:]}-12"
    if "H" in code or "Q" in code:
        return f"{code[:4]}-{int(code[-1]) * (6 if 'H' in code else 3):02}"
    return code[:7] if len(code) > 4 else f"{code}-12"


def read_dates(tags: list[Tag], lexicon: Lexicon) -> list[Tag]:
    """Return the tags with each date drawn together into one tag whose code is its Period.

    A number like 2,026 without separator is a year unless a counted noun follows it.
    """
    letters = "".join(_letter(tags, place) for place in range(len(tags)))
    if not any(char in "dYzmnh" for char in letters):
        return tags
    found: list[Tag] = []
    place = 0
    while place < len(tags):
        for form, build in _FORMS if letters[place] in _OPENERS else ():
            match = form.match(letters, place)
            period = build(tags[place : match.end()], letters[place : match.end()]) if match else None
            if period is not None:
                last = tags[match.end() - 1]
                text = " ".join(tag.text for tag in tags[place : match.end()])
                found.append(Tag("date", period, tags[place].start, last.end, text, glued=tags[place].glued))
                place = match.end()
                break
        else:
            found.append(tags[place])
            place += 1
    return found


def _letter(tags: list[Tag], place: int) -> str:
    tag = tags[place]
    if tag.kind == "number":
        return _number_letter(tags, place)
    if tag.kind == "months":
        return "m"
    if tag.kind in ("numerals", "ordinals"):
        return "w"
    if tag.kind == "unknown":
        return "r" if tag.text in _ROMAN else "x"
    return _LETTERS.get((tag.kind, tag.code), "x")


def _number_letter(tags: list[Tag], place: int) -> str:
    digits = tags[place].text
    if _DAYS_IN_FULL.fullmatch(digits):
        return "z"
    if not digits.isdigit():
        return "x"
    if len(digits) == 4 and "1900" <= digits <= "2099":
        before = tags[place - 1] if place else None
        after = tags[place + 1] if place + 1 < len(tags) else None
        said_year = (
            before is not None
            and before.kind == "time"
            and before.code in ("year", "month", "on", "end", "late", "quarter")
        )
        counts = after is not None and (after.kind in _COUNTED or after.code in ("percent", "VND", "USD"))
        return "n" if counts and not said_year else "Y"
    return "d" if len(digits) <= 2 and 1 <= int(digits) <= 31 else "n"


def _numbers(tags: list[Tag]) -> list[int]:
    return [
        int(tag.text) if tag.kind == "number" else int(tag.code) for tag in tags if tag.kind in ("number", "months")
    ]


def _day(year: int, month: int, day: int) -> Period | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Period(f"{year:04}-{month:02}-{day:02}", "day")


def _day_first(tags: list[Tag], letters: str) -> Period | None:
    day, month, year = _numbers(tags)
    return _day(year, month, day) or _day(year, day, month)


def _month_first(tags: list[Tag], letters: str) -> Period | None:
    month, day, year = _numbers(tags)
    return _day(year, month, day)


def _year_first(tags: list[Tag], letters: str) -> Period | None:
    year, month, day = _numbers(tags)
    return _day(year, month, day)


def _full(tags: list[Tag], letters: str) -> Period | None:
    day, month, year = map(int, _DAYS_IN_FULL.fullmatch(tags[-1].text).groups())
    return _day(year, month, day) or _day(year, day, month)


def _month(tags: list[Tag], letters: str) -> Period | None:
    first, second = _numbers(tags)
    month, year = (first, second) if second > 31 else (second, first)
    if not 1 <= month <= 12 or year < 1900:
        return None
    if "e" in letters:
        late = any(tag.code == "late" for tag in tags)  # the last days of a month, and not its last
        return Period(f"{year:04}-{month:02}" + ("" if late else f"-{monthrange(year, month)[1]:02}"), "point")
    return Period(f"{year:04}-{month:02}", "month")


def _months(tags: list[Tag], letters: str) -> Period | None:
    first, last, *years = _numbers(tags)
    if not 1 <= first < last <= 12:
        return None
    if not years:
        return Period(None, "span", last) if first == 1 else Period(None, "duration")
    (year,) = years
    half = {(1, 6): "H1", (7, 12): "H2"}.get((first, last))
    return Period(f"{year:04}-{half}" if half else f"{year:04}-{last:02}", "span")


def _first_months(tags: list[Tag], letters: str) -> Period | None:
    count = next(
        int(tag.text) if tag.kind == "number" else int(tag.code)
        for tag in tags
        if tag.kind in ("number", "numerals", "ordinals")
    )
    year = next((int(tag.text) for tag, letter in zip(tags, letters, strict=True) if letter == "Y"), None)
    if not 1 <= count <= 12:
        return None
    if year is None:
        return Period(None, "span", count)
    return Period(f"{year:04}-H1" if count == 6 else f"{year:04}-{count:02}", "span")


def _half(tags: list[Tag], letters: str) -> Period | None:
    years = [int(tag.text) for tag, letter in zip(tags, letters, strict=True) if letter == "Y"]
    if any(tag.kind == "ordinals" and tag.code == 2 for tag in tags):  # Arabic: the half the second
        return Period(f"{years[0]:04}-H2", "span") if years else Period(None, "duration")
    return Period(f"{years[0]:04}-H1", "span") if years else Period(None, "span", 6)


def _quarter(tags: list[Tag], letters: str) -> Period | None:
    quarter = next(
        _ROMAN.get(tag.text) or int(tag.text if tag.kind == "number" else tag.code)
        for tag, letter in zip(tags, letters, strict=True)
        if letter in "rdw"
    )
    years = [int(tag.text) for tag, letter in zip(tags, letters, strict=True) if letter == "Y"]
    if not 1 <= quarter <= 4 or not years:
        return None
    if any(letter in "eRU" for letter in letters):  # up to its end
        return Period(f"{years[0]:04}-{quarter * 3:02}-{monthrange(years[0], quarter * 3)[1]:02}", "point")
    return Period(f"{years[0]:04}-Q{quarter}", "span")


def _month_of_the_year(tags: list[Tag], letters: str) -> Period | None:
    (month,) = _numbers(tags)
    return Period(None, "month", month) if 1 <= month <= 12 and tags[-1].code == "this_year" else None


def _years(tags: list[Tag], letters: str) -> Period | None:
    first, last = _numbers(tags)
    return Period(f"{first}-{last}", "span") if first < last else None


def _year(tags: list[Tag], letters: str) -> Period | None:
    (year,) = _numbers(tags)
    return Period(f"{year:04}-12-31", "point") if "e" in letters else Period(f"{year:04}", "year")


def _without_year(tags: list[Tag], letters: str) -> Period | None:
    """A day without its year; only the last of a month is kept, since other days are those of meetings."""
    numbers = _numbers(tags)
    if len(numbers) != _DAY_AND_MONTH:
        return Period(None, "day")
    day, month = reversed(numbers) if letters.startswith("m") else numbers
    ends = 1 <= month <= len(_LAST_DAYS) and day in _LAST_DAYS[month - 1]
    return Period(None, "day", month, day) if ends else Period(None, "day")


def _duration(tags: list[Tag], letters: str) -> Period | None:
    return Period(None, "duration")


_BUILD = Callable[[list[Tag], str], Period | None]
_FIRST_MONTHS = "|".join(
    (
        r"e?l{0,2}fl?[dw]M[lyfc]{0,3}Y",  # the first nine months of 2024
        r"e?[dw]Mf[ly]{0,2}Y",  # 9 tháng đầu năm 2024
        r"e?[dw]Ml{0,2}yY",
        r"Mwf?[lyc]{0,3}Y",  # Arabic: the months the nine the first of the year 2024
        r"yYl{0,2}f?l{0,2}[dw]M",
        r"E[dw]M|fl?[dw]M|[dw]Mf|Mw[fE]",  # the past nine months
    )
)
_QUARTER = r"[eR]?l{0,2}q[rdw](?:[/,]|[lyc]{0,2})Y|[eR]?l{0,2}[rdw]ql{0,2}y?Y|Yl{0,2}[rdw]qU?"  # hết quý II/2020
_FORMS: tuple[tuple[re.Pattern[str], _BUILD], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"D?z", _full),
        (r"D?d[-/]d[-/]Y", _day_first),  # 31/12/2021
        (r"Y[-/]d[-/]d", _year_first),  # 2026-03-11
        (r"D?dl?M[d](?:[/,]|l?y)?Y", _day_first),  # ngày 31 tháng 12 năm 2021
        (r"D?dl?m,?l?y?,?Y", _day_first),  # 31 October 2025
        (r"md,?l?y?Y", _month_first),  # October 31, 2025
        (r"e?l{0,2}hw?[lyc]{0,3}Y|y?Yl{0,2}hw?", _half),  # first half of 2022
        (_FIRST_MONTHS, _first_months),
        (r"hw?", _half),
        (_QUARTER, _quarter),
        (r"R?m[-aR]l?m(?:l?y?Y)?", _months),  # between January and June 2022
        (r"e?l{0,2}M[d](?:[/,-]|[ly]{0,2})Y", _month),  # tháng 8/2022
        (r"e?l{0,2}mM?,?[ly]{0,2}Y(?:l{0,2}e)?|e?l{0,2}Ml?m,?[ly]{0,2}Y(?:l{0,2}e)?|yYl{0,2}m(?:l{0,2}e)?", _month),
        (r"d/Y", _month),  # 10/2023
        (r"M?ml?t|M[d]l?t", _month_of_the_year),  # July this year
        (r"y?Y[-R]y?Y|Ry?Y[aR]y?Y|y?Yl?Rl?y?Y", _years),  # 2016-2020
        (r"e[yl]{0,3}Y|yYl{0,2}e|Yl{0,2}y?l?e", _year),
        (r"yY|Yy|Y", _year),
        (r"D?dl?m|md|D?dM[d]|Dl?d(?:/d)?", _without_year),  # 20 फरवरी
        (r"M[d]", _without_year),
        (r"q[rdw]|[rdw]q", _without_year),
        (r"[ndw](?:[-Ra][ndw])?l?[yMDq]|[ndw]t", _duration),
    )
)
_OPENERS = frozenset("zDdYmehqyRMfnwrE")
