"""Fetch one article from a file or an address: its words, and what its page says of itself.

Takes text, HTML and PDF with a text layer, told apart by their content. Judges nothing that the words say.
"""

import configparser
import io
import logging
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pdfminer.high_level import extract_pages
from pdfminer.layout import LTTextBox
from trafilatura import bare_extraction
from trafilatura.downloads import fetch_response
from trafilatura.settings import DEFAULT_CONFIG

from helpers.read.files import InputError

MOST_BYTES = 20_000_000  # trafilatura's own limit for a page; a PDF with pictures stays below it
MOST_LETTERS = 100_000  # ten times the longest article met; a book or a year's volume is no article
SECONDS = 30  # until an address has to answer

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_TAG = re.compile(rb"<(?:!doctype html|html|head|body|article)\b", re.IGNORECASE)
_BEGINNING = 2000  # bytes in which HTML shows itself

# trafilatura writes what goes wrong to its log and answers nothing; we say it ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)


class ArticleError(InputError):
    """There is no article to be had; the message names the file or address, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Article:
    """The words of an article, a paragraph a line, and what its page says of itself; None where it does not.

    ``place`` is the file or address that it came from.
    """

    place: str
    text: str = field(repr=False)
    headline: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None

    @property
    def address(self) -> str | None:
        """The address that the article can be read at, if it came from one."""
        return self.place if _ADDRESS.match(self.place) else None


def fetch_article(place: str) -> Article:
    """Return the article in the file or at the address ``place``.

    Raises ArticleError for what cannot be had or is no text: no answer, an empty page, a scan, a book.
    """
    content = _download(place) if _ADDRESS.match(place) else _read(Path(place))
    if content.startswith(b"%PDF"):
        article = Article(place, _read_pdf(place, content))
    else:
        is_page = _TAG.search(content[:_BEGINNING])
        article = _read_page(place, content) if is_page else Article(place, _tidy(_decode(place, content)))
    if not article.text:
        raise ArticleError(f"{place}: holds no words; save the article itself, as text, HTML or PDF with a text layer")
    if len(article.text) > MOST_LETTERS:
        raise ArticleError(
            f"{place}: is {len(article.text):,} characters long, no article has more than {MOST_LETTERS:,};"
            " save the part that is an article"
        )
    return article


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ArticleError(f"{path}: has {size:,} bytes, more than {MOST_BYTES:,}; save the article by itself")
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"{path}: cannot be read ({error.strerror}); name a file or an address") from error


def _download(address: str) -> bytes:
    settings = configparser.ConfigParser()
    settings.read_dict(DEFAULT_CONFIG)
    settings["DEFAULT"].update(
        MAX_FILE_SIZE=str(MOST_BYTES + 1),  # one byte more than is allowed shows that there was more
        DOWNLOAD_TIMEOUT=str(SECONDS),
        INSECURE_SSL_FALLBACK="off",
        SSRF_PROTECTION="off",  # archives stand in intranets too, and who names the address can reach it anyway
    )
    answer = fetch_response(address, config=settings)
    if answer is None:
        raise ArticleError(f"{address}: no answer; look whether it opens in a browser, and save the page there")
    if answer.status != 200:
        raise ArticleError(f"{address}: answered {answer.status}; open it in a browser, and save the page there")
    if len(answer.data) > MOST_BYTES:
        raise ArticleError(f"{address}: is larger than {MOST_BYTES:,} bytes; save the article by itself")
    return answer.data


def _decode(place: str, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{place}: is neither UTF-8 text nor HTML nor PDF; save the article as one of these"
        ) from error
    if "\0" in text:
        raise ArticleError(f"{place}: is no text; save the article as text, HTML or PDF")
    if text.startswith("---\n"):
        raise ArticleError(f"{place}: has a card already; put it into data/raw/sources")
    return text


def _read_page(place: str, page: bytes) -> Article:
    """Return the article of an HTML page, its headline first, without menus, comments and what else is around."""
    found = bare_extraction(
        page,
        url=place if _ADDRESS.match(place) else None,
        include_comments=False,
        with_metadata=True,
        # Only days that the page itself declares: a date found anywhere on it may be another article's.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if found is None or not found.text:
        raise ArticleError(f"{place}: holds no article; save the page after it has loaded, or its text")
    headline = _one_line(found.title)
    text = _tidy(found.text)
    if headline and headline not in text:
        text = f"{headline}\n{text}"
    return Article(
        place,
        text,
        headline=headline,
        publisher=_one_line(found.sitename) or _one_line(found.hostname),
        author=_one_line(found.author),
        published=date.fromisoformat(found.date) if found.date else None,
    )


def _read_pdf(place: str, content: bytes) -> str:
    """Return the text of a PDF, one line for each block of print: its line ends are those of the paper."""
    try:
        boxes = [box for page in extract_pages(io.BytesIO(content)) for box in page if isinstance(box, LTTextBox)]
    except Exception as error:  # a damaged file makes pdfminer fail in any way
        reason = str(error) or type(error).__name__
        raise ArticleError(f"{place}: cannot be read as PDF ({reason}); save it again, without a password") from error
    text = _tidy("\n".join(" ".join(box.get_text().split()) for box in boxes))
    if not text:
        raise ArticleError(f"{place}: has no text layer, it is a scan; have its letters recognised, and add that")
    return text


def _tidy(text: str) -> str:
    """Return the lines that hold something, each without spaces at its ends."""
    return "\n".join(line for line in (" ".join(line.split(" ")).strip() for line in text.splitlines()) if line)


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None
