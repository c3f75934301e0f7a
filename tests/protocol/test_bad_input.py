"""What goes wrong beside a report, in it, and between the editor and the server: the rest goes on."""

from __future__ import annotations

import asyncio
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from invigilator.lsp import server as server_module
from invigilator.surroundings import disk
from pictures import png
from protocol.client import Client, RequestError, frame
from protocol.editor import PULLS, Editor, Json
from protocol.in_process import InProcessClient
from protocol.reports import WORDS, folder, placeholder, question, report

Start = Callable[..., Editor]
Serve = Callable[[], Editor]

IMAGE = "![it](figures/a.png)"


def logged(editor: Editor) -> list[str]:
    """What the server put into the editor's log so far."""
    editor.client.take_all()
    return [m["params"]["message"] for m in editor.client.received if m["method"] == "window/logMessage"]


# --- beside the report ------------------------------------------------------------------------------------------------


def make_figures_a_file(path: Path) -> None:
    (path / "figures").rmdir()
    (path / "figures").write_bytes(b"")


def make_figures_lead_out(path: Path) -> None:
    (path / "figures").rmdir()
    (path / "figures").symlink_to("/etc")


def make_figure_a_folder(path: Path) -> None:
    (path / "figures" / "a.png").mkdir()


def make_figure_a_dangling_link(path: Path) -> None:
    (path / "figures" / "a.png").symlink_to("nowhere.png")


def make_figure_lead_out(path: Path) -> None:
    (path / "figures" / "a.png").symlink_to("/etc/hostname")


def make_figure_a_pipe(path: Path) -> None:
    os.mkfifo(path / "figures" / "a.png")


def make_figure_empty(path: Path) -> None:
    (path / "figures" / "a.png").write_bytes(b"")


def make_figures_go_round(path: Path) -> None:
    (path / "figures" / "a.png").write_bytes(png())
    (path / "figures" / "again").symlink_to(path / "figures")


@pytest.mark.parametrize(
    ("make", "code", "said"),
    [
        (make_figures_a_file, "figure.not-found", ["figures: is a file, not a folder"]),
        (make_figures_lead_out, None, ["figures: leads out of the project's folder"]),
        (make_figure_a_folder, "figure.not-found", []),
        (make_figure_a_dangling_link, "figure.not-found", []),
        (make_figure_lead_out, None, []),
        (make_figure_a_pipe, "figure.not-found", []),
        (make_figure_empty, "figure.corrupt", []),
        (make_figures_go_round, None, []),
    ],
)
def test_figures_that_cannot_be_used(
    start: Start, tmp_path: Path, make: Callable[[Path], None], code: str | None, said: list[str]
) -> None:
    file = folder(tmp_path, report("One.", IMAGE))
    make(tmp_path)
    editor = start(tmp_path)
    document = editor.open(file)
    assert document.codes() == ["answer.too-short", *([code] if code else [])]
    assert document.hover(document.at(IMAGE)) is not None
    for _ in range(3):
        document.replace("One.", "One.x")
        assert "answer.too-short" in document.codes()
        document.actions(document.at(IMAGE))
    messages = logged(editor)
    assert len(messages) == len(said)
    assert all(message.startswith(words) for message, words in zip(messages, said, strict=True))


def test_figures_that_must_not_be_read(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As without permission; these tests may run as the superuser, whom nothing stops."""
    real = os.scandir

    def scandir(path: str) -> Any:
        if path.endswith("figures"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    file = folder(tmp_path, report("One.", IMAGE), ("a.png",))
    editor = start(tmp_path)
    document = editor.open(file)
    assert document.codes() == ["answer.too-short", "figure.not-found"]
    assert logged(editor) == ["figures: cannot be read (permission denied), so its figures are not listed"]


def test_disk_that_fails_while_it_is_looked_at(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The other reports are looked at all the same, and so is this one once it works again."""
    monkeypatch.setattr(server_module, "_SECONDS_BETWEEN_LOOKS", 0.01)
    bad = folder(tmp_path / "bad", report(WORDS, IMAGE))
    good = folder(tmp_path / "good", report(WORDS, IMAGE))
    editor = start(tmp_path)
    one, two = editor.open(bad), editor.open(good)
    assert one.codes() == two.codes() == ["figure.not-found"]
    real = disk.DiskTree.refresh

    def refresh(tree: disk.DiskTree) -> bool:
        assert isinstance(editor.client, InProcessClient)
        report = editor.client.server.reports.get(bad.as_uri())
        assert report is not None
        assert isinstance(report.surroundings, disk.DiskSurroundings)
        if report.surroundings._tree is tree:
            raise OSError("gone")
        return real(tree)

    with monkeypatch.context() as failing:
        failing.setattr(disk.DiskTree, "refresh", refresh)
        for path in (bad, good):
            (path.parent / "figures" / "a.png").write_bytes(png())
        editor.files_changed(bad.parent / "figures" / "a.png")
        assert two.codes() == []
    assert one.codes() == []
    failures = [record for record in caplog.records if record.levelname == "ERROR"]
    assert len(failures) == 1
    caplog.clear()


# --- in the report ----------------------------------------------------------------------------------------------------

DEEP = [
    pytest.param("[a](" * 5_000, id="brackets"),
    pytest.param("![a](" * 5_000, id="images"),
    pytest.param("![" * 20_000, id="open images"),
    pytest.param("> " * 600 + "x", id="quotes"),
    pytest.param("\n".join(" " * (2 * depth) + "- x" for depth in range(400)), id="lists"),
    pytest.param("- " * 500 + "x", id="lists in one line"),
    pytest.param("*a **b " * 5_000, id="emphasis"),
    pytest.param("_" * 50_000, id="underscores"),
    pytest.param("`" * 20_000 + "a", id="back-ticks"),
    pytest.param("".join("`" * n + " " for n in range(1, 300)), id="back-ticks of all lengths"),
    pytest.param("<" * 50_000, id="angles"),
    pytest.param("<a " * 10_000, id="tags"),
    pytest.param("<!-- " * 10_000, id="comments"),
    pytest.param("&" * 50_000, id="ampersands"),
    pytest.param("\\" * 50_000, id="backslashes"),
    pytest.param("|a" * 3_000 + "\n" + "|-" * 3_000 + "\n" + "|a" * 3_000, id="table"),
    pytest.param("[a]: <\n" * 5_000, id="definitions"),
    pytest.param("[a]\n" * 5_000, id="references"),
    pytest.param("word " * 40_000, id="one long line"),
    pytest.param("x" * 400_000, id="one long word"),
    pytest.param("# a\n" * 10_000, id="headings"),
    pytest.param("```\n" * 10_000, id="fences"),
    pytest.param("Answer:\n" * 3_000, id="markers"),
    pytest.param("### Question 3\n" * 2_000, id="question headings"),
    pytest.param("\n### Question 3\n\nAnswer:\n" * 1_000, id="questions"),
]


@pytest.mark.parametrize("pasted", DEEP)
def test_what_nobody_writes_but_may_paste(start: Start, pasted: str) -> None:
    """Answered within a second, said at most once, and the next keystroke is as before."""
    editor = start()
    document = editor.open("untitled:1", question(1, "One.", "Answer length: 5-10 words.") + question(2, "Two."))
    before = document.diagnostics()
    assert [diagnostic["code"] for diagnostic in before] == ["answer.too-short"]
    place = document.text.index("Two.")
    changes = [
        (place, place, pasted),
        (place + len(pasted), place + len(pasted), "x"),
        (place, place + len(pasted) + 1, ""),
    ]
    found: list[Json] = []
    for change in changes:
        began = time.monotonic()
        document.tell([document.change(*change)])
        found = document.diagnostics()
        document.hover(document.position(place))
        document.actions(document.position(place))
        document.symbols()
        assert time.monotonic() - began < 1.0
    assert found == before
    document.replace("One.", "### bold **x** `y` [z](w)")
    assert document.codes() == ["answer.heading", "answer.too-short"]
    said = logged(editor)
    assert len(said) <= 1
    assert all("line by line" in message for message in said)


def test_line_based_checks_where_markdown_cannot_be_read(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, question(1, "One.", "Answer length: 5-10 words.") + question(2, WORDS))
    editor = start(tmp_path)
    document = editor.open(file)
    document.published()
    document.replace(WORDS, "[a](" * 2_000 + "\n\n![it](figures/none.png)\n")
    assert document.codes() == ["answer.too-short", "figure.not-found"]
    (message,) = logged(editor)
    assert message.startswith("question 2: its answer was checked line by line only")
    document.replace("One.", WORDS)
    assert document.codes() == ["figure.not-found"]
    assert len(logged(editor)) == 1


# --- between editor and server ----------------------------------------------------------------------------------------


def test_misbehaving_client(serve: Serve, tmp_path: Path) -> None:
    """One real server through all of it; it is there still, and says each thing once."""
    editor = serve().start(tmp_path)
    client = editor.client
    document = editor.open(folder(tmp_path, report("One.", IMAGE), ("a.png",)))
    assert document.codes() == ["answer.too-short"]
    nobody = {"uri": "file:///no/such.md", "version": 2}
    change = {"textDocument": nobody, "contentChanges": [{"text": "x"}]}
    for _ in range(3):
        client.notify("textDocument/didChange", change)
        client.notify("textDocument/didClose", {"textDocument": nobody})
        client.notify("textDocument/didSave", {"textDocument": nobody})
        client.notify("textDocument/didChange", {"textDocument": {"uri": document.uri}, "contentChanges": "all"})
        client.notify("workspace/didChangeConfiguration", [])
        client.notify("workspace/didChangeWatchedFiles", {"changes": "all"})
        client.notify("workspace/didChangeWorkspaceFolders", {"event": {"added": [{"uri": 7}], "removed": None}})
        client.notify("no/such", {"a": 1})
        client.send_bytes(frame(b"{not json"))
        client.send_bytes(b"Content-Length: many\r\n\r\n")
    for method in ("textDocument/hover", "textDocument/codeAction", "textDocument/documentSymbol"):
        malformed: list[Any] = [None, [], {"textDocument": {}}]
        for params in malformed:
            with pytest.raises(RequestError, match="-32602"):
                client.request(method, params)
    for uri in ("file:///no/such.md", "", "::", "file:///%00", "file://[", "\ud800"):
        assert (
            client.request(
                "textDocument/hover", {"textDocument": {"uri": uri}, "position": {"line": 0, "character": 0}}
            )
            is None
        )
        client.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": "markdown", "version": 1, "text": report("One.")}},
        )
    position = {"line": -1, "character": 1e20}
    assert client.request("textDocument/hover", {"textDocument": {"uri": document.uri}, "position": position}) is None
    assert (
        client.request(
            "textDocument/codeAction",
            {
                "textDocument": {"uri": document.uri},
                "range": {"start": {"line": 10**7, "character": 0}, "end": {"line": 0, "character": 0}},
                "context": {"diagnostics": []},
            },
        )
        != []
    )
    document.replace("One.", WORDS)
    assert document.codes() == []
    assert client.leave() == 0
    lines = [line for line in client.log().splitlines() if not line.startswith(" ")]
    assert len(lines) == len(set(lines))
    assert "Traceback" not in client.log()
    assert not [line for line in lines if "failed with" in line]


@pytest.mark.parametrize(("words", "code"), [(["shutdown", "exit"], 0), (["end"], 1)])
def test_exit_code(serve: Serve, tmp_path: Path, words: list[str], code: int) -> None:
    """Of the real server with a report open, in the middle of its work."""
    editor = serve().start(tmp_path)
    editor.open("untitled:1", report("One.") * 20)
    if "shutdown" in words:
        editor.client.request("shutdown")
        editor.client.notify("exit")
    else:
        editor.client.to_server.close()
    assert editor.client.exit_code() == code
    assert editor.client.log() == ""


STRAY = """
import os, subprocess, sys
from invigilator.lsp import features
real = features.hover
def hover(*args, **options):
    print("stray"), os.write(1, b"stray\\n"), subprocess.run(["echo", "stray"]), sys.__stdout__.write("stray\\n")
    return real(*args, **options)
features.hover = hover
from invigilator.__main__ import main
sys.argv = ["invigilator", "serve"]
sys.exit(main())
"""


def test_stray_print_in_a_feature_does_no_harm(launch: Callable[..., Client]) -> None:
    editor = Editor(launch("-c", STRAY)).start()
    document = editor.open("untitled:1", report("One."))
    for _ in range(3):
        assert document.hover_text(document.at("### Question 1")).startswith("Question 1: 5 to 10 words")
    assert editor.client.leave() == 0
    assert editor.client.log().count("stray") == 12


# --- in the server ----------------------------------------------------------------------------------------------------


def boom(*args: object, **options: object) -> Any:
    raise LookupError("a word of the report")


@pytest.mark.parametrize(
    ("feature", "method"),
    [
        ("features.hover", "textDocument/hover"),
        ("features.code_actions", "textDocument/codeAction"),
        ("features.document_symbols", "textDocument/documentSymbol"),
        ("features.inlay_hint.inlay_hints", "textDocument/inlayHint"),
        ("features.folding_ranges", "textDocument/foldingRange"),
        ("features.selection_ranges", "textDocument/selectionRange"),
        ("features.document_links", "textDocument/documentLink"),
        ("server.convert.Diagnostics", "textDocument/diagnostic"),
    ],
)
def test_feature_that_fails_is_answered_empty_and_logged_once(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, feature: str, method: str
) -> None:
    document = start(None, PULLS).open("untitled:1", report("One."))
    params = {
        "textDocument": {"uri": document.uri},
        "position": document.at("### Q"),
        "positions": [document.at("### Q")],
        "range": {"start": document.at("One."), "end": document.at("One.")},
        "context": {"diagnostics": []},
    }
    with monkeypatch.context() as broken:
        broken.setattr(f"invigilator.lsp.{feature}", boom)
        for _ in range(3):
            answer = document.editor.client.request(method, params)
            assert answer == ({"kind": "full", "items": []} if method == "textDocument/diagnostic" else None)
    (failure,) = [record.getMessage() for record in caplog.records]
    assert failure.startswith(f"{method} failed with LookupError")
    assert "in boom" in failure
    assert "a word of" not in failure.replace('raise LookupError("a word of the report")', "")
    caplog.clear()
    answer = document.editor.client.request(method, params)
    assert answer not in (None, {"kind": "full", "items": []})


def test_analysis_that_fails_is_logged_once_and_the_next_keystroke_works(
    start: Start, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    document = start().open("untitled:1", report("One."))
    assert document.codes() == ["answer.too-short"]
    with monkeypatch.context() as broken:
        broken.setattr("invigilator.lsp.reports.analyse", boom)
        for word in ("a", "b", "c"):
            document.replace("One.", f"{word} One.")
    (failure,) = [record.getMessage() for record in caplog.records]
    assert failure.startswith("the analysis failed with LookupError")
    caplog.clear()
    document.replace("One.", "two One.")
    assert document.codes() == []


def kept(server: server_module.Server) -> list[object]:
    """What the server still holds of documents."""
    told = server._notifications
    return [*told._published, *told._statuses, *server._changed, *server.reports, *server.protocol.documents]


def test_ten_thousand_changes_leave_nothing_behind(start: Start, tmp_path: Path) -> None:
    """The real server with its real analysis: pygls' tables are empty, and memory does not grow."""
    file = folder(tmp_path, report("One.", IMAGE, placeholder(3)), ("a.png",))
    editor = start(tmp_path, {"experimental": {"invigilatorStatus": True}, "workspace": {"configuration": True}})
    assert isinstance(editor.client, InProcessClient)
    server, document = editor.client.server, editor.open(file)

    def type_and_delete(count: int) -> int:
        for _ in range(count // 20):
            place = document.text.index("One.")
            messages = []
            for number in range(20):
                new, end = ("x", place) if number % 2 == 0 else ("", place + 1)
                change = document.change(place, end, new)
                item = {"uri": document.uri, "version": document.version}
                messages.append(
                    {
                        "jsonrpc": "2.0",
                        "method": "textDocument/didChange",
                        "params": {"textDocument": item, "contentChanges": [change]},
                    }
                )
            editor.client.send_bytes(b"".join(map(frame, messages)))
            document.save()
            editor.client.take_all()
            editor.client.received.clear()
            editor.client.said.clear()
        return tracemalloc.get_traced_memory()[0]

    type_and_delete(200)
    tracemalloc.start()
    try:
        before = type_and_delete(1_000)
        after = type_and_delete(10_000)
    finally:
        tracemalloc.stop()
    assert server.protocol._request_futures == {}
    assert server.protocol._result_types == {}
    assert after - before < 200_000, "bytes: 20 for each change"
    assert len(server._notifications._published) == len(server._notifications._statuses) == 1
    document.close()
    assert kept(server) == []


def test_opening_and_closing_leaves_nothing_behind(start: Start) -> None:
    editor = start(None, {"workspace": {"configuration": True}})
    assert isinstance(editor.client, InProcessClient)
    server = editor.client.server
    for number in range(300):
        document = editor.open(f"untitled:{number}", report("One."))
        document.close()
    editor.client.take_all()
    assert kept(server) == []
    assert server.protocol._request_futures == {}


def test_initialized_twice_looks_at_the_disk_once(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "_SECONDS_BETWEEN_LOOKS", 0.01)
    looks: list[float] = []
    editor = start(tmp_path)
    monkeypatch.setattr(server_module.Server, "look_at_disk", lambda server: looks.append(time.monotonic()))
    for _ in range(5):
        editor.client.notify("initialized", {})
    assert isinstance(editor.client, InProcessClient)
    looks.clear()
    editor.client._loop.run_until_complete(asyncio.sleep(0.2))
    assert len(looks) <= 21
