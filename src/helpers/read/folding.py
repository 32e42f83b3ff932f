"""Fold a text so that spellings of one word become one, and lead every folded character back to its place in the text.

Knows nothing about meaning. Case, Arabic letter variants and vowel signs, the Devanagari nukta, digit systems,
combining marks and invisible characters are folded; words are never reordered, replaced or translated.
"""

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

_ALIKE = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك",  # Arabic: hamza seats, final letters
    "ँ": "ं",  # Devanagari: both nasal signs are written for either
    "’": "'", "ʼ": "'", "‘": "'", "`": "'",
    "–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-", "‒": "-", "―": "-",
    "٫": ".", "٬": ",", "٪": "%", "％": "%", "،": ",", "؛": ";", "，": ",", "；": ";", "：": ":",
    "（": "(", "）": ")", "。": ".",
}  # fmt: skip
_NUKTA_AND_TATWEEL = {"\u093c", "\u0640"}
_GONE = "\u00ad"  # what every dropped character becomes before it is dropped; itself one of them


def _is_dropped(char: str) -> bool:
    arabic_sign = "\u064b" <= char <= "\u065f" or char == "\u0670"
    return char in _NUKTA_AND_TATWEEL or arabic_sign or unicodedata.category(char) == "Cf"


class _FoldTable(dict):
    """What each character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if _is_dropped(char):
            folded = _GONE
        elif char in _ALIKE:
            folded = _ALIKE[char]
        elif unicodedata.category(char) == "Nd":
            folded = str(unicodedata.decimal(char))
        else:
            lower = char.lower()
            folded = lower if len(lower) == 1 else char
        self[code] = folded
        return folded


_TABLE = _FoldTable()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; ``gaps`` holds, in order, where in ``text`` each character is missing that was printed."""

    text: str
    gaps: Sequence[int]
    printed: str

    def origin(self, place: int) -> int:
        """Return where the character at ``place`` of ``text`` stood before folding."""
        return place + bisect_right(self.gaps, place) if self.gaps else place

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stood before folding.

        Invisible characters inside it and the marks on its last letter are included.
        """
        if not self.gaps:
            return start, end
        if start == end:
            return self.origin(start), self.origin(start)
        stop = self.origin(end - 1) + 1
        while stop < len(self.printed) and unicodedata.combining(self.printed[stop]):
            stop += 1
        return self.origin(start), stop


def fold(text: str) -> Folded:
    """Return ``text`` folded, with the way back.

    >>> fold("Hợp tác xã").text
    'hợp tác xã'
    >>> fold("١٬٢٣٤ عضوًا").text
    '1,234 عضوا'
    >>> folded = fold("1\u200b2 हज़ार")     # an invisible character inside the numeral
    >>> folded.text[:2], folded.span(0, 2)
    ('12', (0, 3))
    """
    marked = text.translate(_TABLE) if unicodedata.is_normalized("NFC", text) else "".join(_fold_letters(text))
    pieces = marked.split(_GONE)
    return Folded("".join(pieces), array("I", accumulate(map(len, pieces[:-1]))), text)


def _fold_letters(text: str) -> Iterator[str]:
    """Yield each letter of a text whose letters and marks are apart, folded as one and padded to what was printed."""
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]) and end - start < _MOST_MARKS:
            continue
        piece = text[start:end]
        folded = unicodedata.normalize("NFC", piece).translate(_TABLE).replace(_GONE, "")
        yield (folded if len(folded) <= len(piece) else piece.translate(_TABLE)).ljust(len(piece), _GONE)
        start = end


_MOST_MARKS = 32  # letters carry two or three; a longer run is noise and must not make normalising quadratic
