"""What passes between the stages: small frozen records that keep the words beside the meaning.

Field names are the column names of ``data/processed``; codes are those of the data dictionary there.
A span (``start``, ``end``) counts characters of the source's text as it lies on disk after its card, so
that slicing the text by the span gives the printed words. Spans are evidence and not identity: what
another file refers to is an address (``source_id``, printed text, occurrence), which survives edits.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

QUALIFIERS = ("=", ">", ">=", "<", "~")
KINDS = ("level", "change", "target", "share")
UNITS = ("organisation", "person", "VND", "USD", "percent", "product", "policy", "project", "course", "other")
ORG_TYPES = ("group", "coop", "union", "fund")
SECTORS = ("agriculture", "industry", "transport", "credit", "construction", "trade_services", "environment", "other")
INDICATORS = (
    "organisations",
    "members",
    "workers",
    "charter_capital",
    "working_capital",
    "capital",
    "revenue_total",
    "revenue_per_organisation",
    "profit_total",
    "profit_per_organisation",
    "income_per_worker",
    "established",
    "dissolved",
    "suspended",
    "converted",
    "loans_disbursed",
    "loans_outstanding",
    "projects_financed",
    "budget_support",
    "policies",
    "training_courses",
    "training_participants",
    "ocop_products",
    "other",
)
# Computed of others, or printed of the country only.
DERIVED_INDICATORS = (
    "share_of_organisations",
    "share_among_groups",
    "registered_share",
    "union_member_share",
    "sector_share",
    "members_per_organisation",
    "workers_per_organisation",
    "workers_per_member",
    "organisations_per_100000",
    "members_per_100000",
    "workers_per_100000",
    "charter_capital_per_organisation",
    "working_capital_per_organisation",
    "capital_per_organisation",
    "loan_per_project",
    "net_established",
)
SEPARATOR = " | "  # between the parts of one cell; stands in no name, address, code or flag
ROLES = ("statistic", "date", "legal_reference", "ordinal", "own_figure", "other_quantity", "unresolved")


@dataclass(frozen=True, slots=True)
class Source:
    """One file of ``data/raw/sources``: the card, and the text that the reader sees.

    ``published`` is None where the article carries no date; ``not_before`` and ``not_after`` then bound it,
    each with its reason. ``origin`` names who counted, which is what corroboration is about; the publisher
    only repeats. ``form`` is ``notes`` (phrases around the numbers) or ``article`` (the full text). ``text_id``
    is shared by copies and translations of one article, once reconciling has found them. The table of
    sources leaves ``text`` out.
    """

    source_id: str
    title: str
    publisher: str
    author: str | None
    published: date | None
    not_before: date | None
    not_before_reason: str | None
    not_after: date | None
    not_after_reason: str | None
    language: str
    ref_area: str
    ref_area_evidence: str
    origin: str
    form: str
    seed: str | None
    text: str = field(default="", repr=False)
    text_id: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A numeral as printed and the number it stands for; knows nothing of what it counts.

    ``unit`` is set only where the numeral itself carries it (``VND``, ``USD``, ``percent``). The qualifier has
    a span of its own because it may stand on either side of the numeral. ``at_most`` tells a ``<`` that only bounds
    from above ("under") from one that is close ("nearly"). ``doubt`` names what the number format leaves open, for
    example ``separator``.
    """

    start: int
    end: int
    text: str
    value: Decimal
    unit: str | None = None
    qualifier: str = "="
    qualifier_start: int | None = None
    qualifier_end: int | None = None
    at_most: bool = False
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """One numeral or number word of a source and the part it plays there; every digit belongs to one."""

    source_id: str
    start: int
    end: int
    text: str
    occurrence: int
    role: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that is a statistic, with its words and everything that they say it means.

    ``area`` is ``same`` (the article's own area), ``VN`` or a name as printed. ``period`` is what the words
    say (``2023``, ``2023-10``, ``2022-H1``, ``2016-2020``) or None. ``signals`` are what a later stage needs to doubt
    the reading: ``same_type_twice`` (the sentence counts one organisation type twice, so a distinction was
    lost), ``open_scope`` (the words can be attached to more organisations than ``org_type`` says; ``readings``
    lists the possible ones), ``expected`` (the verb looks forward), ``separator`` (the number format is in doubt),
    ``negated_term`` (the words deny what the number counts, as translations do), ``at_most`` (the qualifier
    ``<`` stands for "under" and not for "nearly"). ``per_month`` and ``per_year`` tell what an income is for.
    """

    source_id: str
    start: int
    end: int
    text: str
    occurrence: int
    quote: str
    quote_start: int
    value: Decimal
    unit: str
    qualifier: str
    kind: str
    indicator: str
    org_type: str
    sector: str | None = None
    subset: str | None = None
    area: str = "same"
    period: str | None = None
    readings: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The name of this number for people: ``source_id#text`` and, from the second time on, ``@occurrence``."""
        again = f"@{self.occurrence}" if self.occurrence > 1 else ""
        return f"{self.source_id}#{self.text}{again}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One fact about one area: what the claims amount to after copies, repairs and rival values.

    ``value`` is the preferred number, or None where the texts leave it open; ``lower`` and ``upper`` enclose the
    truth as far as qualifier and rounding tell, None meaning unbounded. ``period_basis`` is ``stated`` (the words
    say it), ``publication`` (the day the article appeared) or ``bounded`` (between two dates). ``used`` and
    ``unused`` are addresses of observations; ``rule`` names why the value was preferred.
    """

    figure_id: str
    ref_area: str
    boundary: str
    indicator: str
    org_type: str
    sector: str | None
    subset: str | None
    kind: str
    unit: str
    period: str
    period_start: date | None
    period_end: date | None
    period_basis: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    status: str
    flags: tuple[str, ...]
    texts: int
    origins: tuple[str, ...]
    rule: str
    used: tuple[str, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was compared and what came of it; explains, never mends.

    ``verdict`` is ``agrees``, ``differs`` or ``cannot_say``. ``figures`` are the figure_ids compared.
    """

    check_id: str
    ref_area: str
    check: str
    figures: tuple[str, ...]
    unit: str
    expected: Decimal | None
    found: Decimal | None
    verdict: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What one area shows for one item of the comparison: a figure, or a ratio derived from figures.

    An item is an indicator in a scope, like ``organisations.coop+union`` or ``members_per_organisation.group``.
    ``formula`` is ``figure``, ``sum``, ``ratio`` or ``share``; ``figures`` its terms in order; ``assumption`` what
    had to be taken for granted. ``verdict`` is the best that this area reaches beside any other; ``missing`` has
    no value.
    """

    item: str
    ref_area: str
    indicator: str
    org_type: str
    sector: str | None
    subset: str | None
    unit: str
    period: str | None
    period_start: date | None
    period_end: date | None
    period_basis: str | None
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str
    formula: str
    figures: tuple[str, ...]
    assumption: str | None
    flags: tuple[str, ...]
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether two areas may be set side by side for one item, and the reasons for and against."""

    item: str
    ref_area: str
    other_area: str
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that is not what it was in an edition, and what it may be due to.

    ``table`` is ``figures`` or ``comparison``; ``name`` the figure_id, or area and item (``VN-25.members.group``).
    ``event`` is ``added``, ``removed`` or ``changed``; the side that is not there is None throughout. ``change`` is new
    less old value where both are known in one unit. ``causes`` are those inputs of the value that changed:
    ``source:<source_id>``, ``source:<table of data/raw>``, ``correction:<address>``, ``code``, ``configuration``; with
    more than one it cannot be told which of them it was.
    """

    edition: str
    table: str
    name: str
    ref_area: str
    unit: str
    event: str
    old_period: str | None
    old_value: Decimal | None
    old_lower: Decimal | None
    old_upper: Decimal | None
    old_qualifier: str | None
    new_period: str | None
    new_value: Decimal | None
    new_lower: Decimal | None
    new_upper: Decimal | None
    new_qualifier: str | None
    change: Decimal | None
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeriesPair:
    """Whether the figure that an area is shown with and one of another time make a series, with the reasons.

    ``figure`` and ``other`` are figure_ids; ``verdict`` is ``comparable`` or ``not_comparable``.
    """

    item: str
    ref_area: str
    figure: str
    other: str
    verdict: str
    reasons: tuple[str, ...]


def split_cell(cell: object) -> tuple[str, ...]:
    """Return the parts of a table's cell that holds several; none of an empty one.

    >>> split_cell("quang-tri-2025#3 | quang-tri-2025#9"), split_cell(""), split_cell(None)
    (('quang-tri-2025#3', 'quang-tri-2025#9'), (), ())
    """
    return tuple(cell.split(SEPARATOR)) if isinstance(cell, str) and cell else ()
