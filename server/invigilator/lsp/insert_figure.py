"""``invigilator/insertFigure``: where pictures go in an answer, how they are linked, and what new files are called.

A request of our own, for a client that lets people choose, paste or drop pictures; it writes the files itself.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Edit, Fix
from invigilator.figures.insertion import find_insertion, offered_figures
from invigilator.figures.new_figures import free_path
from invigilator.lsp import convert
from invigilator.lsp.documents import nearest_position
from invigilator.lsp.edits import Target
from invigilator.lsp.json_rpc import mapping

INSERT_FIGURE: Final = "invigilator/insertFigure"

Json = dict[str, Any]


def insert_figure(
    analysis: Analysis, target: Target, params: Mapping[str, Any], uri_of: Callable[[str], str]
) -> Json | None:
    """The edit that puts figures into the answer at a position; None where there is no answer, or no place for files.

    `params` has `position` and `figures`, each with the `path` of a file (relative to the report's folder) or the
    wished `name` of a new one. The answer has the `edit`, and for each figure its `path`, its `uri`, and whether
    its type is `allowed`; the allowed `extensions` too. `uri_of` makes a URI of a path.
    """
    offset = target.text.offset(nearest_position(mapping(params.get("position"))), target.encoding)
    state = answer_at(analysis, offset)
    if state is None:
        return None
    paths = _paths(analysis, params.get("figures"))
    if not paths:
        return None
    insertion = find_insertion(analysis, state, offset - analysis.outline.starts[state.section])
    place = analysis.span_in_text(state.section, insertion.span)
    extensions = analysis.ground.configuration.extensions
    return {
        "edit": types.TextEdit(convert.span_range(target.text, place, target.encoding), insertion.of(*paths)),
        "figures": [
            {"path": path, "uri": uri_of(path), "allowed": posixpath.splitext(path)[1] in extensions} for path in paths
        ],
        "extensions": list(extensions),
    }


def insertion_fix(analysis: Analysis, data: Mapping[str, Any]) -> Fix | None:
    """What puts the `figure` of an action's `data` into the answer at its `offset`.

    None where there is no such answer or figure any more.
    """
    path, offset = data.get("figure"), data.get("offset")
    state = answer_at(analysis, offset) if isinstance(offset, int) else None
    if state is None or not isinstance(offset, int) or path not in offered_figures(analysis):
        return None
    insertion = find_insertion(analysis, state, offset - analysis.outline.starts[state.section])
    edit = Edit(analysis.span_in_text(state.section, insertion.span), insertion.of(str(path)))
    return Fix(f"Insert figure {path}", (edit,))


def answer_at(analysis: Analysis, offset: int) -> QuestionState | None:
    """The question in whose answer `offset` stands, from the marker's line on."""
    state = analysis.question_at(offset)
    if state is None or state.question.marker is None:
        return None
    source = analysis.outline.sections[state.section].source
    marker_line = source.line_starts[source.line_of(state.question.marker.start)]
    return state if offset - analysis.outline.starts[state.section] >= marker_line else None


def _paths(analysis: Analysis, figures: object) -> list[str]:
    """The path of every figure; none at all where one of them has none."""
    listed: Sequence[object] = figures if isinstance(figures, list) else []
    paths: list[str] = []
    for figure in listed:
        path, name = mapping(figure).get("path"), mapping(figure).get("name")
        if isinstance(path, str):
            paths.append(path)
        elif isinstance(name, str) and (free := free_path(analysis, name, paths)) is not None:
            paths.append(free)
        else:
            return []
    return paths
