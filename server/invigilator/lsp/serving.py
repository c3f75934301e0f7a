"""The way into the language server, for the command line and for an editor's bundle, which has no command line."""

from __future__ import annotations

import gc


def serve(address: tuple[str, int] | None = None) -> int:
    """Serve one editor on standard input and output, or the first that connects to `address` (host, port).

    Returns the exit code; raises OSError where the address cannot be used.
    """
    gc.disable()  # 100,000 objects of the protocol are made now, and live on; the server enables it again
    from invigilator.lsp.server import Server
    from invigilator.lsp.transport import serve_stdio, serve_tcp

    server = Server()
    return serve_stdio(server) if address is None else serve_tcp(server, *address)
