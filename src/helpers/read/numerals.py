"""Read what a printed numeral says: which of its marks parts the thousands and which the decimals.

Knows the separators of a language from CLDR (Babel) and decides by pattern where the print contradicts them, because
translations leak foreign formats. Knows nothing of words.
"""

import re
from decimal import Decimal

MOST_DIGITS = 24  # longer runs are serial numbers or noise, no count of anything in these articles
_WITNESS = re.compile(r"\d(?<![\d.,/].)\d*(?:[.,]\d{3})*(?P<mark>[.,])\d{1,2}(?![\d/]|[.,]\d)")
_MARKS = re.compile(r"[.,'\u00a0\u202f]")


def parse_numeral(
    digits: str, *, decimal: str, group: str, fraction_likely: bool = False
) -> tuple[Decimal, bool] | None:
    """Return the value of ``digits`` and whether its separators leave a doubt; None when it is no numeral of this size.

    ``decimal`` and ``group`` are the language's own marks. ``fraction_likely`` says that a magnitude, a currency or a
    percent sign follows, so that a decimal mark before three digits is what it seems; a count of people has no
    decimals.

    >>> parse_numeral("1.234", decimal=",", group=".")
    (Decimal('1234'), False)
    >>> parse_numeral("1,12,220.5", decimal=".", group=",")            # Indian grouping
    (Decimal('112220.5'), False)
    >>> parse_numeral("112.220", decimal=".", group=",")               # the foreign thousands mark
    (Decimal('112220'), True)
    >>> parse_numeral("112.225", decimal=".", group=",", fraction_likely=True)
    (Decimal('112.225'), False)
    >>> parse_numeral("1.250", decimal=".", group=",", fraction_likely=True)      # no decimals end in 0: 1,250 billion
    (Decimal('1250'), True)
    >>> parse_numeral("2,8", decimal=".", group=",")
    (Decimal('2.8'), True)
    """
    if len(digits) > MOST_DIGITS:
        return None
    marks = _MARKS.findall(digits)
    parts = _MARKS.split(digits)
    if not marks:
        return Decimal(digits), False
    kinds = set(marks)
    if len(kinds) == 2 and marks.count(marks[-1]) == 1 and _is_grouped(parts[:-1]):
        return Decimal("".join(parts[:-1]) + "." + parts[-1]), marks[-1] != decimal
    if len(kinds) > 1:
        return Decimal("".join(parts)), True
    mark = marks[0]
    if len(marks) > 1:
        return Decimal("".join(parts)), not _is_grouped(parts) or mark == decimal
    whole, fraction = parts
    if _is_grouped(parts) and mark not in ".,":
        return Decimal(whole + fraction), False
    if not _is_grouped(parts) or whole.startswith("0"):
        return Decimal(f"{whole}.{fraction}"), mark != decimal
    if mark == decimal and fraction_likely and not fraction.endswith("0"):
        return Decimal(f"{whole}.{fraction}"), False
    return Decimal(whole + fraction), mark == decimal


def find_convention(text: str, decimal: str, group: str) -> tuple[str, str]:
    """Return the decimal and the grouping mark of ``text``: the language's own unless most numerals contradict.

    Only numerals that can be read in one way are witnesses, like 42,3 or 3.215,5 or 61,5%.

    >>> find_convention("1.245 organisations lent 42,3 and 126,8 billion", ".", ",")
    (',', '.')
    >>> find_convention("112.220 members hold 295.7 billion", ".", ",")
    ('.', ',')
    """
    witnesses = [match["mark"] for match in _WITNESS.finditer(text)]
    commas = witnesses.count(",")
    foreign = commas if decimal == "." else len(witnesses) - commas
    return (group, decimal) if foreign > len(witnesses) - foreign and group in ".," else (decimal, group)


def _is_grouped(parts: list[str]) -> bool:
    """Whether digits are parted by thousands (1,234,567) or in the Indian way (12,34,567)."""
    first, *middle, last = parts if len(parts) > 1 else (parts[0], "000")
    wide = {len(part) for part in middle}
    return 1 <= len(first) <= 3 and len(last) == 3 and (wide <= {3} or (wide <= {2} and len(first) <= 2))
