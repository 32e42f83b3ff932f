"""Measure a run of the whole country: `.venv/bin/python benchmarks/national.py [AREAS]`, of 63 unless told otherwise.

Works in a temporary copy of the project. Provinces without articles get the figure notes of a province that has some,
with the last digits of its numbers changed, so that no two provinces share a text. The figures mean nothing.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import yaml

from helpers.read.places import load_places

PROJECT = Path(__file__).parent.parent
MODEL = {"ref_area: VN-25", "origin: alliance of Quang Tri"}  # lines of the cards of its longer articles
COPIED = ("src", "data/raw", "notebooks", "Snakefile", "config.yaml", "requirements.lock")
NUMBER = re.compile(r"(?<![\d.,/-])(?!(?:19|20)\d\d\b)\d[\d.,]*\d\d(?![\d/-])")  # of three digits and more, and no year


def main(count: int) -> None:
    """Print what a run of ``count`` provinces takes: from nothing, with nothing to do, with one source edited."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in COPIED:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copy
            copy(PROJECT / name, root / name)
        edited = make_national(root, count)
        print("| run | seconds | most memory | notebooks |\n| --- | --- | --- | --- |")
        print(measure(root, f"{count} provinces from nothing"), flush=True)
        print(measure(root, "nothing to do"), flush=True)
        edited.write_text(NUMBER.sub(lambda number: change(number[0], 9), edited.read_text("utf-8")), encoding="utf-8")
        print(measure(root, "one source edited"), flush=True)
        pages = [path.stat().st_size for path in (root / "reports").glob("*.html")]
        built = sum(path.stat().st_size for path in (root / ".build").rglob("*") if path.is_file())
        print(f"\n{len(pages)} pages of {max(pages):,} bytes at most, {sum(pages):,} together; {built:,} in .build.")


def make_national(root: Path, count: int) -> Path:
    """Give ``count`` provinces of the project at ``root`` sources and return one that was made."""
    settings = yaml.safe_load((root / "config.yaml").read_text(encoding="utf-8"))
    places = load_places(root / "data" / "raw").places
    provinces = sorted({place.code for place in places if place.kind in ("province", "municipality")})
    new = [code for code in provinces if code not in settings["areas"]][: count - len(settings["areas"])]
    folder = root / "data" / "raw" / "sources"
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))}
    models = {path: text for path, text in texts.items() if set(text.splitlines()) >= MODEL}
    for number, code in enumerate(new):
        for path, text in models.items():
            _, card, notes = text.split("---\n", 2)
            card = re.sub(r"^ref_area: .*$", f"ref_area: {code}", card, flags=re.M)
            card = re.sub(r"^origin: .*$", f"origin: alliance of {code}", card, flags=re.M)
            notes = NUMBER.sub(lambda found, number=number: change(found[0], number), notes)
            made = folder / f"{code.lower()}-{path.name}"
            made.write_text(f"---\n{card}---\n{notes}", encoding="utf-8")
    settings["areas"] += new
    (root / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return made


def change(number: str, by: int) -> str:
    """Return a printed number with other last digits."""
    return f"{number[:-2]}{(int(number[-2:]) + by) % 100:02}"


def measure(root: Path, name: str) -> str:
    """Return the row that tells of one run; memory is that of all its processes, what they share counted once."""
    environment = os.environ | {"PYTHONPATH": str(root / "src")}
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        run = subprocess.Popen([sys.executable, "-m", "helpers", "run"], cwd=root, env=environment, stdout=said)
        most = 0
        while run.poll() is None:
            most = max(most, memory_of(run.pid))
            time.sleep(0.5)
        said.seek(0)
        notebooks = sum(line.endswith(b" made\n") for line in said)
    seconds = time.monotonic() - started
    if run.returncode:
        sys.exit(f"{name}: the run ended with code {run.returncode}")
    return f"| {name} | {seconds:,.1f} | {most / 1e6:,.0f} MB | {notebooks:,} |"


def memory_of(pid: int) -> int:
    """Return the bytes that the process and all below it hold."""
    total = 0
    try:
        for process in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True)):
            total += process.memory_full_info().pss
    except psutil.NoSuchProcess:
        pass
    return total


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 63)
