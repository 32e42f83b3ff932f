"""What a text says about itself, and when its figures hold.

Answers from the words of the sentence first, then from the sentences before it. Never asks a clock: a year
that nobody says stays unknown.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from helpers.read.dates import PARTS, Period, last_month
from helpers.read.plans import looks_forward
from helpers.read.tagging import Tag

_COUNTED = ("organisation", "person", "thing", "numeral")
CAPITAL = "VN-HN"  # where national meetings are held, so that its name alone makes no article local
_TELLING = frozenset({"date", "area", "place"})
_COMPARING = ("compared", "more_than")
_SEVERAL = 3  # provinces that make an article regional
_PLANNED_AHEAD = 4  # years
_TO_LAW = 5  # words between a year and the law that it is of
_PAST_LAW = (",", ";", "target", "goal")  # behind these a sentence has left the law for what it is about
_FROM_COMPARING = 6  # words between "against" and the date of what is compared
_YEAR_CUES = {"this_year": 0, "that_year": 0, "last_year": -1, "next_year": 1}


@dataclass(slots=True)
class Article:
    """What the whole text says about itself, gathered before its figures are read.

    ``reported`` is the last month that sentences without forward-looking words speak of, like 2023-12; ``area`` is
    the code of the article's own area, None where the text does not tell. A ``regional`` article speaks of several
    provinces in turn, and of none of them most often.
    """

    published: date | None
    area: str | None = None
    national: bool = False
    regional: bool = False
    years: list[int] = field(default_factory=list)
    reported: str = ""


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


def survey(sentences: Iterable[list[Tag]], published: date | None, ref_area: str | None) -> Article:
    """Return what all sentences together tell: the years, the day of publication, the article's own area."""
    article = Article(published, ref_area)
    provinces: list[str] = []
    years: set[int] = set()
    reported: set[str] = set()
    countries = local = 0
    for tags in sentences:
        telling = [tag for tag in tags if tag.kind in _TELLING]
        dates = [tag for tag in telling if tag.kind == "date" and tag.code.code is not None]
        for tag in stated_dates(tags) if dates else ():
            if tag in dates:
                years.add(int(tag.code.code[:4]))
                if not looks_forward(tags, tag) and not _is_label(tags, tag):
                    reported.add(last_month(tag.code.code))
        alone = len(dates) == 1 == len(tags)  # a line that is a date and nothing else
        if article.published is None and alone and dates[0].code.form == "day":
            article.published = date.fromisoformat(dates[0].code.code)
        areas = [tag.code for tag in telling if tag.kind == "area"]
        countries += "country" in areas
        local += "whole" in areas
        provinces += [tag.code[1] for tag in telling if tag.kind == "place" and tag.code[0] == "province"]
    if article.area is None and provinces:
        named = Counter(provinces).most_common(_SEVERAL)
        article.area, most = named[0]
        article.regional = len(named) == _SEVERAL and named[1][1] == most > 1
    if article.regional or (set(provinces) == {CAPITAL} and countries and not local):
        article.area = None
    article.national = article.area is None and countries > local and not article.regional
    article.years = sorted(years)
    article.reported = max((month for month in reported if not _is_far(month, article.years)), default="")
    return article


def _is_far(month: str, years: list[int]) -> bool:
    """Whether a month lies in a round year, years behind all others: only plans name such years."""
    year = int(month[:4])
    before = [other for other in years if other < year]
    return year % 5 == 0 and bool(before) and year - max(before) >= _PLANNED_AHEAD and year == max(years)


def _is_label(tags: list[Tag], date_tag: Tag) -> bool:
    """Whether a bare year only names something: "the 2025 forum", "Forum 2025"."""
    place = next(index for index, tag in enumerate(tags) if tag is date_tag)
    return date_tag.text.isdigit() and place > 0 and tags[place - 1].kind in ("unknown", "organisation", "thing", "cue")


def stated_dates(tags: list[Tag]) -> list[Tag]:
    """Return the dates and year words of a sentence that say when: not the years of laws, not those compared with."""
    stated = []
    for place in [place for place, tag in enumerate(tags) if tag.kind in ("date", "time")]:
        tag = tags[place]
        timely = tag.kind == "date" and tag.code.form != "duration"
        if not timely and not (tag.kind == "time" and (tag.code in _YEAR_CUES or tag.code == "now")):
            continue
        before, after = tags[max(0, place - 3) : place], tags[place + 1 : place + 3]
        open_ended = before and before[-1].code == "since"
        if open_ended and not (timely and (tag.code.form == "span" or _closes_month(tag.code))):
            continue
        legal = _is_of_law(tags, place)
        multiplied = any(other.code == "times" for other in before)  # "twice the 2018 figure"
        compared = multiplied or _follows_comparison(tags, place) or _is_compared(after) or _is_base(tags, place)
        if not (timely and legal) and not compared:
            stated.append(tag)
    return stated


def _is_base(tags: list[Tag], place: int) -> bool:
    """Whether a change is counted from a year or the end of a period: "up 12 from the end of 2023"."""
    if tags[place].kind != "date" or tags[place].code.form not in ("point", "year") or tags[place - 1].kind != "word":
        return False
    before = [tag for tag in tags[:place] if tag.kind not in ("word", *_COUNTED)]
    if not before or before[-1].kind != "quantity":
        return False
    cue = next((tag for tag in reversed(before) if tag.kind != "quantity" and tag.code != "and"), None)
    return cue is not None and cue.code in ("up", "down")


def _closes_month(period: Period) -> bool:
    """Whether a day is the last of its month: figures are counted then, also where a translation says "since"."""
    if period.form != "day" or period.code is None:
        return False
    year, month, day = map(int, period.code.split("-"))
    return day == monthrange(year, month)[1]


def _is_of_law(tags: list[Tag], place: int) -> bool:
    """Whether a date is that of a law: "Decree 107 of 2017", "the 2012 law on cooperatives"."""
    for tag in reversed(tags[max(0, place - _TO_LAW) : place]):
        if (tag.kind == "unknown" and not tag.text.isascii()) or tag.code in _PAST_LAW:
            break
        if tag.kind == "reference" and tag.code == "law":
            return True
    for tag in tags[place + 1 : place + _TO_LAW]:
        if tag.kind == "reference" and tag.code == "law":
            return True
        if tag.kind not in ("organisation", "word", "cue") or tag.code == "subject":
            break
    return False


def _is_compared(after: list[Tag]) -> bool:
    return bool(after) and after[0].kind != "mark" and any(tag.code in _COMPARING for tag in after)


def _follows_comparison(tags: list[Tag], place: int) -> bool:
    """Whether a date is compared with: "against a mere 288 in 2018", with no mark or other date between."""
    for tag in reversed(tags[max(0, place - _FROM_COMPARING) : place]):
        if tag.kind in ("date", "mark"):
            return False
        if tag.code in _COMPARING:
            return True
    return False


def period_stated(
    place: int, cell_end: int, tags: list[Tag], stated: list[Tag], stock: bool, times: Times, article: Article
) -> tuple[bool, Period | None]:
    """Return whether a sentence whose dates are ``stated`` dates the quantity at ``place`` itself, and how.

    The last date before it wins, then one in its own cell, then the only one of the sentence; a date right behind the
    quantity comes first of all. A stock takes a year or a stretch only from its own part of the sentence (up to a
    semicolon): "in 2023, loans were given to 27 projects; the balance is 14 billion" leaves the balance undated. Flows
    up to 31 December are those of the year. A stock of "now" is dated by the sentence, as without a period.
    """
    against = _follows_comparison(tags, place)
    if not (stated or against):
        return False, None
    quantity = tags[place]
    before = [tag for tag in stated if tag.start < quantity.start]
    after = [tag for tag in stated if tag.start > quantity.start]
    cell_stop = tags[cell_end - 1].end if cell_end else quantity.end
    inside = [tag for tag in after if tag.start < cell_stop]
    if not inside and not before:
        inside = [tag for tag in after if _counted_before(tags, tag) is quantity]
    closer = any(_counted_before(tags, tag) is quantity for tag in inside)  # "for 2021-2025, to have 1,300 by 2025"
    if inside and before and _counted_before(tags, before[-1]) is not None:
        closer = True  # "from 98,000 in 2020 to 112,000 in 2024"
    if against:
        own = takewhile(lambda tag: tag.code not in _COMPARING, tags[place:cell_end])  # "against 1.2 billion in 2022"
        inside = [tag for tag in own if tag.kind == "date" and tag.code.code] or inside
        closer = bool(inside)
    only = [tag for tag in after if len(stated) == 1 and not _is_parted(tags, quantity, tag)]
    before.reverse()
    for tag in [*inside, *before] if closer else [*before, *inside, *only]:
        if tag.code == "now":
            if stock:
                return True, None
            continue
        period = resolve(tag, times, article)
        if period is None or (stock and period.form in ("year", "span", "month") and _is_parted(tags, tag, quantity)):
            continue
        return True, as_said(period, stock)
    return False, None


def period_carried(stock: bool, subset: bool, times: Times) -> Period | None:
    """Return the period that earlier sentences have set for a stock or a flow that its own sentence does not date."""
    inherited = times.stock if stock else times.flow
    if inherited is None:
        return None
    if stock and not times.stock_here and (subset or inherited.form not in ("point", "day")):
        return None
    if (
        not stock
        and not times.flow_here
        and inherited.form in ("point", "day")
        and not inherited.code.endswith("-12-31")
    ):
        return None
    return as_said(inherited, stock)


def _counted_before(tags: list[Tag], date_tag: Tag) -> Tag | None:
    """The quantity that a date stands right behind, with nothing but the noun counted between them."""
    nouns = 0
    for tag in reversed(tags):
        if tag.start >= date_tag.start or tag.kind == "word" or tag.code in ("on", "until"):
            continue
        if tag.kind == "quantity":
            return tag
        nouns += 1
        if nouns > 1 or tag.kind not in _COUNTED:
            return None
    return None


def resolve(tag: Tag, times: Times, article: Article) -> Period | None:
    """Return the period that a date or a word like "this year" stands for, or None when its year stays unknown."""
    if tag.kind == "time":
        year = _year_said(tag.code, times, article)
        return Period(f"{year:04}", "year") if year is not None else None
    period: Period = tag.code
    if period.code is not None:
        return period
    if period.said:
        year = _year_said(period.said, times, article)
        return Period(f"{year:04}-{period.within}", period.form) if year is not None else None
    year = _year_of_month(period.months or 0, times, article)
    if period.months is None or year is None:
        return None
    if period.day is not None:
        day = min(period.day, monthrange(year, period.months)[1])
        return Period(f"{year:04}-{period.months:02}-{day:02}", "day")
    part = PARTS.get(period.months) if period.form == "span" else None
    return Period(f"{year:04}-{part or f'{period.months:02}'}", period.form)


def _year_said(word: str, times: Times, article: Article) -> int | None:
    """The year meant by a word for it: counted from the day of publication, "that year" from the year spoken of."""
    if word not in _YEAR_CUES:
        return None
    told = None
    if word in ("last_year", "next_year"):
        told = _year_told(article)
    elif word == "this_year" and article.published is not None:
        told = article.published.year
    year = told or _current_year(times, article)
    return year + _YEAR_CUES[word] if year is not None else None


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
        if period is not None:
            return int(period.code[:4])
    if article.published is not None:
        return article.published.year
    return article.years[0] if len(article.years) == 1 else None


def _is_parted(tags: list[Tag], first: Tag, second: Tag) -> bool:
    return any(tag.code in (";", "…") and first.start < tag.start < second.start for tag in tags)


def as_said(period: Period, stock: bool) -> Period:
    """Return the period as a stock or a flow has it: flows up to 31 December are those of the year."""
    return Period(period.code[:4], "year") if not stock and period.code.endswith("-12-31") else period


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
        if word == "next_year":  # it holds for its own sentence
            continue
        period = resolve(tag, times, article)
        if period is None or (period.form in ("day", "month") and not announces and not period.code.startswith(used)):
            continue
        end = last_month(period.code)
        if end < latest <= article.reported:  # "rose to 1,056 in November 2022 from 930 in 2021" goes on in 2022
            continue
        latest = end
        held = times.flow_here and _holds(times.flow, period)
        if not (held or (stocks_dated and _closes(times.flow, period))):
            times.flow, times.flow_here, times.done = period, True, reports
            times.frame = period if word != "last_year" else times.frame
        if (stocks_dated or announces) and word != "last_year":
            times.stock, times.stock_here = period, True


def is_aside(tags: list[Tag], date_tag: Tag, quantity: Tag | None = None) -> bool:
    """Whether a date only dates another number in its brackets: "earned 1.1 billion (2022: 1.0 billion)"."""
    inside = _brackets_around(tags, date_tag)
    counts = any(tag.kind == "quantity" for tag in inside)
    return counts and not any(tag is quantity for tag in inside)


def _brackets_around(tags: list[Tag], date_tag: Tag) -> list[Tag]:
    """The tags between the brackets in which a date stands, none where it stands in no brackets."""
    place = next(index for index, tag in enumerate(tags) if tag is date_tag)
    opens = next((index for index in range(place, -1, -1) if tags[index].text in ("(", ")")), None)
    if opens is None or tags[opens].text == ")":
        return []
    closes = next((index for index in range(place, len(tags)) if tags[index].text == ")"), len(tags))
    return tags[opens + 1 : closes]


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
