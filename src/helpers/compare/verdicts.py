"""Which areas may be set side by side for an item, and what speaks against it.

Comparable means same thing, same time, same ground. Reasons are codes, some with a parameter behind a colon; the
words for them belong to the briefing. What is not comparable never shares a chart, a rank or a sentence.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, groupby

from helpers.compare.derive import MISSING
from helpers.compare.items import MEANS
from helpers.compare.references import is_reference
from helpers.reconcile.claims import MAYBE_WHOLE
from helpers.reconcile.periods import FLOWS, STATED, UNKNOWN_BOUNDARY, Period, days_apart, period_in
from helpers.records import Compared, Verdict

VERDICTS = ("comparable", "with_caution", "not_comparable", MISSING)  # from best to worst
BAR, CAUTION, NOTE = "bar", "caution", "note"

# Law 17/2023/QH15 on cooperatives, in force from this day; it brought the groups into its scope.
NEW_LAW = date(2024, 7, 1)

# A stock a year older than another is still set beside it, with caution from the next day on.
YEAR = 366
# Halves and whole years are not compared; calendar months of different length are.
SAME_LENGTH = 31

# Derived indicators that add up what happened, like those of the texts.
_FLOWS = FLOWS | {"net_established", "loan_per_project"}

# Equity written into the statutes, money at work, and capital of no stated kind are three things.
CAPITAL_KINDS = ("charter_capital", "working_capital", "capital")

# A form that is counted along with another in one area and apart in the other.
COMPANIONS = {"union": "scope:unions_inside_one", "group": "scope:groups_inside_one", "fund": "scope:funds_inside_one"}

REASONS = {
    "scope:unions_inside_one": (BAR, "one area counts unions together with cooperatives, the other does not"),
    "scope:groups_inside_one": (BAR, "one area counts cooperative groups together with others, the other does not"),
    "scope:funds_inside_one": (BAR, "one area counts credit funds together with others, the other does not"),
    "capital_kind": (BAR, "the areas print different kinds of capital"),
    "origin": (BAR, "two offices counted, which need not count alike"),
    "unit": (BAR, "the numbers are in different units"),
    "unit:unsaid_time": (BAR, "a text does not say whether an income is a month's or a year's"),
    "boundary": (BAR, "one figure is for the territory before the mergers of 2025 and the other after"),
    "period:undated": (BAR, "a text has no date, and nothing bounds it"),
    "period:length": (BAR, "the figures add up what happened in periods of different or unknown length"),
    "period:undated_bounded": (CAUTION, "a text has no date; it lies between two known days or after one"),
    "period:more_than_12_months": (CAUTION, "the figures are more than twelve months apart"),
    "boundary:unknown": (CAUTION, "it is not known whether a figure is for the territory before or after the mergers"),
    "law": (CAUTION, "the figures were counted under different laws on cooperatives"),
    "subset": (CAUTION, "different organisations are counted, or one text does not say which"),
    "credit_funds:inside_one": (CAUTION, "credit funds are counted inside in one area; in the other it is not known"),
    "scope:open": (CAUTION, "a text leaves open which organisations a number counts; it is a range"),
    "qualifier:lower_bound": (CAUTION, "only 'more than' is known of a number"),
    "qualifier:upper_bound": (CAUTION, "only 'less than' is known of a number"),
    "qualifier:approximate": (CAUTION, "a number is introduced by 'about' or 'nearly'"),
    "workers_exceed_members": (CAUTION, "more workers than members: the two may not count the same people"),
    "flag:doubtful": (CAUTION, "a sign in the text speaks against the reading of a number"),
    "flag:conflict": (CAUTION, "sources give different values"),
    "population:implied": (CAUTION, "the population is no count: it follows from two published figures"),
    "producer": (CAUTION, "the national value is another office's count; offices count differently"),
    "producers_differ": (BAR, "the values come from two families of statistics, which are not one series"),
    "scope:part_only": (BAR, "one area has the number only for a part of the organisations"),
    "flag:expected": (CAUTION, "a text gives the number as expected, not as reached"),
    "scope:sum_built": (NOTE, "the scope was built by adding figures that are printed apart"),
    "flag:repaired": (NOTE, "a term lost in translation was mended by another text"),
    "flag:corrected": (NOTE, "an analyst has corrected how a number was read"),
    "population:preliminary": (NOTE, "the population is a preliminary one"),
    "derived": (NOTE, "one area prints the number, for the other it is computed"),
    "missing": (NOTE, "this area has no such number"),
    "alone": (NOTE, "no other area has such a number"),
}


def judge(compared: Sequence[Compared]) -> list[Verdict]:
    """Return a verdict with its reasons for every item and pair of areas, in the order of ``compared``."""
    verdicts = []
    for item, rows in groupby(compared, key=lambda row: row.item):
        for one, other in combinations(rows, 2):
            reasons = _reasons(one, other, compared)
            verdicts.append(Verdict(item, one.ref_area, other.ref_area, _weigh(reasons), tuple(sorted(reasons))))
    return verdicts


class NotComparableError(ValueError):
    """Numbers of areas that cannot be compared were about to be set side by side."""


def require_comparable(item: str, areas: Iterable[str], verdicts: Iterable[Verdict]) -> None:
    """Raise NotComparableError, naming the areas and the reasons, where two of ``areas`` never stand side by side.

    Whatever puts numbers of several areas into one chart, rank or sentence asks here first.
    """
    chosen = set(areas)
    for pair in verdicts:
        if pair.item == item and {pair.ref_area, pair.other_area} <= chosen and pair.verdict == "not_comparable":
            bars = [reason for reason in pair.reasons if weight(reason) == BAR]
            told = "; ".join(f"{describe(reason)} ({reason})" for reason in bars)
            raise NotComparableError(
                f"{item}: {pair.ref_area} and {pair.other_area} cannot stand side by side: {told}; leave out one"
            )


def choose_comparable(areas: Sequence[str], barred: Collection[frozenset[str]]) -> list[str]:
    """Return as many areas as may all stand side by side, in the order of ``areas``; ``barred`` are pairs that may not.

    Earlier areas are tried first. One that bars at most one other is taken at once, for no choice is larger without it;
    only where all bar more are both ways tried, so that a whole country's areas can be chosen from.

    >>> choose_comparable(["a", "b", "c", "d"], {frozenset("ab"), frozenset("bc"), frozenset("bd")})
    ['a', 'c', 'd']
    >>> choose_comparable(["a", "b", "c"], {frozenset("ab"), frozenset("bc"), frozenset("ac")})
    ['a']
    """
    bars: dict[str, set[str]] = {area: set() for area in areas}
    for one, other in barred:
        if one in bars and other in bars:
            bars[one].add(other)
            bars[other].add(one)
    return _choose(list(areas), bars)


def _choose(areas: list[str], bars: Mapping[str, set[str]]) -> list[str]:
    if not areas:
        return []
    barring = {area: len(bars[area].intersection(areas)) for area in areas}
    sure = next((area for area in areas if barring[area] <= 1), None)
    area = sure or max(areas, key=barring.__getitem__)
    others = [other for other in areas if other != area]
    with_it = {area, *_choose([other for other in others if other not in bars[area]], bars)}
    without = [] if sure else _choose(others, bars)
    return without if len(without) > len(with_it) else [area for area in areas if area in with_it]


def describe(reason: str) -> str:
    """Return the English line for a reason code, with or without a parameter.

    >>> describe("boundary")
    'one figure is for the territory before the mergers of 2025 and the other after'
    """
    return (REASONS.get(reason) or REASONS[reason.split(":")[0]])[1]


def settle(compared: Iterable[Compared], verdicts: Iterable[Verdict]) -> list[Compared]:
    """Return ``compared`` with the best verdict that each row reaches beside any other, and the reasons for it.

    A number that no other area has is not comparable, for it stands alone; what the whole country has is a reference
    and makes no area comparable. A reference has the best verdict that it reaches beside any area.
    """
    pairs = [pair for pair in verdicts if not is_reference(pair.ref_area)]
    between_areas = [pair for pair in pairs if not is_reference(pair.other_area)]
    return [
        _settle(
            row, [pair for pair in (pairs if is_reference(row.ref_area) else between_areas) if _concerns(pair, row)]
        )
        for row in compared
    ]


def weight(reason: str) -> str:
    """Return whether a reason bars a comparison, asks for caution or is a note.

    >>> weight("subset:unstated_vs_operating"), weight("missing:VN-36")
    ('caution', 'note')
    """
    return (REASONS.get(reason) or REASONS[reason.split(":")[0]])[0]


def _settle(row: Compared, pairs: Sequence[Verdict]) -> Compared:
    judged = [pair for pair in pairs if pair.verdict != MISSING]
    if row.verdict == MISSING:
        return replace(row, reasons=_reasons_of(judged))
    if not judged:
        return replace(row, verdict="not_comparable", reasons=(*row.reasons, "alone"))
    best = min((pair.verdict for pair in judged), key=VERDICTS.index)
    reasons = _reasons_of(pair for pair in judged if pair.verdict == best)
    return replace(row, verdict=best, reasons=tuple(dict.fromkeys((*row.reasons, *reasons))))


def _reasons_of(pairs: Iterable[Verdict]) -> tuple[str, ...]:
    """Return the reasons of ``pairs`` but for what is missing: a row tells that of itself."""
    reasons = {reason for pair in pairs for reason in pair.reasons}
    return tuple(sorted(reason for reason in reasons if not reason.startswith("missing:")))


def _concerns(pair: Verdict, row: Compared) -> bool:
    return pair.item == row.item and row.ref_area in (pair.ref_area, pair.other_area)


def _weigh(reasons: Iterable[str]) -> str:
    weights = {weight(reason) for reason in reasons}
    if BAR in weights:
        return "not_comparable"
    if any(reason.startswith("missing:") for reason in reasons):
        return MISSING
    return "with_caution" if CAUTION in weights else "comparable"


def _reasons(one: Compared, other: Compared, compared: Sequence[Compared]) -> set[str]:
    absent = [row for row in (one, other) if row.verdict == MISSING]
    if not absent:
        return between(one, other)
    reasons = {f"missing:{row.ref_area}" for row in absent}
    if len(absent) == 1:
        present = other if absent[0] is one else one
        reasons |= _near_misses(present, absent[0].ref_area, compared)
    return reasons


def between(one: Compared, other: Compared) -> set[str]:
    """Return what limits two numbers set side by side: what limits each, and what only the two together show."""
    return {*one.reasons, *other.reasons} - _shared_only(one, other) | _differences(one, other)


def _shared_only(one: Compared, other: Compared) -> set[str]:
    """Return reasons that are none where both areas have them: then both count alike."""
    return {"credit_funds:inside_one"} & set(one.reasons) & set(other.reasons)


def _near_misses(present: Compared, area: str, compared: Sequence[Compared]) -> set[str]:
    """Return why what ``area`` prints instead of the item cannot stand in for it.

    This is what tells "not comparable" from "missing": the area has the number, with another form counted along or
    as another kind of capital.
    """
    reasons = set()
    for row in compared:
        if row.ref_area != area or row.verdict == MISSING:
            continue
        if _is_part(row, present):
            reasons.add("scope:part_only")
        if not _are_wholes(row, present):
            continue
        extra = set(row.org_type.split("+")) ^ set(present.org_type.split("+"))
        shared = set(row.org_type.split("+")) & set(present.org_type.split("+"))
        if row.indicator == present.indicator and shared and len(extra) == 1:
            reasons |= {COMPANIONS[form] for form in extra if form in COMPANIONS}
        if shared and row.indicator != present.indicator and _are_capitals(row.indicator, present.indicator):
            reasons.add("capital_kind")
    return reasons


def _is_part(row: Compared, present: Compared) -> bool:
    """Return whether ``row`` has the indicator of ``present``, which is about all organisations, for some of them."""
    alike = (row.indicator, row.org_type, row.sector) == (present.indicator, present.org_type, None)
    return alike and _are_wholes(present) and not _are_wholes(row)


def _are_wholes(*rows: Compared) -> bool:
    return all(row.sector is None and row.subset in (None, *MAYBE_WHOLE) for row in rows)


def _are_capitals(one: str, other: str) -> bool:
    kinds = [(kind, MEANS[kind][0]) for kind in CAPITAL_KINDS]
    return any({one, other} <= set(same_form) for same_form in zip(*kinds, strict=True))


def _differences(one: Compared, other: Compared) -> set[str]:
    """Return what only the two rows together show."""
    periods = [period_in(one), period_in(other)]
    # The country was not merged with another.
    boundaries = {period_in(row).boundary for row in (one, other) if not is_reference(row.ref_area)}
    signs = {
        "unit": one.unit != other.unit,
        "producers_differ": is_reference(one.ref_area) and is_reference(other.ref_area),
        "boundary": len(boundaries) > 1 and UNKNOWN_BOUNDARY not in boundaries,
        "law": _are_under_two_laws(*periods),
        "period:more_than_12_months": days_apart(*periods) > YEAR,
        "period:length": one.indicator in _FLOWS and _differ_in_length(one.indicator, *periods),
        f"subset:{one.subset or 'unstated'}_vs_{other.subset or 'unstated'}": one.subset != other.subset,
        "derived": {one.formula, other.formula} == {"figure", "ratio"},
    }
    return {reason for reason, holds in signs.items() if holds}


def _are_under_two_laws(one: Period, other: Period) -> bool:
    """Return whether the old law was surely in force for one period and the new one for the other."""
    return any(
        early.end is not None and late.start is not None and early.end < NEW_LAW <= late.start
        for early, late in ((one, other), (other, one))
    )


def _differ_in_length(indicator: str, one: Period, other: Period) -> bool:
    """Return whether two periods are of different length, as far as that matters: a year's mean is one in any year."""
    if one.basis != STATED or other.basis != STATED:
        return "_per_" not in indicator
    return abs((one.end - one.start).days - (other.end - other.start).days) > SAME_LENGTH
