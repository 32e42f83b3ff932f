"""Share a sentence out among its quantities: each gets a cell of the tags around it, and the noun that it counts.

The border between two quantities is the strongest mark or joining word between them; what stands on either side is
theirs.
"""

from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from helpers.read.lexicon import Lexicon
from helpers.read.tagging import Tag
from helpers.records import Quantity

# The higher, the more a mark parts what stands around it.
_STRENGTH = {";": 5, "(": 5, ")": 5, ":": 4, "…": 3, "|": 5, ",": 3, "-": 3}
_WORD_STRENGTH = {"and": 2, "while": 3, "but": 3, "with": 1, "including": 2, "of_them": 2}
NOUNS = frozenset({"organisation", "person", "measure", "thing"})
_SKIPPED_BEFORE_HEAD = frozenset({"sector", "subset", "qualifier_after"})
_TIMES_EACH = ("year", "month", "quarter", "day")  # what "each" may stand before
_FILLING = ("word", "qualifier_before", "numeral", "time")
_ASIDES = ("and", "share", "relative", "sum", "including")
_PARTING = (",", ";", "…", "|")
_MOST_MODIFIERS = 3  # unknown adjectives between a number and its noun where adjectives come first


@dataclass(slots=True)
class Cell:
    """A quantity with the tags of its sentence that are its own.

    ``head`` is the noun counted, standing after the quantity, or None; ``stop`` is the place in the sentence behind the
    quantity's noun phrase. ``opener`` is the tag that parts the cell from the one before. ``codes`` are those of all
    its tags, ``left_codes`` those of the tags before the quantity.
    """

    place: int
    quantity: Quantity
    word: str
    head: Tag | None
    stop: int
    left: list[Tag] = field(default_factory=list)
    right: list[Tag] = field(default_factory=list)
    opener: Tag | None = None
    left_codes: frozenset = frozenset()
    codes: frozenset = frozenset()

    @property
    def tags(self) -> list[Tag]:
        """Left and right together, in the order of the text."""
        return self.left + self.right

    def left_has(self, *codes: str) -> bool:
        """Whether a tag of one of these codes stands before the quantity."""
        return not self.left_codes.isdisjoint(codes)

    def has(self, *codes: str) -> bool:
        """Whether a tag of one of these codes stands anywhere in the cell."""
        return not self.codes.isdisjoint(codes)

    @property
    def in_brackets(self) -> bool:
        """Whether a bracket opens the cell."""
        return self.opener is not None and self.opener.code == "("

    @property
    def magnified(self) -> bool:
        """Whether a magnitude word is printed with the numeral."""
        return any(map(str.isdigit, self.word)) and any(map(str.isalpha, self.quantity.text))

    def parted_by(self, *codes: str) -> bool:
        """Whether a mark or word of one of these codes opens the cell or stands in it before the quantity."""
        return (self.opener is not None and self.opener.code in codes) or self.left_has(*codes)

    def ends_with(self, code: str) -> bool:
        """Whether such a word stands right behind the quantity, and no noun behind it: "4 billion each in 2024"."""
        said = [tag for tag in self.right if tag.kind not in ("numeral", "word") and tag.code != "article"]
        behind = said[1:3] if [tag.code for tag in said[:2]] == ["year", code] else said[:2]  # "4 billion a year each"
        closed = all(tag.kind in ("mark", "date", "time") and tag.code not in _TIMES_EACH for tag in behind[1:])
        return bool(behind) and behind[0].code == code and closed

    def before(self) -> Tag | None:
        """The tag right before the quantity, over qualifiers and currency."""
        for tag in reversed(self.left):
            if tag.kind not in ("qualifier_before", "numeral"):
                return tag
        return None


def strength(tag: Tag) -> int:
    """How strongly a tag parts two quantities; 0 when it does not."""
    if tag.kind == "mark":
        return _STRENGTH.get(tag.code, 0)
    return _WORD_STRENGTH.get(tag.code, 0) if tag.kind == "cue" else 0


def split_cells(tags: list[Tag], lexicon: Lexicon) -> list[Cell]:
    """Return the cells of a sentence, one for each quantity, from left to right."""
    cells = []
    for place, tag in enumerate(tags):
        if tag.kind == "quantity":
            head, stop = _find_head(tags, place, lexicon)
            cells.append(Cell(place, tag.code, tag.text, head, stop))
    start = 0
    for cell, after in zip_longest(cells, cells[1:]):
        border = len(tags) if after is None else _find_border(tags, cell.stop, _bracket_of(tags, after))
        cell.left, cell.right = tags[start : cell.place], tags[cell.place + 1 : border]
        cell.opener = tags[start - 1] if start else None
        start = border
    for cell, after in pairwise(cells):
        if after.in_brackets and after.right and after.right[0].code == ")":
            opens = bool(cell.right) and cell.right[-1].text == "("
            before = cell.right[:-1] if opens else cell.right
            cell.right = before + after.right[1:]  # the sentence goes on behind a conversion in brackets
        elif _is_whole_of(after) and after.stop - after.place <= len(after.right):
            phrase = after.stop - after.place - 1
            cell.right, after.right = cell.right + after.right[phrase:], after.right[:phrase]
        elif after.quantity.unit == "percent" and (behind := _behind_aside(after)):
            cell.right = cell.right[:-1] + behind
    for cell in cells:
        cell.left_codes = frozenset([tag.code for tag in cell.left])
        cell.codes = cell.left_codes.union([tag.code for tag in cell.right])
    return cells


def _is_whole_of(cell: Cell) -> bool:
    """Whether a count is only the whole of the part before it: "640 of the 900 cooperatives are in farming"."""
    said = [tag.code for tag in cell.left if tag.kind != "word"]
    return said == ["out_of"] and cell.head is not None and cell.head.kind == "organisation"


def _behind_aside(cell: Cell) -> list[Tag]:
    """What stands behind a share between two commas, said of the number before it: "648, or 75 % of them, farm"."""
    small = all(tag.kind in ("word", "qualifier_before") or tag.code in _ASIDES for tag in cell.left)
    if not small or cell.opener is None or cell.opener.text != ",":
        return []
    close = next((place for place, tag in enumerate(cell.right) if tag.text == ","), None)
    if close is None or any(tag.kind in NOUNS for tag in cell.right[:close]):
        return []
    return cell.right[close + 1 :]


def _bracket_of(tags: list[Tag], cell: Cell) -> int:
    """Return where a quantity begins: at its bracket where it stands alone in one behind a label, "handicrafts (29)".

    Such a bracket parts nothing. Money, percentages and people in brackets say more of what stands before.
    """
    counts = cell.quantity.unit is None and (cell.head is None or cell.head.kind == "organisation")
    opens = cell.place
    while opens and tags[opens - 1].kind == "qualifier_before":
        opens -= 1
    money = opens > 1 and tags[opens - 2].kind == "quantity" and tags[opens - 2].code.unit in ("VND", "USD")
    alone = counts and opens and tags[opens - 1].text == "(" and not money
    return opens - 1 if alone and cell.stop < len(tags) and tags[cell.stop].text == ")" else cell.place


def _find_head(tags: list[Tag], place: int, lexicon: Lexicon) -> tuple[Tag | None, int]:
    """Return the noun right after the quantity at ``place`` and where its phrase ends.

    An unknown word there is the noun counted, where adjectives follow their noun; where they precede it, up to three
    unknown words may be adjectives of a known noun.
    """
    stop = place + 1
    first = None
    unknown = 0
    while stop < len(tags):
        tag = tags[stop]
        if tag.kind == "organisation" and (owned := _owned_by(tags, stop, lexicon)):
            return tags[owned], _phrase_end(tags, owned + 1)
        if (
            tag.kind in NOUNS
            or (tag.kind == "area" and not _says_former(tags, stop, lexicon))
            or (tag.kind == "time" and tag.code in ("year", "month", "day", "quarter"))
        ):
            return tag, _phrase_end(tags, stop + 1)
        numbered = tag.code == "number" and tags[place].code.unit == "percent"  # Vietnamese "61 % number cooperatives"
        partitive = (
            (tag.kind == "word" and tag.code == "of")
            or numbered
            or (stop == place + 1 and _says_more(tags, stop, lexicon))
        )
        currency = tag.kind == "numeral" and tag.code != "range"
        participle = tag.kind == "event" and _is_participle(tags, stop, lexicon)
        these = tag.code in ("of_them", "out_of") and stop + 1 < len(tags) and tags[stop + 1].kind == "organisation"
        said = tag.code in ("new", "only", "former") or _is_more(tags, stop, lexicon)
        if partitive or these or currency or participle or said or tag.kind in _SKIPPED_BEFORE_HEAD:
            stop += 1
            continue
        if tag.kind == "unknown" and not tag.ours:
            first = first or tag
            unknown += 1
            if lexicon.modifiers == "before" and unknown <= _MOST_MODIFIERS:
                stop += 1
                continue
        break
    return first, place + 1 if first is None else tags.index(first, place) + 1


def _is_participle(tags: list[Tag], place: int, lexicon: Lexicon) -> bool:
    """Whether what happened stands before its noun like an adjective: "the 18 newly established cooperatives"."""
    after = tags[place + 1] if place + 1 < len(tags) else None
    return lexicon.modifiers == "before" and after is not None and after.kind in ("organisation", "sector")


def _says_former(tags: list[Tag], place: int, lexicon: Lexicon) -> bool:
    """Whether "old" stands before its noun like an adjective: Hindi "35 old cooperatives"."""
    return tags[place].code == "former" and _is_participle(tags, place, lexicon)


def _is_more(tags: list[Tag], place: int, lexicon: Lexicon) -> bool:
    """Whether "more" stands between a number and its noun like an adjective: "20 more cooperatives"."""
    after = tags[place + 1] if place + 1 < len(tags) else None
    before = tags[place - 1].kind == "quantity" and lexicon.modifiers == "before"
    return before and tags[place].code == "up" and after is not None and after.kind in ("organisation", "sector")


def _says_more(tags: list[Tag], place: int, lexicon: Lexicon) -> bool:
    """Whether "and" right behind a number means more: Hindi "50 and cooperatives", with no noun before the number."""
    if tags[place].code != "and" or lexicon.modifiers != "before" or place + 1 >= len(tags):
        return False
    if place + 2 < len(tags) and tags[place + 2].kind == "quantity":  # "transport 25 and credit funds 24"
        return False
    return tags[place + 1].kind in NOUNS and not any(tag.kind in NOUNS for tag in tags[max(0, place - 6) : place])


def _owned_by(tags: list[Tag], place: int, lexicon: Lexicon) -> int:
    """Return where the noun stands that an organisation only qualifies ("300 cooperative members"), or 0.

    Only where qualifiers precede their noun, with at most one small word (Hindi ke) between.
    """
    if lexicon.modifiers != "before":
        return 0
    linked = place + 1 < len(tags) and tags[place + 1].kind == "word" and tags[place + 1].code != "subject"
    behind = place + 2 if linked else place + 1
    if behind >= len(tags) or tags[behind].kind != "person" or tags[behind].code == "people":
        return 0
    return behind if tags[behind].code != "participants" or behind == place + 1 else 0  # a verb: "groups took part"


def _is_one(tags: list[Tag], place: int) -> bool:
    """Whether a word for "one" stands there, behind the noun that it counts: Arabic "and a union one"."""
    tag = tags[place] if place < len(tags) else None
    return tag is not None and tag.kind == "quantity" and tag.code.value == 1 and not tag.text[:1].isdigit()


def _opens_count(tags: list[Tag], place: int) -> bool:
    """Whether a label stands before a number and its noun: Arabic "funds 5 funds"."""
    behind = [tag.kind for tag in tags[place : place + 2]]
    return behind == ["quantity", "organisation"] and tags[place - 1].code == tags[place + 1].code


def _phrase_end(tags: list[Tag], stop: int) -> int:
    """Return where a noun phrase ends: behind its adjectives and the organisations counted by the same number."""
    while stop < len(tags):
        tag, after = tags[stop], tags[stop + 1] if stop + 1 < len(tags) else None
        joins = (
            tag.code in ("and", ",")
            and after is not None
            and after.kind == "organisation"
            and tags[stop - 1].kind == "organisation"
            and not _is_one(tags, stop + 2)
            and not _opens_count(tags, stop + 2)
        )
        if not (
            joins
            or tag.kind in ("sector", "subset")
            or tag.code == "new"
            or (tag.code == "now" and after is not None and after.kind == "sector")
            or (tag.kind == "organisation" and strength(tags[stop - 1]))
        ):
            break
        stop += 1
    return stop


def _joins_grades(tags: list[Tag], place: int) -> bool:
    """Whether a comma only joins two grades: "the share of good, fairly good cooperatives"."""
    return tags[place].text == "," and tags[place - 1].kind == tags[place + 1].kind == "subset"


def _is_gloss(tags: list[Tag], place: int) -> bool:
    """Whether a bracket only holds the short name of the organisations before it: "cooperative groups (THT)"."""
    opens = place if tags[place].text == "(" else place - 2
    inside = tags[opens - 1 : opens + 3] if opens > 0 else []
    kinds = ["organisation", "mark", "organisation", "mark"]
    return [tag.kind for tag in inside] == kinds and inside[1].text == "(" and inside[3].text == ")"


def _says_what_happened(between: list[Tag]) -> bool:
    """Whether what happened stands right behind a number, before the verb: "the 47 newcomers already make up 94 %"."""
    first, after = [*between, None, None][:2]
    told = first is not None and first.kind == "event" and first.code != "joined"
    return told and after is not None and (after.kind in ("word", "time", "date") or after.code == "sum")


def _find_border(tags: list[Tag], start: int, end: int) -> int:
    """Return where the left cell ends between two quantities: behind the strongest mark, or behind the noun phrase.

    Of several marks as strong, the first parts them if a noun or sector stands right before the next quantity
    ("farming, forestry 24"), else the last ("24 in farming, forestry, 3 in transport").
    """
    if start < end and tags[start].text == ")" and any(map(strength, tags[start + 1 : end])):
        start += 1  # what is said behind a bracket is said of the number before it: "305 (74 %) farm and 107 trade"
    strengths = [0 if _joins_grades(tags, place) else strength(tags[place]) for place in range(start, end)]
    for place in range(start, end):
        if tags[place].text in ("(", ")") and _is_gloss(tags, place):
            strengths[place - start] = 0
    strongest = max(strengths, default=0)
    if not strongest:
        return start + _says_what_happened(tags[start:end])
    opens = end - 1
    while opens > start and tags[opens].kind in ("qualifier_before", "numeral"):
        opens -= 1
    if tags[opens].text == ":" and any(tag.text in _PARTING for tag in tags[start:opens]):
        end = opens  # "transport: 25" is a label and its number
        strongest = max(strengths[: end - start])
    places = [place for place, strength_ in enumerate(strengths, start) if strength_ == strongest and place < end]
    label = next((tag for tag in reversed(tags[start:end]) if tag.kind not in _FILLING and tag.code != "sum"), None)
    labelled = label is not None and label.kind in ("sector", "person", "measure", "organisation")
    place = places[0] if labelled and tags[places[0]].code not in ("(", ")") else places[-1]
    return place + 1
