"""Parameters are held against the notebook's own `parameters` cell before anything starts."""

from pathlib import Path

import pytest
from small_project import write_notebook

from helpers.read.files import InputError
from helpers.run.parameters import ParameterError, check_parameters, describe_parameters, find_notebook, parse_texts

CELL = """
area: str = "VN-25"  # ISO 3166-2
areas: list[str] = ["VN-25"]
limit: int = 3
share: float = 0.5
note: str | None = None
"""


@pytest.fixture
def notebook(tmp_path):
    return write_notebook(tmp_path / "any.ipynb", CELL, "area")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("area=007", "area", "007"),
        ("area=null", "area", "null"),
        ("area=a=b", "area", "a=b"),
        ("area=", "area", ""),
        ('areas=["VN-DN", "VN-36"]', "areas", ["VN-DN", "VN-36"]),
        ("limit=7", "limit", 7),
        ("share=1", "share", 1),
        ("note=1", "note", "1"),
    ],
)
def test_text_means_what_the_annotation_says(notebook, text, name, value):
    assert parse_texts(notebook, [text]) == {name: value}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("aera=VN-25", "any.ipynb: takes no parameter 'aera'; did you mean 'area'?"),
        ("xyz=1", "any.ipynb: takes no parameter 'xyz'; it takes area, areas, limit, share, note"),
        ("limit=x", "any.ipynb: parameter 'limit' should be int, is 'x'"),
        ("limit=true", "any.ipynb: parameter 'limit' should be int, is True"),
        ("areas=VN-25", "any.ipynb: parameter 'areas' should be list[str], is 'VN-25'"),
        ("areas=[1]", "any.ipynb: parameter 'areas' should be list[str], is [1]"),
        ("area", "any.ipynb: 'area' is no parameter; write name=value"),
    ],
)
def test_a_wrong_parameter_is_named_with_its_mend(notebook, text, message):
    with pytest.raises(ParameterError) as error:
        parse_texts(notebook, [text])
    assert str(error.value) == message


def test_all_problems_come_at_once(notebook):
    with pytest.raises(ParameterError) as error:
        check_parameters(notebook, {"area": 7, "limits": 3})
    assert len(error.value.args) == 2


def test_a_parameter_given_twice_is_refused(notebook):
    with pytest.raises(ParameterError, match="given twice"):
        parse_texts(notebook, ["area=VN-25", "area=VN-36"])


def test_a_parameter_without_default_has_to_be_given(tmp_path):
    notebook = write_notebook(tmp_path / "any.ipynb", "area: str", "area")
    with pytest.raises(ParameterError, match="'area' is missing"):
        check_parameters(notebook, {})


def test_a_notebook_without_parameters_takes_none(tmp_path):
    notebook = write_notebook(tmp_path / "any.ipynb", None, "1")
    check_parameters(notebook, {})
    with pytest.raises(ParameterError, match="no cell tagged 'parameters'"):
        check_parameters(notebook, {"area": "VN-25"})


def test_the_cell_is_read_and_not_run(tmp_path):
    notebook = write_notebook(tmp_path / "any.ipynb", "from pathlib import Path\nPath('made').touch()\narea = 'x'", "1")
    assert parse_texts(notebook, ["area=y"]) == {"area": "y"}
    assert not (tmp_path / "made").exists()


def test_what_a_notebook_takes_is_told_in_the_words_of_its_cell(notebook):
    assert list(describe_parameters(notebook)) == [
        "Parameters of any.ipynb:",
        "  area: str = 'VN-25'",
        "      ISO 3166-2",
        "  areas: list[str] = ['VN-25']",
        "  limit: int = 3",
        "  share: float = 0.5",
        "  note: str | None = None",
    ]


def test_a_comment_above_a_parameter_is_its_comment_too(tmp_path):
    notebook = write_notebook(tmp_path / "any.ipynb", "# the area\n# as a code\narea: str", "area")
    assert list(describe_parameters(notebook))[1:] == ["  area: str  (has to be given)", "      the area as a code"]


def test_a_notebook_is_found_by_its_short_name_and_by_its_path(tmp_path):
    (tmp_path / "notebooks").mkdir()
    path = write_notebook(tmp_path / "notebooks" / "3-briefing.ipynb", None, "1")
    assert find_notebook("3-briefing", tmp_path) == find_notebook(str(path), Path()) == path
    with pytest.raises(InputError, match="there is no notebook '3-brief'; did you mean '3-briefing'"):
        find_notebook("3-brief", tmp_path)


def test_a_file_that_is_no_notebook_is_named(tmp_path):
    path = tmp_path / "any.ipynb"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ParameterError, match=r"any\.ipynb: is no notebook"):
        check_parameters(path, {})
