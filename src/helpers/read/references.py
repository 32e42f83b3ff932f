"""Tell the numbers that name something (laws, ordinals, ranks, varieties, diseases) from those that count."""

from dataclasses import replace

from helpers.read.tagging import Tag

# Before "number" they make a count: "the number is 3", not "No. 3".
_COUNTING = ("word", "cue", "place", "area", "organisation", "person", "thing")
_NUMBERED = ("target", "project")
_NUMERIC = ("number", "numerals", "reference_number")
_FILLERS = frozenset(".:")


def read_references(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each naming numeral turned into a ``reference`` tag.

    Its code is ``legal_reference`` (Resolution 13, plan No. 249, 57-NQ/TW) or ``ordinal`` (13th, level 1, HG12,
    Covid-19).
    """
    read = list(tags)
    for place, tag in enumerate(tags):
        if tag.kind == "number" and place and _is_numbered(tags, place):
            read[place - 1] = replace(tags[place - 1], kind="reference", code="law")
            read[place] = _named(tag, "legal_reference")
        elif tag.kind == "code":
            read[place] = _named(tag, "legal_reference")
        elif tag.kind in ("number", "numerals") and (role := _role(tags, place, read)):
            read[place] = _named(tag, role)
    return read


def _is_numbered(tags: list[Tag], place: int) -> bool:
    """Whether a plan or project is known by a number: "under Plan 2145", "Project 06", with a capital."""
    plan, after = tags[place - 1], tags[place + 1] if place + 1 < len(tags) else None
    named = plan.upper and plan.code in _NUMBERED and place > 1 and tags[place].text.isdigit()
    return named and (after is None or after.kind in ("mark", "time", "date", "word"))


def _named(tag: Tag, role: str) -> Tag:
    return Tag("reference_number", role, tag.start, tag.end, tag.text, glued=tag.glued)


def _is_item(tags: list[Tag], place: int) -> bool:
    """Whether a number only counts the items of a list: "3) courses", at the head of a line or behind a semicolon."""
    opens = place == 0 or tags[place - 1].text in (";", ":")
    short = tags[place].kind == "number" and len(tags[place].text) < 3
    behind = tags[place + 1] if place + 1 < len(tags) else None
    if any(tag.text == "(" for tag in tags[max(0, place - 3) : place]):
        return False  # "(plan: 20)"
    return opens and short and behind is not None and (behind.text == ")" or (behind.text == "." and place == 0))


def _is_code_behind(tags: list[Tag], place: int) -> bool:
    """Whether letters are joined to a number by a bar, as in the number of a document: "20/QD"."""
    return place + 1 < len(tags) and tags[place + 1].text == "/"


def _role(tags: list[Tag], place: int, read: list[Tag]) -> str | None:
    """What a numeral names, if anything; ``read`` are the tags with those before it decided."""
    before = [tag for tag in tags[max(0, place - 4) : place] if tag.code not in _FILLERS]
    last = before[-1] if before else None
    if _is_item(tags, place):
        return "ordinal"
    after = tags[place + 1] if place + 1 < len(tags) else None
    if after is not None and after.code == "star" and after.kind == "reference":  # a 4-star product, 3 sao
        return "ordinal"
    if after is not None and after.code == "-" and place + 2 < len(tags) and tags[place + 2].code == "star":
        return "ordinal"
    if last is None:
        return None
    magnified = after is not None and after.kind == "magnitudes"
    if last.code == "number" and (magnified or (len(before) > 1 and before[-2].kind in _COUNTING)):
        return None
    starred = last.code == "star" and (
        len(before) < 2 or before[-2].kind not in _NUMERIC
    )  # bintang empat; 3 sao 26 ...
    labelled = tags[place - 1].text == ":" or (after is not None and after.kind == "organisation")
    if last.code == "law" and labelled and not _is_code_behind(tags, place):
        return None  # "(plan: 20)"; Vietnamese "guided 5 groups" and "guidance 5" are one word
    if last.kind == "reference" and (last.code != "star" or starred):
        return "legal_reference" if last.code in ("law", "number") else "ordinal"
    if last.code == "/" and place > 1 and tags[place].kind == "number" and read[place - 2].code == "ordinal":  # 14th/34
        return "ordinal"
    hyphened = last.code == "-" and len(before) > 1 and last.glued and tags[place].glued
    if hyphened and (before[-2].kind == "unknown" or before[-2].code == "ordinal"):  # Covid-19, ke-13
        return "ordinal"
    if tags[place].kind == "numerals":
        return None
    if (last.kind == "unknown" or last.code == "abbreviation") and tags[place].glued:  # HG12
        return "ordinal"
    if after is not None and after.glued and after.kind == "reference" and after.code == "ordinal":  # 13th
        return "ordinal"
    return None
