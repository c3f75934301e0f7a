"""The figures folder: which image files a report can show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from invigilator.report.model import Problem
from invigilator.surroundings import FigureFolder, FileFact
from invigilator.surroundings.lookup import find, seen_from
from invigilator.surroundings.tree import Tree, join

DEPTH: Final = 5
MOST_FILES: Final = 2_000
_MOST_FOLDERS: Final = 500


class Figures(NamedTuple):
    """The figures folder and what stood in the way of reading it."""

    folder: FigureFolder
    problems: tuple[Problem, ...] = ()


def read_figures(tree: Tree, report_folder: str, folder: str, extensions: tuple[str, ...]) -> Figures:
    """The image files in `folder` (relative to the report's) and up to five folders below it, at most 2,000 of them.

    `extensions` are in lower case with their dot; files may have them in any case. Hidden files and folders are no
    figures, nor are files that cannot be read.
    """
    place = find(tree, report_folder, folder)
    if place.kind == "missing" or not place.exact:
        return Figures(FigureFolder("absent"))
    if place.kind == "outside":
        problem = Problem(folder, None, "leads out of the project's folder, so it is not read for figures")
        return Figures(FigureFolder("unreadable"), (problem,))
    if place.kind == "file":
        problem = Problem(place.path, None, "is a file, not a folder, so it holds no figures; rename or delete it")
        return Figures(FigureFolder("not-a-folder"), (problem,))
    if place.kind == "unreadable":
        problem = Problem(place.path, None, "cannot be read, so its figures are not listed")
        return Figures(FigureFolder("unreadable"), (problem,))
    walk = _Walk(tree, extensions)
    facts: list[FileFact] = []
    for path in walk.files(place.path, 0):
        if len(facts) == MOST_FILES:
            note = f"holds more than {MOST_FILES:,} figures; only the first {MOST_FILES:,} are looked at"
            walk.problems.append(Problem(place.path, None, note))
            break
        measured = tree.measured(path)
        if measured is not None:
            facts.append(FileFact("file", seen_from(report_folder, path), measured.bytes, measured.image))
    facts.sort(key=lambda fact: fact.path)
    readable = tree.listing(place.path).trouble is None
    return Figures(FigureFolder("ok" if readable else "unreadable", tuple(facts)), tuple(walk.problems))


class _Walk:
    def __init__(self, tree: Tree, extensions: tuple[str, ...]) -> None:
        self._tree = tree
        self._extensions = extensions
        self._entered: set[str] = set()
        self.problems: list[Problem] = []

    def files(self, folder: str, depth: int) -> Iterator[str]:
        identity = self._tree.identity(folder)
        if identity in self._entered or len(self._entered) == _MOST_FOLDERS:
            return  # a link to a folder above would lead round for ever
        self._entered.add(identity)
        listing = self._tree.listing(folder)
        if listing.trouble is not None:
            message = f"cannot be read ({listing.trouble}), so its figures are not listed"
            self.problems.append(Problem(folder, None, message))
        folders: list[str] = []
        for name, entry in sorted(listing.entries.items()):
            if name.startswith("."):
                continue
            allowed = name.lower().endswith(self._extensions)
            if entry == "file" and not allowed:
                continue
            path = join(folder, name)
            kind = self._tree.kind(path)
            if kind == "file" and allowed:
                yield path
            elif kind == "folder" and depth < DEPTH:
                folders.append(path)
        for path in folders:
            yield from self.files(path, depth + 1)
