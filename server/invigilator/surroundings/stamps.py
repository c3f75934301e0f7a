"""Whether something on disk has changed, by one `stat`."""

# Paths are strings here: a `stat` through `Path` costs twice as much, and every refresh makes one for every path.
# ruff: noqa: PTH116

from __future__ import annotations

import os
import time
from typing import Final, NamedTuple

# A file changed twice within one tick of the file system's clock keeps its time stamp. Clocks of today tick within
# 10 ms; a stamp of whole seconds is one of FAT (2 s) or of an old network share.
_TICK: Final = 50_000_000
_SLOW_TICK: Final = 2_050_000_000
_SECOND: Final = 1_000_000_000


class Stamp(NamedTuple):
    """What `stat` says of a file or folder that differs once it has changed."""

    mode: int
    inode: int
    size: int
    modified: int
    changed: int  # also says when permissions changed, or a file was written and its old time restored

    @property
    def is_doubtful(self) -> bool:
        """Whether it is so fresh that another change could leave it as it is."""
        tick = _TICK if self.modified % _SECOND else _SLOW_TICK
        return -_SLOW_TICK < time.time_ns() - self.modified < tick


def has_stamp(path: str, stamp: Stamp | None) -> bool:
    """Whether `stamp_of` gives this stamp still; asked for every file at every request, so nothing is made for it."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return stamp is None
    return stamp == (found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)


def may_differ(path: str, stamp: Stamp | None) -> bool:
    """Whether something else may stand at `path` than when it had this stamp."""
    return stamp_of(path) != stamp or (stamp is not None and stamp.is_doubtful)


def stamp_of(path: str) -> Stamp | None:
    """The stamp of what stands at `path`; None where that is nothing."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return Stamp(found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
