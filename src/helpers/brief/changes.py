"""What has changed since the last frozen edition: each printed number with the old, the new and what it may be due to.

Computed numbers follow the printed ones and are only counted.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from helpers.brief.facts import Briefing, card_words
from helpers.brief.fragments import Html
from helpers.brief.tabulate import Column, Row, table
from helpers.brief.wording import mark
from helpers.records import Change

CAUSES = {
    "source": mark("a source was added, edited or withdrawn: {name}"),
    "correction": mark("an analyst's correction of {name}"),
    "code": mark("the rules by which numbers are read and compared"),
    "configuration": mark("the areas or indicators that are covered"),
}


@dataclass(frozen=True)
class Side:
    """A number as it was or is, with what it takes to print it."""

    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    unit: str
    formula: str = "figure"
    assumption: None = None


def side(change: Change, which: str) -> Side | None:
    """Return the ``old`` or ``new`` number of a change; None where there is none."""
    value, lower, upper, qualifier = (
        getattr(change, f"{which}_{name}") for name in ("value", "lower", "upper", "qualifier")
    )
    return None if qualifier is None else Side(value, lower, upper, qualifier, change.unit)


def tell(briefing: Briefing) -> Markup:
    """Return in a sentence or two how much has changed since the last edition."""
    words, edition = briefing.words, Markup("<code>{}</code>").format(briefing.last_edition)
    if not briefing.changes:
        return words.say("Nothing has changed since edition {edition}.", edition=edition)
    events = Counter(change.event for change in _printed(briefing))
    sentence = words.say(
        "Since edition {edition}: {added} printed numbers added, {changed} changed, {removed} withdrawn.",
        edition=edition,
        **{event: briefing.count(events[event]) for event in ("added", "changed", "removed")},
    )
    computed = briefing.count(len(briefing.changes) - events.total())
    return Markup(" ").join([sentence, words.say("Computed numbers that moved with them: {number}.", number=computed)])


def of_changes(briefing: Briefing, table_id: str) -> Html | None:
    """Return the table of the printed numbers that are not what they were."""
    words = briefing.words
    rows = [_row(briefing, change) for change in _printed(briefing)]
    if not rows:
        return None
    columns = [
        Column(words.say("What"), False),
        Column(words.say("Then")),
        Column(words.say("Now")),
        Column(words.say("May be due to"), False),
    ]
    return table(table_id, caption=words.say("Numbers that changed"), columns=columns, rows=rows, layout="cards")


def _printed(briefing: Briefing) -> list[Change]:
    return [change for change in briefing.changes if change.table == "figures"]


def _row(briefing: Briefing, change: Change) -> Row:
    figure = briefing.figures.get(change.name)
    name = briefing.title(figure) if figure else Markup("<code>{}</code>").format(change.name)
    return Row(name, [_shown(briefing, change, "old"), _shown(briefing, change, "new"), _causes(briefing, change)])


def _shown(briefing: Briefing, change: Change, which: str) -> Markup:
    number = side(change, which)
    if number is None:
        return Markup('<span class="absent">{}</span>').format(briefing.words.say("not stated"))
    return Markup('<span data-change="{}" data-side="{}">{}</span>').format(
        change.name, which, briefing.words.quantity(number)
    )


def _causes(briefing: Briefing, change: Change) -> Markup:
    words, causes = briefing.words, []
    for cause in change.causes:
        kind, _, name = cause.partition(":")
        source = briefing.sources.get(name)
        causes.append(
            words.say(CAUSES[kind], name=card_words(source.title) if source else Markup("<code>{}</code>").format(name))
        )
    return words.series(causes)
