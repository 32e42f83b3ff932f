"""Measure how well and how fast the reader and its peers find numbers, side by side in one run, for README.md.

Run by `make bench`. The peers run in an environment of their own, ``.venv-bench``, through peers.py. Times are
processor seconds on one core except where several processes share the work.
"""

import gzip
import importlib.util
import io
import json
import os
import platform
import re
import resource
import subprocess
import sys
import sysconfig
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.read.corpus import extract_files
from helpers.read.lexicon import load_lexicon
from helpers.read.observations import read_numbers, to_row
from helpers.read.places import load_places
from helpers.read.quantities import find_quantities

HERE = Path(__file__).parent
ROOT = HERE.parent
RAW = ROOT / "data" / "raw"
SHARED = ROOT.parent / "shared"
PEERS = ROOT / ".venv-bench" / "bin" / "python"
SEEDS = SHARED / "seeds"
LANGUAGES = ("ar", "en", "hi", "id", "vi")
PASSES = 3  # as in peers.py
ROWS = 20_000  # of a long corpus: the texts that are there are repeated until they are so many
ONE_LINE = 10 * 2**20  # bytes
SIZES = tuple(10_000 * 2**n for n in range(8))  # characters, 10 kB to 1.28 MB
TOO_LONG = 30  # seconds after which a series of doubling inputs ends

# ../shared/score.py tells right, annotated and extracted by value and by meaning, and right of all by area and period.
SCORES = re.compile(r"value .*\((.*)\)\n.*meaning .*\((.*)\)\n.*area (\S+)  period (\S+)")

Find = Callable[[str, str], Iterable[tuple[int, int, float]]]


@dataclass(frozen=True)
class Text:
    """An annotated article; ``figures`` are the places and accepted values of its statistics."""

    folder: Path
    name: str
    language: str
    text: str
    figures: list[tuple[int, int, set[float]]]


def read_texts() -> list[Text]:
    """Return the annotated articles and sources that are there, in the order of their names."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    texts = []
    for path in sorted(SHARED.glob("articles/*/*.txt")) + sorted(SHARED.glob("seeds/*.txt")):
        card = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        text = path.read_text(encoding="utf-8")
        figures = [
            (*score.locate(figure, text), {float(figure[key]) for key in ("value", "likely_value") if figure.get(key)})
            for figure in card["figures"]
            if not score.is_optional(figure)
        ]
        texts.append(Text(path.parent, path.stem, card["language"], text, figures))
    return texts


def run_peers(texts: list[Text]) -> dict[str, dict]:
    """Return what each peer finds in the texts of its languages, and its seconds; nothing where none is installed."""
    if not PEERS.exists():
        print(f"skipped: the peers are not installed in {PEERS.parents[1]}", file=sys.stderr)
        return {}
    asked = json.dumps([{"language": text.language, "text": text.text} for text in texts])
    answer = subprocess.run(  # noqa: S603 (our own script)
        [PEERS, HERE / "peers.py"], input=asked, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return json.loads(answer.stdout)


def run_ours(texts: list[Text]) -> dict[str, dict]:
    places = load_places(RAW)

    def find_bare(text: str, language: str) -> Iterable[tuple[int, int, float]]:
        for found in find_quantities(text, load_lexicon(language)):
            yield found.start, found.end, float(found.value)

    def find_statistics(text: str, language: str) -> Iterable[tuple[int, int, float]]:
        _, observations = read_numbers(text, language=language, source_id="any", places=places)
        for found in observations:
            yield found.start, found.end, float(found.value)

    return {"find_quantities": measure(find_bare, texts), "read_numbers": measure(find_statistics, texts)}


def measure(find: Find, texts: list[Text]) -> dict:
    """Return what ``find`` finds in each text and for each its seconds in its fastest pass."""
    found = [list(find(text.text, text.language)) for text in texts]
    seconds = [[] for _ in texts]
    for _ in range(PASSES):
        for text, times in zip(texts, seconds, strict=True):
            begun = time.process_time()
            list(find(text.text, text.language))
            times.append(time.process_time() - begun)
    return {"found": found, "seconds": list(map(min, seconds)), "languages": LANGUAGES}


def count_right(text: Text, found: list | None) -> int:
    """Return how many annotated figures ``found`` has at their place with their value."""
    return sum(
        any(start < end_ and start_ < end and _is_one_of(value, values) for start_, end_, value in found or ())
        for start, end, values in text.figures
    )


def _is_one_of(value: float, values: set[float]) -> bool:
    return any(abs(value - accepted) <= 1e-9 * max(1, abs(accepted)) for accepted in values)


def compare_tools(texts: list[Text]) -> str:
    """Return the table of values found at annotated figures, and articles a second, for every tool."""
    tools = run_ours(texts) | run_peers(texts)
    kinds = {
        "articles": [text for text in texts if text.folder != SEEDS],
        "seeds": [text for text in texts if text.folder == SEEDS],
    }
    rows = []
    for name, result in tools.items():
        asked = [text for text in texts if text.language in result["languages"]]
        right = {language: [0, 0] for language in LANGUAGES}
        for text, found in zip(asked, result["found"], strict=True):
            right[text.language][0] += count_right(text, found)
            right[text.language][1] += len(text.figures)
        read = [text for text, found in zip(asked, result["found"], strict=True) if found is not None]
        total = [sum(counts) for counts in zip(*right.values(), strict=True)]
        shares = [f"{100 * hits / all_:.1f} %" if all_ else "" for hits, all_ in (*right.values(), total)]
        note = "" if len(read) == len(asked) else f" (failed on {len(asked) - len(read)} of {len(asked)} texts)"
        seconds = {id(text): taken for text, taken in zip(asked, result["seconds"], strict=True) if taken is not None}
        speeds = [per_second([seconds[id(text)] for text in kind if id(text) in seconds]) for kind in kinds.values()]
        rows.append((f"{name}{note}", *shares, *speeds))
    sizes = [f"{sum(len(text.text) for text in kind) / len(kind):,.0f} characters" for kind in kinds.values()]
    headings = [f"{name} ({size}) a second" for name, size in zip(kinds, sizes, strict=True)]
    return table(("tool", *LANGUAGES, "all asked", *headings), rows)


def per_second(seconds: list[float]) -> str:
    return f"{len(seconds) / sum(seconds):,.0f}" if seconds else ""


def score_meaning(texts: list[Text]) -> str:
    """Return the table of what ../shared/score.py says of the statistics in each folder, and in all."""
    places = load_places(RAW)
    rows, sums = [], [0] * 10
    with tempfile.TemporaryDirectory() as folder:
        for gold in dict.fromkeys(text.folder for text in texts):
            predictions = Path(folder) / "predictions.jsonl"
            with predictions.open("w", encoding="utf-8") as file:
                for text in (text for text in texts if text.folder == gold):
                    _, found = read_numbers(text.text, language=text.language, source_id=text.name, places=places)
                    file.writelines(json.dumps(to_row(observation)) + "\n" for observation in found)
            answer = subprocess.run(  # noqa: S603 (a script of ours)
                [sys.executable, SHARED / "score.py", gold, predictions], capture_output=True, text=True, check=True
            ).stdout
            counts = [
                int(digits) for numbers in SCORES.search(answer).groups() for digits in re.findall(r"\d+", numbers)
            ]
            sums = [old + new for old, new in zip(sums, counts, strict=True)]
            rows.append((gold.name, *show_scores(counts)))
    rows.append(("all", *show_scores(sums)))
    return table(("articles", "F1 by value", "F1 by meaning", "area right", "stated period right"), rows)


def show_scores(counts: list[int]) -> list[str]:
    """Return both F1, from what is right, annotated and extracted, and what is right of all with area and period."""
    f1 = [f"{2 * right / max(all_ + extracted, 1):.3f}" for right, all_, extracted in (counts[:3], counts[3:6])]
    return [*f1, *(f"{right} of {all_}" for right, all_ in (counts[6:8], counts[8:]))]


def time_corpora(texts: list[Text]) -> str:
    """Return the table of rows a second, and of the memory that corpora take, long ones and one with a long row."""
    with gzip.open(SHARED / "negatives" / "vi.jsonl.gz") as file:
        others = file.readlines()
    articles = [write_row(text.name, text.language, text.text) for text in texts]
    english = " ".join(text.text.replace("\n", " ") for text in texts if text.language == "en")
    corpora = {
        "texts on other subjects": (others, len(others)),
        "the same, again and again": (others, ROWS),
        "annotated articles, again and again": (articles, ROWS // 10),
        f"articles in one line of {ONE_LINE // 2**20} MB": ([write_row("line", "en", fill(english, ONE_LINE))], 1),
    }
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for name, (lines, count) in corpora.items():
            path = Path(folder) / f"{len(rows)}.jsonl"
            with path.open("wb") as file:
                file.writelines(lines[n % len(lines)] for n in range(count))
            answer = json.loads(
                subprocess.run(  # noqa: S603 (this script)
                    [sys.executable, __file__, path], capture_output=True, text=True, check=True
                ).stdout
            )
            rows.append(
                (
                    name,
                    f"{count:,}",
                    f"{answer['statistics']:,}",
                    f"{count / answer['one']:,.1f}",
                    f"{count / answer['all']:,.1f}",
                    f"{answer['memory']:,.0f} MB",
                )
            )
    headings = (
        "corpus",
        "rows",
        "statistics found",
        "rows a second, one process",
        "all cores, start included",
        "most memory, one process",
    )
    return table(headings, rows)


def write_row(source_id: str, language: str, text: str) -> bytes:
    row = {"source_id": source_id, "language": language, "text": text}
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def fill(seed: str, size: int) -> str:
    return (seed * (size // len(seed) + 1))[:size]


def read_corpus(path: Path) -> dict:
    """Return the seconds that reading the corpus at ``path`` takes by one process and by all, and the memory of one."""
    with tempfile.TemporaryFile() as out:
        warm()
        begun = time.process_time()
        extract_files([path], RAW, out=out, err=sys.stderr, jobs=1)
        one = time.process_time() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # kB on Linux
        out.seek(0)
        statistics = sum(1 for _ in out)
        begun = time.perf_counter()
        extract_files([path], RAW, out=out, err=sys.stderr)
        return {"one": one, "all": time.perf_counter() - begun, "memory": memory, "statistics": statistics}


def warm() -> None:
    """Load the lexicons and the places, which a corpus needs once."""
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.jsonl"
        first.write_bytes(b"".join(write_row(language, language, "HTX 5") for language in LANGUAGES))
        extract_files([first], RAW, out=io.BytesIO(), err=sys.stderr)


def double_inputs(texts: list[Text]) -> str:
    """Return the table of seconds per megabyte for inputs that double: where a row is flat, time grows as the text."""
    places = load_places(RAW)
    english = "\n".join(text.text for text in texts if text.language == "en")
    vietnamese = "\n".join(text.text for text in texts if text.language == "vi")
    kinds = {
        "articles, en": ("en", english),
        "articles, vi": ("vi", vietnamese),
        "one line": ("en", english.replace("\n", " ").replace(". ", ", ")),
        "one sentence of numbers": ("en", "cooperatives 1,981 "),
        "one numeral": ("en", "cooperatives " + "7" * SIZES[-1]),
        "line ends": ("en", "cooperatives 5" + "\n" * SIZES[-1]),
        "letters apart from their marks": ("vi", unicodedata.normalize("NFD", vietnamese)),
        "unseen signs in numerals": ("en", "cooperatives 1\u200b9\u200b8 "),
        "slashes": ("en", "cooperatives " + "1/" * SIZES[-1]),
        "years": ("en", "cooperatives " + "2021-" * SIZES[-1]),
    }
    rows = []
    for name, (language, seed) in kinds.items():
        cells: list[str] = []
        for size in SIZES:
            text = fill(seed, size)
            begun = time.process_time()
            read_numbers(text, language=language, source_id="any", places=places)
            seconds = time.process_time() - begun
            cells.append(f"{seconds / size * 1e6:.1f}")
            if seconds > TOO_LONG:
                break
        rows.append((name, *cells, *[""] * (len(SIZES) - len(cells))))
    return table(("text", *(f"{size / 1000:,.0f} kB" for size in SIZES)), rows)


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [headings, ["---"] * len(list(headings)), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def main() -> None:
    if missing := [name for name in ("articles", "seeds", "negatives", "score.py") if not (SHARED / name).exists()]:
        print(f"skipped: {', '.join(missing)} not in {SHARED}", file=sys.stderr)
        return
    texts = read_texts()
    figures = sum(len(text.figures) for text in texts)
    cores, size = len(os.sched_getaffinity(0)), sum(len(text.text) for text in texts) / len(texts)
    built = "" if "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or "") else " (a plain build)"
    machine = (
        f"Python {platform.python_version()}{built} on {cores} cores, {platform.machine()};"
        f" {len(texts)} annotated articles with {figures} figures, {size:,.0f} characters each on average.\n"
    )
    parts = (
        machine,
        "### Annotated figures found at their place with the right value, and speed\n",
        compare_tools(texts),
        "### Statistics with their meaning\n",
        score_meaning(texts),
        "### Corpora\n",
        time_corpora(texts),
        "### Seconds for a megabyte of text, as the text doubles\n",
        double_inputs(texts),
    )
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition("<!-- measured -->\n")
    _, _, after = rest.partition("<!-- end -->")
    readme.write_text(f"{before}<!-- measured -->\n{chr(10).join(parts)}<!-- end -->{after}", encoding="utf-8")
    print("\n".join(parts))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        json.dump(read_corpus(Path(sys.argv[1])), sys.stdout)
    else:
        main()
