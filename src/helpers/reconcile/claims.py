"""What a source claims: an observation in the light of its card, and its term mended by another text.

A translation can merge two legal forms into one word, or turn a term into its literal opposite. Another text that
has the term tells which was meant; the claim then counts for that, and its observation still holds what is printed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from helpers.read.places import Places
from helpers.reconcile.bounds import Interval, enclose
from helpers.reconcile.corrections import CORRECTED
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

# "Dư nợ" (what is lent and not yet paid back) is also translated as what is not yet paid out: the words then deny the
# very thing that the number counts.
NEGATED = "negated_term"

# A newspaper's "has N cooperatives" often means the operating ones, or those under the law in force, without
# saying so: an unstated subset and one of these may be one thing, and are where the numbers are equal.
MAYBE_WHOLE = ("operating", "new-style")

# What is earned in a month and what is earned in a year are two things; the words say which, if any do.
PAY_PERIODS = {"per_month": "per-month", "per_year": "per-year"}

_DASHES = ("-", "\u2010", "\u2011", "\u2013", "\u2014")

# Two counts below this are often equal by accident; for them only a sentence that lost a distinction tells.
SMALLEST_TELLING = 100


@dataclass(frozen=True, slots=True)
class Claim:
    """One observation with everything that its card adds; ``org_type`` is the form meant, after repair.

    ``doubtful`` says that the reading has a sign against it which no other text has removed; ``in_range`` that the
    text prints both ends of a range, which ``bounds`` then holds.
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
    in_range: bool = False

    @property
    def is_corrected(self) -> bool:
        """Whether an analyst has decided what this number means."""
        return CORRECTED in self.observation.signals

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
    cards = _date_copies(sources, texts)
    ordered = sorted(observations, key=lambda seen: (seen.source_id, seen.start))
    claims = [_make_claim(seen, cards, texts, places) for seen in ordered if seen.indicator != "other"]
    return _join_ranges(claims)


def _date_copies(sources: Iterable[Source], texts: Mapping[str, str]) -> dict[str, Source]:
    """Return the cards by source_id; a reprint or translation is as old as the first version of its text."""
    cards = {source.source_id: source for source in sources}
    first: dict[str, date] = {}
    for card in cards.values():
        if card.published and card.source_id in texts:
            text = texts[card.source_id]
            first[text] = min(card.published, first.get(text, card.published))
    return {
        source_id: replace(card, published=first.get(texts.get(source_id), card.published))
        for source_id, card in cards.items()
    }


def _make_claim(
    seen: Observation, cards: Mapping[str, Source], texts: Mapping[str, str], places: Places | None
) -> Claim:
    if seen.source_id not in cards or seen.source_id not in texts:
        raise ValueError(
            f"observation {seen.address!r}: there is no source {seen.source_id!r} among those read; run 1-clean again"
        )
    card = cards[seen.source_id]
    paid = next((PAY_PERIODS[signal] for signal in seen.signals if signal in PAY_PERIODS), None)
    return Claim(
        observation=replace(seen, subset=paid) if paid else seen,
        text_id=texts[seen.source_id],
        origin=card.origin,
        published=card.published,
        ref_area=_ref_area(seen.area, card, places),
        org_type="none" if seen.indicator in SUPPORT else seen.org_type,
        period=period_of(seen, card),
        bounds=enclose(
            seen.value, text=seen.text, qualifier=seen.qualifier, unit=seen.unit, at_most="at_most" in seen.signals
        ),
        doubtful=not {"separator", NEGATED}.isdisjoint(seen.signals),
    )


def _join_ranges(claims: Sequence[Claim]) -> list[Claim]:
    """Return ``claims`` with the two ends of every printed range, like 30-35 million, holding all between them."""
    joined = list(claims)
    for place, (low, high) in enumerate(pairwise(claims)):
        if _are_ends(low, high):
            bounds = low.bounds.hull(high.bounds)
            joined[place] = replace(low, bounds=bounds, in_range=True)
            joined[place + 1] = replace(high, bounds=bounds, in_range=True)
    return joined


def _are_ends(low: Claim, high: Claim) -> bool:
    one, other = low.observation, high.observation
    between = one.quote[one.end - one.quote_start : other.start - one.quote_start]
    return (
        one.source_id == other.source_id
        and (low.topic, one.org_type, one.subset, low.period) == (high.topic, other.org_type, other.subset, high.period)
        and one.value < other.value
        and between.strip() in _DASHES
    )


def _ref_area(area: str, card: Source, places: Places | None) -> str:
    if area == "same":
        return card.ref_area
    return area if places is None else places.find(area, within=card.ref_area).code


def repair_terms(claims: Sequence[Claim]) -> list[Claim]:
    """Return ``claims`` with every term mended that another source decides.

    A claim is mended when another source prints the same number for exactly one form that translations are known to
    merge into the printed one (a translation loses distinctions and invents none, so a better copy mends too). Where a
    separately written text prints it for the printed form as well, text stands against text and it is doubtful. A
    sentence that counts one form twice lost a distinction: that lets small numbers be mended too, and its claims are
    doubtful until a separately written text confirms or another source mends them. A term that the words deny is
    mended by a separately written text that prints the same number under the term itself.
    """
    return [_repair(claim, [other for other in claims if claim.repeats(other)]) for claim in claims]


def _repair(claim: Claim, elsewhere: Sequence[Claim]) -> Claim:
    if claim.is_corrected:
        return claim
    if NEGATED in claim.observation.signals:
        return _repair_negated(claim, elsewhere)
    is_confirmed = any(other.org_type == claim.org_type and other.text_id != claim.text_id for other in elsewhere)
    lost_distinction = "same_type_twice" in claim.observation.signals and not is_confirmed
    if not lost_distinction and claim.observation.value < SMALLEST_TELLING:
        return claim
    meant = {other.org_type for other in elsewhere if (claim.org_type, other.org_type) in MERGED_BY_TRANSLATION}
    if is_confirmed:
        return replace(claim, doubtful=claim.doubtful or bool(meant))
    if len(meant) == 1:
        return replace(claim, org_type=meant.pop(), repaired=True)
    return replace(claim, doubtful=claim.doubtful or lost_distinction)


def _repair_negated(claim: Claim, elsewhere: Sequence[Claim]) -> Claim:
    plain = [other for other in elsewhere if NEGATED not in other.observation.signals]
    is_mended = any(other.org_type == claim.org_type and other.text_id != claim.text_id for other in plain)
    return replace(claim, repaired=is_mended, doubtful=not is_mended or "separator" in claim.observation.signals)
