"""Hold everything that people write against its rules, before anything runs.

Each reader knows what is wrong with its own files; this module asks them all, whatever the first one answers.
"""

from pathlib import Path

from helpers.read.files import InputError
from helpers.read.lexicon import LEXICONS, LexiconError, load_lexicon
from helpers.read.raw import check_raw
from helpers.run.plan import Plan, load_plan


def check_inputs(root: Path) -> Plan:
    """Return what a run of the project at ``root`` covers; raises InputError with every problem of the inputs."""
    if problems := find_input_problems(root):
        raise InputError(*problems)
    return load_plan(root)


def find_input_problems(root: Path) -> list[str]:
    """Return every problem of configuration, lexicons, cards and tables in `data/raw`, each with place and mend."""
    problems = _find_lexicon_problems()
    areas: tuple[str, ...] = ()
    try:
        areas = load_plan(root).areas
    except InputError as error:
        problems += error.args
    return list(dict.fromkeys([*problems, *check_raw(root / "data" / "raw", areas)]))


def _find_lexicon_problems() -> list[str]:
    problems = []
    for path in sorted(LEXICONS.glob("*.yaml")):
        try:
            load_lexicon(path.stem)
        except LexiconError as error:
            problems.append(str(error))
    return problems
