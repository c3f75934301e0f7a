"""Several reports and folders at once, documents that are in no folder, and documents that are no reports."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pictures import png
from protocol.editor import PULLS, VISUAL_STUDIO_CODE, Editor, Json
from protocol.reports import WORDS, folder, placeholder, question, report

Start = Callable[..., Editor]

SHORT = question(1, "One.", "Answer length: 5-10 words.")
PUSHED = "textDocument/publishDiagnostics"


def test_several_reports_at_once(start: Start, tmp_path: Path) -> None:
    """Each with its own figures and settings; what changes in one is said of that one."""
    image = "![it](figures/a.png)"
    first = folder(tmp_path / "first", report("One.", image), ("a.png",))
    second = folder(tmp_path / "second", report("One.", image))
    (tmp_path / "second" / "invigilator.toml").write_text('ignore = ["answer.*"]\n')
    editor = start(tmp_path)
    one, two = editor.open(first), editor.open(second)
    assert one.codes() == ["answer.too-short"]
    assert two.codes() == ["figure.not-found"]
    assert len(one.actions(one.at(image))) == 1
    assert two.actions(two.at(image)) == []
    (tmp_path / "second" / "figures" / "a.png").write_bytes(png())
    editor.files_changed(tmp_path / "second" / "figures" / "a.png")
    assert two.codes() == []
    one.replace("One.", WORDS)
    assert one.codes() == []
    one.close()
    two.replace("One.", "Two.")
    assert two.codes() == []
    assert one.hover({"line": 4, "character": 0}) is None
    assert "Question 1" in two.hover_text(two.at("### Question 1"))


def test_workspace_folder_ends_the_search_for_settings(start: Start, tmp_path: Path) -> None:
    """What lies above the folder is not the project's; a folder that is added or removed counts at once."""
    file = folder(tmp_path / "project" / "reports", SHORT)
    (tmp_path / "project" / "invigilator.toml").write_text('ignore = ["answer.*"]\n')
    inner, outer = tmp_path / "project" / "reports", tmp_path / "project"
    editor = start(inner)
    document = editor.open(file)
    assert document.codes() == ["answer.too-short"]
    editor.change_folders(removed=[inner], added=[outer])
    assert document.codes() == []
    editor.change_folders(removed=[], added=[inner])
    assert document.codes() == ["answer.too-short"], "the deepest folder that holds it"
    editor.change_folders(removed=[inner], added=[])
    assert document.codes() == []
    document.replace("One.", "Two.")
    assert document.codes() == []
    document.close()
    editor.client.take_all()
    assert editor.client.received == [], "nothing is left to be taken back"


def test_settings_that_arrive_while_folders_change(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path / "reports", SHORT)
    editor = start(tmp_path, {"workspace": {"configuration": True}})
    asked: list[Json] = []
    editor.client.answers["workspace/configuration"] = asked.append
    document = editor.open(file)
    assert document.codes() == ["answer.too-short"]
    editor.client.answers["workspace/configuration"] = [{"ignore": ["answer.*"]}]
    editor.client.notify("workspace/didChangeConfiguration", {"settings": None})
    editor.change_folders(removed=[tmp_path], added=[tmp_path / "reports"])
    assert document.published(lambda params: params["diagnostics"] == [])
    assert len(asked) == 1


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "vscode-vfs://github/o/r/README.md", "git:/r/README.md?%7B%7D", "x"]
)
def test_document_in_no_folder_gets_the_checks_of_its_text(start: Start, tmp_path: Path, uri: str) -> None:
    editor = start(tmp_path)
    answer = "![it](figures/none.png) ![it] (figures/b.png) ![it](https://example.org/a.png) ![it](a.gif)"
    document = editor.open(uri, report("One.", answer))
    codes = ["answer.too-short", "figure.bad-extension", "figure.not-shown", "figure.remote"]
    assert document.codes() == [*codes, "figure.too-many"]
    assert document.actions(document.at("One.")) == []
    hover = document.hover_text(document.at("![it]"))
    assert hover == "figures/none.png: not looked at, because this document is not in a folder."
    assert "1 word: 4 missing" in document.hover_text(document.at("### Question 1"))
    document.replace("One.", WORDS)
    assert "answer.too-short" not in document.codes()
    document.close()


@pytest.mark.parametrize("capabilities", [{}, PULLS, VISUAL_STUDIO_CODE], ids=["bare", "pulls", "as VS Code"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Notes\n\n![it](figures/none.png)\n",
        "Answer: yes\n",
        "### Question 1\n\nno marker\n",
        "> Answer:\n\n### Question 1\n\nno marker below\n",
        "```\n### Question 1\n```\n\nAnswer:\n",
    ],
)
def test_any_other_markdown_is_left_alone(start: Start, tmp_path: Path, text: str, capabilities: Json) -> None:
    """Not even an empty list of diagnostics; also for an editor that sends settings."""
    file = folder(tmp_path, text, ("a.png",))
    editor = start(
        tmp_path,
        capabilities,
        diagnostics="push" if capabilities is VISUAL_STUDIO_CODE else None,
        settings={"severity": {"*": "hint"}},
    )
    document = editor.open(file)
    place = len(text)
    document.tell([document.change(place, place, "more")])
    document.save()
    editor.files_changed(tmp_path / "figures" / "a.png")
    for line in range(3):
        position = {"line": line, "character": 2}
        assert document.hover(position) is None
        assert document.actions(position) == []
    assert document.symbols() == []
    if capabilities is PULLS:
        assert document.pull()["items"] == []
    document.close()
    editor.client.take_all()
    assert {message["method"] for message in editor.client.received} <= {
        "client/registerCapability",
        "workspace/configuration",
    }


def test_document_becomes_a_report_and_stops_being_one(start: Start) -> None:
    editor = start()
    document = editor.open("untitled:1", "### Question 1\n\n> Answer length: 5-10 words.\n\nOne.\n")
    place = document.text.index("\nOne.")
    document.tell([document.change(place, place, "\n> Answer:\n")])
    assert document.codes() == ["answer.too-short"]
    assert PUSHED not in [message["method"] for message in editor.client.received]
    document.replace("> Answer:\n", "")
    assert document.codes() == [], "taken back"
    document.replace("One.", "Two.")
    document.close()
    editor.client.take_all()
    assert editor.client.received == [], "once"


@pytest.mark.parametrize(
    ("uri", "language", "checked"),
    [
        ("untitled:1", "markdown", True),
        ("untitled:1", "Markdown", True),
        ("untitled:1", "", True),
        ("file:///tmp/no/such/README.md", "plaintext", True),
        ("untitled:1", "plaintext", False),
        ("file:///tmp/no/such/README.txt", "restructuredtext", False),
        ("untitled:1", "python", False),
    ],
)
def test_languages(start: Start, uri: str, language: str, checked: bool) -> None:
    editor = start()
    document = editor.open(uri, SHORT, language)
    document.replace("One.", "Two.")
    hover = document.hover({"line": 0, "character": 5})
    document.close()
    editor.client.take_all()
    published = [message for message in editor.client.received if message["method"] == PUSHED]
    assert (hover is not None, bool(published)) == (checked, checked)


def test_two_spellings_of_one_file(start: Start, tmp_path: Path) -> None:
    """Asked in another spelling than it was opened with; diagnostics keep the first."""
    file = folder(tmp_path / "my report", SHORT)
    editor = start()
    document = editor.open(file)
    assert document.codes() == ["answer.too-short"]
    opened, other = document.uri, "FILE://localhost" + os.fspath(file)
    document.uri = other
    document.replace("One.", "One two.")
    document.uri = opened
    (found,) = document.published()["diagnostics"]
    assert found["message"].startswith("2 words")
    document.uri = other
    assert document.hover({"line": 0, "character": 0}) is not None
    document.close()
    assert editor.client.wait_for(PUSHED) == {"uri": opened, "diagnostics": []}


def test_document_that_is_opened_twice(start: Start, tmp_path: Path) -> None:
    """In another spelling: what was said under the first one is taken back."""
    file = folder(tmp_path / "my report", SHORT)
    editor = start()
    first = editor.open(file)
    assert first.codes() == ["answer.too-short"]
    second = editor.open("FILE://localhost" + os.fspath(file), SHORT)
    assert editor.client.wait_for(PUSHED) == {"uri": first.uri, "diagnostics": []}
    assert second.codes() == ["answer.too-short"]
    second.close()
    assert editor.client.wait_for(PUSHED) == {"uri": second.uri, "diagnostics": []}
    editor.client.take_all()
    assert editor.client.received == []


def test_report_that_is_not_on_disk_yet(start: Start, tmp_path: Path) -> None:
    """Its folder may come later, with its figures."""
    editor = start(tmp_path)
    document = editor.open(tmp_path / "new" / "README.md", report(WORDS, placeholder(2)))
    assert document.codes() == ["answer.missing"]
    folder(tmp_path / "new", document.text, ("a.png",))
    marker = document.position(document.text.rindex("Answer:"))
    document.apply(document.action("Insert figure figures/a.png", marker))
    assert document.codes() == []
