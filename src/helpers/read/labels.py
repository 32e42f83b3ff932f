"""Read lists that say of each number only a label: "good 312, fair 498, weak 225", rows of a table, bulleted lines.

What they count was said before the list. Labels are sectors, subsets and places; a noun of its own makes no label.
"""

from helpers.read.cells import NOUNS, Cell
from helpers.read.nouns import types_in
from helpers.read.readings import Reading, Sentence
from helpers.read.tagging import Tag

_FEWEST = 3  # labelled numbers that make a sentence a list
_SKIPPED = (":", "|", "(", "-")
_LABELS = ("sector", "subset", "place")


def count_labelled(reading: Reading, sentence: Sentence) -> bool:
    """Make a bare number behind a label a count of the organisations spoken of, where the sentence is such a list."""
    label = _label_of(reading.cell)
    if label is None or not (sentence.context.listing or _lists_labels(sentence)):
        return False
    reading.role, reading.unit, reading.indicator = "statistic", "organisation", "organisations"
    reading.types = types_in(sentence.tags[: reading.cell.place]) or ("coop",)  # groups have no register to be listed
    reading.sector = _first_named(reading.cell, label).code if label.kind == "sector" else None
    reading.subset = label.code if label.kind == "subset" else None
    reading.elliptical = True
    return True


def _first_named(cell: Cell, label: Tag) -> Tag:
    """The sector that a joint label names first, in a list parted by semicolons: "industry, construction 74"."""
    if cell.opener is None or cell.opener.text != ";":
        return label
    joint = [tag for tag in cell.left if tag.kind == "sector"]
    others = any(tag.kind not in ("sector", "mark", "unknown") and tag.code != "and" for tag in cell.left)
    return label if others else joint[0]


def _lists_labels(sentence: Sentence) -> bool:
    labelled = [cell for cell in sentence.cells if _label_of(cell) is not None]
    if len(labelled) < _FEWEST:
        return False
    return not any(tag.kind in NOUNS and tag.kind != "organisation" for tag in sentence.tags[: labelled[0].place])


def _label_of(cell: Cell) -> Tag | None:
    """The sector, subset or name that stands right before a bare number, over a colon or bar, or nothing."""
    if cell.head is not None or cell.quantity.unit is not None or any(tag.kind in NOUNS for tag in cell.left):
        return None
    if not any(char.isdigit() for char in cell.quantity.text):
        return None
    said = (tag for tag in reversed(cell.left) if tag.text not in _SKIPPED and tag.kind != "qualifier_before")
    label = next(said, None)
    named = label is not None and label.kind == "unknown" and label.upper
    return label if label is not None and (label.kind in _LABELS or named) else None
