"""Charts as SVG whose text stays text: bars for amounts, spans for dates.

A chart function draws on the axes that it is given and returns them; ``to_svg`` makes the markup. Bounds are drawn as
bounds: an open end where only one side is known, hatching where the truth lies in between, nothing where nothing
is known. Knows nothing of provinces; labels come ready in the reader's language.
"""

import io
import re
import warnings
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import matplotlib as mpl
import seaborn as sns
from markupsafe import Markup
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

MIN_MARKS = 3  # fewer are a sentence and a table

# Each colour keeps 3:1 against the page in both schemes; the page may redefine the names.
COLOURS = {"bar": "#1f5f8b", "ink": "#1b2430", "muted": "#56616e", "line": "#c9d0d8"}

# One unit is a CSS pixel on a narrow phone, where the chart is as wide as the text.
WIDTH = 350
ROW = 40
AXIS = 46
DPI = 72
TEXT = 12
SMALL = 10.5

EDGE = 0.08  # of the width; a label nearer to it than that would be cut off if centred
LONGEST_BAR = 0.6  # of the width; the rest is for the number beside it

THEME = {
    "svg.fonttype": "none",
    "svg.hashsalt": "briefings",
    "font.size": TEXT,
    "hatch.linewidth": 1.0,
    "hatch.color": COLOURS["bar"],
    "axes.edgecolor": COLOURS["line"],
    "axes.labelcolor": COLOURS["muted"],
    "xtick.color": COLOURS["muted"],
    "grid.color": COLOURS["line"],
    "grid.linewidth": 0.6,
}

_NEEDLESS_DECIMALS = re.compile(r"(?<=\.\d)\d+")  # a tenth of a pixel is more than anyone sees
_NEEDLESS_SPACES = re.compile(r"(?<=[A-Za-z]) | (?= |[A-Za-z]|$)")  # of a path

# What most elements look like, as the page's style sheet says it once for all.
_LOOKS = {
    "fill: none; stroke: var(--line); stroke-width: 0.6; stroke-linecap: round": "grid",
    "fill: var(--bar)": "",
    f"font-size: {TEXT}px; text-anchor: start; fill: var(--ink)": "",
    f"font-weight: 600; font-size: {TEXT}px; text-anchor: start; fill: var(--ink)": "strong",
    f"font-weight: 700; font-size: {TEXT}px; text-anchor: start; fill: var(--ink)": "strong",
    f"font-size: {SMALL}px; text-anchor: start; fill: var(--muted)": "tick",
    f"font-size: {SMALL}px; text-anchor: middle; fill: var(--muted)": "tick mid",
    f"font-size: {SMALL}px; text-anchor: end; fill: var(--muted)": "tick end",
}

_SVG = "{http://www.w3.org/2000/svg}"
_FIGURE_GROUP = "figure:"


@dataclass(frozen=True)
class Mark:
    """One row of a chart: its name, its number in words, the figure it shows and where that lies on the scale.

    ``figure_id`` is empty for what the page counted itself.
    """

    label: str
    text: str
    figure_id: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    qualifier: str = "="

    @property
    def shape(self) -> str:
        """How the mark is drawn: ``point``, ``interval``, ``above``, ``below``, or ``missing``.

        >>> Mark("", "more than 5", "", Decimal(5), Decimal(5), None, ">").shape
        'above'
        >>> Mark("", "about 5", "", Decimal(5), Decimal(4), Decimal(6), "~").shape
        'interval'
        >>> Mark("", "1.3 billion", "", Decimal("1.3"), Decimal("1.25"), Decimal("1.35")).shape
        'point'
        >>> Mark("", "not stated", "", None, None, None).shape
        'missing'
        """
        if self.value is None and self.lower is None and self.upper is None:
            return "missing"
        if self.upper is None:
            return "above"
        if self.lower is None or self.qualifier == "<":
            return "below"
        return "point" if self.value is not None and self.qualifier == "=" else "interval"

    @property
    def reach(self) -> Decimal:
        """The farthest place on the scale that the mark touches."""
        return max((side for side in (self.value, self.lower, self.upper) if side is not None), default=Decimal(0))


def new_axes(rows: int) -> Axes:
    """Return axes for so many rows, as wide as a phone and as high as the rows need."""
    with mpl.rc_context(THEME), sns.axes_style("white", THEME):
        height = rows * ROW + AXIS
        canvas = Canvas(figsize=(WIDTH / DPI, height / DPI), dpi=DPI)
        return canvas.add_axes((0, AXIS / height, 1, rows * ROW / height))


def draw_bars(marks: Sequence[Mark], *, axis_label: str, number: Callable[[Decimal], str], ax: Axes) -> Axes:
    """Draw one bar a mark, from the top down in the order given, its name above it and its number behind it."""
    scale = max((mark.reach for mark in marks), default=Decimal(0)) or Decimal(1)
    known = [float(mark.value if mark.shape == "point" else mark.lower or 0) for mark in marks]
    with mpl.rc_context(THEME):
        ax.set(xlabel=axis_label, ylabel=" ")  # else seaborn lays out every tick to see whether to name the axes itself
        sns.barplot(
            x=known, y=list(range(len(marks))), orient="h", color=COLOURS["bar"], width=0.3, saturation=1, ax=ax
        )
        _place_rows(ax, len(marks), left=0.0, right=float(scale) / LONGEST_BAR)
        for row, mark in enumerate(marks):
            end = _draw_bound(ax, row, mark, float(scale))
            _write_row(ax, row, mark, end + float(scale) * 0.02)
        ticks = mpl.ticker.MaxNLocator(nbins=4, integer=True).tick_values(0, float(scale))
        _label_axis(ax, [(tick, number(Decimal(tick))) for tick in ticks if 0 <= tick <= scale], axis_label)
    return ax


def draw_dates(marks: Sequence[Mark], *, axis_label: str, ticks: Sequence[tuple[date, str]], ax: Axes) -> Axes:
    """Draw when each mark was: a diamond for a day, a line between two days that enclose an unknown one.

    Places on the scale are proleptic ordinals of days; an unknown end is an arrow.
    """
    known = [float(side) for mark in marks for side in (mark.value, mark.lower, mark.upper) if side is not None]
    known += [float(day.toordinal()) for day, _ in ticks]
    left, right = min(known), max(known)
    margin = (right - left) * 0.04
    with mpl.rc_context(THEME):
        _place_rows(ax, len(marks), left=left - margin, right=right + margin)
        for row, mark in enumerate(marks):
            ends = [side for side in (mark.lower, mark.upper) if side is not None]
            if mark.shape == "point":
                ax.plot([float(mark.value)], [row], "D", color=COLOURS["bar"], markersize=7, clip_on=False)
            elif mark.shape == "interval":
                ax.plot([float(end) for end in ends], [row, row], "|-", color=COLOURS["bar"], lw=2, ms=9, clip_on=False)
            elif ends:
                _draw_arrow(ax, float(ends[0]), right if mark.shape == "above" else left, row)
            _write_name(ax, row, mark)
        _label_axis(ax, [(day.toordinal(), label) for day, label in ticks], axis_label)
    return ax


def to_svg(ax: Axes, *, chart_id: str, alt: str, description_id: str) -> Markup:
    """Return the drawing as inline SVG: named by ``alt``, described by the element ``description_id``.

    Text keeps the page's font, colours follow the page's scheme, and every id starts with ``chart_id``, so that two
    charts share a page. The same drawing gives the same bytes.
    """
    written = io.StringIO()
    with mpl.rc_context(THEME), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's browser has the font, for text stays text
        ax.figure.savefig(
            written,
            format="svg",
            transparent=True,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    root = ET.fromstring(written.getvalue())  # noqa: S314  (our own drawing, a moment ago)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.removeprefix(_SVG) in ("metadata", "style", "clipPath") or child.get("style") == "fill: none":
                parent.remove(child)
    for element in root.iter():
        _adapt(element, chart_id)
    _flatten(root)
    _name(root, chart_id, alt, description_id)
    ET.register_namespace("", _SVG.strip("{}"))
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704  (ElementTree has escaped every label)


def _place_rows(ax: Axes, rows: int, *, left: float, right: float) -> None:
    ax.set(xlim=(left, right), ylim=(rows - 0.62, -0.68), ylabel="", yticks=[])
    sns.despine(ax=ax, left=True, bottom=True)


def _draw_bound(ax: Axes, row: int, mark: Mark, scale: float) -> float:
    """Draw what lies behind the known part of a bar; return where the drawing ends."""
    if mark.shape in ("interval", "below"):
        low, high = float(mark.lower or 0), float(mark.upper)
        line = "-" if mark.shape == "interval" else "--"
        outline = {"facecolor": "none", "edgecolor": COLOURS["bar"], "hatch": "////", "linestyle": line}
        ax.barh(row, high - low, left=low, height=0.3, linewidth=1, **outline)
    if mark.shape == "above":
        tip = float(mark.lower) + scale * 0.07
        _draw_arrow(ax, float(mark.lower), tip, row)
        return tip
    return float(mark.reach)


def _draw_arrow(ax: Axes, start: float, tip: float, row: int) -> None:
    style = {"arrowstyle": "->", "color": COLOURS["bar"], "lw": 2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=(tip, row), xytext=(start, row), arrowprops=style, annotation_clip=False)


def _write_row(ax: Axes, row: int, mark: Mark, behind: float) -> None:
    _write_name(ax, row, mark)
    colour, style = (COLOURS["muted"], "italic") if mark.shape == "missing" else (COLOURS["ink"], "normal")
    number = ax.text(behind, row, mark.text, va="center", color=colour, style=style, weight="bold", clip_on=False)
    if mark.figure_id:
        number.set_gid(f"{_FIGURE_GROUP}{mark.figure_id}")


def _write_name(ax: Axes, row: int, mark: Mark) -> None:
    ax.text(ax.get_xlim()[0], row - 0.26, mark.label, va="bottom", color=COLOURS["ink"], clip_on=False)


def _label_axis(ax: Axes, ticks: Iterable[tuple[float, str]], label: str) -> None:
    places, names = zip(*ticks, strict=True)
    ax.set_xticks(places, names, fontsize=SMALL)
    ax.tick_params(axis="x", length=0, pad=4)
    ax.xaxis.grid(True)
    ax.set_axisbelow(True)
    ax.set_xlabel(label, fontsize=SMALL, loc="left")
    left, right = ax.get_xlim()
    for place, text in zip(places, ax.get_xticklabels(), strict=True):
        share = (place - left) / (right - left)
        text.set_horizontalalignment("left" if share < EDGE else "right" if share > 1 - EDGE else "center")


def _adapt(element: ET.Element, chart_id: str) -> None:
    """Make one SVG element fit into a page: ids of its own, the page's colours and font."""
    identity = element.attrib.pop("id", None)
    if identity and identity.startswith(_FIGURE_GROUP):
        element.set("data-figure", identity.removeprefix(_FIGURE_GROUP))
    elif identity and element.tag != f"{_SVG}g":
        element.set("id", f"{chart_id}-{identity}")
    for name, value in list(element.attrib.items()):
        if name == "clip-path" or (name == "transform" and "rotate(-0" in value):
            del element.attrib[name]
            continue
        if not name.startswith("data-"):
            value = _NEEDLESS_DECIMALS.sub("", value).replace("url(#", f"url(#{chart_id}-")
        if name.endswith("href"):
            del element.attrib[name]
            name, value = "href", value.replace("#", f"#{chart_id}-")
        if name == "style":
            value = re.sub(r"font: (?:(italic) )?(?:(bold|700) )?([\d.]+px) [^;]*", _font, value)
            value = re.sub(r"font-family: [^;]*; ", "", value)
            for colour, code in COLOURS.items():
                value = value.replace(code, f"var(--{colour})")
            if value in _LOOKS:
                del element.attrib[name]
                name, value = "class", _LOOKS[value]
        if name == "d":
            value = _NEEDLESS_SPACES.sub("", value)
        if value:
            element.set(name, value)


def _flatten(element: ET.Element) -> None:
    """Leave out groups that group nothing by name, and paths without a line."""
    kept = []
    for child in element:
        _flatten(child)
        if child.tag == f"{_SVG}g" and not child.attrib:
            kept += list(child)
        elif len(child) or child.text or child.get("d") or child.tag not in (f"{_SVG}path", f"{_SVG}defs"):
            kept.append(child)
    element[:] = kept


def _font(printed: re.Match) -> str:
    style, weight, size = printed.groups()
    parts = [f"font-size: {size}"]
    parts += ["font-style: italic"] if style else []
    parts += ["font-weight: 600"] if weight else []
    return "; ".join(parts)


def _name(root: ET.Element, chart_id: str, alt: str, description_id: str) -> None:
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    root.set("class", "plot")
    root.set("role", "img")
    root.set("aria-labelledby", f"{chart_id}-alt")
    root.set("aria-describedby", description_id)
    title = ET.Element(f"{_SVG}title", {"id": f"{chart_id}-alt"})
    title.text = alt
    root.insert(0, title)
