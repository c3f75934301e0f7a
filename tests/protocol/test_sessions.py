"""A person's session in the two editors that most people have, with the real server process.

Every range has characters beyond the BMP in front of it, in the text above and in its own line.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities, make_test_lsp_client

import invigilator
from protocol.client import SECONDS
from protocol.editor import ALL_FEATURES, Text
from protocol.reports import WORDS, folder, placeholder, question, report

pytestmark = pytest.mark.filterwarnings("error::pytest_lsp.LspSpecificationWarning")

SOURCE = str(Path(invigilator.__file__).parents[1])


def make_client() -> LanguageClient:
    """pytest-lsp's client, which takes what the server registers."""
    client = make_test_lsp_client()
    client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    return client


SERVER = ClientServerConfig(
    client_factory=make_client,
    server_command=[sys.executable, "-m", "invigilator", "serve"],
    server_env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [SOURCE, os.environ.get("PYTHONPATH")]))},
)
FIGURES = ("heat map 😀.png", "used.png")
REPORT = report(
    "😀😀 Kort 𐍈.",
    f"😀 {WORDS}\n\n😀é𐍈 and more",
    "😀 ![it](figures/none.png) 😀 ![used](figures/used.png)",
    head="# Rapport 😀\n\n## Del 𐍈 et\n\n",
) + question(4, placeholder(4), "Answer length: 2-9 words.")


@pytest.fixture(params=["\n", "\r\n"], ids=["LF", "CRLF"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The report on disk."""
    return folder(tmp_path, REPORT, FIGURES, newline=request.param)


def initialize(capabilities: types.ClientCapabilities, folder: Path, options: Any) -> types.InitializeParams:
    return types.InitializeParams(
        capabilities=capabilities,
        workspace_folders=[types.WorkspaceFolder(folder.as_uri(), folder.name)],
        initialization_options=options,
    )


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def visual_studio_code(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    capabilities = client_capabilities("visual-studio-code")
    assert capabilities.text_document is not None
    # what today's VS Code says besides: it could pull
    capabilities.general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf16])
    capabilities.text_document.diagnostic = types.DiagnosticClientCapabilities(dynamic_registration=True)
    options = {"diagnostics": "push", "editorHas": ALL_FEATURES}
    result = await lsp_client.initialize_session(initialize(capabilities, tmp_path, options))
    assert result.capabilities.position_encoding == "utf-16"
    assert result.capabilities.diagnostic_provider is None
    yield
    await lsp_client.shutdown_session()


@pytest_lsp.fixture(config=SERVER)  # type: ignore[untyped-decorator]
async def neovim(lsp_client: LanguageClient, tmp_path: Path) -> AsyncIterator[None]:
    result = await lsp_client.initialize_session(initialize(client_capabilities("neovim"), tmp_path, None))
    assert result.capabilities.position_encoding == "utf-8"
    assert result.capabilities.diagnostic_provider is not None
    yield
    await lsp_client.shutdown_session()


class Session:
    """What a person does, and what the editor then shows."""

    def __init__(self, client: LanguageClient, file: Path, encoding: str, *, pulls: bool) -> None:
        self.client, self.file, self.pulls = client, file, pulls
        self.uri = file.as_uri()
        self.text = Text(file.read_bytes().decode(), encoding)
        self.document = types.TextDocumentIdentifier(self.uri)
        item = types.TextDocumentItem(self.uri, "markdown", 1, self.text.text)
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    async def diagnostics(self, until: set[str] | None = None) -> Sequence[types.Diagnostic]:
        """The newest diagnostics; where they are pushed, those whose codes are `until`."""
        if self.pulls:
            assert self.client.diagnostics == {}, "never both"
            report = await self.client.text_document_diagnostic_async(types.DocumentDiagnosticParams(self.document))
            assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
            return report.items
        while True:
            found = self.client.diagnostics.get(self.uri)
            if found is not None and (until is None or {diagnostic.code for diagnostic in found} == until):
                return found
            try:
                await asyncio.wait_for(self.client.wait_for_notification("textDocument/publishDiagnostics"), SECONDS)
            except asyncio.TimeoutError:
                return found or ()

    async def findings(self, expected: set[tuple[str, str]]) -> None:
        """The diagnostics must be these: a code and the text that is underlined."""
        found = await self.diagnostics({code for code, _ in expected})
        assert {(str(d.code), self.shown(d.range)) for d in found} == expected

    def position(self, needle: str) -> types.Position:
        place = self.text.at(needle)
        return types.Position(place["line"], place["character"])

    def shown(self, where: types.Range) -> str:
        start, end = ({"line": end.line, "character": end.character} for end in (where.start, where.end))
        return self.text.shown({"start": start, "end": end})

    def type(self, start: int, end: int, new: str) -> None:
        change = self.text.change(start, end, new)
        ends = [types.Position(**change["range"][name]) for name in ("start", "end")]
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.text.version, self.uri),
                [types.TextDocumentContentChangePartial(text=new, range=types.Range(*ends))],
            )
        )

    async def hover(self, needle: str) -> tuple[str, str]:
        """The hover's first line, and the text it is about."""
        hover = await self.client.text_document_hover_async(types.HoverParams(self.document, self.position(needle)))
        assert hover is not None
        assert isinstance(hover.contents, types.MarkupContent)
        assert hover.range is not None
        return hover.contents.value, self.shown(hover.range)

    async def insert(self, needle: str, below: str, title: str) -> None:
        """Chooses an action at the first `needle` behind `below`, as the quick fix of what is wrong there."""
        at = self.text.position(self.text.text.index(needle, self.text.text.index(below)))
        place = types.Range(types.Position(**at), types.Position(**at))
        context = types.CodeActionContext([], only=["quickfix"])
        actions = await self.client.text_document_code_action_async(
            types.CodeActionParams(self.document, place, context)
        )
        (action,) = [action for action in actions or [] if action.title == title]
        assert isinstance(action, types.CodeAction)
        if action.edit is None:
            action = await self.client.code_action_resolve_async(action)
        assert action.edit is not None
        if action.edit.document_changes is not None:
            (change,) = action.edit.document_changes
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.version == self.text.version
            (edit,) = change.edits
        else:
            assert action.edit.changes is not None
            (edit,) = action.edit.changes[self.uri]
        assert isinstance(edit, types.TextEdit)
        start, end = (
            self.text.offset({"line": p.line, "character": p.character}) for p in (edit.range.start, edit.range.end)
        )
        self.type(start, end, edit.new_text)

    def save(self) -> None:
        self.file.write_bytes(self.text.text.encode())
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(self.document))

    async def close(self) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.document))
        assert list(await self.diagnostics(set())) == []


async def live_through(session: Session) -> None:
    """Opens, reads, types, inserts a figure, saves, closes."""
    in_picture = ("figure.not-found", "figures/none.png")
    unanswered = ("answer.missing", "Answer:")
    await session.findings({("answer.too-short", "Answer:"), ("figure.too-few", "Answer:"), in_picture, unanswered})

    said, about = await session.hover("### Question 1")
    assert said.startswith("**Question 1**: 5 to 10 words, says the prompt")
    assert "- 3 words (a reader sees 2): 2 missing" in said
    assert about == "### Question 1"
    said, about = await session.hover("![used](figures/used.png)")
    assert "`figures/used.png`: 6 × 4 pixels" in said
    assert about == "![used](figures/used.png)"

    place = session.text.text.index("Kort") + len("Kort")
    session.type(place, place, " og 😀 godt")
    await session.findings({("figure.too-few", "Answer:"), in_picture, unanswered})

    await session.insert("Answer:", "### Question 2", "Insert figure figures/heat map 😀.png")
    await session.findings({in_picture, unanswered})
    said, about = await session.hover("![heat map")
    assert "`figures/heat map 😀.png`: 6 × 4 pixels" in said
    assert about == "![heat map 😀](figures/heat%20map%20😀.png)"
    said, _ = await session.hover("### Question 2")
    assert "- 1 image: fine" in said

    start = session.text.text.index("none.png")
    session.type(start, start + len("none.png"), "used.png")
    start = session.text.text.index(placeholder(4))
    session.type(start, start + len(placeholder(4)), "Fire 😀 ord her.")
    await session.findings(set())
    session.save()
    await session.findings(set())
    on_disk = session.file.read_bytes().decode()
    assert len(set(re.findall(r"\r?\n", on_disk))) == 1, "one kind of line ending"
    await session.close()


async def test_visual_studio_code(visual_studio_code: LanguageClient, file: Path) -> None:
    await live_through(Session(visual_studio_code, file, "utf-16", pulls=False))
    assert visual_studio_code.messages == []


async def test_neovim(neovim: LanguageClient, file: Path) -> None:
    await live_through(Session(neovim, file, "utf-8", pulls=True))
    assert neovim.messages == []
