"""File an article that a person has agreed to, and tell beforehand how it would be filed.

Never overwrites: a file that has come into being meanwhile is an error, and nothing is written.
"""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from helpers.desk.decisions import LEFT_OUT, correction_lines
from helpers.desk.proposals import PRIVATE, Proposal, language_name
from helpers.desk.told import tell_meaning
from helpers.read.files import InputError
from helpers.run.files import stage, staged

# What a correction may change of a reading that phrases have led astray.
CORRECTABLE = ("unit", "qualifier", "kind", "indicator", "org_type", "sector", "subset", "area", "period")
_AROUND = 25  # characters shown on both sides of a number that was not understood


def file_article(proposal: Proposal, raw: Path) -> list[Path]:
    """Write what was proposed under ``raw`` and return the files: the source, and the full text where that is apart.

    The full text comes first, so that no source is without it. Raises InputError where one of the files is there.
    """
    name = f"{proposal.source.source_id}.md"
    files = {raw / "sources" / name: proposal.content}
    if proposal.private is not None:
        files = {raw / PRIVATE / name: proposal.private, **files}
    if there := [path for path in files if path.exists()]:
        raise InputError(f"{there[0]}: is there already; start `briefings add` again, it takes another name")
    for path, content in files.items():
        _write_new(path, content.encode())
    return list(reversed(files))


def describe(proposal: Proposal, raw: Path, today: date) -> Iterator[str]:
    """Yield the lines that tell a person how the article would be filed."""
    source = proposal.source
    card, text = proposal.content.removeprefix("---\n").split("---\n", maxsplit=1)
    yield f"{raw / 'sources' / source.source_id}.md"
    yield from (f"  {line}" for line in card.splitlines())
    if proposal.original is not None:
        yield (
            f"It is a copy of {proposal.original.source_id} ({language_name(proposal.original.language)}) in"
            f" {language_name(source.language)}, by its numerals: it adds no voice, and can mend the other's terms."
        )
    yield f"Figures read: {len(proposal.observations)}"
    yield from (f"  {seen.text}: {tell_meaning(seen)}" for seen in proposal.observations)
    yield f"Numbers not understood: {len(proposal.unresolved)}"
    for number in proposal.unresolved:
        around = source.text[max(0, number.start - _AROUND) : number.end + _AROUND]
        yield f"  {number.text}: …{' '.join(around.split())}…"
    if proposal.notes is None:
        yield "The full text goes to data/raw/sources: only for articles that you may publish."
        return
    notes = proposal.notes
    phrases = sum(1 for line in text.splitlines() if line)
    yield (
        f"Figure notes: {phrases} phrases; {len(notes.kept)} of {len(proposal.observations)} figures are read from them"
        " as from the article."
    )
    yield from (f"  otherwise: {seen.text}: {tell_meaning(seen)}" for seen in notes.lost)
    yield from (f"  only in the notes: {seen.text}: {tell_meaning(seen)}" for seen in notes.added)
    if lines := list(_corrections(proposal, today)):
        yield "To have them as in the article, add to the end of data/raw/corrections.yaml, each with its reason:"
        yield from lines


def _corrections(proposal: Proposal, today: date) -> Iterator[str]:
    """Yield a correction for every figure that reads otherwise in the notes, and for those only seen there."""
    filed = {(seen.text, seen.occurrence): seen for seen in proposal.filed}
    for told in proposal.notes.lost:
        seen = filed.get((told.text, told.occurrence))
        right = {
            name: getattr(told, name) for name in CORRECTABLE if seen and getattr(seen, name) != getattr(told, name)
        }
        if right:
            yield correction_lines(seen, right, today)
    for told in proposal.notes.added:
        yield correction_lines(filed[told.text, told.occurrence], LEFT_OUT, today)


def _write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, whole or not at all."""
    stage(path, content)
    try:
        os.link(staged(path), path)
    except FileExistsError as error:
        raise InputError(f"{path}: is there already; start `briefings add` again, it takes another name") from error
    finally:
        staged(path).unlink()
