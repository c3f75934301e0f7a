"""``textDocument/codeAction`` and ``codeAction/resolve``: the fixes of the findings in the asked range.

Everything is computed from the text and the asked range; the client's diagnostics are only attached for show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis
from invigilator.checks.finding import Edit, Finding, Fix
from invigilator.fixes import fixes_of, safe_fixes, together
from invigilator.lsp import convert
from invigilator.lsp.copy_figure import COPY_FIGURE
from invigilator.lsp.edits import Target
from invigilator.lsp.insert_figure import insertion_fix
from invigilator.text import Span

QUICK_FIX: Final = "quickfix"
FIX_ALL: Final = "source.fixAll.invigilator"
_SOURCE: Final = "source"


class _Found(NamedTuple):
    """A finding, its section's number, and where it stands in the whole text."""

    section: int
    finding: Finding
    span: Span


def quick_fixes(
    analysis: Analysis, asked: Span, target: Target, context: types.CodeActionContext, *, lazily: bool, copies: bool
) -> list[types.CodeAction]:
    """The fixes of the findings that touch the `asked` stretch of the text, and those of all others of a kind.

    `lazily`: leave out the edits, which `resolved` adds. `copies`: whether a fix may copy a file.
    """
    actions: list[types.CodeAction] = []
    codes: dict[str, list[types.Diagnostic] | None] = {}
    for found in _touching(analysis, asked):
        fixes = [fix for fix in fixes_of(analysis, found.section, found.finding) if copies or fix.copy is None]
        shown = _shown(found, target, context.diagnostics)
        preferred = _preferred(found.finding.code, fixes)
        for fix in fixes:
            action = types.CodeAction(
                title=fix.title,
                kind=QUICK_FIX,
                diagnostics=shown,
                is_preferred=True if fix is preferred else None,
            )
            place = {"code": found.finding.code, "place": [*found.span], "title": fix.title}
            _give(action, [fix], place, target, lazily=lazily)
            actions.append(action)
        if preferred is not None:
            codes.setdefault(found.finding.code, shown)
    for code, shown in codes.items():
        of_kind = _all_of(analysis, code)
        if len(of_kind) > 1:
            action = types.CodeAction(f"Fix all {len(of_kind)} of this kind ({code})", QUICK_FIX, shown)
            _give(action, of_kind, {"code": code}, target, lazily=lazily)
            actions.append(action)
    return actions


def fix_all(analysis: Analysis, target: Target, *, lazily: bool) -> list[types.CodeAction]:
    """One action with all safe fixes; none where there is nothing to mend."""
    fixes = safe_fixes(analysis)
    if not fixes:
        return []
    action = types.CodeAction("Fix all that is safe to fix", FIX_ALL)
    _give(action, fixes, {}, target, lazily=lazily)
    return [action]


def resolved(action: types.CodeAction, analysis: Analysis | None, target: Target) -> types.CodeAction:
    """The action with its edits; without, where its fix is not in the text as it is now."""
    data = action.data
    if analysis is None or not isinstance(data, Mapping) or data.get("version") != target.version:
        return action
    fixes = fixes_at(analysis, data)
    if fixes:
        action.edit = target.workspace_edit(edits_of(fixes))
    return action


def uri_of(action: types.CodeAction) -> str:
    """The document that an action to be resolved was made for; empty where it does not say."""
    uri = action.data.get("uri") if isinstance(action.data, Mapping) else None
    return uri if isinstance(uri, str) else ""


def is_fix_all_asked_for(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether fixing everything is asked for by its kind, or one that it belongs to; it is never offered unasked."""
    return any(_within(FIX_ALL, kind) and _within(kind, _SOURCE) for kind in _names(only))


def asks_for(kind: str, only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether a client that wants `only` these kinds wants to see one of `kind`."""
    return not only or any(_within(kind, outer) for outer in _names(only))


def fixes_at(analysis: Analysis, data: Mapping[str, Any]) -> list[Fix]:
    """The fixes that an action's `data` means, in the text as it is now; none where they are not there any more."""
    if "figure" in data:
        insertion = insertion_fix(analysis, data)
        return [] if insertion is None else [insertion]
    code = data.get("code")
    if code is None:
        return safe_fixes(analysis)
    if "place" not in data:
        return _all_of(analysis, str(code))
    for found in _all(analysis):
        if found.finding.code == code and [*found.span] == data["place"]:
            for fix in fixes_of(analysis, found.section, found.finding):
                if fix.title == data.get("title"):
                    return [fix]
    return []


def edits_of(fixes: Sequence[Fix]) -> tuple[Edit, ...]:
    """The edits of one fix; of several at once, without a cursor in any."""
    if len(fixes) == 1:
        return fixes[0].edits
    return tuple(edit._replace(cursor=None) for fix in fixes for edit in fix.edits)


def _give(
    action: types.CodeAction, fixes: Sequence[Fix], data: dict[str, Any], target: Target, *, lazily: bool
) -> None:
    data = {"uri": target.uri, "version": target.version, **data}
    if any(fix.copy is not None for fix in fixes):
        action.command = types.Command(action.title, COPY_FIGURE, arguments=[data])
    elif lazily:
        action.data = data
    else:
        action.edit = target.workspace_edit(edits_of(fixes))


def _all(analysis: Analysis) -> Iterator[_Found]:
    for section, finding in analysis.placed():
        yield _Found(section, finding, analysis.span_in_text(section, finding.span))


def _touching(analysis: Analysis, asked: Span) -> Iterator[_Found]:
    """The findings of the sections that the asked stretch touches, and there those that it touches."""
    first, last = analysis.outline.index_at(max(asked.start - 1, 0)), analysis.outline.index_at(asked.end)
    for section in range(first, last + 1):
        for finding in sorted(analysis.findings[section], key=lambda finding: finding.span):
            span = analysis.span_in_text(section, finding.span)
            if span.start <= asked.end and asked.start <= span.end:
                yield _Found(section, finding, span)


def _preferred(code: str, fixes: Sequence[Fix]) -> Fix | None:
    """The one obvious fix, if there is one; which figure to insert never is."""
    if code == "figure.too-few":
        return None
    if len(fixes) == 1:
        return fixes[0]
    safe = [fix for fix in fixes if fix.safe]
    return safe[0] if len(safe) == 1 else None


def _all_of(analysis: Analysis, code: str) -> list[Fix]:
    """The obvious fixes of all findings of a code, those that go together."""
    found = (
        _preferred(code, fixes_of(analysis, section, finding))
        for section, findings in enumerate(analysis.findings)
        for finding in findings
        if finding.code == code
    )
    return together(fix for fix in found if fix is not None)


def _shown(found: _Found, target: Target, sent: Iterable[types.Diagnostic]) -> list[types.Diagnostic] | None:
    """The client's own diagnostics of a finding."""
    own = convert.span_range(target.text, found.span, target.encoding)
    return [one for one in sent if one.code == found.finding.code and one.range == own] or None


def _names(only: Sequence[types.CodeActionKind | str] | None) -> list[str]:
    return [str(getattr(kind, "value", kind)) for kind in only or ()]


def _within(kind: str, outer: str) -> bool:
    """Kinds are hierarchical: ``refactor.insert`` is within ``refactor``, and all are within the empty one."""
    return not outer or kind == outer or kind.startswith(f"{outer}.")
