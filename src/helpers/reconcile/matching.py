"""Which claims are about one thing: same area, indicator, legal form, sector, kind and unit, and the same time.

Claims are never matched by two unknowns being alike, and nothing depends on the order in which they come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from helpers.reconcile.claims import MAYBE_WHOLE, SMALLEST_TELLING, Claim, may_be_one_subset
from helpers.reconcile.periods import BOUNDED, FLOWS, UNDATED, Period


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that are about one thing, and what that is."""

    claims: tuple[Claim, ...]
    subset: str | None
    period: Period

    def joins(self, other: "Group") -> bool:
        """Return whether these claims are about the same thing as ``other`` although one of the two says less.

        What is said less precisely is a subset that may be the whole, or a date of which only bounds or a wider
        period are known; then the equal number is what makes it the same thing. Where both texts are undated, it must
        be one that is not equal by accident. Events are never dated in that way: those of a year and those of its first
        half are two things.
        """
        shared = self._values() & other._values()
        both_loose = self.period.basis == other.period.basis == BOUNDED
        return (
            self.claims[0].topic == other.claims[0].topic
            and self.claims[0].org_type == other.claims[0].org_type
            and may_be_one_subset(self.subset, other.subset)
            and (self.period.label == other.period.label != UNDATED or self._may_be_of_one_time(other))
            and any(value >= SMALLEST_TELLING or not both_loose for value in shared)
        )

    def _may_be_of_one_time(self, other: "Group") -> bool:
        is_loose = BOUNDED in (self.period.basis, other.period.basis)
        is_stock = self.claims[0].observation.indicator not in FLOWS
        return (is_loose or is_stock) and self.period.overlaps(other.period)

    def _values(self) -> set[Decimal]:
        return {claim.observation.value for claim in self.claims}

    @property
    def precedence(self) -> tuple:
        """Sort key that puts first what says most: the narrower period, the later one, a subset before none."""
        bounded = self.period.basis == BOUNDED
        latest = -self.period.end.toordinal() if self.period.end else 0
        width = (self.period.end - self.period.start).days if self.period.end and self.period.start else 0
        subset = MAYBE_WHOLE.index(self.subset) if self.subset in MAYBE_WHOLE else len(MAYBE_WHOLE)
        return bounded, width, latest, subset, self.subset or "", self.claims[0].observation.address


def match_claims(claims: Iterable[Claim]) -> list[Group]:
    """Return ``claims`` in groups that are about one thing each.

    Claims with equal keys (area, indicator, legal form, sector, kind, unit, subset and dated period) are one group
    whatever their values. A group that says less joins the one that says more, as ``Group.joins`` allows: the
    latest that its bounds reach.
    """
    alike: dict[tuple, list[Claim]] = {}
    for claim in claims:
        subset = claim.observation.subset
        own = claim.text_id if claim.period.basis == BOUNDED else ""
        alike.setdefault((*claim.topic, claim.org_type, subset or "", claim.period.label, own), []).append(claim)
    first = [
        Group(tuple(sorted(group, key=address)), group[0].observation.subset, group[0].period)
        for group in alike.values()
    ]
    groups: list[Group] = []
    for group in sorted(first, key=lambda group: group.precedence):
        host = next((index for index, other in enumerate(groups) if group.joins(other)), None)
        if host is None:
            groups.append(group)
        else:
            groups[host] = _merge(groups[host], group)
    return groups


def _merge(host: Group, guest: Group) -> Group:
    claims = tuple(sorted((*host.claims, *guest.claims), key=address))
    return Group(claims, host.subset or guest.subset, host.period)


def address(claim: Claim) -> tuple[str, int]:
    """Return the place of a claim: the order in which claims are listed, which decides nothing."""
    return claim.observation.source_id, claim.observation.start
