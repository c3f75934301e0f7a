"""A whole session in the real Neovim: what it sees, what its code actions do, and what it saves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "report"
SCRIPTS = Path(sys.executable).parent


def program(name: str) -> str:
    """A program of this environment, or of the machine."""
    found = shutil.which(name, path=str(SCRIPTS)) or shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: it comes with the development tools on Linux")
    return found


def test_a_session(tmp_path: Path) -> None:
    folder = tmp_path / "my räport"
    shutil.copytree(EXAMPLE, folder)
    report = folder / "reports" / "README.md"
    before = report.read_text(encoding="utf-8")
    command = [program("nvim"), "--headless", "--clean", "-l", str(HERE / "neovim.lua"), program("invigilator")]

    session = subprocess.run(
        [*command, str(report)], capture_output=True, text=True, encoding="utf-8", timeout=120, cwd=tmp_path
    )

    lines = [line for line in session.stdout.splitlines() if line.startswith("{")]
    told = {entry["step"]: entry["what"] for entry in map(json.loads, lines)}
    assert session.returncode == 0, session.stdout + session.stderr
    assert {"answer.too-short", "figure.too-few", "figure.not-found", "figure.wrong-case"} <= set(told["diagnostics"])
    assert told["encoding"] == "utf-8"
    assert "Question 8" in told["hover"]
    assert "exactly 1 image" in told["hover"]
    assert told["insert figure"] == 0
    assert told["fix"] == 0
    assert told["stopped"] is True
    after = report.read_text(encoding="utf-8")
    assert "![bucket](figures/bucket.png)" in after
    assert "![bucket](figures/bucket.png)" not in before
    assert "--- question 5 fill here ---" in before
    assert "--- question 5 fill here ---" not in after
