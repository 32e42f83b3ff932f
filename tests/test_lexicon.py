"""The lexicons: the same keys in every language, a meaning for each spelling, errors that say what to mend."""

import re
from pathlib import Path

import pytest
import yaml

from helpers.read.lexicon import LEXICONS, SCHEMA, Concept, LexiconError, add_places, load_lexicon
from helpers.read.words import split_words

LANGUAGES = sorted(path.stem for path in LEXICONS.glob("*.yaml"))


def write_lexicon(folder: Path, **changes: object) -> Path:
    """Write a small invented language into ``folder``, with sections replaced; None leaves a section out."""
    content = {
        "language": "eo",
        "name": "Esperanto",
        "modifiers": "before",
        "names": "before",
        "article": "",
        "prefixes": [],
        "suffixes": ["j", "n"],
        "roots": ["kooperativ"],
        **{section: {} if keys is None else {key: [] for key in keys} for section, keys in SCHEMA.items()},
    }
    content = {key: value for key, value in (content | changes).items() if value is not None}
    path = folder / "eo.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf8")
    return path


def section(name: str) -> dict[str, list]:
    """Return a section with all its keys and no spelling."""
    return {key: [] for key in SCHEMA[name]}


def refuse(folder: Path, **changes: object) -> str:
    """Return the message with which a changed lexicon is refused."""
    write_lexicon(folder, **changes)
    with pytest.raises(LexiconError) as error:
        load_lexicon("eo", folder)
    return str(error.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_loads_and_knows_months_and_magnitudes(language):
    lexicon = load_lexicon(language)
    kinds = {concept.kind for readings in lexicon.entries.values() for _, concept in readings}
    assert {"magnitudes", "organisation", "person", "measure", "event"} <= kinds
    assert {lexicon.decimal, lexicon.group} == {".", ","}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_root_leads_to_a_spelling_of_an_organisation_or_of_the_movement(language):
    lexicon = load_lexicon(language)
    spellings = [" ".join(words) for readings in lexicon.entries.values() for words, _ in readings]
    assert any(root in spelling for root in lexicon.roots for spelling in spellings)


def test_longer_spellings_come_first():
    readings = load_lexicon("id").entries["koperasi"]
    assert [len(words) for words, _ in readings] == sorted((len(words) for words, _ in readings), reverse=True)


def test_a_known_word_is_found_behind_prefix_article_and_suffix():
    arabic, indonesian = load_lexicon("ar"), load_lexicon("id")
    assert arabic.base("والتعاونيات") == ("تعاونيات", "وال")
    assert arabic.base("العامل")[0] == arabic.base("عامل")[0]
    assert indonesian.base("pesertanya")[0] == "pesertanya"
    assert indonesian.base("koperasinya") == ("koperasi", "")
    assert indonesian.base("nya") == ("nya", "")


def test_hyphen_and_space_part_words_alike():
    assert split_words("non-pertanian") == split_words("Non Pertanian")


def test_places_never_hide_a_word_of_the_lexicon():
    lexicon = load_lexicon("id")
    places = [("koperasi", "province", "VN-00", "Koperasi"), ("Gio Linh", "district", "VN-25/466", "Gio Linh")]
    entries = add_places(lexicon, places).entries
    assert entries["koperasi"] == lexicon.entries["koperasi"]
    assert entries["gio"] == ((("gio", "linh"), Concept("place", ("district", "VN-25/466", "Gio Linh"))),)


def test_an_invented_language_is_one_file(tmp_path):
    write_lexicon(tmp_path, organisation=section("organisation") | {"coop": ["kooperativo"]})
    lexicon = load_lexicon("eo", tmp_path)
    assert lexicon.entries["kooperativo"][0][1] == Concept("organisation", "coop")
    assert lexicon.base("kooperativoj") == ("kooperativo", "")


def test_a_missing_language_names_the_file_to_add():
    with pytest.raises(LexiconError, match=re.escape("no lexicon for 'tlh': add tlh.yaml")):
        load_lexicon("tlh")


def test_an_unknown_key_is_refused_with_the_nearest_one(tmp_path):
    person = section("person") | {"worker": []}
    assert refuse(tmp_path, person=person) == "eo.yaml: person: unknown key 'worker'; did you mean 'workers'?"


def test_a_missing_section_is_refused(tmp_path):
    assert refuse(tmp_path, person=None).startswith("eo.yaml: missing person; add them")


def test_a_spelling_with_two_meanings_is_refused(tmp_path):
    person = section("person") | {"members": ["membro"], "people": ["Membro"]}
    message = refuse(tmp_path, person=person)
    assert "spellings that stand under two concepts" in message
    assert "'Membro' (person: members; person: people)" in message


def test_a_spelling_that_yaml_took_for_something_else_is_refused(tmp_path):
    time = section("time") | {"on": [True]}
    assert refuse(tmp_path, time=time) == "eo: time: on: True is no text; put it in quotes"


def test_a_spelling_without_words_is_refused(tmp_path):
    person = section("person") | {"members": [" "]}
    assert refuse(tmp_path, person=person) == "eo.yaml: person: members: ' ' holds no word; remove it"


def test_a_side_that_is_none_is_refused(tmp_path):
    assert refuse(tmp_path, names="above") == "eo.yaml: names: 'above' is none of before, after"
