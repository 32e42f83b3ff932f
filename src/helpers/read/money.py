"""Say which money an amount is: revenue or profit, capital, loans, support, in all or of each organisation."""

from itertools import pairwise

from helpers.read.cells import Cell
from helpers.read.nouns import is_before, is_per_organisation, nearest, types_in
from helpers.read.readings import Reading, Sentence
from helpers.read.tagging import Tag

MONEY = ("VND", "USD")
PAID = {"month": "per_month", "year": "per_year"}
_LEAST_TOTAL = {"revenue": 20_000_000_000, "profit": 2_000_000_000}  # dong, of all cooperatives of a province
_BOUNDED = ("<", "<=", ">", ">=")
_TAUGHT = ("training_courses", "training_participants")
_LENT = ("loans_disbursed", "loans_outstanding", "budget")
_LEAST_REVENUE = 100_000_000  # dong a year, of an organisation; a smaller mean is what somebody is paid
_MOST_INCOME = 1_000_000_000  # dong; more is no wage, also where the word for income is that for revenue


def find_measure(cell: Cell, sentence: Sentence) -> str | None:
    """The measure before the number, else behind it, else that of the money before it."""
    noun = nearest(cell.left, "measure")
    if noun is None and sentence.beside is not None and sentence.beside.unit in MONEY and cell.has("up", "down"):
        return sentence.beside.indicator  # "down 150 million, as prices fell"
    fallen = sentence.beside is not None and sentence.beside.unit == "percent" and sentence.beside.kind == "change"
    if noun is None and fallen and is_before(cell, "range", "up_to"):
        return sentence.beside.indicator  # "profits fell by 3 % to 187 million"
    noun = noun or _measure_behind(cell)
    if noun is not None:
        lends = ("projects_financed", "loans_disbursed")
        lent = any(past.role == "statistic" and past.indicator in lends for past in sentence.readings)
        if noun.code == "loans_disbursed" and _is_given_as_help(cell, sentence):
            return "budget"
        helped = sentence.beside is not None and sentence.beside.indicator == "organisations" and sentence.beside.counts
        if noun.code == "capital" and helped and (sentence.beside.cell.has("granted") or cell.left_has("granted")):
            return "budget"  # "to support 23 cooperatives with a capital of 46 billion"
        given = noun.code == "capital" and cell.parted_by("with")  # "29 projects with a capital of 18 billion"
        return "loans_disbursed" if lent and (given or noun.code == "revenue") else noun.code  # a lender's turnover
    if _is_paid(cell, sentence):
        return "income"
    if is_before(cell, "joined") and types_in(cell.left) and nearest(cell.left, "person") is None:
        return "revenue"  # "a cooperative took in 2.1 billion"
    before = sentence.beside
    borrows = cell.left_has("borrowing") or (sentence.verb_last and cell.has("borrowing"))
    if borrows or (before is not None and before.subset == "borrowing" and not cell.parted_by(";")):
        return "loans_disbursed"
    helped = before is not None and (before.indicator in _TAUGHT or before.subset == "supported")
    if helped and before is sentence.readings[-1]:
        return "budget"  # "4 classes for 176 people for 385 million"
    money = next((past for past in reversed(sentence.readings) if past.unit in MONEY), None)
    spoken = nearest(sentence.tags[money.cell.stop if money is not None else 0 : cell.place], "measure")
    if spoken is not None and spoken.code in _LENT and any(past.unit == "project" for past in sentence.readings):
        return spoken.code  # "a capital of 35 billion, lent to 29 projects: 18 billion"
    if money is not None and money.role == "statistic":
        return money.indicator
    if any(past.indicator == "projects_financed" for past in sentence.readings):
        return "loans_disbursed"
    if cell.has("granted"):
        behind = sentence.tags[cell.place :]
        lends = any(tag.code == "support_fund" for tag in sentence.tags[: cell.place])
        return "loans_disbursed" if lends and any(tag.code == "project" for tag in behind) else "budget"
    if cell.left_has("average", "each") and cell.left_has("workers", "members"):  # "workers got 5.5 million a month"
        return "income"
    said = nearest(sentence.tags[: cell.place], "measure")
    if said is not None and money is None:
        return said.code
    if (paid := _is_paid_out(cell, sentence)) is not None:
        return paid
    last = sentence.context.last
    if last is not None and last.unit in MONEY and cell.has("goal", "compared", "up", "down", "up_to", "forward"):
        return last.indicator  # "income is 38 million. The goal is 60 million"
    if any(tag.code == "support_fund" for tag in cell.left):
        return "capital"
    mean = cell.has("average") and is_per_organisation(cell)
    return "revenue" if mean else None  # "each cooperative makes 4 billion on average"


def _measure_behind(cell: Cell) -> Tag | None:
    """The measure behind an amount; behind a comma, prices and the like only tell why: "to 163 million, on prices"."""
    place = next((place for place, tag in enumerate(cell.right) if tag.kind == "measure"), None)
    if place is None:
        return None
    parted = any(tag.text == "," for tag in cell.right[:place])
    return None if parted and cell.right[place].code == "foreign" else cell.right[place]


def _is_given_as_help(cell: Cell, sentence: Sentence) -> bool:
    """Whether an area, and no fund, "disburses" money to support somebody, which is what lending is not."""
    behind = next((tag for tag in sentence.tags[cell.stop :] if tag.kind not in ("word", "numeral")), None)
    if any(tag.code in ("support_fund", "fund", "project") for tag in sentence.tags):
        return False
    given = any(tag.kind == "area" for tag in cell.left) and behind is not None and behind.code == "granted"
    return given or cell.left_has("budget")  # "of the budget, 19.7 billion were disbursed"


def _is_paid_out(cell: Cell, sentence: Sentence) -> str | None:
    """What the words behind an amount without a measure say that it was: "7 billion from the budget went to 63"."""
    behind = sentence.tags[cell.stop :]
    end = next((place for place, tag in enumerate(behind) if tag.text in (";", ".", ",")), len(behind))
    said = next((tag for tag in behind[:end] if tag.kind == "measure" or tag.code in ("granted", "supported")), None)
    if said is None:
        return None
    return said.code if said.code in _LENT else "budget" if said.kind != "measure" else None


def is_threshold(cell: Cell, sentence: Sentence) -> bool:
    """Whether an amount only says which organisations are meant ("a revenue of a billion or more"), or what loans."""
    quantity = cell.quantity
    if any(tag.code == "each" and after.code in ("loans_disbursed", "project") for tag, after in pairwise(cell.left)):
        return True  # "caps each loan at 2 billion"
    before = sentence.beside
    if before is not None and before.indicator == "organisations":
        earns = [tag.code for tag in cell.left if tag.kind not in ("word", "qualifier_before", "cue", "organisation")]
        parted = cell.parted_by(",", ";", "and") or cell.has("average", "each", "total")
        if quantity.qualifier in _BOUNDED and earns in (["revenue"], ["profit"]) and not parted:
            return quantity.value < _LEAST_TOTAL["revenue"]  # "52 % of cooperatives have a revenue under a billion"
    little = quantity.value < _LEAST_TOTAL["revenue"]  # of one organisation; "to lend at least 100 billion" is of all
    if little and quantity.qualifier == ">=" and (quantity.qualifier_start or 0) > quantity.start:
        return True
    measure = nearest(cell.left, "measure") or (before.cell.head if before is not None and before.counts else None)
    earned = little and measure is not None and measure.code in ("revenue", "profit", "income")
    earned = earned and not any(tag.kind == "person" or tag.code == "month" for tag in cell.tags)
    bounded = earned and (quantity.at_most or quantity.qualifier in (">", ">="))
    counted = (before is not None and before.counts) or _is_counted_behind(cell, sentence)
    return bounded and counted and not cell.has("average", "total", "each", "/", "up", "down")


def _is_counted_behind(cell: Cell, sentence: Sentence) -> bool:
    """Whether those who reach an amount are counted behind it: "cooperatives with sales over 10 billion number 11"."""
    after = next((other for other in sentence.cells if other.place > cell.place), None)
    return after is not None and after.head is None and after.quantity.unit is None and is_before(after, "sum")


def _is_paid(cell: Cell, sentence: Sentence) -> bool:
    """Whether people get the amount each month or year: "workers take home 4 million a month", or from 4 to 5."""
    lower = sentence.readings[-1].cell if sentence.readings else None
    ranged = lower is not None and [tag.code for tag in sentence.tags[lower.stop : cell.place]] in (["-"], ["range"])
    paid = nearest(lower.left if ranged else cell.left, "person")
    monthly = any(tag.kind == "time" and tag.code in ("month", "year") for tag in cell.right)
    return monthly and paid is not None and paid.code in ("members", "workers", "people")


def time_incomes(sentence: Sentence) -> None:
    """Signal of every income whether it is a month's or a year's; the ends of a range have what is said behind it."""
    later: str | None = None
    for reading in reversed(sentence.readings):
        is_income = reading.role == "statistic" and reading.indicator == "income_per_worker"
        if not is_income or reading.unit not in MONEY:
            later = None
            continue
        opens_range = [tag.text == "-" or tag.code == "range" for tag in reading.cell.right] == [True]
        later = later if opens_range else _paid_by(reading.cell)
        reading.signals += [PAID[later]] if later else []


def _paid_by(cell: Cell) -> str | None:
    """Whether the words behind the amount, or right beside the word for income, name a month or a year."""
    nouns = [place for place, tag in enumerate(cell.left) if tag.kind == "measure"]
    beside = cell.left[max(nouns[-1] - 1, 0) : nouns[-1] + 2] if nouns else []
    return next((tag.code for tag in (*cell.right, *beside) if tag.kind == "time" and tag.code in PAID), None)


def measures_told(sentence: Sentence, first: Reading) -> list[str]:
    """The two measures told before, where a pair repeats them: "sales 2.1 and profit 0.2; in X they were 2.6, 0.3"."""
    amounts = [past for past in sentence.readings if past.unit == "VND" and past.cell.place < first.cell.place]
    told = [past.indicator for past in amounts if past.role == "statistic" and past.kind == "level"][-2:]
    parted = first.cell.opener is not None and first.cell.opener.code in (";", "while", "but", ".")
    bases = [indicator.partition("_")[0] for indicator in told]
    return told if parted and sorted(bases) == ["profit", "revenue"] else []


def precedes_fund(cell: Cell, sentence: Sentence) -> bool:
    """Whether a support fund is the first organisation that a sentence names, behind the amount that it began with."""
    named = next((tag for tag in sentence.tags if tag.kind == "organisation"), None)
    return named is not None and named.code == "support_fund" and named.start > cell.quantity.start


def unsaid_currency(cell: Cell, before: Reading | None) -> str | None:
    """The dong, where only a magnitude is printed behind a measure, or behind money in brackets or as its change."""
    if cell.magnified and cell.quantity.value >= _MOST_INCOME and before is not None and before.unit in MONEY:
        return "VND"  # "3,120 billion dong, of which 2,000 billion": there are no billions of anything else
    if (cell.head is not None and cell.head.kind != "unknown") or not cell.magnified:
        return None
    changed = cell.in_brackets or cell.left_has("up", "down") or cell.has("more_than")
    amount_before = changed and before is not None and before.unit in MONEY
    return "VND" if amount_before or nearest(cell.left, "measure") is not None else None


def money_indicator(code: str, reading: Reading, sentence: Sentence) -> str:
    cell = reading.cell
    if code == "revenue" and any(tag.code == code and after.code == "workers" for tag, after in pairwise(cell.left)):
        code = "income"  # Arabic: the takings of the worker
    if code == "income":
        before = sentence.beside
        of_people = cell.quantity.value < _MOST_INCOME and (
            any(tag.kind == "person" for tag in _said_of(cell, sentence))
            or (before is not None and before.unit == "person" and not types_in(cell.tags))
            or _paid_by(cell) == "month"
            or any(tag.kind == "time" and tag.code == "month" for tag in cell.right)
            or (
                not (types_in(cell.tags) or sentence.averaged or cell.has("total"))
                and (not cell.has("average") or cell.quantity.value < _LEAST_REVENUE)
            )
        )
        if of_people:
            return "income_per_worker"
        beside = before is not None and before.indicator == "revenue_per_organisation" and before.kind == "level"
        joined = cell.opener is not None and cell.opener.code == "and" and not types_in(cell.tags)
        code = "profit" if beside and joined else "revenue"  # "takes in 5 billion and earns 140 million"
    base = code.removesuffix("_total").removesuffix("_per_organisation")
    if base not in ("revenue", "profit"):
        return {"budget": "budget_support", "loans_undisbursed": "loans_outstanding"}.get(code, code)
    if cell.has("average") or is_per_organisation(cell) or cell.ends_with("each"):
        sentence.averaged = True
        return f"{base}_per_organisation"
    if base != code:  # the money before: "profit was 41 billion, up 3 billion"
        return code
    last = sentence.context.last
    goes_on = last is not None and last.indicator.endswith("_per_organisation") and not sentence.readings
    goes_on = goes_on and reading.unit in MONEY
    of_each = (sentence.averaged or goes_on) and _is_little(base, cell)
    of_each = of_each or _is_too_little(base, cell)
    return f"{base}_per_organisation" if of_each and not cell.left_has("total") else f"{base}_total"


def _said_of(cell: Cell, sentence: Sentence) -> list[Tag]:
    """The tags of an amount; the end of a range shares those that its beginning has before it."""
    lower = next((other for other in reversed(sentence.cells) if other.place < cell.place), None)
    ranged = is_before(cell, "range") or (cell.opener is not None and cell.opener.text == "-")
    return [*lower.left, *cell.tags] if ranged and lower is not None else cell.tags


def _is_too_little(base: str, cell: Cell) -> bool:
    """Whether an amount of a year is so small that it can only be that of each organisation."""
    return any(tag.kind == "time" and tag.code == "year" for tag in cell.right) and _is_little(base, cell)


def _is_little(base: str, cell: Cell) -> bool:
    return cell.quantity.unit != "USD" and cell.quantity.value < _LEAST_TOTAL[base]
