"""Show words where they stand: a source with every number coloured by its role, a claim in its sentence.

Colour never stands alone: each role has its own underline, and a table repeats in words what the colours say. Nothing
here runs in the reader's browser but HTML and CSS.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from helpers.brief.fragments import Html, render
from helpers.brief.wording import direction
from helpers.desk.told import tell_meaning
from helpers.read.files import InputError, nearest
from helpers.read.observations import read_source
from helpers.read.places import Places
from helpers.read.sources import find_source_files
from helpers.read.sources import read_source as read_file
from helpers.records import ROLES, Number, Observation, Source

MEANINGS = {
    "statistic": "a figure of the cooperatives of an area",
    "date": "a day, a year, a stretch of time",
    "legal_reference": "the number of a law, a plan, a decision",
    "ordinal": "a place in an order, a rank",
    "own_figure": "a figure of one named cooperative",
    "other_quantity": "a quantity of something else",
    "unresolved": "not understood; waits for a person",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a source as the page lists it."""

    place: int
    printed: str
    role: str
    meaning: str


def find_source(name: str, raw: Path) -> Source:
    """Return the source called ``name``: a source_id, or the file of one, also of a full text in ``private``.

    Raises InputError for a name that no source has, with the nearest that one has.
    """
    files = find_source_files(raw)
    path = files.get(name) or (Path(name) if name.endswith(".md") else None)
    if path is None:
        offer = nearest(name, files) or "; they are the files of data/raw/sources"
        raise InputError(f"no source is called {name!r}{offer}")
    return read_file(path)


def show_source(source: Source, places: Places) -> Html:
    """Return the text of ``source`` with every number coloured by its role, a legend, and a table of the numbers."""
    numbers, observations = read_source(source, places)
    statistics = {seen.start: seen for seen in observations}
    counts = Counter(number.role for number in numbers)
    return render(
        "source",
        language=source.language,
        direction=direction(source.language),
        legend=[(role, MEANINGS[role], counts[role]) for role in ROLES],
        paragraphs=list(_paragraphs(source.text, numbers)),
        rows=[
            Row(place, number.text, number.role, _meaning(statistics.get(number.start)))
            for place, number in enumerate(numbers, start=1)
        ],
    )


def render_view(source: Source, places: Places) -> str:
    """Return the page that shows ``source``: self-contained, without script, in the direction of its language."""
    return str(render("view", source=source, body=show_source(source, places)))


def show_claim(seen: Observation, text: str, language: str) -> Html:
    """Return the printed words of a claim with its number marked, between the words before and behind them."""
    end = seen.quote_start + len(seen.quote)
    start_of_line = text.rfind("\n", 0, seen.quote_start) + 1
    end_of_line = text.find("\n", end)
    line = (start_of_line, len(text) if end_of_line < 0 else end_of_line)
    return render(
        "claim",
        language=language,
        direction=direction(language),
        before=text[line[0] : seen.quote_start],
        quote=Markup("{}<mark class='statistic'>{}</mark>{}").format(
            text[seen.quote_start : seen.start], text[seen.start : seen.end], text[seen.end : end]
        ),
        behind=text[end : line[1]],
    )


def _paragraphs(text: str, numbers: Sequence[Number]) -> Iterator[Markup]:
    """Yield the lines of ``text``, empty ones left out, with their numbers marked and linked to the table."""
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        inside = [(place, n) for place, n in enumerate(numbers, start=1) if start <= n.start < end]
        if line.strip():
            yield Markup().join(_pieces(text, start, end, inside))
        start = end


def _pieces(text: str, start: int, end: int, numbers: Iterable[tuple[int, Number]]) -> Iterator[Markup]:
    for place, number in numbers:
        yield Markup.escape(text[start : number.start])
        yield Markup('<mark class="{}"><a href="#number-{}">{}</a></mark>').format(
            number.role, place, text[number.start : number.end]
        )
        start = number.end
    yield Markup.escape(text[start:end].rstrip("\n"))


def _meaning(seen: Observation | None) -> str:
    return tell_meaning(seen) if seen else ""
