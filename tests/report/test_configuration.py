"""The settings: what they may say, what is wrong with them and where, and whose word counts."""

from __future__ import annotations

import pytest

from invigilator.report.configuration import Configuration, from_sources, from_table, merge
from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.report.model import Bounds, Limit, Limits, Problem

FULL = r"""
# our course
report = "report.md"
heading = '##[ ]Task[ ](?P<number>\d+)'
marker = "Reply:"
placeholder = 'write here'
section-titles = ["Part one"]
figures = "./pictures/"
extensions = ["PNG", ".svg"]
questions = 12
select = ["figure.*", "answer.too-short"]
ignore = ["page.*"]

[limits]
3 = {words = [100, 200], images = "none"}
4 = {images = {min = 1}}
5 = {words = {max = 250}}
6.words = {min = 5, max = 5}
7 = {characters = [500, 800]}

[severity]
"figure.remote" = "off"
page.table = "error"
"answer.*" = "hint"
"""


def configured(text: str, path: str = "invigilator.toml") -> Configuration:
    configuration, problems = from_sources((path, text))
    assert problems == ()
    return configuration


def wrong(text: str, path: str = "invigilator.toml") -> tuple[Problem, ...]:
    return from_sources((path, text))[1]


def config(low: int | None, high: int | None) -> Limit:
    return Limit(Bounds(low, high), "config")


def test_every_setting() -> None:
    configuration = configured(FULL)
    grammar = configuration.grammar
    match = grammar.heading.match("## TASK 14")
    assert match is not None
    assert match["number"] == "14"
    assert grammar.level == 2
    assert grammar.marker == "Reply:"
    assert grammar.placeholder.search("-- Write here --")
    assert grammar.section_titles == DEFAULT_GRAMMAR.section_titles | {"part one"}
    assert configuration.figures == "pictures"
    assert configuration.extensions == (".png", ".svg")
    assert configuration.questions == 12
    assert configuration.report == "report.md"
    assert configuration.limits == {
        3: Limits(config(100, 200), Limit(None, "config")),
        4: Limits(None, config(1, None)),
        5: Limits(config(None, 250), None),
        6: Limits(config(5, 5), None),
        7: Limits(None, None, config(500, 800)),
    }
    assert configuration.select == ("figure.*", "answer.too-short")
    assert configuration.ignore == ("page.*",)
    assert list(configuration.severity.items()) == [
        ("figure.remote", "off"),
        ("page.table", "error"),
        ("answer.*", "hint"),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("invigilator.toml", ""),
        ("pyproject.toml", ""),
        ("pyproject.toml", "[tool.other]\nfigures = 3"),
        ("a/pyproject.toml", "tool = 3"),
    ],
)
def test_the_defaults(path: str, text: str) -> None:
    configuration = configured(text, path)
    assert configuration == Configuration()
    assert configuration.grammar is DEFAULT_GRAMMAR
    assert configuration.figures == "figures"
    assert configuration.extensions == (".png", ".jpg", ".jpeg")
    assert (configuration.questions, configuration.limits, configuration.severity) == (None, {}, {})


@pytest.mark.parametrize("path", ["pyproject.toml", "course/pyproject.toml", r"course\pyproject.toml"])
def test_pyproject_has_them_in_a_table(path: str) -> None:
    assert configured('[tool.invigilator]\nfigures = "f"\n[tool.invigilator.limits]\n1 = {words = [1, 2]}\n', path) == (
        Configuration(figures="f", limits={1: Limits(config(1, 2))})
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("figure = 'f'", 'figure is no setting; did you mean "figures"?'),
        ("section_titles = ['x']", 'did you mean "section-titles"?'),
        ("zebra = 1", "zebra is no setting"),
        ("heading = '(?P<number>'", "heading is no valid regular expression"),
        ("heading = '### Task .+'", "heading needs a group named number"),
        ("heading = '(?P<number>[0-9]*)'", "heading matches an empty line"),
        ("heading = 'a{99999999999}(?P<number>b)'", "heading is"),
        ("heading = 3", "heading must be text in quotes, not 3"),
        ("placeholder = ''", "placeholder must be one line of text"),
        ("placeholder = 'x*'", "placeholder matches an empty line"),
        ("marker = ' '", "marker must be one line of text"),
        (r'marker = "a\nb"', "marker must be one line of text"),
        ("marker = ['Answer:']", "marker must be text in quotes, not a list"),
        ("section-titles = 'x'", 'section-titles must be a list such as ["...", "..."], not "x"'),
        ("section-titles = [1]", "section-titles must be text"),
        ("figures = '/tmp'", "figures must be a folder beside the report"),
        ("figures = 'C:/f'", "figures must be a folder beside the report"),
        (r"figures = '\\server\f'", "figures must be a folder beside the report"),
        ("figures = '~/f'", "figures must be a folder beside the report"),
        ("figures = '../f'", "figures must be a folder beside the report"),
        ("figures = 'a/../../f'", "figures must be a folder beside the report"),
        (r'figures = "a\u0000b"', "figures must be a folder beside the report"),
        ("extensions = []", "extensions must name at least one"),
        ("extensions = ['*.png']", 'extensions holds "*.png"'),
        ("questions = 0", "questions must be between 1 and 9999"),
        ("questions = true", "questions must be a whole number or a list of titles, not true"),
        ("questions = 2.5", "questions must be a whole number or a list of titles, not 2.5"),
        (f"questions = 1{'0' * 400}.0", "or a list of titles, not so large a number"),
        (f"severity.page = 1{'0' * 400}", "severity.page must be one of error"),
        ("questions = '27'", 'a list of titles, not "27"'),
        ("questions = []", "questions must name at least one title"),
        ("questions = ['Aim', 'aim']", "questions names a title twice"),
        ("questions = ['Aim', 3]", "questions must be text in quotes, not 3"),
        ("report = 'report.txt'", "report must be a Markdown file, such as reports/README.md"),
        ("report = '../../report.md'", "report leads out of the project"),
        ("heading = '### (?P<title>.+)'", "heading names questions by their title, so say which titles there are"),
        ("limits.3.lines = [1, 2]", 'limits.3.lines holds "lines"; only words, images and characters can be limited'),
        ("select = 'figure.*'", "select must be a list"),
        ("ignore = ['figure/remote']", 'ignore holds "figure/remote"'),
        ("limits = 3", "limits must be a table"),
        ("limits.x = {words = [1, 2]}", 'limits.x holds "x", which is no number of a question'),
        ("limits.0 = {words = [1, 2]}", 'limits.0 holds "0"'),
        ("limits.1 = [1, 2]", "limits.1 must be a table"),
        ("limits.1.pages = [1, 2]", 'limits.1.pages holds "pages"'),
        ("limits.1.words = [200, 100]", "limits.1.words has a lower end (200) above its upper end (100)"),
        ("limits.1.words = [-1, 100]", "limits.1.words cannot be negative"),
        ("limits.1.words = [1, 2000000]", "limits.1.words cannot be above 1,000,000"),
        ("limits.1.words = [1]", "limits.1.words must be words = [1, 2]"),
        ("limits.1.words = {}", "limits.1.words must be words = [1, 2]"),
        ("limits.1.words = {least = 1}", "limits.1.words must be words = [1, 2]"),
        ("limits.1.words = {min = '1'}", "limits.1.words must be words = [1, 2]"),
        ("limits.1.images = 'some'", "limits.1.images must be images = [1, 2]"),
        ("severity = 'off'", "severity must be a table"),
        ("severity.page.table = 'of'", "severity.page.table must be one of error, warning, information, hint, off"),
        ("severity.'page.table' = 3", "severity.page.table must be one of"),
        ("severity.'a b' = 'off'", 'severity.a b holds "a b"'),
        ("tool.invigilator.figures = 'f'", "[tool.invigilator] belongs in pyproject.toml"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_left_out(line: str, words: str) -> None:
    configuration, (problem,) = from_sources(("a/invigilator.toml", f"# ours\n\n{line}\n"))
    assert (problem.path, problem.line) == ("a/invigilator.toml", 3)
    assert words in problem.message
    assert configuration == Configuration()


def test_one_wrong_entry_spoils_no_other() -> None:
    configuration, problems = from_sources(
        (
            "invigilator.toml",
            (
                "questions = 5\nfigures = 3\n[limits]\n1 = {words = [1, 2]}\n2 = {words = [3, 2]}\n3 = 4\n"
                "[severity]\n'page.*' = 'off'\n'figure.*' = 'loud'\n"
            ),
        )
    )
    assert configuration == Configuration(questions=5, limits={1: Limits(config(1, 2))}, severity={"page.*": "off"})
    assert [problem.line for problem in problems] == [2, 5, 6, 9]


@pytest.mark.parametrize(
    ("path", "text", "line"),
    [
        ("pyproject.toml", '[tool.other]\nfigures = 1\n[tool.invigilator]\nmarker = ""\nfigures = 1\n', [4, 5]),
        ("pyproject.toml", "[tool]\ninvigilator = {figures = 1}\n", [2]),
        ("pyproject.toml", "[tool.invigilator.limits]\n\n1 = 2\n", [3]),
        ("pyproject.toml", "[tool.invigilator.limits.7]\nwords = 2\n", [2]),
        ("pyproject.toml", "[tool]\ninvigilator = 3\n", [2]),
        ("invigilator.toml", "limits = { 1 = { words = 3 } }\n", [1]),
        ("invigilator.toml", "\"limits\".'1'.words = 3\n", [1]),
        ("invigilator.toml", "[ limits . 1 ]\nwords = 3\n", [2]),
        ("invigilator.toml", '\r\n[severity]\r\n"page.*" = 3\r\n', [3]),
    ],
)
def test_the_line_of_a_problem(path: str, text: str, line: list[int]) -> None:
    assert [problem.line for problem in wrong(text, path)] == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("figures = 'f'\nfigures =", 2),
        ("x = 1\nx = 2\n", 2),
        ("a = " + "[" * 5_000, None),
        ("a = " + "9" * 5_000, None),
    ],
)
def test_what_is_no_toml(text: str, line: int | None) -> None:
    (problem,) = wrong(text)
    assert problem.path == "invigilator.toml"
    assert problem.line == line or (line is not None and problem.line is None and "end of document" in problem.message)
    assert "settings" in problem.message or "no setting" in problem.message


def test_an_editors_settings() -> None:
    configuration, problems = from_sources(
        None,
        {
            "sectionTitles": ["Part one"],
            "figures": "",
            "extensions": [],
            "questions": 12.0,
            "limits": {"3": {"words": [50, None]}, "4": {"words": {"min": None, "max": 9}}},
            "severity": {},
            "marker": None,
            "interpreter": ["python"],
        },
        not_ours={"interpreter"},
    )
    assert problems == ()
    assert configuration.grammar.section_titles == DEFAULT_GRAMMAR.section_titles | {"part one"}
    assert configuration.limits == {3: Limits(config(50, None)), 4: Limits(config(None, 9))}
    assert (configuration.figures, configuration.questions) == ("figures", 12)


def test_a_wrong_editor_setting_is_told() -> None:
    (problem,) = from_sources(None, {"sectionTitle": ["x"]})[1]
    assert problem == Problem("editor settings", None, 'section-title is no setting; did you mean "section-titles"?')


def test_the_file_wins_key_by_key() -> None:
    file = {"figures": "f", "limits": {"1": {"words": [1, 2]}}, "severity": {"page.*": "off"}}
    editor = {"figures": "e", "questions": 3, "limits": {"1": {"images": [1, 2]}, "2": {"images": [1, 2]}}}
    assert merge(file, editor) == {
        "figures": "f",
        "questions": 3,
        "limits": {"1": {"words": [1, 2]}, "2": {"images": [1, 2]}},
        "severity": {"page.*": "off"},
    }


def test_file_and_editor_together() -> None:
    configuration, problems = from_sources(
        ("invigilator.toml", 'figures = "f"\nzebra = 1\n'), {"figures": "e", "questions": 3, "lion": 1}
    )
    assert configuration == Configuration(figures="f", questions=3)
    assert [(problem.path, problem.line) for problem in problems] == [
        ("invigilator.toml", 2),
        ("editor settings", None),
    ]
    assert from_sources(None) == (Configuration(), ())
    assert from_sources(None, {"questions": 3})[0] == Configuration(questions=3)
    assert from_sources(("invigilator.toml", "figures ="), {"questions": 3})[0] == Configuration(questions=3)


def test_a_table_without_its_text_has_no_lines() -> None:
    assert from_table({"zebra": 1}, "invigilator.toml")[1] == (
        Problem("invigilator.toml", None, "zebra is no setting"),
    )


@pytest.mark.parametrize(
    ("heading", "level"),
    [(r"#### Task (?P<number>\d)", 4), (r"#{2} (?P<number>\d)", 2), (r"\*\*Task (?P<number>\d)\*\*", 7)],
)
def test_the_level_of_a_heading(heading: str, level: int) -> None:
    assert from_table({"heading": heading}, "x")[0].grammar.level == level
