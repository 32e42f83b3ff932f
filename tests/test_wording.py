"""Words and numbers come out as the reader's language writes them, and nothing that was printed gets lost."""

import csv
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from briefings import figure, row
from markupsafe import Markup

from helpers.brief import definitions, wording
from helpers.brief.names import GLOSSARY
from helpers.brief.wording import WordingError, load_wording

ENGLISH = load_wording("en")
INDICATORS = Path(__file__).parents[1] / "data" / "raw" / "indicators.csv"
TRANSLATED = ("ar", "hi", "id", "vi")

PART = re.compile(r"{\w+}")
# A translation may ask for a name in the case that its grammar needs.
CASES = {f"{{{name}_oblique}}": f"{{{name}}}" for name in ("printed", "meant", "most", "fewest", "whole")}
CASES |= {"{oblique}": "{forms}"}

GROUPS, PEOPLE = figure("group", 274), figure("group", 4500, indicator="workers", unit="person")


def ratio(**changes):
    return row("workers_per_organisation.group", PEOPLE, GROUPS, formula="ratio", unit="person", **changes)


@pytest.mark.parametrize(
    ("qualifier", "lower", "upper", "shown"),
    [
        ("=", "40", "40", "40"),
        (">", "40", None, "more than 40"),
        (">=", "40", None, "at least 40"),
        ("<", "38", "40", "nearly 40"),
        ("<", None, "40", "at most 40"),
        ("~", "38", "42", "about 40"),
    ],
)
def test_printed_qualifier_stays_with_the_number(qualifier, lower, upper, shown):
    bounds = {side: value and Decimal(value) for side, value in (("lower", lower), ("upper", upper))}
    assert ENGLISH.quantity(figure("coop", 40, qualifier=qualifier, **bounds)) == shown


def test_open_number_is_shown_as_its_bounds_and_never_as_one_of_them():
    record = figure("coop+union", None, indicator="members", lower=Decimal(58346), upper=Decimal(82256))
    assert ENGLISH.quantity(record) == "58,346 to 82,256"


def test_what_is_not_known_is_called_not_stated():
    assert ENGLISH.quantity(figure("coop", None)) == "not stated"


def test_lower_bound_of_a_ratio_is_rounded_down_and_upper_bound_up():
    assert ENGLISH.quantity(ratio(value=Decimal("16.49"), lower=Decimal("16.49"), upper=None, qualifier=">")) == (
        "more than 16.4"
    )
    assert ENGLISH.quantity(ratio(value=None, lower=Decimal("170.19"), upper=Decimal("239.81"))) == "170.1 to 239.9"


def test_ratio_below_an_upper_bound_is_less_and_not_nearly():
    assert ENGLISH.quantity(ratio(value=Decimal("7.9"), lower=None, upper=Decimal("7.9"), qualifier="<")) == (
        "less than 7.9"
    )


def test_difference_that_rests_on_an_assumption_is_shown_as_its_range():
    record = row("net_established.coop", GROUPS, formula="difference", assumption="converted_left")
    bounded = {"value": Decimal(13), "lower": Decimal(13), "upper": Decimal(14)}
    assert ENGLISH.quantity(row("net_established.coop", GROUPS, formula="difference", **bounded)) == "13"
    assert record.assumption
    assert (
        ENGLISH.quantity(
            row("net_established.coop", GROUPS, formula="difference", assumption="converted_left", **bounded)
        )
        == "13 to 14"
    )


@pytest.mark.parametrize(
    ("language", "number", "money"),
    [
        ("en", "82,256.5", "9.45 billion VND"),
        ("vi", "82.256,5", "9,45 tỷ đồng"),
        ("id", "82.256,5", "9,45 miliar VND"),
        ("ar", "82,256.5", "9.45 مليار دونغ"),
        ("hi", "82,256.5", "9.45 अरब डोंग"),
    ],
)
def test_numbers_follow_the_language(language, number, money):
    words = load_wording(language)
    assert words.number(Decimal("82256.5")) == number
    assert words.amount(Decimal("9450000000"), "VND") == money


def test_range_of_one_magnitude_says_its_unit_once():
    pay = figure("coop", None, unit="VND", lower=Decimal(2_450_000), upper=Decimal(3_500_000))
    assert ENGLISH.quantity(pay) == "2.45 to 3.5 million VND"
    assert load_wording("ar").quantity(pay) == "من 2.45 إلى 3.5 مليون دونغ"
    wide = replace(pay, lower=Decimal(900_000_000), upper=Decimal(1_300_000_000))
    assert ENGLISH.quantity(wide) == "900 million VND to 1.3 billion VND"


@pytest.mark.parametrize(
    ("language", "day", "year"),
    [
        ("en", "1 November 2023", "2023"),
        ("vi", "1/11/2023", "năm 2023"),
        ("id", "1 November 2023", "tahun 2023"),
        ("ar", "1 نوفمبر 2023", "عام 2023"),
        ("hi", "1 नवंबर 2023", "2023"),
    ],
)
def test_dates_follow_the_language(language, day, year):
    words = load_wording(language)
    assert [words.period(label).striptags() for label in ("2023-11-01", "2023")] == [day, year]


def test_translated_message_is_used_with_its_plural(tmp_path, monkeypatch):
    catalogue = tmp_path / "ar" / "LC_MESSAGES" / "briefings.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n'
        "Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 :"
        ' n%100>=11 && n%100<=99 ? 4 : 5);\\n"\n\n'
        'msgid "{number} union"\nmsgid_plural "{number} unions"\n'
        + "".join(f'msgstr[{form}] "form {form}: {{number}}"\n' for form in range(6)),
        encoding="utf-8",
    )
    monkeypatch.setattr(wording, "CATALOGUES", tmp_path)
    words = load_wording.__wrapped__("ar")
    shown = [words.say_many("{number} union", "{number} unions", Decimal(n), number="n") for n in ("2", "5", "1.5")]
    assert shown == ["form 2: n", "form 3: n", "form 5: n"]


def test_words_of_a_source_cannot_become_markup():
    said = ENGLISH.say("{name} says {number}.", name="<script>alert(1)</script>", number=Markup("<b>1</b>"))
    assert said == "&lt;script&gt;alert(1)&lt;/script&gt; says <b>1</b>."


def test_language_without_catalogue_is_named_with_the_file_that_would_mend_it():
    with pytest.raises(WordingError, match=r"no briefings in 'fr'.*briefings\.pot.*fr/LC_MESSAGES/briefings\.po"):
        load_wording("fr")


def test_template_for_translators_holds_exactly_the_messages_of_the_code():
    """Mend: pybabel extract, as CONTRIBUTING says."""
    keywords = {"say": None, "say_many": (1, 2), "mark": None, "mark_many": (1, 2)}
    package = wording.__file__.removesuffix("wording.py")
    used = {message for _, _, message, _, _ in extract_from_dir(package, keywords=keywords)}
    with INDICATORS.open("rb") as file:
        used |= {definition for _, _, definition, _ in definitions.extract(file)}
    with (wording.CATALOGUES / "briefings.pot").open("rb") as file:
        listed = {message.id for message in read_po(file) if message.id}
    assert {message if isinstance(message, str) else tuple(message) for message in listed} == used


def test_no_language_has_one_word_for_two_legal_forms():
    with GLOSSARY.open(encoding="utf-8", newline="") as lines:
        entries = list(csv.DictReader(lines))
    words = [(entry["language"], entry[number]) for entry in entries for number in ("one", "many")]
    owners = {word: {entry["form"] for entry in entries if word[1] in (entry["one"], entry["many"])} for word in words}
    assert {word: forms for word, forms in owners.items() if len(forms) > 1} == {}


def test_every_legal_form_has_a_word_in_every_language():
    with GLOSSARY.open(encoding="utf-8", newline="") as lines:
        entries = {(entry["form"], entry["language"]) for entry in csv.DictReader(lines)}
    forms, languages = zip(*entries, strict=True)
    assert entries == {(form, language) for form in forms for language in languages}


def catalogue(language):
    with (wording.CATALOGUES / language / "LC_MESSAGES" / "briefings.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_translates_every_message_and_no_other(language):
    with (wording.CATALOGUES / "briefings.pot").open("rb") as file:
        wanted = {message.id for message in read_po(file) if message.id}
    made = {message.id: message for message in catalogue(language) if message.id}
    assert set(made) == wanted
    assert [text for text, message in made.items() if not all(message.string)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translation_keeps_every_part_of_its_message(language):
    lost = {}
    for message in catalogue(language):
        one, *_ = message.id if isinstance(message.id, tuple) else (message.id,)
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(PART.findall(one))
        lost |= {form: wanted for form in forms if {CASES.get(part, part) for part in PART.findall(form)} != wanted}
    assert lost == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_has_the_plural_forms_of_cldr(language):
    tags = Locale.parse(language).plural_form.tags
    forms = {len(message.string) for message in catalogue(language) if isinstance(message.id, tuple)}
    assert forms == {len(tags) + 1}


@pytest.mark.parametrize("language", TRANSLATED)
def test_catalogue_says_which_native_reader_has_checked_it(language):
    written = (wording.CATALOGUES / language / "LC_MESSAGES" / "briefings.po").read_text(encoding="utf-8")
    reader = re.search(r"X-Native-Reader: (.+)\\n", written)[1]
    assert load_wording(language).is_checked == (reader != "none")
