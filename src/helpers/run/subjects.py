"""Cut the tables of all areas down to what the briefings about one of them rest on.

A briefing that is given these rows alone need not be made again when only those of other areas have changed. Works on
the text of the rows: what a column means is no matter here.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from helpers.compare.references import is_reference
from helpers.run.files import write_whole
from helpers.run.plan import PROCESSED, PROCESSED_TABLES, SUBJECTS

_AREAS = ("ref_area", "other_area")


def cut_tables(root: Path, subject: str, area: str) -> None:
    """Write the tables of `.build/processed` to the folder of ``subject``, with the rows that tell of ``area`` alone.

    Sources are kept, because every page leads to the briefings about the other areas. What a source says is kept where
    it is about the area, or a figure of the area rests on it; a table that names neither areas nor sources is kept.
    So is what is counted of the whole country, which stands beside every area. What is said of the area and another one
    is left out: it stands in the comparison alone.
    """
    tables = {name: (root / PROCESSED / f"{name}.csv").read_text(encoding="utf-8") for name in PROCESSED_TABLES}
    claims = [row["used"] + row["unused"] for row in _rows(tables["figures"]) if row["ref_area"] == area]
    sources = {
        row["source_id"]
        for row in _rows(tables["sources"])
        if row["ref_area"] == area or any(f"{row['source_id']}#" in addresses for addresses in claims)
    }
    for name, text in tables.items():
        kept = text if name == "sources" else _cut(text, area, sources)
        path = root / SUBJECTS / subject / f"{name}.csv"
        if not path.exists() or path.read_text(encoding="utf-8") != kept:
            write_whole(path, kept.encode())


def _cut(text: str, area: str, sources: set[str]) -> str:
    reader = _rows(text)
    columns = [column for column in reader.fieldnames or () if column in _AREAS]
    if columns:
        rows: Iterable[dict[str, str]] = (row for row in reader if _tells_of(area, {row[name] for name in columns}))
    elif "source_id" in (reader.fieldnames or ()):
        rows = (row for row in reader if row["source_id"] in sources)
    else:
        return text
    kept = io.StringIO(newline="")
    writer = csv.DictWriter(kept, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return kept.getvalue()


def _tells_of(area: str, named: set[str]) -> bool:
    return all(name == area or is_reference(name) for name in named)


def _rows(text: str) -> csv.DictReader:
    return csv.DictReader(io.StringIO(text, newline=""))
