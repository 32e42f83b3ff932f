"""Numbers that the words attach to more than one list of organisations.

"... cooperatives and 2 unions, which have N members" gives N to the unions or to any longer tail of the list. What
every reading contains is a scope of which the number is an upper bound; what the longest adds, as far as it is
counted elsewhere, may be inside and makes the lower one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import add

from helpers.reconcile.bounds import Interval
from helpers.reconcile.claims import Claim
from helpers.records import ORG_TYPES

# A union is founded by cooperatives (Law 23/2012/QH13, article 3, and its successor of 2023): no person is its member.
PERSONLESS_SCOPES = {"members": "union"}


@dataclass(frozen=True, slots=True)
class OpenScope:
    """Copies of one claim whose legal forms are open: ``scope`` is in every reading, ``beyond`` in the widest only."""

    claims: tuple[Claim, ...]
    scope: str
    beyond: tuple[str, ...]


def split_open_scopes(claims: Iterable[Claim]) -> tuple[list[Claim], list[OpenScope]]:
    """Return the claims whose scope is settled, and those whose scope the words or disagreeing copies leave open.

    Where the law leaves one reading, it is taken. Copies that share no legal form at all do not limit each other:
    they stay claims of their own, doubtful ones.
    """
    settled: list[Claim] = []
    open_scopes: list[OpenScope] = []
    for copies in _copies(claims):
        readings = _readings(copies)
        if len(readings) == 1:
            settled.extend(copies)
            continue
        possible = _possible_scopes(readings, indicator=copies[0].observation.indicator)
        common = frozenset.intersection(*possible)
        if len(possible) == 1:
            settled.extend(replace(claim, org_type=_join(common)) for claim in copies)
        elif common:
            beyond = frozenset.union(*possible) - common
            open_scopes.append(OpenScope(tuple(copies), _join(common), _split(_join(beyond))))
        else:
            settled.extend(replace(claim, doubtful=True) for claim in copies)
    return settled, open_scopes


def bound_scope(open_scope: OpenScope, counted: Mapping[str, Interval]) -> Interval:
    """Return what the claim says about its scope, given what is ``counted`` for the forms that may be inside.

    The lower end is None where one of those forms is not counted anywhere.
    """
    printed = open_scope.claims[0].bounds
    if not all(form in counted for form in open_scope.beyond):
        return Interval(None, printed.upper)
    inside = reduce(add, (counted[form] for form in open_scope.beyond))
    lower = (printed - inside).lower
    return Interval(None if lower is None or lower < 0 else lower, printed.upper)


def _copies(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Return claims grouped by what the versions of one text print alike; only the legal form may differ.

    Equal numbers within one source are several numbers, not copies, and stay apart.
    """
    groups: dict[tuple, list[Claim]] = {}
    for claim in claims:
        seen = claim.observation
        key = (claim.text_id, *claim.topic, seen.subset or "", claim.period.label, seen.value)
        groups.setdefault(key, []).append(claim)
    copies = []
    for group in groups.values():
        sources = {claim.observation.source_id for claim in group}
        copies.extend([group] if len(sources) == len(group) else [[claim] for claim in group])
    return copies


def _readings(copies: Iterable[Claim]) -> set[str]:
    """Return every scope that one of ``copies`` prints or allows; a repaired claim is settled by its repair."""
    return {
        reading
        for claim in copies
        for reading in (claim.org_type, *(() if claim.repaired else claim.observation.readings))
    }


def _possible_scopes(readings: Iterable[str], *, indicator: str) -> list[frozenset[str]]:
    """Return the readings and, between the shortest and the longest, every tail of the longest."""
    ordered = sorted((_split(reading) for reading in readings), key=lambda forms: (len(forms), forms))
    shortest, longest = ordered[0], ordered[-1]
    tails = [longest[start:] for start in range(len(longest)) if len(longest) - start >= len(shortest)]
    impossible = PERSONLESS_SCOPES.get(indicator)
    return [frozenset(forms) for forms in {*ordered, *tails} if _join(forms) != impossible]


def _split(scope: str) -> tuple[str, ...]:
    return tuple(scope.split("+")) if scope else ()


def _join(forms: Iterable[str]) -> str:
    present = frozenset(forms)
    return "+".join(form for form in ORG_TYPES if form in present)
