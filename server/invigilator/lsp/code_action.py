"""``textDocument/codeAction``: the quick fixes, and putting a figure into an answer.

Everything is computed from the text and the asked range; the client's diagnostics are attached for show, and say which
finding is meant where a client asks for the whole text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.figures.insertion import MOST_FIGURES, find_insertion, offered_figures
from invigilator.lsp import convert
from invigilator.lsp.edits import Target
from invigilator.lsp.insert_figure import answer_at
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
    copies: bool = False,
) -> list[types.CodeAction]:
    """The actions for the asked range.

    `picker`: whether the client can let the user choose a figure; `lazily`: whether it asks for edits later; `copies`:
    whether it applies edits that the server asks for, as a fix that copies a file needs.
    """
    asked, context = _span(target, params.range), params.context
    if _names_one_of_all(target, asked, context):
        named = _span(target, context.diagnostics[0].range)
        fixes = quick_fixes(analysis, named, target, context, lazily=lazily, copies=copies)
        return [fix for fix in fixes if fix.is_preferred and fix.diagnostics][:1]
    figures = _insert_figure(analysis, target, asked, params, picker=picker, lazily=lazily)
    fixes = []
    if asks_for(QUICK_FIX, context.only):
        fixes = quick_fixes(analysis, asked, target, context, lazily=lazily, copies=copies)
    titles = {action.title for action in figures}
    actions = [*(fix for fix in fixes if fix.title not in titles), *figures]
    if is_fix_all_asked_for(context.only):
        actions += fix_all(analysis, target, lazily=lazily)
    return actions


def as_json(action: types.CodeAction) -> dict[str, Any]:
    """An action as plain JSON on the outside, which is most of what a list of them costs."""
    parts = {
        "title": action.title,
        "kind": action.kind,
        "diagnostics": action.diagnostics,
        "isPreferred": action.is_preferred,
        "edit": action.edit,
        "command": action.command,
        "data": action.data,
    }
    return {name: part for name, part in parts.items() if part is not None}


def _span(target: Target, place: types.Range) -> Span:
    return Span(*(convert.offset(target.text, end, target.encoding) for end in (place.start, place.end)))


def _names_one_of_all(target: Target, asked: Span, context: types.CodeActionContext) -> bool:
    """Whether the whole text is asked for with one of its findings, by a client that does not say who asks.

    Kate's Quick Fix does, and then does everything it is offered at once: it gets the obvious fix of that finding only.
    """
    whole = asked == Span(0, len(target.text.text))
    return whole and len(context.diagnostics) == 1 and not context.only and context.trigger_kind is None


def _insert_figure(
    analysis: Analysis, target: Target, asked: Span, params: types.CodeActionParams, *, picker: bool, lazily: bool
) -> list[types.CodeAction]:
    position, context = params.range.start, params.context
    state = answer_at(analysis, asked.start)
    if state is None:
        return []
    local = asked.moved(-analysis.outline.starts[state.section])
    asked_for = _asks_for_figure(analysis, state, local)
    kind = _kind(asked_for, context.only)
    if kind is None:
        return []
    shown = [d for d in context.diagnostics if d.code in _ASKING] if asked_for else []
    paths = offered_figures(analysis)[:MOST_FIGURES]
    actions = [types.CodeAction(f"Insert figure {path}", kind, shown or None) for path in paths]
    if lazily:
        for action, path in zip(actions, paths, strict=True):
            action.data = {"uri": target.uri, "version": target.version, "figure": path, "offset": asked.start}
    elif actions:
        insertion = find_insertion(analysis, state, local.start)
        place = convert.span_range(target.text, analysis.span_in_text(state.section, insertion.span), target.encoding)
        for action, path in zip(actions, paths, strict=True):
            action.edit = target.insertion(place, insertion.of(path))
    if picker:
        start = {"line": position.line, "character": position.character}
        command = types.Command("Insert figure…", "invigilator.insertFigure", arguments=[target.uri, start])
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
