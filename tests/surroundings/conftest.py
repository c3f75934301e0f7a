"""The same files on disk and in memory: what holds of one holds of the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from invigilator.surroundings.answers import TreeSurroundings
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.memory import MemorySurroundings
from surroundings.worlds import World, fill, forbid


@pytest.fixture(params=["disk", "memory"])
def world(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    def in_memory(
        files: Mapping[str, bytes | str], report_folder: str = "", unreadable: Collection[str] = ()
    ) -> TreeSurroundings:
        return MemorySurroundings(files, report_folder, unreadable)

    def on_disk(
        files: Mapping[str, bytes | str], report_folder: str = "", unreadable: Collection[str] = ()
    ) -> TreeSurroundings:
        root = tmp_path / "root"
        (root / report_folder).mkdir(parents=True)
        fill(root, files)
        forbid(monkeypatch, [root / path for path in unreadable])
        return DiskSurroundings(root / report_folder / "README.md", root)

    return on_disk if request.param == "disk" else in_memory
