"""The original template in an editor: found in git behind its back, its words brought back into an open document."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from protocol.editor import VISUAL_STUDIO_CODE, VISUAL_STUDIO_CODE_OPTIONS, Editor
from surroundings import repositories
from surroundings.worlds import fill
from template.templates import BESIDE, TEMPLATE, answered, prompt, question

needs_git = pytest.mark.skipif(repositories.GIT is None or os.name == "nt", reason="needs git")

CHANGED = answered(question(2, "Yes.", asked=prompt(2, "How do you know that it will hold?", length=False)))
RIGHT = answered(question(2, "Yes."))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    project = tmp_path / "project"
    project.mkdir()
    repositories.git(project, "init", "-q")
    for version in (TEMPLATE, CHANGED):
        fill(project, {"reports/README.md": version})
        repositories.git(project, "add", ".")
        repositories.git(project, "commit", "-qm", "another version")
    return project


def codes(params: dict[str, Any]) -> list[str]:
    return [diagnostic["code"] for diagnostic in params["diagnostics"] if diagnostic["code"].startswith("prompt.")]


@needs_git
def test_the_first_version_in_git_comes_behind_the_editors_back(start: Callable[..., Editor], project: Path) -> None:
    editor = start(project, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS)
    document = editor.open(project / "reports/README.md")
    assert codes(document.published()) == [], "nobody waits for git"
    found = document.published(lambda params: codes(params) != [])["diagnostics"]
    (changed,) = (one for one in found if one["code"] == "prompt.changed")
    document.apply(document.action("Restore the prompt", changed["range"]["start"]))
    assert document.text == RIGHT
    assert codes(document.published()) == []


@needs_git
def test_typing_never_waits_for_it(
    start: Callable[..., Editor], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = repositories.pretend(project.parent / "bin", "import time; time.sleep(60)")
    monkeypatch.setenv("PATH", str(fake.parent))
    editor = start(project, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS)
    begun = time.monotonic()
    document = editor.open(project / "reports/README.md")
    document.published()
    for _ in range(20):
        document.replace("Yes.", "Yes. Yes.")
        assert codes(document.published()) == []
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_the_configured_template(start: Callable[..., Editor], tmp_path: Path, newline: str) -> None:
    fill(tmp_path, BESIDE)
    document = start(tmp_path).open(tmp_path / "README.md", CHANGED.replace("\n", newline))
    changed, removed = sorted(
        (one for one in document.diagnostics() if one["code"].startswith("prompt.")), key=lambda d: d["code"]
    )
    assert (changed["code"], removed["code"]) == ("prompt.changed", "prompt.limit-removed")
    assert "the original template" in document.hover_text(document.at("> **How do you know"))
    document.apply(document.action("Restore the length line", removed["range"]["start"]))
    document.apply(document.action("Restore the prompt", changed["range"]["start"]))
    assert document.text == RIGHT.replace("\n", newline)
    assert "the prompt" in document.hover_text(document.at("> **How did you make"))


def test_a_template_that_the_editor_names_and_that_changes(start: Callable[..., Editor], tmp_path: Path) -> None:
    fill(tmp_path, {"given/template.md": TEMPLATE})
    editor = start(tmp_path, settings={"template": "given/template.md"})
    document = editor.open(tmp_path / "README.md", RIGHT)
    assert "prompt.changed" not in document.codes()
    fill(tmp_path, {"given/template.md": TEMPLATE.replace("bridge", "tunnel")})
    editor.files_changed(tmp_path / "given/template.md")
    assert document.codes().count("prompt.changed") == 3


def test_all_prompts_at_once(start: Callable[..., Editor], tmp_path: Path) -> None:
    fill(tmp_path, BESIDE)
    text = answered(
        *(question(number, "Yes.", asked=prompt(number).replace("bridge", "tunnel")) for number in (1, 2, 3))
    )
    document = start(tmp_path).open(tmp_path / "README.md", text)
    where = next(one for one in document.diagnostics() if one["code"] == "prompt.changed")["range"]["start"]
    document.apply(document.action("Fix all 3 of this kind (prompt.changed)", where))
    assert document.text == text.replace("tunnel", "bridge")


def test_a_deleted_question_comes_back_with_its_prompt(start: Callable[..., Editor], tmp_path: Path) -> None:
    fill(tmp_path, BESIDE)
    whole = answered(question(4))
    document = start(tmp_path).open(tmp_path / "README.md", whole.replace(question(4) + "\n", ""))
    (missing,) = (one for one in document.diagnostics() if one["code"] == "question.missing")
    document.apply(document.action("Restore question 4", missing["range"]["start"]))
    assert document.text == whole
