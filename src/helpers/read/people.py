"""Say which people a number counts: members, workers, those who were taught, or others that belong to nobody here."""

from helpers.read.cells import NOUNS, Cell
from helpers.read.nouns import TYPE_OF, is_before, is_tight, nearest, types_in
from helpers.read.readings import Sentence
from helpers.read.tagging import Tag

_SAID = ("word", "time", "qualifier_before", "qualifier_verb")
_SMALL_MEMBERSHIP = 1_000
_TO_LIKE = 2  # numbers back to the people of the count before
_BESIDE_PEOPLE = frozenset({"word", "qualifier_before", "qualifier_verb", "sector"})


def people_counted(cell: Cell, sentence: Sentence) -> str | None:
    """Which people are counted: the noun after the number, or for "people" and a bare number the one before it."""
    head = cell.head
    if head is not None and head.kind == "person" and head.code in ("people", "other") and _are_trained(cell, sentence):
        return "participants"
    if sentence.verb_last and head is not None and head.kind == "person" and _is_taught(cell, sentence):
        return "participants"  # Hindi "900 workers of training for"
    if head is not None and head.kind == "person" and is_before(cell, "trains"):
        return "participants"  # "to train 900 cooperative staff"
    if head is not None and head.kind == "person" and head.code != "people":
        if head.code == "other" and is_before(cell, "works"):
            return "workers"  # "they employ 4,200 drivers"
        members = any(tag.code == "members" and tag.kind == "person" for tag in cell.right)
        return "members" if members and head.code in ("other", "households") else head.code  # "210 farmers are members"
    if head is not None and head.kind not in ("person", "unknown"):
        return None
    noun = next(
        (tag for tag in reversed(cell.left) if tag.kind in ("person", "measure", "thing") and tag.code != "people"),
        None,
    )
    if noun is not None and noun.code == "other" and "speaker" in (tag.code for tag in cell.left):
        return None  # "officials say 62 have signed"
    led = [tag.code for tag in cell.right[:1]] == ["of_them"] and noun is not None and noun.code == "other"
    if led and sentence.count_before is not None and cell.quantity.unit is None:
        return None  # "women chair 187 of them"
    if noun is not None and noun.kind == "person":
        if head is not None and head.kind == "unknown" and not is_tight(cell, noun):
            return None
        return noun.code
    beside = sentence.beside
    if noun is None and head is None and cell.quantity.unit is None and beside is not None and beside.counts:
        subject = nearest([tag for tag in beside.cell.left if tag.kind in NOUNS], "person")
        said = all(tag.kind in _SAID or tag.code == "sum" for tag in cell.left)
        if subject is not None and subject.code in ("members", "workers") and said and cell.left:
            return subject.code  # "membership across the 920 cooperatives now tops 31,000"
    divided = beside is not None and beside.indicator == "organisations"
    parts = divided and [tag.code for tag in cell.right[:1]] == ["of_them"]  # "208 of them work in trade"
    if head is None and cell.quantity.unit is None and is_before(cell, "works") and not parts:
        return "workers"  # "the sector employs over 50,000"
    at_work = cell.has("works") or any(tag.kind == "person" and tag.code == "workers" for tag in cell.right[:3])
    if head is None and beside is not None and beside.unit == "person" and at_work:
        return "workers"
    if head is None or head.kind != "person":
        return None
    return _who_they_are(cell, sentence)


def _are_trained(cell: Cell, sentence: Sentence) -> bool:
    """Whether people learn: "2,340 people attended 41 classes", "courses for 600 managers", "300 managers trained"."""
    if is_before(cell, "trains") or any(tag.code == "trains" for tag in cell.right[:3]):
        return True
    said = nearest([tag for tag in cell.left if tag.kind in ("organisation", "thing", "person", "measure")], "thing")
    after = next((tag for tag in sentence.tags[cell.stop :] if tag.kind in ("thing", "measure")), None)
    taught = said is not None and said.code == "course" and nearest(cell.left, "measure") is None
    for_them = cell.head.code == "people" or (
        after is not None
        and all(
            tag.kind in ("word", "quantity", "person", "organisation") or tag.code == "and"
            for tag in _between(sentence.tags, cell.stop, after)
        )
    )
    employed = any(tag.code == "workers" for tag in cell.left)  # "jobs for 4,500 people, and 41 classes"
    return taught or (after is not None and after.code == "course" and for_them and not employed)


def _is_taught(cell: Cell, sentence: Sentence) -> bool:
    """Whether a course of the people counted stands right behind them."""
    return [tag.code for tag in sentence.tags[cell.stop : cell.stop + 2]] == ["link", "course"]


def _between(tags: list[Tag], start: int, end: Tag) -> list[Tag]:
    return [tag for tag in tags[start:] if tag.start < end.start]


def _who_they_are(cell: Cell, sentence: Sentence) -> str | None:
    """Who "4,300 people" are: those named behind, who work, learn or join, or the people or organisations before."""
    if named := next((tag for tag in cell.right if tag.kind == "person" and tag.code != "people"), None):
        return named.code
    previous, beside = sentence.previous, sentence.beside
    if cell.has("works"):
        return "workers"
    if previous is not None and previous.indicator == "training_courses":
        return "participants"
    if cell.has("joined"):
        return "members"
    if beside is not None and beside.unit == "person" and cell.has("of_them", "up", "down"):
        return "participants" if beside.indicator == "training_participants" else beside.indicator
    if cell.left_has("including"):  # "the members are far more, namely 44,300 people"
        start = max((other.stop for other in sentence.cells if other.place < cell.place), default=0)
        said = nearest(sentence.tags[start : cell.place], "person")
        if said is not None and said.code in ("members", "workers"):
            return said.code
    return "members" if _make_up_organisations(cell, sentence.tags) else None


def _make_up_organisations(cell: Cell, tags: list[Tag]) -> bool:
    """Whether the organisations right before are only said to have the people: "groups bring together 8,600 people"."""
    had = False
    for place in range(cell.place - 1, -1, -1):
        tag = tags[place]
        if tag.kind == "organisation":
            several = tag.code != "one_coop" or (place > 0 and tags[place - 1].kind == "quantity")
            named = tag.code in TYPE_OF or (tag.code == "unit" and bool(types_in(tags[:place])))
            return had and several and named
        located = tag.code == "on" and [behind.code for behind in tags[cell.stop : cell.stop + 1]] == ["sum"]
        had = had or tag.code in ("sum", "with") or located  # Hindi "groups-in 17,200 people are"
        if not (tag.kind in _BESIDE_PEOPLE or tag.code in ("sum", "with", "total") or located):
            return False
    return False


def is_too_few(cell: Cell, sentence: Sentence) -> bool:
    """Whether so few people only say which organisations are counted: "127 cooperatives have fewer than 10 workers"."""
    count, bounded = sentence.beside, cell.quantity.qualifier != "="
    shared = count is not None and count.unit == "percent" and count.indicator == "organisations"
    if shared and count.kind == "share" and bounded and cell.quantity.value < _SMALL_MEMBERSHIP:
        return True  # "61 % of cooperatives have fewer than 50 members"
    if count is None or not count.counts or not bounded:
        return False
    past = sentence.readings[-_TO_LIKE] if len(sentence.readings) >= _TO_LIKE else None
    alike = past is not None and past.role == "other_quantity" and past.cell.head is not None
    alike = (
        alike and past.cell.quantity.qualifier != "=" and past.cell.head.code == getattr(cell.head, "code", None)
    )  # "127 have fewer than 10, 38 over 100"
    return alike or cell.quantity.value < count.cell.quantity.value
