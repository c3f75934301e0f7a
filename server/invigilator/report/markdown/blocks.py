"""The block structure: mistletoe's own, read from the lines' skeletons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from mistletoe import block_token, core_tokens, span_token, token

from invigilator.report.markdown.model import Definitions, Unreadable

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
_MAY_DEFINE: Final = re.compile(r"^[ \t>*+\-0-9.)]*\[(?:[^\]\\]|\\.)+\]:", re.MULTILINE | re.DOTALL)


class Place(NamedTuple):
    """Where a line of a block stands: its number, the column it begins at, the one it ends before (None: its end)."""

    line: int
    column: int
    end: int | None = None


class Block(NamedTuple):
    """A leaf of the block structure; `info` is a fence's.

    `text` is a paragraph or heading, `row` a table's, `html` a block of raw HTML, `code` an indented code block,
    `fence` one that is not closed.
    """

    kind: Literal["text", "row", "html", "code", "fence", "closed-fence"]
    lines: tuple[Place, ...]
    info: str = ""


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
    block_token.Footnote,
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
def read_blocks(lines: tuple[str, ...]) -> tuple[tuple[Block, ...], Definitions]:
    """The leaf blocks of the lines (without their endings), in order, and the link reference definitions.

    Raises `Unreadable`, or whatever mistletoe fails with.
    """
    if any(_CONTAINER_MARKS.match(line) or _DEEP_INDENT.match(line) for line in lines):
        raise Unreadable("nested too deeply")
    lines = tuple(_without_inner_tab(line) if ">\t" in line else line for line in lines)
    document = block_token.Document([f"{line}\n" for line in lines])
    definitions = tuple((label, target) for label, (target, _) in document.footnotes.items())
    return tuple(_leaves(document, lines)), definitions


def _without_inner_tab(line: str) -> str:
    """The line with a space for a tab behind a ``>`` in its text, where mistletoe would put three."""
    prefix = _PREFIX.match(line)
    start = prefix.end() if prefix else 0
    return line[:start] + line[start:].replace(">\t", "> ")


def _leaves(block: Any, lines: Sequence[str]) -> Iterator[Block]:
    kind = type(block)
    first = getattr(block, "line_number", 1) - 1
    if kind is block_token.Paragraph or kind is block_token.SetextHeading:
        yield Block("text", tuple(_places(_content(block), first, lines)))
    elif kind is block_token.Heading:
        content = _content(block)
        marks = _HEADING_MARKS.search(lines[first])
        column = lines[first].find(content, marks.end() if marks else 0)
        yield Block("text", (Place(first, column, column + len(content)),))
    elif kind is _Fence:
        count = len(block.children[0].content.split("\n")) + block.closed
        column = max(lines[first].find(block.delimiter), 0)
        yield Block(
            "closed-fence" if block.closed else "fence", _range(first, column, count), block.info_string.strip()
        )
    elif kind is block_token.BlockCode:
        yield Block("code", _range(first, 0, block.content.count("\n")))
    elif kind is block_token.HtmlBlock:
        yield Block("html", _range(first, 0, block.content.count("\n") + 1))
    elif kind is block_token.Table:
        for row in (block.header, *block.children):
            yield Block("row", (Place(row.line_number - 1, 0),))
    else:
        for child in block.children or ():
            yield from _leaves(child, lines)


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
