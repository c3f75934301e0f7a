"""How far in the lines of a list must stand to be a list on the handed-in page: 4 columns for every level.

On GitHub a line belongs to an item from where its text begins, at most 4 columns behind its marker; so what is right
here is right there. Columns count from behind the quote marks of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from invigilator.report.markdown import Markdown
from invigilator.report.markdown.model import List, ListItem
from invigilator.report.sections import Section

_STEP: Final = 4
_PREFIX: Final = re.compile(r"(?P<quote> {0,3}(?:>[ \t]?)+)?(?P<indent>[ \t]*)")


class _Part(NamedTuple):
    """From `line` on, to the next part, lines move `by` columns; those behind a blank line `later`."""

    line: int
    by: int
    later: int


def moves(section: Section, markdown: Markdown, offset: int) -> dict[int, int]:
    """By how many columns the lines of the list around `offset` must move to the right; only those that must."""
    lists = markdown.lists
    top = next((i for i, each in enumerate(lists) if each.level == 0 and _holds(each, offset)), None)
    if top is None:
        return {}
    source = section.source
    parts: list[_Part] = []
    moved: dict[int, int] = {}  # by how much an item moves, by where its marker stands
    deeper = int(_is_meant_as_inner(section, lists[:top], lists[top]))
    for each in lists[top:]:
        if not _holds(lists[top], each.span.start):
            break
        level = each.level + deeper
        outer = moved[_outer_item(lists, each).marker.start] if each.outer is not None else 0
        for item in each.items:
            line = source.line_of(item.marker.start)
            edge = left_edge(_text(section, line))
            by = max(outer, _STEP * level + edge - item.column if level else 0)
            inside = _STEP * (level + 1) + edge  # where the item's further paragraphs begin
            moved[item.marker.start] = by
            parts.append(_Part(line, by, max(by, inside - _content_column(_text(section, line), item))))
            for span, column in item.paragraphs:
                move = max(by, inside - column)
                parts.append(_Part(source.line_of(span.start), move, move))
    last = source.line_of(max(lists[top].span.start, lists[top].span.end - 1))
    return dict(_by_line(section, sorted(parts), last))


def code_column(section: Section, markdown: Markdown, offset: int) -> int:
    """The column at which code must begin at `offset` to be code and nothing else.

    Behind a list it would be the text of its last item from 4 columns on, so there it is code of that item.
    """
    column = 0
    for each in markdown.lists:
        is_behind = each.span.end <= offset and not section.text[each.span.end : offset].strip(" \t\r\n>")
        if not (is_behind or _holds(each, offset)):
            continue
        item = next((item for item in reversed(each.items) if item.marker.start < offset), None)
        if item is not None:
            line = _text(section, section.source.line_of(item.marker.start))
            column = max(column, _STEP * (each.level + 1), _content_column(line, item) - left_edge(line))
    return column + _STEP


def left_edge(line: str) -> int:
    """The column behind a line's quote marks, tabs taken to the next of 4."""
    found = _PREFIX.match(line)
    return len((found["quote"] or "").expandtabs(_STEP)) if found else 0


def column_of(line: str) -> int:
    """The column at which a line's text begins."""
    found = _PREFIX.match(line)
    return len(found[0].expandtabs(_STEP)) - left_edge(line) if found else 0


def _by_line(section: Section, parts: Sequence[_Part], last: int) -> Iterator[tuple[int, int]]:
    for part, following in zip(parts, [*(p.line for p in parts[1:]), last + 1], strict=True):
        by = part.by
        for line in range(part.line, following):
            text = _text(section, line)
            if not text.strip(" \t>"):
                by = part.later
            elif by and (line == part.line or column_of(text)):
                yield line, by


def _text(section: Section, line: int) -> str:
    return section.text[slice(*section.source.line_span(line))]


def _holds(each: List, offset: int) -> bool:
    return each.span.start <= offset < each.span.end


def _outer_item(lists: Sequence[List], each: List) -> ListItem:
    """The item that an inner list stands in."""
    items = lists[each.outer or 0].items
    return next(item for item in reversed(items) if item.marker.start < each.span.start)


def _is_meant_as_inner(section: Section, before: Sequence[List], each: List) -> bool:
    """Whether an outermost list stands right below another one and a little to the right of its last marker."""
    last = next((one for one in reversed(before) if one.level == 0), None)
    if last is None:
        return False
    line_of = section.source.line_of
    is_below = line_of(max(last.span.start, last.span.end - 1)) == line_of(each.span.start) - 1
    return is_below and 0 < each.items[0].column - last.items[-1].column < _STEP


def _content_column(line: str, item: ListItem) -> int:
    """The column, quote marks and all, at which an item's text begins: 1 to 4 behind its marker, 1 where it is more."""
    marker = item.marker.end - item.marker.start
    behind = line.expandtabs(_STEP)[item.column + marker :]
    spaces = len(behind) - len(behind.lstrip(" "))
    return item.column + marker + (spaces if 1 <= spaces <= 4 and behind.strip() else 1)
