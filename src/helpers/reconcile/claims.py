"""What a source claims: an observation in the light of its card, and its legal form mended by another text.

A translation can merge two legal forms into one word. Another text that keeps them apart tells which was meant; the
claim then counts for that form, and its observation still holds the one that is printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from helpers.read.places import Places
from helpers.reconcile.bounds import Interval, enclose
from helpers.reconcile.periods import Period, period_of
from helpers.records import Observation, Source

# For these the legal form is nobody's: a fund lends to projects, a province adopts policies.
SUPPORT = frozenset(
    {
        "loans_disbursed",
        "loans_outstanding",
        "projects_financed",
        "budget_support",
        "policies",
        "training_courses",
        "training_participants",
        "ocop_products",
    }
)

# (printed, meant): machine translations into Arabic, Hindi and Indonesian print the plain word for cooperatives where
# the Vietnamese says "tổ hợp tác" (group), "liên hiệp hợp tác xã" (union), "quỹ tín dụng" (fund), or two of them.
MERGED_BY_TRANSLATION = frozenset(
    {("coop", "group"), ("coop", "union"), ("coop", "fund"), ("coop", "coop+union"), ("coop", "group+coop")}
)

# A newspaper's "has N cooperatives" often means the operating ones, or those under the law in force, without
# saying so: an unstated subset and one of these may be one thing, and are where the numbers are equal.
MAYBE_WHOLE = ("operating", "new-style")

# Two counts below this are often equal by accident; for them only a sentence that lost a distinction tells.
SMALLEST_TELLING = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """One observation with everything that its card adds; ``org_type`` is the form meant, after repair.

    ``doubtful`` says that the reading has a sign against it which no other text has removed.
    """

    observation: Observation
    text_id: str
    origin: str
    published: date | None
    ref_area: str
    org_type: str
    period: Period
    bounds: Interval
    repaired: bool = False
    doubtful: bool = False

    @property
    def topic(self) -> tuple[str, ...]:
        """What two claims must share, besides the legal form, to be about one thing at all."""
        seen = self.observation
        return self.ref_area, seen.indicator, seen.sector or "", seen.kind, seen.unit

    def repeats(self, other: "Claim") -> bool:
        """Return whether another source gives the same number for what may be the same thing."""
        return (
            self.observation.source_id != other.observation.source_id
            and self.topic == other.topic
            and may_be_one_subset(self.observation.subset, other.observation.subset)
            and self.observation.value == other.observation.value
            and self.period.overlaps(other.period)
        )


def may_be_one_subset(one: str | None, other: str | None) -> bool:
    """Return whether two claims may count the same organisations: alike, or one of them leaves it unsaid.

    >>> may_be_one_subset(None, "operating"), may_be_one_subset(None, "registered")
    (True, False)
    """
    return one == other or (one is None and other in MAYBE_WHOLE) or (other is None and one in MAYBE_WHOLE)


def make_claims(
    observations: Iterable[Observation], sources: Iterable[Source], texts: Mapping[str, str], places: Places | None
) -> list[Claim]:
    """Return the claims behind ``observations``, in the order of their addresses.

    ``places`` give the codes of areas that a text names; without them a name stays a name. Indicator ``other`` is left
    out: what it measures is not known, so nothing else can be known to measure it too.
    Raises ValueError for an observation whose source has no card or no text, PlaceError for an unknown area.
    """
    cards = {source.source_id: source for source in sources}
    ordered = sorted(observations, key=lambda seen: (seen.source_id, seen.start))
    return [_make_claim(seen, cards, texts, places) for seen in ordered if seen.indicator != "other"]


def _make_claim(
    seen: Observation, cards: Mapping[str, Source], texts: Mapping[str, str], places: Places | None
) -> Claim:
    if seen.source_id not in cards or seen.source_id not in texts:
        raise ValueError(
            f"observation {seen.address!r}: there is no source {seen.source_id!r} among those read; run 1-clean again"
        )
    card = cards[seen.source_id]
    return Claim(
        observation=seen,
        text_id=texts[seen.source_id],
        origin=card.origin,
        published=card.published,
        ref_area=_ref_area(seen.area, card, places),
        org_type="none" if seen.indicator in SUPPORT else seen.org_type,
        period=period_of(seen, card),
        bounds=enclose(seen.value, text=seen.text, qualifier=seen.qualifier, unit=seen.unit),
        doubtful="separator" in seen.signals,
    )


def _ref_area(area: str, card: Source, places: Places | None) -> str:
    if area == "same":
        return card.ref_area
    return area if places is None else places.find(area, within=card.ref_area).code


def repair_types(claims: Sequence[Claim]) -> list[Claim]:
    """Return ``claims`` with every legal form mended that a separately written text decides.

    A claim is mended when another source prints the same number for exactly one form that translations are known to
    merge into the printed one (a translation loses distinctions and invents none, so a better copy mends too), unless
    a separately written text prints it for the printed form. A sentence that counts one form twice lost a
    distinction: that lets small numbers be mended too, and its claims are doubtful until a separately written text
    confirms or another source mends them.
    """
    return [_repair(claim, [other for other in claims if claim.repeats(other)]) for claim in claims]


def _repair(claim: Claim, elsewhere: Sequence[Claim]) -> Claim:
    if any(other.org_type == claim.org_type and other.text_id != claim.text_id for other in elsewhere):
        return claim
    lost_distinction = "same_type_twice" in claim.observation.signals
    if not lost_distinction and claim.observation.value < SMALLEST_TELLING:
        return claim
    meant = {other.org_type for other in elsewhere if (claim.org_type, other.org_type) in MERGED_BY_TRANSLATION}
    if len(meant) == 1:
        return replace(claim, org_type=meant.pop(), repaired=True)
    return replace(claim, doubtful=claim.doubtful or lost_distinction)
