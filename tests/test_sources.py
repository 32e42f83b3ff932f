"""Cards and texts: what a good file holds, and what a bad one is told."""

import re
from datetime import date
from pathlib import Path

import pytest

from helpers.read.files import nearest
from helpers.read.sources import PHRASE_WORDS, SourceError, known_languages, read_source, read_sources

RAW = Path(__file__).parent.parent / "data/raw"
SEEDS = Path(__file__).parent.parent.parent / "shared/seeds"
LANGUAGES = ("ar", "hi", "id")
PUBLISHED = {
    "title": "Cooperatives of a province",
    "publisher": "A newspaper",
    "author": "null",
    "published": "2024-03-05",
    "not_before": "null",
    "not_before_reason": "null",
    "not_after": "null",
    "not_after_reason": "null",
    "language": "id",
    "ref_area": "VN-25",
    "ref_area_evidence": "names the district of Gio Linh",
    "origin": "alliance of Quang Tri",
    "form": "notes",
    "seed": "null",
}
UNDATED = PUBLISHED | {
    "published": "null",
    "not_before": "2023-06-20",
    "not_before_reason": "speaks of a law passed that day",
    "not_after": "2025-06-30",
    "not_after_reason": "speaks of a province merged the day after",
}
NOTES = "- memiliki 12 koperasi\n… dengan 340 anggota\n\n- Komentar (0)\n"


def write(path: Path, card: dict | None = None, text: str = NOTES, **fields: str) -> Path:
    """Write a source; ``fields`` replace those of the card, None takes one out."""
    fields = (PUBLISHED if card is None else card) | fields
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["---", *lines, "---", text]), encoding="utf-8", newline="\n")
    return path


def read(path: Path):
    return read_source(path, languages=LANGUAGES)


def problems_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(SourceError) as caught:
        read(path)
    assert all(str(path) in problem for problem in caught.value.args)
    return caught.value.args


def only_problem_of(path: Path) -> str:
    (problem,) = problems_of(path)
    return problem


def test_source_is_its_card_and_the_text_after_it(tmp_path):
    source = read(write(tmp_path / "quang-tri-2024-03-05-id.md"))
    assert source.source_id == "quang-tri-2024-03-05-id"
    assert (source.published, source.author, source.seed) == (date(2024, 3, 5), None, None)
    assert source.text == NOTES


def test_text_is_untouched_to_the_last_line_end(tmp_path):
    path = tmp_path / "a.md"
    content = write(path, text="- satu\r\n… 2 koperasi").read_text(encoding="utf-8")
    path.write_bytes(content.replace("\n---\n- satu\n", "\n---\r\n- satu\r\n").encode())
    assert read(path).text == "- satu\r\n… 2 koperasi"


def test_byte_order_mark_of_an_editor_does_no_harm(tmp_path):
    path = write(tmp_path / "a.md")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read(path).text == NOTES


def test_undated_source_keeps_its_bounds_and_their_reasons(tmp_path):
    source = read(write(tmp_path / "a.md", UNDATED))
    assert (source.published, source.not_before, source.not_after) == (None, date(2023, 6, 20), date(2025, 6, 30))
    assert source.not_before_reason == "speaks of a law passed that day"


def test_unbounded_date_needs_only_the_reason_why_nothing_tells(tmp_path):
    card = UNDATED | {"not_after": "null", "not_after_reason": "nothing in the text tells"}
    assert read(write(tmp_path / "a.md", card)).not_after is None


@pytest.mark.parametrize(
    ("written", "day"),
    [("1 November 2023", date(2023, 11, 1)), ("5 Maret 2024", date(2024, 3, 5)), ("2024-03-05", date(2024, 3, 5))],
)
def test_date_is_read_as_people_write_it(tmp_path, written, day):
    assert read(write(tmp_path / "a.md", published=written)).published == day


@pytest.mark.parametrize(
    "written",
    ["2023", "November 2023", "1 November", "2023-02-30", "30 February 2024", "5/6/2023", "yesterday", "soon"],
)
def test_what_names_no_single_day_is_no_date(tmp_path, written):
    problem = only_problem_of(write(tmp_path / "a.md", published=written))
    assert f"field 'published': '{written}' is no date; write year, month and day, like 2023-11-01" in problem


def test_date_in_english_is_read_beside_a_text_in_any_language(tmp_path):
    path = write(tmp_path / "a.md", language="tlh", published="1 November 2023")
    assert read_source(path, languages=["tlh"]).published == date(2023, 11, 1)


def test_misspelt_field_is_named_with_the_near_one(tmp_path):
    problems = problems_of(write(tmp_path / "a.md", language=None, langauge="id"))
    assert any("field 'langauge' is not known; did you mean 'language'?" in problem for problem in problems)
    assert any("field 'language' is missing; write code of the text's language" in problem for problem in problems)


@pytest.mark.parametrize("field", PUBLISHED)
def test_missing_field_is_named_with_what_belongs_there(tmp_path, field):
    assert f"field {field!r} is missing; write " in only_problem_of(write(tmp_path / "a.md", **{field: None}))


@pytest.mark.parametrize("field", ["title", "publisher", "language", "ref_area", "ref_area_evidence", "origin", "form"])
def test_field_that_must_say_something_may_not_be_null(tmp_path, field):
    assert f"field {field!r} is empty; write " in only_problem_of(write(tmp_path / "a.md", **{field: "null"}))


def test_field_that_stands_twice_is_an_error_with_its_line(tmp_path):
    path = write(tmp_path / "a.md")
    path.write_text(path.read_text().replace("form: notes", "form: notes\nlanguage: hi"), encoding="utf-8")
    assert re.search(r"a\.md:15: .*field 'language' stands twice", only_problem_of(path))


def test_field_that_is_a_list_is_an_error(tmp_path):
    assert "field 'origin' is no plain text" in only_problem_of(write(tmp_path / "a.md", origin="[one, two]"))


@pytest.mark.parametrize(
    "value", ["!!int twelve", "!!timestamp soon", "!!python/name:os.system", "{? [a] : b}", "&a [*b]"]
)
def test_card_holds_plain_values_only(tmp_path, value):
    assert "a.md:2: card cannot be read" in only_problem_of(write(tmp_path / "a.md", title=value))


def test_value_is_text_as_it_is_written(tmp_path):
    assert read(write(tmp_path / "a.md", author="2012")).author == "2012"
    assert "no lexicon for 'no'" in only_problem_of(write(tmp_path / "b.md", language="no"))


def test_card_that_yaml_cannot_read_is_told_its_line_and_mend(tmp_path):
    problem = only_problem_of(write(tmp_path / "a.md", title="Cooperatives: a review"))
    assert "a.md:2: card cannot be read" in problem
    assert "quote a value that contains a colon" in problem


@pytest.mark.parametrize("content", ["", "no card at all\n", "---\ntitle: never closed\n"])
def test_file_without_a_card_is_told_how_to_begin(tmp_path, content):
    path = tmp_path / "a.md"
    path.write_text(content, encoding="utf-8")
    assert "has no card; begin with a line ---" in only_problem_of(path)


def test_card_without_fields_is_an_error(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\n---\ntext\n", encoding="utf-8")
    assert "card has no fields" in only_problem_of(path)


@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("Quang Tri", "did you mean 'VN-25' (Quảng Trị)?"),
        ("VN25", "did you mean 'VN-25' (Quảng Trị)?"),
        ("VN-QT", "like VN-25, or VN for the country; data/raw/provinces.csv lists them"),
    ],
)
def test_unknown_area_is_told_the_near_code(tmp_path, written, mend):
    problem = only_problem_of(write(tmp_path / "a.md", ref_area=written))
    assert f"field 'ref_area': area {written!r} is not known" in problem
    assert problem.endswith(mend)


def test_unknown_language_is_told_the_known_ones(tmp_path):
    problem = only_problem_of(write(tmp_path / "a.md", language="tlh"))
    assert "field 'language': no lexicon for 'tlh'; write one of ar, hi, id, or add its lexicon" in problem


def test_known_languages_are_those_with_a_lexicon(tmp_path):
    (tmp_path / "tlh.yaml").touch()
    (tmp_path / "notes.txt").touch()
    assert known_languages(tmp_path) == {"tlh"}


def test_unknown_form_is_an_error(tmp_path):
    assert "field 'form': 'digest' is not known" in only_problem_of(write(tmp_path / "a.md", form="digest"))


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_empty_text_is_an_error(tmp_path, text):
    assert "text is empty; put the figure notes or the article below" in only_problem_of(
        write(tmp_path / "a.md", text=text)
    )


def test_file_that_is_not_utf8_is_told_the_byte(tmp_path):
    path = write(tmp_path / "a.md", title="Hop tac xa")
    path.write_bytes(path.read_bytes().replace(b"Hop", b"H\xf5p"))
    assert "is not UTF-8 (byte 0xf5 at 12); save it as UTF-8" in only_problem_of(path)


def test_missing_file_is_an_error_of_sources(tmp_path):
    assert "cannot be read" in only_problem_of(tmp_path / "absent.md")


@pytest.mark.parametrize("bound", ["not_before", "not_after"])
def test_unknown_day_of_publication_needs_a_reason_for_each_bound(tmp_path, bound):
    problem = only_problem_of(write(tmp_path / "a.md", UNDATED, **{f"{bound}_reason": "null"}))
    assert f"field '{bound}_reason' is missing while published is null; write why" in problem


def test_not_before_after_not_after_is_an_error(tmp_path):
    problem = only_problem_of(write(tmp_path / "a.md", UNDATED, not_before="2025-07-01"))
    assert "field 'not_before': 2025-07-01 is after not_after, 2025-06-30" in problem


def test_bounds_beside_a_known_day_are_an_error(tmp_path):
    card = PUBLISHED | {"not_before": "2024-01-01", "not_before_reason": "speaks of that day"}
    problem = only_problem_of(write(tmp_path / "a.md", card))
    assert "field 'not_before': published is known; set not_before and not_before_reason to null" in problem


def test_phrase_may_quote_twelve_words_and_no_more(tmp_path):
    phrase = " ".join(["kata"] * PHRASE_WORDS)
    assert read(write(tmp_path / "a.md", text=f"- {phrase} [kata kami]\n")).form == "notes"
    problem = only_problem_of(write(tmp_path / "b.md", text=f"- 1 {phrase}\n"))
    assert "line 17: 13 words; quote at most 12" in problem


def test_words_of_ours_may_not_bring_a_digit(tmp_path):
    problem = only_problem_of(write(tmp_path / "a.md", text="- 12 koperasi [tahun ٢٠٢٣]\n"))
    assert "line 17: a digit in brackets; words of ours may not bring numbers" in problem


def test_line_of_notes_begins_a_sentence_or_goes_on_with_one(tmp_path):
    problems = problems_of(write(tmp_path / "a.md", text="12 koperasi\n\n… 3 serikat\n"))
    assert [problem.split("; ")[0].split(": ", 1)[1] for problem in problems] == [
        "line 17: begin it with '- ' (a new sentence) or '… ' (the same sentence goes on)",
        "line 19: no sentence goes on here",
    ]


def test_full_article_needs_no_layout(tmp_path):
    text = "Sebuah kalimat utuh dengan lebih dari dua belas kata dan 12 koperasi di dalamnya [1].\n"
    assert read(write(tmp_path / "a.md", form="article", text=text)).text == text


def test_file_name_that_is_no_source_id_is_an_error(tmp_path):
    assert "file name is no source_id" in only_problem_of(write(tmp_path / "Quảng Trị#2.md"))


def test_all_problems_of_all_files_are_told_at_once(tmp_path):
    write(tmp_path / "sources/a.md", language="tlh", ref_area="Atlantis")
    write(tmp_path / "sources/b.md", text="")
    with pytest.raises(SourceError) as caught:
        read_sources(tmp_path, languages=LANGUAGES)
    told = [(Path(problem.split(": ")[0]).name, problem.split(": ")[1].split(";")[0]) for problem in caught.value.args]
    assert told == [("a.md", "field 'language'"), ("a.md", "field 'ref_area'"), ("b.md", "text is empty")]
    assert str(caught.value).count("\n") == 2


def test_sources_come_sorted_by_id_from_any_subfolder(tmp_path):
    for place in ("z.md", "2024/a.md", "m.md"):
        write(tmp_path / "sources" / place)
    assert [source.source_id for source in read_sources(tmp_path, languages=LANGUAGES)] == ["a", "m", "z"]


@pytest.mark.parametrize("twin", ["2024/a.md", "A.md"])
def test_two_sources_with_one_id_are_an_error(tmp_path, twin):
    write(tmp_path / "sources/a.md")
    write(tmp_path / "sources" / twin)
    with pytest.raises(SourceError, match=r"has the same source_id as .*; rename one of the two"):
        read_sources(tmp_path, languages=LANGUAGES)


def test_one_origin_in_two_spellings_is_an_error(tmp_path):
    write(tmp_path / "sources/a.md")
    write(tmp_path / "sources/b.md", origin="Alliance of Quang  Tri")
    with pytest.raises(SourceError, match="one office would seem to be two"):
        read_sources(tmp_path, languages=LANGUAGES)


def test_file_that_is_no_source_is_not_passed_over(tmp_path):
    write(tmp_path / "sources/a.md")
    write(tmp_path / "sources/b.txt")
    with pytest.raises(SourceError, match=r"b\.txt: is no source; name it <source_id>\.md or keep it elsewhere"):
        read_sources(tmp_path, languages=LANGUAGES)


def test_hidden_files_are_no_sources(tmp_path):
    write(tmp_path / "sources/a.md")
    write(tmp_path / "sources/.ipynb_checkpoints/a.md")
    assert len(read_sources(tmp_path, languages=LANGUAGES)) == 1


def test_folder_without_sources_is_an_error(tmp_path):
    with pytest.raises(SourceError, match="holds no source; put a card and its text there"):
        read_sources(tmp_path, languages=LANGUAGES)


def test_area_chooses_sources_but_all_files_are_checked(tmp_path):
    write(tmp_path / "sources/a.md")
    write(tmp_path / "sources/b.md", ref_area="VN-DN", origin="alliance of Da Nang")
    assert [source.source_id for source in read_sources(tmp_path, "VN-DN", languages=LANGUAGES)] == ["b"]
    assert read_sources(tmp_path, "VN-36", languages=LANGUAGES) == []
    write(tmp_path / "sources/a.md", text="")
    with pytest.raises(SourceError, match=r"a\.md: text is empty"):
        read_sources(tmp_path, "VN-DN", languages=LANGUAGES)


def test_asking_for_an_unknown_area_is_an_error(tmp_path):
    write(tmp_path / "sources/a.md")
    with pytest.raises(SourceError, match="area 'Da Nang' is not known; did you mean 'VN-DN'"):
        read_sources(tmp_path, "Da Nang", languages=LANGUAGES)


def test_reading_changes_nothing(tmp_path):
    path = write(tmp_path / "sources/a.md")
    before = path.read_bytes()
    read_sources(tmp_path, languages=LANGUAGES)
    assert path.read_bytes() == before


def test_shipped_sources_are_good():
    areas = [(source.ref_area, source.language) for source in read_sources(RAW)]
    assert set(areas) == {
        ("VN-DN", "en"), ("VN-DN", "id"), ("VN-36", "en"), ("VN-36", "id"), ("VN-36", "vi"),
        ("VN-25", "ar"), ("VN-25", "hi"), ("VN-25", "id"), ("VN-25", "vi"),
    }  # fmt: skip


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the full articles are not republished")
@pytest.mark.parametrize(
    "path",
    [path for path in sorted((RAW / "sources").glob("*.md")) if "\nseed: null\n" not in path.read_text("utf-8")],
    ids=lambda path: path.stem,
)
def test_shipped_notes_quote_every_digit_of_the_article_in_order_and_no_whole_sentence(path):
    source = read_source(path)
    article = (SEEDS / source.seed).read_text(encoding="utf-8")
    assert re.findall(r"\d+", source.text) == re.findall(r"\d+", article)
    sentences = {sentence.strip() for sentence in re.split(r"[.।]\s|\n", article) if len(sentence.split()) > 2}
    place = 0
    for line in source.text.split("\n"):
        for phrase in re.split(r"\s*\[[^\]]*\]\s*", line[2:]):
            assert phrase in article[place:]
            place = article.index(phrase, place) + len(phrase)
            assert phrase not in sentences


def test_nearest_offer_does_not_depend_on_order():
    assert nearest("lang", ["bang", "sang"]) == nearest("lang", ["sang", "bang"])
