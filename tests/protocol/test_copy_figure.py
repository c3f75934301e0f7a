"""`Copy it to figures/…`: the server copies the file, the editor writes the link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pictures import png
from protocol.editor import VISUAL_STUDIO_CODE, VISUAL_STUDIO_CODE_OPTIONS, Document, Editor, Json
from protocol.reports import WORDS, folder, report

Start = Callable[..., Editor]

APPLIES: Json = {**VISUAL_STUDIO_CODE, "workspace": {**VISUAL_STUDIO_CODE["workspace"], "applyEdit": True}}
ONE = "Copy it to figures/plot.png"
ALL = "Fix all 3 of this kind (figure.outside-folder)"


def opened(start: Start, path: Path, *links: str, capabilities: Json = APPLIES) -> Document:
    """A report whose second answer shows the pictures, which are there."""
    file = folder(path, report(WORDS, "\n\n".join(f"![it]({link})" for link in links)))
    for number, link in enumerate(links):
        picture = path / link.removeprefix("./").replace("%20", " ")
        picture.parent.mkdir(exist_ok=True)
        picture.write_bytes(png(6 + number, 4))
    editor = start(path, capabilities, **VISUAL_STUDIO_CODE_OPTIONS)
    editor.client.answers["workspace/applyEdit"] = {"applied": True}
    return editor.open(file)


def does(document: Document, title: str, at: str) -> None:
    """Picks the action, as a person does; the editor then does what the server asks it to."""
    action = document.action(title, document.at(at))
    assert "edit" not in action
    command = action["command"]
    document.editor.client.request(
        "workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]}
    )


def applied(document: Document) -> None:
    asked = document.editor.client.wait_for("workspace/applyEdit")
    document.apply({"edit": asked["edit"]})


def test_copied_and_linked(start: Start, tmp_path: Path) -> None:
    document = opened(start, tmp_path, "img/Plot.png")
    assert "figure.outside-folder" in document.codes()
    does(document, ONE, "img/")
    applied(document)
    assert "![it](figures/plot.png)" in document.text
    assert (tmp_path / "figures" / "plot.png").read_bytes() == (tmp_path / "img" / "Plot.png").read_bytes()
    assert "figure.outside-folder" not in document.codes()


def test_another_file_of_that_name_stays(start: Start, tmp_path: Path) -> None:
    document = opened(start, tmp_path, "img/plot.png")
    (tmp_path / "figures" / "Plot.png").write_bytes(b"another")
    does(document, "Copy it to figures/plot-2.png", "img/")
    applied(document)
    assert "![it](figures/plot-2.png)" in document.text
    assert (tmp_path / "figures" / "Plot.png").read_bytes() == b"another"


def test_all_at_once(start: Start, tmp_path: Path) -> None:
    document = opened(start, tmp_path, "img/plot.png", "img/a%20b.png", "elsewhere/roc.png")
    does(document, ALL, "img/")
    applied(document)
    links = ("figures/plot.png", "figures/a-b.png", "figures/roc.png")
    assert [f"![it]({link})" in document.text for link in links] == [True] * 3
    assert sorted(path.name for path in (tmp_path / "figures").iterdir()) == ["a-b.png", "plot.png", "roc.png"]


def test_two_of_one_name_are_not_mixed_up(start: Start, tmp_path: Path) -> None:
    """One is left, and found again under its next free name."""
    document = opened(start, tmp_path, "img/plot.png", "other/plot.png", "img/roc.png")
    does(document, ALL.replace("3", "2"), "img/")
    applied(document)
    assert "![it](other/plot.png)" in document.text
    does(document, "Copy it to figures/plot-2.png", "other/")
    applied(document)
    assert (tmp_path / "figures" / "plot-2.png").read_bytes() == (tmp_path / "other" / "plot.png").read_bytes()


def test_one_picture_shown_twice_is_copied_once(start: Start, tmp_path: Path) -> None:
    document = opened(start, tmp_path, "img/plot.png", "./img/plot.png")
    does(document, ALL.replace("3", "2"), "img/")
    applied(document)
    assert document.text.count("![it](figures/plot.png)") == 2
    assert [path.name for path in (tmp_path / "figures").iterdir()] == ["plot.png"]


def test_the_figures_folder_is_made(start: Start, tmp_path: Path) -> None:
    document = opened(start, tmp_path, "img/plot.png")
    (tmp_path / "figures").rmdir()
    does(document, ONE, "img/")
    assert (tmp_path / "figures" / "plot.png").is_file()


@pytest.mark.parametrize("trouble", ["typed meanwhile", "taken meanwhile", "gone meanwhile", "no folder"])
def test_what_cannot_be_done_is_said_once_and_changes_nothing(start: Start, tmp_path: Path, trouble: str) -> None:
    document = opened(start, tmp_path, "img/plot.png")
    action = document.action(ONE, document.at("img/"))
    if trouble == "typed meanwhile":
        document.replace(WORDS, "one two")
    elif trouble == "taken meanwhile":
        (tmp_path / "figures" / "plot.png").write_bytes(b"another")
    elif trouble == "gone meanwhile":
        (tmp_path / "img" / "plot.png").unlink()
    else:
        (tmp_path / "figures").rmdir()
        (tmp_path / "figures").write_bytes(b"a file")
    before = document.text
    client = document.editor.client
    client.request("workspace/executeCommand", {key: action["command"][key] for key in ("command", "arguments")})
    said = client.wait_for("window/showMessage")
    assert said["type"] == 1
    assert said["message"].endswith(".")
    assert str(tmp_path) not in said["message"]
    assert "workspace/applyEdit" not in client.said
    assert document.text == before
    client.said.remove("window/showMessage")  # it was expected


@pytest.mark.parametrize("arguments", [[], [None], [{}], ["x"], [{"uri": 1}], [{"uri": "file:///nowhere"}], [1, 2, 3]])
def test_nonsense_is_answered(start: Start, tmp_path: Path, arguments: list[object]) -> None:
    editor = start(tmp_path, APPLIES)
    for command in ("invigilator.copyFigure", "invigilator.check", "invigilator.ready"):
        params = {"command": command, "arguments": arguments}
        assert editor.client.request("workspace/executeCommand", params) is None


def test_only_for_editors_that_apply_edits(start: Start, tmp_path: Path) -> None:
    document = opened(start, tmp_path, "img/plot.png", capabilities=VISUAL_STUDIO_CODE)
    titles = [action["title"] for action in document.actions(document.at("img/"))]
    assert not [title for title in titles if title.startswith("Copy")]
    assert document.editor.capabilities["executeCommandProvider"]["commands"] == [
        "invigilator.check",
        "invigilator.ready",
    ]


def test_check_gives_the_command_lines_json(start: Start, tmp_path: Path) -> None:
    document = opened(start, tmp_path, "img/plot.png")
    result = document.editor.client.request(
        "workspace/executeCommand", {"command": "invigilator.check", "arguments": [document.uri]}
    )
    assert result["path"] == "README.md"
    assert [question["section"] for question in result["questions"]] == ["The first part"] * 2
    (finding,) = [finding for finding in result["findings"] if finding["code"] == "figure.outside-folder"]
    assert finding["fixes"] == [], "a fix that copies a file is no edit of the text"
