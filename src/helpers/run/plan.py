"""What a run covers, what it reads and which files it has to yield, as `config.yaml` says.

The one place that knows the folders; Snakefile, publishing and the command ask here. Looks at inputs, never at what
earlier runs left behind.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from helpers.read.files import InputError, nearest, read_text
from helpers.read.hashes import digest, find_files
from helpers.read.places import COMPARISON, load_places, slug
from helpers.read.sources import read_sources
from helpers.records import INDICATORS
from helpers.run.files import write_whole

CLEAN_TABLES = ("sources", "numbers", "observations", "figures", "checks")
PROCESSED_TABLES = (*CLEAN_TABLES, "comparison", "verdicts", "series", "changes")
EXPORTS = ("sdmx.csv", "datapackage.json")  # made from the tables, in this order
NOTEBOOKS = {"clean": "1-clean", "compare": "2-compare", "briefing": "3-briefing"}

PROCESSED = ".build/processed"
STORE = ".build/store"  # what every step yielded last
SUBJECTS = ".build/subjects"  # a folder for each province, with those rows of the tables that its briefings rest on
_DIGESTS = ".build/digests"

# A module imports only from what stands above it, so a stage depends on its own folder and on those before it.
_MODULES = {
    "clean": ("records.py", "schemas.py", "tables.py", "read", "lexicons", "reconcile", "run"),
    "compare": ("compare", "export"),
    "briefing": ("brief", "glossary.csv", "locale", "templates"),
}
# What people write besides; a page rests on corrections and editions only through the tables that they change.
_RAW = {"clean": ("*.csv", "*.yaml"), "compare": ("*.csv", "*.yaml"), "briefing": ("*.csv",)}


@dataclass(frozen=True)
class Step:
    """One execution of a stage's notebook: what it is told, the tables that it reads and the files that it yields.

    ``subject`` is what the stage is done for: an area, what a briefing is about, or None where all areas are compared.
    File names are relative to the project.
    """

    stage: str
    subject: str | None
    parameters: dict[str, object]
    tables: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def name(self) -> str:
        """The notebook and what sets this execution of it apart, like ``3-briefing.quang-tri.en``."""
        parts = (NOTEBOOKS[self.stage], self.subject, self.parameters.get("language"))
        return ".".join(part for part in parts if part)

    @property
    def page(self) -> str | None:
        """The file of the page that shows what the notebook put out, where there is to be one."""
        return self.outputs[0] if self.stage == "briefing" else None


@dataclass(frozen=True)
class Plan:
    """What a run of the project at ``root`` covers; file names are relative to it."""

    root: Path
    areas: tuple[str, ...]
    languages: tuple[str, ...]
    indicators: tuple[str, ...]

    @cached_property
    def subjects(self) -> tuple[str, ...]:
        """What there are briefings about: every area, named as people write it, and the comparison of all."""
        places = load_places(self.root / "data" / "raw")
        return (*(slug(places.find(area).name) for area in self.areas), COMPARISON)

    def area_of(self, subject: str) -> str:
        """Return the code of the area that briefings on ``subject`` are about."""
        return self.areas[self.subjects.index(subject)]

    @property
    def clean(self) -> list[str]:
        """The tables of every area."""
        return [f".build/clean/{area}/{table}.csv" for area in self.areas for table in CLEAN_TABLES]

    @property
    def processed(self) -> list[str]:
        """The tables of all areas together, their export, and the description of all that comes last."""
        files = (*(f"{table}.csv" for table in PROCESSED_TABLES), *EXPORTS)
        return [f"{PROCESSED}/{file}" for file in files]

    @property
    def pages(self) -> list[str]:
        """The briefings."""
        return [f".build/reports/{subject}.{language}.html" for subject in self.subjects for language in self.languages]

    @property
    def built(self) -> list[str]:
        """Every file that the rules make."""
        return [*self.clean, *self.processed, *self.pages]

    @cached_property
    def sources(self) -> dict[str, list[str]]:
        """The files of the sources by the area that they are about, whether the run covers it or not."""
        files: dict[str, list[str]] = {}
        paths = {path.stem: path for path in (self.root / "data" / "raw" / "sources").rglob("*.md")}
        for source in read_sources(self.root / "data" / "raw"):
            files.setdefault(source.ref_area, []).append(paths[source.source_id].relative_to(self.root).as_posix())
        return files

    def inputs(self, stage: str, name: str | None = None) -> list[str]:
        """Return the files that people write and that ``stage`` depends on: notebook, modules, locks and raw data.

        The sources are those of the area that ``name`` is the code of. Comparing reads sources only to tell what has
        changed since an edition. Names more than a stage reads rather than less: a run may redo too much, never too
        little.
        """
        stages = list(_MODULES)[: list(_MODULES).index(stage) + 1]
        patterns = [f"src/helpers/{module}" for each in stages for module in _MODULES[each]]
        patterns += [*(f"data/raw/{pattern}" for pattern in _RAW[stage]), f"notebooks/{NOTEBOOKS[stage]}.ipynb"]
        patterns += ["requirements.lock"]
        if stage == "compare" and (editions := find_files(self.root, ["data/raw/editions/*/*"])):
            patterns += [*editions, "data/raw/sources"]
        return sorted({*find_files(self.root, patterns), *self.sources.get(name, [])})

    def digest(self, stage: str, name: str | None = None) -> str:
        """Return one hash for what people say that ``steps(stage, name)`` are made from: files and parameters."""
        said = [digest(self.root, self.inputs(stage, name)), *(step.parameters for step in self.steps(stage, name))]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def noted(self, stage: str, name: str | None = None) -> str:
        """Return the file in which ``digest(stage, name)`` is noted."""
        return f"{_DIGESTS}/{stage}.{name}" if name else f"{_DIGESTS}/{stage}"

    def note_digests(self) -> None:
        """Note the digests of all stages, each in a file that stays as it is where the digest does.

        Snakemake looks at one such file instead of at hundreds, and an edited input counts even when it looks old.
        """
        for stage, names in self._names.items():
            for name in names:
                path, digest = self.root / self.noted(stage, name), self.digest(stage, name)
                if not path.exists() or path.read_text("ascii") != digest:
                    write_whole(path, digest.encode())

    def steps(self, stage: str, name: str | None = None) -> list[Step]:
        """Return the executions that ``stage`` consists of for ``name``: an area, or a subject, or None to compare."""
        return list({"clean": self._clean, "compare": self._compare, "briefing": self._brief}[stage](name))

    @property
    def all_steps(self) -> dict[str, list[Step]]:
        """Every execution of a run by its stage, in an order in which they can be done."""
        stages = self._names.items()
        return {stage: [step for name in names for step in self.steps(stage, name)] for stage, names in stages}

    @property
    def _names(self) -> dict[str, tuple[str | None, ...]]:
        """What each stage is done for."""
        return {"clean": self.areas, "compare": (None,), "briefing": self.subjects}

    def _clean(self, area: str) -> Iterator[Step]:
        tables = tuple(f".build/clean/{area}/{table}.csv" for table in CLEAN_TABLES)
        yield Step("clean", area, {"area": area}, tables=(), outputs=tables)

    def _compare(self, name: None) -> Iterator[Step]:
        parameters = {"areas": list(self.areas), "indicators": list(self.indicators)}
        yield Step("compare", name, parameters, tables=tuple(self.clean), outputs=tuple(self.processed))

    def _brief(self, subject: str) -> Iterator[Step]:
        folder = PROCESSED if subject == COMPARISON else f"{SUBJECTS}/{subject}"
        tables = tuple(f"{folder}/{table}.csv" for table in PROCESSED_TABLES)
        for language in self.languages:
            parameters = {"subject": subject, "language": language, "languages": list(self.languages)}
            page = f".build/reports/{subject}.{language}.html"
            yield Step("briefing", subject, parameters | {"processed": f"../{folder}"}, tables, (page,))


def load_plan(root: Path) -> Plan:
    """Return what `config.yaml` in ``root`` asks for.

    Raises InputError with every problem of the file; that an area's sources are readable is not looked at here.
    """
    path = root / "config.yaml"
    try:
        settings = yaml.safe_load(read_text(path))
    except yaml.YAMLError as error:
        raise InputError(f"{path}: is no YAML ({' '.join(str(error).split())}); mend the line it names") from error
    if not isinstance(settings, dict):
        raise InputError(f"{path}: has no settings; write areas, languages and indicators")
    problems = [
        f"field {name!r} is not known{nearest(str(name), _SETTINGS)}" for name in settings if name not in _SETTINGS
    ]
    for name, example in _SETTINGS.items():
        problems += _check_list(name, settings.get(name), example)
    if not problems:
        problems += _check_codes(settings, root)
    if problems:
        raise InputError(*(f"{path}: {problem}" for problem in problems))
    return Plan(root, *(tuple(settings[name]) for name in _SETTINGS))


_SETTINGS = {"areas": "[VN-DN, VN-25]", "languages": "[en]", "indicators": "[organisations, members]"}


def _check_list(name: str, values: object, example: str) -> Iterator[str]:
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        yield f"field {name!r} should be a list of codes, like {example}"
    elif repeated := sorted({value for value in values if values.count(value) > 1}):
        yield f"field {name!r} names {', '.join(repeated)} more than once; keep one"


def _check_codes(settings: dict[str, list[str]], root: Path) -> Iterator[str]:
    provinces = sorted({place.code for place in load_places(root / "data" / "raw").places if place.kind == "province"})
    catalogues = root / "src" / "helpers" / "locale"
    known = {
        "areas": (provinces, "data/raw/provinces.csv"),
        "languages": (sorted({"en", *(path.name for path in catalogues.glob("*/"))}), "src/helpers/locale"),
        "indicators": (INDICATORS, "data/raw/indicators.csv"),
    }
    for name, (codes, place) in known.items():
        for value in settings[name]:
            if value not in codes:
                yield f"field {name!r}: {value!r} is not known{nearest(value, codes) or f'; add it to {place}'}"
