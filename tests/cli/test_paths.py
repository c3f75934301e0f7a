"""Which reports a path stands for."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from cli.commands import Command, Files
from reports import numbered, words

REPORT = numbered([words(3)])
NONE = "# Notes\n"


def checked(command: Command, *paths: str) -> list[str]:
    result = command("check", "--format", "json", *paths)
    return [report["path"] for report in json.loads(result.out)["reports"] if report["error"] is None]


@pytest.mark.parametrize(
    ("files_there", "found"),
    [
        (["reports/README.md", "README.md", "other.md"], ["reports/README.md"]),
        (["README.md", "other.md"], ["README.md"]),
        (["b.md", "a.md", "deep/er/z.markdown", "CAPS.MD"], ["CAPS.MD", "a.md", "b.md", "deep/er/z.markdown"]),
        (["a/reports/README.md", "a/README.md"], ["a/README.md", "a/reports/README.md"]),
        ([".hidden/README.md", "node_modules/x/README.md", ".venv/README.md", "x.md"], ["x.md"]),
        (["a.txt", "x.md"], ["x.md"]),
    ],
)
def test_the_reports_of_a_folder(files: Files, command: Command, files_there: list[str], found: list[str]) -> None:
    files(dict.fromkeys(files_there, REPORT))

    assert checked(command) == found
    assert checked(command, ".") == found


def test_a_usual_file_that_is_no_report_is_passed_over(files: Files, command: Command) -> None:
    files({"reports/README.md": NONE, "README.md": NONE, "group/report.md": REPORT, "group/notes.md": NONE})

    assert checked(command) == ["group/report.md"]


@pytest.mark.parametrize("at", [".", "group"])
def test_the_configuration_says_where_the_report_is(files: Files, command: Command, at: str) -> None:
    content = {"report.md": REPORT, "README.md": REPORT, "invigilator.toml": 'report = "report.md"\n'}
    files({"x.txt": "", ".git/HEAD": "", **{f"{at}/{name}": text for name, text in content.items()}})

    assert checked(command, at) == ["report.md" if at == "." else "group/report.md"]


def test_a_mistake_in_the_configuration_may_be_why_nothing_is_a_report(files: Files, command: Command) -> None:
    wrong = "heading = '## (?P<number>x'\n"
    files({"a.md": "## 1. So?\n\nAnswer: x\n", "invigilator.toml": wrong})

    for path in (".", "a.md"):
        result = command("check", path)
        assert result.code == 2
        assert "invigilator.toml:1: heading is no valid regular expression" in result.err


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "no question heading such as `### Question 1`"),
        ("heading = '^## Task (?P<number>[0-9]+)'", "no question heading that `heading` of its configuration matches"),
        ('questions = ["Aim"]', "one of the titles that `questions` of its configuration names"),
        ('marker = "none"', "no question heading such as `### Question 1`"),
    ],
)
def test_what_is_no_report_says_what_it_lacks(files: Files, command: Command, line: str, words: str) -> None:
    files({"a.md": "# Notes\n\nAnswer: x\n", "invigilator.toml": f"{line}\n"})
    assert words in command("check", "a.md").err


def test_a_report_elsewhere_is_not_that_of_this_folder(files: Files, command: Command) -> None:
    files(
        {
            **dict.fromkeys(["a/README.md", "b/report.md", "b/other.md"], REPORT),
            ".git/HEAD": "",
            "invigilator.toml": 'report = "b/report.md"\n',
        }
    )

    assert checked(command) == ["b/report.md"]
    assert checked(command, "a") == ["a/README.md"]
    assert checked(command, "b") == ["b/report.md"]


@pytest.mark.parametrize("path", ["none.md", "notes.txt", "../x.md", "x/../../y.md", "C:/x.md"])
def test_a_report_that_is_not_there(files: Files, command: Command, path: str) -> None:
    files({"README.md": REPORT, "invigilator.toml": f'report = "{path}"\n'})

    assert checked(command) == ["README.md"]


def test_a_folder_elsewhere(files: Files, command: Command) -> None:
    files({"here/x.txt": "", "groups/a/README.md": REPORT, "groups/b/reports/README.md": REPORT})
    os.chdir("here")

    assert checked(command, "../groups") == ["../groups/a/README.md", "../groups/b/reports/README.md"]
    assert checked(command, "../groups/b") == ["../groups/b/reports/README.md"]


def test_every_report_once(files: Files, command: Command) -> None:
    files({"reports/README.md": REPORT})

    assert checked(command, "reports/README.md", ".", "reports", "reports/../reports/README.md") == [
        "reports/README.md"
    ]


def test_links_are_not_followed_out_of_the_folder_or_round_in_it(files: Files, command: Command) -> None:
    root = files(
        {"outside/README.md": REPORT, "in/a/report.md": REPORT, "in/env/pyvenv.cfg": "", "in/env/x.md": REPORT}
    )
    (root / "in/a/loop").symlink_to(root / "in", target_is_directory=True)
    (root / "in/other").symlink_to(root / "outside", target_is_directory=True)
    (root / "in/linked.md").symlink_to(root / "outside/README.md")

    assert checked(command, "in") == ["in/a/report.md"]
    assert checked(command, "in/linked.md") == ["in/linked.md"]  # but one that is asked for by name is


def test_a_folder_with_an_unreadable_report_lists_it(files: Files, command: Command) -> None:
    files({"a/README.md": REPORT, "b/README.md": REPORT.encode() + b"\xe6", "c/picture.md": b"\xe6\xf8"})

    result = command("check", "--format", "json")

    assert result.code == 2
    assert [(report["path"], bool(report["error"])) for report in json.loads(result.out)["reports"]] == [
        ("a/README.md", False),
        ("b/README.md", True),
    ]


def test_a_folder_that_cannot_be_listed(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    files({"locked/README.txt": ""})
    monkeypatch.setattr(os, "scandir", refuse)

    assert command("check", "locked").err == "invigilator: locked: cannot be read: permission denied\n"


def test_standard_input_is_judged_as_the_report_of_the_current_folder(files: Files, command: Command) -> None:
    files({"invigilator.toml": 'ignore = ["figure.remote"]\n', "figures/there.png": b""})
    text = numbered(["![a](https://example.org/a.png) ![b](figures/There.png) ![c](figures/gone.png)"])

    result = command("check", "--format", "json", "-", stdin=text.encode())

    (report,) = json.loads(result.out)["reports"]
    assert report["path"] == "-"
    assert [finding["code"] for finding in report["findings"]] == ["figure.wrong-case", "figure.not-found"]
    assert command("check", "-", stdin=NONE.encode()).err.startswith("invigilator: -: is not a report: ")
    assert command("check", "-", stdin=b"\xff").code == 2


def test_line_endings_and_byte_order_mark_are_kept(files: Files, command: Command) -> None:
    files(
        {"a.md": b"\xef\xbb\xbf" + REPORT.replace("\n", "\r\n").encode(), "b.md": REPORT.replace("\n", "\r").encode()}
    )

    result = command("check", "--format", "json", "a.md", "b.md")

    assert [report["questions"][0]["line"] for report in json.loads(result.out)["reports"]] == [5, 5]


def test_the_current_folder_may_be_gone(files: Files, command: Command, tmp_path: Path) -> None:
    gone = files({}) / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()

    assert command("check") == (2, "", "invigilator: the current folder does not exist any more\n")
