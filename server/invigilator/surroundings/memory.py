"""Surroundings in memory, for tests: the same look-ups over a mapping instead of a disk."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final

from invigilator.surroundings import Choice, GitStatus, TextFile
from invigilator.surroundings.answers import TreeSurroundings
from invigilator.surroundings.delivery import Delivery
from invigilator.surroundings.images import read_header_from
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


class MemorySurroundings(TreeSurroundings):
    """The surroundings of a report in `report_folder`, a path from the root (empty: the root itself).

    `files` gives the content of every file by its path from the root; text is UTF-8. A path that ends in `/` is an
    empty folder. The paths in `unreadable` exist and cannot be read. `git` says what git has to say, by path; of what
    it does not name, nothing. The report is called `report_name`. `delivery` is what git would hand in, by paths from
    the root; `versions` are the texts that git has of the report, the oldest first.

    >>> MemorySurroundings({"figures/a.png": b""}).look_up("figures/A.png").status
    'wrong-case'
    """

    def __init__(
        self,
        files: Mapping[str, bytes | str],
        report_folder: str = "",
        unreadable: Collection[str] = (),
        git: Mapping[str, GitStatus] | None = None,
        report_name: str = "README.md",
        delivery: Delivery = Delivery("unknown"),  # noqa: B008 - it cannot change
        versions: Sequence[str] = (),
    ) -> None:
        self._memory: Final = MemoryTree(files, report_folder, unreadable)
        self._in_git: Final = MemoryGit(git or {}, delivery)
        self._in_history: Final = MemoryHistory(versions, join(report_folder, report_name))
        super().__init__(self._memory, report_folder, report_name, self._in_git, self._in_history)

    def write(self, path: str, content: bytes | str) -> None:
        """Makes or overwrites a file, as another program would: the next `refresh` sees it."""
        self._memory.write(path, content)

    def remove(self, path: str) -> None:
        """Deletes a file. Its folder goes with it when it was the last one there. Raises KeyError where it is none."""
        self._memory.remove(path)

    def git_says(self, path: str, status: GitStatus) -> None:
        """Changes what git says of a file, as `git add` does: the next `refresh` sees it."""
        self._in_git.say(path, status)

    def commit(self, version: str) -> None:
        """Adds a version of the report: the next `refresh` sees it."""
        self._in_history.commit(version)


class MemoryGit:
    """What git says, in a mapping."""

    def __init__(self, statuses: Mapping[str, GitStatus], delivery: Delivery) -> None:
        self._statuses: Final = dict(statuses)
        self._delivery: Final = delivery
        self._next: Final[dict[str, GitStatus]] = {}

    def status(self, path: str, others: Callable[[], Iterable[str]]) -> GitStatus:
        """As given; else unknown."""
        return self._statuses.get(path, "unknown")

    def refresh(self, *, stale: bool) -> bool:
        """Whether something else was said since the last time."""
        changed = any(self._statuses.get(path) != status for path, status in self._next.items())
        self._statuses.update(self._next)
        self._next.clear()
        return changed

    def delivery(self, report: str, files: Sequence[str], text: str) -> Delivery:
        """As given."""
        return self._delivery

    def say(self, path: str, status: GitStatus) -> None:
        """From the next `refresh` on."""
        self._next[path] = status


class MemoryHistory:
    """The versions of a file, in a list."""

    def __init__(self, versions: Sequence[str], path: str) -> None:
        self._path: Final = path
        self._versions: Final = list(versions)
        self._new: Final[list[str]] = []

    def original(self, choice: Choice) -> TextFile | None:
        """What `choice` takes of those there are."""
        return choice(TextFile(f"{self._path} in version {n}", text) for n, text in enumerate(self._versions, start=1))

    def refresh(self) -> bool:
        """Whether there are more than the last time."""
        self._versions.extend(self._new)
        has_more = bool(self._new)
        self._new.clear()
        return has_more

    def commit(self, version: str) -> None:
        """From the next `refresh` on."""
        self._new.append(version)


class MemoryTree:
    """A folder tree in a mapping."""

    def __init__(self, files: Mapping[str, bytes | str], report_folder: str, unreadable: Collection[str]) -> None:
        self._folders: Final = {path.rstrip("/") for path in (*files, report_folder + "/") if path.endswith("/")}
        self._files: Final = {path: _raw(content) for path, content in files.items() if not path.endswith("/")}
        self._unreadable: Final = frozenset(unreadable)
        self._version = 0
        self._changed = False
        if clash := self._parents() & self._files.keys():
            raise ValueError(f"both a file and a folder: {', '.join(sorted(clash))}")

    def kind(self, path: str) -> Kind:
        """File or folder, else missing."""
        if path in self._files:
            return "file"
        return "folder" if path in self._parents() else "missing"

    def listing(self, folder: str) -> Listing:
        """The names in a folder."""
        if folder in self._unreadable:
            return Listing({}, "permission denied")
        below = {path: path.rpartition("/") for path in (*self._files, *self._parents()) if path}
        entries: dict[str, EntryKind] = {
            name: "file" if path in self._files else "folder"
            for path, (parent, _, name) in below.items()
            if parent == folder
        }
        return Listing(entries)

    def identity(self, folder: str) -> str:
        """The path itself: there are no links."""
        return folder

    def measured(self, path: str) -> Measured | None:
        """The image header of a file; None where it cannot be read."""
        raw = self._files.get(path)
        if raw is None or path in self._unreadable:
            return None
        return Measured(len(raw), read_header_from(io.BytesIO(raw)), self._version)

    def content(self, path: str) -> Content | None:
        """The text of a file, None where nothing stands at `path`."""
        kind = self.kind(path)
        if kind == "missing":
            return None
        if kind == "folder":
            return Content("", Refusal("is a folder, not a file"))
        if path in self._unreadable:
            return Content("", Refusal("cannot be read (permission denied)"))
        raw = self._files[path]
        return decoded(raw[: TEXT_LIMIT + 1], len(raw))

    def refresh(self) -> bool:
        """Whether something was written or removed since the last time."""
        changed, self._changed = self._changed, False
        return changed

    def write(self, path: str, content: bytes | str) -> None:
        """Makes or overwrites a file."""
        self._files[path] = _raw(content)
        self._touch()

    def remove(self, path: str) -> None:
        """Deletes a file."""
        del self._files[path]
        self._touch()

    def _touch(self) -> None:
        self._version += 1
        self._changed = True

    def _parents(self) -> set[str]:
        """Every folder: those that hold a file, those made empty, and the root."""
        found = {""}
        for path in (*(path.rpartition("/")[0] for path in self._files), *self._folders):
            while path:
                found.add(path)
                path = path.rpartition("/")[0]
        return found


def _raw(content: bytes | str) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content
