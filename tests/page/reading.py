"""Reading a page as a browser would: which elements there are, and whether they are all allowed and closed."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final, NamedTuple

VOID: Final = {"br", "hr", "img", "meta"}
_COMMON: Final = ("class",)
_ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    "a": ("class", "href", "rel", "title", "aria-label"),
    "blockquote": (),
    "br": (),
    "code": (),
    "del": (),
    "details": ("class", "open"),
    "div": _COMMON,
    "em": (),
    **{f"h{level}": () for level in range(1, 7)},
    "hr": (),
    "img": ("src", "alt", "title", "width", "height"),
    "li": _COMMON,
    "ol": ("start",),
    "p": _COMMON,
    "pre": _COMMON,
    "section": ("id",),
    "span": ("class", "role", "aria-label", "title"),
    "strong": (),
    "sub": (),
    "summary": (),
    "sup": (),
    "table": (),
    "tbody": (),
    "td": _COMMON,
    "th": ("class", "scope"),
    "thead": (),
    "tr": (),
    "ul": (),
}
_FRAME: Final = {"html", "head", "meta", "title", "style", "body", "nav", "main"}
_HREF: Final = re.compile(r"(?:https?://|mailto:)[!-~]+|#question-\d+(?:-\d+)?|#report", re.IGNORECASE)
_SRC: Final = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/]+=*")


class Element(NamedTuple):
    """A start tag."""

    name: str
    attributes: dict[str, str | None]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.text: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice: {tag} {attrs}"
        self.elements.append(Element(tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"nothing is open: </{tag}>"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] != ["style"]:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")

    def handle_decl(self, decl: str) -> None:
        assert decl == "DOCTYPE html"

    def done(self) -> None:
        self.close()
        assert self._open == []


def read(html: str) -> tuple[list[Element], str]:
    """The elements and the text of a whole page or a part. Fails where an element is not closed in its place."""
    reader = _Reader()
    reader.feed(html)
    reader.done()
    return reader.elements, "".join(reader.text)


def check(html: str, *, is_part: bool = False) -> tuple[list[Element], str]:
    """The same; fails as well for an element, an attribute or an address that no page has."""
    elements, text = read(html)
    for name, attributes in elements:
        if not is_part and name in _FRAME:
            continue
        assert name in _ALLOWED, name
        assert set(attributes) <= set(_ALLOWED[name]) | ({"id"} if attributes.get("id") == "contents" else set()), name
        if name == "a":
            assert _HREF.fullmatch(attributes["href"] or ""), attributes
        if name == "img":
            assert _SRC.fullmatch(attributes["src"] or ""), attributes["src"]
            for length in (attributes.get("width"), attributes.get("height")):
                assert length is None or re.fullmatch(r"\d{1,10}%?", length)
    return elements, text
