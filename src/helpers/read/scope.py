"""Say whose the members, workers and money are, and keep what the next sentences need to know."""

from helpers.read.nouns import find_sector, is_before, is_per_organisation, types_in
from helpers.read.readings import EVENTS, TYPES, Reading, Sentence
from helpers.read.tagging import Tag

_TWO = 2  # happenings, of which the second is no part of the first: "76 founded, 58 of them in farming, 19 dissolved"
_OF_ALL = ("members", "workers", "income_per_worker", "revenue_per_organisation", "profit_per_organisation")


def find_owners(reading: Reading, sentence: Sentence) -> tuple[tuple[str, ...], str | None]:
    """The organisations that people or money belong to: named in the cell, listed before it, or spoken of last."""
    cell, context, listed = reading.cell, sentence.context, sentence.listed
    if cell.in_brackets and sentence.beside is not None and sentence.beside.counts:
        return sentence.beside.types, sentence.beside.sector
    if cell.has("one_each") and listed:
        whole = _list_types(listed)
        reading.signals.append("open_scope")
        reading.readings = ("+".join(listed[-1].types), "+".join(whole))
        return listed[-1].types, listed[-1].sector
    if any(tag.code == "whole" and tag.kind == "organisation" for tag in cell.tags):
        return TYPES[:3], None
    if own := types_in([*cell.left, *_own_part(cell.right)]) or (() if listed else types_in(cell.right)):
        these = cell.left_has("relative") and set(own) <= set(context.types)
        told = sentence.previous  # in this paragraph
        spoken_of = told is not None and told.sector == context.sector and own == context.types
        repeats = these or (spoken_of and is_per_organisation(cell))  # "per cooperative": of those spoken of
        return own, find_sector(cell) or (context.sector if repeats else None)
    if reading.unit == "VND" and cell.left_has("coop_sector"):
        return ("coop",), find_sector(cell)  # "the revenue of the cooperative sector"
    before = sentence.beside
    if before is not None and _goes_on_about(before, reading, sentence):
        return before.types, find_sector(
            cell
        ) or before.sector  # "the capital of unions is 4 billion and the workers 230"
    if cell.has("together"):
        counted = [past for past in sentence.readings if past.counts]
        if counted or context.counted:
            several = context.counted if len(context.counted) > 1 else context.types or context.counted
            return (_list_types(counted) if counted else several), None  # "they": those spoken of last
    if before is not None and _is_of_founded(before, reading, sentence):
        return before.types, find_sector(cell) or before.sector  # "14 were founded with a capital of 41 billion"
    alone = cell.left_has("field") and not listed and not any(tag.kind == "sector" for tag in cell.tags)
    if alone and reading.unit == "person" and len(context.counted) > 1:
        return context.counted, None  # "the sector has 6 million members"
    if listed:
        return _list_types(listed), find_sector(cell) or (listed[-1].sector if len(listed) == 1 else None)
    if named := _subject_of(reading, sentence):
        return types_in(named), find_sector(cell) or next((tag.code for tag in named if tag.kind == "sector"), None)
    if context.mentioned and cell.left_has("relative"):  # "The credit funds do well. Their members are 54,300."
        return context.mentioned, find_sector(cell) or ("credit" if context.mentioned == ("fund",) else None)
    reading.by_context = True
    lends = context.types == ("fund",) and "fund" not in context.counted and reading.unit != "percent"
    if lends and reading.indicator in _OF_ALL:  # a support fund has borrowers, but no members and no workers
        return ("coop",), find_sector(cell)
    return context.types or ("coop",), find_sector(cell) or context.sector


def _own_part(right: list[Tag]) -> list[Tag]:
    """What stands behind a number up to a comma that no list of organisations goes on behind."""
    for place, tag in enumerate(right):
        if tag.text == "," and [after.kind for after in right[place + 1 : place + 2]] != ["organisation"]:
            return right[:place]
    return right


def _is_of_founded(before: Reading, reading: Reading, sentence: Sentence) -> bool:
    """Whether people or capital belong to what happened to the only organisations that the sentence has counted."""
    happened = before.counts and before.indicator in EVENTS and not sentence.listed
    alone = all(past.types == before.types for past in sentence.readings if past.counts)
    theirs = reading.indicator.endswith("capital") or reading.indicator in ("members", "workers")
    return happened and alone and theirs and not reading.cell.parted_by(";")


def _goes_on_about(before: Reading, reading: Reading, sentence: Sentence) -> bool:
    """Whether a number without organisations is of those that the statistic right before it names."""
    opens = [*([reading.cell.opener] if reading.cell.opener is not None else []), *reading.cell.left[:1]]
    joined = any(tag.code == "and" for tag in opens)
    against = is_before(reading.cell, "compared") and not sentence.verb_last  # "1.4 billion, against 1.2 billion"
    measured = against and reading.unit == before.unit == "VND"
    follows = joined or measured or before.unit == "person"
    parts = before.cell.has("of_them") and bool(sentence.readings) and sentence.readings[0] is not before
    theirs = before.types and types_in(before.cell.tags) and not parts  # "of these, cooperatives have 9,870 members"
    return follows and not before.counts and bool(theirs)


def _subject_of(reading: Reading, sentence: Sentence) -> list[Tag]:
    """The tags from the uncounted organisations that open the sentence to the amount: "Unions: capital 4, profit 2"."""
    tags = sentence.tags[: reading.cell.place]
    if any(past.counts for past in sentence.readings) or any(tag.code == "of_them" for tag in tags):
        return []
    start = next((place for place in range(len(tags) - 1, -1, -1) if tags[place].text == ";"), -1) + 1
    return tags[start:] if types_in(tags[start:]) else []


def _list_types(listed: list[Reading]) -> tuple[str, ...]:
    """All types of a list; where it counts one type twice, a distinction was lost and groups are among them."""
    types = [name for reading in listed for name in reading.types]
    plain = [name for reading in listed if reading.subset is None and reading.sector is None for name in reading.types]
    doubled = plain.count("coop") > 1 and "group" not in types
    return tuple(name for name in TYPES if name in types or (name == "group" and doubled))


def _nest(reading: Reading, sentence: Sentence) -> None:
    """Mark a part of a whole counted before; the parts of a list follow its first, up to a semicolon."""
    cell, before = reading.cell, sentence.beside
    follows = before is not None and before.nested and not cell.parted_by(";", "…")
    whole = next((past for past in reversed(sentence.readings) if past.counts and not past.nested), before)
    happened = {reading.indicator, whole.indicator if whole is not None else ""}.intersection(EVENTS)
    follows = follows and len(happened) < _TWO
    part = reading.types and (whole is None or set(reading.types) <= set(whole.types) or reading.sector is not None)
    of_whole = sentence.verb_last and [tag.code for tag in cell.left[:1]] == ["out_of"]  # Hindi "192 out-of 141"
    reading.nested = reading.nested or cell.has("of_them", "including") or bool(follows and part) or of_whole
    reading.follows = bool(follows and part)
    whole = sentence.count_before
    alike = whole is not None and (whole.types == reading.types or whole.types != ("fund",))
    if reading.sector is None and (reading.nested or cell.has("there")) and alike:
        listed_before = whole.follows and not any(whole is past for past in sentence.readings)
        reading.sector = (
            whole.sector if (cell.has("of_them", "there") or follows or of_whole) and not listed_before else None
        )


def _behind_brackets(sentence: Sentence, reading: Reading) -> bool:
    """Whether a list goes on behind a breakdown in brackets: "45 cooperatives (40 of them farming), 3 unions"."""
    part = sentence.beside
    between = sentence.tags[part.cell.place : reading.cell.place] if part is not None and part.nested else []
    return any(tag.text == ")" for tag in between)


def turn_to_funds(sentence: Sentence) -> None:
    """Remember that a sentence names credit funds only and counts nothing: "The money is with the credit funds."."""
    context = sentence.context
    if "fund" in sentence.codes and types_in(sentence.tags) == ("fund",) and "movement" not in sentence.codes:
        context.types, context.counted, context.sector = ("fund",), ("fund",), "credit"


def remember(reading: Reading, sentence: Sentence) -> None:
    context, listed = sentence.context, sentence.listed
    if reading.counts:
        _nest(reading, sentence)
        context.last_count = reading
        context.counts_cooperatives = context.counts_cooperatives or "coop" in reading.types
    before, opener = sentence.beside, reading.cell.opener
    happened = before is not None and before.counts and before.indicator in EVENTS
    goes_on = happened and opener is not None and opener.code in ("and", ",") and not reading.cell.left
    if (
        reading.counts
        and not goes_on  # "found 40 cooperatives and 2 unions": what is founded is not spoken of yet
        and reading.indicator == "organisations"
        and reading.kind in ("level", "target")
        and reading.types
    ):
        if reading.elliptical and reading.sector != context.sector:
            context.sector = None
        if reading.nested:
            opens = sentence.beside is None and not sentence.readings and bool(types_in(reading.cell.left))
            sentence.listed = [reading] if opens else listed  # "of them, farming ones are 209, with 46,000 members"
            return
        if reading.elliptical and listed:
            context.last = reading
            return
        joins = (
            sentence.beside is not None
            and listed
            and (sentence.beside is listed[-1] or _behind_brackets(sentence, reading))
            and not reading.cell.parted_by("while", "but", "range", "up_to", "now")
            and not any(tag.kind == "date" and tag.code.code for tag in reading.cell.left)  # then and now
            and not sentence.beside.cell.has("relative")
        )
        sentence.listed = [*listed, reading] if joins else [reading]
        context.types = _list_types(sentence.listed)
        stocks = [past for past in sentence.readings if past.counts and past.indicator == "organisations"]
        context.counted = _list_types([*(past for past in stocks if not past.nested), reading])
        context.listed = sentence.listed
        alike = len({count.sector for count in sentence.listed}) == 1
        context.sector = reading.sector if alike else None
    elif reading.types and not reading.counts and not reading.cell.has("of_them"):
        others, context.types = set(reading.types).isdisjoint(context.types), reading.types
        if reading.unit != "percent":  # the share of a sector does not narrow what follows to it
            context.sector = reading.sector
        elif others:
            context.sector = None
    elif reading.counts and reading.indicator in EVENTS and not reading.elliptical and reading.sector is None:
        context.sector = None  # "35 cooperatives were dissolved": the text has left those of one sector
    context.last = reading
