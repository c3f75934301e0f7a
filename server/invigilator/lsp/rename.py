"""``textDocument/prepareRename`` and ``rename``: a figure's file, and every link to it, in one edit."""

from __future__ import annotations

import os
import posixpath
from typing import Final, NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis
from invigilator.figures.links import definition_of, file_of, link_at
from invigilator.figures.other_path import written_name
from invigilator.figures.renaming import NotRenamedError, new_path
from invigilator.lsp import convert
from invigilator.lsp.documents import path_of
from invigilator.lsp.edits import workspace_edit
from invigilator.lsp.moved_files import THERE, Moves, closed_named, link_edits, open_named, true_path
from invigilator.lsp.refusal import RefusedError
from invigilator.lsp.request import Request
from invigilator.report.destination import IMAGE_EXTENSIONS, shortened
from invigilator.surroundings import FileFact
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.text import Span

_NO_PATH: Final = (
    "This is no figure that could be renamed. Put the cursor on the path of one, as in ![loss](figures/loss.png)."
)
_NO_FILES: Final = (
    "Your editor cannot rename files from here. Rename the file outside it; "
    "each link to the old name is then marked, and has a quick fix."
)


class Renamed(NamedTuple):
    """The figure that is to be renamed, and where the name stands in the whole text at which one asks for that."""

    figure: FileFact
    name: Span
    written: str


def prepare_rename(request: Request, offset: int) -> types.PrepareRenamePlaceholder:
    """The name of the figure whose path stands at `offset`, as a person would type it. Raises RefusedError."""
    found = _figure_at(request, offset)
    where = convert.span_range(request.text, found.name, request.encoding)
    return types.PrepareRenamePlaceholder(where, found.written)


def rename(request: Request, offset: int, new_name: str) -> types.WorkspaceEdit | None:
    """The links first, as they are in the editor and on disk, then the file; None where it is called so already.

    Links first: a client that asks at each renamed file what else is to be changed must not change them twice.
    Raises RefusedError.
    """
    figure = _figure_at(request, offset).figure
    surroundings = request.report.surroundings
    if not isinstance(surroundings, DiskSurroundings):
        raise RefusedError(_NO_PATH)
    try:
        path = new_path(request.analysis, figure, new_name)
    except NotRenamedError as error:
        raise RefusedError(str(error)) from None
    if path == figure.path:
        return None
    folder = surroundings.folder
    known: dict[str, str] = {}
    old, new = (true_path(os.path.join(folder, each), known) for each in (figure.path, path))  # noqa: PTH118
    moves = Moves({old: new})
    named = list(open_named(request.reports, request.client, request.encoding, known))
    own = path_of(request.report.uri) or ""
    spelled = os.path.dirname(own), str(folder)  # noqa: PTH120
    named += closed_named(
        surroundings.root,
        [os.path.dirname(old), str(folder)],  # noqa: PTH120
        [report.path for report in named],
        request.report.settings,
        request.target,
        spelled,
    )
    changed = [(report.target, edits) for report in named if (edits := link_edits(report, moves))]
    # where the file itself has the new name in the eyes of the system, nothing else is overwritten
    itself = surroundings.look_up(path).path == figure.path
    options = types.RenameFileOptions(overwrite=itself, ignore_if_exists=False)
    file = types.RenameFile(request.report.uri_of(figure.path), request.report.uri_of(path), options=options)
    return workspace_edit(changed, [file])


def _figure_at(request: Request, offset: int) -> Renamed:
    """Raises RefusedError where there is none, or none that could be renamed."""
    analysis, text = request.analysis, request.text.text
    placed = link_at(analysis, offset)
    if placed is None:
        raise RefusedError(_NO_PATH)
    if placed.link.written is None:
        raise RefusedError(_where_it_is_defined(request, placed.link.label or ""))
    written = analysis.span_in_text(placed.section, placed.link.written)
    if not written.start <= offset <= written.end:
        raise RefusedError(_NO_PATH)
    figure = _checked(analysis, file_of(analysis, placed.link))
    if not request.client.renames_files:
        raise RefusedError(_NO_FILES)
    name = written_name(text[written.start : written.end])
    start = text.rindex(name, written.start, written.end)
    typed = posixpath.basename(placed.link.destination.path)
    return Renamed(figure, Span(start, start + len(name)), typed)


def _where_it_is_defined(request: Request, label: str) -> str:
    defined = definition_of(request.analysis, label)
    if defined is None:
        return _NO_PATH
    start = request.analysis.span_in_text(defined.section, defined.link.span).start
    line = request.text.line_of(start) + 1
    return f"Its path stands in line {line}. Put the cursor there to rename the figure."


def _checked(analysis: Analysis, fact: FileFact | None) -> FileFact:
    """The fact of a picture that is there. Raises RefusedError for any other."""
    if fact is None:
        raise RefusedError("This is no file beside the report, so it cannot be renamed.")
    shown = shortened(fact.path)
    if fact.status == "missing":
        raise RefusedError(f"There is no file {shown} that could be renamed. Correct the name in the link.")
    if fact.status == "directory":
        raise RefusedError(f"{shown} is a folder. Rename it in the list of files.")
    if fact.status not in THERE:
        raise RefusedError(f"{shown} is outside the project's folder or cannot be read, so it is left alone.")
    extension = posixpath.splitext(fact.path)[1].lower()
    if extension not in IMAGE_EXTENSIONS and extension not in analysis.ground.configuration.extensions:
        raise RefusedError(f"{shown} is no figure: only pictures are renamed from here.")
    return fact
