"""A small copy of the project for tests of the workflow: the real Snakefile and modules, one area, tiny notebooks."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

from helpers.run.ledger import LEDGER
from helpers.tables import NAMES, schema

PROJECT = Path(__file__).parent.parent
AREA = "VN-25"
LANGUAGE = "id"
PAGES = ("quang-tri.en.html", "comparison.en.html")

CARD = """---
title: {title}
publisher: not named in the text
author: null
published: 2024-02-20
not_before: null
not_before_reason: null
not_after: null
not_after_reason: null
language: id
ref_area: VN-25
ref_area_evidence: named in the first sentence
origin: alliance of Quang Tri
form: notes
seed: null
---
- 341 koperasi
"""

# The notebooks stand for the real ones: they read and write the same files, and a title goes all the way through.
# One whose name or subject the variable FAIL gives has bad luck, which no input and no setting shows.
FAIL = """
import os
if os.environ.get("FAIL") in ({name!r}, globals().get("subject", {name!r})):
    raise RuntimeError("bad luck")
"""
CLEAN = (
    'area: str = "VN-25"',
    f"columns = { ({name: list(schema(name).columns) for name in NAMES})!r}",
    """
import csv
from dataclasses import asdict
from pathlib import Path
from helpers.read.sources import read_sources

sources = read_sources("../data/raw", area)
rows = [asdict(source) | {"text_id": source.source_id} for source in sources]
folder = Path("../.build/clean") / area
folder.mkdir(parents=True, exist_ok=True)
for name in ("sources", "numbers", "observations", "figures", "checks"):
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns[name], extrasaction="ignore", lineterminator="\\n")
        writer.writeheader()
        writer.writerows(rows if name == "sources" else [])
""",
)
COMPARE = (
    "areas: list[str] = ['VN-25']\nindicators: list[str] = []",
    f"columns = { ({name: list(schema(name).columns) for name in NAMES})!r}",
    """
import shutil
from pathlib import Path
from helpers.export.package import write_package
from helpers.export.sdmx import write_sdmx

folder = Path("../.build/processed")
folder.mkdir(parents=True, exist_ok=True)
for name in ("comparison", "verdicts", "series", "changes"):
    (folder / f"{name}.csv").write_text(",".join(columns[name]) + "\\n", encoding="utf-8")
for name in ("sources", "numbers", "observations", "figures", "checks"):
    shutil.copyfile(f"../.build/clean/{areas[0]}/{name}.csv", folder / f"{name}.csv")
write_sdmx([], folder)
write_package(folder)
""",
)
BRIEFING = (
    'subject: str = "quang-tri"\nlanguage: str = "en"\nlanguages: list[str] = ["en"]\nprocessed: str = ""',
    "",
    """
import csv
from IPython.display import display

with open(f"{processed}/sources.csv", encoding="utf-8") as file:
    titles = [row["title"] for row in csv.DictReader(file)]
head = {"language": language, "direction": "ltr", "title": subject, "description": subject}
html = f"<h1>{subject}</h1><p>{', '.join(titles)}</p>"
display({"application/vnd.cooperative-briefing+json": head, "text/html": html}, raw=True)
""",
)
NOTEBOOKS = {"1-clean": CLEAN, "2-compare": COMPARE, "3-briefing": BRIEFING}


@dataclass(frozen=True)
class SmallProject:
    """A project in a folder of its own, run by the real command."""

    root: Path

    def start(self, *words: str, **variables: str) -> subprocess.CompletedProcess:
        """Return what a command that uses the modules of this project's own copy answered."""
        environment = os.environ | self._variables | variables
        return subprocess.run(words, cwd=self.root, env=environment, capture_output=True, text=True, check=False)

    @property
    def _variables(self) -> dict[str, str]:
        return {"PYTHONPATH": f"{self.root / 'src'}{os.pathsep}{self.root / 'site'}"}

    def briefings(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
        return self.start(sys.executable, "-m", "helpers", *arguments, **variables)

    def begin(self, *arguments: str, **pipes: int) -> subprocess.Popen:
        """Start the command and return it at work."""
        command = [sys.executable, "-m", "helpers", *arguments]
        return subprocess.Popen(command, cwd=self.root, env=os.environ | self._variables, text=True, **pipes)

    def rules_to_run(self) -> set[str]:
        """Return the names of the rules that Snakemake would run, besides the one that publishes and always runs."""
        command = (sys.executable, "-m", "snakemake", "--dry-run", "--scheduler", "greedy", "--quiet", "rules", "host")
        answer = self.start(*command)
        assert answer.returncode == 0, answer.stderr
        return {rule for rule in ("clean", "compare", "briefing") if f"\n{rule} " in answer.stdout + answer.stderr}

    def published(self) -> dict[str, bytes]:
        """Return every published file with its content; the ledger and the evidence of failures tell of runs.

        What a killed run left beside its place is not published.
        """
        folders = [self.root / "data" / "processed", self.root / "reports"]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        files = [path for path in files if path != self.root / LEDGER and path.parent.name != "failed"]
        files = [path for path in files if not path.name.startswith(".")]
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in sorted(files)}

    def page(self) -> str:
        return (self.root / "reports" / PAGES[0]).read_text(encoding="utf-8")

    def source(self, source_id: str = "quang-tri-2024") -> Path:
        return self.root / "data" / "raw" / "sources" / f"{source_id}.md"

    def notebook(self, name: str) -> Path:
        return self.root / "notebooks" / f"{name}.ipynb"


def make_project(root: Path) -> SmallProject:
    """Return a small copy of the project in ``root``, as if freshly cloned."""
    project = SmallProject(root)
    ignored = shutil.ignore_patterns("__pycache__", "*.mo")
    shutil.copytree(PROJECT / "src" / "helpers", root / "src" / "helpers", ignore=ignored)
    for path in (root / "src" / "helpers" / "lexicons").glob("*.yaml"):
        if path.stem != LANGUAGE:
            path.unlink()
    for name in ("Snakefile", "requirements.lock"):
        shutil.copy(PROJECT / name, root)
    project.source().parent.mkdir(parents=True)
    for path in (PROJECT / "data" / "raw").glob("*.csv"):
        shutil.copy(path, root / "data" / "raw")
    project.source().write_text(CARD.format(title="First title"), encoding="utf-8")
    settings = {"areas": [AREA], "languages": ["en"], "indicators": ["organisations"]}
    (root / "config.yaml").write_text(json.dumps(settings), encoding="utf-8")
    (root / "notebooks").mkdir()
    for name, cells in NOTEBOOKS.items():
        write_notebook(project.notebook(name), *cells, FAIL.format(name=name))
    leave_jupyterlab_out(root)
    return project


def leave_jupyterlab_out(root: Path) -> None:
    """Make commands in ``root`` as quick as in a run's environment, which has no JupyterLab.

    It brings a library that every process then imports for a second.
    """
    (root / "site").mkdir()
    (root / "site" / "sitecustomize.py").write_text("import sys\n\nsys.modules['rfc3987_syntax'] = None\n")


def write_notebook(path: Path, parameters: str | None, *sources: str) -> Path:
    """Write a notebook with a `parameters` cell, unless that is None, and one cell for each source; return its path."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in sources]
    if parameters is not None:
        cells.insert(0, nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=kernel)), encoding="utf-8")
    return path
