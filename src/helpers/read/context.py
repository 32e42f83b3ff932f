"""What a text says about itself, and which of the dates in it say when, not what is compared or by which law."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from helpers.read.dates import Period, last_month
from helpers.read.plans import looks_forward
from helpers.read.tagging import Tag

COUNTED = ("organisation", "person", "thing", "numeral")
CAPITAL = "VN-HN"  # where national meetings are held, so that its name alone makes no article local
_TELLING = frozenset({"date", "area", "place"})
_STOPS = (".", "।", "॥")  # a headline has none
COMPARING = ("compared", "more_than")
_SEVERAL = 3  # provinces
_PAIR = 2
_PLANNED_AHEAD = 4  # years
_PARTS = {"Q1": 3, "H1": 6}
_SPAN = len("2021-2025")
_TO_LAW = 5  # words between a year and the law that it is of
_PAST_LAW = (",", ";", "target", "goal", "forward", "speaker")  # behind these a sentence has left the law
_TWO_YEARS = 24  # months
_TO_CHANGE = 7  # tags from a date to the word for a rise or fall since then
_FROM_COMPARING = 6  # words between "against" and the date of what is compared
YEAR_CUES = {"this_year": 0, "that_year": 0, "last_year": -1, "next_year": 1}


@dataclass(slots=True)
class Article:
    """What the whole text says about itself, gathered before its figures are read.

    ``reported`` is the last month that sentences without forward-looking words speak of, like 2023-12; ``area`` is
    the code of the article's own area, None where the text does not tell. ``several`` says that it speaks of province
    after province, none of which is its own.
    """

    published: date | None
    area: str | None = None
    national: bool = False
    several: bool = False
    years: list[int] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)  # stretches of years, like 2021-2025
    stretches: set[int] = field(default_factory=set)  # months of the parts of a year that the text reports on
    reported: str = ""


def survey(sentences: Iterable[list[Tag]], published: date | None, ref_area: str | None) -> Article:
    """Return what all sentences together tell: the years, the day of publication, the article's own area."""
    article = Article(published, ref_area)
    provinces: list[str] = []
    headed: dict[str, None] = {}  # the provinces of the headline or the first sentence
    titled = False  # the first sentence has no stop and names a province
    years: set[int] = set()
    reported: set[str] = set()
    spans: set[str] = set()
    countries = local = 0
    for index, tags in enumerate(sentences):
        telling = [tag for tag in tags if tag.kind in _TELLING]
        dates = [tag for tag in telling if tag.kind == "date" and tag.code.code is not None]
        for tag in stated_dates(tags) if dates else ():
            if tag in dates:
                years.add(int(tag.code.code[:4]))
                spans.update([tag.code.code] if len(tag.code.code) == _SPAN else [])
                if not looks_forward(tags, tag) and not _is_label(tags, tag):
                    reported.add(last_month(tag.code.code))
        article.stretches.update(
            _months_of(tag.code) for tag in telling if tag.kind == "date" and tag.code.form == "span"
        )
        alone = len(dates) == 1 == len(tags)  # a line that is a date and nothing else
        if article.published is None and alone and dates[0].code.form == "day":
            article.published = date.fromisoformat(dates[0].code.code)
        countries += any(tag.code == "country" for tag in telling if tag.kind == "area")
        local += any(tag.code == "whole" and not _names_one(tag, tags) for tag in telling if tag.kind == "area")
        named = [tag.code[1] for tag in telling if tag.kind == "place" and tag.code[0] == "province"]
        provinces += named
        headed.update(dict.fromkeys(named) if index == 0 else {})
        titled = titled or (index == 0 and bool(named) and tags[-1].text not in _STOPS)
    pair = _pair_of(list(headed), provinces)
    article.several = ref_area is None and not titled and countries < _SEVERAL and _are_in_turn(provinces)
    if article.area is None and provinces and not article.several:
        counts = Counter(provinces)
        article.area = max(counts, key=lambda name: (counts[name], name != CAPITAL))  # the capital may be a dateline
    passing = {CAPITAL, *(name for name in provinces if provinces.count(name) <= countries and name not in headed)}
    if ref_area is None and set(provinces) <= passing and countries and not local:
        article.area = None
    article.national = article.area is None and countries > local
    if pair and (ref_area is None or ref_area in pair):
        article.area, article.several, article.national = ref_area or pair[0], True, False
    article.years = sorted(years)
    article.spans = sorted(spans)
    article.reported = max((month for month in reported if not _is_far(month, article.years)), default="")
    return article


def _months_of(span: Period) -> int:
    """The length of the first so many months of a year; no month for other spans."""
    if span.months is not None:
        return span.months
    part = span.within or (span.code or "")[5:7]
    return _PARTS.get(part, int(part) if part.isdigit() and len(span.code or "") != _SPAN else 0)


def _are_in_turn(provinces: list[str]) -> bool:
    """Whether several provinces are named, and none as often as all others together."""
    counts = Counter(name for name in provinces if name != CAPITAL)
    return len(counts) >= _SEVERAL and 2 * max(counts.values()) <= counts.total()


def _pair_of(headed: list[str], provinces: list[str]) -> list[str]:
    """The two provinces that a headline sets side by side, where the text goes on to speak of both, or nothing."""
    pair = [name for name in headed if name != CAPITAL]
    counts = [provinces.count(name) for name in pair]
    even = len(pair) == _PAIR and min(counts) >= _SEVERAL and _PAIR * min(counts) >= max(counts)
    return pair if even else []


def _names_one(area_tag: Tag, tags: list[Tag]) -> bool:
    """Whether "in the province" stands beside the name of one: only an article about that province leaves it out."""
    place = next(index for index, tag in enumerate(tags) if tag is area_tag)
    return any(tag.kind == "place" for tag in tags[max(0, place - 1) : place + 2])


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
        timely = tag.kind == "date" and (tag.code.form != "duration" or _spans_years(tags, place))
        if not timely and not (tag.kind == "time" and (tag.code in YEAR_CUES or tag.code == "now")):
            continue
        before, after = tags[max(0, place - 3) : place], tags[place + 1 : place + 3]
        open_ended = before and before[-1].code == "since"
        if open_ended and not (timely and (tag.code.form == "span" or _closes_month(tag.code))):
            continue
        legal = _is_of_law(tags, place)
        multiplied = any(other.code == "times" for other in before)  # "twice the 2018 figure"
        compared = multiplied or follows_comparison(tags, place) or _is_compared(after) or _is_base(tags, place)
        compared = compared or _is_risen_from(tags, place)
        if not (timely and legal) and not compared:
            stated.append(tag)
    return stated


def _spans_years(tags: list[Tag], place: int) -> bool:
    """Whether "over the five years" is said, which may be years that the text has named."""
    beside = (*tags[max(0, place - 1) : place], *tags[place + 1 : place + 2])
    return (tags[place].code.months or 0) >= _TWO_YEARS and any(tag.code in ("on", "relative") for tag in beside)


def _is_base(tags: list[Tag], place: int) -> bool:
    """Whether a change is counted from a year or the end of a period: "up 12 from the end of 2023"."""
    if tags[place].kind != "date" or tags[place].code.form not in ("point", "year"):
        return False
    if tags[place - 1].kind not in ("word", "qualifier_before"):  # "up 12 % over 2021"
        return False
    before = [tag for tag in tags[:place] if tag.kind not in ("word", "qualifier_before", *COUNTED)]
    if not before or before[-1].kind != "quantity":
        return False
    cue = next((tag for tag in reversed(before) if tag.kind != "quantity" and tag.code != "and"), None)
    return cue is not None and cue.code in ("up", "down")


def _is_risen_from(tags: list[Tag], place: int) -> bool:
    """Whether "from" parts a date from the change since then: Hindi "the end of last year from 1,380 more"."""
    if place + 1 == len(tags) or tags[place + 1].code != "range":
        return False
    small = ("qualifier_before", "word", *COUNTED)
    behind = [tag for tag in tags[place + 1 : place + _TO_CHANGE] if tag.kind not in small]
    return len(behind) > 1 and behind[0].kind == "quantity" and behind[1].code in ("up", "down", "more_than")


def _closes_month(period: Period) -> bool:
    """Whether a day is the last of its month: figures are counted then, also where a translation says "since"."""
    if period.form != "day" or period.code is None:
        return False
    year, month, day = map(int, period.code.split("-"))
    return day == monthrange(year, month)[1]


def _is_of_law(tags: list[Tag], place: int) -> bool:
    """Whether a date is that of a law: "Decree 107 of 2017", "the 2012 law on cooperatives"."""
    for tag in reversed(tags[max(0, place - _TO_LAW) : place]):
        if (tag.kind in ("unknown", "mark") and not tag.text.isascii()) or tag.code in _PAST_LAW:
            break  # "Resolution 20 plans for 2030 ..."
        if tag.kind == "reference" and tag.code == "law":
            return True
    for tag in tags[place + 1 : place + _TO_LAW]:
        if tag.kind == "reference" and tag.code == "law":
            return True
        if tag.kind not in ("organisation", "word", "cue") or tag.code in ("subject", "speaker"):
            break
    return False


def _is_compared(after: list[Tag]) -> bool:
    if [tag.code == "more_than" or tag.kind for tag in after] == [True, "quantity"]:
        return False  # Vietnamese "in six months / more by / 4"
    return bool(after) and after[0].kind != "mark" and any(tag.code in COMPARING for tag in after)


def follows_comparison(tags: list[Tag], place: int) -> bool:
    """Whether a date is compared with: "against a mere 288 in 2018", with no mark or other date between."""
    for tag in reversed(tags[max(0, place - _FROM_COMPARING) : place]):
        if tag.kind in ("date", "mark"):
            return False
        if tag.code in COMPARING:
            return True
    return False
