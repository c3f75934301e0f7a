"""``checklist.*``: the boxes before the first question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.context import Placed, ReportContext
from invigilator.checks.finding import Rule
from invigilator.report.markdown import Unreadable, read_markdown
from invigilator.report.sections import Section
from invigilator.text import Span

MALFORMED_BOX: Final = Rule(
    "checklist.malformed-box",
    "information",
    "A box of the checklist that is shown as text: `[x ]`, `[ x]` or `[]`.",
    {"": "This box is shown as text. Write {right}."},
)

_BOX: Final = re.compile(
    r"(?:^|(?<=\r))[ \t>]*(?:[-+*]|\d{1,9}[.)])[ \t]+"
    r"(?!\[[ xX]\])(?P<box>\[[ \t]{0,9}(?P<tick>[xX]?)[ \t]{0,9}\])(?![(\[:])",
    re.MULTILINE,
)


def malformed_box(report: ReportContext) -> Iterator[Placed]:
    """A box with a blank too many or too few; the range is the box."""
    section = report.outline.sections[0]
    if section.number is not None:
        return
    boxes = list(_BOX.finditer(section.text))
    code = _code(section) if boxes else ()
    for match in boxes:
        span = Span(*match.span("box"))
        if not any(block.start <= span.start < block.end for block in code):
            right = "[x]" if match["tick"] else "[ ]"
            yield Placed(0, MALFORMED_BOX.finding(span, None, "", {"right": right}))


def _code(section: Section) -> tuple[Span, ...]:
    """Where boxes are no boxes: code and comments."""
    try:
        markdown = read_markdown(section.text)
    except Unreadable:
        return ()
    return (*markdown.code, *markdown.comments)


REPORT_CHECKS: Final = (malformed_box,)
