"""The score on annotated articles, by the program that other articles are scored with.

The articles lie beside the project and not in it; where they are missing the tests say so.
"""

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from helpers.read.observations import read_numbers, to_row
from helpers.read.places import load_places

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PLACES = load_places(ROOT / "data/raw")
pytestmark = pytest.mark.skipif(not (SHARED / "score.py").is_file(), reason=f"no annotated articles in {SHARED}")


def score(gold: Path, predictions: Path) -> dict[str, float]:
    """Return value and meaning F1, and the shares of right areas and of right stated periods."""
    with predictions.open("w", encoding="utf8") as file:
        for card in sorted(gold.glob("*.json")):
            text = card.with_suffix(".txt").read_text(encoding="utf8")
            told = json.loads(card.read_text(encoding="utf8"))
            published = told["published"] and date.fromisoformat(told["published"])
            _, observations = read_numbers(
                text, language=told["language"], source_id=card.stem, places=PLACES, published=published
            )
            file.writelines(json.dumps(to_row(observation)) + "\n" for observation in observations)
    program = [sys.executable, str(SHARED / "score.py"), str(gold), str(predictions)]
    printed = subprocess.run(program, check=True, capture_output=True, text=True).stdout
    scores = {name: float(value) for name, value in re.findall(r"(value|meaning) .*F1 ([\d.]+)", printed)}
    for name in ("area", "period"):
        right, of = map(int, re.search(rf"{name} (\d+)/(\d+)", printed).groups())
        scores[name] = right / max(of, 1)
    return scores


def test_the_five_documents_are_read_without_a_mistake(tmp_path):
    assert score(SHARED / "seeds", tmp_path / "out.jsonl") == {"value": 1, "meaning": 1, "area": 1, "period": 1}


@pytest.mark.parametrize("language", ["ar", "en", "hi", "id", "vi"])
def test_the_articles_are_read_as_well_as_promised(language, tmp_path):
    scores = score(SHARED / "articles" / language, tmp_path / "out.jsonl")
    assert scores["value"] >= 0.98
    assert scores["meaning"] >= 0.95
    assert scores["area"] >= 0.95
    assert scores["period"] >= 0.85


@pytest.mark.parametrize("language", ["ar", "en", "hi", "id", "vi"])
def test_articles_that_no_rule_was_written_for_are_read_as_well_as_the_readme_says(language, tmp_path):
    scores = score(ROOT / "tests" / "heldout" / language, tmp_path / "out.jsonl")
    assert scores["value"] >= 0.97
    assert scores["meaning"] >= 0.90
    assert scores["area"] >= 0.93
    assert scores["period"] >= 0.75
