"""Words for the codes of the tables: legal forms, sectors, subsets, flags, reasons, and what a number tells.

A legal form has one word in each language (``glossary.csv``), so that our own pages never merge two of them. The
other words are messages of the catalogues. A subset that nobody has named yet is shown as its code.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from helpers.brief.wording import Wording, mark, mark_many
from helpers.read.places import MERGED_ON
from helpers.records import Compared, Figure

GLOSSARY = Path(__file__).parents[1] / "glossary.csv"

VIETNAMESE = "vi"

LEGAL_FORMS = ("group", "coop", "union", "fund")

# The legal form that one area counts along with others, by the reason that tells so.
COMPANIONS = {
    "scope:unions_inside_one": "union",
    "scope:groups_inside_one": "group",
    "scope:funds_inside_one": "fund",
    "credit_funds:inside_one": "fund",
}

# What a number tells, as a noun phrase within a sentence; other indicators go by their name in indicators.csv.
THINGS = {
    "organisations": mark("{forms}"),
    "members": mark("members of {forms}"),
    "workers": mark("workers of {forms}"),
    "charter_capital": mark("charter capital of {forms}"),
    "working_capital": mark("working capital of {forms}"),
    "capital": mark("capital of {forms}"),
    "revenue_total": mark("revenue of {forms}"),
    "profit_total": mark("profit of {forms}"),
    "income_per_worker": mark("mean income of a worker of {forms}"),  # how it changes; its level is one of INCOMES
    "established": mark("{forms} newly established"),
    "dissolved": mark("{forms} dissolved"),
    "suspended": mark("{forms} suspended for a time"),
    "converted": mark("{forms} converted into another form"),
    "net_established": mark("net change of {forms} by foundings and closures"),
    "members_per_organisation": mark("members per {form}"),
    "workers_per_organisation": mark("workers per {form}"),
    "charter_capital_per_organisation": mark("charter capital per {form}"),
    "working_capital_per_organisation": mark("working capital per {form}"),
    "capital_per_organisation": mark("capital per {form}"),
    "revenue_per_organisation": mark("mean revenue per {form}"),
    "profit_per_organisation": mark("mean profit per {form}"),
    "workers_per_member": mark("workers per member of {forms}"),
    "share_among_groups": mark("share of {forms} among {whole}"),
    "share_of_organisations": mark("share of {forms} among all organisations"),
    "registered_share": mark("share of {forms} that are registered"),
    "union_member_share": mark("share of {forms} that belong to a union"),
    "sector_share": mark("share of {forms} in {sector}"),
}

# An income is of a month or of a year, which its subset tells; of an unsaid one it is said that it is unsaid.
INCOMES = {
    "per-month": mark("mean monthly income of a worker of {forms}"),
    "per-year": mark("mean yearly income of a worker of {forms}"),
    None: mark("mean income of a worker of {forms}, month or year not stated"),
}

OTHER_THING = mark("{name} ({forms})")

COUNTED = {
    "organisation": mark_many("{number} organisation", "{number} organisations"),
    "person": mark_many("{number} person", "{number} persons"),
    "product": mark_many("{number} product", "{number} products"),
    "policy": mark_many("{number} policy", "{number} policies"),
    "project": mark_many("{number} project", "{number} projects"),
    "course": mark_many("{number} course", "{number} courses"),
}

UNITS = {
    "organisation": mark("organisations"),
    "person": mark("persons"),
    "VND": mark("dong"),
    "USD": mark("US dollars"),
    "percent": mark("percent"),
    "product": mark("products"),
    "policy": mark("policies"),
    "project": mark("projects"),
    "course": mark("courses"),
    "other": mark("ratio"),
}

SECTORS = {
    "agriculture": mark("agriculture"),
    "industry": mark("industry and crafts"),
    "transport": mark("transport"),
    "credit": mark("credit"),
    "construction": mark("construction"),
    "trade_services": mark("trade and services"),
    "environment": mark("environment"),
    "other": mark("other sectors"),
}

# The legal form whose name tells its sector: a credit fund is in credit.
IMPLIED_FORMS = {"credit": "fund"}

SUBSETS = {
    "operating": mark("in operation"),
    "registered": mark("that are registered"),
    "new-style": mark("of the new model"),
    "effective": mark("rated effective"),
    "high-tech": mark("using high technology"),
    "value-chain": mark("in value chains"),
    "union-members": mark("that belong to a union"),
    "alliance-members": mark("that belong to the alliance"),
    "with-results": mark("with business results"),
    "consulted": mark("that were advised"),
    "awaiting-dissolution": mark("awaiting dissolution"),
}

KINDS = {"change": mark("change"), "target": mark("plan"), "share": mark("share")}

VERDICTS = {
    "comparable": mark("comparable"),
    "with_caution": mark("with caution"),
    "not_comparable": mark("not comparable"),
}

FLAGS = {
    "repaired": mark("repaired"),
    "ambiguous": mark("left open by the texts"),
    "conflict": mark("contradicted"),
    "corrected": mark("corrected"),
    "doubtful": mark("doubtful"),
    "expected": mark("given as expected"),
}

BOUNDARIES = {
    "until-2025-06": mark("as bounded before the mergers of {month}"),
    "from-2025-07": mark("as bounded since the mergers of {month}"),
    "unknown": mark("for some numbers within borders that the articles do not date"),
}

INCLUDES = mark("the number for {areas} includes {forms}")

# Why two areas may not be set side by side, or only with care; the codes and weights are the comparison's.
REASONS = {
    "scope:unions_inside_one": INCLUDES,
    "scope:groups_inside_one": INCLUDES,
    "scope:funds_inside_one": INCLUDES,
    "credit_funds:inside_one": INCLUDES,
    "scope:open": mark("the texts leave open whom the number for {areas} counts"),
    "scope:part_only": mark("for {areas} the number is known only for a part of the organisations"),
    "population:implied": mark("the population of {areas} follows from two other figures"),
    "origin": mark("two offices counted"),
    "producers_differ": mark("the national numbers come from different producers"),
    "producer": mark("the national number is counted in another way than the provinces'"),
    "unit": mark("the numbers are in different units"),
    "unit:unsaid_time": mark("for {areas} it is not said whether the number is for a month or a year"),
    "capital_kind": mark("charter capital and working capital are different things"),
    "boundary": mark("the borders differ"),
    "boundary:unknown": mark("it is not known within which borders the number for {areas} was counted"),
    "period:undated": mark("the number for {areas} has no date"),
    "period:undated_bounded": mark("the date of the number for {areas} is known only within bounds"),
    "period:length": mark("the periods differ in length"),
    "period:more_than_12_months": mark("more than twelve months lie between the numbers"),
    "law": mark("between the numbers another law on cooperatives came into force"),
    "qualifier:lower_bound": mark("only a lower bound is known for {areas}"),
    "qualifier:upper_bound": mark("only an upper bound is known for {areas}"),
    "qualifier:approximate": mark("the number for {areas} is given only roughly"),
    "flag:doubtful": mark("the reading of the number for {areas} is doubtful"),
    "flag:conflict": mark("the texts on {areas} contradict each other"),
    "flag:expected": mark("the number for {areas} was given as expected, not as reached"),
    "workers_exceed_members": mark("more workers than members: they may not count the same people"),
    "subset": mark("the number for {areas} counts only those {subset}, the other does not say which"),
}


@dataclass(frozen=True)
class Term:
    """The word for a legal form: ``one``, ``many``, and ``oblique`` for the plural before a Hindi postposition."""

    one: str
    many: str
    oblique: str


def forms(words: Wording, org_type: str) -> Markup:
    """Return the plural name of one legal form, or of several counted together.

    >>> from helpers.brief.wording import load_wording
    >>> forms(load_wording("en"), "group")
    Markup('cooperative groups')
    >>> forms(load_wording("en"), "coop+fund")
    Markup('cooperatives and people&#39;s credit funds')
    """
    return words.enumerate(term.many for term in _terms(words, org_type))


def parts(words: Wording, org_type: str) -> dict[str, Markup]:
    """Return the name of a legal form in every case that a message may ask for.

    >>> from helpers.brief.wording import load_wording
    >>> parts(load_wording("en"), "union")["form"], parts(load_wording("hi"), "coop")["oblique"]
    (Markup('union of cooperatives'), Markup('सहकारी समितियों'))
    """
    terms = _terms(words, org_type)
    return {
        "form": words.choose(term.one for term in terms),
        "forms": words.enumerate(term.many for term in terms),
        "oblique": words.enumerate(term.oblique for term in terms),
    }


def introduce(words: Wording, legal_form: str) -> Markup:
    """Return the plural name of a legal form with its Vietnamese term in brackets, for its first use.

    A Vietnamese page has the term already.

    >>> from helpers.brief.wording import load_wording
    >>> introduce(load_wording("en"), "group")
    Markup('cooperative groups (<i lang="vi">tổ hợp tác</i>)')
    >>> introduce(load_wording("vi"), "group")
    Markup('tổ hợp tác')
    """
    name = _glossary()[legal_form, words.language].many
    if words.language == VIETNAMESE:
        return Markup.escape(name)
    vietnamese = Markup('<i lang="vi">{}</i>').format(_glossary()[legal_form, VIETNAMESE].one)
    return words.say("{name} ({term})", name=name, term=vietnamese)


def counted(words: Wording, number: Markup, record: Figure | Compared) -> Markup:
    """Return a number with what it counts in the right number: "1 project"; signs of money and percent suffice."""
    if record.unit not in COUNTED:
        return number
    count = next((side for side in (record.upper, record.value, record.lower) if side is not None), 0)
    return words.say_many(*COUNTED[record.unit], count, number=number)


def alliance(words: Wording, area: str) -> Markup:
    """Return the name of the agency that speaks for the cooperatives of an area; it is never counted."""
    return words.say("{alliance} of {area}", alliance=_glossary()["alliance", words.language].one, area=area)


def boundary(words: Wording, code: str) -> Markup:
    """Return within which borders something was counted."""
    return words.say(BOUNDARIES[code], month=words.period(MERGED_ON.isoformat()[:7]))


def unit(words: Wording, record: Figure | Compared) -> Markup:
    """Return what the number of a record counts."""
    return words.say(UNITS[record.unit])


def sector(words: Wording, code: str) -> Markup:
    """Return the name of a sector."""
    return words.say(SECTORS[code])


def subset(words: Wording, code: str) -> Markup:
    """Return which organisations a subset counts, to stand behind their name."""
    return words.say(SUBSETS.get(code, code))


def thing(words: Wording, record: Figure | Compared, indicators: dict[str, str]) -> Markup:
    """Return what a record tells, to stand within a sentence: "members per cooperative group"."""
    if record.org_type == "none":
        text = Markup.escape(_uncapitalise(indicators[record.indicator]))
    else:
        message = _message(record)
        limits = {name: describe(words, code) for name, code, describe in _limits(record) if code}
        cases = parts(words, record.org_type)
        if "sector" in limits and "{sector}" not in message:
            cases = {case: words.say("{forms} in {sector}", forms=name, **limits) for case, name in cases.items()}
        if "subset" in limits and "{subset}" not in message:
            one = words.say("{form} {subset}", form=cases["form"], **limits)
            cases = {case: words.say("{forms} {subset}", forms=name, **limits) for case, name in cases.items()}
            cases |= {"form": one}
        whole = parts(words, "coop+group")
        cases |= {"whole": whole["forms"], "whole_oblique": whole["oblique"]}
        text = words.say(message, name=indicators.get(record.indicator), **cases, **limits)
    kind = getattr(record, "kind", "level")
    return text if kind == "level" else words.say("{thing} ({kind})", thing=text, kind=words.say(KINDS[kind]))


def label(words: Wording, record: Figure | Compared, indicators: dict[str, str]) -> Markup:
    """Return what a record tells, to head a row: "Members per cooperative group"."""
    return capitalise(thing(words, record, indicators))


def capitalise(text: Markup) -> Markup:
    """Return the text with a capital first letter, for the start of a line."""
    return text[:1].upper() + text[1:]


def reason(words: Wording, code: str, areas: Markup) -> Markup:
    """Return a reason of the comparison in words; ``areas`` are those whose number gives it."""
    kind, _, detail = code.partition(":")
    if kind != "subset":
        return words.say(REASONS.get(code) or REASONS[kind], areas=areas, **_companion(words, code))
    one, other = detail.split("_vs_")
    if "unstated" in (one, other):
        stated = other if one == "unstated" else one
        return words.say(REASONS[kind], areas=areas, subset=subset(words, stated))
    return words.say(
        "one number counts those {one}, the other those {other}", one=subset(words, one), other=subset(words, other)
    )


def _companion(words: Wording, code: str) -> dict[str, Markup]:
    return parts(words, COMPANIONS[code]) if code in COMPANIONS else {}


def _message(record: Figure | Compared) -> str:
    if record.indicator == "income_per_worker" and getattr(record, "kind", "level") == "level":
        return INCOMES.get(record.subset, INCOMES[None])
    return THINGS.get(record.indicator, OTHER_THING)


def _limits(record: Figure | Compared) -> tuple:
    """Return what an indicator is limited to, where its name or the name of the legal form does not tell it."""
    branch = None if record.org_type == IMPLIED_FORMS.get(record.sector) else record.sector
    counted_as = None if record.subset in INCOMES else record.subset
    return ("sector", branch, sector), ("subset", counted_as, subset)


def _uncapitalise(name: str) -> str:
    """Return a name to stand within a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _terms(words: Wording, org_type: str) -> list[Term]:
    """Return the terms for legal forms counted together: one of its own where there is one, else each form's."""
    glossary = _glossary()
    codes = [org_type] if (org_type, words.language) in glossary else org_type.split("+")
    return [glossary[code, words.language] for code in codes]


@cache
def _glossary() -> dict[tuple[str, str], Term]:
    with GLOSSARY.open(encoding="utf-8", newline="") as lines:
        return {
            (row["form"], row["language"]): Term(row["one"], row["many"], row["oblique"] or row["many"])
            for row in csv.DictReader(lines)
        }
