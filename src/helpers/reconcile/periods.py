"""When a claim holds: on the day or in the span that its words state, else when its article appeared.

An undated article still lies between two dates; that is a period too, and said to be bounded. Never asks the clock.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from helpers.read.places import BOUNDARIES, boundary_on
from helpers.records import Compared, Figure, Observation, Source

STATED, PUBLICATION, BOUNDED = "stated", "publication", "bounded"
UNDATED = "undated"

UNKNOWN_BOUNDARY = "unknown"

# What happens during a period, as against what there is on a day.
FLOWS = frozenset(
    {
        "established", "dissolved", "suspended", "converted", "loans_disbursed", "projects_financed", "budget_support",
        "revenue_total", "revenue_per_organisation", "profit_total", "profit_per_organisation", "income_per_worker",
        "training_courses", "training_participants",
    }
)  # fmt: skip

_MONTHS_OF = {"H": 6, "Q": 3}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_PART = re.compile(r"(\d{4})-([HQ])([1-4])")
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a claim can be about; ``start`` or ``end`` is None where nothing bounds that side."""

    label: str
    start: date | None
    end: date | None
    basis: str

    def overlaps(self, other: "Period") -> bool:
        """Return whether one day can lie in both. An unbounded side proves nothing against it."""
        starts = [day for day in (self.start, other.start) if day]
        ends = [day for day in (self.end, other.end) if day]
        return not starts or not ends or max(starts) <= min(ends)

    @property
    def boundary(self) -> str:
        """The version of the provincial map that was in force, ``unknown`` where the bounds straddle the change."""
        before, after = BOUNDARIES
        if self.end and boundary_on(self.end) == before:
            return before
        return after if self.start and boundary_on(self.start) == after else UNKNOWN_BOUNDARY


def period_of(observation: Observation, source: Source) -> Period:
    """Return when ``observation`` holds, as its words say or else as the card of its ``source`` bounds it.

    A stock without a date is that of the day of publication. Events without one happened some time before.
    """
    if observation.period:
        return stated_period(observation.period)
    if observation.indicator in FLOWS:
        return Period(UNDATED, None, source.published or source.not_after, BOUNDED)
    if source.published:
        return Period(f"{source.published:%Y-%m}", source.published, source.published, PUBLICATION)
    return Period(UNDATED, source.not_before, source.not_after, BOUNDED)


def period_in(record: Figure | Compared) -> Period:
    """Return the period that a record of the tables carries in its four columns."""
    return Period(record.period, record.period_start, record.period_end, record.period_basis)


def stated_period(label: str) -> Period:
    """Return the first and last day of a period written in codes.

    Raises ValueError for a label that is none of day, month, quarter, half-year, year and span of years.

    >>> stated_period("2024-02").end, stated_period("2016-2020").start
    (datetime.date(2024, 2, 29), datetime.date(2016, 1, 1))
    >>> stated_period("2022-H1").end
    datetime.date(2022, 6, 30)
    """
    if day := _DAY.fullmatch(label):
        start = end = date(*map(int, day.groups()))
    elif month := _MONTH.fullmatch(label):
        start, end = _months(int(month[1]), int(month[2]), 1)
    elif part := _PART.fullmatch(label):
        length = _MONTHS_OF[part[2]]
        start, end = _months(int(part[1]), (int(part[3]) - 1) * length + 1, length)
    elif years := _YEARS.fullmatch(label):
        start, end = date(int(years[1]), 1, 1), date(int(years[2] or years[1]), 12, 31)
    else:
        forms = "2023, 2023-10, 2023-10-31, 2022-H1, 2022-Q3 or 2016-2020"
        raise ValueError(f"no period is written {label!r}; write one of {forms}")
    return Period(label, start, end, STATED)


def _months(year: int, first: int, length: int) -> tuple[date, date]:
    last = first + length - 1
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def days_apart(one: Period, other: Period) -> int:
    """Return how many days lie between the ends of two periods; where one is bounded only, how many at least.

    >>> days_apart(stated_period("2021"), stated_period("2023-10"))
    669
    >>> days_apart(stated_period("2021"), Period(UNDATED, date(2023, 6, 20), None, BOUNDED))
    536
    """
    if one.overlaps(other) and BOUNDED in (one.basis, other.basis):
        return 0
    if BOUNDED not in (one.basis, other.basis):
        return abs((one.end - other.end).days)
    if one.end and other.start and one.end < other.start:
        return (other.start - one.end).days
    return (one.start - other.end).days
