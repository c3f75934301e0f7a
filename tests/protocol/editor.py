"""An editor over a `Client`: it keeps its documents' text itself and applies edits as an editor does.

Positions are made here by encoding the text, not by the server's code, so that the two can disagree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from protocol.client import Client

Json = dict[str, Any]

ALL_FEATURES: Final = [
    *("documentLink", "documentSymbol", "foldingRange", "selectionRange"),
    *("references", "definition", "rename", "imagePreview"),
]
"""What VS Code's own Markdown support does: its client says so of each."""

PULLS: Final[Json] = {"textDocument": {"diagnostic": {}}}
"""The capabilities of a client that pulls and can do nothing else."""

VISUAL_STUDIO_CODE: Final[Json] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "diagnostic": {"dynamicRegistration": True},
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "hover": {"contentFormat": ["markdown", "plaintext"]},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
    },
    "workspace": {
        "configuration": True,
        "diagnostics": {"refreshSupport": True},
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceEdit": {"documentChanges": True},
    },
    "experimental": {"invigilatorStatus": True, "invigilatorInsertFigure": True},
}
VISUAL_STUDIO_CODE_OPTIONS: Final[Json] = {"diagnostics": "push", "editorHas": ALL_FEATURES}

_LINE: Final = re.compile(r"\r\n|\r|\n")
_UNIT: Final = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Editor:
    """One client with its documents."""

    def __init__(self, client: Client) -> None:
        self.client: Final = client
        self.capabilities: Json = {}
        self.encoding = "utf-16"
        self.documents: dict[str, Document] = {}

    def start(self, folder: Path | None = None, capabilities: Json | None = None, **options: Any) -> Editor:
        """`initialize` in a workspace folder, with `options` as initializationOptions."""
        folders = None if folder is None else [{"uri": folder.as_uri(), "name": folder.name}]
        result = self.client.initialize(
            capabilities=capabilities or {}, workspaceFolders=folders, initializationOptions=options or None
        )
        self.capabilities = result["capabilities"]
        self.encoding = self.capabilities["positionEncoding"]
        return self

    def open(self, where: Path | str, text: str | None = None, language: str = "markdown") -> Document:
        """Opens a file, or a text that need not stand on disk."""
        uri = where if isinstance(where, str) else where.as_uri()
        if text is None:
            assert isinstance(where, Path)
            text = where.read_bytes().decode()
        return Document(self, uri, text, language)

    def change_folders(self, *, removed: list[Path], added: list[Path]) -> None:
        """Other workspace folders from now on."""
        event = {
            "removed": [{"uri": path.as_uri(), "name": path.name} for path in removed],
            "added": [{"uri": path.as_uri(), "name": path.name} for path in added],
        }
        self.client.notify("workspace/didChangeWorkspaceFolders", {"event": event})

    def apply(self, edit: Json) -> None:
        """Does a workspace edit: in its order, texts at the version that is named, files without overwriting others."""
        listed = [{"textDocument": {"uri": uri}, "edits": edits} for uri, edits in edit.get("changes", {}).items()]
        for change in edit.get("documentChanges", listed):
            if "kind" in change:
                assert change["kind"] == "rename"
                old, new = path_of(change["oldUri"]), path_of(change["newUri"])
                assert change["options"]["overwrite"] or not new.exists(), f"{new} is there already"
                new.parent.mkdir(parents=True, exist_ok=True)
                old.rename(new)
                continue
            uri, version = change["textDocument"]["uri"], change["textDocument"].get("version")
            document = self.documents.get(uri)
            if document is not None:
                assert version in ((document.version,) if "documentChanges" in edit else (None,))
                document.tell(document.edit(change["edits"]))
            else:
                assert version is None
                text = Text(path_of(uri).read_bytes().decode(), self.encoding)
                text.edit(change["edits"])
                path_of(uri).write_bytes(text.text.encode())

    def move(self, *pairs: tuple[Path, Path]) -> Json | None:
        """Moves files as a list of files does: asks what else is to be edited, does that, moves, tells.

        An open document that moves is opened anew. Returns what was edited.
        """
        files = {"files": [{"oldUri": old.as_uri(), "newUri": new.as_uri()} for old, new in pairs]}
        edit: Json | None = self.client.request("workspace/willRenameFiles", files)
        if edit is not None:
            self.apply(edit)
        for old, new in pairs:
            new.parent.mkdir(parents=True, exist_ok=True)
            old.rename(new)
            for document in list(self.documents.values()):
                path = path_of(document.uri)
                if path == old or old in path.parents:
                    document.close()
                    self.open(new / path.relative_to(old) if path != old else new, document.text)
        self.client.notify("workspace/didRenameFiles", files)
        return edit

    def files_changed(self, *paths: Path) -> None:
        """What a client that watches files says."""
        changes = [{"uri": path.as_uri(), "type": 1} for path in paths]
        self.client.notify("workspace/didChangeWatchedFiles", {"changes": changes})


def path_of(uri: str) -> Path:
    """The file at a URI, as an editor decodes it."""
    parts = urlsplit(uri)
    assert (parts.scheme, parts.query, parts.fragment) == ("file", "", ""), uri
    return Path(unquote(parts.path))


class Text:
    """A text as an editor has it, and its positions in the encoding agreed on."""

    def __init__(self, text: str, encoding: str) -> None:
        self.text, self.encoding, self.version = text, encoding, 1

    def position(self, offset: int) -> Json:
        """The position of an offset, in the encoding agreed on."""
        starts = [0, *(match.end() for match in _LINE.finditer(self.text, 0, offset))]
        if self.text[offset - 1 : offset + 1] == "\r\n":
            raise ValueError("in the middle of a line ending")
        codec, size = _UNIT[self.encoding]
        return {"line": len(starts) - 1, "character": len(self.text[starts[-1] : offset].encode(codec)) // size}

    def offset(self, position: Json) -> int:
        """The offset of a position that the server named; one that is not in the text is an error."""
        ends = list(_LINE.finditer(self.text))
        line = position["line"]
        assert line <= len(ends), f"no line {line}"
        start = ends[line - 1].end() if line else 0
        end = ends[line].start() if line < len(ends) else len(self.text)
        codec, size = _UNIT[self.encoding]
        units = self.text[start:end].encode(codec)
        assert position["character"] * size <= len(units), f"{position} is behind the end of its line"
        return start + len(units[: position["character"] * size].decode(codec))

    def at(self, needle: str, into: int = 0) -> Json:
        """The position `into` characters behind where the first `needle` begins."""
        return self.position(self.text.index(needle) + into)

    def shown(self, where: Json) -> str:
        """The text in a range."""
        return self.text[self.offset(where["start"]) : self.offset(where["end"])]

    def change(self, start: int, end: int, new: str) -> Json:
        """Replaces a stretch of the editor's own text; returns the change as the server must be told."""
        change = {"range": {"start": self.position(start), "end": self.position(end)}, "text": new}
        self.text = self.text[:start] + new + self.text[end:]
        self.version += 1
        return change

    def edit(self, edits: list[Json]) -> list[Json]:
        """Makes edits that all count from the text as it is; returns the changes."""
        places = [(self.offset(e["range"]["start"]), self.offset(e["range"]["end"]), e["newText"]) for e in edits]
        return [self.change(*place) for place in sorted(places, reverse=True)]


class Document(Text):
    """An open document."""

    def __init__(self, editor: Editor, uri: str, text: str, language: str) -> None:
        super().__init__(text, editor.encoding)
        self.editor, self.uri = editor, uri
        editor.documents[uri] = self
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        editor.client.notify("textDocument/didOpen", {"textDocument": item})

    # -- what a person does

    def replace(self, old: str, new: str) -> None:
        """Types `new` in place of the first `old`."""
        start = self.text.index(old)
        self.tell([self.change(start, start + len(old), new)])

    def tell(self, changes: list[Json]) -> None:
        """Sends changes that were made."""
        item = {"uri": self.uri, "version": self.version}
        self.editor.client.notify("textDocument/didChange", {"textDocument": item, "contentChanges": changes})

    def save(self) -> None:
        self.editor.client.notify("textDocument/didSave", {"textDocument": {"uri": self.uri}})

    def close(self) -> None:
        self.editor.documents.pop(self.uri, None)
        self.editor.client.notify("textDocument/didClose", {"textDocument": {"uri": self.uri}})

    def apply(self, action: Json) -> None:
        """Does a code action, as a person who picks it."""
        edit = action["edit"]
        if "documentChanges" in edit:
            (change,) = edit["documentChanges"]
            assert change["textDocument"] == {"uri": self.uri, "version": self.version}
            edits = change["edits"]
        else:
            assert list(edit["changes"]) == [self.uri]
            edits = edit["changes"][self.uri]
        self.tell(self.edit(edits))

    # -- what a person sees

    def diagnostics(self) -> list[Json]:
        """The newest diagnostics of the text as it is: those pulled, or waited for."""
        if "diagnosticProvider" in self.editor.capabilities:
            return list(self.pull()["items"])
        return list(self.published()["diagnostics"])

    def published(self, until: Callable[[Json], bool] = lambda params: True) -> Json:
        """The first publication for this version of the text that is as wanted; those before are forgotten."""
        while True:
            params: Json = self.editor.client.wait_for("textDocument/publishDiagnostics")
            if params["uri"] == self.uri and params.get("version") == self.version and until(params):
                return params

    def pull(self, previous: str | None = None) -> Json:
        params: Json = {"textDocument": {"uri": self.uri}} | (
            {} if previous is None else {"previousResultId": previous}
        )
        answer: Json = self.editor.client.request("textDocument/diagnostic", params)
        return answer

    def codes(self) -> list[str]:
        """The codes of the diagnostics, sorted."""
        return sorted(d["code"] for d in self.diagnostics())

    def findings(self) -> set[tuple[str, str]]:
        """The diagnostics' codes, each with the text it stands at."""
        return {(d["code"], self.shown(d["range"])) for d in self.diagnostics()}

    def hover(self, position: Json) -> Json | None:
        answer: Json | None = self.editor.client.request(
            "textDocument/hover", {"textDocument": {"uri": self.uri}, "position": position}
        )
        return answer

    def hover_text(self, position: Json) -> str:
        answer = self.hover(position)
        assert answer is not None, "no hover"
        return str(answer["contents"]["value"])

    def actions(
        self, position: Json, *, only: list[str] | None = None, diagnostics: list[Json] | None = None
    ) -> list[Json]:
        """The code actions at a position."""
        context = {"diagnostics": diagnostics or []} | ({} if only is None else {"only": only})
        where = {"start": position, "end": position}
        answer: list[Json] = self.editor.client.request(
            "textDocument/codeAction", {"textDocument": {"uri": self.uri}, "range": where, "context": context}
        )
        return answer

    def action(self, title: str, position: Json) -> Json:
        """The code action of this title."""
        actions = {action["title"]: action for action in self.actions(position)}
        assert title in actions, f"only {list(actions)}"
        return actions[title]

    def ask(self, method: str, position: Json | None = None, **more: Any) -> Any:
        """The answer to `textDocument/` `method` about the document, at a position where one is given."""
        params: Json = {"textDocument": {"uri": self.uri}} | ({} if position is None else {"position": position})
        return self.editor.client.request(f"textDocument/{method}", params | more)

    def symbols(self) -> list[Json]:
        answer: list[Json] = self.editor.client.request(
            "textDocument/documentSymbol", {"textDocument": {"uri": self.uri}}
        )
        return answer
