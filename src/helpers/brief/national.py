"""An area beside the whole country: national values as a reference, each with its producer and its time.

Producers count differently, so no two of them share a row. A total of the country tells nothing of one province; what
is set beside are means, shares and rates, under the same verdicts as between provinces.
"""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from helpers.brief import evidence
from helpers.brief.comparing import Rule, by_form
from helpers.brief.facts import Briefing
from helpers.compare.verdicts import require_comparable
from helpers.records import Compared

REFERENCES = (
    "organisations_per_100000",
    "share_of_organisations",
    "share_among_groups",
    "sector_share",
    "members_per_organisation",
    "members_per_100000",
    "workers_per_organisation",
    "charter_capital_per_organisation",
    "capital_per_organisation",
    "revenue_per_organisation",
    "profit_per_organisation",
    "income_per_worker",
)

ANOTHER_OFFICE = "producer"  # holds for every national value and is said once, above the table


def beside(indicator: str) -> Rule:
    """Return the rule that sets the first legal form's number for an indicator beside that of the whole country."""

    def rule(briefing: Briefing) -> Markup | None:
        for row in by_form(row for row in briefing.stated if row.indicator == indicator):
            if reference := find_reference(briefing, [row]):
                require_comparable(row.item, [row.ref_area, reference.ref_area], briefing.pairs_of(row.item))
                return briefing.words.say(
                    "{label}: {number} in {area} ({when}), {national} in the whole country.",
                    label=briefing.label(row),
                    number=briefing.show(row),
                    area=briefing.area_names[row.ref_area],
                    when=evidence.when(briefing, row),
                    national=sourced(briefing, reference),
                )
        return None

    return rule


def find_reference(briefing: Briefing, rows: Sequence[Compared]) -> Compared | None:
    """Return the national value that may stand beside each of ``rows``, all of one item: the nearest in time."""
    allowed = [
        national
        for national in briefing.national
        if national.indicator in REFERENCES
        and national.item == rows[0].item
        and all(_may_stand_beside(briefing, row, national) for row in rows)
    ]
    return min(allowed, key=lambda national: (_days_apart(rows[0], national), national.ref_area), default=None)


def of_province(briefing: Briefing) -> list[tuple[Compared, Compared]]:
    """Return what one area has beside a national value, and that value, in the order of the pages."""
    rows = [row for name in REFERENCES for row in by_form(r for r in briefing.stated if r.indicator == name)]
    return [(row, reference) for row in rows if (reference := find_reference(briefing, [row]))]


def sourced(briefing: Briefing, reference: Compared) -> Markup:
    """Return a national value with who published it and for when."""
    return briefing.words.say(
        "{number} ({producer}, {when})",
        number=briefing.show(reference),
        producer=evidence.producer(briefing, reference),
        when=evidence.when(briefing, reference),
    )


def caution(briefing: Briefing) -> Markup:
    """Return what holds for every national value."""
    return briefing.words.say(
        "Numbers of the whole country come from other offices, which count otherwise: they are a reference, no rank."
    )


def _may_stand_beside(briefing: Briefing, row: Compared, national: Compared) -> bool:
    return any(
        pair.item == row.item
        and (pair.ref_area, pair.other_area) == (row.ref_area, national.ref_area)
        and pair.verdict in ("comparable", "with_caution")
        for pair in briefing.national_verdicts
    )


def _days_apart(one: Compared, other: Compared) -> int:
    """Return how many days lie between two periods at least; an unknown end is as near as may be."""
    first = (one.period_start or date.min) - (other.period_end or date.max)
    second = (other.period_start or date.min) - (one.period_end or date.max)
    return max(0, first.days, second.days)
