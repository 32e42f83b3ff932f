"""What schedulers are given is what they understand; what the documents tell people to type is held by test_docs."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
UNITS = ("briefings.service", "briefings.timer")


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
