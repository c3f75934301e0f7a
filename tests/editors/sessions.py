"""What the sessions in real editors share: the settings that the documentation shows, a report, a home of its own.

Three variables of the environment change them: INVIGILATOR_EDITORS_REQUIRED=1 makes an editor that is not installed a
failure, INVIGILATOR_EDITORS_BIN names the folder of another installed `invigilator` than that of the tests' Python, and
INVIGILATOR_EDITORS_ALE the folder of ALE where it is not Debian's.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

import pytest

from pictures import png

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SCRIPTS = Path(sys.executable).parent

SECONDS = 120


def program(name: str, comes_with: str) -> str:
    """A program of this environment or of the machine; without it the test is skipped, or fails where it must run."""
    found = shutil.which(name, path=str(SCRIPTS)) or shutil.which(name)
    if found is None:
        missing(f"{name} is not installed: {comes_with}")
    return found


def missing(what: str) -> NoReturn:
    """Skip the test, or fail it where every editor must be there."""
    if os.environ.get("INVIGILATOR_EDITORS_REQUIRED") == "1":
        pytest.fail(what)
    pytest.skip(what)


def settings(page: str, language: str, number: int = 0) -> str:
    """The fenced block of `language` with that number (from 0) on a page of docs/editors: what its reader pastes."""
    text = (ROOT / "docs" / "editors" / page).read_text(encoding="utf-8")
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert len(blocks) > number, f"docs/editors/{page} has no {language} block number {number}"
    return str(blocks[number])


class Session:
    """One editor on one report, in a repository of its own whose path has a space and a letter beyond ASCII."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        example = folder / "my räport"
        shutil.copytree(ROOT / "examples" / "report", example)
        self.report = example / "reports" / "README.md"
        (example / "bridge.png").write_bytes(png(40, 30))
        self._replace(
            "![Training and validation loss of run 31](figures/loss-curve.png)",
            "På øen 🚲: ![Træning](figures/loss-curve.png)",
        )
        self._replace(
            "![From the camera to the chart](figures/overview.png)",
            "![From the camera to the chart](figures/Overview.png)\n\n![The bridge](../bridge.png)",
        )
        for command in (["init", "--quiet"], ["add", "--all"]):
            subprocess.run(["git", *command], cwd=example, check=True, env=self._environment())

    @property
    def text(self) -> str:
        """The report as it is on disk."""
        return self.report.read_bytes().decode("utf-8")

    def write(self, name: str, content: str) -> Path:
        """Write a file of settings below the editor's home."""
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
        return path

    def run(self, *command: str, **variables: str) -> dict[str, Any]:
        """Run the editor to its end. Returns what its driver told: the value of each step."""
        session = subprocess.run(
            command,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            cwd=self.folder,
            env=self._environment() | variables,
            stdin=subprocess.DEVNULL,
        )
        lines = [line for line in session.stdout.splitlines() if line.startswith("{")]
        told = {entry["step"]: entry["what"] for entry in map(json.loads, lines)}
        assert session.returncode == 0, session.stdout + session.stderr
        if "missing" in told:
            missing(told["missing"])
        return told

    def _environment(self) -> dict[str, str]:
        folder = os.environ.get("INVIGILATOR_EDITORS_BIN") or str(SCRIPTS)
        assert shutil.which("invigilator", path=folder), f"there is no invigilator in {folder}"
        own = {"HOME": str(self.home), "PATH": os.pathsep.join((folder, os.environ["PATH"])), "LC_ALL": "C.UTF-8"}
        return {name: value for name, value in os.environ.items() if not name.startswith("XDG_")} | own

    def _replace(self, old: str, new: str) -> None:
        text = self.text
        assert text.count(old) == 1
        self.report.write_bytes(text.replace(old, new).encode("utf-8"))


def assert_seen(told: dict[str, Any]) -> None:
    """What an editor shows of the example, before anything is changed."""
    expected = {"answer.too-short", "figure.too-few", "figure.not-found", "figure.wrong-case", "figure.outside-folder"}
    assert expected <= set(told["diagnostics"])
    assert "Question 8" in told["hover"]
    assert "exactly 1 image" in told["hover"]


def assert_mended(told: dict[str, Any], session: Session) -> None:
    """What the actions left, in the editor and on disk."""
    assert [told[step] for step in ("insert figure", "fix", "fix beyond ASCII", "fix all")] == [0, 0, 1, 0]
    text = session.text
    assert "![bucket](figures/bucket.png)" in text
    assert "--- question 5 fill here ---" not in text
    assert "På øen 🚲: ![Træning](figures/Loss-curve.png)\n" in text
    assert "![From the camera to the chart](figures/overview.png)\n" in text
    assert text.endswith("--- question 12 fill here ---\n")


def assert_copied(told: dict[str, Any], session: Session) -> None:
    """What the action that copies a picture left: the edit is the editor's, the file the server's."""
    assert told["copy"] == 0
    assert "![The bridge](figures/bridge.png)\n" in session.text
    copy = session.report.parent / "figures" / "bridge.png"
    assert copy.read_bytes() == (session.report.parents[1] / "bridge.png").read_bytes()
