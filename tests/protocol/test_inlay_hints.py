"""Inlay hints of the server: to whom they are given, in which form, and when a client is told to ask again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pictures import png
from protocol.editor import VISUAL_STUDIO_CODE_OPTIONS, Document, Editor, Json
from protocol.reports import WORDS, folder, placeholder, report

Start = Callable[..., Editor]

REFRESH = "workspace/inlayHint/refresh"

# What these clients announce of it: vscode-languageclient 9 and later, Neovim 0.11, eglot 1.9, Helix 25.
CODE: Json = {
    "textDocument": {
        "inlayHint": {
            "dynamicRegistration": True,
            "resolveSupport": {
                "properties": ["tooltip", "textEdits", "label.tooltip", "label.location", "label.command"]
            },
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
    "workspace": {"inlayHint": {"refreshSupport": True}, "configuration": True},
}
NEOVIM: Json = {
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
    "textDocument": {
        "inlayHint": {
            "dynamicRegistration": True,
            "resolveSupport": {"properties": ["textEdits", "tooltip", "location", "command"]},
        },
        "hover": {"contentFormat": ["markdown", "plaintext"]},
    },
    "workspace": {"inlayHint": {"refreshSupport": True}},
}
EMACS: Json = {"textDocument": {"hover": {"contentFormat": ["markdown", "plaintext"]}}}
HELIX: Json = {
    "textDocument": {
        "inlayHint": {"dynamicRegistration": False, "resolveSupport": None},
        "hover": {"contentFormat": ["markdown"]},
    },
    "workspace": {"inlayHint": {"refreshSupport": False}},
}
EDITORS = pytest.mark.parametrize(
    ("capabilities", "options"),
    [(CODE, VISUAL_STUDIO_CODE_OPTIONS), (NEOVIM, {}), (EMACS, {}), (HELIX, {}), ({}, {})],
    ids=["VS Code", "Neovim", "Emacs", "Helix", "bare"],
)
LABELS = ["8 of 5-10 words", "not answered · 1-60 words and 1-2 images"]


def hints(document: Document, first: int = 0, last: int = 1_000) -> list[Json]:
    asked = {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}
    params = {"textDocument": {"uri": document.uri}, "range": asked}
    answer: list[Json] = document.editor.client.request("textDocument/inlayHint", params)
    return answer


def labels(document: Document) -> list[str]:
    return [hint["label"] for hint in hints(document)]


def refreshed(document: Document) -> int:
    """How often the client was told to ask again so far."""
    document.editor.client.take_all()
    return document.editor.client.said.count(REFRESH)


@EDITORS
def test_of_a_session(start: Start, tmp_path: Path, capabilities: Json, options: Json) -> None:
    document = start(tmp_path, capabilities, **options).open(folder(tmp_path, report(WORDS, placeholder(2))))
    resolves = "resolveSupport" in str(capabilities) and "tooltip" in str(capabilities)
    assert document.editor.capabilities["inlayHintProvider"] == {"resolveProvider": resolves}
    found = hints(document)
    assert [hint["label"] for hint in found] == LABELS
    for number, hint in enumerate(found, start=1):
        assert document.offset(hint["position"]) == document.text.index(f"### Question {number}\n") + 14
        if resolves:
            assert "tooltip" not in hint
            hint = document.editor.client.request("inlayHint/resolve", hint)
        kind = "markdown" if "markdown" in str(capabilities) else "plaintext"
        assert hint["tooltip"] == {"kind": kind, "value": document.hover_text(hint["position"])}
    document.replace("eight", "eight nine ten eleven")
    assert labels(document) == ["11 of 5-10 words (1 too many)", LABELS[1]]
    assert refreshed(document) == 0


def test_of_a_document_that_is_none(start: Start) -> None:
    document = start(None, NEOVIM).open("untitled:1", "# Notes\n\n### Question 1\n")
    assert hints(document) == []
    hint = {"position": {"line": 2, "character": 14}, "label": "1 word", "data": {"uri": "untitled:2"}}
    assert document.editor.client.request("inlayHint/resolve", hint) == hint
    document.tell([document.change(len(document.text), len(document.text), "\n> Answer:\n\nOne.\n")])
    assert labels(document) == ["1 word"]
    assert refreshed(document) == 0


def test_a_hint_of_a_text_that_has_changed_meanwhile(start: Start) -> None:
    document = start(None, NEOVIM).open("untitled:1", report(WORDS))
    (hint,) = hints(document)
    document.replace("# A report\n\n## The first part\n\n", "")
    answer = document.editor.client.request("inlayHint/resolve", hint)
    assert answer == hint or "Question 1" in answer["tooltip"]["value"]
    for data in ({"uri": 3}, {}, [], "x", None):
        broken = {**hint, "data": data}
        assert document.editor.client.request("inlayHint/resolve", broken)["label"] == hint["label"]


def test_the_script_changes_them(start: Start, tmp_path: Path) -> None:
    """Said once, and only to who asked for them before."""
    file = folder(tmp_path, report(WORDS, placeholder(2)))
    editor = start(tmp_path, NEOVIM)
    document = editor.open(file)
    config = tmp_path / "invigilator.toml"
    config.write_text("[limits]\n1 = {words = [1, 3]}\n")
    editor.files_changed(config)
    document.hover(document.at("### Question 1"))
    assert refreshed(document) == 0, "it has not asked yet"
    assert labels(document) == ["8 of 1-3 words (5 too many)", LABELS[1]]
    config.write_text("[limits]\n1 = {words = [1, 30]}\n")
    editor.files_changed(config)
    assert refreshed(document) == 1
    editor.files_changed(config)
    document.save()
    assert refreshed(document) == 1
    assert labels(document) == ["8 of 1-30 words", LABELS[1]]
    (tmp_path / "figures" / "new.png").write_bytes(png(6, 4))
    editor.files_changed(tmp_path / "figures" / "new.png")
    config.write_text('ignore = ["answer.*"]\n[limits]\n1 = {words = [1, 30]}\n')
    editor.files_changed(config)
    assert refreshed(document) == 1, "no hint says anything else"


def test_a_client_that_does_not_announce_it_is_not_told(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, placeholder(2)))
    editor = start(tmp_path, HELIX)
    document = editor.open(file)
    assert labels(document) == LABELS
    (tmp_path / "invigilator.toml").write_text("[limits]\n1 = {words = [1, 3]}\n")
    editor.files_changed(tmp_path / "invigilator.toml")
    assert labels(document) == ["8 of 1-3 words (5 too many)", LABELS[1]]
    assert refreshed(document) == 0


@pytest.mark.parametrize("key", ["inlayHints", "inlay-hints"])
def test_turned_off_in_the_editor(start: Start, key: str) -> None:
    settings: Json = {}

    def answer(params: Any) -> list[Json]:
        return [dict(settings)]

    editor = start(None, CODE, **VISUAL_STUDIO_CODE_OPTIONS)
    editor.client.answers["workspace/configuration"] = answer
    document = editor.open("untitled:1", report(WORDS, placeholder(2)))
    document.published()
    assert labels(document) == LABELS
    for value, expected, times in ((False, [], 1), (True, LABELS, 2), ("off", LABELS, 2)):
        settings[key] = value
        editor.client.notify("workspace/didChangeConfiguration", {"settings": None})
        document.editor.client.request(
            "textDocument/hover", {"textDocument": {"uri": "x:"}, "position": document.at("#")}
        )
        assert refreshed(document) == times
        assert labels(document) == expected


def test_turned_off_for_the_group(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, placeholder(2)))
    (tmp_path / "invigilator.toml").write_text("inlay-hints = false\n")
    editor = start(tmp_path, NEOVIM)
    document = editor.open(file)
    assert hints(document) == []
    (tmp_path / "invigilator.toml").write_text("inlay-hints = true\n")
    editor.files_changed(tmp_path / "invigilator.toml")
    assert refreshed(document) == 1
    assert labels(document) == LABELS


def test_never_at_a_keystroke(start: Start, tmp_path: Path) -> None:
    """An edit of the prompt changes limits, and an edit that makes it no report takes all hints: the client asks."""
    document = start(tmp_path, NEOVIM).open(folder(tmp_path, report(WORDS, placeholder(2))))
    for old, new in (("5-10", "50-100"), ("eight", "8"), ("> Answer:", "> Reply:"), ("> Answer:", "> Reply:")):
        assert hints(document)
        document.replace(old, new)
        document.diagnostics()
        assert refreshed(document) == 0
    assert hints(document) == []


def test_only_the_range_asked_for(start: Start) -> None:
    document = start(None, NEOVIM).open("untitled:1", report(WORDS, placeholder(2)))
    second = document.at("### Question 2")["line"]
    assert [hint["label"] for hint in hints(document, second)] == LABELS[1:]
    assert [hint["label"] for hint in hints(document, 0, second)] == LABELS[:1]
    assert hints(document, second + 1) == []
