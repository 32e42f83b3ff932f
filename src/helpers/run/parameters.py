"""Check the parameters of a notebook before a kernel starts, against the notebook's own `parameters` cell.

The cell is read as text, never run. Understands annotations made of str, int, float, bool, None, list, dict and ``|``;
papermill's own reading of the cell only warns of an unknown name and reads 007 as 7.
"""

import ast
import io
import json
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

from helpers.read.files import InputError, nearest


class ParameterError(InputError):
    """Parameters that the notebook does not take; each problem names notebook, parameter and mend."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One name of a `parameters` cell, as written there.

    ``annotation`` is its type, or that of its default, or None. It has to be given where ``default`` is None.
    """

    name: str
    annotation: str | None
    default: str | None
    comment: str = ""

    @property
    def required(self) -> bool:
        """Whether the notebook cannot run without it."""
        return self.default is None

    def __str__(self) -> str:
        annotation = f": {self.annotation}" if self.annotation else ""
        return f"{self.name}{annotation}{'' if self.required else f' = {self.default}'}"


def find_notebook(name: str, root: Path) -> Path:
    """Return the notebook that ``name`` is the path of, or the short name in ``root/notebooks``, like 3-briefing.

    Raises InputError for another name.
    """
    known = {path.stem: path for path in sorted((root / "notebooks").glob("*.ipynb"))}
    if Path(name).is_file():
        return Path(name)
    if name not in known:
        listed = f"; there are {', '.join(known)}"
        raise InputError(f"there is no notebook {name!r}{nearest(name, known) or listed}")
    return known[name]


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """Return the parameters that ``notebook`` takes, by name, in the order of its `parameters` cell.

    A notebook without such a cell takes none. Raises ParameterError when the cell is no Python, and for a file that is
    no notebook.
    """
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
    except (ValueError, KeyError, TypeError) as error:
        raise ParameterError(f"{notebook.name}: is no notebook; name a file that JupyterLab can open") from error
    try:
        return {parameter.name: parameter for source in sources for parameter in parse_parameters(source)}
    except SyntaxError as error:
        raise ParameterError(f"{notebook.name}: its parameters cell is no Python: {error}") from error


def describe_parameters(notebook: Path) -> Iterator[str]:
    """Yield the lines that tell which parameters ``notebook`` takes, in the words of its `parameters` cell."""
    declared = read_parameters(notebook)
    yield f"Parameters of {notebook.name}:" if declared else f"{notebook.name} takes no parameters."
    for parameter in declared.values():
        yield f"  {parameter}{'  (has to be given)' if parameter.required else ''}"
        if parameter.comment:
            yield f"      {parameter.comment}"


def parse_parameters(source: str) -> list[Parameter]:
    """Return what the source of a `parameters` cell declares, each with the comment behind it or on the lines above.

    >>> parse_parameters('area: str = "VN-25"  # ISO 3166-2')
    [Parameter(name='area', annotation='str', default="'VN-25'", comment='ISO 3166-2')]
    >>> parse_parameters('# how many\\nlimit = 3')
    [Parameter(name='limit', annotation='int', default='3', comment='how many')]

    A name without a value has to be given; the type of a default that is no literal is not known.

    >>> [str(parameter) for parameter in parse_parameters('area: str\\nraw = Path("../data/raw")')]
    ['area: str', "raw = Path('../data/raw')"]
    """
    lines = source.splitlines()
    comments = _comments(source)
    parameters = []
    for node in ast.parse(source).body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=value):
                kind = ast.unparse(annotation)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                kind = _type_of(value)
            case _:
                continue
        above = takewhile(lambda line: lines[line - 1].lstrip().startswith("#"), range(node.lineno - 1, 0, -1))
        comment = comments.get(node.end_lineno) or " ".join(comments[line] for line in reversed(list(above)))
        parameters.append(Parameter(name, kind, None if value is None else ast.unparse(value), comment))
    return parameters


def _comments(source: str) -> dict[int, str]:
    """Return the comments of ``source`` by line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def check_parameters(notebook: Path, given: Mapping[str, object]) -> None:
    """Raise ParameterError unless ``notebook`` takes the parameters in ``given`` and needs no others."""
    declared = read_parameters(notebook)
    problems = [_unknown(name, declared) for name in given if name not in declared]
    for name, parameter in declared.items():
        if name not in given:
            if parameter.required:
                problems.append(f"parameter {name!r} is missing; give it with -p {name}=...")
        elif parameter.annotation is not None and not fits(given[name], parameter.annotation):
            problems.append(f"parameter {name!r} should be {parameter.annotation}, is {given[name]!r}")
    if problems:
        raise ParameterError(*(f"{notebook.name}: {problem}" for problem in problems))


def parse_texts(notebook: Path, texts: Iterable[str]) -> dict[str, object]:
    """Return the values that texts like ``area=VN-25`` mean for ``notebook``.

    What may be text stays text, so that 007 remains a code; everything else is read as JSON. Checked like any
    other parameters; raises ParameterError.
    """
    declared = read_parameters(notebook)
    values: dict[str, object] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise ParameterError(f"{notebook.name}: {text!r} is no parameter; write name=value")
        if name in values:
            raise ParameterError(f"{notebook.name}: parameter {name!r} is given twice; give it once")
        values[name] = parse_text(value, declared[name].annotation if name in declared else None)
    check_parameters(notebook, values)
    return values


def parse_text(text: str, annotation: str | None) -> object:
    """Return what ``text`` means where ``annotation`` is expected; text that means nothing there comes back as it is.

    >>> parse_text("007", "str"), parse_text("007", "str | None"), parse_text("7", "int")
    ('007', '007', 7)
    >>> parse_text('["VN-25", "VN-36"]', "list[str]")
    ['VN-25', 'VN-36']
    >>> parse_text("007", "int")
    '007'
    """
    if annotation is None or fits(text, annotation):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def fits(value: object, annotation: str) -> bool:
    """Return whether ``value`` is of the type that ``annotation`` writes.

    >>> fits(3, "float"), fits(None, "str | None"), fits({"a": [1]}, "dict[str, list[int]]")
    (True, True, True)

    A number is no text, a truth value is no number, and an annotation that is not understood takes nothing.

    >>> fits(7, "str"), fits(True, "int"), fits("a", "Path")
    (False, False, False)
    """
    return _fits(value, ast.parse(annotation, mode="eval").body)


def _fits(value: object, annotation: ast.expr) -> bool:
    match annotation:
        case ast.Constant(value=None):
            return value is None
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return _fits(value, left) or _fits(value, right)
        case ast.Name(id=name) if name in _PLAIN:
            return type(value) in _PLAIN[name]
        case ast.Subscript(value=ast.Name(id="list"), slice=item):
            return isinstance(value, list) and all(_fits(part, item) for part in value)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[key, item])):
            return isinstance(value, dict) and all(_fits(k, key) and _fits(v, item) for k, v in value.items())
    return False


_PLAIN = {"str": (str,), "int": (int,), "float": (float, int), "bool": (bool,), "list": (list,), "dict": (dict,)}


def _type_of(default: ast.expr) -> str | None:
    try:
        name = type(ast.literal_eval(default)).__name__
    except ValueError:
        return None
    return name if name in _PLAIN else None


def _unknown(name: str, declared: Mapping[str, Parameter]) -> str:
    if not declared:
        return f"takes no parameter {name!r}; it has no cell tagged 'parameters'"
    return f"takes no parameter {name!r}" + (nearest(name, declared) or f"; it takes {', '.join(declared)}")
