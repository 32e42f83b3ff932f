"""What can be compared: every printed indicator in its scope, and the ratios, shares and differences made of them.

The list follows from what is printed; a scope that only one area prints is still an item, and missing elsewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from helpers.compare.measures import Measure, difference, per_inhabitants, ratio
from helpers.compare.shelf import Shelf
from helpers.reconcile.bounds import exactly
from helpers.records import INDICATORS

ALL_ORGANISATIONS = "group+coop+union"
FORMAL_ORGANISATIONS = "coop+union"
BUILT_SCOPES = (FORMAL_ORGANISATIONS, ALL_ORGANISATIONS)

# Divided by the number of organisations, and the indicator and unit that result.
MEANS = {
    "members": ("members_per_organisation", "person"),
    "workers": ("workers_per_organisation", "person"),
    "charter_capital": ("charter_capital_per_organisation", "VND"),
    "working_capital": ("working_capital_per_organisation", "VND"),
    "capital": ("capital_per_organisation", "VND"),
    "revenue_total": ("revenue_per_organisation", "VND"),
    "profit_total": ("profit_per_organisation", "VND"),
}

# Set against the people of the area, and the indicator and unit that result.
RATES = {
    "organisations": ("organisations_per_100000", "organisation"),
    "members": ("members_per_100000", "person"),
    "workers": ("workers_per_100000", "person"),
}

# Subsets whose share in the whole is a finding, and the indicator that results.
SUBSET_SHARES = {"registered": "registered_share", "union-members": "union_member_share"}


@dataclass(frozen=True, slots=True)
class Item:
    """An indicator in a scope of organisations, and how to find it among the figures of one area."""

    indicator: str
    org_type: str
    unit: str
    formula: str
    find: Callable[[Shelf], Measure | None]
    sector: str | None = None
    subset: str | None = None

    @property
    def code(self) -> str:
        return ".".join(part for part in (self.indicator, self.org_type, self.sector, self.subset) if part)


def list_items(shelves: Iterable[Shelf]) -> list[Item]:
    """Return every item that the figures on ``shelves`` may show, sorted by code."""
    # Of two currencies the dong is the item's; a row always has the unit of its own number.
    units = dict(sorted({(figure.indicator, figure.unit) for shelf in shelves for figure in shelf.figures}))
    scopes = {
        (indicator, *scope)
        for indicator in INDICATORS
        if indicator in units
        for shelf in shelves
        for scope in (*shelf.scopes(indicator), *((built, None, None) for built in BUILT_SCOPES))
    }
    org_types = {org_type for _, org_type, _, _ in scopes}
    counted = {(org_type, sector, subset) for name, org_type, sector, subset in scopes if name == "organisations"}
    items = [
        *(_printed(*scope, unit=units[scope[0]]) for scope in scopes),
        *(_mean(indicator, org_type) for indicator in MEANS for org_type in org_types),
        *(_rate(indicator, org_type) for indicator in RATES for org_type in org_types),
        *(_workers_per_member(org_type) for org_type in org_types),
        *(_net_established(org_type) for org_type in org_types),
        *(_sector_share(org_type, sector) for org_type, sector, subset in counted if sector and not subset),
        *(
            _subset_share(org_type, subset)
            for org_type, sector, subset in counted
            if subset in SUBSET_SHARES and not sector
        ),
        _share_of_organisations(),
        _share_among_groups(),
        _loan_per_project(),
    ]
    # Means stand after printed indicators: one that is printed here and computed there is one item, found in both ways.
    by_code = {item.code: item for item in items}
    return [by_code[code] for code in sorted(by_code)]


def _printed(indicator: str, org_type: str, sector: str | None, subset: str | None, *, unit: str) -> Item:
    def find(shelf: Shelf) -> Measure | None:
        return shelf.find(indicator, org_type, sector=sector, subset=subset)

    return Item(indicator, org_type, unit, "figure", find, sector, subset)


def _mean(indicator: str, org_type: str) -> Item:
    mean, unit = MEANS[indicator]

    def find(shelf: Shelf) -> Measure | None:
        return shelf.find(mean, org_type) or _divide(shelf, (indicator, org_type), ("organisations", org_type))

    return Item(mean, org_type, unit, "ratio", find)


def _rate(indicator: str, org_type: str) -> Item:
    rate, unit = RATES[indicator]

    def find(shelf: Shelf) -> Measure | None:
        rates = (per_inhabitants(count, shelf.territories) for count in shelf.find_all(indicator, org_type))
        return next((found for found in rates if found), None)

    return Item(rate, org_type, unit, "ratio", find)


def _divide(shelf: Shelf, above: tuple[str, str], below: tuple[str, str], unit: str | None = None) -> Measure | None:
    """Return the latest ratio of two things (indicator and legal form) that are known for one time."""
    formula = "share" if unit == "percent" else "ratio"
    terms = product(shelf.find_all(*above), shelf.find_all(*below))
    return next((found for pair in terms if (found := ratio(*pair, unit=unit, formula=formula))), None)


def _workers_per_member(org_type: str) -> Item:
    def find(shelf: Shelf) -> Measure | None:
        return _divide(shelf, ("workers", org_type), ("members", org_type), "other")

    return Item("workers_per_member", org_type, "other", "ratio", find)


def _net_established(org_type: str) -> Item:
    """Return births less deaths; a conversion is taken for a death unless what came of it is of the same form."""

    def find(shelf: Shelf) -> Measure | None:
        born_and_died = product(shelf.find_all("established", org_type), shelf.find_all("dissolved", org_type))
        terms = next((pair for pair in born_and_died if difference(*pair)), None)
        if terms is None:
            return None
        kept = difference(*terms)
        converted = (difference(*terms, other) for other in shelf.find_all("converted", org_type))
        left = next((found for found in converted if found), None)
        if left is None:
            return kept
        return replace(left, bounds=left.bounds.hull(kept.bounds), assumption="converted_left")

    return Item("net_established", org_type, "organisation", "difference", find)


def _sector_share(org_type: str, sector: str) -> Item:
    def find(shelf: Shelf) -> Measure | None:
        counts = ("organisations", org_type)
        for part, whole in product(shelf.find_all(*counts, sector=sector), shelf.find_all(*counts)):
            if share := ratio(part, whole, unit="percent", formula="share"):
                breakdown = shelf.breakdown(whole)
                if breakdown is None or not breakdown.unplaced:
                    return share
                return _with_unplaced(share, part, breakdown.total.value, breakdown.unplaced)
        return None

    return Item("sector_share", org_type, "percent", "share", find, sector=sector)


def _with_unplaced(share: Measure, part: Measure, total: Decimal, unplaced: Decimal) -> Measure:
    """Return ``share`` as a range: what no sector holds may belong to this one, what two hold may not.

    A total that is wrong instead, and equals the sum of its parts, gives a share inside this range.
    """
    counts = part.bounds.hull(exactly(max((part.bounds.lower or Decimal(0)) + unplaced, Decimal(0))))
    bounds = (counts / exactly(total)).scaled(100).rounded_out()
    kind = "unplaced_anywhere" if unplaced > 0 else "counted_twice"
    return replace(share, value=None, bounds=bounds, assumption=f"{kind}:{abs(unplaced):f}")


def _subset_share(org_type: str, subset: str) -> Item:
    def find(shelf: Shelf) -> Measure | None:
        counts = ("organisations", org_type)
        for part, whole in product(shelf.find_all(*counts, subset=subset), shelf.find_all(*counts)):
            if share := ratio(part, whole, unit="percent", formula="share"):
                return replace(share, subset=whole.subset)  # which of them the share is of
        return None

    return Item(SUBSET_SHARES[subset], org_type, "percent", "share", find)


def _share_of_organisations() -> Item:
    """Return how formal the sector is: cooperatives and unions, which register, among all three legal forms."""

    def find(shelf: Shelf) -> Measure | None:
        formal, everyone = (("organisations", scope) for scope in BUILT_SCOPES)
        return _divide(shelf, formal, everyone, "percent")

    return Item("share_of_organisations", FORMAL_ORGANISATIONS, "percent", "share", find)


def _share_among_groups() -> Item:
    """Return how many of those who run a business together do so as a cooperative and not as a group."""

    def find(shelf: Shelf) -> Measure | None:
        return _divide(shelf, ("organisations", "coop"), ("organisations", "group+coop"), "percent")

    return Item("share_among_groups", "coop", "percent", "share", find)


def _loan_per_project() -> Item:
    def find(shelf: Shelf) -> Measure | None:
        return _divide(shelf, ("loans_disbursed", "none"), ("projects_financed", "none"))

    return Item("loan_per_project", "none", "VND", "ratio", find)
