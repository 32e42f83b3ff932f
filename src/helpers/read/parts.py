"""Tell a part from its whole: "271 of the 380 cooperatives are agricultural" says nothing of the other 109.

What stands behind the whole belongs to the part; a fraction in words ("one in three") counts nothing at all.
"""

from itertools import pairwise

from helpers.read.cells import Cell
from helpers.read.nouns import find_sector, is_before, types_in
from helpers.read.readings import EVENTS, Reading, Sentence
from helpers.read.tagging import Tag

_JOINING = ("on", "out_of", "link", "of")
_MOST_IN_FRACTION = 10


def settle_parts(sentence: Sentence) -> None:
    """Change the readings of a sentence in place."""
    for part, whole in pairwise(sentence.readings):
        if not whole.counts or not _is_part(sentence, part, whole):
            continue
        if _is_fraction(part.cell, whole.cell):
            part.role = whole.role = "other_quantity"
        elif part.counts or (part.role == "unresolved" and part.cell.head is None and part.cell.quantity.unit is None):
            _give_to_part(part, whole)
        elif part.unit == "percent":
            _strip(whole)
    for whole in sentence.readings:
        opens = whole.cell.place == 1 and len(sentence.readings) > 1  # "of the 512, 12 were dissolved"
        halved = (whole.cell.place > 1 or opens) and is_before(whole.cell, "out_of") and not types_in(whole.cell.left)
        if whole.counts and whole is sentence.readings[0] and halved:  # "half of the 320 cooperatives are weak"
            _strip(whole)
            divided = len(sentence.readings) > 1 and sentence.readings[1].counts
            whole.indicator = (_event_behind(sentence, whole.cell) if divided else None) or whole.indicator
    _narrow_parts(sentence)


def _narrow_parts(sentence: Sentence) -> None:
    """Give what is said of the whole that opens a sentence to its parts: "of 289 farming cooperatives, 70 trade"."""
    whole = sentence.readings[0]
    small = all(tag.kind in ("word", "qualifier_before") or tag.code in _JOINING for tag in whole.cell.left)
    if not (whole.counts and whole.cell.left and small):
        return
    for part in sentence.readings[1:]:
        smaller = part.cell.quantity.value < whole.cell.quantity.value
        if part.counts and part.types == whole.types and part.kind == "level" and smaller:
            if part.indicator == "organisations" and part.subset is None and part.sector:
                part.indicator = whole.indicator
            part.sector = part.sector or whole.sector


def _event_behind(sentence: Sentence, cell: Cell) -> str | None:
    """What is said right behind the noun to have happened: Vietnamese "of 23 cooperatives founded-newly, 15 farm"."""
    behind = next((tag for tag in sentence.tags[cell.stop :] if tag.kind != "word"), None)
    return behind.code if behind is not None and behind.code in EVENTS else None


def _is_part(sentence: Sentence, part: Reading, whole: Reading) -> bool:
    gap = sentence.tags[part.cell.place + 1 : whole.cell.place]
    gap = [tag for tag in gap if tag.kind not in ("qualifier_before", "numeral", "area")]
    smaller = part.unit == "percent" or part.cell.quantity.value < whole.cell.quantity.value
    return bool(gap) and smaller and all(tag.code in _JOINING for tag in gap)


def _is_fraction(part: Cell, whole: Cell) -> bool:
    """Whether a proportion is meant: both numbers are small, and the larger a word or ten."""
    worded = not any(char.isdigit() for char in whole.quantity.text)
    most = whole.quantity.value
    return part.quantity.unit is None and (most == _MOST_IN_FRACTION or (worded and most < _MOST_IN_FRACTION))


def _give_to_part(part: Reading, whole: Reading) -> None:
    happened = part.indicator if part.counts else "organisations"
    part.role, part.unit, part.kind, part.types = "statistic", "organisation", whole.kind, whole.types
    part.sector = find_sector(part.cell) or whole.sector
    part.subset = part.subset or whole.subset
    part.indicator = happened if happened != "organisations" else whole.indicator
    _strip(whole)


def _strip(whole: Reading) -> None:
    """Leave a whole what its own noun phrase says."""
    cell = whole.cell
    phrase = cell.right[: cell.stop - cell.place - 1]
    sectors, subsets, events = (_first(phrase, kind) for kind in ("sector", "subset", "event"))
    whole.sector = sectors and sectors.code
    whole.subset = subsets and subsets.code
    whole.indicator = "organisations" if events is None else whole.indicator
    if types_in(phrase) == ("fund",):
        whole.sector = "credit"


def _first(tags: list[Tag], kind: str) -> Tag | None:
    return next((tag for tag in tags if tag.kind == kind), None)
