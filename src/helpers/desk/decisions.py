"""List what waits for a person: numbers not understood, conflicts, ambiguities; each with the lines that settle it.

The lines are a beginning: what is right and why is for the analyst to write. Claims that `corrections.yaml` has decided
about wait no more.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from helpers.desk.told import tell_meaning
from helpers.reconcile.corrections import Decisions
from helpers.records import Figure, Number, Observation

LEFT_OUT = {"indicator": "other"}  # how a statistic is kept out of every figure
OPEN_FLAGS = ("conflict", "ambiguous", "doubtful")


@dataclass(frozen=True, slots=True)
class Case:
    """One thing to decide: what it is, in which source the words stand, what is read there, and the lines to copy.

    ``lines`` go to the file ``goes_to``, which stands in the project.
    """

    kind: str
    name: str
    address: str
    told: str
    lines: str
    goes_to: str


def find_cases(
    figures: Iterable[Figure],
    observations: Mapping[str, Observation],
    numbers: Iterable[Number],
    languages: Mapping[str, str],
    decisions: Decisions,
    today: date,
) -> Iterator[Case]:
    """Yield everything that waits: conflicts, ambiguities and doubts claim by claim, then numbers not understood.

    ``observations`` are by address, ``languages`` those of the sources. A number that is not understood is no statistic
    that could be corrected: its lines are a row of the corpus, from which the reader learns.
    """
    decided = {decision.number for decision in (*decisions.corrections, *decisions.left_alone)}
    for figure in figures:
        for flag in (flag for flag in OPEN_FLAGS if flag in figure.flags):
            for address in (*figure.used, *figure.unused):
                if address in observations and address not in decided:
                    seen = observations[address]
                    lines = correction_lines(seen, _choices(seen), today)
                    goes_to = "data/raw/corrections.yaml"
                    yield Case(flag, figure.figure_id, address, tell_meaning(seen), lines, goes_to)
    for number in numbers:
        if number.role == "unresolved":
            address = f"{number.source_id}#{number.text}{f'@{number.occurrence}' if number.occurrence > 1 else ''}"
            goes_to = f"tests/corpus/{languages[number.source_id]}.yaml"
            yield Case("unresolved", address, address, "not understood", _corpus_lines(number), goes_to)


def correction_lines(seen: Observation, right: Mapping[str, object], today: date) -> str:
    """Return a record for the list ``corrections`` of `corrections.yaml` that changes what ``seen`` is read as.

    >>> from decimal import Decimal
    >>> meaning = ("organisation", "=", "level", "organisations", "coop")
    >>> seen = Observation("a-vi", 0, 2, "43", 1, "43 HTX", 0, Decimal(43), *meaning)
    >>> print(correction_lines(seen, {"org_type": "group"}, date(2026, 11, 21)))
      - number: "a-vi#43"
        wrong: {org_type: coop}
        right: {org_type: group}
        why: ...
        who: ...
        when: 2026-11-21
    """
    wrong = {name: getattr(seen, name) for name in right}
    return "\n".join(
        [
            f"  - number: {json.dumps(seen.address, ensure_ascii=False)}",
            f"    wrong: {_flow(wrong)}",
            f"    right: {_flow(right)}",
            "    why: ...",
            "    who: ...",
            f"    when: {today.isoformat()}",
        ]
    )


def _choices(seen: Observation) -> dict[str, object]:
    """Return the change that most likely settles a claim: its first other reading, or that it counts nothing here."""
    others = [reading for reading in seen.readings if reading != seen.org_type]
    return {"org_type": others[0]} if others else dict(LEFT_OUT)


def _flow(fields: Mapping[str, object]) -> str:
    return yaml.safe_dump(dict(fields), default_flow_style=True, allow_unicode=True, width=1000).strip()


def _corpus_lines(number: Number) -> str:
    name = f"{number.source_id}-{number.start}"
    return f"- id: {name}\n  text: ...\n  expect:\n    - {{text: {json.dumps(number.text, ensure_ascii=False)}}}"
