"""`briefings add`: from an article found this morning to a source, told beforehand and never written over."""

import http.server
import re
import shutil
import sys
import threading
from dataclasses import fields
from datetime import date
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from helpers import cli
from helpers.desk import articles
from helpers.desk.articles import ArticleError, fetch_article
from helpers.desk.filing import describe
from helpers.desk.notes import Reading, make_notes
from helpers.desk.proposals import propose
from helpers.desk.told import tell_meaning
from helpers.read.observations import read_source
from helpers.read.places import load_places
from helpers.read.sources import read_sources
from helpers.records import Observation

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "tests" / "articles"
HUNG_YEN = ARTICLES / "hung-yen.html"
PLACES = load_places(ROOT / "data" / "raw")
TODAY = date(2026, 11, 21)
NAME = "hung-yen-2024-01-18-en.md"
MOST_WORDS = 12
PLACED = ("source_id", "start", "end", "occurrence", "quote", "quote_start")
MEANING = [column.name for column in fields(Observation) if column.name not in PLACED]

SHORT = """Hung Yen counts its cooperatives

The province of Hung Yen has 352 cooperatives.
"""
# The translation keeps the numerals of the page and nothing else.
HINDI = """हंग येन प्रांत ने 2023 में अपनी सहकारी समितियों का लेखा-जोखा किया।
2023 के अंत में प्रांत में 352 सहकारी समितियाँ थीं, जिनमें 41,250 सदस्य और 9,870 श्रमिक थे।
इसके अलावा प्रांत में 618 सहकारी समूह हैं, जिनमें 7,340 सदस्य हैं।
2023 में एक सहकारी समिति का औसत राजस्व 1.9 अरब वीएनडी रहा; 27 सहकारी समितियाँ नई स्थापित हुईं और 9 भंग हुईं।
2023 में सहायता कोष ने 34 परियोजनाओं को 12.6 अरब वीएनडी का ऋण दिया। 2025 तक 400 सहकारी समितियों का लक्ष्य है।
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Return the folder of a project with the real sources; commands are started in it."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    (tmp_path / "Snakefile").touch()
    shutil.copy(ROOT / "config.yaml", tmp_path)
    (tmp_path / "src").symlink_to(ROOT / "src")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def raw(project):
    return project / "data" / "raw"


@pytest.fixture
def briefings(monkeypatch, capsys):
    """Return what starts the command in this process and tells its exit code, its words and its complaint."""

    def start(*words):
        monkeypatch.setattr(sys, "argv", ["briefings", *map(str, words)])
        code = 0
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return start


@pytest.fixture(scope="module")
def site():
    """Return the address of a newspaper of our own on this machine."""
    pages = {
        "/hung-yen.html": (200, "text/html", HUNG_YEN.read_bytes()),
        "/empty.html": (200, "text/html", b"<!doctype html><html><body><script>load()</script></body></html>"),
    }

    class Newspaper(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, kind, page = pages.get(self.path, (404, "text/html", b"<html><body>not here</body></html>"))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *words):
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Newspaper)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def write_pdf(path, *lines):
    """Write a page with these lines of text; without any it shows a picture, as a scan does."""
    with plt.rc_context({"pdf.fonttype": 42}):
        canvas = plt.figure()
        for place, line in enumerate(lines):
            canvas.text(0.05, 0.9 - 0.2 * place, line)
        if not lines:
            axes = canvas.add_axes((0, 0, 1, 1))
            axes.imshow([[0, 1], [1, 0]])
            axes.set_axis_off()
        canvas.savefig(path)
        plt.close(canvas)
    return path


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def meanings(observations):
    return [tuple(getattr(seen, name) for name in MEANING) for seen in observations]


def phrases(text):
    return [re.sub(r"^(?:- |… )", "", line) for line in text.splitlines() if line]


def test_article_at_an_address_becomes_a_source_that_can_be_read(briefings, raw, site):
    code, said, complaint = briefings("add", f"{site}/hung-yen.html", "--yes")
    assert (code, complaint) == (0, "")
    assert "352: 352 organisation, organisations coop, 2023-12-31" in said
    source = {source.source_id: source for source in read_sources(raw)}["hung-yen-2024-01-18-en"]
    assert (source.publisher, source.author, source.published) == ("Red River Gazette", "Le Minh", date(2024, 1, 18))
    assert (source.ref_area, source.origin, source.form) == ("VN-66", "alliance of Hung Yen", "notes")
    assert "Hung Yen (2)" in source.ref_area_evidence
    assert f"# Found at {site}/hung-yen.html" in (raw / "sources" / NAME).read_text(encoding="utf-8")


def test_area_that_no_run_covers_yet_is_told(briefings, project):
    _, said, _ = briefings("add", HUNG_YEN, "--yes")
    assert said.endswith(
        "VN-66 is no area of config.yaml yet; add it there, and `briefings run` renders its briefing\n"
    )
    (project / "data" / "raw" / "sources" / NAME).unlink()
    (project / "config.yaml").write_text("{areas: [VN-66], languages: [en], indicators: [members]}", encoding="utf-8")
    _, said, _ = briefings("add", HUNG_YEN, "--yes")
    assert "config.yaml" not in said


def test_full_text_stays_private_unless_its_owner_has_the_right_to_publish_it(briefings, raw):
    briefings("add", HUNG_YEN, "--yes")
    private = (raw / "private" / NAME).read_text(encoding="utf-8")
    assert "Its chairman thanked the districts" in private
    assert "thanked" not in (raw / "sources" / NAME).read_text(encoding="utf-8")
    shutil.rmtree(raw / "private")
    (raw / "sources" / NAME).unlink()
    briefings("add", HUNG_YEN, "--yes", "--full")
    assert (raw / "sources" / NAME).read_text(encoding="utf-8") == private
    assert not (raw / "private").exists()


def test_menus_comments_and_other_pages_days_are_no_part_of_the_article():
    text = fetch_article(str(HUNG_YEN)).text
    assert text.startswith("Hung Yen looks back")
    assert not re.search(r"Weather|18 January|Comments|colours", text)


def test_what_would_be_filed_is_shown_and_asked_for_first(briefings, raw, monkeypatch):
    before = files_of(raw)
    monkeypatch.setattr("typer.confirm", lambda question: False)
    code, said, _ = briefings("add", HUNG_YEN)
    assert (code, files_of(raw)) == (0, before)
    assert said.endswith("Nothing was written.\n")
    for told in (
        "  published: 2024-01-18\n",
        "  ref_area: VN-66\n",
        "Figures read: 11\n",
        "Numbers not understood: 0\n",
        "Figure notes: 10 phrases; 11 of 11 figures are read from them as from the article.\n",
    ):
        assert told in said


def test_what_a_person_tells_goes_before_what_was_read(briefings, raw):
    briefings("add", HUNG_YEN, "--yes", "--card", "origin=statistics office of Hung Yen", "-c", "author=")
    source = next(source for source in read_sources(raw) if source.ref_area == "VN-66")
    assert (source.origin, source.author) == ("statistics office of Hung Yen", None)


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ("ref_area=Hung Yen", "field 'ref_area': area 'Hung Yen' is not known; did you mean 'VN-66' (Hưng Yên)?"),
        ("puplisher=a", "field 'puplisher' is not known; did you mean 'publisher'?"),
        ("published=5/6/2023", "field 'published': '5/6/2023' is no date"),
        ("language=xx", "no lexicon for 'xx'"),
        ("published", "--card 'published': has no value; write field=value"),
    ],
)
def test_card_that_cannot_be_is_refused_like_one_that_stands_in_a_file(briefings, raw, told, complaint):
    before = files_of(raw)
    code, _, said = briefings("add", HUNG_YEN, "--yes", "--card", told)
    assert (code, files_of(raw)) == (2, before)
    assert complaint in said


def test_article_that_is_there_already_is_refused(briefings, raw, tmp_path):
    briefings("add", HUNG_YEN, "--yes")
    reprint = tmp_path / "reprint.txt"
    reprint.write_text("From another paper.\n" + fetch_article(str(HUNG_YEN)).text, encoding="utf-8")
    before = files_of(raw)
    for again in (HUNG_YEN, reprint):
        code, _, said = briefings("add", again, "--yes")
        assert (code, files_of(raw)) == (2, before)
        assert said == (
            f"{again}: is filed already as hung-yen-2024-01-18-en, whose numerals it repeats; a reprint adds no voice\n"
        )


def test_short_article_with_few_numerals_is_known_again_by_its_words(briefings, raw, tmp_path):
    short = tmp_path / "short.txt"
    short.write_text(SHORT, encoding="utf-8")
    assert briefings("add", short, "--yes")[0] == 0
    assert briefings("add", short, "--yes")[0] == 2
    short.write_text(SHORT.replace("352", "353"), encoding="utf-8")
    assert briefings("add", short, "--yes")[0] == 0
    assert (raw / "sources" / "hung-yen-undated-en-2.md").exists()


def test_translation_is_named_and_counts_as_the_voice_that_it_repeats(briefings, raw, tmp_path):
    briefings("add", HUNG_YEN, "--yes", "--card", "origin=statistics office of Hung Yen")
    translation = tmp_path / "translation.txt"
    translation.write_text(HINDI, encoding="utf-8")
    code, said, _ = briefings("add", translation, "--yes")
    assert code == 0
    assert "It is a copy of hung-yen-2024-01-18-en (English) in Hindi, by its numerals" in said
    assert {source.origin for source in read_sources(raw, "VN-66")} == {"statistics office of Hung Yen"}


def test_undated_article_is_bounded_by_the_day_on_which_it_was_filed(raw, tmp_path):
    short = tmp_path / "short.txt"
    short.write_text(SHORT, encoding="utf-8")
    source = propose(fetch_article(str(short)), raw, today=TODAY).source
    assert (source.published, source.not_before, source.not_after) == (None, None, TODAY)


def test_day_printed_above_an_article_is_its_day(raw, tmp_path):
    dated = tmp_path / "dated.txt"
    dated.write_text("Thursday, 18 January 2024 - 08:30\n" + SHORT, encoding="utf-8")
    assert propose(fetch_article(str(dated)), raw, today=TODAY).source.published == date(2024, 1, 18)


def test_two_provinces_named_alike_are_not_decided_between(raw, tmp_path):
    both = tmp_path / "both.txt"
    both.write_text("Hung Yen and Hai Duong have 352 cooperatives.", encoding="utf-8")
    with pytest.raises(ArticleError, match="it cannot be told which province it is about"):
        propose(fetch_article(str(both)), raw, today=TODAY)


def test_text_layer_of_a_pdf_is_read_block_by_block(tmp_path):
    path = write_pdf(tmp_path / "a.pdf", "Hung Yen counts its cooperatives", "The province has 352\ncooperatives.")
    assert fetch_article(str(path)).text == "Hung Yen counts its cooperatives\nThe province has 352 cooperatives."


def test_article_that_cannot_be_had_is_told_with_place_and_mend_and_nothing_is_written(briefings, raw, site, tmp_path):
    bad = {name: tmp_path / name for name in ("scan.pdf", "torn.pdf", "binary", "blank.txt", "sport.txt", "words.txt")}
    write_pdf(bad["scan.pdf"])
    bad["torn.pdf"].write_bytes(b"%PDF-1.7\nnothing more")
    bad["binary"].write_bytes(bytes(range(256)))
    bad["blank.txt"].write_text(" \n", encoding="utf-8")
    bad["sport.txt"].write_text("The team of Hung Yen won 3 of 4 matches in the spring of 2024.", encoding="utf-8")
    bad["words.txt"].write_text("The cooperatives of Hung Yen met in 2024.", encoding="utf-8")
    complaints = {
        f"{site}/gone.html": "answered 404; open it in a browser, and save the page there",
        f"{site}/empty.html": "holds no article; save the page after it has loaded, or its text",
        bad["scan.pdf"]: "has no text layer, it is a scan; have its letters recognised, and add that",
        bad["torn.pdf"]: "save it again, without a password",
        bad["binary"]: "is neither UTF-8 text nor HTML nor PDF; save the article as one of these",
        bad["blank.txt"]: "holds no words; save the article itself",
        bad["sport.txt"]: "does not speak of cooperatives in English; file it elsewhere",
        bad["words.txt"]: "holds 1 numbers and no statistic of cooperatives among them",
        tmp_path / "none.txt": "cannot be read (No such file or directory); name a file or an address",
        raw / "sources" / "quang-tri-undated-id.md": "has a card already; put it into data/raw/sources",
    }
    before = files_of(raw)
    for place, complaint in complaints.items():
        code, _, said = briefings("add", place, "--yes")
        assert (code, said.startswith(f"{place}: ")) == (2, True), said
        assert complaint in said
    assert files_of(raw) == before


def test_book_is_no_article(monkeypatch, tmp_path):
    book = tmp_path / "book.txt"
    book.write_text("cooperatives " * 100, encoding="utf-8")
    monkeypatch.setattr(articles, "MOST_LETTERS", 1000)
    with pytest.raises(ArticleError, match="is 1,299 characters long"):
        fetch_article(str(book))
    monkeypatch.setattr(articles, "MOST_BYTES", 1000)
    with pytest.raises(ArticleError, match="has 1,300 bytes, more than 1,000"):
        fetch_article(str(book))


@pytest.mark.parametrize("path", sorted(ARTICLES.glob("*.txt")), ids=lambda path: path.stem)
def test_notes_are_verbatim_phrases_that_carry_every_number_and_read_like_the_article(path):
    text = path.read_text(encoding="utf-8")
    reading = Reading(path.stem.partition("-")[0], None, None, PLACES)
    notes = make_notes(text, reading)
    plain = " ".join(text.split())
    assert [phrase for phrase in phrases(notes.text) if phrase not in plain] == []
    assert max(len(phrase.split()) for phrase in phrases(notes.text)) <= MOST_WORDS
    assert re.findall(r"\d+", notes.text) == re.findall(r"\d+", text)
    assert (notes.lost, notes.added) == ((), ())
    assert meanings(reading.read(notes.text)[1]) == meanings(notes.kept) == meanings(reading.read(text)[1])


def test_notes_leave_something_of_every_sentence_out():
    text = fetch_article(str(HUNG_YEN)).text
    notes = make_notes(text, Reading("en", date(2024, 1, 18), "VN-66", PLACES)).text
    sentences = [sentence for sentence in re.split(r"(?<=[a-z]\.)\s", text) if len(sentence.split()) > 6]
    told = " ".join(" ".join(phrases(notes)).split())
    assert [sentence for sentence in sentences if sentence in told] == []


def test_what_phrases_lead_astray_is_told_with_its_correction(briefings, raw, tmp_path):
    """A sentence so short that no phrase of it can tell what is counted without being the whole."""
    lines = [f"{n} coops in Hung Yen are weak and {n + 20} are said to be good." for n in range(31, 36)]
    article = tmp_path / "article.txt"
    article.write_text("\n".join(["Cooperatives of Hung Yen", *lines]), encoding="utf-8")
    proposal = propose(fetch_article(str(article)), raw, today=TODAY)
    told = list(describe(proposal, raw, TODAY))
    assert len(proposal.notes.kept) + len(proposal.notes.lost) == len(proposal.observations)
    assert [line for line in told if line.startswith("  otherwise: ")] == [
        f"  otherwise: {seen.text}: {tell_meaning(seen)}" for seen in proposal.notes.lost
    ]


def test_reading_the_filed_source_gives_what_was_shown(raw):
    proposal = propose(fetch_article(str(HUNG_YEN)), raw, today=TODAY)
    assert meanings(read_source(proposal.source, PLACES)[1]) == meanings(proposal.observations)
