"""Where a number comes from: its printed words, its sources, how sure it is, and what else was claimed.

Every number of a page leads to one of these entries. Printed words stay in their own language and direction.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from markupsafe import Markup

from helpers.brief import caveats, names
from helpers.brief.facts import Briefing, card_words, evidence_id
from helpers.brief.fragments import Html, render
from helpers.brief.wording import direction, mark
from helpers.compare.references import is_reference
from helpers.records import Compared, Figure, Source

RULES = {
    "explicit_term": mark("Taken from the text whose term leaves no doubt."),
    "undisputed_reading": mark("Taken from the text whose reading is in no doubt."),
    "exact": mark("The exact number is preferred to a vaguer one."),
    "stated_period": mark("The number whose period is stated is preferred."),
    "later_publication": mark("The number published later is preferred."),
    "finer_rounding": mark("The number that is rounded less is preferred."),
    "undecided": mark("No rule tells which of the values is right, so none is preferred."),
}

FORMULAS = {
    "sum": mark("Our sum of {terms}."),
    "difference": mark("Our difference, from {terms}."),
    "ratio": mark("Our ratio, from {terms}."),
    "share": mark("Our share, from {terms}."),
}

ASSUMPTIONS = {
    "population": mark("Set against {number} inhabitants."),
    "converted_left": mark("The larger number holds if what was converted stayed a cooperative."),
    "unplaced_anywhere": mark("{number} of the total is in no sector that the text gives and may belong to this one."),
    "counted_twice": mark("The sectors exceed the total by {number}, so that much is counted twice."),
}


# Whose count a national value is; families of statistics, each an area of its own.
PRODUCERS = {
    "VN/MPI": mark("Ministry of Planning and Investment"),
    "VN/VCA": mark("Vietnam Cooperative Alliance"),
    "VN/GSO": mark("General Statistics Office"),
    "VN/MOF": mark("Ministry of Finance"),
}

UNNAMED_PUBLISHER = "not named in the text"  # how cards say it
SENTENCE_MARK = "- "  # with which figure notes begin a sentence; it is ours and no part of the quote

# A number as Briefing.show makes it.
_BUTTON = re.compile(r'<button data-figure="([^"]+)"')
# Such a number with the signs behind it, and with the Arabic "and", which is written without a space before it.
_KEPT = re.compile(
    r"(?<!\w)\u0648<button [^>]*>[^<]*</button>[.,;:)\u060c\u061b\u0964]*"
    r"|<button [^>]*>[^<]*</button>[.,;:)\u060c\u061b\u0964]+"
)
_ELISION = "\n… "  # between two phrases of figure notes


def explain(briefing: Briefing, record: Figure | Compared) -> Html:
    """Return the entry that the number of ``record`` leads to."""
    tell = _national if is_reference(record.ref_area) else _printed if isinstance(record, Figure) else _computed
    entry = tell(briefing, record)
    number = Markup('<span data-figure="{}">{}</span>').format(evidence_id(record), briefing.words.quantity(record))
    value = names.counted(briefing.words, number, record)
    note = briefing.note(record)
    html = render("evidence", id=note, title=briefing.title(record), value=value, **entry)
    itself = re.compile(rf'<button (data-figure="[^"]+") popovertarget="{note}">(.*?)</button>')
    return set_numbers(Html(itself.sub(r"<span \1>\2</span>", str(html))))


def set_numbers(html: Html) -> Html:
    """Return a piece of a page with its numbers set: a button keeps the punctuation beside it on its line.

    The second and later buttons of each figure are marked, for paper has one footnote.
    """
    opened = set()

    def again(button: re.Match) -> str:
        if button[1] in opened:
            return f'<button class="again" data-figure="{button[1]}"'
        opened.add(button[1])
        return button[0]

    kept = _KEPT.sub(r'<span class="kept">\g<0></span>', _BUTTON.sub(again, str(html)))
    return Html(kept)


def publisher(briefing: Briefing, source: Source) -> Markup:
    """Return who published a source; cards say so in our words where the text does not name it."""
    if source.publisher == UNNAMED_PUBLISHER:
        return briefing.words.say("not named")
    return card_words(source.publisher)


def when(briefing: Briefing, record: Figure | Compared) -> Markup:
    """Return what is known of the time that a record is for."""
    words = briefing.words
    if record.period_basis == "stated":
        return words.period(record.period)
    if record.period_basis == "publication" and record.period_end:
        return words.say("published {day}", day=words.date(record.period_end))
    return within(briefing, record.period_start, record.period_end)


def is_older(record: Compared, beside: Iterable[Compared], *, days: int) -> bool:
    """Return whether a record is for a time that ended more than ``days`` before the newest one beside it began.

    A record that may be as old as one likes counts as older: it fills a gap and must not read like a current one.
    """
    newest = max((other.period_start for other in beside if other.period_start), default=None)
    if newest is None:
        return False
    return record.period_end is None or newest - record.period_end > timedelta(days=days)


def dated(briefing: Briefing, record: Compared, shown: Markup, beside: Iterable[Compared], *, days: int) -> Markup:
    """Return what is shown of a record, with its time behind it where it ``is_older`` than one beside it."""
    if not is_older(record, beside, days=days):
        return shown
    return Markup("{} ({})").format(shown, when(briefing, record))


def within(briefing: Briefing, first: date | None, last: date | None) -> Markup:
    """Return in words that a day is unknown but lies between two others, either of which may be unknown too."""
    words = briefing.words
    if first and last:
        return words.say("undated, {days}", days=words.days(first, last))
    if first:
        return words.say("undated, not before {day}", day=words.date(first))
    if last:
        return words.say("undated, not after {day}", day=words.date(last))
    return words.say("undated")


def published(briefing: Briefing, source: Source) -> Markup:
    """Return when a source appeared, as far as is known."""
    if source.published:
        return briefing.words.date(source.published)
    return within(briefing, source.not_before, source.not_after)


def _printed(briefing: Briefing, figure: Figure) -> dict[str, object]:
    words = briefing.words
    notes = caveats.of_figure(briefing, figure)
    notes += [
        caveats.of_check(briefing, check)
        for check in briefing.checks
        if check.verdict == "differs" and check.figures[0] == figure.figure_id
    ]
    notes += [words.say(RULES[figure.rule])] if figure.rule in RULES else []
    context = [when(briefing, figure), _certainty(briefing, figure), *_rounding(briefing, figure)]
    if len(figure.origins) > 1:  # one alone is named by the card of the source
        origins = words.enumerate(briefing.origin(origin) for origin in figure.origins)
        context.append(words.say("counted by {origins}", origins=origins))
    is_whole = bool(figure.flags)
    return {
        "context": words.series(context),
        "claims": _quotes(briefing, _telling(briefing, figure), is_whole=is_whole),
        "notes": notes,
        "others_label": words.say("Other claims, not used:"),
        "others": _quotes(briefing, figure.unused, is_whole=is_whole),
    }


def _computed(briefing: Briefing, row: Compared) -> dict[str, object]:
    words = briefing.words
    notes = [words.say(FORMULAS[row.formula], terms=caveats.terms(briefing, row.figures)), *_assumption(briefing, row)]
    return {"context": when(briefing, row), "claims": [], "notes": notes, "others": []}


def _assumption(briefing: Briefing, row: Compared) -> list[Markup]:
    """Return what had to be taken for granted to compute a number."""
    if not row.assumption:
        return []
    code, *details = row.assumption.split(":")
    number = briefing.count(int(details[0])) if details else ""
    return [briefing.words.say(ASSUMPTIONS[code], number=number)]


def _national(briefing: Briefing, row: Compared) -> dict[str, object]:
    """Return who counted for the whole country and where that was read; its terms have no entries of their own."""
    words = briefing.words
    figures = [briefing.national_figures[term] for term in row.figures]
    printed = Markup('<span data-figure="{}">{}</span>')
    terms = [
        words.say(
            "{number} ({thing})",
            number=printed.format(term.figure_id, words.quantity(term)),
            thing=briefing.thing(term),
        )
        for term in figures
    ]
    notes = [words.say(FORMULAS[row.formula], terms=words.enumerate(terms))] if row.formula != "figure" else []
    sources = dict.fromkeys(_filed(briefing, term) for term in figures)
    notes.append(
        words.say(
            "Counted by: {origin}. Source: {source}.", origin=producer(briefing, row), source=words.series(sources)
        )
    )
    return {"context": when(briefing, row), "claims": [], "notes": [*notes, *_assumption(briefing, row)], "others": []}


def _filed(briefing: Briefing, figure: Figure) -> Markup:
    """Return where a national value was read and whom it counts, as people filed it."""
    source = figure.used[0].partition("#")[2]
    benchmark = briefing.benchmarks.get(figure.figure_id)
    return card_words(f"{source} ({benchmark.scope})" if benchmark else source)


def producer(briefing: Briefing, row: Compared) -> Markup:
    """Return the office whose national count a row is."""
    return briefing.words.say(PRODUCERS[row.ref_area])


def _certainty(briefing: Briefing, figure: Figure) -> Markup:
    """Return how many texts and origins say a figure: repeating is not confirming."""
    words = briefing.words
    if figure.status == "derived":
        return words.say("bounds taken from other figures")
    if figure.status == "corroborated":
        origins = len(figure.origins)
        return words.say_many(
            "confirmed by {number} count",
            "confirmed by {number} separate counts",
            origins,
            number=briefing.count(origins),
        )
    if figure.status == "repeated":
        return words.say_many(
            "in {number} text, one origin",
            "repeated in {number} texts, one origin",
            figure.texts,
            number=briefing.count(figure.texts),
        )
    versions = len({briefing.observations[address].source_id for address in figure.used})
    if versions > 1:
        return words.say_many(
            "in one text, read in {number} translation",
            "in one text, read in {number} translations",
            versions,
            number=briefing.count(versions),
        )
    return words.say("in one text only")


def _telling(briefing: Briefing, figure: Figure) -> list[str]:
    """Return the claims to quote: all where any doubt is flagged, else of the copies of one text only one.

    Of several copies it is the one in the page's language, where there is one. A comparison quotes less, for each
    province has a briefing that quotes all: one claim, or one of each text where any doubt is flagged.
    """
    if figure.flags and not briefing.is_comparison:
        return list(figure.used)
    texts: dict[str, str] = {}
    for address in sorted(figure.used, key=lambda it: briefing.source_of(it).language != briefing.words.language):
        source = briefing.source_of(address)
        texts.setdefault(source.text_id or source.source_id, address)
    told = [address for address in figure.used if address in texts.values()]
    return told[:1] if briefing.is_comparison and not figure.flags else told


def _quotes(briefing: Briefing, addresses: Iterable[str], *, is_whole: bool) -> list[Markup]:
    """Return a quote of each passage, once also where it prints both ends of a range."""
    passages = {}
    for address in addresses:
        observation = briefing.observations[address]
        passages.setdefault((observation.source_id, observation.quote_start, observation.quote), address)
    return [_quote(briefing, address, is_whole=is_whole) for address in passages.values()]


def _quote(briefing: Briefing, address: str, *, is_whole: bool) -> Markup:
    """Return the printed words with the number marked in them, and a button for the card of their source.

    Of a passage in several phrases the first and the number's own are enough, unless it is quoted as a whole.
    """
    observation, source = briefing.observations[address], briefing.source_of(address)
    start, end = observation.start - observation.quote_start, observation.end - observation.quote_start
    before, number, after = observation.quote[:start], observation.quote[start:end], observation.quote[end:]
    if source.form == "notes":
        before = before.removeprefix(SENTENCE_MARK)
    if not is_whole:
        first, *between = before.split(_ELISION)
        before, after = _ELISION.join((first, *between[-1:])), after.partition(_ELISION)[0]
    words, run = briefing.words, direction(source.language)
    turn = "" if run == direction(words.language) else Markup(' dir="{}"').format(run)
    quote = Markup('<q lang="{}"{}>{}<mark>{}</mark>{}</q>').format(source.language, turn, before, number, after)
    return Markup('{} <button popovertarget="{}">[{}] <span>{}</span></button>').format(
        quote,
        briefing.card(source),
        words.number([*briefing.sources].index(source.source_id) + 1),
        words.language_name(source.language),
    )


def _rounding(briefing: Briefing, figure: Figure) -> list[Markup]:
    """Return between which bounds the number lies that was printed rounded or roughly."""
    if None in (figure.value, figure.lower, figure.upper) or figure.lower == figure.upper:
        return []
    words = briefing.words
    low, high = (briefing.show_bound(figure, side) for side in ("lower", "upper"))
    return [words.say("taken as {low} to {high}", low=low, high=high)]
