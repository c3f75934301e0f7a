"""Where a report's world ends: its root."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

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
