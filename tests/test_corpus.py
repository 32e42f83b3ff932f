"""Corpora are read whole, in order, by many processes, and a bad row costs itself and nothing else."""

import gzip
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from helpers.read import corpus
from helpers.read.corpus import AHEAD, BYTES, ROWS, extract_files, read_chunks
from helpers.read.entries import LONGEST_LINE
from helpers.read.files import InputError

RAW = Path(__file__).parents[1] / "data" / "raw"
TEXT = "Provinsi ini memiliki 341 koperasi dengan 95.423 anggota."
OTHER = "Kota ini memiliki 27 taman dengan 1.200 pohon."


def row(source_id="a", text=TEXT, language="id", **more) -> dict:
    return {"source_id": source_id, "language": language, "text": text, **more}


def write_lines(path: Path, rows: list) -> Path:
    lines = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def pack(path: Path) -> Path:
    packed = path.with_name(f"{path.name}.gz")
    packed.write_bytes(gzip.compress(path.read_bytes()))
    return packed


def write_table(path: Path, rows: list[dict], **options) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path, **options)
    return path


def extract(*paths: Path, **wishes) -> tuple[list[dict], list[str], bool]:
    """Return the rows, what was told on the error stream, and whether all was read."""
    out, err = io.BytesIO(), io.StringIO()
    sound = extract_files(paths, RAW, out=out, err=err, **wishes)
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines(), sound


def found(*paths: Path, **wishes) -> list[tuple[str, int]]:
    rows, problems, sound = extract(*paths, **wishes)
    assert (problems, sound) == ([], True)
    return [(found["source_id"], found["value"]) for found in rows]


BOTH = [("a", 341), ("a", 95423)]


def test_json_lines_are_read_plain_and_packed(tmp_path):
    path = write_lines(tmp_path / "some.jsonl", [row(), "", row("b", OTHER)])
    assert found(path) == found(pack(path)) == BOTH


def test_a_byte_order_mark_is_no_part_of_the_first_row(tmp_path):
    path = write_lines(tmp_path / "some.jsonl", [row()])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert found(path) == BOTH


def test_parquet_is_read_plain_and_packed(tmp_path):
    path = write_table(tmp_path / "some.parquet", [row(), row("b", OTHER)])
    assert found(path) == found(pack(path)) == BOTH
    assert found(write_table(tmp_path / "other.parquet", [row()], compression="gzip")) == BOTH


def test_plain_text_is_read_under_its_own_name(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert found(path) == found(path, language="id") == found(pack(path)) == BOTH


def test_a_source_is_read_with_its_card():
    (path,) = RAW.glob("sources/quang-tri-2024-*-ar.md")
    rows, problems, sound = extract(path)
    assert (problems, sound) == ([], True)
    assert {found["source_id"] for found in rows} == {path.stem}


def test_a_row_without_language_is_asked_itself(tmp_path):
    rows = [row(language=None), row("b", "Tỉnh có 148 hợp tác xã đang hoạt động.", None)]
    assert found(write_lines(tmp_path / "some.jsonl", rows)) == [*BOTH, ("b", 148)]


def test_card_fields_of_a_row_reach_the_reader(tmp_path):
    text = "Pada akhir tahun lalu, provinsi Quang Tri memiliki 341 koperasi."
    rows = [row(text=text, published=day, ref_area="VN-25") for day in ("2024-02-20", "2024-02-20T08:30:00+07:00")]
    table = write_table(tmp_path / "some.parquet", [row(text=text, published=date(2024, 2, 20), ref_area="VN-25")])
    told, _, _ = extract(write_lines(tmp_path / "some.jsonl", rows), table)
    assert [(found["area"], found["period"][:4]) for found in told] == [("same", "2023")] * 3


def test_numbers_are_printed_for_texts_on_other_subjects_too(tmp_path):
    rows, _, _ = extract(write_lines(tmp_path / "some.jsonl", [row(text=OTHER), row()]), numbers=True)
    assert [found["text"] for found in rows] == ["27", "1.200", "341", "95.423"]


BAD_ROWS = {
    "{": "is no JSON in UTF-8 (",
    "[]": "[] is no object; ",
    "{}": "field 'source_id': None is no name; ",
    json.dumps(row(source_id="")): "field 'source_id': '' is no name; ",
    json.dumps(row(text=None)): "field 'text': None is no text; ",
    json.dumps(row(language="idn")): "field 'language': no lexicon for 'idn'; did you mean 'id'?",
    json.dumps(row(language=["id"])): "field 'language': no lexicon for ",
    json.dumps(row(text="341 koperasi", language=None)): "language cannot be told from the text; ",
    json.dumps(row(published="20/2/2024")): "field 'published': '20/2/2024' is no day; ",
    json.dumps(row(published=20240220)): "field 'published': 20240220 is no day; ",
    json.dumps(row(ref_area="Quang Tri")): "field 'ref_area': 'Quang Tri' is not known; ",
    json.dumps(row(ref_area={})): None,
    "[" * 100_000: "is no JSON in UTF-8 (",
    '{"source_id": ' + "9" * 5000 + "}": "is no JSON in UTF-8 (",
}


@pytest.mark.parametrize("bad", BAD_ROWS, ids=range(len(BAD_ROWS)))
def test_a_bad_row_is_told_with_its_line_and_the_rest_is_read(tmp_path, bad):
    path = write_lines(tmp_path / "some.jsonl", [row(), bad, row("b")])
    rows, problems, sound = extract(path)
    assert [found["source_id"] for found in rows if found["source_id"] == "b"] == ["b", "b"]
    if BAD_ROWS[bad] is None:  # an empty optional field, however it is empty
        assert (problems, sound) == ([], True)
    else:
        (problem,) = problems
        assert problem.startswith(f"{path}:2: {BAD_ROWS[bad]}")
        assert not sound


def test_bytes_that_are_no_text_are_a_bad_row(tmp_path):
    path = write_lines(tmp_path / "some.jsonl", [row()])
    path.write_bytes(b'{"text": "\xff"}\n' + path.read_bytes())
    rows, problems, _ = extract(path)
    assert (len(rows), len(problems)) == (2, 1)
    assert problems[0].startswith(f"{path}:1: is no JSON in UTF-8 (")


def test_a_bad_row_of_a_table_is_told_with_its_number(tmp_path):
    path = write_table(tmp_path / "some.parquet", [row(), row("b", None), row("c")])
    rows, problems, _ = extract(path)
    assert [found["source_id"] for found in rows] == ["a", "a", "c", "c"]
    assert problems == [f"{path}: row 2: field 'text': None is no text; write the article there"]


def test_a_line_too_long_for_memory_is_refused_and_the_next_is_read(tmp_path):
    path = write_lines(tmp_path / "some.jsonl", [row(text="x" * LONGEST_LINE), row()])
    rows, problems, _ = extract(path)
    assert len(rows) == 2
    assert problems == [f"{path}:1: is longer than 64 MB; give each article a row of its own"]


def test_a_broken_file_is_told_and_the_next_is_read(tmp_path):
    whole = write_lines(tmp_path / "some.jsonl", [row()])
    cut, no_table, missing = (tmp_path / name for name in ("cut.jsonl.gz", "no.parquet", "missing.jsonl"))
    cut.write_bytes(pack(whole).read_bytes()[:-12])
    no_table.write_bytes(b"PAR1")
    rows, problems, sound = extract(cut, no_table, missing, tmp_path, whole)
    assert [found["value"] for found in rows] == [341, 95423]
    assert [problem.partition(": cannot be read to its end (")[0] for problem in problems] == [
        str(path) for path in (cut, no_table, missing, tmp_path)
    ]
    assert not sound


def test_an_unknown_language_is_refused_before_anything_is_read(tmp_path):
    with pytest.raises(InputError, match="--language: no lexicon for 'xx'"):
        extract(tmp_path / "missing.jsonl", language="xx")


@pytest.mark.parametrize("text", ["\ud800 341 koperasi \udfff", "\u202e341 koperasi", "\x00 341 koperasi"])
def test_hostile_characters_come_back_as_they_were(tmp_path, text):
    path = write_lines(tmp_path / "some.jsonl", [json.dumps(row(text=text))])
    (found,), problems, _ = extract(path)
    assert text[found["start"] : found["end"]] == "341"
    assert found["quote"] in text
    assert problems == []


def many_rows(count: int) -> list:
    """Return rows of which every tenth is bad, every seventh speaks of cooperatives and the rest of other things."""
    return ["{" if n % 10 == 9 else row(f"n{n}", TEXT if n % 7 == 0 else OTHER) for n in range(count)]


def test_many_processes_give_what_one_gives_in_the_same_order(tmp_path):
    path = write_lines(tmp_path / "some.jsonl", many_rows(ROWS * 12))
    alone, shared = extract(path, jobs=1), extract(path, jobs=3)
    assert alone == shared
    ids = [int(found["source_id"][1:]) for found in alone[0]]
    assert ids == sorted(ids)
    assert len(alone[1]) == len(range(9, ROWS * 12, 10))


def test_memory_is_bounded_because_only_so_many_chunks_are_on_their_way(tmp_path, monkeypatch):
    """Rows are taken from a corpus only as answers are written, whatever its length."""
    taken = []
    original = corpus.read_chunks

    def count_chunks(path):
        for chunk in original(path):
            taken.append(len(chunk.rows))
            yield chunk

    class Out(io.BytesIO):
        def write(self, lines):
            on_their_way.append(len(taken) - len(on_their_way))
            return len(lines)

    on_their_way = []
    monkeypatch.setattr(corpus, "read_chunks", count_chunks)
    path = write_lines(tmp_path / "some.jsonl", [row(text=OTHER)] * (ROWS * 40))
    extract_files([path], RAW, out=Out(), err=io.StringIO(), jobs=2)
    assert (len(on_their_way), sum(taken)) == (40, ROWS * 40)
    assert max(on_their_way) <= AHEAD * 2 + 1


@pytest.mark.parametrize("text", ["x", "x" * BYTES])
def test_chunks_are_bounded_in_rows_and_in_size(tmp_path, text):
    path = write_lines(tmp_path / "some.jsonl", [row(text=text)] * 9 + [row()] * ROWS)
    table = write_table(tmp_path / "some.parquet", [row(text=text)] * 9 + [row()] * ROWS)
    for file in (path, table):
        chunks = list(read_chunks(file))
        assert [chunk.first for chunk in chunks] == [
            sum(len(chunk.rows) for chunk in chunks[:place]) + 1 for place in range(len(chunks))
        ]
        assert max(len(chunk.rows) for chunk in chunks) <= ROWS
        assert all(sum(len(str(row)) for row in chunk.rows[:-1]) < 2 * BYTES for chunk in chunks)


def test_progress_is_shown_on_a_terminal_only(tmp_path):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    path = write_lines(tmp_path / "some.jsonl", [row(), "{"])
    err = Terminal()
    extract_files([path], RAW, out=io.BytesIO(), err=err)
    assert err.getvalue().endswith("\r2 articles read\n")
    assert extract(write_lines(tmp_path / "good.jsonl", [row()]))[1] == []


READ = """
import sys
from pathlib import Path
from helpers.read.corpus import extract_files
if __name__ == "__main__":
    extract_files([Path(sys.argv[1])], Path(sys.argv[2]), out=sys.stdout.buffer, err=sys.stderr, jobs=2)
"""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe, to be killed in the middle of a file")
def test_processes_end_with_the_one_that_started_them(tmp_path):
    """Killed without warning, the reader leaves no process behind: all of them hold its output open."""
    script = tmp_path / "read.py"
    script.write_text(READ, encoding="utf-8")
    feed = tmp_path / "endless.jsonl"
    os.mkfifo(feed)
    with subprocess.Popen([sys.executable, script, feed, RAW], stdout=subprocess.PIPE) as reader:
        with feed.open("w", encoding="utf-8") as rows:
            for n in range(ROWS * 20):
                rows.write(json.dumps(row(text=TEXT if n < 40 else OTHER)) + "\n")
            rows.flush()
            reader.stdout.readline()
            reader.kill()
        reader.stdout.read()
