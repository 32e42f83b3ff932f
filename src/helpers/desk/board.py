"""The analyst's desk in JupyterLab: choose, and chart, table and words follow.

It shows what is published and changes nothing. Each function returns what one cell of notebooks/explore.ipynb shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape
from pathlib import Path

import ipywidgets as widgets
from IPython.display import HTML, display
from itables import show as show_table
from jupyter_client.manager import AsyncKernelManager

from helpers.brief import charts
from helpers.brief.fragments import render
from helpers.desk.decisions import Case, find_cases
from helpers.desk.view import show_claim, show_source
from helpers.read.places import Places, load_places
from helpers.read.raw import Indicator, read_indicators
from helpers.read.sources import read_source, text_of
from helpers.reconcile.corrections import read_decisions
from helpers.records import Figure, Number
from helpers.run.explain import Published, explain, load_published, show
from helpers.run.notebook import run_notebook
from helpers.run.pages import render_page
from helpers.tables import read_records, to_table

MOST_MARKS = 12  # more bars are a table
UNDATED = "undated"
COLUMNS = ["figure_id", "qualifier", "value", "lower", "upper", "unit", "period", "status", "flags"]
PAGE_HEIGHT = 700  # CSS pixels


@dataclass(frozen=True)
class Desk:
    """What the widgets show: the published tables and the files of the project at ``root``."""

    root: Path
    published: Published
    numbers: tuple[Number, ...]
    places: Places
    indicators: dict[str, Indicator]

    @property
    def figures(self) -> list[Figure]:
        """The figures that come from articles: those of benchmarks have no words to show."""
        return [figure for figure in self.published.figures.values() if "/" not in figure.ref_area]


def open_desk(root: Path | str) -> Desk:
    """Return the desk of the project at ``root``; raises InputError where nothing is published."""
    root = Path(root)
    raw = root / "data" / "raw"
    numbers = tuple(read_records("numbers", root / "data" / "processed"))
    return Desk(root, load_published(root), numbers, load_places(raw), read_indicators(raw))


def compare(desk: Desk) -> widgets.Widget:
    """Return the choice of areas, indicators and years, and below it the figures chosen, as chart and as table."""
    areas = _several("areas", sorted({figure.ref_area for figure in desk.figures}))
    indicators = _several("indicators", sorted({figure.indicator for figure in desk.figures}), first=["organisations"])
    years = _several("years", sorted({_year(figure) for figure in desk.figures}))

    def draw() -> None:
        chosen = [
            figure
            for figure in desk.figures
            if figure.ref_area in areas.value and figure.indicator in indicators.value and _year(figure) in years.value
        ]
        for indicator in indicators.value:
            display(HTML(_chart(desk, indicator, [each for each in chosen if each.indicator == indicator])))
        show_table(to_table("figures", chosen)[COLUMNS], caption=f"{len(chosen)} figures", classes="display compact")

    return _follow(draw, areas, indicators, years)


def words(desk: Desk) -> widgets.Widget:
    """Return the choice of a figure, and below it its derivation, its words where they stand, and its rivals."""
    figure = widgets.Dropdown(
        options=sorted(each.figure_id for each in desk.figures), description="figure", layout={"width": "40rem"}
    )

    def draw() -> None:
        chosen = desk.published.figures[figure.value]
        display(HTML(f"<pre>{escape(chr(10).join(show(explain(figure.value, desk.published))))}</pre>"))
        for title, addresses in (("Taken", chosen.used), ("Rivals, not taken", chosen.unused)):
            display(HTML(f"<h4>{title}: {len(addresses)}</h4>"))
            for address in addresses:
                display(HTML(f"<p>{escape(address)}</p>{_claim(desk, address)}"))

    return _follow(draw, figure)


def source(desk: Desk) -> widgets.Widget:
    """Return the choice of a source, and below it its text with every number coloured by its role."""
    name = widgets.Dropdown(options=sorted(desk.published.files), description="source", layout={"width": "40rem"})

    def draw() -> None:
        display(HTML(show_source(read_source(desk.published.files[name.value]), desk.places)))

    return _follow(draw, name)


def waiting(desk: Desk, today: date) -> widgets.Widget:
    """Return the choice of what waits for a person, and below it the words and the lines that settle it."""
    languages = {source.source_id: source.language for source in desk.published.sources.values()}
    decisions = read_decisions(desk.root / "data" / "raw")
    observations = desk.published.observations
    cases = list(find_cases(desk.figures, observations, desk.numbers, languages, decisions, today))
    options = [(f"{case.kind}: {case.name} ({case.address})", place) for place, case in enumerate(cases)]
    case = widgets.Dropdown(options=options, description=f"{len(cases)} wait", layout={"width": "50rem"})

    def draw() -> None:
        if case.value is not None:
            display(HTML(_case(desk, cases[case.value])))

    return _follow(draw, case)


def briefing(desk: Desk, subject: str, language: str) -> HTML:
    """Return the page on one ``subject``, made now from what is published; it takes some seconds."""
    executed = run_notebook(
        desk.root / "notebooks" / "3-briefing.ipynb",
        {"subject": subject, "language": language, "processed": "../data/processed"},
        AsyncKernelManager,
    )
    page = escape(render_page(executed), quote=True)
    title = escape(f"{subject}, {language}")
    return HTML(f'<div><iframe title="{title}" srcdoc="{page}" width="100%" height="{PAGE_HEIGHT}"></iframe></div>')


def _several(name: str, options: Sequence[str], first: Sequence[str] | None = None) -> widgets.SelectMultiple:
    chosen = [option for option in first or options if option in options]
    return widgets.SelectMultiple(options=options, value=chosen, description=name, rows=min(8, len(options)))


def _follow(draw: Callable[[], None], *controls: widgets.Widget) -> widgets.Widget:
    """Return the controls above what ``draw`` shows, drawn anew whenever one of them changes."""
    shown = widgets.Output()

    def redraw(_: object = None) -> None:
        with shown:
            shown.clear_output(wait=True)
            draw()

    for control in controls:
        control.observe(redraw, names="value")
    redraw()
    return widgets.VBox([widgets.HBox(controls), shown])


def _year(figure: Figure) -> str:
    return UNDATED if figure.period == UNDATED else figure.period[:4]


def _chart(desk: Desk, indicator: str, figures: Sequence[Figure]) -> str:
    """Return the bars of one indicator, or a sentence where its figures are no chart."""
    shown = [figure for figure in figures if figure.kind == "level" and figure.sector is None and not figure.subset]
    name = desk.indicators[indicator].names["en"]
    if not 0 < len(shown) <= MOST_MARKS or len({figure.unit for figure in shown}) > 1:
        return f"<p>{escape(name)}: {len(shown)} figures of whole areas; choose up to {MOST_MARKS} of one unit.</p>"
    ax = charts.new_axes(len(shown))
    charts.draw_bars([_mark(desk, figure) for figure in shown], axis_label=shown[0].unit, number=_plain, ax=ax)
    alt = f"Bar chart of {name}: {len(shown)} figures, listed in the table below."
    drawing = charts.to_svg(ax, chart_id=f"desk-{indicator}", alt=alt, description_id=f"desk-{indicator}-table")
    return render("drawing", title=name, drawing=drawing, colours=charts.COLOURS)


def _mark(desk: Desk, figure: Figure) -> charts.Mark:
    label = f"{desk.places.find(figure.ref_area).name}, {figure.org_type}, {figure.period}"
    bounds = [side for side in (figure.lower, figure.upper) if side is not None]
    number = " to ".join(_plain(side) for side in ([figure.value] if figure.value is not None else bounds))
    shown = number if figure.qualifier == "=" else f"{figure.qualifier} {number}"
    return charts.Mark(label, shown, "", figure.value, figure.lower, figure.upper, figure.qualifier)


def _plain(number: Decimal) -> str:
    return f"{number:,f}"


def _claim(desk: Desk, address: str) -> str:
    """Return the words of the claim at ``address`` where they stand, or that its source has changed since the run."""
    seen = desk.published.observations[address]
    path = desk.published.files.get(seen.source_id)
    text = text_of(path) if path else ""
    if text[seen.start : seen.end] != seen.text:
        return "<p>The source has changed since; start <code>briefings run</code>.</p>"
    return show_claim(seen, text, desk.published.sources[seen.source_id].language)


def _case(desk: Desk, case: Case) -> str:
    claim = _claim(desk, case.address) if case.address in desk.published.observations else ""
    return (
        f"<p>{escape(case.told)}</p>{claim}<p>For <code>{escape(case.goes_to)}</code>:</p>"
        f"<pre>{escape(case.lines)}</pre>"
    )
