"""``textDocument/codeAction``: put a figure into an answer.

Everything is computed from the text and the asked range; the client's diagnostics are only attached for show.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import quote

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.lsp import convert
from invigilator.summary import figure_files, paths_in_prompts, used_figures
from invigilator.text import Encoding, SourceText, Span

MOST_FIGURES: Final = 9
_ASKING: Final = ("figure.too-few", "answer.missing")
_REFACTOR_INSERT: Final = "refactor.insert"

_UNSAFE: Final = re.compile(r"[\s()<>%#?\\\"'|*_\[\]^`{}\x00-\x1f]")


class Insertion(NamedTuple):
    """Where a figure goes: what of the section it replaces, and the line breaks around it."""

    span: Span
    before: str
    after: str

    def of(self, path: str) -> str:
        """The text that puts in the figure at `path`."""
        return f"{self.before}{markdown_image(path)}{self.after}"


def code_actions(
    analysis: Analysis,
    text: SourceText,
    params: types.CodeActionParams,
    encoding: Encoding,
    *,
    version: int | None,
    versioned: bool,
    picker: bool,
) -> list[types.CodeAction]:
    """The actions for the asked range.

    `versioned`: whether the client takes edits of a version; `picker`: whether it can let the user choose a figure.
    """
    offset = convert.offset(text, params.range.start, encoding)
    state = analysis.question_at(offset)
    if state is None or state.question.marker is None:
        return []
    local = offset - analysis.outline.starts[state.section]
    source = analysis.outline.sections[state.section].source
    if local < source.line_starts[source.line_of(state.question.marker.start)]:
        return []
    asked_for = _asks_for_figure(analysis, state, local)
    kind = _kind(asked_for, params.context.only)
    if kind is None:
        return []
    uri = params.text_document.uri
    insertion = find_insertion(analysis, state, local)
    place = convert.span_range(text, analysis.span_in_text(state.section, insertion.span), encoding)
    shown = [d for d in params.context.diagnostics if d.code in _ASKING] if asked_for else []
    actions = [
        types.CodeAction(
            title=f"Insert figure {path}",
            kind=kind,
            diagnostics=shown or None,
            edit=_workspace_edit(uri, version if versioned else None, types.TextEdit(place, insertion.of(path))),
        )
        for path in offered_figures(analysis)[:MOST_FIGURES]
    ]
    if picker:
        command = types.Command("Insert figure…", "invigilator.insertFigure", arguments=[uri])
        actions.append(types.CodeAction(title="Insert figure…", kind=kind, command=command))
    return actions


def offered_figures(analysis: Analysis) -> list[str]:
    """The paths of the figures folder's files: unused ones first, those that only prompts link to last."""
    used, of_prompts = used_figures(analysis), paths_in_prompts(analysis)

    def rank(path: str) -> int:
        return 1 if path in used else 2 if path in of_prompts else 0

    return sorted((fact.path for fact in figure_files(analysis)), key=lambda path: (rank(path), path))


def find_insertion(analysis: Analysis, state: QuestionState, local: int) -> Insertion:
    """Where a figure goes for a cursor at `local` (an offset in the question's section).

    On an empty line: there. On the placeholder: in its place. In a text: below its line, as a paragraph of its own. On
    the marker: in place of an untouched placeholder, else below the answer.
    """
    section, question = analysis.outline.sections[state.section], state.question
    source = section.source
    marker_line = source.line_of(question.marker.start) if question.marker else 0
    line = source.line_of(local)
    if line <= marker_line:
        if not question.answered and question.placeholders:
            line = source.line_of(question.placeholders[0].start)
        else:
            read = section.text[question.counted.start : question.counted.end].rstrip()
            line = max(marker_line, source.line_of(question.counted.start + len(read)))
    if question.markdown is not None:  # not into a code block
        for fence in question.markdown.fences:
            if source.line_of(fence.span.start) <= line <= source.line_of(fence.span.end):
                line = source.line_of(fence.span.end)
    span = source.line_span(line)
    content = section.text[span.start : span.end]
    for placeholder in question.placeholders:
        if span.start <= placeholder.start <= placeholder.end <= span.end and not question.answered:
            return Insertion(placeholder, "", "")
    newline = "\r\n" if "\r\n" in section.text else "\n"
    following = source.line_span(line + 1) if line + 1 < source.line_count else None
    is_free = following is None or not section.text[following.start : following.end].strip()
    if not content.strip():
        previous = source.line_span(line - 1) if line else span
        stands_free = not section.text[previous.start : previous.end].strip()
        return Insertion(span, "" if stands_free else newline, "" if is_free else newline)
    return Insertion(Span(span.end, span.end), newline * 2, "" if is_free else newline)


def markdown_image(path: str) -> str:
    """The image at `path`, so that it renders: what Markdown would trip over is percent-encoded."""
    name = posixpath.splitext(posixpath.basename(path))[0]
    label = re.sub(r"[\s_\[\]\\-]+", " ", name).strip()
    return f"![{label}]({_UNSAFE.sub(lambda match: quote(match[0], safe=''), path)})"


def _asks_for_figure(analysis: Analysis, state: QuestionState, local: int) -> bool:
    """Whether a finding stands at `local` that a figure would mend."""
    return any(
        finding.code in _ASKING and finding.span.start <= local <= finding.span.end
        for finding in analysis.findings[state.section]
    ) and bool(state.limits.image_bounds)


def _kind(asked_for: bool, only: Sequence[types.CodeActionKind | str] | None) -> str | None:
    """The first kind that fits the place and that the client wants to see."""
    kinds = ["quickfix", _REFACTOR_INSERT] if asked_for else [_REFACTOR_INSERT]
    wanted = [str(getattr(kind, "value", kind)) for kind in only or ("",)]
    return next((kind for kind in kinds if any(_is_within(kind, outer) for outer in wanted)), None)


def _is_within(kind: str, outer: str) -> bool:
    """Kinds are hierarchical: ``refactor.insert`` is within ``refactor``, and all are within the empty one."""
    return not outer or kind == outer or kind.startswith(f"{outer}.")


def _workspace_edit(uri: str, version: int | None, edit: types.TextEdit) -> types.WorkspaceEdit:
    if version is None:
        return types.WorkspaceEdit(changes={uri: [edit]})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [edit])])
