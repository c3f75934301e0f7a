"""The program: the command line, with the language server behind its `serve`."""

from __future__ import annotations

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
    from invigilator.lsp.serving import serve  # the other commands do not pay for the protocol

    return serve(address)


if __name__ == "__main__":
    sys.exit(main())
