"""What real editors say of themselves, as far as renaming and links go."""

from __future__ import annotations

from typing import Any, Final

from protocol.editor import VISUAL_STUDIO_CODE

Json = dict[str, Any]

RESOURCES: Final = ["create", "rename", "delete"]

VSCODE_FILES: Final[Json] = {
    **VISUAL_STUDIO_CODE,
    "textDocument": {
        **VISUAL_STUDIO_CODE["textDocument"],
        "definition": {"linkSupport": True},
        "documentLink": {"tooltipSupport": True},
        "rename": {"prepareSupport": True, "prepareSupportDefaultBehavior": 1, "honorsChangeAnnotations": True},
    },
    "workspace": {
        **VISUAL_STUDIO_CODE["workspace"],
        "fileOperations": {"willRename": True, "didRename": True},
        "workspaceEdit": {
            "documentChanges": True,
            "resourceOperations": RESOURCES,
            "failureHandling": "textOnlyTransactional",
        },
    },
}
"""Visual Studio Code 1.97; its own Markdown support renames figures too, but for a test that leaves it out."""

NEOVIM: Final[Json] = {
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
    "textDocument": {
        "definition": {"linkSupport": True},
        "diagnostic": {"dynamicRegistration": False},
        "rename": {"prepareSupport": True},
    },
    "workspace": {"workspaceEdit": {"resourceOperations": ["rename", "create", "delete"]}},
}
"""Neovim 0.11: it renames files, and takes edits of a version without saying so."""

EGLOT: Final[Json] = {
    "general": {"positionEncodings": ["utf-32", "utf-8", "utf-16"]},
    "textDocument": {"definition": {"linkSupport": True}, "rename": {"dynamicRegistration": False}},
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}
"""Emacs 29 with eglot: it renames no files."""

KATE: Final[Json] = {
    "textDocument": {"rename": {}, "hover": {"contentFormat": ["markdown", "plaintext"]}},
    "workspace": {"workspaceFolders": True},
}
"""Kate 22: it renames no files."""
