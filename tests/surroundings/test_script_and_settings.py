"""`report.py` beside the report, and the configuration that applies."""

from __future__ import annotations

import pytest

from invigilator.report.model import Problem
from invigilator.surroundings import TextFile
from surroundings.worlds import World

TABLE = "[tool.invigilator]\nignore = []\n"
OTHER = '[project]\nname = "thesis"\ndependencies = ["invigilator"]\n'
NOT_UTF_8 = b"first = 1\n# tool.invigilator\nsecond = '\xe6'\n"
LARGE = 1024 * 1024 * b"#" + b"tool.invigilator"


def test_the_script_beside_the_report(world: World) -> None:
    files = {"reports/report.py": "print('æ')\n", "report.py": "print('not this one')\n"}
    assert world(files, "reports").script == TextFile("reports/report.py", "print('æ')\n")


def test_a_byte_order_mark_is_no_part_of_the_text(world: World) -> None:
    beside = world({"report.py": b"\xef\xbb\xbfx = 1\n", "invigilator.toml": b"\xef\xbb\xbfignore = []\n"})
    assert beside.script == TextFile("report.py", "x = 1\n")
    assert beside.configuration == TextFile("invigilator.toml", "ignore = []\n")


def test_nothing_there(world: World) -> None:
    beside = world({}, "reports")
    assert (beside.script, beside.configuration, beside.problems) == (None, None, ())


@pytest.mark.parametrize(
    ("files", "line", "message"),
    [
        ({"reports/report.py/": b""}, None, "is a folder, not a file, so its limits are not used"),
        ({"reports/report.py": b"one\ntwo \xff\n"}, 2, "is not UTF-8 text, so its limits are not used"),
        (
            {"reports/report.py": 10 * 1024 * 1024 * b"#"},
            None,
            "is larger than 1 MiB (10.0 MiB), so its limits are not used",
        ),
    ],
)
def test_a_script_that_cannot_be_used(world: World, files: dict[str, bytes], line: int | None, message: str) -> None:
    beside = world(files, "reports")
    assert beside.script is None
    assert beside.problems == (Problem("reports/report.py", line, message),)


def test_a_script_of_just_one_mebibyte(world: World) -> None:
    script = world({"report.py": 1024 * 1024 * "#"}).script
    assert script is not None
    assert len(script.text) == 1024 * 1024


def test_a_script_without_permission(world: World) -> None:
    beside = world({"report.py": "x = 1"}, unreadable=["report.py"])
    assert beside.script is None
    message = "cannot be read (permission denied), so its limits are not used"
    assert beside.problems == (Problem("report.py", None, message),)


@pytest.mark.parametrize(
    ("files", "path"),
    [
        ({"a/b/invigilator.toml": ""}, "a/b/invigilator.toml"),
        ({"a/b/pyproject.toml": TABLE}, "a/b/pyproject.toml"),
        ({"a/b/pyproject.toml": TABLE, "a/b/invigilator.toml": ""}, "a/b/invigilator.toml"),
        ({"pyproject.toml": TABLE}, "pyproject.toml"),
        ({"pyproject.toml": "[tool]\ninvigilator.ignore = []"}, "pyproject.toml"),
        ({"pyproject.toml": "[tool.invigilator.severity]"}, "pyproject.toml"),
        # the nearest folder first, whatever the name
        ({"a/pyproject.toml": TABLE, "invigilator.toml": ""}, "a/pyproject.toml"),
        # a pyproject.toml that is not about us is none
        ({"a/b/pyproject.toml": OTHER, "pyproject.toml": TABLE}, "pyproject.toml"),
        ({"a/b/pyproject.toml": "broken [", "pyproject.toml": TABLE}, "pyproject.toml"),
        ({"a/b/pyproject.toml": "[invigilator]", "a/invigilator.toml": ""}, "a/invigilator.toml"),
        ({"a/b/pyproject.toml": "tool = 'invigilator'", "a/invigilator.toml": ""}, "a/invigilator.toml"),
        ({"a/b/pyproject.toml/": b"", "a/invigilator.toml": ""}, "a/invigilator.toml"),
        # beside the way up
        ({"c/invigilator.toml": "", "a/b/d/invigilator.toml": ""}, None),
        ({"a/b/pyproject.toml": OTHER}, None),
    ],
)
def test_the_nearest_configuration(world: World, files: dict[str, bytes | str], path: str | None) -> None:
    beside = world(files, "a/b")
    found = beside.configuration
    assert (found and found.path) == path
    assert beside.problems == ()
    if found is not None:
        assert found.text == files[found.path]


@pytest.mark.parametrize(
    ("path", "content", "line", "message"),
    [
        ("invigilator.toml/", b"", None, "is a folder, not a file, so its settings are not used"),
        ("invigilator.toml", NOT_UTF_8, 3, "is not UTF-8 text, so its settings are not used"),
        ("invigilator.toml", LARGE + b"#", None, "is larger than 1 MiB (1.0 MiB), so its settings are not used"),
        ("pyproject.toml", NOT_UTF_8, 3, "is not UTF-8 text, so its settings are not used"),
        (
            "pyproject.toml",
            b"\n[tool.invigilator]\nignore = [,]\n",
            3,
            "is not valid TOML (invalid value), so its settings are not used",
        ),
        (
            "pyproject.toml",
            b"[tool.invigilator]\nignore = [",
            None,
            "is not valid TOML (invalid value), so its settings are not used",
        ),
    ],
)
def test_a_configuration_that_cannot_be_used(
    world: World, path: str, content: bytes, line: int | None, message: str
) -> None:
    beside = world({f"reports/{path}": content, "pyproject.toml": TABLE}, "reports")
    assert beside.configuration is None, "the nearest one decides, also where it cannot be used"
    assert beside.problems == (Problem(f"reports/{path.rstrip('/')}", line, message),)


def test_a_configuration_nested_without_end(world: World) -> None:
    beside = world({"pyproject.toml": "[tool.invigilator]\nignore = " + 100_000 * "["})
    assert beside.configuration is None
    assert [problem.path for problem in beside.problems] == ["pyproject.toml"]


def test_a_configuration_without_permission(world: World) -> None:
    beside = world({"invigilator.toml": ""}, unreadable=["invigilator.toml"])
    assert beside.configuration is None
    message = "cannot be read (permission denied), so its settings are not used"
    assert beside.problems == (Problem("invigilator.toml", None, message),)


@pytest.mark.parametrize("content", [LARGE, b"# no table of ours\nname = '\xe6'"])
def test_a_pyproject_that_is_not_about_us_is_no_problem_however_broken(world: World, content: bytes) -> None:
    beside = world({"pyproject.toml": content})
    assert (beside.configuration, beside.problems) == (None, ())
