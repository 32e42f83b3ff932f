"""The language of a text is told offline, the same way each time, and never guessed from next to nothing."""

import json
from pathlib import Path

import pytest

from helpers.read.detect import FEWEST_LETTERS, detect_language
from helpers.read.lexicon import LEXICONS

ARTICLES = Path(__file__).parents[2] / "shared" / "articles"

SENTENCES = {
    "ar": "في المحافظة 341 تعاونية تضم 95,423 عضوًا.",
    "en": "The province has 341 cooperatives with 95,423 members.",
    "hi": "प्रांत में 341 सहकारी समितियाँ हैं, जिनके 95,423 सदस्य हैं।",
    "id": "Provinsi ini memiliki 341 koperasi dengan 95.423 anggota.",
    "vi": "Toàn tỉnh có 341 hợp tác xã với 95.423 thành viên.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_one_sentence_is_enough(language):
    assert detect_language(SENTENCES[language]) == language


@pytest.mark.parametrize("language", SENTENCES)
def test_capitals_do_not_hide_the_language(language):
    assert detect_language(SENTENCES[language].upper()) == language


def test_names_in_another_script_do_not_decide():
    assert detect_language(f"HTX Thuận An (VietGAP, OCOP): {SENTENCES['ar']}") == "ar"


@pytest.mark.parametrize("text", ["", "341 - 95.423", "\ud800" * 20, "Quảng Trị", "a" * (FEWEST_LETTERS - 1)])
def test_too_few_letters_tell_nothing(text):
    assert detect_language(text) is None


def test_a_script_that_no_lexicon_is_written_in_tells_nothing():
    assert detect_language("В провинции действует 341 кооператив.") is None


def test_only_languages_with_a_lexicon_are_told_apart(tmp_path):
    for language in ("hi", "id"):
        (tmp_path / f"{language}.yaml").write_bytes((LEXICONS / f"{language}.yaml").read_bytes())
    assert [detect_language(SENTENCES[language], tmp_path) for language in ("ar", "en", "hi", "vi")] == [
        None,
        "id",
        "hi",
        "id",
    ]


@pytest.mark.skipif(not ARTICLES.exists(), reason=f"the annotated articles are not in {ARTICLES}")
def test_every_line_of_the_annotated_articles_is_told_right():
    wrong = []
    for path in sorted(ARTICLES.glob("*/*.txt")):
        language = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))["language"]
        for line in path.read_text(encoding="utf-8").splitlines():
            if sum(map(str.isalpha, line)) >= FEWEST_LETTERS and detect_language(line) != language:
                wrong.append((path.stem, line))
    assert wrong == []
