"""From claims to facts: which value is preferred where claims differ, and what the others say.

Nothing depends on the order of sources: no rule looks at position, and where no rule decides there is no value.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import combinations

from helpers.read.places import Places
from helpers.reconcile.bounds import Interval, half_step
from helpers.reconcile.claims import Claim, make_claims, repair_terms
from helpers.reconcile.corrections import Correction, apply_corrections
from helpers.reconcile.matching import Group, address, match_claims
from helpers.reconcile.periods import STATED, period_in
from helpers.reconcile.scopes import OpenScope, bound_scope, split_open_scopes
from helpers.records import Figure, Observation, Source

UNNAMED = "not named"  # how the origin of a card begins where the text does not tell who counted

_PRECISION = {"=": 0, "<": 1, "~": 2, ">=": 3, ">": 4}
_AT_MOST = 3  # as little as "at least" says

# Read from the top: the first rule that leaves one value decides. Lower keys are preferred.
PREFERENCES: tuple[tuple[str, Callable[[Claim], Decimal | int]], ...] = (
    ("corrected", lambda claim: not claim.is_corrected),
    ("explicit_term", lambda claim: claim.repaired),
    ("undisputed_reading", lambda claim: claim.doubtful),
    ("exact", lambda claim: _AT_MOST if claim.bounds.lower is None else _PRECISION[claim.observation.qualifier]),
    ("stated_period", lambda claim: claim.period.basis != STATED),
    ("later_publication", lambda claim: -claim.published.toordinal() if claim.published else 0),
)
# These choose between ways to print one number; they settle no conflict.
REFINEMENTS: tuple[tuple[str, Callable[[Claim], Decimal | int]], ...] = (
    ("finer_rounding", lambda claim: _half_step(claim.observation)),
    ("tighter_bound", lambda claim: _slack(claim.bounds)),
)


def reconcile(
    observations: Iterable[Observation],
    sources: Iterable[Source],
    texts: Mapping[str, str],
    places: Places | None = None,
    corrections: Iterable[Correction] = (),
) -> list[Figure]:
    """Return one figure per fact, sorted by figure_id.

    ``texts`` says which sources are versions of one text; ``places`` turn the names of other areas into codes;
    ``corrections`` are an analyst's decisions, which come before everything else. Claims are repaired first, then those
    with an open scope are set aside, the others are matched, and the open ones are bounded by what the others count.
    """
    cards = list(sources)
    decided = apply_corrections(observations, corrections, (card.source_id for card in cards))
    claims = repair_terms(make_claims(decided, cards, texts, places))
    settled, open_scopes = split_open_scopes(claims)
    figures = [_choose(group) for group in match_claims(settled) if not _is_of_many_things(group)]
    figures += [_bound(open_scope, figures) for open_scope in open_scopes]
    return sorted(_with_own_ids(figures), key=lambda figure: figure.figure_id)


def _choose(group: Group) -> Figure:
    """Return the figure of a group: its preferred value, what agrees with it and what does not."""
    rule, preferred = _prefer(group.claims)
    if preferred is None:
        bounds = reduce(Interval.hull, (claim.bounds for claim in group.claims))
        used, unused, value, qualifier = group.claims, (), None, "="
        voices = used
    else:
        bounds, value, qualifier = preferred.bounds, preferred.observation.value, preferred.observation.qualifier
        used = tuple(claim for claim in group.claims if claim.bounds.meets(bounds))
        unused = tuple(claim for claim in group.claims if not claim.bounds.meets(bounds))
        voices = tuple(claim for claim in used if _tells(claim, preferred))
    flags = {
        "repaired": any(claim.repaired for claim in used),
        "conflict": bool(unused) or (preferred is None and not _all_meet(used)),
        "corrected": any(claim.is_corrected for claim in used),
        "doubtful": all(claim.doubtful for claim in used),
        "expected": any("expected" in claim.observation.signals for claim in used),
    }
    return _figure(
        group,
        org_type=group.claims[0].org_type,
        value=value,
        bounds=bounds,
        qualifier=qualifier,
        status=_status(voices),
        voices=voices,
        flags=tuple(flag for flag, is_set in flags.items() if is_set),
        rule=rule,
        used=used,
        unused=unused,
    )


def _tells(claim: Claim, preferred: Claim) -> bool:
    """Return whether ``claim`` gives the preferred number; "more than 100" allows 341 and does not tell it."""
    is_bounded = None not in (claim.bounds.lower, claim.bounds.upper)
    return is_bounded or claim.observation.value == preferred.observation.value


def _is_of_many_things(group: Group) -> bool:
    """Return whether one source prints several percentages that its words do not tell apart.

    Parts, growth and plans have bases and wholes that a claim does not name: these are no rivals, and no figure.
    """
    first = group.claims[0].observation
    if first.kind == "level" or first.unit != "percent" or all(claim.in_range for claim in group.claims):
        return False
    values: dict[str, set[Decimal]] = {}
    for claim in group.claims:
        values.setdefault(claim.observation.source_id, set()).add(claim.observation.value)
    return any(len(printed) > 1 for printed in values.values())


def _slack(bounds: Interval) -> Decimal:
    """Return a key that is lower the more a one-sided bound says."""
    if bounds.upper is None:
        return -bounds.lower
    return bounds.upper if bounds.lower is None else Decimal(0)


def _half_step(seen: Observation) -> Decimal:
    return half_step(seen.value, text=seen.text, unit=seen.unit)


def _prefer(claims: Sequence[Claim]) -> tuple[str, Claim | None]:
    """Return the rule that decided and a claim of the preferred value; None where no rule separates the rivals."""
    if len(claims) == 1:
        return "only_claim", claims[0]
    if all(claim.in_range for claim in claims) and _all_meet(claims):
        return "stated_range", None
    rivals, decided_by = list(claims), "all_agree"
    for rule, key in (*PREFERENCES, *REFINEMENTS):
        if len({(claim.observation.value, claim.observation.qualifier) for claim in rivals}) == 1:
            return decided_by, rivals[0]
        if (rule, key) in REFINEMENTS and not _all_meet(rivals):
            return "undecided", None
        best = min(key(claim) for claim in rivals)
        rivals, decided_by = [claim for claim in rivals if key(claim) == best], rule
    is_decided = len({claim.observation.value for claim in rivals}) == 1
    return (decided_by, rivals[0]) if is_decided else ("undecided", None)


def _all_meet(claims: Sequence[Claim]) -> bool:
    return all(one.bounds.meets(other.bounds) for one, other in combinations(claims, 2))


def _status(claims: Sequence[Claim]) -> str:
    """Return how many say it: origins corroborate, texts only repeat, copies are not even that.

    An office that is not named may be any of the others.
    """
    texts = {claim.text_id for claim in claims}
    origins = {claim.origin for claim in claims if not claim.origin.startswith(UNNAMED)}
    if len(texts) == 1:
        return "single"
    return "corroborated" if len(origins) > 1 else "repeated"


def _bound(open_scope: OpenScope, figures: Iterable[Figure]) -> Figure:
    """Return the figure of an open scope: no value, and bounds that hold under every reading."""
    first = open_scope.claims[0]
    group = Group(tuple(sorted(open_scope.claims, key=address)), first.observation.subset, first.period)
    inside = {figure.org_type: figure for figure in figures if _counts_beyond(open_scope, figure)}
    bounds = bound_scope(open_scope, {form: Interval(figure.lower, figure.upper) for form, figure in inside.items()})
    is_derived = bounds.lower is not None
    figure = _figure(
        group,
        org_type=open_scope.scope,
        value=None,
        bounds=bounds,
        qualifier="=",
        status="derived" if is_derived else _status(group.claims),
        voices=group.claims,
        flags=("ambiguous",),
        rule="open_scope",
        used=group.claims,
        unused=(),
    )
    if not is_derived:
        return figure
    deducted = (address for form in open_scope.beyond for address in inside[form].used)
    return replace(figure, used=(*figure.used, *deducted))


def _counts_beyond(open_scope: OpenScope, figure: Figure) -> bool:
    """Return whether ``figure`` counts, at the same time, a legal form that only the widest reading contains."""
    claim = open_scope.claims[0]
    return (
        figure.org_type in open_scope.beyond
        and (figure.ref_area, figure.indicator, figure.sector or "", figure.kind, figure.unit) == claim.topic
        and figure.subset == claim.observation.subset
        and period_in(figure).overlaps(claim.period)
    )


def _figure(
    group: Group,
    *,
    org_type: str,
    value: Decimal | None,
    bounds: Interval,
    qualifier: str,
    status: str,
    voices: Sequence[Claim],
    flags: tuple[str, ...],
    rule: str,
    used: Sequence[Claim],
    unused: Sequence[Claim],
) -> Figure:
    claim, period = group.claims[0], group.period
    seen = claim.observation
    kind = None if seen.kind == "level" else seen.kind
    parts = (claim.ref_area, seen.indicator, org_type, seen.sector, group.subset, kind, period.label)
    return Figure(
        figure_id=".".join(part for part in parts if part),
        ref_area=claim.ref_area,
        boundary=period.boundary,
        indicator=seen.indicator,
        org_type=org_type,
        sector=seen.sector,
        subset=group.subset,
        kind=seen.kind,
        unit=seen.unit,
        period=period.label,
        period_start=period.start,
        period_end=period.end,
        period_basis=period.basis,
        value=value,
        lower=bounds.lower,
        upper=bounds.upper,
        qualifier=qualifier,
        status=status,
        flags=flags,
        texts=len({claim.text_id for claim in voices}),
        origins=tuple(sorted({claim.origin for claim in used})),
        rule=rule,
        used=tuple(claim.observation.address for claim in used),
        unused=tuple(claim.observation.address for claim in unused),
    )


def _with_own_ids(figures: Sequence[Figure]) -> list[Figure]:
    """Return ``figures`` with ids that are each figure's own.

    Units and texts are named only where they are needed to tell two apart: a growth in organisations and in per
    cent, or undated counts of two texts, which may be years apart. Of these the one that can be latest keeps the plain
    name, so that an older text that is added renames nothing.
    """
    alike: dict[str, list[Figure]] = {}
    for figure in figures:
        alike.setdefault(figure.figure_id, []).append(figure)
    return [named for rivals in alike.values() for named in (_told_apart(rivals) if len(rivals) > 1 else rivals)]


def _told_apart(rivals: Sequence[Figure]) -> list[Figure]:
    if len({figure.unit for figure in rivals}) == len(rivals):
        return [replace(figure, figure_id=f"{figure.figure_id}.{figure.unit}") for figure in rivals]
    first, *others = sorted(rivals, key=lambda figure: (figure.period_start is None, _days_back(figure), figure.used))
    return [first, *(replace(each, figure_id=f"{each.figure_id}.{each.used[0].split('#')[0]}") for each in others)]


def _days_back(figure: Figure) -> tuple[int, int]:
    return tuple(-day.toordinal() if day else 0 for day in (figure.period_start, figure.period_end))
