"""Figures that git does not have, on the command line: git is asked at once."""

from __future__ import annotations

import json
import os

import pytest

from cli.commands import Command, Files
from pictures import png
from reports import numbered
from surroundings import repositories

REPORT = numbered(["![it](figures/new.png) ![it](figures/old.png)"])


@pytest.mark.skipif(repositories.GIT is None or os.name == "nt", reason="needs git")
def test_a_figure_that_is_not_added(command: Command, files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    folder = files({"README.md": REPORT, "figures/new.png": png(), "figures/old.png": png()})
    assert _found(command) == []
    repositories.git(folder, "init", "-q")
    repositories.git(folder, "add", "figures/old.png")
    assert _found(command) == [("figure.untracked", "information")]
    monkeypatch.setenv("PATH", "")
    assert _found(command) == []


def _found(command: Command) -> list[tuple[str, str]]:
    result = command("check", "--format", "json", "--fail-on", "never", "README.md")
    assert (result.code, result.err) == (0, "")
    (report,) = json.loads(result.out)["reports"]
    return [(finding["code"], finding["severity"]) for finding in report["findings"]]
