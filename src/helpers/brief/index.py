"""The page that leads to every briefing, made from what each page says of itself in its head."""

from dataclasses import dataclass
from datetime import date
from html.parser import HTMLParser

from markupsafe import Markup

from helpers.brief.fragments import render
from helpers.brief.wording import Wording, direction, load_wording

LANGUAGE = "en"  # of the words around the links; each link is in the language of its page


@dataclass(frozen=True)
class Head:
    """What a page says of itself: its language, its title and its metadata by name."""

    language: str
    title: str
    metadata: dict[str, str]


def render_index(pages: dict[str, str]) -> str:
    """Return the page that lists ``pages``, given by file name: a paragraph for each subject, a link for each language.

    The paragraph is that of the first page of the subject; what a page does not say of itself is left out.
    """
    words = load_wording(LANGUAGE)
    subjects: dict[str, dict[str, Head]] = {}
    for name, page in pages.items():
        subjects.setdefault(name.split(".")[0], {})[name] = read_head(page)
    return str(
        render(
            "index",
            title=words.say("Briefings on the cooperatives of Vietnamese provinces"),
            language=LANGUAGE,
            subjects=[_subject(words, heads) for heads in subjects.values()],
            counting=words.say(
                "Doubts are figures that were repaired or corrected, or that their texts contradict, leave open or only"
                " expect; every page tells them."
            ),
        )
    )


def read_head(page: str) -> Head:
    """Return what a page says of itself.

    >>> read_head('<html lang="hi"><title> A &amp; B </title><meta name="date" content="2024-02-20">')
    Head(language='hi', title='A & B', metadata={'date': '2024-02-20'})
    >>> read_head("torn").title
    'Briefing without a title'
    """
    reader = _HeadReader()
    reader.feed(page.partition("<body")[0])
    return Head(reader.language, reader.title.strip() or "Briefing without a title", reader.metadata)


def _subject(words: Wording, heads: dict[str, Head]) -> dict[str, object]:
    first = next(iter(heads.values()))
    links = [(name, head.language, direction(head.language), head.title) for name, head in heads.items()]
    return {
        "title": first.title,
        "language": first.language,
        "direction": direction(first.language),
        "summary": first.metadata.get("description"),
        "facts": _facts(words, first.metadata),
        "links": links,
    }


def _facts(words: Wording, metadata: dict[str, str]) -> list[Markup]:
    """Return of when the articles are and how much of what they state is in doubt."""
    facts = []
    if "date" in metadata:
        facts.append(words.say("Articles published by {day}", day=words.date(date.fromisoformat(metadata["date"]))))
    counts = {
        "figures": words.say("Figures"),
        "doubts": words.say("Doubts"),
        "failed": words.say("Checks that fail"),
    }
    facts += [
        words.say("{name}: {number}", name=name, number=words.number(int(metadata[key])))
        for key, name in counts.items()
        if key in metadata
    ]
    if "edition" in metadata:
        facts.append(
            words.say(
                "Changed since edition {edition}: {number}",
                edition=metadata["edition"],
                number=words.number(int(metadata["changes"])),
            )
        )
    return facts


class _HeadReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.language, self.title, self.metadata = LANGUAGE, "", {}
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._is_title = tag == "title"
        if tag == "html":
            self.language = given.get("lang") or LANGUAGE
        if tag == "meta" and given.get("name"):
            self.metadata[given["name"]] = given.get("content") or ""

    def handle_endtag(self, tag: str) -> None:
        self._is_title = False

    def handle_data(self, data: str) -> None:
        if self._is_title:
            self.title += data
