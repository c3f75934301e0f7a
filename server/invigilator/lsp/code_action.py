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
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.summary import figure_files, paths_in_prompts, used_figures
from invigilator.text import Encoding, SourceText, Span

MOST_FIGURES: Final = 9
_ASKING: Final = ("figure.too-few", "answer.missing")
_REFACTOR_INSERT: Final = "refactor.insert"

_LINE_ENDING: Final = re.compile(r"\r\n|\r|\n")
_UNSAFE_IN_PATH: Final = re.compile(r"[\s()<>%#?&\\\"'|\[\]^`{}\x00-\x1f\x7f]|^[^/]*:")
_UNSAFE_IN_LABEL: Final = re.compile(r"[\s_*`<>&!\[\]\\\x00-\x1f\x7f-]+")


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
    asked = Span(local, convert.offset(text, params.range.end, encoding) - analysis.outline.starts[state.section])
    source = analysis.outline.sections[state.section].source
    if local < source.line_starts[source.line_of(state.question.marker.start)]:
        return []
    asked_for = _asks_for_figure(analysis, state, asked)
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

    In place of an untouched placeholder. On an empty line: there. In a text: below its paragraph, as one of its own. On
    the marker: below the answer. Never into a code block or comment, where it would not be seen.
    """
    section, question = analysis.outline.sections[state.section], state.question
    if not question.answered and question.placeholders:
        return Insertion(question.placeholders[0], "", "")
    lines, source = _Lines(section), section.source
    marker_line = source.line_of(question.marker.start) if question.marker else 0
    line = source.line_of(local)
    if line <= marker_line:
        read = section.text[question.counted.start : question.counted.end].rstrip()
        line = max(marker_line, source.line_of(question.counted.start + len(read)))
    if line > marker_line:
        line = lines.end_of_paragraph(line)
    newline = found[0] if (found := _LINE_ENDING.search(section.text)) else "\n"
    for block, is_closed in _unseen(question):
        first, last = source.line_of(block.start), source.line_of(block.end)
        if line < first or (is_closed and line > last):
            continue
        if not is_closed:  # all that follows is inside
            start = source.line_starts[first]
            return Insertion(Span(start, start), "" if lines.is_blank(first - 1) else newline, newline * 2)
        line = lines.end_of_paragraph(last)
    span = source.line_span(line)
    after = "" if lines.is_blank(line + 1) else newline
    if lines.is_blank(line):
        return Insertion(span, "" if lines.is_blank(line - 1) else newline, after)
    return Insertion(Span(span.end, span.end), newline * 2, after)


class _Lines:
    """A section line by line."""

    def __init__(self, section: Section) -> None:
        self._section = section

    def is_blank(self, line: int) -> bool:
        """Whether nothing stands in a line; nothing does before the first and behind the last."""
        return not self._text(line).strip()

    def end_of_paragraph(self, line: int) -> int:
        """The last of the lines from `line` on that stand together; a heading below them stands by itself."""
        while not (self.is_blank(line) or self.is_blank(line + 1) or self._text(line + 1).lstrip().startswith("#")):
            line += 1
        return line

    def _text(self, line: int) -> str:
        if not 0 <= line < self._section.source.line_count:
            return ""
        span = self._section.source.line_span(line)
        return self._section.text[span.start : span.end]


def _unseen(question: Question) -> list[tuple[Span, bool]]:
    """The code blocks and comments of an answer in their order, each with whether it is closed."""
    markdown = question.markdown
    if markdown is None:
        return []
    opener = markdown.open_comment
    blocks = [(fence.span, fence.closed) for fence in markdown.fences]
    blocks += [(comment, opener is None or comment.start != opener.start) for comment in markdown.comments]
    return sorted(blocks)


def markdown_image(path: str) -> str:
    """The image at `path`, so that it renders: what Markdown would trip over is percent-encoded.

    >>> markdown_image("figures/loss_curve (2).png")
    '![loss curve (2)](figures/loss_curve%20%282%29.png)'
    """
    name = posixpath.splitext(posixpath.basename(path))[0]
    label = _UNSAFE_IN_LABEL.sub(" ", name).strip()
    return f"![{label}]({_UNSAFE_IN_PATH.sub(lambda match: quote(match[0], safe=''), path)})"


def _asks_for_figure(analysis: Analysis, state: QuestionState, asked: Span) -> bool:
    """Whether a finding stands in the asked range that a figure would mend."""
    bounds = state.limits.image_bounds
    if bounds is None or not bounds.low:
        return False
    return any(
        finding.code in _ASKING and finding.span.start <= asked.end and asked.start <= finding.span.end
        for finding in analysis.findings[state.section]
    )


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
