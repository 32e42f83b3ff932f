"""Which numbers a page tells of: in a province's briefing all, in a comparison those that areas share."""

from itertools import groupby

from helpers.brief import national
from helpers.brief.comparing import shared_items
from helpers.brief.facts import Briefing
from helpers.records import Check, Compared, Figure


def figures(briefing: Briefing) -> list[Figure]:
    """Return the figures that the page is about: in a comparison those that what is compared rests on."""
    if not briefing.is_comparison:
        return list(briefing.figures.values())
    compared = {figure for row in _compared_rows(briefing) for figure in row.figures}
    return [figure for figure in briefing.figures.values() if figure.figure_id in compared]


def checks(briefing: Briefing) -> list[Check]:
    """Return the checks of these figures."""
    told = {figure.figure_id for figure in figures(briefing)}
    return [check for check in briefing.checks if check.figures[0] in told]


def failed_checks(briefing: Briefing) -> list[Check]:
    """Return the checks of these figures that fail."""
    return [check for check in checks(briefing) if check.verdict == "differs"]


def records(briefing: Briefing) -> list[Figure | Compared]:
    """Return what the page shows a number of; in a comparison also what its failed checks added up."""
    if not briefing.is_comparison:
        beside = [reference for _, reference in national.of_province(briefing)]
        return [*briefing.figures.values(), *briefing.computed, *beside]
    shown = {figure.figure_id for figure in figures(briefing)}
    shown |= {figure for check in failed_checks(briefing) for figure in check.figures}
    printed = [figure for figure in briefing.figures.values() if figure.figure_id in shown]
    compared = _compared_rows(briefing)
    alike = [list(rows) for _, rows in groupby(compared, key=lambda row: row.item)]
    beside = [reference for rows in alike if (reference := national.find_reference(briefing, rows))]
    return [*printed, *(row for row in compared if row.formula != "figure"), *beside]


def _compared_rows(briefing: Briefing) -> list[Compared]:
    items = shared_items(briefing, dict.fromkeys(row.indicator for row in briefing.stated))
    return [row for item in items for row in briefing.comparable(item)]
