"""The examples of other courses' templates on the command line: what is found, and nothing once it is put right."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.commands import Command
from other_courses import ALL, GRANT_APPLICATION, LAB_REPORT, Example, Expected


def checked(command: Command, folder: str, code: int) -> dict[str, Any]:
    """The one report of a folder."""
    result = command("check", "--format", "json", folder)
    assert (result.code, result.err) == (code, "")
    (report,) = json.loads(result.out)["reports"]
    assert report["problems"] == []
    return dict(report)


def found(report: dict[str, Any], lines: list[str]) -> list[Expected]:
    """Its findings, each with the text that its range has."""
    listed = []
    for finding in report["findings"]:
        start, end = finding["range"]["start"], finding["range"]["end"]
        assert start["line"] == end["line"]
        about = lines[start["line"] - 1][start["column"] - 1 : end["column"] - 1]
        listed.append(Expected(finding["code"], finding["severity"], finding["question"], about))
    return listed


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_what_is_found(folder: Path, command: Command, example: Example) -> None:
    path = example.copy(folder)
    report = checked(command, example.name, 1)
    assert report["path"] == f"{example.name}/{example.report}"
    assert (report["edition"], report["official"]) == (None, None)
    assert sorted(found(report, path.read_text(encoding="utf-8").split("\n"))) == sorted(example.found)


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_nothing_is_found_once_it_is_put_right(folder: Path, command: Command, example: Example) -> None:
    path = example.copy(folder)
    text = path.read_text(encoding="utf-8")
    for old, new in example.put_right:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    assert checked(command, example.name, 0)["findings"] == []


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_the_blank_template_is_unanswered(folder: Path, command: Command, example: Example) -> None:
    template = example.copy(folder).with_name("template.md")
    report = checked(command, str(template), 0)  # no script fails it, and its configuration keeps findings away
    assert report["findings"] == []
    assert [question["answered"] for question in report["questions"]] == [False] * 6


def limits(report: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [tuple(question["limits"].values())[:4] for question in report["questions"]]


def test_the_lab_reports_limits(folder: Path, command: Command) -> None:
    LAB_REPORT.copy(folder)
    report = checked(command, "lab-report", 1)
    assert limits(report) == [
        ([20, 60], None, None, "prompt"),
        ([30, 100], [1, 2], None, "prompt"),
        ([40, 120], None, None, "prompt"),
        ([None, 150], [1, None], None, "prompt"),
        ([40, None], None, None, "prompt"),
        ([None, 120], None, None, "config"),
    ]
    assert [question["passed"] for question in report["questions"]] == [True, False, None, True, False, True]
    assert [question["characters"] for question in report["questions"]] == [None] * 6
    assert report["unused_figures"] == ["pictures/period against length.png"]


def test_the_applications_limits_and_counts(folder: Path, command: Command) -> None:
    GRANT_APPLICATION.copy(folder)
    report = checked(command, "grant-application", 1)
    assert limits(report) == [
        (None, None, [None, 500], "prompt"),
        (None, None, [300, 900], "prompt"),
        (None, [1, 1], [400, 1200], "prompt"),
        (None, None, [None, 800], "config"),
        (None, None, [None, 600], "prompt"),
        ([20, 60], None, [None, 400], "prompt"),
    ]
    assert [question["characters"] for question in report["questions"]] == [516, 105, 481, 142, 95, 12]
    assert [question["passed"] for question in report["questions"]] == [False, False, True, True, True, False]


def test_what_a_reader_of_the_text_sees(folder: Path, command: Command) -> None:
    GRANT_APPLICATION.copy(folder)
    out = command("check", "grant-application").out
    assert out.startswith("grant-application/application.md (limits from its prompts and configuration)\n")
    assert "Characters  asked" in out
    assert "16 characters over" in out
    assert "\nQuestion 3 (Activities and timetable):\n" in out
    assert "official" not in out
    assert out.rstrip().endswith("3 of 6 keep to their limits, 1 unanswered")
