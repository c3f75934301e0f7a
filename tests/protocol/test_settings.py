"""Settings: where they come from, that they apply at once, and what a broken one does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from protocol.editor import PULLS, Document, Editor
from protocol.reports import WORDS, folder, placeholder, question, report

Start = Callable[..., Editor]

TEXT = report("One.", "![it](https://example.org/a.png)")
BOTH = ["answer.too-short", "figure.remote"]
IGNORE: dict[str, Any] = {"ignore": ["figure.*"]}
ASKED: dict[str, Any] = {"workspace": {"configuration": True}}
CHANGED = "workspace/didChangeConfiguration"


def logged(editor: Editor) -> list[str]:
    """What the server put into the editor's log so far."""
    editor.client.take_all()
    said = [message["params"] for message in editor.client.received if message["method"] == "window/logMessage"]
    assert all(params["type"] == 2 for params in said), "warnings"
    return [params["message"] for params in said]


def test_at_the_start(start: Start) -> None:
    assert start().open("untitled:1", TEXT).codes() == BOTH
    assert start(settings=IGNORE).open("untitled:1", TEXT).codes() == BOTH[:1]


def test_what_is_only_the_clients_is_no_unknown_setting(start: Start) -> None:
    client_only = dict.fromkeys(["interpreter", "path", "trace", "enable", "importStrategy", "server"], "x")
    editor = start(settings={**IGNORE, **client_only, "trace": {"server": "off"}})
    assert editor.open("untitled:1", TEXT).codes() == BOTH[:1]
    assert logged(editor) == []


def test_asked_for_where_the_client_answers(start: Start) -> None:
    """For every document by itself; they win over those of the start."""

    def answer(params: Any) -> list[Any]:
        (item,) = params["items"]
        assert item["section"] == "invigilator"
        return [{"ignore": ["answer.*"]} if "one" in item["scopeUri"] else IGNORE]

    editor = start(None, ASKED, settings={"severity": {"*": "hint"}})
    editor.client.answers["workspace/configuration"] = answer
    one, two = editor.open("untitled:one", TEXT), editor.open("untitled:two", TEXT)
    assert [d["severity"] for d in one.published(lambda params: len(params["diagnostics"]) == 1)["diagnostics"]] == [3]
    assert [d["severity"] for d in two.published(lambda params: len(params["diagnostics"]) == 1)["diagnostics"]] == [2]


@pytest.mark.parametrize("nothing", [None, [None], [], ["text"], {}, 3, [{}]])
def test_answers_that_say_nothing(start: Start, nothing: Any) -> None:
    editor = start(None, ASKED, settings=IGNORE)
    editor.client.answers["workspace/configuration"] = nothing
    document = editor.open("untitled:1", TEXT)
    assert document.codes() == BOTH[:1]
    document.replace("One.", WORDS)
    expected = BOTH[1:] if nothing == [{}] else []
    assert document.published(lambda params: [d["code"] for d in params["diagnostics"]] == expected)


def test_changed_settings_are_sent(start: Start) -> None:
    editor = start(settings=IGNORE)
    document = editor.open("untitled:1", TEXT)
    assert document.codes() == BOTH[:1]
    editor.client.notify(CHANGED, {"settings": {"invigilator": {"ignore": ["answer.*"]}}})
    assert document.codes() == BOTH[1:]
    others: list[Any] = [None, {}, {"invigilator": None}, {"other": {"ignore": ["figure.*"]}}, [], "text"]
    for other in others:
        editor.client.notify(CHANGED, {"settings": other})
    document.replace("One.", "One!")
    assert document.codes() == BOTH[1:]
    assert editor.open("untitled:2", TEXT).codes() == BOTH[1:], "for documents opened later, too"


def test_changed_settings_are_asked_for(start: Start) -> None:
    editor = start(None, ASKED)
    editor.client.answers["workspace/configuration"] = [IGNORE]
    document = editor.open("untitled:1", TEXT)
    assert document.published(lambda params: len(params["diagnostics"]) == 1)
    editor.client.answers["workspace/configuration"] = [{"ignore": ["answer.*"]}]
    editor.client.notify(CHANGED, {"settings": None})
    assert document.codes() == BOTH[1:]
    editor.client.answers["workspace/configuration"] = [None]  # the user deleted them all
    editor.client.notify(CHANGED, {"settings": None})
    assert document.codes() == BOTH


def test_pulling_client_is_told_to_pull_again(start: Start) -> None:
    editor = start(None, {**PULLS, "workspace": {"diagnostics": {"refreshSupport": True}}})
    document = editor.open("untitled:1", TEXT)
    first = document.pull()
    editor.client.notify(CHANGED, {"settings": {"invigilator": IGNORE}})
    editor.client.wait_for("workspace/diagnostic/refresh")
    second = document.pull(first["resultId"])
    assert [d["code"] for d in second["items"]] == BOTH[:1]


def test_registers_for_changes_where_the_client_wants_it(start: Start) -> None:
    editor = start(None, {"workspace": {"didChangeConfiguration": {"dynamicRegistration": True}}})
    (one,) = editor.client.wait_for("client/registerCapability")["registrations"]
    assert (one["method"], one["registerOptions"]) == (CHANGED, {"section": "invigilator"})
    assert "client/registerCapability" not in start().client.said


@pytest.mark.parametrize(
    ("name", "head"), [("invigilator.toml", ""), ("pyproject.toml", '[project]\nname = "x"\n\n[tool.invigilator]\n')]
)
def test_file_is_live(start: Start, tmp_path: Path, name: str, head: str) -> None:
    file = folder(tmp_path / "reports", TEXT)
    editor = start(tmp_path)
    document = editor.open(file)
    assert document.codes() == BOTH
    settings = tmp_path / name
    for content, expected in [
        ('ignore = ["figure.*"]\n', BOTH[:1]),
        ('ignore = ["answer.*"]\n', BOTH[1:]),
        ("", BOTH),
        (
            "[limits]\n1 = {words = [1, 3]}\n".replace("[limits]", "[tool.invigilator.limits]" if head else "[limits]"),
            BOTH[1:],
        ),
    ]:
        settings.write_text(head + content)
        editor.files_changed(settings)
        assert document.codes() == expected
    settings.unlink()
    editor.files_changed(settings)
    assert document.codes() == BOTH
    assert logged(editor) == []


def test_file_wins_over_the_editor(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, TEXT)
    (tmp_path / "invigilator.toml").write_text('ignore = ["figure.*"]\n')
    document = start(tmp_path, settings={"ignore": ["answer.*"], "severity": {"answer.*": "hint"}}).open(file)
    assert [(d["code"], d["severity"]) for d in document.diagnostics()] == [("answer.too-short", 4)]


def test_document_becomes_a_report_by_its_settings(start: Start, tmp_path: Path) -> None:
    """Another course's template: its marker and headings; then another one still, and back."""
    text = "# Rapport\n\n## Spm 1\n\nHvad?\n\nSvar:\n\n## Spm 2\n\nHvor?\n\nSvar: ![x](figures/none.png)\n"
    file = folder(tmp_path, text)
    editor = start(tmp_path)
    document = editor.open(file)
    settings = tmp_path / "invigilator.toml"

    def seen(marker: str) -> list[str]:
        settings.write_text(f"heading = '^## Spm (?P<number>\\d+)$'\nmarker = \"{marker}\"\n")
        editor.files_changed(settings)
        return document.codes()

    assert seen("Svar:") == ["answer.missing", "figure.not-found"]
    assert "Question 2" in document.hover_text(document.at("## Spm 2"))
    assert seen("Other:") == []
    assert document.hover(document.at("## Spm 2")) is None
    document.replace("Hvad?", "Hvorfor?")
    assert seen("Svar:") == ["answer.missing", "figure.not-found"]
    settings.unlink()
    editor.files_changed(settings)
    assert document.codes() == []


BROKEN = [
    ("[", "invigilator.toml", "is not valid TOML"),
    ('ignored = ["figure.*"]\n', "invigilator.toml:1", "ignored is no setting"),
    ("\nquestions = 'many'\n", "invigilator.toml:2", "questions"),
    ("[limits]\n1 = {words = [9, 2]}\n", "invigilator.toml:2", "limits.1.words"),
]


@pytest.mark.parametrize(("content", "place", "words"), BROKEN)
def test_broken_file_is_said_once_and_the_checks_go_on(
    start: Start, tmp_path: Path, content: str, place: str, words: str
) -> None:
    file = folder(tmp_path, TEXT)
    settings = tmp_path / "invigilator.toml"
    settings.write_text(content)
    editor = start(tmp_path)
    document = editor.open(file)
    assert document.codes() == BOTH
    for word in ("a", "b", "c"):
        document.replace("One.", f"{word} One.")
        assert document.codes() == BOTH
    (message,) = logged(editor)
    assert message.startswith(f"{place}: ")
    assert words in message
    settings.write_text('ignore = ["figure.*"]\n')
    editor.files_changed(settings)
    assert document.codes() == BOTH[:1]
    assert len(logged(editor)) == 1


def test_broken_settings_of_the_editor(start: Start) -> None:
    editor = start(settings={"ignore": 7, "severity": {"figure.*": "hint"}, "nonsense": True})
    document = editor.open("untitled:1", TEXT)
    assert sorted((d["code"], d["severity"]) for d in document.diagnostics()) == [
        ("answer.too-short", 2),
        ("figure.remote", 4),
    ]
    messages = logged(editor)
    assert len(messages) == 2
    assert all(message.startswith("editor settings: ") for message in messages)


def script(low: int, high: int) -> str:
    """A `report.py` in the shape of the course's own: question 1 with limits, question 2 with none."""
    return (
        "class TeamConstraint: ...\n"
        "def check():\n"
        "    questions_constraints = {\n"
        f'        "question_1": LengthConstraints(min_length={low}, max_length={high}),\n'
        '        "question_2": NoConstraints(),\n'
        "    }\n"
    )


def first_line(document: Document) -> str:
    return document.hover_text(document.at("### Question 1")).split("\n")[0]


def test_script_is_live(start: Start, tmp_path: Path) -> None:
    file = folder(tmp_path, question(1, "One."))
    editor = start(tmp_path)
    document = editor.open(file)
    assert document.codes() == []
    assert first_line(document) == "Question 1: no limits"
    path = tmp_path / "report.py"
    path.write_text(script(3, 9))
    editor.files_changed(path)
    document.published()
    assert first_line(document) == "Question 1: 3 to 9 words, says report.py"
    path.write_text("def check(:\n")
    editor.files_changed(path)
    document.published()
    assert first_line(document) == "Question 1: no limits"
    (message,) = logged(editor)
    assert message.startswith("report.py:1: ")
    path.unlink()
    path.mkdir()
    editor.files_changed(path)
    document.published()
    assert len(logged(editor)) == 2
    path.rmdir()
    editor.files_changed(path)
    document.published()
    assert first_line(document) == "Question 1: no limits"


def test_placeholder_of_the_settings(start: Start) -> None:
    editor = start(settings={"placeholder": "TODO"})
    document = editor.open(
        "untitled:1", question(1, "TODO", "Answer length: 5-10 words.") + question(2, placeholder(2))
    )
    assert document.codes() == ["answer.missing"]
