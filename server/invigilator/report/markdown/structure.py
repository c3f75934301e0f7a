"""The block structure of a stretch of Markdown, by lines and columns: it stays the same while words are typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Definitions = tuple[tuple[str, str], ...]
"""Link reference definitions: normalised label and destination."""


class Place(NamedTuple):
    """Where a line of a block stands: its number, the column it begins at, the one it ends before (None: its end)."""

    line: int
    column: int
    end: int | None = None


class DefinitionPlace(NamedTuple):
    """A link reference definition: its normalised label, where its ``[`` stands, and its destination's text."""

    label: str
    start: Place
    destination: Place


class Block(NamedTuple):
    """A leaf of the block structure; `info` is a fence's.

    `text` is a paragraph or heading, `row` a table's, `html` a block of raw HTML, `code` an indented code block,
    `fence` one that is not closed, `rule` a thematic break.
    """

    kind: Literal["text", "row", "html", "code", "fence", "closed-fence", "rule"]
    lines: tuple[Place, ...]
    info: str = ""


class Item(NamedTuple):
    """An item of a list: its marker, and the first line of each of its paragraphs but the first."""

    marker: Place
    paragraphs: tuple[Place, ...]


class ListBlock(NamedTuple):
    """A list: how many lists it is in, which of them is the nearest, its items, and its last line."""

    level: int
    outer: int | None
    items: tuple[Item, ...]
    last: int


@dataclass(frozen=True)
class Structure:
    """The blocks of a text: the leaves in order, and what they stand in.

    `underlines` are those of setext headings, `quotes` the ``>`` of every outermost quote, line by line. `lines` are
    the text's as far as blocks depend on them (`skeleton`), `defined` the places of the definitions. What follows from
    all this alone is kept with it (`kept`), under the name of what found it.
    """

    leaves: tuple[Block, ...]
    definitions: Definitions
    lists: tuple[ListBlock, ...] = ()
    tables: tuple[tuple[Place, Place], ...] = ()
    underlines: tuple[Place, ...] = ()
    quotes: tuple[tuple[Place, ...], ...] = ()
    lines: tuple[str, ...] = field(default=(), compare=False)
    defined: tuple[DefinitionPlace, ...] = ()
    kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def column(self, place: Place) -> int:
        """The column a place begins at, tabs taken to the next of 4."""
        return len(self.lines[place.line][: place.column].expandtabs(4))
