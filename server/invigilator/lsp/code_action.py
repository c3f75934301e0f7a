"""``textDocument/codeAction``: the quick fixes, and putting a figure into an answer.

Everything is computed from the text and the asked range; the client's diagnostics are only attached for show.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Edit
from invigilator.fixes.insertion import MOST_FIGURES, find_insertion, offered_figures
from invigilator.lsp import convert
from invigilator.lsp.edits import Target
from invigilator.lsp.quick_fix import QUICK_FIX, asks_for, fix_all, is_fix_all_asked_for, quick_fixes
from invigilator.text import Span

_ASKING: Final = ("figure.too-few", "answer.missing")
REFACTOR_INSERT: Final = "refactor.insert"


def code_actions(
    analysis: Analysis,
    target: Target,
    params: types.CodeActionParams,
    *,
    picker: bool = False,
    lazily: bool = False,
) -> list[types.CodeAction]:
    """The actions for the asked range.

    `picker`: whether the client can let the user choose a figure; `lazily`: whether it asks for a fix's edits later.
    """
    text, encoding, context = target.text, target.encoding, params.context
    asked = Span(convert.offset(text, params.range.start, encoding), convert.offset(text, params.range.end, encoding))
    figures = _insert_figure(analysis, target, asked, context, picker=picker)
    fixes = quick_fixes(analysis, asked, target, context, lazily=lazily) if asks_for(QUICK_FIX, context.only) else []
    titles = {action.title for action in figures}
    actions = [*(fix for fix in fixes if fix.title not in titles), *figures]
    if is_fix_all_asked_for(context.only):
        actions += fix_all(analysis, target, lazily=lazily)
    return actions


def _insert_figure(
    analysis: Analysis, target: Target, asked: Span, context: types.CodeActionContext, *, picker: bool
) -> list[types.CodeAction]:
    state = analysis.question_at(asked.start)
    if state is None or state.question.marker is None:
        return []
    local = asked.moved(-analysis.outline.starts[state.section])
    source = analysis.outline.sections[state.section].source
    if local.start < source.line_starts[source.line_of(state.question.marker.start)]:
        return []
    asked_for = _asks_for_figure(analysis, state, local)
    kind = _kind(asked_for, context.only)
    if kind is None:
        return []
    insertion = find_insertion(analysis, state, local.start)
    place = analysis.span_in_text(state.section, insertion.span)
    shown = [d for d in context.diagnostics if d.code in _ASKING] if asked_for else []
    actions = [
        types.CodeAction(
            title=f"Insert figure {path}",
            kind=kind,
            diagnostics=shown or None,
            edit=target.workspace_edit([Edit(place, insertion.of(path))]),
        )
        for path in offered_figures(analysis)[:MOST_FIGURES]
    ]
    if picker:
        command = types.Command("Insert figure…", "invigilator.insertFigure", arguments=[target.uri])
        actions.append(types.CodeAction(title="Insert figure…", kind=kind, command=command))
    return actions


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
    kinds = [QUICK_FIX, REFACTOR_INSERT] if asked_for else [REFACTOR_INSERT]
    return next((kind for kind in kinds if asks_for(kind, only)), None)
