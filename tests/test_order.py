"""The order in which sources are read changes nothing that is published."""

from dataclasses import replace
from pathlib import Path

from helpers import tables
from helpers.compare import derive, series, verdicts
from helpers.read.observations import read_source
from helpers.read.places import load_places
from helpers.read.raw import read_indicators
from helpers.read.sources import read_sources
from helpers.reconcile import checks, corrections, figures, voices
from helpers.records import Source

RAW = Path(__file__).parents[1] / "data/raw"
AREAS = ("VN-DN", "VN-25", "VN-36")


def publish(sources: list[Source], folder: Path) -> dict[str, bytes]:
    """Return the tables that the notebooks make of ``sources``, as bytes by name."""
    places, decisions = load_places(RAW), corrections.read_decisions(RAW)
    readings = [read_source(source, places) for source in sources]
    numbers = [number for found, _ in readings for number in found]
    observations = [observation for _, found in readings for observation in found]
    texts = voices.group_texts(sources, numbers)
    sources = [replace(source, text_id=texts[source.source_id]) for source in sources]
    facts = figures.reconcile(observations, sources, texts, places, decisions.corrections)
    compared = derive.compare(facts, AREAS, places, read_indicators(RAW))
    judged = verdicts.judge(compared)
    made = {
        "sources": sources,
        "numbers": numbers,
        "observations": observations,
        "figures": facts,
        "checks": checks.run_checks(facts, read_indicators(RAW)),
        "comparison": verdicts.settle(compared, judged),
        "verdicts": judged,
        "series": series.find_series(compared, facts),
    }
    for name, records in made.items():
        tables.write_table(name, records, folder)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_reversing_the_order_of_sources_changes_no_byte(tmp_path):
    sources = read_sources(RAW)
    assert publish(sources, tmp_path / "one") == publish(sources[::-1], tmp_path / "other")
