"""What one area counted at other times: a series where one office counted one thing in one way, and else the reason.

An older number beside a newer one invites a reader to see growth; only pairs that the comparison allows are a series.
"""

from itertools import groupby

from markupsafe import Markup

from helpers.brief import evidence
from helpers.brief.comparing import reason
from helpers.brief.facts import Briefing
from helpers.brief.fragments import Html
from helpers.brief.tabulate import Column, Notes, Row, table
from helpers.compare.verdicts import NOTE, weight
from helpers.records import Compared, Figure, SeriesPair

OTHER_TIME = "period:more_than_12_months"  # what makes a series, and no reason against one


def of_other_times(briefing: Briefing, table_id: str) -> Html | None:
    """Return the table of what one area counted at other times; a note says why two numbers are no series."""
    words, notes, rows = briefing.words, Notes(), []
    for item, pairs in groupby(briefing.series, key=lambda pair: pair.item):
        row = briefing.item(item)
        for codes, alike in groupby(sorted(pairs, key=_breaks), key=_breaks):
            why = [reason(briefing, code, [row]) for code in codes] or [words.say("one office, one way: a series")]
            others = words.series(_dated(briefing, briefing.figures[pair.other]) for pair in alike)
            rows.append(Row(briefing.label(row) + notes.refer(why), [_dated(briefing, row), others]))
    if not rows:
        return None
    columns = [
        Column(words.say("What"), False),
        Column(words.say("Number shown")),
        Column(words.say("Number of another time")),
    ]
    caption = words.say("Numbers of other times, and why they make no series")
    return table(table_id, caption=caption, columns=columns, rows=rows, layout="cards", notes=notes)


def _dated(briefing: Briefing, record: Compared | Figure) -> Markup:
    return Markup("{} ({})").format(briefing.show(record), evidence.when(briefing, record))


def _breaks(pair: SeriesPair) -> tuple[str, ...]:
    """Return the codes that speak against a series; none where the two make one."""
    return tuple(code for code in pair.reasons if code != OTHER_TIME and weight(code) != NOTE)
