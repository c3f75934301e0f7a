"""A request that is refused: the editor shows the message to whoever asked."""

from __future__ import annotations

from lsprotocol import types
from pygls.exceptions import JsonRpcException


class RefusedError(JsonRpcException):
    """Why something is not done, in words for a person."""

    CODE = types.LSPErrorCodes.RequestFailed.value
