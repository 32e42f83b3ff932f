"""Read the articles of a corpus, some rows at a time: what each row says, and what the numbers of its text mean.

This is the work of one process; ``corpus`` deals the rows out. A row that is wrong is told with its place and harms no
other.
"""

import codecs
import functools
import io
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from helpers.read.detect import detect_language
from helpers.read.files import InputError, nearest
from helpers.read.lexicon import load_lexicon
from helpers.read.observations import read_numbers, to_row
from helpers.read.places import Places, load_places, official_names
from helpers.read.sources import known_languages, read_source
from helpers.read.subject import speaks_of_cooperatives

LONGEST_LINE = 64 * 2**20  # bytes; some hundred books in one line, and still little beside the memory of a process
_SHOWN = 40  # characters of a wrong value in a message


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of one file as they lie there, or the whole file where it is one article.

    ``form`` says what the rows are: ``line`` (bytes of JSON), ``record`` (fields of a table), ``text`` (bytes of plain
    text), ``card`` (a source of ``data/raw/sources``, to be read from its path), ``broken`` (what is wrong with the
    file). ``first`` counts from 1.
    """

    path: Path
    form: str
    rows: tuple[bytes | dict | str, ...]
    first: int = 1

    def place(self, index: int) -> str:
        """Return where row ``index`` of the chunk stands, as a message names it."""
        number = self.first + index
        return {"line": f"{self.path}:{number}", "record": f"{self.path}: row {number}"}.get(self.form, str(self.path))


@dataclass(frozen=True, slots=True)
class Wish:
    """What to read: ``language`` is that of rows that name none, ``raw`` the folder whose places are known."""

    raw: Path
    language: str | None = None
    numbers: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a chunk gave: lines of JSON in UTF-8, the problems of its rows, and how many rows there were."""

    lines: bytes
    problems: tuple[str, ...]
    rows: int


@dataclass(slots=True)
class Entry:
    """One article of a corpus; ``chosen`` says that an analyst made it a source, so that it is read in any case."""

    source_id: str
    text: str
    language: str | None
    published: date | None = None
    ref_area: str | None = None
    chosen: bool = False


def read_chunk(chunk: Chunk, wish: Wish) -> Answer:
    """Return the statistics in the rows of ``chunk``, or every number, in the order of rows and text."""
    lines = io.BytesIO()
    problems: list[str] = []
    for index, row in enumerate(chunk.rows):
        try:
            entry = _PARSERS[chunk.form](row, chunk.path)
            lines.writelines(map(_print, _read_entry(entry, wish) if entry else ()))
        except InputError as error:
            problems += (
                problem if chunk.form == "card" else f"{chunk.place(index)}: {problem}" for problem in error.args
            )
        except Exception as error:  # one text that the reader was not made for must not cost all others
            reason = f"{type(error).__name__}: {error}".rstrip(": ")
            problems.append(f"{chunk.place(index)}: the reader failed on this text ({reason}); please report it")
    return Answer(lines.getvalue(), tuple(problems), len(chunk.rows))


@functools.cache
def load_known_places(raw: Path) -> Places:
    """Return the places that the tables in ``raw`` name, read once in each process."""
    return load_places(raw)


def check_language(language: str | None) -> None:
    """Raise InputError, offering the nearest known one, for a language that has no lexicon; None is no language."""
    if language is not None and language not in _known_languages():
        offer = nearest(language, _known_languages()) or f"; there are {', '.join(_known_languages())}"
        raise InputError(f"no lexicon for {language!r}{offer}")


def _read_entry(entry: Entry, wish: Wish) -> Iterable[dict]:
    language = entry.language or wish.language
    if not (wish.numbers or entry.chosen or _may_speak(entry.text, language)):
        return []
    language = language or detect_language(entry.text)
    if language is None:
        raise InputError("language cannot be told from the text; name it in field 'language' or with --language")
    numbers, observations = read_numbers(
        entry.text,
        language=language,
        source_id=entry.source_id,
        places=load_known_places(wish.raw),
        published=entry.published,
        ref_area=entry.ref_area,
    )
    return map(asdict, numbers) if wish.numbers else map(to_row, observations)


def _may_speak(text: str, language: str | None) -> bool:
    """Whether a text may speak of cooperatives; one whose language nobody named is asked in every language."""
    languages = (language,) if language else _known_languages()
    return any(speaks_of_cooperatives(text, load_lexicon(known)) for known in languages)


@functools.cache
def _known_languages() -> tuple[str, ...]:
    return tuple(sorted(known_languages()))


def _parse_line(line: bytes, path: Path) -> Entry | None:
    if line.isspace():
        return None
    if len(line) >= LONGEST_LINE:
        raise InputError(f"is longer than {LONGEST_LINE // 2**20} MB; give each article a row of its own")
    try:
        row = json.loads(line.removeprefix(codecs.BOM_UTF8).decode())
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no JSON in UTF-8 ({error}); write one object in each line") from error
    return _parse_record(row, path)


def _parse_record(row: object, path: Path) -> Entry:
    if not isinstance(row, dict):
        raise InputError(f"{_show(row)} is no object; write one with the fields source_id, language and text")
    source_id, text, language, ref_area = map(row.get, ("source_id", "text", "language", "ref_area"))
    if type(source_id) is not int and not (isinstance(source_id, str) and source_id):
        raise InputError(f"field 'source_id': {_show(source_id)} is no name; give each article its own")
    if not isinstance(text, str):
        raise InputError(f"field 'text': {_show(text)} is no text; write the article there")
    if language and language not in _known_languages():
        try:
            check_language(str(language))
        except InputError as error:
            raise InputError(f"field 'language': {error}") from error
    if ref_area and (not isinstance(ref_area, str) or ref_area not in official_names()):
        raise InputError(
            f"field 'ref_area': {_show(ref_area)} is not known; write an ISO 3166-2 code like VN-25, or VN"
        )
    return Entry(str(source_id), text, language or None, _read_day(row.get("published")), ref_area or None)


def _parse_text(content: bytes, path: Path) -> Entry:
    if len(content) >= LONGEST_LINE:
        raise InputError(f"is longer than {LONGEST_LINE // 2**20} MB; make it a corpus with a row for each article")
    name = Path(path.name.removesuffix(".gz"))
    try:
        return Entry(name.stem, content.decode("utf-8-sig"), None)
    except UnicodeDecodeError as error:
        raise InputError(f"is not UTF-8 (at byte {error.start}); save it as UTF-8") from error


def _parse_card(_: bytes, path: Path) -> Entry:
    source = read_source(path)
    return Entry(source.source_id, source.text, source.language, source.published, source.ref_area, chosen=True)


def _parse_broken(problem: str, path: Path) -> Entry:
    raise InputError(problem)


_PARSERS = {
    "line": _parse_line,
    "record": _parse_record,
    "text": _parse_text,
    "card": _parse_card,
    "broken": _parse_broken,
}


def _read_day(written: object) -> date | None:
    """Return the day of an ISO date or time, or of a table's own; an empty field is no day."""
    if written is None or written == "":
        return None
    if isinstance(written, date):
        return written.date() if isinstance(written, datetime) else written
    try:
        return datetime.fromisoformat(written).date()
    except (TypeError, ValueError) as error:
        raise InputError(
            f"field 'published': {_show(written)} is no day; write year, month and day, like 2023-11-01"
        ) from error


def _show(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def _print(row: dict) -> bytes:
    """Return ``row`` as a line of JSON; half a character (a lone surrogate), which UTF-8 cannot hold, is escaped."""
    try:
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row).encode() + b"\n"
