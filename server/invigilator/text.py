"""The text of a document as a value: its lines by the protocol's rules, its offsets and its positions.

Offsets are code points from 0. A position is a line and a character, both from 0, in the unit of an `Encoding`.
Lines end at ``\\n``, ``\\r\\n`` and ``\\r`` only (LSP 3.17, "Text Documents"); U+2028, NEL or a form feed end none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate, count, pairwise
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

    __slots__ = ("__dict__", "_history", "_version", "text")

    def __init__(self, text: str, lines: _Lines | None = None, history: _History = ()) -> None:
        """Callers give the text only."""
        self.text: Final = text
        self._version: Final = next(_VERSIONS)
        self._history: Final = history
        if lines is not None:
            self._lines = lines

    @cached_property
    def _lines(self) -> _Lines:
        return _Lines(line_starts_of(self.text))

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of every line; the offset behind the last one as well."""
        return [*self._lines.all(), len(self.text)]

    @property
    def line_lengths(self) -> list[int]:
        """The code points of every line with its ending."""
        return [end - start for start, end in pairwise(self.line_starts)]

    @property
    def line_count(self) -> int:
        """At least 1: an empty text has one empty line, and so has the end of a text behind its last line ending."""
        return len(self._lines.starts)

    def line_of(self, offset: int) -> int:
        """The number (from 0) of the line that holds `offset`."""
        return self._lines.line_of(offset)

    def line_span(self, line: int) -> Span:
        """A line without its ending."""
        start = self._lines.start(line)
        end = self._lines.start(line + 1) if line + 1 < self.line_count else len(self.text)
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        if end > start and self.text[end - 1] == "\r":
            end -= 1
        return Span(start, end)

    def position(self, offset: int, encoding: Encoding = "utf-32") -> Position:
        """Where `offset` is; one outside the text is taken to its nearer end."""
        offset = max(0, min(offset, len(self.text)))
        line = self.line_of(offset)
        return Position(line, units(self.text[self._lines.start(line) : offset], encoding))

    def offset(self, position: Position, encoding: Encoding = "utf-32") -> int:
        """The offset at `position`: behind a line's end it is that end, behind the last line the end of the text.

        A character in the middle of a code point is its start.
        """
        line, character = position
        if line < 0:
            return 0
        if line >= self.line_count:
            return len(self.text)
        start, end = self.line_span(line)
        return start + code_points(self.text[start:end], character, encoding)

    def edited(self, span: Span, new: str) -> SourceText:
        """The text with `span` replaced by `new`."""
        text = self.text
        start = max(0, min(span.start, len(text)))
        end = max(start, min(span.end, len(text)))
        result = "".join((text[:start], new, text[end:]))
        history = ((self._version, start, len(text) - end), *_narrowed(self._history, start, len(text) - end))
        if self._is_within_a_line(start, end, new):
            lines = self._lines.shifted(self.line_of(start), len(result) - len(text))
        else:
            lines = self._lines_after(start, end, result)
        return SourceText(result, lines, history)

    def unchanged_since(self, earlier: SourceText) -> tuple[int, int] | None:
        """How much at the beginning and at the end is as it was in `earlier`, in code points.

        Known only where this text was made from `earlier` by the last few edits; else None.
        """
        return next(((head, tail) for version, head, tail in self._history if version == earlier._version), None)

    def _is_within_a_line(self, start: int, end: int, new: str) -> bool:
        """Whether the edit leaves all line endings as they are."""
        line = self.line_span(self.line_of(start))
        if end > line.end or start > line.end or "\n" in new or "\r" in new:
            return False
        # an emptied line can make a lone \r in front of it and its own \n into one line ending
        return not (start == line.start > 0 and end == line.end and not new)

    def _lines_after(self, start: int, end: int, result: str) -> _Lines:
        starts, shift = self.line_starts, len(result) - len(self.text)
        # A lone \r next to the edit can become half of a \r\n or stop being one: read one line more on either side.
        first = max(self.line_of(start) - 1, 0)
        behind = min(self.line_of(end) + 2, self.line_count)
        fresh = [starts[first] + at for at in line_starts_of(result[starts[first] : starts[behind] + shift])]
        if behind < self.line_count:
            fresh.pop()  # the empty line behind the last ending is not the document's
        return _Lines([*starts[:first], *fresh, *(at + shift for at in starts[behind:-1])])


_VERSIONS: Final = count()
_History = tuple[tuple[int, int, int], ...]
_MOST_REMEMBERED: Final = 8


def _narrowed(history: _History, head: int, tail: int) -> _History:
    """What is still unchanged since earlier versions after an edit that leaves `head` and `tail` as they were."""
    return tuple((version, min(head, h), min(tail, t)) for version, h, t in history[: _MOST_REMEMBERED - 1])


class _Lines:
    """Where lines start. `starts` is shared between versions and never changed.

    Typing in a line moves all lines behind it: they are `shift` further on than `starts` says, from the line behind
    `pivot` on, and only an edit elsewhere costs a new list.
    """

    __slots__ = ("pivot", "shift", "starts")

    def __init__(self, starts: list[int], pivot: int = 0, shift: int = 0) -> None:
        self.starts: Final = starts
        self.pivot: Final = pivot
        self.shift: Final = shift

    def start(self, line: int) -> int:
        return self.starts[line] + (self.shift if line > self.pivot else 0)

    def line_of(self, offset: int) -> int:
        moved = self.pivot + 1
        if moved < len(self.starts) and offset >= self.starts[moved] + self.shift:
            return bisect_right(self.starts, offset - self.shift, moved) - 1
        return max(bisect_right(self.starts, offset, 0, moved) - 1, 0)

    def all(self) -> list[int]:
        if not self.shift:
            return self.starts
        moved = self.pivot + 1
        return [*self.starts[:moved], *(start + self.shift for start in self.starts[moved:])]

    def shifted(self, line: int, by: int) -> _Lines:
        """The lines after an edit of `by` code points more or fewer in `line`."""
        if line == self.pivot or not self.shift:
            return _Lines(self.starts, line, self.shift + by)
        return _Lines(self.all(), line, by)


def line_starts_of(text: str) -> list[int]:
    """Where lines start; a text that ends in a line ending has an empty last line."""
    if "\r" in text:
        return [0, *(match.end() for match in _LINE_END.finditer(text))]
    lengths = map(len, text.split("\n")[:-1])
    return list(accumulate(lengths, _behind_line, initial=0))


def _behind_line(start: int, length: int) -> int:
    return start + length + 1


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
