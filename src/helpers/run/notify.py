"""Tell a command of the analysts' own how a run ended, in words that can be mailed as they are."""

import shlex
import shutil
import subprocess
from collections.abc import Iterator

from helpers.read.files import InputError
from helpers.run.ledger import Entry

SECONDS = 60  # a mail is handed over in one; without a limit a command that hangs would hold a scheduled run for ever


def parse_command(text: str) -> list[str]:
    """Return the words of a command, quoted as in a shell; no shell runs them.

    >>> parse_command("sh -c 'cat > /dev/null'")
    ['sh', '-c', 'cat > /dev/null']

    Raises InputError for what could not be started, so that it is found out before the night in which it matters.
    """
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise InputError(f"--notify: {text!r} cannot be read ({error}); quote it as for a shell") from error
    if not words or shutil.which(words[0]) is None:
        raise InputError(f"--notify: there is no program {''.join(words[:1])!r}; give its path")
    return words


def notify(command: list[str], entry: Entry) -> str | None:
    """Run ``command`` once with what came of a run on its standard input, and return what went wrong with it, if any.

    Its failure is not the run's: what was published is published.
    """
    text = "".join(f"{line}\n" for line in describe_outcome(entry))
    try:
        finished = subprocess.run(command, input=text, encoding="utf-8", timeout=SECONDS, check=False)  # noqa: S603 (the analysts' own words)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"--notify: {error}"
    return f"--notify: {shlex.join(command)} ended with code {finished.returncode}" if finished.returncode else None


def describe_outcome(entry: Entry) -> Iterator[str]:
    """Yield the outcome in one word or two and in a sentence, then one line for each value that changed."""
    yield f"{entry.outcome}: {entry.message}"
    for change in entry.changed:
        yield f"{change.name}: {change.old or 'not published'} -> {change.new or 'not published'}"
