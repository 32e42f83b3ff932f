"""Figure notes: the phrases of an article that carry its numbers say what the article says."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from helpers.read.observations import read_source
from helpers.read.places import load_places
from helpers.read.sources import read_sources
from helpers.records import Observation, Source

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared/seeds"
PLACES = load_places(ROOT / "data/raw")
NOTES = [source for source in read_sources(ROOT / "data/raw") if source.form == "notes" and source.seed]
PLACED = ("source_id", "start", "end", "occurrence", "quote", "quote_start")  # differs between notes and article
MEANING = [column.name for column in fields(Observation) if column.name not in PLACED]
MOST_WORDS = 12

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason=f"the articles behind the notes are not in {SEEDS}")
each_source = pytest.mark.parametrize("source", NOTES, ids=lambda source: source.source_id)


def article_of(source: Source) -> str:
    return (SEEDS / source.seed).read_text(encoding="utf8")


def phrases(source: Source) -> list[str]:
    """Return the phrases of the notes without their marks and without the words in brackets, which are ours."""
    lines = (re.sub(r"\[[^]]*\]", "", line) for line in source.text.splitlines())
    return [re.sub(r"^(?:- |… )", "", line).strip() for line in lines if line.strip()]


@each_source
def test_notes_and_article_hold_the_same_statistics(source):
    from_notes, from_article = (
        [tuple(getattr(observation, name) for name in MEANING) for observation in read_source(each, PLACES)[1]]
        for each in (source, replace(source, text=article_of(source)))
    )
    assert from_notes == from_article


@each_source
def test_every_phrase_is_verbatim_and_short(source):
    article = " ".join(article_of(source).split())
    for phrase in phrases(source):
        assert " ".join(phrase.split()) in article
        assert len(phrase.split()) <= MOST_WORDS


@each_source
def test_every_digit_of_the_article_is_carried(source):
    carried = re.findall(r"\d+", " ".join(phrases(source)))
    assert carried == re.findall(r"\d+", article_of(source))
