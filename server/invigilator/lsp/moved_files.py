"""Files that get other names: which reports have links to them, and what is to be written there.

Computed before anything is moved. Reports that are open are taken as they are in the editor, others near the files as
they are on disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from invigilator.analysis import Analysis, Settings, analyse
from invigilator.checks.finding import Edit
from invigilator.figures.links import file_links, file_of
from invigilator.figures.other_path import other_path
from invigilator.ground import Ground
from invigilator.lsp.client import Client
from invigilator.lsp.documents import path_of
from invigilator.lsp.edits import Target
from invigilator.lsp.reports import OpenReport
from invigilator.lsp.request import target_of
from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.markdown_files import MarkdownFile, markdown_files
from invigilator.surroundings.paths import is_below
from invigilator.text import Encoding, SourceText, Span

THERE: Final = ("file", "wrong-case")


class Moves:
    """Files and folders that get other names: absolute paths, as `true_path` gives them."""

    def __init__(self, moved: Mapping[str, str]) -> None:
        self._new: Final = {os.path.normcase(old): new for old, new in moved.items()}
        self._lengths: Final = sorted({len(old) for old in moved}, reverse=True)

    def of(self, path: str) -> str:
        """Where a file is afterwards, which stays where it is or moves by itself or with a folder."""
        for length in self._lengths:  # what is moved itself goes before a folder that it is in
            if path[length : length + 1] in ("", os.sep) and length <= len(path):
                new = self._new.get(os.path.normcase(path[:length]))
                if new is not None:
                    return new + path[length:]
        return path


class Named(NamedTuple):
    """A report: its analysis, the document to be edited, its own true path."""

    analysis: Analysis
    target: Target
    path: str


def true_path(path: str, known: dict[str, str] | None = None) -> str:
    """One path for one file, however it was reached: no links in its folders. The file itself may be a link.

    `known` keeps what was found of the folders, for many files at once.
    """
    folder, name = os.path.split(os.path.normpath(path))
    real = None if known is None else known.get(folder)
    if real is None:
        real = os.path.realpath(folder)
        if known is not None:
            known[folder] = real
    return os.path.join(real, name)  # noqa: PTH118


def open_named(
    reports: Iterable[OpenReport], client: Client, encoding: Encoding, known: dict[str, str]
) -> Iterator[Named]:
    """The open documents that are reports, and in a folder; for `known` see `true_path`."""
    for report in reports:
        analysis, path = report.analysis(), path_of(report.uri)
        if analysis is not None and path is not None and isinstance(report.surroundings, DiskSurroundings):
            folder = str(report.surroundings.folder)
            known.setdefault(folder, folder)
            yield Named(analysis, target_of(report, client, encoding), true_path(path, known))


def closed_named(
    root: Path, places: Iterable[str], taken: Iterable[str], settings: Settings, like: Target, spelled: tuple[str, str]
) -> Iterator[Named]:
    """The reports near `places` (true paths) that are in no editor: all but those at the paths `taken`.

    `like` is a document of the same client; `spelled` is a folder as the client spells it, and without links.
    """
    for file in markdown_files(root, places, taken):
        analysis = _analysis(file, root, settings)
        if analysis is not None:
            uri = Path(_spelled(str(file.path), *spelled)).as_uri()
            target = like._replace(uri=uri, version=None, text=SourceText(file.text))
            yield Named(analysis, target, str(file.path))


def link_edits(report: Named, moves: Moves) -> list[Edit]:
    """What is to be written in a report for its links to lead where they lead now, in the order of the text.

    Nothing where the report or the file would leave the root: such a link cannot be written.
    """
    surroundings = report.analysis.ground.surroundings
    if not isinstance(surroundings, DiskSurroundings):
        return []
    root, folder = str(surroundings.root), str(surroundings.folder)
    new_folder = os.path.dirname(moves.of(report.path))  # noqa: PTH120
    if not is_below(root, new_folder):
        return []
    edits: list[Edit] = []
    for span, path, old in _leads(report.analysis, folder):
        new = moves.of(old)
        if (new == old and new_folder == folder) or not is_below(root, new):
            continue
        written = report.target.text.text[span.start : span.end]
        text = other_path(written, path, _relative(new, new_folder), _relative(new, root))
        if text != written and (new != old or _relative(new, new_folder) != path):
            edits.append(Edit(span, text))
    return edits


class _Lead(NamedTuple):
    """A path written in a report, where it stands in the whole text, and the file that it leads to: its path from the
    report's folder, and its true path."""

    span: Span
    path: str
    file: str


class _Leads(NamedTuple):
    ground: Ground
    leads: tuple[_Lead, ...]


def _leads(analysis: Analysis, folder: str) -> tuple[_Lead, ...]:
    """All paths of a report that lead to something; kept with the outline, on the same ground."""
    known = analysis.outline.kept.get("leads")
    if not isinstance(known, _Leads) or known.ground is not analysis.ground:
        known = _Leads(analysis.ground, tuple(_found(analysis, folder)))
        analysis.outline.kept["leads"] = known
    return known.leads


def _found(analysis: Analysis, folder: str) -> Iterator[_Lead]:
    known: dict[str, str] = {}
    for section, link in file_links(analysis):
        fact = None if link.written is None else file_of(analysis, link)
        if link.written is not None and fact is not None and fact.status in (*THERE, "directory"):
            file = true_path(os.path.join(folder, fact.path), known)  # noqa: PTH118
            yield _Lead(analysis.span_in_text(section, link.written), fact.path, file)


def _relative(path: str, folder: str) -> str:
    return os.path.relpath(path, folder).replace(os.sep, "/")


def _analysis(file: MarkdownFile, root: Path, settings: Settings) -> Analysis | None:
    """None for what is no report."""
    try:
        surroundings = file.surroundings(root)
    except ValueError:
        return None
    if DEFAULT_GRAMMAR.marker not in file.text and surroundings.configuration is None and not settings:
        return None
    analysis = analyse(file.text, surroundings, settings)
    return analysis if analysis.is_report else None


def _spelled(path: str, as_client: str, real: str) -> str:
    """A path without links as the client would spell it, given one folder in both spellings."""
    while os.path.basename(as_client) == os.path.basename(real) != "":  # noqa: PTH119
        as_client, real = os.path.dirname(as_client), os.path.dirname(real)  # noqa: PTH120
    if as_client == real or not is_below(real, path):
        return path
    return os.path.join(as_client, os.path.relpath(path, real))  # noqa: PTH118
