"""The project as whoever uses it from git gets it, and repositories with a report."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ci.tools import ROOT, VERSION
from surroundings.repositories import git

Repository = Callable[..., Path]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with the project's files as they are now, committed or not; without what has no part in it."""
    folder = tmp_path_factory.mktemp("projects") / "invigilator"
    known = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(known, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    for name in filter(None, names):
        source, target = ROOT / name, folder / name
        if name.startswith(("tests/", "client-vscode/")) or not source.is_file():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
    git(folder, "init", "-q")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "All of it")
    git(folder, "tag", VERSION)
    return folder


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Makes a git repository with the bundled example as its report, and other files."""

    def make(name: str = "group", **files: str) -> Path:
        folder = tmp_path / name
        shutil.copytree(ROOT / "examples" / "report", folder)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        git(folder, "init", "-q")
        git(folder, "add", "--all")
        git(folder, "commit", "-q", "-m", "A report")
        return folder

    return make
