"""Handlers that answer whatever happens: a failure is logged once, the editor gets nothing, its next request works."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from lsprotocol import types

from invigilator.lsp.refusal import RefusedError

LogFailure = Callable[[str, BaseException], None]
"""Of the name of what failed, and the failure."""


def answering(log_failure: LogFailure, method: str, handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler of one argument; where it fails, its answer is an empty one, to ``…/resolve`` the item as it was."""
    empty: Any = {"kind": "full", "items": []} if method == types.TEXT_DOCUMENT_DIAGNOSTIC else None
    gives_back = method.endswith("/resolve")

    @functools.wraps(handler)
    def answer(*args: Any) -> Any:
        try:
            return handler(*args)
        except RefusedError:  # the editor shows why
            raise
        except Exception as error:
            log_failure(method, error)
            return args[0] if gives_back else empty

    return answer


def command(log_failure: LogFailure, name: str, handler: Callable[..., Any]) -> Callable[..., Any]:
    """A command, which is given its first argument; one that waits for something waits while others are answered."""
    answer = answering(log_failure, name, handler)

    def run(*arguments: Any) -> Any:  # pygls would refuse another number of them than the function has
        return answer(arguments[0] if arguments else None)

    async def run_slowly(*arguments: Any) -> Any:
        try:
            return await run(*arguments)
        except Exception as error:
            log_failure(name, error)
            return None

    chosen = run_slowly if inspect.iscoroutinefunction(handler) else run
    chosen.__annotations__ = {}  # pygls looks whether the first is a class: before 3.11, Any is none
    return chosen
