"""Whether what an area counted at another time makes a series with what it is shown with.

A line through two numbers says that something grew. That needs the same thing counted by the same office on the same
ground at two known times; otherwise an older number fills a gap and shows its age, and no more.
"""

from collections.abc import Iterable
from dataclasses import replace

from helpers.compare.derive import MISSING, limits
from helpers.compare.measures import Measure
from helpers.compare.shelf import Shelf
from helpers.compare.verdicts import NOTE, between, weight
from helpers.reconcile.claims import MAYBE_WHOLE
from helpers.reconcile.periods import UNDATED
from helpers.records import Compared, Figure, SeriesPair

# A series is made of other times; what else asks for caution between two areas breaks a series within one.
_NO_BREAK = "period:more_than_12_months"


def find_series(compared: Iterable[Compared], figures: Iterable[Figure]) -> list[SeriesPair]:
    """Return every other figure of an item beside the one that its area has in ``compared``, sorted by item and area.

    ``compared`` are rows as ``derive.compare`` returns them. The verdict is ``comparable`` where the two make a series
    and ``not_comparable``, with the reasons, where they do not. What is computed has no series: its terms have.
    """
    by_id = {figure.figure_id: figure for figure in sorted(figures, key=lambda figure: figure.figure_id)}
    pairs = []
    for row in compared:
        if row.verdict != MISSING and row.formula == "figure":
            shelf = Shelf(figure for figure in by_id.values() if figure.ref_area == row.ref_area)
            subset = None if row.subset in MAYBE_WHOLE and not row.item.endswith(f".{row.subset}") else row.subset
            others = shelf.find_all(row.indicator, row.org_type, sector=row.sector, subset=subset)
            pairs += [_judge(row, other, by_id) for other in others if _is_of_another_time(other, row)]
    return sorted(pairs, key=lambda pair: (pair.item, pair.ref_area, pair.other))


def _is_of_another_time(other: Measure, row: Compared) -> bool:
    is_dated_alike = other.period.label == row.period != UNDATED
    return other.formula == "figure" and other.figures != row.figures and not is_dated_alike


def _judge(row: Compared, other: Measure, by_id: dict[str, Figure]) -> SeriesPair:
    figure, another = row.figures[0], other.figures[0]
    then = replace(
        row,
        subset=other.subset,
        unit=other.unit,
        period=other.period.label,
        period_start=other.period.start,
        period_end=other.period.end,
        period_basis=other.period.basis,
        reasons=limits(row.indicator, row.ref_area, other),
    )
    reasons = between(row, then) - {f"producer:{row.ref_area.partition('/')[2]}", "producers_differ"}
    if set(by_id[figure].origins).isdisjoint(by_id[another].origins):
        reasons.add("origin")
    breaks = [reason for reason in reasons if reason != _NO_BREAK and weight(reason) != NOTE]
    verdict = "not_comparable" if breaks else "comparable"
    return SeriesPair(row.item, row.ref_area, figure, another, verdict, tuple(sorted(reasons)))
