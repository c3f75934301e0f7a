"""Moving figures, folders and reports in the editor's list of files: every link leads where it led."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pictures import png
from protocol.clients import EGLOT, NEOVIM, VSCODE_FILES
from protocol.editor import ALL_FEATURES, Document, Editor, Json
from protocol.reports import WORDS, folder, report

Start = Callable[..., Editor]

ANSWER = "![a](figures/a.png) ![b](./figures/b%20c.png?raw=true) [code](../src/train.py) ![web](https://x.org/a.png)"


def project(path: Path, answer: str = ANSWER) -> Path:
    """A project with a report in `reports/` and code beside it; returns the report's path."""
    file = folder(path / "reports", report(WORDS, answer), ("a.png", "b c.png"))
    (path / "src").mkdir()
    (path / "src" / "train.py").write_text("")
    return file


def shown(document: Document) -> str:
    """The answer to question 2."""
    return document.text[document.text.rindex("Answer:") + len("Answer:") :].strip()


@pytest.fixture
def opened(start: Start, tmp_path: Path) -> Document:
    return start(tmp_path, VSCODE_FILES, editorHas=ALL_FEATURES).open(project(tmp_path))


def test_offered_to_clients_that_ask(start: Start, tmp_path: Path) -> None:
    """Also where the editor has its own Markdown support: VS Code's leaves links alone unless told otherwise."""
    operations = start(tmp_path, VSCODE_FILES, editorHas=ALL_FEATURES).capabilities["workspace"]["fileOperations"]
    assert operations["willRename"] == operations["didRename"]
    files, folders = operations["willRename"]["filters"]
    assert files == {
        "scheme": "file",
        "pattern": {
            "glob": "**/*.{avif,bmp,gif,heic,jpeg,jpg,md,pdf,png,svg,tif,tiff,webp}",
            "matches": "file",
            "options": {"ignoreCase": True},
        },
    }
    assert folders == {"scheme": "file", "pattern": {"glob": "**/*", "matches": "folder"}}
    for capabilities in (NEOVIM, EGLOT, {}):
        workspace = start(tmp_path, capabilities).capabilities["workspace"]
        assert "willRename" not in workspace.get("fileOperations", {})


def test_a_figure(opened: Document, tmp_path: Path) -> None:
    figures = tmp_path / "reports" / "figures"
    before = opened.codes()
    edit = opened.editor.move((figures / "b c.png", figures / "ny (2).png"))
    assert edit is not None
    assert [change["textDocument"]["version"] for change in edit["documentChanges"]] == [1]
    assert shown(opened) == ANSWER.replace("b%20c", "ny%20%282%29")
    assert opened.codes() == before


def test_several_figures_into_another_folder(opened: Document, tmp_path: Path) -> None:
    figures = tmp_path / "reports" / "figures"
    opened.editor.move(
        (figures / "a.png", figures / "runs" / "a.png"), (figures / "b c.png", figures / "runs" / "b c.png")
    )
    assert shown(opened) == ANSWER.replace("figures/", "figures/runs/")
    assert "figure.not-found" not in opened.codes()


def test_two_figures_that_change_places(opened: Document, tmp_path: Path) -> None:
    """Every edit is of the state before; nothing is renamed twice."""
    figures = tmp_path / "reports" / "figures"
    edit = opened.editor.client.request(
        "workspace/willRenameFiles",
        {
            "files": [
                {"oldUri": (figures / old).as_uri(), "newUri": (figures / new).as_uri()}
                for old, new in [("a.png", "b c.png"), ("b c.png", "a.png")]
            ]
        },
    )
    opened.editor.apply(edit)
    assert "![a](figures/b%20c.png) ![b](./figures/a.png?raw=true)" in opened.text


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("reports/figures", "reports/img", ANSWER.replace("figures/", "img/")),
        (
            "reports/figures",
            "my plots",
            ANSWER.replace("./figures/", "../my%20plots/").replace("(figures", "(../my%20plots"),
        ),
        ("src", "code", ANSWER.replace("../src", "../code")),
        ("reports", "report", None),
        ("reports", "deep/er/reports", ANSWER.replace("../src", "../../../src")),
    ],
)
def test_folders(opened: Document, tmp_path: Path, old: str, new: str, written: str | None) -> None:
    """A report that moves with its figures keeps their links; what is left behind is found from the new place."""
    edit = opened.editor.move((tmp_path / old, tmp_path / new))
    (document,) = opened.editor.documents.values()
    if written is None:
        assert edit is None
    assert shown(document) == (written or ANSWER)
    assert not {"figure.not-found"} & set(document.codes())


def test_the_report_alone(opened: Document, tmp_path: Path) -> None:
    opened.editor.move((tmp_path / "reports" / "README.md", tmp_path / "docs" / "final" / "README.md"))
    (document,) = opened.editor.documents.values()
    assert shown(document) == (
        "![a](../../reports/figures/a.png) ![b](../../reports/figures/b%20c.png?raw=true) "
        "[code](../../src/train.py) ![web](https://x.org/a.png)"
    )
    assert "figure.not-found" not in document.codes()


def test_another_name_of_the_report_changes_nothing(opened: Document, tmp_path: Path) -> None:
    assert opened.editor.move((tmp_path / "reports" / "README.md", tmp_path / "reports" / "report.md")) is None


def test_report_that_no_editor_shows(start: Start, tmp_path: Path) -> None:
    file = project(tmp_path)
    editor = start(tmp_path, VSCODE_FILES)
    edit = editor.move((tmp_path / "reports" / "figures" / "a.png", tmp_path / "reports" / "figures" / "n.png"))
    assert edit is not None
    assert [change["textDocument"] for change in edit["documentChanges"]] == [{"uri": file.as_uri(), "version": None}]
    assert "![a](figures/n.png)" in file.read_text()


def test_plain_edits_for_a_client_that_knows_no_versions(start: Start, tmp_path: Path) -> None:
    file = project(tmp_path)
    editor = start(tmp_path, {"workspace": {"fileOperations": {"willRename": True}}})
    document = editor.open(file)
    edit = editor.move((tmp_path / "reports" / "figures" / "a.png", tmp_path / "reports" / "figures" / "n.png"))
    assert edit is not None
    assert list(edit["changes"]) == [document.uri]
    assert "![a](figures/n.png)" in document.text


def test_text_that_is_not_saved(opened: Document, tmp_path: Path) -> None:
    opened.replace("![a](figures/a.png)", "Å 🚲 ![a](figures/a.png) ![again](figures/a.png)")
    opened.editor.move((tmp_path / "reports" / "figures" / "a.png", tmp_path / "reports" / "figures" / "n.png"))
    assert "Å 🚲 ![a](figures/n.png) ![again](figures/n.png)" in opened.text


def test_out_of_the_root_is_left_alone(start: Start, tmp_path: Path) -> None:
    root = tmp_path / "root"
    document = start(root, VSCODE_FILES).open(project(root))
    figures = root / "reports" / "figures"
    assert document.editor.move((figures / "a.png", tmp_path / "elsewhere" / "a.png")) is None
    assert document.editor.move((root / "reports", tmp_path / "reports")) is None


def test_into_the_root_and_files_that_nobody_links_to(opened: Document, tmp_path: Path) -> None:
    other = tmp_path / "reports" / "figures" / "z.png"
    other.write_bytes(png())
    assert opened.editor.move((other, other.with_name("y.png"))) is None


@pytest.mark.parametrize(
    "files",
    [
        [],
        [{"oldUri": "untitled:1", "newUri": "untitled:2"}],
        [{"oldUri": "file:///", "newUri": "file:///x"}],
        [{"oldUri": "file://server/share/a.png", "newUri": "file://server/share/b.png"}],
        [{"oldUri": "file:///nowhere/a.png", "newUri": "file:///nowhere/b.png"}],
        [{"oldUri": "", "newUri": ""}],
        [{"oldUri": "file:///a%00b.png", "newUri": "file:///b.png"}],
    ],
)
def test_addresses_of_no_use(opened: Document, files: list[Json]) -> None:
    assert opened.editor.client.request("workspace/willRenameFiles", {"files": files}) is None


def test_links_in_a_loop(start: Start, tmp_path: Path) -> None:
    """The folder that moves holds a link to itself; the report shows a figure through it."""
    file = project(tmp_path, "![a](figures/loop/loop/a.png) ![b](figures/a.png)")
    (tmp_path / "reports" / "figures" / "loop").symlink_to(".")
    document = start(tmp_path, VSCODE_FILES).open(file)
    document.editor.move((tmp_path / "reports" / "figures", tmp_path / "reports" / "img"))
    assert shown(document) == "![a](img/a.png) ![b](img/a.png)"


def test_ten_thousand_files_at_once(opened: Document, tmp_path: Path) -> None:
    figures = tmp_path / "reports" / "figures"
    names = ["a.png", *(f"z{number}.png" for number in range(10_000))]
    files = [{"oldUri": (figures / n).as_uri(), "newUri": (figures / "all" / n).as_uri()} for n in names]
    edit = opened.editor.client.request("workspace/willRenameFiles", {"files": files})
    (change,) = edit["documentChanges"]
    assert [each["newText"] for each in change["edits"]] == ["figures/all/a.png"]
