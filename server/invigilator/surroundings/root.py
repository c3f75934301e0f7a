"""Where a report's world ends: its root, and the configuration file below it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.paths import is_below


def find_root(report: Path, workspace_folders: Sequence[Path] = ()) -> Path:
    """The root of the report at the path `report`, with links resolved; nothing above it may be read.

    The workspace folder that holds the report (the deepest of several), else the git top level, else the folder above
    one called `reports`, else the report's own folder.
    """
    folder = Path(os.path.realpath(report.parent))
    holding = [real for real in map(os.path.realpath, workspace_folders) if is_below(real, str(folder))]
    if holding:
        return Path(max(holding, key=len))
    for candidate in (folder, *folder.parents):
        # A folder, or a file in a work tree or submodule. (`Path.exists` raises where a folder must not be entered.)
        if os.path.exists(candidate / ".git"):  # noqa: PTH110
            return candidate
    return folder.parent if folder.name == "reports" else folder


def find_configuration(report: Path, root: Path) -> Path | None:
    """The configuration file that applies to the report: the nearest one at or above it and not above `root`.

    None where there is none, or where the nearest one cannot be used (`DiskSurroundings.problems` says why).
    """
    surroundings = DiskSurroundings(report, root)
    found = surroundings.configuration
    return None if found is None else surroundings.root / found.path
