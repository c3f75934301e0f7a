"""The requests about a report: which file answers each, whom it is offered to, and what else it is announced with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from lsprotocol import types

from invigilator.lsp.client import Client
from invigilator.lsp.code_action import REFACTOR_INSERT, code_actions
from invigilator.lsp.document_symbol import document_symbols
from invigilator.lsp.hover import hover
from invigilator.lsp.quick_fix import FIX_ALL, QUICK_FIX
from invigilator.lsp.request import Request

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


def _code_action(request: Request, params: types.CodeActionParams) -> list[types.CodeAction]:
    client = request.client
    return code_actions(
        request.analysis,
        request.target,
        params,
        picker=client.picks_figures,
        lazily=client.resolves_edits,
        copies=client.applies_edits,
    )


def _code_action_options(client: Client) -> types.CodeActionOptions:
    return types.CodeActionOptions([QUICK_FIX, REFACTOR_INSERT, FIX_ALL], resolve_provider=client.resolves_edits)


def _document_symbol(
    request: Request, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    return document_symbols(
        request.analysis, request.report.uri, request.encoding, hierarchical=request.client.nests_symbols
    )


FEATURES: Final = (
    Feature(types.TEXT_DOCUMENT_HOVER, _hover, looks_at_disk=True),
    Feature(types.TEXT_DOCUMENT_CODE_ACTION, _code_action, _code_action_options, looks_at_disk=True, nothing=[]),
    Feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, _document_symbol, is_offered=_unless("documentSymbol"), nothing=[]),
)
"""A new one is its own file, named after the request, and a line here."""
