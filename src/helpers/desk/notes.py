"""Make figure notes of an article: for every number the printed phrase that carries it, and no sentence whole.

What the phrases have to keep is tried, not guessed: notes are read back, and where a statistic comes out otherwise than
from the article, the sentence is cut anew with more of its words. What no cut keeps is told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import zip_longest

from helpers.read.folding import fold
from helpers.read.lexicon import load_lexicon
from helpers.read.observations import read_numbers
from helpers.read.places import Places
from helpers.read.sources import PHRASE_WORDS
from helpers.read.tagging import split_paragraphs, tag_sentences
from helpers.records import Number, Observation

# Words kept before and behind a number, the fewest first: what tells its meaning stands before it in some languages and
# behind it in others.
REACHES = ((3, 4), (5, 4), (3, 8), (8, 4), (6, 6), (8, 8), (11, 8), (8, 11), (11, 11))
OPENINGS = (0, 4, 8)  # words kept from the sentence's beginning, where its subject and its time stand
STEPS = (-4, -3, -2, -1, 1, 2, 3, 4)  # words by which a phrase's end is moved to see whether it then reads right
SENTENCES_BACK = 3  # so far back a sentence is cut anew for the sake of one that leans on it
LABEL_WORDS = 6  # a line as short as this may stay whole: a day, a heading
_CLAUSE_END = (",", ";", ":", "،", "؛", ")")

_PLACED = ("source_id", "start", "end", "occurrence", "quote", "quote_start")
_MEANING = tuple(column.name for column in fields(Observation) if column.name not in _PLACED)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is to be read: what the reader takes from a card besides the text."""

    language: str
    published: date | None
    ref_area: str | None
    places: Places

    def read(self, text: str) -> tuple[list[Number], list[Observation]]:
        """Return the numbers and statistics of ``text``."""
        return read_numbers(
            text,
            language=self.language,
            source_id="article",
            places=self.places,
            published=self.published,
            ref_area=self.ref_area,
        )


@dataclass(frozen=True, slots=True)
class Notes:
    """Figure notes, and how much of the article they hold.

    ``kept`` are the statistics that read the same in both. ``lost`` are those of the article that read otherwise in the
    notes or not at all, ``added`` those that only the notes seem to hold.
    """

    text: str
    kept: tuple[Observation, ...]
    lost: tuple[Observation, ...]
    added: tuple[Observation, ...]


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word and the numbers that reach into it."""

    start: int
    end: int
    text: str
    numbers: frozenset[int]


Sentence = tuple[Word, ...]
Lines = tuple[tuple[int, int], ...]  # of words: first, behind the last


def make_notes(text: str, reading: Reading) -> Notes:
    """Return the figure notes of the article ``text``.

    Every number is carried once, in the order of the article, in at most PHRASE_WORDS words; words of ours are none.
    Square brackets of the article become round ones, since notes keep the square ones for ours.
    """
    text = text.translate(str.maketrans("[]", "()"))
    numbers, statistics = reading.read(text)
    wanted = {seen.start: _meaning(seen) for seen in statistics}
    paragraphs = list(_cut(text, numbers, reading.language))
    chosen = {sentence: _lines(sentence, *REACHES[0], 0) for sentences in paragraphs for sentence in sentences}
    missed = _misread(paragraphs, chosen, wanted, reading)
    sentences = list(chosen)
    for place, sentence in enumerate(sentences):
        # The words that decide may stand in the sentence itself or in those before it.
        for tried in reversed(sentences[max(0, place - SENTENCES_BACK) : place + 1]):
            if missed.keys() & _starts(sentence):
                missed = _recut(tried, paragraphs, chosen, wanted, reading, missed)
    notes, places = _write(paragraphs, chosen)
    return Notes(
        notes,
        kept=tuple(seen for seen in statistics if seen.start not in missed),
        lost=tuple(seen for seen in statistics if seen.start in missed),
        added=tuple(seen for seen in reading.read(notes)[1] if places.get(seen.start) not in wanted),
    )


def _recut(sentence, paragraphs, chosen, wanted, reading, missed) -> Counter[int]:
    """Choose the shortest cut of ``sentence`` with which the least is misread; return what still is."""
    cuts = _cuts(sentence)
    while cuts:
        tried = {lines: _misread(paragraphs, chosen | {sentence: lines}, wanted, reading) for lines in cuts}
        best = min(cuts, key=lambda lines: tried[lines].total())
        if tried[best].total() >= missed.total():
            break
        chosen[sentence], missed = best, tried[best]
        cuts = _neighbours(sentence, best) if missed else []
    return missed


def _cuts(sentence: Sentence) -> list[Lines]:
    """Return the ways to cut a sentence, those with the fewest words first."""
    cuts = {_lines(sentence, *reach, opening) for reach in REACHES for opening in OPENINGS}
    whole = set(range(len(sentence)))
    cuts |= {_join(sentence, whole - {place}) for place, word in enumerate(sentence) if not word.numbers}
    return sorted(cuts, key=_length)


def _neighbours(sentence: Sentence, lines: Lines) -> list[Lines]:
    """Return the cuts that differ from one in where a single phrase begins or ends."""
    found = set()
    for place, (start, end) in enumerate(lines):
        for step in STEPS:
            for moved in ((start + step, end), (start, end + step)):
                changed = _settle(sentence, lines[:place], moved, lines[place + 1 :])
                if changed is not None:
                    found.add(changed)
    return sorted(found, key=_length)


def _settle(sentence: Sentence, before: Lines, moved: tuple[int, int], after: Lines) -> Lines | None:
    """Return the phrases with those beside the moved one giving way to it, or None where that cannot be."""
    start, end = moved
    if start < 0 or end > len(sentence):
        return None
    lines = (
        *((first, min(last, start)) for first, last in before),
        moved,
        *((max(first, end), last) for first, last in after),
    )
    lines = tuple((first, last) for first, last in lines if first < last)
    kept = {place for first, last in lines for place in range(first, last)}
    if any(last - first > PHRASE_WORDS for first, last in lines) or not _leaves_out(sentence, kept):
        return None
    carried = all(place in kept for place, word in enumerate(sentence) if word.numbers)
    torn = any(last < len(sentence) and sentence[last - 1].numbers & sentence[last].numbers for _, last in lines)
    return lines if carried and not torn else None


def _leaves_out(sentence: Sentence, kept: set[int]) -> bool:
    return len(kept) < len(sentence) or len(sentence) <= LABEL_WORDS


def _length(lines: Lines) -> tuple[int, Lines]:
    return sum(end - start for start, end in lines), lines


def _cut(text: str, numbers: Sequence[Number], language: str) -> Iterator[list[Sentence]]:
    """Yield the sentences of every paragraph that holds a number, each as its words."""
    lexicon, folded = load_lexicon(language), fold(text)
    for start, end in split_paragraphs(folded.text):
        sentences = []
        for tags in tag_sentences(folded, text, start, end, lexicon):
            first, last = folded.span(tags[0].start, tags[-1].end)
            sentences.append(tuple(_words(text, first, last, numbers)))
        if any(word.numbers for sentence in sentences for word in sentence):
            yield [sentence for sentence in sentences if sentence]


def _words(text: str, start: int, end: int, numbers: Sequence[Number]) -> Iterator[Word]:
    for match in re.finditer(r"\S+", text[start:end]):
        first, last = start + match.start(), start + match.end()
        inside = frozenset(number.start for number in numbers if number.start < last and first < number.end)
        yield Word(first, last, match[0], inside)


def _lines(sentence: Sentence, left: int, right: int, opening: int) -> Lines:
    """Return the phrases of a sentence that keep so many words around its numbers and so many of its beginning."""
    kept = set(range(min(opening, len(sentence))))
    for place, word in enumerate(sentence):
        if word.numbers:
            kept.update(range(max(0, place - left), min(len(sentence), place + right + 1)))
    if not _leaves_out(sentence, kept):
        kept -= _outer(sentence)
    return _join(sentence, kept)


def _join(sentence: Sentence, kept: set[int]) -> Lines:
    """Return the phrases that the kept words of a sentence make."""
    runs = []
    for place in sorted(kept):
        if runs and runs[-1][1] == place:
            runs[-1][1] = place + 1
        else:
            runs.append([place, place + 1])
    return tuple(line for start, end in runs for line in _split(sentence, start, end))


def _outer(sentence: Sentence) -> set[int]:
    """Return the word that a sentence can best do without: the last, the first, or any that carries no number."""
    order = (len(sentence) - 1, 0, *range(1, len(sentence) - 1))
    return set([place for place in order if not sentence[place].numbers][:1])


def _split(sentence: Sentence, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield lines of at most PHRASE_WORDS words, broken behind a clause where possible and never inside a number."""
    while end - start > PHRASE_WORDS:
        breaks = range(start + PHRASE_WORDS, start, -1)
        breaks = [place for place in breaks if not sentence[place - 1].numbers & sentence[place].numbers]
        ends = [place for place in breaks if sentence[place - 1].text.endswith(_CLAUSE_END)]
        stop = next(iter(ends or breaks), start + PHRASE_WORDS)
        yield start, stop
        start = stop
    yield start, end


def _write(paragraphs: list[list[Sentence]], chosen: dict[Sentence, Lines]) -> tuple[str, dict[int, int]]:
    """Return the notes, and for every number's place in the article its place in them."""
    written, length, places = [], 0, {}
    for sentences in paragraphs:
        for sentence in sentences:
            for number, (start, end) in enumerate(chosen[sentence]):
                line = "… " if number else "- "
                for place in range(start, end):
                    word = sentence[place]
                    line += " " if place > start else ""
                    for begins in word.numbers:
                        if word.start <= begins < word.end:
                            places[length + len(line) + begins - word.start] = begins
                    line += word.text
                written.append(line + "\n")
                length += len(written[-1])
        written.append("\n")
        length += 1
    return "".join(written).rstrip("\n") + "\n", places


def _misread(paragraphs, chosen, wanted, reading) -> Counter[int]:
    """Return how many fields of each statistic are read otherwise from the notes, by its place in the article.

    One that only the article or only the notes have is wrong in all its fields.
    """
    text, places = _write(paragraphs, chosen)
    found = {places.get(seen.start, -1 - seen.start): _meaning(seen) for seen in reading.read(text)[1]}
    nothing = (None,) * (len(_MEANING) + 1)
    misread = Counter()
    for start in wanted.keys() | found.keys():
        one, other = wanted.get(start, nothing), found.get(start, nothing)
        if one != other:
            misread[start] = sum(field != same for field, same in zip_longest(one, other))
    return misread


def _starts(sentence: Sentence) -> set[int]:
    return {number for word in sentence for number in word.numbers}


def _meaning(seen: Observation) -> tuple[object, ...]:
    return tuple(" ".join(seen.text.split()) if name == "text" else getattr(seen, name) for name in _MEANING)
