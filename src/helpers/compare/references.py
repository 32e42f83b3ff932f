"""National values to set an area beside: each family of statistics an area of its own, never one series with another.

Families count differently: for one year the mean revenue of a cooperative is 4.3 billion in one and 2.8 in another.
"""

from collections.abc import Iterable
from decimal import Decimal

from helpers.read.raw import Benchmark
from helpers.reconcile.bounds import enclose
from helpers.reconcile.periods import stated_period
from helpers.records import Figure

THOUSAND, MILLION, BILLION = Decimal(10**3), Decimal(10**6), Decimal(10**9)

COUNTRY = "VN"
FAMILIES = {"MPI": "VN/MPI", "VCA": "VN/VCA", "GSO White Book": "VN/GSO", "Ministry of Finance": "VN/MOF"}


def make_references(benchmarks: Iterable[Benchmark]) -> list[Figure]:
    """Return ``benchmarks`` as figures of the country in their family's count, sorted by figure_id.

    A family's area is ``VN/`` and its short name. Raises ValueError for a producer that is no known family.
    """
    return sorted((_make_reference(benchmark) for benchmark in benchmarks), key=lambda figure: figure.figure_id)


def is_reference(area: str) -> bool:
    """Return whether ``area`` is the country, in whosever count.

    >>> is_reference("VN"), is_reference("VN/MPI"), is_reference("VN-25")
    (True, True, False)
    """
    return area.split("/")[0] == COUNTRY


def _make_reference(benchmark: Benchmark) -> Figure:
    if benchmark.producer not in FAMILIES:
        raise ValueError(f"producer {benchmark.producer!r} is no known family; use one of {sorted(FAMILIES)}")
    area, period = FAMILIES[benchmark.producer], stated_period(benchmark.period)
    name = (benchmark.indicator, benchmark.org_type, benchmark.sector, benchmark.subset, benchmark.period)
    bounds = enclose(benchmark.value, text=_as_printed(benchmark), qualifier=benchmark.qualifier, unit=benchmark.unit)
    return Figure(
        figure_id=".".join((area, *(part for part in name if part))),
        ref_area=area,
        boundary=period.boundary,
        indicator=benchmark.indicator,
        org_type=benchmark.org_type,
        sector=benchmark.sector,
        subset=benchmark.subset,
        kind="level",
        unit=benchmark.unit,
        period=period.label,
        period_start=period.start,
        period_end=period.end,
        period_basis=period.basis,
        value=benchmark.value,
        lower=bounds.lower,
        upper=bounds.upper,
        qualifier=benchmark.qualifier,
        status="single",
        flags=(),
        texts=1,
        origins=(benchmark.producer,),
        rule="benchmark",
        used=(f"benchmarks.csv#{benchmark.source}",),
        unused=(),
    )


def _as_printed(benchmark: Benchmark) -> str:
    """Return the numeral in the magnitude that such numbers are printed in, which tells how far it is rounded.

    How a benchmark was printed is not filed: money is taken for billions or millions, round counts for thousands.
    """
    value = benchmark.value
    if benchmark.unit in ("VND", "USD"):
        magnitude = BILLION if value >= BILLION else MILLION
    else:
        magnitude = THOUSAND if value % THOUSAND == 0 else Decimal(1)
    return f"{(value / magnitude).normalize():f}"
