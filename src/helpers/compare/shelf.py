"""What one area's figures show in a given scope: printed as such, or built from scopes that are printed."""

from collections.abc import Iterable, Iterator

from helpers.compare.measures import Measure, measure, total
from helpers.reconcile.claims import MAYBE_WHOLE
from helpers.reconcile.parts import Breakdown, find_breakdowns
from helpers.reconcile.periods import BOUNDED
from helpers.records import Figure


class Shelf:
    """The figures of one area, found by what they count. Only levels: changes and plans are no state of the area."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        levels = [figure for figure in figures if figure.kind == "level"]
        self.figures = sorted(levels, key=_precedence)
        self.breakdowns = find_breakdowns(self.figures)

    def find(
        self, indicator: str, org_type: str, *, sector: str | None = None, subset: str | None = None
    ) -> Measure | None:
        """Return the latest number of this scope, else the sum of the fewest printed scopes that make it up.

        Means are never added. A whole that is not printed as such may be the operating or the new-style ones.
        """
        printed = self._printed(indicator, org_type, sector, subset)
        if printed or "_per_" in indicator:
            return printed
        partitions = sorted(self._partitions(indicator, tuple(org_type.split("+")), sector, subset), key=len)
        sums = (total(parts) for parts in partitions if len(parts) > 1)
        return next((built for built in sums if built), None)

    def breakdown(self, whole: Measure) -> Breakdown | None:
        """Return the sectors of a printed ``whole``, where its text lists all of them."""
        return next((found for found in self.breakdowns if whole.figures == (found.total.figure_id,)), None)

    def scopes(self, indicator: str) -> set[tuple[str, str | None, str | None]]:
        """Return legal form, sector and subset of every figure of ``indicator``; what may be the whole has none."""
        scopes = {
            (figure.org_type, figure.sector, figure.subset) for figure in self.figures if figure.indicator == indicator
        }
        return {
            (org_type, sector, None if subset in MAYBE_WHOLE and (org_type, sector, None) not in scopes else subset)
            for org_type, sector, subset in scopes
        }

    def _printed(self, indicator: str, org_type: str, sector: str | None, subset: str | None) -> Measure | None:
        allowed = (subset,) if subset else (None, *MAYBE_WHOLE)
        for figure in self.figures:
            counted = (figure.indicator, figure.org_type, figure.sector)
            if counted == (indicator, org_type, sector) and figure.subset in allowed:
                inside = any(found.includes_funds and found.covers(figure) for found in self.breakdowns)
                return measure(figure, reasons={"credit_funds:inside_one"} if inside else ())
        return None

    def _partitions(
        self, indicator: str, forms: tuple[str, ...], sector: str | None, subset: str | None
    ) -> Iterator[list[Measure]]:
        """Yield every way to make up ``forms`` of printed scopes that do not overlap."""
        if not forms:
            yield []
            return
        for scope in sorted({figure.org_type for figure in self.figures}):
            counted = scope.split("+")
            printed = self._printed(indicator, scope, sector, subset)
            if printed and forms[0] in counted and set(counted) <= set(forms):
                rest = tuple(form for form in forms if form not in counted)
                yield from ([printed, *others] for others in self._partitions(indicator, rest, sector, subset))


def _precedence(figure: Figure) -> tuple:
    """Sort key: dated before bounded, later before earlier, a point before a range, a stated whole before a maybe."""
    latest = -figure.period_end.toordinal() if figure.period_end else 0
    return figure.period_basis == BOUNDED, latest, figure.value is None, figure.subset or "", figure.figure_id
