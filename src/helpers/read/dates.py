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
_KINDS = {"months": "m", "numerals": "w", "ordinals": "w", "event": "v"}
_LETTERS = {
    "time": {
        "year": "y",
        "month": "M",
        "quarter": "q",
        "half": "h",
        "day": "D",
        "end": "e",
        "late": "e",
        "first": "f",
        "this_year": "t",
        "that_year": "t",
        "last_year": "t",
        "year_before": "t",
        "since": "l",
        "until": "U",
        "elapsed": "E",
        "next_year": "t",
        "on": "l",
    },
    "numeral": {"range": "R"},
    "cue": {
        "sum": "v",
        "and": "a",
        "relative": "f",  # these ten months
    },
    "word": {"link": "l", "of": "l"},
    "mark": {"/": "/", "-": "-", ".": ".", ",": ",", ":": "v"},
}
_DAYS_IN_FULL = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
_MONTHS_TO_DATE = (6, 9, 10, 11)  # "in nine months, ..." are those of the year so far, twelve are the term of a loan
PARTS = {3: "Q1", 6: "H1"}  # the first so many months
_STRETCHES = {(1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4", (1, 6): "H1", (7, 12): "H2"}
_WHOLE_YEAR = 12  # months
_DAY_AND_MONTH = 2
_HALF = 6  # months
_TERMS = {*range(2, 12), *range(24, 121, 12)}  # months; ten years are the longest that anybody looks back on
_LAST_DAYS = ((31,), (28, 29), (31,), (30,), (31,), (30,), (31,), (31,), (30,), (31,), (30,), (31,))
_COUNTED = ("organisation", "person", "thing", "magnitudes", "dual")


@dataclass(frozen=True, slots=True)
class Period:
    """What a date says: its ``code`` (2023, 2023-10, 2023-10-31, 2022-H1, 2020-Q2, 2016-2020), or None without a year.

    ``form`` is ``day``, ``month``, ``year``, ``span`` (a stretch inside a year or of several), ``point`` (the end of
    one), ``term`` (some years or months) or ``duration`` (a length of time, no date at all). ``months`` is the
    month, or the length in months, of a period that lacks its year, ``day`` the day of that month. ``said`` is the word
    that stands for the year (this_year, last_year ...), ``within`` the stretch of that year, like ``H1`` or ``12-31``.
    """

    code: str | None
    form: str
    months: int | None = None
    day: int | None = None
    said: str = ""
    within: str = ""


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
    letters = "".join(_letters(tags, lexicon))
    if _ANY_NUMBER.isdisjoint(letters):
        return tags
    found: list[Tag] = []
    place = behind = 0
    while first := _ANY_FORM.search(letters, place):
        place = first.start()
        for form, build in _FORMS[first.lastindex - 1 :]:
            match = form.match(letters, place)
            counted = match and letters[place] in "ndw" and letters[match.end() - 1] == "t"
            if counted and not _begins_with(tags[match.end() - 1], lexicon, "year", "five_or_year"):
                continue  # "22 last year" counts, Vietnamese "5 years past" is a length of time
            period = build(tags[place : match.end()], letters[place : match.end()]) if match else None
            if period is not None:
                last = tags[match.end() - 1]
                text = " ".join(tag.text for tag in tags[place : match.end()])
                found += tags[behind:place]
                found.append(Tag("date", period, tags[place].start, last.end, text, glued=tags[place].glued))
                place = behind = match.end()
                break
        else:
            place += 1
    return found + tags[behind:]


def _begins_with(tag: Tag, lexicon: Lexicon, *codes: str) -> bool:
    """Whether the first word of a spelling, alone, spells one of these concepts."""
    _, concept = lexicon.spellings.get(tag.text.split()[0], {}).get(None, (None, None))
    return concept is not None and concept.code in codes


def _letters(tags: list[Tag], lexicon: Lexicon) -> list[str]:
    letters = []
    for place, tag in enumerate(tags):
        kind = tag.kind
        if kind == "unknown":
            letters.append("r" if tag.text in _ROMAN else "x")
        elif kind == "number":
            letters.append(_number_letter(tags, place))
        elif kind not in _LETTERS:
            letters.append(_KINDS.get(kind, "x"))
        elif tag.code == "compared" and _begins_with(tag, lexicon, "of"):
            letters.append("c")  # Arabic "of the year" is also "than the year"
        else:
            letters.append(_LETTERS[kind].get(tag.code, "x"))
    return letters


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
            and before.code in ("year", "month", "on", "until", "end", "late", "quarter")
        ) or _ends_date(tags[max(0, place - 2) : place])
        counts = after is not None and (after.kind in _COUNTED or after.code in ("percent", "VND", "USD"))
        return "n" if counts and not said_year else "Y"
    if place and tags[place - 1].kind == "reference" and tags[place - 1].code in ("law", "number"):
        return "n"  # Resolution 20 of June 16
    return "d" if len(digits) <= 2 and 1 <= int(digits) <= 31 else "n"


def _ends_date(before: list[Tag]) -> bool:
    """Whether what stands before a year belongs to it: "20 December 2022", "2012-2022"."""
    if len(before) < _DAY_AND_MONTH:
        return False
    spanned = before[1].text == "-" and before[0].text.isdigit() and len(before[0].text) == len("2012")
    return spanned or (before[0].kind == "number" and before[1].kind == "months")


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
    first, last = _numbers(tags)[:2]
    if not 1 <= first < last <= 12:
        return None
    told = _part_of_year(tags, letters, _STRETCHES.get((first, last), f"{last:02}"), "span")
    return told or (Period(None, "span", last) if first == 1 else Period(None, "duration"))


def _first_months(tags: list[Tag], letters: str) -> Period | None:
    said = [tag for tag, letter in zip(tags, letters, strict=True) if letter in "dw"]
    worded = [int(tag.code) for tag in said if tag.kind != "number"]
    tens = len(worded) > 1 and worded[0] == 10  # Vietnamese: ten one months
    count = sum(worded[:2]) if tens else worded[0] if said[0].kind != "number" else int(said[0].text)
    if not 1 <= count <= 12 or not (set(letters) & set("fEtY") or count in _MONTHS_TO_DATE):
        return None
    if letters.endswith("Ml") and tags[-1].code != "on":
        return None
    if count == _WHOLE_YEAR and not set(letters) & set("tY"):
        return Period(None, "duration")  # the past twelve months end with what they are told of
    if "e" in letters and (end := _part_of_year(tags, letters, f"{count:02}-{_LAST_DAYS[count - 1][-1]}", "point")):
        return end
    within = PARTS.get(count, f"{count:02}")
    return _part_of_year(tags, letters, within, "span") or Period(None, "span", count)


def _last_months(tags: list[Tag], letters: str) -> Period | None:
    """The last six months of a year; other stretches up to its end have no name."""
    (count,) = [int(tag.text if tag.kind == "number" else tag.code) for tag in tags[:1]]
    if count != _HALF:
        return None
    return _part_of_year(tags, letters, "H2", "span") or Period(None, "span", said="that_year", within="H2")


def _half(tags: list[Tag], letters: str) -> Period | None:
    if letters[0] == "w" and tags[0].kind != "ordinals":
        return None
    if any(tag.kind == "ordinals" and tag.code == 2 for tag in tags):  # Arabic: the half the second
        return _part_of_year(tags, letters, "H2", "span") or Period(None, "span", said="that_year", within="H2")
    if letters[0] in "eR" and (end := _part_of_year(tags, letters, "06-30", "point")):  # up to mid-2023
        return end
    return _part_of_year(tags, letters, "H1", "span") or Period(None, "span", 6)


def _quarter(tags: list[Tag], letters: str) -> Period | None:
    quarter = next(
        1 if letter == "f" else _ROMAN.get(tag.text) or int(tag.text if tag.kind == "number" else tag.code)
        for tag, letter in zip(tags, letters, strict=True)
        if letter in "rdwf"
    )
    if not 1 <= quarter <= 4:
        return None
    if any(letter in "eRU" for letter in letters):  # up to its end
        return _part_of_year(tags, letters, f"{quarter * 3:02}-{_LAST_DAYS[quarter * 3 - 1][-1]}", "point")
    return _part_of_year(tags, letters, f"Q{quarter}", "span")


def _quarter_alone(tags: list[Tag], letters: str) -> Period | None:
    number = next((tag for tag, letter in zip(tags, letters, strict=True) if letter in "rdw"), None)
    quarter = 1  # the first
    if number is not None:
        quarter = _ROMAN.get(number.text) or int(number.text if number.kind == "number" else number.code)
    if not 1 <= quarter <= 4:
        return None
    if letters[0] in "eR":  # up to its end
        last = f"{quarter * 3:02}-{_LAST_DAYS[quarter * 3 - 1][-1]}"
        return Period(None, "point", said="that_year", within=last)
    return Period(None, "span", said="that_year", within=f"Q{quarter}")


def _part_of_year(tags: list[Tag], letters: str, within: str, form: str) -> Period | None:
    """A stretch of the year among the tags, printed or said (this year, last year), or None where none is told."""
    for tag, letter in sorted(zip(tags, letters, strict=True), key=lambda pair: pair[1] != "Y"):
        if letter == "Y":
            return Period(f"{int(tag.text):04}-{within}", form)
        if letter == "t":
            return Period(None, form, said=tag.code, within=within)
    return None


def _month_of_the_year(tags: list[Tag], letters: str) -> Period | None:
    (month,) = _numbers(tags)
    if not 1 <= month <= 12:
        return None
    if "e" in letters:
        return _part_of_year(tags, letters, f"{month:02}-{_LAST_DAYS[month - 1][-1]}", "point")
    return _part_of_year(tags, letters, f"{month:02}", "month")


def _end_of_the_year(tags: list[Tag], letters: str) -> Period | None:
    said = _part_of_year(tags, letters, "12-31", "point")
    return said or Period(None, "point", said="that_year", within="12-31")


def _years(tags: list[Tag], letters: str) -> Period | None:
    first, last = _numbers(tags)
    return Period(f"{first}-{last}", "span") if first < last else None


def _short_years(tags: list[Tag], letters: str) -> Period | None:
    first, short = _numbers(tags)
    last = first - first % 100 + short
    return Period(f"{first}-{last}", "span") if 12 < short < 100 and first < last else None


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


def _day_reached(tags: list[Tag], letters: str) -> Period | None:
    """A day without its year up to which figures are counted."""
    numbers = _numbers(tags)
    day, month = reversed(numbers) if "md" in letters else numbers
    ends = 1 <= month <= len(_LAST_DAYS) and day <= max(_LAST_DAYS[month - 1])
    return Period(None, "day", month, day) if ends else None


def _end_of_month(tags: list[Tag], letters: str) -> Period | None:
    (month,) = _numbers(tags)
    if not 1 <= month <= len(_LAST_DAYS):
        return None
    if any(tag.code == "late" for tag in tags):
        return Period(None, "point", month)
    return Period(None, "point", month, _LAST_DAYS[month - 1][-1])


def _month_alone(tags: list[Tag], letters: str) -> Period | None:
    """A month without its year; where there are capitals, a name is kept only with one: may and march are words."""
    (month,) = _numbers(tags)
    said = tags[0].kind == "time" or tags[0].upper or tags[0].text == tags[0].text.upper()
    return Period(None, "month", month) if said and 1 <= month <= len(_LAST_DAYS) else Period(None, "day")


def _term(tags: list[Tag], letters: str) -> Period | None:
    """Some years or months that the text may report on: "in five years", "in six months"; which, its dates tell."""
    (worded,) = [tag for tag, letter in zip(tags, letters, strict=True) if letter in "dw"]
    months = int(worded.text if worded.kind == "number" else worded.code) * (1 if "M" in letters else 12)
    return Period(None, "term", months) if months in _TERMS else None


def _duration(tags: list[Tag], letters: str) -> Period | None:
    """A length of time; that of years is kept, since a text may speak of as many before."""
    said = [tag for tag, letter in zip(tags, letters, strict=True) if letter in "dw"] if "y" in letters else []
    years = int(said[0].text if said[0].kind == "number" else said[0].code) if said else 0
    return Period(None, "duration", 12 * years or None)


_BUILD = Callable[[list[Tag], str], Period | None]
_FIRST_MONTHS = "|".join(
    (
        r"e?l{0,2}fl?[dw]M[lyfc]{0,3}(?:tY|[Yt])",  # the first nine months of 2024
        r"e?(?:d|ww?)Mf[ly]{0,2}(?:tY|[Yt])",  # 9 tháng đầu năm 2024
        r"e?(?:d|ww?)Ml{0,2}(?:yY|t)|e?[dw]M[lc]Y",
        r"Mwf?[lyc]{0,3}[Yt]",  # Arabic: the months the nine the first of the year 2024
        r"(?:yY|t)l{0,2}f?l{0,2}[dw]M|Yl{1,2}fl?[dw]M|Yl[dw]M",
        r"(?:d|ww?)Ml(?![yYtm])",  # Hindi: nine months in
        r"(?:d|ww?)M(?=[,v])|(?:d|ww?)ME|E[dw]M|fl?[dw]M|(?:d|ww?)Mf|Mw[fE]?c?",  # the past nine months
    )
)
_QUARTER = "|".join(
    (
        r"[eR]?l{0,2}q[rdwf](?:[-/,]|[lyc]{0,2})[Yt]",  # hết quý II/2020
        r"[eR]?l{0,2}[rdwf]ql{0,2}(?:tY|y?Y|t)",
        r"[Yt]l{0,2}[rdwf]q(?:l?e)?U?",
    )
)
_FORMS: tuple[tuple[re.Pattern[str], _BUILD], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"D?z", _full),
        (r"D?d[-/]d[-/]Y", _day_first),  # 31/12/2021
        (r"Y[-/]d[-/]d", _year_first),  # 2026-03-11
        (r"D?dl?M[d](?:[/,]|l?y)?Y", _day_first),  # ngày 31 tháng 12 năm 2021
        (r"D?dl?m,?l?y?,?Y", _day_first),  # 31 October 2025
        (r"md,?l?y?Y", _month_first),  # October 31, 2025
        (r"[eR]?l{0,2}hw?[lyc]{0,3}(?:tY|[Yt])|(?:y?Y|t)l{0,2}w?hw?", _half),  # first half of 2022
        (_FIRST_MONTHS, _first_months),
        (r"[dw]Me[yl]{0,2}(?:[Yt]|(?<=y))", _last_months),  # 6 tháng cuối năm
        (r"w?hw?c?", _half),
        (_QUARTER, _quarter),
        (r"R?m[-aRUe]?l?m(?:l?y?Y|l?t)?", _months),  # between January and June 2022
        (r"M[d]l?[-RUe]l?M?[d](?:[/,-]?Y|l?y?Y|l?t)?", _months),  # từ tháng 1 đến hết tháng 6/2024
        (r"e?l{0,2}M[d](?:[/,-]|[lyc]{0,2})Y", _month),  # tháng 8/2022
        (r"e?l{0,2}mM?,?[lyc]{0,2}Y(?:l{0,2}e)?|e?l{0,2}Ml?m,?[lyc]{0,2}Y(?:l{0,2}e)?|yYl{0,2}m(?:l{0,2}e)?", _month),
        (r"d/Y", _month),  # 10/2023
        (r"e?l{0,2}M?ml?t(?:l{0,2}e)?|M[d]l?t", _month_of_the_year),  # July this year
        (r"tl{0,2}(?:a?[eR]{1,2}l?)?m(?:l{0,2}e)?", _month_of_the_year),  # since the start of the year up to July
        (r"y?Y-[dn]", _short_years),  # 2021-25
        (r"cYRy?Y|y?Y[-R]y?Y|Ry?Y[aR]y?Y|y?Yl?Rl?y?Y", _years),  # 2016-2020
        (r"e[yl]{0,3}Y|yYl{0,2}e|Yl{0,2}y?l?e", _year),
        (r"e[yl]{0,3}t|tl{1,2}e|el?y(?!Y)|yl{1,2}e", _end_of_the_year),
        (r"yY|Yy|t?Y", _year),
        (r"(?<![dwm/])[UR](?:D?dl?m|md|D?dM[d]|D?d/d)(?![/-]|,?l?y?,?[Yt])", _day_reached),  # as of 20 September
        (r"D?dl?m|md|D?dM[d]|Dl?d(?:/d)?|Rd/d(?![/-])", _without_year),  # 20 फरवरी
        (r"e[yl]{0,2}(?:m|M[d])|ml{1,2}e", _end_of_month),  # by the close of September
        (r"m(?=R)", _without_year),  # Hindi: January since
        (r"M[d]|m", _month_alone),
        (r"(?:[eR]l{0,2})?(?:q[rdw]c?|[rdw]q)", _quarter_alone),
        (r"(?:[eR]l{0,2})?(?:qfc?|fq)", _quarter_alone),
        (r"(?<=l)[dw]y(?!Y)|f[dw]y(?!Y)|[dw](?:yl?[fE]|t)", _term),  # in five years
        (r"[dw]M(?!R)", _term),
        (r"[ndw](?:[-Ra][ndw])?l?(?:y(?!Y(?![-R]))|[MDq])|[dw]t|fyw|ywE", _duration),  # "210 năm 2015" counts in a year
    )
)
_ANY_NUMBER = frozenset("dYzmnhtw")
_ANY_FORM = re.compile(f"(?=[zDdYmehqyRMfnwrEtUc])(?:{'|'.join(f'({form.pattern})' for form, _ in _FORMS)})")
