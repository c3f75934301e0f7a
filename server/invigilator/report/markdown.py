"""The one door to mistletoe: what a stretch of Markdown holds, with exact ranges.

mistletoe reads the blocks; its inline pass is put off by a token that keeps a leaf block's text as it is (`_Inline`),
and run here over that text with mistletoe's own tokenizer, which knows where every match stands. A leaf block's text
is its source lines less what their containers took off the front, so every offset in it has one place in the source.

mistletoe keeps its state in its modules: one parse at a time (`_LOCK`), and after a failure the state is put back.
It is slow or fails on some texts that nobody writes (thousands of brackets, hundreds of nested quotes): those raise
`Unreadable` at once, and the caller goes on with what can be said line by line.
"""

from __future__ import annotations

import html
import re
import threading
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, count
from typing import Any, Final, Literal, NamedTuple

from mistletoe import block_token, core_tokens, span_token, span_tokenizer, token

from invigilator.text import Span

Definitions = tuple[tuple[str, str], ...]
"""Link reference definitions: normalised label and destination."""

LinkKind = Literal["link", "image"]


class Link(NamedTuple):
    """A link or an image that Markdown really makes one.

    `span` is all of it, `label` its text between the brackets, `destination` the path as written (without angle
    brackets; None for a reference), `target` that path with escapes and entities undone, still percent-encoded.
    `has_image` is true for a link around an image.
    """

    kind: LinkKind
    span: Span
    label: Span
    destination: Span | None
    target: str
    has_image: bool = False


class HtmlTag(NamedTuple):
    """An HTML tag outside code: its name in lower case and its source."""

    name: str
    span: Span
    source: str


class Fence(NamedTuple):
    """A fenced code block, from its first back-tick to its end; `opener` is the first line's part of it."""

    span: Span
    opener: Span
    info: str
    closed: bool


class Markdown(NamedTuple):
    """What a stretch of Markdown holds, in document order; offsets count from the stretch's start."""

    links: tuple[Link, ...] = ()
    tags: tuple[HtmlTag, ...] = ()
    comments: tuple[Span, ...] = ()
    code: tuple[Span, ...] = ()
    """Code blocks, fenced and indented, and inline code."""
    fences: tuple[Fence, ...] = ()
    open_comment: Span | None = None
    """The opener of a comment that nothing closes."""
    prose: tuple[str, ...] = ()
    """The text a reader sees, a piece for every leaf block; code blocks, alt text, tags and comments are left out."""
    definitions: Definitions = ()


class Unreadable(Exception):  # noqa: N818 - it is a fact about the text, not a defect
    """This text cannot be read as Markdown within a fair time."""


MOST_BRACKETS: Final = 300
"""In one paragraph; mistletoe takes quadratic time: 500 take 60 ms, 4,000 over 3 s."""
MOST_STEPS: Final = 3_000_000
"""Characters that may have to be looked at behind all the brackets of a paragraph together."""
MOST_BACKSLASHES: Final = 5_000
MOST_LINES: Final = 10_000
"""Of one answer."""
MOST_DEPTH: Final = 40
"""Nested quotes and lists; from about 200 on mistletoe runs out of stack."""

_LOCK: Final = threading.RLock()
_CONTAINER_MARKS: Final = re.compile(r"^[ \t]*(?:(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])[ \t]*){" + str(MOST_DEPTH) + ",}")
_DEEP_INDENT: Final = re.compile(r"^[ \t]{" + str(2 * MOST_DEPTH) + r",}(?:[-+*]|\d{1,9}[.)])[ \t]")
_SPECIAL: Final = re.compile(r"[\[\]!\\`]")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_NEEDS_INLINE: Final = re.compile(r"[\[<`&\\]")
_HEADING_MARKS: Final = re.compile(r"#{1,6}(?=[ \t]|$)")
_CELL_BORDER: Final = re.compile(r"(?<!\\)\|")
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


def _put_state_back() -> None:
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


_put_state_back()


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
            _put_state_back()
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
        blocks, own = read_blocks(tuple(self.lines if defines else map(skeleton, self.lines, count())))
        self.definitions = _first_of_each((*self.definitions, *own)) if own else self.definitions
        for block in blocks:
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
        else:
            self.fence(block)

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
        for tag in _TAG.finditer(source):
            self.tags.append(HtmlTag(tag[1].lower(), Span(*tag.span()).moved(start), tag[0]))
        return _unescape(_TAG.sub(" ", source))

    def take(self, content: str, origins: Sequence[tuple[int, int]]) -> None:
        """Add what a leaf block's text holds; `origins` say where its lines stand in the source."""
        if not _NEEDS_INLINE.search(content):
            self.prose.append(content)
            return
        inline = _inline(content, self.definitions if "]" in content else ())
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


def _content(block: Any) -> str:
    """The text of a leaf block, which its one `_Inline` token keeps."""
    return "".join(child.content for child in block.children)


def _first_of_each(definitions: Definitions) -> Definitions:
    first: dict[str, str] = {}
    for label, destination in definitions:
        first.setdefault(label, destination)
    return tuple(first.items())


def _unescape(text: str) -> str:
    """Entities undone, those with their semicolon only, as CommonMark wants it."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


class _Found(NamedTuple):
    """What a leaf block's text holds; offsets count from that text's start."""

    links: tuple[Link, ...]
    tags: tuple[HtmlTag, ...]
    comments: tuple[Span, ...]
    code: tuple[Span, ...]
    prose: str

    @property
    def found(self) -> bool:
        return bool(self.links or self.tags or self.comments or self.code)


class _Definitions:
    """The shape in which mistletoe looks for link reference definitions."""

    def __init__(self, definitions: Definitions) -> None:
        self.footnotes: Mapping[str, tuple[str, str]] = {label: (target, "") for label, target in definitions}


@lru_cache(maxsize=2048)
def _inline(content: str, definitions: Definitions) -> _Found:
    """mistletoe's inline pass over a leaf block's text, less emphasis, which changes no word and no range."""
    matches: list[Any] = []
    code: Iterable[Any] = ()
    if "](" in content or (definitions and "]" in content):
        if max(content.count("["), content.count("]")) > MOST_BRACKETS:
            raise Unreadable(f"more than {MOST_BRACKETS} brackets in one paragraph")
        if content.count("](") * len(content) > MOST_STEPS:
            raise Unreadable("too many brackets in one long paragraph")
        links, code = _links_and_code(content, _Definitions(definitions))
        matches = [(_Links, match) for match in links]
    elif "`" in content:
        code = core_tokens.code_pattern.finditer(content)
    if "<" in content:
        if content.count("<") > MOST_BRACKETS:
            raise Unreadable(f"more than {MOST_BRACKETS} angle brackets in one paragraph")
        matches += ((span_token.AutoLink, match) for match in span_token.AutoLink.find(content))
        matches += ((span_token.HtmlSpan, match) for match in span_token.HtmlSpan.find(content))
    if "\\" in content:
        if content.count("\\") > MOST_BACKSLASHES:
            raise Unreadable(f"more than {MOST_BACKSLASHES:,} backslashes in one paragraph")
        matches += ((span_token.EscapeSequence, match) for match in span_token.EscapeSequence.find(content))
    matches += ((span_token.InlineCode, match) for match in code)
    tokens = sorted(
        span_tokenizer.ParseToken(match.start(), match.end(), match, content, kind, span_token.RawText)
        for kind, match in matches
    )
    kept: list[Any] = []
    if tokens:
        previous = tokens[0]
        for current in tokens[1:]:
            previous = span_tokenizer.eval_tokens(previous, current, kept)
        kept.append(previous)
    collector = _Collector(content)
    prose = collector.text(kept, 0, len(content))
    return _Found(
        tuple(collector.links), tuple(collector.tags), tuple(collector.comments), tuple(collector.code), prose
    )


def _links_and_code(content: str, definitions: _Definitions) -> tuple[list[Any], list[Any]]:
    """The links and images, and the inline code between them: mistletoe's `find_core_tokens` without emphasis.

    It looks at brackets, exclamation marks, backslashes and code only, where that one takes every character in turn.
    """
    delimiters: list[Any] = []
    links: list[Any] = []
    codes: list[Any] = []
    position, bang = 0, -2
    code = core_tokens.code_pattern.search(content)
    while (special := _SPECIAL.search(content, position)) is not None:
        at = special.start()
        if code is not None and code.start() <= at:
            codes.append(code)
            position = code.end()
            code = core_tokens.code_pattern.search(content, position)
            continue
        position = at + 1
        if special[0] == "\\":
            position += 1  # the next character means itself
        elif special[0] == "!":
            bang = at
        elif special[0] == "[":
            delimiters.append(core_tokens.Delimiter(at - (bang == at - 1), at + 1, content))
        elif special[0] == "]":
            end = core_tokens.find_link_image(content, at, delimiters, links, definitions) + 1
            if end != position:
                position = end
                code = core_tokens.code_pattern.search(content, position)
    return links, codes


class _Links(span_token.SpanToken):
    """Links and images, which mistletoe's search finds together."""

    precedence = 3


class _Collector:
    """Walks the inline tokens of one text."""

    def __init__(self, content: str) -> None:
        self.content = content
        self.links: list[Link] = []
        self.tags: list[HtmlTag] = []
        self.comments: list[Span] = []
        self.code: list[Span] = []

    def text(self, tokens: Sequence[Any], start: int, end: int) -> str:
        """What a reader sees between `start` and `end`."""
        return "".join(self.pieces(tokens, start, end))

    def pieces(self, tokens: Sequence[Any], start: int, end: int) -> Iterator[str]:
        offset = start
        for each in tokens:
            yield _unescape(self.content[offset : each.start])
            yield self.token(each)
            offset = max(offset, each.end)
        yield _unescape(self.content[offset:end])

    def token(self, each: Any) -> str:
        span = Span(each.start, each.end)
        if each.cls is _Links:
            return self.link(each, span)
        if each.cls is span_token.InlineCode:
            self.code.append(Span(each.match.start(1), each.end))
            return self.content[each.start : each.match.start(1)].replace("\\\\", "\\") + str(each.match.group(2))
        if each.cls is span_token.HtmlSpan:
            return self.html(each.match.group(0), span)
        return str(each.match.group(1))  # an escaped character, an address in angle brackets

    def link(self, each: Any, span: Span) -> str:
        match = each.match
        image = match.type == "Image"
        position = len(self.links)
        text = self.text(each.children, each.parse_start, each.parse_end)
        destination = None
        if match.start(2) >= 0:
            angles = match.dest_type == "angle_uri"
            destination = Span(match.start(2) + angles, match.end(2) - angles)
        written = match.group(2) if destination is None else self.content[destination.start : destination.end]
        target = _unescape(span_token.EscapeSequence.pattern.sub(r"\1", written.strip()))
        inner = self.links[position:]
        link = Link(
            "image" if image else "link",
            span,
            Span(each.parse_start, each.parse_end),
            destination,
            target,
            any(other.kind == "image" for other in inner),
        )
        self.links.insert(position, link)
        return " " if image else text

    def html(self, source: str, span: Span) -> str:
        if source.startswith("<!--"):
            self.comments.append(span)
            return ""
        if tag := _TAG.match(source):
            self.tags.append(HtmlTag(tag[1].lower(), span, source))
            return " " if tag[1].lower() == "br" else ""
        return ""
