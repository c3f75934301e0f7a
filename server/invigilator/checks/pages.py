"""``page.*``: what the handed-in page makes of an answer's lists, code and tables.

The course's script makes that page with Python-Markdown and none of its extensions, which reads fewer things as
Markdown than GitHub does. Where what a rule says hangs on that library, `handed_in.py` asks it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from invigilator.checks.context import QuestionContext
from invigilator.checks.finding import Count, Finding, Rule
from invigilator.checks.handed_in import blocks_that_leave_their_item, code_of, lists_that_run_on
from invigilator.report.markdown import Fence
from invigilator.text import Span

LIST_NEEDS_BLANK_LINE: Final = Rule(
    "page.list-needs-blank-line",
    "hint",
    "A list right below text: GitHub shows a list, the handed-in page does not.",
    {
        "": "On the handed-in page this list runs on as plain text. Put a blank line above it.",
        "parenthesis": "On the handed-in page this list runs on as plain text. "
        "Put a blank line above it, and write 1. in place of 1).",
    },
)

NESTED_LIST_INDENT: Final = Rule(
    "page.nested-list-indent",
    "hint",
    "A list in a list, or a second paragraph of an item, that is indented by fewer than 4 columns a level.",
    {
        "": "On the handed-in page this list is not inside the item above. Indent its lines by {more:space} more.",
        "paragraph": "On the handed-in page this paragraph is not part of the item above. "
        "Indent its lines by {more:space} more.",
    },
)

CODE_FENCE: Final = Rule(
    "page.code-fence",
    "warning",
    "A fenced code block whose text the handed-in page makes a heading of, or leaves out in part. "
    "A hint for any other, unless it is a single line without a language.",
    {
        "": "On the handed-in page the lines of this code run together. "
        "Indent them by 4 spaces and delete the fence: that is right there and on GitHub.",
        "raw": "On the handed-in page this code is shown as plain text, with its fence. "
        "Indent its lines by 4 spaces and delete the fence: that is right there and on GitHub.",
        "heading": "On the handed-in page a # line of this code becomes a heading. "
        "Indent its lines by 4 spaces and delete the fence: that is right there and on GitHub.",
        "lost": "On the handed-in page a part of this code cannot be seen. "
        "Indent its lines by 4 spaces and delete the fence: that is right there and on GitHub.",
    },
    milder={"": "hint", "raw": "hint"},
)

TABLE: Final = Rule(
    "page.table",
    "hint",
    "A table: GitHub shows one, the handed-in page does not.",
    {
        "": "On the handed-in page this table is plain text with its | marks, and no way of writing it is right both "
        "there and on GitHub. A list or a picture of it is.",
    },
)

_QUOTE: Final = re.compile(r" {0,3}(?:>[ \t]?)+")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_WORD: Final = re.compile(r"\S+")


def list_needs_blank_line(context: QuestionContext) -> Iterator[Finding]:
    """An outermost list right below text; the range is its first marker."""
    markdown = context.question.markdown
    if markdown is not None and markdown.layout.structure.lists:
        for marker, variant in lists_that_run_on(markdown.layout.structure):
            yield LIST_NEEDS_BLANK_LINE.finding(markdown.layout.span(marker), context.question.number, variant)


def nested_list_indent(context: QuestionContext) -> Iterator[Finding]:
    """An inner list, or an item's further paragraph, too near the left edge; the range is its marker or first word."""
    markdown = context.question.markdown
    if markdown is not None and markdown.layout.structure.lists:
        for place, variant, more in blocks_that_leave_their_item(markdown.layout.structure):
            span = markdown.layout.span(place)
            word = _WORD.match(context.text, span.start)
            where = Span(*word.span()) if word and variant else span
            yield NESTED_LIST_INDENT.finding(where, context.question.number, variant, {"more": Count(more)})


def code_fence(context: QuestionContext) -> Iterator[Finding]:
    """A fenced block that the handed-in page shows as something else; the range is the opening fence."""
    markdown = context.question.markdown
    for fence in markdown.fences if markdown else ():
        if fence.span.start >= context.question.answer.start and (variant := _of_fence(context, fence)) is not None:
            yield CODE_FENCE.finding(fence.opener, context.question.number, variant)


def table(context: QuestionContext) -> Iterator[Finding]:
    """A table; the range is its first row."""
    markdown = context.question.markdown
    for span in markdown.tables if markdown else ():
        if span.start >= context.question.answer.start:
            end = context.section.source.line_span(context.section.source.line_of(span.start)).end
            yield TABLE.finding(Span(span.start, end), context.question.number)


def _of_fence(context: QuestionContext, fence: Fence) -> str | None:
    """The variant of `CODE_FENCE`; None where the handed-in page shows the code as it is."""
    source = context.section.source
    start = source.line_span(source.line_of(fence.span.start)).start
    written, before = context.text[fence.span.start : fence.span.end], context.text[start : fence.span.start]
    return _of_written(written, before, bool(fence.info), fence.closed)


@lru_cache(maxsize=256)
def _of_written(written: str, before: str, has_info: bool, is_closed: bool) -> str | None:
    """The same by the fence's text and what stands before it in its line: its indentation, the mark of its quote."""
    quote = _QUOTE.match(before)
    first, *rest = _LINE_END.split(written)
    lines = [" " * (len(before) - quote.end() if quote else len(before)) + first]
    for line in rest:
        marks = _QUOTE.match(line) if quote else None
        lines.append(line[marks.end() :] if marks else line)
    return code_of(tuple(lines), has_info, is_closed)


def handed_in_page(context: QuestionContext) -> Iterator[Finding]:
    """All that the handed-in page shows otherwise; another course's template has no such page."""
    if context.section.grammar.official:
        for check in (list_needs_blank_line, nested_list_indent, code_fence, table):
            yield from check(context)


QUESTION_CHECKS: Final = (handed_in_page,)
