"""Pieces of HTML: templates filled in, shown as they are in a notebook.

Everything that is not markup already is escaped. A piece carries no style of its own; the page's template has it.
"""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

TEMPLATES = Path(__file__).parents[1] / "templates"

_environment = Environment(
    loader=FileSystemLoader([TEMPLATES / "briefing" / "fragments", TEMPLATES / "briefing", TEMPLATES / "desk"]),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _css_string(text: str) -> Markup:
    """Return words to stand between the quotes of a style sheet."""
    return escape(re.sub(r"[\\'\"\n]", lambda sign: f"\\{ord(sign[0]):x} ", escape(text).striptags()))


_environment.filters["css"] = _css_string


class Html(Markup):
    """Markup that Jupyter shows."""

    def _repr_html_(self) -> str:
        return str(self)

    def __repr__(self) -> str:
        return f"<HTML of {len(self)} characters>"


def render(name: str, **parts: object) -> Html:
    """Return the fragment ``name`` filled with ``parts``; a part that the fragment lacks or misses is an error."""
    return Html(_environment.get_template(f"{name}.html.j2").render(parts))


def load_templates() -> None:
    """Compile every template ahead, for processes that are forked from this one."""
    for name in _environment.list_templates(extensions="j2"):
        _environment.get_template(name)
