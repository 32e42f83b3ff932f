"""Decide what each quantity of a sentence counts: rules over its cell, read top to bottom, the first that fits wins.

Knows concepts, never words or languages. What a sentence leaves out (whose members, whose revenue) comes from the
sentences before it. Lists and breakdowns are put right afterwards, by ``lists``.
"""

from collections.abc import Callable
from dataclasses import replace

from helpers.read.cells import Cell
from helpers.read.changes import (
    changes,
    goes_on_changing,
    inherit,
    is_fewer,
    multiplies,
    says_share_again,
)
from helpers.read.ellipsis import (
    changes_the_people_before,
    counts_the_share_before,
    reaches_a_total,
    repeats_people_of_others,
    repeats_the_count_before,
    repeats_the_people_before,
    repeats_the_products_before,
    takes_products_of_the_area,
)
from helpers.read.labels import count_labelled
from helpers.read.lexicon import Lexicon
from helpers.read.money import MONEY, find_measure, is_threshold, money_indicator, precedes_fund, unsaid_currency
from helpers.read.nouns import (
    TYPE_OF,
    count_organisations,
    event_behind,
    find_event,
    find_sector,
    find_subset,
    is_article,
    is_before,
    is_of_area,
    is_of_plan,
    is_owned,
    is_per_organisation,
    is_tight,
    joint_types,
    loses,
    nearest,
    organisation_head,
    owned_products,
    qualifies,
    registers_anew,
    rest_types,
    says_before,
    types_in,
)
from helpers.read.people import is_too_few, people_counted
from helpers.read.percents import is_percent
from helpers.read.plans import is_planned, leads_to_plan, names_the_plan, opens_with_plan
from helpers.read.readings import EVENTS, HELPED, TYPES, Reading, Sentence
from helpers.read.scope import find_owners, remember, turn_to_funds

_SUPPORT = {
    "project": ("projects_financed", "project"),
    "policy": ("policies", "policy"),
    "course": ("training_courses", "course"),
}
_GIVEN = ("loans_disbursed", "loans_outstanding", "budget_support")
_TOPICS = ("group", "coop", "one_coop", "union", "fund", "alliance", "support_fund", "whole", "movement", "coop_sector")


def read_sentence(sentence: Sentence, lexicon: Lexicon) -> list[Reading]:
    """Return the readings of all quantities of a sentence; its context is left as the next sentence needs it."""
    speaks, context = not sentence.codes.isdisjoint(_TOPICS) or _holds_root(sentence, lexicon), sentence.context
    context.silence = 0 if speaks else context.silence + (not context.listing)
    for cell in sentence.cells:
        reading = Reading(cell)
        told_before = sentence.each and not cell.parted_by(";", ")")
        sentence.each = told_before or is_per_organisation(cell)
        sentence.averaged = (
            sentence.averaged or is_per_organisation(cell) or (cell.left_has("average") and bool(types_in(cell.left)))
        )
        for rule in RULES:
            if rule(reading, sentence):
                break
        if reading.role == "statistic":
            find_kind(reading, sentence)
            remember(reading, sentence)
        if cell.quantity.unit in MONEY and not is_per_organisation(replace(cell, right=[])):
            sentence.each = told_before  # "4 billion per cooperative, and 30,000 members"
        sentence.readings.append(reading)
    if not sentence.cells or not (context.counted or any(reading.counts for reading in sentence.readings)):
        turn_to_funds(sentence)
    if not speaks and any(reading.role == "statistic" for reading in sentence.readings):
        context.silence -= 1  # figures of cooperatives speak of them
    return sentence.readings


def _holds_root(sentence: Sentence, lexicon: Lexicon) -> bool:
    words = "\n".join([tag.text for tag in sentence.tags])
    return any(root in words for root in lexicon.root_words)


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
        inherit(reading, before, kind="level" if cell.has("now") else before.kind)
        reading.sector = find_sector(cell) or before.sector
        return True
    if is_threshold(cell, sentence):
        reading.role = "other_quantity"
        return True
    code = find_measure(cell, sentence)
    if code is None:
        return True
    if code == "foreign":
        reading.role = "other_quantity"
        return True
    reading.indicator = money_indicator(code, reading, sentence)
    capital = reading.indicator.endswith("capital")
    given = capital or reading.indicator in _GIVEN
    mean = (capital and cell.has("average")) or (given and (is_per_organisation(cell) or cell.ends_with("each")))
    reading.role = "other_quantity" if mean else "statistic"
    reading.types, reading.sector = find_owners(reading, sentence)
    funded = any(tag.code == "support_fund" for tag in sentence.tags[: cell.place])
    if reading.indicator in _GIVEN:
        reading.types = ("fund",) if funded else ()
    if reading.indicator == "budget_support":
        reading.sector = None  # what the money is spent on is no sector of cooperatives
    if code == "loans_undisbursed":  # a translation that denies what the number counts
        reading.signals.append("negated_term")
    owned = funded and not types_in(cell.tags)
    if code.endswith("capital") and (owned or precedes_fund(cell, sentence)):
        reading.types = ("fund",)
    if reading.by_context and code != "budget" and reading.types in ((), ("fund",)):
        reading.sector = find_sector(cell)  # what a fund owns and lends is of no sector spoken of before
    return True


def _counts_times_or_places(reading: Reading, sentence: Sentence) -> bool:
    head = reading.cell.head
    behind = reading.cell.right[:1]
    if qualifies(reading.cell, sentence.tags):
        reading.role = "other_quantity"
        return True
    named = [tag.kind for tag in reading.cell.right[1:2]] == ["sector"]  # "206 are in the field of farming"
    if head is None and behind and behind[0].code == "field" and not named:  # "in 6 fields"
        reading.role = "other_quantity"
        return True
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
    before = sentence.tags[cell.place - 1] if cell.place else None
    named = head.code == "one_coop" and head.upper and before is not None and (before.upper or before.text == "-")
    if named or (is_article(cell) and not _joins_a_count(cell, sentence)):  # "of Di An 19-5 Transport Cooperative"
        reading.role = "other_quantity"
        return True
    count_organisations(reading, TYPES[:3] if head.code == "whole" else joint_types(cell, head))
    if head.code == "member_coop":
        reading.subset, reading.nested = "union-members", True
    share = sentence.beside
    if share is not None and share.indicator == "organisations" and says_share_again(reading, share):
        reading.sector, reading.subset = reading.sector or share.sector, reading.subset or share.subset
    if head.code == "whole":
        reading.types = types_in(sentence.tags[cell.place :]) or reading.types
    return True


def _joins_a_count(cell: Cell, sentence: Sentence) -> bool:
    """Whether a number stands in a list of counts, so that "one" is no article: "559 cooperatives and one union"."""
    for after in sentence.cells:
        if after.place > cell.place:
            head = organisation_head(after)
            opens = all(tag.code in ("and", ",") for tag in sentence.tags[cell.stop : after.place])
            if head is not None and head.code in TYPE_OF and opens and TYPE_OF[head.code] not in types_in(cell.tags):
                return True
            break
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
    types = types_in(reading.cell.left) or rest_types(reading.cell, sentence) or (count.types if count else ())
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
        or is_article(cell)
        or is_too_few(cell, sentence)
        or (foreign is not None and foreign.code == "foreign" and not types_in(cell.left))  # factories employ people
        or (code != "participants" and sentence.each)
        or (code == "members" and _speaks_of_alliance(cell, sentence))
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


def _speaks_of_alliance(cell: Cell, sentence: Sentence) -> bool:
    """Whether members are those of the alliance, named in the cell or before the members that the same sentence counts.

    An alliance that only speaks ("according to the alliance, ...") has been left behind by then.
    """
    before = sentence.readings[-1] if sentence.readings else None
    joins = before is not None and before.role == "other_quantity" and before.cell.has("alliance", "joined")
    return (cell.has("alliance") or (joins and before.cell.has("members", "alliance"))) and not types_in(cell.tags)


def _counts_things(reading: Reading, sentence: Sentence) -> bool:
    cell = reading.cell
    head = cell.head
    if head is None and (owned := owned_products(cell)):
        head = owned
    if head is None:
        labelled = bool(cell.left) and cell.left[-1].text == ":"  # "products of cooperatives: 124"
        left = cell.left if labelled and says_before(sentence, cell, "ocop_product") else reversed(cell.left)
        head = next((tag for tag in left if tag.kind in ("thing", "organisation", "person", "measure")), None)
    lends = head is not None and head.code == "loans_disbursed" and head is cell.head and not is_article(cell)
    if lends and any(other.quantity.unit in MONEY for other in sentence.cells):  # "4,217 loans worth 296 billion"
        reading.role, (reading.indicator, reading.unit) = "statistic", _SUPPORT["project"]
        return True
    if head is None or head.kind != "thing":
        return False
    if is_article(cell):
        reading.role = "other_quantity"
        return True
    if head.code in _SUPPORT:
        reading.role = "statistic"
        reading.indicator, reading.unit = _SUPPORT[head.code]
        return True
    reading.role = "other_quantity"
    starred = any(tag.code == "star" for tag in cell.right)
    theirs = starred or says_before(sentence, cell, "ocop", "ocop_product")
    some = [tag.code for tag in sentence.tags[cell.stop : cell.stop + 2]] == ["of", "ocop_product"]  # Arabic
    if head.code == "ocop_product" or (head.code == "product" and (theirs or some)):
        behind = sentence.tags[cell.stop : cell.stop + 1]
        owners = types_in(sentence.tags[: cell.place]) or types_in(cell.right) or types_in(behind)
        if not owners and any(tag.code == "members" and tag.kind == "person" for tag in cell.right):
            owners = ("coop",)  # "81 products belong to cooperatives"
        of_area = is_of_area(cell) or (behind and behind[0].kind == "area" and not cell.left_has("out_of"))
        if owners and (types_in(cell.right) or is_owned(cell, sentence) or not of_area):
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
    if is_per_organisation(cell):
        reading.role = "other_quantity"  # "which is 27 for each cooperative"
        return True
    count_organisations(reading, types_in(cell.left))
    return True


def _has_unknown_noun(reading: Reading, sentence: Sentence) -> bool:
    return True


def find_kind(reading: Reading, sentence: Sentence) -> None:
    cell = reading.cell
    founded = is_before(cell, "established", "new")  # "advised on and helped to found 33 cooperatives"
    happened = reading.counts and reading.indicator == "organisations" and (founded or reading.subset not in HELPED)
    event = (find_event(cell) or event_behind(cell, sentence.cells)) if happened else None
    lost = event is None and happened and loses(cell, sentence.beside)
    event = "dissolved" if lost else event
    if event is None and happened and registers_anew(reading, sentence):
        event, reading.subset = "established", None
    before = sentence.beside
    led_to = before is not None and before.unit == "percent" and before.kind == "change" and before.indicator in EVENTS
    if event is not None:
        reading.indicator = event
        fewer = is_before(cell, "down", "more_than") and not lost
        fewer = fewer or (is_before(cell, "up") and "compared" in sentence.codes)
        reading.kind = "change" if fewer and reading.kind == "level" else reading.kind  # "foundings fell by 5"
        reading.subset = None if reading.subset in HELPED else reading.subset
    elif happened and (led_to or _is_measure_of(before, reading)):  # newly founded ones "grew by 12 % to 45"
        reading.indicator = before.indicator
    elif reading.kind == "level" and (changes(cell) or goes_on_changing(reading, before) or _leads_on(cell, sentence)):
        reading.kind = "change"
        counts = [past for past in reversed(sentence.readings) if past.counts and not past.nested]
        before = next(iter(counts), None)
        if reading.counts and reading.sector is None:
            reading.sector = next((past.sector for past in counts if past.types == reading.types), None)
    rises = reading.kind == "change" and (cell.has("compared", "more_than") or is_fewer(reading, before))
    if rises and happened and before is not None and before.indicator in EVENTS and before.types == reading.types:
        reading.indicator = before.indicator  # "38 were founded, 11 cooperatives more than a year before"
    if leads_to_plan(cell, sentence):
        return
    if names_the_plan(reading, before, sentence):
        reading.kind, reading.indicator, reading.bracketed = "target", before.indicator, True
        return
    reading.bracketed = cell.place > 1 and sentence.tags[cell.place - 1].text == "("
    beside = (reading.bracketed or cell.in_brackets) and opens_with_plan(cell, sentence)
    if reading.kind == "level" and (beside or is_of_plan(cell, sentence.tags)):
        reading.kind = "target"
    plans = sentence.tags[0].code == "plan"  # "The plan for 2023 is to found 25"
    fulfils = cell.has("plan") and not plans and (reading.unit == "percent" or not cell.left_has("goal", "target"))
    if reading.kind != "target" and is_planned(cell, sentence) and not fulfils:
        more = [tag.code for tag in cell.right[:1]] == ["up"] or (reading.kind == "change" and is_before(cell, "up"))
        adds = happened and more and not cell.has("compared", "more_than")
        reading.kind, reading.indicator = "target", "established" if adds else reading.indicator


def _is_measure_of(result: Reading | None, reading: Reading) -> bool:
    """Whether what happened is measured by a number: "16 founded, against 14 in 2023", "beyond the target of 25"."""
    cell = reading.cell
    if result is None or result.indicator not in EVENTS or result.types != reading.types:
        return False
    told = [tag.code for tag in cell.left if tag.kind != "word" and tag.code != "on"]
    measured = is_before(cell, "compared") or bool({"goal", "plan", "law"}.intersection(told[-3:]))
    opens = told[:1] == ["compared"]  # "in the same period of 2023, it was 19"
    return (opens or (measured and not cell.parted_by(";"))) and not cell.has("up", "down", "more_than")


def _leads_on(cell: Cell, sentence: Sentence) -> bool:
    """Whether a rise stands right behind a bare number that nothing says it rose from: Hindi "1,200 having-risen"."""
    behind = next((tag for tag in sentence.tags[cell.stop :] if tag.kind != "numeral" or tag.code == "range"), None)
    bare = cell.head is None and not is_before(cell, "range", "of", "since", "up_to")
    return bare and behind is not None and behind.code == "up_to"


RULES: tuple[Callable[[Reading, Sentence], bool], ...] = (
    _is_off_topic,
    _is_money,
    is_percent,
    _counts_times_or_places,
    multiplies,
    takes_products_of_the_area,
    _counts_organisations,
    _counts_people,
    _counts_things,
    repeats_people_of_others,
    _stands_behind_its_noun,
    count_labelled,
    reaches_a_total,
    repeats_the_products_before,
    changes_the_people_before,
    counts_the_share_before,
    repeats_the_count_before,
    repeats_the_people_before,
    _has_unknown_noun,
)
