"""HTML in Markdown: the few tags that the readable page makes again, from what was parsed of them; the rest is text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Final, NamedTuple

ALLOWED: Final = frozenset({"br", "details", "img", "sub", "summary", "sup"})

_TAG_OR_COMMENT: Final = re.compile(
    r"<!--|</?(" + "|".join(sorted(ALLOWED)) + r")(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.IGNORECASE,
)
_LITERAL: Final = re.compile(r"\s*<(?:script|style|pre|textarea)\b", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*(\d{1,4})\s*(px|%)?\s*", re.ASCII | re.IGNORECASE)


class Tag(NamedTuple):
    """An allowed tag: its name in lower case, whether it is an end tag, its attributes unescaped, and its source."""

    name: str
    ends: bool
    attributes: dict[str, str]
    source: str

    def length(self, attribute: str) -> str | None:
        """A width or height: ``640`` or ``50%``; None for anything else."""
        found = _LENGTH.fullmatch(self.attributes.get(attribute, ""))
        if found is None:
            return None
        return f"{int(found[1])}{'%' if found[2] == '%' else ''}"


def pieces(source: str) -> Iterator[str | Tag]:
    """Text and allowed tags in turn. Comments are left out: a reader sees none of them."""
    if _LITERAL.match(source):
        yield source
        return
    offset = 0
    while (match := _TAG_OR_COMMENT.search(source, offset)) is not None:
        yield source[offset : match.start()]
        offset = match.end()
        if match[1] is not None:
            yield _read_tag(match[0]) or match[0]
        elif (end := source.find("-->", offset)) >= 0:
            offset = end + 3
        else:  # nothing closes it
            offset = match.start()
            break
    yield source[offset:]


class _TagParser(HTMLParser):
    """Reads the one tag that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, bool, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # of an attribute given twice the first counts
        self.found.append((tag, False, {name: value or "" for name, value in reversed(attrs)}))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((tag, True, {}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def _read_tag(source: str) -> Tag | None:
    parser = _TagParser()
    parser.feed(source)
    if len(parser.found) != 1 or parser.rawdata:
        return None
    name, ends, attributes = parser.found[0]
    if name not in ALLOWED or (ends and name in ("img", "br")):
        return None
    return Tag(name, ends, attributes, source)
