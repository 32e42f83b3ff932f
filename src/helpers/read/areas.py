"""Say where a figure holds, and whether one named cooperative is being portrayed.

Answers from the words of the sentence. Never asks a map: a place is what the gazetteer or the
words "district of" make it.
"""

from collections.abc import Iterator
from itertools import pairwise, takewhile

from helpers.read.context import CAPITAL, Article
from helpers.read.lexicon import Lexicon
from helpers.read.tagging import Tag

_ORGANISATIONS = frozenset({"group", "coop", "one_coop", "union", "fund"})
_LONGEST_NAME = (
    9  # words between "cooperative" and the capital that opens its name: HTX dịch vụ - sản xuất nông nghiệp X
)
_LONGEST_FRAMED = 5  # tags from the noun to the adjective around a name
_SHORTEST_LABEL = 2  # words of a place's name before a colon or bar
_FEWEST_SYLLABLES = 2
_LONGEST_SYLLABLE = 7  # letters and vowel signs: quảng, nguyễn and the like in Devanagari
_AREAS = frozenset({"place", "area"})
_CITIES = frozenset({"VN-CT", "VN-DN", "VN-HN", "VN-HP", "VN-SG"})  # cities that are provinces themselves
_DEPTHS = {")": 1, "(": -1}
_NUMBER_WORDS = frozenset({"numerals", "time", "magnitudes", "multipliers"})
_NAMED = range(2, 4)  # syllables of a district's name
_BESIDE_VERB = frozenset({"word", "qualifier_before", "time"})
_HAVING = ("sum", "with", "now")
_QUOTES = ("'", '"', "“", "”", "«", "»")
_ROW_MARKS = ("|", ";", ",")


def area_of(place: int, cell: list[Tag], tags: list[Tag], inherited: str, article: Article, lexicon: Lexicon) -> str:
    """Return ``same``, ``VN`` or the name of the area that the quantity at ``place`` is about.

    The nearest area named before it in its part of the sentence wins, then one in its cell.
    """
    if label := _label_before(place, tags) if lexicon.cased else _syllables_before(place, tags, lexicon):
        return label
    if lexicon.cased and (subject := _subject_before(place, tags)):
        return subject
    start = tags[place].start
    named = [tag for tag in cell if tag.kind in _AREAS]
    own = [*reversed([tag for tag in named if tag.start < start]), *(tag for tag in named if tag.start > start)]
    for tag in (*own, *_same_part(_leave_breakdowns(tags[:place]))):
        tag = _named_before(tag, tags)
        if tag.kind == "place" and (town := _town_of_name(tag, place, tags)):
            return town
        if tag.kind == "place":
            return tag.code[2] if _is_former(tag, tags) else _area_name(tag, article)
        if tag.kind == "area" and tag.code == "country":
            return "VN"
        unspecific = tag.kind == "area" and (tag.code == "district" or lexicon.names == "before")
        if unspecific and (name := _name_beside(tag, tags, lexicon)):
            return name
        if tag.kind == "area" and tag.code == "whole":
            return inherited if article.several else "same"
    return inherited


def _named_before(tag: Tag, tags: list[Tag]) -> Tag:
    """Return the place whose name stands right before "in the province" or "in the delta", else the tag itself."""
    if tag.kind == "place" and tag.code[0] == "region":
        until = next(index for index, other in enumerate(tags) if other is tag)
        while until and (tags[until - 1].kind in ("word", "area") or tags[until - 1].code == "on"):
            until -= 1
        inside = until and tags[until - 1].kind == "place" and tags[until - 1].code[0] == "province"
        return tags[until - 1] if inside and tags[until] is not tag else tag
    if tag.kind != "area" or tag.code != "whole":
        return tag
    before = next((before for before, after in pairwise(tags) if after is tag), None)
    return before if before is not None and before.kind == "place" and before.code[0] == "province" else tag


def _town_of_name(place_tag: Tag, place: int, tags: list[Tag]) -> str | None:
    """Return the town that a province is named after, where it stands right before the number: "Kon Tum city 47"."""
    index = next(index for index, tag in enumerate(tags) if tag is place_tag)
    kind = tags[index - 1] if index else None
    town = kind is not None and kind.code == "district" and place_tag.code[1] not in _CITIES
    beside = all(tag.kind in _BESIDE_VERB or tag.code in _HAVING or tag.text in "|:" for tag in tags[index + 1 : place])
    return f"{kind.text} {place_tag.text}" if town and beside and index < place else None


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
    if row and (end - start < _SHORTEST_LABEL or (start and not _opens_row(tags[start - 1]))):
        return ""  # "Members: 41,000" names no place
    return " ".join(tag.text for tag in tags[start:end]) if start or row else ""


def _opens_row(tag: Tag) -> bool:
    return tag.text in _ROW_MARKS or tag.kind == "area"


def _subject_before(place: int, tags: list[Tag]) -> str:
    """Return the short unknown name that opens a clause and has the organisations counted: "Luc Ngan leads with 148".

    Nothing where other than small words part them, or where something else is counted.
    """
    head = tags[place + 1] if place + 1 < len(tags) else None
    if head is not None and head.kind not in ("organisation", "mark", "cue"):
        return ""
    end = place
    while end and (tags[end - 1].kind in _BESIDE_VERB or tags[end - 1].code in (*_HAVING, "district")):
        end -= 1
    start = end
    while start and is_capital(tags[start - 1]):
        start -= 1
    opens = start == 0 or tags[start - 1].kind == "mark" or tags[start - 1].code in ("and", "while")
    said = any(tag.code in _HAVING for tag in tags[end:place])
    return " ".join(tag.text for tag in tags[start:end]) if opens and said and end - start in _NAMED else ""


def is_capital(tag: Tag) -> bool:
    """Return whether a word may be a syllable of an unknown name: short, and printed with a capital."""
    syllable = tag.kind == "unknown" or tag.code == "VND"  # Đồng is a syllable of many names
    return syllable and tag.upper and 1 < len(tag.text) <= _LONGEST_SYLLABLE


def _name_beside(area_tag: Tag, tags: list[Tag], lexicon: Lexicon) -> str | None:
    """Return the name of a district that the gazetteer does not know, as folded words: huyện Krông Pắc."""
    place = next(index for index, tag in enumerate(tags) if tag is area_tag)
    if not lexicon.cased:
        return _join_syllables(tags[place + 1 :] if lexicon.names == "after" else tags[:place], lexicon)
    if area_tag.code != "district":
        return None
    beside = tags[place + 1 :] if lexicon.names == "after" else tags[:place][::-1]
    name: list[str] = []
    for tag in beside:
        if (tag.kind not in ("unknown", "place") and tag.code != "VND") or not tag.upper:
            break
        name.append(tag.text)
    return " ".join(name if lexicon.names == "after" else reversed(name)) or None


def _syllables_before(place: int, tags: list[Tag], lexicon: Lexicon) -> str | None:
    """Return the unknown name right before a number or its bracket, or before an "in" that stands there."""
    end = place
    while end and (tags[end - 1].kind == "word" or tags[end - 1].text == "("):
        end -= 1
    if lexicon.names == "before":
        if end and tags[end - 1].code == "on":
            return _join_syllables(tags[: end - 1], lexicon)
        divided = end < place and any(tag.code == "district" and tag.kind == "area" for tag in tags[:end])
        return _join_syllables(tags[:end], lexicon) if divided else None  # Hindi "in the districts, Cu Mgar near 76"
    name = _join_syllables(tags[:end], lexicon, backwards=True)
    before = tags[end - len(name.split()) - 1 : end] if name else []
    return name if before and (before[0].code in ("on", "and") or end < place) else None


def _join_syllables(tags: list[Tag], lexicon: Lexicon, *, backwards: bool | None = None) -> str | None:
    """Return the unknown words that stand together where names are looked for, at least two and all short.

    Vietnamese names are written syllable by syllable, also in scripts without capitals.
    """
    backwards = lexicon.names == "before" if backwards is None else backwards
    beside = takewhile(lambda tag: _is_syllable(tag, lexicon), reversed(tags) if backwards else tags)
    name = [tag.text for tag in beside]
    return " ".join(reversed(name) if backwards else name) if len(name) >= _FEWEST_SYLLABLES else None


def _is_syllable(tag: Tag, lexicon: Lexicon) -> bool:
    article = lexicon.article and tag.text.startswith(lexicon.article)
    unspelled = tag.kind == "unknown" or tag.code == "VND"  # Đồng is a syllable of many names
    return unspelled and len(tag.text) <= _LONGEST_SYLLABLE and not article


def _leave_breakdowns(before: list[Tag]) -> list[Tag]:
    """Return the tags without what brackets divide by place: "13 founded (5 in Bac Ai, 2 in Ca Na), 4 dissolved"."""
    close = next((place for place in range(len(before) - 1, -1, -1) if before[place].text == ")"), None)
    if close is None:
        return before
    opens = next((place for place in range(close, -1, -1) if before[place].text == "("), close)
    divided = any(tag.kind == "quantity" and tag.code.unit is None for tag in before[opens:close])
    return before[:opens] + before[close:] if divided else before


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
    open_area = article.area is None and not article.national and not article.several
    return "same" if code == article.area or open_area else name


def area_spoken_of(tags: list[Tag], article: Article) -> str | None:
    """Return the first province that a sentence names, in an article that speaks of several in turn."""
    named = (_area_name(tag, article) for tag in tags if tag.kind == "place" and tag.code[0] == "province")
    return next(named, None) if article.several else None


def find_named_cooperative(tags: list[Tag], lexicon: Lexicon) -> int | None:
    """Return where the sentence first names one cooperative (HTX Bưởi Xanh, Thinh Phat Cooperative), None if nowhere.

    Where the script has capitals, a capital that is no place opens the name; elsewhere a cooperative in the singular,
    uncounted, beside a word that nobody spelled. One that speaks for itself ("our cooperative") or is led by whom the
    text portrays needs no name.
    """
    places = [place for place, tag in enumerate(tags) if tag.kind == "organisation" and tag.code in _ORGANISATIONS]
    codes = [tag.code for tag in tags if tag.kind == "cue"]
    portrayed = "ours" in codes or "article" in codes
    named = (place for place in places if _is_named(tags, place, lexicon) or (portrayed and _is_ours(tags, place)))
    if not portrayed or places:
        return next(named, None)
    fused = (place for place, tag in enumerate(tags) if tag.code == "ours" and _holds_root(tag, lexicon))
    return next(fused, None)


def _holds_root(tag: Tag, lexicon: Lexicon) -> bool:
    """Whether a possessive is an ending of the noun itself: Arabic "cooperative-our"."""
    return any(root in tag.text for root in lexicon.root_words)


def _is_ours(tags: list[Tag], place: int) -> bool:
    """Whether one cooperative is "ours", is led by somebody, or is "a 38-member cooperative"."""
    if tags[place].code not in ("coop", "one_coop"):
        return False
    start = place
    while start and tags[start - 1].kind in ("unknown", "sector", "thing"):
        start -= 1
    beside = [*tags[max(0, start - 1) : start], *tags[place + 1 : place + 2]]
    before = [tag.code if tag.kind != "quantity" else "quantity" for tag in tags[max(0, start - 4) : start]]
    return any(tag.code == "ours" for tag in beside) or before == ["article", "quantity", "-", "members"]


def _is_named(tags: list[Tag], place: int, lexicon: Lexicon) -> bool:
    tag = tags[place]
    step = 1 if lexicon.names == "after" else -1
    beside = tags[place + step :: step] if place + step >= 0 else []
    before = tags[place - 1] if place else None
    if before is not None and (before.kind == "quantity" or before.code == "each"):
        return False
    if not lexicon.cased:
        if tag.text.isascii():  # HTX is written before its name in every language, and in Hindi also behind it
            if step < 0 and tag.code == "coop" and _join_syllables(_unquoted(tags[:place]), lexicon):
                return True
            beside = tags[place + 1 :]
        elif tag.code != "one_coop":
            return False
        if step > 0 and _is_framed(beside):
            return True
        own_name = _has_unknown(beside) or (step < 0 and _is_of_village(tags[:place], lexicon))
        if _is_led(tags[place + 1 :] if step < 0 else tags[:place][::-1]):
            return True
        return own_name and not any(other.kind == "organisation" for other in beside[:3])
    if step < 0 and tag.code == "one_coop" and not tag.upper:
        return _is_titled(tags, place)
    if step < 0:
        return (
            tag.code == "one_coop"
            and tag.upper
            and bool(beside)
            and beside[0].upper
            and beside[0].kind in ("unknown", "sector", "place")
        )
    if [other.upper for other in beside[:2]] == [True, True] and beside[0].kind in _NUMBER_WORDS:
        return True  # HTX Tám Sen: eight is the first word of its name
    worded = False
    for other in beside[:_LONGEST_NAME]:
        if other.upper and (other.kind == "unknown" or (other.kind == "place" and worded)):
            return True
        worded = worded or other.kind == "unknown" or (other.kind == "sector" and other.upper)
        if other.kind not in ("unknown", "sector", "thing") and other.code != "-":
            return False
    return False


def _is_titled(tags: list[Tag], place: int) -> bool:
    """Whether two capitals and what it grows stand right before "cooperative": "Ca Na sea salt cooperative".

    A noun behind would have the cooperative qualify it: "cooperative members".
    """
    behind = tags[place + 1] if place + 1 < len(tags) else None
    if behind is not None and behind.kind not in ("mark", "word", "cue", "time", "area"):
        return False
    start = place
    while start and tags[start - 1].kind in ("unknown", "sector", "subset", "thing") and place - start < _LONGEST_NAME:
        start -= 1
    capitals = [tag.upper for tag in tags[start:place]]
    return capitals[:2] == [True, True] and not all(capitals)


def _unquoted(tags: list[Tag]) -> list[Tag]:
    return [tag for tag in tags if tag.text not in _QUOTES]


def _is_led(beside: list[Tag]) -> bool:
    """Whether somebody of one cooperative speaks, told beside it: Arabic "said the director of the cooperative"."""
    place = next((place for place, tag in enumerate(beside) if tag.kind != "word"), 0)
    somebody = [tag.kind for tag in beside[place : place + 1]] == ["person"] and beside[place].code == "other"
    return somebody and any(tag.code in ("speaker", "subject") for tag in beside[place + 1 : place + 3])


def _is_framed(behind: list[Tag]) -> bool:
    """Whether a name stands between a noun and its adjective: Arabic "society Ai Nghia cooperative"."""
    end = next((place for place, tag in enumerate(behind[:_LONGEST_FRAMED]) if tag.code == "one_coop"), 0)
    inside = behind[:end]
    return any(tag.kind == "unknown" for tag in inside) and all(
        tag.kind in ("unknown", "cue", "numeral", "word", "place") for tag in inside
    )


def _is_of_village(before: list[Tag], lexicon: Lexicon) -> bool:
    """Whether a cooperative is that of an unknown place: Hindi "Vinh Thuan Dong of pineapple cooperative"."""
    end = next((end for end in range(len(before), 0, -1) if before[end - 1].kind not in ("sector", "thing")), 0)
    return end > 0 and before[end - 1].kind == "word" and _join_syllables(before[: end - 1], lexicon) is not None


def _has_unknown(beside: list[Tag]) -> bool:
    for tag in beside[:4]:
        if tag.kind == "unknown" or tag.code == "VND":  # Đồng
            return True
        if tag.kind not in ("sector", "thing") and tag.code != "foreign":
            return False
    return False
