"""Say when each statistic of a sentence holds: from the words of its sentence, else from the sentences before it."""

from itertools import takewhile

from helpers.read.context import COMPARING, COUNTED, Article, follows_comparison, stated_dates
from helpers.read.dates import Period, last_month
from helpers.read.earlier import period_compared
from helpers.read.money import MONEY
from helpers.read.nouns import is_before, is_of_plan
from helpers.read.readings import EVENTS, HAPPENINGS, HELPED, STOCKS, Reading, Sentence
from helpers.read.tagging import Tag
from helpers.read.times import Times, as_said, find_asides, leads_on, period_carried, resolve, set_times

_LED_TO = (";", "…", "up_to")  # "900 cooperatives, up from 610 in 2015" leaves the 900 undated
_PARTS = (len("2024-H1"), len("2024-05-31"))  # codes of less than a year
_TIMELY = ("time", "date")
_GIVEN = ("budget_support", "loans_disbursed", "training_courses", "training_participants")


def date_statistics(
    sentence: Sentence, statistics: list[Reading], times: Times, article: Article
) -> list[Period | None]:
    """Return the period of each statistic of a sentence; ``times`` is left as the next sentence needs it.

    A verb that looks forward is settled here too, since only the time tells whether it plans: the ``kind`` of the
    statistics may change.
    """
    tags, dates = sentence.tags, stated_dates(sentence.tags)
    asides = find_asides(tags, dates) if "(" in sentence.codes else {}
    periods: list[Period | None] = []
    stocks_dated = False
    period, last = None, None
    for reading in statistics:
        stock = _is_stock(reading, sentence, last)
        if _changes_stock(reading, last) and period is not None:
            period = as_said(period, stock=False)
        elif (earlier := period_compared(reading, last, period, stock, times, article)) is not None:
            period = earlier
        else:
            start = tags[reading.cell.place].start
            told = [tag for tag in dates if tag.start not in asides or start in asides[tag.start]] if asides else dates
            period = _period_of(reading, sentence, told, stock, period, times, article)
        last = reading
        stocks_dated = stocks_dated or (stock and period is not None and reading.kind != "target")
        periods.append(period)
    if statistics or not sentence.context.named:  # a cooperative's own dates date nothing else
        reports = bool(statistics) and all(reading.kind != "target" for reading in statistics)
        used = tuple(period.code for period in periods if period is not None)
        dates = [tag for tag in dates if tag.start not in asides]
        set_times(tags, dates, stocks_dated, reports, used, times, article)
    return periods


def _period_of(
    reading: Reading,
    sentence: Sentence,
    dates: list[Tag],
    stock: bool,
    before: Period | None,
    times: Times,
    article: Article,
) -> Period | None:
    """The period of one statistic; ``before`` is that of the statistic before it in the sentence."""
    cell = reading.cell
    if not stock and reading.kind == "level" and (span := _span_to_now(cell.place, sentence.tags, article)):
        return span
    if cell.in_brackets and cell.has("now") and before is not None:
        return None  # "to raise it to 2.8 billion by 2025 (now 2.1 billion)"
    end = cell.place + 1 + len(cell.right)
    dated, period = _period_stated(cell.place, end, sentence.tags, dates, stock, times, article)
    elsewhere = article.several or ("country" in sentence.codes and not article.national)
    carried = None if dated else period_carried(stock, elsewhere, times)
    whole_year = carried if carried is not None and carried.form == "year" else None
    told = last_month(carried.code) if carried is not None and times.done and reading.unit in MONEY else ""
    _look_forward(reading, sentence, period or whole_year, max(told, article.reported), article)
    if carried is not None and reading.kind == "target" and cell.has("plan") and len(carried.code) == len("2024-H1"):
        return Period(carried.code[:4], "year")  # "the plan of the year is 20"
    if carried is not None:
        period = carried if carried == before or _suits(reading, carried, times) else None
    measured = reading.kind == "target" and period is None and reading.indicator in EVENTS and cell.left_has("goal")
    if measured and not dated and times.flow_here and times.done and len(times.flow.code) in _PARTS:
        return Period(times.flow.code[:4], "year")  # "17 were licensed by May; the yearly goal is 40"
    if (
        reading.kind == "target"
        and period is not None
        and (period.form == "point" or _is_yearly(reading, period, sentence.tags))
    ):
        return Period(period.code[:4], "year")  # "by the end of 2030" is the year 2030
    if reading.indicator in HAPPENINGS and period is not None and period.form in ("point", "day"):
        return Period(period.code[:7], "month")  # what happened up to 30 September happened up to that month
    return period


def _suits(reading: Reading, carried: Period, times: Times) -> bool:
    """Whether a time set by earlier sentences suits a figure.

    Nobody plans for what he has just reported on, and what is earned "per year" is of no part of a year of which
    another paragraph speaks.
    """
    yearly = any(tag.kind == "time" and tag.code == "year" for tag in reading.cell.right)
    part = carried.form != "year" and len(carried.code) != len("2016-2020")
    return not (yearly and part and not times.flow_here) and not (reading.kind == "target" and times.done)


def _is_yearly(reading: Reading, period: Period, tags: list[Tag]) -> bool:
    """Whether a plan stands in brackets behind what part of a year has brought: "22 % of the annual target (80)"."""
    beside = reading.bracketed or reading.cell.in_brackets or is_of_plan(reading.cell, tags)
    return beside and len(period.code) == len("2024-H1")


def _is_stock(reading: Reading, sentence: Sentence, last: Reading | None) -> bool:
    """Whether a figure holds at a moment; what newly founded or helped organisations have is of the time they were."""
    if reading.indicator not in STOCKS or reading.kind not in ("level", "share"):
        return False
    if reading.indicator == "organisations":
        helped = reading.subset in HELPED or (last is not None and last.indicator in _GIVEN)
        graded = reading.kind == "share" and reading.subset in ("rated", "effective")
        return not graded and (reading.kind == "share" or not helped)
    counts = [count for count in sentence.readings if count.counts and count.cell.place < reading.cell.place]
    return not counts or counts[-1].indicator != "established" or counts[-1].types != reading.types


def _changes_stock(reading: Reading, last: Reading | None) -> bool:
    """Whether a rise or fall is that of the stock before it, counted on the same day: "892 cooperatives, up 24"."""
    return (
        last is not None
        and reading.kind == "change"
        and reading.indicator in STOCKS
        and (reading.indicator, reading.types) == (last.indicator, last.types)
    )


def _look_forward(reading: Reading, sentence: Sentence, period: Period | None, reported: str, article: Article) -> None:
    """A verb that looks forward makes a target, unless the text reports the same time elsewhere as past.

    ``reported`` is the last month that it reports on, nothing where it tells none.
    """
    if reading.kind == "target" or (reading.kind != "level" and reading.unit != "percent"):
        return
    ahead = period is not None and _is_ahead(period, article)
    if ahead and not is_before(reading.cell, "of", "since"):  # "to raise incomes from 66 to 72 million"
        reading.kind = "target"  # nobody reports on a year to come
    if reading.kind == "target" or "forward" not in sentence.codes or not _in_clause(reading, sentence):
        return
    words = [tag.code if tag.kind == "time" else tag.code.said for tag in reading.cell.tags if tag.kind in _TIMELY]
    to_come = any(word in ("this_year", "that_year", "next_year") for word in words)
    over = period is not None and article.published is not None
    over = over and last_month(period.code) <= article.published.isoformat()[:7]  # an estimate of what has been
    undated = period is None and bool(reported) and reading.unit in MONEY  # "is estimated to reach 890 million"
    if undated or over or (period is not None and not to_come and last_month(period.code) <= reported):
        reading.signals.append("expected")
    else:
        reading.kind = "target"


def _is_ahead(period: Period, article: Article) -> bool:
    """Whether a period lies in a year after that of publication."""
    return article.published is not None and int(period.code[:4]) > article.published.year


def _in_clause(reading: Reading, sentence: Sentence) -> bool:
    """Whether a verb that looks forward stands on the same side of a "but": "40 will form, but 22 have so far"."""
    if "but" not in sentence.codes:
        return True
    tags, place = sentence.tags, reading.cell.place
    parts = [index for index, tag in enumerate(tags) if tag.code == "but"]
    start = max((index for index in parts if index < place), default=0)
    stop = min((index for index in parts if index > place), default=len(tags))
    return any(tag.code == "forward" for tag in tags[start:stop])


def _period_stated(
    place: int, cell_end: int, tags: list[Tag], stated: list[Tag], stock: bool, times: Times, article: Article
) -> tuple[bool, Period | None]:
    """Whether a sentence whose dates are ``stated`` dates the quantity at ``place`` itself, and how.

    The last date before it wins, then one in its own cell, then the only one of the sentence; a date right behind the
    quantity comes first of all. A stock takes a year or a stretch only from its own part of the sentence (up to a
    semicolon): "in 2023, loans were given to 27 projects; the balance is 14 billion" leaves the balance undated. Flows
    up to 31 December are those of the year. A stock of "now" is dated by the sentence, as without a period.
    """
    against = follows_comparison(tags, place)
    if not (stated or against):
        return False, None
    quantity = tags[place]
    before = [tag for tag in stated if tag.start < quantity.start]
    if before and _reaches(place, tags, before[-1]):
        del before[-1]  # "fell from 210 last year to 192"
    after = [tag for tag in stated if tag.start > quantity.start]
    cell_stop = tags[cell_end - 1].end if cell_end else quantity.end
    inside = [tag for tag in after if tag.start < cell_stop]
    if not inside:
        inside = [tag for tag in after if tag.code != "now" and _counted_before(tags, tag) is quantity]
    closer = any(_counted_before(tags, tag) is quantity for tag in inside)  # "for 2021-2025, to have 1,300 by 2025"
    if inside and before and _counted_before(tags, before[-1]) is not None:
        closer = True  # "from 98,000 in 2020 to 112,000 in 2024"
    if against:
        own = takewhile(lambda tag: tag.code not in COMPARING, tags[place:cell_end])  # "against 1.2 billion in 2022"
        told = (tag for tag in own if tag.code == "last_year" or (tag.kind == "date" and tag.code.code))
        inside = list(told) or inside
        closer = bool(inside)
    alone = len(stated) - sum(tag.code == "now" for tag in stated[1:]) == 1
    only = [tag for tag in after if alone and not _is_parted(tags, quantity, tag, _LED_TO)]
    before.reverse()
    so_far = False
    for tag in [*inside, *before] if closer else [*before, *inside, *only]:
        if tag.code == "now":
            if stock:
                return True, None
            so_far = True
            continue
        period = resolve(tag, times, article)
        if tag.start < quantity.start and leads_on(tags, tag):
            continue
        if so_far and period is not None and _is_ahead(period, article):
            return True, None  # "40 will form in 2025, but 22 have so far"
        if period is None or (stock and period.form in ("year", "span", "month") and _is_parted(tags, tag, quantity)):
            continue
        if stock and tag.kind == "date" and tag.code.form == "term":
            continue  # "after five years, the province has 512 cooperatives": now
        if stock and tag.kind == "time" and any(_is_moment(other) for other in before):
            continue  # "on 31 December, the debt was 38 billion, up 5 in the year, and the capital 45"
        if stock and period.form == "span" and _is_entered(period, tags, article):
            continue
        return True, as_said(period, stock)
    return False, None


def _is_moment(tag: Tag) -> bool:
    return tag.kind == "date" and tag.code.form in ("point", "day")


def _reaches(place: int, tags: list[Tag], date_tag: Tag) -> bool:
    """Whether nothing but "to" stands between a date and the quantity at ``place``, or between its number and that."""
    behind = [tag for tag in tags[:place] if tag.start >= date_tag.end]
    between = [tag for tag in behind if tag.kind not in ("word", "qualifier_before")]
    linked = len(behind) > 1 and behind[0].code == "link" and behind[1].kind == "quantity"
    if linked:  # Hindi "last year of 210 from"
        between = [tag for tag in between[1:] if tag.code == "range" or tag.kind not in COUNTED]
    if not between or any(tag.code not in ("range", "up_to") for tag in between):
        return False
    return linked or _counted_before(tags, date_tag) is not None


def _is_entered(period: Period, tags: list[Tag], article: Article) -> bool:
    """Whether a stretch is still to come that nothing plans for: "928 cooperatives enter the second half"."""
    day = article.published
    ahead = day is not None and last_month(period.code) > f"{day.year:04}-{day.month:02}"
    return ahead and not any(tag.code in ("forward", "target", "goal") for tag in tags)


def _span_to_now(place: int, tags: list[Tag], article: Article) -> Period | None:
    """The years since one that the sentence names last before a quantity: "since 2021", "from 2014 to now"."""
    first = next((index for index in range(place - 1, -1, -1) if tags[index].kind == "date"), None)
    if first is None or tags[first].code.form != "year" or not article.reported:
        return None
    since = first and tags[first - 1].code == "since"
    until_now = any(tag.code == "now" for tag in tags[first + 1 : min(first + 3, place)])
    start, end = tags[first].code.code, article.reported[:4]
    return Period(f"{start}-{end}", "span") if (since or until_now) and start < end else None


def _counted_before(tags: list[Tag], date_tag: Tag) -> Tag | None:
    """The quantity that a date stands right behind, with nothing but the noun counted between them."""
    nouns = 0
    for tag in reversed(tags):
        small = tag.kind in ("word", "event", "sector") or tag.code in ("on", "until", "of_them", "new")
        if tag.start >= date_tag.start or small:
            continue
        if tag.kind == "quantity":
            return tag
        nouns += 1
        if nouns > 1 or tag.kind not in COUNTED:
            return None
    return None


def _is_parted(tags: list[Tag], first: Tag, second: Tag, marks: tuple[str, ...] = (";", "…")) -> bool:
    return any(tag.code in marks and first.start < tag.start < second.start for tag in tags)
