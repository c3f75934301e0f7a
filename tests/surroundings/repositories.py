"""Git repositories for tests, made by the real git, and programs that pretend to be it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

GIT: Final = shutil.which("git")
_AS: Final = {
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> None:
    """Runs git as a person would; it must succeed."""
    assert GIT is not None
    command = [GIT, "-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={**os.environ, **_AS})


def pretend(folder: Path, program: str) -> Path:
    """Makes an executable `git` in the folder, written in Python; to be put on PATH. It cannot be found by name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "git"
    path.write_text(f"#!{sys.executable} -I\n{program}\n")
    path.chmod(0o755)
    return path
