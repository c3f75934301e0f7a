"""``[reports."GLOB"]``: settings for some reports only."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check
from invigilator.report.configuration import Configuration, from_sources
from invigilator.report.model import Bounds, Problem
from invigilator.report.overrides import fits
from invigilator.surroundings.memory import MemorySurroundings

FILE = """
ignore = ["page.*"]
select = ["*"]
[severity]
"figure.remote" = "hint"
figure.link = "warning"
[limits.1]
words = [1, 2]
images = [1, 1]

[reports."drafts/*.md"]
ignore = ["answer.missing"]
select = ["answer.*", "figure.*"]
severity = {"figure.*" = "off", "figure.link" = "error"}
limits.1.words = "none"
limits.2 = {images = [3, 4]}

[reports."drafts/late-*"]
severity = {"figure.*" = "information"}
"""


@pytest.mark.parametrize(
    ("path", "glob", "expected"),
    [
        ("README.md", "README.md", True),
        ("reports/README.md", "README.md", True),
        ("reports/README.md", "/README.md", False),
        ("README.md", "/README.md", True),
        ("README.md", "./README.md", True),
        ("reports/README.md", "reports/*.md", True),
        ("reports/README.md", "reports/*", True),
        ("reports/old/README.md", "reports/*", False),
        ("reports/README.md", "*/*.md", True),
        ("reports/README.md", "*", True),
        ("reports/README.md", "**", True),
        ("reports/README.md", "reports/**", True),
        ("reports/README.md", "**/README.md", True),
        ("README.md", "**/README.md", True),
        ("a/b/c/README.md", "a/**/README.md", True),
        ("a/README.md", "a/**/README.md", True),
        ("reports/README.md", "reports", False),
        ("reports/README.md", "reports/", False),
        ("reports/README.md", "reports/readme.md", False),
        ("group1/r.md", "group[0-9]/?.md", True),
        ("group1/r.md", "group[2-9]/?.md", False),
        ("a/" * 40 + "r.md", "**/a/" * 40 + "x.md", False),
        ("a" * 200, "*a" * 60 + "b", False),
    ],
)
def test_what_a_glob_fits(path: str, glob: str, expected: bool) -> None:
    assert fits(path, glob) is expected


def configured(report: str | None, text: str = FILE, path: str = "invigilator.toml", **editor: Any) -> Configuration:
    configuration, problems = from_sources((path, text), editor, report=report)
    assert problems == ()
    return configuration


@pytest.mark.parametrize("report", ["README.md", None, "drafts/deep/one.md"])
def test_of_other_reports_nothing_changes(report: str | None) -> None:
    configuration = configured(report)
    assert configuration == from_sources(("invigilator.toml", FILE))[0]
    assert configuration.ignore == ("page.*",)
    assert configuration.select == ("*",)
    assert set(configuration.limits) == {1}


def test_ignore_adds_select_replaces_the_rest_counts_by_entry() -> None:
    configuration = configured("drafts/one.md")
    assert configuration.ignore == ("page.*", "answer.missing")
    assert configuration.select == ("answer.*", "figure.*")
    assert list(configuration.severity.items()) == [
        ("figure.*", "off"),
        ("figure.link", "error"),
        ("figure.remote", "hint"),
    ]
    assert configuration.limits[1].words is not None
    assert configuration.limits[1].words.bounds is None
    assert configuration.limits[1].images is not None
    assert configuration.limits[1].images.bounds == Bounds(1, 1)
    assert configuration.limits[2].images is not None
    assert configuration.limits[2].images.bounds == Bounds(3, 4)


def test_of_two_that_fit_the_later_one_wins() -> None:
    assert configured("drafts/late-one.md").severity["figure.*"] == "information"
    assert configured("drafts/late-one.md").ignore == ("page.*", "answer.missing")


def test_globs_count_from_the_files_own_folder() -> None:
    text = '[tool.invigilator.reports."drafts/*.md"]\nignore = ["figure.*"]'
    assert configured("course/drafts/one.md", text, "course/pyproject.toml").ignore == ("figure.*",)
    assert configured("drafts/one.md", text, "course/pyproject.toml").ignore == ()
    assert configured("drafts/one.md", text, "pyproject.toml").ignore == ("figure.*",)


def test_an_editors_settings_have_them_too_and_the_file_wins() -> None:
    editor = {"reports": {"drafts/*.md": {"ignore": ["marker.*"], "severity": {"answer.heading": "hint"}}}}
    assert configured("drafts/one.md", "", **editor).ignore == ("marker.*",)
    assert configured("other/one.md", "", **editor).ignore == ()
    both = configured("drafts/one.md", FILE, **editor)
    assert both.ignore == ("page.*", "answer.missing")
    assert both.severity["answer.heading"] == "hint"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("reports = 3", 1, "reports must be a table"),
        ('[reports]\n"a.md" = 3', 2, 'reports."a.md": must be a table'),
        ('[reports."a.md"]\n\nignroe = []', 3, 'ignroe is no setting; did you mean "ignore"?'),
        ('[reports."a.md"]\nmarker = "X"', 2, "marker cannot be set for some reports only"),
        ('[reports."a.md"]\nreports = {}', 2, "reports is no setting"),
        ('[reports."a.md"]\nignore = 3', 2, 'reports."a.md": ignore must be a list'),
        ('[reports."a.md"]\nselect = ["no code"]', 2, 'select holds "no code"'),
        ('[reports."a.md".severity]\n"page.*" = "loud"', 2, "must be one of error, warning"),
        ('[reports."a.md".limits]\n3 = {words = [9, 1]}', 2, "limits.3.words has a lower end"),
        ('[reports."../a.md"]\nignore = []', 1, "without .."),
        ("[reports.'a\\b.md']\nignore = []", 1, "with / between names"),
        ('[reports."C:/b.md"]\nignore = []', 1, "with / between names"),
        ('[reports.""]\nignore = []', 1, "must be a pattern of paths"),
        ("reprots = {}", 1, 'did you mean "reports"?'),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, line: int, words: str) -> None:
    (problem,) = from_sources(("invigilator.toml", text))[1]
    assert problem == Problem("invigilator.toml", line, problem.message)
    assert words in problem.message


def test_what_is_wrong_spoils_nothing_else() -> None:
    text = """
    ignore = ["page.*"]
    [reports."a.md"]
    ignore = ["no code"]
    select = 3
    severity = {"page.*" = "loud", "figure.*" = "off"}
    [reports."*.md"]
    ignore = ["answer.*"]
    """
    configuration, problems = from_sources(("invigilator.toml", text), report="a.md")
    assert len(problems) == 3
    assert configuration.ignore == ("page.*", "answer.*")
    assert configuration.select == ()
    assert dict(configuration.severity) == {"figure.*": "off"}


def test_in_a_report() -> None:
    files = {"course/invigilator.toml": '[reports."drafts/*"]\nignore = ["answer.*"]'}
    text = "### Question 1\n> Answer:\n\n--- question 1 fill here ---\n"

    def codes(folder: str) -> list[str]:
        return [found.code for _, found in check(text, MemorySurroundings(files, folder)).placed()]

    assert codes("course/drafts") == []
    assert codes("course/final") == ["answer.missing"]
