"""Cut a text into sentences and name every word in them: which concept of the lexicon it spells, if any.

Positions count characters of the folded text. Which concepts belong together is for ``meaning`` to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, pairwise

from helpers.read.folding import Folded
from helpers.read.lexicon import Concept, Lexicon, Spellings
from helpers.read.words import TOKEN

# A line that begins with an ellipsis continues the line before it: something was left out between.
_LINE_END = re.compile(r"\n\s*(?P<left_out>…)?")
_LONGEST_PARAGRAPH = 100_000  # characters; a longer one is cut in parts, so that little is held in memory at a time
_LONGEST_SEARCH = 5_000  # characters, in which the end of a sentence is looked for before any space will do
_SENTENCE_GAP, _GAP = re.compile(r"(?<=[.!?।॥؟…])\s"), re.compile(r"\s")
_BULLET = re.compile(r"\s*(?:[-*•+]\s+)?")
_LONGEST_SENTENCE = 400  # words and marks; nobody writes longer ones, and noise must not cost the square of its length
_NAMELIKE = frozenset({"place", "sector", "thing", "numeral", "reference"})
_BEFORE_FIVE = ("event", "qualifier_before", "sum", "and", ",", "with", "including", "granted")
_AMOUNTS = ("number", "numerals", "magnitudes", "multipliers")
_FROM_MEASURE = 3  # words between "profit" and "one cooperative"
_TO_PAY = 5  # words between "one worker" and the amount
_FUNDS = frozenset({"fund", "support_fund"})
_MODIFYING = ("unknown", "organisation", "subset", "sector", "person")
_GOING_ON = ("event", "subset", "sector", "word")  # of a noun phrase, or the verb it is the subject of
_SHORTEST_UNIT = 2  # letters: ha, km
_STOPS = frozenset(".!?।॥؟…")


# The number of a law or plan: figures, then letters joined to them by a dash or slash (57-NQ/TW, 17/2023/QH15).
# It has few parts; no more are tried, or a long row of numbers and letters would be read again from each of them.
_CODE = re.compile(
    r"\d+(?:/\d+){0,3}\s?[-/](?P<letters>[^\W\d_][^\W_]*[\u0900-\u0957]*)"
    r"(?:[-/.][^\W_][^\W_\u0964]*[\u0900-\u0957]*){0,9}"
)


@dataclass(slots=True, eq=False)
class Tag:
    """A stretch of folded text and what it is: a concept, a numeral, a mark or a word that nobody spelled.

    ``kind`` is a section of the lexicon or ``number``, ``mark``, ``code``, ``date``, ``quantity``, ``unknown``.
    ``upper`` says that the printed word begins with a capital; ``glued`` that it touches the word before it; ``ours``
    that it stands in square brackets.
    """

    kind: str
    code: object
    start: int
    end: int
    text: str
    upper: bool = False
    glued: bool = False
    ours: bool = False


def split_paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the lines of ``text``; a line beginning with an ellipsis belongs to the one before.

    A line longer than any paragraph is cut between two sentences, or two words.

    >>> [text[start:end] for text in ["a\\n… b\\n\\nc"] for start, end in split_paragraphs(text)]
    ['a\\n… b', 'c']
    """
    start = 0
    ends = (match.span() for match in _LINE_END.finditer(text) if not match["left_out"])
    for end, behind in chain(ends, [(len(text), len(text))]):
        while end - start > _LONGEST_PARAGRAPH:
            least = start + _LONGEST_PARAGRAPH
            gap = _SENTENCE_GAP.search(text, least, min(least + _LONGEST_SEARCH, end)) or _GAP.search(text, least, end)
            if not gap:
                break
            yield start, gap.start()
            start = gap.end()
        if text[start:end].strip():
            yield start, end
        start = behind


def tag_sentences(folded: Folded, printed: str, start: int, end: int, lexicon: Lexicon) -> Iterator[list[Tag]]:
    """Yield the sentences of one paragraph, each as its tags in order.

    A full stop ends a sentence unless it follows an abbreviation or a lone letter, or it touches the next word.
    """
    tags = settle_fives(_match_entries(*_tokens(folded, printed, start, end, lexicon), lexicon))
    begin = 0
    for place, tag in enumerate(tags, start=1):
        if place - begin == _LONGEST_SENTENCE or (tag.text in _STOPS and _ends_sentence(tags, place - 1)):
            yield tags[begin:place]
            begin = place
    if begin < len(tags):
        yield tags[begin:]


def _tokens(folded: Folded, printed: str, start: int, end: int, lexicon: Lexicon) -> tuple[list[Tag], list[int]]:
    """Return the words, numbers and marks of a paragraph, and the places of those that may begin a longer spelling."""
    text, read_word, spellings, joining = folded.text, lexicon.read_word, lexicon.spellings, lexicon.joining_prefixes
    origin = folded.origin if folded.gaps else None
    tags: list[Tag] = []
    openings: list[int] = []
    last_end, ours = -1, False
    tokens = TOKEN.finditer(text, _BULLET.match(text, start, end).end(), end)
    while match := next(tokens, None):
        begin, place = match.span()
        group, surface = match.lastgroup, match[0]
        if group == "word":
            kind, code, base, prefix, cased, opens = read_word(surface)
            if prefix in joining:
                tags.append(Tag("cue", "and", begin, begin, ""))
            if opens:
                openings.append(len(tags))
            upper = cased and printed[origin(begin) if origin else begin].isupper()
            tags.append(Tag(kind, code, begin + len(prefix), place, base, upper, begin == last_end, ours))
        elif group == "number":
            kind = "number"
            if (named := _CODE.match(text, begin, end)) and named["letters"] not in lexicon.vocabulary:
                kind, surface, place = "code", named[0], named.end()
                tokens = TOKEN.finditer(text, place, end)
            tags.append(Tag(kind, None, begin, place, surface, False, begin == last_end, ours))
        elif surface in "[]":
            ours = surface == "["
        elif surface != "-" or begin != last_end or not text[place : place + 1].isalpha() or text[begin - 1].isdigit():
            if surface in spellings:
                openings.append(len(tags))
            tags.append(Tag("mark", surface, begin, place, surface, False, begin == last_end, ours))
        last_end = place
    return tags, openings


def _match_entries(tags: list[Tag], openings: list[int], lexicon: Lexicon) -> list[Tag]:
    """Give the first word of each spelling, the longest first, its concept, and leave its other words out.

    A word that stands only inside longer spellings ("and services" of "trade and services") is read without its
    prefix where it stands alone.
    """
    words = [*[tag.text for tag in tags], ""]
    spellings = lexicon.spellings
    matched = []
    behind = 0
    for place in openings:
        if place < behind:
            continue
        matched += tags[behind:place]
        behind, tag = place + 1, tags[place]
        found = _longest_match(words, place, spellings)
        if found is None and tag.kind == "unknown":
            words[place], prefix = lexicon.stem(tag.text)
            if prefix and tag.text.endswith(words[place]):  # part of a name may look like a word with an ending
                found = _longest_match(words, place, spellings)
            if found and prefix in lexicon.joining_prefixes:
                matched.append(Tag("cue", "and", tag.start, tag.start, ""))
            tag.start += len(prefix) if found else 0
        if found:
            behind, (tag.text, concept) = found
            tag.kind, tag.code, tag.end = concept.kind, concept.code, tags[behind - 1].end
        matched.append(tag)
    return matched + tags[behind:]


def _longest_match(words: list[str], place: int, spellings: Spellings) -> tuple[int, tuple[str, Concept]] | None:
    """Return the place behind the longest spelling that begins at ``place``, and the spelling with its concept."""
    found, node = None, spellings.get(words[place])
    while node is not None:
        place += 1
        if None in node:
            found = place, node[None]
        node = node.get(words[place])
    return found


def _ends_sentence(tags: list[Tag], place: int) -> bool:
    if place + 1 == len(tags):
        return True
    before, stop, after = tags[place - 1], tags[place], tags[place + 1]
    if after.start == stop.end or stop.code == "…":
        return False
    numbered = before.code == "number" and after.kind in ("number", "code")
    abbreviated = (
        numbered or before.code == "abbreviation" or (before.kind == "unknown" and before.end - before.start == 1)
    )
    return not (stop.code == "." and abbreviated and before.end == stop.start)


def keep_names(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each word that only belongs to a name turned back into a word: Vuong Dinh Hue, Lam Ha.

    A place, sector or thing behind a capitalised word that nobody spelled ends a name; a sector before one opens it,
    and so does a currency that no number stands beside: Đồng Rui.
    """
    kept = list(tags)
    for place, tag in enumerate(tags):
        syllable = tag.code == "article" and tag.upper and place and tags[place - 1].upper  # Thuận An, Nguyễn Văn A
        if syllable or (tag.kind in _NAMELIKE and _is_name(tags, place)):
            kept[place] = replace(tag, kind="unknown", code="")
    return kept


def _is_name(tags: list[Tag], place: int) -> bool:
    before, tag, after = tags[max(place - 1, 0)], tags[place], tags[min(place + 1, len(tags) - 1)]
    opens = tag.upper and after.kind == "unknown" and after.upper
    if tag.kind == "reference":
        return opens and tag.code == "rank" and len(after.text) > 1  # Kỳ Anh, not Hạng A
    if tag.kind == "numeral":
        return opens and before.kind not in _AMOUNTS
    ends = before.kind == "unknown" and before.upper and (tag.upper or tag.kind == "place")
    ends = ends and not (place == 1 and tag.kind == "place" and " " in tag.text)  # the first word has a capital anyway
    brief = (
        tag.kind == "thing"
        and tag.text.isascii()
        and len(tag.text) <= _SHORTEST_UNIT
        and before.kind not in ("number", "quantity")
    )
    return ends or (opens and (brief or (tag.kind == "sector" and " " not in tag.text)))  # Ha Long is no hectare


def settle_ones(tags: list[Tag]) -> list[Tag]:
    """Return the tags with "one" read as "each" beside a mean: "the profit of one cooperative", "one's mean profit".

    It stands for each behind any measure, but before one only where an average is said.
    """
    settled = list(tags)
    for place, (tag, after) in enumerate(pairwise(tags)):
        if tag.kind == "quantity" and tag.code.value == 1 and (after.kind == "organisation" or after.code == "workers"):
            before = tags[max(0, place - _FROM_MEASURE) : place]
            if tag.code.text[0].isdigit() and not any(other.code == "average" for other in before):
                continue
            behind = tags[place + 2 : place + 2 + _FROM_MEASURE]
            amounts = tags[place + 2 : place + 2 + _TO_PAY] if after.code == "workers" else []
            paid = any(other.kind == "quantity" and other.code.unit for other in amounts)
            if (
                paid
                or any(other.kind == "measure" or other.code == "average" for other in before)
                or any(other.code == "average" for other in behind)
            ):
                settled[place] = replace(tag, kind="cue", code="each")
    return settled


def settle_fives(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each word that may be "five" or "year" decided: five before what is counted.

    A year stands behind a number, "each" or a word of time ("in the year, cooperatives ..."), and before a number.
    """
    settled = list(tags)
    for place, tag in enumerate(tags):
        if tag.kind == "numeral" and tag.code == "five_or_year":
            before, after = tags[max(0, place - 1) : place], tags[place + 1 : place + 2]
            opens = bool(before) and (before[0].kind in _BEFORE_FIVE or before[0].code in _BEFORE_FIVE)
            dated = any(other.kind == "number" for other in tags[max(0, place - 3) : place])
            counted = bool(after) and after[0].kind in ("organisation", "person", "thing") and opens and not dated
            scaled = bool(after) and after[0].kind in ("multipliers", "magnitudes")
            kind, code = ("numerals", Decimal(5)) if counted or scaled else ("time", "year")
            settled[place] = replace(tag, kind=kind, code=code)
    return settled


def leave_excluded(tags: list[Tag]) -> list[Tag]:
    """Return the tags with organisations that are only said to be left out turned into words.

    "Revenue of cooperatives (not counting credit funds)" is that of cooperatives. Left-out ones that are counted keep
    their number: "246 cooperatives (not counting 17 credit funds)".
    """
    excluded = {id(tag) for place, tag in enumerate(tags) if tag.kind == "organisation" and _is_left_out(tags, place)}
    return [replace(tag, kind="word", code="link") if id(tag) in excluded else tag for tag in tags]


def _is_left_out(tags: list[Tag], place: int) -> bool:
    """Whether "not counting" stands right before an organisation that nobody counts, or "excluded" right behind it."""
    before = next((tag for tag in reversed(tags[:place]) if tag.kind != "word"), None)
    behind = next((tag for tag in tags[place + 1 :] if tag.kind != "word"), None)
    counted = before is not None and before.kind == "quantity"
    return (before is not None and before.code == "except") or (
        not counted and behind is not None and behind.code == "excepted"
    )


def trust_abbreviations(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each organisation that an abbreviation in brackets explains named by it: "koperasi (THT)".

    A translation loses the kind of an organisation more easily than its abbreviation. The bracket itself is left out
    where the noun phrase or its verb goes on behind it: "27 cooperatives (HTX) founded".
    """
    if "(" not in [tag.text for tag in tags]:
        return tags
    named = {
        place - 1: tags[place + 1].code
        for place, tag in enumerate(tags[1:-2], start=1)
        if tag.text == "(" and tags[place + 2].text == ")"
        if tags[place - 1].kind == tags[place + 1].kind == "organisation" and " " not in tags[place + 1].text
    }
    if not named:
        return tags
    inside = [place for place in named if place + 4 < len(tags) and tags[place + 4].kind in _GOING_ON]
    aside = {place + step for place in inside for step in (1, 2, 3)}
    return [
        replace(tag, code=named[place]) if place in named else tag
        for place, tag in enumerate(tags)
        if place not in aside
    ]


def name_funds(tags: list[Tag], credit: bool, modifiers: str) -> tuple[list[Tag], bool]:
    """Return the tags with each bare "fund" read as a credit fund where these were named last, and whether they were.

    ``credit`` says so of the sentences before. A support fund is one, and named in full before it is called a fund;
    what stands on the side of its ``modifiers`` names it too.
    """
    if _FUNDS.isdisjoint([tag.code for tag in tags if tag.kind == "organisation"]):
        return tags, credit
    named = list(tags)
    for place, tag in enumerate(tags):
        if tag.kind == "organisation" and tag.code in _FUNDS:
            side = place + 1 if modifiers == "after" else place - 1
            modified = 0 <= side < len(tags) and tags[side].kind in _MODIFYING
            if tag.code == "support_fund" and credit and " " not in tag.text and not modified:
                named[place] = replace(tag, code="fund")
            else:
                credit = tag.code == "fund"
    return named, credit


def settle_unions(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each union that nobody counts turned into the alliance, the agency that speaks.

    Translations use one word for both. A union is counted when a quantity stands before it or right behind it, or
    when it is joined to another kind of organisation.
    """
    return [
        replace(tag, code="alliance")
        if tag.kind == "organisation" and tag.code == "union" and not _is_counted(tags, place)
        else tag
        for place, tag in enumerate(tags)
    ]


def _is_counted(tags: list[Tag], place: int) -> bool:
    before = [tag for tag in tags[max(0, place - 5) : place] if tag.kind not in ("sector", "word", "unknown")][-2:]
    after = [tag for tag in tags[place + 1 : place + 7] if tag.kind not in ("word", "sector", "qualifier_before")]
    if place and tags[place - 1].code == "only":  # "a single union"
        return True
    if before and (before[-1].kind == "quantity" or before[-1].code in ("new", "up")):
        return True
    if len(before) > 1 and before[-1].code in ("and", ",") and before[-2].kind == "organisation":
        return True
    if (
        len(after) > 1
        and after[0].code in ("and", ",")
        and after[1].kind == "organisation"
        and after[1].code != "support_fund"
    ):
        return True
    for index, tag in enumerate(after):
        if tag.kind == "quantity":
            behind = after[index + 1] if index + 1 < len(after) else None
            return behind is None or behind.kind not in ("thing", "person", "unknown", "organisation")
        if tag.code not in ("sum", "field", "total", "number", "up_to", ":", "|", "-"):
            return False
    return False
