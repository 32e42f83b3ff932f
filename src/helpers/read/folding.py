"""Fold a text so that spellings of one word become one, and lead every folded character back to its place in the text.

Knows nothing about meaning. Case, Arabic letter variants and vowel signs, the Devanagari nukta, digit systems,
combining marks and invisible characters are folded; words are never reordered, replaced or translated.
"""

import unicodedata
from dataclasses import dataclass

_ALIKE = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ک": "ك",  # Arabic: hamza seats, final letters
    "ँ": "ं",  # Devanagari: both nasal signs are written for either
    "’": "'", "ʼ": "'", "‘": "'", "`": "'",
    "–": "-", "—": "-", "‑": "-", "−": "-", "‐": "-", "‒": "-", "―": "-",
    "٫": ".", "٬": ",", "٪": "%", "％": "%", "،": ",", "؛": ";", "，": ",", "；": ";", "：": ":",
    "（": "(", "）": ")", "。": ".",
}  # fmt: skip
_NUKTA_AND_TATWEEL = {"\u093c", "\u0640"}


def _is_dropped(char: str) -> bool:
    arabic_sign = "\u064b" <= char <= "\u065f" or char == "\u0670"
    return char in _NUKTA_AND_TATWEEL or arabic_sign or unicodedata.category(char) == "Cf"


class _FoldTable(dict):
    """What each character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if _is_dropped(char):
            folded = ""
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
    """A folded text; ``origins`` gives the place of each folded character, or None where nothing moved."""

    text: str
    origins: tuple[int, ...] | None
    printed: str

    @property
    def length(self) -> int:
        return len(self.printed)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stood before folding.

        Invisible characters inside it and the marks on its last letter are included.
        """
        if self.origins is None:
            return start, end
        if start == end:
            return (
                (self.origins[start], self.origins[start]) if start < len(self.origins) else (self.length, self.length)
            )
        stop = self.origins[end - 1] + 1
        while stop < self.length and unicodedata.combining(self.printed[stop]):
            stop += 1
        return self.origins[start], stop


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
    if not unicodedata.is_normalized("NFC", text):
        return _fold_combined(text)
    folded = text.translate(_TABLE)
    if len(folded) == len(text):
        return Folded(folded, None, text)
    return Folded(folded, tuple(place for place, char in enumerate(text) if _TABLE[ord(char)]), text)


def _fold_combined(text: str) -> Folded:
    """Fold a text whose letters and marks are apart, one letter with its marks at a time."""
    folded: list[str] = []
    origins: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]) and end - start < _MOST_MARKS:
            continue
        piece = unicodedata.normalize("NFC", text[start:end]).translate(_TABLE)
        folded.append(piece)
        origins.extend(range(start, start + len(piece)) if len(piece) <= end - start else [start] * len(piece))
        start = end
    return Folded("".join(folded), tuple(origins), text)


_MOST_MARKS = 32  # letters carry two or three; a longer run is noise and must not make normalising quadratic
