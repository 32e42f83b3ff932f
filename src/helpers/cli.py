"""The `briefings` command: one short function per verb.

Exit codes: 0 done or nothing to do, 1 a notebook or the publishing failed, 2 wrong input or parameters, 3 another run
is at work. What one verb needs is imported inside it, because pandas, papermill and dateparser cost seconds.
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from helpers.read.files import InputError
from helpers.run.errors import RunError
from helpers.run.files import find_root, write_whole
from helpers.run.manifest import is_up_to_date
from helpers.run.parameters import parse_texts

EXIT_INPUT = 2

app = typer.Typer(
    help="Read news about Vietnamese cooperatives and render briefings that compare the provinces.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def run() -> None:
    """Render what is out of date and publish it."""
    root = find_root(Path())
    if is_up_to_date(root):
        typer.echo("Nothing to do: everything is up to date.")
        return
    from helpers.run.workflow import run_workflow

    typer.echo(run_workflow(root))


@app.command()
def notebook(
    path: Annotated[Path, typer.Argument(metavar="NOTEBOOK", exists=True, dir_okay=False)],
    parameters: Annotated[
        list[str], typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="One parameter; text stays text.")
    ] = [],  # noqa: B006 (Typer makes a new list for each call)
    executed: Annotated[Path | None, typer.Option(help="Where the executed notebook is kept.")] = None,
    page: Annotated[Path | None, typer.Option(help="Where the HTML page goes; none is made without it.")] = None,
) -> None:
    """Run one notebook as the workflow does."""
    values = parse_texts(path, parameters)
    root = find_root(path.parent)
    executed = executed or root / ".build" / "notebooks" / path.name
    from helpers.run.notebook import run_notebook

    finished = run_notebook(path, values, root=root, executed=executed)
    if page is not None:
        from helpers.run.pages import render_page

        write_whole(page, render_page(finished).encode())
    typer.echo(f"done: {page or executed}")


@app.command()
def publish() -> None:
    """Check what was built and put it in place: the workflow's last step."""
    from helpers.run.publish import publish as publish_set

    published = publish_set(find_root(Path()))
    for name in published.changed:
        typer.echo(f"published: {name}")
    for name in published.removed:
        typer.echo(f"removed: {name}")


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False)],
    language: Annotated[str | None, typer.Option(help="Language of texts that have no card, like id.")] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Every number with its role, not only statistics.")
    ] = False,
) -> None:
    """Print the statistics in sources as JSON Lines; with --language, in plain texts."""
    from helpers.run.extraction import extract_rows

    for row in extract_rows(files, find_root(Path()) / "data" / "raw", language=language, every_number=numbers):
        typer.echo(json.dumps(row, ensure_ascii=False))


@app.command()
def status() -> None:
    """Say when the last good run was, and which figures and numbers wait for a decision."""
    from helpers.run.status import describe_status

    for line in describe_status(find_root(Path()), datetime.now(UTC)):
        typer.echo(line)


@app.command()
def check() -> None:
    """Name everything that is wrong in data, config.yaml and the lexicons, with its place and its mend."""
    from helpers.run.inputs import find_input_problems
    from helpers.run.status import find_table_problems

    root = find_root(Path())
    if problems := find_input_problems(root) + find_table_problems(root):
        raise InputError(*problems)
    typer.echo("Nothing is wrong.")


def main() -> None:
    """Run the command; what people can mend is told without a traceback."""
    try:
        app()
    except RunError as error:
        _stop(error, error.exit_code)
    except InputError as error:
        _stop(error, EXIT_INPUT)


def _stop(error: Exception, code: int) -> None:
    typer.echo(str(error), err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
