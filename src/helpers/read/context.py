"""What surrounds a quantity: when and where its figure holds, and whether one named cooperative is being portrayed.

Answers from the words of the sentence first, then from the sentences before it. Never asks a clock or a map: a year
that nobody says stays unknown, and a place is what the gazetteer or the words "district of" make it.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from helpers.read.dates import Period, last_month
from helpers.read.lexicon import Lexicon
from helpers.read.plans import looks_forward
from helpers.read.tagging import Tag

_ORGANISATIONS = frozenset({"group", "coop", "one_coop", "union", "fund"})
_CAPITAL = "VN-HN"  # where national meetings are held, so that its name alone makes no article local
_LONGEST_NAME = (
    9  # words between "cooperative" and the capital that opens its name: HTX dịch vụ - sản xuất nông nghiệp X
)
_COMPARING = ("compared", "more_than")
_FROM_COMPARING = 6  # words between "against" and the date of what is compared
_YEAR_CUES = {"this_year": 0, "last_year": -1, "next_year": 1}


@dataclass(slots=True)
class Article:
    """What the whole text says about itself, gathered before its figures are read.

    ``reported`` is the last month that sentences without forward-looking words speak of, like 2023-12; ``area`` is
    the code of the article's own area, None where the text does not tell.
    """

    published: date | None
    area: str | None = None
    national: bool = False
    years: list[int] = field(default_factory=list)
    reported: str = ""


@dataclass(slots=True)
class Times:
    """The periods that the sentences so far have set: for what happens in a stretch of time, and for stocks."""

    flow: Period | None = None
    stock: Period | None = None
    stock_here: bool = False  # set in this paragraph
    flow_here: bool = False


def survey(sentences: list[list[Tag]], published: date | None, ref_area: str | None) -> Article:
    """Return what all sentences together tell: the years, the day of publication, the article's own area."""
    article = Article(published, ref_area)
    provinces: list[str] = []
    countries = local = 0
    for tags in sentences:
        for tag in stated_dates(tags):
            if tag.kind == "date" and tag.code.code is not None:
                article.years.append(int(tag.code.code[:4]))
                if not looks_forward(tags, tag) and not _is_label(tags, tag):
                    article.reported = max(article.reported, last_month(tag.code.code))
        dated = [tag for tag in tags if tag.kind == "date" and tag.code.form == "day" and tag.code.code]
        if article.published is None and len(dated) == 1 == len(tags):  # a line that is a date and nothing else
            article.published = date.fromisoformat(dated[0].code.code)
        countries += any(tag.kind == "area" and tag.code == "country" for tag in tags)
        local += any(tag.kind == "area" and tag.code == "whole" for tag in tags)
        provinces += [tag.code[1] for tag in tags if tag.kind == "place" and tag.code[0] == "province"]
    if article.area is None and provinces:
        article.area = max(provinces, key=provinces.count)
    if set(provinces) == {_CAPITAL} and countries and not local:
        article.area = None
    article.national = article.area is None and countries > 0 and local == 0
    return article


def _is_label(tags: list[Tag], date_tag: Tag) -> bool:
    """Whether a bare year only names something: "the 2025 forum", "Forum 2025"."""
    place = next(index for index, tag in enumerate(tags) if tag is date_tag)
    return date_tag.text.isdigit() and place > 0 and tags[place - 1].kind in ("unknown", "organisation", "thing", "cue")


def stated_dates(tags: list[Tag]) -> list[Tag]:
    """Return the dates and year words of a sentence that say when: not the years of laws, not those compared with."""
    stated = []
    for place, tag in enumerate(tags):
        timely = tag.kind == "date" and tag.code.form != "duration"
        if not timely and not (tag.kind == "time" and (tag.code in _YEAR_CUES or tag.code == "now")):
            continue
        before, after = tags[max(0, place - 3) : place], tags[place + 1 : place + 3]
        open_ended = before and before[-1].code == "since"
        if open_ended and not (timely and tag.code.form == "span"):
            continue
        legal = any(other.kind == "reference" and other.code == "law" for other in tags[max(0, place - 5) : place])
        multiplied = any(other.code == "times" for other in before)  # "twice the 2018 figure"
        compared = multiplied or _follows_comparison(tags, place) or _is_compared(after)
        if not (timely and legal and tag.code.form == "year") and not compared:
            stated.append(tag)
    return stated


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


def period_of(
    place: int, cell_end: int, tags: list[Tag], stock: bool, subset: bool, times: Times, article: Article
) -> Period | None:
    """Return the period that holds for the quantity at ``place`` of a sentence.

    The last date before it wins, then one in its own cell, then the only one of the sentence, then what earlier
    sentences set. A stock takes a year or a stretch only from its own part of the sentence (up to a semicolon): "in
    2023, loans were given to 27 projects; the balance is 14 billion" leaves the balance undated. Flows up to 31
    December are those of the year.
    """
    stated = stated_dates(tags)
    quantity = tags[place]
    before = [tag for tag in stated if tag.start < quantity.start]
    after = [tag for tag in stated if tag.start > quantity.start]
    cell_stop = tags[cell_end - 1].end if cell_end else quantity.end
    inside = [tag for tag in after if tag.start < cell_stop]
    if stock and _follows_comparison(tags, place):
        inside = [tag for tag in tags[place:cell_end] if tag.kind == "date" and tag.code.code] or inside
        before = [] if inside else before
    only = [tag for tag in after if len(stated) == 1 and not _is_parted(tags, quantity, tag)]
    for tag in [*reversed(before), *inside, *only]:
        if tag.code == "now":
            if stock:
                return None
            continue
        period = resolve(tag, times, article)
        if period is None or (stock and period.form in ("year", "span", "month") and _is_parted(tags, tag, quantity)):
            continue
        return _as_said(period, stock)
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
    return _as_said(inherited, stock)


def resolve(tag: Tag, times: Times, article: Article) -> Period | None:
    """Return the period that a date or a word like "this year" stands for, or None when its year stays unknown."""
    if tag.kind == "time":
        told = _year_told(article) if tag.code in ("last_year", "next_year") else None
        year = told or _current_year(times, article)
        if year is None or tag.code == "now":
            return None
        return Period(f"{year + _YEAR_CUES[tag.code]:04}", "year")
    period: Period = tag.code
    if period.code is not None:
        return period
    year = _current_year(times, article)
    if period.months is None or year is None:
        return None
    if period.day is not None:
        day = min(period.day, monthrange(year, period.months)[1])
        return Period(f"{year:04}-{period.months:02}-{day:02}", "day")
    half = period.form == "span" and period.months == 6
    return Period(f"{year:04}-H1" if half else f"{year:04}-{period.months:02}", period.form)


def _year_told(article: Article) -> int | None:
    """The year in which the text was written: a text that reports on whole years is of the year after the last."""
    if article.published is not None:
        return article.published.year
    if not article.reported:
        return None
    return int(article.reported[:4]) + article.reported.endswith("-12")


def _current_year(times: Times, article: Article) -> int | None:
    for period in (times.flow, times.stock):
        if period is not None:
            return int(period.code[:4])
    if article.published is not None:
        return article.published.year
    return article.years[0] if len(set(article.years)) == 1 else None


def _is_parted(tags: list[Tag], first: Tag, second: Tag) -> bool:
    return any(tag.code in (";", "…") and first.start < tag.start < second.start for tag in tags)


def _as_said(period: Period, stock: bool) -> Period:
    return Period(period.code[:4], "year") if not stock and period.code.endswith("-12-31") else period


def set_times(tags: list[Tag], stocks_dated: bool, any_statistic: bool, times: Times, article: Article) -> None:
    """Keep what the dates of a sentence mean for the sentences after it.

    The day of a meeting dates nothing, so a day counts only where the sentence holds statistics.
    """
    for tag in stated_dates(tags):
        if tag.code == "now":
            times.stock = None
        if tag.kind == "time" and tag.code != "this_year":  # "last year" holds for its own sentence
            continue
        period = resolve(tag, times, article)
        if period is not None and times.flow_here and _holds(times.flow, period):
            continue
        if period is None or (period.form in ("day", "month") and not any_statistic):
            continue
        times.flow, times.flow_here = period, True
        if stocks_dated:
            times.stock, times.stock_here = period, True


def _holds(frame: Period | None, period: Period) -> bool:
    """Whether a span of years, announced for the paragraph, holds a year named inside it."""
    if frame is None or frame.code is None or len(frame.code) != 9:
        return False
    return frame.code[:4] <= period.code[:4] <= frame.code[5:] and period.form in ("year", "point")


def area_of(place: int, cell: list[Tag], tags: list[Tag], inherited: str, article: Article, lexicon: Lexicon) -> str:
    """Return ``same``, ``VN`` or the name of the area that the quantity at ``place`` is about.

    The nearest area named before it in its part of the sentence wins, then one in its cell.
    """
    if lexicon.cased and (label := _label_before(place, tags)):
        return label
    quantity = tags[place]
    own = [
        *reversed([tag for tag in cell if tag.start < quantity.start]),
        *(tag for tag in cell if tag.start > quantity.start),
    ]
    for tag in (*own, *_same_part(tags[:place])):
        tag = _named_before(tag, tags)
        if tag.kind == "place":
            return _area_name(tag, article)
        if tag.kind == "area" and tag.code == "country":
            return "VN"
        if tag.kind == "area" and tag.code == "whole":
            return "same"
        if tag.kind == "area" and tag.code == "district" and (name := _name_beside(tag, tags, lexicon)):
            return name
    return inherited


def _named_before(tag: Tag, tags: list[Tag]) -> Tag:
    """Return the place whose name stands right before "in the province" where names precede, else the tag itself."""
    if tag.kind != "area" or tag.code != "whole":
        return tag
    before = next((before for before, after in pairwise(tags) if after is tag), None)
    return before if before is not None and before.kind == "place" and before.code[0] == "province" else tag


def _label_before(place: int, tags: list[Tag]) -> str:
    """Return the capitalised words right before a number, folded, or nothing: "Lam Ha 58", "Cho Gao (32)"."""
    end = place - 1 if place and tags[place - 1].text == "(" else place
    start = end
    while start and tags[start - 1].kind == "unknown" and tags[start - 1].upper:
        start -= 1
    return " ".join(tag.text for tag in tags[start:end]) if start else ""


def _name_beside(area_tag: Tag, tags: list[Tag], lexicon: Lexicon) -> str | None:
    """Return the name of a district that the gazetteer does not know, as folded words: huyện Krông Pắc."""
    if not lexicon.cased:
        return None
    place = next(index for index, tag in enumerate(tags) if tag is area_tag)
    beside = tags[place + 1 :] if lexicon.names == "after" else tags[:place][::-1]
    name: list[str] = []
    for tag in beside:
        if tag.kind not in ("unknown", "place") or not tag.upper:
            break
        name.append(tag.text)
    return " ".join(name if lexicon.names == "after" else reversed(name)) or None


def _same_part(before: list[Tag]) -> Iterator[Tag]:
    """Yield the tags before a quantity from right to left, up to a semicolon outside brackets."""
    depth = 0
    for tag in reversed(before):
        depth += {")": 1, "(": -1}.get(tag.text, 0)
        if tag.code == ";" and depth == 0 and not any(other.text == "(" for other in before):
            return
        yield tag


def _area_name(tag: Tag, article: Article) -> str:
    kind, code, name = tag.code
    if kind == "country":
        return "VN"
    return "same" if code == article.area or article.area is None else name


def finds_named_cooperative(tags: list[Tag], lexicon: Lexicon) -> bool:
    """Whether the sentence names one cooperative (HTX Bưởi Xanh, Thinh Phat Cooperative).

    Where the script has capitals, a capital that is no place opens the name; elsewhere a cooperative in the singular,
    uncounted, beside a word that nobody spelled.
    """
    return any(
        tag.kind == "organisation" and tag.code in _ORGANISATIONS and _is_named(tags, place, lexicon)
        for place, tag in enumerate(tags)
    )


def _is_named(tags: list[Tag], place: int, lexicon: Lexicon) -> bool:
    tag = tags[place]
    step = 1 if lexicon.names == "after" else -1
    beside = tags[place + step :: step] if place + step >= 0 else []
    before = tags[place - 1] if place else None
    if before is not None and (before.kind == "quantity" or before.code == "each"):
        return False
    if not lexicon.cased:
        if tag.text.isascii():  # HTX is written before its name in every language
            beside = tags[place + 1 :]
        elif tag.code != "one_coop":
            return False
        own_name = _has_unknown(beside)
        return own_name and not any(other.kind == "organisation" for other in beside[:3])
    if step < 0:
        return (
            tag.code == "one_coop"
            and tag.upper
            and bool(beside)
            and beside[0].upper
            and beside[0].kind in ("unknown", "sector", "place")
        )
    worded = False
    for other in beside[:_LONGEST_NAME]:
        if other.upper and (other.kind == "unknown" or (other.kind == "place" and worded)):
            return True
        worded = worded or other.kind == "unknown"
        if other.kind not in ("unknown", "sector", "thing") and other.code != "-":
            return False
    return False


def _has_unknown(beside: list[Tag]) -> bool:
    for tag in beside[:4]:
        if tag.kind == "unknown":
            return True
        if tag.kind not in ("sector", "thing") and tag.code != "foreign":
            return False
    return False
