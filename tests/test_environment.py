"""Whoever installs by conda, by lock or by pyproject gets the same versions of the same libraries."""

import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
CONDA_PYTHON = {"python_version": "3.12", "python_full_version": "3.12.8"}
CONDA_NAMES = {"snakemake-minimal": "snakemake", "pdfminer.six": "pdfminer-six"}


def pins(lock: str) -> dict[str, str]:
    """Return name -> version for Python 3.12 on Linux, the environment that conda users get."""
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    requirements = [Requirement(line.rstrip(" \\")) for line in lines if line and not line.startswith((" ", "#"))]
    return {
        requirement.name: next(iter(requirement.specifier)).version
        for requirement in requirements
        if not requirement.marker or requirement.marker.evaluate(CONDA_PYTHON)
    }


def conda_pins() -> dict[str, str]:
    *by_conda, by_pip = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    pairs = [item.split("::")[-1].split("=") for item in by_conda]
    pairs += [item.split("==") for item in by_pip["pip"]]
    return {CONDA_NAMES.get(name, name): version[0] for name, *version in pairs if version and name != "python"}


def declared(extra: str | None = None) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [
        Requirement(text) for text in (project["optional-dependencies"][extra] if extra else project["dependencies"])
    ]


def test_conda_pins_are_those_of_the_lock():
    lab = pins("requirements-lab.lock")
    assert {name: lab.get(name) for name in conda_pins()} == conda_pins()


def test_conda_has_every_library_that_a_run_or_jupyterlab_needs():
    assert {requirement.name for requirement in [*declared(), *declared("lab")]} <= set(conda_pins())


def test_a_run_and_the_tests_use_the_same_versions():
    run, lab = pins("requirements.lock"), pins("requirements-lab.lock")
    assert run == {name: lab.get(name) for name in run}


@pytest.mark.parametrize("extra", [None, "build", "lab", "test"])
def test_locks_fulfil_what_pyproject_asks_for(extra):
    lab = pins("requirements-lab.lock")
    assert [str(wish) for wish in declared(extra) if lab.get(wish.name) not in wish.specifier] == []


def test_a_cluster_has_what_a_run_has_and_what_hands_jobs_on():
    run, cluster = pins("requirements.lock"), pins("requirements-cluster.lock")
    assert run == {name: cluster.get(name) for name in run}
    assert [str(wish) for wish in declared("cluster") if cluster.get(wish.name) not in wish.specifier] == []


def test_a_run_has_no_jupyterlab():
    """It would cost every process a second of start-up."""
    assert "jupyterlab" not in pins("requirements.lock")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-lab.lock", "requirements-cluster.lock"])
def test_locks_hold_names_versions_and_hashes_only(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert text.count("==") <= text.count("--hash=sha256:")
