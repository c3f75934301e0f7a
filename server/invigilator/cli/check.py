"""`invigilator check`: reports in, a verdict out."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, Protocol

from invigilator.analysis import Analysis
from invigilator.checks.finding import SEVERITIES, Severity
from invigilator.cli import text_format
from invigilator.cli.codes import chosen
from invigilator.cli.loading import STANDARD_INPUT, Checked, Refused
from invigilator.cli.output import Write, complain, file_or_stdout, shown
from invigilator.cli.paths import reports
from invigilator.cli.progress import counted
from invigilator.cli.view import tally, view
from invigilator.summary import error_json, report_json

Format = Literal["text", "json"]
FORMATS: Final[tuple[Format, ...]] = ("text", "json")
Threshold = Literal["error", "warning", "information", "hint", "never"]
THRESHOLDS: Final[tuple[Threshold, ...]] = (*SEVERITIES, "never")

FINE: Final = 0
FAULTS: Final = 1
UNUSABLE: Final = 2


@dataclass(frozen=True)
class Options:
    """What the command was asked for. `output` is a file's path (None: standard output)."""

    paths: Sequence[str]
    format: Format = "text"
    output: str | None = None
    fail_on: Threshold = "warning"
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()


class Printer(Protocol):
    """One of the formats: gets every report, then the end."""

    def checked(self, report: Checked) -> None: ...

    def refused(self, report: Refused) -> None: ...

    def end(self) -> None: ...


def check(options: Options) -> int:
    """Check the reports and print what was found; returns the exit code. Raises OutputError."""
    code = FINE
    warned: set[str] = set()
    refused: list[Refused] = []
    with file_or_stdout(options.output) as write:
        printer = _printer(options, write)
        to_terminal = isinstance(printer, _Text) and printer.is_terminal
        for report in counted(reports(options.paths), is_shown=not to_terminal):
            if isinstance(report, Refused):
                refused.append(report)
                printer.refused(report)
                continue
            report = report._replace(analysis=chosen(report.analysis, options.select, options.ignore))
            for warning in _warnings(report):
                if warning not in warned:
                    warned.add(warning)
                    complain(f"warning: {warning}")
            printer.checked(report)
            if code == FINE and _is_at_fault(report.analysis, options.fail_on):
                code = FAULTS
        printer.end()
    for one in refused:
        complain(f"invigilator: {one.path}: {one.reason}")
    return UNUSABLE if refused else code
