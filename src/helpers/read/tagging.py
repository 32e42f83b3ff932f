"""Cut a text into sentences and name every word in them: which concept of the lexicon it spells, if any.

Positions count characters of the folded text. Which concepts belong together is for ``meaning`` to say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from helpers.read.folding import Folded
from helpers.read.lexicon import TOKEN, Concept, Lexicon

# A line that begins with an ellipsis continues the line before it: something was left out between.
_LINE_END = re.compile(r"\n(?!\s*…)")
_BULLET = re.compile(r"\s*(?:[-*•+]\s+)?")
_LONGEST_SENTENCE = 400  # words and marks; nobody writes longer ones, and noise must not cost the square of its length
_NAMELIKE = ("place", "sector", "thing")
_AMOUNTS = ("number", "numerals", "magnitudes", "multipliers")
_FROM_MEASURE = 3  # words between "profit" and "one cooperative"
_STOPS = frozenset(".!?।॥؟…")


# The number of a law or plan: figures, then letters joined to them by a dash or slash (57-NQ/TW, 17/2023/QH15).
_CODE = re.compile(
    r"\d+(?:/\d+)*\s?[-/](?P<letters>[^\W\d_][^\W_]*[\u0900-\u0957]*)(?:[-/.][^\W_][^\W_\u0964]*[\u0900-\u0957]*)*"
)


@dataclass(slots=True)
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

    >>> [text[start:end] for text in ["a\\n… b\\n\\nc"] for start, end in split_paragraphs(text)]
    ['a\\n… b', 'c']
    """
    start = 0
    for end in (*(match.start() for match in _LINE_END.finditer(text)), len(text)):
        if text[start:end].strip():
            yield start, end
        start = end + 1


def tag_sentences(folded: Folded, printed: str, start: int, end: int, lexicon: Lexicon) -> list[list[Tag]]:
    """Return the sentences of one paragraph, each as its tags in order.

    A full stop ends a sentence unless it follows an abbreviation or a lone letter, or it touches the next word.
    """
    tags = _match_entries(_tokens(folded, printed, start, end, lexicon), lexicon)
    sentences: list[list[Tag]] = [[]]
    for place, tag in enumerate(tags):
        sentences[-1].append(tag)
        if len(sentences[-1]) == _LONGEST_SENTENCE or (tag.text in _STOPS and _ends_sentence(tags, place)):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _tokens(folded: Folded, printed: str, start: int, end: int, lexicon: Lexicon) -> list[Tag]:
    text, base, vocabulary, prefixes = folded.text, lexicon.base, lexicon.vocabulary, lexicon.prefixes
    joining, origins, search = lexicon.joining_prefixes, folded.origins, TOKEN.search
    tags: list[Tag] = []
    place = _BULLET.match(text, start, end).end()
    last_end, ours = -1, False
    while match := search(text, place, end):
        begin, place = match.span()
        group = match.lastgroup
        if group == "word":
            printed_word = match[0]
            if printed_word in prefixes and printed_word not in vocabulary:  # Arabic ل before a numeral
                tags.append(Tag("word", "link", begin, place, printed_word, False, begin == last_end))
            else:
                word, prefix = base(printed_word)
                if prefix and prefix in joining:
                    tags.append(Tag("cue", "and", begin, begin, ""))
                upper = printed[begin if origins is None else origins[begin]].isupper()
                tags.append(Tag("unknown", "", begin + len(prefix), place, word, upper, begin == last_end, ours))
        elif group == "number":
            if (code := _CODE.match(text, begin, end)) and code["letters"] not in vocabulary:
                place = code.end()
                tags.append(Tag("code", None, begin, place, code[0], False, begin == last_end, ours))
            else:
                tags.append(Tag("number", None, begin, place, match[0], False, begin == last_end, ours))
        elif (mark := match[0]) in "[]":
            ours = mark == "["
        elif mark != "-" or begin != last_end or not text[place : place + 1].isalpha() or text[begin - 1].isdigit():
            tags.append(Tag("mark", mark, begin, place, mark, False, begin == last_end, ours))
        last_end = place
    return tags


def _match_entries(tags: list[Tag], lexicon: Lexicon) -> list[Tag]:
    """Replace the words of each spelling, the longest first, by one tag that carries its concept.

    A word that stands only inside longer spellings ("and services" of "trade and services") is read without its
    prefix where it stands alone.
    """
    words = [tag.text for tag in tags]
    matched = []
    place, count = 0, len(tags)
    while place < count:
        tag = tags[place]
        if tag.kind == "unknown" or tag.kind == "mark":
            found = _longest_match(words, place, lexicon)
            if found is None and tag.kind == "unknown" and tag.text in lexicon.vocabulary:
                words[place], prefix = lexicon.stem(tag.text)
                whole_ending = tag.text.endswith(words[place])  # part of a name may look like a word with an ending
                found = _longest_match(words, place, lexicon) if whole_ending else None
                if found and prefix in lexicon.joining_prefixes:
                    matched.append(Tag("cue", "and", tag.start, tag.start, ""))
                tag = replace(tag, start=tag.start + len(prefix)) if found else tag
            if found:
                spelling, concept = found
                place += len(spelling) - 1
                tag = Tag(
                    concept.kind, concept.code, tag.start, tags[place].end, " ".join(spelling),
                    tag.upper, tag.glued, tag.ours,
                )  # fmt: skip
        matched.append(tag)
        place += 1
    return matched


def _longest_match(words: list[str], place: int, lexicon: Lexicon) -> tuple[tuple[str, ...], Concept] | None:
    for spelling, concept in lexicon.entries.get(words[place], ()):
        if len(spelling) == 1 or tuple(words[place : place + len(spelling)]) == spelling:
            return spelling, concept
    return None


def _ends_sentence(tags: list[Tag], place: int) -> bool:
    if place + 1 == len(tags):
        return True
    before, stop, after = tags[place - 1], tags[place], tags[place + 1]
    if after.start == stop.end or stop.code == "…":
        return False
    abbreviated = before.code in ("abbreviation", "number") or (
        before.kind == "unknown" and before.end - before.start == 1
    )
    return not (stop.code == "." and abbreviated and before.end == stop.start)


def keep_names(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each word that only belongs to a name turned back into a word: Vuong Dinh Hue, Lam Ha.

    A place, sector or thing behind a capitalised word that nobody spelled ends a name; a sector before one opens it,
    and so does a currency that no number stands beside: Đồng Rui.
    """
    return [
        replace(tag, kind="unknown", code="")
        if (tag.kind in _NAMELIKE and before.kind == "unknown" and before.upper and (tag.upper or tag.kind == "place"))
        or (tag.kind == "sector" and tag.upper and " " not in tag.text and after.kind == "unknown" and after.upper)
        or (_opens_name(tag, after) and before.kind not in _AMOUNTS)
        else tag
        for before, tag, after in zip([*tags[:1], *tags], tags, [*tags[1:], *tags[-1:]], strict=False)
    ]


def _opens_name(tag: Tag, after: Tag) -> bool:
    return tag.kind == "numeral" and tag.upper and after.kind == "unknown" and after.upper


def settle_ones(tags: list[Tag]) -> list[Tag]:
    """Return the tags with "one" read as "each" beside a mean: "the profit of one cooperative", "one's mean profit".

    It stands for each behind any measure, but before one only where an average is said.
    """
    settled = list(tags)
    for place, (tag, after) in enumerate(pairwise(tags)):
        is_word = tag.kind == "quantity" and tag.code.value == 1 and not tag.code.text[0].isdigit()
        if is_word and after.kind == "organisation":
            before = tags[max(0, place - _FROM_MEASURE) : place]
            behind = tags[place + 2 : place + 2 + _FROM_MEASURE]
            if any(other.kind == "measure" or other.code == "average" for other in before) or any(
                other.code == "average" for other in behind
            ):
                settled[place] = replace(tag, kind="cue", code="each")
    return settled


def settle_unions(tags: list[Tag]) -> list[Tag]:
    """Return the tags with each union that nobody counts turned into the alliance, the agency that speaks.

    Translations use one word for both. A union is counted when a quantity stands before it or right behind it, or
    when it is joined to another kind of organisation.
    """
    return [
        replace(tag, code="alliance")
        if tag.code == "union" and tag.kind == "organisation" and not _is_counted(tags, place)
        else tag
        for place, tag in enumerate(tags)
    ]


def _is_counted(tags: list[Tag], place: int) -> bool:
    before = [tag for tag in tags[max(0, place - 5) : place] if tag.kind not in ("sector", "word", "unknown")][-2:]
    after = [tag for tag in tags[place + 1 : place + 7] if tag.kind not in ("word", "sector", "qualifier_before")]
    if before and (before[-1].kind == "quantity" or before[-1].code == "new"):
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
        if tag.code not in ("sum", "field", "total", "number"):
            return False
    return False
