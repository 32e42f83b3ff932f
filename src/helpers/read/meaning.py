"""Decide what each quantity of a sentence counts: rules over its cell, read from top to bottom, the first that fits wins.

Knows concepts, never words or languages. What a sentence leaves out (whose members, whose revenue) comes from the
``Context`` of the sentences before it. Lists and breakdowns are put right afterwards, by ``lists``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from helpers.read.cells import Cell
from helpers.read.lexicon import Lexicon
from helpers.read.tagging import Tag

TYPES = ("group", "coop", "union", "fund")
_TYPE_OF = {"group": "group", "coop": "coop", "one_coop": "coop", "member_coop": "coop", "union": "union", "fund": "fund"}
_SUPPORT = {
    "project": ("projects_financed", "project"),
    "policy": ("policies", "policy"),
    "course": ("training_courses", "course"),
}
_MONEY = ("VND", "USD")
_SMALL = frozenset({"sector", "word", "qualifier_before", "qualifier_verb", "numeral", "time"})
_LONGEST_SILENCE = 2
_EVENTS = ("established", "dissolved", "suspended", "converted")
_HELPED = ("consulted", "supported", "borrowing")  # what was founded or dissolved then is what the help was about
_LENT = ("loans_disbursed", "loans_outstanding", "budget")
STOCKS = frozenset(
    {"organisations", "members", "workers", "charter_capital", "working_capital", "capital", "loans_outstanding", "policies",
     "ocop_products"}
)  # fmt: skip


@dataclass(slots=True)
class Reading:
    """What one quantity means so far; all fields hold only where ``role`` is ``statistic``."""

    cell: Cell
    role: str = "unresolved"
    unit: str = ""
    kind: str = "level"
    indicator: str = ""
    types: tuple[str, ...] = ()
    sector: str | None = None
    subset: str | None = None
    readings: tuple[str, ...] = ()
    signals: list[str] = field(default_factory=list)
    nested: bool = False
    elliptical: bool = False
    by_context: bool = False  # its organisations come from the sentences before

    @property
    def counts(self) -> bool:
        """Whether it counts organisations, there or coming and going."""
        return self.role == "statistic" and self.unit == "organisation"


@dataclass(slots=True)
class Context:
    """What the sentences before have said.

    ``types`` and ``sector`` are the organisations spoken of, to which members, workers and money without a name belong; ``counted``
    the types of the last list of counts; ``last`` the last statistic of the paragraph; ``named`` holds from the name of one cooperative
    to the next sentence about all of them, at most to the end of the paragraph.
    """

    types: tuple[str, ...] = ()
    sector: str | None = None
    counted: tuple[str, ...] = ()
    last: Reading | None = None
    last_count: Reading | None = None
    named: bool = False
    area: str = "same"
    planned: bool = False  # the paragraph has announced goals
    silence: int = 9  # sentences since cooperatives were last spoken of


@dataclass(slots=True)
class Sentence:
    """One sentence while its quantities are being read, left to right."""

    tags: list[Tag]
    cells: list[Cell]
    context: Context
    readings: list[Reading] = field(default_factory=list)
    listed: list[Reading] = field(default_factory=list)  # the counts of the list that is being read
    averaged: bool = False
    each: bool = False  # it says what one organisation has

    @property
    def topical(self) -> bool:
        """Whether this sentence or one of the two before it speaks of cooperatives, their alliance or the movement."""
        return self.context.silence <= _LONGEST_SILENCE

    @property
    def previous(self) -> Reading | None:
        """The statistic before, in this sentence or an earlier one of the paragraph."""
        return next((reading for reading in reversed(self.readings) if reading.role == "statistic"), self.context.last)

    @property
    def count_before(self) -> Reading | None:
        """The last count of organisations, in this sentence or an earlier one of the paragraph."""
        return next((reading for reading in reversed(self.readings) if reading.counts), self.context.last_count)

    @property
    def beside(self) -> Reading | None:
        """The statistic right before in this sentence, if the number before is one."""
        return self.readings[-1] if self.readings and self.readings[-1].role == "statistic" else None


def read_sentence(sentence: Sentence, lexicon: Lexicon) -> list[Reading]:
    """Return the readings of all quantities of a sentence; its context is left as the next sentence needs it."""
    speaks = any(lexicon.roots.search(tag.text) for tag in sentence.tags)
    sentence.context.silence = 0 if speaks else sentence.context.silence + 1
    for cell in sentence.cells:
        reading = Reading(cell)
        sentence.each = (sentence.each and not cell.parted_by(";")) or _is_per_organisation(cell)
        sentence.averaged = sentence.averaged or _is_per_organisation(cell) or (cell.left_has("average") and bool(_types_in(cell.left)))
        for rule in RULES:
            if rule(reading, sentence):
                break
        if reading.role == "statistic":
            _find_kind(reading, sentence)
            _remember(reading, sentence)
        sentence.readings.append(reading)
    return sentence.readings


# --- the rules: each returns whether it has decided ---------------------------------------------------------------------


def _counts_times_or_places(reading: Reading, sentence: Sentence) -> bool:
    head = reading.cell.head
    if head is None or not (head.kind in ("time", "area", "place") or head.code in ("foreign", "alliance", "support_fund")):
        return False
    reading.role = "other_quantity"
    return True


def _multiplies(reading: Reading, sentence: Sentence) -> bool:
    """"2.4 times" is a change of what stands before it."""
    cell, previous = reading.cell, sentence.beside
    if cell.head is None or cell.head.code != "times":
        return False
    measure = _nearest(cell.left, "measure")
    if measure is not None and measure.code == "income":
        reading.role, reading.indicator = "statistic", "income_per_worker"
        reading.types, reading.sector = _whose(reading, sentence)
    elif previous is not None and cell.has("up", "down"):
        _inherit(reading, previous)
    else:
        reading.role = "other_quantity"
    reading.unit, reading.kind = "other", "change"
    return True


def _is_money(reading: Reading, sentence: Sentence) -> bool:
    cell, before = reading.cell, sentence.beside
    unit = cell.quantity.unit or _unsaid_currency(cell, before)
    if unit not in _MONEY:
        return False
    reading.unit = unit
    if cell.in_brackets and before is not None and before.unit in _MONEY:  # a conversion, or the value of a year before
        _inherit(reading, before, kind=before.kind)
        return True
    code = _measure(cell, sentence)
    if code is None:
        return True
    if code == "foreign":
        reading.role = "other_quantity"
        return True
    reading.indicator = _money_indicator(code, reading, sentence)
    mean_capital = reading.indicator.endswith("capital") and (cell.has("average") or _is_per_organisation(cell))
    reading.role = "other_quantity" if mean_capital else "statistic"
    reading.types, reading.sector = _whose(reading, sentence)
    funded = any(tag.code == "support_fund" for tag in sentence.tags[: cell.place])
    if code in _LENT:
        reading.types = ("fund",) if funded else ()
    elif code.endswith("capital") and funded and not _types_in(cell.tags):
        reading.types = ("fund",)
    return True


def _is_percent(reading: Reading, sentence: Sentence) -> bool:
    """A percentage changes or divides the statistic beside it, or is a share of organisations that it names itself."""
    cell, previous = reading.cell, sentence.beside
    if cell.quantity.unit != "percent":
        return False
    reading.unit, reading.role = "percent", "other_quantity"
    if cell.has("foreign"):
        return True
    grows = cell.has("up", "down", "up_to", "compared", "more_than")
    if grows and _takes_subject(reading, sentence):
        reading.kind = "change"
    elif cell.left_has("share") and _nearest(cell.left, "organisation") and _takes_subject(reading, sentence):
        reading.kind = "share"
    elif previous is not None and grows:
        _inherit(reading, previous, kind="change")
    elif previous is not None and (cell.in_brackets or cell.has("plan", "share", "of_them", "target")):
        _inherit(reading, previous, kind="change" if previous.kind == "change" and not cell.has("plan") else "share")
        reading.sector = _sector(cell) or reading.sector
        reading.subset = _subset(cell) or reading.subset
    elif any(tag.code in ("product", "ocop_product") for tag in cell.right) and _says(sentence, "ocop"):
        reading.types = _types_in(sentence.tags)
        if reading.types:
            reading.role, reading.kind, reading.indicator = "statistic", "share", "ocop_products"
    elif previous is not None and previous.unit == "percent" and previous.kind == "share" and not _noun_in(cell):
        _inherit(reading, previous, kind="share")
        reading.subset = _subset(cell)
    elif types := _types_in(cell.right):
        reading.role, reading.kind, reading.types = "statistic", "share", types
        reading.indicator = "organisations"
        reading.subset, reading.sector = _subset(cell), _sector(cell)
    elif previous is not None and previous.counts and any(tag.kind in ("sector", "subset") for tag in cell.tags):
        _inherit(reading, previous, kind="share")
        reading.sector, reading.subset = _sector_near(cell) or reading.sector, _subset(cell) or reading.subset
    elif cell.left_has("share", "total") and _takes_subject(reading, sentence):
        reading.kind = "share"
    return True


def _takes_subject(reading: Reading, sentence: Sentence) -> bool:
    """A percentage whose own subject stands before it: "revenue must grow by 18 %", "the share of good cooperatives is 65 %"."""
    cell = reading.cell
    noun = next((tag for tag in reversed(cell.left) if tag.kind in ("measure", "person", "organisation")), None)
    if noun is None or noun.code == "foreign":
        return False
    subject = next((tag for tag in reversed(cell.left) if tag.kind == "measure"), None) or next(
        (tag for tag in reversed(cell.left) if tag.kind == "person" and tag.code in ("members", "workers")), None
    )
    if subject is None:
        if noun.code not in _TYPE_OF:
            return False
        reading.indicator = _event(cell) or "organisations"
        reading.types, reading.sector = _types_in(cell.left), _sector(cell)
        reading.subset = _subset(cell)
    else:
        money = subject.kind == "measure"
        reading.indicator = _money_indicator(subject.code, reading, sentence) if money else subject.code
        reading.types, reading.sector = _whose(reading, sentence)
    reading.role = "statistic"
    return True


def _noun_in(cell: Cell) -> bool:
    return any(tag.kind in ("organisation", "measure", "person", "thing") for tag in cell.tags)


def _sector_near(cell: Cell) -> str | None:
    return next((tag.code for tag in cell.right if tag.kind == "sector"), None)


def _counts_organisations(reading: Reading, sentence: Sentence) -> bool:
    cell = reading.cell
    head = _organisation_head(cell)
    if head is None:
        return False
    if head.code == "unit":
        return _counts_units(reading, sentence)
    if _is_article(cell):
        reading.role = "other_quantity"
        return True
    _count(reading, TYPES[:3] if head.code == "whole" else _joint_types(cell, head))
    if head.code == "member_coop":
        reading.subset, reading.nested = "union-members", True
    if head.code == "whole":
        reading.types = _types_in(sentence.tags[cell.place :]) or reading.types
    return True


def _counts_units(reading: Reading, sentence: Sentence) -> bool:
    """"158 units": the organisations named before, never the members of the alliance."""
    noun = _nearest(reading.cell.left, "organisation")
    if noun is not None and noun.code == "alliance":
        reading.role = "other_quantity"
        return True
    count = sentence.count_before
    types = _types_in(reading.cell.left) or (count.types if count is not None else ())
    if types:
        _count(reading, types)
    return True


def _counts_people(reading: Reading, sentence: Sentence) -> bool:
    cell = reading.cell
    code = _people(cell, sentence)
    if code is None:
        return False
    if sentence.beside is not None and sentence.beside.indicator == "training_courses" and cell.head is not None:
        code = "participants"
    if code == "other" or (code != "participants" and sentence.each) or (code == "members" and _speaks_of_alliance(cell)):
        reading.role = "other_quantity"
        return True
    reading.role, reading.unit = "statistic", "person"
    if code == "participants":
        reading.indicator = "training_participants"
        return True
    reading.indicator = code
    reading.types, reading.sector = _whose(reading, sentence)
    if code == "members" and cell.has("joined") and cell.head is not None and cell.head.code == "people":
        reading.kind = "change"
    return True


def _counts_things(reading: Reading, sentence: Sentence) -> bool:
    cell = reading.cell
    head = cell.head
    if head is None:
        head = next((tag for tag in reversed(cell.left) if tag.kind in ("thing", "organisation", "person", "measure")), None)
    if head is None or head.kind != "thing":
        return False
    if head.code in _SUPPORT:
        reading.role = "statistic"
        reading.indicator, reading.unit = _SUPPORT[head.code]
        return True
    reading.role = "other_quantity"
    if head.code == "ocop_product" or (head.code == "product" and _says_before(sentence, cell, "ocop", "ocop_product")):
        owners = _types_in(sentence.tags[: cell.place]) or _types_in(cell.right)
        if owners and not any(tag.kind == "area" and tag.code in ("province", "whole") for tag in cell.left):
            reading.role, reading.indicator, reading.unit = "statistic", "ocop_products", "product"
            reading.types = _whose(reading, sentence)[0]
    return True


def _stands_behind_its_noun(reading: Reading, sentence: Sentence) -> bool:
    """No noun follows: the number belongs to the organisations named before it in its cell."""
    cell = reading.cell
    if cell.head is not None and cell.head.kind != "unknown":
        return False
    noun = next((tag for tag in reversed(cell.left) if tag.kind in ("organisation", "person", "measure", "thing")), None)
    if noun is None or noun.code not in _TYPE_OF:
        return False
    if cell.head is not None and not _is_tight(cell, noun):
        return False
    _count(reading, _types_in(cell.left))
    return True


def _repeats_the_count_before(reading: Reading, sentence: Sentence) -> bool:
    """Neither noun before nor after: an elliptical count ("five dissolved", "farming 561", "2 each in Tan Lac")."""
    cell, previous = reading.cell, sentence.count_before
    divides = _says_before(sentence, cell, "out_of") and cell.opener is not None
    if previous is None or _is_article(cell) or not (cell.head is None or (cell.head.kind == "unknown" and divides)):
        return False
    says_which = any(tag.kind in ("event", "subset", "sector", "place") for tag in cell.tags)
    if not (says_which or divides or cell.has("of_them", "rest", "each")):
        return False
    _count(reading, previous.types)
    reading.elliptical = True
    return True


def _reaches_a_total(reading: Reading, sentence: Sentence) -> bool:
    """"rose by 41 to 782": the number behind "to" is the level that the change led to."""
    cell, before = reading.cell, sentence.beside
    if cell.head is not None or before is None or before.kind != "change" or not cell.left_has("range", "up_to"):
        return False
    count = sentence.count_before if before.unit == "percent" else before
    if count is None:
        return False
    _inherit(reading, before, kind="level")
    reading.unit = count.unit
    return True


def _repeats_the_people_before(reading: Reading, sentence: Sentence) -> bool:
    """"of whom 13,000 work regularly and 14,000 seasonally": the second number counts the same people."""
    cell, before = reading.cell, sentence.beside
    if before is None or before.unit != "person" or not before.cell.has("of_them") or not cell.opener or cell.opener.code != "and":
        return False
    if (cell.head is not None and cell.head.kind != "unknown") or any(tag.kind != "word" for tag in cell.left):
        return False
    _inherit(reading, before, kind=before.kind)
    reading.unit = "person"
    return True


def _has_unknown_noun(reading: Reading, sentence: Sentence) -> bool:
    return True


def _is_off_topic(reading: Reading, sentence: Sentence) -> bool:
    """People, money and support are of cooperatives only where the text speaks of these."""
    if sentence.topical:
        return False
    reading.role = "unresolved" if reading.cell.head is None or reading.cell.head.kind == "unknown" else "other_quantity"
    return True


RULES: tuple[Callable[[Reading, Sentence], bool], ...] = (
    _is_off_topic,
    _is_money,
    _is_percent,
    _counts_times_or_places,
    _multiplies,
    _counts_organisations,
    _counts_people,
    _counts_things,
    _stands_behind_its_noun,
    _reaches_a_total,
    _repeats_the_count_before,
    _repeats_the_people_before,
    _has_unknown_noun,
)


# --- nouns -----------------------------------------------------------------------------------------------------------


def _nearest(tags: list[Tag], kind: str) -> Tag | None:
    return next((tag for tag in reversed(tags) if tag.kind == kind), None)


def _says(sentence: Sentence, *codes: str) -> bool:
    return any(tag.code in codes for tag in sentence.tags)


def _says_before(sentence: Sentence, cell: Cell, *codes: str) -> bool:
    return cell.has(*codes) or any(tag.code in codes for tag in sentence.tags[: cell.place])


def _types_in(tags: list[Tag]) -> tuple[str, ...]:
    found = {_TYPE_OF[tag.code] for tag in tags if tag.kind == "organisation" and tag.code in _TYPE_OF}
    return tuple(name for name in TYPES if name in found)


def _count(reading: Reading, types: tuple[str, ...]) -> None:
    reading.role, reading.unit, reading.indicator, reading.types = "statistic", "organisation", "organisations", types
    reading.sector, reading.subset = _sector(reading.cell), _subset(reading.cell)
    if types == ("fund",):
        reading.sector = "credit"


def _organisation_head(cell: Cell) -> Tag | None:
    if cell.word in TYPES:  # an Arabic dual says the noun and its number in one word
        return Tag("organisation", cell.word, 0, 0, cell.word)
    if cell.head is not None and cell.head.kind == "organisation":
        return cell.head
    before = cell.left[-1] if cell.left else None
    if cell.quantity.value == 1 and before is not None and before.kind == "organisation" and not cell.quantity.text.isdigit():
        return before  # تعاونية واحدة: the numeral follows its noun like an adjective
    return None


def _joint_types(cell: Cell, head: Tag) -> tuple[str, ...]:
    """The types that one number counts together: "148 cooperatives and unions"."""
    place = next((index for index, tag in enumerate(cell.right) if tag is head), None)
    types = {_TYPE_OF[head.code]}
    follows = cell.right[place + 1 :] if place is not None else []
    for tag, after in zip_longest(follows, follows[1:]):
        if tag.kind == "organisation" and tag.code in _TYPE_OF:
            types.add(_TYPE_OF[tag.code])
        elif not (tag.code in ("and", ",") and after is not None and after.kind == "organisation"):
            break
    return tuple(name for name in TYPES if name in types)


def _people(cell: Cell, sentence: Sentence) -> str | None:
    """Which people are counted: the noun after the number, or for "people" and a bare number the one before it."""
    head = cell.head
    if head is not None and head.kind == "person" and head.code != "people":
        return head.code
    if head is not None and head.kind not in ("person", "unknown"):
        return None
    noun = next((tag for tag in reversed(cell.left) if tag.kind in ("person", "measure", "thing") and tag.code != "people"), None)
    if noun is not None and noun.kind == "person":
        if head is not None and head.kind == "unknown" and not _is_tight(cell, noun):
            return None
        return noun.code
    if head is None or head.kind != "person":
        return None
    if named := next((tag for tag in cell.right if tag.kind == "person" and tag.code != "people"), None):
        return named.code
    previous = sentence.previous
    if previous is not None and previous.indicator == "training_courses":
        return "participants"
    return "members" if cell.has("joined") else None


def _speaks_of_alliance(cell: Cell) -> bool:
    return cell.has("alliance") and not _types_in(cell.tags)


def _is_tight(cell: Cell, noun: Tag) -> bool:
    """Whether only small words stand between a noun and the number behind it."""
    place = next(index for index in range(len(cell.left) - 1, -1, -1) if cell.left[index] is noun)
    return all(tag.kind in _SMALL or tag.code in ("sum", "total", "average") for tag in cell.left[place + 1 :])


def _is_article(cell: Cell) -> bool:
    """A word for "one" is an article unless something happened to the one: "one was dissolved"."""
    return cell.quantity.value == 1 and not any(char.isdigit() for char in cell.quantity.text) and _event(cell) is None


def _sector(cell: Cell) -> str | None:
    """The sector in the noun phrase after the number or joined to it ("in the field of"), or the subject before it."""
    phrase = cell.stop - cell.place - 1 if cell.head is not None else len(cell.right)
    for index, tag in enumerate(cell.right):
        before = next((before.code for before in reversed(cell.right[:index]) if before.kind != "word"), None)
        linked = before in ("field", "on") or tag.code == "other"
        if tag.kind == "sector" and (index < phrase or linked):
            return tag.code
        if tag.kind == "mark" and tag.code not in ("-", "/"):
            break
    subject = None
    for tag in cell.left:
        if tag.kind == "sector":
            subject = subject or tag
        elif tag.kind in ("area", "date"):
            subject = None
    return subject.code if subject is not None else None


def _subset(cell: Cell) -> str | None:
    """Which of all organisations are counted; "operating" only where nothing more is said."""
    found = [tag.code for tag in (*cell.right, *reversed(cell.left)) if tag.kind == "subset"]
    if cell.has("awaiting") and cell.has("dissolved"):
        return "awaiting-dissolution"
    return next((code for code in found if code != "operating"), found[0] if found else None)


# --- whose -----------------------------------------------------------------------------------------------------------


def _whose(reading: Reading, sentence: Sentence) -> tuple[tuple[str, ...], str | None]:
    """The organisations that people or money belong to: named in the cell, listed before it, or spoken of last."""
    cell, context, listed = reading.cell, sentence.context, sentence.listed
    if cell.in_brackets and sentence.beside is not None and sentence.beside.counts:
        return sentence.beside.types, sentence.beside.sector
    if cell.has("one_each") and listed:
        whole = list_types(listed)
        reading.signals.append("open_scope")
        reading.readings = ("+".join(listed[-1].types), "+".join(whole))
        return listed[-1].types, listed[-1].sector
    if cell.has("together"):
        counted = [past for past in sentence.readings if past.counts]
        if counted or context.counted:
            return (list_types(counted) if counted else context.counted), None
    if any(tag.code == "whole" and tag.kind == "organisation" for tag in cell.tags):
        return TYPES[:3], None
    if own := _types_in(cell.tags):
        repeats = own == context.types and _is_per_organisation(cell)  # "per cooperative": of those spoken of
        return own, _sector(cell) or (context.sector if repeats else None)
    if listed:
        return list_types(listed), _sector(cell) or (listed[-1].sector if len(listed) == 1 else None)
    reading.by_context = True
    return context.types or ("coop",), _sector(cell) or context.sector


def list_types(listed: list[Reading]) -> tuple[str, ...]:
    """All types of a list; where it counts one type twice, a distinction was lost and groups are among them."""
    types = [name for reading in listed for name in reading.types]
    doubled = types.count("coop") > 1 and "group" not in types
    return tuple(name for name in TYPES if name in types or (name == "group" and doubled))


# --- money -----------------------------------------------------------------------------------------------------------


def _measure(cell: Cell, sentence: Sentence) -> str | None:
    """The measure before the number, else behind it, else that of the money before it (a conversion, a second value)."""
    noun = _nearest(cell.left, "measure") or next((tag for tag in cell.right if tag.kind == "measure"), None)
    if noun is not None:
        return noun.code
    money = next((past for past in reversed(sentence.readings) if past.unit in _MONEY), None)
    if money is not None and money.role == "statistic":
        return money.indicator
    if any(past.indicator == "projects_financed" for past in sentence.readings):
        return "loans_disbursed"
    if cell.has("granted"):
        return "budget"
    said = _nearest(sentence.tags[: cell.place], "measure")
    return said.code if said is not None and money is None else None


def _unsaid_currency(cell: Cell, before: Reading | None) -> str | None:
    """The dong, where only a magnitude is printed behind a measure of money, or in brackets behind an amount."""
    if not cell.magnified or (cell.head is not None and cell.head.kind != "unknown"):
        return None
    noun = next((tag for tag in reversed(cell.left) if tag.kind in ("measure", "person", "organisation", "thing")), None)
    amount_before = cell.in_brackets and before is not None and before.unit in _MONEY
    return "VND" if amount_before or (noun is not None and noun.kind == "measure") else None


def _money_indicator(code: str, reading: Reading, sentence: Sentence) -> str:
    cell = reading.cell
    if code == "income":
        of_people = any(tag.kind == "person" for tag in cell.tags) or not (_types_in(cell.tags) or sentence.averaged or cell.has("average"))
        if of_people:
            return "income_per_worker"
        code = "revenue"
    if code not in ("revenue", "profit"):
        return {"budget": "budget_support"}.get(code, code)
    if cell.has("average") or _is_per_organisation(cell):
        sentence.averaged = True
    return f"{code}_per_organisation" if sentence.averaged else f"{code}_total"


def _is_per_organisation(cell: Cell) -> bool:
    said = ("/", "each", "article")
    return any((tag.text in said or tag.code in said) and after.code in _TYPE_OF for tag, after in pairwise(cell.tags))


# --- kind -----------------------------------------------------------------------------------------------------------


def _inherit(reading: Reading, previous: Reading, *, kind: str = "change") -> None:
    reading.role, reading.kind, reading.indicator = "statistic", kind, previous.indicator
    reading.types, reading.sector, reading.subset = previous.types, previous.sector, previous.subset


def _find_kind(reading: Reading, sentence: Sentence) -> None:
    cell = reading.cell
    happened = reading.counts and reading.indicator == "organisations" and reading.subset not in _HELPED
    event = _event(cell) if happened else None
    before = sentence.beside
    led_to = before is not None and before.unit == "percent" and before.kind == "change" and before.indicator in _EVENTS
    if event is not None:
        reading.indicator = event
    elif happened and led_to:  # newly founded ones "grew by 12 % to 45 cooperatives"
        reading.indicator = before.indicator
    elif reading.kind == "level" and _changes(cell):
        reading.kind = "change"
        before = next((past for past in reversed(sentence.readings) if past.counts and not past.nested), None)
        if reading.counts and reading.sector is None and before is not None and before.types == reading.types:
            reading.sector = before.sector
    if reading.kind != "target" and _is_planned(cell, sentence) and not cell.has("plan"):
        reading.kind = "target"


def _event(cell: Cell) -> str | None:
    """What happened to the organisations counted; "new" counts in their own noun phrase only."""
    phrase = cell.stop - cell.place - 1
    for index, tag in enumerate(cell.right):
        if tag.code == "dissolved" and cell.has("awaiting"):
            return None
        if tag.kind == "event" and tag.code != "joined" and (tag.code != "new" or index < phrase):
            return "established" if tag.code == "new" else tag.code
    for tag, after in zip_longest(reversed(cell.left), [None, *reversed(cell.left)][: len(cell.left)]):
        if tag.code == "," and tag.kind == "mark":
            break
        new_ones = tag.code == "new" and after is not None and after.kind == "organisation"
        if tag.kind == "event" and (new_ones or tag.code not in ("joined", "new")):
            return "established" if new_ones else tag.code
    return None


def _changes(cell: Cell) -> bool:
    near = [tag for tag in cell.left if tag.kind != "word"][-4:]
    after = [tag for tag in cell.right if tag.kind != "word"][:3]
    beside = cell.right[cell.stop - cell.place - 1 :][:1]
    more = cell.has("compared") and any(tag.code in ("up", "down") for tag in after)
    more = more or any(tag.code in ("compared", "more_than") for tag in beside)
    return (more or any(tag.code in ("up", "down", "more_than") for tag in near)) and not cell.has("up_to")


def _is_planned(cell: Cell, sentence: Sentence) -> bool:
    planned = any(tag.code in ("target", "goal") and tag.kind == "cue" for tag in sentence.tags[: cell.place])
    return planned or sentence.context.planned


def _nest(reading: Reading, sentence: Sentence) -> None:
    """Mark a part of a whole counted before; the parts of a list follow its first, up to a semicolon."""
    cell, before = reading.cell, sentence.beside
    follows = before is not None and before.nested and not cell.parted_by(";", "…")
    whole = next((past for past in reversed(sentence.readings) if past.counts and not past.nested), before)
    part = reading.types and (whole is None or set(reading.types) <= set(whole.types) or reading.sector is not None)
    reading.nested = reading.nested or cell.has("of_them", "including") or bool(follows and part)
    if reading.sector is None and (reading.nested or cell.has("there")) and sentence.count_before is not None:
        reading.sector = sentence.count_before.sector if cell.has("of_them", "there") or follows else None


def _remember(reading: Reading, sentence: Sentence) -> None:
    context, listed = sentence.context, sentence.listed
    if reading.counts:
        _nest(reading, sentence)
        context.last_count = reading
    if reading.counts and reading.indicator == "organisations" and reading.kind in ("level", "target") and reading.types:
        if reading.nested:
            return
        joins = sentence.beside is not None and listed and sentence.beside is listed[-1] and not reading.cell.parted_by("while")
        sentence.listed = [*listed, reading] if joins else [reading]
        context.types = context.counted = list_types(sentence.listed)
        context.sector = reading.sector if len(sentence.listed) == 1 else None
    elif reading.types and not reading.counts and not reading.cell.has("of_them"):
        context.types, context.sector = reading.types, reading.sector
    context.last = reading
