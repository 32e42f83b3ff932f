"""Everything in `data`, `config.yaml` and the lexicons that can be wrong, each with its place and its mend.

Each reader knows what is wrong with its own files; this module asks them all, whatever the first one answers.
"""

from collections.abc import Iterator
from pathlib import Path

from helpers.compare.editions import check_editions
from helpers.read.files import InputError
from helpers.read.lexicon import LEXICONS, load_lexicon
from helpers.read.observations import read_source
from helpers.read.places import load_places
from helpers.read.raw import check_raw, read_indicators
from helpers.read.sources import find_source_files, line_of, read_sources
from helpers.reconcile.checks import DIFFERS, PLAUSIBILITY, run_checks
from helpers.reconcile.corrections import check_corrections, read_decisions
from helpers.reconcile.figures import reconcile
from helpers.reconcile.voices import group_texts
from helpers.run.plan import Plan, load_plan


def check_inputs(root: Path) -> Plan:
    """Return what a run of the project at ``root`` covers; raises InputError with every problem of the inputs."""
    if problems := find_input_problems(root):
        raise InputError(*problems)
    return load_plan(root)


def find_input_problems(root: Path) -> list[str]:
    """Return every problem of what people write.

    That is configuration, lexicons, cards, tables, corrections and editions in `data/raw`; where these are in order,
    the numbers that are read from the sources and cannot be true.
    """
    raw = root / "data" / "raw"
    problems: list[str] = []
    areas: tuple[str, ...] = ()
    for path in sorted(LEXICONS.glob("*.yaml")):
        try:
            load_lexicon(path.stem)
        except InputError as error:
            problems += error.args
    try:
        areas = load_plan(root).areas
    except InputError as error:
        problems += error.args
    problems += [*check_raw(raw, areas), *check_corrections(raw), *check_editions(raw / "editions")]
    try:
        problems += [] if problems else find_implausible_figures(raw)
    except InputError as error:
        problems += error.args
    return list(dict.fromkeys(problems))


def find_implausible_figures(raw: Path) -> Iterator[str]:
    """Yield a problem for every printed figure that lies outside of its indicator's plausible range.

    Sources are read as the notebooks read them, so that a number that an analyst has corrected is none.
    """
    places, indicators, decisions = load_places(raw), read_indicators(raw), read_decisions(raw)
    sources, files = read_sources(raw), find_source_files(raw)
    readings = [read_source(source, places) for source in sources]
    texts = group_texts(sources, [number for found, _ in readings for number in found])
    claims = {seen.address: seen for _, found in readings for seen in found}
    figures = {
        figure.figure_id: figure for figure in reconcile(claims.values(), sources, texts, places, decisions.corrections)
    }
    for check in run_checks(figures.values(), indicators):
        if check.check in PLAUSIBILITY and check.verdict == DIFFERS:
            figure = figures[check.figures[0]]
            seen = claims[figure.used[0]]
            place = f"{files[seen.source_id]}:{line_of(files[seen.source_id], seen.start)}"
            yield (
                f"{place}: {seen.text!r} is read as {figure.figure_id}: {check.explanation}; correct"
                f" {seen.address!r} in data/raw/corrections.yaml, or widen the limits in data/raw/indicators.csv"
            )
