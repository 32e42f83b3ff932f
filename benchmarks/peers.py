"""Find numbers with other people's libraries: run by extraction.py inside an environment of their own (.venv-bench).

Reads texts as JSON from standard input and writes what each tool finds, and how long it takes, to standard output.
Parsers of one phrase are led to every run of digits by one regular expression.
"""

import json
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal

warnings.simplefilter("ignore")  # the peers' own, about their age

from babel import Locale  # noqa: E402
from babel.numbers import NumberFormatError, parse_decimal  # noqa: E402
from number_parser import parse_number  # noqa: E402
from price_parser import Price  # noqa: E402
from quantulum3 import parser as quantulum3  # noqa: E402
from recognizers_number import recognize_number  # noqa: E402

PASSES = 3  # the fastest counts: the machine may have other work

Found = Iterator[tuple[int, int, float]]

DIGITS = re.compile(r"\d+(?:[.,٫٬]\d+)*")
WORD = re.compile(r"\s?([^\W\d_]+)")
# Recognizers-Text knows none of the other four: of its cultures, one with their separators.
CULTURES = {"en": "en-us", "hi": "en-us", "ar": "en-us", "id": "es-es", "vi": "es-es"}


def find_with_quantulum3(text: str, language: str) -> Found:
    for quantity in quantulum3.parse(text):
        yield *quantity.span, quantity.value


def find_with_recognizers(text: str, language: str) -> Found:
    culture = CULTURES[language]
    for found in recognize_number(text, culture):
        value = (found.resolution or {}).get("value")
        if value:
            yield found.start, found.end + 1, float(value.replace(",", ".") if culture == "es-es" else value)


def find_with_number_parser(text: str, language: str) -> Found:
    """Join words that each are a number, as the library's own reader of whole texts does, but keep their place."""
    run: list[re.Match] = []
    for word in [*re.finditer(r"\S+", text), None]:
        if word and parse_number(word[0], language=language) is not None:
            run.append(word)
        elif run:
            start, end = run[0].start(), run[-1].end()
            value = parse_number(text[start:end], language=language)
            if value is not None:
                yield start, end, value
            run = []


def find_with_price_parser(text: str, language: str) -> Found:
    for digits in DIGITS.finditer(text):
        amount = Price.fromstring(digits[0]).amount
        if amount is not None:
            yield *digits.span(), float(amount)


def find_with_babel(text: str, language: str) -> Found:
    """Read digits by the separators of CLDR and multiply by its words for thousand, million and so on."""
    for digits in DIGITS.finditer(text):
        try:
            value = parse_decimal(digits[0], locale=language)
        except NumberFormatError:
            continue
        word = WORD.match(text, digits.end())
        yield *digits.span(), float(value * MAGNITUDES[language].get(word[1] if word else "", 1))


def read_magnitudes(language: str) -> dict[str, Decimal]:
    """Return the words that CLDR's long compact numbers set behind the digits."""
    words = {}
    for plural in Locale.parse(language).compact_decimal_formats["long"].values():
        for power, pattern in plural.items():
            word = re.sub(r"[0\s.'\u200f]", "", pattern.pattern)
            words[word] = Decimal(int(power)) / 10 ** (pattern.pattern.count("0") - 1)
    return words


MAGNITUDES = {language: read_magnitudes(language) for language in CULTURES}
ALL = tuple(CULTURES)
TOOLS: dict[str, tuple[Callable[[str, str], Found], tuple[str, ...]]] = {
    "recognizers-text-number": (find_with_recognizers, ALL),
    "quantulum3": (find_with_quantulum3, ALL),
    "number-parser": (find_with_number_parser, ("hi",)),
    "price-parser": (find_with_price_parser, ALL),
    "babel": (find_with_babel, ALL),
}


def measure(find: Callable[[str, str], Found], texts: list[dict]) -> dict:
    """Return what ``find`` finds in each text, None where it fails, and for each its seconds in its fastest pass."""
    found = []
    for text in texts:
        try:
            found.append(list(find(text["text"], text["language"])))
        except Exception:  # a library that fails on a text finds nothing in it
            found.append(None)
    seconds = [[] for _ in texts]
    for _ in range(PASSES):
        for text, numbers, times in zip(texts, found, seconds, strict=True):
            if numbers is not None:
                begun = time.process_time()
                list(find(text["text"], text["language"]))
                times.append(time.process_time() - begun)
    return {"found": found, "seconds": [min(times, default=None) for times in seconds]}


def main() -> None:
    texts = json.load(sys.stdin)
    results = {
        name: measure(find, [text for text in texts if text["language"] in languages]) | {"languages": languages}
        for name, (find, languages) in TOOLS.items()
    }
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
