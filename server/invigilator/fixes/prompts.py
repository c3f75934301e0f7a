"""The fix of ``prompt.limit-removed``: the length lines, worded as those that are left, else as the edition's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Edit, Fix
from invigilator.fixes.context import FixContext, Lines, newline_of
from invigilator.report.model import Bounds, Sources
from invigilator.text import Span

_LAST_PLAIN: Final = "2023"
"""The last year in which the template did not call the length recommended."""

_LABEL: Final = re.compile(r"(?:recommended )?answer length(?=:)", re.IGNORECASE)

_EXAMPLE: Final = re.compile(r"[ \t>*_]*(?:for )?examples?\b[^:]{0,20}:?[ \t*_]*", re.IGNORECASE)


def limit_removed(context: FixContext) -> Iterator[Fix]:
    """All lines that are gone, each in its prompt."""
    analysis = context.analysis
    edits = [
        _line(analysis, state, said, said.edition.word_bounds)
        for state, said in zip(analysis.questions, analysis.frame.sources, strict=True)
        if said.edition.word_bounds is not None and said.prompt.words is None and state.question.markers
    ]
    if edits:
        title = "Restore the length line" if len(edits) == 1 else f"Restore the {len(edits)} length lines"
        yield Fix(title, tuple(edits))


def _line(analysis: Analysis, state: QuestionState, said: Sources, words: Bounds) -> Edit:
    """The length line, in front of the prompt's example or else of the marker, with an empty one at either side."""
    section = analysis.outline.sections[state.section]
    lines, newline = Lines(section), newline_of(section, analysis)
    marker = lines.at(state.question.markers[0].start)
    line = next((n for n in range(1, marker) if _EXAMPLE.fullmatch(lines.text(n))), marker)
    is_quoted = ">" in lines.prefix(line)
    quote, empty = ("> ", ">") if is_quoted else ("", "")
    above = "" if not lines.text(line - 1).strip(" \t>") else empty + newline
    start = lines.span(line).start
    place = Span(start, start).moved(analysis.outline.starts[state.section])
    return Edit(place, f"{above}{quote}{_wording(analysis, said, words)}{newline}{empty}{newline}")


def _wording(analysis: Analysis, said: Sources, words: Bounds) -> str:
    kept = next(filter(None, map(_LABEL.search, analysis.frame.prompts)), None)
    by_year = "Answer length" if (analysis.edition or "")[:4] <= _LAST_PLAIN else "Recommended answer length"
    label = kept[0] if kept else by_year
    images = said.edition.image_bounds
    range_of_images = images is not None and images.low != images.high and said.prompt.images is None
    more = f" + {images.of('screenshot')}" if images is not None and range_of_images else ""
    return f"{label}: {words.low or 0}-{words.high} words{more}."
