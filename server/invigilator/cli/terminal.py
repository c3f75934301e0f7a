"""The same text for a terminal: colours, and lines that are wrapped to its width."""

from __future__ import annotations

import sys
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from invigilator.checks.finding import Severity
from invigilator.cli.output import shown
from invigilator.cli.text_format import HEADINGS, cells
from invigilator.cli.view import Group, View

_STYLES: Final[dict[Severity, str]] = {
    "error": "bold red",
    "warning": "yellow",
    "information": "cyan",
    "hint": "dim",
}
_WIDEST: Final = 100


class Terminal:
    """Standard output, which is a terminal."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        self._console.width = min(self._console.width, _WIDEST)

    def report(self, view: View) -> None:
        """Print a report."""
        console = self._console
        console.print(Text.assemble((shown(view.path), "bold"), (f"  {shown(view.judged_by)}", "dim")), soft_wrap=True)
        console.print()
        if view.failing:
            console.print(Text(view.failing_title))
            console.print(_table(view))
        for group in view.groups:
            self._group(view.path, group)
        if view.passing:
            self._line("Pass: ", view.passing, "green")
        if view.passing_unanswered:
            self._line("Pass, but not answered: ", view.passing_unanswered, "")
        console.print(Text(view.tally.capitalize()))
        for line in view.result:
            console.print(Text(line, "bold"))

    def line(self, text: str) -> None:
        """Print a line, or an empty one."""
        self._console.print(Text(text))

    def _group(self, path: str, group: Group) -> None:
        self._console.print(Text(group.title, "bold"))
        for line in group.lines:
            where = Text.assemble(
                f"  {shown(path)}:{line.line}:{line.column}  ",
                (line.severity, _STYLES[line.severity]),
                (f"  [{line.code}]", "dim"),
            )
            self._console.print(where, soft_wrap=True)
            self._console.print(Padding(Text(shown(line.message)), (0, 0, 0, 6)))
        self._console.print()

    def _line(self, title: str, numbers: str, style: str) -> None:
        self._console.print(Text.assemble((title, style), numbers))


def _table(view: View) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for index, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="right" if index in (0, 1, 2, 4) else "left", no_wrap=index < 6)
    for row in view.failing:
        table.add_row(*(Text(cell) for cell in cells(row)[:-1]), Text(row.state, "yellow"))
    return table
