"""The notification `invigilator/status`, and the outline."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pictures import png
from protocol.editor import PULLS, VISUAL_STUDIO_CODE, Editor, Json
from protocol.reports import WORDS, folder, placeholder, report

Start = Callable[..., Editor]

STATUS = "invigilator/status"
WANTS: Json = {"experimental": {"invigilatorStatus": True}}


@pytest.mark.parametrize("capabilities", [WANTS, {**WANTS, **PULLS}], ids=["push", "pull"])
def test_all_of_it(start: Start, tmp_path: Path, capabilities: Json) -> None:
    file = folder(tmp_path, report("One.", "![it](figures/a.png)", placeholder(3)), ("a.png", "b.png"))
    (tmp_path / "invigilator.toml").write_text("questions = 3\n[limits]\n1 = {words = [5, 10]}\n")
    editor = start(tmp_path, capabilities)
    document = editor.open(file)
    status = editor.client.wait_for(STATUS)
    first, second, third = status.pop("questions")
    size = len(png(6, 4))
    places = [{"question": 2, "line": document.at("![it]")["line"] + 1}]
    assert status == {
        "uri": file.as_uri(),
        "runs": True,
        "error": None,
        "passed": 2,
        "total": 3,
        "unanswered": 1,
        "figures": [
            {"path": "figures/a.png", "bytes": size, "width": 6, "height": 4, "uses": 1, "places": places},
            {"path": "figures/b.png", "bytes": size, "width": 6, "height": 4, "uses": 0, "places": []},
        ],
    }
    assert first == {
        "number": 1,
        "line": 5,
        "section": "The first part",
        "answered": True,
        "limits": {"words": [5, 10], "images": None, "characters": None, "source": "config", "assumed": False},
        "words": 1,
        "prose_words": 1,
        "images": 0,
        "characters": None,
        "images_shown": 0,
        "passed": False,
    }
    assert document.text.split("\n")[first["line"] - 1] == "### Question 1", "lines count from 1"
    assert (second["number"], second["images"], second["limits"]["images"]) == (2, 1, [1, 2])
    assert (third["answered"], third["passed"]) == (False, True)


def test_only_when_it_differs(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report("One.", "Two."))
    editor = start(tmp_path, WANTS)
    document = editor.open(file)
    assert editor.client.wait_for(STATUS)["questions"][0]["words"] == 1
    document.replace("One.", "Uno.")
    document.replace("Uno.", "Uno due.")
    document.published()
    assert editor.client.wait_for(STATUS)["questions"][0]["words"] == 2
    (tmp_path / "figures" / "a.png").write_bytes(png())
    editor.files_changed(tmp_path / "figures" / "a.png")
    assert [figure["path"] for figure in editor.client.wait_for(STATUS)["figures"]] == ["figures/a.png"]
    editor.files_changed(tmp_path / "figures" / "a.png")
    document.save()
    editor.client.take_all()
    assert STATUS not in [message["method"] for message in editor.client.received]


@pytest.mark.parametrize("end", ["close", "no report", "no report, then close", "no report, then report, then close"])
def test_end(start: Start, end: str) -> None:
    editor = start(None, WANTS)
    document = editor.open("untitled:1", report("One."))
    editor.client.wait_for(STATUS)
    nothing = {"uri": "untitled:1", "questions": None}
    if "no report" in end:
        document.replace("> Answer:", "> Reply:")
        assert editor.client.wait_for(STATUS) == nothing
    if "then report" in end:
        document.replace("> Reply:", "> Answer:")
        assert editor.client.wait_for(STATUS)["questions"] is not None
    if "close" in end:
        document.close()
    editor.client.take_all()
    rest = [message["params"] for message in editor.client.received if message["method"] == STATUS]
    assert rest == ([nothing] if end in ("close", "no report, then report, then close") else [])


def test_where_no_official_check_applies_and_where_it_stops(start: Start, tmp_path: Path) -> None:
    editor = start(tmp_path, WANTS)
    editor.open("untitled:1", report("One."))
    status = editor.client.wait_for(STATUS)
    assert [status[key] for key in ("runs", "error", "passed", "total")] == [None] * 4
    file = folder(tmp_path, report("One.", "Two."))
    (tmp_path / "invigilator.toml").write_text("questions = 4\n")
    editor.open(file)
    status = editor.client.wait_for(STATUS)
    assert [status[key] for key in ("runs", "passed", "total")] == [False, None, None]
    assert "ValueError" in status["error"]


@pytest.mark.parametrize("experimental", [None, {}, {"invigilatorStatus": False}, [], "invigilatorStatus"])
def test_only_to_clients_that_announce_it(start: Start, experimental: Any) -> None:
    editor = start(None, {"experimental": experimental})
    document = editor.open("untitled:1", report("One."))
    document.close()
    editor.client.take_all()
    assert STATUS not in editor.client.said


def test_outline(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, placeholder(2)))
    document = start(tmp_path, VISUAL_STUDIO_CODE).open(file)
    (part,) = document.symbols()
    assert (part["name"], document.shown(part["selectionRange"])) == ("The first part", "## The first part")
    seen = [(s["name"], s["detail"], document.shown(s["selectionRange"])) for s in part["children"]]
    assert seen == [
        ("Question 1", "✓ 8 words (5 to 10)", "### Question 1"),
        ("Question 2", "✗ not answered", "### Question 2"),
    ]
    assert document.shown(part["children"][0]["range"]).startswith("### Question 1")
    assert document.shown(part["range"]).endswith(document.shown(part["children"][1]["range"]))
    flat = start(tmp_path).open(file).symbols()
    assert [(symbol["name"], symbol.get("containerName")) for symbol in flat] == [
        ("The first part", None),
        ("Question 1: ✓ 8 words (5 to 10)", "The first part"),
        ("Question 2: ✗ not answered", "The first part"),
    ]
