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
from helpers.reconcile.parts import sources_of
from helpers.reconcile.periods import BOUNDED, FLOWS, PUBLICATION, STATED, Period, period_in
from helpers.records import Figure

YEAR = 366  # days; one number is made of several only where a year at most lies between the ends of their bounds
WHOLE = 100  # per cent

INHABITANTS = 100_000  # the usual base of such rates

_BASES = (STATED, PUBLICATION, BOUNDED)  # from firm to loose


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its bounds; ``figures`` are the figure_ids it rests on, in the order of ``formula``.

    ``is_flow`` says that it adds up what happened in its period; ``sources`` are the texts behind it.
    """

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
    is_flow: bool = False
    sources: frozenset[str] = frozenset()


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
        is_flow=figure.indicator in FLOWS,
        sources=frozenset(sources_of(figure)),
    )


def total(parts: Sequence[Measure]) -> Measure | None:
    """Return the sum of ``parts``, or None where they cannot hold at one time or are in two currencies."""
    if not _hold_together(parts) or len({part.unit for part in parts}) > 1:
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


def ratio(
    above: Measure | None, below: Measure | None, *, unit: str | None = None, formula: str = "ratio"
) -> Measure | None:
    """Return ``above`` / ``below`` in the unit of ``above``, or in ``unit``; of a share that is per cent.

    None where a term is missing, where nothing bounds the result, and where what should be a part is surely more than
    its whole. The value of a result of which only one side is known is that side, already rounded outwards: "more than
    41.0".
    """
    if above is None or below is None or not _hold_together((above, below)):
        return None
    is_share = unit == "percent"
    times = WHOLE if is_share else 1
    bounds = (above.bounds / below.bounds).scaled(times).rounded_out()
    if bounds.is_open or (is_share and bounds.lower is not None and bounds.lower > WHOLE):
        return None
    value = None
    if bounds.lower is None or bounds.upper is None:
        value = bounds.upper if bounds.lower is None else bounds.lower
    elif above.value is not None and below.value:
        value = rounded(above.value * times / below.value)
    if is_share and bounds.upper is not None and bounds.upper > WHOLE:  # no part is more, whatever the rounding leaves
        bounds = Interval(bounds.lower, Decimal(WHOLE))
        value = None if value is None or value > WHOLE else value
    return _combined((above, below), value=value, bounds=bounds, unit=unit or above.unit, formula=formula)


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
    return all(_may_be_of_one_time(one, other) for one, other in combinations(terms, 2))


def _may_be_of_one_time(one: Measure, other: Measure) -> bool:
    """Return whether two numbers may be set against each other: of one undated text, or dated closely enough.

    A text that may be of any of several years holds together with itself only. What happened in a year and what
    happened in a half of it never do.
    """
    days = [(term.period.start, term.period.end, term.period.basis) for term in (one, other)]
    if days[0] == days[1]:
        return one.period.basis != BOUNDED or not one.sources.isdisjoint(other.sources)
    if one.is_flow and other.is_flow:
        return False
    return one.period.overlaps(other.period) and _is_narrow(one.period) and _is_narrow(other.period)


def _is_narrow(period: Period) -> bool:
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
        period=_period_of(terms),
        formula=formula,
        figures=tuple(dict.fromkeys(figure for term in terms for figure in term.figures)),
        assumption=next((term.assumption for term in terms if term.assumption), None),
        flags=frozenset().union(*(term.flags for term in terms)),
        reasons=frozenset(reasons).union(*(term.reasons for term in terms)),
        is_flow=any(term.is_flow for term in terms),
        sources=frozenset().union(*(term.sources for term in terms)),
    )


def _qualifier(terms: Sequence[Measure], bounds: Interval) -> str:
    if bounds.upper is None:
        return ">"
    if bounds.lower is None:
        return "<"
    return "=" if all(term.qualifier == "=" for term in terms) else "~"


def _period_of(terms: Sequence[Measure]) -> Period:
    """Return when what is made of ``terms`` holds; revenue of a half-year over a stock is still that of a half-year."""
    flows = [term.period for term in terms if term.is_flow]
    is_dated = all(term.period.basis != BOUNDED for term in terms)
    return _span(flows if flows and is_dated else [term.period for term in terms])


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
