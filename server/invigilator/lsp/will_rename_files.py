"""``workspace/willRenameFiles``: what is to be written in reports before figures, folders or reports are moved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from lsprotocol import types

from invigilator.lsp.client import Client
from invigilator.lsp.documents import path_of
from invigilator.lsp.edits import Target, workspace_edit
from invigilator.lsp.moved_files import Moves, closed_named, link_edits, open_named, true_path
from invigilator.lsp.reports import OpenReport
from invigilator.report.destination import IMAGE_EXTENSIONS
from invigilator.surroundings.root import find_root
from invigilator.text import Encoding, SourceText

_FILES: Final = "**/*.{" + ",".join(sorted({"md", "pdf", *(ending[1:] for ending in IMAGE_EXTENSIONS)})) + "}"
_MOST_ROOTS: Final = 10

OPTIONS: Final = types.FileOperationRegistrationOptions(
    [
        types.FileOperationFilter(
            types.FileOperationPattern(
                _FILES, types.FileOperationPatternKind.File, types.FileOperationPatternOptions(ignore_case=True)
            ),
            scheme="file",
        ),
        types.FileOperationFilter(
            types.FileOperationPattern("**/*", types.FileOperationPatternKind.Folder), scheme="file"
        ),
    ]
)
"""Pictures, reports and every folder: what else is moved is of no interest."""


def will_rename_files(
    files: Sequence[types.FileRename],
    reports: Iterable[OpenReport],
    folders: Sequence[str],
    client: Client,
    encoding: Encoding,
) -> types.WorkspaceEdit | None:
    """The edits after which every link leads to where its file will be; None where nothing is to be changed.

    `folders` are the URIs of the workspace's. It is asked before the files are moved.
    """
    pairs = [pair for file in files if (pair := _paths(file)) is not None]
    known: dict[str, str] = {}
    moves = Moves({true_path(old, known): true_path(new, known) for old, new in pairs})
    named = list(open_named(reports, client, encoding, known))
    settings = next((report.settings for report in reports), client.settings)
    like = Target("", None, SourceText(""), encoding, versioned=client.takes_versioned_edits)
    for root, spelled, places in _roots(pairs, folders, known):
        taken = [report.path for report in named]
        named += closed_named(root, places, taken, settings, like, spelled)
    changed = [(report.target, edits) for report in named if (edits := link_edits(report, moves))]
    return workspace_edit(changed) if changed else None


def _paths(file: types.FileRename) -> tuple[str, str] | None:
    old, new = path_of(file.old_uri), path_of(file.new_uri)
    return None if old is None or new is None else (old, new)


def _roots(
    pairs: Iterable[tuple[str, str]], folders: Sequence[str], known: dict[str, str]
) -> Iterator[tuple[Path, tuple[str, str], list[str]]]:
    """Each root in which something is moved, a folder of it as the client spells it and as it is, the old places."""
    workspace = [Path(path) for path in map(path_of, folders) if path is not None]
    found: dict[Path, tuple[tuple[str, str], list[str]]] = {}
    roots: dict[str, Path] = {}  # by folder: a thousand files are often moved at once
    for old, _ in pairs:
        folder = os.path.dirname(old)  # noqa: PTH120 - strings, as in `disk.py`
        if folder not in roots:
            roots[folder] = find_root(Path(old), workspace)
        real = known.get(os.path.normpath(folder)) or os.path.realpath(folder)
        places = found.setdefault(roots[folder], ((folder, real), []))[1]
        if real not in places:
            places.append(real)
        if os.path.isdir(old):  # noqa: PTH112
            places.append(true_path(old))
    for root, (spelled, places) in list(found.items())[:_MOST_ROOTS]:
        yield root, spelled, places
