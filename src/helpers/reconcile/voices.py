"""Which sources are one text: translations and reprints repeat an article and add no voice of their own.

Numerals survive translation, so they are what is compared; file names, titles and languages are not looked at.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from helpers.reconcile.bounds import significant_digits
from helpers.records import Number, Source

# These are printed by every article on the subject (the resolution, the law, the year) and tell no two apart.
_COMMON_ROLES = frozenset({"date", "legal_reference", "ordinal"})

# Measured on the five source articles: the two translations of one article reach 0.90, articles on one report 0.55,
# others 0.2 at most. A copy cut down to 54 % of the original still reaches this.
COPY_LIKENESS = 0.7
# Fewer equal numbers than this are found in articles that have nothing else in common.
FEWEST_SHARED = 5


def group_texts(sources: Iterable[Source], numbers: Iterable[Number]) -> dict[str, str]:
    """Return the text that each source is a version of, named after the first of its versions by source_id.

    Copies of a copy are copies of the original.
    """
    found: dict[str, list[Number]] = {source_id: [] for source_id in sorted(s.source_id for s in sources)}
    for number in numbers:
        found[number.source_id].append(number)
    numerals = {source_id: count_numerals(printed) for source_id, printed in found.items()}
    text_of = {source_id: source_id for source_id in numerals}
    for one, other in combinations(text_of, 2):
        if are_copies(numerals[one], numerals[other]):
            kept, merged = sorted((text_of[one], text_of[other]))
            text_of = {source_id: kept if text == merged else text for source_id, text in text_of.items()}
    return text_of


def count_numerals(numbers: Iterable[Number]) -> Counter[str]:
    """Return how often each numeral of one source is printed, without those that every article on the subject has."""
    digits = (significant_digits(number.text) for number in numbers if number.role not in _COMMON_ROLES)
    return Counter(significant for significant in digits if significant)


def are_copies(one: Counter[str], other: Counter[str]) -> bool:
    """Return whether two articles with these numerals are versions of one text.

    The likeness is Dice's: twice the shared numerals over all numerals of both, each as often as it is printed.
    Order is left out because translations move clauses about.

    >>> are_copies(Counter("12345678"), Counter("8123567")), are_copies(Counter("1234"), Counter("1234"))
    (True, False)
    """
    shared = (one & other).total()
    return shared >= FEWEST_SHARED and 2 * shared >= COPY_LIKENESS * (one.total() + other.total())
