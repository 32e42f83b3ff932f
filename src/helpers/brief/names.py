"""Words for the codes of the tables: legal forms, sectors, subsets, flags, reasons, and what a number tells.

A legal form has one word in each language (``glossary.csv``), so that our own pages never merge two of them. The
other words are messages of the catalogues. A subset that nobody has named yet is shown as its code.
"""

import csv
from functools import cache
from pathlib import Path

from markupsafe import Markup

from helpers.brief.wording import Wording, mark
from helpers.records import Compared, Figure

GLOSSARY = Path(__file__).parents[1] / "glossary.csv"

LEGAL_FORMS = ("group", "coop", "union", "fund")

# Scopes that are spoken of so often that listing their legal forms each time would read badly: one, and many.
SCOPES = {
    "coop+union": (mark("cooperative or union"), mark("cooperatives and unions")),
    "group+coop+union": (mark("organisation of any form"), mark("organisations of all forms")),
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
    "income_per_worker": mark("mean income of a worker of {forms}"),
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
    "share_of_organisations": mark("share of {forms} among all organisations"),
    "registered_share": mark("share of {forms} that are registered"),
    "union_member_share": mark("share of {forms} that belong to a union"),
    "sector_share": mark("share of {forms} in {sector}"),
}

OTHER_THING = mark("{name} ({forms})")

COUNTED = {
    "group": (mark("{number} cooperative group"), mark("{number} cooperative groups")),
    "coop": (mark("{number} cooperative"), mark("{number} cooperatives")),
    "union": (mark("{number} union of cooperatives"), mark("{number} unions of cooperatives")),
    "fund": (mark("{number} people's credit fund"), mark("{number} people's credit funds")),
    "coop+union": (mark("{number} cooperative or union"), mark("{number} cooperatives and unions")),
    "group+coop+union": (mark("{number} organisation"), mark("{number} organisations")),
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

SUBSETS = {
    "operating": mark("in operation"),
    "registered": mark("that are registered"),
    "new-style": mark("of the new model"),
    "effective": mark("rated effective"),
    "high-tech": mark("using high technology"),
    "value-chain": mark("in value chains"),
    "union-members": mark("that belong to a union"),
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
    "expected": mark("partly expected"),
}

BOUNDARIES = {
    "until-2025-06": mark("as bounded before the mergers of July 2025"),
    "from-2025-07": mark("as bounded since the mergers of July 2025"),
    "unknown": mark("within borders that the articles do not date"),
}

# Why two areas may not be set side by side, or only with care; the weights are the comparison's.
REASONS = {
    "scope:unions_inside_one": mark("one counts unions of cooperatives in, the other does not"),
    "scope:groups_inside_one": mark("one counts cooperative groups in, the other does not"),
    "scope:funds_inside_one": mark("one counts people's credit funds in, the other does not"),
    "scope:open": mark("the texts leave open whom one of the numbers counts"),
    "scope:sum_built": mark("one is our sum, so that both count the same legal forms"),
    "unit": mark("the numbers are in different units"),
    "capital_kind": mark("charter capital and working capital are different things"),
    "boundary": mark("the borders differ"),
    "boundary:unknown": mark("it is not known within which borders one of them was counted"),
    "period:undated": mark("one has no date"),
    "period:undated_bounded": mark("the date of one is known only within bounds"),
    "period:length": mark("the periods differ in length"),
    "period:more_than_12_months": mark("more than twelve months lie between them"),
    "law": mark("another law on cooperatives was in force"),
    "qualifier:lower_bound": mark("of one only a lower bound is known"),
    "qualifier:upper_bound": mark("of one only an upper bound is known"),
    "qualifier:approximate": mark("one is given only roughly"),
    "flag:doubtful": mark("the reading of one is doubtful"),
    "flag:conflict": mark("the texts on one contradict each other"),
    "flag:repaired": mark("one was repaired"),
    "flag:expected": mark("one was expected rather than reached"),
    "credit_funds:inside_one": mark("people's credit funds are inside one of them"),
    "workers_exceed_members": mark("more workers than members: they may not count the same people"),
    "derived": mark("one is printed, the other computed by us"),
}


def forms(words: Wording, org_type: str) -> Markup:
    """Return the plural name of one legal form, or of several counted together.

    >>> from helpers.brief.wording import load_wording
    >>> forms(load_wording("en"), "group")
    Markup('cooperative groups')
    >>> forms(load_wording("en"), "coop+fund")
    Markup('cooperatives and people&#39;s credit funds')
    """
    if org_type in SCOPES:
        return words.say(SCOPES[org_type][1])
    return words.enumerate(_glossary()[form, words.language][1] for form in org_type.split("+"))


def form(words: Wording, org_type: str) -> Markup:
    """Return the name of one organisation of a legal form, or of any of several."""
    if org_type in SCOPES:
        return words.say(SCOPES[org_type][0])
    return Markup(" / ").join(_glossary()[form, words.language][0] for form in org_type.split("+"))


def introduce(words: Wording, legal_form: str) -> Markup:
    """Return the plural name of a legal form with its Vietnamese term in brackets, for its first use.

    >>> from helpers.brief.wording import load_wording
    >>> introduce(load_wording("en"), "group")
    Markup('cooperative groups (<i lang="vi">tổ hợp tác</i>)')
    """
    vietnamese = Markup('<i lang="vi">{}</i>').format(_glossary()[legal_form, "vi"][0])
    return words.say("{name} ({term})", name=_glossary()[legal_form, words.language][1], term=vietnamese)


def counted(words: Wording, number: Markup, record: Figure | Compared) -> Markup:
    """Return a count of organisations with their name in the right number: "2 unions of cooperatives"."""
    sides = (record.value, record.upper, record.lower)
    count = next((side for side in sides if side is not None), 0)
    one, many = COUNTED[record.org_type]
    return words.say_many(one, many, count, number=number)


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
        name = indicators[record.indicator]
        text = Markup.escape(name[:1].lower() + name[1:])
    else:
        message = THINGS.get(record.indicator, OTHER_THING)
        parts = {name: describe(words, code) for name, code, describe in _limits(record) if code}
        many, one = forms(words, record.org_type), form(words, record.org_type)
        if "sector" in parts and "{sector}" not in message:
            many, one = (words.say("{forms} in {sector}", forms=name, **parts) for name in (many, one))
        if "subset" in parts and "{subset}" not in message:
            many, one = (words.say("{forms} {subset}", forms=name, **parts) for name in (many, one))
        text = words.say(message, name=indicators.get(record.indicator), forms=many, form=one, **parts)
    kind = getattr(record, "kind", "level")
    return text if kind == "level" else words.say("{thing} ({kind})", thing=text, kind=words.say(KINDS[kind]))


def label(words: Wording, record: Figure | Compared, indicators: dict[str, str]) -> Markup:
    """Return what a record tells, to head a row: "Members per cooperative group"."""
    return capitalise(thing(words, record, indicators))


def capitalise(text: Markup) -> Markup:
    """Return the text with a capital first letter, for the start of a line."""
    return text[:1].upper() + text[1:]


def reason(words: Wording, code: str) -> Markup:
    """Return a reason of the comparison in words; ``subset`` names two subsets behind its colon."""
    kind, _, detail = code.partition(":")
    if kind != "subset":
        return words.say(REASONS[code])
    one, other = detail.split("_vs_")
    if "unstated" in (one, other):
        stated = other if one == "unstated" else one
        return words.say("one counts those {subset}, the other does not say which", subset=subset(words, stated))
    return words.say(
        "one counts those {one}, the other those {other}", one=subset(words, one), other=subset(words, other)
    )


def _limits(record: Figure | Compared) -> tuple:
    return ("sector", record.sector, sector), ("subset", record.subset, subset)


@cache
def _glossary() -> dict[tuple[str, str], tuple[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as lines:
        return {(row["form"], row["language"]): (row["one"], row["many"]) for row in csv.DictReader(lines)}
