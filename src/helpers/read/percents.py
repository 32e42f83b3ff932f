"""Say what a percentage divides or changes: the statistic beside it, a count before, or the subject that it names."""

from helpers.read.cells import NOUNS, Cell
from helpers.read.changes import inherit
from helpers.read.money import MONEY, money_indicator
from helpers.read.nouns import TYPE_OF, find_event, find_sector, find_subset, is_before, nearest, says, types_in
from helpers.read.readings import EVENTS, Reading, Sentence
from helpers.read.scope import find_owners
from helpers.read.tagging import Tag

_SAID = ("sum", "share", ":", "(", "up_to")
_PLANNED = ("plan", "target", "goal")
_PARTITIVE = ("out_of", "of_them", "on")
_TO_PLAN = 5  # tags from a percentage to the plan that it is of
_GROWN = 3  # "growth", "in" and what has grown
_SMALL_KINDS = ("word", "mark", "qualifier_before")


def is_percent(reading: Reading, sentence: Sentence) -> bool:
    """A percentage changes or divides the statistic beside it, or is a share of organisations that it names itself."""
    cell, previous = reading.cell, sentence.beside
    if cell.quantity.unit != "percent":
        return False
    reading.unit, reading.role = "percent", "other_quantity"
    noun = next((tag for tag in reversed(cell.left) if tag.kind in NOUNS), None)
    near = cell.right[:1] if cell.in_brackets else cell.right[:2]  # what stands behind a bracket is another matter
    divides_all = _divides_all(cell)
    foreign = noun is not None and noun.code == "foreign" and not divides_all
    if foreign or any(tag.code == "foreign" for tag in near):
        return True
    if divides_all:
        reading.role, reading.kind, reading.indicator = "statistic", "share", "organisations"
        reading.types, reading.sector, reading.subset = types_in(cell.right), find_sector(cell), find_subset(cell)
        return True
    if (whole := _whole_behind(cell, sentence)) is not None:
        reading.role, reading.kind, reading.indicator = "statistic", "share", "organisations"
        reading.types = types_in(whole)
        reading.sector, reading.subset = find_sector(cell), find_subset(cell)
        reading.sector = reading.sector or next((tag.code for tag in whole if tag.kind == "sector"), None)
        return True
    if (label := _label_in_list(cell, sentence)) is not None:
        reading.role, reading.kind, reading.indicator = "statistic", "share", "organisations"
        reading.types, reading.sector = ("coop",), label.code
        return True
    of_plan = cell.has("plan") or _is_of_plan(cell, sentence)
    if previous is not None and previous.unit in MONEY and of_plan:
        happened = [past for past in sentence.readings if past.counts and past.indicator in EVENTS]
        previous = happened[-1] if happened else previous  # "19 founded with a capital of 35 billion, 95 % of the plan"
    if previous is not None and previous.kind == "target" and previous.bracketed and len(sentence.readings) > 1:
        done = [past for past in sentence.readings[:-1] if past.types == previous.types]
        inherit(reading, (done or sentence.readings)[0], kind="share")  # "18, which is 22 % of the plan (80)"
        return True
    if previous is not None and previous.types == ("union",) and not _noun_in(cell) and sentence.listed:
        coops = [count for count in sentence.listed if count.types == ("coop",) and previous in sentence.listed]
        previous = coops[0] if coops else previous  # "1,000 cooperatives and 12 unions, of which 60 % are effective"
    if previous is not None and previous.kind == "change" and _says_again(cell, sentence):
        inherit(reading, previous)
        return True
    grows = cell.has("up", "down", "up_to", "compared", "more_than") or _exceeds_by(cell) or _leads_on(cell, sentence)
    if (grown := _grown_behind(cell)) is not None:
        reading.role, reading.kind = "statistic", "change"
        money = grown.kind == "measure"
        reading.indicator = money_indicator(grown.code, reading, sentence) if money else grown.code
        reading.types, reading.sector = find_owners(reading, sentence)
    elif grows and _takes_subject(reading, sentence):
        reading.kind = "share" if _reaches_a_share(cell) else "change"
    elif (people := _people_divided(cell, sentence)) is not None:
        reading.role, reading.kind, reading.indicator = "statistic", "share", people
        reading.types, reading.sector = find_owners(reading, sentence)
    elif (_numbers_graded(cell) or (_says_share(cell) and _names_subject(cell))) and _takes_subject(reading, sentence):
        reading.kind = "share"
    elif previous is not None and grows:
        led_to = previous.kind == "share" or cell.has("plan")  # "from 38 % to 57 %", "so as to reach 103 % of the plan"
        reaches = led_to and is_before(cell, "up_to", "range")
        share = previous.unit == "percent" and previous.kind == "share" and not cell.has("up", "down", "more_than")
        reaches = reaches or (share and is_before(cell, "compared"))  # "78 % do well, against 71 % in 2019"
        inherit(reading, previous, kind="share" if reaches else "change")
    elif previous is not None and previous.unit == "person" and _says_who(cell):
        inherit(reading, previous, kind="share")  # "45 workers, over 60 % are women"
    elif cell.has("of_them") and previous is not None and (graded := _graded(cell, sentence)) is not None:
        inherit(reading, graded, kind="share")
        reading.subset = find_subset(cell)
    elif previous is not None and (
        cell.in_brackets or of_plan or cell.has("share", "of_them") or _aims(cell) or _repeats(cell, previous)
    ):
        previous = _founded_before(cell, sentence) or previous
        divides = previous.kind != "change" or of_plan or cell.has("of_them") or cell.parted_by(";")
        inherit(reading, previous, kind="share" if divides else "change")
        reading.sector = find_sector(cell) or reading.sector
        reading.subset = find_subset(cell) or reading.subset
    elif previous is not None and previous.counts and _divides_the_count_before(cell):
        inherit(reading, previous, kind="share")
    elif any(tag.code in ("product", "ocop_product") for tag in cell.right) and says(sentence, "ocop"):
        reading.types = types_in(sentence.tags)
        if reading.types:
            reading.role, reading.kind, reading.indicator = "statistic", "share", "ocop_products"
    elif not _noun_in(cell) and (part := _part_of_whole(reading, sentence)) is not None:
        inherit(reading, part, kind="share")
    elif previous is not None and previous.unit == "percent" and previous.kind == "share" and not _noun_in(cell):
        inherit(reading, previous, kind="share")
        reading.subset, reading.sector = find_subset(cell), _sector_near(cell) or reading.sector
    elif types := (
        types_in(cell.right)
        or (cell.left_has("out_of") and types_in(cell.left))
        or (
            (_goes_on_sharing(cell, previous) or _is_graded(cell) or _grades(cell) or _opens_of(cell, sentence))
            and types_in(cell.left)
        )
    ):
        reading.role, reading.kind, reading.types = "statistic", "share", types
        reading.indicator = "organisations"
        reading.subset, reading.sector = find_subset(cell), find_sector(cell)
    elif previous is not None and previous.counts and any(tag.kind in ("sector", "subset") for tag in cell.tags):
        inherit(reading, previous, kind="share")
        reading.sector, reading.subset = _sector_near(cell) or reading.sector, find_subset(cell) or reading.subset
    elif _is_aside(cell) and (types := types_in(sentence.tags[: cell.place])):  # "two thirds (67 %) are farming"
        reading.role, reading.kind, reading.types = "statistic", "share", types
        reading.indicator, reading.subset, reading.sector = "organisations", find_subset(cell), _sector_near(cell)
    elif (cell.left_has("share", "total") or (cell.has("target", "forward") and find_subset(cell))) and _takes_subject(
        reading, sentence
    ):  # "good ones must be 60 %"
        reading.kind = "share"
    elif cell.left_has("total") and previous is not None:
        inherit(reading, previous, kind="share")
    elif _grades_the_count_before(cell, sentence):
        inherit(reading, sentence.count_before, kind="share")
        reading.indicator, reading.subset = "organisations", find_subset(cell)
        if sector := find_sector(cell):
            reading.sector, reading.types = sector, ("coop",)  # groups have no register to be divided
    elif _names_loans(cell) and _takes_subject(reading, sentence):  # overdue loans are printed as a share of all
        reading.kind = "share"
    return True


def _says_again(cell: Cell, sentence: Sentence) -> bool:
    """Whether a percentage only says the change before it over again: "up by 9.7 billion or 17.8 %"."""
    before = sentence.readings[-1].cell
    between = [tag for tag in sentence.tags[before.stop : cell.place] if tag.kind not in ("word", "qualifier_before")]
    return [tag.code for tag in between if tag.kind != "numeral"] == ["and"]


def _grades_the_count_before(cell: Cell, sentence: Sentence) -> bool:
    """Whether only a grade or sector says what a share is of: "the share of good and fair ones is 53.5 %"."""
    graded = any(tag.kind in ("subset", "sector") for tag in cell.left) and cell.left_has("share")
    return graded and sentence.count_before is not None and not _noun_in(cell)


def _founded_before(cell: Cell, sentence: Sentence) -> Reading | None:
    """What a plan was made for: "41 were founded with a capital of 62 billion, which is 51 % of the plan"."""
    count, told = sentence.readings[-2:] if len(sentence.readings) > 1 else (None, None)
    theirs = told is not None and told.indicator in ("charter_capital", "members", "workers")
    return count if theirs and cell.has("plan") and count.indicator in EVENTS else None


def _is_aside(cell: Cell) -> bool:
    """Whether a percentage stands in brackets, or alone between two dashes."""
    dashes = [tag.text for tag in (*cell.left[-1:], *cell.right[:1])] == ["-", "-"]
    return cell.in_brackets or dashes


def _says_share(cell: Cell) -> bool:
    """Whether a word for "share" stands before the percentage, or right behind it: Hindi "72 % share hold"."""
    return cell.left_has("share") or [tag.code for tag in cell.right[:1]] == ["share"]


def _numbers_graded(cell: Cell) -> bool:
    """Whether a grade is told as a part of all: "the number of good cooperatives exceeds 65 % of the total"."""
    graded = any(tag.kind == "subset" for tag in cell.left) and bool(types_in(cell.left))
    things = any(tag.kind == "thing" for tag in cell.right)
    return graded and not things and any(tag.code in ("total", "out_of") for tag in cell.right[:1])


def _exceeds_by(cell: Cell) -> bool:
    """Whether a verb of exceeding stands before what grows by the percentage: Arabic "exceeds / revenue / by 8 %"."""
    verb = any(tag.kind == "qualifier_verb" or tag.kind == "qualifier_before" for tag in cell.left)
    return verb and cell.quantity.qualifier == "=" and cell.left[-1].code == "share"


def _leads_on(cell: Cell, sentence: Sentence) -> bool:
    """Whether a verb of rising stands between the percentage and what it led to: Hindi "12 % having-risen 214"."""
    return [tag.code for tag in sentence.tags[cell.stop : cell.stop + 1]] == ["up_to"]


def _is_of_plan(cell: Cell, sentence: Sentence) -> bool:
    """Whether a plan stands right behind the percentage: Vietnamese "70 % plan", "60 % of the full-year goal"."""
    behind = [tag for tag in sentence.tags[cell.stop : cell.stop + _TO_PLAN] if tag.kind != "word"]
    if not behind or behind[0].code not in (*_PARTITIVE, *_PLANNED):
        return False
    said = next((tag for tag in behind if tag.kind not in ("unknown", "time") and tag.code not in _PARTITIVE), None)
    return said is not None and said.code in _PLANNED


def _says_who(cell: Cell) -> bool:
    """Whether a verb and a noun for people, and no noun before it, say which people a percentage is of."""
    behind = [tag for tag in cell.right if tag.kind != "word"][:2]
    said = len(behind) > 1 and behind[0].code == "sum" and behind[1].kind == "person"
    return said and not any(tag.kind in NOUNS for tag in cell.left)


def _graded(cell: Cell, sentence: Sentence) -> Reading | None:
    """The organisations that "85 % of them work well" is of, where people were counted last: people are not graded."""
    count = sentence.count_before
    people = sentence.beside is not None and sentence.beside.unit == "person"
    graded = any(tag.kind == "subset" and tag.code not in ("operating", "supported") for tag in cell.tags)
    return count if people and graded and not _noun_in(cell) else None


def _is_graded(cell: Cell) -> bool:
    """Whether a grade stands right behind the percentage, as its predicate: Hindi "of cooperatives 29 % good"."""
    return [tag.kind for tag in cell.right[:1]] == ["subset"]


def _grown_behind(cell: Cell) -> Tag | None:
    """What has risen or fallen, told behind the percentage: "8 % growth in revenue", "a 5 % drop in members"."""
    said = [tag for tag in cell.right if tag.kind not in ("word", "qualifier_after")][:4]
    if len(said) < _GROWN or said[0].code not in ("up", "down") or said[1].code != "on":
        return None
    known = ("revenue", "profit", "income", "members", "workers", "charter_capital", "working_capital", "capital")
    return next((tag for tag in said[2:] if tag.kind in ("measure", "person") and tag.code in known), None)


def _whole_behind(cell: Cell, sentence: Sentence) -> list[Tag] | None:
    """The noun phrase of the count that a percentage is of: "25 % of the 920 cooperatives are in trade"."""
    after = next((other for other in sentence.cells if other.place > cell.place), None)
    if after is None or after.head is None or after.head.code not in TYPE_OF or cell.has("plan", "up", "down"):
        return None
    between = [tag.code for tag in sentence.tags[cell.place + 1 : after.place] if tag.kind != "word"]
    return sentence.tags[after.place : after.stop] if between == ["out_of"] else None


def _opens_of(cell: Cell, sentence: Sentence) -> bool:
    """Whether a sentence opens with those that a percentage divides: "Of Hue's cooperatives, 71 % are in farming"."""
    opens = bool(cell.left) and cell.left[0] is sentence.tags[0] and cell.left[0].code == "on"
    nouns = [tag.kind for tag in cell.left if tag.kind in NOUNS]
    said = any(tag.kind in ("sector", "subset") for tag in cell.right)
    return opens and said and nouns == ["organisation"] and cell.left[-1].text == ","


def _grades(cell: Cell) -> bool:
    """Whether graded organisations are said to be the percentage: "effective cooperatives reach 65 %"."""
    said = [tag for tag in cell.left if tag.kind not in ("word", "qualifier_before") and tag.code != "with"]
    said = said[:-1] if said and said[-1].code == "sum" else said
    return [tag.kind for tag in said[-2:]] == ["organisation", "subset"]


def _divides_the_count_before(cell: Cell) -> bool:
    """Whether a percentage says over again what part of all a count is: "512 farm, or 64 % of all the cooperatives"."""
    joined = cell.opener is not None and cell.opener.code in (",", "and") and not types_in(cell.left)
    bare = not any(tag.kind in ("sector", "subset", "event") for tag in cell.tags)
    return joined and bare and [tag.code for tag in cell.right[:1]] == ["out_of"]


def _goes_on_sharing(cell: Cell, previous: Reading | None) -> bool:
    """Whether a list of shares goes on: "farming cooperatives make up 71 %, industrial cooperatives 10 %"."""
    shared = previous is not None and previous.unit == "percent" and previous.kind == "share"
    nouns = [tag.kind for tag in cell.left if tag.kind in NOUNS]
    return shared and previous.indicator == "organisations" and nouns == ["organisation"]


def _divides_all(cell: Cell) -> bool:
    """Whether organisations stand right behind the percentage, as its whole: "100% of cooperatives know the law"."""
    counted = cell.head is not None and cell.head.code in TYPE_OF
    return counted and not cell.in_brackets and not cell.has("plan", "up", "down", "compared", "of_them", "up_to")


def _label_in_list(cell: Cell, sentence: Sentence) -> Tag | None:
    """The sector right before a percentage in a list by field: "by sector, farming 51 %, transport 18 %"."""
    said = (
        tag for tag in reversed(cell.left) if tag.kind not in ("word", "qualifier_before") and tag.code not in _SAID
    )
    label = next(said, None)
    listed = label is not None and label.kind == "sector" and not _noun_in(cell)
    first = next((tag for tag in sentence.tags if tag.kind == "quantity" or tag.code == "field"), None)
    return label if listed and first is not None and first.code == "field" else None


def _reaches_a_share(cell: Cell) -> bool:
    """Whether a percentage is what a share has grown to: "the share of good cooperatives rose to 62 %"."""
    graded = cell.left_has("share") or (any(tag.kind == "subset" for tag in cell.left) and bool(types_in(cell.left)))
    return graded and cell.left_has("up_to") and nearest(cell.left, "measure") is None


def _people_divided(cell: Cell, sentence: Sentence) -> str | None:
    """The members or workers that a percentage says it is of: Arabic "38% of their members", Hindi "members-in 38%"."""
    noun, place = [None, None, *[tag for tag in cell.left if tag.kind != "qualifier_before"]][-2:]
    if sentence.verb_last and place is not None and place.code == "on" and noun is not None and noun.kind == "person":
        return noun.code if noun.code in ("members", "workers") else None
    partitive = bool(cell.right) and cell.right[0].kind == "word" and cell.right[0].code == "of"
    head = cell.head
    return head.code if partitive and head is not None and head.code in ("members", "workers") else None


def _part_of_whole(reading: Reading, sentence: Sentence) -> Reading | None:
    """The count whose share of the count behind it the percentage is: "387 out of 712, not even 55 %"."""
    part, whole = sentence.readings[-2:] if len(sentence.readings) > 1 else (None, None)
    if part is None or not (part.counts and whole.counts) or not whole.cell.quantity.value:
        return None
    share = 100 * part.cell.quantity.value / whole.cell.quantity.value
    return part if abs(share - reading.cell.quantity.value) < 1 else None


def _repeats(cell: Cell, previous: Reading) -> bool:
    """Whether a percentage with no noun of its own says a count over again: "529 are farming, which is 90.6 %"."""
    return (
        previous.counts
        and cell.opener is not None
        and not _noun_in(cell)
        and all(tag.kind in _SMALL_KINDS or tag.code in ("sum", "relative", "including", "and") for tag in cell.left)
    )


def _aims(cell: Cell) -> bool:
    """Whether a planned percentage names no organisations of its own."""
    return cell.has("target") and not types_in(cell.right[:2])


def _takes_subject(reading: Reading, sentence: Sentence) -> bool:
    """Take the subject before a percentage: "revenue must grow by 18 %", "the share of good cooperatives is 65 %"."""
    cell = reading.cell
    noun = next((tag for tag in reversed(cell.left) if tag.kind in ("measure", "person", "organisation")), None)
    if noun is None or noun.code == "foreign":
        return False
    subject = next((tag for tag in reversed(cell.left) if tag.kind == "measure"), None) or next(
        (tag for tag in reversed(cell.left) if tag.kind == "person" and tag.code in ("members", "workers")), None
    )
    if subject is None:
        if noun.code not in TYPE_OF:
            return False
        reading.indicator = find_event(cell) or "organisations"
        reading.types, reading.sector = types_in(cell.left), find_sector(cell)
        reading.subset = find_subset(cell)
    else:
        money = subject.kind == "measure"
        reading.indicator = money_indicator(subject.code, reading, sentence) if money else subject.code
        reading.types, reading.sector = find_owners(reading, sentence)
    reading.role = "statistic"
    return True


def _names_subject(cell: Cell) -> bool:
    return nearest(cell.left, "organisation") is not None or _names_loans(cell)


def _names_loans(cell: Cell) -> bool:
    measure = nearest(cell.left, "measure")
    return measure is not None and measure.code == "loans_outstanding"


def _noun_in(cell: Cell) -> bool:
    return any(tag.kind in ("organisation", "measure", "person", "thing") for tag in cell.tags)


def _sector_near(cell: Cell) -> str | None:
    return next((tag.code for tag in cell.right if tag.kind == "sector"), None)
