"""The protocol's own methods: what is settled at `initialize`, the open documents, the workspace's folders, the end.

The methods override pygls' own. Those for notifications are plain functions: the stock ones are generators that leave
a future behind for each message. Documents live in `Documents`, not in pygls' `Workspace`.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, cast, get_args

from lsprotocol import types
from pygls.capabilities import ServerCapabilitiesBuilder
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter, lsp_method
from pygls.uris import from_fs_path

from invigilator.lsp.documents import Documents, MalformedChangeError, OpenDocument, key_of
from invigilator.lsp.json_rpc import MessageProtocol, mapping
from invigilator.text import Encoding

if TYPE_CHECKING:
    from cattrs import Converter


class BaseServer(LanguageServer):
    """A pygls server on `InvigilatorProtocol`. Subclasses override the three hooks."""

    protocol: InvigilatorProtocol

    def __init__(self, name: str, version: str) -> None:
        super().__init__(
            name,
            version,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=InvigilatorProtocol,
            converter_factory=default_converter,
        )

    def document_opened(self, document: OpenDocument) -> None:
        """Hook: the client opened a document, or opened it again with another text."""

    def document_changed(self, document: OpenDocument) -> None:
        """Hook: one change notification was applied; `document` is the new state."""

    def document_closed(self, document: OpenDocument) -> None:
        """Hook: the client closed a document; this was its last state."""

    def report_server_error(self, error: Exception, source: object) -> None:
        """Logs, once for each kind; pygls would open a message window, at each keystroke if need be."""
        self.protocol.log_failure("pygls", error)


class InvigilatorProtocol(MessageProtocol):
    """The protocol of a `BaseServer`. `encoding` and `folders` are known from `initialize` on.

    Features for `exit` and `shutdown` are not called.
    """

    _server: BaseServer

    def __init__(self, server: BaseServer, converter: Converter) -> None:
        self.documents: Final = Documents()
        self.folders: list[str] = []  # URIs of the workspace's folders, spelled as the client does
        super().__init__(server, converter)
        for method in (
            types.NOTEBOOK_DOCUMENT_DID_OPEN,
            types.NOTEBOOK_DOCUMENT_DID_CHANGE,
            types.NOTEBOOK_DOCUMENT_DID_CLOSE,
        ):
            del self.fm.builtin_features[method]  # not announced, and pygls would keep the notebooks

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        self.documents.encoding = _encoding(params)
        self.folders = [folder.uri for folder in params.workspace_folders or []]
        if not self.folders and params.root_uri:
            self.folders = [params.root_uri]
        elif not self.folders and params.root_path:
            self.folders = [uri] if (uri := from_fs_path(params.root_path)) else []
        result = yield from super().lsp_initialize(params)
        result.capabilities.position_encoding = self.encoding
        self._initialized = True
        return result

    @lsp_method(types.INITIALIZED)
    def lsp_initialized(self, params: object) -> None:
        if self.connection is not None:
            self.connection.initialized(self._server.process_id)

    @lsp_method(types.SHUTDOWN)
    def lsp_shutdown(self, params: object) -> None:  # type: ignore[override]  # a generator there
        for future in list(self._request_futures.values()):
            future.cancel()
        self._shutdown = True

    @lsp_method(types.EXIT)
    def lsp_exit(self, params: object) -> None:  # type: ignore[override]  # a generator there
        if self.connection is not None:
            self.connection.ended(self.exit_code)

    @lsp_method(types.SET_TRACE)
    def lsp_set_trace(self, params: object) -> None:  # type: ignore[override]  # a generator there
        with suppress(ValueError):
            self.trace = types.TraceValue(mapping(params).get("value"))

    @lsp_method(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def lsp_workspace__did_change_workspace_folders(self, params: object) -> None:
        event = mapping(mapping(params).get("event"))
        changed = [_folder_uris(event.get("removed")), _folder_uris(event.get("added"))]
        keys = {_folder_key(uri) for uris in changed for uri in uris}
        self.folders = [uri for uri in self.folders if _folder_key(uri) not in keys] + changed[1]

    @lsp_method(types.WINDOW_WORK_DONE_PROGRESS_CANCEL)
    def lsp_work_done_progress_cancel(self, params: object) -> None:
        token = mapping(params).get("token")
        future = self.progress.tokens.get(token) if isinstance(token, str | int) else None
        if future is not None:
            future.cancel()

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: object) -> None:
        item = mapping(mapping(params).get("textDocument"))
        uri, text, language = item.get("uri"), item.get("text"), item.get("languageId")
        if not isinstance(uri, str) or not isinstance(text, str):
            self.log_once("Ignored: textDocument/didOpen without a uri or text.")
            return
        document = self.documents.open(uri, item.get("version"), text, language if isinstance(language, str) else "")
        self._server.document_opened(document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: object) -> None:
        plain = mapping(params)
        item = mapping(plain.get("textDocument"))
        uri = item.get("uri")
        if not isinstance(uri, str):
            self.log_once("Ignored: textDocument/didChange without a uri.")
            return
        try:
            document = self.documents.change(uri, item.get("version"), plain.get("contentChanges"))
        except MalformedChangeError as error:
            self.log_once(f"Ignored: textDocument/didChange: {error}.")
            return
        if document is None:
            self.log_once(f"Ignored: textDocument/didChange: {uri} is not open.")
        else:
            self._server.document_changed(document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: object) -> None:
        uri = mapping(mapping(params).get("textDocument")).get("uri")
        document = self.documents.close(uri) if isinstance(uri, str) else None
        if document is not None:
            self._server.document_closed(document)

    @property
    def encoding(self) -> Encoding:
        """The unit of the characters in positions, as agreed with the client."""
        return self.documents.encoding


def _encoding(params: types.InitializeParams) -> Encoding:
    """The first encoding the client offers that we know.

    To one that offers none applies `initializationOptions.positionEncoding`: ALE counts bytes, and cannot say so.
    """
    general = params.capabilities.general
    wished = mapping(params.initialization_options).get("positionEncoding")
    if wished in get_args(Encoding) and not (general and general.position_encodings):
        return cast(Encoding, wished)
    chosen = ServerCapabilitiesBuilder.choose_position_encoding(params.capabilities)
    return cast(Encoding, str(getattr(chosen, "value", chosen)))


def _folder_uris(folders: object) -> list[str]:
    listed: Sequence[object] = folders if isinstance(folders, list) else []
    return [uri for folder in listed if isinstance(uri := mapping(folder).get("uri"), str)]


def _folder_key(uri: str) -> str:
    return key_of(uri).rstrip("/")
