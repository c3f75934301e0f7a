"""The inline pass over a leaf block's text: links, images, tags, comments, code, and what a reader sees."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from mistletoe import core_tokens, span_token, span_tokenizer

from invigilator.report.markdown.model import Definitions, HtmlTag, Link, Unreadable
from invigilator.text import Span

MOST_BRACKETS: Final = 300
"""In one paragraph; mistletoe takes quadratic time: 500 take 60 ms, 4,000 over 3 s."""
MOST_STEPS: Final = 3_000_000
"""Characters that may have to be looked at behind all the brackets of a paragraph together."""
MOST_BACKSLASHES: Final = 5_000

TAG: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_SPECIAL: Final = re.compile(r"[\[\]!\\`]")
_ENTITY: Final = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def unescape(text: str) -> str:
    """Entities undone, those with their semicolon only, as CommonMark wants it."""
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text) if "&" in text else text


def target_of(written: str) -> str:
    """What a destination as written means: escapes and entities undone, still percent-encoded."""
    return unescape(span_token.EscapeSequence.pattern.sub(r"\1", written.strip()))


class Found(NamedTuple):
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
def read_inline(content: str, definitions: Definitions) -> Found:
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
    return Found(tuple(collector.links), tuple(collector.tags), tuple(collector.comments), tuple(collector.code), prose)


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
            yield unescape(self.content[offset : each.start])
            yield self.token(each)
            offset = max(offset, each.end)
        yield unescape(self.content[offset:end])

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
        target = target_of(written)
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
        if tag := TAG.match(source):
            self.tags.append(HtmlTag(tag[1].lower(), span, source))
            return " " if tag[1].lower() == "br" else ""
        return ""
