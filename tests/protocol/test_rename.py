"""Renaming a figure from the report: the file and every link to it change together, or nothing does."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import examples
from pictures import png
from protocol.client import RequestError
from protocol.clients import EGLOT, KATE, NEOVIM, VSCODE_FILES
from protocol.editor import ALL_FEATURES, Document, Editor, Json
from protocol.in_process import InProcessClient
from protocol.reports import WORDS, folder, question, report

Start = Callable[..., Editor]

REQUEST_FAILED = -32803

EVERYWHERE = (
    "![one](figures/old%20name.png) "
    '![two](./figures/old%20name.png?raw=true "a title") ![three](<figures/old name.png>) '
    "[a link](/figures/old%20name.png#top) ![four][it] "
    '<img src="figures/old%20name.png" width=3>\n\n[it]: figures/old%20name.png'
)
"""Every way to point to one file."""


def refusal(document: Document, position: Json, name: str | None = None) -> str:
    """Why a figure is not renamed; without a name, why one is not even asked for it."""
    method, params = ("prepareRename", {}) if name is None else ("rename", {"newName": name})
    with pytest.raises(RequestError) as caught:
        document.ask(method, position, **params)
    assert caught.value.code == REQUEST_FAILED
    return caught.value.message


def rename(document: Document, position: Json, name: str) -> Json:
    """Renames as an editor does; returns the edit."""
    edit: Json = document.ask("rename", position, newName=name)
    assert edit is not None, "nothing to be done"
    document.editor.apply(edit)
    document.editor.files_changed()
    return edit


@pytest.fixture
def picture(start: Start, tmp_path: Path) -> Callable[..., Document]:
    """A report in which question 2 shows `figures/NAME`, opened in an editor."""

    def opened(name: str = "old.png", written: str | None = None, capabilities: Json = VSCODE_FILES) -> Document:
        answer = f"See ![it](figures/{written or name}) here."
        file = folder(tmp_path, report(WORDS, answer), (name,))
        return start(tmp_path, capabilities).open(file)

    return opened


@pytest.mark.parametrize("capabilities", [VSCODE_FILES, NEOVIM], ids=["VS Code", "Neovim"])
def test_file_and_every_link_to_it(start: Start, tmp_path: Path, capabilities: Json) -> None:
    file = folder(tmp_path, report(WORDS, EVERYWHERE, "![again](figures/old%20name.png)"), ("old name.png",))
    document = start(tmp_path, capabilities).open(file)
    before = document.codes()
    edit = rename(document, document.at("old%20name"), "new (1).png")
    kinds = [change.get("kind", "text") for change in edit["documentChanges"]]
    assert kinds == ["text", "rename"]
    (text, moved) = edit["documentChanges"]
    assert text["textDocument"] == {"uri": document.uri, "version": 1}
    assert moved["options"] == {"overwrite": False, "ignoreIfExists": False}
    assert moved["newUri"] == (tmp_path / "figures" / "new (1).png").as_uri()
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["new (1).png"]
    new = "figures/new%20%281%29.png"
    assert f'![one]({new}) ![two](./{new}?raw=true "a title") ![three](<{new}>)' in document.text
    assert f'[a link](/{new}#top) ![four][it] <img src="{new}" width=3>\n\n[it]: {new}\n' in document.text
    assert f"![again]({new})" in document.text
    assert "old" not in document.text
    assert document.codes() == before


def test_what_is_asked_for(picture: Callable[..., Document]) -> None:
    """The name alone is marked, decoded as a person would type it; the cursor may be anywhere in the path."""
    document = picture("my plot.png", "my%20plot.png")
    assert document.editor.capabilities["renameProvider"] == {"prepareProvider": True}
    for place in ("figures", "my%20", "ng)"):
        answer = document.ask("prepareRename", document.at(place, 1))
        assert answer["placeholder"] == "my plot.png"
        assert document.shown(answer["range"]) == "my%20plot.png"


def test_a_client_that_asks_for_no_name_first(picture: Callable[..., Document]) -> None:
    capabilities = {**NEOVIM, "textDocument": {}}
    assert picture(capabilities=capabilities).editor.capabilities["renameProvider"] is True


@pytest.mark.parametrize(
    ("typed", "path", "written"),
    [
        ("new.png", "figures/new.png", "figures/new.png"),
        ("new", "figures/new.png", "figures/new.png"),
        ("run 0.5", "figures/run 0.5.png", "figures/run%200.5.png"),
        ("  new.png ", "figures/new.png", "figures/new.png"),
        ("./new.png", "figures/new.png", "figures/new.png"),
        ("sub/new.png", "figures/sub/new.png", "figures/sub/new.png"),
        ("sub/", "figures/sub/old.png", "figures/sub/old.png"),
        ("figures/sub/new", "figures/sub/new.png", "figures/sub/new.png"),
        ("./figures/new.png", "figures/new.png", "figures/new.png"),
        ("Figures/new.png", "figures/new.png", "figures/new.png"),
        ("../new.png", "new.png", "new.png"),
        ("my%20plot.png", "figures/my plot.png", "figures/my%20plot.png"),
        ("100%.png", "figures/100%.png", "figures/100%25.png"),
        ("a%zz.png", "figures/a%zz.png", "figures/a%25zz.png"),
        ("a%FF.png", "figures/a%FF.png", "figures/a%25FF.png"),
        ("#1 it's [a] & b.png", "figures/#1 it's [a] & b.png", "figures/%231%20it%27s%20%5Ba%5D%20%26%20b.png"),
        ("tåge.png", "figures/tåge.png", "figures/tåge.png"),
        ("損失.png", "figures/損失.png", "figures/損失.png"),
        ("🚲.png", "figures/🚲.png", "figures/🚲.png"),
        (unicodedata.normalize("NFD", "é.png"), unicodedata.normalize("NFD", "figures/é.png"), "figures/e\u0301.png"),
        ("x" * 251, f"figures/{'x' * 251}.png", f"figures/{'x' * 251}.png"),
        ("OLD.png", "figures/OLD.png", "figures/OLD.png"),
    ],
)
def test_names_that_people_type(
    picture: Callable[..., Document], tmp_path: Path, typed: str, path: str, written: str
) -> None:
    document = picture()
    rename(document, document.at("old.png"), typed)
    assert f"![it]({written})" in document.text
    assert (tmp_path / path).exists()
    assert not (tmp_path / "figures" / "old.png").exists()
    assert document.codes() == (["figure.outside-folder"] if path == "new.png" else [])


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the new name of the file, such as loss.png."),
        ("   ", "Type the new name of the file"),
        ("other.png", "figures/other.png is there already. Choose another name."),
        ("other", "figures/other.png is there already"),
        ("Other.png", "figures/other.png is there already, and that is the same name on Windows and macOS."),
        ("sub.png", "figures/sub.png is there already"),
        ("other.png/new.png", "figures/other.png is a file, not a folder."),
        ("new.gif", ".gif is not one of the allowed types (.png, .jpg, .jpeg). Type new.png."),
        ("new.pdf", ".pdf is not one of the allowed types"),
        ("new.jpg", "figures/old.png is a PNG, and another ending does not make it a JPEG. Type new.png"),
        ("new.PNG", "Write the ending in small letters: new.png."),
        ("../../new.png", "outside the project's folder"),
        ("/tmp/new.png", "A name cannot begin with /"),
        ("~/new.png", "A name cannot begin with ~"),
        ("//server/share/new.png", "A name cannot begin with /"),
        ("sub\\new.png", "Write / between a folder and a file, not \\."),
        ("C:/new.png", "No file can have : in its name on Windows."),
        ('a"b.png', 'No file can have " in its name on Windows.'),
        ("a\nb.png", "no line break"),
        ("a\0b.png", "no line break and no other control character"),
        ("a%0Ab.png", "no line break"),
        ("\ud800.png", "no line break"),
        ("con.png", "con.png is the name of a device on Windows."),
        ("LPT1", "LPT1 is the name of a device on Windows."),
        ("sub /new.png", "sub : a name cannot end in a dot or a space on Windows."),
        ("new.", "a name cannot end in a dot"),
        (".png", "files that begin with a dot are hidden"),
        ("é" * 126 + ".png", "The name is too long: 256 bytes, and no file can have more than 255."),
        ("x" * 252, "The name is too long: 256 bytes"),
    ],
)
def test_names_that_are_refused(picture: Callable[..., Document], tmp_path: Path, typed: str, said: str) -> None:
    document = picture()
    (tmp_path / "figures" / "other.png").write_bytes(png())
    (tmp_path / "figures" / "sub.png").mkdir()
    assert said in refusal(document, document.at("old.png"), typed)


def test_same_name_is_nothing_to_do(picture: Callable[..., Document]) -> None:
    document = picture()
    for typed in ("old.png", "old", "./old.png"):
        assert document.ask("rename", document.at("old.png"), newName=typed) is None


def test_case_alone(picture: Callable[..., Document]) -> None:
    """It is the same file to Windows and macOS, so that the editor must be told to go ahead."""
    document = picture("Old.png", "old.png")
    assert document.codes() == ["figure.wrong-case"]
    edit = rename(document, document.at("old.png"), "OLD.png")
    assert edit["documentChanges"][-1]["options"]["overwrite"] is True
    assert document.codes() == []


def test_a_link_of_other_capitals_is_mended(picture: Callable[..., Document]) -> None:
    document = picture("Old.png", "old.png")
    rename(document, document.at("old.png"), "new.png")
    assert document.codes() == []


def test_third_of_two_names_that_differ_in_case(picture: Callable[..., Document], tmp_path: Path) -> None:
    document = picture()
    (tmp_path / "figures" / "Old.png").write_bytes(png())
    assert "figures/Old.png is there already" in refusal(document, document.at("old.png"), "OLD.png")


def test_letters_composed_otherwise(picture: Callable[..., Document], tmp_path: Path) -> None:
    """macOS writes the file's name one way, the editor the other: it is one file."""
    document = picture(unicodedata.normalize("NFD", "blåbær.png"), "blåbær.png")
    assert document.codes() == []
    rename(document, document.at("blåbær"), "tåge.png")
    assert document.codes() == []
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["tåge.png"]


@pytest.mark.parametrize(
    "name", ["a%20b.png", "100%.png", "a#b.png", "a?b.png", "it's.png", 'a"b.png', "a\nb.png", "a:b.png"]
)
def test_away_from_an_odd_name(start: Start, tmp_path: Path, name: str) -> None:
    """What was written by hand, with every character encoded."""
    written = "".join(f"%{byte:02X}" for byte in name.encode())
    file = folder(tmp_path, report(WORDS, f"![it](figures/{written})"), (name,))
    document = start(tmp_path, VSCODE_FILES).open(file)
    assert document.ask("prepareRename", document.at(written))["placeholder"] == name
    rename(document, document.at(written), "plain.png")
    assert "![it](figures/plain.png)" in document.text
    assert document.codes() == []


def test_image_that_a_space_keeps_from_being_shown(start: Start, tmp_path: Path) -> None:
    """Its finding says: or rename the file. Done so, the picture is shown."""
    file = folder(tmp_path, report(WORDS, '![it](figures/my plot.png "a title") here'), ("my plot.png",))
    document = start(tmp_path, VSCODE_FILES).open(file)
    assert "figure.not-shown" in document.codes()
    answer = document.ask("prepareRename", document.at("my plot"))
    assert (answer["placeholder"], document.shown(answer["range"])) == ("my plot.png", "my plot.png")
    rename(document, document.at("my plot"), "plot.png")
    assert '![it](figures/plot.png "a title") here' in document.text
    assert document.codes() == []


def test_name_that_looks_encoded_stays_as_typed(picture: Callable[..., Document], tmp_path: Path) -> None:
    document = picture("50%20.png", "50%2520.png")
    rename(document, document.at("50%2520"), "60%20.png")
    assert (tmp_path / "figures" / "60%20.png").exists()
    assert document.codes() == []


def test_a_jpeg_that_is_called_png_may_get_its_own_ending(picture: Callable[..., Document], tmp_path: Path) -> None:
    document = picture()
    jpeg = (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xc0\x00\x0b\x08\x00\x04\x00\x06\x01"
    )
    (tmp_path / "figures" / "old.png").write_bytes(jpeg + bytes(20))
    document.editor.files_changed(tmp_path)
    rename(document, document.at("old.png"), "new.jpg")
    assert "![it](figures/new.jpg)" in document.text


@pytest.mark.parametrize(
    ("answer", "place", "said"),
    [
        ("Some words.", "Some", "This is no figure that could be renamed. Put the cursor on the path of one"),
        ("![it](figures/a.png)", "it", "This is no figure that could be renamed."),
        ("`![it](figures/a.png)`", "a.png", "This is no figure that could be renamed."),
        ("![it](figures/none.png)", "none", "There is no file figures/none.png that could be renamed."),
        ("![it](https://example.org/a.png)", "a.png", "This is no file beside the report"),
        ("![it](../../a.png)", "a.png", "outside the project's folder"),
        ("[notes](notes.txt)", "notes.t", "notes.txt is no figure: only pictures are renamed from here."),
        ("[all](figures)", "figures", "figures is a folder."),
        ("![it][a]\n\n[a]: figures/a.png", "[a]", "Its path stands in line 25. Put the cursor there"),
    ],
)
def test_what_is_no_figure(start: Start, tmp_path: Path, answer: str, place: str, said: str) -> None:
    file = folder(tmp_path, report(WORDS, answer), ("a.png",))
    (tmp_path / "notes.txt").write_bytes(b"")
    document = start(tmp_path, VSCODE_FILES).open(file)
    position = document.position(document.text.index(place, document.text.rindex("Answer:")))
    assert said in refusal(document, position)
    assert said in refusal(document, position, "new.png")


@pytest.mark.parametrize("capabilities", [EGLOT, KATE, {}], ids=["eglot", "Kate", "bare"])
def test_clients_that_rename_no_files(picture: Callable[..., Document], capabilities: Json) -> None:
    document = picture(capabilities=capabilities)
    said = refusal(document, document.at("old.png"), "new.png")
    assert said.startswith("Your editor cannot rename files from here. Rename the file outside it")


def test_not_where_the_editor_does_it_itself(start: Start, tmp_path: Path) -> None:
    editor = start(tmp_path, VSCODE_FILES, editorHas=ALL_FEATURES)
    assert "renameProvider" not in editor.capabilities


def test_other_markdown_has_nothing_to_rename(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, "# Notes\n\n![it](figures/a.png)\n", ("a.png",))
    document = start(tmp_path, VSCODE_FILES).open(file)
    assert document.ask("prepareRename", document.at("a.png")) is None
    assert document.ask("rename", document.at("a.png"), newName="b.png") is None


# --- other reports ----------------------------------------------------------------------------------------------------


def test_open_reports_at_their_version_and_closed_ones_on_disk(start: Start, tmp_path: Path) -> None:
    """A draft beside the report, the same report above it, one that is open and unsaved; notes are left alone."""
    text = report(WORDS, "![it](figures/old.png)")
    file = folder(tmp_path / "reports", text, ("old.png",))
    draft, above, notes = tmp_path / "reports" / "draft.md", tmp_path / "README.md", tmp_path / "NOTES.md"
    draft.write_bytes(text.replace("\n", "\r\n").encode())
    above.write_text(report(WORDS, "![up here](reports/figures/old.png)"))
    notes.write_text("# Notes\n\n![it](reports/figures/old.png)\n")
    other = tmp_path / "reports" / "other.md"
    other.write_text(report(WORDS, "nothing yet"))
    editor = start(tmp_path, VSCODE_FILES)
    document, unsaved = editor.open(file), editor.open(other)
    unsaved.replace("nothing yet", "![unsaved](./figures/old.png)")
    edit = rename(document, document.at("old.png"), "new.png")
    versions = {c["textDocument"]["uri"]: c["textDocument"]["version"] for c in edit["documentChanges"][:-1]}
    assert versions == {document.uri: 1, unsaved.uri: 2, draft.as_uri(): None, above.as_uri(): None}
    assert "![it](figures/new.png)" in document.text
    assert "![unsaved](./figures/new.png)" in unsaved.text
    assert draft.read_bytes() == text.replace("old.png", "new.png").replace("\n", "\r\n").encode()
    assert "![up here](reports/figures/new.png)" in above.read_text()
    assert "![it](reports/figures/old.png)" in notes.read_text()
    for each in (document, unsaved):
        assert each.codes() == []


def test_same_report_under_two_names_is_edited_once(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path / "reports", report(WORDS, "![it](figures/old.png)"), ("old.png",))
    (tmp_path / "README.md").symlink_to(file)
    document = start(tmp_path, VSCODE_FILES).open(file)
    edit = document.ask("rename", document.at("old.png"), newName="new.png")
    assert len(edit["documentChanges"]) == 2


def test_figure_reached_through_a_loop_of_links(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![it](figures/old.png) ![same](figures/loop/loop/old.png)"), ("old.png",))
    (tmp_path / "figures" / "loop").symlink_to(tmp_path / "figures")
    document = start(tmp_path, VSCODE_FILES).open(file)
    rename(document, document.at("old.png"), "new.png")
    assert "![it](figures/new.png) ![same](figures/new.png)" in document.text
    assert document.codes() == []


def test_nothing_through_a_link_out_of_the_root(start: Start, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.png").write_bytes(png())
    root = tmp_path / "root"
    file = folder(root, report(WORDS, "![it](figures/old.png) ![out](figures/away/secret.png)"), ("old.png",))
    (root / "figures" / "away").symlink_to(outside)
    document = start(root, VSCODE_FILES).open(file)
    assert "left alone" in refusal(document, document.at("secret"))
    assert "outside the project's folder" in refusal(document, document.at("old.png"), "away/new.png")


def test_workspace_folder_that_is_itself_a_link(start: Start, tmp_path: Path) -> None:
    """The client's own spelling of every address, so that no document is opened twice."""
    folder(tmp_path / "real" / "reports", report(WORDS, "![it](figures/old.png)"), ("old.png",))
    (tmp_path / "real" / "README.md").write_text(report(WORDS, "![it](reports/figures/old.png)"))
    root = tmp_path / "linked"
    root.symlink_to(tmp_path / "real")
    document = start(root, VSCODE_FILES).open(root / "reports" / "README.md")
    edit = document.ask("rename", document.at("old.png"), newName="new.png")
    uris = [change["textDocument"]["uri"] for change in edit["documentChanges"][:-1]]
    assert uris == [document.uri, (root / "README.md").as_uri()]
    assert edit["documentChanges"][-1]["oldUri"] == (root / "reports" / "figures" / "old.png").as_uri()


def test_ten_thousand_figures(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![it](figures/old.png)"), ("old.png",))
    for number in range(10_000):
        (tmp_path / "figures" / f"z{number}.png").touch()
    document = start(tmp_path, VSCODE_FILES).open(file)
    assert "figures/z9999.png is there already" in refusal(document, document.at("old.png"), "Z9999.png")
    rename(document, document.at("old.png"), "zz.png")
    assert "![it](figures/zz.png)" in document.text


def test_answers_after_an_edit_are_about_the_new_text(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![it](figures/old.png)", "Later."), ("old.png",))
    document = start(tmp_path, VSCODE_FILES).open(file)
    document.replace(WORDS, f"ø 🚲\n\n{WORDS}")
    document.replace("Later.", "Later 🚲 ![it](figures/old.png)")
    edit = document.ask("rename", document.at("old.png"), newName="new.png")
    assert edit["documentChanges"][0]["textDocument"]["version"] == 3
    document.editor.apply(edit)
    assert document.text.count("![it](figures/new.png)") == 2


def test_figures_of_prompts_and_introductions_too(start: Start, tmp_path: Path) -> None:
    asks = "Put it like ![this](figures/old.png)."
    text = "# A report\n\n![intro](figures/old.png)\n\n" + question(1, "![it](figures/old.png)", asks)
    document = start(tmp_path, VSCODE_FILES).open(folder(tmp_path, text, ("old.png",)))
    rename(document, document.at("old.png"), "new.png")
    assert document.text.count("figures/new.png") == 3
    assert "old" not in document.text


# --- any name ---------------------------------------------------------------------------------------------------------

NAMES = st.text(
    st.one_of(st.sampled_from(" .%#?&()[]<>'\"`!*_~$=+,;@^{}|\\-/åß損🚲\u0301\u00a0\u200d"), st.characters()),
    min_size=1,
    max_size=12,
)


@examples(60)
@given(typed=NAMES)
def test_report_and_files_agree_after_any_name(typed: str) -> None:
    """Refused with a sentence, or the same verdict as before and every link right."""
    with TemporaryDirectory() as name:
        root = Path(name).resolve()
        answer = EVERYWHERE.replace("<figures/old name.png>", "figures/old%20name.png")  # its space makes two words
        file = folder(root, report(WORDS, answer), ("old name.png",))
        client = InProcessClient()
        document = Editor(client).start(root, VSCODE_FILES).open(file)
        before, verdict = document.codes(), judged(document)
        edit = attempted(document, typed)
        if isinstance(edit, str):
            assert edit.endswith(".")
        elif edit is not None:
            document.editor.apply(edit)
            document.editor.files_changed()
        assert [code for code in document.codes() if code != "figure.outside-folder"] == before
        assert judged(document) == verdict
        assert len([*(root / "figures").rglob("*.png"), *root.glob("*.png")]) == 1
        client.end()


def attempted(document: Document, typed: str) -> Json | str | None:
    """The edit, or why there is none."""
    try:
        edit: Json | None = document.ask("rename", document.at("old%20name"), newName=typed)
    except RequestError as refused:
        return refused.message
    return edit


def judged(document: Document) -> list[Json]:
    """What is counted and said of each question; characters alone depend on the name."""
    answer = document.editor.client.request(
        "workspace/executeCommand", {"command": "invigilator.check", "arguments": [document.uri]}
    )
    return [{key: value for key, value in each.items() if key != "characters"} for each in answer["questions"]]
