"""Read whole corpora with all cores in bounded memory: which process reads which rows, in what order answers come back.

Files are JSON Lines (``.jsonl``, ``.ndjson``), Parquet (``.parquet``), sources with their card (``.md``) and plain
texts (any other name), each but the sources also inside gzip (``.gz``). Rows have ``source_id`` and ``text``, and may
have ``language``, ``published`` and ``ref_area``; other fields are passed over.
"""

import contextlib
import gzip
import itertools
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from helpers.read.cores import count_cores
from helpers.read.entries import (
    LONGEST_LINE,
    Answer,
    Chunk,
    Wish,
    check_language,
    load_known_places,
    read_chunk,
)
from helpers.read.files import InputError

ROWS = 128  # in one chunk: milliseconds of work even for texts that are passed over
BYTES = 512 * 2**10  # in one chunk, so that long articles do not pile up
BUFFER = 64 * 2**10  # of a file; rows of some kilobytes come four times as fast as with the buffer that Python chooses
AHEAD = 4  # chunks on their way for each process: what a corpus of any length holds in memory
FEW_CHUNKS = 8  # so many small ones are read in this process: starting others costs most of a second
FIELDS = ("source_id", "language", "text", "published", "ref_area")


def extract_files(
    paths: Iterable[Path],
    raw: Path,
    *,
    out: BinaryIO,
    err: TextIO,
    language: str | None = None,
    numbers: bool = False,
    jobs: int | None = None,
) -> bool:
    """Write the statistics in the files at ``paths`` to ``out`` as JSON Lines; return whether everything could be read.

    With ``numbers`` every number is written instead, with its role. Lines stand in the order of files, rows and text,
    however many processes share the work (one for each core unless ``jobs`` says otherwise). What cannot be read is
    told on ``err`` with file and row, and the rest is done; on a terminal ``err`` shows progress too. ``language`` is
    that of rows and plain texts that name none; without it each is asked itself (``detect_language``). Texts that do
    not speak of cooperatives are passed over unless ``numbers`` is set.

    Raises InputError for a ``language`` without lexicon, for wrong tables of places in ``raw``, and when a process is
    ended from outside.
    """
    try:
        check_language(language)
    except InputError as error:
        raise InputError(f"--language: {error}") from error
    load_known_places(raw)
    terminal = err.isatty()
    seen, sound = 0, True
    answers = _answer(_read_all(paths), Wish(raw, language, numbers), jobs or count_cores())
    with contextlib.closing(answers):
        for answer in answers:
            out.write(answer.lines)
            err.writelines(f"\r{problem}\n" if terminal else f"{problem}\n" for problem in answer.problems)
            seen, sound = seen + answer.rows, sound and not answer.problems
            if terminal:
                err.write(f"\r{seen:,} articles read")
    if terminal and seen:
        err.write("\n")
    out.flush()
    return sound


def read_chunks(path: Path) -> Iterator[Chunk]:
    """Yield the rows of the file at ``path`` in chunks of bounded size; its name says what it is.

    Raises InputError where the file cannot be read (further); what was yielded before stands.
    """
    name = Path(path.name.removesuffix(".gz"))
    if name.suffix == ".md":
        yield Chunk(path, "card", (b"",))
        return
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb", BUFFER) as file:
            if name.suffix in (".jsonl", ".ndjson"):
                yield from _gather(path, "line", _read_lines(file))
            elif name.suffix == ".parquet":
                yield from _gather(path, "record", _read_records(file, packed=path.suffix == ".gz"))
            else:
                yield Chunk(path, "text", (file.read(LONGEST_LINE),))
    except (OSError, EOFError, zlib.error, pa.ArrowException) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error).partition("\n")[0]
        raise InputError(f"cannot be read to its end ({reason.rstrip('.')}); put the whole file there") from error


def _read_lines(file: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of ``file``; of one that is too long only the beginning, which its reader then refuses."""
    for line in iter(partial(file.readline, LONGEST_LINE), b""):
        yield line
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE)


def _read_records(file: BinaryIO, *, packed: bool) -> Iterator[dict]:
    """Yield the rows of a Parquet file page by page; it is read from both ends, so one in gzip is unpacked to disk."""
    with tempfile.TemporaryFile() as unpacked:
        if packed:
            shutil.copyfileobj(file, unpacked)
            file = unpacked
        table = pq.ParquetFile(file, pre_buffer=False, buffer_size=BYTES)
        columns = [field for field in FIELDS if field in table.schema_arrow.names]
        for batch in table.iter_batches(batch_size=ROWS, columns=columns, use_threads=False):
            yield from batch.to_pylist()


def _gather(path: Path, form: str, rows: Iterator[bytes | dict]) -> Iterator[Chunk]:
    gathered: list[bytes | dict] = []
    first, size = 1, 0
    for row in rows:
        gathered.append(row)
        size += len(row if isinstance(row, bytes) else row.get("text") or "")
        if len(gathered) == ROWS or size >= BYTES:
            yield Chunk(path, form, tuple(gathered), first)
            first, gathered, size = first + len(gathered), [], 0
    if gathered:
        yield Chunk(path, form, tuple(gathered), first)


def _read_all(paths: Iterable[Path]) -> Iterator[Chunk]:
    for path in paths:
        try:
            yield from read_chunks(path)
        except InputError as error:
            yield Chunk(path, "broken", tuple(error.args))


def _answer(chunks: Iterator[Chunk], wish: Wish, jobs: int) -> Iterator[Answer]:
    """Yield the answers to ``chunks`` in their order, from ``jobs`` processes or, for a few rows, from this one."""
    read = partial(read_chunk, wish=wish)
    beginning = list(itertools.islice(chunks, FEW_CHUNKS + 1))
    chunks = itertools.chain(beginning, chunks)
    little = len(beginning) <= FEW_CHUNKS and sum(len(chunk.rows) for chunk in beginning) <= ROWS
    if jobs == 1 or little:
        yield from map(read, chunks)
        return
    pool = ProcessPoolExecutor(jobs, mp_context=_start_method(), initializer=_follow_parent)
    waiting: deque[Future[Answer]] = deque()
    try:
        for chunk in chunks:
            waiting.append(pool.submit(read, chunk))
            if len(waiting) > AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise InputError(
            "a process that reads was ended from outside, most often for want of memory; read fewer files at a time"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_method() -> multiprocessing.context.BaseContext:
    """Fork from a small process that has loaded the reader; forking this one would copy the locks of its threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([read_chunk.__module__])
    return context


def _follow_parent() -> None:
    """Leave the interrupt key to the parent, and end when it ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)
