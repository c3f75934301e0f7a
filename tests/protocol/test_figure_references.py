"""From a link to its file, and from a figure to every place that shows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from protocol.clients import EGLOT, KATE, NEOVIM, VSCODE_FILES
from protocol.editor import ALL_FEATURES, Document, Editor, Json
from protocol.reports import WORDS, folder, report

Start = Callable[..., Editor]

TOP = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}

ANSWER = (
    'På øen 🚲 ![label one](figures/a%20b.png "title") [![inner](figures/a%20b.png)](figures/other.png) '
    "![refer][the one]"
    "\n\n[the  ONE]: <figures/a b.png> 'title'\n\n"
    '<img alt="tag" src="figures/A%20b.png"> [gone](figures/none.png) [out](../../x.png) ![web](https://x.org/a.png)'
)


@pytest.fixture
def opened(start: Start, tmp_path: Path) -> Document:
    file = folder(tmp_path, report(WORDS, ANSWER, "![gone too](./figures/none.png)"), ("a b.png", "other.png"))
    return start(tmp_path, VSCODE_FILES).open(file)


def at(document: Document, needle: str) -> Json:
    return document.position(document.text.index(needle) + 1)


@pytest.mark.parametrize(
    ("cursor", "file", "origin"),
    [
        ("label one", "a b.png", '![label one](figures/a%20b.png "title")'),
        ("a%20b.png", "a b.png", "figures/a%20b.png"),
        ("inner", "a b.png", "![inner](figures/a%20b.png)"),
        ("other.png", "other.png", "figures/other.png"),
        ("a b.png", "a b.png", "figures/a b.png"),
        ("A%20b.png", "a b.png", "figures/A%20b.png"),
        ("alt=", "a b.png", '<img alt="tag" src="figures/A%20b.png">'),
    ],
)
def test_definition_is_the_file(opened: Document, tmp_path: Path, cursor: str, file: str, origin: str) -> None:
    (link,) = opened.ask("definition", at(opened, cursor))
    assert opened.shown(link.pop("originSelectionRange")) == origin
    assert link == {
        "targetUri": (tmp_path / "figures" / file).as_uri(),
        "targetRange": TOP,
        "targetSelectionRange": TOP,
    }


def test_definition_of_a_reference_is_its_line(opened: Document) -> None:
    (link,) = opened.ask("definition", at(opened, "refer"))
    assert link["targetUri"] == opened.uri
    assert opened.shown(link["targetRange"]) == "[the  ONE]: <figures/a b.png"
    assert opened.shown(link["originSelectionRange"]) == "![refer][the one]"


@pytest.mark.parametrize("capabilities", [KATE, {}], ids=["Kate", "bare"])
def test_definition_for_clients_without_links(start: Start, tmp_path: Path, capabilities: Json) -> None:
    file = folder(tmp_path, report(WORDS, ANSWER), ("a b.png",))
    document = start(tmp_path, capabilities).open(file)
    (place,) = document.ask("definition", at(document, "label one"))
    assert place == {"uri": (tmp_path / "figures" / "a b.png").as_uri(), "range": TOP}


@pytest.mark.parametrize("cursor", ["gone]", "out]", "web]", "øen", "Answer:"])
def test_no_definition(opened: Document, cursor: str) -> None:
    assert opened.ask("definition", at(opened, cursor)) is None


@pytest.mark.parametrize("cursor", ["label one", "inner", "refer", "figures/a b.png", "A%20b.png"])
def test_references_are_the_same_from_everywhere(opened: Document, tmp_path: Path, cursor: str) -> None:
    file, *places = opened.ask("references", at(opened, cursor), context={"includeDeclaration": True})
    assert file == {"uri": (tmp_path / "figures" / "a b.png").as_uri(), "range": TOP}
    assert {place["uri"] for place in places} == {opened.uri}
    assert [opened.shown(place["range"]) for place in places] == [
        "figures/a%20b.png",
        "figures/a%20b.png",
        "![refer][the one]",
        "figures/a b.png",
        "figures/A%20b.png",
    ]
    without = opened.ask("references", at(opened, cursor), context={"includeDeclaration": False})
    assert without == places


def test_references_of_a_file_that_is_missing(opened: Document) -> None:
    places = opened.ask("references", at(opened, "gone]"), context={"includeDeclaration": True})
    assert [opened.shown(place["range"]) for place in places] == ["figures/none.png", "./figures/none.png"]


@pytest.mark.parametrize("cursor", ["out]", "web]", "øen"])
def test_no_references(opened: Document, cursor: str) -> None:
    assert opened.ask("references", at(opened, cursor), context={"includeDeclaration": True}) is None


def test_references_in_all_open_reports(start: Start, tmp_path: Path) -> None:
    """Sorted by document and place; a report of another folder has a file of the same name, which is another one."""
    file = folder(tmp_path / "reports", report(WORDS, "![it](figures/a.png)"), ("a.png",))
    draft, stranger = (
        tmp_path / "reports" / "draft.md",
        folder(tmp_path / "z", report("![it](figures/a.png)"), ("a.png",)),
    )
    draft.write_text(report("![draft](../reports/figures/a.png)"))
    editor = start(tmp_path, NEOVIM)
    document, other = editor.open(file), editor.open(draft)
    editor.open(stranger)
    places = document.ask("references", at(document, "a.png"), context={"includeDeclaration": False})
    assert [place["uri"] for place in places] == [document.uri, other.uri]
    assert other.shown(places[1]["range"]) == "../reports/figures/a.png"
    other.close()
    assert len(document.ask("references", at(document, "a.png"), context={"includeDeclaration": False})) == 1


def test_not_where_the_editor_does_it_itself(start: Start, tmp_path: Path) -> None:
    for capabilities in (VSCODE_FILES, NEOVIM, EGLOT, KATE, {}):
        announced = start(tmp_path, capabilities).capabilities
        assert announced["definitionProvider"]
        assert announced["referencesProvider"]
    announced = start(tmp_path, VSCODE_FILES, editorHas=ALL_FEATURES).capabilities
    assert not {"definitionProvider", "referencesProvider", "documentLinkProvider"} & set(announced)


def test_untitled_and_other_markdown(start: Start, tmp_path: Path) -> None:
    editor = start(tmp_path, NEOVIM)
    for document in (
        editor.open("untitled:1", report(WORDS, "![it](figures/a.png)")),
        editor.open((tmp_path / "notes.md").as_uri(), "# Notes\n\n![it](figures/a.png)\n"),
    ):
        assert document.ask("definition", at(document, "a.png")) is None
        assert document.ask("references", at(document, "a.png"), context={"includeDeclaration": True}) is None
        assert document.ask("documentLink") == []


def boom(*args: object, **options: object) -> None:
    raise LookupError("a word of the report")


@pytest.mark.parametrize("feature", ["definition", "references", "prepare_rename", "rename"])
def test_one_that_fails_is_answered_empty_and_logged_once(
    opened: Document, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, feature: str
) -> None:
    method = {"prepare_rename": "prepareRename"}.get(feature, feature)
    more = {"context": {"includeDeclaration": True}, "newName": "x.png"}
    with monkeypatch.context() as broken:
        broken.setattr(f"invigilator.lsp.features.{feature}", boom)
        for _ in range(3):
            assert opened.ask(method, at(opened, "a%20b"), **more) is None
    (failure,) = [record.getMessage() for record in caplog.records]
    assert failure.startswith(f"textDocument/{method} failed with LookupError")
    caplog.clear()
    assert opened.ask(method, at(opened, "a%20b"), **more) is not None
