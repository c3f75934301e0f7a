"""How many reports there were, and how they are."""

from __future__ import annotations

from collections import Counter

from invigilator.checks.finding import Severity
from invigilator.cli.loading import Checked
from invigilator.cli.view import tally


class Total:
    """What is said of several reports together."""

    def __init__(self) -> None:
        self._fine = self._not_fine = self._refused = 0
        self._findings: Counter[Severity] = Counter()

    def checked(self, report: Checked, is_fine: bool) -> None:
        """Count a report."""
        self._fine += is_fine
        self._not_fine += not is_fine
        self._findings.update(finding.severity for _, finding in report.analysis.placed())

    def refused(self) -> None:
        """Count one that could not be checked."""
        self._refused += 1

    @property
    def reports(self) -> int:
        """How many there were."""
        return self._fine + self._not_fine + self._refused

    def __str__(self) -> str:
        parts = ((self._fine, "fine"), (self._not_fine, "not fine"), (self._refused, "not checked"))
        said = ", ".join(f"{number} {what}" for number, what in parts if number)
        return f"{self.reports} reports: {said}; {tally(self._findings)}"
