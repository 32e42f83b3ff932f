"""Say what changes: the statistic beside a rise, a fall or a multiple."""

from helpers.read.cells import Cell
from helpers.read.nouns import is_before, nearest, types_in
from helpers.read.readings import Reading, Sentence
from helpers.read.scope import find_owners
from helpers.read.tagging import Tag

_LABELLED = 2  # a sector and "with" before a number


def multiplies(reading: Reading, sentence: Sentence) -> bool:
    """ "2.4 times" is a change of what stands before it."""
    cell, previous = reading.cell, sentence.beside
    if cell.head is None or cell.head.code != "times":
        return False
    measure = nearest(cell.left, "measure")
    if measure is not None and measure.code == "income":
        reading.role, reading.indicator = "statistic", "income_per_worker"
        reading.types, reading.sector = find_owners(reading, sentence)
    elif previous is not None and (cell.has("up", "down", "compared") or any(t.kind == "date" for t in cell.right)):
        inherit(reading, previous)
    else:
        reading.role = "other_quantity"
    reading.unit, reading.kind = "other", "change"
    return True


def is_fewer(reading: Reading, before: Reading | None) -> bool:
    """Whether a rise is less than what is counted right before it: "31 founded, a rise of six cooperatives"."""
    return before is not None and before.counts and reading.cell.quantity.value < before.cell.quantity.value


def inherit(reading: Reading, previous: Reading, *, kind: str = "change") -> None:
    reading.role, reading.kind, reading.indicator = "statistic", kind, previous.indicator
    reading.types, reading.sector, reading.subset = previous.types, previous.sector, previous.subset
    reading.whole = previous


def changes(cell: Cell) -> bool:
    """Whether a number is how much something rose or fell."""
    colon = max((index + 1 for index, tag in enumerate(cell.left) if tag.text == ":"), default=0)
    near = [tag for tag in cell.left[colon:] if tag.kind != "word"][-4:]
    after = [tag for tag in cell.right if tag.kind != "word"][:3]
    beside = [tag for tag in cell.right[cell.stop - cell.place - 1 :] if tag.kind != "numeral"][:1]
    if [tag.code for tag in cell.right[:2]] == ["up", "sum"]:
        return False  # "5 more are in liquidation"
    if _closes_on_change(cell):
        return True
    if is_before(cell, "range", "of", "compared", "with") and not _says_more_than(near):
        return False  # "rose / the loans / to 22 billion"; "against 59 in the same period"; "ahead of trade with 33"
    more = cell.has("compared") and any(tag.code in ("up", "down") for tag in after)
    more = more or any(tag.code == "more_than" for tag in beside)
    return (more or any(tag.code in ("up", "down", "more_than") for tag in near)) and not cell.has("up_to")


def _says_more_than(near: list[Tag]) -> bool:
    """Whether what a number is compared with stands before it: Vietnamese "more / than last year / 4"."""
    if not near:
        return False  # "40 of its 900 cooperatives"
    if near[-1].code == "with":
        return len(near) < _LABELLED or near[-2].kind != "sector"
    return [tag.code for tag in near[-2:]] == ["more_than", "compared"]


def _closes_on_change(cell: Cell) -> bool:
    """Whether the noun phrase is followed by a verb of change that ends its clause: Hindi "21 groups fewer-became"."""
    behind = [tag for tag in cell.right[cell.stop - cell.place - 1 :] if tag.kind not in ("numeral", "word")]
    ends = len(behind) == 1 or (len(behind) > 1 and (behind[1].kind == "mark" or behind[1].code in ("sum", "and")))
    return ends and behind[0].code in ("up", "down", "more_than")


def goes_on_changing(reading: Reading, before: Reading | None) -> bool:
    """Whether a list of changes goes on with another kind: "up 88 cooperatives and 3 unions"."""
    cell = reading.cell
    opens = cell.opener is not None and cell.opener.code == "and" and cell.place > 0
    bare = all(tag.kind in ("word", "qualifier_before") for tag in cell.left)
    grown = before is not None and before.counts and before.kind == "change" and types_in(before.cell.right)
    return bool(grown) and opens and bare and reading.counts and reading.types != before.types


def says_share_again(reading: Reading, share: Reading) -> bool:
    """Whether a count only says the share before it in numbers: "66 % of cooperatives, that is 914 cooperatives"."""
    said = {tag.code for tag in reading.cell.left if tag.kind not in ("word", "qualifier_before")}
    return share.unit == "percent" and share.kind == "share" and share.types == reading.types and said == {"share"}
