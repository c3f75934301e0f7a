"""What a client is told unasked: diagnostics, ``invigilator/status``, and what could not be read."""

from __future__ import annotations

import json
from typing import Final

from lsprotocol import types

from invigilator.analysis import Analysis
from invigilator.lsp import convert
from invigilator.lsp.client import Client
from invigilator.lsp.protocol import BaseServer
from invigilator.lsp.reports import OpenReport
from invigilator.lsp.status import status

_STATUS: Final = "invigilator/status"
_NO_STATUS: Final = ""
_NO_DIAGNOSTICS: Final = "[]"
_MOST_PROBLEMS: Final = 1_000


class Notifications:
    """Of all open reports, each only when it differs from the last one."""

    def __init__(self, server: BaseServer, client: Client) -> None:
        self._server: Final = server
        self._client: Final = client
        self._diagnostics: Final[dict[OpenReport, convert.Diagnostics]] = {}
        self._published: Final[dict[OpenReport, str]] = {}
        self._statuses: Final[dict[OpenReport, str]] = {}
        self._problems: Final[set[str]] = set()

    def tell(self, report: OpenReport) -> None:
        """Publish diagnostics and status, as far as this client wants to be told."""
        client = self._client
        if client.pulls and not client.wants_status:
            return
        analysis = report.analysis()
        if not client.pulls:
            items = self.diagnostics(report, analysis)
            if analysis is not None or self._published.get(report, _NO_DIAGNOSTICS) != _NO_DIAGNOSTICS:
                self._published[report] = items
                self._publish(report, items, report.document.version)
        if client.wants_status:
            content = json.dumps(status(analysis, report.uri))
            kept = content if analysis is not None else _NO_STATUS
            if self._statuses.get(report, _NO_STATUS) != kept:
                self._statuses[report] = kept
                self._server.protocol.publish_raw(_STATUS, content)

    def take_back(self, report: OpenReport) -> None:
        """The document is closed: nothing is said of it any more."""
        self._diagnostics.pop(report, None)
        if self._published.pop(report, _NO_DIAGNOSTICS) != _NO_DIAGNOSTICS:
            self._publish(report, _NO_DIAGNOSTICS, None)
        if self._statuses.pop(report, _NO_STATUS) != _NO_STATUS:
            self._server.protocol.publish_raw(_STATUS, json.dumps(status(None, report.uri)))

    def diagnostics(self, report: OpenReport, analysis: Analysis | None) -> str:
        """The JSON text of a report's diagnostics, for a client that asks for them too."""
        if analysis is None:
            return _NO_DIAGNOSTICS
        for problem in analysis.problems:
            self._log_problem(str(problem))
        kept = self._diagnostics.get(report)
        if kept is None:
            related, described = self._client.shows_related_information, self._client.links_codes
            kept = convert.Diagnostics(report.uri, self._server.protocol.encoding, related=related, described=described)
            self._diagnostics[report] = kept
        return kept.of(analysis)

    def _publish(self, report: OpenReport, items: str, version: int | None) -> None:
        said = "" if version is None else f'"version":{version},'
        params = f'{{"uri":{json.dumps(report.uri)},{said}"diagnostics":{items}}}'
        self._server.protocol.publish_raw(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)

    def _log_problem(self, text: str) -> None:
        """Into the editor's log, once: a pop-up for each keystroke would be worse than the problem."""
        if text not in self._problems and len(self._problems) < _MOST_PROBLEMS:
            self._problems.add(text)
            self._server.window_log_message(types.LogMessageParams(types.MessageType.Warning, text))
