"""What a stretch of Markdown holds."""

from __future__ import annotations

from typing import Literal, NamedTuple

from invigilator.report.markdown.layout import NO_LAYOUT, Layout, List, ListItem
from invigilator.report.markdown.structure import Definitions
from invigilator.text import Span

__all__ = [
    "Definition",
    "Definitions",
    "Fence",
    "HtmlTag",
    "Layout",
    "Link",
    "LinkKind",
    "List",
    "ListItem",
    "Markdown",
    "Unreadable",
]

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


class Definition(NamedTuple):
    """A link reference definition, as in ``[a]: figures/x.png``.

    `label` is normalised, as in `Definitions`; `span` goes from the ``[`` to the end of the path, `destination` is the
    path as written (without angle brackets), `target` that path as in a `Link`.
    """

    label: str
    span: Span
    destination: Span
    target: str


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
    defined: tuple[Definition, ...] = ()
    """The same with their places, and those of a label that was defined before."""
    layout: Layout = NO_LAYOUT

    @property
    def lists(self) -> tuple[List, ...]:
        """The lists; one stands before those in it."""
        return self.layout.lists

    @property
    def tables(self) -> tuple[Span, ...]:
        """The tables, from the first row's text to the last row's end."""
        return self.layout.tables

    @property
    def underlines(self) -> tuple[Span, ...]:
        """The dashes or equals signs that make a heading of the text above."""
        return self.layout.underlines

    @property
    def quotes(self) -> tuple[tuple[Span, ...], ...]:
        """Of every quote that is in no other one the outermost ``>``, line by line; a line without one has none."""
        return self.layout.quotes


class Unreadable(Exception):  # noqa: N818 - it is a fact about the text, not a defect
    """This text cannot be read as Markdown within a fair time."""
