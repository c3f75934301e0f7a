"""A section line by line."""

from __future__ import annotations

import re
from typing import Final

from invigilator.report.sections import Section
from invigilator.text import Span

_LINE_ENDING: Final = re.compile(r"\r\n|\r|\n")
_PREFIX: Final = re.compile(r"[ \t>]*")


class Lines:
    """A section line by line; the numbers of lines count from 0."""

    def __init__(self, section: Section) -> None:
        self._source: Final = section.source
        self._text: Final = section.text

    @property
    def count(self) -> int:
        """At least 1."""
        return self._source.line_count

    def at(self, offset: int) -> int:
        """The line that holds `offset`."""
        return self._source.line_of(offset)

    def span(self, line: int) -> Span:
        """A line without its ending."""
        return self._source.line_span(line)

    def whole(self, line: int) -> Span:
        """A line with its ending."""
        starts = self._source.line_starts
        return Span(starts[line], starts[line + 1])

    def text(self, line: int) -> str:
        """A line's text; empty before the first line and behind the last."""
        if not 0 <= line < self.count:
            return ""
        span = self.span(line)
        return self._text[span.start : span.end]

    def is_blank(self, line: int) -> bool:
        """Whether nothing stands in a line; nothing does before the first and behind the last."""
        return not self.text(line).strip()

    def prefix(self, line: int) -> str:
        """The indentation and quote marks that a line begins with."""
        found = _PREFIX.match(self.text(line))
        return found[0] if found else ""

    def end_of_paragraph(self, line: int) -> int:
        """The last of the lines from `line` on that stand together; a heading below them stands by itself."""
        while not (self.is_blank(line) or self.is_blank(line + 1) or self.text(line + 1).lstrip().startswith("#")):
            line += 1
        return line

    def last_written(self) -> int:
        """The last line that is not blank; 0 where there is none."""
        return max((line for line in range(self.count) if not self.is_blank(line)), default=0)

    def with_surplus(self, span: Span) -> Span:
        """`span` with what would be left over if it went: its line, a blank line too many, a space too many."""
        first, last = self.at(span.start), self.at(max(span.start, span.end - 1))
        start, end = self.span(first).start, self.span(last).end
        before, after = self._text[start : span.start], self._text[span.end : end]
        if before.strip(" \t>") or after.strip():
            return self._without_spaces(span, before, after)
        behind = self.whole(last).end
        if behind == end:  # the text's last line: the line ending above it goes instead
            above = self._text[:start].rstrip()
            return Span(len(above), end) if above else Span(start, end)
        if self.is_blank(first - 1) and self.is_blank(last + 1) and last + 1 < self.count:
            behind = self.whole(last + 1).end
        return Span(start, behind)

    def _without_spaces(self, span: Span, before: str, after: str) -> Span:
        if not after.strip():
            return Span(span.start - (len(before) - len(before.rstrip(" \t"))), span.end + len(after))
        if not before.strip(" \t>") or before[-1:] in " \t":
            return Span(span.start, span.end + len(after) - len(after.lstrip(" \t")))
        return span


def newline_of(section: Section, text: str) -> str:
    """How lines end in a section, or else in the report's whole `text`."""
    found = _LINE_ENDING.search(section.text) or _LINE_ENDING.search(text)
    return found[0] if found else "\n"
