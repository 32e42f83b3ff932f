"""Measure a whole run beside plain papermill and nbconvert commands for the same notebooks, for README.md.

Run by `make bench`, for some minutes. Everything happens in copies of the project in a temporary folder. Times are
seconds on the clock, so the machine should have nothing else to do.
"""

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
import yaml

from helpers.run.plan import NOTEBOOKS, Plan, load_plan

HERE = Path(__file__).parent
ROOT = HERE.parent
MADE = shutil.ignore_patterns(".git", ".venv*", ".build", ".snakemake", "*.html", "__pycache__", "ledger.jsonl")
EDITED = "data/raw/sources/quang-tri-undated-id.md"
SENTENCE = "\n- 12 koperasi dibubarkan.\n"  # a new number: twelve cooperatives were dissolved
MARKS = ("<!-- run -->\n", "<!-- end of run -->")


@contextmanager
def copy_project(languages: Sequence[str] = ()) -> Iterator[Path]:
    """Yield a copy of the project in which nothing is rendered, with these languages where some are given."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(ROOT, root, ignore=MADE)
        if languages:
            settings = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
            (root / "config.yaml").write_text(json.dumps(settings | {"languages": list(languages)}), encoding="utf-8")
        yield root


def start(root: Path, *words: str, **settings: object) -> subprocess.Popen:
    """Start a command of this environment in ``root``, on the modules of that copy."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    variables = {"PATH": path, "PYTHONPATH": str(root / "src"), "MPLBACKEND": "agg", "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.Popen(words, cwd=root, env=os.environ | variables, text=True, **settings)  # noqa: S603 (our own words)


def clock(root: Path, *words: str) -> float:
    """Return the seconds that a command takes; raises when it fails."""
    started = time.monotonic()
    with start(root, *words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as command:
        _, told = command.communicate()
    if command.returncode:
        raise RuntimeError(f"{shlex.join(words)}: {told}")
    return time.monotonic() - started


def clock_parts(root: Path) -> dict[str, float]:
    """Return the seconds after which each part of a full run has ended, by what it tells as it goes."""
    started, parts = time.monotonic(), {}
    with start(root, "briefings", "run", stdout=subprocess.PIPE) as run:
        for line in run.stdout:
            for name in ("1-clean", "2-compare", "3-briefing"):
                if name in line:
                    parts[name] = time.monotonic() - started
            if line.startswith("1 of "):
                parts["first notebook"] = time.monotonic() - started
    parts["end"] = time.monotonic() - started
    return parts


def peak_memory(root: Path) -> float:
    """Return the most megabytes that a full run holds at once; what processes share counts once."""
    peak = 0
    with start(root, "briefings", "run", stdout=subprocess.DEVNULL) as run:
        while run.poll() is None:
            peak = max(
                peak, sum(map(memory_of, [psutil.Process(run.pid), *psutil.Process(run.pid).children(recursive=True)]))
            )
            threading.Event().wait(0.2)
    return peak / 1e6


def memory_of(process: psutil.Process) -> int:
    """Return the bytes of a process, of shared ones its part; none of one that has ended."""
    try:
        return process.memory_full_info().pss
    except psutil.Error:
        return 0


def plain_commands(plan: Plan) -> list[list[list[str]]]:
    """Return the stages of a run as plain commands: of each notebook papermill's, of a page nbconvert's behind it."""
    stages = []
    for steps in plan.all_steps.values():
        commands = []
        for step in steps:
            executed = f"../.build/plain/{step.name}.ipynb"
            parameters = yaml.safe_dump(step.parameters | ({"processed": "../.build/processed"} if step.page else {}))
            words = ["papermill", f"{NOTEBOOKS[step.stage]}.ipynb", executed, "-y", parameters]
            line = f"cd notebooks && {shlex.join(words)}"
            if step.page:
                template = (
                    "--template",
                    "briefing",
                    "--TemplateExporter.extra_template_basedirs=../src/helpers/templates",
                )
                line += f" && {shlex.join(('jupyter', 'nbconvert', '--to', 'html', *template, executed))}"
            commands.append(["bash", "-c", line])
        stages.append(commands)
    return stages


def one_after_another(root: Path) -> float:
    """Return the seconds that the plain commands take."""
    (root / ".build" / "plain").mkdir(parents=True)
    return sum(clock(root, *command) for stage in plain_commands(load_plan(root)) for command in stage)


def under_snakemake(root: Path) -> float:
    """Return the seconds that the plain commands take as jobs of Snakemake, two at a time."""
    (root / ".build" / "plain").mkdir(parents=True)
    rules, before = [], []
    for number, stage in enumerate(plain_commands(load_plan(root))):
        done = [f".build/plain/{number}.{job}.done" for job in range(len(stage))]
        for name, command in zip(done, stage, strict=True):
            line = shlex.join(command).replace("{", "{{").replace("}", "}}")
            rules.append(f"rule:\n    input: {before}\n    output: touch({name!r})\n    shell: {line!r}\n")
        before = done
    (root / "Plain").write_text(f"rule all:\n    input: {before}\n\n" + "\n".join(rules), encoding="utf-8")
    return clock(root, "snakemake", "--snakefile", "Plain", "--cores", "2", "--quiet", "all")


def seconds_of_one_core(languages: Sequence[str]) -> float:
    """Return the seconds that a full run in these languages takes on one core."""
    cores = os.sched_getaffinity(0)
    with copy_project(languages) as root:
        os.sched_setaffinity(0, {min(cores)})
        try:
            return clock(root, "briefings", "run")
        finally:
            os.sched_setaffinity(0, cores)


def measure() -> Iterator[str]:
    """Yield the lines of the tables, measuring."""
    plan = load_plan(ROOT)
    counts = {stage: len(steps) for stage, steps in plan.all_steps.items()}
    with copy_project() as root:
        parts = clock_parts(root)
        nothing = clock(root, "briefings", "run")
        with (root / EDITED).open("a", encoding="utf-8") as source:
            source.write(SENTENCE)
        edited = clock(root, "briefings", "run")
    with copy_project() as root:
        memory = peak_memory(root)
    with copy_project() as root:
        plain = one_after_another(root)
    with copy_project() as root:
        snakemake = under_snakemake(root)
    few, all_ = plan.languages[:1], plan.languages
    pages = (len(all_) - len(few)) * len(plan.subjects)
    further = (seconds_of_one_core(all_) - seconds_of_one_core(few)) / pages
    full = parts["end"]
    yield f"Python {platform.python_version()} on {os.cpu_count()} cores, {platform.machine()};"
    yield f"{counts['clean']} cleanings, {counts['compare']} comparison, {counts['briefing']} briefings."
    yield ""
    yield "| what | measured | aim |"
    yield "| --- | --- | --- |"
    b, c = (f"{seconds:.1f} s, {seconds / full:.1f} times a" for seconds in (plain, snakemake))
    yield f"| a: `briefings run`, nothing rendered | {full:.1f} s | |"
    yield f"| b: plain `papermill` and `jupyter nbconvert` commands, one after another | {b} | 8 times a |"
    yield f"| c: the same commands under Snakemake, two jobs | {c} | 4 times a |"
    yield f"| nothing to do | {nothing:.2f} s | 2.5 s |"
    yield f"| one source edited | {edited:.1f} s, {edited / full:.2f} of a | 0.33 of a |"
    yield f"| each further briefing, of one core | {further:.2f} s | 0.5 s |"
    yield f"| most memory at once | {memory:,.0f} MB | 1,000 MB |"
    yield ""
    yield "### Where the time of a goes"
    yield ""
    yield "| until | seconds |"
    yield "| --- | --- |"
    yield f"| inputs checked, Snakemake and kernels ready, one notebook through | {parts['first notebook']:.1f} |"
    yield f"| all cleanings | {parts['1-clean']:.1f} |"
    yield f"| the comparison | {parts['2-compare']:.1f} |"
    yield f"| all briefings | {parts['3-briefing']:.1f} |"
    yield f"| everything is published | {full:.1f} |"


def main() -> None:
    """Measure, and put the tables between their marks in README.md."""
    lines = "".join(f"{line}\n" for line in measure())
    print(lines)
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    readme.write_text(f"{before}{MARKS[0]}{lines}{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
