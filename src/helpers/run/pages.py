"""Make the HTML page of an executed notebook, with the project's own nbconvert template."""

import copy
from functools import cache
from pathlib import Path
from threading import Lock

import nbformat
from jinja2 import TemplateError
from nbconvert import TemplateExporter

from helpers.run.errors import NotebookError

TEMPLATES = Path(__file__).parent.parent / "templates"

_lock = Lock()  # the exporter is one for all pages, for compiling its templates takes longer than using them


def render_page(executed: nbformat.NotebookNode) -> str:
    """Return the page that shows the outputs of ``executed``; the same outputs give the same bytes.

    The cells are named by their place, because papermill gives a cell of its own a random name.
    Raises NotebookError when the template cannot show what the notebook put out.
    """
    executed = copy.deepcopy(executed)
    for number, cell in enumerate(executed.cells, start=1):
        cell.id = f"cell-{number}"
    try:
        with _lock:
            page, _ = _exporter().from_notebook_node(executed)
    except TemplateError as error:
        reason = f"{type(error).__name__}: {error}; look at {TEMPLATES}"
        raise NotebookError(f"the page could not be made: {reason}") from error
    return page


@cache
def _exporter() -> TemplateExporter:
    # nbconvert's exporter for HTML would parse each page and print it anew, to mend pictures that ours has not.
    # Preprocessors serve what the template leaves out: input, scripts, other people's styles.
    return TemplateExporter(
        template_name="briefing",
        template_extension=".html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        default_preprocessors=[],
    )
