"""The setting `template`: where it counts from, in files and editors, and what is said of one that cannot be used."""

from __future__ import annotations

import pytest

from drawn import check
from invigilator.report.configuration import from_sources
from invigilator.surroundings.memory import MemorySurroundings
from template.templates import TEMPLATE


def path_of(file: tuple[str, str] | None, **editor: object) -> str | None:
    configuration, problems = from_sources(file, editor, report="sub/README.md")
    assert problems == ()
    return configuration.template


@pytest.mark.parametrize(
    ("folder", "said", "path"),
    [
        ("", "template.md", "template.md"),
        ("sub/", "template.md", "sub/template.md"),
        ("sub/", "../template.md", "template.md"),
        ("sub/", "/given/template.md", "given/template.md"),
        ("sub/", "./x/../template.md", "sub/template.md"),
        ("sub/", "x\\\\template.md", "sub/x/template.md"),
    ],
)
def test_it_counts_from_the_folder_of_the_file(folder: str, said: str, path: str) -> None:
    assert path_of((f"{folder}invigilator.toml", f'template = "{said}"\n')) == path
    assert path_of((f"{folder}pyproject.toml", f'[tool.invigilator]\ntemplate = "{said}"\n')) == path


def test_in_an_editor_it_counts_from_the_root() -> None:
    assert path_of(None, template="given/template.md") == "given/template.md"
    assert path_of(("sub/invigilator.toml", ""), template="given/template.md") == "given/template.md"
    assert path_of(("sub/invigilator.toml", 'template = "t.md"'), template="given/template.md") == "sub/t.md"
    assert path_of(None, template="") is None


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ('"../../template.md"', "template leads out of the project, and nothing outside it is read"),
        ('"C:/template.md"', "template must be a path in the project, with / between names"),
        ('"//server/share/t.md"', "template must be a path in the project, with / between names"),
        ("3", "template must be text in quotes, not 3"),
        ('""', "template must be one line of text, not empty"),
    ],
)
def test_a_wrong_one_is_told_and_the_rest_applies(said: str, message: str) -> None:
    file = ("sub/invigilator.toml", f"questions = 3\ntemplate = {said}\n")
    configuration, problems = from_sources(file, {})
    assert [(problem.path, problem.line, problem.message) for problem in problems] == [(file[0], 2, message)]
    assert (configuration.template, configuration.questions) == (None, 3)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (None, "which is not there"),
        (b"one\ntwo \xff", "which is not UTF-8 text (line 2)"),
        ("# Nothing\n", "which is no template: it has no question heading with `Answer:` below it"),
        ("### Question 1\n\n> Why?\n", "which is no template: it has no question heading with `Answer:` below it"),
    ],
)
def test_a_file_that_is_no_template(content: bytes | str | None, wrong: str) -> None:
    files: dict[str, bytes | str] = {"invigilator.toml": 'questions = 1\ntemplate = "t.md"\n'}
    if content is not None:
        files["t.md"] = content
    analysis = check("### Question 1\n> Answer:\n", MemorySurroundings(files))
    assert [str(problem) for problem in analysis.problems] == [
        f"invigilator.toml:2: template names t.md, {wrong}, so it is not used"
    ]
    assert analysis.frame.expected == 1
    in_editor = check("### Question 1\n> Answer:\n", {k: v for k, v in files.items() if k == "t.md"}, template="t.md")
    assert [problem.path for problem in in_editor.problems] == ["editor settings"]


def test_a_file_that_comes_later_is_seen() -> None:
    around = MemorySurroundings({"invigilator.toml": 'template = "t.md"\n'})
    assert check(TEMPLATE, around).frame.template is None
    around.write("t.md", TEMPLATE)
    assert around.refresh()
    analysis = check(TEMPLATE, around)
    assert (analysis.problems, analysis.frame.template and analysis.frame.template.path) == ((), "t.md")


def test_a_document_in_no_folder_has_no_template() -> None:
    assert check(TEMPLATE, template="t.md").problems == ()
