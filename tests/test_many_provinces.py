"""Pages hold for two to eight provinces: each is named, charted where it may be, and the page stays small."""

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from pages import LANGUAGES, NOTEBOOK, ROOT

from helpers.brief import page
from helpers.brief.facts import load_briefing
from helpers.compare.derive import compare
from helpers.compare.verdicts import judge, settle
from helpers.read.places import load_places
from helpers.tables import read_records, write_table

RAW, PROCESSED = ROOT / "data" / "raw", ROOT / "data" / "processed"
PLACES = load_places(RAW)
MODEL = "VN-25"  # the others have what its articles say of it
OTHERS = ("VN-DN", "VN-36", "VN-66", "VN-44", "VN-01", "VN-33", "VN-59")
SECTIONS = re.findall(r"page\.(\w+)\(briefing\)", NOTEBOOK.read_text(encoding="utf-8"))
MOST_BYTES = 55_000  # for each province that says as much as the model does: it has the most articles


def moved(record, area):
    """Return a record of the model as one of another area, its references with it."""
    values = {name: getattr(record, name) for name in record.__dataclass_fields__}
    swap = {
        name: value.replace(MODEL, area).replace("quang-tri", area.lower())
        if isinstance(value, str)
        else tuple(part.replace(MODEL, area).replace("quang-tri", area.lower()) for part in value)
        for name, value in values.items()
        if (isinstance(value, str) and name not in ("text", "quote")) or (isinstance(value, tuple) and value)
    }
    return replace(record, **swap)


@pytest.fixture(scope="module", params=[2, 8])
def project(request, tmp_path_factory):
    """Return so many areas and the folder with their tables."""
    areas = (MODEL, *OTHERS[: request.param - 1])
    own = {source.source_id for source in read_records("sources", PROCESSED) if source.ref_area == MODEL}
    tables = {
        "sources": [each for each in read_records("sources", PROCESSED) if each.source_id in own],
        "numbers": [each for each in read_records("numbers", PROCESSED) if each.source_id in own],
        "observations": [each for each in read_records("observations", PROCESSED) if each.source_id in own],
        "figures": [each for each in read_records("figures", PROCESSED) if each.ref_area == MODEL],
        "checks": [each for each in read_records("checks", PROCESSED) if each.ref_area == MODEL],
    }
    tables = {name: [moved(each, area) for area in areas for each in rows] for name, rows in tables.items()}
    derived = compare(tables["figures"], areas, PLACES)
    verdicts = judge(derived)
    tables |= {"comparison": settle(derived, verdicts), "verdicts": verdicts, "series": [], "changes": []}
    folder = tmp_path_factory.mktemp("processed")
    for name, rows in tables.items():
        write_table(name, rows, folder)
    return areas, folder


def test_comparison_names_every_province_in_every_chart_and_every_table_fits(project):
    areas, processed = project
    briefing = load_briefing("comparison", "en", languages=LANGUAGES, processed=processed, raw=RAW)
    shown = [getattr(page, name)(briefing) for name in SECTIONS]
    html = "".join(piece._repr_html_() for piece in shown if hasattr(piece, "_repr_html_"))
    soup = BeautifulSoup(html, "html.parser")
    assert [name for name in briefing.area_names.values() if name not in soup.get_text()] == []
    assert len(html.encode()) < MOST_BYTES * len(areas)  # not with the pairs, which are 28 of eight
    for chart in soup.select("svg"):
        labels = " ".join(text.get_text() for text in chart.select("text"))
        assert [name for name in briefing.area_names.values() if name not in labels] == []


def test_page_of_one_province_speaks_of_no_other(project):
    _, processed = project
    briefing = load_briefing("quang-tri", "en", languages=LANGUAGES, processed=processed, raw=RAW)
    told = page.key_findings(briefing)._repr_html_()
    assert [name for area, name in briefing.area_names.items() if area != MODEL and name in told] == []
