"""The JSON of version 1, key by key."""

from __future__ import annotations

import json
from typing import Any

from cli.commands import Command, Files
from pictures import png
from reports import numbered, script, words

REPORT_KEYS = (
    "path",
    "error",
    "edition",
    "official",
    "questions",
    "findings",
    "figures",
    "unused_figures",
    "checklist",
    "problems",
)


def test_a_report(files: Files, command: Command) -> None:
    head = "# Ours\n\n* [x] one\n* [ ] two\n\n"
    text = head + numbered([words(12), f"{words(3)} ![a](figures/used.png)"])
    text = text.replace("# Our project\n\n", "")
    files(
        {
            "reports/README.md": text,
            "reports/report.py": script({1: ((20, 30), None), 2: (None, (1, 2))}, 2),
            "reports/figures/used.png": png(4, 3),
            "reports/figures/left.png": png(2, 2),
        }
    )

    result = command("check", "--format", "json")

    document = json.loads(result.out)
    assert list(document) == ["version", "reports"]
    assert document["version"] == 1
    (report,) = document["reports"]
    assert tuple(report) == REPORT_KEYS
    assert {**report, "figures": [], "findings": []} == {
        "path": "reports/README.md",
        "error": None,
        "edition": None,
        "official": {
            "runs": True,
            "error": None,
            "passed": 1,
            "total": 2,
            "answers": [
                {"index": 1, "question": 1, "words": 12, "images": 0, "characters": None, "passed": False},
                {"index": 2, "question": 2, "words": 4, "images": 1, "characters": None, "passed": True},
            ],
        },
        "questions": [
            {
                "number": 1,
                "line": 8,
                "section": "Ours",
                "answered": True,
                "limits": {
                    "words": [20, 30],
                    "images": None,
                    "characters": None,
                    "source": "report.py",
                    "assumed": False,
                },
                "words": 12,
                "prose_words": 12,
                "images": 0,
                "characters": None,
                "images_shown": 0,
                "passed": False,
            },
            {
                "number": 2,
                "line": 16,
                "section": "Ours",
                "answered": True,
                "limits": {
                    "words": None,
                    "images": [1, 2],
                    "characters": None,
                    "source": "report.py",
                    "assumed": False,
                },
                "words": 4,
                "prose_words": 3,
                "images": 1,
                "characters": None,
                "images_shown": 1,
                "passed": True,
            },
        ],
        "findings": [],
        "figures": [],
        "unused_figures": ["figures/left.png"],
        "checklist": {"done": 1, "total": 2},
        "problems": [],
    }
    use = {"question": 2, "line": report["questions"][1]["line"] + 6}
    assert report["figures"] == [
        {"path": "figures/left.png", "bytes": len(png(2, 2)), "width": 2, "height": 2, "uses": 0, "places": []},
        {"path": "figures/used.png", "bytes": len(png(4, 3)), "width": 4, "height": 3, "uses": 1, "places": [use]},
    ]
    (finding,) = report["findings"]
    assert list(finding) == ["code", "severity", "question", "message", "range", "fixes"]
    assert (finding["code"], finding["severity"], finding["question"]) == ("answer.too-short", "warning", 1)
    assert finding["range"] == {"start": {"line": 12, "column": 3}, "end": {"line": 12, "column": 10}}


def test_a_report_that_cannot_be_read_has_its_entry(files: Files, command: Command) -> None:
    files({"a.md": numbered(["x"])})

    result = command("check", "--format", "json", "gone.md", "a.md")

    assert result.code == 2
    assert result.err == "invigilator: gone.md: no such file or folder\n"
    gone, there = json.loads(result.out)["reports"]
    assert tuple(gone) == REPORT_KEYS
    assert (gone["path"], gone["error"], gone["official"]) == ("gone.md", "no such file or folder", None)
    assert there["error"] is None


def codes(files: Files, command: Command, *arguments: str) -> list[str]:
    files({"README.md": numbered(["![a](https://example.org/a.png)", "![b](b.png)", "x --- question 3 fill here ---"])})
    document: dict[str, Any] = json.loads(command("check", "--format", "json", "README.md", *arguments).out)
    return [finding["code"] for finding in document["reports"][0]["findings"]]


def test_select_and_ignore(files: Files, command: Command) -> None:
    remote, not_found, left = "figure.remote", "figure.not-found", "answer.placeholder-left"

    assert codes(files, command) == [remote, not_found, left]
    assert codes(files, command, "--select", "figure.*") == [remote, not_found]
    assert codes(files, command, "--ignore", "figure.*") == [left]
    assert codes(files, command, "--select", "figure.*", "--ignore", remote) == [not_found]
    assert codes(files, command, "--select", f"{remote}, {left}") == [remote, left]
    assert codes(files, command, "--select", remote, "--select", left) == [remote, left]
    assert codes(files, command, "--select", remote, left, "--ignore", left) == [remote]
    assert codes(files, command, f"--select={remote}", left) == [remote, left]


def test_they_come_on_top_of_the_configuration(files: Files, command: Command) -> None:
    files({"invigilator.toml": 'ignore = ["figure.remote"]\n[severity]\n"figure.not-found" = "hint"\n'})

    assert codes(files, command) == ["figure.not-found", "answer.placeholder-left"]
    assert codes(files, command, "--select", "figure.*") == ["figure.not-found"]


def test_a_file_named_like_a_code_is_a_path(files: Files, command: Command) -> None:
    files({"figure.link": numbered(["x"])})

    assert codes(files, command, "--select", "figure.remote", "figure.link") == ["figure.remote"]
    document = json.loads(command("check", "--format", "json", "--select", "figure.remote", "figure.link").out)
    assert [report["path"] for report in document["reports"]] == ["figure.link"]
