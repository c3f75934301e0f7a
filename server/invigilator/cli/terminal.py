"""The same text for a terminal: colours, and messages that are wrapped to its width."""

from __future__ import annotations

import sys
import textwrap
from typing import Final

from rich.console import Console
from rich.text import Text

from invigilator.checks.finding import Severity
from invigilator.cli.output import shown
from invigilator.cli.text_format import table
from invigilator.cli.view import Group, View

_STYLES: Final[dict[Severity, str]] = {
    "error": "bold red",
    "warning": "yellow",
    "information": "cyan",
    "hint": "dim",
}
_WIDEST: Final = 100
_INDENT: Final = " " * 6


class Terminal:
    """Standard output, which is a terminal."""

    def __init__(self) -> None:
        self._console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)

    def report(self, view: View) -> None:
        """Print a report."""
        self._print((shown(view.path), "bold"), (f"  {shown(view.judged_by)}", "dim"))
        self.line("")
        if view.failing:
            self.line(view.failing_title)
            self.line("")
            heading, *rows = table(view.failing)
            self._print((heading, "dim"))
            for row in rows:
                self.line(row)
            self.line("")
            if view.note:
                self.line(view.note)
                self.line("")
        for group in view.groups:
            self._group(view.path, group)
        if view.passing:
            self._print(("Pass: ", "green"), (view.passing, ""))
        if view.passing_unanswered:
            self.line(f"Pass, but not answered: {view.passing_unanswered}")
        self.line(view.tally)
        for line in view.result:
            self._print((line, "bold yellow" if view.failing else "bold green"))

    def line(self, text: str) -> None:
        """Print a line, or an empty one."""
        self._print((text, ""))

    def separate(self) -> None:
        """Draw a line between two reports."""
        self._console.rule(style="dim")

    def _group(self, path: str, group: Group) -> None:
        self._print((group.title, "bold"))
        width = min(self._console.width, _WIDEST) - 1
        for line in group.lines:
            self._print(
                ("  ", ""),
                (line.severity, _STYLES[line.severity]),
                (f"  {shown(path)}:{line.line}:{line.column}", ""),
                (f"  [{line.code}]", "dim"),
            )
            self.line(
                textwrap.fill(
                    shown(line.message),
                    max(width, 40),
                    initial_indent=_INDENT,
                    subsequent_indent=_INDENT,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )
        self.line("")

    def _print(self, *parts: tuple[str, str]) -> None:
        self._console.print(Text.assemble(*parts), soft_wrap=True)
