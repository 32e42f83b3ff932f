"""What the figures say of each other, added up and set against their limits.

A check explains what it found and mends nothing. Where a term is missing it cannot say, and says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import reduce
from operator import add

from helpers.read.raw import Indicator
from helpers.reconcile.bounds import Interval, exactly
from helpers.reconcile.claims import PAY_PERIODS
from helpers.reconcile.parts import find_breakdowns, is_whole, sources_of
from helpers.reconcile.periods import UNDATED, days_apart, period_in
from helpers.records import Check, Figure

AGREES, DIFFERS, CANNOT_SAY = "agrees", "differs", "cannot_say"
PLAUSIBILITY = ("plausible_range", "plausible_mean")  # checks of a printed number that tell of a slip

# The State Bank's central rate has moved between these since the law of 2012 came into force.
DONG_PER_DOLLAR = Decimal(20_000), Decimal(27_000)

MONTHS = 12  # limits of an income hold for a year; a month's is at most a twelfth

# Stocks are dated at the turn of a year or by an article of the quarter after it.
STOCK_BEFORE, STOCK_AFTER = timedelta(days=31), timedelta(days=92)


def run_checks(figures: Iterable[Figure], indicators: Mapping[str, Indicator]) -> list[Check]:
    """Return every check that ``figures`` allow, sorted by check_id, those that agree included.

    ``indicators`` (by code) tell what would be implausible. In every check ``expected`` and ``found`` are the two
    numbers of its sentence.
    """
    levels = sorted((figure for figure in figures if figure.kind == "level"), key=lambda figure: figure.figure_id)
    checks = [
        *_check_parts(levels),
        *_check_types(levels),
        *_check_subsets(levels),
        *_check_people(levels),
        *_check_ranges(levels, indicators),
        *_check_means(levels, indicators),
        *_check_stock_change(levels),
    ]
    return sorted(checks, key=lambda check: check.check_id)


def _check_parts(levels: Sequence[Figure]) -> list[Check]:
    checks = []
    for breakdown in find_breakdowns(levels):
        total, found = breakdown.total, breakdown.sum
        listed = "the sectors and credit funds" if breakdown.includes_funds else "the sectors"
        sentence = f"{listed} add up to {_print(found)}; the text says {_print(total.value)}"
        verdict = _verdict(_sum(breakdown.parts), _bounds(total))
        checks.append(_check("parts_total", total, breakdown.parts, total.value, found, verdict, sentence))
    return checks


def _check_types(levels: Sequence[Figure]) -> list[Check]:
    checks = []
    for total in levels:
        forms = total.org_type.split("+")
        if len(forms) < 2 or not is_whole(total) or not _is_additive(total) or total.value is None:
            continue
        parts = [_find_beside(total, levels, org_type=form) for form in forms]
        if None in parts or any(part.value is None for part in parts):
            continue
        found = sum((part.value for part in parts), Decimal(0))
        verdict = _verdict(_sum(parts), _bounds(total))
        sentence = f"the legal forms add up to {_print(found)}; they are counted together as {_print(total.value)}"
        checks.append(_check("types_total", total, parts, total.value, found, verdict, sentence))
    return checks


def _check_subsets(levels: Sequence[Figure]) -> list[Check]:
    checks = []
    for part in levels:
        whole = _find_beside(part, levels)
        if whole is not None and whole is not part and _is_additive(part) and (part.sector or not is_whole(part)):
            verdict = _not_above(part, whole)
            sentence = f"a part of {_show(part)} in a whole of {_show(whole)}"
            checks.append(_compare("subset_in_whole", part, whole, verdict, sentence))
    return checks


def _check_people(levels: Sequence[Figure]) -> list[Check]:
    checks = []
    for members, organisations in _pairs(levels, "members", "organisations"):
        verdict = _not_above(organisations, members)
        sentence = f"{_show(members)} members of {_show(organisations)} organisations"
        checks.append(_compare("members_per_organisation", members, organisations, verdict, sentence))
    for workers, members in _pairs(levels, "workers", "members"):
        sentence = f"{_show(workers)} workers beside {_show(members)} members"
        checks.append(_compare("workers_per_member", workers, members, _not_above(workers, members), sentence))
    return checks


def _check_ranges(levels: Sequence[Figure], indicators: Mapping[str, Indicator]) -> list[Check]:
    checks = []
    for figure in levels:
        limits = limits_in(figure.unit, indicators[figure.indicator])
        if limits is not None and not _bounds(figure).is_open:
            limits = _of_a_month(limits) if figure.subset == PAY_PERIODS["per_month"] else limits
            broken = broken_limit(_bounds(figure) if figure.value is None else exactly(figure.value), limits)
            verdict = AGREES if broken is None else DIFFERS
            sentence = f"{_show(figure)}; {describe_limits(limits)}"
            checks.append(_check("plausible_range", figure, (), broken, _number(figure), verdict, sentence))
    return checks


def _check_means(levels: Sequence[Figure], indicators: Mapping[str, Indicator]) -> list[Check]:
    """Return a check of every sum of money against what is plausible for each of the organisations that it is of.

    No count of the same day is needed: a sum that lost a thousand shows beside any count of those years.
    """
    checks = []
    for total in (figure for figure in levels if figure.unit in ("VND", "USD")):
        mean = indicators.get(f"{total.indicator.removesuffix('_total')}_per_organisation")
        count = _find_count(total, levels)
        limits = limits_in(total.unit, mean) if mean and count else None
        if limits is None:
            continue
        each = (_bounds(total) / _bounds(count)).rounded_out()
        if not each.is_open:
            broken = broken_limit(each, limits)
            found = each.upper if each.lower is None else each.lower
            sentence = f"{_show(total)} of {_show(count)} organisations is some {_print(found)} each"
            verdict = AGREES if broken is None else DIFFERS
            explanation = f"{sentence}; {describe_limits(limits)}"
            checks.append(_check("plausible_mean", total, (count,), broken, found, verdict, explanation))
    return checks


def _find_count(total: Figure, levels: Sequence[Figure]) -> Figure | None:
    """Return the number of the organisations that ``total`` is of, counted as near to it in time as there is one."""
    counts = [
        other
        for other in levels
        if (other.ref_area, other.indicator, other.org_type) == (total.ref_area, "organisations", total.org_type)
        if other.sector == total.sector and (other.subset == total.subset or (is_whole(other) and is_whole(total)))
        if other.value is not None
    ]
    return min(
        counts, key=lambda other: (days_apart(period_in(total), period_in(other)), other.figure_id), default=None
    )


def _of_a_month(limits: Interval) -> Interval:
    return Interval(limits.lower, None if limits.upper is None else limits.upper / MONTHS)


def limits_in(unit: str, indicator: Indicator) -> Interval | None:
    """Return what is plausible for ``indicator`` in ``unit``, or None where nothing is known of that.

    Limits in dong are good for dollars too, at the rate that makes them widest: what breaks them has slipped by orders
    of magnitude, not by a rate.
    """
    least, most = indicator.plausible_min, indicator.plausible_max
    if (least is None and most is None) or unit not in (indicator.unit, "USD"):
        return None
    if unit == indicator.unit:
        return Interval(least, most)
    if indicator.unit != "VND":
        return None
    cheap, dear = DONG_PER_DOLLAR
    in_dollars = Interval(None if least is None else least / dear, None if most is None else most / cheap)
    return in_dollars.rounded_out(2)


def broken_limit(found: Interval, limits: Interval) -> Decimal | None:
    """Return the limit that ``found`` lies wholly beyond, or None."""
    if _below(found.upper, limits.lower):
        return limits.lower
    return limits.upper if _below(limits.upper, found.lower) else None


def describe_limits(limits: Interval) -> str:
    """Return the end of a sentence that says what would be plausible."""
    named = (("not below", limits.lower), ("not above", limits.upper))
    return "plausible is " + " and ".join(f"{words} {_print(limit)}" for words, limit in named if limit is not None)


def _check_stock_change(levels: Sequence[Figure]) -> list[Check]:
    checks = []
    for born in levels:
        if born.indicator != "established" or not is_whole(born) or born.value is None:
            continue
        died, converted = (_find_beside(born, levels, indicator=name) for name in ("dissolved", "converted"))
        gone = [flow for flow in (died, converted) if flow is not None and flow.period == born.period]
        if died not in gone or any(flow.value is None for flow in gone):
            continue
        left = sum((flow.value for flow in gone), Decimal(0))
        sentence = f"{_print(born.value)} established less {_print(left)} dissolved or converted make a change of "
        sentence += _print(born.value - left)
        stocks = [_find_stock(born, levels, side) for side in ("period_start", "period_end")]
        found = None if None in stocks else stocks[1].value - stocks[0].value
        if found is None:
            verdict, sentence = CANNOT_SAY, f"{sentence}; the stock before or after is not known"
        else:
            change = _bounds(stocks[1]) - _bounds(stocks[0])
            verdict = _verdict(change, _bounds(born) - _sum(gone))
            sentence = f"{sentence}; the stock changed by {_print(found)}"
        terms = [figure for figure in (*gone, *stocks) if figure is not None]
        checks.append(_check("stock_change", born, terms, born.value - left, found, verdict, sentence))
    return checks


def _find_stock(flow: Figure, levels: Sequence[Figure], side: str) -> Figure | None:
    """Return the stock counted nearest to the first or last day of a flow's period."""
    day = getattr(flow, side)
    near = [
        stock
        for stock in levels
        if (stock.ref_area, stock.indicator, stock.org_type) == (flow.ref_area, "organisations", flow.org_type)
        if is_whole(stock) and stock.value is not None and stock.period_end and stock.period_basis != "bounded"
        if day - STOCK_BEFORE <= stock.period_end <= day + STOCK_AFTER
    ]
    return min(near, key=lambda stock: (abs(stock.period_end - day), stock.figure_id), default=None)


def _pairs(levels: Sequence[Figure], one: str, other: str) -> list[tuple[Figure, Figure]]:
    """Return the figures of indicator ``one`` with those of ``other`` about the same organisations at the same time."""
    firsts = [figure for figure in levels if figure.indicator == one and is_whole(figure)]
    found = [(figure, _find_beside(figure, levels, indicator=other)) for figure in firsts]
    return [(figure, beside) for figure, beside in found if beside is not None]


def _find_beside(
    figure: Figure, levels: Sequence[Figure], *, indicator: str | None = None, org_type: str | None = None
) -> Figure | None:
    """Return the whole that may hold at the same time as ``figure``, in its area.

    Of several it is one that the same source tells, then one dated alike; two without a date are not dated alike.
    """
    wanted = (figure.ref_area, indicator or figure.indicator, org_type or figure.org_type)
    candidates = [
        other
        for other in levels
        if (other.ref_area, other.indicator, other.org_type) == wanted
        if is_whole(other) and period_in(other).overlaps(period_in(figure))
    ]
    return min(candidates, key=lambda other: (*_distance(figure, other), other.figure_id), default=None)


def _distance(figure: Figure, other: Figure) -> tuple[bool, bool]:
    is_dated_alike = other.period == figure.period != UNDATED
    return sources_of(figure).isdisjoint(sources_of(other)), not is_dated_alike


def _bounds(figure: Figure) -> Interval:
    return Interval(figure.lower, figure.upper)


def _sum(figures: Iterable[Figure]) -> Interval:
    return reduce(add, map(_bounds, figures))


def _verdict(found: Interval, expected: Interval) -> str:
    """Return whether two results can be one number within what rounding and qualifiers leave open."""
    return AGREES if found.meets(expected) else DIFFERS


def _not_above(small: Figure, large: Figure) -> str:
    """Return whether ``small`` is at most ``large``, as far as the bounds of both can tell."""
    if small.upper is not None and large.lower is not None and small.upper <= large.lower:
        return AGREES
    return DIFFERS if _below(large.upper, small.lower) else CANNOT_SAY


def _below(one: Decimal | None, other: Decimal | None) -> bool:
    return one is not None and other is not None and one < other


def _is_additive(figure: Figure) -> bool:
    """Return whether parts of this indicator add up: totals do, means do not."""
    return "_per_" not in figure.indicator


def _compare(check: str, found: Figure, expected: Figure, verdict: str, sentence: str) -> Check:
    return _check(check, found, (expected,), _number(expected), _number(found), verdict, sentence)


def _check(
    check: str,
    subject: Figure,
    others: Iterable[Figure],
    expected: Decimal | None,
    found: Decimal | None,
    verdict: str,
    explanation: str,
) -> Check:
    return Check(
        check_id=f"{subject.ref_area}.{check}{subject.figure_id.removeprefix(subject.ref_area)}",
        ref_area=subject.ref_area,
        check=check,
        figures=(subject.figure_id, *(other.figure_id for other in others)),
        unit=subject.unit,
        expected=expected,
        found=found,
        verdict=verdict,
        explanation=explanation,
    )


def _number(figure: Figure) -> Decimal | None:
    """Return the number that a sentence about ``figure`` names: its value, else the end that is known."""
    return next((end for end in (figure.value, figure.lower, figure.upper) if end is not None), None)


_WORDS = {"=": "", ">": "more than ", ">=": "at least ", "<": "nearly ", "~": "about "}


def _show(figure: Figure) -> str:
    if figure.value is not None:
        words = "at most " if figure.lower is None else _WORDS[figure.qualifier]
        return f"{words}{_print(figure.value)}"
    ends = [_print(end) for end in (figure.lower, figure.upper) if end is not None]
    return " to ".join(ends) or "an unknown number"


def _print(number: Decimal) -> str:
    return f"{number:,f}"
