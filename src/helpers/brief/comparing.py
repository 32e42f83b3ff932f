"""Areas side by side: which may be compared for an item, what asks for caution, and which of them has more.

What is not comparable never shares a sentence, a rank, a chart or a row of a table; the verdicts are the comparison's.
"""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from helpers.brief import evidence, names
from helpers.brief.facts import Briefing
from helpers.compare.verdicts import CAUTION, require_comparable, weight
from helpers.records import Compared, Figure

Rule = Callable[[Briefing], Markup | None]

ALL_FORMS = "group+coop+union"
YEAR = 366  # days: as far apart as numbers of two areas may be without their dates being said; verdicts caution beyond

# From small to large; the page tells of legal forms in this order.
FORM_ORDER = ("group", "coop", "union", "fund", "coop+union", ALL_FORMS)


def write(briefing: Briefing, rules: Iterable[Rule]) -> list[Markup]:
    """Return the sentences of the rules that have something to say."""
    return [sentence for rule in rules if (sentence := rule(briefing))]


def compared(item: str) -> Rule:
    """Return the rule that sets an item's comparable areas side by side."""

    def rule(briefing: Briefing) -> Markup | None:
        rows = briefing.comparable(item)
        return _compare(briefing, rows) if len(rows) > 1 else None

    return rule


def ranked(item: str) -> Rule:
    """Return the rule that says which area has more of an item, where that is certain: a table has the rest."""

    def rule(briefing: Briefing) -> Markup | None:
        rows = briefing.comparable(item)
        return _rank(briefing, rows) if len(rows) > 1 else None

    return rule


def compared_with_caution(item: str) -> Rule:
    """Return the rule that sets an item's comparable areas side by side and says what asks for caution."""

    def rule(briefing: Briefing) -> Markup | None:
        sentence, rows = compared(item)(briefing), briefing.comparable(item)
        if sentence and (cautions := reasons_among(briefing, rows, CAUTION)):
            caution = briefing.words.say("With caution: {reasons}.", reasons=briefing.words.series(cautions))
            return Markup(" ").join([sentence, caution])
        return sentence

    return rule


def shared_items(briefing: Briefing, indicators: Iterable[str]) -> list[str]:
    """Return the items of these indicators that at least two areas may be compared for, in the page's order."""
    items = []
    for indicator in indicators:
        firsts = {row.item: row for row in briefing.stated if row.indicator == indicator}
        items += [row.item for row in by_form(firsts.values()) if len(briefing.comparable(row.item)) > 1]
    return items


def reasons_among(
    briefing: Briefing, rows: Sequence[Compared], *weights: str, without: str | None = None
) -> list[Markup]:
    """Return the reasons of the given weights that hold between any two of ``rows``, all of one item.

    The kind of reason named by ``without`` is left out.
    """
    areas = {row.ref_area for row in rows}
    codes = dict.fromkeys(
        code
        for pair in briefing.pairs_of(rows[0].item)
        if pair.verdict in ("comparable", "with_caution") and {pair.ref_area, pair.other_area} <= areas
        for code in pair.reasons
        if weight(code) in weights and code.partition(":")[0] != without
    )
    return [reason(briefing, code, rows) for code in codes]


def reason(briefing: Briefing, code: str, rows: Sequence[Compared]) -> Markup:
    """Return a reason in words that name the areas whose row gives it, or else all areas of ``rows``."""
    giving = [row.ref_area for row in rows if _gives(briefing, code, row)] or [row.ref_area for row in rows]
    areas = briefing.words.enumerate(briefing.area_names[area] for area in dict.fromkeys(giving))
    return names.reason(briefing.words, code, areas)


def by_form(rows: Iterable[Compared | Figure]) -> list:
    """Return ``rows`` from the smallest legal form to all forms together."""
    return sorted(rows, key=_form_order)


def _compare(briefing: Briefing, rows: Sequence[Compared]) -> Markup:
    """Return which area has more, where bounds and dates allow it, and else only the numbers."""
    if rank := _rank(briefing, rows):
        return rank
    words = briefing.words
    parts = [
        evidence.dated(
            briefing,
            row,
            words.say("{number} in {area}", number=briefing.show(row), area=briefing.area_names[row.ref_area]),
            rows,
            days=YEAR,
        )
        for row in rows
    ]
    return words.say("{label}: {parts}.", label=briefing.label(rows[0]), parts=words.enumerate(parts))


def _rank(briefing: Briefing, rows: Sequence[Compared]) -> Markup | None:
    """Return which area has more than the other, or the most and the fewest; None where it is not certain."""
    require_comparable(rows[0].item, [row.ref_area for row in rows], briefing.pairs_of(rows[0].item))
    if rows[0].unit not in ("organisation", "person") or any(evidence.is_older(row, rows, days=YEAR) for row in rows):
        return None
    more, *between, less = sorted(rows, key=_size, reverse=True)
    if not (exceeds(more, [*between, less]) and all(exceeds(row, [less]) for row in between)):
        return None
    words = briefing.words
    if not between:
        return words.say(
            "{area} has more {things} than {other}: {number} against {other_number}.",
            area=briefing.area_names[more.ref_area],
            things=briefing.thing(more),
            other=briefing.area_names[less.ref_area],
            number=briefing.show(more),
            other_number=briefing.show(less),
        )
    return words.say(
        "{label}: {most} leads with {large}; {fewest} has the fewest, {small}.",
        label=briefing.label(more),
        most=briefing.area_names[more.ref_area],
        large=briefing.show(more),
        fewest=briefing.area_names[less.ref_area],
        small=briefing.show(less),
    )


def exceeds(more: Compared, others: Iterable[Compared]) -> bool:
    """Return whether a number is certainly larger than each of the others, wherever it lies in its bounds."""
    return more.lower is not None and all(row.upper is not None and more.lower > row.upper for row in others)


def _gives(briefing: Briefing, code: str, row: Compared) -> bool:
    """Return whether it is this row that gives a reason of a comparison, rather than the one beside it."""
    kind, _, detail = code.partition(":")
    if kind == "flag":
        return detail in row.flags
    if code == "credit_funds:inside_one":
        return any(figure.ref_area == row.ref_area for figure in briefing.figures.values() if figure.org_type == "fund")
    if code in names.COMPANIONS:
        return "+" in row.org_type and names.COMPANIONS[code] in row.org_type.split("+") and row.formula != "sum"
    if kind == "subset":
        return row.subset is not None
    return {
        "scope:open": "ambiguous" in row.flags,
        "period:undated": row.period_start is None and row.period_end is None,
        "period:undated_bounded": row.period_basis == "bounded",
        "boundary:unknown": _is_of_unknown_ground(briefing, row),
        "qualifier:lower_bound": row.upper is None,
        "qualifier:upper_bound": row.lower is None,
        "qualifier:approximate": row.qualifier in ("~", "<"),
    }.get(code, False)


def _is_of_unknown_ground(briefing: Briefing, row: Compared) -> bool:
    terms = (briefing.figures.get(term) for term in row.figures)
    return any(figure is not None and figure.boundary == "unknown" for figure in terms)


def _form_order(row: Compared | Figure) -> int:
    return FORM_ORDER.index(row.org_type) if row.org_type in FORM_ORDER else len(FORM_ORDER)


def _size(row: Compared):
    return next(side for side in (row.value, row.lower, row.upper) if side is not None)
