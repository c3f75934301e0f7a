"""Plain text: for files, pipes and terminals that can do no more. One line a finding, as compilers write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from invigilator.cli.output import shown
from invigilator.cli.rows import Row, bounds_text
from invigilator.cli.view import View

_HEADINGS: Final = ("Question", "Words", "asked", "Characters", "asked", "Images", "asked", "What is wrong", "Line")
_TO_THE_RIGHT: Final = (True, True, False, True, False, True, False, False, True)
_OF_CHARACTERS: Final = (3, 4)


def render(view: View) -> Iterator[str]:
    """The lines of a report."""
    yield f"{shown(view.path)} ({shown(view.judged_by)})"
    yield ""
    if view.failing:
        yield view.failing_title
        yield ""
        yield from table(view.failing)
        yield ""
        if view.note:
            yield view.note
            yield ""
    for group in view.groups:
        yield f"{group.title}:"
        for line in group.lines:
            where = f"{shown(view.path)}:{line.line}:{line.column}"
            yield f"{where}: {line.severity}: {shown(line.message)} [{line.code}]"
        yield ""
    if view.passing:
        yield f"Pass: {view.passing}"
    if view.passing_unanswered:
        yield f"Pass, but not answered: {view.passing_unanswered}"
    yield view.tally
    yield from view.result


def table(rows: Iterable[Row]) -> Iterator[str]:
    """The lines of the table of questions, its headings first."""
    lines, to_the_right = cells(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        padded = zip(line, widths, to_the_right, strict=True)
        yield "  " + "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in padded)


def cells(rows: Iterable[Row]) -> tuple[list[tuple[str, ...]], tuple[bool, ...]]:
    """The cells of that table, line by line, its headings first; and of each column whether it is set to the right."""
    rows = list(rows)
    has_characters = any(row.character_bounds for row in rows)
    shown_columns = [n for n in range(len(_HEADINGS)) if has_characters or n not in _OF_CHARACTERS]
    lines = [tuple(line[n] for n in shown_columns) for line in (_HEADINGS, *map(_cells, rows))]
    return lines, tuple(_TO_THE_RIGHT[n] for n in shown_columns)


def _cells(row: Row) -> tuple[str, ...]:
    """One line. The words of an untouched placeholder are not shown (they are none of the group's), nor are 0 images
    where none are asked for."""
    is_counted = row.words is not None and row.answered
    return (
        row.name,
        str(row.words) if is_counted else "-",
        bounds_text(row.word_bounds),
        str(row.characters) if is_counted and row.character_bounds else "",
        bounds_text(row.character_bounds),
        str(row.images) if is_counted and (row.images or row.image_bounds) else "",
        bounds_text(row.image_bounds),
        row.state,
        str(row.line),
    )
