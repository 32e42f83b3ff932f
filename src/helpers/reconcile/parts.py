"""Totals that a text breaks down by sector, and whether the parts make up the whole.

Only a breakdown that claims to be complete can disagree with its total; a single sector beside a total cannot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from helpers.reconcile.claims import MAYBE_WHOLE
from helpers.records import Figure

# A list of sectors is taken for complete from three of them on and where they come this close to the total.
FEWEST_SECTORS = 3
COMPLETE_WITHIN = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A total and all its sectors; ``parts`` holds the people's credit funds too where the total includes them."""

    total: Figure
    parts: tuple[Figure, ...]

    @property
    def sum(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def unplaced(self) -> Decimal:
        """How many of the total no part holds; negative where the parts hold more than the total."""
        return self.total.value - self.sum

    @property
    def includes_funds(self) -> bool:
        return any(part.org_type == "fund" for part in self.parts)

    def covers(self, figure: Figure) -> bool:
        """Return whether ``figure`` is about all the organisations of this total, as told by the same text."""
        return (
            figure.ref_area == self.total.ref_area
            and figure.org_type == self.total.org_type
            and figure.sector is None
            and not sources_of(figure).isdisjoint(sources_of(self.total))
        )


def find_breakdowns(figures: Iterable[Figure]) -> list[Breakdown]:
    """Return every total that one text breaks down by sector completely, in the order of ``figures``.

    A total of cooperatives can include the people's credit funds, which are cooperatives by law and are listed
    beside them; they count as a part where that brings the sum closer to the total.
    """
    counts = [
        figure
        for figure in figures
        if figure.kind == "level" and figure.unit == "organisation" and figure.indicator == "organisations"
        if figure.value is not None
    ]
    breakdowns = []
    for total in counts:
        if is_whole(total):
            beside = [other for other in counts if _stands_beside(total, other)]
            parts = tuple(part for part in beside if part.org_type == total.org_type and part.sector)
            funds = tuple(part for part in beside if part.org_type == "fund" != total.org_type)
            candidates = [Breakdown(total, parts), Breakdown(total, (*parts, *funds))]
            closest = min(candidates, key=_distance)
            if len(parts) >= FEWEST_SECTORS and abs(closest.unplaced) <= COMPLETE_WITHIN * total.value:
                breakdowns.append(closest)
    return breakdowns


def _distance(breakdown: Breakdown) -> tuple[bool, Decimal, int]:
    """Sort key that puts first what comes closest to the total; parts that make up N are not "more than N"."""
    falls_short = breakdown.total.qualifier == ">" and breakdown.unplaced >= 0
    return falls_short, abs(breakdown.unplaced), len(breakdown.parts)


def is_whole(figure: Figure) -> bool:
    """Return whether ``figure`` is about all sectors and, as far as its text says, all organisations."""
    return figure.sector is None and (figure.subset is None or figure.subset in MAYBE_WHOLE)


def sources_of(figure: Figure) -> set[str]:
    """Return the ids of the sources that ``figure`` rests on."""
    return {address.split("#")[0] for address in figure.used}


def _stands_beside(total: Figure, other: Figure) -> bool:
    return (
        other.ref_area == total.ref_area
        and other.period == total.period
        and (other.subset is None or (other.org_type == "fund" and other.subset in MAYBE_WHOLE))
        and other is not total
        and not sources_of(other).isdisjoint(sources_of(total))
    )
