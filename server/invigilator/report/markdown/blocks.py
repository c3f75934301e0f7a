"""The block structure: mistletoe's own, read from the lines' skeletons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from mistletoe import block_token, core_tokens, span_token, token

from invigilator.report.markdown.definitions import Definition, definition_places
from invigilator.report.markdown.model import Unreadable
from invigilator.report.markdown.structure import Block, Item, ListBlock, Place, Structure

MOST_DEPTH: Final = 40
"""Nested quotes and lists; from about 200 on mistletoe runs out of stack."""

_CONTAINER_MARKS: Final = re.compile(r"^[ \t]*(?:(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])[ \t]*){" + str(MOST_DEPTH) + ",}")
_DEEP_INDENT: Final = re.compile(r"^[ \t]{" + str(2 * MOST_DEPTH) + r",}(?:[-+*]|\d{1,9}[.)])[ \t]")
_HEADING_MARKS: Final = re.compile(r"#{1,6}(?=[ \t]|$)")
_PLAIN: Final = re.compile(
    r"((?:[ \t>]|(?:[-+*]|\d{1,9}[.)])[ \t])*)"
    r"(?:[*_]{0,3}[^\W\d_]|[(\"'!\[]|[^\x00-\x7f\s]|`{1,2}[^`>|]|\d+(?![\d.)]))[^>|]*$"
)
_PREFIX: Final = re.compile(r"[ \t>]*")
_UNDERLINE: Final = re.compile(r"^[ \t>]*(-+|=+)[ \t]*$")
_CELL_BORDER: Final = re.compile(r"(?<!\\)\|")
_OUTER_BORDER: Final = re.compile(r"^\||(?<!\\)\|[ \t]*$")
_ONLY_DASHES: Final = re.compile(r"^[ \t>]*-+[ \t]*$")
_QUOTED_BLANK: Final = re.compile(r"^[ \t]*>[ \t>]*$")
_MAY_DEFINE: Final = re.compile(r"^[ \t>*+\-0-9.)]*\[(?:[^\]\\]|\\.)+\]:", re.MULTILINE | re.DOTALL)


class _Inline(span_token.SpanToken):
    """A leaf block's text, kept as it is: the inline pass comes later."""

    pattern = re.compile(r".+", re.DOTALL)
    parse_inner = False
    parse_group = 0


class _Fence(block_token.CodeFence):
    """A fence that remembers whether a closing line was read."""

    @classmethod
    def read(cls, lines: Any) -> Any:
        before = lines.get_pos()
        content, info = super().read(lines)
        return content, info, lines.get_pos() - before == len(content) + 2

    def __init__(self, match: Any) -> None:
        content, info, self.closed = match
        super().__init__((content, info))


_BLOCK_TOKENS: Final = (
    block_token.HtmlBlock,
    block_token.BlockCode,
    block_token.Heading,
    block_token.Quote,
    _Fence,
    block_token.ThematicBreak,
    block_token.List,
    block_token.Table,
    Definition,
    block_token.Paragraph,
)


def put_state_back() -> None:
    """mistletoe as it must be before a parse, whatever the last one left behind."""
    block_token.reset_tokens()
    for kind in list(block_token._token_types):  # noqa: SLF001 - there is no public way to list them
        block_token.remove_token(kind)
    for kind in reversed(_BLOCK_TOKENS):
        block_token.add_token(kind)
    span_token.reset_tokens()
    for kind in list(span_token._token_types):  # noqa: SLF001
        span_token.remove_token(kind)
    span_token.add_token(span_token.RawText)
    span_token.add_token(_Inline, 0)
    block_token.Paragraph.parse_setext = True
    core_tokens._code_matches = []  # noqa: SLF001
    token._root_node = None  # noqa: SLF001


put_state_back()


def may_define(text: str) -> bool:
    """Whether `text` could hold a link reference definition; never false where it does."""
    return "]:" in text and _MAY_DEFINE.search(text) is not None


def skeleton(line: str, number: int) -> str:
    """The line as far as blocks depend on it: plain text is as good as a letter and the line's `number`.

    Typing in a paragraph so leaves the blocks' text as it was, and they are not read again. A line is plain where it
    begins, behind white space and quote marks, with what begins no block, and holds no ``>`` (which can end a block of
    HTML) and no ``|`` (which can make a table). Where link reference definitions may stand, no line is plain.
    """
    plain = _PLAIN.match(line)
    return line if plain is None else f"{plain[1]}x{number}"


@lru_cache(maxsize=512)
def read_blocks(lines: tuple[str, ...]) -> Structure:
    """The block structure of the lines (without their endings).

    Raises `Unreadable`, or whatever mistletoe fails with.
    """
    if any(_CONTAINER_MARKS.match(line) or _DEEP_INDENT.match(line) for line in lines):
        raise Unreadable("nested too deeply")
    read = tuple(_without_inner_tab(line) if ">\t" in line else line for line in lines)
    document = block_token.Document([f"{line}\n" for line in read])
    definitions = tuple((label, target) for label, (target, _) in document.footnotes.items())
    walk = _Walk(read)
    walk.children(document, _Within())
    return Structure(
        tuple(walk.leaves),
        definitions,
        tuple(walk.lists),
        tuple(walk.tables),
        tuple(walk.underlines),
        tuple(walk.quotes),
        lines,
        definition_places(document, read) if definitions else (),
    )


def _without_inner_tab(line: str) -> str:
    """The line with a space for a tab behind a ``>`` in its text, where mistletoe would put three."""
    prefix = _PREFIX.match(line)
    start = prefix.end() if prefix else 0
    return line[:start] + line[start:].replace(">\t", "> ")


_NOWHERE: Final = Place(-1, 0)


class _Within(NamedTuple):
    """Where a block stands: in how many lists, in which one, in a quote.

    Its line is `late` lines further on than mistletoe says. `behind` is the place behind the last list marker, in
    whose line a block can begin.
    """

    level: int = 0
    outer: int | None = None
    quoted: bool = False
    late: int = 0
    behind: Place = _NOWHERE


class _Walk:
    """One walk over mistletoe's tokens."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.leaves: list[Block] = []
        self.lists: list[ListBlock] = []
        self.tables: list[tuple[Place, Place]] = []
        self.underlines: list[Place] = []
        self.quotes: list[tuple[Place, ...]] = []
        self.last = 0  # the last line of what was read so far

    def children(self, parent: Any, within: _Within) -> None:
        """All that stands in a container."""
        before: Any = None
        for block in parent.children or ():
            if type(block) is block_token.ThematicBreak and type(before) is block_token.Paragraph and within.quoted:
                line = self.first(block, within)
                if line == self.last + 1 and ">" in self.lines[line]:  # mistletoe knows no such heading in a quote
                    self.underline(line)
            self.block(block, within)
            before = block

    def block(self, block: Any, within: _Within) -> None:
        kind = type(block)
        first = self.first(block, within)
        if kind is block_token.Paragraph:
            self.leaf("text", tuple(_places(_content(block), first, self.lines)))
        elif kind is block_token.SetextHeading:
            self.leaf("text", tuple(_places(_content(block), first, self.lines)))
            self.underline(self.last + 1)
        elif kind is block_token.Heading:
            content = _content(block)
            marks = _HEADING_MARKS.search(self.lines[first])
            column = self.lines[first].find(content, marks.end() if marks else 0)
            self.leaf("text", (Place(first, column, column + len(content)),))
        elif kind is _Fence:
            count = len(block.children[0].content.split("\n")) + block.closed
            column = max(self.lines[first].find(block.delimiter), 0)
            places = _range(first, column, count)
            self.leaf("closed-fence" if block.closed else "fence", places, block.info_string.strip())
        elif kind is block_token.BlockCode:
            self.leaf("code", _range(first, 0, block.content.count("\n")))
        elif kind is block_token.HtmlBlock:
            self.leaf("html", _range(first, 0, block.content.count("\n") + 1))
        elif kind is block_token.ThematicBreak:
            self.leaf("rule", (Place(first, 0),))
        elif kind is block_token.Table:
            self.table(block, first, within)
        elif kind is block_token.List:
            self.list(block, within)
        elif kind is block_token.Quote:
            self.quote(block, first, within)
        else:
            self.children(block, within)

    def first(self, block: Any, within: _Within) -> int:
        """The first line of a block."""
        return int(getattr(block, "line_number", 1)) - 1 + within.late

    def leaf(self, kind: Any, places: tuple[Place, ...], info: str = "") -> None:
        self.leaves.append(Block(kind, places, info))
        self.last = max(self.last, places[-1].line)

    def underline(self, line: int) -> None:
        """What makes a heading of the text above."""
        if line < len(self.lines) and (match := _UNDERLINE.match(self.lines[line])):
            self.underlines.append(Place(line, *match.span(1)))
            self.last = max(self.last, line)

    def table(self, block: Any, first: int, within: _Within) -> None:
        """A table; one whose second row has another number of cells is none on GitHub, but a paragraph or heading."""
        rows = [row.line_number - 1 for row in (block.header, *block.children)]
        late = first - rows[0] if rows else 0
        rows = [row + late for row in rows]
        start = self.start_of(first, within.behind)
        cells = _CELL_BORDER.split(_OUTER_BORDER.sub("", self.lines[first][start:]))
        if len(block.column_align) != len(cells):
            for row in rows:
                self.leaf("text", (Place(row, self.start_of(row, within.behind)),))
            if _ONLY_DASHES.search(self.lines[first + 1]):
                self.underline(first + 1)
            return
        for row in rows:
            self.leaf("row", (Place(row, 0),))
        self.last = max(self.last, first + 1)
        self.tables.append((Place(first, start), Place(self.last, 0)))

    def list(self, block: Any, within: _Within) -> None:
        index = len(self.lists)
        self.lists.append(ListBlock(within.level, within.outer, (), 0))
        items: list[Item] = []
        for item in block.children:
            line = self.first(item, within)
            column = self.start_of(line, within.behind)
            end = column + len(item.leader)
            empty = not self.lines[line][end:].strip()
            self.last = max(self.last, line)
            inner = _Within(within.level + 1, index, within.quoted, within.late + empty, Place(line, end))
            paragraphs = self.item(item, inner)
            items.append(Item(Place(line, column, end), paragraphs))
        self.lists[index] = ListBlock(within.level, within.outer, tuple(items), self.last)

    def item(self, item: Any, within: _Within) -> tuple[Place, ...]:
        """Read an item's blocks; its paragraphs but the first block."""
        paragraphs: list[Place] = []
        before = len(self.leaves)
        self.children(item, within)
        for block in item.children[1:]:
            if type(block) is block_token.Paragraph:
                line = self.first(block, within)
                paragraphs += [b.lines[0] for b in self.leaves[before:] if b.kind == "text" and b.lines[0].line == line]
        return tuple(paragraphs)

    def quote(self, block: Any, first: int, within: _Within) -> None:
        self.last = max(self.last, first)
        self.children(block, within._replace(quoted=True))
        if within.quoted:
            return
        last = self.last
        while last + 1 < len(self.lines) and _QUOTED_BLANK.match(self.lines[last + 1]):
            last += 1
        marks = []
        for line in range(first, last + 1):
            column = self.start_of(line, within.behind, marks=" \t")
            if self.lines[line].startswith(">", column):
                marks.append(Place(line, column, column + 1))
        self.last = last
        self.quotes.append(tuple(marks))

    def start_of(self, line: int, behind: Place = _NOWHERE, marks: str = " \t>") -> int:
        """Where in a line what stands behind indentation and quote marks begins."""
        source = self.lines[line]
        column = behind.column if behind.line == line else 0
        return column + len(source[column:]) - len(source[column:].lstrip(marks))


def _range(first: int, column: int, count: int) -> tuple[Place, ...]:
    return (Place(first, column), Place(first + count - 1, 0))


def _places(content: str, line: int, lines: Sequence[str]) -> Iterator[Place]:
    """Where the lines of a paragraph's text stand: each is the end of a source line."""
    for part in content.split("\n"):
        text = part.rstrip()
        # mistletoe's line number is early where a list item begins with an empty line: go on to the line that fits
        while not lines[line].rstrip().endswith(text):
            line += 1
        yield Place(line, len(lines[line].rstrip()) - len(text))
        line += 1


def _content(block: Any) -> str:
    """The text of a leaf block, which its one `_Inline` token keeps."""
    return "".join(child.content for child in block.children)
