"""Read the lines that stand over others: the sector that a title gives to all cooperatives, the goals of a section.

A heading is told by its looks, short and without a stop. What it says holds until the text itself says otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from helpers.read.readings import Reading
from helpers.read.tagging import Tag

_LONGEST = 80  # characters
_STOPS = ".:;,!?।॥؟…|"
_COOPERATIVES = ("coop", "one_coop")


@dataclass(slots=True)
class Topic:
    """The sector in which a text counts its cooperatives, where its title names it: "Farm cooperatives of Dak Lak".

    It holds once the first count of the text is of that sector (``least`` is its value), until more are counted, which
    are those of all sectors.
    """

    sector: str | None = None
    least: Decimal | None = None

    def narrow(self, statistics: Iterable[Reading]) -> None:
        """Give the sector to the cooperatives of which a text says no other; the readings change in place."""
        for reading in statistics:
            if self.sector is None:
                return
            if self.least is None and reading.counts:
                self.sector = self.sector if reading.sector == self.sector else None
                self.least = reading.cell.quantity.value
            elif reading.types == ("coop",) and reading.sector is None:
                if reading.indicator == "organisations" and reading.counts:
                    self.sector = self.sector if reading.cell.quantity.value <= (self.least or 0) else None
                reading.sector = self.sector


def is_heading(line: str) -> bool:
    """Return whether a line looks like a heading.

    >>> is_heading("II. Goals for 2026"), is_heading("There are 512."), is_heading("- Goals: 45")
    (True, False, False)
    """
    line = line.strip()
    return 0 < len(line) <= _LONGEST and line[-1] not in _STOPS and line[0] not in "-*•+" and ":" not in line


def continues(sentences: list[list[Tag]]) -> bool:
    """Return whether a paragraph goes on with the one before, as "Of these: ..." does."""
    return bool(sentences) and any(tag.code in ("of_them", "including") for tag in sentences[0][:1])


def sector_headed(tags: list[Tag]) -> str | None:
    """Return the sector beside the word for cooperatives, where a title names them with one sector and not counted."""
    found = {
        sector.code
        for pair in pairwise(tags)
        for noun, sector in (pair, pair[::-1])
        if noun.kind == "organisation" and noun.code in _COOPERATIVES and sector.kind == "sector"
    }
    return found.pop() if len(found) == 1 and not any(tag.kind == "quantity" for tag in tags) else None
