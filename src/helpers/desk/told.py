"""Tell one reading in a line of words, as terminals and tables show it."""

from helpers.records import Observation


def tell_meaning(seen: Observation) -> str:
    """Return what a statistic means: qualifier, number, unit, what is counted, where and when.

    What is as usual is left out: an exact number, a level, the article's own area.
    """
    named = (seen.indicator, seen.org_type, seen.sector, seen.subset, seen.kind if seen.kind != "level" else None)
    counted = " ".join(part for part in named if part and part != "none")
    area = "" if seen.area == "same" else f" in {seen.area}"
    qualifier = "" if seen.qualifier == "=" else f"{seen.qualifier} "
    return f"{qualifier}{seen.value:,f} {seen.unit}, {counted}{area}, {seen.period or 'no period'}"
