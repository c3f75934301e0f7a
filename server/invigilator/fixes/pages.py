"""The fixes of ``page.*``: what the handed-in page and GitHub both show as it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.finding import Edit, Fix
from invigilator.fixes.context import FixContext
from invigilator.fixes.list_lines import code_column, column_of, moves

_BEHIND_LANGUAGE: Final = re.compile(r"[\w+#.-]+[ \t]+([^\s={][^={]*)")
_QUOTE: Final = re.compile(r" {0,3}(?:>[ \t]?)+")


def list_needs_blank_line(context: FixContext) -> Iterator[Fix]:
    """A blank line above the list; where its numbers end in `)`, a full stop as well."""
    lines = context.lines
    line = lines.at(context.span.start)
    start = lines.span(line).start
    quote = lines.text(line)[: _end_of_quote(context, line)].rstrip()  # which is a word to the official check
    edits = [context.edit(start, start, quote + context.newline)]
    title = "Put a blank line above the list"
    is_safe = context.finding.variant != "parenthesis" and not quote
    if context.finding.variant == "parenthesis":
        title += " and write 1. for 1)"
        own = next((each for each in context.markdown.lists if each.items[0].marker == context.span), None)
        for item in own.items if own else ():
            edits.append(context.edit(item.marker.end - 1, item.marker.end, "."))
    yield Fix(title, tuple(edits), safe=is_safe)


def nested_list_indent(context: FixContext) -> Iterator[Fix]:
    """Every line of the list as far in as its place in it asks for."""
    edits = []
    for line, by in moves(context.section, context.markdown, context.span.start).items():
        quote, text = _end_of_quote(context, line), context.lines.text(line)
        start = context.lines.span(line).start + quote
        indent = text[quote : len(text) - len(text[quote:].lstrip(" \t"))]
        if "\t" in indent:
            edits.append(context.edit(start, start + len(indent), " " * (column_of(text) + by)))
        else:
            edits.append(context.edit(start, start, " " * by))
    if edits:
        yield Fix("Indent it by 4 a level", tuple(edits), safe=True)


def code_fence(context: FixContext) -> Iterator[Fix]:
    """The code indented by 4, or as far as its list asks for, between blank lines and without its fence."""
    fence = next((f for f in context.markdown.fences if f.span.start <= context.span.start < f.span.end), None)
    if fence is None or not fence.closed:
        return
    lines = context.lines
    first, last = lines.at(fence.span.start), lines.at(fence.span.end - 1)
    start = lines.span(first).start + _end_of_quote(context, first)
    if context.text[start : fence.span.start].strip(" \t"):
        return  # behind the marker of its list item, where no indented code can begin
    width = code_column(context.section, context.markdown, fence.span.start)
    own = fence.span.start - start
    code = [edit for line in range(first + 1, last) for edit in _indented(context, line, own, width)]
    head = _gone(context, first, -1)
    if words := _BEHIND_LANGUAGE.fullmatch(fence.info):  # code that began on the fence's line
        above = context.newline if lines.text(first - 1).strip(" \t>") else ""
        head = context.edit(start, lines.span(first).end, f"{above}{' ' * width}{words[1]}")
    if code or words:
        yield Fix("Indent the code by 4, without fence", (head, *code, _gone(context, last, 1)))


def _indented(context: FixContext, line: int, own: int, width: int) -> Iterator[Edit]:
    """A line of code moved from where its fence, indented by `own`, puts it to column `width`."""
    quote = _end_of_quote(context, line)
    code = context.lines.text(line)[quote:]
    taken = min(own, len(code) - len(code.lstrip(" ")))
    start = context.lines.span(line).start + quote
    if code.strip() and taken != width:
        yield context.edit(start, start + max(taken - width, 0), " " * (width - taken))


def _gone(context: FixContext, line: int, towards: int) -> Edit:
    """A fence's line taken out, or made blank where none is on its outer side."""
    lines = context.lines
    whole = lines.whole(line)
    is_above_heading = towards > 0 and whole.end == len(context.text) and not context.is_last
    if is_above_heading or lines.text(line + towards).strip(" \t>"):
        return context.edit(*lines.span(line), lines.text(line)[: _end_of_quote(context, line)].rstrip())
    if whole.end > lines.span(line).end:
        return context.edit(*whole, "")
    return context.edit(lines.span(line - 1).end, whole.end, "")  # the last line: the ending above it goes


def _end_of_quote(context: FixContext, line: int) -> int:
    """Where the quote marks that a line begins with end, with the one space that belongs to them; 0 without any."""
    found = _QUOTE.match(context.lines.text(line))
    return found.end() if found else 0
