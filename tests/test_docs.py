"""What the documentation names exists: commands, options, make targets, files, tables and their columns."""

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
import typer

from helpers.cli import app
from helpers.tables import NAMES, schema

ROOT = Path(__file__).parents[1]
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "data").rglob("README.md")),
]
VERBS = typer.main.get_command(app).commands
STEPS = {"notebook", "render", "publish"}  # which the workflow calls
COLUMNS = {f"{name}.{column}" for name in NAMES for column in schema(name).columns}

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def code(page):
    """Return what stands in code spans and in blocks of shell."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line.partition("#")[0] for block in blocks for line in block.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE))


@each_page
def test_every_command_named_is_one_and_takes_the_options_shown(page):
    for words in (shlex.split(span, posix=False) for span in code(page) if span.startswith("briefings")):
        if words[:1] != ["briefings"] or len(words) == 1:
            continue
        assert words[1] in VERBS
        options = {
            option for parameter in VERBS[words[1]].params for option in (*parameter.opts, *parameter.secondary_opts)
        }
        assert [word for word in words[2:] if word.startswith("-") and word.partition("=")[0] not in options] == []


@each_page
def test_every_make_target_named_is_one(page):
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {span.split()[1] for span in code(page) if re.match(r"make [a-z-]+$", span.strip())}
    assert named <= targets


@each_page
def test_every_column_named_is_one(page):
    tables = "|".join(NAMES)
    named = {span for span in code(page) if re.fullmatch(rf"(?:{tables})\.[a-z_]+", span)}
    files = {f"{name}.{kind}" for name in NAMES for kind in ("csv", "md")}
    assert named - files <= COLUMNS


@each_page
def test_every_file_named_is_there(page):
    folders = r"(?:data|docs|notebooks|src|tests|benchmarks|\.ci)/"
    named = {span for span in code(page) if re.fullmatch(rf"{folders}[\w./-]+", span)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_command_is_told_of():
    told = {
        words[1] for page in PAGES for words in map(str.split, code(page)) if words[:1] == ["briefings"] and words[1:]
    }
    assert set(VERBS) - told <= STEPS


def test_page_of_figures_is_what_the_tables_give():
    specification = importlib.util.spec_from_file_location("figures_page", ROOT / "docs" / "figures.py")
    script = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(script)
    page = script.write_page(ROOT / "data" / "processed", ROOT / "data" / "raw")
    assert script.PAGE.read_text(encoding="utf-8") == page, "start `make docs`"
