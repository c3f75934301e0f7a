"""Asking git whether the report and its pictures are on the remote's branch as they stand on disk."""

# Paths are strings here, as in `disk.py`.
# ruff: noqa: PTH114, PTH118, PTH120

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from invigilator.surroundings.delivery import Delivery, FileDelivery
from invigilator.surroundings.git.blobs import Ids, ids_of
from invigilator.surroundings.git.branches import read_branches
from invigilator.surroundings.git.command import GitFailure, find_git
from invigilator.surroundings.git.records import Records, Repository, is_kept_otherwise, read_records
from invigilator.surroundings.git.status import WorkTrees, entries_of, is_at_or_below
from invigilator.surroundings.paths import open_regular
from invigilator.surroundings.tree import composed

SECONDS: Final = 10.0
"""How long git may take, for all that is asked at once: somebody waits for the answer, and nothing else does."""

_BOM: Final = b"\xef\xbb\xbf"
_IN_GIT: Final = f"{os.sep}.git{os.sep}"
_WORST_FIRST: Final[tuple[FileDelivery, ...]] = (
    "missing",
    "ignored",
    "untracked",
    "other-case",
    "unmerged",
    "changed",
    "staged",
    "committed",
    "elsewhere",
    "unknown",
    "pointer",
    "delivered",
)


class _Entry(NamedTuple):
    """A file or link on the way to what is handed in.

    `name` counts from the folder that git is asked in; None where another repository has it. A pointer is a link that
    leads into git's own folder, as git-annex makes them.
    """

    at: str
    name: str | None
    is_pointer: bool


def deliver(root: str, report: str, files: Sequence[str], text: str) -> Delivery:
    """What git would hand in of the report, whose text is `text`, and of the `files`; all paths are from `root`.

    May run in any thread. Waits for git, `SECONDS` at most. What git does not say is unknown.
    """
    at = next(entries_of(root, report), None)
    nothing = Delivery("no-repository", _holds(root, report, text))
    trees = WorkTrees(root)
    tree = trees.of(os.path.dirname(at)) if at is not None else None
    if at is None or tree is None:
        return nothing
    folder = tree.top if is_at_or_below(root, tree.top) else root

    def entries(path: str) -> Iterable[_Entry]:
        for found in entries_of(root, path):
            beside = trees.of(os.path.dirname(found))
            is_here = beside is not None and beside.top == tree.top
            is_pointer = os.path.islink(found) and _IN_GIT in os.path.realpath(found)
            yield _Entry(found, _name(folder, found) if is_here else None, is_pointer)
            if is_pointer:  # what it leads to is git's own, and no file that can be added
                return

    by_path = {path: tuple(entries(path)) for path in (report, *files)}
    names = [entry.name for found in by_path.values() for entry in found if entry.name is not None]
    try:
        repository = Repository(find_git(root), folder, time.monotonic() + SECONDS)
    except GitFailure:
        return nothing._replace(status="no-git")
    try:
        prefix = repository.ask("rev-parse", "--show-prefix").rstrip("\n")
        branches = read_branches(repository.ask)
        records = read_records(repository, names, branches.compared)
        statuses = {path: _worst(repository, records, found) for path, found in by_path.items()}
    except GitFailure:
        return nothing._replace(status="no-answer")
    spellings = {
        path: _name(root, os.path.join(folder, *records.spellings[composed(entry.name)].split("/")))
        for path, found in by_path.items()
        for entry in found
        if entry.name is not None and composed(entry.name) in records.spellings
    }
    return Delivery("known", nothing.is_saved, prefix + _name(folder, at), statuses, spellings, branches)


def _name(folder: str, path: str) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")


def _worst(repository: Repository, records: Records, entries: Sequence[_Entry]) -> FileDelivery:
    """A link is handed in when it and what it leads to are."""
    found = {_status(repository, records, entry) for entry in entries}
    return next((status for status in _WORST_FIRST if status in found), "missing")


def _status(repository: Repository, records: Records, entry: _Entry) -> FileDelivery:
    if not os.path.lexists(entry.at):
        return "missing"
    if entry.name is None:
        return "elsewhere"
    name = composed(entry.name)
    if name in records.unmerged:
        return "unmerged"
    try:
        status = _where_it_is_the_same(records, name, entry)
    except OSError:  # it cannot be read
        return "unknown"
    if status is not None:
        return status
    if name in records.added:
        return "unknown" if is_kept_otherwise(repository, entry.name) else "changed"
    if name in records.spellings:
        return "other-case"
    said = records.others.get(entry.name, "untracked")
    return "unknown" if said in ("tracked", "unknown") else "ignored" if said == "ignored" else "untracked"


def _where_it_is_the_same(records: Records, name: str, entry: _Entry) -> FileDelivery | None:
    """The furthest place that has the content which is on disk."""
    places: tuple[tuple[FileDelivery, Mapping[str, str]], ...] = (
        ("delivered", records.delivered),
        ("committed", records.head),
        ("staged", records.added),
    )
    ids: Ids | None = None
    for status, place in places:
        blob = place.get(name)
        if blob is not None:
            ids = ids or ids_of(entry.at, blob)
            if blob == ids.pointer or (entry.is_pointer and blob in ids.content):
                return "pointer" if status == "delivered" else status
            if blob in ids.content:
                return status
    return None


def _holds(root: str, path: str, text: str) -> bool:
    """Whether a file holds this text, with or without a byte order mark."""
    real = os.path.realpath(os.path.join(root, *path.split("/")))
    if not is_at_or_below(root, real):
        return False
    try:
        with os.fdopen(open_regular(real), "rb") as file:
            content = file.read()
    except OSError:
        return False
    return content.removeprefix(_BOM) == text.encode("utf-8", "surrogatepass").removeprefix(_BOM)
