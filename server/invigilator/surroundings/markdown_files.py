"""The Markdown files beside and above a place: those in which a link to it may stand."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from invigilator.surroundings import Choice, GitStatus, TextFile
from invigilator.surroundings.disk import DiskSurroundings, DiskTree
from invigilator.surroundings.paths import is_below
from invigilator.surroundings.tree import join

MOST_FILES: Final = 100
_ENDINGS: Final = (".md", ".markdown")
_REPORTS: Final = "reports"


class MarkdownFile(NamedTuple):
    """A file of text: its path without links, and its text as an editor would have it, less a byte order mark."""

    path: Path
    text: str

    def surroundings(self, root: Path) -> DiskSurroundings:
        """What is beside it. Git is not asked. Raises ValueError where it is not below the root."""
        return _WithoutGit(self.path, root)


def markdown_files(root: Path, places: Iterable[str], known: Iterable[str] = ()) -> Iterator[MarkdownFile]:
    """The Markdown files near `places`, each once, less the `known` ones; 100 at most.

    All paths are absolute, with no links in their folders. Looked at are the folder of a place and those above it up to
    the root, the place itself where it is a folder, and a folder `reports` in any of them. Not looked at are hidden
    files, files over 1 MiB, and what is not UTF-8.
    """
    top = str(root)
    tree = _folders_below(top)
    tree.refresh()
    contents: DiskTree | None = None
    seen = {os.path.normcase(path) for path in known}
    seen.update([os.path.normcase(os.path.realpath(path)) for path in seen if os.path.islink(path)])  # noqa: PTH114
    most = len(seen) + MOST_FILES
    for folder in _folders(top, places):
        for name, entry in sorted(tree.listing(folder).entries.items()):
            if entry == "folder" or name.startswith(".") or not name.lower().endswith(_ENDINGS):
                continue
            path = join(folder, name)
            at = os.path.join(top, path)  # noqa: PTH118 - as in `disk.py`
            if os.path.normcase(at) in seen:
                continue
            real = os.path.realpath(at)
            key = os.path.normcase(real)
            if key in seen:
                continue
            contents = contents or DiskTree(Path(top))
            content = contents.content(path)
            seen.add(key)
            if content is not None and content.refusal is None:
                yield MarkdownFile(Path(real), content.text)
            if len(seen) == most:
                return


@lru_cache(maxsize=8)
def _folders_below(top: str) -> DiskTree:
    """The folders below a root as they were last seen: most often nothing has changed in them."""
    return DiskTree(Path(top))


def _folders(top: str, places: Iterable[str]) -> Iterator[str]:
    """Folders below the root, from there, the nearest first."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    for place in places:
        if not is_below(top, place):
            continue
        folder = place[len(top) :].strip(os.sep).replace(os.sep, "/")
        while folder not in seen:
            seen.add(folder)
            found.setdefault(folder)
            found.setdefault(join(folder, _REPORTS))
            folder = folder.rpartition("/")[0]
    yield from found


class _WithoutGit(DiskSurroundings):
    """Git is not asked: what it says changes no link."""

    def git_status(self, path: str) -> GitStatus:
        return "unknown"

    def original(self, choice: Choice) -> TextFile | None:
        return None
