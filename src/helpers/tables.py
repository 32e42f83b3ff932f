"""The tables of ``data/processed``: the only way in and out of that folder.

A table is a list of records, a data frame or a CSV file; this module turns one into the other and refuses what
does not fit its schema. Numbers are ``Decimal`` in all three, so that 9.45 billion stays what was printed.
"""

import csv
import types
import typing
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from helpers.schemas import SCHEMAS, SEPARATOR, split


class TableError(ValueError):
    """A table does not fit its schema; the message names table, column, value and rows."""


NAMES = tuple(SCHEMAS)


def schema(name: str) -> pa.DataFrameSchema:
    """Return the schema of the table called ``name``: its columns in order, types, codes and descriptions."""
    table = SCHEMAS[name]
    return pa.DataFrameSchema(table.columns, name=name, unique=list(table.key), strict=True, ordered=True)


def to_table(name: str, records: Iterable) -> pd.DataFrame:
    """Return ``records`` as the table called ``name``, sorted by its key and checked.

    Sorting makes the file independent of the order in which sources were read.
    """
    columns = list(SCHEMAS[name].columns)
    rows = [{column: _cell(getattr(record, column)) for column in columns} for record in records]
    table = pd.DataFrame(rows, columns=columns, dtype=object)
    return _checked(name, table.sort_values(list(SCHEMAS[name].key), ignore_index=True))


def to_records(name: str, table: pd.DataFrame) -> list:
    """Return the rows of ``table`` as records, in the table's order."""
    record, columns = SCHEMAS[name].record, list(SCHEMAS[name].columns)
    hints = typing.get_type_hints(record)
    return [
        record(**{column: _value(cell, hints[column]) for column, cell in zip(columns, row, strict=True)})
        for row in table[columns].itertuples(index=False, name=None)
    ]


def write_table(name: str, records: Iterable, folder: Path | str) -> pd.DataFrame:
    """Write ``records`` to ``folder/name.csv`` and return the table that was written."""
    table = to_table(name, records)
    printed = table.map(lambda cell: format(cell, "f") if isinstance(cell, Decimal) else cell)
    path = Path(folder) / f"{name}.csv"
    path.parent.mkdir(parents=True, exist_ok=True)
    printed.to_csv(path, index=False, lineterminator="\n", encoding="utf-8", quoting=csv.QUOTE_MINIMAL)
    return table


def read_table(name: str, folder: Path | str) -> pd.DataFrame:
    """Return the table in ``folder/name.csv``, checked against its schema.

    Raises TableError when columns or values do not fit; FileNotFoundError when there is no such file.
    """
    columns = list(SCHEMAS[name].columns)
    path = Path(folder) / f"{name}.csv"
    printed = pd.read_csv(path, dtype=object, keep_default_na=False, encoding="utf-8")
    if list(printed.columns) != columns:
        raise TableError(f"{path}: columns are {list(printed.columns)}, should be {columns}; run `briefings run`")
    hints = typing.get_type_hints(SCHEMAS[name].record)
    try:
        for column in columns:
            printed[column] = pd.Series([_parse(cell, hints[column]) for cell in printed[column]], dtype=object)
    except (ArithmeticError, ValueError) as error:
        raise TableError(f"{path}: column {column}: {error}; run `briefings run`") from error
    return _checked(name, printed)


def read_records(name: str, folder: Path | str) -> list:
    """Return the records in ``folder/name.csv``; sources come back without their texts."""
    return to_records(name, read_table(name, folder))


def _checked(name: str, table: pd.DataFrame) -> pd.DataFrame:
    try:
        return schema(name).validate(table, lazy=True)
    except SchemaErrors as errors:
        first = errors.failure_cases.iloc[0]
        raise TableError(
            f"table {name}, column {first['column']}: {first['failure_case']!r} fails {first['check']}"
            f" ({len(errors.failure_cases)} such rows or columns)"
        ) from errors


def _plain(hint: type) -> type:
    """Return the one type that a field of this annotation holds besides None."""
    if isinstance(hint, types.UnionType):
        return next(part for part in typing.get_args(hint) if part is not type(None))
    return typing.get_origin(hint) or hint


def _cell(value: object) -> object:
    """Return a record's value as the table holds it: lists joined, an empty list as nothing."""
    if isinstance(value, tuple):
        return SEPARATOR.join(value) or None
    return value


def _parse(printed: str, hint: type) -> object:
    """Return what a CSV cell means under a field's annotation."""
    if printed == "":
        return None
    parsers = {str: str, int: int, Decimal: Decimal, date: date.fromisoformat, tuple: str}
    return parsers[_plain(hint)](printed)


def _value(cell: object, hint: type) -> object:
    """Return what a table's cell means in a record."""
    if _plain(hint) is tuple:
        return split(cell)
    if not isinstance(cell, (str, Decimal, date)) and pd.isna(cell):
        return None
    return int(cell) if _plain(hint) is int else cell
