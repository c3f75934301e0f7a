"""The text of a document as a value: its lines by the protocol's rules, its offsets and its positions.

Offsets are code points from 0. A position is a line and a character, both from 0, in the unit of an `Encoding`.
Lines end at ``\\n``, ``\\r\\n`` and ``\\r`` only (LSP 3.17, "Text Documents"); U+2028, NEL or a form feed end none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from typing import Final, Literal, NamedTuple

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class Position(NamedTuple):
    """A line and a character, both from 0; the character in the unit of the encoding that goes with it."""

    line: int
    character: int


class Span(NamedTuple):
    """A stretch of text: offsets in code points, the end exclusive."""

    start: int
    end: int

    def moved(self, by: int) -> Span:
        """The same stretch `by` code points further on."""
        return Span(self.start + by, self.end + by)


class SourceText:
    """An immutable text with its lines.

    >>> text = SourceText("one\\ntwo")
    >>> text.edited(Span(0, 3), "1").text
    '1\\ntwo'
    """

    __slots__ = ("__dict__", "line_lengths", "text")

    def __init__(self, text: str, line_lengths: Sequence[int] | None = None) -> None:
        """`line_lengths`, where the caller knows them: the code points of every line with its ending."""
        self.text: Final = text
        self.line_lengths: Final = line_lengths if line_lengths is not None else line_lengths_of(text)

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of every line; the offset behind the last one as well."""
        return list(accumulate(self.line_lengths, initial=0))

    @property
    def line_count(self) -> int:
        """At least 1: an empty text has one empty line, and so has the end of a text behind its last line ending."""
        return len(self.line_lengths)

    def line_of(self, offset: int) -> int:
        """The number (from 0) of the line that holds `offset`."""
        return min(bisect_right(self.line_starts, offset) - 1, self.line_count - 1)

    def line_span(self, line: int) -> Span:
        """A line without its ending."""
        start = self.line_starts[line]
        end = start + self.line_lengths[line]
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Where `offset` is; one outside the text is taken to its nearer end."""
        offset = max(0, min(offset, len(self.text)))
        line = self.line_of(offset)
        start = self.line_starts[line]
        return Position(line, units(self.text[start:offset], encoding))

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset at `position`: behind a line's end it is that end, behind the last line the end of the text.

        A character in the middle of a code point is its start.
        """
        line, character = position
        if line < 0:
            return 0
        if line >= self.line_count:
            return len(self.text)
        start = sum(self.line_lengths[:line])  # cheaper than `line_starts` for the one look-up that an edit needs
        end = start + self.line_lengths[line]
        content = self.text[start:end].rstrip("\r\n")
        return start + code_points(content, character, encoding)

    def edited(self, span: Span, new: str) -> SourceText:
        """The text with `span` replaced by `new`."""
        text, lengths, starts = self.text, self.line_lengths, self.line_starts
        start = max(0, min(span.start, len(text)))
        end = max(start, min(span.end, len(text)))
        result = text[:start] + new + text[end:]
        # A lone \r next to the edit can become half of a \r\n or stop being one: read one line more on either side.
        first = max(self.line_of(start) - 1, 0)
        behind = min(self.line_of(end) + 2, len(lengths))
        fresh = line_lengths_of(result[starts[first] : starts[behind] + len(result) - len(text)])
        if behind < len(lengths):
            fresh.pop()  # the empty line behind the last ending is not the document's
        return SourceText(result, [*lengths[:first], *fresh, *lengths[behind:]])


def line_lengths_of(text: str) -> list[int]:
    """The code points of every line with its ending; a text that ends in a line ending has an empty last line."""
    lengths = [len(line) for line in text.split("\n")]
    last = len(lengths) - 1
    for index in range(last):
        lengths[index] += 1
    if "\r" not in text:
        return lengths
    ends = [match.end() for match in _LINE_END.finditer(text)]
    return [end - start for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def units(text: str, encoding: Encoding) -> int:
    """The length of `text` in the unit of `encoding`."""
    if encoding == "utf-32" or text.isascii():
        return len(text)
    if encoding == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def code_points(text: str, count: int, encoding: Encoding) -> int:
    """How many whole code points of `text` fit into `count` units of `encoding`."""
    if count <= 0:
        return 0
    if encoding == "utf-32" or text.isascii():
        return min(count, len(text))
    used = 0
    for index, character in enumerate(text):
        point = ord(character)
        if encoding == "utf-16":
            used += 1 + (point > 0xFFFF)
        else:
            used += 1 + (point > 0x7F) + (point > 0x7FF) + (point > 0xFFFF)
        if used > count:
            return index
    return len(text)
