"""Describe the tables and their export as a Frictionless Data Package, version 2.

Types, codes, units and keys come from the schemas of the tables; hashes and sources from the files that are there.
"""

import hashlib
import json
from pathlib import Path

import pandera.pandas as pa

from helpers.export import sdmx
from helpers.records import Source
from helpers.tables import NAMES, read_records, schema

FILE = "datapackage.json"

# What a row of one table refers to in another: columns here, table there, columns there.
_LINKS = {
    "numbers": [(("source_id",), "sources", ("source_id",))],
    "observations": [(("source_id", "start"), "numbers", ("source_id", "start"))],
    "verdicts": [
        (("item", "ref_area"), "comparison", ("item", "ref_area")),
        (("item", "other_area"), "comparison", ("item", "ref_area")),
    ],
}


def describe_package(folder: Path | str) -> dict:
    """Return the descriptor of the tables in ``folder`` and of their export, where that stands there too.

    Besides what version 2 of the specification has, fields say their unit: ``unit``, or the column that holds it,
    ``unitField``.
    """
    export = Path(folder) / sdmx.FILE
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "cooperative-figures",
        "title": "Figures on cooperatives of Vietnamese provinces, traced to the words they were read from",
        "description": "README.md beside this file tells what each table and column means.",
        "licenses": [{"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"}],
        "sources": [_describe_source(source) for source in read_records("sources", folder)],
        "resources": [
            *(_describe_table(name, Path(folder) / f"{name}.csv") for name in NAMES),
            *([_describe_export(export)] if export.exists() else []),
        ],
    }


def write_package(folder: Path | str) -> Path:
    """Write ``folder/datapackage.json`` for what stands there and return its path."""
    path = Path(folder) / FILE
    text = json.dumps(describe_package(folder), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
    return path


def _describe_table(name: str, path: Path) -> dict:
    table = schema(name)
    links = [
        {"fields": list(columns), "reference": {"resource": other, "fields": list(others)}}
        for columns, other, others in _LINKS.get(name, ())
    ]
    return {
        "name": name,
        "type": "table",
        **_describe_file(path, "text/csv"),
        "schema": {
            "fields": [_describe_field(column, properties) for column, properties in table.columns.items()],
            "primaryKey": list(table.unique),
            **({"foreignKeys": links} if links else {}),
            "missingValues": [""],
        },
    }


def _describe_field(name: str, column: pa.Column) -> dict:
    told = {key: value for key, value in column.metadata.items() if key != "enum"}
    enum = {"enum": column.metadata["enum"]} if "enum" in column.metadata else {}
    constraints = {"required": not column.nullable, **enum}
    return {"name": name, **told, "description": column.description, "constraints": constraints}


def _describe_export(path: Path) -> dict:
    return {
        "name": path.stem,
        "description": "The areas of the comparison as SDMX-CSV 2.0, as far as an observation has a time.",
        **_describe_file(path, "application/vnd.sdmx.data+csv;version=2.0.0"),
    }


def _describe_file(path: Path, mediatype: str) -> dict:
    content = path.read_bytes()
    return {
        "path": path.name,
        "format": "csv",
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }


def _describe_source(source: Source) -> dict:
    dated = {"version": source.published.isoformat()} if source.published else {}
    return {"title": f"{source.source_id}: {source.title}. {source.publisher}", **dated}
