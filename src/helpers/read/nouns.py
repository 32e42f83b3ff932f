"""Ask a cell what it says: which organisations, which people, which sector, which part, what happened to them.

Each answer looks at the tags of one cell only, and says in its docstring which side it looks at first.
"""

from itertools import pairwise, takewhile, zip_longest

from helpers.read.cells import Cell
from helpers.read.readings import TYPES, Reading, Sentence
from helpers.read.tagging import Tag

TYPE_OF = {
    "group": "group",
    "coop": "coop",
    "one_coop": "coop",
    "member_coop": "coop",
    "union": "union",
    "fund": "fund",
}


_TO_LAW = 4  # tags from "formed" to "Decree"
_TO_PLAN = 2  # tags from a plan to how high it is
_TO_REST = 4  # tags from "the rest" to its number
_SMALL = frozenset({"sector", "word", "qualifier_before", "qualifier_verb", "numeral", "time"})


def nearest(tags: list[Tag], kind: str) -> Tag | None:
    return next((tag for tag in reversed(tags) if tag.kind == kind), None)


def types_in(tags: list[Tag]) -> tuple[str, ...]:
    found = {TYPE_OF[tag.code] for tag in tags if tag.kind == "organisation" and tag.code in TYPE_OF}
    return tuple(name for name in TYPES if name in found)


def organisation_head(cell: Cell) -> Tag | None:
    if cell.word in TYPES:  # an Arabic dual says the noun and its number in one word
        return Tag("organisation", cell.word, 0, 0, cell.word)
    before = cell.left[-1] if cell.left else None
    if (
        cell.quantity.value == 1
        and before is not None
        and before.kind == "organisation"
        and not cell.quantity.text.isdigit()
    ):
        return before  # تعاونية واحدة: the numeral follows its noun like an adjective
    if cell.head is not None and cell.head.kind == "organisation":
        return cell.head
    return _said_to_be(cell)


def _said_to_be(cell: Cell) -> Tag | None:
    """The organisations that a part of a whole is said to be: "290 cooperatives, of which 27 are credit funds"."""
    more = [tag.code for tag in cell.right[:1]] == ["up"]  # "11 more are credit funds"
    verb, noun = [*cell.right[more:], None, None][:2]
    said = verb is not None and noun is not None and verb.code == "sum" and noun.kind == "organisation"
    parted = cell.left_has("of_them", "including", "rest") or cell.parted_by(",", "and", ";")
    return noun if said and parted and cell.head is None and noun.code in TYPE_OF and not cell.has("each") else None


def joint_types(cell: Cell, head: Tag) -> tuple[str, ...]:
    """The types that one number counts together: "60 cooperatives and unions"."""
    place = next((index for index, tag in enumerate(cell.right) if tag is head), None)
    types = {TYPE_OF[head.code]}
    follows = cell.right[place + 1 :] if place is not None else []
    joined = False  # "6 groups cooperatives have-become" counts the groups only
    for tag, after in zip_longest(follows, follows[1:]):
        if tag.kind == "organisation" and tag.code in TYPE_OF and joined:
            types.add(TYPE_OF[tag.code])
        elif not (tag.code in ("and", ",") and after is not None and after.kind == "organisation"):
            break
        joined = tag.code in ("and", ",")
    return tuple(name for name in TYPES if name in types)


def owned_products(cell: Cell) -> Tag | None:
    """The products that a number behind their owners counts: "the OCOP products of cooperatives rose to 132"."""
    said = [tag for tag in cell.left if tag.kind not in ("word", "qualifier_before", "cue", "mark")]
    owned = len(said) > 1 and said[-1].code in TYPE_OF and said[-2].code == "ocop_product"
    return said[-2] if owned else None


def is_tight(cell: Cell, noun: Tag) -> bool:
    """Whether only small words stand between a noun and the number behind it."""
    place = next(index for index in range(len(cell.left) - 1, -1, -1) if cell.left[index] is noun)
    small = ("sum", "total", "average", "out_of")
    return all(tag.kind in _SMALL or tag.code in small for tag in cell.left[place + 1 :])


def is_before(cell: Cell, *codes: str) -> bool:
    """Whether a tag of one of these codes stands right before the number, over qualifiers and currency."""
    skipped = ("VND", "USD")
    before = next((t for t in reversed(cell.left) if t.kind != "qualifier_before" and t.code not in skipped), None)
    return before is not None and before.code in codes


def is_of_plan(cell: Cell, tags: list[Tag]) -> bool:
    """Whether a bare number only says how high the plan is that a share is of: "94 % of the annual target of 50"."""
    if cell.place < _TO_PLAN or cell.head is not None or cell.quantity.unit is not None:
        return False
    plan, of = tags[cell.place - 2 : cell.place]
    joined = of.text == "(" or of.kind == "word" or of.code == "on"
    return joined and plan.kind == "cue" and plan.code in ("plan", "target", "goal")


def qualifies(cell: Cell, tags: list[Tag]) -> bool:
    """Whether a number is joined to the noun behind it, to say which thing is meant: "the 5-ton truck"."""
    dash, noun = [*tags[cell.place + 1 : cell.place + 3], None, None][:2]
    joined = dash is not None and noun is not None and dash.text == "-" and dash.glued and noun.glued
    return joined and noun.kind in ("thing", "unknown", "time")


def is_article(cell: Cell) -> bool:
    """A word for "one" is an article unless something happened to it or it is the only one: "one was dissolved"."""
    if cell.quantity.value != 1 or any(char.isdigit() for char in cell.quantity.text):
        return False
    only = cell.left_has("only") or any(tag.code == "only" for tag in cell.right[:1])
    return not only and find_event(cell) is None and not _follows_its_noun(cell)


def _follows_its_noun(cell: Cell) -> bool:
    """Whether "one" stands behind a kind of which there are few, to count it: Arabic "a union one"."""
    noun = organisation_head(cell)
    return noun is not None and noun is not cell.head and noun.code in ("union", "fund", "group")


def is_of_area(cell: Cell) -> bool:
    """Whether the province has what is counted: it is named before the number, with no organisations behind it."""
    said = [tag for tag in cell.left if tag.kind != "word" and tag.code != "on"]
    place = next((i for i in range(len(said) - 1, -1, -1) if said[i].kind == "area" or said[i].code in TYPE_OF), None)
    owned = place and said[place - 1].code in TYPE_OF  # Arabic "own / cooperatives / the-province 136 products"
    return place is not None and said[place].code in ("province", "whole") and not owned


def is_owned(cell: Cell, sentence: Sentence) -> bool:
    """Whether organisations right behind products are said to have them: Hindi "33 products cooperatives near are"."""
    behind = sentence.tags[cell.stop : cell.stop + 2]
    return sentence.verb_last and bool(types_in(behind[:1])) and [tag.kind for tag in behind[1:]] == ["word"]


def is_per_organisation(cell: Cell) -> bool:
    said = ("/", "each", "article")
    if not cell.has(*said):
        return False
    trios = (trio for side in (cell.left, cell.right) for trio in zip_longest(side, side[1:], side[2:]))
    if any(
        tag.code in TYPE_OF and after is not None and after.code == "each" and (behind is None or behind.kind != "time")
        for tag, after, behind in trios
    ):
        return True  # Arabic: the cooperative the one
    tags = [tag for tag in cell.tags if tag.kind != "sector"]  # per agricultural cooperative
    return any(tag.code in said and after.code in TYPE_OF for tag, after in pairwise(tags))


def says(sentence: Sentence, *codes: str) -> bool:
    return any(tag.code in codes for tag in sentence.tags)


def says_before(sentence: Sentence, cell: Cell, *codes: str) -> bool:
    return cell.has(*codes) or any(tag.code in codes for tag in sentence.tags[: cell.place])


def find_sector(cell: Cell) -> str | None:
    """The sector in the noun phrase after the number or joined to it ("in the field of"), or the subject before it."""
    phrase = cell.stop - cell.place - 1 if cell.head is not None else len(cell.right)
    for index, tag in enumerate(cell.right):
        if tag.kind == "sector":
            before = next((before.code for before in reversed(cell.right[:index]) if before.kind != "word"), None)
            verb = all(other.kind == "word" or other.code == "now" for other in cell.right[phrase:index])
            if index < phrase or before in ("field", "on") or tag.code == "other" or (verb and " " in tag.text):
                return tag.code
        parted = tag.code == "rest" and cell.right[0].kind == "mark"  # "trade 11 %, the rest are in transport"
        if (tag.kind == "mark" and tag.code not in ("-", "/") and index) or parted:
            break
    subject, before = None, None
    for tag in cell.left:
        if tag.kind == "sector" and (before is None or before.code != "except"):
            subject = subject or tag
        elif tag.kind in ("area", "date") or tag.code in ("rest", "support_fund"):
            subject = None if tag.kind != "date" or not _is_noun_phrase(cell.left, subject) else subject
        before = tag
    if subject is not None and subject.code == "other" and (find_event(cell) or find_subset(cell)):
        return None  # "the others, 88, have stopped"
    return subject.code if subject is not None else None


def _is_noun_phrase(tags: list[Tag], sector: Tag | None) -> bool:
    """Whether a sector stands right beside organisations: "farming cooperatives' revenue in 2024 was ..."."""
    pairs = (pair for pair in pairwise(tags) if sector is pair[0] or sector is pair[1])
    return any(tag.code in TYPE_OF for pair in pairs for tag in pair)


def find_subset(cell: Cell) -> str | None:
    """Which of all organisations are counted; "operating" only where nothing more is said."""
    found = [tag.code for tag in (*cell.right, *reversed(cell.left)) if tag.kind == "subset"]
    if cell.has("awaiting") and cell.has("dissolved"):
        return "awaiting-dissolution"
    return next((code for code in found if code != "operating"), found[0] if found else None)


def _founds_by_law(cell: Cell) -> bool:
    """Whether "formed under Decree 77" says which organisations are counted, and not what happened."""
    for index, tag in enumerate(cell.right):
        if tag.code == "established":
            return any(after.kind == "reference" for after in cell.right[index + 1 : index + _TO_LAW])
    return False


def _is_dissolved_then(behind: list[Tag]) -> bool:
    """Whether idle organisations are dissolved in the same breath: "60 cooperatives that are idle be dissolved"."""
    said = next((tag for tag in behind if tag.kind not in ("word", "organisation") and tag.code != "sum"), None)
    return said is not None and said.code == "dissolved"


def _is_behind_noun(left: list[Tag], new: Tag) -> bool:
    return any(tag.code in TYPE_OF and after is new for tag, after in pairwise(left))


def _happened_to_whole(left: list[Tag]) -> str | None:
    """What happened to the uncounted organisations of which a part is counted: "of the new cooperatives, 71 farm"."""
    place = next(index for index, tag in enumerate(left) if tag.code == "out_of")
    end = next((index for index, tag in enumerate(left) if tag.text == "," and index > place), place)
    said = next((tag for tag in left[place:end] if tag.kind == "event" and tag.code != "joined"), None)
    if said is None or not types_in(left[place:end]):
        return None
    return "established" if said.code == "new" else said.code


def find_event(cell: Cell) -> str | None:
    """What happened to the organisations counted; "new" counts in their own noun phrase only."""
    phrase = cell.stop - cell.place - 1
    if _founds_by_law(cell):
        return None
    before = next((tag for tag in reversed(cell.left) if tag.kind not in ("qualifier_before", "numeral", "word")), None)
    if before is not None and before.kind == "event" and before.code not in ("joined", "new"):
        status = [tag.code for tag in cell.right if tag.kind == "event" and tag.code != "new"]
        if status in ([], ["suspended"]):  # "dissolved 150 idle cooperatives"
            return before.code
    for index, tag in enumerate(cell.right):
        if tag.code == "dissolved" and cell.has("awaiting"):
            return None
        if tag.code == "converted" and any(after.code == "operating" for after in cell.right[index + 1 :]):
            return None  # "reorganised under the law and operating": there, whatever happened
        if tag.code == "suspended" and _is_dissolved_then(cell.right[index + 1 :]):
            return "dissolved"
        if tag.code == "established" and index and cell.right[index - 1].code == "value-chain":
            continue  # Hindi "33 value chains formed-have" are not formed
        if tag.kind == "event" and tag.code != "joined" and (tag.code != "new" or index < phrase):
            return "established" if tag.code == "new" else tag.code
        if tag.code == "new" and cell.head is None and index == 0:
            return "established"  # "25 new will form"
    opens = cell.left[0] if cell.left and cell.opener is not None and cell.opener.code == ";" else None
    if opens is not None and opens.kind == "event" and opens.code not in ("joined", "new"):
        return opens.code  # "foundings came to 2,140; closures, to 870"
    if cell.left_has("out_of") and (event := _happened_to_whole(cell.left)):
        return event
    for tag, after in zip_longest(reversed(cell.left), [None, *reversed(cell.left)][: len(cell.left)]):
        if tag.code == "," and tag.kind == "mark":
            break
        new_ones = tag.code == "new" and (
            (after is not None and after.code in TYPE_OF) or _is_behind_noun(cell.left, tag)  # koperasi baru 20
        )
        if tag.kind == "event" and (new_ones or tag.code not in ("joined", "new")):
            return "established" if new_ones else tag.code
    return None


def loses(cell: Cell, before: Reading | None) -> bool:
    """Whether those that an area "loses" are set beside those founded: "it gained 21 and lost six"."""
    joined = cell.opener is not None and cell.opener.code in ("and", ",", "but", "while")
    gained = before is not None and before.counts and before.indicator == "established" and before.kind == "level"
    bare = len([tag for tag in cell.left if tag.kind not in ("word", "qualifier_before")]) == 1
    return joined and gained and bare and is_before(cell, "down") and not cell.has("compared", "more_than")


def event_behind(cell: Cell, cells: list[Cell]) -> str | None:
    """What happened to organisations told with what they have: "12 cooperatives with 340 members were founded"."""
    joining = ("with",)
    for after in (other for other in cells if other.place > cell.place):
        if after.opener is None or after.opener.code not in joining or after.quantity.unit == "percent":
            return None
        clause = takewhile(lambda tag: tag.kind not in ("mark", "organisation") and tag.code != "and", after.right)
        said = next((tag for tag in clause if tag.kind == "event" and tag.code not in ("new", "joined")), None)
        if said is not None:
            return said.code
        joining = ("and", ",")
    return None


def registers_anew(reading: Reading, sentence: Sentence) -> bool:
    """Whether cooperatives that "registered" were founded: months are named for it, and no day on which to count."""
    if reading.subset != "registered" or reading.types != ("coop",):
        return False
    told = [tag for tag in sentence.tags[: reading.cell.place] if tag.kind == "date" or tag.code == ";"]
    return bool(told) and told[-1].kind == "date" and told[-1].code.form == "span" and not _is_of_years(told[-1])


def _is_of_years(date_tag: Tag) -> bool:
    return len(date_tag.code.code or "") == len("2021-2025")


def count_organisations(reading: Reading, types: tuple[str, ...]) -> None:
    """Make ``reading`` a count of organisations of these types, of the sector and subset that its cell says."""
    reading.role, reading.unit, reading.indicator, reading.types = "statistic", "organisation", "organisations", types
    reading.sector, reading.subset = find_sector(reading.cell), find_subset(reading.cell)
    if types == ("fund",):
        reading.sector = "credit"


def rest_types(cell: Cell, sentence: Sentence) -> tuple[str, ...]:
    """The organisations that what remains of a whole is said to be: "the remaining 19 are credit funds"."""
    remains = any(tag.code == "rest" for tag in sentence.tags[max(0, cell.place - _TO_REST) : cell.place])
    return types_in(cell.right) if remains else ()
