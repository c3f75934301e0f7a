"""Completing in editors: what the real server offers while somebody types, and what the editor makes of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pictures import png
from protocol.editor import PULLS, VISUAL_STUDIO_CODE, VISUAL_STUDIO_CODE_OPTIONS, Document, Editor, Json
from protocol.reports import WORDS, folder, placeholder, question, report

Start = Callable[..., Editor]

CODE: Json = {
    **VISUAL_STUDIO_CODE,
    "textDocument": {
        **VISUAL_STUDIO_CODE["textDocument"],
        "completion": {
            "dynamicRegistration": True,
            "contextSupport": True,
            "completionItem": {
                "snippetSupport": True,
                "commitCharactersSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "deprecatedSupport": True,
                "preselectSupport": True,
                "tagSupport": {"valueSet": [1]},
                "insertReplaceSupport": True,
                "resolveSupport": {"properties": ["documentation", "detail", "additionalTextEdits"]},
                "insertTextModeSupport": {"valueSet": [1, 2]},
                "labelDetailsSupport": True,
            },
            "insertTextMode": 2,
            "completionItemKind": {"valueSet": list(range(1, 26))},
            "completionList": {
                "itemDefaults": ["commitCharacters", "editRange", "insertTextFormat", "insertTextMode", "data"]
            },
        },
    },
}
NEOVIM: Json = {
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
    "textDocument": {
        "diagnostic": {"dynamicRegistration": False},
        "completion": {
            "dynamicRegistration": False,
            "contextSupport": True,
            "completionItem": {
                "snippetSupport": True,
                "commitCharactersSupport": False,
                "preselectSupport": False,
                "deprecatedSupport": True,
                "documentationFormat": ["markdown", "plaintext"],
                "resolveSupport": {"properties": ["additionalTextEdits", "command"]},
                "tagSupport": {"valueSet": [1]},
            },
            "completionItemKind": {"valueSet": list(range(1, 26))},
            "completionList": {"itemDefaults": ["editRange", "insertTextFormat", "insertTextMode", "data"]},
        },
    },
}
EGLOT: Json = {
    "general": {"positionEncodings": ["utf-32", "utf-8", "utf-16"]},
    "textDocument": {
        "completion": {
            "dynamicRegistration": False,
            "contextSupport": True,
            "completionItem": {"snippetSupport": False, "deprecatedSupport": True, "tagSupport": {"valueSet": [1]}},
        }
    },
}
EDITORS = pytest.mark.parametrize(
    ("capabilities", "options"),
    [(CODE, VISUAL_STUDIO_CODE_OPTIONS), (NEOVIM, {}), (EGLOT, {}), ({}, {})],
    ids=["VS Code", "Neovim", "Emacs", "bare"],
)


def complete(document: Document, behind: str, typed: str = "") -> list[Json]:
    """Types something behind the first `behind`, and asks there: the items."""
    at = document.text.index(behind) + len(behind)
    if typed:
        document.tell([document.change(at, at, typed)])
    answer = document.ask("completion", document.position(at + len(typed)), context={"triggerKind": 1})
    return [] if answer is None else list(answer["items"])


def take(document: Document, item: Json) -> None:
    """Accepts an item, as an editor that inserts and leaves what is behind."""
    edit = item["textEdit"]
    new = edit["newText"]
    if item.get("insertTextFormat") == 2:
        new = re.sub(r"\\([\\$}])", r"\1", re.sub(r"\$\d|\$\{1:((?:[^\\}]|\\.)*)\}", r"\1", new))
    where = edit.get("range") or edit["insert"]
    document.tell(document.edit([{"range": where, "newText": new}, *item.get("additionalTextEdits", ())]))


def labels(items: list[Json]) -> list[str]:
    return [item["label"] for item in items]


@EDITORS
def test_finding_is_gone_with_the_path_completed(
    start: Start, tmp_path: Path, capabilities: Json, options: Json
) -> None:
    """Somebody types `![loss](` behind an emoji; the file has a space in its name."""
    file = folder(tmp_path, report(WORDS, "\U0001f600\u00e9: and so on."), ("loss curve.png", "other.png"))
    document = start(tmp_path, capabilities, **options).open(file)
    assert document.codes() == ["figure.too-few"]
    items = complete(document, "\U0001f600\u00e9: ", "![loss](los")
    assert labels(items) == ["figures/loss curve.png", "figures/other.png"]
    take(document, items[0])
    assert "\U0001f600\u00e9: ![loss](figures/loss%20curve.png)and so on." in document.text
    assert document.codes() == []


@EDITORS
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("typed", ["", "!", "!["])
def test_untouched_answer_becomes_what_insert_figure_makes(
    start: Start, tmp_path: Path, capabilities: Json, options: Json, newline: str, typed: str
) -> None:
    file = folder(tmp_path, report(WORDS, placeholder(2)), ("a ${1} b.png",), newline)
    document = start(tmp_path, capabilities, **options).open(file)
    other = start(tmp_path, capabilities, **options).open(file)
    assert document.codes() == ["answer.missing"]
    (item,) = complete(document, f"images.{newline}>{newline}> Answer:{newline}", typed)
    take(document, item)
    other.apply(other.action("Insert figure figures/a ${1} b.png", other.at(placeholder(2))))
    assert document.text == other.text
    assert document.codes() == []


@EDITORS
def test_what_the_server_announces(start: Start, tmp_path: Path, capabilities: Json, options: Json) -> None:
    editor = start(tmp_path, capabilities, **options)
    assert editor.capabilities["completionProvider"] == {
        "triggerCharacters": ["(", "/", "<", "!", "["],
        "resolveProvider": True,
        "completionItem": {"labelDetailsSupport": True},
    }


def test_editor_that_completes_paths_itself(start: Start, tmp_path: Path) -> None:
    """It is asked at a dot too, and what it shows itself is left to it."""
    file = folder(tmp_path, report(WORDS, "Two."), ("a.png",))
    has = [*VISUAL_STUDIO_CODE_OPTIONS["editorHas"], "pathCompletion"]
    editor = start(tmp_path, CODE, diagnostics="push", editorHas=has)
    assert editor.capabilities["completionProvider"]["triggerCharacters"] == ["(", "/", "<", "!", "[", "."]
    document = editor.open(file)
    assert labels(complete(document, "Two.", "![a](")) == ["figures/a.png"]
    assert complete(document, "Two.![a](", "figures/") == []
    assert labels(complete(document, "Two.", "![")) == ["![a](figures/a.png)"]


def test_items_of_each_editor(start: Start, tmp_path: Path) -> None:
    """Each gets what it can show, and what is said of the file when it asks for it."""
    file = folder(tmp_path, report(WORDS, "![a](|)".replace("|", "")), ("a.png",))
    said = "`figures/a.png`: 6 × 4 pixels, 71 bytes"
    expected: list[tuple[Json, Json, Any, Any]] = [
        (CODE, {"description": "unused"}, None, f"![]({(tmp_path / 'figures' / 'a.png').as_uri()})\n\n{said}"),
        (NEOVIM, None, {"kind": "markdown", "value": said}, None),
        (EGLOT, None, {"kind": "plaintext", "value": said.replace("`", "")}, None),
    ]
    for capabilities, details, at_once, later in expected:
        document = start(tmp_path, capabilities).open(file)
        (item,) = complete(document, "![a](")
        assert item.get("labelDetails") == details
        assert item.get("documentation") == at_once
        resolved = document.editor.client.request("completionItem/resolve", item)
        if later is not None:
            assert resolved["documentation"] == {"kind": "markdown", "value": later}
        rest = {key: value for key, value in resolved.items() if key != "documentation"}
        assert rest == {key: value for key, value in item.items() if key != "documentation"}


def test_item_of_two_ranges_is_resolved_as_it_was(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![a](figures/xy and more"), ("a.png",))
    document = start(tmp_path, CODE).open(file)
    (item,) = complete(document, "![a](figures/x")
    assert document.shown(item["textEdit"]["insert"]) == "figures/x"
    assert document.shown(item["textEdit"]["replace"]) == "figures/xy"
    resolved = document.editor.client.request("completionItem/resolve", item)
    assert resolved.pop("documentation")
    assert resolved == item


def test_figures_that_come_and_go(start: Start, tmp_path: Path) -> None:
    """Whether or not the editor watches files, and without a word from it."""
    file = folder(tmp_path, report(WORDS, "Two."))
    document = start(tmp_path, PULLS).open(file)
    assert complete(document, "Two.", "![") == []
    (tmp_path / "figures" / "new plot.png").write_bytes(png())
    (item,) = complete(document, "Two.![")
    (tmp_path / "figures" / "new plot.png").unlink()
    assert complete(document, "Two.![") == []
    del item["documentation"]
    assert document.editor.client.request("completionItem/resolve", item) == item


def test_item_of_a_document_that_is_closed_comes_back(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![a]("), ("a.png",))
    document = start(tmp_path, CODE).open(file)
    (item,) = complete(document, "![a](")
    document.close()
    assert document.editor.client.request("completionItem/resolve", item) == item


@pytest.mark.parametrize("text", ["# Notes\n\n![a](", "![a](figures/", "!", ""])
def test_nothing_in_other_documents(start: Start, tmp_path: Path, text: str) -> None:
    folder(tmp_path, report(WORDS), ("a.png",))
    document = start(tmp_path).open((tmp_path / "notes.md").as_uri(), text)
    assert document.ask("completion", document.position(len(text))) is None


def test_nothing_without_a_folder(start: Start) -> None:
    document = start().open("untitled:1", report(WORDS, "![a]("))
    assert complete(document, "![a](") == []


def test_failure_is_answered_empty_and_logged_once(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = folder(tmp_path, report(WORDS, "![a]("), ("a.png",))
    document = start(tmp_path).open(file)
    (item,) = complete(document, "![a](")

    def boom(*args: object, **options: object) -> Any:
        raise LookupError("a word of the report")

    with monkeypatch.context() as broken:
        broken.setattr("invigilator.lsp.features.completion", boom)
        broken.setattr("invigilator.lsp.completion.resolved", boom)
        for _ in range(3):
            assert complete(document, "![a](") == []
            assert document.editor.client.request("completionItem/resolve", item) == item
    failures = [record.getMessage().partition(" failed")[0] for record in caplog.records]
    assert failures == ["textDocument/completion", "completionItem/resolve"]
    caplog.clear()
    assert complete(document, "![a](") == [item]


# --- odd folders ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "100% of it.png",
        "a#1.png",
        'say "it".png',
        "a\nb.png",
        "a)(b.png",
        f"{'y' * 251}.png",
        "\u5716\u8868.png",
        "e\u0301.png",
        "a\\b.png",
    ],
)
def test_odd_name_on_disk_is_found_again(start: Start, tmp_path: Path, name: str) -> None:
    file = folder(tmp_path, report(WORDS, "Two."))
    try:
        (tmp_path / "figures" / name).write_bytes(png())
    except OSError:
        pytest.skip("no name for this system")
    document = start(tmp_path).open(file)
    assert document.codes() == ["figure.too-few"]
    (item,) = complete(document, "Two.", " ![it](figures/")
    take(document, item)
    assert document.codes() == []


def test_twins_links_that_go_round_and_names_that_are_no_text(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![a]("), ("Loss.png", "loss.png"))
    figures = tmp_path / "figures"
    if len(list(figures.iterdir())) == 1:
        pytest.skip("this system has one name for both")
    (figures / "round").symlink_to(figures)
    (figures / "self.png").symlink_to(figures / "self.png")
    (figures / "out.png").symlink_to("/etc/hostname")
    (Path(os.fsdecode(os.fsencode(figures) + b"/caf\xe9.png"))).write_bytes(png())
    document = start(tmp_path).open(file)
    assert labels(complete(document, "![a](")) == ["figures/Loss.png", "figures/loss.png"]


@pytest.mark.parametrize("kind", ["missing", "file", "unreadable"])
def test_no_folder_to_look_into(start: Start, tmp_path: Path, kind: str) -> None:
    file = folder(tmp_path, report(WORDS, "![a]("))
    figures = tmp_path / "figures"
    if kind == "unreadable":
        (figures / "a.png").write_bytes(png())
        figures.chmod(0)
        if os.access(figures, os.R_OK):
            figures.chmod(0o700)
            pytest.skip("this user may read everything")
    else:
        figures.rmdir()
    if kind == "file":
        figures.write_bytes(b"")
    document = start(tmp_path).open(file)
    assert complete(document, "![a](") == []
    if kind == "unreadable":
        figures.chmod(0o700)


def test_ten_thousand_figures(start: Start, tmp_path: Path) -> None:
    """A hundred are sent, the likeliest for what is typed; the editor is told to ask again."""
    file = folder(tmp_path, report(WORDS, "Two."))
    for number in range(10_000):
        (tmp_path / "figures" / f"plot {number:05}.png").write_bytes(b"")
    document = start(tmp_path).open(file)
    at = document.text.index("Two.") + 4
    for typed, first in [("![a](", "00000"), ("plot 01", "01000"), ("2", "01200"), ("34", "01234")]:
        document.tell([document.change(at, at, typed)])
        at += len(typed)
        answer = document.ask("completion", document.position(at))
        assert answer["items"][0]["label"] == f"figures/plot {first}.png"
        assert len(answer["items"]) <= 100
        assert answer["isIncomplete"] == (len(typed) > 2)
    take(document, answer["items"][0])
    assert "Two.![a](figures/plot%2001234.png)" in document.text


# --- as a process -----------------------------------------------------------------------------------------------------


def test_over_stdio(serve: Callable[..., Editor], tmp_path: Path) -> None:
    """A keystroke and the question behind it, written at once."""
    file = folder(tmp_path, question(1, "Two."), ("a b.png",))
    document = serve().start(tmp_path, CODE).open(file)
    offered = []
    for count, letter in enumerate("![a](a"):
        at = document.text.index("Two.") + 4 + count
        document.tell([document.change(at, at, letter)])
        answer = document.ask("completion", document.position(at + 1), context={"triggerKind": 1})
        offered.append(answer and labels(answer["items"]))
    whole, path = ["![a b](figures/a%20b.png)"], ["figures/a b.png"]
    assert offered == [None, whole, whole, None, path, path]
    (item,) = answer["items"]
    take(document, item)
    assert "Two.![a](figures/a%20b.png)" in document.text
    resolved = document.editor.client.request("completionItem/resolve", item)
    assert "6 × 4 pixels" in resolved["documentation"]["value"]
