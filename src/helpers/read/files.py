"""Read the files that people write in ``data/raw``: strictly, and with all that is wrong told at once.

Nothing is guessed at and nothing dropped: a cell that does not fit is a problem with its place and its mend.
Knows nothing of what the files mean.
"""

import csv
import difflib
import io
from collections.abc import Collection, Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path

from helpers.records import SEPARATOR


class InputError(ValueError):
    """Something in ``data/raw`` is wrong; each argument is one problem: place, what is wrong, what to do.

    >>> str(InputError("a.csv:2: no code; write one", "a.csv:3: no name; write one"))
    'a.csv:2: no code; write one\\na.csv:3: no name; write one'
    """

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.args)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of an error message that offers the known name most like ``name``, or nothing.

    Case is ignored. The candidates are sorted, so that the offer does not depend on their order.

    >>> nearest("languge", ["title", "language"])
    "; did you mean 'language'?"
    >>> nearest("zzz", ["title", "language"])
    ''
    """
    folded = {candidate.casefold(): candidate for candidate in sorted(known, reverse=True)}
    matches = difflib.get_close_matches(name.casefold(), sorted(folded), n=1)
    return f"; did you mean {folded[matches[0]]!r}?" if matches else ""


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file as it lies on disk, line ends and all, without a byte order mark.

    Raises InputError when there is no such file or when it is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise InputError(f"{path}: is not UTF-8 (byte 0x{byte:02x} at {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); put the file there") from error


class Row:
    """One line of a CSV file; a cell that cannot be read as asked is added to ``problems`` and comes back as None."""

    def __init__(self, path: Path, line: int, cells: dict[str, str], problems: list[str]):
        self.path = path
        self.line = line
        self.cells = cells
        self.problems = problems

    def reject(self, column: str, wrong: str) -> None:
        """Note that ``column`` of this row is wrong; ``wrong`` says how and what to do."""
        self.problems.append(f"{self.path}:{self.line}: column {column!r}: {wrong}")

    def text(self, column: str, *, among: Collection[str] | None = None, optional: bool = False) -> str | None:
        """Return the cell's text, one of ``among`` where that is given; None for an empty cell."""
        cell = self.cells[column]
        if not cell:
            if not optional:
                self.reject(column, "is empty; fill it in")
            return None
        if among is not None and cell not in among:
            self.reject(column, f"{cell!r} is not known{nearest(cell, among) or f'; write one of {sorted(among)}'}")
            return None
        return cell

    def number(self, column: str, *, optional: bool = False) -> Decimal | None:
        """Return the cell as a number, written in plain digits with a point for decimals."""
        cell = self.text(column, optional=optional)
        if cell is None:
            return None
        try:
            number = Decimal(cell)
        except InvalidOperation:
            number = None
        if number is None or not number.is_finite() or "_" in cell:
            self.reject(column, f"{cell!r} is no number; write plain digits without separators, like 1234.5")
            return None
        return number

    def names(self, column: str) -> tuple[str, ...]:
        """Return the spellings that the cell lists, in its order."""
        return tuple(name for name in self.cells[column].split(SEPARATOR) if name)


def read_rows(path: Path, columns: tuple[str, ...], problems: list[str]) -> list[Row]:
    """Return the rows of the CSV file at ``path``, whose header must be ``columns``.

    What is found wrong in a row while it is read joins ``problems``. Raises InputError when the file, its header or the
    number of cells in a line is wrong, because its cells then cannot be told apart.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        header, *lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells] or [(1, [])]
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: is no CSV ({error}); check the quotation marks") from error
    found = header[1]
    wrong = [f"column {name!r} is missing; add it" for name in columns if name not in found]
    wrong += [f"column {name!r} is not known{nearest(name, columns)}" for name in found if name not in columns]
    if not wrong and tuple(found) != columns:
        wrong = [f"columns stand as {found}; write them once each, as {list(columns)}"]
    if wrong:
        raise InputError(*(f"{path}:1: {problem}" for problem in wrong))
    uneven = [
        f"{path}:{line}: has {len(cells)} cells instead of {len(columns)}; quote a cell that contains a comma"
        for line, cells in lines
        if len(cells) != len(columns)
    ]
    if uneven:
        raise InputError(*uneven)
    return [Row(path, line, dict(zip(columns, cells, strict=True)), problems) for line, cells in lines]


def find_repeated(rows: Iterable[Row], columns: tuple[str, ...]) -> list[str]:
    """Return a problem for every row that repeats the key made of ``columns`` of an earlier one; case is ignored."""
    first: dict[tuple[str, ...], int] = {}
    problems = []
    for row in rows:
        key = tuple(row.cells[column].casefold() for column in columns)
        line = first.setdefault(key, row.line)
        if line != row.line:
            shown = ", ".join(row.cells[column] for column in columns)
            problems.append(f"{row.path}:{row.line}: {shown} stands already in line {line}; keep one of the two")
    return problems
