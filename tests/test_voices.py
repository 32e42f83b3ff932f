"""Copies are one text, whatever their language; two articles on one report are two."""

import json
from collections import Counter
from itertools import chain as joined
from itertools import combinations, permutations

import pytest
from gold import ROOT, chains, source

from helpers.reconcile.bounds import significant_digits
from helpers.reconcile.voices import are_copies, group_texts
from helpers.records import Number

ARTICLES = ROOT.parent / "shared" / "articles"


def numbers(source_id: str, *texts: str, role: str = "statistic") -> list[Number]:
    return [Number(source_id, start, start + 1, text, 1, role) for start, text in enumerate(texts)]


ORIGINAL = numbers("original", "1.981", "23.910", "246", "2", "341", "1,3 miliar", "407 juta", "27")
TRANSLATION = numbers("translation", "27", "1,981", "23,910", "246", "اتحادين", "341", "407 ملايين", "1.3 مليار")
OTHER = numbers("other", "1.981", "341", "82.256", "1,3 miliar", "407 juta", "27", "9", "800", "16", "13")
CARDS = [source("original"), source("translation"), source("other")]


def test_translation_is_the_same_text_although_clauses_moved_and_a_numeral_became_a_word():
    assert group_texts(CARDS[:2], ORIGINAL + TRANSLATION) == {"original": "original", "translation": "original"}


def test_another_article_on_the_same_report_is_a_text_of_its_own():
    texts = group_texts(CARDS, ORIGINAL + TRANSLATION + OTHER)
    assert texts == {"original": "original", "other": "other", "translation": "original"}


def test_order_of_sources_and_numbers_changes_nothing():
    everything = [ORIGINAL, TRANSLATION, OTHER]
    outcomes = {
        tuple(group_texts(cards, [number for part in parts for number in reversed(part)]).items())
        for cards in permutations(CARDS)
        for parts in permutations(everything)
    }
    assert len(outcomes) == 1


def test_cut_down_reprint_is_a_copy():
    assert group_texts(CARDS, ORIGINAL + numbers("other", *(n.text for n in ORIGINAL[:5])))["other"] == "original"


def test_copy_of_a_copy_belongs_to_the_original():
    long, middle, short = "abcdefghijklm", "abcdefghi", "abcdef"
    assert are_copies(Counter(long), Counter(middle))
    assert not are_copies(Counter(long), Counter(short))
    digits = {letter: str(place + 11) for place, letter in enumerate(long)}
    printed = [numbers(name, *(digits[letter] for letter in letters)) for name, letters in
               (("a", long), ("b", middle), ("c", short))]  # fmt: skip
    assert set(group_texts([source(name) for name in "abc"], joined(*printed)).values()) == {"a"}


def test_few_equal_numbers_prove_nothing():
    few = ("113", "88", "8", "7")
    assert len(set(group_texts(CARDS[:2], numbers("original", *few) + numbers("translation", *few)).values())) == 2


def test_law_numbers_and_years_prove_nothing():
    common = ("20", "2012", "13", "2022", "2023", "16")
    printed = [numbers(card.source_id, *common, role="legal_reference") for card in CARDS[:2]]
    assert len(set(group_texts(CARDS[:2], joined(*printed)).values())) == 2


def test_source_without_numbers_is_a_text():
    assert group_texts([source("silent")], []) == {"silent": "silent"}


@pytest.mark.parametrize("chain", chains())
def test_of_the_real_sources_only_the_two_translations_are_one_text(chain):
    texts = chain().texts
    copies = [pair for pair in combinations(sorted(texts), 2) if texts[pair[0]] == texts[pair[1]]]
    assert copies == [("quang-tri-2024-02-20-ar", "quang-tri-2024-02-20-hi")]


@pytest.mark.skipif(not ARTICLES.exists(), reason=f"the annotated articles are not in {ARTICLES}")
def test_annotated_articles_taken_for_copies_are_retold_from_one_original():
    numerals, originals = {}, {}
    for path in sorted(ARTICLES.glob("*/*.json")):
        card = json.loads(path.read_text(encoding="utf-8"))
        numerals[path] = Counter(filter(None, (significant_digits(figure["text"]) for figure in card["figures"])))
        originals[path] = (card.get("url") or path.name).rsplit("/", 1)[-1]
    copies = [pair for pair in combinations(numerals, 2) if are_copies(numerals[pair[0]], numerals[pair[1]])]
    assert copies
    assert [pair for pair in copies if originals[pair[0]] != originals[pair[1]]] == []
