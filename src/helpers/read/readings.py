"""What a quantity means so far, and what its sentence and the sentences before it have said.

The records that ``meaning`` and ``lists`` fill; they decide nothing themselves.
"""

from dataclasses import dataclass, field

from helpers.read.cells import Cell
from helpers.read.tagging import Tag

TYPES = ("group", "coop", "union", "fund")


STOCKS = frozenset(
    {
        "organisations",
        "members",
        "workers",
        "charter_capital",
        "working_capital",
        "capital",
        "loans_outstanding",
        "policies",
        "ocop_products",
    }
)


EVENTS = ("established", "dissolved", "suspended", "converted")
HELPED = ("consulted", "supported", "borrowing")
HAPPENINGS = frozenset({*EVENTS, "loans_disbursed", "projects_financed", "training_courses", "training_participants"})


_LONGEST_SILENCE = 3


@dataclass(slots=True)
class Reading:
    """What one quantity means so far; all fields hold only where ``role`` is ``statistic``."""

    cell: Cell
    role: str = "unresolved"
    unit: str = ""
    kind: str = "level"
    indicator: str = ""
    types: tuple[str, ...] = ()
    sector: str | None = None
    subset: str | None = None
    readings: tuple[str, ...] = ()
    signals: list[str] = field(default_factory=list)
    nested: bool = False
    follows: bool = False  # a further part of a whole that is being divided
    elliptical: bool = False
    bracketed: bool = False  # a bracket opens right before it
    by_context: bool = False  # its organisations come from the sentences before
    whole: "Reading | None" = None  # what a percentage divides or changes

    @property
    def counts(self) -> bool:
        """Whether it counts organisations, there or coming and going."""
        return self.role == "statistic" and self.unit == "organisation"


@dataclass(slots=True)
class Context:
    """What the sentences before have said.

    ``types`` and ``sector`` are the organisations spoken of, to which members, workers and money without a name
    belong; ``counted`` the types of the last list of counts; ``last`` the last statistic of the paragraph; ``named``
    holds from the name of one cooperative to the next sentence about all of them, at most to the end of the
    paragraph.
    """

    types: tuple[str, ...] = ()
    sector: str | None = None
    counted: tuple[str, ...] = ()
    listed: list[Reading] = field(default_factory=list)  # the last list of counts in the paragraph
    mentioned: tuple[str, ...] = ()  # the one kind that the sentence before speaks of without a number
    last: Reading | None = None
    last_count: Reading | None = None
    named: bool = False
    area: str = "same"
    listing: bool = False  # the line is an item of a list or the row of a table
    planned: bool = False  # the paragraph has announced goals
    reported: str = ""  # the last month that the text reports on
    counts_cooperatives: bool = False  # the text has counted them
    silence: int = 9  # sentences since cooperatives were last spoken of


@dataclass(slots=True)
class Sentence:
    """One sentence while its quantities are being read, left to right; ``codes`` are those of all its tags."""

    tags: list[Tag]
    cells: list[Cell]
    context: Context
    codes: frozenset = field(init=False)
    readings: list[Reading] = field(default_factory=list)
    earlier: Reading | None = None  # the count before, where the sentence is an item of a list
    listed: list[Reading] = field(default_factory=list)  # the counts of the list that is being read
    averaged: bool = False
    each: bool = False  # it says what one organisation has
    verb_last: bool = False

    def __post_init__(self) -> None:
        self.codes = frozenset([tag.code for tag in self.tags if tag.kind != "quantity"])

    @property
    def topical(self) -> bool:
        """Whether this sentence or one of the three before it speaks of cooperatives or their alliance."""
        return self.context.silence <= _LONGEST_SILENCE

    @property
    def previous(self) -> Reading | None:
        """The statistic before, in this sentence or an earlier one of the paragraph."""
        return next((reading for reading in reversed(self.readings) if reading.role == "statistic"), self.context.last)

    @property
    def count_before(self) -> Reading | None:
        """The last count of organisations, in this sentence or an earlier one of the paragraph."""
        return next((reading for reading in reversed(self.readings) if reading.counts), self.context.last_count)

    @property
    def beside(self) -> Reading | None:
        """The statistic right before in this sentence, if the number before is one."""
        return self.readings[-1] if self.readings and self.readings[-1].role == "statistic" else None
