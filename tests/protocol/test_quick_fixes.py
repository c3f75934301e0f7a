"""Quick fixes in editors: what is offered where, when its edits are made, and what the text is afterwards."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from fixes import answer_cases, figure_and_page_cases
from fixes.cases import FILES, Case
from invigilator.lsp import quick_fix
from protocol.editor import VISUAL_STUDIO_CODE, VISUAL_STUDIO_CODE_OPTIONS, Document, Editor, Json
from protocol.reports import WORDS, folder, report
from reports import question, words

Start = Callable[..., Editor]

CODE: Json = copy.deepcopy(VISUAL_STUDIO_CODE)
CODE["textDocument"]["codeAction"] = {
    "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
    "dataSupport": True,
    "isPreferredSupport": True,
    "resolveSupport": {"properties": ["edit", "command"]},
}
CODE["workspace"]["workspaceEdit"] = {"documentChanges": True, "snippetEditSupport": True}
NEOVIM: Json = {
    "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]},
    "textDocument": {
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "source"]}},
            "dataSupport": True,
            "isPreferredSupport": True,
            "resolveSupport": {"properties": ["edit", "command"]},
        },
        "diagnostic": {"dynamicRegistration": False},
    },
    "workspace": {"workspaceEdit": {"resourceOperations": ["rename", "create", "delete"]}},
}
BARE: Json = {}
EDITORS = pytest.mark.parametrize(
    ("capabilities", "options"),
    [(CODE, VISUAL_STUDIO_CODE_OPTIONS), (NEOVIM, {}), (BARE, {})],
    ids=["VS Code", "Neovim", "bare"],
)
DASHES = report(f"--- {WORDS} ---", "--- One. ---", "--- Two.")


def resolved(document: Document, action: Json) -> Json:
    """The action with its edits, asked for where they are not there."""
    if "edit" in action or "command" in action:
        return action
    answer: Json = document.editor.client.request("codeAction/resolve", action)
    return answer


def apply(document: Document, action: Json) -> int | None:
    """Does an action, and returns the offset at which the cursor is put, if it is."""
    edit = resolved(document, action)["edit"]
    edits = edit["changes"][document.uri] if "changes" in edit else edit["documentChanges"][0]["edits"]
    cursor = None
    places = []
    for one in edits:
        new = one.get("newText")
        if new is None:
            assert one["snippet"]["kind"] == "snippet"
            new = re.sub(r"\\([\\$}])", r"\1", one["snippet"]["value"])
            cursor = document.offset(one["range"]["start"]) + new.index("$0")
            new = new.replace("$0", "", 1)
        places.append((document.offset(one["range"]["start"]), document.offset(one["range"]["end"]), new))
    assert places == sorted(places)
    assert all(first[1] <= second[0] for first, second in pairwise(places))
    document.tell([document.change(*place) for place in reversed(places)])
    return cursor


def titled(actions: list[Json], title: str) -> Json:
    found = [action for action in actions if action["title"] == title]
    assert len(found) == 1, [action["title"] for action in actions]
    return found[0]


def titles(actions: list[Json]) -> list[str]:
    return [action["title"] for action in actions]


# --- every fix, in every encoding -------------------------------------------------------------------------------------

BEYOND = "😀é𐍈"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_every_fix_in_every_encoding(start: Start, tmp_path: Path, encoding: str, newline: str) -> None:
    """From the diagnostic to the text, behind characters of several units."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    editor = start(tmp_path, {**NEOVIM, "general": {"positionEncodings": [encoding]}})
    assert editor.encoding == encoding
    for case in (*answer_cases.CASES, *figure_and_page_cases.CASES):
        before, after = (_wide(text).replace("\n", newline) for text in (case.before, case.after))
        document = editor.open(tmp_path / "README.md", before)
        _mend(document, case)
        assert document.text == after, case.name
        document.close()


def _wide(text: str) -> str:
    """The same with characters of several units in words of the answers."""
    return re.sub(r"\b(One|Two|See|Run|We|Said|So)\b", rf"\1{BEYOND}", text)


def _mend(document: Document, case: Case) -> None:
    for diagnostic in document.diagnostics():
        if diagnostic["code"] != case.code:
            continue
        where = diagnostic["range"]["start"]
        for action in document.actions(where, only=["quickfix"], diagnostics=[diagnostic]):
            if action["title"] == case.title:
                assert action.get("diagnostics") in ([diagnostic], None)
                assert action["kind"] == "quickfix"
                apply(document, action)
                return
    raise AssertionError(f"{case.name} is not offered")


# --- what is offered where --------------------------------------------------------------------------------------------


@EDITORS
def test_a_fix_is_offered_at_its_finding_and_nowhere_else(
    start: Start, tmp_path: Path, capabilities: Json, options: Json
) -> None:
    document = start(tmp_path, capabilities, **options).open(folder(tmp_path, report(WORDS, "One <name> here.")))
    at = document.at("<name>")
    for offset, expected in [
        (-1, []),
        (0, ["Put back-ticks ` around it"]),
        (6, ["Put back-ticks ` around it"]),
        (7, []),
    ]:
        position = document.position(document.offset(at) + offset)
        assert [t for t in titles(document.actions(position)) if t != "Insert figure…"] == expected
    action = titled(document.actions(at), "Put back-ticks ` around it")
    assert action["isPreferred"] is True
    apply(document, action)
    assert document.text == report(WORDS, "One `<name>` here.")
    assert "answer.text-vanishes" not in document.codes()


def test_a_range_takes_in_all_that_it_touches(start: Start, tmp_path: Path) -> None:
    text = report(WORDS + " <a-b>", "<c-d> x", "x\n---\n\n<e-f>")
    document = start(tmp_path).open(folder(tmp_path, text))

    def offered(first: str, last: str) -> list[str]:
        where = {"start": document.at(first), "end": document.at(last)}
        context = {"diagnostics": [], "only": ["quickfix"]}
        params = {"textDocument": {"uri": document.uri}, "range": where, "context": context}
        actions: list[Json] = document.editor.client.request("textDocument/codeAction", params)
        return [title for title in titles(actions) if not title.startswith("Fix all")]

    ticks, blank, no_dashes = (
        "Put back-ticks ` around it",
        "Put a blank line above the dashes",
        "Delete the line of dashes",
    )
    assert offered("# A report", "x\n---") == [ticks, ticks]
    assert offered("<c-d>", "\n\n<e-f>") == [ticks, blank, no_dashes]
    assert offered("# A report", "<e-f>") == [ticks, ticks, blank, no_dashes, ticks]


def test_what_the_client_sends_is_only_attached(start: Start, tmp_path: Path) -> None:
    """Its diagnostics may be old, or of somewhere else: the fixes are those of the text."""
    document = start(tmp_path).open(folder(tmp_path, report(WORDS, "One <name> here.")))
    own = next(one for one in document.diagnostics() if one["code"] == "answer.text-vanishes")
    elsewhere = {**own, "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}}
    other = {**own, "code": "answer.heading"}
    (action,) = document.actions(own["range"]["start"], only=["quickfix"], diagnostics=[elsewhere, own, other])
    assert action["diagnostics"] == [own]
    (action,) = document.actions(own["range"]["start"], only=["quickfix"], diagnostics=[elsewhere, other])
    assert "diagnostics" not in action
    assert document.actions({"line": 0, "character": 0}, only=["quickfix"], diagnostics=[own]) == []


def test_only_one_obvious_fix_is_preferred(start: Start, tmp_path: Path) -> None:
    text = report(WORDS, "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x", "One.\n---\n\nTwo.")
    document = start(tmp_path).open(folder(tmp_path, text))
    conflict = document.actions(document.at("<<<<"), only=["quickfix"])
    assert [(action["title"], action.get("isPreferred")) for action in conflict] == [
        ("Keep ours", None),
        ("Keep theirs", None),
        ("Keep both", None),
    ]
    setext = document.actions(document.at("---\n\nTwo"), only=["quickfix"])
    assert [(action["title"], action.get("isPreferred")) for action in setext] == [
        ("Put a blank line above the dashes", True),
        ("Delete the line of dashes", None),
    ]


def test_at_the_marker_figures_are_offered_once(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, report(WORDS, "See [it](figures/a.png)."), ("a.png", "b.png"))
    document = start(tmp_path).open(file)
    position = document.position(document.text.rindex("Answer:"))
    assert titles(document.actions(position)) == [
        "Add the missing !",
        "Insert figure figures/b.png",
        "Insert figure figures/a.png",
    ]
    apply(document, document.action("Add the missing !", position))
    assert document.codes() == []


# --- edits: when and in which form ------------------------------------------------------------------------------------


def test_edits_are_made_when_they_are_asked_for(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = folder(tmp_path, report(WORDS, "One <name> here."))
    plain = start(tmp_path).open(file)
    (action,) = plain.actions(plain.at("<name>"))
    assert ("edit" in action, "data" in action) == (True, False)
    code = start(tmp_path, CODE, **VISUAL_STUDIO_CODE_OPTIONS).open(file)
    assert code.editor.capabilities["codeActionProvider"]["resolveProvider"] is True
    action = titled(code.actions(code.at("<name>")), "Put back-ticks ` around it")
    assert "edit" not in action
    assert action["data"]["uri"] == file.as_uri()
    (change,) = resolved(code, action)["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": file.as_uri(), "version": 1}
    assert [edit["newText"] for edit in change["edits"]] == ["`", "`"]


@pytest.mark.parametrize("what", ["typed", "closed", "no report", "data of another", "no data"])
def test_an_action_that_is_out_of_date_has_no_edits(start: Start, tmp_path: Path, what: str) -> None:
    document = start(tmp_path, NEOVIM).open(folder(tmp_path, report(WORDS, "One <name> here.")))
    action = titled(document.actions(document.at("<name>")), "Put back-ticks ` around it")
    if what == "typed":
        document.replace("here", "there")
    elif what == "closed":
        document.close()
    elif what == "no report":
        document.replace("### Question 2", "Question 2")
        document.replace("### Question 1", "Question 1")
        action["data"]["version"] = document.version
    elif what == "data of another":
        action["data"] |= {"code": "page.table", "place": "nowhere"}
    else:
        del action["data"]
    assert resolved(document, action) == action


def test_an_action_whose_fix_fails_comes_back_as_it_was(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    document = start(tmp_path, NEOVIM).open(folder(tmp_path, report(WORDS, "One <name> here.")))
    action = titled(document.actions(document.at("<name>")), "Put back-ticks ` around it")

    def fails(*arguments: Any) -> Any:
        raise ValueError("no")

    monkeypatch.setattr(quick_fix, "resolved", fails)
    assert resolved(document, action) == action
    assert "codeAction/resolve" in caplog.text
    caplog.clear()


def test_a_cursor_for_clients_that_take_one(start: Start, tmp_path: Path) -> None:
    """Where writing goes on; the rest of the text is no snippet, whatever stands in it."""
    text = "".join(question(n, words(150)) for n in range(1, 28) if n != 3)
    for capabilities, has_cursor in ((CODE, True), (NEOVIM, False), (BARE, False)):
        document = start(None, capabilities).open("untitled:Untitled-1", text)
        cursor = apply(document, document.action("Insert question 3", document.at("### Question 2")))
        inserted = "### Question 3\n\n> Answer:\n\n--- question 3 fill here ---\n\n### Question 4\n"
        assert inserted in document.text
        assert cursor == (document.text.index("--- question 3") if has_cursor else None)


# --- all at once ------------------------------------------------------------------------------------------------------


@EDITORS
def test_all_of_a_kind(start: Start, tmp_path: Path, capabilities: Json, options: Json) -> None:
    document = start(tmp_path, capabilities, **options).open(folder(tmp_path, DASHES))
    title = "Fix all 3 of this kind (answer.placeholder-dashes)"
    action = titled(document.actions(document.at("---")), title)
    assert action["kind"] == "quickfix"
    assert "isPreferred" not in action
    apply(document, action)
    assert document.text == report(WORDS, "One.", "Two.")
    assert "answer.placeholder-dashes" not in document.codes()


def test_all_of_a_kind_only_where_there_are_several(start: Start, tmp_path: Path) -> None:
    document = start(tmp_path).open(folder(tmp_path, report(WORDS + " <a-b>", "--- One. ---", "--- Two.")))
    assert titles(document.actions(document.at("<a-b>"), only=["quickfix"])) == ["Put back-ticks ` around it"]
    assert titles(document.actions(document.at("---"), only=["quickfix"])) == [
        "Delete the dashes",
        "Fix all 2 of this kind (answer.placeholder-dashes)",
    ]


@EDITORS
def test_everything_that_is_safe(start: Start, tmp_path: Path, capabilities: Json, options: Json) -> None:
    text = report(f"--- {WORDS} ---", "## One\n\n--- question 2 fill here ---", "We used:\n- a\n- <b-c>")
    document = start(tmp_path, capabilities, **options).open(folder(tmp_path, text))
    (action,) = document.actions({"line": 0, "character": 0}, only=["source.fixAll"])
    assert (action["title"], action["kind"]) == ("Fix all that is safe to fix", "source.fixAll.invigilator")
    apply(document, action)
    assert document.text == report(WORDS, "## One\n\n--- question 2 fill here ---", "We used:\n\n- a\n- `<b-c>`")
    assert document.actions({"line": 0, "character": 0}, only=["source.fixAll"]) == []


@pytest.mark.parametrize(
    ("only", "is_there"),
    [
        (["source.fixAll.invigilator"], True),
        (["source.fixAll"], True),
        (["source"], True),
        (["quickfix", "source.fixAll"], True),
        (None, False),
        ([], False),
        ([""], False),
        (["quickfix"], False),
        (["refactor"], False),
        (["source.organizeImports"], False),
        (["source.fixAll.other"], False),
        (["source.fixAll.invigilator.more"], False),
        (["sourc"], False),
    ],
)
def test_everything_only_where_it_is_asked_for(
    start: Start, tmp_path: Path, only: list[str] | None, is_there: bool
) -> None:
    document = start(tmp_path).open(folder(tmp_path, DASHES))
    kinds = [action["kind"] for action in document.actions(document.at("---"), only=only)]
    assert ("source.fixAll.invigilator" in kinds) is is_there
    asked = only is None or not only or set(only) & {"", "quickfix"}
    assert ("quickfix" in kinds) is bool(asked)


def test_nothing_in_a_document_that_is_no_report(start: Start, tmp_path: Path) -> None:
    document = start(tmp_path).open(tmp_path / "notes.md", "# Notes\n\n<a-b> and [it](a.png)\n- x\n")
    assert document.actions(document.at("<a-b>")) == []
    assert document.actions(document.at("<a-b>"), only=["source.fixAll"]) == []
