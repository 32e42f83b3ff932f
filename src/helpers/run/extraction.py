"""Read the numbers of any files, as rows for other programs."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from helpers.read.files import InputError, nearest, read_text
from helpers.read.observations import read_numbers, read_source, to_row
from helpers.read.places import load_places
from helpers.read.sources import known_languages
from helpers.read.sources import read_source as read_file


def extract_rows(
    files: Iterable[Path], raw: Path, *, language: str | None, every_number: bool = False
) -> Iterator[dict[str, object]]:
    """Yield the statistics of ``files`` in the order of the text, or every number with its role.

    Without ``language`` each file is a source with its card; with it, a plain text. Spans count characters of the text,
    places are those that ``raw`` knows. Raises InputError for a language without a lexicon and for a wrong card.
    """
    languages = known_languages()
    if language is not None and language not in languages:
        offer = nearest(language, languages) or f"; there are {', '.join(sorted(languages))}"
        raise InputError(f"--language: no lexicon for {language!r}{offer}")
    places = load_places(raw)
    for path in files:
        if language is None:
            numbers, observations = read_source(read_file(path), places)
        else:
            numbers, observations = read_numbers(read_text(path), language=language, source_id=path.stem, places=places)
        yield from map(asdict, numbers) if every_number else map(to_row, observations)
