"""One number of one area, printed or computed, together with everything that limits its use.

Sums, ratios and differences carry bounds, flags and reasons of their terms along. Terms that cannot hold at the
same time give nothing: no number is made of two years.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from itertools import combinations
from operator import add

from helpers.read.places import Territory
from helpers.reconcile.bounds import Interval, exactly, rounded
from helpers.reconcile.periods import BOUNDED, PUBLICATION, STATED, Period, period_in
from helpers.records import Figure

YEAR = 366  # days; one number is made of several only where a year at most lies between the ends of their bounds

INHABITANTS = 100_000  # the usual base of such rates

_BASES = (STATED, PUBLICATION, BOUNDED)  # from firm to loose


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its bounds; ``figures`` are the figure_ids it rests on, in the order of ``formula``."""

    value: Decimal | None
    bounds: Interval
    qualifier: str
    unit: str
    subset: str | None
    period: Period
    formula: str
    figures: tuple[str, ...]
    assumption: str | None = None
    flags: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()


def measure(figure: Figure, *, reasons: Iterable[str] = ()) -> Measure:
    """Return a printed figure as a measure; an open scope is a reason that goes wherever the figure goes."""
    open_scope = {"scope:open"} if figure.rule == "open_scope" else set()
    return Measure(
        value=figure.value,
        bounds=Interval(figure.lower, figure.upper),
        qualifier=figure.qualifier,
        unit=figure.unit,
        subset=figure.subset,
        period=period_in(figure),
        formula="figure",
        figures=(figure.figure_id,),
        flags=frozenset(figure.flags),
        reasons=frozenset(reasons) | open_scope,
    )


def total(parts: Sequence[Measure]) -> Measure | None:
    """Return the sum of ``parts``, or None where they cannot hold at one time."""
    if not _hold_together(parts):
        return None
    values = [part.value for part in parts]
    return _combined(
        parts,
        value=None if None in values else sum(values, Decimal(0)),
        bounds=reduce(add, (part.bounds for part in parts)),
        unit=parts[0].unit,
        formula="sum",
        reasons={"scope:sum_built"},
    )


def ratio(above: Measure | None, below: Measure | None, *, unit: str, formula: str = "ratio") -> Measure | None:
    """Return ``above`` / ``below``, in per cent for a share; None where a term is missing or nothing bounds the result.

    The value of a result of which only one side is known is that side, already rounded outwards: "more than 41.0".
    """
    if above is None or below is None or not _hold_together((above, below)):
        return None
    times = 100 if unit == "percent" else 1
    bounds = (above.bounds / below.bounds).scaled(times).rounded_out()
    if bounds.is_open:
        return None
    value = None
    if bounds.lower is None or bounds.upper is None:
        value = bounds.upper if bounds.lower is None else bounds.lower
    elif above.value is not None and below.value:
        value = rounded(above.value * times / below.value)
    return _combined((above, below), value=value, bounds=bounds, unit=unit, formula=formula)


def per_inhabitants(count: Measure, territories: Iterable[Territory]) -> Measure | None:
    """Return ``count`` for every 100,000 who lived on its ground in its year.

    None where no population of that boundary and year is filed, or where the count may be of another year: one year's
    population is never taken for another's.
    """
    start, end = count.period.start, count.period.end
    if start is None or end is None or start.year != end.year:
        return None
    for territory in territories:
        year, people = territory.population_year, territory.population
        if people is not None and (territory.boundary, year) == (count.period.boundary, start.year):
            bounds = (count.bounds / exactly(people)).scaled(INHABITANTS).rounded_out()
            rate = None if count.value is None else rounded(count.value * INHABITANTS / people)
            if bounds.lower is None or bounds.upper is None:
                rate = bounds.upper if bounds.lower is None else bounds.lower
            quality = {territory.population_kind, territory.population_status} & {"implied", "preliminary"}
            return replace(
                count,
                value=rate,
                bounds=bounds,
                formula="ratio",
                assumption=f"population:{people:f}:{year}:{territory.population_kind}",
                reasons=count.reasons | {f"population:{word}" for word in quality},
            )
    return None


def difference(first: Measure, *others: Measure) -> Measure | None:
    """Return ``first`` less ``others``, or None where they cannot hold at one time."""
    terms = (first, *others)
    if not _hold_together(terms):
        return None
    values = [term.value for term in terms]
    return _combined(
        terms,
        value=None if None in values else values[0] - sum(values[1:], Decimal(0)),
        bounds=reduce(lambda left, right: left - right, (term.bounds for term in terms)),
        unit=first.unit,
        formula="difference",
    )


def _hold_together(terms: Sequence[Measure]) -> bool:
    return all(_may_be_of_one_time(one.period, other.period) for one, other in combinations(terms, 2))


def _may_be_of_one_time(one: Period, other: Period) -> bool:
    """Return whether two numbers may be set against each other: of one undated text, or dated closely enough.

    A text that may be of any of several years holds together with itself only.
    """
    if (one.start, one.end, one.basis) == (other.start, other.end, other.basis):
        return True
    return one.overlaps(other) and _is_narrow(one) and _is_narrow(other)


def _is_narrow(period: Period) -> bool:
    if period.basis != BOUNDED:
        return True
    return period.start is not None and period.end is not None and (period.end - period.start).days <= YEAR


def _combined(
    terms: Sequence[Measure],
    *,
    value: Decimal | None,
    bounds: Interval,
    unit: str,
    formula: str,
    reasons: Iterable[str] = (),
) -> Measure:
    return Measure(
        value=value,
        bounds=bounds,
        qualifier=_qualifier(terms, bounds),
        unit=unit,
        subset=next((term.subset for term in terms if term.subset), None),
        period=_span([term.period for term in terms]),
        formula=formula,
        figures=tuple(dict.fromkeys(figure for term in terms for figure in term.figures)),
        assumption=next((term.assumption for term in terms if term.assumption), None),
        flags=frozenset().union(*(term.flags for term in terms)),
        reasons=frozenset(reasons).union(*(term.reasons for term in terms)),
    )


def _qualifier(terms: Sequence[Measure], bounds: Interval) -> str:
    if bounds.upper is None:
        return ">"
    if bounds.lower is None:
        return "<"
    return "=" if all(term.qualifier == "=" for term in terms) else "~"


def _span(periods: Sequence[Period]) -> Period:
    """Return the period of numbers taken together: from the earliest to the latest day, on the loosest basis.

    The label is that of the firmest term.
    """
    starts, ends = [period.start for period in periods], [period.end for period in periods]
    return Period(
        label=min(periods, key=lambda period: (_BASES.index(period.basis), period.label)).label,
        start=None if None in starts else min(starts),
        end=None if None in ends else max(ends),
        basis=max((period.basis for period in periods), key=_BASES.index),
    )
