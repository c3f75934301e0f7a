"""Making the files that a test looks at."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Protocol

import pytest

from invigilator.surroundings.answers import TreeSurroundings


class World(Protocol):
    """Makes files (by their path from the root; one that ends in `/` is a folder) and looks at them from a report."""

    def __call__(
        self, files: Mapping[str, bytes | str], report_folder: str = "", unreadable: Collection[str] = ()
    ) -> TreeSurroundings: ...


def fill(root: Path, files: Mapping[str, bytes | str]) -> None:
    """Writes the files below `root`."""
    for path, content in files.items():
        if path.endswith("/"):
            (root / path).mkdir(parents=True)
            continue
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content.encode() if isinstance(content, str) else content)


def forbid(monkeypatch: pytest.MonkeyPatch, paths: Collection[Path]) -> None:
    """Makes opening and listing these paths fail as without permission, also for the superuser."""
    refused = {os.path.realpath(path) for path in paths}
    real_open, real_scandir = os.open, os.scandir

    def no_open(path: str, flags: int, *rest: int) -> int:
        if os.path.realpath(path) in refused:
            raise PermissionError(13, "Permission denied", path)
        return real_open(path, flags, *rest)

    def no_scandir(path: str = ".") -> object:
        if os.path.realpath(path) in refused:
            raise PermissionError(13, "Permission denied", path)
        return real_scandir(path)

    monkeypatch.setattr(os, "open", no_open)
    monkeypatch.setattr(os, "scandir", no_scandir)
