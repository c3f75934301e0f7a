"""The program: the command line, with the language server behind its `serve`."""

from __future__ import annotations

import gc
import sys

from invigilator.cli.serve import Address


def main() -> int:
    """Run the command in `sys.argv`; returns the exit code."""
    try:
        from invigilator.cli.app import run

        return run(_serve)
    except KeyboardInterrupt:
        return 130


def _serve(address: Address | None) -> int:
    gc.disable()  # 100,000 objects of the protocol are made now, and live on; the server enables it again
    from invigilator.lsp.server import Server
    from invigilator.lsp.transport import serve_stdio, serve_tcp

    server = Server()
    return serve_stdio(server) if address is None else serve_tcp(server, address.host, address.port)


if __name__ == "__main__":
    sys.exit(main())
