"""The `briefings` command: one short function per verb.

Exit codes: 0 done or nothing to do, 1 a notebook or the publishing failed, 2 wrong input or parameters, 3 another run
is at work, 130 interrupted or told to end. What one verb needs is imported inside it, because pandas, papermill and
dateparser cost seconds.
"""

import atexit
import gc
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated

import typer

from helpers.read.files import InputError
from helpers.run.errors import RunError, exit_code_of
from helpers.run.files import find_root, write_whole
from helpers.run.lock import lock_run, lock_step
from helpers.run.manifest import is_up_to_date
from helpers.run.notify import parse_command
from helpers.run.parameters import describe_parameters, find_notebook, parse_texts
from helpers.run.record import record_run

EXIT_INPUT = 2

app = typer.Typer(
    help="Read news about Vietnamese cooperatives and render briefings that compare the provinces.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def run(
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another run to end, instead of leaving it.")] = False,
    notify: Annotated[
        str | None, typer.Option(metavar="COMMAND", help="Is started once, with what came of the run as its input.")
    ] = None,
    profile: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Have a cluster do the jobs, as in profiles/slurm.")
    ] = None,
) -> None:
    """Render what is out of date and publish it."""
    root = find_root(Path())
    command = None if notify is None else parse_command(notify)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # who tells a run to end is told what came of it too

    def work(held: IO) -> str:
        if is_up_to_date(root):
            return "Nothing to do: everything is up to date."
        from helpers.run.workflow import run_workflow

        return run_workflow(root, held, profile)

    typer.echo(record_run(root, work, wait=wait, command=command))


@app.command(add_help_option=False)
def notebook(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NOTEBOOK", help="A file, or like 3-briefing.")] = None,
    parameters: Annotated[
        list[str], typer.Option("--parameter", "-p", metavar="NAME=VALUE", help="One parameter; text stays text.")
    ] = [],  # noqa: B006 (Typer makes a new list for each call)
    page: Annotated[Path | None, typer.Option(help="Where the HTML page goes; none is made without it.")] = None,
    show_help: Annotated[bool, typer.Option("--help", help="Show this, and which parameters NOTEBOOK takes.")] = False,
) -> None:
    """Run one notebook as the workflow does."""
    if show_help:
        typer.echo(context.get_help())
    if name is None:
        if not show_help:
            raise InputError("name a notebook, like `briefings notebook 3-briefing`; `--help` tells the rest")
        return
    path = find_notebook(name, find_root(Path()))
    if show_help:
        typer.echo("\n".join(describe_parameters(path)))
        return
    values = parse_texts(path, parameters)
    root = find_root(path.parent)
    from helpers.run.kernels import warm_up
    from helpers.run.pages import render_page
    from helpers.run.stages import execute, name_execution

    with lock_step(root):
        executed = execute(root, path, values, name_execution(path, values), warm_up(root))
        if page is not None:
            write_whole(page, render_page(executed).encode())
    typer.echo(f"done: {page or path}")


@app.command()
def render(
    stage: Annotated[str, typer.Argument(metavar="STAGE", help="clean, compare or briefing.")],
    subject: Annotated[str | None, typer.Argument(help="The area to clean, what the briefing is about.")] = None,
) -> None:
    """Do one step of the workflow: Snakemake starts this."""
    from helpers.run.kernels import warm_up
    from helpers.run.plan import load_plan
    from helpers.run.progress import Progress
    from helpers.run.stages import bring_up_to_date

    root = find_root(Path())
    plan = load_plan(root)
    with lock_step(root), Progress({stage: plan.steps(stage, subject)}) as progress:
        bring_up_to_date(plan, stage, subject, warm_up(root), progress)


@app.command()
def publish() -> None:
    """Check what was built and put it in place: the workflow's last step."""
    from helpers.run.publish import describe
    from helpers.run.publish import publish as publish_set

    root = find_root(Path())
    with lock_run(root):
        published = publish_set(root)
    typer.echo("\n".join(describe(published)))


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", exists=True, dir_okay=False)],
    language: Annotated[
        str | None, typer.Option(help="Language of texts that name none, like id; else detected.")
    ] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Every number with its role, not only statistics.")
    ] = False,
) -> None:
    """Print the statistics in sources, plain texts and corpora (JSON Lines, Parquet) as JSON Lines."""
    from helpers.read.corpus import extract_files

    raw = find_root(Path()) / "data" / "raw"
    if not extract_files(files, raw, out=sys.stdout.buffer, err=sys.stderr, language=language, numbers=numbers):
        raise typer.Exit(EXIT_INPUT)


@app.command()
def add(
    place: Annotated[str, typer.Argument(metavar="FILE|URL", help="Text, HTML or PDF with a text layer.")],
    card: Annotated[
        list[str], typer.Option("--card", "-c", metavar="FIELD=VALUE", help="A field of the card that you know better.")
    ] = [],  # noqa: B006 (Typer makes a new list for each call)
    full: Annotated[
        bool, typer.Option("--full/--notes", help="File the full text, where you may publish it, or figure notes.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="File it without asking.")] = False,
) -> None:
    """File an article as a source: its card and what was read are shown first."""
    from helpers.desk.articles import fetch_article
    from helpers.desk.filing import describe, file_article
    from helpers.desk.proposals import parse_told, propose
    from helpers.read.places import COUNTRY
    from helpers.run.plan import load_plan

    told = parse_told(card)
    root, today = find_root(Path()), datetime.now(UTC).date()
    raw, covered = root / "data" / "raw", (COUNTRY, *load_plan(root).areas)
    proposal = propose(fetch_article(place), raw, today=today, told=told, full=full)
    typer.echo("\n".join(describe(proposal, raw, today)))
    if not yes and not typer.confirm("File it?"):
        typer.echo("Nothing was written.")
        return
    for path in file_article(proposal, raw):
        typer.echo(f"filed: {path}")
    if (area := proposal.source.ref_area) not in covered:
        typer.echo(f"{area} is no area of config.yaml yet; add it there, and `briefings run` renders its briefing")


@app.command()
def view(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A source_id, or the file of a source.")],
) -> None:
    """Make a page that shows one source with every number coloured by the part it plays."""
    from helpers.desk.view import find_source, render_view
    from helpers.read.places import load_places

    root = find_root(Path())
    raw = root / "data" / "raw"
    shown = find_source(source, raw)
    page = root / ".build" / "view" / f"{shown.source_id}.html"
    write_whole(page, render_view(shown, load_places(raw)).encode())
    typer.echo(f"made: {page}")


@app.command()
def status(
    max_age: Annotated[
        str | None, typer.Option(metavar="AGE", help="Like 36h or 2d: exit with 1 when the last good run is older.")
    ] = None,
) -> None:
    """Say when the last good run was, and which figures and numbers wait for a decision."""
    from helpers.run.status import check_age, describe_status, parse_age

    root, now = find_root(Path()), datetime.now(UTC)
    limit = None if max_age is None else parse_age(max_age)
    for line in describe_status(root, now):
        typer.echo(line)
    if limit is not None:
        check_age(root, now, limit)


@app.command()
def history(
    last: Annotated[int, typer.Option("--last", "-n", metavar="RUNS", min=1, help="How many, the newest last.")] = 20,
) -> None:
    """List the runs of this project: when, how long, what came of each, what ran and how many values it changed."""
    from helpers.run.status import describe_history

    for line in describe_history(find_root(Path()), last):
        typer.echo(line)


@app.command()
def explain(
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help="A figure_id, AREA.ITEM or ITEM of the comparison.")],
    as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False,
) -> None:
    """Tell where a published figure comes from, down to the words, their file and line."""
    from helpers.run.explain import explain as explain_name
    from helpers.run.explain import load_published, show

    explanation = explain_name(figure, load_published(find_root(Path())))
    if as_json:
        typer.echo(json.dumps(explanation, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(show(explanation)))


@app.command()
def edition(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Like 2026-11; they follow by name.")],
) -> None:
    """Freeze the published comparison, so that later ones tell what has changed since."""
    from helpers.run.edition import freeze

    frozen = freeze(find_root(Path()), name)
    typer.echo(f"frozen: {frozen}; commit it, and start `briefings run` so that the briefings count from it")


@app.command()
def diff(
    name: Annotated[str | None, typer.Argument(metavar="[EDITION]", help="The newest, unless one is named.")] = None,
) -> None:
    """List what has changed since an edition, value by value, and what it may be due to."""
    from helpers.run.edition import compare_with, show_change

    root = find_root(Path())
    changes = compare_with(root, name)
    for change in changes:
        typer.echo("\n".join(show_change(change)))
    if not changes:
        typer.echo("No value has changed.")
    if not is_up_to_date(root):
        typer.echo("What is published is not up to date; start `briefings run`.", err=True)


@app.command()
def share(
    names: Annotated[list[str], typer.Argument(metavar="BRIEFING...", help="Like quang-tri.en, as in reports/.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the archive goes.")] = Path("briefings.zip"),
) -> None:
    """Pack briefings, an index, the tables and a summary for the mail into one zip archive."""
    from helpers.brief.share import pack

    root = find_root(Path())
    write_whole(output, pack(names, reports=root / "reports", processed=root / "data" / "processed"))
    typer.echo(f"packed: {output}")


@app.command()
def check() -> None:
    """Name everything that is wrong in data, config.yaml and the lexicons, with its place and its mend."""
    from helpers.run.problems import find_input_problems
    from helpers.tables import find_problems

    root = find_root(Path())
    if problems := find_input_problems(root) + find_problems(root / "data" / "processed"):
        raise InputError(*problems)
    typer.echo("Nothing is wrong.")


def main() -> None:
    """Run the command; what people can mend is told without a traceback."""
    atexit.register(gc.freeze)  # Python would search all that is loaded for garbage before it ends
    try:
        app()
    except BrokenPipeError:  # the reader of our lines has seen enough, as in `briefings extract ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (RunError, InputError) as error:
        typer.echo(str(error), err=True)
        sys.exit(exit_code_of(error))
