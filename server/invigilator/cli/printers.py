"""The formats: each gets every report, one by one, and then the end."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from typing import Any, Protocol

from invigilator.checks.finding import Severity
from invigilator.cli import text_format
from invigilator.cli.loading import Checked, Refused
from invigilator.cli.options import Format
from invigilator.cli.output import Write, shown
from invigilator.cli.view import View, tally, view
from invigilator.summary import error_json, report_json


class Printer(Protocol):
    """Prints reports in one format."""

    def checked(self, report: Checked, is_fine: bool) -> None:
        """A report, and whether it has nothing that the exit code would tell of."""

    def refused(self, report: Refused) -> None:
        """A report that could not be checked."""

    def end(self) -> None:
        """There are no more."""


def printer(form: Format, write: Write, *, to_terminal: bool) -> Printer:
    """The printer of a format; `to_terminal` says that `write` goes to a terminal that can do more than plain text."""
    if form == "json":
        return _Json(write)
    if to_terminal:
        from invigilator.cli.terminal import Terminal  # rich is not worth its 0.1 s where nobody sees it

        return _Text(Terminal())
    return _Text(_Plain(write))


def is_terminal() -> bool:
    """Whether standard output is a terminal that takes more than plain text."""
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


class _Pages(Protocol):
    def report(self, view: View) -> None: ...

    def line(self, text: str) -> None: ...

    def separate(self) -> None: ...


class _Plain:
    def __init__(self, write: Write) -> None:
        self._write = write

    def report(self, view: View) -> None:
        self._write("".join(f"{line}\n" for line in text_format.render(view)))

    def line(self, text: str) -> None:
        self._write(f"{text}\n")

    def separate(self) -> None:
        self._write("\n")


class _Text:
    def __init__(self, pages: _Pages) -> None:
        self._pages = pages
        self._fine = self._not_fine = 0
        self._findings: Counter[Severity] = Counter()
        self._refused: list[Refused] = []

    def checked(self, report: Checked, is_fine: bool) -> None:
        self._separate()
        self._pages.report(view(report.path, report.analysis))
        self._fine += is_fine
        self._not_fine += not is_fine
        self._findings.update(finding.severity for _, finding in report.analysis.placed())

    def refused(self, report: Refused) -> None:
        self._refused.append(report)

    def end(self) -> None:
        total = self._fine + self._not_fine + len(self._refused)
        if total < 2:
            return
        self._separate()
        for report in self._refused:
            self._pages.line(shown(f"{report.path}: {report.reason}"))
        parts = ((self._fine, "fine"), (self._not_fine, "not fine"), (len(self._refused), "not checked"))
        said = ", ".join(f"{number} {what}" for number, what in parts if number)
        self._pages.line(f"{total} reports: {said}; {tally(self._findings)}")

    def _separate(self) -> None:
        if self._fine or self._not_fine:
            self._pages.separate()


class _Json:
    def __init__(self, write: Write) -> None:
        self._write = write
        self._reports: list[dict[str, Any]] = []

    def checked(self, report: Checked, is_fine: bool) -> None:
        self._reports.append(report_json(report.analysis, report.path))

    def refused(self, report: Refused) -> None:
        self._reports.append(error_json(report.path, report.reason))

    def end(self) -> None:
        # in ASCII, which every console takes and which keeps file names that are no text
        self._write(json.dumps({"version": 1, "reports": self._reports}, indent=2) + "\n")
