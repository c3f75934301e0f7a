"""What git has recorded of files: in its index, in the commit that is checked out, on the remote's branch.

Git is asked for nothing that would make it look into the files: for that it runs the filters which a repository's
configuration names.
"""

# Paths are strings here, as in `disk.py`.
# ruff: noqa: PTH118, PTH208

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from invigilator.surroundings import GitStatus
from invigilator.surroundings.git.command import GitFailure, ask_git, portions, run_git
from invigilator.surroundings.tree import composed

_KEPT_OTHERWISE: Final = ("filter", "ident", "working-tree-encoding")
_NO_PROGRAM: Final = ("unspecified", "unset", "lfs")


class Repository(NamedTuple):
    """A repository to ask: git's path, the folder to ask in, and until when (of `time.monotonic()`)."""

    git: str
    folder: str
    deadline: float

    def ask(self, *arguments: str, fine: Sequence[int] = (0,), literal: bool = False) -> str:
        """What git writes. Raises GitFailure."""
        return run_git(self.git, arguments, self.folder, self.deadline, fine=fine, literal=literal)


class Records(NamedTuple):
    """The ids of files' contents, by name from the folder that was asked in, composed.

    `added` is what is in the index, `head` what is committed, `delivered` what is on the remote's branch; `unmerged`
    are the files of which a merge has left several versions. Of the files that none of them has, `others` says why,
    and `spellings` how git has them in other capitals.
    """

    added: Mapping[str, str]
    unmerged: frozenset[str]
    head: Mapping[str, str]
    delivered: Mapping[str, str]
    others: Mapping[str, GitStatus]
    spellings: Mapping[str, str]


def read_records(repository: Repository, names: Iterable[str], compared: str | None) -> Records:
    """What is recorded of the files `names`; `compared` is the remote's branch, such as ``origin/main``.

    Raises GitFailure.
    """
    wanted = list(dict.fromkeys(names))
    asked = list(dict.fromkeys(spelling for name in wanted for spelling in (name, composed(name))))
    index: dict[str, str] = {}
    unmerged: set[str] = set()
    for some in portions(asked):
        for facts, name in _listed(repository.ask("ls-files", "-z", "--stage", "--", *some, literal=True)):
            _, blob, stage = facts
            if stage == "0":
                index[name] = blob
            else:
                unmerged.add(name)
    delivered = {} if compared is None else _tree(repository, f"refs/remotes/{compared}", asked)
    try:
        head = _tree(repository, "HEAD", asked)
    except GitFailure:  # there is no commit yet
        head = {}
    known = {*index, *unmerged, *delivered}
    missing = [name for name in wanted if composed(name) not in known]
    others = ask_git(repository.git, repository.folder, missing, repository.deadline) if missing else {}
    return Records(index, frozenset(unmerged), head, delivered, others, _spellings(repository, missing))


def is_kept_otherwise(repository: Repository, name: str) -> bool:
    """Whether git is told to keep another content of a file than stands on disk, which only a program knows.

    Not so with Git LFS: what it keeps is known. Raises GitFailure.
    """
    said = repository.ask("check-attr", "-z", *_KEPT_OTHERWISE, "--", f"./{name}").split("\0")
    return any(value not in _NO_PROGRAM for value in said[2::3])


def _tree(repository: Repository, at: str, names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in portions(names):
        for (_, kind, blob), name in _listed(repository.ask("ls-tree", "-z", at, "--", *some, literal=True)):
            if kind == "blob":
                found[name] = blob
    return found


def _listed(output: str) -> Iterable[tuple[list[str], str]]:
    """Each line's facts, of which there are three, and its name."""
    for line in filter(None, output.split("\0")):
        facts, _, name = line.partition("\t")
        yield facts.split(" "), composed(name)


def _spellings(repository: Repository, names: Sequence[str]) -> dict[str, str]:
    """Git's own names for those files that it has in other capitals."""
    found: dict[str, str] = {}
    folded = {composed(name).lower(): composed(name) for name in names}
    for some in portions([f":(icase,literal){name}" for name in names]):
        for listed in filter(None, repository.ask("ls-files", "-z", "--", *some).split("\0")):
            name = folded.get(composed(listed).lower())
            if name is not None and name != composed(listed) and not _is_there(repository.folder, listed):
                found[name] = listed
    return found


def _is_there(folder: str, name: str) -> bool:
    """Whether there is a file with this very spelling, beside the one in other capitals."""
    above, _, last = name.rpartition("/")
    try:
        return last in os.listdir(os.path.join(folder, *above.split("/")))
    except OSError:
        return False
