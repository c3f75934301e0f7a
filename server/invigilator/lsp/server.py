"""The language server: what happens when, and which feature answers what."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from lsprotocol import types

from invigilator import __version__
from invigilator.analysis import Analysis
from invigilator.lsp import convert, will_rename_files
from invigilator.lsp.answering import answering, command
from invigilator.lsp.client import Client
from invigilator.lsp.copy_figure import COPY_FIGURE, NotCopiedError, copy_figures
from invigilator.lsp.documents import OpenDocument
from invigilator.lsp.edits import Target
from invigilator.lsp.features import FEATURES, RESOLVES, Feature, Resolve
from invigilator.lsp.inlay_hint import Shown
from invigilator.lsp.insert_figure import INSERT_FIGURE, insert_figure
from invigilator.lsp.json_rpc import mapping
from invigilator.lsp.notifications import Notifications
from invigilator.lsp.protocol import BaseServer
from invigilator.lsp.quick_fix import edits_of, fixes_at
from invigilator.lsp.ready import READY, ready
from invigilator.lsp.reports import OpenReport, OpenReports
from invigilator.lsp.request import Request, target_of
from invigilator.summary import report_json
from invigilator.surroundings.disk import DiskSurroundings

_SECONDS_BETWEEN_LOOKS: Final = 1.0
_SECONDS_BETWEEN_LOOKS_WHERE_WATCHED: Final = 5.0
_CHECK: Final = "invigilator.check"
_WATCHED: Final = ("**/*.{png,jpg,jpeg,PNG,JPG,JPEG}", "**/report.py", "**/invigilator.toml", "**/pyproject.toml")


class Server(BaseServer):
    """One client's reports. All state changes on the event loop, in the order in which messages arrive."""

    seconds_a_look_holds = 0.05
    """Editors ask for several things at once, all of which one look at the disk serves."""

    def __init__(self) -> None:
        super().__init__("invigilator", __version__)
        self.client = Client()
        self._notifications = Notifications(self, self.client)
        self.reports: Final = OpenReports(self._git_answered)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._changed: set[OpenReport] = set()
        self._polls = False
        self._add_feature(types.INITIALIZE, self._initialize)
        self._add_feature(types.INITIALIZED, self._initialized)

    # -- documents ----------------------------------------------------------------------------------------------------

    def document_opened(self, document: OpenDocument) -> None:
        """A document was opened: ask for its settings, analyse it."""
        self._loop = asyncio.get_running_loop()
        self.document_closed(document)  # where a client opens it twice, perhaps in another spelling
        report = self.reports.open(document, self.protocol.folders)
        if report is not None:
            report.settings = self.client.settings
            self._ask_for_settings(report)
            self._report_changed(report)

    def document_changed(self, document: OpenDocument) -> None:
        """A document was changed: analyse it once the messages that have arrived already are read."""
        report = self.reports.get(document.uri)
        if report is not None:
            report.document = document
            if report.expects_files:
                report.expects_files = False
                self._refresh(report)
            self._report_changed(report)

    def document_closed(self, document: OpenDocument) -> None:
        """A document was closed: take back what was said of it."""
        report = self.reports.close(document.uri)
        if report is None:
            return
        self._changed.discard(report)
        self._notifications.take_back(report)

    def _report_changed(self, report: OpenReport) -> None:
        """Newest wins without a timer: the analysis is scheduled behind what has arrived already."""
        if not self._changed:
            asyncio.get_running_loop().call_soon(self._analyse_changed)
        self._changed.add(report)

    def _analyse_changed(self) -> None:
        changed, self._changed = self._changed, set()
        for report in changed:
            try:
                self._notifications.tell(report)
                self._refresh_hints(report)
            except Exception as error:  # the next keystroke must find a working server
                self.protocol.log_failure("the analysis", error)

    def _refresh_hints(self, report: OpenReport) -> None:
        """Have the client ask for a report's hints where they say something else of the same text.

        After an edit it asks by itself.
        """
        shown, text = report.hints_shown, report.document.text
        if shown is not None and shown.text is text:
            now = Shown(text, report.analysis())
            if now.labels != shown.labels:
                report.hints_shown = now
                self.protocol.send_request(types.WORKSPACE_INLAY_HINT_REFRESH)

    # -- the world ----------------------------------------------------------------------------------------------------

    def look_at_disk(self) -> None:
        """See what has changed beside the reports, and say it."""
        self._again([report for report in self.reports if self._refresh(report)])

    def _git_answered(self, report: OpenReport) -> None:
        """Called in git's thread: the answer is looked at where everything else happens."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the server has ended
                self._loop.call_soon_threadsafe(self._take_answer, report)

    def _take_answer(self, report: OpenReport) -> None:
        if self.reports.get(report.uri) is report and self._refresh(report):
            self._again([report])

    def _refresh(self, report: OpenReport) -> bool:
        """Whether something has changed beside a report; a disk that fails is no reason to be silent on the text."""
        try:
            return report.refresh()
        except Exception as error:
            self.protocol.log_failure("looking at the disk", error)
            return False

    def _looked_at(self, uri: str) -> tuple[OpenReport | None, Analysis | None]:
        """The document at `uri`, analysed with the disk as it is now; without analysis where it is no report."""
        report = self.reports.get(uri)
        analysis = None if report is None else report.analysis()
        if report is not None and analysis is not None and self._is_due(report) and self._refresh(report):
            self._again([report])
            analysis = report.analysis()
        return report, analysis

    def _is_due(self, report: OpenReport) -> bool:
        """Whether it is long enough ago that somebody looked beside a report."""
        return report.seconds_since_refresh >= self.seconds_a_look_holds

    def _again(self, reports: list[OpenReport]) -> None:
        for report in reports:
            self._report_changed(report)
        if reports and self.client.pulls and self.client.refreshes_diagnostics:
            self.protocol.send_request(types.WORKSPACE_DIAGNOSTIC_REFRESH)

    def _poll_disk(self) -> None:
        """One `stat` for every file that matters, each second.

        Less often where the editor watches files: it does not outside its folders, nor for a folder that is deleted.
        """
        self.look_at_disk()
        watched = self.client.registers_watched_files
        seconds = _SECONDS_BETWEEN_LOOKS_WHERE_WATCHED if watched else _SECONDS_BETWEEN_LOOKS
        asyncio.get_running_loop().call_later(seconds, self._poll_disk)

    def _ask_for_settings(self, report: OpenReport) -> None:
        if not self.client.answers_configuration:
            return
        item = types.ConfigurationItem(scope_uri=report.uri, section=convert.SOURCE)

        def answered(future: Any) -> None:
            error = future.exception()
            result = None if error is not None else future.result()
            if error is not None or not isinstance(result, list | tuple) or not result:
                return
            settings = self.client.ours(result[0]) if isinstance(result[0], Mapping) else self.client.settings
            if settings != report.settings and self.reports.get(report.uri) is report:
                report.settings = settings
                self._again([report])

        request = self.protocol.send_request(types.WORKSPACE_CONFIGURATION, types.ConfigurationParams([item]))
        request.add_done_callback(answered)

    # -- requests and notifications ----------------------------------------------------------------------------------

    def _initialize(self, params: types.InitializeParams) -> None:
        self.client = Client.of(params)
        self._notifications = Notifications(self, self.client)
        add = self._add_feature
        for feature in FEATURES:
            if feature.is_offered(self.client):
                options = None if feature.options is None else feature.options(self.client)
                add(feature.method, functools.partial(self._answer, feature), options)
        for resolve in RESOLVES:
            if resolve.is_offered(self.client):
                add(resolve.method, functools.partial(self._resolve, resolve))
        if self.client.pulls:
            diagnostic = types.DiagnosticOptions(
                inter_file_dependencies=False, workspace_diagnostics=False, identifier=convert.SOURCE
            )
            add(types.TEXT_DOCUMENT_DIAGNOSTIC, self._diagnostic, diagnostic)
        add(INSERT_FIGURE, self._insert_figure)
        self._add_command(_CHECK, self._check)
        self._add_command(READY, self._ready)
        if self.client.applies_edits:
            self._add_command(COPY_FIGURE, self._copy_figure)
        add(types.TEXT_DOCUMENT_DID_SAVE, self._did_save)
        add(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._did_change_watched_files)
        add(types.WORKSPACE_WILL_RENAME_FILES, self._will_rename_files, will_rename_files.OPTIONS)
        add(types.WORKSPACE_DID_RENAME_FILES, self._did_rename_files, will_rename_files.OPTIONS)
        add(types.WORKSPACE_DID_CHANGE_CONFIGURATION, self._did_change_configuration)
        add(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS, self._did_change_workspace_folders)

    def _add_feature(self, method: str, handler: Callable[[Any], Any], options: object | None = None) -> None:
        self.feature(method, options)(answering(self.protocol.log_failure, method, handler))

    def _add_command(self, name: str, handler: Callable[[Any], Any]) -> None:
        self.command(name)(command(self.protocol.log_failure, name, handler))

    def _initialized(self, params: types.InitializedParams) -> None:
        registrations = []
        if self.client.registers_watched_files:
            watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
            registrations.append(types.Registration("watched-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
        if self.client.registers_configuration:
            section = types.DidChangeConfigurationRegistrationOptions(section=convert.SOURCE)
            registrations.append(types.Registration("configuration", types.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
        if registrations:
            self.protocol.send_request(types.CLIENT_REGISTER_CAPABILITY, types.RegistrationParams(registrations))
        if not self._polls:
            self._polls = True
            self._poll_disk()

    def _answer(self, feature: Feature, params: Any) -> Any:
        """The result of a request about a document; for one that is no report, the feature's own nothing."""
        uri = params.text_document.uri
        if feature.looks_at_disk:
            report, analysis = self._looked_at(uri)
        else:
            report = self.reports.get(uri)
            analysis = None if report is None else report.analysis()
        if report is None or analysis is None:
            return feature.nothing
        return feature.answer(Request(report, analysis, self.client, self.protocol.encoding, self.reports), params)

    def _resolve(self, resolve: Resolve, item: Any) -> Any:
        """An item of an earlier answer with the rest of it; as it is where its report is none any more."""
        report = self.reports.get(resolve.uri_of(item))
        analysis = None if report is None else report.analysis()
        if report is None or analysis is None:
            return item
        return resolve.answer(Request(report, analysis, self.client, self.protocol.encoding, self.reports), item)

    def _insert_figure(self, params: Any) -> Mapping[str, Any] | None:
        asked = mapping(params)
        report, analysis = self._looked_at(str(mapping(asked.get("textDocument")).get("uri")))
        if report is None or analysis is None:
            return None
        report.expects_files = True
        return insert_figure(analysis, self._target(report), asked, report.uri_of)

    def _copy_figure(self, data: object) -> None:
        asked = mapping(data)
        report = self.reports.get(str(asked.get("uri")))
        analysis = None if report is None else report.analysis()
        if report is None or analysis is None or not isinstance(report.surroundings, DiskSurroundings):
            return
        fixes = fixes_at(analysis, asked) if asked.get("version") == report.document.version else []
        try:
            if not fixes:
                raise NotCopiedError("The report has changed meanwhile. Ask for the quick fix again.")
            copy_figures(fixes, report.surroundings.copy)
        except NotCopiedError as error:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, str(error)))
            return
        edit = self._target(report).workspace_edit(edits_of(fixes))
        self.protocol.send_request(
            types.WORKSPACE_APPLY_EDIT, types.ApplyWorkspaceEditParams(edit, "Copy into the figures folder")
        )
        if self._refresh(report):
            self._again([report])

    def _check(self, uri: object) -> Mapping[str, Any] | None:
        report = self.reports.get(str(uri))
        analysis = None if report is None else report.analysis()
        if report is None or analysis is None:
            return None
        return report_json(analysis, report.surroundings.report or report.uri)

    async def _ready(self, uri: object) -> Mapping[str, Any] | None:
        report, analysis = self._looked_at(str(uri))
        if report is None or analysis is None:
            return None
        return await ready(analysis, report.surroundings.report or report.uri)

    def _target(self, report: OpenReport) -> Target:
        return target_of(report, self.client, self.protocol.encoding)

    def _diagnostic(self, params: types.DocumentDiagnosticParams) -> Mapping[str, Any]:
        """A full or an unchanged report, also for a document that is none: the protocol has no other answer.

        A client that cannot be told later (Neovim 0.11) is told of the disk as it is now.
        """
        report = self.reports.get(params.text_document.uri)
        if report is not None and not self.client.refreshes_diagnostics:
            self._refresh(report)
        items = "[]" if report is None else self._notifications.diagnostics(report, report.analysis())
        result_id = f"{hash(items) & 0xFFFFFFFFFFFF:x}"
        if params.previous_result_id == result_id:
            return {"kind": "unchanged", "resultId": result_id}
        return {"kind": "full", "resultId": result_id, "items": json.loads(items)}

    def _did_save(self, params: types.DidSaveTextDocumentParams) -> None:
        self.look_at_disk()

    def _did_change_watched_files(self, params: types.DidChangeWatchedFilesParams) -> None:
        self.look_at_disk()

    def _will_rename_files(self, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        folders, encoding = self.protocol.folders, self.protocol.encoding
        self._again([report for report in self.reports if self._is_due(report) and self._refresh(report)])
        return will_rename_files.will_rename_files(params.files, self.reports, folders, self.client, encoding)

    def _did_rename_files(self, params: types.RenameFilesParams) -> None:
        self.look_at_disk()

    def _did_change_configuration(self, params: types.DidChangeConfigurationParams) -> None:
        given = params.settings
        if isinstance(given, Mapping) and isinstance(given.get(convert.SOURCE), Mapping):
            self.client.settings = self.client.ours(given[convert.SOURCE])
            if not self.client.answers_configuration:
                for report in self.reports:
                    report.settings = self.client.settings
                self._again(list(self.reports))
        for report in self.reports:
            self._ask_for_settings(report)

    def _did_change_workspace_folders(self, params: types.DidChangeWorkspaceFoldersParams) -> None:
        for report in self.reports:
            report.move(self.protocol.folders)
        self._again(list(self.reports))
