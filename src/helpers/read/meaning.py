"""Decide what each quantity of a sentence counts: rules over its cell, read top to bottom, the first that fits wins.

Knows concepts, never words or languages. What a sentence leaves out (whose members, whose revenue) comes from the
sentences before it. Lists and breakdowns are put right afterwards, by ``lists``.
"""

from collections.abc import Callable

from helpers.read.cells import NOUNS, Cell
from helpers.read.changes import inherit, is_percent, multiplies
from helpers.read.lexicon import Lexicon
from helpers.read.money import MONEY, find_measure, money_indicator, unsaid_currency
from helpers.read.nouns import (
    TYPE_OF,
    find_event,
    find_sector,
    find_subset,
    is_article,
    is_before,
    is_per_organisation,
    is_tight,
    joint_types,
    nearest,
    organisation_head,
    people_counted,
    says,
    says_before,
    types_in,
)
from helpers.read.plans import is_planned
from helpers.read.readings import EVENTS, TYPES, Reading, Sentence
from helpers.read.scope import find_owners, remember

_SUPPORT = {
    "project": ("projects_financed", "project"),
    "policy": ("policies", "policy"),
    "course": ("training_courses", "course"),
}


_SMALL_WORDS = ("word", "qualifier_before", "time")
_LENT = ("loans_disbursed", "loans_outstanding", "loans_undisbursed", "budget")


HELPED = ("consulted", "supported", "borrowing")


def read_sentence(sentence: Sentence, lexicon: Lexicon) -> list[Reading]:
    """Return the readings of all quantities of a sentence; its context is left as the next sentence needs it."""
    roots = [root.replace("-", " ") for root in lexicon.roots]  # the words of a spelling stand apart
    speaks = any(root in tag.text for tag in sentence.tags for root in roots)
    sentence.context.silence = 0 if speaks else sentence.context.silence + 1
    for cell in sentence.cells:
        reading = Reading(cell)
        sentence.each = (sentence.each and not cell.parted_by(";")) or is_per_organisation(cell)
        sentence.averaged = (
            sentence.averaged or is_per_organisation(cell) or (cell.left_has("average") and bool(types_in(cell.left)))
        )
        for rule in RULES:
            if rule(reading, sentence):
                break
        if reading.role == "statistic":
            find_kind(reading, sentence)
            remember(reading, sentence)
        sentence.readings.append(reading)
    return sentence.readings


def _is_off_topic(reading: Reading, sentence: Sentence) -> bool:
    """People, money and support are of cooperatives only where the text speaks of these."""
    if sentence.topical:
        return False
    reading.role = (
        "unresolved" if reading.cell.head is None or reading.cell.head.kind == "unknown" else "other_quantity"
    )
    return True


def _is_money(reading: Reading, sentence: Sentence) -> bool:
    cell, before = reading.cell, sentence.beside
    unit = cell.quantity.unit or unsaid_currency(cell, before)
    if unit not in MONEY:
        return False
    reading.unit = unit
    if cell.in_brackets and before is not None and before.unit in MONEY:  # a conversion, or the value of a year before
        inherit(reading, before, kind=before.kind)
        return True
    code = find_measure(cell, sentence)
    if code is None:
        return True
    if code == "foreign":
        reading.role = "other_quantity"
        return True
    reading.indicator = money_indicator(code, reading, sentence)
    mean_capital = reading.indicator.endswith("capital") and (cell.has("average") or is_per_organisation(cell))
    reading.role = "other_quantity" if mean_capital else "statistic"
    reading.types, reading.sector = find_owners(reading, sentence)
    funded = any(tag.code == "support_fund" for tag in sentence.tags[: cell.place])
    if code in _LENT:
        reading.types = ("fund",) if funded else ()
    if code == "loans_undisbursed":  # a translation that denies what the number counts
        reading.signals.append("negated_term")
    if code.endswith("capital") and funded and not types_in(cell.tags):
        reading.types = ("fund",)
    return True


def _counts_times_or_places(reading: Reading, sentence: Sentence) -> bool:
    head = reading.cell.head
    if head is None or not (
        head.kind in ("time", "area", "place") or head.code in ("foreign", "alliance", "support_fund")
    ):
        return False
    reading.role = "other_quantity"
    return True


def _counts_organisations(reading: Reading, sentence: Sentence) -> bool:
    cell = reading.cell
    head = organisation_head(cell)
    if head is None:
        return False
    if head.code == "unit":
        return _counts_units(reading, sentence)
    if is_article(cell) and not _joins_a_count(cell, sentence):
        reading.role = "other_quantity"
        return True
    count_organisations(reading, TYPES[:3] if head.code == "whole" else joint_types(cell, head))
    if head.code == "member_coop":
        reading.subset, reading.nested = "union-members", True
    if head.code == "whole":
        reading.types = types_in(sentence.tags[cell.place :]) or reading.types
    return True


def _joins_a_count(cell: Cell, sentence: Sentence) -> bool:
    """Whether a number ends a list of counts, so that "one" is no article: "559 cooperatives and one union"."""
    return (
        sentence.beside is not None
        and sentence.beside.counts
        and cell.opener is not None
        and cell.opener.code in ("and", ",", "with")
    )


def _counts_units(reading: Reading, sentence: Sentence) -> bool:
    """ "158 units": the organisations named before, never the members of the alliance."""
    noun = nearest(reading.cell.left, "organisation")
    if noun is not None and noun.code == "alliance":
        reading.role = "other_quantity"
        return True
    count = sentence.count_before
    types = types_in(reading.cell.left) or (count.types if count is not None else ())
    if not types and (find_subset(reading.cell) or find_event(reading.cell)):
        types = ("coop",)  # "241 units still operate", first in their paragraph
    if types:
        count_organisations(reading, types)
    return True


def _counts_people(reading: Reading, sentence: Sentence) -> bool:
    cell = reading.cell
    code = people_counted(cell, sentence)
    if code is None:
        return False
    if sentence.beside is not None and sentence.beside.indicator == "training_courses" and cell.head is not None:
        code = "participants"
    if code == "households" and sentence.beside is not None and sentence.beside.counts:
        code = "members"  # "94 groups with 1,010 households"
    foreign = nearest(cell.left, "thing")
    if (
        code in ("other", "households")
        or (foreign is not None and foreign.code == "foreign" and not types_in(cell.left))  # factories employ people
        or (code != "participants" and sentence.each)
        or (code == "members" and _speaks_of_alliance(cell))
    ):
        reading.role = "other_quantity"
        return True
    reading.role, reading.unit = "statistic", "person"
    if code == "participants":
        reading.indicator = "training_participants"
        return True
    reading.indicator = code
    reading.types, reading.sector = find_owners(reading, sentence)
    if code == "members" and cell.has("joined") and cell.head is not None and cell.head.code == "people":
        reading.kind = "change"
    return True


def _speaks_of_alliance(cell: Cell) -> bool:
    return cell.has("alliance") and not types_in(cell.tags)


def _counts_things(reading: Reading, sentence: Sentence) -> bool:
    cell = reading.cell
    head = cell.head
    if head is None:
        head = next(
            (tag for tag in reversed(cell.left) if tag.kind in ("thing", "organisation", "person", "measure")), None
        )
    if head is None or head.kind != "thing":
        return False
    if head.code in _SUPPORT and not is_article(cell):
        reading.role = "statistic"
        reading.indicator, reading.unit = _SUPPORT[head.code]
        return True
    reading.role = "other_quantity"
    if head.code == "ocop_product" or (head.code == "product" and says_before(sentence, cell, "ocop", "ocop_product")):
        owners = types_in(sentence.tags[: cell.place]) or types_in(cell.right)
        if owners and not any(tag.kind == "area" and tag.code in ("province", "whole") for tag in cell.left):
            reading.role, reading.indicator, reading.unit = "statistic", "ocop_products", "product"
            reading.types = find_owners(reading, sentence)[0]
    return True


def _stands_behind_its_noun(reading: Reading, sentence: Sentence) -> bool:
    """No noun follows: the number belongs to the organisations named before it in its cell."""
    cell = reading.cell
    if is_article(cell) or (cell.head is not None and cell.head.kind != "unknown"):
        return False
    noun = next(
        (tag for tag in reversed(cell.left) if tag.kind in ("organisation", "person", "measure", "thing")), None
    )
    if noun is None or noun.code not in TYPE_OF:
        return False
    if cell.head is not None and not is_tight(cell, noun):
        return False
    count_organisations(reading, types_in(cell.left))
    return True


def _reaches_a_total(reading: Reading, sentence: Sentence) -> bool:
    """ "rose by 41 to 782": the number behind "to" is the level that the change led to."""
    cell, before = reading.cell, sentence.beside
    bare = cell.head is None or cell.head.code in ("people", "unit")
    grown = cell.left_has("up_to") and all(tag.kind in ("word", "numeral", "cue", "mark") for tag in cell.left)
    led_to = before is not None and ((before.kind == "change" and cell.left_has("range", "up_to")) or grown)
    if not bare or not led_to:
        return False
    inherit(reading, before, kind="level")
    people = before.indicator in ("members", "workers")
    reading.unit = "person" if people else "organisation"
    if grown and before.kind != "change" and before.indicator in EVENTS:
        reading.indicator, reading.subset = "organisations", None  # "24 were founded, so that the total became 831"
    if before.unit not in ("percent", reading.unit):  # a change of money leads to money, which says so itself
        reading.role = "unresolved"
    return True


def _repeats_the_count_before(reading: Reading, sentence: Sentence) -> bool:
    """Neither noun before nor after: an elliptical count ("five dissolved", "farming 561", "2 each in Tan Lac").

    It needs a word that says which organisations, or a count of organisations as the number right before it.
    """
    cell, previous = reading.cell, sentence.count_before
    labelled = cell.head is None and bool(cell.left) and cell.left[-1].kind == "sector"
    label = next((tag for tag in reversed(cell.left) if tag.kind not in _SMALL_WORDS and tag.code != "sum"), None)
    labelled = labelled or (cell.head is None and label is not None and label.kind == "place")
    if previous is None and labelled and says(sentence, "field"):
        count_organisations(reading, ("coop",))  # "by field: farming 389; transport 22": groups have no register
        reading.elliptical = True
        return True
    divides = says_before(sentence, cell, "out_of") and cell.opener is not None
    if previous is None or is_article(cell) or not (cell.head is None or (cell.head.kind == "unknown" and divides)):
        return False
    label = cell.before()
    named = label is not None and label.kind == "unknown" and label.upper  # "Lam Ha 58"
    says_which = named or any(tag.kind in ("event", "subset", "sector", "place") for tag in cell.tags)
    if not says_which and cell.left_has("of_them") and sentence.beside is not None and sentence.beside.unit == "person":
        return False  # "900 members, of whom 300"
    before = sentence.readings[-1] if sentence.readings else sentence.context.last
    if cell.left_has("out_of") and before is not None and before.role == "statistic" and not before.counts:
        return False  # "103 products, out of 189 in the province"
    follows = before is not None and before.counts and not any(tag.kind in NOUNS for tag in cell.left)
    if not (says_which or divides or follows or cell.has("of_them", "rest", "each")):
        return False
    mixed = previous is sentence.context.last_count and {"coop", *previous.types} <= {*sentence.context.counted}
    registers = mixed and not previous.nested and cell.left_has("established", "dissolved")  # "closures came to 870"
    count_organisations(reading, ("coop",) if registers else previous.types)
    reading.elliptical = True
    unnamed = not any(tag.kind in ("event", "subset", "sector", "place", "area") for tag in cell.tags)
    if unnamed and previous.elliptical and previous.sector and any(tag.kind == "unknown" for tag in cell.left):
        reading.sector = "other"  # "..., environment 9, others 6"
    return True


def _repeats_the_people_before(reading: Reading, sentence: Sentence) -> bool:
    """ "of whom 13,000 work regularly and 14,000 seasonally": the second number counts the same people."""
    cell, before = reading.cell, sentence.beside
    if (
        before is None
        or before.unit != "person"
        or not (cell.left_has("of_them") or (before.cell.has("of_them") and cell.opener and cell.opener.code == "and"))
    ):
        return False
    small = all(tag.kind in ("word", "qualifier_before") or tag.code in ("of_them", "sum") for tag in cell.left)
    if (cell.head is not None and cell.head.kind != "unknown") or not small:
        return False
    inherit(reading, before, kind=before.kind)
    reading.unit = "person"
    return True


def _repeats_the_products_before(reading: Reading, sentence: Sentence) -> bool:
    """ "43 products, 26 of them with three stars": the second number counts some of the same products."""
    cell, before = reading.cell, sentence.beside
    bare = cell.head is None or cell.head.kind == "unknown"
    if before is None or before.indicator != "ocop_products" or not bare or not cell.has("of_them"):
        return False
    inherit(reading, before, kind=before.kind)
    reading.unit = before.unit
    return True


def _has_unknown_noun(reading: Reading, sentence: Sentence) -> bool:
    return True


def count_organisations(reading: Reading, types: tuple[str, ...]) -> None:
    reading.role, reading.unit, reading.indicator, reading.types = "statistic", "organisation", "organisations", types
    reading.sector, reading.subset = find_sector(reading.cell), find_subset(reading.cell)
    if types == ("fund",):
        reading.sector = "credit"


def find_kind(reading: Reading, sentence: Sentence) -> None:
    cell = reading.cell
    happened = reading.counts and reading.indicator == "organisations" and reading.subset not in HELPED
    event = find_event(cell) if happened else None
    before = sentence.beside
    led_to = before is not None and before.unit == "percent" and before.kind == "change" and before.indicator in EVENTS
    if event is not None:
        reading.indicator = event
    elif happened and led_to:  # newly founded ones "grew by 12 % to 45 cooperatives"
        reading.indicator = before.indicator
    elif reading.kind == "level" and changes(cell):
        reading.kind = "change"
        before = next((past for past in reversed(sentence.readings) if past.counts and not past.nested), None)
        if reading.counts and reading.sector is None and before is not None and before.types == reading.types:
            reading.sector = before.sector
    if reading.kind != "target" and is_planned(cell, sentence) and not cell.has("plan"):
        reading.kind = "target"


def changes(cell: Cell) -> bool:
    near = [tag for tag in cell.left if tag.kind != "word"][-4:]
    after = [tag for tag in cell.right if tag.kind != "word"][:3]
    beside = [tag for tag in cell.right[cell.stop - cell.place - 1 :] if tag.kind != "numeral"][:1]
    if is_before(cell, "range", "of"):  # "rose / the loans / to 22 billion": where the verb comes first
        return False
    more = cell.has("compared") and any(tag.code in ("up", "down") for tag in after)
    more = more or any(tag.code in ("compared", "more_than") for tag in beside)
    return (more or any(tag.code in ("up", "down", "more_than") for tag in near)) and not cell.has("up_to")


RULES: tuple[Callable[[Reading, Sentence], bool], ...] = (
    _is_off_topic,
    _is_money,
    is_percent,
    _counts_times_or_places,
    multiplies,
    _counts_organisations,
    _counts_people,
    _counts_things,
    _stands_behind_its_noun,
    _reaches_a_total,
    _repeats_the_products_before,
    _repeats_the_count_before,
    _repeats_the_people_before,
    _has_unknown_noun,
)
