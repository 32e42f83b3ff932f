"""Give counts in a row the sectors or places named in a row before them: "farming, trade and transport: 33, 24 and 7".

Asks only that both rows are as long, and that nothing but small words part them.
"""

from itertools import pairwise, takewhile

from helpers.read.areas import is_capital
from helpers.read.nouns import types_in
from helpers.read.readings import Reading, Sentence
from helpers.read.tagging import Tag

_JOINING = ("and", ",")
_BETWEEN = frozenset({"word", "qualifier_before", "time"})
_SAID = ("sum", "including", "each", "with", ",", "total", "one_each")
_FEWEST, _MOST = 2, 5  # in a row of amounts
_OWNED = ("person", "VND", "USD")
_FILLING = frozenset({*_BETWEEN, "numeral"})
_LISTED = 3  # as many sectors in a row are those of cooperatives, also where nothing was counted before
_MOST_SYLLABLES = 3


def settle_turns(sentence: Sentence) -> dict[int, str]:
    """Give the counts of a sentence the sectors named in turn before them; return the areas so named, by place."""
    areas: dict[int, str] = {}
    readings = sentence.readings
    start = 0
    while start < len(readings):
        run = _run_of_counts(readings[start:], sentence.tags)
        names = _named_before(sentence.tags, run[0].cell.place, len(run)) if len(run) >= _FEWEST else []
        if names and all(tag.kind == "sector" for (tag, *_) in names):
            _give_sectors(run, [name[0].code for name in names], sentence)
        elif names and run[0].counts:
            areas.update({reading.cell.place: _spell(name) for reading, name in zip(run, names, strict=True)})
        start += max(len(run), 1)
    return areas


def give_owners(sentence: Sentence) -> None:
    """Give people or money in a row the organisations counted or told of in a row: "80 cooperatives and 95 groups,
    with 4,200 and 1,300 members" - where each was of another type, and nothing in the row names one.
    """
    readings = sentence.readings
    for last in range(2 * _FEWEST - 1, len(readings)):
        for length in range(_FEWEST, min((last + 1) // 2, _MOST) + 1):
            row, models = readings[last + 1 - length : last + 1], readings[last + 1 - 2 * length : last + 1 - length]
            if _is_row_of_amounts(row, sentence.tags) and _are_apart(models):
                for reading, model in zip(row, models, strict=True):
                    for name in ("role", "unit", "indicator", "kind"):
                        setattr(reading, name, getattr(row[-1], name))
                    reading.types, reading.sector, reading.subset = model.types, model.sector, None


def _is_row_of_amounts(row: list[Reading], tags: list[Tag]) -> bool:
    """Whether the last of some numbers joined by "and" and commas tells people or money, and so for all of them."""
    told = row[-1]
    if told.role != "statistic" or told.unit not in _OWNED or told.cell.in_brackets:
        return False
    named = any(types_in(reading.cell.left) for reading in row) or row[0].cell.left_has("range")
    alike = all(
        (reading.unit, reading.indicator) == (told.unit, told.indicator)
        or (reading.cell.head is None and reading.cell.quantity.unit is None)
        for reading in row
    )
    return alike and not named and all(_join(before, after, tags) for before, after in pairwise(row))


def _join(before: Reading, after: Reading, tags: list[Tag]) -> bool:
    between = [tag for tag in tags[before.cell.place + 1 : after.cell.place] if tag.kind not in _FILLING]
    return bool(between) and all(tag.code in _JOINING for tag in between)


def _are_apart(models: list[Reading]) -> bool:
    """Whether statistics of one kind are each of a type of its own."""
    kinds = {(model.role, model.unit, model.indicator) for model in models}
    types = {model.types for model in models}
    return len(kinds) == 1 and models[0].role == "statistic" and len(types) == len(models) and () not in types


def _run_of_counts(readings: list[Reading], tags: list[Tag]) -> list[Reading]:
    run: list[Reading] = []
    for reading in readings:
        cell = reading.cell
        between = tags[run[-1].cell.place + 1 : cell.place] if run else []
        joined = all(tag.code in _JOINING or tag.kind == "qualifier_before" for tag in between)
        organised = cell.head is None or cell.head.kind == "organisation"
        if not organised or cell.quantity.unit is not None or (run and not (between and joined)):
            break
        run.append(reading)
        if cell.head is not None:  # "58, 52 and 47 cooperatives": the last has the noun
            break
    return run


def _named_before(tags: list[Tag], place: int, length: int) -> list[list[Tag]]:
    """The names right before a place, joined by "and" and commas, if there are so many, in the order of the text."""
    end = place
    while end and (tags[end - 1].kind in _BETWEEN or tags[end - 1].code in _SAID):
        end -= 1
    names: list[list[Tag]] = []
    while len(names) < length:
        name = _last_name(tags[:end])
        if not name:
            return []
        names.insert(0, name)
        end -= len(name)
        if len(names) == length:
            break
        joins = list(takewhile(lambda tag: tag.code in _JOINING, reversed(tags[:end])))
        if not joins:
            return []
        end -= len(joins)
    longer = end > 0 and tags[end - 1].code in _JOINING and _last_name(tags[: end - 1])
    return [] if longer else names


def _last_name(tags: list[Tag]) -> list[Tag]:
    if tags and tags[-1].kind in ("sector", "place"):
        return tags[-1:]
    name = list(takewhile(is_capital, reversed(tags)))[::-1]
    return name if 1 < len(name) <= _MOST_SYLLABLES else []


def _spell(name: list[Tag]) -> str:
    return name[0].code[2] if name[0].kind == "place" else " ".join(tag.text for tag in name)


def _give_sectors(run: list[Reading], sectors: list[str], sentence: Sentence) -> None:
    model = next((reading for reading in run if reading.counts), None) or sentence.count_before
    if (model is None or not model.types) and len(run) < _LISTED:
        return
    for reading, sector in zip(run, sectors, strict=True):
        if not reading.counts:
            reading.role, reading.unit = "statistic", "organisation"
            reading.indicator = model.indicator if model is not None else "organisations"
            reading.types, reading.kind, reading.subset = ("coop",), "level", None
        reading.sector = sector
