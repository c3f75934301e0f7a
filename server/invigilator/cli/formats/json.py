"""`--format json`: version 1, see `summary.py`."""

from __future__ import annotations

import json
from typing import Any

from invigilator.cli.loading import Checked, Refused
from invigilator.cli.output import Write
from invigilator.summary import error_json, report_json


class Json:
    """The printer."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._reports: list[dict[str, Any]] = []

    def checked(self, report: Checked, is_fine: bool) -> None:
        """Add a report's entry."""
        self._reports.append(report_json(report.analysis, report.path))

    def refused(self, report: Refused) -> None:
        """Add the entry of one that could not be checked."""
        self._reports.append(error_json(report.path, report.reason))

    def end(self) -> None:
        """Print the document: in ASCII, which every console takes and which keeps file names that are no text."""
        self._write(json.dumps({"version": 1, "reports": self._reports}, indent=2) + "\n")
