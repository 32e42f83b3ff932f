"""Keep what the sentences so far have said of time, and say which year a word like "last year" or a bare month means.

Never asks a clock: a year that nobody says stays unknown.
"""

from calendar import monthrange
from dataclasses import dataclass, replace

from helpers.read.context import COUNTED, YEAR_CUES, Article
from helpers.read.dates import PARTS, Period, last_month
from helpers.read.tagging import Tag

_FROM = 4  # tags between a date and the figure that it dates

_TASKS = ("plan", "goal", "target")
_TO_COME = ("12-31", "H2")
_LOOKING_BACK = 3  # months in which texts still report on the year before


@dataclass(slots=True)
class Times:
    """The periods that the sentences so far have set: for what happens in a stretch of time, and for stocks.

    ``frame`` is the ``flow`` that a new paragraph begins with: "last year" holds in its own paragraph only.
    """

    frame: Period | None = None
    flow: Period | None = None
    stock: Period | None = None
    stock_here: bool = False  # set in this paragraph
    flow_here: bool = False
    done: bool = False  # ``flow`` was set by a report of what was done, and no plan

    def open_paragraph(self) -> None:
        self.flow = self.frame
        self.stock_here = self.flow_here = False


def resolve(tag: Tag, times: Times, article: Article) -> Period | None:
    """Return the period that a date or a word like "this year" stands for, or None when its year stays unknown."""
    if tag.kind == "time":
        year = _year_said(tag.code, times, article)
        return Period(f"{year:04}", "year") if year is not None else None
    period: Period = tag.code
    if period.code is not None:
        return period
    if period.form == "term" and period.months in article.stretches:
        return resolve(replace(tag, code=replace(period, form="span")), times, article)
    if period.form in ("term", "duration"):
        return _span_of(period.months or 0, article)
    if period.said:
        year = _year_said(period.said, times, article)
        to_come = period.said == "that_year" and period.within in _TO_COME and not (times.flow_here or times.stock_here)
        if to_come and _reports_on_its_year(article):
            year = article.published.year
        return Period(f"{year:04}-{period.within}", period.form) if year is not None else None
    year = _year_of_month(period.months or 0, times, article)
    if period.months is None or year is None:
        return None
    if period.day is not None:
        day = min(period.day, monthrange(year, period.months)[1])
        return Period(f"{year:04}-{period.months:02}-{day:02}", period.form)
    part = PARTS.get(period.months) if period.form == "span" else None
    return Period(f"{year:04}-{part or f'{period.months:02}'}", period.form)


def _span_of(months: int, article: Article) -> Period | None:
    """The only stretch of so many years behind the text that it names, also where it counts them like 2020-2025."""
    years = months // 12
    begun = [span for span in article.spans if not article.reported or span[:4] < article.reported[:4]]
    told = [span for span in begun if int(span[5:]) - int(span[:4]) in (years - 1, years)]
    return Period(told[0], "span") if len(told) == 1 else None


def _year_said(word: str, times: Times, article: Article) -> int | None:
    """The year meant by a word for it: counted from the day of publication, "that year" from the year spoken of."""
    if word not in YEAR_CUES:
        return None
    told = None
    if word in ("last_year", "next_year"):
        told = _year_told(article)
    elif word == "this_year" and article.published is not None:
        told = article.published.year
    year = told or _current_year(times, article)
    return year + YEAR_CUES[word] if year is not None else None


def _reports_on_its_year(article: Article) -> bool:
    """Whether a text reports on the year in which it is published: "by the end of the year" is still to come then."""
    day = article.published
    return day is not None and day.month > _LOOKING_BACK and article.reported[:4] == f"{day.year:04}"


def _year_told(article: Article) -> int | None:
    """The year in which the text was written: a text that reports on whole years is of the year after the last."""
    if article.published is not None:
        return article.published.year
    if not article.reported:
        return None
    return int(article.reported[:4]) + article.reported.endswith("-12")


def _year_of_month(month: int, times: Times, article: Article) -> int | None:
    """The year of a month that lacks one: that spoken of in the paragraph, else the last in which it was over."""
    spoken_of = times.flow_here or times.stock_here
    if article.published is None or spoken_of or not month:
        return _current_year(times, article)
    return article.published.year - (month > article.published.month)


def _current_year(times: Times, article: Article) -> int | None:
    for period in (times.flow, times.stock):
        if period is not None and len(period.code) != len("2016-2020"):
            return int(period.code[:4])
    if article.published is not None:
        return article.published.year
    return article.years[0] if len(article.years) == 1 else None


def as_said(period: Period, stock: bool) -> Period:
    """Return the period as a stock or a flow has it: flows up to 31 December are those of the year."""
    return Period(period.code[:4], "year") if not stock and period.code.endswith("-12-31") else period


def period_carried(stock: bool, elsewhere: bool, times: Times) -> Period | None:
    """Return the period that earlier sentences have set for a stock or a flow that its own sentence does not date.

    ``elsewhere`` says that it may be of another area than they, so that only its own paragraph tells its time.
    """
    inherited = times.stock if stock else times.flow
    here = times.stock_here if stock else times.flow_here
    if inherited is None or (elsewhere and not here):
        return None
    if stock and not times.stock_here and inherited.form not in ("point", "day"):
        return None
    if (
        not stock
        and not times.flow_here
        and inherited.form in ("point", "day")
        and not inherited.code.endswith("-12-31")
    ):
        return None
    return as_said(inherited, stock)


def set_times(
    tags: list[Tag],
    dates: list[Tag],
    stocks_dated: bool,
    reports: bool,
    used: tuple[str, ...],
    times: Times,
    article: Article,
) -> None:
    """Keep what the ``dates`` that a sentence states mean for the sentences after it.

    The day of a meeting dates nothing, so a day counts only where the sentence holds statistics.
    """
    announces = bool(tags) and tags[-1].text == ":"  # "As of 30 June 2024:" dates the list that it opens
    contrasts = bool(dates) and dates[-1].code == "now" and times.flow is not None  # "while in 2018 they were 178, now"
    latest = last_month(times.flow.code) if contrasts else ""
    for tag in [tag for tag in dates if not (announces and _brackets_around(tags, tag))] or dates:
        if tag.code == "now":
            times.stock = None
        word = tag.code if tag.kind == "time" else tag.code.said
        if word == "next_year" and not announces:  # it holds for its own sentence
            continue
        period = resolve(tag, times, article)
        if leads_on(tags, tag) or (not used and tag is not dates[0] and _is_of_tasks(tags, tag)):
            continue
        if period is None or (period.form in ("day", "month") and not announces and not period.code.startswith(used)):
            continue
        end = last_month(period.code)
        if end < latest <= article.reported:  # "rose to 1,056 in November 2022 from 930 in 2021" goes on in 2022
            continue
        latest = end
        held = times.flow_here and _holds(times.flow, period)
        if not (held or (stocks_dated and _closes(times.flow, period))):
            times.flow, times.flow_here, times.done = period, True, reports
            times.frame = period if word not in ("last_year", "next_year") else times.frame
        stock = times.stock if times.stock_here else None
        counted = tag.kind == "time" and stock is not None and stock.form in ("point", "day")  # "up 5 in the year"
        if (stocks_dated or announces) and word != "last_year" and not counted:
            times.stock, times.stock_here = period, True


def leads_on(tags: list[Tag], date_tag: Tag) -> bool:
    """Whether a date is only that of what has changed since: "from 45 per cent in 2020 to 58 per cent"."""
    place = next(index for index, tag in enumerate(tags) if tag is date_tag)
    behind = tags[place + 1 : place + 2]
    if not behind or behind[0].code != "range":
        return False
    said = [tag for tag in tags[max(0, place - _FROM) : place] if tag.kind not in ("word", "numeral")]
    counted = any(tag.kind == "quantity" for tag in said)
    return counted and any(tag.kind == "quantity" for tag in tags[place + 2 : place + 2 + _FROM])


def _is_of_tasks(tags: list[Tag], date_tag: Tag) -> bool:
    """Whether a date is that of plans named beside a report: "the meeting reviewed 2024 and set the tasks of 2025"."""
    place = next(index for index, tag in enumerate(tags) if tag is date_tag)
    return any(tag.code in _TASKS for tag in tags[max(0, place - _FROM) : place])


def _closes(frame: Period | None, period: Period) -> bool:
    """Whether a stock is dated by the end of the year that the text reports on, which goes on being that year."""
    if frame is None or frame.code is None or period.code[:7] != last_month(frame.code):
        return False
    return frame.form == "year" or (frame.form == "span" and period.form in ("day", "point"))


def _holds(frame: Period | None, period: Period) -> bool:
    """Whether a span of years, announced for the paragraph, holds a year named inside it."""
    if frame is None or frame.code is None or len(frame.code) != 9:
        return False
    return frame.code[:4] <= period.code[:4] <= frame.code[5:] and period.form in ("year", "point")


def find_asides(tags: list[Tag], dates: list[Tag]) -> dict[int, range]:
    """Return where each date that stands in brackets beside a number begins, with the stretch of text that it dates.

    "Earned 1.1 billion (2022: 1.0 billion)", "rose from 60 million (2023) to 65 million": such a date says nothing of
    what stands outside, but for the number right before brackets with nothing else in them.
    """
    asides = {}
    for date_tag in dates:
        inside = _brackets_around(tags, date_tag)
        if any(tag.kind == "quantity" for tag in inside):
            asides[date_tag.start] = range(inside[0].start, inside[-1].end)
        elif inside == [date_tag] and (dated := _amount_before(tags, date_tag)) is not None:
            asides[date_tag.start] = range(dated.start, date_tag.end)
    return asides


def _amount_before(tags: list[Tag], date_tag: Tag) -> Tag | None:
    """The quantity right before the bracket that opens before a date, over its noun or currency."""
    place = next(index for index, tag in enumerate(tags) if tag is date_tag) - 2
    while place >= 0 and tags[place].kind in COUNTED:
        place -= 1
    return tags[place] if place >= 0 and tags[place].kind == "quantity" else None


def _brackets_around(tags: list[Tag], date_tag: Tag) -> list[Tag]:
    """The tags between the brackets in which a date stands, none where it stands in no brackets."""
    place = next(index for index, tag in enumerate(tags) if tag is date_tag)
    opens = next((index for index in range(place, -1, -1) if tags[index].text in ("(", ")")), None)
    if opens is None or tags[opens].text == ")":
        return []
    closes = next((index for index in range(place, len(tags)) if tags[index].text == ")"), len(tags))
    return tags[opens + 1 : closes]
