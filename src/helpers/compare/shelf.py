"""What one area's figures show in a given scope: printed as such, or built from scopes that are printed."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

from helpers.compare.measures import Measure, measure, total
from helpers.read.places import Territory
from helpers.reconcile.claims import MAYBE_WHOLE
from helpers.reconcile.parts import Breakdown, find_breakdowns, sources_of
from helpers.reconcile.periods import BOUNDED, UNDATED
from helpers.records import Figure


class Shelf:
    """The figures of one area, found by what they count, and how many people live there.

    Only levels: changes and plans are no state of the area. The latest come first, or
    those nearest to the day ``near``.
    """

    def __init__(
        self, figures: Iterable[Figure], territories: Iterable[Territory] = (), near: date | None = None
    ) -> None:
        self.territories = tuple(territories)
        levels = [figure for figure in figures if figure.kind == "level"]
        self.figures = sorted(levels, key=lambda figure: _precedence(figure, near))
        self.breakdowns = find_breakdowns(self.figures)

    def find(
        self, indicator: str, org_type: str, *, sector: str | None = None, subset: str | None = None
    ) -> Measure | None:
        """Return the first of ``find_all``, or None."""
        return next(self.find_all(indicator, org_type, sector=sector, subset=subset), None)

    def find_all(
        self, indicator: str, org_type: str, *, sector: str | None = None, subset: str | None = None
    ) -> Iterator[Measure]:
        """Yield the numbers of this scope, the latest first, then the sums of the fewest scopes that make it up.

        Means are never added. A whole that is not printed as such may be the operating or the new-style ones.
        """
        yield from self._printed(indicator, org_type, sector, subset)
        if "_per_" in indicator:
            return
        for scopes in sorted(self._partitions(tuple(org_type.split("+"))), key=len):
            if len(scopes) > 1:
                printed = [list(self._printed(indicator, scope, sector, subset)) for scope in scopes]
                yield from (built for parts in product(*printed) if (built := total(parts)))

    def breakdown(self, whole: Measure) -> Breakdown | None:
        """Return the sectors of a printed ``whole``, where its text lists all of them."""
        return next((found for found in self.breakdowns if whole.figures == (found.total.figure_id,)), None)

    def scopes(self, indicator: str) -> set[tuple[str, str | None, str | None]]:
        """Return legal form, sector and subset of every figure of ``indicator``; what may be the whole has none."""
        counted = [figure for figure in self.figures if figure.indicator == indicator]
        return {
            (figure.org_type, figure.sector, None if _may_be_whole(figure, counted) else figure.subset)
            for figure in counted
        }

    def _printed(self, indicator: str, org_type: str, sector: str | None, subset: str | None) -> Iterator[Measure]:
        allowed = (subset,) if subset else (None, *MAYBE_WHOLE)
        for figure in self.figures:
            counted = (figure.indicator, figure.org_type, figure.sector)
            if counted == (indicator, org_type, sector) and figure.subset in allowed:
                inside = any(found.includes_funds and found.covers(figure) for found in self.breakdowns)
                yield measure(figure, reasons={"credit_funds:inside_one"} if inside else ())

    def _partitions(self, forms: tuple[str, ...]) -> Iterator[list[str]]:
        """Yield every way to make up ``forms`` of scopes that some figure has and that do not overlap."""
        if not forms:
            yield []
            return
        for scope in sorted({figure.org_type for figure in self.figures}):
            counted = scope.split("+")
            if forms[0] in counted and set(counted) <= set(forms):
                rest = tuple(form for form in forms if form not in counted)
                yield from ([scope, *others] for others in self._partitions(rest))


def _may_be_whole(figure: Figure, counted: Iterable[Figure]) -> bool:
    """Return whether ``figure`` stands for all organisations: its text and its time know no whole beside it."""
    return figure.subset in MAYBE_WHOLE and not any(
        (other.org_type, other.sector, other.subset) == (figure.org_type, figure.sector, None)
        and (not sources_of(figure).isdisjoint(sources_of(other)) or other.period == figure.period != UNDATED)
        for other in counted
    )


def _precedence(figure: Figure, near: date | None) -> tuple:
    """Sort key: what is surely later first, then dated before bounded, a point before a range, a stated whole first.

    A text between two dates is surely no older than the first of them.
    """
    is_bounded = figure.period_basis == BOUNDED
    surely = figure.period_start if is_bounded else figure.period_end
    latest = -surely.toordinal() if surely else 0
    distance = abs((surely - near).days) if surely and near else 0
    return distance, latest, is_bounded, figure.value is None, figure.subset or "", figure.figure_id
