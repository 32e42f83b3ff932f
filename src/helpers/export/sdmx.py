"""Export the comparison as SDMX-CSV 2.0, for statistical offices and their software.

Follows the SDMX-CSV field guide (data message, ids only), CL_FREQ, CL_OBS_STATUS and the generic codes ``_T`` (total)
and ``_Z`` (not applicable); other codes are ours in capitals. An observation needs a time: what is missing, and what no
two days enclose, is not exported. Nor are the national values that stand beside the areas: they are other producers'
data, and two families of them would share one key, for who counted is no dimension here.
"""

import csv
import re
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from helpers.compare.derive import MISSING
from helpers.compare.references import is_reference
from helpers.read.places import BOUNDARIES
from helpers.reconcile.periods import BOUNDED, period_in
from helpers.records import Compared

FILE = "sdmx.csv"
STRUCTURE_ID = "COOPERATIVE_BRIEFINGS:DF_COMPARISON(1.0.0)"
MISSING_VALUE = "NaN"  # of the field guide: a number that is left out on purpose

DIMENSIONS = ("FREQ", "REF_AREA", "INDICATOR", "ORG_TYPE", "SECTOR", "SUBSET", "TIME_PERIOD")
ATTRIBUTES = (
    "UNIT_MEASURE",
    "UNIT_MULT",
    "DECIMALS",
    "OBS_STATUS",
    "QUALIFIER",
    "LOWER_BOUND",
    "UPPER_BOUND",
    "COMPARABILITY",
    "COMMENT_OBS",
)
COLUMNS = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, "OBS_VALUE", *ATTRIBUTES)

_UNITS = {"percent": "PT", "person": "PS", "VND": "VND", "USD": "USD"}  # as in the code lists of ECB and BIS
_FREQUENCIES = (  # how a period is labelled, and its code in CL_FREQ
    (re.compile(r"\d{4}"), "A"),
    (re.compile(r"\d{4}-S[12]"), "S"),
    (re.compile(r"\d{4}-Q[1-4]"), "Q"),
    (re.compile(r"\d{4}-\d\d"), "M"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "D"),
)
_OTHER_FREQUENCY = "_O"


def to_rows(compared: Iterable[Compared]) -> list[dict[str, str]]:
    """Return one row of text per observation of an area, in the order of ``compared``."""
    shown = (row for row in compared if row.verdict != MISSING and not is_reference(row.ref_area))
    return [_row(row, period) for row in shown if (period := time_period(row))]


def write_sdmx(compared: Iterable[Compared], folder: Path | str) -> Path:
    """Write ``folder/sdmx.csv`` and return its path; lines end as RFC 4180 wants it, to which the guide refers."""
    path = Path(folder) / FILE
    ordered = sorted(compared, key=lambda row: (row.item, row.ref_area))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(to_rows(ordered))
    return path


def time_period(row: Compared) -> str | None:
    """Return the time of a row as SDMX writes it: its label, or the first day and the length of the span it lies in.

    None where the span is open on a side: SDMX has no such period.
    """
    period = period_in(row)
    label = period.label.replace("-H", "-S")  # SDMX calls half-years semesters
    if period.basis != BOUNDED and any(pattern.fullmatch(label) for pattern, _ in _FREQUENCIES):
        return label
    if period.start is None or period.end is None:
        return None
    return f"{period.start}/P{(period.end - period.start + timedelta(days=1)).days}D"


def observation_status(row: Compared) -> str:
    """Return the one code of CL_OBS_STATUS that says most of a row, in the order of precedence that SDMX recommends."""
    signs = (
        ("B", period_in(row).boundary == BOUNDARIES[1]),  # another territory under the same code
        ("O", row.value is None),
        ("D", _counts_some_only(row)),
        ("W", "credit_funds:inside_one" in row.reasons),
        ("F", "expected" in row.flags),
        ("E", row.qualifier != "="),
        ("U", bool({"ambiguous", "conflict", "doubtful"} & set(row.flags))),
    )
    return next((code for code, holds in signs if holds), "A")


def _row(row: Compared, period: str) -> dict[str, str]:
    return {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": STRUCTURE_ID,
        "ACTION": "I",
        "FREQ": next((code for pattern, code in _FREQUENCIES if pattern.fullmatch(period)), _OTHER_FREQUENCY),
        "REF_AREA": row.ref_area,
        "INDICATOR": _code(row.indicator),
        "ORG_TYPE": "_Z" if row.org_type == "none" else _code(row.org_type),
        "SECTOR": _code(row.sector),
        "SUBSET": "_T" if _counts_some_only(row) else _code(row.subset),
        "TIME_PERIOD": period,
        "OBS_VALUE": MISSING_VALUE if row.value is None else format(row.value, "f"),
        "UNIT_MEASURE": _UNITS.get(row.unit, _code(row.unit)),
        "UNIT_MULT": "0",
        "DECIMALS": str(_decimals(row.value)),
        "OBS_STATUS": observation_status(row),
        "QUALIFIER": row.qualifier,
        "LOWER_BOUND": "" if row.lower is None else format(row.lower, "f"),
        "UPPER_BOUND": "" if row.upper is None else format(row.upper, "f"),
        "COMPARABILITY": _code(row.verdict),
        "COMMENT_OBS": _comment(row),
    }


def _code(code: str | None) -> str:
    """Return a code of ours as an SDMX identifier, which holds no ``+``; none at all is the total.

    >>> _code("coop+union"), _code("new-style"), _code(None)
    ('COOP_UNION', 'NEW_STYLE', '_T')
    """
    return "_T" if code is None else re.sub(r"[^A-Z0-9]", "_", code.upper())


def _counts_some_only(row: Compared) -> bool:
    """Return whether a row stands for the whole although only some are counted, like the operating ones."""
    return row.subset is not None and not row.item.endswith(f".{row.subset}")


def _decimals(value: Decimal | None) -> int:
    return 0 if value is None else max(0, -value.as_tuple().exponent)


def _comment(row: Compared) -> str:
    """Return what no code tells: how the value was made and what limits it."""
    parts = [f"{row.formula} of {', '.join(row.figures)}" if row.formula != "figure" else row.figures[0]]
    parts += [f"counts {row.subset} only"] if _counts_some_only(row) else []
    parts += [f"assumption: {row.assumption}"] if row.assumption else []
    parts += [f"time: {row.period_basis}", *row.flags, *row.reasons]
    return "; ".join(parts)
