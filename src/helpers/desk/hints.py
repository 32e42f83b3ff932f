"""Read from an article what its card asks for: the area it is about, its day, who may have counted.

Every answer comes with the words that say so, for a person to judge; what the words leave open is answered with None.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from helpers.read.dates import read_dates
from helpers.read.folding import Folded, fold
from helpers.read.lexicon import Lexicon, add_places, load_lexicon
from helpers.read.places import COUNTRY, Places
from helpers.read.tagging import Tag, keep_names, settle_unions, split_paragraphs, tag_sentences

HEAD_LINES = 5  # in which newspapers print the day, with a weekday, an hour or a town beside it
DATELINE_WORDS = 10


@dataclass(frozen=True, slots=True)
class Hint:
    """One answer and the words that it was read from."""

    answer: str
    words: str


@dataclass(frozen=True, slots=True)
class Hints:
    """What an article says of itself: ``area`` as a code, ``published`` as an ISO day, ``alliance`` as printed."""

    area: Hint | None
    published: Hint | None
    alliance: Hint | None


def find_hints(text: str, language: str, places: Places) -> Hints:
    """Return what ``text`` says of the area that it is about, the day of its publication and the alliance.

    A province's districts speak for it. With two provinces named equally often the area stays open, and without any the
    country is meant if it is named.
    """
    lexicon, folded = add_places(load_lexicon(language), places), fold(text)
    lines = [list(_sentences(folded, text, span, lexicon)) for span in split_paragraphs(folded.text)]
    tags = [tag for sentences in lines for sentence in sentences for tag in sentence]

    def printed(tag: Tag) -> str:
        start, end = folded.span(tag.start, tag.end)
        return " ".join(text[start:end].split())

    alliance = next((tag for tag in tags if tag.kind == "organisation" and tag.code == "alliance"), None)
    return Hints(
        _area([(tag.code, printed(tag)) for tag in tags if tag.kind == "place"], places),
        _dateline(lines[:HEAD_LINES], printed),
        alliance and Hint("alliance", printed(alliance)),
    )


def _sentences(folded: Folded, text: str, span: tuple[int, int], lexicon: Lexicon) -> Iterator[list[Tag]]:
    for tags in tag_sentences(folded, text, *span, lexicon):
        named = keep_names(tags) if lexicon.cased else tags
        yield settle_unions(read_dates(named, lexicon))


def _area(named: list[tuple[tuple[str, str, str], str]], places: Places) -> Hint | None:
    votes: Counter[str] = Counter()
    words: dict[str, Counter[str]] = {}
    for (kind, code, _), printed in named:
        area = code.split("/")[0] if kind == "district" else code
        if kind in ("province", "district"):
            votes[area] += 1
            words.setdefault(area, Counter())[printed] += 1
    if not votes:
        country = [printed for (kind, _, _), printed in named if kind == "country"]
        return Hint(COUNTRY, f"names no province, only {country[0]}") if country else None
    (area, most), *others = sorted(votes.items(), key=lambda pair: (-pair[1], pair[0]))
    if others and others[0][1] == most:
        return None
    listed = ", ".join(f"{name} ({times})" for name, times in words[area].most_common())
    return Hint(area, f"names {places.find(area).name} and its districts {most} times: {listed}")


def _dateline(lines: list[list[list[Tag]]], printed) -> Hint | None:
    """Return the one full day among the first lines, if it stands in a line of few words or opens one."""
    for sentences in lines:
        tags = [tag for sentence in sentences for tag in sentence if tag.kind != "mark"]
        days = [tag for tag in tags if tag.kind == "date" and tag.code.form == "day" and tag.code.code]
        if len(days) == 1 and len(tags) <= DATELINE_WORDS:
            return Hint(date.fromisoformat(days[0].code.code).isoformat(), printed(days[0]))
    return None
