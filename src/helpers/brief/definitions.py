"""What is counted, in the page's language: the definitions that people file with the indicators.

``data/raw/indicators.csv`` has them in English; the catalogues translate them like the messages of the code.
"""

import codecs
import csv
from collections.abc import Iterator
from typing import BinaryIO

from markupsafe import Markup

from helpers.brief.facts import card_words
from helpers.brief.wording import Wording
from helpers.records import INDICATORS

UNDEFINED = "No official definition found."  # how definitions end where no law or office gives one


def is_official(definition: str) -> bool:
    """Return whether a law or office defines the indicator too."""
    return not definition.endswith(UNDEFINED)


def say(words: Wording, definition: str) -> Markup:
    """Return a definition in the page's language, or in English while nobody has translated it, marked as what it is.

    >>> from helpers.brief.wording import load_wording
    >>> say(load_wording("vi"), "A thing that is new. No official definition found.")
    Markup('<span lang="en">A thing that is new.</span>')
    """
    told = definition.removesuffix(UNDEFINED).strip()
    if not words.has(told):
        return card_words(told)
    return Markup('<span lang="{}">{}</span>').format(words.language, words.say(told))


def extract(file: BinaryIO, *_: object, **_options: object) -> Iterator[tuple[int, None, str, list]]:
    """Yield the definitions of what articles print as messages, for ``pybabel extract``; what is computed says so."""
    rows = csv.DictReader(codecs.getreader("utf-8")(file))
    for line, row in enumerate(rows, start=2):
        if row["code"] in INDICATORS:
            yield line, None, row["definition"].removesuffix(UNDEFINED).strip(), []
