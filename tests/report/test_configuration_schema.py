"""The published schemas of the configuration: up to date, and of one mind with the readers, taplo and VS Code."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import sysconfig
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from drawn import examples
from invigilator.report.configuration import READERS, from_table

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "docs" / "schema"
EXAMPLES = sorted((ROOT / "examples").glob("*/invigilator.toml"))
TAPLO = Path(sysconfig.get_path("scripts")) / ("taplo.exe" if sys.platform == "win32" else "taplo")

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("configuration_schema", ROOT / "scripts" / "configuration_schema.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def validator(name: str = "invigilator.schema.json") -> Draft7Validator:
    schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def messages(table: dict[str, Any]) -> list[str]:
    """What the readers say of a table of an `invigilator.toml`."""
    return [problem.message for problem in from_table(table, "invigilator.toml")[1]]


def test_they_are_up_to_date() -> None:
    stale = [path for path, text in generator().documents().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run: python scripts/configuration_schema.py"
    assert set(json.loads((SCHEMAS / "invigilator.schema.json").read_text())["properties"]) == {*READERS, "reports"}


RIGHT: list[dict[str, Any]] = [
    {},
    {"heading": r"^## (?P<number>\d+)\.", "marker": "Your answer:", "placeholder": "_write here_"},
    {"heading": r"^## (?P<title>.+)$", "questions": ["Aim", "Method"], "marker": "none"},
    {"questions": 27},
    {"questions": ["Aim"]},
    {"section-titles": [], "figures": "./pictures/", "extensions": ["PNG", ".svg"]},
    {"report": "report.md", "template": "blank/template.md"},
    {"report": "/reports/README.MD", "template": "a b.markdown"},
    {"limits": {"3": {"words": [1, 2], "images": {"min": 1}, "characters": {"max": 9}}, "014": {"words": "none"}}},
    {"limits": {"3": {}}},
    {"select": ["answer.*", "figure.too-few"], "ignore": ["*"]},
    {"severity": {"figure.remote": "off", "page": {"table": "hint"}, "answer.*": "error"}},
    {"reports": {"drafts/*.md": {"ignore": ["figure.*"], "limits": {"1": {"words": [1, 2]}}}, "a.md": {}}},
    {"inlay-hints": False},
]

WRONG: list[dict[str, Any]] = [
    {"marke": "x"},
    {"section_titles": ["x"]},
    {"tool": {"invigilator": {}}},
    {"heading": "^## Task"},
    {"heading": ""},
    {"heading": 3},
    {"marker": " "},
    {"marker": "a\nb"},
    {"placeholder": ["x"]},
    {"section-titles": "x"},
    {"section-titles": [1]},
    {"figures": "/etc"},
    {"figures": "../x"},
    {"figures": "C:\\x"},
    {"extensions": []},
    {"extensions": ["*.png"]},
    {"questions": 0},
    {"questions": 2.5},
    {"questions": True},
    {"questions": "27"},
    {"questions": []},
    {"questions": ["Aim", "Aim"]},
    {"report": "report.txt"},
    {"report": "~/report.md"},
    {"template": "C:/template.md"},
    {"limits": []},
    {"limits": {"0": {"words": [1, 2]}}},
    {"limits": {"Aim": {"words": [1, 2]}}},
    {"limits": {"3": [1, 2]}},
    {"limits": {"3": {"lines": [1, 2]}}},
    {"limits": {"3": {"words": [1]}}},
    {"limits": {"3": {"words": [-1, 2]}}},
    {"limits": {"3": {"words": {}}}},
    {"limits": {"3": {"words": {"low": 1}}}},
    {"limits": {"3": {"words": "any"}}},
    {"limits": {"3": {"words": 200}}},
    {"select": "answer.*"},
    {"ignore": ["figure/remote"]},
    {"severity": {"figure.remote": "of"}},
    {"severity": {"page": {"table": 3}}},
    {"severity": {"Page.*": "off"}},
    {"reports": {"../x.md": {}}},
    {"reports": {"a.md": {"marker": "x"}}},
    {"reports": {"a.md": 3}},
    {"inlay-hints": "yes"},
]


@pytest.mark.parametrize("table", RIGHT, ids=json.dumps)
def test_what_both_take(table: dict[str, Any]) -> None:
    assert messages(table) == []
    assert [error.message for error in validator().iter_errors(table)] == []
    shared = {"tool": {"invigilator": table, "other": {"x": 1}}, "project": {"name": "x"}}
    assert validator("pyproject.schema.json").is_valid(shared)


@pytest.mark.parametrize("table", WRONG, ids=json.dumps)
def test_what_both_refuse(table: dict[str, Any]) -> None:
    assert messages(table) != []
    assert not validator().is_valid(table)
    assert not validator("pyproject.schema.json").is_valid({"tool": {"invigilator": table}})


_TEXT = st.text(st.sampled_from("abP<>?()\\d.*/~:,- 3#_\t🚲"), max_size=12)
_WORDS = st.sampled_from(
    [
        *("none", "off", "hint", "min", "max", "words", "characters", "3", "014", "0", "figure.*", "page", "table"),
        *("report.md", "../x.md", "/x.MD", "~x.md", ".png", "PNG", "a/../b", "..", "(?P<number>x)", "(?P<title>x)"),
    ]
)
_SCALARS = st.one_of(_TEXT, _WORDS, st.integers(-2, 10_001), st.booleans(), st.sampled_from([0.5, 3.0, 1e9]))
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.one_of(_WORDS, _TEXT), inner, max_size=3)),
    max_leaves=6,
)
_LIKELY = st.one_of(
    st.dictionaries(
        st.sampled_from(["1", "14", "0014", "0", "x"]),
        st.dictionaries(
            st.sampled_from(["words", "images", "characters", "lines"]),
            st.one_of(
                st.lists(st.integers(-1, 5), min_size=1, max_size=3),
                st.dictionaries(st.sampled_from(["min", "max", "x"]), st.integers(-1, 5), max_size=2),
                _SCALARS,
            ),
            max_size=2,
        ),
        max_size=2,
    ),
    st.dictionaries(_WORDS, st.one_of(st.sampled_from(["off", "hint"]), st.dictionaries(_WORDS, _WORDS, max_size=2))),
    st.lists(_WORDS, max_size=3),
)

_ONLY_A_READER_KNOWS = re.compile(
    "is no valid regular expression|is too large a regular expression|matches an empty line|needs a group named|"
    "heading names questions by their title|has a lower end|names a title twice|without \\.\\.|leads out of the project"
)
"""What no schema says: what is a regular expression, how two numbers or settings go together, where a path leads."""


@examples(1500)
@given(st.sampled_from(sorted(READERS)), st.one_of(_VALUES, _LIKELY))
def test_schema_and_readers_agree(key: str, value: object) -> None:
    said, is_valid = messages({key: value}), validator().is_valid({key: value})
    if not said:
        assert is_valid
    elif is_valid:
        assert all(_ONLY_A_READER_KNOWS.search(message) for message in said), said


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_are_right(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert messages(table) == []
    assert list(validator().iter_errors(table)) == []


# --- taplo ------------------------------------------------------------------------------------------------------------


def taplo(folder: Path, *arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [TAPLO, "--colors", "never", "check", *arguments], cwd=folder, capture_output=True, text=True, timeout=60
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize("how", ["directive", "rule"])
def test_taplo_names_a_wrong_key_and_lets_a_right_file_pass(tmp_path: Path, how: str) -> None:
    """As docs/templates.md says: a comment in the file itself, or a rule in `.taplo.toml`."""
    (tmp_path / "schema.json").write_bytes((SCHEMAS / "invigilator.schema.json").read_bytes())
    head = ""
    if how == "directive":
        head = "#:schema ./schema.json\n\n"
    else:
        rule = '[[rule]]\ninclude = ["**/invigilator.toml"]\n\n[rule.schema]\npath = "schema.json"\n'
        (tmp_path / ".taplo.toml").write_text(rule)
    for path in EXAMPLES:
        (tmp_path / "invigilator.toml").write_text(head + path.read_text(encoding="utf-8"), encoding="utf-8")
        assert taplo(tmp_path, "invigilator.toml")[0] == 0
    (tmp_path / "invigilator.toml").write_text(f'{head}marke = "x"\nquestions = 0\n')
    code, said = taplo(tmp_path, "invigilator.toml")
    assert code == 1
    assert "'marke' was unexpected" in said
    assert "0 is less than the minimum of 1" in said


def test_taplo_and_a_pyproject(tmp_path: Path) -> None:
    schema = ["--schema", (SCHEMAS / "pyproject.schema.json").as_uri(), "pyproject.toml"]
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n\n[tool.invigilator]\nquestions = 3\n')
    assert taplo(tmp_path, *schema)[0] == 0
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n\n[tool.invigilator]\nfigurs = "x"\n')
    code, said = taplo(tmp_path, *schema)
    assert code == 1
    assert "'figurs' was unexpected" in said


# --- VS Code ----------------------------------------------------------------------------------------------------------


@cache
def of_the_extension() -> dict[str, Any]:
    """The extension's settings that are the configuration's, by their names in a file."""
    package = json.loads((ROOT / "client-vscode" / "package.json").read_text(encoding="utf-8"))
    listed = package["contributes"]["configuration"]["properties"]
    only_its_own = {"interpreter", "path", "trace.server"}
    names = {name.removeprefix("invigilator."): schema for name, schema in listed.items()}
    assert only_its_own <= names.keys()
    return {
        re.sub(r"([A-Z])", r"-\1", name).lower(): schema for name, schema in names.items() if name not in only_its_own
    }


def test_the_extension_has_every_setting() -> None:
    assert of_the_extension().keys() == {*READERS, "reports"}


def test_the_extension_associates_the_schema_with_the_file() -> None:
    package = json.loads((ROOT / "client-vscode" / "package.json").read_text(encoding="utf-8"))
    (association,) = package["contributes"]["tomlValidation"]
    packed = "./schema/invigilator.schema.json"
    assert association == {"fileMatch": "invigilator.toml", "url": packed}


@pytest.mark.parametrize("table", RIGHT, ids=json.dumps)
def test_the_extension_takes_what_a_file_may_say(table: dict[str, Any]) -> None:
    for key, value in table.items():
        if key == "limits":
            value = {str(int(number)): limits for number, limits in value.items()}
        if key == "severity":
            value = {code: level for code, level in value.items() if isinstance(level, str)}
        schema = of_the_extension()[key]
        assert [error.message for error in Draft7Validator(schema).iter_errors(value)] == [], key


@pytest.mark.parametrize("key", sorted({*READERS, "reports"}))
@pytest.mark.parametrize("value", [3, True, {"x": 3}, [3], 0, {"3": {"lines": [1, 2]}}], ids=json.dumps)
def test_the_extension_refuses_other_types(key: str, value: object) -> None:
    """The same types as the file; what a text has to be, VS Code leaves to the server."""
    assert Draft7Validator(of_the_extension()[key]).is_valid(value) == validator().is_valid({key: value})
