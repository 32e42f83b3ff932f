"""Propose how an article is filed: its card, what was read, what was not, and whether it is there already.

Writes nothing. What cannot be told is asked for rather than guessed, and what a person tells goes before what was read.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

import yaml
from babel import Locale

from helpers.desk.articles import Article, ArticleError
from helpers.desk.hints import Hints, find_hints
from helpers.desk.notes import Notes, Reading, make_notes
from helpers.read.detect import detect_language
from helpers.read.files import InputError
from helpers.read.lexicon import load_lexicon
from helpers.read.observations import read_source
from helpers.read.places import Places, load_places, official_names, slug
from helpers.read.sources import find_source_files, known_languages, parse_source, read_date, read_sources
from helpers.read.subject import speaks_of_cooperatives
from helpers.reconcile.voices import are_copies, count_numerals
from helpers.records import Number, Observation, Source

UNNAMED = "not named in the text"
NOT_READ = "nothing in the text was taken to tell; write what you know"
NOT_AFTER = "it was filed on that day"
PRIVATE = "private"
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
TELL = "say it with --card {}=..."


@dataclass(frozen=True, slots=True)
class Proposal:
    """How an article would be filed.

    ``source`` is the article with its card and full text, ``content`` what goes to the file of ``data/raw/sources``.
    ``notes`` are the figure notes in it and ``private`` the file with the full text; both are None where the full text
    is filed. ``numbers`` and ``observations`` are read
    from the full text; ``filed`` is what will be read from the file, and ``original`` a filed source that this is a
    translation of.
    """

    source: Source
    content: str
    private: str | None
    notes: Notes | None
    numbers: tuple[Number, ...]
    observations: tuple[Observation, ...]
    original: Source | None
    filed: tuple[Observation, ...]

    @property
    def unresolved(self) -> list[Number]:
        """The numbers that were not understood."""
        return [number for number in self.numbers if number.role == "unresolved"]


def propose(
    article: Article, raw: Path, *, today: date, told: Mapping[str, str] | None = None, full: bool = False
) -> Proposal:
    """Return how ``article`` would be filed under ``raw``: as figure notes, or with its ``full`` text.

    ``told`` are fields of the card that a person has given. ``today`` is the day after which it cannot have been
    published. Raises ArticleError for a text that is not about cooperatives, holds no statistic, is filed already or
    leaves open what only a person can tell, and SourceError for a card that cannot be read.
    """
    told = dict(told or {})
    places, filed = load_places(raw), read_sources(raw)
    language = _language(article, told)
    hints = find_hints(article.text, language, places)
    published = told.get("published") or _day(article, hints)
    reading = Reading(language, read_date(published or "", languages=[language]), None, places)
    original = _find_original(article, language, reading.read(article.text)[0], filed, places)
    card = _card(article, language, published, today, hints, told, original, filed, places)
    path = raw / "sources" / f"{_free_name(card, raw, places)}.md"
    whole = _write(card | {"form": "article"}, article, article.text)
    source = parse_source(path, whole)
    numbers, observations = read_source(source, places)
    if not observations:
        raise ArticleError(
            f"{article.place}: holds {len(numbers)} numbers and no statistic of cooperatives among them; if one is, add"
            " its words to src/helpers/lexicons"
        )
    notes, content = None, whole
    if not full:
        notes = make_notes(article.text, Reading(language, source.published, source.ref_area, places))
        content = _write(card | {"form": "notes"}, article, notes.text)
    new = parse_source(path, content)
    if same := [each for each in filed if each.text == new.text]:
        raise _filed_already(article, same[0])
    private = None if full else whole
    return Proposal(
        source,
        content,
        private,
        notes,
        tuple(numbers),
        tuple(observations),
        original,
        tuple(read_source(new, places)[1]),
    )


def parse_told(texts: Iterable[str]) -> dict[str, str]:
    """Return the fields of a card that are written as ``field=value``; an empty value is null.

    Raises InputError for one that is not; whether there is such a field is asked when the card is read.

    >>> parse_told(["origin=alliance of Hung Yen", "author="])
    {'origin': 'alliance of Hung Yen', 'author': ''}
    """
    if wrong := [text for text in texts if "=" not in text]:
        raise InputError(f"--card {wrong[0]!r}: has no value; write field=value, like published=2024-02-20")
    return dict(text.split("=", maxsplit=1) for text in texts)


def _language(article: Article, told: Mapping[str, str]) -> str:
    language = told.get("language") or detect_language(article.text)
    if language is None:
        raise ArticleError(f"{article.place}: its language cannot be told; {TELL.format('language')}")
    if language not in known_languages():
        known = ", ".join(sorted(known_languages()))
        raise ArticleError(f"{article.place}: no lexicon for {language!r}; write one of {known}, or add its lexicon")
    if not speaks_of_cooperatives(article.text, load_lexicon(language)):
        raise ArticleError(
            f"{article.place}: does not speak of cooperatives in {language_name(language)}; file it elsewhere"
        )
    return language


def _day(article: Article, hints: Hints) -> str | None:
    if article.published:
        return article.published.isoformat()
    return hints.published and hints.published.answer


def _find_original(
    article: Article, language: str, numbers: Iterable[Number], filed: Iterable[Source], places: Places
) -> Source | None:
    """Return a filed source that the article is a translation of; raises ArticleError for one in its own language."""
    numerals = count_numerals(numbers)
    copies = [source for source in filed if are_copies(numerals, count_numerals(read_source(source, places)[0]))]
    for source in copies:
        if source.language == language:
            raise _filed_already(article, source)
    return copies[0] if copies else None


def _filed_already(article: Article, source: Source) -> ArticleError:
    return ArticleError(
        f"{article.place}: is filed already as {source.source_id}, whose numerals it repeats; a reprint adds no voice"
    )


def _card(
    article: Article,
    language: str,
    published: str | None,
    today: date,
    hints: Hints,
    told: Mapping[str, str],
    original: Source | None,
    filed: Iterable[Source],
    places: Places,
) -> dict[str, str | None]:
    """Return the fields of the card in their order, ``form`` left out."""
    area, evidence = _area(article, hints, told, original)
    name = places.find(area).name if area in official_names() else area
    publisher = article.publisher or UNNAMED
    card = {
        "title": f"The cooperatives of {name}, as told in {language_name(language)}",
        "publisher": publisher,
        "author": article.author,
        "published": published,
        "not_before": None,
        "not_before_reason": None if published else NOT_READ,
        "not_after": None if published else today.isoformat(),
        "not_after_reason": None if published else NOT_AFTER,
        "language": language,
        "ref_area": area,
        "ref_area_evidence": evidence,
        "origin": _origin(area, name, original, filed),
        "form": None,
        "seed": None,
    }
    return card | {field: value or None for field, value in told.items()}


def _area(article: Article, hints: Hints, told: Mapping[str, str], original: Source | None) -> tuple[str, str]:
    if "ref_area" in told:
        return told["ref_area"], "told by who filed it"
    if original is not None:
        return original.ref_area, f"a translation of {original.source_id}, by its numerals"
    if hints.area is None:
        raise ArticleError(
            f"{article.place}: it cannot be told which province it is about: it names none, or several as often;"
            f" {TELL.format('ref_area')}"
        )
    return hints.area.answer, hints.area.words


def _origin(area: str, name: str, original: Source | None, filed: Iterable[Source]) -> str:
    """Return who is taken to have counted: one office for each area until a person says otherwise.

    Two articles of one office repeat a figure and do not confirm it; the mistake that would matter is to take one
    office for two. So the office that most sources on the area name is proposed, else the area's alliance.
    """
    if original is not None:
        return original.origin
    origins = Counter(source.origin for source in filed if source.ref_area == area)
    return min(origins, key=lambda origin: (-origins[origin], origin)) if origins else f"alliance of {name}"


def _free_name(card: Mapping[str, str | None], raw: Path, places: Places) -> str:
    """Return a source_id that no file bears, made of area, day and language."""
    area = card["ref_area"]
    place = slug(places.find(area).name) if area in official_names() else "unknown"
    name = f"{place}-{card['published'] or 'undated'}-{card['language']}"
    taken = {*find_source_files(raw), *(path.stem for path in (raw / PRIVATE).glob("*.md"))}
    return next(each for each in chain([name], (f"{name}-{n}" for n in count(2))) if each not in taken)


def _write(card: Mapping[str, str | None], article: Article, text: str) -> str:
    """Return a file of ``data/raw/sources``: the card, the address that the article was found at, the text."""
    lines = ["---"]
    for field, value in card.items():
        lines.append(f"{field}: {_scalar(value)}")
        if field == "author":
            found = [f"Found at {article.address}" if article.address else None, article.headline]
            lines += [f"# {' '.join(remark.split())}" for remark in found if remark]
    return "\n".join([*lines, "---", text.rstrip("\n"), ""])


def _scalar(value: str | None) -> str:
    """Return a value as YAML on one line, quoted only where it has to be; a day stays as it is written."""
    if value is None or _ISO_DAY.fullmatch(value):
        return value or "null"
    return (
        yaml.safe_dump(value, allow_unicode=True, width=math.inf, default_flow_style=True)
        .removesuffix("...\n")
        .rstrip()
    )


def language_name(language: str) -> str:
    """Return the English name of a language.

    >>> language_name("hi")
    'Hindi'
    """
    return Locale.parse(language).get_display_name("en")
