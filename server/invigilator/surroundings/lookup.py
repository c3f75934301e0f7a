"""Finding what a path in a report means: by the listings of the folders, name by name.

A file system that ignores case would say yes to any spelling, and a device name, a drive letter or a stream would open
something that is no file of the folder. So no name in a report ever reaches the system: only names that it listed do.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from invigilator.surroundings.tree import Kind, Tree, join

# drive letters, file addresses, network shares and device paths (`\\server\share`, `//server/share`, `\\?\C:\`)
_AWAY: Final = re.compile(r"[a-z]:|file:|[/\\]{2}", re.IGNORECASE)
_STEPS: Final = 100  # folders that differ in case only can be many


class Place(NamedTuple):
    """What stands at a path, its true path from the root, and whether the names asked for were those (also in case)."""

    kind: Kind
    path: str
    exact: bool


def find(tree: Tree, folder: str, path: str) -> Place:
    """What `path` means in a report in `folder`: relative to it, or to the root with a leading `/`.

    `..` is taken from the text, as browsers and GitHub take it. What leads out of the root is `outside`.
    """
    if _AWAY.match(path):
        return Place("outside", path, True)
    anchor = [] if path.startswith("/") else [name for name in folder.split("/") if name]
    names: list[str] = []
    for name in path.split("/"):
        if name in ("", "."):
            continue
        if name != "..":
            names.append(name)
        elif names:
            names.pop()
        elif anchor:
            anchor.pop()
        else:
            return Place("outside", path, True)
    place = _descend(tree, "/".join(anchor), names, True, iter(range(_STEPS)))
    if path.endswith("/") and place.kind == "file":
        return place._replace(kind="missing")
    return place


def seen_from(folder: str, path: str) -> str:
    """A path from the root as a report in `folder` would write it."""
    if folder and path.startswith(folder + "/"):
        return path[len(folder) + 1 :]
    return posixpath.relpath("/" + path, "/" + folder) if folder or not path else path


def _descend(tree: Tree, at: str, names: list[str], exact: bool, steps: Iterator[int]) -> Place:
    if not names:
        return Place("folder", at, exact)
    listing = tree.listing(at)
    if listing.trouble is not None:
        return Place("unreadable", "/".join(filter(None, [at, *names])), exact)
    rest = names[1:]
    best = Place("missing", "/".join(filter(None, [at, *names])), exact)
    for name, same in listing.alike(names[0]):
        if next(steps, None) is None:
            break
        path = join(at, name)
        kind = tree.kind(path)
        if rest and kind == "file":
            continue
        if rest and kind == "folder":
            place = _descend(tree, path, rest, exact and same, steps)
        else:
            place = Place(kind, "/".join([path, *rest]), exact and same)
        if place.kind in ("file", "folder"):
            return place
        if best.kind == "missing" and place.kind != "missing":
            best = place
    return best
