"""Briefings for tests: small facts, put together in a line each."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from helpers.brief.facts import Briefing
from helpers.brief.wording import load_wording
from helpers.records import Check, Compared, Figure, Observation, Source, Verdict

AREA, OTHER, THIRD = "VN-25", "VN-DN", "VN-36"
NAMES = {AREA: "Quang Tri", OTHER: "Da Nang", THIRD: "Ninh Thuan", "VN/MPI": "Vietnam", "VN/VCA": "Vietnam"}
DAY = date(2024, 2, 20)

SOURCE = Source(
    source_id="article-id",
    title="What was counted",
    publisher="a newspaper",
    author=None,
    published=DAY,
    not_before=None,
    not_before_reason=None,
    not_after=None,
    not_after_reason=None,
    language="id",
    ref_area=AREA,
    ref_area_evidence="named",
    origin="alliance of Quang Tri",
    form="notes",
    seed=None,
)


def claim(
    text: str, value: int | str, org_type: str = "coop", *, indicator: str = "organisations", **changes
) -> Observation:
    """Return a claim whose quote is its number and the word behind it."""
    observation = Observation(
        source_id=SOURCE.source_id,
        start=100,
        end=100 + len(text),
        text=text,
        occurrence=1,
        quote=f"{text} koperasi",
        quote_start=100,
        value=Decimal(value),
        unit="organisation",
        qualifier="=",
        kind="level",
        indicator=indicator,
        org_type=org_type,
    )
    return replace(observation, **changes)


def figure(
    org_type: str, value: int | str | None, *, indicator: str = "organisations", area: str = AREA, **changes
) -> Figure:
    """Return an exact figure of one article; what ``changes`` leaves out follows from the value."""
    number = None if value is None else Decimal(value)
    subset = changes.get("subset")
    made = Figure(
        figure_id=".".join(part for part in (area, indicator, org_type, subset, "2024-02") if part),
        ref_area=area,
        boundary="until-2025-06",
        indicator=indicator,
        org_type=org_type,
        sector=None,
        subset=None,
        kind="level",
        unit="organisation",
        period="2024-02",
        period_start=DAY,
        period_end=DAY,
        period_basis="publication",
        value=number,
        lower=number,
        upper=number,
        qualifier="=",
        status="single",
        flags=(),
        texts=1,
        origins=("alliance of Quang Tri",),
        rule="only_claim",
        used=(),
        unused=(),
    )
    return replace(made, **changes)


def row(item: str, *figures: Figure, formula: str = "figure", **changes) -> Compared:
    """Return a row of the comparison; a printed figure passes on all that it is."""
    first = figures[0]
    indicator, org_type, *_ = item.split(".")
    made = Compared(
        item=item,
        ref_area=first.ref_area,
        indicator=indicator,
        org_type=org_type,
        sector=first.sector,
        subset=first.subset,
        unit=first.unit,
        period=first.period,
        period_start=first.period_start,
        period_end=first.period_end,
        period_basis=first.period_basis,
        value=first.value,
        lower=first.lower,
        upper=first.upper,
        qualifier=first.qualifier,
        formula=formula,
        figures=tuple(figure.figure_id for figure in figures),
        assumption=None,
        flags=first.flags,
        verdict="comparable",
        reasons=(),
    )
    return replace(made, **changes)


def missing(item: str, area: str = AREA, **changes) -> Compared:
    """Return the row of an area that does not state an item."""
    empty = row(item, figure(item.split(".")[1], None, area=area), verdict="missing", figures=())
    return replace(empty, **changes)


def briefing(
    *,
    subject: str = "quang-tri",
    areas: tuple[str, ...] = (AREA,),
    sources: tuple[Source, ...] = (SOURCE,),
    claims: tuple[Observation, ...] = (),
    figures: tuple[Figure, ...] = (),
    checks: tuple[Check, ...] = (),
    comparison: tuple[Compared, ...] = (),
    verdicts: tuple[Verdict, ...] = (),
    **more: object,
) -> Briefing:
    """Return a briefing in English made from these facts alone."""
    indicators = {record.indicator for record in (*figures, *comparison)}
    return Briefing(
        subject=subject,
        words=load_wording("en"),
        areas=areas,
        area_names=NAMES,
        english_names=NAMES,
        subjects={"quang-tri": Markup("Quang Tri"), "comparison": Markup("Comparison")},
        languages=("en", "vi", "ar"),
        edition="0a1b2c3d",
        indicator_names={code: code.replace("_", " ").capitalize() for code in indicators},
        definitions=dict.fromkeys(indicators, "As the articles use the word."),
        sources={source.source_id: source for source in sources},
        observations={observation.address: observation for observation in claims},
        figures={figure.figure_id: figure for figure in figures},
        checks=checks,
        comparison=comparison,
        verdicts=verdicts,
        **more,
    )
