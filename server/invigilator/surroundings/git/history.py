"""The report as it once was: which of the versions that git has is the original template, found once and kept."""

# Paths are strings here, as in `disk.py`.
# ruff: noqa: PTH118, PTH120

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from queue import Empty, SimpleQueue
from typing import Final, NamedTuple, Protocol

from invigilator.surroundings import Choice, TextFile
from invigilator.surroundings.git.status import SECONDS, WorkTrees
from invigilator.surroundings.stamps import Stamp, may_differ, stamp_of
from invigilator.surroundings.tree import decoded

_SHORT: Final = 7  # digits of a commit's id, as git shows it


class History(Protocol):
    """What is known of the earlier versions of one file."""

    def original(self, choice: Choice) -> TextFile | None:
        """The version that `choice` takes; None where it takes none, or is not known yet."""

    def refresh(self) -> bool:
        """Looks again where there may be more versions now; whether the answer is another one."""


class DiskHistory:
    """The versions of the file `name` in `folder` (below `root`, both absolute and without links).

    `path` is what a user would call it. With `answered` git is asked in a thread of its own: until there is an answer
    there is no original, then the thread calls `answered`, and the next `refresh` takes it over. Without, whoever wants
    to know waits for it. Once found it is kept; else it is looked for again when the branch has moved.
    """

    def __init__(self, root: str, folder: str, name: str, path: str, answered: Callable[[], None] | None) -> None:
        self._asked: Final = _Asked(root, folder, name, path)
        self._answered: Final = answered
        self._choice: Choice | None = None
        self._found: TextFile | None = None
        self._watched: Mapping[str, Stamp | None] = {}
        self._is_asking = False
        self._answers: Final[SimpleQueue[_Answer]] = SimpleQueue()

    def original(self, choice: Choice) -> TextFile | None:
        """The version that `choice` takes; another choice than the last one asks again."""
        if choice != self._choice:
            self._choice, self._found = choice, None
            self._ask(choice)
        return self._found

    def refresh(self) -> bool:
        """One `stat` for each file that the answer depends on, as long as there is none."""
        changed = self._take_answers()
        if self._choice is None or self._found is not None or self._is_asking:
            return changed
        if any(may_differ(path, stamp) for path, stamp in self._watched.items()):
            self._ask(self._choice)
            changed = changed or self._found is not None
        return changed

    def _ask(self, choice: Choice) -> None:
        if self._is_asking:
            return  # its answer will be one to another question, and then this one is asked
        if self._answered is None:
            self._take(_look(self._asked, choice))
            return
        self._is_asking = True
        threading.Thread(
            target=self._ask_in_thread, args=(choice, self._answered), name="git history", daemon=True
        ).start()

    def _ask_in_thread(self, choice: Choice, answered: Callable[[], None]) -> None:
        answer = _Answer(choice, None, {})
        try:
            answer = _look(self._asked, choice)
        finally:
            self._answers.put(answer)
            answered()

    def _take_answers(self) -> bool:
        before = self._found
        while True:
            try:
                answer = self._answers.get_nowait()
            except Empty:
                return self._found != before
            self._is_asking = False
            if answer.choice == self._choice:
                self._take(answer)
            elif self._choice is not None:
                self._ask(self._choice)

    def _take(self, answer: _Answer) -> None:
        self._found, self._watched = answer.original, answer.watched


class _Asked(NamedTuple):
    root: str
    folder: str
    name: str
    path: str


class _Answer(NamedTuple):
    """What a choice took, and the files that this depends on with the stamps they had."""

    choice: Choice
    original: TextFile | None
    watched: dict[str, Stamp | None]


def _look(asked: _Asked, choice: Choice) -> _Answer:
    """Ask git; may run in any thread."""
    from invigilator.surroundings.git.command import GitFailure, find_git
    from invigilator.surroundings.git.versions import versions_of

    tree = WorkTrees(asked.root).of(asked.folder)
    if tree is None:
        depends_on = [os.path.join(folder, ".git") for folder in (asked.root, asked.folder)]
        return _Answer(choice, None, {path: stamp_of(path) for path in depends_on})
    watched: dict[str, Stamp | None] = {}
    if tree.index_file is not None:  # of a worktree or a submodule it is elsewhere, and what we want to know beside it
        git_folder = os.path.dirname(tree.index_file)
        for name in ("HEAD", os.path.join("logs", "HEAD"), "shallow"):
            path = os.path.join(git_folder, name)
            watched[path] = stamp_of(path)  # before git is asked: what changes meanwhile is seen by the next refresh
    deadline = time.monotonic() + SECONDS
    try:
        versions = list(versions_of(find_git(asked.root), asked.folder, asked.name, deadline))
    except GitFailure:
        return _Answer(choice, None, watched)
    texts = (
        TextFile(f"{asked.path} in commit {version.commit[:_SHORT]}", content.text)
        for version in versions
        for content in (decoded(version.content, len(version.content)),)
        if content.refusal is None
    )
    return _Answer(choice, choice(texts), watched)
