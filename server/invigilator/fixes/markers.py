"""The fixes of ``marker.*``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.finding import Edit, Fix
from invigilator.fixes.context import FixContext
from invigilator.report.prompt_end import end_of_prompt
from invigilator.text import Span

_ALONE: Final = re.compile(r"[ \t>]*[*_]{0,3}")
_CLOSING: Final = re.compile(r"[*_]{0,3}[ \t]*")


def missing(context: FixContext) -> Iterator[Fix]:
    """The marker below the prompt's quote; a line that is nearly one becomes it."""
    marker = context.marker_line
    lines, newline = context.lines, context.newline
    title = f"Insert {marker}"
    if (nearly := _nearly_marker(context)) is not None:
        yield Fix(f"Write {marker}", (context.edit(*lines.span(nearly), marker),))
        return
    if not context.section.grammar.official:
        yield Fix(title, (_below_prompt(context, marker),))
        return
    line = 1
    while line < lines.count and lines.is_blank(line):
        line += 1
    if _is_quote(lines.text(line)):
        while _is_quote(lines.text(line + 1)):
            line += 1
        bare = not lines.text(line).strip(" \t>")
        above = newline if bare else f"{newline}>{newline}"
    else:
        line, above = 0, newline * 2
    below = "" if lines.is_blank(line + 1) else newline
    end = lines.span(line).end
    yield Fix(title, (context.edit(end, end, f"{above}{marker}{below}"),))


def _below_prompt(context: FixContext, marker: str) -> Edit:
    """In another course's template: a paragraph of its own, unless it is quoted as the prompt is."""
    lines, newline = context.lines, context.newline
    line = lines.at(end_of_prompt(context.section).start)
    joins = marker.startswith(">") and _is_quote(lines.text(line))
    below = "" if lines.is_blank(line + 1) else newline
    end = lines.span(line).end
    return context.edit(end, end, f"{newline}>{newline}{marker}{below}" if joins else f"{newline * 2}{marker}{below}")


def duplicate(context: FixContext) -> Iterator[Fix]:
    """The second marker goes: with its line, from the front of its line, or its colon only."""
    marker, text, span = context.section.grammar.marker, context.text, context.span
    line = context.lines.span(context.lines.at(span.start))
    before, after = text[line.start : span.start], text[span.end : line.end]
    closing = _CLOSING.match(after)
    behind = span.end + (closing.end() if closing else 0)
    if _ALONE.fullmatch(before) and context.finding.variant != "outside":
        start = line.start + len(before.rstrip("*_"))
        yield Fix("Delete the second marker", (context.delete(Span(start, behind)),))
    elif marker.endswith(":"):
        yield Fix(f"Write {marker[:-1]} without the colon", (context.edit(span.end - 1, span.end, ""),))


def _nearly_marker(context: FixContext) -> int | None:
    """The line that says the marker's word in another spelling, with nothing else in it."""
    word = re.escape(context.section.grammar.marker.rstrip(": "))
    pattern = re.compile(rf"[ \t>]*[*_]{{0,3}}{word}s?[ \t]*[:;.\-]?[ \t]*[*_]{{0,3}}[ \t]*:?[ \t]*", re.IGNORECASE)
    found = (line for line in range(1, context.lines.count) if pattern.fullmatch(context.lines.text(line)))
    return next(found, None)


def _is_quote(line: str) -> bool:
    return line.lstrip(" ").startswith(">")
