"""Find every quantity in a text: numeral or number words, magnitude, unit of money or percent, qualifier, range.

Says how much, never of what. Dates, years and the numbers of laws are no quantities.
"""

from dataclasses import replace
from decimal import Decimal

from helpers.read.dates import read_dates
from helpers.read.folding import Folded, fold
from helpers.read.lexicon import Lexicon
from helpers.read.numerals import find_convention, parse_numeral
from helpers.read.tagging import Tag, split_paragraphs, tag_sentences
from helpers.records import Quantity

_UNITS = ("VND", "USD", "percent")
_TRANSPARENT = (("numeral", "VND"), ("numeral", "USD"))
_OPENING = frozenset({"number", "numerals", "dual", "multipliers", "magnitudes"})
_THOUSAND = 1000
_INDIAN = (1000, 100_000)  # the units of a number may follow them in figures
_PARTING = ("and", "while", "but", "goal", "target", "plan", "law")
_SKIPPED = ("new", "of_them")  # between a number and a qualifier behind it
_FURTHEST_VERB = 9  # tags between a verb like "exceeds" and the number behind its subject


def find_quantities(text: str, lexicon: Lexicon) -> list[Quantity]:
    """Return the quantities of ``text`` in the order of their places.

    >>> from helpers.read.lexicon import load_lexicon
    >>> indonesian = load_lexicon("id")
    >>> [(q.text, q.value, q.unit, q.qualifier) for q in find_quantities("lebih dari 40,5 miliar VND", indonesian)]
    [('40,5 miliar', Decimal('40500000000'), 'VND', '>')]
    >>> [(q.text, q.value) for q in find_quantities("3-4,5 juta orang pada 5 Desember 2022", indonesian)]
    [('3', Decimal('3000000')), ('4,5 juta', Decimal('4500000'))]
    """
    folded = fold(text)
    marks = find_convention(folded.text, lexicon.decimal, lexicon.group)
    found: list[Quantity] = []
    for start, end in split_paragraphs(folded.text):
        for sentence in tag_sentences(folded, text, start, end, lexicon):
            tags = read_quantities(read_dates(sentence, lexicon), folded, text, marks)
            found += [tag.code for tag in tags if tag.kind == "quantity"]
    return found


def read_quantities(tags: list[Tag], folded: Folded, text: str, marks: tuple[str, str]) -> list[Tag]:
    """Return the tags with each quantity drawn together into one tag whose code is the Quantity.

    ``marks`` are the decimal and the grouping mark that the text keeps to. Words of currency and qualifiers keep tags
    of their own. A numeral too long to be a count stays a ``number``.
    """
    if _OPENING.isdisjoint([tag.kind for tag in tags]):
        return tags
    found: list[Tag] = []
    behind = 0
    for place, tag in enumerate(tags):
        if place < behind:
            continue
        if tag.kind not in _OPENING:
            found.append(tag)
            continue
        named = tag.kind == "numerals" and tag.upper and place > 0 and tags[place - 1].upper  # Nguyễn Văn Bảy
        opens = (
            (tag.kind in ("number", "numerals", "dual") and not named)
            or (tag.kind == "multipliers" and _joins_words(tags, place))
            or (tag.kind == "magnitudes" and bool(found) and found[-1].kind in ("qualifier_before", "qualifier_verb"))
        )
        stop, value, doubt = _read_value(tags, place, marks) if opens and not tag.ours else (place, None, False)
        if value is None:
            found.append(tag)
            continue
        unit, unit_stop = _unit_after(tags, stop)
        printed = _bracketed_unit(tags, stop)
        for part in printed:
            value = value * part.code if part.kind == "magnitudes" else value
            unit = part.code if part.kind == "numeral" else unit
        behind = unit_stop if unit == "percent" else stop
        start, finish = folded.span(tag.start, tags[behind - 1].end)
        qualifier = _find_qualifier(found, tags, unit_stop if unit else stop)
        quantity = Quantity(
            start, finish, text[start:finish], _plain(value), unit or _unit_before(found),
            doubt="separator" if doubt else None, **(_qualify(qualifier, folded) if qualifier else {}),
        )  # fmt: skip
        _bound_range(found, quantity, [*tags[place:behind], *printed])
        words = tag.code if tag.kind == "dual" else tag.text
        found.append(Tag("quantity", quantity, tag.start, tags[behind - 1].end, words, glued=tag.glued))
    return found


def _plain(value: Decimal) -> Decimal:
    """Drop the decimals that a magnitude has used up: 40.5 billion is 40500000000 and not 40500000000.0."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _read_value(tags: list[Tag], place: int, marks: tuple[str, str]) -> tuple[int, Decimal | None, bool]:
    """Return where the numeral at ``place`` ends, its value and whether its separators are in doubt."""
    if tags[place].kind == "dual":
        return place + 1, Decimal(2), False
    if tags[place].kind == "number":
        stop, value, doubt = _read_digits(tags, place, marks)
    elif tags[place].kind == "magnitudes":  # "more than a million" where no word says "a"
        stop, value, doubt = place, Decimal(1), False
    else:
        stop, value, doubt = _read_words(tags, place)
    if value is None:
        return place, None, False
    total, last = Decimal(0), None
    if tags[place].kind == "numerals" and value >= _THOUSAND and stop == place + 1:  # Arabic "two billions" is one word
        last = value
    while stop < len(tags) and tags[stop].kind == "magnitudes":
        value, last, stop = value * tags[stop].code, tags[stop].code, stop + 1
    while last is not None and (smaller := _smaller_part(tags, stop, last, marks)):  # 2 tỷ 775 triệu
        total += value
        stop, value, last = smaller
    return stop, total + value, doubt


def _smaller_part(
    tags: list[Tag], place: int, limit: Decimal, marks: tuple[str, str]
) -> tuple[int, Decimal, Decimal] | None:
    if limit in _INDIAN and place < len(tags) and tags[place].kind == "number" and tags[place].text.isdigit():
        behind = tags[place + 1].kind if place + 1 < len(tags) else ""
        if Decimal(tags[place].text) < limit and behind != "magnitudes":  # 1 thousand 164
            return place + 1, Decimal(tags[place].text), Decimal(1)
    if place + 2 < len(tags) and tags[place].code == "and" and (tags[place].text == "" or tags[place + 1].glued):
        place += 1  # the Arabic "and" is part of the word: two billions and-150 million
    if place + 1 >= len(tags) or tags[place].kind not in ("number", "numerals") or tags[place + 1].kind != "magnitudes":
        return None
    if tags[place].kind == "numerals":
        stop, value = _read_words(tags, place)[:2]
        magnitude = tags[stop].code if stop < len(tags) and tags[stop].kind == "magnitudes" else limit
        return (stop + 1, value * magnitude, magnitude) if value * magnitude < limit else None
    parsed = _read_digits(tags, place, marks)
    magnitude = tags[place + 1].code
    if parsed[1] is None or magnitude >= limit or parsed[1] * magnitude >= limit:
        return None
    return place + 2, parsed[1] * magnitude, magnitude


def _read_digits(tags: list[Tag], place: int, marks: tuple[str, str]) -> tuple[int, Decimal | None, bool]:
    after = tags[place + 1] if place + 1 < len(tags) else None
    fraction_likely = after is not None and (after.kind == "magnitudes" or after.code in _UNITS)
    parsed = parse_numeral(tags[place].text, decimal=marks[0], group=marks[1], fraction_likely=fraction_likely)
    return (place + 1, *parsed) if parsed else (place, None, False)


def _joins_words(tags: list[Tag], place: int) -> bool:
    return place + 1 < len(tags) and tags[place + 1].kind == "numerals"


def _read_words(tags: list[Tag], place: int) -> tuple[int, Decimal, bool]:
    """Add up number words: 'dua ratus tiga puluh lima' is 235.

    A tens or hundreds word multiplies the word before it, a smaller word is added to a larger one; two words of one
    size ("two three") stay two numbers.
    """
    total, last = Decimal(0), Decimal(0)
    stop = place
    while stop < len(tags):
        tag = tags[stop]
        if tag.kind == "multipliers":
            last = max(last, Decimal(1)) * tag.code
        elif tag.code == "teen" and tag.kind == "numeral":
            last += 10
        elif tag.kind == "numerals" and (stop == place or _adds_on(tags, stop, last)):
            total, last = total + last, tag.code
        elif tag.code != "and" or not _adds_on(tags, stop + 1, last):
            break
        stop += 1
    return stop, total + last, False


def _adds_on(tags: list[Tag], place: int, last: Decimal) -> bool:
    """Whether a number word goes on the number before it: hundred-five, twenty-five, Arabic five-and-twenty."""
    if place >= len(tags) or tags[place].kind != "numerals":
        return False
    word = tags[place].code
    joined = tags[place - 1].code == "and"
    tens = word < 10 <= last or word < 100 <= last or (joined and last < 10 and 20 <= word < 100)
    return tens or (joined and 100 <= word < _THOUSAND <= last)


def _unit_after(tags: list[Tag], place: int) -> tuple[str | None, int]:
    if place < len(tags) and tags[place].kind == "numeral" and tags[place].code in _UNITS:
        return tags[place].code, place + 1
    hyphened = place + 1 < len(tags) and tags[place].text == "-" and tags[place].glued
    if hyphened and tags[place + 1].code == "percent":  # a 6-per-cent gain
        return "percent", place + 2
    return None, place


def _bracketed_unit(tags: list[Tag], place: int) -> list[Tag]:
    """Return the magnitude and currency that stand alone in brackets behind a numeral: "1,37 (tỷ đồng)"."""
    if place + 2 >= len(tags) or tags[place].text != "(" or tags[place + 1].kind != "magnitudes":
        return []
    close = next((end for end in range(place + 2, min(place + 5, len(tags))) if tags[end].text == ")"), place)
    said = tags[place + 1 : close]
    return said if all(tag.kind == "magnitudes" or tag.code in ("VND", "USD") for tag in said) else []


def _unit_before(found: list[Tag]) -> str | None:
    if found and found[-1].kind == "numeral" and found[-1].code in ("VND", "USD"):
        behind = found[-2] if len(found) > 1 else None
        return None if behind is not None and behind.kind == "quantity" else found[-1].code
    return None


def _find_qualifier(found: list[Tag], tags: list[Tag], place: int) -> Tag | None:
    """Return the qualifier before the numeral (over its currency), or else the one after it and its noun."""
    behind = [tag for tag in found[-4:] if (tag.kind, tag.code) not in _TRANSPARENT]
    before = behind[-1] if behind else None
    if before is not None and before.kind in ("qualifier_before", "qualifier_verb"):
        return before
    if before is not None and before.kind == "qualifier_after" and (len(behind) < 2 or behind[-2].kind != "quantity"):
        return before
    for tag in tags[place : place + 3]:
        if tag.kind == "qualifier_after":
            return tag
        if (
            tag.kind not in ("numeral", "organisation", "person", "thing", "sector", "word")
            and tag.code not in _SKIPPED
        ):
            break
    return _find_verb(found)


def _find_verb(found: list[Tag]) -> Tag | None:
    """Where the verb comes first, its subject stands between: "exceeds / the number of members / 376,000"."""
    strange, last = 0, None
    if found and found[-1].code == "share":
        return None  # Arabic "to-exceed / revenue / by-share 8 %" is a rise by so much
    for tag in reversed(found[-_FURTHEST_VERB:]):
        if tag.kind == "qualifier_verb":
            return tag
        strange += tag.kind == "unknown"
        joins = tag.code == "and" and last is not None and last.kind in ("subset", "sector")  # "good and fair ones"
        if strange > 1 or tag.kind in ("mark", "quantity") or (tag.code in _PARTING and not joins):
            break  # "exceeding the target of 40": not the target is exceeded by more
        last = tag
    return None


def _qualify(tag: Tag, folded: Folded) -> dict[str, object]:
    start, end = folded.span(tag.start, tag.end)
    at_most = tag.code == "<="
    return {
        "qualifier": "<" if at_most else tag.code, "at_most": at_most, "qualifier_start": start, "qualifier_end": end,
    }  # fmt: skip


def _is_range(tag: Tag) -> bool:
    return (tag.kind, tag.code) == ("numeral", "range")


def _is_between(found: list[Tag]) -> bool:
    """Whether "between", a number (behind its currency or not) and "and" stand last."""
    said = [tag for tag in found[-4:] if tag.code not in ("VND", "USD")]
    return len(said) > 2 and said[-1].code == "and" and said[-1].kind == "cue" and _is_range(said[-3])


def _bound_range(found: list[Tag], upper: Quantity, printed: list[Tag]) -> None:
    """Give the lower end of a range, or the first of two amounts, the magnitude and unit printed once, behind both."""
    if len(found) < 2 or found[-2].kind != "quantity":
        return
    lower_tag = found[-2]
    lower: Quantity = lower_tag.code
    if lower.unit == "percent" != upper.unit:  # "by 3 percent to 187 million"
        return
    magnitude = Decimal(1)
    for tag in printed:
        magnitude *= tag.code if tag.kind == "magnitudes" else 1
    ranged = found[-1].text == "-" or _is_range(found[-1]) or found[-1].code == "up_to" or _is_between(found)
    paired = found[-1].code == "and" and magnitude > _THOUSAND and lower.unit is None  # "64 and 410 million dong"
    if not paired and (not ranged or lower.value > upper.value):
        return
    scales = lower.value < _THOUSAND if paired else lower.value * magnitude <= upper.value
    scaled = lower.value * magnitude if scales else lower.value
    lower_tag.code = replace(lower, value=scaled, unit=lower.unit or upper.unit)
