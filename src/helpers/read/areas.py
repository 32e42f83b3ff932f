"""Say where a figure holds, and whether one named cooperative is being portrayed.

Answers from the words of the sentence. Never asks a map: a place is what the gazetteer or the
words "district of" make it.
"""

from collections.abc import Iterator
from itertools import pairwise

from helpers.read.context import CAPITAL, Article
from helpers.read.lexicon import Lexicon
from helpers.read.tagging import Tag

_ORGANISATIONS = frozenset({"group", "coop", "one_coop", "union", "fund"})
_LONGEST_NAME = (
    9  # words between "cooperative" and the capital that opens its name: HTX dịch vụ - sản xuất nông nghiệp X
)
_SHORTEST_LABEL = 2  # words of a place's name before a colon or bar
_AREAS = frozenset({"place", "area"})
_DEPTHS = {")": 1, "(": -1}
_ROW_MARKS = ("|", ";", ",")


def area_of(place: int, cell: list[Tag], tags: list[Tag], inherited: str, article: Article, lexicon: Lexicon) -> str:
    """Return ``same``, ``VN`` or the name of the area that the quantity at ``place`` is about.

    The nearest area named before it in its part of the sentence wins, then one in its cell.
    """
    if lexicon.cased and (label := _label_before(place, tags)):
        return label
    start = tags[place].start
    named = [tag for tag in cell if tag.kind in _AREAS]
    own = [*reversed([tag for tag in named if tag.start < start]), *(tag for tag in named if tag.start > start)]
    for tag in (*own, *_same_part(tags[:place])):
        tag = _named_before(tag, tags)
        if tag.kind == "place":
            return tag.code[2] if _is_former(tag, tags) else _area_name(tag, article)
        if tag.kind == "area" and tag.code == "country":
            return "VN"
        if tag.kind == "area" and tag.code == "whole":
            return inherited if article.regional else "same"
        if tag.kind == "area" and tag.code == "district" and (name := _name_beside(tag, tags, lexicon)):
            return name
    return inherited


def _named_before(tag: Tag, tags: list[Tag]) -> Tag:
    """Return the place whose name stands right before "in the province" where names precede, else the tag itself."""
    if tag.kind != "area" or tag.code != "whole":
        return tag
    before = next((before for before, after in pairwise(tags) if after is tag), None)
    return before if before is not None and before.kind == "place" and before.code[0] == "province" else tag


def _is_former(place_tag: Tag, tags: list[Tag]) -> bool:
    """Whether a place is meant as it was before a merger: "the former Tay Ninh"."""
    place = next(index for index, tag in enumerate(tags) if tag is place_tag)
    behind = tags[place + 1 : place + 2]
    near = tags[max(0, place - 2) : place + 3]
    return any(tag.code == "former" for tag in near) or any(tag.code == "elapsed" for tag in behind)


def _label_before(place: int, tags: list[Tag]) -> str:
    """Return the capitalised words right before a number, folded, or nothing: "Lam Ha 58", "Cho Gao (32)"."""
    row = place > 0 and tags[place - 1].text in ("|", ":")
    end = place - 1 if place and (row or tags[place - 1].text == "(") else place
    start = end
    while start and tags[start - 1].kind == "unknown" and tags[start - 1].upper:
        start -= 1
    if row and (end - start < _SHORTEST_LABEL or (start and tags[start - 1].text not in _ROW_MARKS)):
        return ""  # "Members: 41,000" names no place
    return " ".join(tag.text for tag in tags[start:end]) if start or row else ""


def _name_beside(area_tag: Tag, tags: list[Tag], lexicon: Lexicon) -> str | None:
    """Return the name of a district that the gazetteer does not know, as folded words: huyện Krông Pắc."""
    if not lexicon.cased:
        return None
    place = next(index for index, tag in enumerate(tags) if tag is area_tag)
    beside = tags[place + 1 :] if lexicon.names == "after" else tags[:place][::-1]
    name: list[str] = []
    for tag in beside:
        if tag.kind not in ("unknown", "place") or not tag.upper:
            break
        name.append(tag.text)
    return " ".join(name if lexicon.names == "after" else reversed(name)) or None


def _same_part(before: list[Tag]) -> Iterator[Tag]:
    """Yield the areas named before a quantity from right to left, up to a semicolon outside brackets."""
    depth = 0
    for tag in reversed(before):
        depth += _DEPTHS.get(tag.text, 0)
        if tag.code == ";" and depth == 0 and not any(other.text == "(" for other in before):
            return
        if tag.kind in _AREAS:
            yield tag


def _area_name(tag: Tag, article: Article) -> str:
    kind, code, name = tag.code
    if kind == "country" or (article.national and code == CAPITAL):
        return "VN"
    untold = article.area is None and not (article.national or article.regional)
    return "same" if code == article.area or untold else name


def area_spoken_of(tags: list[Tag]) -> str | None:
    """Return the name of the first province or region of a sentence, which the sentences after it go on about."""
    return next((tag.code[2] for tag in tags if tag.kind == "place" and tag.code[0] != "country"), None)


def find_named_cooperative(tags: list[Tag], lexicon: Lexicon) -> int | None:
    """Return where the sentence first names one cooperative (HTX Bưởi Xanh, Thinh Phat Cooperative), None if nowhere.

    Where the script has capitals, a capital that is no place opens the name; elsewhere a cooperative in the singular,
    uncounted, beside a word that nobody spelled.
    """
    places = [place for place, tag in enumerate(tags) if tag.kind == "organisation" and tag.code in _ORGANISATIONS]
    return next((place for place in places if _is_named(tags, place, lexicon)), None)


def _is_named(tags: list[Tag], place: int, lexicon: Lexicon) -> bool:
    tag = tags[place]
    step = 1 if lexicon.names == "after" else -1
    beside = tags[place + step :: step] if place + step >= 0 else []
    before = tags[place - 1] if place else None
    if before is not None and (before.kind == "quantity" or before.code == "each"):
        return False
    if not lexicon.cased:
        if tag.text.isascii():  # HTX is written before its name in every language
            beside = tags[place + 1 :]
        elif tag.code != "one_coop":
            return False
        own_name = _has_unknown(beside)
        return own_name and not any(other.kind == "organisation" for other in beside[:3])
    if step < 0:
        return (
            tag.code == "one_coop"
            and tag.upper
            and bool(beside)
            and beside[0].upper
            and beside[0].kind in ("unknown", "sector", "place")
        )
    worded = False
    for other in beside[:_LONGEST_NAME]:
        if other.upper and (other.kind == "unknown" or (other.kind == "place" and worded)):
            return True
        worded = worded or other.kind == "unknown" or (other.kind == "sector" and other.upper)
        if other.kind not in ("unknown", "sector", "thing") and other.code != "-":
            return False
    return False


def _has_unknown(beside: list[Tag]) -> bool:
    for tag in beside[:4]:
        if tag.kind == "unknown":
            return True
        if tag.kind not in ("sector", "thing") and tag.code != "foreign":
            return False
    return False
