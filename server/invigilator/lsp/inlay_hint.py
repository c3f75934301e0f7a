"""``textDocument/inlayHint`` and ``inlayHint/resolve``: what an answer has and may have, behind its question's heading.

Behind the heading and not the marker: that is the line that stays of a folded question, it is there where the marker is
gone, and nobody types behind it.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.lsp import convert
from invigilator.lsp.hover import content, describe_question
from invigilator.lsp.json_rpc import JsonText, compact
from invigilator.report.sections import Section
from invigilator.report.tally import in_short
from invigilator.text import Encoding, Position, SourceText

Json = dict[str, Any]
Tooltips = Literal["later", "markdown", "plain"]
"""Made by a request of its own once somebody wants to see one, or at once in one of two forms."""


def inlay_hints(
    analysis: Analysis, uri: str, asked: types.Range, encoding: Encoding, *, tooltips: Tooltips
) -> JsonText:
    """The hints of the range `asked`; none where the settings turn them off."""
    if not analysis.ground.configuration.inlay_hints:
        return JsonText("[]")
    first, last = Position(asked.start.line, asked.start.character), Position(asked.end.line, asked.end.character)
    sections, lines = analysis.outline.sections, analysis.outline.lines
    hints = []
    later = compact({"data": {"uri": uri}})
    for state in analysis.questions:
        line = lines[state.section]
        if first.line <= line <= last.line:
            hint = _hint(sections[state.section], state, line, encoding)
            if first <= Position(line, hint.character) <= last:
                more = later if tooltips == "later" else compact(_tooltip(analysis, state, tooltips))
                hints.append(f"{hint.text},{more[1:]}")
    return JsonText(f"[{','.join(hints)}]")


def resolved(
    hint: types.InlayHint, analysis: Analysis, text: SourceText, encoding: Encoding, *, markdown: bool
) -> types.InlayHint:
    """The hint with its tooltip: what a hover on the heading says."""
    state = analysis.question_at(convert.offset(text, hint.position, encoding))
    if state is not None:
        hint.tooltip = content(describe_question(analysis, state), markdown=markdown)
    return hint


def uri_of(hint: types.InlayHint) -> str:
    """The document that a hint is of; empty where the client has lost that."""
    return str(hint.data.get("uri")) if isinstance(hint.data, dict) else ""


class Shown(NamedTuple):
    """What a client has seen: the hints of an analysis of `text`; None for a document that is no report."""

    text: SourceText
    analysis: Analysis | None

    @property
    def labels(self) -> list[str]:
        """What all hints say."""
        analysis = self.analysis
        if analysis is None or not analysis.ground.configuration.inlay_hints:
            return []
        sections = analysis.outline.sections
        return [label(sections[state.section], state) for state in analysis.questions]


def label(section: Section, state: QuestionState) -> str:
    """A question's state for a glance, kept with its section."""
    known = section.kept.get("state in short")
    if isinstance(known, tuple) and known[0] is state:
        return str(known[1])
    said = in_short(state.question.counts, state.limits, answered=state.question.answered)
    section.kept["state in short"] = state, said
    return said


class _Hint(NamedTuple):
    state: QuestionState
    line: int
    character: int
    text: str
    """As JSON, less its tooltip and its end."""


def _hint(section: Section, state: QuestionState, line: int, encoding: Encoding) -> _Hint:
    """A question's hint, whose heading is on `line`, kept with the section."""
    known = section.kept.get("inlay hint")
    if isinstance(known, _Hint) and known.state is state and known.line == line:
        return known
    character = section.source.position(section.source.line_span(0).end, encoding).character
    place = {"line": line, "character": character}
    text = compact({"position": place, "label": label(section, state), "paddingLeft": True})
    section.kept["inlay hint"] = hint = _Hint(state, line, character, text[:-1])
    return hint


def _tooltip(analysis: Analysis, state: QuestionState, form: Tooltips) -> Json:
    said = content(describe_question(analysis, state), markdown=form == "markdown")
    return {"tooltip": {"kind": said.kind.value, "value": said.value}}
