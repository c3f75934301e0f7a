"""``textDocument/definition`` and ``textDocument/references``: a figure's file, and every place that points to it."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from typing import Any, Final

from invigilator.figures.links import Placed, definition_of, file_links, file_of, link_at
from invigilator.lsp import convert
from invigilator.lsp.moved_files import THERE, Named, open_named, true_path
from invigilator.lsp.request import Request
from invigilator.surroundings import FileFact
from invigilator.surroundings.disk import DiskSurroundings

Json = dict[str, Any]

_TOP: Final = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}


def definition(request: Request, offset: int) -> list[Json] | None:
    """The file that the link at `offset` leads to; of a reference the line that says which one it is.

    None where there is no link, or no such file.
    """
    analysis, text, encoding = request.analysis, request.text, request.encoding
    placed = link_at(analysis, offset)
    if placed is None:
        return None
    uri, target = request.report.uri, _TOP
    if placed.link.written is None:
        defined = definition_of(analysis, placed.link.label or "")
        if defined is None:
            return None
        target = convert.range_json(text, analysis.span_in_text(defined.section, defined.link.span), encoding)
    else:
        fact = file_of(analysis, placed.link)
        if fact is None or fact.status not in THERE:
            return None
        uri = request.report.uri_of(fact.path)
    if not request.client.links_definitions:
        return [{"uri": uri, "range": target}]
    written = placed.link.written or placed.link.span
    local = offset - analysis.outline.starts[placed.section]
    span = written if written.start <= local <= written.end else placed.link.span
    origin = convert.range_json(text, analysis.span_in_text(placed.section, span), encoding)
    selected = {"start": target["start"], "end": target["start"]} if target is _TOP else target
    return [{"originSelectionRange": origin, "targetUri": uri, "targetRange": target, "targetSelectionRange": selected}]


def references(request: Request, offset: int, *, with_file: bool) -> list[Json] | None:
    """All places in open reports that point to the file to which the link at `offset` points, by document and place.

    The file may be missing. `with_file`: it comes first, where it is there, for it is what the places refer to.
    """
    analysis = request.analysis
    placed = link_at(analysis, offset)
    surroundings = analysis.ground.surroundings
    if placed is None or not isinstance(surroundings, DiskSurroundings):
        return None
    fact = file_of(analysis, placed.link)
    known: dict[str, str] = {}
    wanted = _path_of(fact, str(surroundings.folder), known)
    if fact is None or wanted is None:
        return None
    found: list[Json] = [
        {"uri": report.target.uri, "range": _range(report, use)}
        for report in open_named(request.reports, request.client, request.encoding, known)
        for use in _uses(report, wanted, known)
    ]
    found.sort(key=lambda place: (place["uri"], place["range"]["start"]["line"], place["range"]["start"]["character"]))
    if with_file and fact.status in THERE:
        found.insert(0, {"uri": request.report.uri_of(fact.path), "range": _TOP})
    return found


def _uses(report: Named, wanted: str, known: dict[str, str]) -> Iterator[Placed]:
    folder = _folder_of(report)
    name = os.path.basename(wanted)  # noqa: PTH119
    for placed in file_links(report.analysis):
        fact = file_of(report.analysis, placed.link)
        # the name first: the rest asks the disk
        is_so_called = fact is not None and os.path.normcase(posixpath.basename(fact.path)) == name
        if is_so_called and _path_of(fact, folder, known) == wanted:
            yield placed


def _range(report: Named, placed: Placed) -> Json:
    span = report.analysis.span_in_text(placed.section, placed.link.written or placed.link.span)
    return convert.range_json(report.target.text, span, report.target.encoding)


def _folder_of(report: Named) -> str:
    surroundings = report.analysis.ground.surroundings
    return str(surroundings.folder) if isinstance(surroundings, DiskSurroundings) else ""


def _path_of(fact: FileFact | None, folder: str, known: dict[str, str]) -> str | None:
    """The true path of a file, there or missing; None for what leads out of the root, or is in no folder."""
    if fact is None or not folder or fact.status in ("outside", "unknown"):
        return None
    return os.path.normcase(true_path(os.path.join(folder, fact.path), known))  # noqa: PTH118 - strings, as in `disk.py`
