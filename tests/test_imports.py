"""Imports run one way: a module of the package imports only from what stands above it in this list."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src/helpers"

ORDER = [
    "records",
    "schemas",
    "tables",
    "read",
    "reconcile",
    "compare",
    "export",
    "brief",
    "run",
    "desk",
    "cli",
    "__main__",
]


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py")


def stage(module: str) -> int:
    return ORDER.index(module.split(".")[1])


def dotted(path: Path) -> str:
    return ".".join(("helpers", *path.relative_to(PACKAGE).with_suffix("").parts))


def imported(path: Path) -> list[str]:
    """Return the package's own modules that ``path`` imports at any depth of its code."""
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            known = [f"{node.module}.{alias.name}" for alias in node.names]
            names += [name if _exists(name) else node.module for name in known]
    return [name for name in names if name.startswith("helpers.")]


def _exists(module: str) -> bool:
    path = PACKAGE.parent.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or path.is_dir()


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_module_imports_only_from_above(path):
    own = stage(dotted(path))
    assert [name for name in imported(path) if stage(name) > own] == []


def test_no_two_modules_import_each_other():
    graph = {dotted(path): set(imported(path)) for path in modules()}
    settled: set[str] = set()
    while ready := {module for module, needs in graph.items() if needs & set(graph) <= settled} - settled:
        settled |= ready
    assert sorted(set(graph) - settled) == []


LATE = ("helpers.__main__", "helpers.cli", "helpers.run.workflow", "helpers.run.jobs")


@pytest.mark.parametrize("path", [path for path in modules() if dotted(path) not in LATE], ids=dotted)
def test_imports_stand_at_the_top(path):
    """Only what has to answer at once, or to begin other processes first, loads heavy libraries late."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    assert [ast.unparse(node) for node in imports if node not in tree.body] == []
