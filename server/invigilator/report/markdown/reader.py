"""One walk over a text's blocks, which finds all that it holds."""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, count
from typing import Final

from invigilator.report.markdown.blocks import may_define, put_state_back, read_blocks, skeleton
from invigilator.report.markdown.inline import TAG, read_inline, target_of, unescape
from invigilator.report.markdown.layout import Layout
from invigilator.report.markdown.model import Definition, Fence, HtmlTag, Link, Markdown, Unreadable
from invigilator.report.markdown.structure import Block, DefinitionPlace, Definitions, Place
from invigilator.text import Span

MOST_LINES: Final = 10_000
"""Of one answer."""

_LOCK: Final = threading.RLock()
_NEEDS_INLINE: Final = re.compile(r"[\[<`&\\]")
_CELL_BORDER: Final = re.compile(r"(?<!\\)\|")


def read_markdown(text: str, definitions: Definitions = ()) -> Markdown:
    """What `text` holds. `definitions` are those of the whole report; the first of a label wins.

    Raises `Unreadable` for a text that cannot be read within a fair time.
    """
    with _LOCK:
        try:
            return _Reader(text, definitions).read()
        except Unreadable:
            raise
        except Exception as error:  # mistletoe's own failure, whatever it is: RecursionError, IndexError, ...
            put_state_back()
            raise Unreadable(f"{type(error).__name__} in the Markdown parser") from error


class _Reader:
    """One walk over one text's blocks."""

    def __init__(self, text: str, definitions: Definitions) -> None:
        self.text = text
        plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        self.lines = plain.split("\n")
        if len(self.lines) > MOST_LINES:
            raise Unreadable(f"more than {MOST_LINES:,} lines")
        if not self.lines[-1]:
            self.lines.pop()
        self.starts = _line_starts(text, self.lines)
        self.definitions = definitions
        self.links: list[Link] = []
        self.tags: list[HtmlTag] = []
        self.comments: list[Span] = []
        self.code: list[Span] = []
        self.fences: list[Fence] = []
        self.open_comment: Span | None = None
        self.prose: list[str] = []

    def read(self) -> Markdown:
        defines = may_define(self.text)
        structure = read_blocks(tuple(self.lines if defines else map(skeleton, self.lines, count())))
        own = structure.definitions
        self.definitions = _first_of_each((*self.definitions, *own)) if own else self.definitions
        for block in structure.leaves:
            self.block(block)
        return Markdown(
            tuple(self.links),
            tuple(self.tags),
            tuple(self.comments),
            tuple(self.code),
            tuple(self.fences),
            self.open_comment,
            tuple(self.prose),
            own,
            tuple(map(self.definition, structure.defined)),
            Layout(structure, self.lines, self.starts),
        )

    def block(self, block: Block) -> None:
        """Take in one block."""
        if block.kind == "text":
            self.text_block(block.lines)
        elif block.kind == "row":
            self.row(block.lines[0].line)
        elif block.kind == "html":
            self.html(self.line_range(block))
        elif block.kind == "code":
            self.code.append(self.line_range(block))
        elif block.kind != "rule":
            self.fence(block)

    def definition(self, place: DefinitionPlace) -> Definition:
        """A definition as it stands in the text."""
        line, column, end = place.destination
        destination = Span(self.starts[line] + column, self.starts[line] + (column if end is None else end))
        start = self.starts[place.start.line] + place.start.column
        target = target_of(self.text[destination.start : destination.end])
        return Definition(place.label, Span(start, destination.end), destination, target)

    def line_range(self, block: Block) -> Span:
        """The source of a block's lines, from where the first begins, without the last one's ending."""
        first, last = block.lines[0], block.lines[-1]
        return Span(self.starts[first.line] + first.column, self.starts[last.line] + len(self.lines[last.line]))

    def text_block(self, lines: Sequence[Place]) -> None:
        """A paragraph or a heading."""
        origins: list[tuple[int, int]] = []  # offset in the content, offset in the source
        parts: list[str] = []
        offset = 0
        for line, column, end in lines:
            part = self.lines[line][column:end]
            origins.append((offset, self.starts[line] + column))
            parts.append(part)
            offset += len(part) + 1
        self.take("\n".join(parts).rstrip(), origins)

    def row(self, line: int) -> None:
        """A table's row, cell by cell."""
        source = self.lines[line]
        start = 0
        for border in (*(match.start() for match in _CELL_BORDER.finditer(source)), len(source)):
            cell = source[start:border]
            if content := cell.strip():
                self.take(content, [(0, self.starts[line] + start + cell.index(content))])
            start = border + 1

    def fence(self, block: Block) -> None:
        span = self.line_range(block)
        self.code.append(span)
        opener = Span(span.start, self.starts[block.lines[0].line] + len(self.lines[block.lines[0].line]))
        self.fences.append(Fence(span, opener, block.info, block.kind == "closed-fence"))

    def html(self, span: Span) -> None:
        """A block of HTML: its comments, its tags, and the words between them."""
        seen: list[str] = []
        offset = span.start
        while (opener := self.text.find("<!--", offset, span.end)) >= 0:
            seen.append(self.html_text(offset, opener))
            closer = self.text.find("-->", opener + 4, span.end)
            if closer < 0:
                self.open_comment = Span(opener, opener + 4)
            offset = span.end if closer < 0 else closer + 3
            self.comments.append(Span(opener, offset))
        seen.append(self.html_text(offset, span.end))
        self.prose.append(" ".join(seen))

    def html_text(self, start: int, end: int) -> str:
        source = self.text[start:end]
        for tag in TAG.finditer(source):
            self.tags.append(HtmlTag(tag[1].lower(), Span(*tag.span()).moved(start), tag[0]))
        return unescape(TAG.sub(" ", source))

    def take(self, content: str, origins: Sequence[tuple[int, int]]) -> None:
        """Add what a leaf block's text holds; `origins` say where its lines stand in the source."""
        if not _NEEDS_INLINE.search(content):
            self.prose.append(content)
            return
        inline = read_inline(content, self.definitions if "]" in content else ())
        self.prose.append(inline.prose)
        if not inline.found:
            return
        offsets = [offset for offset, _ in origins]

        def place(span: Span) -> Span:
            content_start, source_start = origins[bisect_right(offsets, span.start) - 1]
            content_end, source_end = origins[bisect_right(offsets, span.end) - 1]
            return Span(span.start - content_start + source_start, span.end - content_end + source_end)

        for link in inline.links:
            destination = None if link.destination is None else place(link.destination)
            self.links.append(link._replace(span=place(link.span), label=place(link.label), destination=destination))
        self.tags.extend(tag._replace(span=place(tag.span)) for tag in inline.tags)
        self.comments.extend(map(place, inline.comments))
        self.code.extend(map(place, inline.code))


def _line_starts(text: str, lines: Sequence[str]) -> list[int]:
    """The offsets of the lines."""
    if "\r" not in text:
        return list(accumulate((len(line) + 1 for line in lines), initial=0))
    return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", text))]


def _first_of_each(definitions: Definitions) -> Definitions:
    first: dict[str, str] = {}
    for label, destination in definitions:
        first.setdefault(label, destination)
    return tuple(first.items())
