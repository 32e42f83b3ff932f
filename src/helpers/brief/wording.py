"""Sentences, numbers and dates as the reader's language writes them.

Messages are English in the code and translated through gettext; numbers, percents, dates and plurals follow CLDR.
Knows nothing of provinces or pages. Everything that comes back is escaped, so that a source's words stay words.
"""

import gettext
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent
from markupsafe import Markup, escape

from helpers.records import Compared, Figure

CATALOGUES = Path(__file__).parents[1] / "locale"
MESSAGE_LANGUAGE = "en"

# English dates put the day first, as the Vietnamese press in English does.
_TERRITORIES = {"en": "en_GB"}

# CLDR gives these the capital that begins a line; ours stand within sentences.
_CAPITAL_LANGUAGE_NAMES = ("vi",)

# Newspapers there write a day in digits; CLDR's longer dates leave out the word for "year".
_DATES_IN_DIGITS = ("vi",)

_UNCHECKED = "X-Native-Reader: none"

_MILLION = 10**6

# The fraction of a number pattern, or the place behind its last digit where it has none.
_FRACTION = re.compile(r"(?<=0)(?:\.[0#]+)?(?=[^0#.,]*$)")

# Derived numbers are shown no finer than their terms can bear.
DERIVED_PLACES = {"percent": 1, "person": 1, "organisation": 1}
RATIO_PLACES = 2  # workers per member and other pure ratios lie around 1
MONEY_DIGITS = 4

# CLDR's plural rules take every fraction as "other"; so they all take this whole number.
_PLURAL_OF_FRACTIONS = 100


class WordingError(ValueError):
    """A language without a catalogue, named together with the file that would mend it."""


def mark(message: str) -> str:
    """Return ``message`` unchanged; marks it for the catalogues where it is only looked up later."""
    return message


def mark_many(one: str, many: str) -> tuple[str, str]:
    """Return both forms of a message unchanged; marks them for the catalogues, which know more than two."""
    return one, many


@dataclass(frozen=True)
class Wording:
    """One language: its catalogue and its way with numbers and dates.

    ``is_checked`` tells whether a native reader has read the catalogue; its header ``X-Native-Reader`` names who.
    """

    language: str
    locale: Locale
    catalogue: gettext.NullTranslations
    is_checked: bool = True

    def say(self, message: str, /, **parts: object) -> Markup:
        """Return the message in this language with ``parts`` filled in, escaped unless they are markup.

        >>> load_wording("en").say("{name} counts {number}.", name="<b>", number=Markup("<b>2</b>"))
        Markup('&lt;b&gt; counts <b>2</b>.')
        """
        return escape(self.catalogue.gettext(message)).format(**parts)

    def has(self, message: str) -> bool:
        """Return whether this language has its own words for the message.

        >>> load_wording("en").has("anything"), load_wording("vi").has("what nobody has translated")
        (True, False)
        """
        return self.language == MESSAGE_LANGUAGE or self.catalogue.gettext(message) != message

    def say_many(self, one: str, many: str, count: Decimal | int, /, **parts: object) -> Markup:
        """Return the form of the message that goes with ``count``; a fraction takes the general plural.

        >>> load_wording("en").say_many("{n} group", "{n} groups", Decimal("1.0"), n="1")
        Markup('1 group')
        >>> load_wording("en").say_many("{n} group", "{n} groups", Decimal("1.5"), n="1.5")
        Markup('1.5 groups')
        """
        whole = abs(int(count)) if count == int(count) else _PLURAL_OF_FRACTIONS
        return escape(self.catalogue.ngettext(one, many, whole)).format(**parts)

    def enumerate(self, items: Iterable[object]) -> Markup:
        """Return the items as an enumeration with the language's commas and "and".

        >>> load_wording("en").enumerate(["a", "<b>", "c"])
        Markup('a, &lt;b&gt; and c')
        """
        return self._list(items, "standard")

    def choose(self, items: Iterable[object]) -> Markup:
        """Return the items as alternatives, with the language's commas and "or".

        >>> load_wording("en").choose(["a", "b"]), load_wording("vi").choose(["a", "b"])
        (Markup('a or b'), Markup('a hoặc b'))
        """
        return self._list(items, "or")

    def series(self, items: Iterable[object]) -> Markup:
        """Return things that may hold commas themselves in a row, set apart as the language does it.

        >>> load_wording("en").series(["a, b", "c"])
        Markup('a, b; c')
        """
        return self.say("; ").join(items)

    def number(self, value: Decimal | int) -> str:
        """Return the number with this language's digits and separators, to the last decimal that it has.

        >>> load_wording("en").number(Decimal("82256")), load_wording("en").number(Decimal("41.0"))
        ('82,256', '41.0')
        """
        pattern = _with_decimals(self.locale.decimal_formats[None].pattern, Decimal(value))
        return format_decimal(value, format=pattern, locale=self.locale, numbering_system="default")

    def amount(self, value: Decimal, unit: str) -> str:
        """Return a number with the sign or name of its unit where numbers carry one; the value is never rounded.

        >>> load_wording("en").amount(Decimal("367700000000"), "VND")
        '367.7 billion VND'
        >>> load_wording("en").amount(Decimal("35.1"), "percent")
        '35.1%'
        >>> load_wording("en").amount(Decimal("82256"), "person")
        '82,256'
        """
        if unit == "percent":
            pattern = _with_decimals(self.locale.percent_formats[None].pattern, value)
            return format_percent(value / 100, format=pattern, locale=self.locale, numbering_system="default")
        if unit == "VND":
            return str(self.say("{number} VND", number=self._compact(value)))
        if unit == "USD":
            return str(self.say("{number} US dollars", number=self._compact(value)))
        return self.number(value)

    def quantity(self, record: Figure | Compared) -> Markup:
        """Return what is known of a figure: its number with its qualifier, or the bounds that enclose it.

        Lower bounds are rounded down and upper bounds up; a figure as printed is not rounded at all.
        """
        low, high = self._bound(record, "lower"), self._bound(record, "upper")
        if low and high and (record.value is None or _leaves_open(record)):
            return self.say("{low} to {high}", low=_without_shared_words(low, high), high=high)
        if record.qualifier == ">":
            return self.say("more than {number}", number=low)
        if record.qualifier == ">=" or (record.value is None and low):
            return self.say("at least {number}", number=low)
        if record.qualifier == "<" and low and _is_printed(record):
            return self.say("nearly {number}", number=high)
        if record.qualifier == "<" and not _is_printed(record):
            return self.say("less than {number}", number=high)
        if record.qualifier == "<" or (record.value is None and high):
            return self.say("at most {number}", number=high)
        if record.value is None:
            return self.say("not stated")
        number = self.amount(shown(record, "value"), record.unit)
        return self.say("about {number}", number=number) if record.qualifier == "~" else escape(number)

    def date(self, day: date) -> Markup:
        """Return a day in words, as an element that machines can read too.

        >>> load_wording("en").date(date(2024, 2, 20))
        Markup('<time datetime="2024-02-20">20 February 2024</time>')
        """
        if self.language in _DATES_IN_DIGITS:
            return self._time(day.isoformat(), format_skeleton("yMd", day, locale=self.locale))
        return self._time(day.isoformat(), format_date(day, "long", locale=self.locale))

    def days(self, first: date, last: date) -> Markup:
        """Return the time from one day to another, short enough for a table.

        >>> load_wording("en").days(date(2024, 2, 20), date(2024, 12, 31))
        Markup('<span class="days">20 Feb\u2009–\u200931 Dec 2024</span>')
        """
        skeleton = "yMd" if self.language in _DATES_IN_DIGITS else "yMMMd"
        days = format_interval(first, last, skeleton, locale=self.locale)
        return Markup('<span class="days">{}</span>').format(days)

    def month(self, day: date) -> str:
        """Return the month of a day, short enough for an axis.

        >>> load_wording("en").month(date(2024, 2, 20))
        'Feb 2024'
        """
        return format_skeleton("yM" if self.language in _DATES_IN_DIGITS else "yMMM", day, locale=self.locale)

    def period(self, label: str) -> Markup:
        """Return a period code in words.

        >>> periods = ("2023", "2023-10", "2023-10-31", "2022-H1", "2016-2020")
        >>> [load_wording("en").period(label).striptags() for label in periods]
        ['2023', 'October 2023', '31 October 2023', 'first half of 2022', '2016 to 2020']
        >>> load_wording("en").period("undated")
        Markup('undated')
        """
        match label.split("-"):
            case ["undated"]:
                return self.say("undated")
            case [year]:
                return self.say("{year}", year=self._time(year, year))
            case [year, "H1"]:
                return self.say("first half of {year}", year=self._time(year, year))
            case [year, "H2"]:
                return self.say("second half of {year}", year=self._time(year, year))
            case [first, last] if len(last) == 4:
                return self.say("{first} to {last}", first=self._time(first, first), last=self._time(last, last))
            case [year, month]:
                day = date(int(year), int(month), 1)
                return self._time(label, format_skeleton("yMMMM", day, locale=self.locale))
        return self.date(date.fromisoformat(label))

    def language_name(self, language: str) -> str:
        """Return another language's name in this one; a code that CLDR does not know stays a code.

        >>> load_wording("en").language_name("hi")
        'Hindi'
        """
        name = self.locale.languages.get(language, language)
        return name[:1].lower() + name[1:] if self.language in _CAPITAL_LANGUAGE_NAMES else name

    def country(self, code: str) -> str:
        """Return the name of a country.

        >>> load_wording("en").country("VN")
        'Vietnam'
        """
        return self.locale.territories[code]

    def _list(self, items: Iterable[object], style: str) -> Markup:
        items = list(items)
        places = [f"{{{number}}}" for number in range(len(items))]
        return escape(format_list(places, style=style, locale=self.locale)).format(*items)

    def _time(self, machine: str, words: str) -> Markup:
        return Markup('<time datetime="{}">{}</time>').format(machine, words)

    def _bound(self, record: Figure | Compared, side: str) -> str | None:
        value = shown(record, side)
        return None if value is None else self.amount(value, record.unit)

    def _compact(self, value: Decimal) -> str:
        """Return a large number with the language's word for its magnitude and every digit that it needs."""
        if value < _MILLION:
            return self.number(value)
        patterns = self.locale.compact_decimal_formats["long"]["other"]
        magnitude = max(int(step) for step in patterns if int(step) <= value)
        leading = patterns[str(magnitude)].pattern.count("0")
        scaled = (value / (magnitude // 10 ** (leading - 1))).normalize()
        return format_compact_decimal(
            value,
            format_type="long",
            locale=self.locale,
            fraction_digits=max(0, -scaled.as_tuple().exponent),
            numbering_system="default",
        )


def _with_decimals(pattern: str, value: Decimal) -> str:
    """Return a CLDR number pattern changed to show exactly the decimals that ``value`` is given with.

    >>> _with_decimals("#,##0.###", Decimal("41.0")), _with_decimals("#,##0%", Decimal("14.76"))
    ('#,##0.0', '#,##0.00%')
    """
    places = max(0, -value.as_tuple().exponent)
    return _FRACTION.sub("." + "0" * places if places else "", pattern, count=1)


def _without_shared_words(low: str, high: str) -> str:
    """Return ``low`` without the magnitude and unit that ``high`` ends with too.

    >>> _without_shared_words("2.45 million VND", "3.5 million VND")
    '2.45'
    >>> _without_shared_words("900 million VND", "1.2 billion VND"), _without_shared_words("5.3%", "6.2%")
    ('900 million VND', '5.3%')
    """
    (number, *words), (_, *others) = low.split(), high.split()
    return number if words == others else low


def direction(language: str) -> str:
    """Return the direction in which a language is written, ``ltr`` or ``rtl``.

    >>> direction("ar"), direction("hi")
    ('rtl', 'ltr')
    """
    return Locale.parse(language).text_direction


def shown(record: Figure | Compared, side: str) -> Decimal | None:
    """Return ``value``, ``lower`` or ``upper`` of a record as fine as it is shown.

    A printed figure and a sum of such figures keep every digit. A ratio or share is rounded: the value to the
    nearest, a lower bound down and an upper bound up, so that the truth stays inside.
    """
    value = getattr(record, side)
    if value is None or _is_printed(record) or record.formula in ("sum", "difference"):
        return value
    rounding = {"value": ROUND_HALF_EVEN, "lower": ROUND_FLOOR, "upper": ROUND_CEILING}[side]
    if record.unit in ("VND", "USD"):
        return Context(prec=MONEY_DIGITS, rounding=rounding).create_decimal(value)
    places = DERIVED_PLACES.get(record.unit, RATIO_PLACES)
    return value.quantize(Decimal(1).scaleb(-places), rounding=rounding)


def _is_printed(record: Figure | Compared) -> bool:
    return isinstance(record, Figure) or record.formula == "figure"


def _leaves_open(record: Figure | Compared) -> bool:
    """Return whether a computed number depends on an assumption that tells its two ends apart."""
    if _is_printed(record) or record.assumption is None or record.assumption.startswith("population:"):
        return False
    return record.lower != record.upper


@cache
def load_wording(language: str) -> Wording:
    """Return the wording of a briefing language.

    English needs no catalogue, being the language of the messages. The others are read from their ``.po``
    files as translators leave them, so that no compiled file can lag behind. Raises WordingError for a
    language that has none.
    """
    path = CATALOGUES / language / "LC_MESSAGES" / "briefings.po"
    locale = Locale.parse(_TERRITORIES.get(language, language))
    if language == MESSAGE_LANGUAGE:
        return Wording(language, locale, gettext.NullTranslations())
    if not path.exists():
        raise WordingError(f"no briefings in {language!r}; translate {CATALOGUES / 'briefings.pot'} as {path}")
    compiled = io.BytesIO()
    with path.open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, locale=language))
    compiled.seek(0)
    unchecked = _UNCHECKED in path.read_text(encoding="utf-8")  # Babel drops headers that it does not know
    return Wording(language, locale, gettext.GNUTranslations(compiled), is_checked=not unchecked)
