"""Running the command: in this process where that is enough, and as a real one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import invigilator

_LOOKS = frozenset({"NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PYTHONIOENCODING", "PYTHONUTF8"})


class Result(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


class Files(Protocol):
    """Writes files below the current folder, by their path, and returns that folder."""

    def __call__(self, content: Mapping[str, str | bytes]) -> Path: ...


class Command(Protocol):
    """Runs the command line in this process."""

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Result: ...


class Process(Protocol):
    """Runs `python -m invigilator` in the current folder."""

    def __call__(
        self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]: ...


def program(*arguments: str) -> list[str]:
    """What to execute."""
    return [sys.executable, "-m", "invigilator", *arguments]


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's, in which `invigilator` is the one under test, without what changes how output looks."""
    kept = {name: value for name, value in os.environ.items() if name not in _LOOKS}
    return {**kept, "PYTHONPATH": str(Path(invigilator.__file__).parents[1]), **(more or {})}
