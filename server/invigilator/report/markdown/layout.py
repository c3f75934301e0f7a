"""Where the block structure stands in a text: offsets for lines and columns, made when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from invigilator.report.markdown.structure import Place, Structure
from invigilator.text import Span


class ListItem(NamedTuple):
    """An item of a list: its marker (``-``, ``2.``), and the column it stands in, tabs taken to the next of 4.

    `paragraphs` are its paragraphs but the first, each without its first line's indentation, with their columns.
    """

    marker: Span
    column: int
    paragraphs: tuple[tuple[Span, int], ...] = ()


class List(NamedTuple):
    """A list, from its first marker to the end of its last line.

    `level` is 0 for one that is in no other list; `outer` the place in `Markdown.lists` of the one that it is in.
    """

    span: Span
    level: int
    outer: int | None
    items: tuple[ListItem, ...]


class Layout:
    """A text's block structure, which stays the same object while words are typed, and where its lines are. A value."""

    def __init__(self, structure: Structure, lines: Sequence[str], starts: Sequence[int], by: int = 0) -> None:
        self.structure: Final = structure
        self._lines: Final = lines
        self._starts: Final = starts
        self._by: Final = by

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and (
            (self.structure, self._lines, self._starts, self._by)
            == (other.structure, other._lines, other._starts, other._by)
        )

    def __hash__(self) -> int:
        return hash((self.structure.leaves, self._by))

    def __repr__(self) -> str:
        return f"Layout({self.structure!r})"

    def moved(self, by: int) -> Layout:
        """The same `by` code points further on."""
        return Layout(self.structure, self._lines, self._starts, self._by + by)

    def offset(self, place: Place) -> int:
        """Where a place begins."""
        return self._starts[place.line] + place.column + self._by

    def end(self, place: Place) -> int:
        """Where a place ends, which is where its line does unless it says."""
        column = len(self._lines[place.line]) if place.end is None else place.end
        return self._starts[place.line] + column + self._by

    def span(self, place: Place) -> Span:
        """The source of a place."""
        return Span(self.offset(place), self.end(place))

    @cached_property
    def lists(self) -> tuple[List, ...]:
        """The lists; one stands before those in it."""
        return tuple(
            List(
                Span(self.offset(block.items[0].marker), self.end(Place(block.last, 0))),
                block.level,
                block.outer,
                tuple(
                    ListItem(
                        self.span(marker),
                        self.structure.column(marker),
                        tuple((self.span(place), self.structure.column(place)) for place in paragraphs),
                    )
                    for marker, paragraphs in block.items
                ),
            )
            for block in self.structure.lists
        )

    @cached_property
    def tables(self) -> tuple[Span, ...]:
        """The tables, from the first row's text to the last row's end."""
        return tuple(Span(self.offset(first), self.end(last)) for first, last in self.structure.tables)

    @cached_property
    def underlines(self) -> tuple[Span, ...]:
        """The dashes or equals signs that make a heading of the text above."""
        return tuple(map(self.span, self.structure.underlines))

    @cached_property
    def quotes(self) -> tuple[tuple[Span, ...], ...]:
        """Of every quote that is in no other one the outermost ``>``, line by line; a line without one has none."""
        return tuple(tuple(map(self.span, marks)) for marks in self.structure.quotes)


NO_LAYOUT: Final = Layout(Structure((), ()), (), ())
