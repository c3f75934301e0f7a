"""The fixes of ``report.*``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.finding import Edit, Fix
from invigilator.fixes.context import FixContext
from invigilator.text import Span

_MIDDLE: Final = re.compile(r"={7}[ \t]*")


def conflict_marker(context: FixContext) -> Iterator[Fix]:
    """Keep one version, or the other, or both one below the other."""
    source, text = context.analysis.outline.source, context.analysis.outline.text
    starts = source.line_starts
    first = source.line_of(context.analysis.span_in_text(context.index, context.span).start)
    base = middle = end = 0
    for line in range(first + 1, source.line_count):
        written = text[slice(*source.line_span(line))]
        if written.startswith("||||||| ") and not (base or middle):
            base = line
        elif not middle and _MIDDLE.fullmatch(written):
            middle = line
        elif middle and written.startswith(">>>>>>> "):
            end = line
            break
    if not end:
        return

    def without(start: int, last: int) -> Edit:
        return Edit(Span(starts[start], starts[last + 1]), "")

    base = base or middle
    yield Fix("Keep ours", (without(first, first), without(base, end)))
    yield Fix("Keep theirs", (without(first, middle), without(end, end)))
    yield Fix("Keep both", (without(first, first), without(base, middle), without(end, end)))
