"""The surroundings of a report on disk. Nothing outside the root is read, and nothing but folders and regular files."""

# Paths are strings here: a `stat` through `Path` costs twice as much, and every refresh makes one for every path.
# ruff: noqa: PTH112, PTH114, PTH116, PTH118

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Final, TypeVar, cast

from invigilator.surroundings.answers import TreeSurroundings
from invigilator.surroundings.copying import copy_file
from invigilator.surroundings.git.history import DiskHistory
from invigilator.surroundings.git.status import DiskGit
from invigilator.surroundings.images import read_header_from
from invigilator.surroundings.paths import is_below, open_regular
from invigilator.surroundings.stamps import Stamp, has_stamp, stamp_of
from invigilator.surroundings.tree import (
    TEXT_LIMIT,
    Content,
    EntryKind,
    Kind,
    Listing,
    Measured,
    Refusal,
    decoded,
    join,
)

_MOST_NAMES: Final = 50_000
_MOST_WATCHED: Final = 20_000

_T = TypeVar("_T")


class DiskSurroundings(TreeSurroundings):
    """The surroundings of `report`, a file at any depth below the folder `root`.

    Git is asked when somebody wants to know, and waited for. With `git_answered` it is asked in a thread, which then
    calls that: the next `refresh` brings the answer. Raises ValueError where the report is not below the root.
    """

    def __init__(self, report: Path, root: Path, git_answered: Callable[[], None] | None = None) -> None:
        self.root: Final = Path(os.path.realpath(root))
        self.folder: Final = Path(os.path.realpath(report.parent))
        if not is_below(str(self.root), str(self.folder)):
            raise ValueError(f"{report} is not below {root}")
        relative = os.path.relpath(self.folder, self.root).replace(os.sep, "/")
        folder = "" if relative == "." else relative
        git = DiskGit(str(self.root), git_answered)
        path = join(folder, report.name)
        history = DiskHistory(str(self.root), str(self.folder), report.name, path, git_answered)
        super().__init__(DiskTree(self.root), folder, report.name, git, history)

    def copy(self, source: str, target: str) -> None:
        """Copy a file to a place where nothing stands; both paths as in a `FileFact`. Raises OSError."""
        copy_file(self.root, self.folder / source, self.folder / target)


class _Seen:
    """What was found at one path, and the stamp it had before it was looked at."""

    __slots__ = ("answers", "at", "doubtful", "stamp")

    def __init__(self, at: str) -> None:
        self.at: Final = at
        self.answers: dict[Callable[[str], object], object] = {}
        self.stamped(stamp_of(at))

    def stamped(self, stamp: Stamp | None) -> None:
        self.stamp = stamp
        self.doubtful = stamp is not None and stamp.is_doubtful


class DiskTree:
    """The folders and files below `root`; each is looked at once, and again when `refresh` finds its stamp changed."""

    def __init__(self, root: Path) -> None:
        self._root: Final = os.path.realpath(root)
        self._seen: dict[str, _Seen] = {}

    def kind(self, path: str) -> Kind:
        """What stands at `path`; anything but a folder or a regular file is unreadable."""
        return self._ask(self._look_kind, path)

    def listing(self, folder: str) -> Listing:
        """The names in a folder, 50,000 at most; names that no UTF-8 text can hold are left out."""
        return self._ask(self._look_listing, folder)

    def identity(self, folder: str) -> str:
        """The folder's own path, without links."""
        return self._real(folder) or folder

    def measured(self, path: str) -> Measured | None:
        """The image header of a file; None where it cannot be read."""
        return self._ask(self._look_measured, path)

    def content(self, path: str) -> Content | None:
        """The text of a file, None where nothing stands at `path`."""
        return self._ask(self._look_content, path)

    def refresh(self) -> bool:
        """One `stat` for every path that was looked at; what has another stamp is looked at again."""
        if len(self._seen) > _MOST_WATCHED:
            self._seen.clear()
            return True
        changed = False
        for path, seen in list(self._seen.items()):
            if has_stamp(seen.at, seen.stamp) and not seen.doubtful:
                continue
            seen.stamped(stamp_of(seen.at))
            for look, old in seen.answers.items():
                new = look(path)
                if new != old:
                    seen.answers[look] = new
                    changed = True
        return changed

    def _ask(self, look: Callable[[str], _T], path: str) -> _T:
        seen = self._seen.get(path)
        if seen is None:
            seen = self._seen[path] = _Seen(self._at(path))
        if look not in seen.answers:
            seen.answers[look] = look(path)
        return cast("_T", seen.answers[look])

    def _at(self, path: str) -> str:
        return os.path.join(self._root, *path.split("/")) if path else self._root

    def _real(self, path: str) -> str | None:
        """Where `path` leads; None where that is outside the root."""
        real = os.path.realpath(self._at(path))
        return real if is_below(self._root, real) else None

    def _look_kind(self, path: str) -> Kind:
        real = self._real(path)
        if real is None:
            return "outside"
        try:
            mode = os.stat(real).st_mode
        except PermissionError:
            return "unreadable"
        except (OSError, ValueError):
            return "missing"
        if stat.S_ISDIR(mode):
            return "folder"
        return "file" if stat.S_ISREG(mode) else "unreadable"

    def _look_listing(self, folder: str) -> Listing:
        real = self._real(folder)
        if real is None:
            return Listing({})
        entries: dict[str, EntryKind] = {}
        try:
            with os.scandir(real) as found:
                for entry in islice(found, _MOST_NAMES):
                    if _is_writable_in_utf8(entry.name):
                        entries[entry.name] = _entry_kind(entry)
        except (FileNotFoundError, NotADirectoryError):
            return Listing({})
        except OSError as error:
            return Listing({}, _trouble(error))
        return Listing(entries)

    def _look_measured(self, path: str) -> Measured | None:
        real = self._real(path)
        if real is None:
            return None
        try:
            with os.fdopen(open_regular(real), "rb") as file:
                status = os.fstat(file.fileno())
                return Measured(status.st_size, read_header_from(file), status.st_mtime_ns)
        except OSError:
            return None

    def _look_content(self, path: str) -> Content | None:
        real = self._real(path)
        if real is None:
            return Content("", Refusal("leads out of the project's folder"))
        try:
            if os.path.isdir(real):
                return Content("", Refusal("is a folder, not a file"))
            with os.fdopen(open_regular(real), "rb") as file:
                return decoded(file.read(TEXT_LIMIT + 1), os.fstat(file.fileno()).st_size)
        except (FileNotFoundError, NotADirectoryError):
            return Content("", Refusal("is a link that leads nowhere")) if os.path.islink(self._at(path)) else None
        except OSError as error:
            return Content("", Refusal(f"cannot be read ({_trouble(error)})"))


def _entry_kind(entry: os.DirEntry[str]) -> EntryKind:
    if entry.is_symlink():
        return "link"
    return "folder" if entry.is_dir(follow_symlinks=False) else "file"


def _is_writable_in_utf8(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _trouble(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "permission denied"
    return (error.strerror or str(error)).lower()
