"""Copying a file to a place where nothing stands: it is there whole, or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from contextlib import suppress
from pathlib import Path

from invigilator.surroundings.paths import is_below, open_regular


def copy_file(root: Path, source: Path, target: Path) -> None:
    """Copy a regular file to `target`, whose folders are made where they are missing; both stay below `root`.

    Raises OSError (FileExistsError where something stands there already, PermissionError for a way out of the root),
    and then nothing new is there but perhaps an empty folder.
    """
    true_root = os.path.realpath(root)
    true_source, folder = os.path.realpath(source), Path(os.path.realpath(target.parent))
    if not (is_below(true_root, true_source) and is_below(true_root, str(folder))):
        raise PermissionError("it leads out of the project's folder")
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{target.name[:100]}.{uuid.uuid4().hex[:8]}"
    try:
        with os.fdopen(open_regular(true_source), "rb") as old, beside.open("xb") as new:
            shutil.copyfileobj(old, new)
            new.flush()
            os.fsync(new.fileno())
        _put(beside, folder / target.name)
    finally:
        with suppress(OSError):
            beside.unlink()


def _put(beside: Path, target: Path) -> None:
    """Give the finished file its name, which no other file may have by now."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(target):
            raise FileExistsError(f"{target.name} is there already") from None
        beside.replace(target)
