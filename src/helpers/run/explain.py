"""Tell where a published number comes from: the terms, the claims behind them, down to words, file and line.

Reads the published tables and the sources; decides nothing. The explanation is a tree of plain values, which a
terminal shows indented and another program takes as JSON.
"""

import csv
import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from helpers.compare.verdicts import MISSING, REASONS
from helpers.read.files import InputError
from helpers.read.sources import find_source_files, line_of, text_of
from helpers.records import Check, Compared, Figure, Observation, Source, Verdict
from helpers.tables import read_records

DEDUCTED = "deducted"

_NEAR = 5  # as many names are offered for one that is not known
_INDENT = "  "
_PARTS = ("areas", "terms", "used", "unused")  # of an explanation that are explanations themselves


class UnknownNameError(InputError):
    """Nothing published is called so; the message offers what is called alike."""


@dataclass(frozen=True)
class Published:
    """The tables of ``data/processed`` and the files of ``data/raw/sources``; made by ``load_published``."""

    figures: dict[str, Figure]
    observations: dict[str, Observation]
    sources: dict[str, Source]
    checks: tuple[Check, ...]
    comparison: tuple[Compared, ...]
    verdicts: tuple[Verdict, ...]
    files: dict[str, Path]
    benchmarks: dict[tuple[str, ...], dict[str, object]]

    @cached_property
    def rows(self) -> dict[str, list[Compared]]:
        """The rows of the comparison by what people may call them: area and item, or the item for all areas."""
        rows: dict[str, list[Compared]] = {}
        for row in self.comparison:
            for name in (f"{row.ref_area}.{row.item}", row.item):
                rows.setdefault(name, []).append(row)
        return rows


def load_published(root: Path) -> Published:
    """Return what the project at ``root`` has published; raises InputError where nothing is."""
    processed = root / "data" / "processed"
    try:
        return Published(
            figures={figure.figure_id: figure for figure in read_records("figures", processed)},
            observations={seen.address: seen for seen in read_records("observations", processed)},
            sources={source.source_id: source for source in read_records("sources", processed)},
            checks=tuple(read_records("checks", processed)),
            comparison=tuple(read_records("comparison", processed)),
            verdicts=tuple(read_records("verdicts", processed)),
            files=find_source_files(root / "data" / "raw"),
            benchmarks=_read_benchmarks(root / "data" / "raw" / "benchmarks.csv"),
        )
    except FileNotFoundError as error:
        raise InputError(f"{error.filename}: is not there; start `briefings run`") from error


def explain(name: str, published: Published) -> dict[str, object]:
    """Return the derivation of what is called ``name``: a figure, an area's item of the comparison, or a whole item.

    Raises UnknownNameError for any other name.
    """
    if name in published.figures:
        return _figure(published.figures[name], published)
    rows = published.rows.get(name)
    if rows is None:
        raise UnknownNameError(f"nothing published is called {name!r}{_offer(name, published)}")
    if name != rows[0].item:
        return _row(rows[0], published)
    return {
        "item": name,
        "areas": [_row(row, published) for row in rows],
        "pairs": [
            {"areas": [pair.ref_area, pair.other_area], "verdict": pair.verdict, "reasons": _reasons(pair.reasons)}
            for pair in published.verdicts
            if pair.item == name
        ],
    }


def show(explanation: Mapping[str, object], depth: int = 0) -> Iterator[str]:
    """Yield the lines that tell ``explanation`` in a terminal, each step indented below the result that it leads to."""
    kind = next(kind for kind in _LINES if kind in explanation)
    for line in _LINES[kind](explanation):
        yield f"{_INDENT * depth}{line}"
    for parts in _PARTS:
        for part in explanation.get(parts, ()):
            yield from show(part, depth + 1)


def _offer(name: str, published: Published) -> str:
    known = [*published.figures, *published.rows]
    near = difflib.get_close_matches(name, known, n=_NEAR)
    return f"; did you mean {' or '.join(near)}?" if near else "; names are listed in data/processed/figures.csv"


def _row(row: Compared, published: Published) -> dict[str, object]:
    if row.verdict == MISSING:
        head = {"item": row.item, "ref_area": row.ref_area, "verdict": row.verdict}
        return {**head, "reasons": _reasons(row.reasons)}
    return {
        "item": row.item,
        "ref_area": row.ref_area,
        **_number(row),
        "formula": row.formula,
        "assumption": row.assumption,
        "flags": list(row.flags),
        "verdict": row.verdict,
        "reasons": _reasons(row.reasons),
        "terms": [_figure(published.figures[figure], published) for figure in row.figures],
    }


def _figure(figure: Figure, published: Published) -> dict[str, object]:
    found = (check for check in published.checks if figure.figure_id in check.figures)
    return {
        "figure_id": figure.figure_id,
        **_number(figure),
        "boundary": figure.boundary,
        "status": figure.status,
        "flags": list(figure.flags),
        "texts": figure.texts,
        "origins": list(figure.origins),
        "rule": figure.rule,
        "used": [_evidence(address, figure, published) for address in figure.used],
        "unused": [_evidence(address, figure, published) for address in figure.unused],
        "checks": [{"check": check.check, "verdict": check.verdict, "found": check.explanation} for check in found],
    }


def _number(record: Figure | Compared) -> dict[str, object]:
    names = ("value", "lower", "upper", "qualifier", "unit", "period", "period_basis", "period_start", "period_end")
    return {name: _plain(getattr(record, name)) for name in names}


def _evidence(address: str, figure: Figure, published: Published) -> dict[str, object]:
    if address in published.observations:
        return _claim(address, figure, published)
    return {"benchmark": address, **published.benchmarks.get(_benchmark_key(figure), {})}


def _benchmark_key(figure: Figure) -> tuple[str, ...]:
    parts = (figure.indicator, figure.org_type, figure.sector, figure.subset, figure.period, *figure.origins)
    return tuple(part or "" for part in parts)


def _read_benchmarks(path: Path) -> dict[tuple[str, ...], dict[str, object]]:
    """Return the place and the words of every row of ``benchmarks.csv`` by what makes it one."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return {
            tuple(row[column] for column in _BENCHMARK_KEY): {
                "file": path.as_posix(),
                "line": reader.line_num,
                **{column: row[column] for column in ("scope", "source", "url")},
            }
            for row in reader
        }


_BENCHMARK_KEY = ("indicator", "org_type", "sector", "subset", "period", "producer")


def _claim(address: str, figure: Figure, published: Published) -> dict[str, object]:
    """Return the claim at ``address``: what is printed where, how it is read, and what the figure takes otherwise."""
    seen = published.observations[address]
    source = published.sources[seen.source_id]
    role = _role(seen, figure, published)
    printed = {name: getattr(seen, name) for name in ("indicator", "org_type", "sector", "subset")}
    return {
        "address": address,
        "role": role,
        "quote": " ".join(seen.quote.split()),
        **_place(seen, published.files),
        "value": _plain(seen.value),
        "qualifier": seen.qualifier,
        "unit": seen.unit,
        "period": seen.period,
        "taken_otherwise": [
            f"{name}: read as {read}, counted as {getattr(figure, name)}"
            for name, read in printed.items()
            if role != DEDUCTED and read != getattr(figure, name)
        ],
        "readings": list(seen.readings),
        "signals": list(seen.signals),
        "source": {name: _plain(value) for name, value in asdict(source).items() if name in _CARD and value},
    }


def _role(seen: Observation, figure: Figure, published: Published) -> str:
    """Return what a claim is to its figure; of an open scope's claims those with another number were deducted."""
    if seen.address in figure.unused:
        return "not used"
    first = published.observations[figure.used[0]]
    return DEDUCTED if figure.rule == "open_scope" and seen.value != first.value else "used"


_CARD = ("title", "publisher", "published", "not_before", "not_after", "language", "origin", "text_id")


def _place(seen: Observation, files: Mapping[str, Path]) -> dict[str, object]:
    """Return file and line of the printed number; a file that changed since the run is said to have done so."""
    path = files.get(seen.source_id)
    if path is None:
        return {"file": None, "line": None, "note": "the source is gone; start `briefings run`"}
    if text_of(path)[seen.start : seen.end] != seen.text:
        return {"file": path.as_posix(), "line": None, "note": "the source has changed; start `briefings run`"}
    return {"file": path.as_posix(), "line": line_of(path, seen.start)}


def _reasons(codes: Iterable[str]) -> list[dict[str, str]]:
    return [{"code": code, "meaning": _meaning(code)} for code in codes]


def _meaning(code: str) -> str:
    _, meaning = REASONS.get(code) or REASONS[code.split(":")[0]]
    return meaning


def _plain(value: object) -> object:
    """Return a value as JSON knows it; numbers stay exact where they are whole, and days are written in ISO."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _lines_of_row(row: Mapping[str, object]) -> Iterator[str]:
    name = f"{row['ref_area']}.{row['item']}"
    if "terms" not in row:
        yield f"{name}: missing"
    else:
        yield f"{name} {_shown(row)}"
        yield f"  {row['formula']}{_after(': ', row['assumption'])}{_listed('; flags: ', row['flags'])}"
        yield f"  {row['verdict']}{_listed(': ', [reason['meaning'] for reason in row['reasons']])}"


def _lines_of_item(item: Mapping[str, object]) -> Iterator[str]:
    yield str(item["item"])
    for pair in item["pairs"]:
        meanings = [reason["meaning"] for reason in pair["reasons"]]
        yield f"  {' and '.join(pair['areas'])}: {pair['verdict']}{_listed(': ', meanings)}"


def _lines_of_figure(figure: Mapping[str, object]) -> Iterator[str]:
    yield f"{figure['figure_id']} {_shown(figure)}"
    yield f"  {figure['status']}; rule: {figure['rule']}{_listed('; flags: ', figure['flags'])}"
    yield f"  counted by {', '.join(figure['origins'])}; texts: {figure['texts']}; ground: {figure['boundary']}"
    for check in figure["checks"]:
        yield f"  check {check['check']} {check['verdict']}: {check['found']}"


def _lines_of_claim(claim: Mapping[str, object]) -> Iterator[str]:
    role = "" if claim["role"] == "used" else f"{claim['role']}: "
    place = f"{claim['file']}:{claim['line']}" if claim["line"] else claim["note"]
    number = f"{claim['qualifier']} {claim['value']:,} {claim['unit']}"
    yield f"{role}{claim['address']} {number}{_after(', ', claim['period'])}"
    yield f"  {place}: {claim['quote']}"
    card = claim["source"]
    yield f"  {card['title']}; {card['publisher']}; {card.get('published', 'undated')}; counted by {card['origin']}"
    for told in ("taken_otherwise", "readings", "signals"):
        if claim[told]:
            yield f"  {told.replace('_', ' ')}: {', '.join(claim[told])}"


def _lines_of_benchmark(row: Mapping[str, object]) -> Iterator[str]:
    yield str(row["benchmark"])
    if "file" in row:
        yield f"  {row['file']}:{row['line']}: {row['scope']}{_after('; ', row['url'])}"


_LINES = {
    "benchmark": _lines_of_benchmark,
    "address": _lines_of_claim,
    "figure_id": _lines_of_figure,
    "areas": _lines_of_item,
    "item": _lines_of_row,
}


def _shown(record: Mapping[str, object]) -> str:
    """Return number, bounds, unit and time of a figure or row."""
    lower, upper = ("open" if record[side] is None else f"{record[side]:,}" for side in ("lower", "upper"))
    number = f"{lower} to {upper}" if record["value"] is None else f"{record['value']:,}"
    bounds = "" if record["value"] in (None, record["lower"]) else f" ({lower} to {upper})"
    time = f"{record['period_basis']}: {record['period_start'] or 'open'} to {record['period_end'] or 'open'}"
    return f"{record['qualifier']} {number}{bounds} {record['unit']}, {record['period']} ({time})"


def _after(sign: str, text: str | None) -> str:
    return f"{sign}{text}" if text else ""


def _listed(sign: str, texts: list[str]) -> str:
    return _after(sign, "; ".join(texts))
