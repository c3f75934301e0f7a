"""Messages: bytes in, handlers called, answers out; and what a failure says.

Keeps pygls' tables of features, its conversion to lsprotocol's types and its way of running coroutines. A failure is
logged once for each kind, without a word of the report, and answered in one line: no traceback or path goes to the
client and nothing pops up in the editor.
"""

from __future__ import annotations

import json
import logging
import traceback
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol

from invigilator.lsp.documents import nearest_position

if TYPE_CHECKING:
    from cattrs import Converter
    from pygls.lsp.server import LanguageServer

logger = logging.getLogger("invigilator.lsp")

PARSE_ERROR: Final = -32700
INVALID_REQUEST: Final = -32600
METHOD_NOT_FOUND: Final = -32601
INVALID_PARAMS: Final = -32602
INTERNAL_ERROR: Final = -32603
NOT_INITIALIZED: Final = -32002
REQUEST_CANCELLED: Final = -32800

# A client that makes up kinds of error without end must not fill memory or the log.
_KINDS_LOGGED_AT_MOST: Final = 200

MessageId = str | int


compact: Final = json.JSONEncoder(separators=(",", ":")).encode
"""JSON text without a space too many."""


class JsonText(str):
    """A result that is JSON text already: what is kept of an answer need not be written anew for the next one."""

    __slots__ = ()


PlainHandler = Callable[[Any], None]


class Connection(Protocol):
    """What carries the messages; see `invigilator.lsp.transport`."""

    def send(self, body: bytes) -> None:
        """Sends one message; silently nothing when the client is gone. Called from any thread."""

    def initialized(self, client_process: int | None) -> None:
        """The first exchange is over; `client_process` is the client's process, where it named one."""

    def ended(self, exit_code: int) -> None:
        """The client asked for the end of the process."""


class MessageProtocol(LanguageServerProtocol):
    """Takes in and sends messages over a `Connection`.

    Requests before `initialize` or after `shutdown` are refused, notifications ignored. What lsprotocol has no type
    for comes as plain JSON, and so do the params of the notifications that are handled by methods of this class and
    its subclasses (`lsp_method`): structuring a keystroke would cost more than applying it.
    """

    def __init__(self, server: LanguageServer, converter: Converter) -> None:
        logging.getLogger("pygls").setLevel(logging.WARNING)  # at INFO it logs every message in full
        self.connection: Connection | None = None
        self._initialized = False
        self._logged: set[str] = set()
        super().__init__(server, converter)

    @property
    def exit_code(self) -> int:
        """What the process ends with: 0 after `shutdown`, else 1 (LSP 3.17, "Exit Notification")."""
        return 0 if self._shutdown else 1

    # -- in ------------------------------------------------------------------------------------------------------

    def receive(self, body: bytes) -> None:
        """Takes in one message. Raises nothing: what cannot be read is logged, and answered where it is a request."""
        try:
            message = json.loads(body)
        except (ValueError, RecursionError):
            self._reject(None, PARSE_ERROR, "a message is not JSON")
            return
        try:
            self._dispatch(message)
        except Exception as error:
            self.log_failure(_method_of(message), error)

    def _dispatch(self, message: object) -> None:
        if not isinstance(message, dict):
            self._reject(None, INVALID_REQUEST, "a message is not a JSON object")
            return
        method = message.get("method")
        msg_id = message.get("id")
        if isinstance(method, str) and "id" not in message:
            self._receive_notification(method, message)
        elif not isinstance(msg_id, str | int):
            self._reject(None, INVALID_REQUEST, "a message has no usable method or id")
        elif isinstance(method, str):
            self._receive_request(msg_id, method, message)
        elif "result" in message or "error" in message:
            self._receive_response(msg_id, message)
        else:
            self._reject(msg_id, INVALID_REQUEST, "a message has neither a method nor a result")

    def _receive_notification(self, method: str, message: dict[str, Any]) -> None:
        if method == types.EXIT:
            self.lsp_exit(None)
            return
        if not self._initialized or self._shutdown:
            return
        if method == types.CANCEL_REQUEST:
            self._cancel(message.get("params"))
            return
        builtin = cast("PlainHandler | None", self.fm.builtin_features.get(method))
        if builtin is not None:
            builtin(message.get("params"))
        feature = self.fm.features.get(method)
        if feature is not None:
            try:
                params = self._structured(method, message)
            except Exception:
                self.log_once(f"Ignored: {method}: the params are not what the protocol says.")
                return
            self._execute_handler(str(uuid.uuid4()), feature, partial(self._noted, method), (params,))
        elif builtin is None and not method.startswith("$/"):
            self.log_once(f"Ignored: {method}: not known here.")

    def _receive_request(self, msg_id: MessageId, method: str, message: dict[str, Any]) -> None:
        handler = self.fm.builtin_features.get(method) or self.fm.features.get(method)
        if self._shutdown:
            self._refuse(msg_id, INVALID_REQUEST, f"{method}: the server is shutting down")
        elif not self._initialized and method != types.INITIALIZE:
            self._refuse(msg_id, NOT_INITIALIZED, f"{method}: the server is not initialized")
        elif self._initialized and method == types.INITIALIZE:
            self._reject(msg_id, INVALID_REQUEST, "initialize: the server is initialized already")
        elif handler is None:
            self._reject(msg_id, METHOD_NOT_FOUND, f"{method}: not known here")
        else:
            try:
                params = self._structured(method, message)
            except Exception:
                self._reject(msg_id, INVALID_PARAMS, f"{method}: the params are not what the protocol says")
                return
            self._execute_handler(msg_id, handler, partial(self._answer, msg_id, method), (params,))

    def _receive_response(self, msg_id: MessageId, message: dict[str, Any]) -> None:
        future = self._request_futures.pop(msg_id, None)
        result_type = self._result_types.pop(msg_id, None)
        if future is None or future.done():
            return
        error = message.get("error")
        if error is not None:
            text = error.get("message") if isinstance(error, dict) else None
            code = error.get("code") if isinstance(error, dict) else None
            future.set_exception(JsonRpcException(str(text), code if isinstance(code, int) else INTERNAL_ERROR))
            return
        try:
            result = message.get("result")
            if result is not None and result_type is not None:
                result = self._converter.structure(message, result_type).result
        except Exception:
            future.set_exception(JsonRpcException("the client's answer is not what the protocol says", INVALID_PARAMS))
        else:
            future.set_result(result)

    def _structured(self, method: str, message: dict[str, Any]) -> Any:
        """The params as lsprotocol's type; plain JSON for a method that lsprotocol does not know."""
        message_type = self.get_message_type(method)
        if message_type is None:
            return message.get("params")
        if method == types.INITIALIZED:
            message["params"] = {}
        elif method == types.INITIALIZE:
            _drop_unknown_trace(message.get("params"))
        _clamp_positions(message.get("params"))
        return getattr(self._converter.structure(message, message_type), "params", None)

    def _execute_handler(
        self,
        msg_id: MessageId,
        handler: Callable[..., Any],
        callback: Callable[[Future[Any]], None],
        args: tuple[Any, ...] | None = None,
        kwargs: dict[str, Any] | None = None,
    ) -> None:
        def done(future: Future[Any]) -> None:
            self._request_futures.pop(msg_id, None)  # pygls forgets only those of requests
            callback(future)

        super()._execute_handler(msg_id, handler, done, args, kwargs)

    def _cancel(self, params: object) -> None:
        msg_id = params.get("id") if isinstance(params, dict) else None
        future = self._request_futures.get(msg_id) if isinstance(msg_id, str | int) else None
        if future is not None:
            future.cancel()  # its callback answers; one that is answered already is not worth a word

    # -- out -----------------------------------------------------------------------------------------------------

    def publish_raw(self, method: str, params_json: str) -> None:
        """Sends a notification whose params are JSON text already."""
        self._send_text(f'{{"jsonrpc":"2.0","method":"{method}","params":{params_json}}}')

    def notify(self, method: str, params: Any | None = None) -> None:
        """Sends a notification; `params` is of lsprotocol's types, plain JSON, or a mixture."""
        self._send_data({"jsonrpc": "2.0", "method": method} | ({} if params is None else {"params": params}))

    def _send_data(self, data: Any) -> None:
        # ASCII only: a lone surrogate in a file's name must not make a message that no client can decode
        self._send_text(json.dumps(data, default=self._serialize_message, separators=(",", ":")))

    def _send_text(self, text: str) -> None:
        if self.connection is not None:
            self.connection.send(text.encode("utf-8", "replace"))

    def _answer(self, msg_id: MessageId, method: str, future: Future[Any]) -> None:
        if future.cancelled():
            self._refuse(msg_id, REQUEST_CANCELLED, f"{method}: cancelled")
            return
        error = future.exception()
        if error is None:
            try:
                result = future.result()
                if isinstance(result, JsonText):
                    self._send_text(f'{{"jsonrpc":"2.0","id":{json.dumps(msg_id)},"result":{result}}}')
                else:
                    self._send_data({"jsonrpc": "2.0", "id": msg_id, "result": result})
                return
            except Exception as unserialisable:
                error = unserialisable
        if isinstance(error, JsonRpcException):  # a handler's own refusal
            self._refuse(msg_id, error.code, error.message)
            return
        self.log_failure(method, error)
        self._refuse(msg_id, INTERNAL_ERROR, f"{method}: internal error ({type(error).__name__})")

    def _noted(self, method: str, future: Future[Any]) -> None:
        error = None if future.cancelled() else future.exception()
        if error is not None:
            self.log_failure(method, error)

    def _refuse(self, msg_id: MessageId | None, code: int, message: str) -> None:
        self._send_data({"jsonrpc": "2.0", "id": msg_id, "error": {"code": code, "message": message}})

    def _reject(self, msg_id: MessageId | None, code: int, message: str) -> None:
        """Refuses what should not have been sent, and logs it."""
        self.log_once(f"Refused: {message}.")
        self._refuse(msg_id, code, message)

    # -- the log -------------------------------------------------------------------------------------------------

    def log_once(self, text: str) -> None:
        """Logs a line that was not logged before; `text` must not quote a document."""
        if len(self._logged) < _KINDS_LOGGED_AT_MOST and self._is_new(text):
            logger.warning("%s", text)

    def log_failure(self, method: str, error: BaseException) -> None:
        """Logs a failure in our code with its traceback: once for each method and type of exception.

        The exception's own message stays out: it may quote the report.
        """
        kind = type(error).__name__
        if self._is_new(f"{method} {kind}"):
            frames = "".join(traceback.format_tb(error.__traceback__))
            logger.error("%s failed with %s; the next such failure is not logged.\n%s", method, kind, frames.rstrip())

    def _is_new(self, kind: str) -> bool:
        if kind in self._logged:
            return False
        self._logged.add(kind)
        return True


_TRACES: Final = [trace.value for trace in types.TraceValue]
_NOTHING: Final[Mapping[str, Any]] = {}


def mapping(value: object) -> Mapping[str, Any]:
    """A JSON object; an empty one in place of anything else."""
    return value if isinstance(value, dict) else _NOTHING


def _method_of(message: object) -> str:
    return str(mapping(message).get("method", "a response"))


def _drop_unknown_trace(params: object) -> None:
    """Some clients say "compact", which is not in the protocol: no reason to refuse the whole session."""
    if isinstance(params, dict) and params.get("trace") not in _TRACES:
        params.pop("trace", None)


def _clamp_positions(value: object) -> None:
    """Brings every position into the protocol's range, in place.

    Clients ask for "the whole document" with numbers that lsprotocol refuses (-1, Number.MAX_VALUE).
    """
    if isinstance(value, dict):
        if "line" in value and "character" in value:
            value["line"], value["character"] = nearest_position(value)
        else:
            for inner in value.values():
                _clamp_positions(inner)
    elif isinstance(value, list):
        for inner in value:
            _clamp_positions(inner)
