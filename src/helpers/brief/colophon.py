"""What a page says of itself: where its other versions are, how to cite it, who may use it, its numbers to save."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from babel import Locale
from markupsafe import Markup

from helpers.brief.facts import Briefing, evidence_id
from helpers.brief.fragments import Html, render
from helpers.records import Compared, Figure

# CLDR calls the language like its country there, which beside other languages reads as a place.
AUTONYMS = {"id": "Bahasa Indonesia"}

COLUMNS = ("figure", "period", "value", "lower", "upper", "qualifier", "unit")


def to_languages(briefing: Briefing) -> list[Markup]:
    """Return links to the same briefing in the other languages, each named in itself."""
    return [
        _link(_file(briefing.subject, language), _autonym(language), language, language == briefing.words.language)
        for language in briefing.languages
    ]


def to_subjects(briefing: Briefing) -> list[Markup]:
    """Return links to the other briefings in this language."""
    language = briefing.words.language
    return [
        _link(_file(subject, language), name, language, subject == briefing.subject)
        for subject, name in briefing.subjects.items()
    ] + [_link("index.html", briefing.words.say("All"), language, False)]


def latest_day(briefing: Briefing) -> date:
    """Return the last day on which an article of the briefing may have appeared."""
    days = (source.published or source.not_after or source.not_before for source in briefing.sources.values())
    return max(day for day in days if day)


def colophon(briefing: Briefing, records: Sequence[Figure | Compared]) -> Html:
    """Return the section at the end of a page; ``records`` are those whose numbers can be saved from it."""
    words = briefing.words
    title = words.say("Cooperatives in {areas}", areas=words.enumerate(map(briefing.area_names.get, briefing.areas)))
    edition = Markup("<code>{}</code>").format(briefing.edition)
    lines = [
        words.say(
            "Cite as: “{title}”, statistical briefing, edition {edition}, from articles published by {day}.",
            title=title,
            edition=edition,
            day=words.date(latest_day(briefing)),
        ),
        words.say(
            "Licence: the text, tables and charts of this page may be used under the MIT licence of the project;"
            " quoted words belong to their publishers."
        ),
        words.say(
            "Contact: report an error in the issues of the repository that this page was made in, with the edition."
        ),
    ]
    return render(
        "colophon",
        title=words.say("Cite, use and save"),
        lines=lines,
        data=_as_csv(records),
        file=f"{briefing.subject}.csv",
        save=words.say("Save the numbers of this page as a table (CSV)"),
    )


def _as_csv(records: Iterable[Figure | Compared]) -> str:
    """Return the address of a table that is inside the page, with the codes of ``data/processed``."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        writer.writerow([evidence_id(record), *(_plain(getattr(record, name)) for name in COLUMNS[1:])])
    return f"data:text/csv;charset=utf-8,{quote(table.getvalue(), safe=',+/=')}"


def _plain(value: object) -> str:
    return "" if value is None else format(value, "f") if hasattr(value, "as_tuple") else str(value)


def _file(subject: str, language: str) -> str:
    return f"{subject}.{language}.html"


def _autonym(language: str) -> str:
    name = AUTONYMS.get(language) or Locale.parse(language).get_language_name()
    return name[:1].upper() + name[1:]


def _link(target: str, name: str, language: str, is_here: bool) -> Markup:
    if is_here:
        return Markup('<span lang="{}" aria-current="page">{}</span>').format(language, name)
    return Markup('<a href="{}" lang="{}" hreflang="{}">{}</a>').format(target, language, language, name)
