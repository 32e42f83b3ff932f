"""What a printed number leaves open, and what sums and ratios of such numbers leave open.

An interval holds every value that the words allow; arithmetic on intervals keeps that promise by rounding lower
ends down and upper ends up. Knows nothing of sources or indicators.
"""

import unicodedata
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

# Nobody has written down how far these words reach; five per cent is this project's convention. For scale: "nearly
# 8,000 new members" (Da Nang newspaper, August 2023) headed an article whose own terms add up to 7,872, 1.6 % less.
NEARLY = Decimal("0.05")  # the truth lies at most this share below a number after "nearly" or "almost"
ABOUT = Decimal("0.05")  # and at most this share to either side of a number after "about"

# Two more digits than a briefing prints, so that rounding outwards twice never shows.
DERIVED_DIGITS = 6

_DOWN = Context(prec=34, rounding=ROUND_FLOOR)
_UP = Context(prec=34, rounding=ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Interval:
    """Every value from ``lower`` to ``upper``, ends included; None means that this side is unbounded."""

    lower: Decimal | None
    upper: Decimal | None

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"no interval runs from {self.lower} up to {self.upper}; swap the two ends")

    @property
    def is_open(self) -> bool:
        """Whether nothing is known on either side: such a result is not published."""
        return self.lower is None and self.upper is None

    def __contains__(self, value: Decimal) -> bool:
        return (self.lower is None or self.lower <= value) and (self.upper is None or value <= self.upper)

    def meets(self, other: "Interval") -> bool:
        """Return whether one value can lie in both."""
        lowers = [end for end in (self.lower, other.lower) if end is not None]
        uppers = [end for end in (self.upper, other.upper) if end is not None]
        return not lowers or not uppers or max(lowers) <= min(uppers)

    def hull(self, other: "Interval") -> "Interval":
        """Return the smallest interval that holds both."""
        return Interval(_of_both(min, self.lower, other.lower), _of_both(max, self.upper, other.upper))

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(_of_both(_DOWN.add, self.lower, other.lower), _of_both(_UP.add, self.upper, other.upper))

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(
            _of_both(_DOWN.subtract, self.lower, other.upper), _of_both(_UP.subtract, self.upper, other.lower)
        )

    def __truediv__(self, other: "Interval") -> "Interval":
        """Return the ratio of two amounts that cannot be negative.

        A divisor of which only "more than" is known leaves the lower end open: "at least nothing" is no finding.
        Raises ValueError for a negative end, which no count or amount has.

        >>> workers, cooperatives = Interval(Decimal(14000), None), exactly(Decimal(341))
        >>> (workers / cooperatives).rounded_out(4)
        Interval(lower=Decimal('41.05'), upper=None)
        >>> workers / Interval(Decimal(300), None)
        Interval(lower=None, upper=None)
        """
        for end in (self.lower, self.upper, other.lower, other.upper):
            if end is not None and end < 0:
                raise ValueError(f"a ratio needs amounts from zero upwards, got {end}; a change has no ratio")
        lower = None if not other.upper else _of_both(_DOWN.divide, self.lower, other.upper)
        upper = None if not other.lower else _of_both(_UP.divide, self.upper, other.lower)
        return Interval(lower, upper)

    def scaled(self, factor: int) -> "Interval":
        """Return the interval with both ends multiplied by a positive whole ``factor``."""
        times = Decimal(factor)
        return Interval(_of_both(_DOWN.multiply, self.lower, times), _of_both(_UP.multiply, self.upper, times))

    def rounded_out(self, digits: int = DERIVED_DIGITS) -> "Interval":
        """Return the ends at ``digits`` significant digits, the lower one rounded down and the upper one up.

        >>> Interval(Decimal("16.4233"), Decimal("16.4233")).rounded_out(3)
        Interval(lower=Decimal('16.4'), upper=Decimal('16.5'))
        """
        down, up = (Context(prec=digits, rounding=way) for way in (ROUND_FLOOR, ROUND_CEILING))
        return Interval(
            None if self.lower is None else _plain(down.plus(self.lower)),
            None if self.upper is None else _plain(up.plus(self.upper)),
        )


def exactly(value: Decimal) -> Interval:
    """Return the interval that holds nothing but ``value``."""
    return Interval(value, value)


def rounded(value: Decimal, digits: int = DERIVED_DIGITS) -> Decimal:
    """Return ``value`` at ``digits`` significant digits, halves to even."""
    return _plain(Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(value))


def enclose(value: Decimal, *, text: str, qualifier: str, unit: str, at_most: bool = False) -> Interval:
    """Return what a number printed as ``text`` after words meaning ``qualifier`` says about the truth.

    A numeral with a magnitude word is rounded to its last printed digit, and so is every percentage. A count
    printed in full is exact. "More than" and "at least" say nothing about the other side, nor does a ``<`` that means
    ``at_most``; "nearly" and "about" have the tolerances above.

    >>> enclose(Decimal("1300000000"), text="1,3 miliar", qualifier="=", unit="VND")
    Interval(lower=Decimal('1250000000'), upper=Decimal('1350000000'))
    >>> enclose(Decimal(1981), text="1.981", qualifier="=", unit="organisation")
    Interval(lower=Decimal('1981'), upper=Decimal('1981'))
    >>> enclose(Decimal(4500), text="4.500", qualifier=">", unit="person")
    Interval(lower=Decimal('4500'), upper=None)
    """
    match qualifier:
        case ">" | ">=":
            return Interval(value, None)
        case "<" if at_most:
            return Interval(None, value)
        case "<":
            return Interval(_plain(value - abs(value) * NEARLY), value)
        case "~":
            return Interval(_plain(value - abs(value) * ABOUT), _plain(value + abs(value) * ABOUT))
    half = half_step(value, text=text, unit=unit)
    return Interval(_plain(value - half), _plain(value + half)) if half else exactly(value)


def half_step(value: Decimal, *, text: str, unit: str) -> Decimal:
    """Return half a unit of the last digit printed in ``text``, or 0 where the number is exact.

    >>> half_step(Decimal(367700000000), text="367,7 miliar", unit="VND")
    Decimal('50000000')
    >>> half_step(Decimal("2.6"), text="2,6%", unit="percent")
    Decimal('0.05')
    >>> half_step(Decimal(2), text="اتحادين", unit="organisation")
    Decimal('0')
    """
    digits = printed_digits(text)
    if not digits or not int(digits) or not value:
        return Decimal(0)
    step = abs(value) / int(digits)
    is_power_of_ten = step.normalize().as_tuple().digits == (1,)
    is_rounded = is_power_of_ten and (step > 1 or unit == "percent")
    return step / 2 if is_rounded else Decimal(0)


def printed_digits(text: str) -> str:
    """Return the digits in ``text``, of whatever script, as ASCII.

    >>> printed_digits("١٬٩٨١"), printed_digits("9.45 बिलियन"), printed_digits("dua")
    ('1981', '945', '')
    """
    return "".join(str(unicodedata.digit(sign)) for sign in text if sign.isdigit())


def significant_digits(text: str) -> str:
    """Return the digits of a numeral without leading and trailing zeros: what is left of it in any language.

    >>> significant_digits("14.000"), significant_digits("14 nghìn"), significant_digits("٩٫٤٥")
    ('14', '14', '945')
    >>> significant_digits("dua"), significant_digits("0")
    ('', '')
    """
    return printed_digits(text).strip("0")


def _plain(number: Decimal) -> Decimal:
    """Return the same number without trailing zeros behind the point and without an exponent."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short.as_tuple().exponent > 0 else short


def _of_both(combine, one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """Return ``combine(one, other)``, or None as soon as one of the two is unbounded."""
    return None if one is None or other is None else combine(one, other)
