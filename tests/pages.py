"""The real briefings, made in this process from the tables that are committed."""

import re
from functools import cache
from pathlib import Path

import nbformat

from helpers.brief import page
from helpers.brief.facts import Briefing, load_briefing
from helpers.run.pages import render_page

ROOT = Path(__file__).parents[1]
NOTEBOOK = ROOT / "notebooks" / "3-briefing.ipynb"
LANGUAGES = ("en", "vi", "id", "ar", "hi")
SUBJECTS = ("da-nang", "ninh-thuan", "quang-tri", "comparison")


@cache
def facts(subject: str, language: str = "en") -> Briefing:
    """Return what the briefing is made from."""
    processed, raw = ROOT / "data" / "processed", ROOT / "data" / "raw"
    return load_briefing(subject, language, languages=LANGUAGES, processed=processed, raw=raw)


@cache
def html(subject: str, language: str = "en") -> str:
    """Return the page, as the cells of the notebook show it."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if called := re.fullmatch(r"page\.(\w+)\(briefing\)", cell.source):
            cell.outputs = [
                nbformat.v4.new_output("display_data", _bundle(getattr(page, called[1])(facts(subject, language))))
            ]
    return render_page(notebook)


def _bundle(shown: object) -> dict[str, object]:
    """Return what Jupyter stores of an object: its own bundle, or its HTML."""
    if hasattr(shown, "_repr_mimebundle_"):
        return shown._repr_mimebundle_()
    return {"text/html": shown._repr_html_()}
