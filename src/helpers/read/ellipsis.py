"""Read the numbers whose noun is not said again: "five dissolved", "farming 561", "rose by 41 to 782", "of whom 300".

What they count was counted before them; each rule says what must stand in the cell for it to be meant.
"""

from helpers.read.cells import NOUNS, Cell
from helpers.read.changes import changes, inherit
from helpers.read.money import MONEY
from helpers.read.nouns import (
    TYPE_OF,
    count_organisations,
    find_sector,
    is_article,
    is_before,
    is_of_plan,
    rest_types,
    says,
    says_before,
    types_in,
)
from helpers.read.readings import EVENTS, Reading, Sentence

_BESIDE_A_TOTAL = ("word", "numeral", "cue", "mark", "date", "time", "qualifier_before", "person")
_THINGS = ("ocop_products", "policies", "projects_financed", "training_courses")
_SIDES = (";", ",", "while", "but", "and")  # what stands between two places set side by side
_AT_WORK = ("operating", "effective")
_EARNED = ("income", "revenue", "profit", "loans_outstanding")
_SMALL_WORDS = ("word", "qualifier_before", "time")


def repeats_people_of_others(reading: Reading, sentence: Sentence) -> bool:
    """ "Groups have 2,000 members and cooperatives' 8,000": a possessor before a bare number, people before it."""
    cell, before = reading.cell, sentence.beside
    owned = len(cell.left) > 1 and cell.left[-1].kind == "word" and cell.left[-2].code in TYPE_OF
    if (
        before is None
        or before.unit != "person"
        or not owned
        or (cell.head is not None and cell.head.kind != "unknown")
    ):
        return False
    inherit(reading, before, kind=before.kind)
    reading.unit, reading.types = "person", types_in(cell.left)
    return True


def reaches_a_total(reading: Reading, sentence: Sentence) -> bool:
    """ "rose by 41 to 782": the number behind "to" is the level that the change led to."""
    cell, before = reading.cell, sentence.beside or _counted_beside_things(reading.cell, sentence)
    bare = cell.head is None or cell.head.code in ("people", "unit")
    raised = cell.left_has("up_to") or (cell.left_has("up", "down") and is_before(cell, "range"))
    grown = raised and all(tag.kind in _BESIDE_A_TOTAL for tag in cell.left)
    led_to = before is not None and ((before.kind == "change" and cell.left_has("range", "up_to")) or grown)
    if not bare or not led_to:
        return False
    inherit(reading, before, kind="level")
    people = before.indicator in ("members", "workers")
    reading.unit = "person" if people else "organisation"
    if before.kind != "change" and before.indicator in EVENTS:
        reading.indicator, reading.subset = "organisations", None  # "24 were founded, so that the total became 831"
    if before.unit not in ("percent", reading.unit):  # a change of money leads to money, which says so itself
        reading.role = "unresolved"
    return True


def _counted_beside_things(cell: Cell, sentence: Sentence) -> Reading | None:
    """The count that a bare number led to: "13 cooperatives collect it in 57 communes, up from five in 2018"."""
    count, thing = sentence.readings[-2:] if len(sentence.readings) > 1 else (None, None)
    counted = count is not None and count.counts and thing.role == "other_quantity" and is_before(cell, "up_to")
    return count if counted and count.cell.quantity.value > cell.quantity.value else None


def counts_the_share_before(reading: Reading, sentence: Sentence) -> bool:
    """ "Farming has 71.5 % of them, that is 366": a bare number that says the share before it in organisations."""
    cell, share = reading.cell, sentence.beside
    shared = share is not None and share.unit == "percent" and share.kind == "share"
    if not (shared and share.indicator == "organisations" and cell.head is None and cell.quantity.unit is None):
        return False
    if {tag.code for tag in cell.left if tag.kind not in _SMALL_WORDS} != {"share"}:
        return False
    count_organisations(reading, share.types)
    reading.sector, reading.subset, reading.elliptical = share.sector, share.subset, True
    return True


def repeats_the_count_before(reading: Reading, sentence: Sentence) -> bool:
    """Neither noun before nor after: an elliptical count ("five dissolved", "farming 561", "2 each in Tan Lac").

    It needs a word that says which organisations, or a count of organisations as the number right before it.
    """
    cell, previous = reading.cell, sentence.count_before
    labelled = cell.head is None and bool(cell.left) and cell.left[-1].kind == "sector"
    label = next((tag for tag in reversed(cell.left) if tag.kind not in _SMALL_WORDS and tag.code != "sum"), None)
    labelled = labelled or (cell.head is None and label is not None and label.kind in ("place", "sector"))
    divided = cell.left_has("of_them") and "coop" in sentence.context.counted  # "Of the total, 447 are in farming"
    if previous is None and _divides_again(cell, sentence):
        count_organisations(reading, ("coop",))
        reading.sector, reading.elliptical = None, True
        return True
    labelled = labelled or (cell.head is None and divided and any(tag.kind == "sector" for tag in cell.right))
    if previous is None and labelled and (divided or says(sentence, "field")):
        count_organisations(reading, ("coop",))  # "by field: farming 389; transport 22": groups have no register
        reading.elliptical = True
        return True
    divides = says_before(sentence, cell, "out_of") and cell.opener is not None
    previous = previous or _divided_before(cell, sentence)
    reaching = types_in(sentence.tags[: cell.place]) if _reaches_an_amount(cell, sentence) else ()
    if reaching or (previous is None and _opens_paragraph(cell, sentence)):
        count_organisations(reading, reaching or ("coop",))  # "Only 731 are active", in a paragraph of its own
        reading.elliptical = True
        return True
    head = cell.head
    earns = head is not None and head.kind == "measure" and head.code in _EARNED  # "40 earn more than a billion"
    bare = head is None or (divides and (earns or head.kind == "unknown"))
    if previous is None or is_article(cell) or not bare:
        return False
    name = cell.before()
    named = name is not None and name.kind == "unknown" and name.upper  # "Lam Ha 58"
    whole = is_before(cell, "sum") and label is not None and label.code in ("country", "whole")
    says_which = named or whole or any(tag.kind in ("event", "subset", "sector", "place") for tag in cell.tags)
    people = sentence.beside is not None and sentence.beside.unit == "person"
    if people and (_compares_people(cell, sentence) or (cell.has("of_them") and not says_which)):
        return False  # "900 members, of whom 300", "33,900 members, against 9,760 in Lao Cai"
    if cell.has("average") and cell.ends_with("each"):
        return False  # "45,000 members, or an average of 50 each"
    before = sentence.readings[-1] if sentence.readings else sentence.context.last
    planned = is_of_plan(cell, sentence.tags)
    if cell.left_has("out_of") and before is not None and not before.counts and sentence.readings and not planned:
        return False  # "103 products, out of 189 in the province"
    follows = before is not None and before.counts and not any(tag.kind in NOUNS for tag in cell.left)
    bracketed = cell.head is None and cell.in_brackets and cell.left_has("plan", "goal", "target", "law")
    planned = planned or bracketed
    shared = before is not None and before.unit == "percent" and before.whole is previous
    compared = shared and cell.head is None and cell.has("compared") and cell.has("up", "down")
    divided = previous.unit == "percent" and not sentence.readings
    says_which = says_which or planned or compared or divided or (cell.head is None and _tells_when(cell, sentence))
    if not (says_which or divides or follows or cell.has("of_them", "rest", "each")):
        return False
    mixed = previous is sentence.context.last_count and {"coop", *previous.types} <= {*sentence.context.counted}
    registers = mixed and not previous.nested and cell.left_has("established", "dissolved")  # "closures came to 870"
    if cell.left_has("together") and len(sentence.context.counted) > 1 and not sentence.readings:
        count_organisations(reading, sentence.context.counted)  # "in all, they number 533"
        reading.sector, reading.elliptical = None, True
        return True
    if not previous.counts or (previous.cell.quantity.value < cell.quantity.value and _is_subset(cell)):
        previous = _larger_count(cell, sentence) or previous
    told = rest_types(cell, sentence)
    funds = previous.types == ("fund",) and find_sector(cell) not in (None, "credit")  # funds are in no other sector
    count_organisations(reading, told or (("coop",) if registers or funds else previous.types))
    reading.elliptical = True
    if divided and previous.cell.head is not None:  # "70 % of farming cooperatives have contracts. 45 have joined"
        reading.sector = reading.sector or _sector_of_whole(previous.cell)
    if label is not None and label.kind == "place" and previous.sector and previous in sentence.readings:
        reading.sector = reading.sector or _sector_compared(cell, previous)
    measured = cell.has("compared") or (cell.left_has("goal", "target") and _tells_goal(cell, previous))
    if not sentence.readings and measured and not cell.has("up", "down", "more_than", "sector"):
        reading.indicator = previous.indicator  # "25 were founded. In the same period this number was 19."
    graded = reading.subset or cell.has("rank", "average")  # average is a class too
    if graded and previous is sentence.beside and previous.subset is not None:
        # "68 farming cooperatives are in the good class, 77 in the middle one"
        reading.sector, reading.subset = reading.sector or previous.sector, reading.subset or previous.subset
    unnamed = not any(tag.kind in ("event", "subset", "sector", "place", "area") for tag in cell.tags)
    if unnamed and previous.elliptical and previous.sector and any(tag.kind == "unknown" for tag in cell.left):
        reading.sector = "other"  # "..., environment 9, others 6"
    return True


def _divides_again(cell: Cell, sentence: Sentence) -> bool:
    """Whether a bare number opens a paragraph as the whole of sectors: "Of the 706, farming accounts for 481"."""
    said = [tag for tag in cell.left if tag.kind not in ("word", "qualifier_before", "area") and tag.code != "alliance"]
    opens = cell is sentence.cells[0] and bool(said) and all(tag.code in ("out_of", "of_them") for tag in said)
    bare = cell.head is None and cell.quantity.unit is None and not cell.magnified
    parts = len(sentence.cells) > 1 and any(tag.kind == "sector" for tag in sentence.tags[cell.place :])
    return opens and bare and parts and sentence.context.counts_cooperatives


def _tells_goal(cell: Cell, previous: Reading) -> bool:
    """Whether a bare number is the goal for what happened before: "17 were licensed. The yearly goal is 40"."""
    said = all(tag.kind in ("word", "cue", "time", "qualifier_before", "date") for tag in cell.left)
    return said and previous.indicator in EVENTS and not cell.has("operating", "effective")


def _sector_compared(cell: Cell, previous: Reading) -> str | None:
    """The sector of a count that is set beside that of another place: "Lao Cai has 94 in trade; Yen Bai has 88"."""
    alike = cell.opener is not None and cell.opener.code in (";", "while", "but", "and")
    placed = any(tag.kind == "place" for tag in previous.cell.left) and not cell.right[:-1]
    return previous.sector if alike and placed and previous.cell.head is not None else None


def _divided_before(cell: Cell, sentence: Sentence) -> Reading | None:
    """What a number goes on dividing where no count stands before it: "35 % of them lose money, 21 closed"."""
    share = sentence.beside if sentence.readings else sentence.context.last
    shared = share is not None and share.unit == "percent" and share.indicator == "organisations"
    said = any(tag.kind in ("event", "subset") for tag in cell.right)
    if not sentence.readings:  # "70 % of cooperatives have signed contracts. Officials say 62 have websites"
        return share if shared and _is_subject(cell) else None
    return share if shared and said and not any(tag.kind in NOUNS for tag in cell.tags) else None


def _sector_of_whole(cell: Cell) -> str | None:
    phrase = cell.right[: cell.stop - cell.place - 1]
    return next((tag.code for tag in phrase if tag.kind == "sector"), None)


def _is_subject(cell: Cell) -> bool:
    """Whether a bare number has a verb right behind it: "45 have joined the scheme"."""
    verb = cell.right[0] if cell.right else None
    bare = cell.head is None and cell.quantity.unit is None and not cell.magnified
    return bare and verb is not None and (verb.code == "sum" or verb.kind in ("word", "event", "subset"))


def _reaches_an_amount(cell: Cell, sentence: Sentence) -> bool:
    """Whether those who reach an amount are counted: "the cooperatives with sales over 10 billion number 11"."""
    amount = sentence.readings[-1] if sentence.readings else None
    bounds = amount is not None and amount.role == "other_quantity" and amount.unit in MONEY
    return bounds and is_before(cell, "sum") and cell.head is None and cell.quantity.unit is None


def _opens_paragraph(cell: Cell, sentence: Sentence) -> bool:
    """Whether a bare number with a verb says what became of the cooperatives counted in the paragraphs before."""
    said = any(tag.kind == "event" or tag.code in _AT_WORK for tag in cell.right[:3])
    spoken_of = sentence.context.counts_cooperatives and sentence.context.last is None
    return spoken_of and said and _is_subject(cell) and not any(tag.kind in NOUNS for tag in cell.tags)


def _is_subset(cell: Cell) -> bool:
    kinds = {tag.kind for tag in cell.tags}
    part = cell.has("of_them") or not kinds.isdisjoint(("subset", "sector"))
    return cell.head is None and "event" not in kinds and part


def _larger_count(cell: Cell, sentence: Sentence) -> Reading | None:
    """The first count of the list before a part that the last of the list is too small for: "172 cooperatives and
    2 unions, of which 79 are in farming".
    """
    counts = sentence.listed or sentence.context.listed
    return next((past for past in counts if past.cell.quantity.value >= cell.quantity.value), None)


def _tells_when(cell: Cell, sentence: Sentence) -> bool:
    """Whether a part of a sentence says only when, behind a count: "301 cooperatives ...; last year it had 279"."""
    small = all(tag.kind in ("time", "date", "word", "qualifier_before") or tag.code == "sum" for tag in cell.left)
    timed = any(tag.kind in ("time", "date") and tag.code != "on" for tag in cell.left)
    parted = cell.opener is not None and cell.opener.code in (";", "while", "but")
    return parted and small and timed and not cell.magnified and any(past.counts for past in sentence.readings)


def _compares_people(cell: Cell, sentence: Sentence) -> bool:
    """Whether people are set beside those of another place or time: "members number 20,000; in Phu Tho, 35,000"."""
    placed = cell.opener is not None and cell.opener.code in _SIDES and not sentence.listed
    told = placed and any(tag.kind == "place" for tag in cell.left) and not any(tag.kind in NOUNS for tag in cell.tags)
    return told or is_before(cell, "compared")


def changes_the_people_before(reading: Reading, sentence: Sentence) -> bool:
    """ "11,260 members, up 640 in a year": a bare number that tells a rise or fall is that of the people before it."""
    cell, before = reading.cell, sentence.beside
    bare = cell.quantity.unit is None and not any(tag.kind in NOUNS for tag in cell.tags)
    told = before is not None and before.unit == "person" and before.kind == "level"
    if not (told and bare and cell.quantity.value < before.cell.quantity.value and changes(cell)):
        return False
    inherit(reading, before)
    reading.unit = "person"
    return True


def repeats_the_people_before(reading: Reading, sentence: Sentence) -> bool:
    """ "of whom 13,000 work regularly and 14,000 seasonally": the second number counts the same people."""
    cell, before = reading.cell, sentence.beside
    of_them = cell.left_has("of_them") or [tag.code for tag in cell.right[:1]] == ["of_them"]
    goes_on = before is not None and before.cell.has("of_them") and cell.opener and cell.opener.code == "and"
    if before is None or before.unit != "person" or not (of_them or goes_on or _compares_people(cell, sentence)):
        return False
    said = ("of_them", "sum", "compared", "on", ",")
    small = all(tag.kind in ("word", "qualifier_before", "place") or tag.code in said for tag in cell.left)
    if (cell.head is not None and cell.head.kind != "unknown") or not small:
        return False
    inherit(reading, before, kind=before.kind)
    reading.unit = "person"
    return True


def takes_products_of_the_area(reading: Reading, sentence: Sentence) -> bool:
    """ "Of the province's 246 OCOP products, 148 are made by cooperatives": the part is theirs, the whole is not."""
    cell, whole = reading.cell, sentence.readings[-1] if sentence.readings else None
    head = whole.cell.head if whole is not None else None
    made = head is not None and head.code in ("product", "ocop_product") and whole.role == "other_quantity"
    bare = cell.head is None or cell.head.kind == "unknown"
    behind = sentence.tags[cell.stop] if cell.stop < len(sentence.tags) else None
    parted = cell.left_has("out_of") or (sentence.verb_last and cell.left_has("of_them"))
    owned = parted and behind is not None and behind.kind == "word"  # Hindi "77 of cooperatives"
    owned = owned or (cell.left_has("of_them") and _has_prefix(cell, sentence))
    divided = made and (owned or whole.cell.has("out_of") or any(tag.kind == "area" for tag in whole.cell.tags))
    belong = any(tag.kind == "person" and tag.code == "members" for tag in cell.right)  # "belong to cooperatives"
    owners = types_in(cell.tags) or (("coop",) if belong else ())
    smaller = cell.quantity.unit is None and made and cell.quantity.value < whole.cell.quantity.value
    if not (divided and smaller and owners and (bare or owned)):
        return False
    reading.role, reading.unit, reading.indicator = "statistic", "product", "ocop_products"
    reading.types = owners
    return True


def _has_prefix(cell: Cell, sentence: Sentence) -> bool:
    """Whether letters part a number from its noun: Arabic "52 to-cooperatives"."""
    behind = sentence.tags[cell.place + 1 : cell.place + 2]
    return bool(behind) and behind[0] is cell.head and behind[0].start - sentence.tags[cell.place].end > 1


def repeats_the_products_before(reading: Reading, sentence: Sentence) -> bool:
    """ "43 products, 26 of them with three stars": the second number counts some of the same products."""
    cell, before = reading.cell, sentence.beside
    bare = cell.head is None or cell.head.kind == "unknown"
    divided = before is not None and (cell.has("of_them", "out_of") or (before.nested and cell.parted_by("and", ",")))
    if before is None or before.indicator not in _THINGS or not bare or not divided:
        return False
    if cell.quantity.value > before.cell.quantity.value:
        return False  # "103 products, out of 189 in the province"
    inherit(reading, before, kind=before.kind)
    reading.unit, reading.nested = before.unit, True
    return True
