"""The examples of other courses' templates in an editor: the same findings, hovers, outline and fixes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from other_courses import ALL, GRANT_APPLICATION, LAB_REPORT, Example
from protocol.editor import VISUAL_STUDIO_CODE, Editor

Start = Callable[..., Editor]

SEVERITIES = {"error": 1, "warning": 2, "information": 3, "hint": 4}


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_what_is_found(serve: Start, tmp_path: Path, example: Example) -> None:
    """By the server as a process of its own."""
    path = example.copy(tmp_path)
    document = serve().start(path.parent, VISUAL_STUDIO_CODE).open(path)
    found = [(d["code"], d["severity"], document.shown(d["range"])) for d in document.diagnostics()]
    assert sorted(found) == sorted((one.code, SEVERITIES[one.severity], one.about) for one in example.found)


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_nothing_is_left_once_it_is_put_right(start: Start, tmp_path: Path, example: Example) -> None:
    path = example.copy(tmp_path)
    document = start(path.parent).open(path)
    for old, new in example.put_right:
        document.replace(old, new)
    assert document.codes() == []


def test_hovers(start: Start, tmp_path: Path) -> None:
    lab = LAB_REPORT.copy(tmp_path)
    document = start(lab.parent, VISUAL_STUDIO_CODE).open(lab)
    assert document.hover_text(document.at("## 5.")) == (
        "**Question 5**: at least 40 words, says the prompt\n\n- 16 words: 24 missing\n\n**Not within the limits** yet."
    )
    assert "Its `Your answer:` line is gone" in document.hover_text(document.at("## 3."))
    grant = GRANT_APPLICATION.copy(tmp_path)
    document = document.editor.open(grant)
    assert document.hover_text(document.at("## Project summary")) == (
        "**Question 1**: at most 500 characters, says the prompt\n\n- 516 characters: 16 too many\n\n"
        "**Not within the limits** yet."
    )
    assert "Within the limits." in document.hover_text(document.at("## Risks"))


def test_the_missing_marker_is_put_back_by_its_fix(start: Start, tmp_path: Path) -> None:
    path = LAB_REPORT.copy(tmp_path)
    editor = start(path.parent, VISUAL_STUDIO_CODE)
    document = editor.open(path)
    action = document.action("Insert **Your answer:**", document.at("## 3."))
    editor.apply(action["edit"])
    assert "> Answer length: 40-120 words.\n\n**Your answer:**\n\nWe pulled" in document.text
    assert "marker.missing" not in document.codes()


def test_a_character_decides(start: Start, tmp_path: Path) -> None:
    path = GRANT_APPLICATION.copy(tmp_path)
    document = start(path.parent).open(path)
    document.replace("from beginning to end.", "x from b.")
    (too_long,) = [d for d in document.diagnostics() if d["code"] == "answer.too-long"]
    assert too_long["message"].startswith("503 characters, at most 500 are allowed: cut 3 characters.")
    document.replace("x from b.", "from b")
    assert "answer.too-long" not in document.codes()
    document.replace("part in it from b", "part in it from b.")
    assert "answer.too-long" in document.codes()


AT_A_PLACE = ("hover", "completion", "definition")
OF_THE_WHOLE = ("documentSymbol", "foldingRange")


@pytest.mark.parametrize("example", ALL, ids=lambda example: example.name)
def test_every_request_is_answered_everywhere(start: Start, tmp_path: Path, example: Example) -> None:
    """In the report, in the blank template, and with half of it gone; a failure in the log fails the test."""
    path = example.copy(tmp_path)
    editor = start(path.parent)
    report, template = editor.open(path), editor.open(path.with_name("template.md"))
    for document in (report, template):
        for line, text in enumerate(document.text.split("\n")):
            for position in ({"line": line, "character": 0}, {"line": line, "character": len(text) // 2}):
                for method in AT_A_PLACE:
                    document.ask(method, position)
                document.ask("references", position, context={"includeDeclaration": True})
                document.actions(position)
        lines = document.text.count("\n")
        everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": lines, "character": 0}}
        for method in OF_THE_WHOLE:
            assert document.ask(method)
        document.ask("documentLink")
        assert document.ask("inlayHint", range=everywhere)
        assert document.ask("selectionRange", positions=[{"line": lines // 2, "character": 0}])
        document.replace(document.text[len(document.text) // 2 :], "")
        assert document.ask("documentSymbol")


def test_hints_say_characters(start: Start, tmp_path: Path) -> None:
    path = GRANT_APPLICATION.copy(tmp_path)
    document = start(path.parent).open(path)
    everywhere = {"start": {"line": 0, "character": 0}, "end": {"line": document.text.count("\n"), "character": 0}}
    hints = document.ask("inlayHint", range=everywhere)
    assert "516 of at most 500 characters" in str(hints[0]["label"])


def test_the_outline_has_the_titles(start: Start, tmp_path: Path) -> None:
    path = GRANT_APPLICATION.copy(tmp_path)
    (form, *others) = start(path.parent, VISUAL_STUDIO_CODE).open(path).symbols()
    assert form["name"] == "Riverside Fund: application form"
    titles = ["Project summary", "Need and audience", "Activities and timetable", "Budget", "Risks", "After the grant"]
    assert [one["name"] for one in form["children"]] == titles
    assert form["children"][0]["detail"] == "✗ 516 characters (at most 500)"
    assert [one["name"] for one in others] == ["Declaration"]
