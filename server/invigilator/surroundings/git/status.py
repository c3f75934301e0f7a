"""What git says of files below the root, kept until something that it depends on changes."""

# Paths are strings here, as in `disk.py`.
# ruff: noqa: PTH110, PTH112, PTH118, PTH119, PTH120, PTH123

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from typing import Final, NamedTuple, Protocol

from invigilator.surroundings import GitStatus
from invigilator.surroundings.delivery import Delivery
from invigilator.surroundings.stamps import Stamp, may_differ, stamp_of

SECONDS: Final = 2.0
"""How long git may take, for all that is asked at once."""

_MOST_ASKED: Final = 500
_LONGEST_POINTER: Final = 4096


class Git(Protocol):
    """What is known of the files of a folder tree; paths are from its root, as in `tree.py`."""

    def status(self, path: str, others: Callable[[], Iterable[str]]) -> GitStatus:
        """What git says of a file that exists; `others` are those that will likely be asked for as well."""

    def refresh(self, *, stale: bool) -> bool:
        """Looks again where something has changed, or all may be `stale`; whether an answer is another one now."""

    def delivery(self, report: str, files: Sequence[str], text: str) -> Delivery:
        """What git would hand in of the report, whose text is `text`, and of files beside it."""


class DiskGit:
    """Git, asked about files below `root` (an absolute path without links).

    With `answered` it is asked in a thread of its own: until there is an answer all is `unknown`, then the thread calls
    `answered`, and the next `refresh` takes the answer over. Without, whoever wants to know waits for it.
    """

    def __init__(self, root: str, answered: Callable[[], None] | None = None) -> None:
        self._root: Final = root
        self._answered: Final = answered
        self._known: dict[str, GitStatus] = {}
        self._wanted: dict[str, None] = {}  # in the order of asking
        self._watched: Mapping[str, Stamp | None] = {}
        self._has_failed = False
        self._is_asking = False
        self._answers: Final[SimpleQueue[_Answer]] = SimpleQueue()

    def status(self, path: str, others: Callable[[], Iterable[str]]) -> GitStatus:
        """What git says; `unknown` also where it was asked in vain and nothing has changed since."""
        known = self._known.get(path)
        if known is not None:
            return known
        if len(self._wanted) >= _MOST_ASKED:
            return "unknown"
        self._wanted[path] = None
        if self._has_failed or self._is_asking:
            return "unknown"
        for other in others():
            if len(self._wanted) < _MOST_ASKED:
                self._wanted[other] = None
        self._ask()
        return self._known.get(path, "unknown")

    def refresh(self, *, stale: bool) -> bool:
        """One `stat` for each file that git's answer depends on."""
        changed = self._take_answers()
        if not self._wanted or self._is_asking:
            return changed
        is_new = not self._has_failed and len(self._known) < len(self._wanted)
        if stale or is_new or any(may_differ(path, stamp) for path, stamp in self._watched.items()):
            changed = self._ask() or changed
        return changed

    def delivery(self, report: str, files: Sequence[str], text: str) -> Delivery:
        """Asked anew, and waited for. May be called in any thread."""
        from invigilator.surroundings.git.delivered import deliver

        return deliver(self._root, report, files, text)

    def _ask(self) -> bool:
        """Ask for all that is wanted; whether an answer came at once that is another one."""
        wanted = tuple(self._wanted)
        if self._answered is None:
            return self._take(_look(self._root, wanted))
        self._is_asking = True
        threading.Thread(target=self._ask_in_thread, args=(wanted, self._answered), name="git", daemon=True).start()
        return False

    def _ask_in_thread(self, wanted: tuple[str, ...], answered: Callable[[], None]) -> None:
        answer = _Answer({}, {}, True)
        try:
            answer = _look(self._root, wanted)
        finally:
            self._answers.put(answer)
            answered()

    def _take_answers(self) -> bool:
        changed = False
        while True:
            try:
                answer = self._answers.get_nowait()
            except Empty:
                return changed
            self._is_asking = False
            changed = self._take(answer) or changed

    def _take(self, answer: _Answer) -> bool:
        before = self._known
        self._known = answer.statuses
        self._watched = answer.watched
        self._has_failed = answer.has_failed
        every = {*before, *answer.statuses}
        return any(before.get(path, "unknown") != answer.statuses.get(path, "unknown") for path in every)


class _Answer(NamedTuple):
    """What git said, the files that this depends on with the stamps they had, and whether some of it is missing."""

    statuses: dict[str, GitStatus]
    watched: dict[str, Stamp | None]
    has_failed: bool


class WorkTree(NamedTuple):
    """A folder that git looks after: its top, and its index (None where `.git` is none that we understand)."""

    top: str
    index_file: str | None


def _look(root: str, wanted: Iterable[str]) -> _Answer:
    """Ask git about files; may run in any thread."""
    from invigilator.surroundings.git.command import GitFailure, ask_git, find_git

    deadline = time.monotonic() + SECONDS
    statuses: dict[str, GitStatus] = dict.fromkeys(wanted, "unknown")
    watched: dict[str, Stamp | None] = {}
    places: dict[str, tuple[str, ...]] = {}
    by_work_tree: dict[str, list[str]] = {}  # absolute paths, by the folder that git is asked in
    has_failed = False
    trees = WorkTrees(root)
    for path in statuses:
        entries = tuple(entries_of(root, path))
        for entry in entries:
            folder = os.path.dirname(entry)
            work_tree = trees.of(folder)
            watched.update(dict.fromkeys(_depends_on(root, folder, work_tree)))
            if work_tree is not None:
                places.setdefault(path, entries)
                asked_in = work_tree.top if is_at_or_below(root, work_tree.top) else root
                if entry not in by_work_tree.setdefault(asked_in, []):
                    by_work_tree[asked_in].append(entry)
    for path in watched:  # before git is asked: what changes meanwhile is seen by the next refresh
        watched[path] = stamp_of(path)
    said: dict[str, GitStatus] = {}
    try:
        git = find_git(root) if by_work_tree else ""
        for work_tree_folder, entries_there in by_work_tree.items():
            names = {os.path.relpath(entry, work_tree_folder).replace(os.sep, "/"): entry for entry in entries_there}
            for name, status in ask_git(git, work_tree_folder, list(names), deadline).items():
                said[names[name]] = status
    except GitFailure:
        has_failed = True
    for path, entries in places.items():
        statuses[path] = _worst([said.get(entry, "unknown") for entry in entries])
    return _Answer(statuses, watched, has_failed)


def _worst(statuses: Iterable[GitStatus]) -> GitStatus:
    """A link is handed in when it and what it leads to are."""
    found = set(statuses)
    order: tuple[GitStatus, ...] = ("ignored", "untracked", "unknown", "tracked")
    return next(status for status in order if status in found)


def entries_of(root: str, path: str) -> Iterator[str]:
    """The file at `path` in its true folder and, where it is a link, the file it leads to; none outside the root."""
    at = os.path.join(root, *path.split("/"))
    entry = os.path.join(os.path.realpath(os.path.dirname(at)), os.path.basename(at))
    for found in dict.fromkeys((entry, os.path.realpath(at))):
        if is_at_or_below(root, found):
            yield found


def _depends_on(root: str, folder: str, work_tree: WorkTree | None) -> Iterator[str]:
    """The files that git's answer about files of a folder depends on."""
    if work_tree is None:
        yield os.path.join(root, ".git")
        yield os.path.join(folder, ".git")
        return
    if work_tree.index_file is not None:
        yield work_tree.index_file
        yield os.path.join(os.path.dirname(work_tree.index_file), "info", "exclude")
    while is_at_or_below(work_tree.top, folder):
        yield os.path.join(folder, ".gitignore")
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


class WorkTrees:
    """Which work tree a folder belongs to: the nearest `.git` at or above it, which may be above the root."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._found: dict[str, WorkTree | None] = {}

    def of(self, folder: str) -> WorkTree | None:
        """The one that a folder, an absolute path without links, is in."""
        if folder not in self._found:
            above = os.path.dirname(folder)
            git = os.path.join(folder, ".git")
            if os.path.exists(git):
                self._found[folder] = WorkTree(folder, _index_of(git))
            else:
                self._found[folder] = self.of(above) if above != folder else None
        return self._found[folder]


def _index_of(git: str) -> str | None:
    """The index of the repository behind `.git`: a folder, or a file that names one (in a submodule, say)."""
    if os.path.isdir(git):
        return os.path.join(git, "index")
    try:
        with open(git, "rb") as file:
            said = os.fsdecode(file.read(_LONGEST_POINTER)).strip()
    except OSError:
        return None
    if not said.startswith("gitdir:"):
        return None
    return os.path.join(os.path.dirname(git), said[len("gitdir:") :].strip(), "index")


def is_at_or_below(folder: str, path: str) -> bool:
    """Whether `path` is `folder` or lies below it; both absolute, without links, in one spelling."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
