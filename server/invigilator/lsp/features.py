"""The requests about a report: which file answers each, whom it is offered to, and what else it is announced with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from lsprotocol import types

from invigilator.lsp import completion, convert, inlay_hint, quick_fix
from invigilator.lsp.client import Client
from invigilator.lsp.code_action import REFACTOR_INSERT, as_json, code_actions
from invigilator.lsp.completion import TRIGGERS
from invigilator.lsp.document_link import document_links
from invigilator.lsp.document_symbol import document_symbols
from invigilator.lsp.figure_references import definition, references
from invigilator.lsp.folding_range import folding_ranges
from invigilator.lsp.hover import hover
from invigilator.lsp.inlay_hint import Shown, Tooltips
from invigilator.lsp.json_rpc import JsonText
from invigilator.lsp.quick_fix import FIX_ALL, QUICK_FIX
from invigilator.lsp.rename import prepare_rename, rename
from invigilator.lsp.request import Request
from invigilator.lsp.selection_range import selection_ranges

Condition = Callable[[Client], bool]


def _always(client: Client) -> bool:
    return True


def _unless(feature: str) -> Condition:
    """For editors whose own Markdown support does not do it already (`initializationOptions.editorHas`)."""
    return lambda client: not client.has(feature)


class Feature(NamedTuple):
    """A request about a document, whose params name it.

    `answer` makes the result, of lsprotocol's types or plain JSON. For a document that is no report it is `nothing`.
    `looks_at_disk`: whether what was saved, drawn or deleted a moment ago must be known to it.
    """

    method: str
    answer: Callable[[Request, Any], Any]
    options: Callable[[Client], object] | None = None
    is_offered: Condition = _always
    looks_at_disk: bool = False
    nothing: object = None


def _hover(request: Request, params: types.HoverParams) -> types.Hover | None:
    client = request.client
    return hover(
        request.analysis,
        request.text,
        params.position,
        request.encoding,
        markdown=client.hovers_in_markdown,
        preview=not client.has("imagePreview"),
    )


def _code_action(request: Request, params: types.CodeActionParams) -> list[dict[str, Any]]:
    client = request.client
    actions = code_actions(
        request.analysis,
        request.target,
        params,
        picker=client.picks_figures,
        lazily=client.resolves_edits,
        copies=client.applies_edits,
    )
    return [as_json(action) for action in actions]


def _code_action_options(client: Client) -> types.CodeActionOptions:
    return types.CodeActionOptions([QUICK_FIX, REFACTOR_INSERT, FIX_ALL], resolve_provider=client.resolves_edits)


def _document_symbol(request: Request, params: types.DocumentSymbolParams) -> JsonText:
    return document_symbols(
        request.analysis, request.report.uri, request.encoding, hierarchical=request.client.nests_symbols
    )


def _inlay_hint(request: Request, params: types.InlayHintParams) -> JsonText:
    report, client, encoding = request.report, request.client, request.encoding
    if client.refreshes_inlay_hints:
        report.hints_shown = Shown(request.text, request.analysis)
    at_once: Tooltips = "markdown" if client.hovers_in_markdown else "plain"
    return inlay_hint.inlay_hints(
        request.analysis,
        report.uri,
        params.range,
        encoding,
        tooltips="later" if client.resolves_tooltips else at_once,
    )


def _folding_range(request: Request, params: types.FoldingRangeParams) -> JsonText:
    client = request.client
    return folding_ranges(request.analysis, most=client.most_folds, shows_text=client.shows_text_of_folds)


def _selection_range(request: Request, params: types.SelectionRangeParams) -> list[dict[str, Any]]:
    return selection_ranges(request.analysis, request.text, params.positions, request.encoding)


def _completion(request: Request, params: types.CompletionParams) -> JsonText | None:
    client = request.client
    lists_folders = client.has("pathCompletion")
    return completion.completion(
        request.analysis, request.target, params, client.completions, lists_folders=lists_folders
    )


def _completion_options(client: Client) -> types.CompletionOptions:
    # VS Code drops our list at the dot of `figures/loss.png` where its own paths are asked and we are not
    triggers = [*TRIGGERS, "."] if client.has("pathCompletion") else TRIGGERS
    details = types.ServerCompletionItemOptions(label_details_support=True)
    return types.CompletionOptions(trigger_characters=triggers, resolve_provider=True, completion_item=details)


def _document_link(request: Request, params: types.DocumentLinkParams) -> list[dict[str, Any]]:
    return document_links(
        request.analysis, request.report.uri_of, request.encoding, tooltips=request.client.shows_tooltips_of_links
    )


def _definition(request: Request, params: types.DefinitionParams) -> list[dict[str, Any]] | None:
    return definition(request, convert.offset(request.text, params.position, request.encoding))


def _references(request: Request, params: types.ReferenceParams) -> list[dict[str, Any]] | None:
    offset = convert.offset(request.text, params.position, request.encoding)
    return references(request, offset, with_file=params.context.include_declaration)


def _prepare_rename(request: Request, params: types.PrepareRenameParams) -> types.PrepareRenamePlaceholder:
    return prepare_rename(request, convert.offset(request.text, params.position, request.encoding))


def _rename(request: Request, params: types.RenameParams) -> types.WorkspaceEdit | None:
    return rename(request, convert.offset(request.text, params.position, request.encoding), params.new_name)


FEATURES: Final = (
    Feature(types.TEXT_DOCUMENT_HOVER, _hover, looks_at_disk=True),
    Feature(types.TEXT_DOCUMENT_CODE_ACTION, _code_action, _code_action_options, looks_at_disk=True, nothing=[]),
    Feature(types.TEXT_DOCUMENT_COMPLETION, _completion, _completion_options, looks_at_disk=True),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _document_symbol, is_offered=_unless("documentSymbol"), nothing=[]),
    Feature(types.TEXT_DOCUMENT_INLAY_HINT, _inlay_hint, nothing=[]),
    Feature(types.TEXT_DOCUMENT_FOLDING_RANGE, _folding_range, is_offered=_unless("foldingRange"), nothing=[]),
    Feature(types.TEXT_DOCUMENT_SELECTION_RANGE, _selection_range, is_offered=_unless("selectionRange")),
    Feature(
        types.TEXT_DOCUMENT_DOCUMENT_LINK,
        _document_link,
        lambda client: types.DocumentLinkOptions(resolve_provider=False),
        is_offered=_unless("documentLink"),
        looks_at_disk=True,
        nothing=[],
    ),
    Feature(types.TEXT_DOCUMENT_DEFINITION, _definition, is_offered=_unless("definition"), looks_at_disk=True),
    Feature(types.TEXT_DOCUMENT_REFERENCES, _references, is_offered=_unless("references")),
    Feature(types.TEXT_DOCUMENT_PREPARE_RENAME, _prepare_rename, is_offered=_unless("rename"), looks_at_disk=True),
    Feature(types.TEXT_DOCUMENT_RENAME, _rename, is_offered=_unless("rename"), looks_at_disk=True),
)
"""A new one is its own file, named after the request, and a line here."""


class Resolve(NamedTuple):
    """A request for the rest of an item of an earlier answer; `uri_of` is the document that the item was made for."""

    method: str
    uri_of: Callable[[Any], str]
    answer: Callable[[Request, Any], Any]
    is_offered: Condition = _always


def _resolve_code_action(request: Request, action: types.CodeAction) -> types.CodeAction:
    return quick_fix.resolved(action, request.analysis, request.target)


def _resolve_completion_item(request: Request, item: types.CompletionItem) -> types.CompletionItem:
    return completion.resolved(item, request.analysis, request.client.completions)


def _resolve_inlay_hint(request: Request, hint: types.InlayHint) -> types.InlayHint:
    markdown = request.client.hovers_in_markdown
    return inlay_hint.resolved(hint, request.analysis, request.text, request.encoding, markdown=markdown)


RESOLVES: Final = (
    Resolve(
        types.CODE_ACTION_RESOLVE,
        quick_fix.uri_of,
        _resolve_code_action,
        is_offered=lambda client: client.resolves_edits,
    ),
    Resolve(types.COMPLETION_ITEM_RESOLVE, completion.uri_of, _resolve_completion_item),
    Resolve(
        types.INLAY_HINT_RESOLVE,
        inlay_hint.uri_of,
        _resolve_inlay_hint,
        is_offered=lambda client: client.resolves_tooltips,
    ),
)
"""Those that belong to some of the features."""
