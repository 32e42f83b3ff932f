"""Put right what only the whole sentence tells: a verb shared by a list, breakdowns, pairs, distinctions lost."""

from itertools import pairwise

from helpers.read.cells import NOUNS, Cell, strength
from helpers.read.changes import inherit
from helpers.read.money import MONEY, measures_told
from helpers.read.nouns import TYPE_OF, find_event, is_before, organisation_head, says, types_in
from helpers.read.readings import EVENTS, Reading, Sentence
from helpers.read.tagging import Tag

_PAIR = 2
_LOOSE = 2  # a comma or more parts people from the organisations behind them
_LARGEST_DENOMINATOR = 10
_SMALL = frozenset({"qualifier_before", "word", "numeral"})
_SHARED = ("organisations", "suspended")
_SINGLE = ("organisations", "revenue_per_organisation", "profit_per_organisation")


def settle_lists(sentence: Sentence) -> None:
    """Change the readings of a sentence in place."""
    _leave_awards(sentence)
    if len(sentence.readings) > 1:
        _settle_together(sentence)
    _settle_suspended(sentence)
    _follow_wholes(sentence)
    _mark_doubles(sentence)


def _settle_together(sentence: Sentence) -> None:
    """What one number tells of another; most sentences hold but one."""
    _pair_measures(sentence)
    _pair_owners(sentence)
    _pair_types(sentence)
    _pair_multiples(sentence)
    _pair_percents(sentence)
    _pair_changes(sentence)
    _copy_ranges(sentence)
    _share_noun_of_list(sentence)
    _share_noun_behind(sentence)
    _take_noun_of_whole(sentence)
    _belong_to_next(sentence)
    _spread_events(sentence)
    _map_respectively(sentence)


def _leave_awards(sentence: Sentence) -> None:
    """ "Certificates went to 8 groups and 15 individuals": a group beside individuals is no cooperative group."""
    for group, people in pairwise(sentence.readings):
        individuals = people.cell.head is not None and people.cell.head.code == "people"
        if (
            group.types == ("group",)
            and individuals
            and says(sentence, "awarded")
            and _is_pure(sentence, group, people)
        ):
            group.role = "other_quantity"


def _pair_measures(sentence: Sentence) -> None:
    """ "Revenue and profit average 1.6 and 0.2 billion": two amounts behind two measures take them in order."""
    for first, second in pairwise(sentence.readings):
        if (
            first.role != "statistic"
            or second.role != "statistic"
            or "VND" not in (first.unit, second.unit)
            or not _is_pure(sentence, first, second)
        ):
            continue
        measures = [tag.code for tag in first.cell.left if tag.kind == "measure"]
        if _names_income_and_profit(first.cell):
            measures = ["revenue", "profit"]
        if not measures and (told := measures_told(sentence, first)):
            first.indicator, second.indicator = told
        if len(measures) < 2 or any(tag.kind == "measure" for tag in second.cell.tags):
            continue
        if {"revenue", "profit"} == set(measures[-2:]):
            suffix = first.indicator.partition("_")[2]
            first.indicator, second.indicator = (f"{measure}_{suffix}" for measure in measures[-2:])


def _names_income_and_profit(cell: Cell) -> bool:
    """Whether "income and profit" stand side by side: the income is that of organisations then."""
    said = [tag.code for tag in cell.left if tag.kind != "word"]
    return ["income", "and", "profit"] in [said[place : place + 3] for place in range(len(said))]


def _pair_owners(sentence: Sentence) -> None:
    """ "Groups and cooperatives earned 64 and 410 million": two amounts behind two owners take them in order."""
    for first, second in pairwise(sentence.readings):
        same = first.role == second.role == "statistic" and first.indicator == second.indicator
        if not same or first.counts or not _is_pure(sentence, first, second):
            continue
        owners = [tag for tag in first.cell.left if tag.kind == "organisation" and tag.code in TYPE_OF]
        if len(owners) == _PAIR and not types_in(second.cell.tags) and owners[0].code != owners[1].code:
            first.types, second.types = ((TYPE_OF[tag.code],) for tag in owners)


def _pair_types(sentence: Sentence) -> None:
    """ "Cooperatives and groups number 612 and 1,340": bare counts behind a list of nouns take them in order."""
    for index, first in enumerate(sentence.readings):
        nouns = [TYPE_OF[tag.code] for tag in first.cell.left if tag.kind == "organisation" and tag.code in TYPE_OF]
        run = sentence.readings[index : index + len(nouns)]
        if not len(run) == len(set(nouns)) == len(nouns) > 1:
            continue
        heads = [reading.cell.head for reading in run]
        bare = all(reading.counts for reading in run) and all(head is None or head.code == "unit" for head in heads)
        if bare and all(_is_pure(sentence, left, right) for left, right in pairwise(run)):
            for reading, noun in zip(run, nouns, strict=True):
                reading.types = (noun,)


def _pair_multiples(sentence: Sentence) -> None:
    """Multiples in a row change what stands before them, in order: "or 3.5 and 4 times more, respectively"."""
    run: list[Reading] = []
    for index, reading in enumerate(sentence.readings):
        if not _is_multiple(reading):
            run = []
            continue
        run = [*run, reading] if run and _is_pure(sentence, run[-1], reading) else [reading]
        changes = any(multiple.cell.has("up", "down", "compared", "more_than") for multiple in run)
        models = sentence.readings[max(0, index + 1 - 2 * len(run)) : index + 1 - len(run)]
        if not (len(run) > 1 and changes and len(models) == len(run)):
            continue
        for multiple, model in zip(run, models, strict=True):
            if model.role == "statistic":
                multiple.role, multiple.unit, multiple.kind, multiple.indicator = (
                    "statistic",
                    "other",
                    "change",
                    model.indicator,
                )
                multiple.types, multiple.sector = model.types, model.sector


def _pair_percents(sentence: Sentence) -> None:
    """ "Revenue was 2.6 billion and profit 0.2, up 8 and 5 %": two percentages change two amounts, in order."""
    rows = zip(sentence.readings, sentence.readings[1:], sentence.readings[2:], sentence.readings[3:], strict=False)
    for first, second, lower, upper in rows:
        models = [first.role, second.role] == ["statistic"] * _PAIR and first.indicator != second.indicator
        level = "percent" not in (first.unit, second.unit)
        percents = lower.cell.quantity.unit == upper.cell.quantity.unit == "percent"
        grows = any(reading.cell.has("up", "down", "compared", "more_than") for reading in (lower, upper))
        bare = not any(tag.kind in NOUNS for tag in (*lower.cell.left, *upper.cell.left))
        if models and level and percents and grows and bare and _is_pure(sentence, lower, upper):
            for percent, model in ((lower, first), (upper, second)):
                inherit(percent, model)
                percent.unit = "percent"


def _is_multiple(reading: Reading) -> bool:
    return reading.cell.head is not None and reading.cell.head.code == "times"


def _pair_changes(sentence: Sentence) -> None:
    """ "11 billion or 9 % more": what makes the percentage a change makes the amount before it one."""
    for amount, percent in pairwise(sentence.readings):
        if (
            percent.unit == "percent"
            and percent.kind == "change"
            and amount.role == "statistic"
            and amount.kind == "level"
            and amount.cell.has("compared")
            and all(tag.code == "and" for tag in _gap(sentence, amount, percent))
        ):
            amount.kind = "change"


def _copy_ranges(sentence: Sentence) -> None:
    """The ends of a range mean the same: "3-4.5 million VND in agriculture"."""
    for lower, upper in pairwise(sentence.readings):
        between = [
            tag
            for tag in sentence.tags[lower.cell.place + 1 : upper.cell.place]
            if tag.kind != "numeral" or tag.code == "range"
        ]
        joined = len(between) == 1 and between[0].code == "and" and is_before(lower.cell, "range")  # between 3 and 5
        ranged = joined or (len(between) == 1 and between[0].code in ("-", "range"))
        alike = (lower.unit == "percent") == (upper.unit == "percent")  # "12 percent to 530 billion" is no range
        alike = alike and (lower.cell.quantity.unit not in MONEY or not upper.counts)  # Hindi "5 billion from 20"
        leads = (lower.kind, upper.kind, upper.role) == ("change", "level", "statistic")  # "slipped by 1,140 to 71,360"
        if not ranged or leads or not alike or lower.cell.quantity.value > upper.cell.quantity.value:
            continue
        model, copy = (upper, lower) if upper.role == "statistic" else (lower, upper)
        if model.indicator == "organisations" and (event := find_event(copy.cell)):
            model.indicator = event
        elif model.indicator == "organisations" and _adds(lower.cell, between[0]):
            planned = model.kind == "target"
            model.kind, model.indicator = ("target", "established") if planned else ("change", "organisations")
        if model.role == "statistic":
            _copy_meaning(model, copy)
        if is_before(lower.cell, "of", "since") and lower.cell.left_has("up", "down"):
            lower.kind = "level"  # "to raise incomes from 66 to 72 million": only the second is planned


def _adds(cell: Cell, join: Tag) -> bool:
    """Whether a range is of those that are more: "to add 100 to 120 groups", also "to add from 100 - 120"."""
    said = [tag.code for tag in cell.left if tag.code != "…"][-2:]
    return is_before(cell, "up") or (join.code == "-" and said == ["up", "on"])


def _share_noun_of_list(sentence: Sentence) -> None:
    """Where the noun stands only behind the last number of a bare list or a ratio: "68, 57 and 61 cooperatives"."""
    for later, earlier in pairwise(reversed(sentence.readings)):
        said = later.role == "statistic" and later.unit in ("organisation", "person")
        if not said:
            continue
        ratio = [tag.code for tag in _gap(sentence, earlier, later)] == ["/"]  # "187/264 cooperatives"
        if not _is_bare(earlier, divided=ratio and later.counts):
            continue
        divides = ratio and later.cell.quantity.value > _LARGEST_DENOMINATOR  # no fraction like 1/5
        planned = earlier.kind == "target" and later.kind != "target"  # "against a plan of 15, and 6 were dissolved"
        changed = earlier.role == "statistic" and later.kind == "change" != earlier.kind  # "they are 533, 6 fewer"
        funds = later.types == ("fund",) and earlier.sector is not None  # funds are in no other sector
        whole = earlier.cell.left_has("of_them", "out_of") and earlier.cell.quantity.value > later.cell.quantity.value
        if planned or changed or funds or (whole and _gap(sentence, earlier, later)[0].text == ","):
            continue  # "of these 706, 481 are in farming"
        beyond = ratio and earlier.cell.quantity.value > later.cell.quantity.value  # "12/10 founded": of a plan
        if divides or beyond or _is_pure(sentence, earlier, later):
            if later.indicator == "organisations" and (event := find_event(earlier.cell)):
                later.indicator = event
            _copy_meaning(later, earlier)
            if beyond and earlier.kind == "level":
                later.kind = "target"


def _copy_meaning(model: Reading, copy: Reading) -> None:
    for name in ("role", "unit", "kind", "indicator", "types", "sector", "subset"):
        setattr(copy, name, getattr(model, name))


def _share_noun_behind(sentence: Sentence) -> None:
    """Where the noun is said once, behind the last number: "147 in Mai Son and 112 in Moc Chau are cooperatives"."""
    for index, reading in enumerate(sentence.readings):
        if reading.counts and not reading.elliptical and reading.types != ("fund",):  # funds are in no other sector
            for earlier in sentence.readings[:index]:
                if earlier.elliptical:
                    earlier.types = reading.types
                elif earlier.role == "unresolved" and earlier.cell.head is None and _says_which(sentence, earlier.cell):
                    earlier.role, earlier.unit, earlier.indicator = "statistic", "organisation", "organisations"
                    earlier.types, earlier.elliptical = reading.types, True
                    earlier.sector = next((tag.code for tag in earlier.cell.left if tag.kind == "sector"), None)
            return


def _take_noun_of_whole(sentence: Sentence) -> None:
    """ "151 out of 218 OCOP products of the province": the part is the cooperatives', the whole is the province's."""
    for part, whole in pairwise(sentence.readings):
        head = whole.cell.head
        bare = part.cell.head is None and part.cell.quantity.unit is None
        counted = bare or part.indicator == "ocop_products"
        made = head is not None and head.code in ("product", "ocop_product")
        if counted and made and any(tag.code == "out_of" for tag in _gap(sentence, part, whole)):
            part.role, part.indicator = "statistic", "ocop_products"
            part.unit = "product" if part.cell.quantity.unit is None else part.unit
            part.types = part.types or ("coop",)
            whole.role = "other_quantity"


def _says_which(sentence: Sentence, cell: Cell) -> bool:
    """Whether a sector or a place stands before the number; an unknown name beside "in" is a place."""
    behind = sentence.tags[cell.stop : cell.stop + 1]
    if behind and behind[0].code == "out_of":  # Hindi: 612 out-of 540 cooperatives
        return True
    pairs = [{before.code or before.kind, tag.code or tag.kind} for before, tag in pairwise(cell.left)]
    areas = ("district", "province")
    return (
        {"on", "unknown"} in pairs
        or {"whole", "unknown"} in pairs
        or any(tag.kind in ("sector", "place") or tag.code in areas for tag in cell.left)
    )


def _belong_to_next(sentence: Sentence) -> None:
    """People counted before any organisation belong to the count behind them: "73,000 members of 3,000 groups"."""
    for people, count in pairwise(sentence.readings):
        ownerless = people.unit == "person" and people.by_context and people is sentence.readings[0]
        if not ownerless or not count.counts:
            continue
        if not any(strength(tag) > _LOOSE for tag in _gap(sentence, people, count)):
            people.types, people.sector = count.types, count.sector


def _gap(sentence: Sentence, left: Reading, right: Reading) -> list:
    """What stands between two quantities and their nouns, small words left out."""
    stop = right.cell.place
    if organisation_head(right.cell) is sentence.tags[stop - 1]:
        stop -= 1  # Arabic: a union one
    between = [tag for tag in sentence.tags[left.cell.stop : stop] if tag.kind not in _SMALL and tag.code != "new"]
    marks = [tag.text for tag in between if tag.text in ("(", ")")]
    if marks == ["(", ")"]:  # a percentage in brackets parts nothing: "57 cooperatives (114 %), 2 unions"
        opens, closes = (next(i for i, tag in enumerate(between) if tag.text == mark) for mark in marks)
        if any(tag.kind == "quantity" for tag in between[opens:closes]):
            between = between[:opens] + between[closes + 1 :]
    return between


def _is_pure(sentence: Sentence, left: Reading, right: Reading, joining: tuple[str, ...] = ("and", ",")) -> bool:
    """Whether nothing but "and" or a comma stands between two counts."""
    gap = _gap(sentence, left, right)
    return bool(gap) and all(tag.code in joining for tag in gap)


def _is_listed(sentence: Sentence, left: Reading, right: Reading) -> bool:
    return all(tag.kind == "mark" or tag.code == "and" for tag in _gap(sentence, left, right))


def _spread_events(sentence: Sentence) -> None:
    """Share a verb among the counts it governs: forwards from a verb before the list, backwards from one behind it.

    A breakdown (in brackets, behind a colon or "including") inherits what happened from the count it divides.
    """
    counts = [reading for reading in sentence.readings if reading.counts]
    inherits = False
    for before, after in pairwise(counts):
        between = [tag.code for tag in sentence.tags[before.cell.place : after.cell.place] if tag.kind == "mark"]
        summed = after.cell.left_has("total", "now", "whole")  # "13 were registered, which makes 661 in total"
        divides = (
            after.nested
            or (after.elliptical and not summed)
            or ("(" in between and ")" not in between)
            or ":" in between
        )
        inherits = divides or (inherits and not summed and not {")", ";"} & set(between))
        verb_first = before.indicator != "organisations" and not any(
            tag.kind == "event" and tag.code != "new" for tag in before.cell.right
        )
        holds = after.cell.quantity.value <= before.cell.quantity.value
        if before.kind == "change" and holds and after.elliptical and after.indicator == "established":
            before.kind, before.indicator = "level", after.indicator  # "grew by 4, with 3 formed in ..."
        if after.indicator != "organisations" or before.indicator == "organisations":
            continue
        if after.subset is None and (inherits or (verb_first and _is_pure(sentence, before, after))):
            after.indicator = before.indicator
    verb_behind = False
    for after, before in pairwise(reversed(counts)):
        pure = _is_pure(sentence, before, after) or _is_located(sentence, before, after)
        shared = verb_behind and after.indicator != "organisations" and pure
        verb_behind = shared or any(tag.kind == "event" for tag in after.cell.right)
        if (
            verb_behind
            and not after.nested
            and (before.indicator, before.kind, before.subset) == ("organisations", after.kind, None)
            and pure
        ):
            before.indicator = after.indicator


def _is_located(sentence: Sentence, left: Reading, right: Reading) -> bool:
    """Whether only a place stands between two counts: "10 in Huong Hoa and 8 in Dakrong were dissolved"."""
    gap = [tag for tag in _gap(sentence, left, right) if tag.code not in ("on", "and", ",")]
    return bool(gap) and all(tag.kind in ("area", "place") or (tag.kind == "unknown" and tag.upper) for tag in gap)


def _map_respectively(sentence: Sentence) -> None:
    """Give bare numbers behind a list the types of the list, in order: "groups and unions numbered 5 and 2"."""
    readings = sentence.readings
    start = 0
    while start < len(readings):
        stop = start
        while (
            stop < len(readings)
            and _is_bare(readings[stop])
            and (stop == start or _is_pure(sentence, readings[stop - 1], readings[stop], ("and", ",", "up", "down")))
        ):
            stop += 1
        size = stop - start
        listed = [reading for reading in readings[max(0, start - size) : start] if reading.counts]
        if size > 1 and len(listed) == size:
            grown = readings[start].cell.left_has("up", "down")  # "up 2,300, 33 and 2,000, respectively"
            for reading, model in zip(readings[start:stop], listed, strict=True):
                reading.role, reading.unit, reading.indicator, reading.kind = (
                    "statistic",
                    "organisation",
                    "organisations",
                    "change" if grown else "level",
                )
                reading.types, reading.sector = model.types, model.sector
        start = max(stop, start + 1)


def _is_bare(reading: Reading, divided: bool = False) -> bool:
    left_open = divided or reading.role == "unresolved" or reading.elliptical
    return left_open and reading.cell.head is None and reading.cell.quantity.unit is None


def _settle_suspended(sentence: Sentence) -> None:
    """Suspension is an event beside other events of the period, else a stock of idle organisations."""
    counts = [reading for reading in sentence.readings if reading.counts]
    happened = {reading.indicator for reading in counts} & {"established", "dissolved", "converted"}
    earlier = sentence.earlier
    if not happened and earlier is not None and earlier.indicator in EVENTS:
        happened = {earlier.indicator}
    divided = any(
        reading.subset in ("operating", "awaiting-dissolution") and reading.indicator != "suspended"
        for reading in counts
    )
    for reading in counts:
        stock = divided or not happened or reading.cell.left_has("up_to")
        stock = stock or any(tag.code == "now" for tag in reading.cell.right)  # "26 were dissolved, 97 lie idle today"
        if reading.indicator == "suspended" and stock:
            reading.indicator, reading.subset = "organisations", "suspended"


def _follow_wholes(sentence: Sentence) -> None:
    """A percentage is of what happened to the organisations that it divides, also where a list's verb told that."""
    for reading in sentence.readings:
        whole = reading.whole
        if reading.unit == "percent" and whole is not None and whole.counts and reading.indicator in _SHARED:
            reading.indicator = whole.indicator


def _mark_doubles(sentence: Sentence) -> None:
    """Two values of one type side by side: the print has lost the distinction between groups and cooperatives."""
    same: dict[tuple, list[Reading]] = {}
    for reading in sentence.readings:
        plain = reading.kind == "level" and reading.subset is None and reading.sector is None and not reading.nested
        if reading.role == "statistic" and plain and reading.indicator in _SINGLE:
            same.setdefault((reading.indicator, reading.unit, reading.types), []).append(reading)
    for (indicator, _, types), readings in same.items():
        listed = indicator != "organisations" or all(
            _is_listed(sentence, left, right) for left, right in pairwise(readings)
        )
        if len(readings) > 1 and "coop" in types and listed:
            for reading in readings:
                reading.signals.append("same_type_twice")
