"""The transport under a real process: what goes wrong between an editor and a server, and that the server bears it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from protocol.client import Client, RequestError, frame, read_frame

Launch = Callable[..., Client]

SERVER = Path(__file__).with_name("tiny_server.py")
URI = "file:///reports/README.md"
SECRET = "an-answer-of-mine"


def opened(client: Client, text: str = "", version: int = 1) -> None:
    item = {"uri": URI, "languageId": "markdown", "version": version, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": item})


def change(version: int, *changes: Any) -> dict[str, Any]:
    return {"textDocument": {"uri": URI, "version": version}, "contentChanges": list(changes)}


def hover(line: Any, character: Any = 0) -> dict[str, Any]:
    return {"textDocument": {"uri": URI}, "position": {"line": line, "character": character}}


def test_a_whole_session(launch: Launch) -> None:
    client = launch(SERVER)
    capabilities = client.initialize()["capabilities"]
    assert capabilities["textDocumentSync"]["change"] == 2
    assert capabilities["positionEncoding"] == "utf-16"
    assert "notebookDocumentSync" not in capabilities
    opened(client, "one\ntwo")
    assert client.wait_for("textDocument/publishDiagnostics") == {"uri": URI, "version": 1, "diagnostics": []}
    ends = {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 1}}
    client.notify("textDocument/didChange", change(2, {"range": ends, "text": "T"}))
    assert client.wait_for("textDocument/publishDiagnostics")["version"] == 2
    assert client.request("tiny/text", {"uri": URI}) == "one\nTwo"
    assert client.request("textDocument/hover", hover(1, 2)) == {"contents": "1:2"}
    client.notify("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert client.wait_for("tiny/closed") == {"uri": URI}
    assert client.leave() == 0
    assert client.log() == ""


def test_stray_output_does_no_harm(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    assert client.request("tiny/print") is None
    assert client.leave() == 0
    assert client.log().splitlines() == [
        "stray from print",
        "stray from the descriptor",
        "stray from a child, which read ''",
    ]


@pytest.mark.parametrize(
    ("last_words", "code"),
    [
        (["shutdown", "exit"], 0),
        (["exit"], 1),
        (["shutdown", "end of input"], 0),
        (["end of input"], 1),
    ],
)
def test_exit_code(launch: Launch, last_words: list[str], code: int) -> None:
    client = launch(SERVER)
    client.initialize()
    for word in last_words:
        if word == "shutdown":
            client.request("shutdown")
        elif word == "exit":
            client.notify("exit")
        else:
            client.to_server.close()
    assert client.exit_code(timeout=5) == code
    assert client.log() == ""


def test_exit_before_initialize(launch: Launch) -> None:
    client = launch(SERVER)
    client.notify("exit")
    assert client.exit_code() == 1


def test_exit_does_not_wait_for_a_stuck_worker(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    client.begin("tiny/stuck")
    client.begin("tiny/forever")
    client.begin("shutdown")
    began = time.monotonic()
    client.notify("exit")
    assert client.exit_code(timeout=5) == 0
    assert time.monotonic() - began < 3
    assert client.log() == ""


def test_everything_said_before_exit_arrives(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    large = client.begin("tiny/large", {"size": 3_000_000})
    client.begin("shutdown")
    client.notify("exit")
    answers = {message["id"]: message["result"] for message in client.rest()}
    assert len(answers[large]) == 3_000_000
    assert client.exit_code() == 0


def test_one_socket_for_both_ways(launch: Launch) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        client = launch(SERVER, stdin=theirs, stdout=theirs)
        theirs.close()
        client.attach(ours.makefile("wb"), ours.makefile("rb"))
        client.initialize()
        assert len(client.request("tiny/large", {"size": 3_000_000})) == 3_000_000
        assert client.leave() == 0
        assert client.log() == ""


def test_one_socket_that_is_not_blocking(launch: Launch) -> None:
    """A client can make its end's description non-blocking; the answer is larger than any buffer, the reader slow."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.setblocking(False)
        client = launch(SERVER, stdin=theirs, stdout=theirs)
        theirs.close()
        client.to_server = ours.makefile("wb")
        client.send({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
        large = {"jsonrpc": "2.0", "id": 2, "method": "tiny/large", "params": {"size": 3_000_000}}
        client.send(large)
        time.sleep(1)  # the server fills the socket meanwhile
        client.attach(client.to_server, ours.makefile("rb"))
        assert len(client.answer(2)) == 3_000_000
        assert client.leave() == 0


def test_a_regular_file_as_stdin(launch: Launch, tmp_path: Path) -> None:
    session = tmp_path / "session"
    session.write_bytes(
        frame({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
        + frame({"jsonrpc": "2.0", "id": 2, "method": "shutdown"})
        + frame({"jsonrpc": "2.0", "method": "exit"})
    )
    with session.open("rb") as stdin:
        client = launch(SERVER, stdin=stdin)
    assert client.process.stdout is not None
    client.attach(client.process.stdout, client.process.stdout)
    assert [message["id"] for message in client.rest()] == [1, 2]
    assert client.exit_code() == 0


def test_no_stderr(launch: Launch) -> None:
    client = launch("-c", f"import os, runpy; os.close(2); runpy.run_path({str(SERVER)!r}, run_name='__main__')")
    client.initialize()
    client.request("tiny/print")
    assert client.leave() == 0


@pytest.mark.parametrize(
    "header",
    [
        b"content-length: %d\r\n\r\n",
        b"CONTENT-LENGTH:%d\r\n\r\n",
        b"Content-Length: %d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n",
        b"X-Other: 1\r\nContent-Length:  %d \r\n\r\n",
        b"Content-Length: %d\n\n",
    ],
)
def test_header_spellings(launch: Launch, header: bytes) -> None:
    client = launch(SERVER)
    client.initialize()
    body = json.dumps({"jsonrpc": "2.0", "id": "a", "method": "textDocument/hover", "params": hover(3)}).encode()
    client.send_bytes(header % len(body) + body)
    assert client.answer("a") == {"contents": "3:0"}
    assert client.log() == ""


REQUEST = {"jsonrpc": "2.0", "id": "bad"}
HOVER = {**REQUEST, "method": "textDocument/hover"}


@pytest.mark.parametrize(
    ("data", "code", "answered_id"),
    [
        pytest.param(frame(b'{"' + SECRET.encode()), -32700, None, id="not JSON"),
        pytest.param(frame(b"\xff\xfe" + SECRET.encode()), -32700, None, id="not text"),
        pytest.param(frame(b"[" * 100_000), -32700, None, id="too deep"),
        pytest.param(frame(b""), -32700, None, id="empty body"),
        pytest.param(frame([{"jsonrpc": "2.0", "method": SECRET}]), -32600, None, id="array"),
        pytest.param(frame(7), -32600, None, id="number"),
        pytest.param(frame(SECRET), -32600, None, id="string"),
        pytest.param(frame({}), -32600, None, id="empty object"),
        pytest.param(frame({"method": 3, "text": SECRET}), -32600, None, id="method is a number"),
        pytest.param(frame({"id": [SECRET], "method": "shutdown"}), -32600, None, id="id is a list"),
        pytest.param(frame({**REQUEST, "text": SECRET}), -32600, "bad", id="neither method nor result"),
        pytest.param(frame({**REQUEST, "method": "initialize", "params": {}}), -32600, "bad", id="second initialize"),
        pytest.param(frame({**REQUEST, "method": "no/such", "params": SECRET}), -32601, "bad", id="unknown request"),
        pytest.param(frame(HOVER), -32602, "bad", id="no params"),
        pytest.param(frame({**HOVER, "params": [SECRET]}), -32602, "bad", id="wrong params"),
        pytest.param(frame({**HOVER, "params": hover(13)}), -32603, "bad", id="handler fails"),
        pytest.param(frame({**REQUEST, "method": "tiny/unserialisable"}), -32603, "bad", id="result is no JSON"),
        pytest.param(b"Content-Length: 2\r\n\r\n{}" + SECRET.encode(), -32600, None, id="length too small"),
    ],
)
def test_malformed_message_is_refused(launch: Launch, data: bytes, code: int, answered_id: str | None) -> None:
    client = launch(SERVER)
    client.initialize()
    client.send_bytes(data * 2)
    opened(client)
    for _ in range(2):
        with pytest.raises(RequestError) as refused:
            client.answer(answered_id)
        assert refused.value.code == code
        assert set(refused.value.error) == {"code", "message"}
        assert SECRET not in refused.value.message
    assert client.request("tiny/text", {"uri": URI}) == ""
    assert client.leave() == 0
    logged = [line for line in client.log().splitlines() if not line.startswith(" ")]
    assert len(logged) == 1, "once, though it came twice"
    assert SECRET not in client.log()


def test_failure_is_logged_with_its_traceback_but_no_word_of_the_report(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    with pytest.raises(RequestError, match=r"^-32603: textDocument/hover: internal error \(ValueError\)$"):
        client.request("textDocument/hover", hover(13))
    assert "in hover" in client.log()
    assert "a word" not in client.log().replace('raise ValueError("a word of the report")', "")


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'Content-Length: minus\r\n\r\n{"jsonrpc":"2.0"}', id="length is a word"),
        pytest.param(b"Content-Length: -5\r\n\r\n{}", id="length is negative"),
        pytest.param(b"GET / HTTP/1.1\r\nHost: here\r\n\r\n", id="no length"),
        pytest.param(b"x" * 300_000 + b"\r\n", id="long noise"),
    ],
)
def test_input_without_a_length_is_skipped(launch: Launch, data: bytes) -> None:
    client = launch(SERVER)
    client.initialize()
    client.send_bytes(data * 2)
    opened(client)
    client.wait_for("textDocument/publishDiagnostics")
    assert client.leave() == 0
    assert client.log().splitlines() == ["invigilator: Input without a usable Content-Length was skipped."]


@pytest.mark.parametrize("kept_bytes", [10, 25, 60])
def test_input_that_ends_inside_a_message(launch: Launch, kept_bytes: int) -> None:
    client = launch(SERVER)
    client.initialize()
    client.send_bytes(frame({**HOVER, "params": hover(1)})[:kept_bytes])
    client.to_server.close()
    assert client.exit_code() == 1
    assert client.log().splitlines() == ["invigilator: The input ended in the middle of a message."]


NOTIFICATIONS: list[tuple[str, Any]] = [
    ("initialized", {}),
    ("initialized", None),
    ("$/setTrace", {"value": "verbose"}),
    ("$/setTrace", {"value": "compact"}),
    ("$/cancelRequest", {"id": 99}),
    ("$/cancelRequest", {"id": []}),
    ("$/unknown", {}),
    ("window/workDoneProgress/cancel", {"token": "none"}),
    ("workspace/didChangeConfiguration", {"settings": {"a": 1}}),
    ("workspace/didChangeWatchedFiles", {"changes": [{"uri": URI, "type": 2}]}),
    ("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": []}}),
    ("textDocument/didSave", {"textDocument": {"uri": URI}}),
    ("notebookDocument/didOpen", {"notebookDocument": {}, "cellTextDocuments": []}),
]


def test_ten_thousand_notifications_leave_nothing_behind(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    opened(client, "x" * 100)

    def keystrokes(count: int) -> dict[str, int]:
        ends = {"line": 0, "character": 0}
        for number in range(count // 2):
            for text in ({"text": "y"}, {"text": "x" * 100}):
                where = {} if len(text["text"]) > 1 else {"range": {"start": ends, "end": ends}}
                client.notify("textDocument/didChange", change(number, {**text, **where}))
            method, params = NOTIFICATIONS[number % len(NOTIFICATIONS)]
            client.notify(method, params)
            client.wait_for("textDocument/publishDiagnostics")
            client.wait_for("textDocument/publishDiagnostics")
        kept: dict[str, int] = client.request("tiny/kept")
        return kept

    before = keystrokes(500)
    after = keystrokes(10_000)
    assert after["futures"] == 0
    assert after["threads"] == before["threads"]
    assert after["blocks"] - before["blocks"] < 1_000


def test_many_messages_in_one_write_in_pieces(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    opened(client)
    data = b"".join(
        frame({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": change(n, {"text": "a" * n})})
        for n in range(2, 400)
    )
    for start in range(0, len(data), 1_777):
        client.send_bytes(data[start : start + 1_777])
    assert client.request("tiny/text", {"uri": URI}) == "a" * 399
    versions = [message["params"]["version"] for message in client.received]
    assert versions == list(range(1, 400))


@pytest.mark.parametrize(
    "params",
    [
        None,
        [],
        "text",
        {},
        {"textDocument": {"uri": URI}, "contentChanges": "text"},
        {"textDocument": {"uri": URI}, "contentChanges": [{"text": None}]},
        {"textDocument": {"uri": URI}, "contentChanges": [{"range": {"start": 3}, "text": "a"}]},
        {"textDocument": {"uri": 7}, "contentChanges": []},
    ],
)
def test_malformed_change_is_ignored(launch: Launch, params: Any) -> None:
    client = launch(SERVER)
    client.initialize()
    opened(client, "as it was")
    for _ in range(3):
        client.notify("textDocument/didChange", params)
    assert client.request("tiny/text", {"uri": URI}) == "as it was"
    client.notify("textDocument/didChange", change(9, {"text": "new"}))
    assert client.request("tiny/text", {"uri": URI}) == "new"
    assert client.leave() == 0
    assert len(client.log().splitlines()) == 1


def test_change_of_a_document_that_was_never_opened(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    for version in range(3):
        client.notify("textDocument/didChange", change(version, {"text": "a"}))
    assert client.request("tiny/text", {"uri": URI}) is None
    assert client.leave() == 0
    assert client.log().splitlines() == [f"invigilator: Ignored: textDocument/didChange: {URI} is not open."]


def test_failing_analysis_is_logged_once_and_the_next_keystroke_works(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    opened(client)
    for version in range(2, 5):
        client.notify("textDocument/didChange", change(version, {"text": f"raise! {SECRET}"}))
    client.notify("textDocument/didChange", change(5, {"text": "well again"}))
    assert client.request("tiny/text", {"uri": URI}) == "well again"
    assert [message["params"]["version"] for message in client.received] == [1, 5]
    assert client.leave() == 0
    assert client.log().count("textDocument/didChange failed with LookupError") == 1
    assert "in document_changed" in client.log()
    assert SECRET not in client.log()


def test_requests_outside_the_session_are_refused(launch: Launch) -> None:
    client = launch(SERVER)
    opened(client)
    with pytest.raises(RequestError, match="-32002"):
        client.request("textDocument/hover", hover(1))
    client.initialize()
    assert client.request("tiny/text", {"uri": URI}) is None, "what came before initialize does not count"
    client.request("shutdown")
    with pytest.raises(RequestError, match="-32600"):
        client.request("textDocument/hover", hover(1))
    client.notify("exit")
    assert client.exit_code() == 0


def test_cancelled_request_is_answered(launch: Launch) -> None:
    client = launch(SERVER)
    client.initialize()
    forever = client.begin("tiny/forever")
    client.notify("$/cancelRequest", {"id": forever})
    with pytest.raises(RequestError, match="-32800"):
        client.answer(forever)
    assert client.request("tiny/kept")["futures"] == 0


def test_positions_outside_every_range(launch: Launch) -> None:
    """Clients ask for a whole document with whatever number is large in their language."""
    client = launch(SERVER)
    client.initialize()
    assert client.request("textDocument/hover", hover(1, 1e308)) == {"contents": "1:2147483647"}
    assert client.request("textDocument/hover", hover(-1, 5)) == {"contents": "0:0"}
    assert client.request("textDocument/hover", hover(2.0, "x")) == {"contents": "2:0"}


def test_trace_value_that_is_not_in_the_protocol(launch: Launch) -> None:
    client = launch(SERVER)
    assert client.initialize(trace="compact")["serverInfo"]["name"] == "tiny"


def test_client_that_dies_while_its_pipe_stays_open(launch: Launch) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as editor:
        client = launch(SERVER)
        client.initialize(processId=editor.pid)
        assert client.request("tiny/text", {"uri": URI}) is None
        editor.kill()
    assert client.exit_code(timeout=5) == 1


def test_client_process_that_cannot_be_seen_is_not_waited_for(launch: Launch) -> None:
    """A client in another container tells the number of a process that does not exist here."""
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    client = launch(SERVER)
    client.initialize(processId=gone.pid)
    time.sleep(1.5)
    assert client.leave() == 0


def test_client_that_reads_no_more(launch: Launch) -> None:
    from_server, to_client = os.pipe()
    client = launch(SERVER, stdout=to_client)
    os.close(to_client)
    assert client.process.stdin is not None
    client.to_server = client.process.stdin
    with os.fdopen(from_server, "rb") as answers:
        client.send({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}}})
        assert read_frame(answers)["id"] == 1
    client.begin("tiny/kept")
    assert client.exit_code() == 1
    assert client.log() == ""


def tcp_port(server: Client) -> int:
    deadline = time.monotonic() + 10
    while not (found := re.search(r"on 127\.0\.0\.1:(\d+)\n", server.log())):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return int(found[1])


def test_tcp(launch: Launch) -> None:
    server = launch(SERVER, "tcp")
    with socket.create_connection(("127.0.0.1", tcp_port(server))) as connection:
        server.attach(connection.makefile("wb"), connection.makefile("rb"))
        server.initialize()
        assert len(server.request("tiny/large", {"size": 3_000_000})) == 3_000_000
        assert server.leave() == 0
    assert server.log().count("\n") == 1


def test_tcp_client_that_just_leaves(launch: Launch) -> None:
    server = launch(SERVER, "tcp")
    with socket.create_connection(("127.0.0.1", tcp_port(server))):
        pass
    assert server.exit_code() == 1
