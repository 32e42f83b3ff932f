"""Tell the language of a text, offline: from its script, and from its letters where several languages share a script.

Only languages that have a lexicon are told apart: a text in any other comes out as the nearest of those in its script,
and as none where no lexicon is written in its script.
"""

import functools
import unicodedata
from collections import Counter
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from helpers.read.lexicon import LEXICONS, load_lexicon

FEWEST_LETTERS = 12  # shorter ones are most often names; every line of the annotated articles has more
SAMPLE = 500  # characters; the beginnings and all single lines of the annotated articles came out right


def detect_language(text: str, folder: Path = LEXICONS) -> str | None:
    """Return the language of ``text``, one of those with a lexicon in ``folder``, or None if it cannot be told.

    The beginning of the text decides. None where it has fewer than FEWEST_LETTERS letters of the script that most of
    its letters belong to, where no lexicon is written in that script, and where several are and py3langid knows none.

    >>> detect_language("Tỉnh có 341 hợp tác xã đang hoạt động.")
    'vi'
    >>> detect_language("तीन सौ इकतालीस सहकारी समितियाँ")
    'hi'
    >>> [detect_language(text) for text in ("341", "HTX Hoa Lư", "합작사는 삼백마흔한 개입니다 합작사")]
    [None, None, None]
    """
    counts = Counter()
    for char, count in Counter(text[:SAMPLE]).items():
        counts[_script(char)] += count
    del counts[""]
    if not counts:
        return None
    script, letters = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    languages = _languages(folder).get(script, ())
    if letters < FEWEST_LETTERS or not languages:
        return None
    if len(languages) == 1:
        return languages[0]
    identifier = _identifier(languages)
    return identifier.classify(text[:SAMPLE])[0] if identifier else None


@functools.lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """Return the first word of a letter's name, which is its script: LATIN, ARABIC, DEVANAGARI."""
    return unicodedata.name(char, "").partition(" ")[0] if char.isalpha() else ""


@functools.cache
def _languages(folder: Path) -> dict[str, tuple[str, ...]]:
    """Return the languages of each script, by the script that most words of their lexicons are written in."""
    found: dict[str, list[str]] = {}
    for language in sorted(path.stem for path in folder.glob("*.yaml")):
        words = "".join(load_lexicon(language, folder).entries)
        scripts = Counter(script for script in map(_script, words) if script)
        found.setdefault(max(sorted(scripts), key=scripts.__getitem__), []).append(language)
    return {script: tuple(languages) for script, languages in found.items()}


@functools.cache
def _identifier(languages: tuple[str, ...]) -> LanguageIdentifier | None:
    """Return py3langid restricted to ``languages``, so far as it knows them."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = [language for language in languages if language in identifier.labels]
    if not known:
        return None
    identifier.set_languages(known)
    return identifier
