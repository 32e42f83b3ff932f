"""What schedulers are given is what they understand, and what the documents tell people to type is what there is."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from helpers.cli import app

ROOT = Path(__file__).parent.parent
UNITS = ("briefings.service", "briefings.timer")
COMMANDS = typer.main.get_command(app).commands


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_systemd_takes_the_service_and_the_timer(tmp_path):
    """systemd looks whether the programs that a unit starts are there, so the units are moved to a project that is."""
    program = tmp_path / ".venv" / "bin" / "briefings"
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    for name in UNITS:
        unit = (ROOT / "deploy" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(unit.replace("/srv/cooperative-briefings", str(tmp_path)), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in UNITS)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_the_github_workflow_renders_and_keeps_the_briefings_whatever_happens():
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "briefings.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["briefings"]["steps"]
    targets = re.findall(r"^(\w[\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [words[1] for step in steps if (words := step.get("run", "").split())[:1] == ["make"]] == ["briefings"]
    assert "briefings" in targets
    assert "reports/" in steps[-1]["with"]["path"].split()
    assert steps[-1]["if"] == "always()"
    assert workflow["permissions"] == {"contents": "read"}


def commands_in(path):
    """Return the uses of the command in the code of a document, or in a unit, each as its words."""
    text = path.read_text(encoding="utf-8")
    fences, inline = re.findall(r"^```.*?\n(.*?)^```", text, re.M | re.S), re.findall(r"`(briefings [^`\n]+)`", text)
    code = "\n".join([*fences, *inline]) if path.suffix == ".md" else text
    uses = re.findall(r"(?:^|/|&& |\")briefings ([a-z]+[^\n|&>;\"]*)", code, re.M)
    return [shlex.split(use, comments=True) for use in uses]


@pytest.mark.parametrize("name", ["README.md", "docs/scheduled-runs.md", "deploy/briefings.service"])
def test_documents_name_verbs_and_options_that_there_are(name):
    uses = commands_in(ROOT / name)
    assert uses
    for verb, *words in uses:
        options = {option for parameter in COMMANDS[verb].params for option in parameter.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= options, verb
