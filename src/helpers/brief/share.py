"""Pack briefings to send: one archive with the pages, the tables behind them and a summary for the mail.

Pages stay whole by themselves, and links work among those that are packed. The same files give the same bytes.
"""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

from helpers.brief.index import read_head, render_index
from helpers.read.files import InputError

SUMMARY, INDEX = "summary.txt", "index.html"
_NO_DAY = (1980, 1, 1, 0, 0, 0)  # the first that an archive can hold: no clock may show in it


def pack(names: Iterable[str], *, reports: Path, processed: Path) -> bytes:
    """Return a zip archive with the briefings ``names`` (``quang-tri.vi``), an index of them, the tables and a summary.

    ``reports`` and ``processed`` are the published folders. Raises InputError with every name that is not published,
    and for no name at all.
    """
    chosen = sorted(set(names))
    published = sorted(path.stem for path in reports.glob("*.*.html"))
    if not published:
        raise InputError(f"{reports}: holds no briefing yet; start `briefings run`")
    if unknown := [name for name in chosen if name not in published]:
        raise InputError(*(f"no briefing {name!r} in {reports}; there are {', '.join(published)}" for name in unknown))
    if not chosen:
        raise InputError(f"no briefing is named; there are {', '.join(published)}")
    pages = {f"{name}.html": (reports / f"{name}.html").read_text(encoding="utf-8") for name in chosen}
    contents = {SUMMARY: summarise(pages), INDEX: render_index(pages), **pages}
    tables = {f"data/{path.name}": path.read_text(encoding="utf-8") for path in sorted(processed.iterdir())}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (contents | tables).items():
            entry = zipfile.ZipInfo(name, _NO_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return written.getvalue()


def summarise(pages: dict[str, str]) -> str:
    """Return the pages in a few lines of plain text: file, title, headline and the day of the last article.

    >>> page = '<html><title>Groups</title><meta name="description" content="There are 5."></html>'
    >>> summarise({"a.en.html": page})
    'Groups (a.en.html)\\nThere are 5.\\n'
    """
    heads = {name: read_head(page) for name, page in pages.items()}
    told = [
        "\n".join(filter(None, [f"{head.title} ({name})", head.metadata.get("description"), head.metadata.get("date")]))
        for name, head in heads.items()
    ]
    return "\n\n".join(told) + "\n"
