"""The table that compares areas: one row for every item and area, with its bounds, or visibly missing.

What an area lacks is missing there: never zero, never a guess.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from helpers.compare.items import Item, list_items
from helpers.compare.measures import Measure
from helpers.compare.references import COUNTRY, is_reference
from helpers.compare.shelf import Shelf
from helpers.read.places import Places, Territory
from helpers.read.raw import Indicator
from helpers.reconcile.checks import broken_limit, limits_in
from helpers.reconcile.claims import PAY_PERIODS
from helpers.reconcile.periods import BOUNDED
from helpers.records import Compared, Figure

MISSING, UNJUDGED = "missing", "not_comparable"


def compare(
    figures: Iterable[Figure],
    areas: Sequence[str],
    places: Places | None = None,
    indicators: Mapping[str, Indicator] | None = None,
) -> list[Compared]:
    """Return one row per item and area, sorted by item and then in the order of ``areas``; the country's come last.

    An item is kept where at least one of ``areas`` shows it. The country is there to set an area beside: it has rows
    only where it has a number, and of several that of the time nearest to the areas' latest. ``places`` give the
    populations; without them there are no rates. ``indicators`` tell what would be implausible: a number that is
    computed and lies beyond that is doubtful. ``reasons`` are what limits the row itself; the pairs are judged by
    ``verdicts.judge``, and ``verdicts.settle`` puts the outcome into the rows. Raises ValueError for an area that is
    named twice.
    """
    if len(set(areas)) < len(areas):
        raise ValueError(f"areas {list(areas)} name one area twice; name each once in config.yaml")
    ordered = sorted(figures, key=lambda figure: figure.figure_id)
    references = sorted({figure.ref_area for figure in ordered if is_reference(figure.ref_area)} - set(areas))
    on = {area: [figure for figure in ordered if figure.ref_area == area] for area in (*areas, *references)}
    shelves = {area: Shelf(on[area], _territories(area, places)) for area in areas}
    rows: list[Compared] = []
    for item in list_items(shelves.values()):
        measures = {area: _doubt(item, item.find(shelf), indicators or {}) for area, shelf in shelves.items()}
        if any(measures.values()):
            rows += [_row(item, area, found) for area, found in measures.items()]
            near = _latest(measures.values())
            for area in references:
                if found := item.find(Shelf(on[area], _territories(area, places), near)):
                    rows.append(_row(item, area, found))
    return rows


def _doubt(item: Item, found: Measure | None, indicators: Mapping[str, Indicator]) -> Measure | None:
    if found is None or found.formula == "figure" or item.indicator not in indicators:
        return found
    limits = limits_in(found.unit, indicators[item.indicator])
    is_plausible = limits is None or broken_limit(found.bounds, limits) is None
    return found if is_plausible else replace(found, flags=found.flags | {"doubtful"})


def _latest(measures: Iterable[Measure | None]) -> date | None:
    """Return the last day that one of ``measures`` is surely no older than."""
    periods = [found.period for found in measures if found]
    days = [period.start if period.basis == BOUNDED else period.end for period in periods]
    return max((day for day in days if day), default=None)


def _territories(area: str, places: Places | None) -> list[Territory]:
    """Return the versions of the ground of ``area``; a family of national statistics is about the country."""
    code = COUNTRY if is_reference(area) else area
    return [territory for territory in places.territories if territory.code == code] if places else []


def _row(item: Item, area: str, found: Measure | None) -> Compared:
    if found is None:
        return _missing_row(item, area)
    period = found.period
    return Compared(
        item=item.code,
        ref_area=area,
        indicator=item.indicator,
        org_type=item.org_type,
        sector=item.sector,
        subset=item.subset or found.subset,
        unit=found.unit,
        period=period.label,
        period_start=period.start,
        period_end=period.end,
        period_basis=period.basis,
        value=found.value,
        lower=found.bounds.lower,
        upper=found.bounds.upper,
        qualifier=found.qualifier,
        formula=found.formula,
        figures=found.figures,
        assumption=found.assumption,
        flags=tuple(sorted(found.flags)),
        verdict=UNJUDGED,
        reasons=limits(item.indicator, area, found),
    )


def _missing_row(item: Item, area: str) -> Compared:
    return Compared(
        item=item.code,
        ref_area=area,
        indicator=item.indicator,
        org_type=item.org_type,
        sector=item.sector,
        subset=item.subset,
        unit=item.unit,
        period=None,
        period_start=None,
        period_end=None,
        period_basis=None,
        value=None,
        lower=None,
        upper=None,
        qualifier="=",
        formula=item.formula,
        figures=(),
        assumption=None,
        flags=(),
        verdict=MISSING,
        reasons=(),
    )


def limits(indicator: str, area: str, found: Measure) -> tuple[str, ...]:
    """Return the codes of what limits a number by itself, whatever it is set beside, sorted."""
    signs = {
        "unit:unsaid_time": indicator == "income_per_worker" and found.subset not in PAY_PERIODS.values(),
        "period:undated": found.period.basis == "bounded" and not (found.period.start or found.period.end),
        "period:undated_bounded": found.period.basis == "bounded" and bool(found.period.start or found.period.end),
        "boundary:unknown": found.period.boundary == "unknown" and not is_reference(area),
        "qualifier:lower_bound": found.bounds.upper is None,
        "qualifier:upper_bound": found.bounds.lower is None and "scope:open" not in found.reasons,
        "qualifier:approximate": found.qualifier in ("<", "~") and found.bounds.lower is not None,
        "workers_exceed_members": indicator == "workers_per_member" and (found.bounds.lower or 0) > 1,
        **{
            f"flag:{flag}": flag in found.flags
            for flag in ("repaired", "corrected", "doubtful", "conflict", "expected")
        },
        f"producer:{area.partition('/')[2]}": is_reference(area) and area != COUNTRY,
        **dict.fromkeys(found.reasons, True),
    }
    return tuple(sorted(reason for reason, holds in signs.items() if holds))
