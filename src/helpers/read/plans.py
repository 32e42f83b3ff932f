"""Tell what is planned from what is reported: a goal holds until the text turns to a result or a time it reports on."""

from helpers.read.cells import Cell
from helpers.read.dates import last_month
from helpers.read.nouns import is_before
from helpers.read.readings import EVENTS, Reading, Sentence
from helpers.read.tagging import Tag

_PLANS = ("plan", "goal", "target", "law")
_TURNING = ("result", "but")  # from what is planned to what was done
_TIMELY = ("time", "date")
_CLOSING = (";", "(", ")", ":", "sum", "while", *_TURNING)  # what parts a number from the verb of another clause
_FAR = 4  # years; what will be then is planned, while forecasts are of the years at hand
_NEAR = 3  # tags between what is measured and the goal that measures it


def is_planned(cell: Cell, sentence: Sentence) -> bool:
    """Return whether a plan or goal announced before the number still holds there.

    A goal that a result is measured by ("exceeding the target of 40") plans only what stands in its own cell.
    """
    planned, tags, aside = sentence.context.planned, sentence.tags, False
    for place, tag in enumerate(tags[: cell.place]):
        if tag.code == "plan" and place == 0:
            planned = True  # "The plan for 2023 is to found 25"
        elif tag.kind == "cue":
            if tag.code == "goal" and _is_fulfilled(tags, place):
                continue
            if tag.code in ("target", "goal"):
                near = [before.code for before in tags[max(0, place - 2) : place]]
                aside = not planned and ("while" in near or "but" in near)
                if not (sentence.verb_last and _is_surpassed(tags, place)):
                    planned = planned or not _measures(tags, place) or any(tag is own for own in cell.left)
            elif tag.code in _TURNING:
                planned = False
        elif tag.code == "law" and place + 1 == cell.place:
            planned = planned or _measures(
                tags, place
            )  # "exceeding the plan of 60": the word for a plan names laws too
        elif tag.kind in _TIMELY:
            past = _is_past(tag, sentence.context.reported) and not _is_beside(tags, place)
            planned = (planned or tag.code == "next_year") and not past
        elif tag.text == ";" and aside:
            planned = False  # "31 were founded, while the plan was 25; 12 were dissolved"
    return planned or (sentence.verb_last and _ends_on_plan(cell, tags))


def _ends_on_plan(cell: Cell, tags: list[Tag]) -> bool:
    """Whether the verb behind the number plans it: "in 2026 / 40 cooperatives and 12 groups / to-found plans-to"."""
    for place in range(cell.stop, len(tags)):
        tag = tags[place]
        if tag.kind == "cue" and tag.code in ("target", "goal"):
            return not _is_surpassed(tags, place) and not _opens_plan(tags, place)
        if tag.code in _CLOSING or (tag.kind in _TIMELY and tag.code not in ("on", "until")):
            return False
    return False


def _opens_plan(tags: list[Tag], place: int) -> bool:
    """Whether a goal is that of a number behind it: "24 were founded and the goal is 60"."""
    behind = next((tag for tag in tags[place + 1 :] if tag.kind == "quantity" or tag.code in _CLOSING), None)
    return behind is not None and behind.kind == "quantity"


def _is_surpassed(tags: list[Tag], place: int) -> bool:
    """Whether a result is said to be beyond a goal, where that follows the goal: Hindi "target than more"."""
    return any(tag.kind == "qualifier_after" for tag in tags[place + 1 : place + 2])


def announces_goals(sentence: Sentence) -> bool:
    """Return whether what a sentence plans goes on in the next: it names goals, or opens with a time still to come."""
    planned, ahead, far, reported = sentence.context.planned, False, False, sentence.context.reported
    for place, tag in enumerate(sentence.tags):
        if tag.kind == "cue":
            if tag.code in _TURNING:
                planned = ahead = False
            elif tag.code == "plan" and place == 0 and sentence.tags[-1].text == ":":
                planned = True  # "The plan for 2025 is as follows:"
            elif tag.code == "goal" or (tag.code == "target" and ahead) or (tag.code == "forward" and far):
                planned = planned or not _measures(sentence.tags, place)
        elif tag.kind in _TIMELY:
            if _is_past(tag, reported):
                planned = planned and _is_beside(sentence.tags, place)
                ahead = ahead and planned
            elif tag.kind == "date" and tag.code.code is not None:
                ahead, far = True, bool(reported) and int(tag.code.code[:4]) - int(reported[:4]) >= _FAR
    return planned


def looks_forward(tags: list[Tag], date: Tag) -> bool:
    """Return whether a date is the time of a plan or forecast of its sentence, and none that the text reports on."""
    forward = False
    for place, tag in enumerate(tags):
        if tag.code == "result" and tag.start < date.start:
            forward = False
        elif tag.code == "plan" and place == 0:
            forward = True
        elif tag.kind == "cue" and tag.code in ("forward", "target", "goal"):
            forward = forward or tag.code != "goal" or not _measures(tags, place)
    return forward


def heads_plans(sentence: Sentence) -> bool:
    """Return whether a heading opens a section of plans: "Goals for 2026", "Tasks of the coming year"."""
    named = sentence.codes.intersection(("plan", "goal", "next_year")) or announces_goals(sentence)
    return bool(named) and sentence.codes.isdisjoint(_TURNING)


def _is_beside(tags: list[Tag], place: int) -> bool:
    """Whether a date is only that of a law, or of what is compared with: "to grow by 7 % against 2024"."""
    for tag in reversed(tags[max(0, place - _NEAR) : place]):
        if tag.kind == "mark":
            return False
        if tag.code in ("compared", "law"):
            return True
    return False


def _measures(tags: list[Tag], place: int) -> bool:
    if tags[place].code == "goal" and _is_fulfilled(tags, place):
        return True
    before = tags[max(0, place - _NEAR) : place]
    return any(
        tag.code in ("compared", "share")
        or tag.kind == "qualifier_verb"
        or (tag.kind == "quantity" and tag.code.unit == "percent")
        for tag in before
    )


def _is_fulfilled(tags: list[Tag], place: int) -> bool:
    """Whether a goal is told by what part of a plan was done: "the target for cooperatives made 117 % of the plan"."""
    reached = next((index for index in range(place + 1, len(tags)) if tags[index].kind == "quantity"), len(tags))
    behind = next((tag for tag in tags[reached + 1 :] if tag.kind not in ("numeral", "word")), None)
    told = any(tag.code == "sum" for tag in tags[place:reached])  # not the goal itself: "above the goal of 55 % set"
    return told and behind is not None and tags[reached].code.unit == "percent" and behind.code in _PLANS


def _is_past(tag: Tag, reported: str) -> bool:
    if tag.kind == "time":
        return tag.code == "now"
    return tag.code.code is not None and last_month(tag.code.code) <= reported


def names_the_plan(reading: Reading, before: Reading | None, sentence: Sentence) -> bool:
    """Whether a number is the plan that a percentage right before it is of: "44 % of the year's plan, which is 25"."""
    if before is None or before.unit != "percent" or before.indicator not in EVENTS or not reading.counts:
        return False
    between = sentence.tags[before.cell.place + 1 : reading.cell.place]
    said = [tag.code for tag in between if tag.kind != "word" and tag.code != "and"]
    linked = between[-1].kind == "word" or between[-1].code == "sum"
    return linked and said in (["plan"], ["plan", "sum"]) and reading.types == before.types


def opens_with_plan(cell: Cell, sentence: Sentence) -> bool:
    """Whether a plan is named right before a bracketed number: "of the plan (80)", "(plan: 20)"."""
    said = [tag for tag in sentence.tags[: cell.place] if tag.kind not in ("word", "qualifier_before") and tag.text]
    before = said[-2] if len(said) > 1 else None
    plain = cell.in_brackets and cell.quantity.unit is None
    return (before is not None and before.code in _PLANS[:3]) or (plain and cell.left_has(*_PLANS))


def leads_to_plan(cell: Cell, sentence: Sentence) -> bool:
    """Whether a plan leads on from the number: "to raise incomes from 66 to 72 million" plans the second only."""
    behind = next((tag for tag in sentence.tags[cell.stop :] if tag.code not in ("VND", "USD")), None)
    leads = behind is not None and behind.code in ("range", "up_to")
    return leads and is_before(cell, "of", "since") and cell.left_has("up", "down")
