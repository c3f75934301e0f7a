"""The protocol without a process: what is settled at `initialize`, what is sent, what is logged."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from invigilator.lsp.documents import OpenDocument
from invigilator.lsp.protocol import BaseServer


class Server(BaseServer):
    """Notes the hooks that were called."""

    def __init__(self) -> None:
        super().__init__("test", "1")
        self.hooks: list[tuple[str, str]] = []

    def document_opened(self, document: OpenDocument) -> None:
        self.hooks.append(("opened", document.text.text))

    def document_changed(self, document: OpenDocument) -> None:
        self.hooks.append(("changed", document.text.text))

    def document_closed(self, document: OpenDocument) -> None:
        self.hooks.append(("closed", document.text.text))


class Wire:
    """Keeps what was sent."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.raw: list[bytes] = []
        self.client_process: int | None = None
        self.exit_code: int | None = None

    def send(self, body: bytes) -> None:
        self.raw.append(body)
        self.sent.append(json.loads(body))

    def initialized(self, client_process: int | None) -> None:
        self.client_process = client_process

    def ended(self, exit_code: int) -> None:
        self.exit_code = exit_code


@pytest.fixture
def server() -> Server:
    server = Server()
    server.protocol.connection = Wire()
    return server


def wire(server: Server) -> Wire:
    assert isinstance(server.protocol.connection, Wire)
    return server.protocol.connection


def say(server: Server, method: str, params: Any = None, **more: Any) -> None:
    server.protocol.receive(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode())


def ask(server: Server, method: str, params: Any = None) -> Any:
    say(server, method, params, id=1)
    return wire(server).sent[-1]


def initialize(server: Server, capabilities: Any = None, **params: Any) -> Any:
    return ask(server, "initialize", {"processId": 77, "rootUri": None, "capabilities": capabilities or {}, **params})


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        ([], "utf-16"),
        (["utf-16"], "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-7", "utf-32", "utf-8"], "utf-32"),
        (["utf-7"], "utf-16"),
    ],
)
def test_encoding_is_the_first_that_both_know(server: Server, offered: list[str] | None, chosen: str) -> None:
    answer = initialize(server, {"general": {"positionEncodings": offered}} if offered is not None else {})
    assert answer["result"]["capabilities"]["positionEncoding"] == chosen
    assert server.protocol.encoding == chosen
    item = {"uri": "file:///a.md", "version": 1, "text": "😀b"}
    say(server, "textDocument/didOpen", {"textDocument": item})
    end = {"line": 0, "character": {"utf-8": 4, "utf-16": 2, "utf-32": 1}[chosen]}
    change = {"range": {"start": {"line": 0, "character": 0}, "end": end}, "text": "a"}
    say(server, "textDocument/didChange", {"textDocument": item, "contentChanges": [change]})
    assert server.hooks == [("opened", "😀b"), ("changed", "ab")]


@pytest.mark.parametrize(
    ("offered", "wished", "chosen"),
    [
        (None, "utf-8", "utf-8"),
        (None, "utf-7", "utf-16"),
        (None, 8, "utf-16"),
        (["utf-32"], "utf-8", "utf-32"),
    ],
)
def test_a_client_that_offers_no_encoding_can_wish_for_one(
    server: Server, offered: list[str] | None, wished: object, chosen: str
) -> None:
    capabilities = {"general": {"positionEncodings": offered}} if offered is not None else {}
    answer = initialize(server, capabilities, initializationOptions={"positionEncoding": wished})
    assert answer["result"]["capabilities"]["positionEncoding"] == chosen
    assert server.protocol.encoding == chosen


@pytest.mark.parametrize(
    ("params", "folders"),
    [
        ({}, []),
        ({"rootUri": "file:///root"}, ["file:///root"]),
        ({"rootPath": "/root"}, ["file:///root"]),
        ({"rootUri": "file:///root", "workspaceFolders": []}, ["file:///root"]),
        (
            {
                "rootUri": "file:///root",
                "workspaceFolders": [{"uri": "file:///c%3A/one", "name": "1"}, {"uri": "file:///two", "name": "2"}],
            },
            ["file:///c%3A/one", "file:///two"],
        ),
    ],
)
def test_workspace_folders(server: Server, params: Any, folders: list[str]) -> None:
    initialize(server, **params)
    assert server.protocol.folders == folders


def test_workspace_folders_come_and_go(server: Server) -> None:
    initialize(server, workspaceFolders=[{"uri": "file:///C:/one/", "name": "1"}, {"uri": "file:///two", "name": "2"}])
    event = {
        "removed": [{"uri": "file:///c%3A/one"}, 7],
        "added": [{"uri": "file:///three"}, {"uri": "file:///two"}, {}],
    }
    say(server, "workspace/didChangeWorkspaceFolders", {"event": event})
    assert server.protocol.folders == ["file:///three", "file:///two"]
    malformed_ones: list[Any] = [None, [], {"event": None}, {"event": {"added": "file:///x"}}]
    for malformed in malformed_ones:
        say(server, "workspace/didChangeWorkspaceFolders", malformed)
    assert server.protocol.folders == ["file:///three", "file:///two"]


def test_life_of_a_session(server: Server) -> None:
    initialize(server)
    say(server, "initialized")
    assert wire(server).client_process == 77
    document = {"uri": "file:///a.md", "version": 1, "text": "one", "languageId": "markdown"}
    say(server, "textDocument/didOpen", {"textDocument": document})
    say(server, "textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": "two"}]})
    say(server, "textDocument/didClose", {"textDocument": document})
    say(server, "textDocument/didClose", {"textDocument": document})
    assert server.hooks == [("opened", "one"), ("changed", "two"), ("closed", "two")]
    assert ask(server, "shutdown")["result"] is None
    say(server, "textDocument/didOpen", {"textDocument": document})
    assert len(server.hooks) == 3
    say(server, "exit")
    assert wire(server).exit_code == 0


def test_notification_whose_params_are_json_text(server: Server) -> None:
    server.protocol.publish_raw("some/thing", '{"text":"é"}')
    assert wire(server).raw == ['{"jsonrpc":"2.0","method":"some/thing","params":{"text":"é"}}'.encode()]


def test_what_is_sent_can_be_decoded(server: Server) -> None:
    """A file's name can hold bytes that are no UTF-8; Python has them as lone surrogates."""
    server.protocol.notify("some/thing", {"name": "a\udcff", "kind": types.DiagnosticSeverity.Error})
    server.protocol.publish_raw("some/thing", '"a\udcff"')
    assert wire(server).sent[0]["params"] == {"name": "a\udcff", "kind": 1}
    assert wire(server).sent[1]["params"] == "a?"


def test_types_of_the_protocol_are_sent_without_what_is_unset(server: Server) -> None:
    position = types.Position(0, 1)
    diagnostic = types.Diagnostic(types.Range(position, position), "text", severity=types.DiagnosticSeverity.Hint)
    server.text_document_publish_diagnostics(types.PublishDiagnosticsParams("file:///a.md", [diagnostic]))
    place = {"line": 0, "character": 1}
    assert wire(server).sent == [
        {
            "jsonrpc": "2.0",
            "method": "textDocument/publishDiagnostics",
            "params": {
                "uri": "file:///a.md",
                "diagnostics": [{"range": {"start": place, "end": place}, "message": "text", "severity": 4}],
            },
        }
    ]


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ({"result": [{"a": 1}]}, ({"a": 1},)),
        ({"result": None}, None),
        ({"error": {"code": -32601, "message": "no"}}, "no"),
        ({"error": "no"}, "None"),
        ({"result": 7}, "the client's answer is not what the protocol says"),
    ],
)
def test_answers_of_the_client(server: Server, answer: Any, outcome: Any) -> None:
    initialize(server)
    future = server.protocol.send_request("workspace/configuration", types.ConfigurationParams([]))
    sent = wire(server).sent[-1]
    assert sent["method"] == "workspace/configuration"
    server.protocol.receive(json.dumps({"jsonrpc": "2.0", "id": sent["id"], **answer}).encode())
    error = future.exception(timeout=0)
    assert (str(error) if error else future.result()) == outcome
    assert server.protocol._request_futures == {}
    assert server.protocol._result_types == {}
    server.protocol.receive(json.dumps({"jsonrpc": "2.0", "id": sent["id"], **answer}).encode())


def test_refusal_by_a_handler_reaches_the_client(server: Server) -> None:
    initialize(server)
    answer = ask(server, "workspace/executeCommand", {"command": "no.such"})
    assert answer["error"]["code"] == -32602
    assert "no.such" in answer["error"]["message"]


def test_commands_leave_nothing_behind(server: Server) -> None:
    server.command("double")(lambda number: number * 2)
    initialize(server)
    params = {"command": "double", "arguments": [21]}
    assert ask(server, "workspace/executeCommand", params)["result"] == 42
    assert server.protocol._request_futures == {}


def test_log_does_not_grow_without_end(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    initialize(server)
    for number in range(5_000):
        say(server, f"made/up{number}")
    assert 0 < len(caplog.records) <= 200
    caplog.clear()
    server.protocol.log_failure("textDocument/hover", ValueError())
    assert len(caplog.records) == 1, "our own failures are logged all the same"


def test_pygls_does_not_log_messages(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("pygls.protocol.json_rpc").setLevel(logging.NOTSET)
    with caplog.at_level(logging.DEBUG, logger="invigilator"):
        initialize(server)
        item = {"uri": "file:///a.md", "version": 1, "text": "an-answer-of-mine"}
        say(server, "textDocument/didOpen", {"textDocument": item})
        ask(server, "textDocument/hover", {"textDocument": item, "position": "an-answer-of-mine"})
    assert "an-answer-of-mine" not in caplog.text


def test_pyglss_own_reports_open_no_window(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        server._report_server_error(ValueError("boom"), JsonRpcException)
    assert wire(server).sent == []
    assert len(caplog.records) == 1
