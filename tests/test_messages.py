"""What people are told when something is wrong, word for word: `golden/messages.txt` is read like a page.

A block there is what was done to a small project, the command, its exit code and its message. Whoever changes a message
changes the block, and reads it as the person who gets it: what happened, where, what to do.
"""

import re
import shlex
from pathlib import Path

import pytest
from small_project import make_project

from helpers import cli

BLOCK = re.compile(r"^# (?P<done>.+)\n\$ briefings (?P<words>.*)\n(?P<told>(?:.+\n)+)(?P<code>\d)$", re.MULTILINE)
BLOCKS = list(BLOCK.finditer((Path(__file__).parent / "golden" / "messages.txt").read_text(encoding="utf-8")))

SOURCE = "data/raw/sources/quang-tri-2024.md"
EDITS = {
    "an untouched project": None,
    "a card without its language": (SOURCE, "language: id\n", ""),
    "a card in a language that cannot be read": (SOURCE, "language: id", "language: fr"),
    "a card with a day that is none": (SOURCE, "published: 2024-02-20", "published: 2024-02-30"),
    "a card about an unknown area": (SOURCE, "ref_area: VN-25", "ref_area: VN-QT"),
    "a colon in a title": (SOURCE, "title: ", "title: Workshop: "),
    "no card at all": (SOURCE, "---\ntitle", "title"),
    "a misspelt setting": ("config.yaml", '"areas"', '"area"'),
    "a language without a catalogue": ("config.yaml", '["en"]', '["en", "fr"]'),
    "a bracket too few in the configuration": ("config.yaml", '["en"]', '["en"'),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return make_project(tmp_path_factory.mktemp("project"))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"{block['done']}: {block['words']}")
def test_what_is_told_is_what_the_page_of_messages_says(block, project, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    monkeypatch.setattr("sys.argv", ["briefings", *shlex.split(block["words"])])
    undo = _edit(project.root, EDITS[block["done"]])
    try:
        with pytest.raises(SystemExit) as stopped:
            cli.main()
    finally:
        undo()
    assert capsys.readouterr().err == block["told"]
    assert stopped.value.code == int(block["code"])


def test_the_page_of_messages_shows_every_way_of_going_wrong():
    assert {block["done"] for block in BLOCKS} == set(EDITS)


def _edit(root, edit):
    if edit is None:
        return lambda: None
    name, old, new = edit
    path, before = root / name, (root / name).read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return lambda: path.write_text(before, encoding="utf-8")
