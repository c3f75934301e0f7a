"""How diagnostics reach a client: pushed or pulled, never both, of the newest version."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from invigilator.lsp import server
from pictures import png
from protocol.client import frame
from protocol.editor import PULLS, VISUAL_STUDIO_CODE, Editor
from protocol.reports import WORDS, folder, question, report

Start = Callable[..., Editor]

URI = "untitled:Untitled-1"
IMAGE = f"{WORDS} ![a](figures/a.png)"
SHORT = question(1, "One.", "Answer length: 5-10 words.")
PUSHED = "textDocument/publishDiagnostics"
REFRESH = "workspace/diagnostic/refresh"


@pytest.mark.parametrize(
    ("capabilities", "options", "pulls"),
    [
        ({}, {}, False),
        ({"textDocument": {"publishDiagnostics": {}}}, {}, False),
        (PULLS, {}, True),
        (PULLS, {"diagnostics": "pull"}, True),
        (PULLS, {"diagnostics": "push"}, False),
        (PULLS, {"diagnostics": 3, "editorHas": "all", "settings": []}, True),
    ],
)
def test_pull_where_announced_unless_push_is_asked_for(
    start: Start, capabilities: Any, options: Any, pulls: bool
) -> None:
    editor = start(None, capabilities, **options)
    document = editor.open(URI, SHORT)
    assert document.codes() == ["answer.too-short"]
    document.replace("One.", WORDS)
    assert document.codes() == []
    document.close()
    editor.client.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}})
    provider = editor.capabilities.get("diagnosticProvider")
    if pulls:
        assert provider == {"identifier": "invigilator", "interFileDependencies": False, "workspaceDiagnostics": False}
    else:
        assert provider is None
    assert (PUSHED in editor.client.said) is not pulls


def test_a_publication_for_each_change(start: Start) -> None:
    document = start().open(URI, SHORT)
    assert len(document.published()["diagnostics"]) == 1
    document.replace("One.", "One, two.")
    (found,) = document.published()["diagnostics"]
    assert found["message"].startswith("2 words")
    document.replace("One, two.", "One, too.")
    assert document.published()["diagnostics"] == [found], "of the new version, though nothing differs"
    document.close()
    assert document.editor.client.wait_for(PUSHED) == {"uri": URI, "diagnostics": []}


def test_closing_a_report_without_findings_says_nothing(start: Start) -> None:
    editor = start()
    document = editor.open(URI, question(1, "One."))
    assert document.published()["diagnostics"] == []
    document.close()
    editor.client.notify("initialized", {})
    assert editor.client.received == []


def test_newest_wins_in_a_burst(serve: Callable[[], Editor]) -> None:
    """Many changes that arrive in one write are analysed together."""
    editor = serve().start()
    document = editor.open(URI, SHORT)
    document.published()
    messages = []
    for number in range(200):
        place = document.text.index("One") + 3
        change = document.change(place, place, f" {number}")
        item = {"uri": URI, "version": document.version}
        params = {"textDocument": item, "contentChanges": [change]}
        messages.append({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})
    editor.client.send_bytes(b"".join(map(frame, messages)))
    last = document.published()
    assert [found["code"] for found in last["diagnostics"]] == ["answer.too-long"]
    hover = document.hover_text({"line": 0, "character": 0})
    assert "201 words: 191 too many" in hover
    assert editor.client.said.count(PUSHED) < 20
    assert editor.client.received == [], "and nothing came behind the last"
    assert editor.client.leave() == 0
    assert editor.client.log() == ""


def test_result_id_says_that_nothing_has_changed(start: Start) -> None:
    document = start(None, PULLS).open(URI, SHORT)
    first = document.pull()
    assert first["kind"] == "full"
    assert document.pull(first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    document.replace("One.", "One!")
    assert document.pull(first["resultId"]) == {"kind": "unchanged", "resultId": first["resultId"]}
    document.replace("One!", "One two.")
    second = document.pull(first["resultId"])
    assert (second["kind"], len(second["items"])) == ("full", 1)
    assert second["resultId"] != first["resultId"]
    document.replace("One two.", "One.")
    assert document.pull(second["resultId"]) == first


def test_pull_for_a_document_that_is_not_open(start: Start) -> None:
    editor = start(None, PULLS)
    answer = editor.client.request("textDocument/diagnostic", {"textDocument": {"uri": "file:///no/such.md"}})
    assert (answer["kind"], answer["items"]) == ("full", [])
    document = editor.open(URI, SHORT)
    assert document.codes() == ["answer.too-short"]
    document.close()
    assert document.pull()["items"] == []


@pytest.mark.parametrize(
    ("capabilities", "options", "expected"),
    [
        ({**PULLS, "workspace": {"diagnostics": {"refreshSupport": True}}}, {}, 1),
        (PULLS, {}, 0),
        (VISUAL_STUDIO_CODE, {"diagnostics": "push"}, 0),
    ],
)
def test_refresh_only_for_clients_that_pull_and_announce_it(
    start: Start, tmp_path: Path, capabilities: Any, options: Any, expected: int
) -> None:
    file = folder(tmp_path, report(WORDS, "![it](figures/new.png)"))
    editor = start(tmp_path, capabilities, **options)
    document = editor.open(file)
    assert document.codes() == ["figure.not-found"]
    editor.client.take_all()
    assert REFRESH not in editor.client.said
    (tmp_path / "figures" / "new.png").write_bytes((tmp_path / "README.md").read_bytes())
    editor.files_changed(tmp_path / "figures" / "new.png")
    editor.client.take_all()
    assert editor.client.said.count(REFRESH) == expected
    assert document.codes() == ["figure.corrupt"]


def test_a_client_that_cannot_be_told_to_pull_again_is_told_of_the_disk_as_it_is(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Neovim 0.11: what it is told right after its file was saved has to hold until the next edit."""
    monkeypatch.setattr(server, "_SECONDS_BETWEEN_LOOKS", 600.0)
    document = start(tmp_path, PULLS).open(folder(tmp_path, report(WORDS, IMAGE)))
    assert document.codes() == ["figure.not-found"]
    for thread in threading.enumerate():  # git's answer is another reason to look
        if thread.name in ("git", "git history"):
            thread.join()
    assert document.codes() == ["figure.not-found"]
    (tmp_path / "figures" / "a.png").write_bytes(png())
    assert document.codes() == []


def test_findings_of_pushed_and_pulled_diagnostics_are_the_same(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report("One.", "![it](figures/none.png) ![it](https://example.org/a.gif)", "x ## y"))
    both = [start(tmp_path, capabilities).open(file).diagnostics() for capabilities in ({}, PULLS)]
    assert both[0] == both[1]
    assert len(both[0]) == 3


def test_features_that_the_editor_has_are_not_registered(start: Start) -> None:
    bare = start().capabilities
    assert bare["documentSymbolProvider"] is not None
    code = start(None, VISUAL_STUDIO_CODE, diagnostics="push", editorHas=["documentSymbol"]).capabilities
    assert "documentSymbolProvider" not in code
    for capabilities in (bare, code):
        assert capabilities["hoverProvider"]
        kinds = ["quickfix", "refactor.insert", "source.fixAll.invigilator"]
        assert capabilities["codeActionProvider"] == {"codeActionKinds": kinds, "resolveProvider": False}
        assert capabilities["textDocumentSync"]["change"] == 2
        assert capabilities["textDocumentSync"]["openClose"] is True
        assert capabilities["textDocumentSync"]["save"]
        folders = capabilities["workspace"]["workspaceFolders"]
        assert folders == {"supported": True, "changeNotifications": True}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_ending(start: Start, tmp_path: Path, encoding: str, newline: str) -> None:
    """The whole way round: ranges, an edit and the next change, all behind characters beyond the BMP."""
    beyond = "😀é𐍈"
    text = report(f"{beyond} {beyond} x", f"{beyond} ![it](figures/none.png) {beyond}", head=f"# {beyond}\n\n")
    file = folder(tmp_path, text, ("a b.png",), newline=newline)
    editor = start(tmp_path, {"general": {"positionEncodings": [encoding]}})
    assert editor.encoding == encoding
    document = editor.open(file)
    assert document.findings() == {("answer.too-short", "Answer:"), ("figure.not-found", "figures/none.png")}
    hover = document.hover(document.at("![it]"))
    assert hover is not None
    assert document.shown(hover["range"]) == "![it](figures/none.png)"
    document.replace(f"{beyond} x", f"{beyond}{beyond}\u2028\x0c\x85 four five x")
    assert document.findings() == {("figure.not-found", "figures/none.png")}
    document.apply(document.action("Insert figure figures/a b.png", document.at("![it]", 3)))
    inserted = "![a b](figures/a%20b.png)"
    assert f"{beyond}{newline * 2}{inserted}{newline}" in document.text
    hover = document.hover(document.at(inserted, 1))
    assert hover is not None
    assert document.shown(hover["range"]) == inserted
    document.replace("figures/none.png", "figures/a%20b.png")
    assert document.codes() == []
