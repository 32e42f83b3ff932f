"""What was read, by whom it was published and counted, and how it was read.

Titles and reasons are people's own words from ``data/raw``; they carry the language that they are written in.
"""

from collections.abc import Iterable

from markupsafe import Markup

from helpers.brief import evidence
from helpers.brief.definitions import is_official, say
from helpers.brief.facts import CARD_LANGUAGE, Briefing, card_words
from helpers.records import Figure, Source


def describe(briefing: Briefing, source: Source) -> list[Markup]:
    """Return what is known of a source: who published it and when, who counted, why its date is bounded."""
    words = briefing.words
    lines = [
        words.say(
            "Publisher: {publisher}. Author: {author}. Published: {when}.",
            publisher=evidence.publisher(briefing, source),
            author=card_words(source.author) if source.author else words.say("not named"),
            when=evidence.published(briefing, source),
        ),
        words.say(
            "Read in {language}. Counted by: {origin}.",
            language=words.language_name(source.language),
            origin=briefing.origin(source.origin),
        ),
    ]
    if briefing.is_comparison:
        return lines  # why a date is bounded is told where the source is told of at length
    if source.not_before_reason:
        lines.append(words.say("Not earlier: {reason}.", reason=card_words(source.not_before_reason)))
    if source.not_after_reason:
        lines.append(words.say("Not later: {reason}.", reason=card_words(source.not_after_reason)))
    return lines


def reading(briefing: Briefing) -> list[Markup]:
    """Return in which form the sources were read, and which of them are one text."""
    return [*_forms(briefing), *_copies(briefing), *_foreign_words(briefing)]


def rules(briefing: Briefing) -> list[Markup]:
    """Return the rules by which numbers were read and put together, for people who want to trust them."""
    words = briefing.words
    return [
        words.say("Numbers are read from the printed words by rules, without any model; a number keeps its qualifier."),
        words.say("Computed lower bounds are rounded down and upper bounds up."),
        words.say(
            "Where the articles leave something open, bounds are given; what is not stated is missing, not zero."
        ),
        words.say("Copies and translations of one article are one text; only separate counts confirm each other."),
        words.say("Where translations merge legal forms, a separately written text decides, and the repair is shown."),
    ]


def definitions(briefing: Briefing, figures: Iterable[Figure]) -> list[Markup]:
    """Return what the indicator of each figure counts, as far as anybody defines it."""
    words = briefing.words
    used = {name: briefing.definitions[name] for name in dict.fromkeys(figure.indicator for figure in figures)}
    lines = [
        words.say(
            "{name}: {definition}",
            name=briefing.indicator_names[indicator],
            definition=say(words, definition),
        )
        for indicator, definition in used.items()
    ]
    undefined = [briefing.indicator_names[name] for name, definition in used.items() if not is_official(definition)]
    if undefined:
        lines.append(words.say("No official definition was found of: {things}.", things=words.series(undefined)))
    return lines


def _forms(briefing: Briefing) -> list[Markup]:
    words = briefing.words
    forms = {source.form for source in briefing.sources.values()}
    if "notes" not in forms:
        return []
    if len(forms) > 1:
        return [
            words.say("Some of the articles were read from figure notes: the printed phrases that carry the numbers.")
        ]
    return [
        words.say(
            "The articles are other people's writing and are not republished. They were read from figure notes:"
            " the printed phrases that carry the numbers, not the full articles."
        )
    ]


def _foreign_words(briefing: Briefing) -> list[Markup]:
    """Return which words of the page stay as people filed them."""
    words = briefing.words
    if words.language == CARD_LANGUAGE:
        return []
    return [
        words.say(
            "Titles of articles, names of publishers and offices, reasons for dates and analysts' reasons are given in"
            " English."
        )
    ]


def _copies(briefing: Briefing) -> list[Markup]:
    words = briefing.words
    return [
        words.say(
            "The {languages} articles are translations of one article, published {when}: they are one text, and their"
            " agreement confirms nothing.",
            languages=words.enumerate(words.language_name(source.language) for source in copies),
            when=evidence.published(briefing, copies[0]),
        )
        for copies in briefing.texts
        if len(copies) > 1
    ]
