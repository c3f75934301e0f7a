"""What the client on the other side can do and wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from lsprotocol import types
from pygls.capabilities import get_capability

from invigilator.analysis import NO_SETTINGS, Settings

_FOR_THE_CLIENT_ONLY: Final = frozenset(
    ("interpreter", "path", "trace", "enable", "importStrategy", "showNotifications", "server")
)
"""Keys of an editor's `invigilator` section that are about starting the server, not about reports."""


class Completions(NamedTuple):
    """What the client makes of a completion: snippets, two ranges for one edit, a text beside the label, Markdown.

    `resolves_documentation`: whether it asks for an item's documentation when it is shown.
    """

    snippets: bool = False
    insert_replace: bool = False
    label_details: bool = False
    markdown: bool = False
    resolves_documentation: bool = False

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities) -> Completions:
        """As the client says."""

        def can(capability: str) -> Any:
            return get_capability(capabilities, f"text_document.completion.completion_item.{capability}")

        return cls(
            snippets=bool(can("snippet_support")),
            insert_replace=bool(can("insert_replace_support")),
            label_details=bool(can("label_details_support")),
            markdown=types.MarkupKind.Markdown in (can("documentation_format") or ()),
            resolves_documentation="documentation" in (can("resolve_support.properties") or ()),
        )


@dataclass
class Client:
    """A client's capabilities and options, by what they mean here.

    `settings` are the editor's, for all documents that it has not answered a question about.
    """

    pulls: bool = False
    refreshes_diagnostics: bool = False
    shows_related_information: bool = False
    links_codes: bool = False
    hovers_in_markdown: bool = False
    nests_symbols: bool = False
    takes_versioned_edits: bool = False
    takes_snippets: bool = False
    resolves_edits: bool = False
    registers_watched_files: bool = False
    registers_configuration: bool = False
    answers_configuration: bool = False
    applies_edits: bool = False
    wants_status: bool = False
    picks_figures: bool = False
    renames_files: bool = False
    links_definitions: bool = False
    shows_tooltips_of_links: bool = False
    completions: Completions = field(default_factory=lambda: Completions())
    resolves_tooltips: bool = False
    refreshes_inlay_hints: bool = False
    most_folds: int | None = None
    shows_text_of_folds: bool = False
    editor_has: frozenset[str] = frozenset()
    settings: Settings = field(default_factory=lambda: NO_SETTINGS)

    @classmethod
    def of(cls, params: types.InitializeParams) -> Client:
        """The client that says `params`."""
        options = params.initialization_options
        options = options if isinstance(options, Mapping) else {}
        experimental = params.capabilities.experimental
        experimental = experimental if isinstance(experimental, Mapping) else {}

        def can(capability: str) -> Any:
            return get_capability(params.capabilities, capability)

        content = can("text_document.hover.content_format") or ()
        editor_has = options.get("editorHas")
        client = cls(
            pulls=can("text_document.diagnostic") is not None and options.get("diagnostics") != "push",
            refreshes_diagnostics=bool(can("workspace.diagnostics.refresh_support")),
            shows_related_information=bool(
                can("text_document.publish_diagnostics.related_information")
                or can("text_document.diagnostic.related_information")
            ),
            links_codes=bool(
                can("text_document.publish_diagnostics.code_description_support")
                or can("text_document.diagnostic.code_description_support")
            ),
            hovers_in_markdown=types.MarkupKind.Markdown in content,
            nests_symbols=bool(can("text_document.document_symbol.hierarchical_document_symbol_support")),
            takes_versioned_edits=bool(can("workspace.workspace_edit.document_changes")),
            takes_snippets=bool(can("workspace.workspace_edit.snippet_edit_support")),
            resolves_edits=bool(can("text_document.code_action.data_support"))
            and "edit" in (can("text_document.code_action.resolve_support.properties") or ()),
            registers_watched_files=bool(can("workspace.did_change_watched_files.dynamic_registration")),
            registers_configuration=bool(can("workspace.did_change_configuration.dynamic_registration")),
            answers_configuration=bool(can("workspace.configuration")),
            applies_edits=bool(can("workspace.apply_edit")),
            wants_status=bool(experimental.get("invigilatorStatus")),
            picks_figures=bool(experimental.get("invigilatorInsertFigure")),
            renames_files=types.ResourceOperationKind.Rename
            in (can("workspace.workspace_edit.resource_operations") or ()),
            links_definitions=bool(can("text_document.definition.link_support")),
            shows_tooltips_of_links=bool(can("text_document.document_link.tooltip_support")),
            completions=Completions.of(params.capabilities),
            resolves_tooltips="tooltip" in (can("text_document.inlay_hint.resolve_support.properties") or ()),
            refreshes_inlay_hints=bool(can("workspace.inlay_hint.refresh_support")),
            most_folds=can("text_document.folding_range.range_limit"),
            shows_text_of_folds=bool(can("text_document.folding_range.folding_range.collapsed_text")),
            editor_has=frozenset(map(str, editor_has)) if isinstance(editor_has, list | tuple) else frozenset(),
        )
        settings = options.get("settings")
        if isinstance(settings, Mapping):
            client.settings = client.ours(settings)
        return client

    def has(self, feature: str) -> bool:
        """Whether the editor's own Markdown support does this already (`initializationOptions.editorHas`)."""
        return feature in self.editor_has

    @staticmethod
    def ours(section: Mapping[str, object]) -> Settings:
        """An editor's `invigilator` section less what only its client needs."""
        return {key: value for key, value in section.items() if key not in _FOR_THE_CLIENT_ONLY}
