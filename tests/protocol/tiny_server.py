"""The smallest server on our transport and protocol: it publishes nothing for each document, and misbehaves on request.

Run as `tiny_server.py` (stdio) or `tiny_server.py tcp` (a free port of this machine).
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
import time
from typing import Any

from lsprotocol import types

from invigilator.lsp.documents import OpenDocument
from invigilator.lsp.protocol import BaseServer
from invigilator.lsp.transport import serve_stdio, serve_tcp


class TinyServer(BaseServer):
    def document_opened(self, document: OpenDocument) -> None:
        self.document_changed(document)

    def document_changed(self, document: OpenDocument) -> None:
        if "raise!" in document.text.text:
            raise LookupError(document.text.text)
        version = json.dumps(document.version)
        params = f'{{"uri":{json.dumps(document.uri)},"version":{version},"diagnostics":[]}}'
        self.protocol.publish_raw("textDocument/publishDiagnostics", params)

    def document_closed(self, document: OpenDocument) -> None:
        self.protocol.notify("tiny/closed", {"uri": document.uri})


server = TinyServer("tiny", "1")


@server.feature("tiny/text")
def text_of(params: dict[str, Any]) -> str | None:
    document = server.protocol.documents.get(params["uri"])
    return document.text.text if document else None


@server.feature("tiny/print")
def print_everywhere(params: None) -> None:
    print("stray from print", flush=True)
    os.write(1, b"stray from the descriptor\n")
    child = "import sys; print('stray from a child, which read', repr(sys.stdin.read()), flush=True)"
    subprocess.run([sys.executable, "-c", child], check=True)


@server.feature("tiny/large")
def large(params: dict[str, Any]) -> str:
    return "x" * int(params["size"])


@server.feature("tiny/kept")
def kept(params: None) -> dict[str, int]:
    """What the process holds: futures of messages, threads, and blocks of memory."""
    return {
        "futures": len(server.protocol._request_futures),
        "threads": threading.active_count(),
        "blocks": sys.getallocatedblocks(),
    }


@server.feature("tiny/stuck")
@server.thread()
def stuck(params: None) -> None:
    time.sleep(60)


@server.feature("tiny/forever")
async def forever(params: None) -> None:
    await asyncio.Event().wait()


@server.feature("tiny/unserialisable")
def unserialisable(params: None) -> object:
    return {1, 2}


@server.feature(types.TEXT_DOCUMENT_HOVER)
def hover(params: types.HoverParams) -> types.Hover:
    position = params.position
    if position.line == 13:
        raise ValueError("a word of the report")
    return types.Hover(f"{position.line}:{position.character}")


@server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
async def settings_changed(params: types.DidChangeConfigurationParams) -> None:
    await asyncio.sleep(0)


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
    pass


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
def saved(params: types.DidSaveTextDocumentParams) -> None:
    pass


if __name__ == "__main__":
    sys.exit(serve_tcp(server, "127.0.0.1", 0) if sys.argv[1:] == ["tcp"] else serve_stdio(server))
