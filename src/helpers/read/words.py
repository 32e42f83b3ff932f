"""Tell what a word is in a folded text, and search for many words at once. Knows no language and no meaning."""

import itertools
import re
from collections.abc import Iterable, Iterator
from operator import itemgetter

from helpers.read.folding import fold

_LETTER = r"[^\W\d_]"
_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
_WORD = rf"(?:{_LETTER}+|[{_MARKS}]+{_LETTER}*)(?:[{_MARKS}]+{_LETTER}*)*"  # any run of both, read in long steps
TOKEN = re.compile(
    rf"(?P<word>{_WORD}(?:'{_LETTER}+)?)"
    r"|(?P<number>\d+(?:[.,'\u00a0\u202f]\d+)*)"
    r"|(?P<mark>[^\s\w]|_)"
)


def split_words(text: str) -> tuple[str, ...]:
    """Return the folded words of a spelling; a hyphen or space between words is the same.

    >>> split_words("Non-pertanian")
    ('non', 'pertanian')
    >>> split_words("/")
    ('/',)
    """
    folded = fold(text).text
    return tuple(token.group() for token in TOKEN.finditer(folded) if token.group() != "-" or folded == "-")


def search_for(spellings: Iterable[str], prefixes: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of these folded spellings as whole words, each with or without one of the prefixes.

    Spellings are grouped by their first letter, so that ``re`` passes by most places of a text at the sight of one
    character, twice as fast as with a plain list of them.

    >>> pattern = search_for(["two", "twenty five"], ["and"])
    >>> [bool(pattern.search(text)) for text in ("andtwo", "twenty  five", "twofold", "network")]
    [True, True, False, False]
    """
    words = sorted(set(spellings))
    prefixed = "|".join(_by_first_letter(words))
    forms = [*_by_first_letter(words, opening=True)]
    forms += [f"{prefix}(?:{prefixed})" for prefix in _by_first_letter(sorted(prefixes), opening=True) if words]
    return re.compile(rf"(?:{'|'.join(forms) or '(?!)'})(?!{_LETTER})")


def _by_first_letter(spellings: list[str], *, opening: bool = False) -> Iterator[str]:
    """Yield a pattern for each first letter; an ``opening`` one stands behind no other letter."""
    for first, group in itertools.groupby(spellings, key=itemgetter(0)):
        rests = "|".join(re.escape(spelling[1:]).replace("\\ ", r"\s+") for spelling in group)
        yield f"{first}(?<!{_LETTER}{first})(?:{rests})" if opening else f"{first}(?:{rests})"
