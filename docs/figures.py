"""Write docs/figures.md, every published figure with its derivation: `.venv-lab/bin/python docs/figures.py`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.read.places import load_places
from helpers.records import Compared, Figure, Observation
from helpers.tables import read_records

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "figures.md"
HEAD = """# Every figure and where it comes from

Written by `make docs` from `data/processed`; a test holds it against the tables. What the columns mean is in the
[data dictionary](../data/processed/README.md), how figures are made in [method.md](method.md). In a terminal:
`briefings explain FIGURE`, with file and line of the words.
"""


def write_page(processed: Path, raw: Path) -> str:
    """Return the page for the tables in ``processed``; areas are named as in ``raw``."""
    figures, comparison = read_records("figures", processed), read_records("comparison", processed)
    claims = {seen.address: seen for seen in read_records("observations", processed)}
    places = load_places(raw)
    lines = [HEAD]
    for area in sorted({figure.ref_area for figure in figures}):
        code, _, producer = area.partition("/")
        lines.append(f"## {places.find(code).name}{f', as counted by {producer}' if producer else ''}\n")
        lines += _table(
            ("figure", "number", "how it holds", "printed words"),
            (_figure(figure, claims) for figure in figures if figure.ref_area == area),
        )
        computed = [
            row for row in comparison if row.ref_area == area and row.formula not in ("figure", "") and row.figures
        ]
        if computed:
            lines += ["Computed from them:\n"]
            lines += _table(("item", "number", "from", "assuming"), map(_computed, computed))
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    for row in (head, ("---",) * len(head), *rows):
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""


def _figure(figure: Figure, claims: dict[str, Observation]) -> tuple[str, ...]:
    held = "; ".join([figure.status, figure.rule, *figure.flags])
    taken = [_words(address, claims) for address in figure.used]
    rivals = [f"not taken: {_words(address, claims)}" for address in figure.unused]
    return f"`{figure.figure_id}`", _number(figure), held, "<br>".join([*taken, *rivals])


def _computed(row: Compared) -> tuple[str, ...]:
    terms = ", ".join(f"`{figure}`" for figure in row.figures)
    return f"`{row.item}`", _number(row), f"{row.formula} of {terms}", row.assumption or ""


def _words(address: str, claims: dict[str, Observation]) -> str:
    seen = claims.get(address)
    return f"`{address}`: {' '.join(seen.quote.split())}" if seen else address


def _number(record: Figure | Compared) -> str:
    lower, upper = ("open" if side is None else f"{side:,f}" for side in (record.lower, record.upper))
    number = f"{lower} to {upper}" if record.value is None else f"{record.value:,f}"
    sign = "" if record.qualifier == "=" else f"{record.qualifier} "
    return f"{sign}{number} {record.unit}, {record.period}"


if __name__ == "__main__":
    PAGE.write_text(write_page(ROOT / "data" / "processed", ROOT / "data" / "raw"), encoding="utf-8")
