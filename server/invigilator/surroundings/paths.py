"""Paths on disk: which lie below a folder, and opening nothing but regular files."""

# Paths are strings here, as in `disk.py`.
# ruff: noqa: PTH116

from __future__ import annotations

import os
import stat
from typing import Final

# Without waiting for a writer, not through a link, as bytes. Each system lacks some of these.
_OPEN_FLAGS: Final = os.O_RDONLY | sum(
    int(getattr(os, name, 0)) for name in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK")
)


def is_below(folder: str, path: str) -> bool:
    """Whether `path` is `folder` or lies below it; both absolute and without links."""
    if path == folder or path.startswith(f"{folder}{os.sep}"):  # most often, and quick
        return True
    try:
        common = os.path.commonpath([folder, path])
    except ValueError:  # two drives
        return False
    return os.path.normcase(common) == os.path.normcase(folder)


def open_regular(path: str) -> int:
    """A descriptor; raises OSError for anything but a regular file, which is never opened: a pipe could block."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError("not a regular file")
    return os.open(path, _OPEN_FLAGS)
