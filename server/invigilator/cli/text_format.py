"""Plain text: for files, pipes and terminals that can do no more. One line a finding, as compilers write them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from invigilator.cli.output import shown
from invigilator.cli.rows import Row, bounds_text
from invigilator.cli.view import View

HEADINGS: Final = ("Question", "Line", "Words", "asked", "Images", "asked", "")
_TO_THE_RIGHT: Final = (True, True, True, False, True, False, False)


def render(view: View) -> Iterator[str]:
    """The lines of a report."""
    yield f"{shown(view.path)} ({shown(view.judged_by)})"
    yield ""
    if view.failing:
        yield view.failing_title
        yield ""
        yield from (f"  {line}" for line in _aligned([HEADINGS, *map(cells, view.failing)]))
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
    yield view.tally.capitalize()
    yield from view.result


def cells(row: Row) -> tuple[str, ...]:
    """A question's line of the table, under `HEADINGS`; a placeholder's words are none of the student's."""
    is_counted = row.words is not None and (row.answered or row.passed)
    return (
        row.name,
        str(row.line),
        str(row.words) if is_counted else "-",
        bounds_text(row.word_bounds),
        str(row.images) if is_counted and (row.images or row.image_bounds) else "-",
        bounds_text(row.image_bounds),
        row.state,
    )


def _aligned(table: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        parts = zip(line, widths, _TO_THE_RIGHT, strict=True)
        yield "  ".join(cell.rjust(width) if right else cell.ljust(width) for cell, width, right in parts).rstrip()
