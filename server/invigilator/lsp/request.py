"""What a request is answered from: the report it is about, as it is now, and the client that asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from invigilator.analysis import Analysis
from invigilator.lsp.client import Client
from invigilator.lsp.edits import Target
from invigilator.lsp.reports import OpenReport
from invigilator.text import Encoding, SourceText


class Request(NamedTuple):
    """A request about a report; `encoding` is the unit of the characters in its positions.

    `reports` are all open documents, that of the request among them.
    """

    report: OpenReport
    analysis: Analysis
    client: Client
    encoding: Encoding
    reports: Iterable[OpenReport] = ()

    @property
    def text(self) -> SourceText:
        """The whole document."""
        return self.report.document.text

    @property
    def target(self) -> Target:
        """The document as something to edit."""
        return target_of(self.report, self.client, self.encoding)


def target_of(report: OpenReport, client: Client, encoding: Encoding) -> Target:
    """A document as something that `client` edits."""
    return Target(
        report.uri,
        report.document.version,
        report.document.text,
        encoding,
        versioned=client.takes_versioned_edits,
        snippets=client.takes_snippets,
    )
