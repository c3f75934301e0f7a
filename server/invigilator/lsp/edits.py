"""Fixes as the protocol's edits, in the best form that a client takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from lsprotocol import types

from invigilator.checks.finding import Edit
from invigilator.lsp import convert
from invigilator.text import Encoding, SourceText

_SPECIAL: Final = re.compile(r"[\\$}]")


class Target(NamedTuple):
    """The document that is edited, and what its client takes: edits of a version, and a cursor in them."""

    uri: str
    version: int | None
    text: SourceText
    encoding: Encoding
    versioned: bool = False
    snippets: bool = False

    def workspace_edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """The edits of a fix, in the order of the text."""
        ordered = sorted(edits, key=lambda edit: edit.span)
        if not self.versioned:
            return types.WorkspaceEdit(changes={self.uri: list(map(self._plain, ordered))})
        document = types.OptionalVersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        changes = [self._snippet(edit) or self._plain(edit) for edit in ordered]
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])

    def _plain(self, edit: Edit) -> types.TextEdit:
        return types.TextEdit(convert.span_range(self.text, edit.span, self.encoding), edit.new_text)

    def _snippet(self, edit: Edit) -> types.SnippetTextEdit | None:
        if edit.cursor is None or not self.snippets:
            return None
        before, behind = edit.new_text[: edit.cursor], edit.new_text[edit.cursor :]
        value = f"{_escaped(before)}$0{_escaped(behind)}"
        where = convert.span_range(self.text, edit.span, self.encoding)
        return types.SnippetTextEdit(where, types.StringValue(value=value))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
