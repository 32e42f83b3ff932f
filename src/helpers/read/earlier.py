"""Say when something was that a figure is set beside: "71 were founded in nine months, against 59 a year earlier".

The earlier figure is for the same part of its year as the one that it is compared with, whichever way its year is told.
"""

from helpers.read.context import Article
from helpers.read.dates import Period
from helpers.read.money import MONEY
from helpers.read.nouns import is_before
from helpers.read.readings import Reading
from helpers.read.tagging import Tag
from helpers.read.times import Times, resolve

_TIMELY = ("time", "date")
_PLANS = ("goal", "target", "plan")
_WITH_YEAR = 2  # "the same period" and its year
_YEAR, _SPAN, _MONTH = len("2024"), len("2016-2020"), len("2025-09")


def period_compared(
    reading: Reading, last: Reading | None, before: Period | None, stock: bool, times: Times, article: Article
) -> Period | None:
    """Return the period of a figure that the one right before it is compared with, or None where it is no such figure.

    ``last`` is that one before it in the sentence, ``before`` its period; ``stock`` says that the figure is a stock.
    """
    if not reading.cell.has("compared", "year_before"):
        return None
    if reading.kind == "level":
        earlier = _a_year_ago(reading, last, before, times) or _in_year_told(reading, before, times, article)
        if earlier is not None:
            return earlier
    return _in_year_named_first(reading.cell.left, before) if not stock else None


def _a_year_ago(reading: Reading, last: Reading | None, before: Period | None, times: Times) -> Period | None:
    """No year is told: "61 were founded, against 44 in the same period"."""
    cell = reading.cell
    if not cell.left_has("compared") or cell.has("up", "down", "more_than", *_PLANS):
        return None
    if any(tag.kind in ("place", "area") or (tag.kind == "date" and tag.code.code) for tag in cell.tags):
        return None
    alike = last is not None and (last.indicator, last.sector) == (reading.indicator, reading.sector)
    base = before if alike else times.flow if last is None and times.flow_here and reading.elliptical else None
    if base is None or base.code is None or len(base.code) in (_YEAR, _SPAN):
        return None
    return _in_year(int(base.code[:4]) - 1, base)


def _in_year_told(reading: Reading, before: Period | None, times: Times, article: Article) -> Period | None:
    """The year is told behind the figure: "against 59 a year earlier", "against 59 in the same period of 2023"."""
    cell = reading.cell
    dated = before is not None and before.code is not None
    compared = is_before(cell, "compared")
    if (dated and len(before.code) == _SPAN) or not (compared or cell.in_brackets or reading.unit in MONEY):
        return None
    if cell.has("year_before"):
        if dated and before.code.endswith("-12-31"):
            return Period(f"{int(before.code[:4]) - 1:04}", "year")
        return _in_year(int(before.code[:4]) - 1, before) if dated else None
    alike = [tag.code for tag in cell.tags].count("compared") > 1  # "against" and "in the same period"
    year = next((tag for tag in cell.right if _is_a_year(tag)), None) if compared else None
    told = resolve(year, times, article) if year is not None and (alike or year.kind == "time") else None
    if told is None or (dated and told.code[:4] >= before.code[:4]):
        return None
    return _in_year(int(told.code[:4]), before) if alike and dated else told


def _in_year_named_first(left: list[Tag], before: Period | None) -> Period | None:
    """The year is told before the figure: "in the same period of 2024, loans were 26 billion"."""
    if before is None or before.code is None or len(before.code) > _MONTH or before.form in ("day", "point"):
        return None
    told = [tag for tag in left if tag.kind != "word" and tag.code != "on"]
    if len(told) < _WITH_YEAR or told[0].code != "compared" or told[1].kind != "date":
        return None
    alone = told[1].code.form == "year" and not any(tag.kind in _TIMELY for tag in told[2:])
    return _in_year(int(told[1].code.code), before) if alone else None


def _in_year(year: int, like: Period) -> Period:
    """The same part of another year."""
    return Period(f"{year:04}{like.code[4:]}", like.form)


def _is_a_year(tag: Tag) -> bool:
    return tag.code == "last_year" if tag.kind == "time" else tag.kind == "date" and tag.code.form == "year"
