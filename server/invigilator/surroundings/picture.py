"""The bytes of a picture that the report shows."""

from __future__ import annotations

import os
from typing import Final

from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.paths import is_below, open_regular

LARGEST: Final = 20 * 1024 * 1024


def read_picture(surroundings: DiskSurroundings, path: str) -> bytes | None:
    """All of the file at `path`, as a `FileFact` gives it.

    None where it cannot be read, lies outside the root, is no regular file or is larger than 20 MiB.
    """
    real = os.path.realpath(surroundings.folder / path)
    if not is_below(str(surroundings.root), real):
        return None
    try:
        with os.fdopen(open_regular(real), "rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError):
        return None
    return raw if len(raw) <= LARGEST else None
