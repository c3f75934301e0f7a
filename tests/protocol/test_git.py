"""Git and the editor: asked behind the editor's back, and its answer is told when it is there."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pictures import png
from protocol.editor import VISUAL_STUDIO_CODE, VISUAL_STUDIO_CODE_OPTIONS, Editor
from protocol.reports import question
from surroundings import repositories
from surroundings.worlds import fill

pytestmark = pytest.mark.skipif(repositories.GIT is None or os.name == "nt", reason="needs git")

TEXT = question(1, "![it](figures/new.png) and ![it](figures/old.png)")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    project = tmp_path / "project"
    fill(project, {"README.md": TEXT, "figures/new.png": png(), "figures/old.png": png()})
    repositories.git(project, "init", "-q")
    repositories.git(project, "add", "figures/old.png")
    return project


def codes(params: dict[str, Any]) -> list[str]:
    return [diagnostic["code"] for diagnostic in params["diagnostics"]]


def test_the_answer_is_pushed_when_it_is_there(start: Callable[..., Editor], project: Path) -> None:
    editor = start(project, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS)
    document = editor.open(project / "README.md", TEXT)
    assert codes(document.published()) == [], "nobody waits for git"
    (found,) = document.published(lambda params: codes(params) != [])["diagnostics"]
    assert (found["code"], document.shown(found["range"])) == ("figure.untracked", "figures/new.png")
    assert "not in git" in document.hover_text(found["range"]["start"])

    repositories.git(project, "add", "figures/new.png")
    document.save()
    assert codes(document.published(lambda params: codes(params) == [])) == []
    assert "in git" in document.hover_text(found["range"]["start"])


def test_a_client_that_pulls_is_asked_to_pull_again(start: Callable[..., Editor], project: Path) -> None:
    editor = start(project, VISUAL_STUDIO_CODE)
    document = editor.open(project / "README.md", TEXT)
    document.codes()  # now the server has looked, and asked git
    editor.client.wait_for("workspace/diagnostic/refresh")
    assert document.codes() == ["figure.untracked"]


def test_typing_never_waits_for_git(
    start: Callable[..., Editor], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = repositories.pretend(project.parent / "bin", "import time; time.sleep(60)")
    monkeypatch.setenv("PATH", str(fake.parent))
    editor = start(project, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS)
    begun = time.monotonic()
    document = editor.open(project / "README.md", TEXT)
    assert codes(document.published()) == []
    for _ in range(20):
        document.replace("and", "and and")
        assert codes(document.published()) == []
    assert time.monotonic() - begun < 1.5


def test_a_document_closed_before_git_has_answered(start: Callable[..., Editor], project: Path) -> None:
    editor = start(project, VISUAL_STUDIO_CODE, **VISUAL_STUDIO_CODE_OPTIONS)
    document = editor.open(project / "README.md", TEXT)
    document.close()
    again = editor.open(project / "README.md", TEXT)
    assert codes(again.published(lambda params: codes(params) != [])) == ["figure.untracked"]


def test_codes_are_linked_for_who_can_show_it(start: Callable[..., Editor], tmp_path: Path) -> None:
    text = question(1, "--- question 1 fill here ---")
    (plain,) = start(tmp_path).open(tmp_path / "README.md", text).diagnostics()
    assert "codeDescription" not in plain
    able = {"textDocument": {"publishDiagnostics": {"codeDescriptionSupport": True}}}
    (linked,) = start(tmp_path, able).open(tmp_path / "README.md", text).diagnostics()
    href = linked["codeDescription"]["href"]
    assert href.startswith("file:///")
    assert href.endswith("/answer.missing.md")
