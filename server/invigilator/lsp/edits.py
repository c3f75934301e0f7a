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
        return workspace_edit([(self, edits)])

    def insertion(self, where: types.Range, new_text: str) -> types.WorkspaceEdit:
        """One edit without a cursor, at a place that is known as the client counts it."""
        edit = types.TextEdit(where, new_text)
        if self.versioned:
            return types.WorkspaceEdit(document_changes=[self._at_version([edit])])
        return types.WorkspaceEdit(changes={self.uri: [edit]})

    def plain(self, edits: Iterable[Edit]) -> list[types.TextEdit]:
        """Edits of whatever version the document has, in the order of the text."""
        return [self._plain(edit) for edit in sorted(edits, key=lambda edit: edit.span)]

    def of_version(self, edits: Iterable[Edit]) -> types.TextDocumentEdit:
        """Edits of this version, in the order of the text."""
        ordered = sorted(edits, key=lambda edit: edit.span)
        return self._at_version([self._snippet(edit) or self._plain(edit) for edit in ordered])

    def _at_version(
        self, edits: list[types.TextEdit | types.AnnotatedTextEdit | types.SnippetTextEdit]
    ) -> types.TextDocumentEdit:
        document = types.OptionalVersionedTextDocumentIdentifier(uri=self.uri, version=self.version)
        return types.TextDocumentEdit(document, edits)

    def _plain(self, edit: Edit) -> types.TextEdit:
        return types.TextEdit(convert.span_range(self.text, edit.span, self.encoding), edit.new_text)

    def _snippet(self, edit: Edit) -> types.SnippetTextEdit | None:
        if edit.cursor is None or not self.snippets:
            return None
        before, behind = edit.new_text[: edit.cursor], edit.new_text[edit.cursor :]
        value = f"{snippet_text(before)}$0{snippet_text(behind)}"
        where = convert.span_range(self.text, edit.span, self.encoding)
        return types.SnippetTextEdit(where, types.StringValue(value=value))


def workspace_edit(
    changed: Iterable[tuple[Target, Iterable[Edit]]], renamed: Iterable[types.RenameFile] = ()
) -> types.WorkspaceEdit:
    """The edits of several documents, each named once, and the files that get another name after them.

    A client that renames files takes versions too, whether or not it says so.
    """
    changed, renamed = list(changed), list(renamed)
    if renamed or any(target.versioned for target, _ in changed):
        return types.WorkspaceEdit(
            document_changes=[*(target.of_version(edits) for target, edits in changed), *renamed]
        )
    return types.WorkspaceEdit(changes={target.uri: target.plain(edits) for target, edits in changed})


def snippet_text(text: str) -> str:
    """Text as a snippet that says just that."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", text)
