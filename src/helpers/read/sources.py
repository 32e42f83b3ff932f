"""Read the files of ``data/raw/sources``: what does each card say, and is the file fit to be used?

A file is a card (YAML between ``---`` lines) and the text. What would have to be guessed is refused: a misspelt
field, half a date, one name used twice. Numbers are read elsewhere.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import ClassVar

import dateparser
import yaml

from helpers.read.files import InputError, nearest, read_text
from helpers.read.lexicon import LEXICONS
from helpers.read.places import name_key, official_names
from helpers.records import Source

FORMS = ("notes", "article")
PHRASE_WORDS = 12  # what a figure note may quote at most: enough to show what a number counts, no one's sentence

_FIELDS = {
    "title": "what the article is about, in your own English words",
    "publisher": "who published it; 'not named in the text' if it does not say",
    "author": "who wrote it, or null",
    "published": "day of publication, or null",
    "not_before": "earliest day it can have been published, or null",
    "not_before_reason": "why not earlier, or why nothing tells",
    "not_after": "latest day it can have been published, or null",
    "not_after_reason": "why not later, or why nothing tells",
    "language": "code of the text's language, like id",
    "ref_area": "ISO 3166-2 code of the area it is about, like VN-25, or VN",
    "ref_area_evidence": "the words or names that tell the area",
    "origin": "who counted, like 'alliance of Quang Tri'",
    "form": "notes or article",
    "seed": "file name of the full article, or null",
}
_DATES = ("published", "not_before", "not_after")
_OPTIONAL = {"author", *_DATES, "not_before_reason", "not_after_reason", "seed"}
_YAML = "tag:yaml.org,2002:"
_CARD = re.compile(r"---[ \t]*\r?\n(?P<card>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_SOURCE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")


class SourceError(InputError):
    """A file of ``data/raw/sources`` cannot be used; each problem names file, field or line, and mend."""


class _CardLoader(yaml.CSafeLoader):
    """Safe YAML in which a value is text or null, and a field that stands twice is an error.

    YAML would take 2023-02-30 for a date and fail, ``no`` for False, and the last of two equal fields in silence.
    """

    yaml_implicit_resolvers: ClassVar = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag == f"{_YAML}null"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    yaml_constructors: ClassVar = {
        tag: yaml.CSafeLoader.yaml_constructors[tag]
        for tag in (f"{_YAML}null", f"{_YAML}str", f"{_YAML}seq", f"{_YAML}map", None)
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(
                    problem="a field's name is no word", problem_mark=key.start_mark
                )
            if key.value in seen:
                raise yaml.constructor.ConstructorError(
                    problem=f"field {key.value!r} stands twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def known_languages(folder: Path = LEXICONS) -> frozenset[str]:
    """Return the codes of the languages that can be read: those with a lexicon in ``folder``."""
    return frozenset(path.stem for path in folder.glob("*.yaml"))


def read_source(path: Path | str, *, languages: Collection[str] | None = None) -> Source:
    """Return the source that the file at ``path`` holds; its id is the file's name without ``.md``.

    ``languages`` are those that can be read; None means those with a lexicon. Raises SourceError with every problem
    of the file.
    """
    path = Path(path)
    try:
        content = read_text(path)
    except InputError as error:
        raise SourceError(*error.args) from error
    return parse_source(path, content, languages=languages)


def parse_source(path: Path, content: str, *, languages: Collection[str] | None = None) -> Source:
    """Return the source that a file at ``path`` with this content is, as ``read_source`` does; nothing is opened.

    The text is everything after the card's closing line, untouched.
    """
    match = _CARD.match(content)
    if match is None:
        raise SourceError(f"{path}: has no card; begin with a line ---, one line for each field, and a line ---")
    card = _load_card(path, match["card"])
    text = content[match.end() :]
    problems = [
        *_check_name(path),
        *_check_fields(card),
        *_check_values(card, known_languages() if languages is None else languages),
        *_check_text(card.get("form"), text, content.count("\n", 0, match.end()) + 1),
    ]
    dates, date_problems = _read_dates(card)
    problems += date_problems or _check_bounds(card, dates)
    if problems:
        raise SourceError(*(f"{path}: {problem}" for problem in problems))
    return Source(source_id=path.stem, text=text, **(card | dates))


def read_sources(
    raw: Path | str, ref_area: str | None = None, *, languages: Collection[str] | None = None
) -> list[Source]:
    """Return the sources under ``raw/sources``, in any subfolder, sorted by id; only those about ``ref_area`` if given.

    Every file is checked whichever area is asked for. Raises SourceError with the problems of all files together, among
    them what no single file shows: two files with one id, and one origin spelled in two ways, which would
    corroborate itself.
    """
    folder = Path(raw) / "sources"
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path, folder))
    problems = [] if paths else [f"{folder}: holds no source; put a card and its text there as <source_id>.md"]
    if ref_area is not None and ref_area not in official_names():
        problems.append(f"area {ref_area!r} is not known{_offer_area(ref_area)}")
    sources = []
    for path in paths:
        if path.suffix != ".md":
            problems.append(f"{path}: is no source; name it <source_id>.md or keep it elsewhere")
            continue
        try:
            sources.append(read_source(path, languages=languages))
        except SourceError as error:
            problems += error.args
    problems += _find_twins(paths)
    problems += _find_respelled_origins(sources)
    if problems:
        raise SourceError(*problems)
    sources.sort(key=lambda source: source.source_id)
    return [source for source in sources if ref_area in (None, source.ref_area)]


def find_source_files(raw: Path | str) -> dict[str, Path]:
    """Return the files under ``raw/sources``, in any subfolder, by the source_id that their names give."""
    return {path.stem: path for path in sorted((Path(raw) / "sources").rglob("*.md"))}


def text_of(path: Path) -> str:
    """Return the text of the source at ``path``: what stands behind its card, whatever the card says."""
    content = read_text(path)
    card = _CARD.match(content)
    return content[card.end() :] if card else content


def line_of(path: Path, start: int) -> int:
    """Return the line of the file at ``path`` that character ``start`` of its text is on."""
    content, text = read_text(path), text_of(path)
    return content.count("\n", 0, len(content) - len(text) + start) + 1


def read_date(written: str, *, languages: Collection[str] = ("en",)) -> date | None:
    """Return the day that ``written`` names, in ISO or with the month as a word, or None when it names no single day.

    What is not written is not filled in from the calendar on the wall, and digits alone are taken as ISO only, because
    5/6/2023 is one day in June and another in May.

    >>> read_date("2023-11-01"), read_date("1 November 2023")
    (datetime.date(2023, 11, 1), datetime.date(2023, 11, 1))
    >>> read_date("20 tháng 2 năm 2024", languages=["vi"])
    datetime.date(2024, 2, 20)
    >>> [read_date(written) for written in ("November 2023", "30 February 2024", "5/6/2023", "yesterday", "1 Nov 23")]
    [None, None, None, None, None]
    """
    try:
        return date.fromisoformat(written)
    except ValueError:
        pass
    has_year = re.search(r"(?<!\d)\d{4}(?!\d)", written)
    if not has_year or not any(character.isalpha() for character in written):
        return None
    settings = {
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month", "year"],
        "STRICT_PARSING": True,
    }
    moment = dateparser.parse(written, languages=sorted({"en", *languages}), settings=settings)
    return moment.date() if moment else None


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _load_card(path: Path, card: str) -> dict:
    try:
        fields = yaml.load(card, Loader=_CardLoader)  # noqa: S506 (a SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1  # counted from 0, behind the opening line
        raise SourceError(
            f"{path}:{line}: card cannot be read ({error.problem}); quote a value that contains a colon"
        ) from error
    except yaml.YAMLError as error:
        raise SourceError(f"{path}: card cannot be read ({error}); write it as plain text") from error
    if not isinstance(fields, dict):
        raise SourceError(f"{path}: card has no fields; write one 'field: value' on each line")
    return fields


def _check_name(path: Path) -> Iterator[str]:
    if not _SOURCE_ID.fullmatch(path.stem):
        yield "file name is no source_id; write it with a to z, digits and single hyphens, like quang-tri-2024-02-20-ar"


def _check_fields(card: dict) -> Iterator[str]:
    missing = [field for field in _FIELDS if field not in card]
    for field in card:
        if field not in _FIELDS:
            yield f"field {field!r} is not known{nearest(str(field), missing or _FIELDS) or '; take it out'}"
    for field in missing:
        yield f"field {field!r} is missing; write {_FIELDS[field]}"
    for field, value in card.items():
        if field not in _FIELDS:
            continue
        if value is not None and not isinstance(value, str):
            yield f"field {field!r} is no plain text; write {_FIELDS[field]}"
        elif not (value or "").strip() and (value is not None or field not in _OPTIONAL):
            yield f"field {field!r} is empty; write {_FIELDS[field]}"


def _check_values(card: dict, languages: Collection[str]) -> Iterator[str]:
    language, area, form = (_text(card, field) for field in ("language", "ref_area", "form"))
    if language and language not in languages:
        known = ", ".join(sorted(languages))
        yield f"field 'language': no lexicon for {language!r}; write one of {known}, or add its lexicon"
    if area and area not in official_names():
        yield f"field 'ref_area': area {area!r} is not known{_offer_area(area)}"
    if form and form not in FORMS:
        yield f"field 'form': {form!r} is not known; write notes or article"


def _text(card: dict, field: str) -> str | None:
    value = card.get(field)
    return value if isinstance(value, str) and value.strip() else None


def _offer_area(area: str) -> str:
    """Return a mend for an unknown area: people write its name, or a slip of its code, where the ISO code belongs."""
    for code, name in official_names().items():
        if name_key(area) in (name_key(name), name_key(code), name_key(code.replace("-", ""))):
            return f"; did you mean {code!r} ({name})?"
    return "; write its ISO 3166-2 code, like VN-25, or VN for the country; data/raw/provinces.csv lists them"


def _read_dates(card: dict) -> tuple[dict[str, date | None], list[str]]:
    language = _text(card, "language")
    dates: dict[str, date | None] = {}
    problems = []
    for field in _DATES:
        written = _text(card, field)
        try:
            dates[field] = read_date(written, languages=[language] if language else []) if written else None
        except ValueError:  # dateparser knows no such language, which is reported as the language's own problem
            dates[field] = read_date(written)
        if written and dates[field] is None:
            problems.append(f"field {field!r}: {written!r} is no date; write year, month and day, like 2023-11-01")
    return dates, problems


def _check_bounds(card: dict, dates: dict[str, date | None]) -> Iterator[str]:
    """Hold the dates against each other: bounds stand in for a day of publication, and each has its reason."""
    if not _FIELDS.keys() <= card.keys():
        return
    published, not_before, not_after = (dates[field] for field in _DATES)
    for field in ("not_before", "not_after"):
        reason = _text(card, f"{field}_reason")
        if published and (dates[field] or reason):
            yield f"field {field!r}: published is known; set {field} and {field}_reason to null"
        elif not published and not reason:
            yield f"field '{field}_reason' is missing while published is null; write {_FIELDS[f'{field}_reason']}"
    if not_before and not_after and not_before > not_after:
        yield f"field 'not_before': {not_before} is after not_after, {not_after}; one of the two is wrong"


def _check_text(form: object, text: str, first_line: int) -> Iterator[str]:
    if not text.strip():
        yield "text is empty; put the figure notes or the article below the card"
    if form != "notes":
        return
    begun = False  # whether the paragraph has a sentence that a phrase can continue
    for number, line in enumerate(text.split("\n"), first_line):
        if not line.strip():
            begun = False
            continue
        if not line.startswith(("- ", "… ")):
            yield f"line {number}: begin it with '- ' (a new sentence) or '… ' (the same sentence goes on)"
        elif line.startswith("…") and not begun:
            yield f"line {number}: no sentence goes on here; begin the paragraph with '- '"
        begun = True
        if any(character.isdigit() for ours in _BRACKETS.findall(line) for character in ours):
            yield f"line {number}: a digit in brackets; words of ours may not bring numbers, take it out"
        words = len(_BRACKETS.sub(" ", line).split()) - 1  # without the sign that begins the line
        if words > PHRASE_WORDS:
            yield f"line {number}: {words} words; quote at most {PHRASE_WORDS}, go on in a line that begins with '… '"


def _find_twins(paths: list[Path]) -> Iterator[str]:
    first: dict[str, Path] = {}
    for path in paths:
        twin = first.setdefault(path.stem.casefold(), path)
        if twin != path and path.suffix == twin.suffix == ".md":
            yield f"{path}: has the same source_id as {twin}; rename one of the two"


def _find_respelled_origins(sources: list[Source]) -> Iterator[str]:
    first: dict[str, Source] = {}
    for source in sources:
        other = first.setdefault(" ".join(source.origin.casefold().split()), source)
        if other.origin != source.origin:
            yield (
                f"{source.source_id}: field 'origin': {source.origin!r} is spelled {other.origin!r} in"
                f" {other.source_id}; write both alike, or one office would seem to be two"
            )
