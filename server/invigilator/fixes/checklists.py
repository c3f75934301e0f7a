"""The fixes of ``checklist.*``."""

from __future__ import annotations

from collections.abc import Iterator

from invigilator.checks.finding import Fix
from invigilator.fixes.context import FixContext


def malformed_box(context: FixContext) -> Iterator[Fix]:
    """The box as Markdown wants it, ticked where it was ticked."""
    start, end = context.span
    opening = context.text.find("[", start, end)
    closing = context.text.find("]", opening, end)
    if opening < 0 or closing < 0:
        return
    box = f"[{context.text[opening + 1 : closing].strip() or ' '}]"
    yield Fix(f"Write {box}", (context.edit(opening, closing + 1, box),), safe=True)
