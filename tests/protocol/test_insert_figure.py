"""`Insert figure` in an editor: what is offered while files come and go, and what the editor does with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from invigilator.lsp import server
from pictures import png
from protocol.editor import PULLS, VISUAL_STUDIO_CODE, VISUAL_STUDIO_CODE_OPTIONS, Document, Editor, Json
from protocol.reports import WORDS, folder, placeholder, report

Start = Callable[..., Editor]

WATCHES = {"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": True}}}


def titles(actions: list[dict[str, str]]) -> list[str]:
    return [action["title"] for action in actions]


@pytest.mark.parametrize("capabilities", [{}, PULLS, VISUAL_STUDIO_CODE], ids=["bare", "pulls", "as VS Code"])
def test_figure_just_saved_is_offered_and_inserted(
    start: Start, tmp_path: Path, capabilities: dict[str, object]
) -> None:
    """Whether or not the editor watches files, and without a word from it."""
    file = folder(tmp_path, report(WORDS, placeholder(2)))
    editor = start(tmp_path, capabilities)
    document = editor.open(file)
    assert document.codes() == ["answer.missing"]
    marker = document.position(document.text.rindex("Answer:"))
    assert [title for title in titles(document.actions(marker)) if title != "Insert figure…"] == []
    (tmp_path / "figures" / "new plot.png").write_bytes(png())
    document.apply(document.action("Insert figure figures/new plot.png", marker))
    assert document.codes() == []
    assert placeholder(2) not in document.text
    assert document.text.endswith("> Answer:\n\n![new plot](figures/new%20plot.png)\n\n")
    (tmp_path / "figures" / "new plot.png").unlink()
    assert [title for title in titles(document.actions(marker)) if title != "Insert figure…"] == []


def test_inserting_sends_the_finding_away_for_good(start: Start, tmp_path: Path) -> None:
    """The editor writes the file, another one opens it: the answer is still found."""
    file = folder(tmp_path, report(WORDS, "Two."), ("a.png",))
    document = start(tmp_path).open(file)
    assert document.codes() == ["figure.too-few"]
    marker = document.position(document.text.rindex("Answer:"))
    document.apply(document.action("Insert figure figures/a.png", marker))
    file.write_bytes(document.text.encode())
    document.save()
    assert document.codes() == []
    assert start(tmp_path).open(file).codes() == []


def test_picker_only_for_clients_that_have_one(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "Two."), ("a.png",))
    for capabilities, expected in [
        ({}, ["Insert figure figures/a.png"]),
        ({"experimental": {"invigilatorInsertFigure": False}}, ["Insert figure figures/a.png"]),
        ({"experimental": {"invigilatorInsertFigure": True}}, ["Insert figure figures/a.png", "Insert figure…"]),
        ({"experimental": "yes"}, ["Insert figure figures/a.png"]),
    ]:
        document = start(tmp_path, capabilities).open(file)
        actions = document.actions(document.at("Two."))
        assert titles(actions) == expected
    (*_, picker) = start(tmp_path, VISUAL_STUDIO_CODE).open(file).actions(document.at("Two."))
    assert picker["command"] == {
        "title": "Insert figure…",
        "command": "invigilator.insertFigure",
        "arguments": [file.as_uri(), document.at("Two.")],
    }
    assert "edit" not in picker


def test_edit_of_a_version_only_for_clients_that_take_it(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "Two."), ("a.png",))
    plain = start(tmp_path).open(file)
    (action,) = plain.actions(plain.at("Two."))
    assert set(action["edit"]) == {"changes"}
    code = start(tmp_path, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS).open(file)
    code.replace("Two.", "Two!")
    (action, _) = code.actions(code.at("Two!"))
    assert set(action["edit"]) == {"documentChanges"}
    assert action["edit"]["documentChanges"][0]["textDocument"] == {"uri": file.as_uri(), "version": 2}


RESOLVES = {"textDocument": {"codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}}}}


def test_edit_is_made_when_it_is_asked_for(start: Start, tmp_path: Path) -> None:
    """Where the client says that it asks; the same edit as others get at once."""
    file = folder(tmp_path, report(WORDS, "Two."), ("a.png",))
    plain = start(tmp_path).open(file)
    (at_once,) = plain.actions(plain.at("Two."))
    document = start(tmp_path, RESOLVES).open(file)
    (action,) = document.actions(document.at("Two."))
    assert "edit" not in action
    resolved = document.editor.client.request("codeAction/resolve", action)
    assert resolved == {**action, "edit": at_once["edit"]}
    document.replace("Two.", "Two!")
    assert document.editor.client.request("codeAction/resolve", action) == action


@pytest.mark.parametrize(
    "wrong", [{"figure": "figures/b.png"}, {"figure": "../a.png"}, {"figure": 3}, {"offset": 0}, {"offset": "x"}]
)
def test_an_action_with_the_data_of_no_place_or_figure_has_no_edit(
    start: Start, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    document = start(tmp_path, RESOLVES).open(folder(tmp_path, report(WORDS, "Two."), ("a.png",)))
    (action,) = document.actions(document.at("Two."))
    action["data"] |= wrong
    assert document.editor.client.request("codeAction/resolve", action) == action


def test_quick_fix_carries_the_diagnostic_it_mends(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report("One.", "Two."), ("a.png",))
    document = start(tmp_path).open(file)
    short, few = document.diagnostics()
    assert (short["code"], few["code"]) == ("answer.too-short", "figure.too-few")
    (action,) = document.actions(few["range"]["start"], only=["quickfix"], diagnostics=[short, few])
    assert (action["kind"], action["diagnostics"]) == ("quickfix", [few])
    slim = {"code": few["code"], "message": few["message"], "range": few["range"]}  # all that some clients send back
    (action,) = document.actions(few["range"]["start"], diagnostics=[slim])
    assert action["kind"] == "quickfix"
    assert document.actions(short["range"]["start"], only=["quickfix"], diagnostics=[short]) == []


@pytest.mark.parametrize("folder_first", [True, False])
def test_diagnostics_go_away_by_themselves_where_the_editor_watches(
    start: Start, tmp_path: Path, folder_first: bool
) -> None:
    file = folder(tmp_path, report(WORDS, "![it](figures/new.png)"))
    if not folder_first:
        (tmp_path / "figures").rmdir()
    editor = start(tmp_path, WATCHES)
    registered = editor.client.wait_for("client/registerCapability")["registrations"]
    assert [one["method"] for one in registered] == ["workspace/didChangeWatchedFiles"]
    globs = [watcher["globPattern"] for watcher in registered[0]["registerOptions"]["watchers"]]
    assert globs == [
        "**/*.{png,jpg,jpeg,PNG,JPG,JPEG}",
        "**/report.py",
        "**/invigilator.toml",
        "**/pyproject.toml",
    ]
    document = editor.open(file)
    assert document.codes() == ["figure.not-found"]
    (tmp_path / "figures").mkdir(exist_ok=True)
    (tmp_path / "figures" / "new.png").write_bytes(png())
    editor.files_changed(tmp_path / "figures" / "new.png")
    assert document.codes() == []
    (tmp_path / "figures" / "new.png").rename(tmp_path / "figures" / "New.png")
    editor.files_changed(tmp_path / "figures" / "new.png", tmp_path / "figures" / "New.png")
    assert document.codes() == ["figure.wrong-case"]


def test_diagnostics_go_away_by_themselves_where_it_does_not(serve: Callable[[], Editor], tmp_path: Path) -> None:
    """By looking at the disk each second; the real server."""
    file = folder(tmp_path, report(WORDS, "![it](figures/new.png)"))
    editor = serve().start(tmp_path)
    document = editor.open(file)
    assert document.codes() == ["figure.not-found"]
    (tmp_path / "figures" / "new.png").write_bytes(png())
    params = editor.client.wait_for("textDocument/publishDiagnostics", timeout=2.5)
    assert (params["version"], params["diagnostics"]) == (1, [])
    assert editor.client.leave() == 0
    assert editor.client.log() == ""


@pytest.mark.parametrize("capabilities", [{}, WATCHES], ids=["bare", "watches"])
def test_disk_is_looked_at_in_between(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capabilities: dict[str, object]
) -> None:
    """Also for an editor that watches, since none watches outside its folders."""
    monkeypatch.setattr(server, "_SECONDS_BETWEEN_LOOKS", 0.01)
    monkeypatch.setattr(server, "_SECONDS_BETWEEN_LOOKS_WHERE_WATCHED", 0.01)
    file = folder(tmp_path, report(WORDS, "![it](figures/new.png)"))
    document = start(None, capabilities).open(file)
    assert document.codes() == ["figure.not-found"]
    (tmp_path / "figures" / "new.png").write_bytes(png())
    assert document.codes() == []
    document.editor.client.take_all()
    assert document.editor.client.said.count("textDocument/publishDiagnostics") == 2, (
        "and nothing while nothing changes"
    )


def test_saving_the_report_looks_at_the_disk(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![it](figures/new.png)"))
    document = start(tmp_path, WATCHES).open(file)
    assert document.codes() == ["figure.not-found"]
    (tmp_path / "figures" / "new.png").write_bytes(png())
    document.save()
    assert document.codes() == []


def test_hovering_looks_at_the_disk(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "![it](figures/new.png)"))
    document = start(tmp_path, WATCHES).open(file)
    assert document.codes() == ["figure.not-found"]
    assert document.hover_text(document.at("![it]")) == "figures/new.png: there is no such file."
    (tmp_path / "figures" / "new.png").write_bytes(png(3, 2))
    assert document.hover_text(document.at("![it]")).startswith("figures/new.png: 3 × 2 pixels")
    assert document.codes() == [], "and the diagnostics follow"


# --- the request of clients that let people choose, paste or drop pictures -------------------------------------------


def ask(document: Document, position: Json, *figures: Json) -> Json | None:
    params = {"textDocument": {"uri": document.uri}, "position": position, "figures": list(figures)}
    answer: Json | None = document.editor.client.request("invigilator/insertFigure", params)
    return answer


def put_in(document: Document, answer: Json) -> str:
    where = answer["edit"]["range"]
    start, end = document.offset(where["start"]), document.offset(where["end"])
    document.tell([document.change(start, end, answer["edit"]["newText"])])
    return document.text


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_new_pictures_get_free_names_and_a_place(start: Start, tmp_path: Path, newline: str) -> None:
    home = tmp_path / "my räport"
    file = folder(home, report(WORDS, placeholder(2)), ("plot.png",), newline)
    document = start(tmp_path).open(file)
    answer = ask(
        document, document.at("question 2 fill"), {"name": "Plot.png"}, {"name": "plot.PNG"}, {"name": "a.gif"}
    )
    assert answer is not None
    assert answer["extensions"] == [".png", ".jpg", ".jpeg"]
    assert answer["figures"] == [
        {"path": path, "uri": (home / path).as_uri(), "allowed": allowed}
        for path, allowed in (("figures/plot-2.png", True), ("figures/plot-3.png", True), ("figures/a.gif", False))
    ]
    text = put_in(document, answer)
    links = ("![plot 2](figures/plot-2.png)", "![plot 3](figures/plot-3.png)", "![a](figures/a.gif)")
    assert (newline * 2).join(links) in text
    assert placeholder(2) not in text


def test_a_new_picture_is_found_as_soon_as_it_is_linked(start: Start, tmp_path: Path) -> None:
    """Its name was free a moment ago, and no editor has said yet that there is a file now."""
    document = start(tmp_path, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS).open(
        folder(tmp_path, report(WORDS, placeholder(2)))
    )
    document.diagnostics()
    answer = ask(document, document.at("question 2 fill"), {"name": "new.png"})
    assert answer is not None
    (tmp_path / "figures" / "new.png").write_bytes(png())
    put_in(document, answer)
    assert document.codes() == []


def test_a_figure_that_is_there(start: Start, tmp_path: Path) -> None:
    document = start(tmp_path).open(folder(tmp_path, report(WORDS, "Two."), ("loss curve.png",)))
    answer = ask(document, document.at("Two."), {"path": "figures/loss curve.png"})
    assert answer is not None
    assert "Two.\n\n![loss curve](figures/loss%20curve.png)\n" in put_in(document, answer)
    assert document.codes() == []


@pytest.mark.parametrize("where", ["# A report", "### Question 1", "What about part 1"])
def test_outside_answers_nothing(start: Start, tmp_path: Path, where: str) -> None:
    document = start(tmp_path).open(folder(tmp_path, report(WORDS)))
    assert ask(document, document.at(where), {"name": "a.png"}) is None


@pytest.mark.parametrize(
    "params", [None, [], {}, {"textDocument": 1}, {"position": 3, "figures": 5}, {"figures": [1]}, {"figures": []}]
)
def test_nonsense_is_answered(start: Start, tmp_path: Path, params: object) -> None:
    document = start(tmp_path).open(folder(tmp_path, report(WORDS)))
    if isinstance(params, dict):
        params = {"textDocument": {"uri": document.uri}, "position": document.at(WORDS), "figures": [{}], **params}
    assert document.editor.client.request("invigilator/insertFigure", params) is None


def test_a_document_in_no_folder_takes_no_new_files(start: Start) -> None:
    document = start(None).open("untitled:1", report(WORDS))
    assert ask(document, document.at(WORDS), {"name": "a.png"}) is None
    assert ask(document, document.at(WORDS), {"path": "figures/a.png"}) is None
