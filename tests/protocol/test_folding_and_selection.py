"""Folding and selection ranges of the server: to whom they are offered, and within which limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from protocol.editor import VISUAL_STUDIO_CODE_OPTIONS, Document, Editor, Json
from protocol.reports import WORDS, placeholder, report

Start = Callable[..., Editor]

# What these clients announce of it: vscode-languageclient 9 and later, Neovim 0.11, eglot 1.9.
CODE: Json = {
    "textDocument": {
        "foldingRange": {
            "dynamicRegistration": True,
            "rangeLimit": 5000,
            "lineFoldingOnly": True,
            "foldingRangeKind": {"valueSet": ["comment", "imports", "region"]},
            "foldingRange": {"collapsedText": False},
        },
        "selectionRange": {"dynamicRegistration": True},
    }
}
NEOVIM: Json = {
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
    "textDocument": {
        "foldingRange": {
            "dynamicRegistration": False,
            "foldingRangeKind": {"valueSet": ["comment", "imports", "region"]},
            "lineFoldingOnly": True,
            "foldingRange": {"collapsedText": True},
        }
    },
}
EMACS: Json = {"textDocument": {"synchronization": {"didSave": True}}}
EDITORS = pytest.mark.parametrize("capabilities", [CODE, NEOVIM, EMACS, {}], ids=["VS Code", "Neovim", "Emacs", "bare"])
TEXT = report(WORDS, placeholder(2))


def folds(document: Document) -> list[Json]:
    params = {"textDocument": {"uri": document.uri}}
    answer: list[Json] = document.editor.client.request("textDocument/foldingRange", params)
    return sorted(answer, key=lambda fold: (fold["startLine"], -fold["endLine"]))


def chains(document: Document, *positions: Json) -> list[list[str]]:
    """For each position the texts that are selected one after the other."""
    params = {"textDocument": {"uri": document.uri}, "positions": list(positions)}
    found = []
    for chain in document.editor.client.request("textDocument/selectionRange", params):
        texts, one = [], chain
        while one is not None:
            texts.append(document.shown(one["range"]))
            one = one.get("parent")
        found.append(texts)
    return found


@EDITORS
def test_of_a_session(start: Start, capabilities: Json) -> None:
    document = start(None, capabilities).open("untitled:1", TEXT)
    lines = TEXT.split("\n")
    shown = [(fold.get("kind"), lines[fold["startLine"]], lines[fold["endLine"]]) for fold in folds(document)]
    assert shown == [
        (None, "# A report", placeholder(2)),
        (None, "## The first part", placeholder(2)),
        (None, "### Question 1", WORDS),
        ("comment", "> **What about part 1 of it?**", ">"),
        ("region", "> Answer:", WORDS),
        (None, "### Question 2", placeholder(2)),
        ("comment", "> **What about part 2 of it?**", ">"),
        ("region", "> Answer:", placeholder(2)),
    ]
    said = [fold["collapsedText"] for fold in folds(document) if "collapsedText" in fold]
    says = ["### Question 1 · 8 of 5-10 words", "### Question 2 · not answered · 1-60 words and 1-2 images"]
    assert said == (says if capabilities is NEOVIM else [])
    word, heading = chains(document, document.at("three"), document.at("Question 2"))
    assert word[:2] == ["three", WORDS]
    assert heading[:2] == ["Question", "### Question 2"]
    assert word[-1] == heading[-1] == TEXT


def test_not_where_the_editor_does_it_itself(start: Start) -> None:
    capabilities = start(None, CODE, **VISUAL_STUDIO_CODE_OPTIONS).capabilities
    assert not {"foldingRangeProvider", "selectionRangeProvider"} & capabilities.keys()
    capabilities = start(None, CODE, editorHas=["foldingRange"]).capabilities
    assert "selectionRangeProvider" in capabilities


def test_at_most_as_many_as_the_client_takes(start: Start) -> None:
    few = {"textDocument": {"foldingRange": {"rangeLimit": 4, "lineFoldingOnly": True}}}
    document = start(None, few).open("untitled:1", TEXT)
    assert [fold.get("kind") for fold in folds(document)] == [None] * 4


def test_after_an_edit(start: Start) -> None:
    document = start(None, NEOVIM).open("untitled:1", TEXT)
    before = folds(document)
    document.replace("eight", "eight\nnine 😀 ten")
    assert [fold["endLine"] - fold["startLine"] for fold in folds(document)] == [
        fold["endLine"] - fold["startLine"] + grown
        for fold, grown in zip(before, (1, 1, 1, 0, 1, 0, 0, 0), strict=True)
    ]
    assert chains(document, document.at("ten"))[0][:2] == ["ten", "nine 😀 ten"]


def test_of_a_document_that_is_none(start: Start) -> None:
    document = start(None, NEOVIM).open("untitled:1", "# Notes\n\nand more\n")
    assert folds(document) == []
    params = {"textDocument": {"uri": document.uri}, "positions": [document.at("and")]}
    assert document.editor.client.request("textDocument/selectionRange", params) is None


def test_positions_outside_the_text(start: Start) -> None:
    document = start(None, NEOVIM).open("untitled:1", TEXT)
    far: Json = {"line": 10**9, "character": 10**9}
    assert chains(document, {"line": -1, "character": -1}, far)[1][-1] == TEXT
