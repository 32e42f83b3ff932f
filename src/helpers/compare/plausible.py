"""Whether what is computed can be: a mean that lies orders of magnitude off tells of a slip in one of its terms.

Explains, never mends. The printed figures have checks of their own, before anything is computed from them.
"""

from collections.abc import Iterable, Mapping

from helpers.compare.derive import MISSING
from helpers.compare.references import is_reference
from helpers.read.raw import Indicator
from helpers.reconcile.bounds import Interval
from helpers.reconcile.checks import AGREES, DIFFERS, broken_limit, describe_limits, limits_in
from helpers.records import Check, Compared


def check_computed(compared: Iterable[Compared], indicators: Mapping[str, Indicator]) -> list[Check]:
    """Return a check of every computed number of an area against what is plausible, sorted by check_id.

    ``expected`` is the limit that is broken, empty where none is; a range breaks one only where all of it lies beyond.
    """
    checks = []
    for row in compared:
        if row.verdict == MISSING or row.formula == "figure" or is_reference(row.ref_area):
            continue
        limits, found = limits_in(row.unit, indicators[row.indicator]), Interval(row.lower, row.upper)
        if limits is not None:
            broken = broken_limit(found, limits)
            number = next(end for end in (row.value, row.lower, row.upper) if end is not None)
            checks.append(
                Check(
                    check_id=f"{row.ref_area}.plausible_range.{row.item}",
                    ref_area=row.ref_area,
                    check="plausible_range",
                    figures=row.figures,
                    unit=row.unit,
                    expected=broken,
                    found=number,
                    verdict=AGREES if broken is None else DIFFERS,
                    explanation=f"computed as {number:,f}; {describe_limits(limits)}",
                )
            )
    return sorted(checks, key=lambda check: check.check_id)
