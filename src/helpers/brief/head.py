"""The head of a page: its subject, ground and dates, its other languages and subjects, and what a link preview says."""

from dataclasses import dataclass

from markupsafe import Markup

from helpers.brief import cited, colophon, evidence, findings, names
from helpers.brief.comparing import YEAR
from helpers.brief.facts import Briefing
from helpers.brief.fragments import Html, render
from helpers.brief.wording import direction

METADATA = "application/vnd.cooperative-briefing+json"


@dataclass(frozen=True)
class Heading:
    """The head of a page, with what the page's template needs to know beside the visible text."""

    html: Html
    metadata: dict[str, str]

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, object]:
        return {"text/html": str(self.html), METADATA: self.metadata, "text/plain": self.metadata["title"]}


def heading(briefing: Briefing) -> Heading:
    """Return the head of the page: what it is about, of which ground and of when."""
    words = briefing.words
    title = words.say(
        "Cooperatives in {areas}", areas=words.enumerate(briefing.area_names[area] for area in briefing.areas)
    )
    borders = dict.fromkeys(names.boundary(words, figure.boundary) for figure in briefing.figures.values())
    place = words.say("Provinces of Vietnam")
    if not briefing.is_comparison:
        place = words.say("{area}, Vietnam", area=briefing.area_names[briefing.area])
    ground = words.say("{place}, {borders}.", place=place, borders=words.enumerate(borders))
    dateline = [ground, *(_dates_of(briefing, area) for area in briefing.areas)]
    html = render(
        "heading",
        kicker=words.say("Statistical briefing"),
        title=title,
        dateline=dateline,
        unchecked=None
        if words.is_checked
        else words.say(
            "No native reader of {language} has checked the words of this page yet; its numbers come from the same"
            " tables as those of every language.",
            language=words.language_name(words.language),
        ),
        elsewhere=[
            (words.say("Languages"), colophon.to_languages(briefing)),
            (words.say("Briefings"), colophon.to_subjects(briefing)),
        ],
    )
    told = cited.figures(briefing)
    metadata = {
        "title": title.unescape(),
        "language": words.language,
        "direction": direction(words.language),
        "description": findings.headline(briefing)[0].striptags(),
        "date": colophon.latest_day(briefing).isoformat(),
        "figures": str(len(told)),
        "doubts": str(sum(bool(figure.flags) for figure in told)),
        "failed": str(len(cited.failed_checks(briefing))),
    }
    if briefing.last_edition:
        metadata |= {"edition": briefing.last_edition, "changes": str(len(briefing.changes))}
    return Heading(html, metadata)


def _dates_of(briefing: Briefing, area: str) -> Markup:
    """Return of when the numbers shown of an area are, from the earliest, and that older ones fill gaps."""
    words = briefing.words
    rows = [row for row in briefing.stated if row.ref_area == area and row.formula == "figure"]
    rows = sorted(rows, key=lambda row: (row.period_start is None, row.period_start))
    current = [row for row in rows if not evidence.is_older(row, rows, days=YEAR)]
    whens = list(dict.fromkeys(evidence.when(briefing, row) for row in current))
    if len(current) < len(rows):
        whens.append(words.say("older where nothing newer is known"))
    spans = words.series(whens)
    if briefing.is_comparison:
        return words.say("{area}: {whens}.", area=briefing.area_names[area], whens=spans)
    return words.say("Figures: {whens}.", whens=spans)
