"""What is doubtful of a number: its flags and the checks that failed, each told in a sentence."""

from collections.abc import Iterable

from markupsafe import Markup

from helpers.brief import names
from helpers.brief.facts import Briefing, card_words
from helpers.brief.wording import mark
from helpers.records import Check, Figure, Observation

# Flags from the gravest down.
GRAVITY = ("conflict", "repaired", "ambiguous", "doubtful", "corrected", "expected")

CONTRADICTIONS = {
    "parts_total": mark("The sectors of {area} add up to {found}, while the text gives {first} in all."),
    "types_total": mark("The legal forms of {area} add up to {found}, while together they are counted as {first}."),
    "subset_in_whole": mark("In {area} a part, {first}, is larger than its whole, {second}."),
    "members_per_organisation": mark(
        "In {area} the {forms} have fewer members ({first}) than there are of them ({second})."
    ),
    "workers_per_member": mark(
        "In {area} the {forms} have more workers ({first}) than members ({second});"
        " the two may not count the same people."
    ),
    "plausible_range": mark("In {area} {first} lies outside of what is plausible for {thing}."),
    "plausible_mean": mark("In {area} {first} lies outside of what is plausible for {thing}."),
    "stock_change": mark(
        "The foundings and closures of {area} do not explain how the number of organisations changed."
    ),
}


def of_figure(briefing: Briefing, figure: Figure) -> list[Markup]:
    """Return a sentence for every flag of a figure, the gravest first."""
    tell = {
        "conflict": _conflict,
        "repaired": _repair,
        "ambiguous": _ambiguity,
        "doubtful": _lost_distinction,
        "corrected": _correction,
        "expected": _expectation,
    }
    return [tell[flag](briefing, figure) for flag in GRAVITY if flag in figure.flags]


def listed(briefing: Briefing, figures: Iterable[Figure]) -> list[Markup]:
    """Return a line for every figure with a flag; those that are only expected share one for each area and version."""
    words, lines, expected = briefing.words, [], {}
    for figure in figures:
        if figure.flags == ("expected",):
            expected.setdefault((figure.ref_area, _expecting(briefing, figure)), []).append(figure)
        elif figure.flags:
            lines.append(_line(briefing, figure))
    for (area, languages), alike in expected.items():
        if len(alike) == 1:
            lines.append(_line(briefing, alike[0]))
            continue
        told = [words.say("{name}: {number}", name=briefing.thing(it), number=briefing.show(it)) for it in alike]
        sentence = words.say_many(
            "The {languages} version gives as expected, not as reached: {terms}.",
            "The {languages} versions give as expected, not as reached: {terms}.",
            len(languages),
            languages=words.enumerate(languages),
            terms=words.series(told),
        )
        if briefing.is_comparison:
            sentence = words.say("{label}: {doubts}", label=briefing.area_names[area], doubts=sentence)
        lines.append(sentence)
    return lines


def _line(briefing: Briefing, figure: Figure) -> Markup:
    doubts = Markup(" ").join(of_figure(briefing, figure))
    return briefing.words.say("{label}: {doubts}", label=briefing.title(figure), doubts=doubts)


def of_check(briefing: Briefing, check: Check) -> Markup:
    """Return what a check that failed found; numbers that it added up lead to the entry of the check."""
    first, *others = (briefing.figures[figure] for figure in check.figures)
    parts = {
        "area": briefing.area_names[check.ref_area],
        "first": briefing.show(first),
        "thing": briefing.thing(first),
    }
    if first.org_type != "none":
        parts |= names.parts(briefing.words, first.org_type)
    if others:
        parts["second"] = briefing.show(others[0])
    if check.found is not None:
        number = briefing.words.amount(check.found, check.unit)
        found = Markup('<a data-check="{0}" href="#{0}">{1}</a>')
        parts["found"] = found.format(check.check_id, number)
    return briefing.words.say(CONTRADICTIONS[check.check], **parts)


def terms(briefing: Briefing, figures: tuple[str, ...]) -> Markup:
    """Return figures in a row, each number with what it tells."""
    words = briefing.words
    named = [briefing.figures[figure] for figure in figures]
    parts = [words.say("{number} ({thing})", number=briefing.show(term), thing=briefing.thing(term)) for term in named]
    return words.enumerate(parts)


def _conflict(briefing: Briefing, figure: Figure) -> Markup:
    claims = [briefing.observations[address] for address in (*figure.used, *figure.unused)]
    values = {claim.value: briefing.show_claim(claim) for claim in claims}
    return briefing.words.say(
        "The texts contradict each other: {values}.", values=briefing.words.enumerate(values.values())
    )


def _repair(briefing: Briefing, figure: Figure) -> Markup:
    """Return what was printed, in which texts, what it is taken for and why."""
    words = briefing.words
    claims = [briefing.observations[address] for address in figure.used]
    if denied := [claim for claim in claims if "negated_term" in claim.signals]:
        return words.say(
            "The words of the {languages} version say the opposite of what {number} counts; here it stands for"
            " {thing}, as a separately written text has it.",
            languages=words.enumerate(
                dict.fromkeys(words.language_name(briefing.sources[claim.source_id].language) for claim in denied)
            ),
            number=briefing.show(figure),
            thing=briefing.thing(figure),
        )
    claims = _misprinted(briefing, figure)
    languages = dict.fromkeys(words.language_name(briefing.sources[claim.source_id].language) for claim in claims)
    return words.say_many(
        "The {languages} version prints {number} for {printed}; here it stands for {meant},"
        " as a separately written text has it.",
        "The {languages} versions print {number} for {printed}; here it stands for {meant},"
        " as a separately written text has it.",
        len(languages),
        languages=words.enumerate(languages),
        number=briefing.show(figure),
        printed=words.enumerate(dict.fromkeys(names.forms(words, claim.org_type) for claim in claims)),
        printed_oblique=words.enumerate(dict.fromkeys(names.parts(words, c.org_type)["oblique"] for c in claims)),
        meant=names.forms(words, figure.org_type),
        meant_oblique=names.parts(words, figure.org_type)["oblique"],
    )


def _misprinted(briefing: Briefing, figure: Figure) -> list[Observation]:
    """Return the claims that print another legal form or indicator than the figure is taken to count."""
    claims = [briefing.observations[address] for address in (*figure.used, *figure.unused)]
    return [claim for claim in claims if (claim.indicator, claim.org_type) != (figure.indicator, figure.org_type)]


def _ambiguity(briefing: Briefing, figure: Figure) -> Markup:
    words = briefing.words
    first, *rest = (briefing.observations[address] for address in figure.used)
    claims = [first, *(claim for claim in rest if claim.value == first.value)]
    readings = dict.fromkeys(reading for claim in claims for reading in (claim.org_type, *claim.readings))
    return words.say(
        "The texts leave open whom the printed {printed} counts: {readings}. What is known are the bounds {number}.",
        printed=briefing.show_claim(first),
        readings=briefing.words.series(names.forms(words, reading) for reading in readings),
        number=briefing.show(figure),
    )


def _lost_distinction(briefing: Briefing, figure: Figure) -> Markup:
    if any("negated_term" in briefing.observations[address].signals for address in figure.used):
        return briefing.words.say(
            "The printed words say the opposite of what the number counts, which is a slip of translation."
        )
    return briefing.words.say(
        "One sentence counts {thing} twice, so a distinction was lost in translation.", thing=briefing.thing(figure)
    )


def _correction(briefing: Briefing, figure: Figure) -> Markup:
    """Return that an analyst changed how a number is read, and why, in the analyst's words."""
    reasons = {decision.number: decision.why for decision in briefing.decisions.corrections}
    whys = dict.fromkeys(card_words(reasons[number]) for number in (*figure.used, *figure.unused) if number in reasons)
    return briefing.words.say("An analyst corrected how this was read: {reasons}", reasons=Markup(" ").join(whys))


def _expectation(briefing: Briefing, figure: Figure) -> Markup:
    words, languages = briefing.words, _expecting(briefing, figure)
    return words.say_many(
        "The {languages} version gives {number} as expected, not as reached.",
        "The {languages} versions give {number} as expected, not as reached.",
        len(languages),
        languages=words.enumerate(languages),
        number=briefing.show(figure),
    )


def _expecting(briefing: Briefing, figure: Figure) -> tuple[str, ...]:
    """Return the languages of the versions that give a figure as expected."""
    claims = [briefing.observations[address] for address in figure.used]
    codes = (briefing.sources[claim.source_id].language for claim in claims if "expected" in claim.signals)
    return tuple(dict.fromkeys(map(briefing.words.language_name, codes)))
