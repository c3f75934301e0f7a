"""`--format text`: for people, report by report."""

from __future__ import annotations

from typing import Protocol

from invigilator.cli import text_format
from invigilator.cli.formats.total import Total
from invigilator.cli.loading import Checked, Refused
from invigilator.cli.output import Write, shown
from invigilator.cli.view import View, view


class Pages(Protocol):
    """Where text is shown: a terminal, or lines in a file."""

    def report(self, view: View) -> None:
        """Print a report."""

    def line(self, text: str) -> None:
        """Print a line, or an empty one."""

    def separate(self) -> None:
        """Set what follows apart from what there was."""


class Plain:
    """Text without colours, which is not wrapped."""

    def __init__(self, write: Write) -> None:
        self._write = write

    def report(self, view: View) -> None:
        """Print a report."""
        self._write("".join(f"{line}\n" for line in text_format.render(view)))

    def line(self, text: str) -> None:
        """Print a line, or an empty one."""
        self._write(f"{text}\n")

    def separate(self) -> None:
        """Print an empty line."""
        self._write("\n")


class Text:
    """The printer."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._total = Total()
        self._is_any_shown = False
        self._refused: list[Refused] = []

    def checked(self, report: Checked, is_fine: bool) -> None:
        """Print a report."""
        self._separate()
        self._pages.report(view(report.path, report.analysis))
        self._is_any_shown = True
        self._total.checked(report, is_fine)

    def refused(self, report: Refused) -> None:
        """Keep it for the end; a single one is told on standard error only."""
        self._refused.append(report)
        self._total.refused()

    def end(self) -> None:
        """Print what is said of several reports together."""
        if self._total.reports < 2:
            return
        self._separate()
        for report in self._refused:
            self._pages.line(shown(f"{report.path}: {report.reason}"))
        self._pages.line(str(self._total))

    def _separate(self) -> None:
        if self._is_any_shown:
            self._pages.separate()
