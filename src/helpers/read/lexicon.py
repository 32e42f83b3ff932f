"""Read what the words of one language mean: concepts first, the spellings under them, one YAML file per language.

Every file has the same keys, so a language is added by adding a file. What CLDR knows (separators, names of
months, words for thousand and million) comes from Babel; the file completes it. Nothing here knows a sentence.
"""

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import yaml
from babel import Locale

from helpers.read.files import InputError, read_text
from helpers.read.folding import fold
from helpers.read.words import search_for, split_words
from helpers.records import SECTORS

LEXICONS = Path(__file__).parents[1] / "lexicons"

# Every concept that a file may spell. A section whose keys are numbers is written as None.
SCHEMA: dict[str, tuple[str, ...] | None] = {
    "numerals": None,  # number words and their values
    "ordinals": None,  # third; used in dates only
    "multipliers": None,  # ten, hundred: multiply the word before them
    "magnitudes": None,  # thousand, million, lakh: multiply all that stands before them
    "numeral": ("teen", "percent", "VND", "USD", "range", "five_or_year"),
    "qualifier_before": (">", ">=", "<", "<=", "~"),  # "<" is nearly, "<=" under or at most
    "qualifier_after": (">", ">=", "<", "<=", "~"),
    "qualifier_verb": (">", ">=", "<", "<=", "~"),  # may stand apart from its number: "exceeds", before the subject
    "months": None,
    "time": (
        "year", "month", "quarter", "half", "day", "end", "late", "first", "decade",
        "this_year", "last_year", "next_year", "now", "elapsed", "on", "since",
        "year_before",
        "until", "that_year",
    ),
    "reference": ("law", "number", "ordinal", "rank", "star"),
    "organisation": (
        "group", "coop", "one_coop", "union", "fund", "alliance", "support_fund", "member_coop", "unit", "whole",
    ),
    "dual": ("group", "coop", "union", "fund"),
    "person": ("members", "workers", "participants", "people", "households", "other"),
    "measure": (
        "revenue", "profit", "income", "charter_capital", "working_capital", "capital",
        "loans_disbursed", "loans_outstanding", "loans_undisbursed", "budget", "foreign",
    ),
    "thing": ("project", "policy", "course", "product", "ocop_product", "times", "foreign"),
    "event": ("established", "new", "dissolved", "suspended", "converted", "joined"),
    "sector": SECTORS,
    "subset": (
        "operating", "registered", "new-style", "effective", "high-tech", "value-chain", "ocop", "certified",
        "union-members", "awaiting-dissolution", "awarded", "supported", "consulted", "women-managed", "borrowing",
        "rated",
    ),
    "cue": (
        "and", "with", "average", "each", "one_each", "total", "together", "up", "down", "up_to", "compared", "target",
        "forward", "share", "plan", "of_them", "including", "rest", "relative", "there", "sum", "field", "speaker",
        "while", "article", "movement", "more_than", "awaiting", "granted", "goal", "out_of",
        "result", "works", "trains", "but", "except", "excepted", "ours", "coop_sector",
    ),
    "area": ("country", "province", "district", "whole", "former"),
    "word": ("link", "abbreviation", "of", "subject", "only"),
}  # fmt: skip
_SETTINGS = ("language", "name", "modifiers", "names", "article", "prefixes", "suffixes", "roots")
_SIDES = ("before", "after")
_UNSEEN = "\u00a0\u00ad\u0640\u200b\u200c\u200d\u202f\u2060\ufeff"  # they stand inside or between words
_SHORTEST_STEM = 3  # letters that a word keeps when an ending is taken off

_DIGIT = re.compile("[0-9]")  # folding leaves no others


class LexiconError(InputError):
    """A lexicon file says something that the reader cannot use; names the file, the key and what to do."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What a spelling means: a section of the lexicon and a key in it (a number where the keys are numbers)."""

    kind: str
    code: str | Decimal | tuple[str, str, str]


Spellings = dict[str | None, "Spellings | tuple[str, Concept]"]


class Word(NamedTuple):
    """What a printed word is by itself; ``opens`` says that only the words behind it can tell, as of a longer spelling.

    ``base`` is the word as the lexicon spells it, ``prefix`` what was taken off it, ``cased`` whether its first letter
    has a capital.
    """

    kind: str
    code: object
    base: str
    prefix: str
    cased: bool
    opens: bool


@dataclass(frozen=True)
class Lexicon:
    """The words of one language, ready to be looked up; made by ``load_lexicon``.

    ``entries`` leads from the first word of a spelling to its readings, the longest first. ``modifiers`` is the side
    of a noun on which its adjectives stand, ``names`` the side of "cooperative" on which the name of one stands,
    ``article`` a prefix that changes no meaning (Arabic al-). ``roots`` finds a text that speaks of cooperatives at
    all; a text without one is passed over.
    """

    language: str
    name: str
    decimal: str
    group: str
    modifiers: str
    names: str
    article: str
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    roots: tuple[str, ...]
    entries: dict[str, tuple[tuple[tuple[str, ...], Concept], ...]]

    @functools.cached_property
    def cased(self) -> bool:
        """Whether the script has capitals, so that a name can be told by its first letter."""
        return sum(word.upper() != word for word in self.entries) * 2 > len(self.entries)

    @functools.cached_property
    def verb_last(self) -> bool:
        """Whether a sentence ends on its verb, as where words behind a noun say that it is the subject (Hindi)."""
        said = (concept for spellings in self.entries.values() for _, concept in spellings)
        return any((concept.kind, concept.code) == ("word", "subject") for concept in said)

    @functools.cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that stands in some spelling."""
        return frozenset(word for readings in self.entries.values() for words, _ in readings for word in words)

    @functools.cached_property
    def hiding_signs(self) -> tuple[str, ...]:
        """What may keep a root from being seen: its own marks printed apart from their letters, and unseen signs."""
        letters = "".join(self.roots)
        apart = set(unicodedata.normalize("NFD", letters)) - set(letters)
        return (*_UNSEEN, *sorted(filter(unicodedata.combining, apart)))

    @functools.cached_property
    def root_words(self) -> tuple[str, ...]:
        """The roots as they stand in a spelling, whose words are apart."""
        return tuple(root.replace("-", " ") for root in self.roots)

    def holds_number(self, text: str, start: int, end: int) -> bool:
        """Whether a digit or a number word above one stands in that part of a folded text: else nothing is counted."""
        return bool(_DIGIT.search(text, start, end) or self._number_word.search(text, start, end))

    @functools.cached_property
    def _number_word(self) -> re.Pattern[str]:
        words = [
            " ".join(words)
            for readings in self.entries.values()
            for words, concept in readings
            if concept.kind == "dual" or (concept.kind == "numerals" and concept.code != 1)
        ]
        return search_for(words, self.prefixes)

    @functools.cached_property
    def joining_prefixes(self) -> frozenset[str]:
        """The prefixes that begin with the word "and"."""
        joining = [
            first
            for first, readings in self.entries.items()
            for words, c in readings
            if words == (first,) and c.code == "and"
        ]
        return frozenset(prefix for prefix in self.prefixes if prefix.startswith(tuple(joining)))

    @functools.cached_property
    def spellings(self) -> Spellings:
        """Every spelling as a path of its words; at its end stand the words together and their concept, under None."""
        root: Spellings = {}
        for readings in self.entries.values():
            for words, concept in readings:
                node = root
                for word in words:
                    node = node.setdefault(word, {})
                node[None] = " ".join(words), concept
        return root

    @functools.cached_property
    def numbered(self) -> frozenset[str]:
        """The spellings that hold a digit: "m2", "H1", "on average 1"."""
        spellings = (" ".join(words) for readings in self.entries.values() for words, _ in readings)
        return frozenset(filter(_DIGIT.search, spellings))

    @functools.cached_property
    def read_word(self) -> Callable[[str], Word]:
        """A function that returns what a folded word is by itself.

        A prefix that stands alone, as Arabic ل before a numeral, is a link; words that nothing spells are unknown.
        """

        @functools.lru_cache(maxsize=65536)
        def read(word: str) -> Word:
            cased = word[0].lower() != word[0].upper()
            if word in self.prefixes and word not in self.vocabulary:
                return Word("word", "link", word, "", cased, False)
            base, prefix = self.base(word)
            spellings = self.spellings.get(base)
            if spellings is None:
                stem, inner = self.stem(base)
                return Word("unknown", "", base, prefix, cased, bool(inner) and stem in self.spellings)
            if spellings.keys() == {None}:
                _, concept = spellings[None]
                return Word(concept.kind, concept.code, base, prefix, cased, False)
            return Word("unknown", "", base, prefix, cased, True)

        return read

    def base(self, word: str) -> tuple[str, str]:
        """Return a folded word as the lexicon spells it and the prefix taken off it."""
        return (word, "") if word in self.vocabulary else self.stem(word)

    @functools.cached_property
    def stem(self) -> Callable[[str], tuple[str, str]]:
        """A function like ``base`` that takes affixes off also where the whole word stands in some longer spelling."""
        vocabulary, prefixes, suffixes, article = self.vocabulary, self.prefixes, self.suffixes, self.article

        @functools.lru_cache(maxsize=65536)
        def find_stem(word: str) -> tuple[str, str]:
            if article and word.startswith(article) and word[len(article) :] in vocabulary:
                return word[len(article) :], article
            for prefix in ("", *prefixes):
                if not word.startswith(prefix):
                    continue
                rest = word[len(prefix) :]
                if prefix and len(rest) > 1 and rest in vocabulary:  # Arabic فو is a name, not "so" and "and"
                    return rest, prefix
                for suffix in suffixes:
                    stem = rest.removesuffix(suffix)
                    if stem != rest and len(stem) >= _SHORTEST_STEM and stem in vocabulary:
                        return stem, prefix
            return word, ""

        return find_stem


def add_places(lexicon: Lexicon, places: Iterable[tuple[str, str, str, str]]) -> Lexicon:
    """Return ``lexicon`` with the names of places added; a word that the lexicon spells keeps its meaning.

    ``places`` yields (spelling, kind, code, name); of several places with one name the first is meant. A place's
    concept has the code (kind, code, name).
    """
    entries = dict(lexicon.entries)
    known = {words for readings in entries.values() for words, _ in readings}
    for spelling, kind, code, name in places:
        for words in {split_words(spelling): None, _split_parts(spelling): None}:
            if words and words not in known:
                known.add(words)
                entries[words[0]] = (*entries.get(words[0], ()), (words, Concept("place", (kind, code, name))))
    return replace(
        lexicon, entries={first: tuple(sorted(readings, key=_longest_first)) for first, readings in entries.items()}
    )


def _split_parts(name: str) -> tuple[str, ...]:
    """Return the folded words of a name with the dash between its parts, as texts have it in "Ba Ria - Vung Tau"."""
    first, *others = name.split(" - ")
    return (*split_words(first), *(word for part in others for word in ("-", *split_words(part))))


def _longest_first(reading: tuple[tuple[str, ...], Concept]) -> tuple[int, tuple[str, ...]]:
    return -len(reading[0]), reading[0]


@functools.cache
def load_lexicon(language: str, folder: Path = LEXICONS) -> Lexicon:
    """Return the lexicon of ``language``, read from ``folder/<language>.yaml`` and completed from CLDR.

    Raises LexiconError for a missing file, a missing or unknown key (with the nearest known one), a spelling without
    words, and a spelling that would mean two things.

    >>> lexicon = load_lexicon("id")
    >>> lexicon.decimal, lexicon.group
    (',', '.')
    >>> lexicon.base("koperasinya")
    ('koperasi', '')
    """
    path = folder / f"{language}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
        raise LexiconError(f"no lexicon for {language!r}: add {path.name} to {folder} (there are {known})")
    try:
        content = yaml.load(read_text(path), yaml.CSafeLoader)
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise LexiconError(f"{path.name}: is no YAML ({reason}); mend the line it names") from error
    _check_keys(content, path)
    locale = Locale.parse(content["language"])
    spellings: dict[tuple[str, ...], Concept] = {}
    clashes = []
    for concept, spelling in (*_spellings(content), *_from_cldr(locale)):
        words = split_words(spelling)
        if not words:
            raise LexiconError(f"{path.name}: {concept.kind}: {concept.code}: {spelling!r} holds no word; remove it")
        meant = spellings.setdefault(words, concept)
        if meant != concept:
            clashes.append(f"{spelling!r} ({meant.kind}: {meant.code}; {concept.kind}: {concept.code})")
    if clashes:
        raise LexiconError(
            f"{path.name}: spellings that stand under two concepts, keep each in one place: {', '.join(clashes)}"
        )
    if article := fold(content["article"]).text:
        spellings = _without_articles(spellings, article)
    entries: dict[str, list[tuple[tuple[str, ...], Concept]]] = {}
    for reading in sorted(spellings.items(), key=_longest_first):
        entries.setdefault(reading[0][0], []).append(reading)
    symbols = locale.number_symbols["latn"]
    return Lexicon(
        language=content["language"],
        name=content["name"],
        decimal=symbols["decimal"],
        group=symbols["group"],
        modifiers=content["modifiers"],
        names=content["names"],
        article=article,
        prefixes=tuple(sorted((fold(prefix).text for prefix in content["prefixes"]), key=len, reverse=True)),
        suffixes=tuple(sorted((fold(suffix).text for suffix in content["suffixes"]), key=len, reverse=True)),
        roots=tuple(root.lower() for root in content["roots"]),
        entries={first: tuple(readings) for first, readings in entries.items()},
    )


def _check_keys(content: object, path: Path) -> None:
    if not isinstance(content, dict):
        raise LexiconError(f"{path.name}: not a mapping of sections; begin with 'language: ...'")
    _check_known(content, (*_SETTINGS, *SCHEMA), path.name)
    for setting in ("modifiers", "names"):
        if content[setting] not in _SIDES:
            raise LexiconError(f"{path.name}: {setting}: {content[setting]!r} is none of {', '.join(_SIDES)}")
    for section, keys in SCHEMA.items():
        if keys is not None:
            _check_known(content[section], keys, f"{path.name}: {section}")


def _check_known(found: dict, known: tuple[str, ...], place: str) -> None:
    for key in found:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            mend = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            raise LexiconError(f"{place}: unknown key {key!r}; {mend}")
    missing = [key for key in known if key not in found]
    if missing:
        raise LexiconError(
            f"{place}: missing {', '.join(missing)}; add them, with an empty list where there is no word"
        )


def _without_articles(spellings: dict[tuple[str, ...], Concept], article: str) -> dict[tuple[str, ...], Concept]:
    """Take the article off each word that is also spelled without it, so that "the" never hides a known word.

    A spelling keeps its article where only the article tells it from another.
    """
    words = {word for spelling in spellings for word in spelling}

    def bare(word: str) -> str:
        rest = word[len(article) :]
        if not word.startswith(article) or rest not in words:
            return word
        told_apart = (word,) in spellings and spellings.get((rest,), spellings[word,]) != spellings[word,]
        return word if told_apart else rest

    bared = {spelling: tuple(bare(word) for word in spelling) for spelling in spellings}
    return {
        spelling if spellings.get(bared[spelling], concept) != concept else bared[spelling]: concept
        for spelling, concept in spellings.items()
    }


def _spellings(content: dict) -> Iterator[tuple[Concept, str]]:
    for section, keys in SCHEMA.items():
        for key, spellings in content[section].items():
            code = Decimal(key) if keys is None else key
            for spelling in spellings:
                if not isinstance(spelling, str):  # YAML takes a bare on, no or 5 for something else than a word
                    raise LexiconError(
                        f"{content['language']}: {section}: {key}: {spelling!r} is no text; put it in quotes"
                    )
                yield Concept(section, code), spelling


def _from_cldr(locale: Locale) -> Iterator[tuple[Concept, str]]:
    for plural in locale.compact_decimal_formats["long"].values():
        for power, pattern in plural.items():
            word = re.sub(r"[0\s\u200f.']", "", pattern.pattern)
            zeros = pattern.pattern.count("0")
            if word and zeros:
                yield (
                    Concept("magnitudes", Decimal(int(power) // 10 ** (zeros - 1))),
                    re.sub(r"[0'\u200f]", "", pattern.pattern),
                )
    for context in ("format", "stand-alone"):
        for number, name in locale.months[context]["wide"].items():
            if not re.search(r"\d", name):  # "tháng 1" is read as a word for month and a number
                yield Concept("months", Decimal(number)), name
