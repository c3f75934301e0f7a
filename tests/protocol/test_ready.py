"""The command `invigilator.ready`, asked of the real server about real repositories."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.commands import environment, program
from pictures import png
from protocol.editor import VISUAL_STUDIO_CODE, Document, Editor
from protocol.reports import question
from surroundings import repositories
from surroundings.worlds import fill

pytestmark = pytest.mark.skipif(repositories.GIT is None or os.name == "nt", reason="needs git")

Start = Callable[..., Editor]
TEXT = question(1, "![it](figures/plot.png) and so on")
REPORT = "reports/README.md"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose report is on the remote's default branch."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    remote, project = tmp_path / "remote.git", tmp_path / "project"
    fill(project, {REPORT: TEXT, "reports/figures/plot.png": png()})
    repositories.git(tmp_path, "init", "-q", "--bare", str(remote))
    for step in (
        ["init", "-q"],
        ["add", "-A"],
        ["commit", "-qm", "x"],
        ["remote", "add", "origin", str(remote)],
        ["push", "-qu", "origin", "main"],
        ["remote", "set-head", "origin", "--auto"],
    ):
        repositories.git(project, *step)
    return project


def ask(document: Document, *arguments: object) -> Any:
    return document.editor.client.request(
        "workspace/executeCommand", {"command": "invigilator.ready", "arguments": [*arguments] or [document.uri]}
    )


def states(answer: Any) -> dict[str, str]:
    return {check["name"]: check["state"] for check in answer["checks"] if check["state"] != "yes"}


def test_the_same_as_on_the_command_line(start: Start, project: Path) -> None:
    fill(project, {"reports/figures/plot.png": png(9, 9)})
    editor = start(project, VISUAL_STUDIO_CODE)
    assert "invigilator.ready" in editor.capabilities["executeCommandProvider"]["commands"]
    answer = ask(editor.open(project / REPORT))
    printed = subprocess.run(
        program("ready", "--format", "json"), cwd=project, env=environment(), capture_output=True, check=False
    )
    assert answer == json.loads(printed.stdout)
    assert (answer["ready"], states(answer)) == (False, {"figures": "no"})


def test_ready_once_it_is_pushed(start: Start, project: Path) -> None:
    fill(project, {"reports/figures/plot.png": png(9, 9)})
    document = start(project, VISUAL_STUDIO_CODE).open(project / REPORT)
    assert not ask(document)["ready"]
    for step in (["commit", "-qam", "y"], ["push", "-q"]):
        repositories.git(project, *step)
    answer = ask(document)
    assert (answer["ready"], states(answer), answer["path"]) == (True, {}, REPORT)


def test_what_is_not_saved(start: Start, project: Path) -> None:
    document = start(project, VISUAL_STUDIO_CODE).open(project / REPORT)
    document.replace("and so on", "and on")
    answer = ask(document)
    assert states(answer) == {"figures": "no"}
    (reason,) = answer["checks"][2]["reasons"]
    assert reason["message"].startswith("The report has changes that are not saved.")


def test_a_folder_inside_the_repository_is_open(start: Start, project: Path) -> None:
    answer = ask(start(project / "reports", VISUAL_STUDIO_CODE).open(project / REPORT))
    assert (answer["ready"], answer["path"]) == (True, "README.md")


def test_a_document_in_no_folder_and_one_that_is_no_report(start: Start, project: Path) -> None:
    editor = start(project, VISUAL_STUDIO_CODE)
    answer = ask(editor.open("untitled:1", TEXT))
    assert states(answer)["report-place"] == states(answer)["figures"] == "unknown"
    assert ask(editor.open(project / "notes.md", "# Notes\n")) is None


@pytest.mark.parametrize("arguments", [(None,), ({"uri": 1},), ("file:///nowhere",), (1, 2, 3)])
def test_nonsense_is_answered(start: Start, project: Path, arguments: tuple[object, ...]) -> None:
    document = start(project, VISUAL_STUDIO_CODE).open(project / REPORT)
    assert ask(document, *arguments) is None


def test_nobody_waits_while_git_hangs(
    serve: Callable[..., Editor], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = repositories.pretend(project.parent / "bin", "import time; time.sleep(60)")
    monkeypatch.setenv("PATH", str(fake.parent))
    document = serve().start(project, VISUAL_STUDIO_CODE).open(project / REPORT)
    client = document.editor.client
    begun = time.monotonic()
    client.begin("workspace/executeCommand", {"command": "invigilator.ready", "arguments": [document.uri]})
    assert document.hover_text(document.at("Question 1"))
    assert client.leave() == 0
    assert time.monotonic() - begun < 5, "neither the next request waits nor the end"
