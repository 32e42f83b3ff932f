"""The tables of ``data/processed``: the only way in and out of that folder.

A table is a list of records, a data frame or a CSV file; this module turns one into the other and refuses what
does not fit its schema. Numbers are ``Decimal`` in all three, so that 9.45 billion stays what was printed.
"""

import csv
import types
import typing
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from helpers.records import SEPARATOR, split_cell
from helpers.schemas import SCHEMAS


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
    return _checked(name, _frame(name, records).sort_values(list(SCHEMAS[name].key), ignore_index=True))


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
    return _checked(name, _frame(name, read_records(name, folder)))


def find_problems(folder: Path | str) -> list[str]:
    """Return what is wrong with the tables in ``folder``; one that is not there is not missed."""
    problems = []
    for name in NAMES:
        try:
            read_table(name, folder)
        except TableError as error:
            problems.append(str(error))
        except FileNotFoundError:
            continue
    return problems


def read_records(name: str, folder: Path | str) -> list:
    """Return the records in ``folder/name.csv``; sources come back without their texts.

    Types are checked, codes and keys are not: a table is checked whole where it is written and before it is published,
    and every page reads all of them. Raises TableError when columns or types do not fit; FileNotFoundError.
    """
    path = Path(folder) / f"{name}.csv"
    record, columns = SCHEMAS[name].record, list(SCHEMAS[name].columns)
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = [*csv.reader(file)] or [[]]
    if header != columns:
        raise TableError(f"{path}: columns are {header}, should be {columns}; run `briefings run`")
    if uneven := [number for number, row in enumerate(rows, start=1) if len(row) != len(columns)]:
        raise TableError(f"{path}: row {uneven[0]} has not {len(columns)} cells; run `briefings run`")
    hints = typing.get_type_hints(record)
    values = []
    for place, column in enumerate(columns):
        parse = _parser(hints[column])
        try:
            values.append([parse(row[place]) for row in rows])
        except ValueError as error:
            raise TableError(f"{path}: column {column}: {error}; run `briefings run`") from error
    return [record(**dict(zip(columns, row, strict=True))) for row in zip(*values, strict=True)]


def _frame(name: str, records: Iterable) -> pd.DataFrame:
    columns = list(SCHEMAS[name].columns)
    rows = [[_cell(getattr(record, column)) for column in columns] for record in records]
    return pd.DataFrame(rows, columns=columns, dtype=object)


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


def _parser(hint: type) -> Callable[[str], object]:
    """Return what reads a CSV cell under a field's annotation; an empty cell is None, or no parts."""
    plain = _plain(hint)
    if plain is tuple:
        return split_cell
    parse = {str: str, int: int, Decimal: Decimal, date: date.fromisoformat}[plain]

    def read(printed: str) -> object:
        try:
            return parse(printed) if printed else None
        except (ArithmeticError, ValueError) as error:
            raise ValueError(f"{printed!r} is no {plain.__name__}") from error

    return read
