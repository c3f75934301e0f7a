"""`--format github`: workflow commands, which GitHub shows as annotations beside the lines; and the job's summary.

See "Workflow commands for GitHub Actions": `::error file=...,line=...,title=...::message`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, Literal, NamedTuple

from invigilator.analysis import Analysis
from invigilator.checks.finding import Severity
from invigilator.cli.formats.job_summary import add_to_job_summary, has_job_summary
from invigilator.cli.formats.markdown import Markdown
from invigilator.cli.formats.places import in_repository
from invigilator.cli.formats.total import Total
from invigilator.cli.loading import STANDARD_INPUT, Checked, Refused
from invigilator.cli.output import Write, shown
from invigilator.cli.view import Line, View, view
from invigilator.official.verdict import Verdict

Kind = Literal["error", "warning", "notice"]
_KINDS: Final[tuple[Kind, ...]] = ("error", "warning", "notice")
_KIND_OF: Final[dict[Severity, Kind]] = {
    "error": "error",
    "warning": "warning",
    "information": "notice",
    "hint": "notice",
}
_SHOWN: Final = 10
"""How many annotations of each kind GitHub shows for a step; it leaves the others to the step's log."""
_SAYS_SO_ITSELF: Final = "report.unreadable"
"""The finding of a report for which the official check stops."""


class Annotation(NamedTuple):
    """One workflow command. Those of a kind are printed by `weight`, the smallest first; `place` are its properties."""

    kind: Kind
    weight: int
    title: str
    message: str
    place: tuple[tuple[str, str | int], ...]

    def __str__(self) -> str:
        properties = ",".join(f"{name}={_property(value)}" for name, value in (*self.place, ("title", self.title)))
        return f"::{self.kind} {properties}::{_escaped(shown(self.message))}"


class GitHub:
    """The printer. Which annotations are the ten to be shown is known only at the end, so all is printed there."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._annotations: list[Annotation] = []
        self._lines: list[str] = []
        self._page: list[str] = []
        self._summary = Markdown(self._page.append)
        self._total = Total()

    def checked(self, report: Checked, is_fine: bool) -> None:
        """Add a report."""
        seen = view(report.path, report.analysis)
        self._annotations += _annotations(seen, report.analysis, is_fine)
        self._lines += [f"Checked {seen.path} ({seen.judged_by}): {seen.tally}", *seen.result]
        self._summary.checked(report, is_fine)
        self._total.checked(report, is_fine)

    def refused(self, report: Refused) -> None:
        """Add one that could not be checked."""
        message = f"{in_repository(report.path)}: {report.reason}"
        self._annotations.append(Annotation("error", 0, "Not checked", message, _file(report.path)))
        self._lines.append(f"Not checked: {report.path}: {report.reason}")
        self._summary.refused(report)
        self._total.refused()

    def end(self) -> None:
        """Print the annotations, then the verdicts; and the summary, where there is a job that takes one."""
        for annotation in _in_order(self._annotations):
            self._write(f"{annotation}\n")
        if self._total.reports > 1:
            self._lines.append(str(self._total))
        for line in self._lines:
            # nothing in a file's name may be a command: the older kind of them is found in the middle of a line too
            self._write(f"{shown(line)}\n".replace("##[", "## ["))
        self._summary.end()
        add_to_job_summary("".join(self._page))


def _annotations(seen: View, analysis: Analysis, is_fine: bool) -> Iterator[Annotation]:
    lines = [(group.title, line) for group in seen.groups for line in group.lines]
    if _is_to_be_told(analysis.verdict, (line.code for _, line in lines)):
        first = seen.failing[0].line if seen.failing else 1
        place = (*_file(seen.path), ("line", first))
        yield Annotation("warning" if is_fine else "error", 0, "Official check", _told(seen), place)
    for title, line in lines:
        weight = 2 if line.severity == "hint" else 1
        yield Annotation(
            _KIND_OF[line.severity], weight, f"{title}: {line.code}", _message(seen, line), _span(seen, line)
        )


def _is_to_be_told(verdict: Verdict | None, codes: Iterable[str]) -> bool:
    """Whether the official check fails a question, or stops and none of the findings says so."""
    if verdict is None:
        return False
    if verdict.runs:
        return not all(answer.passed for answer in verdict.answers)
    return _SAYS_SO_ITSELF not in codes


def _told(seen: View) -> str:
    """What the official check says; which questions fail it, and where."""
    said = f"{in_repository(seen.path)}: {'. '.join(reversed(seen.result))}"
    failing = "; ".join(f"question {row.name} (line {row.line}): {row.state}" for row in seen.failing)
    return f"{said}. Failing: {failing}" if failing else said


def _message(seen: View, line: Line) -> str:
    # the log shows neither place nor title, and is where all but the first ten stand
    return f"{in_repository(seen.path)}:{line.line}:{line.column}: {line.message}"


def _span(seen: View, line: Line) -> tuple[tuple[str, str | int], ...]:
    place = (*_file(seen.path), ("line", line.line), ("endLine", line.end_line))
    if line.line != line.end_line:  # GitHub takes columns of a single line only
        return place
    return (*place, ("col", line.column), ("endColumn", line.end_column))


def _file(path: str) -> tuple[tuple[str, str | int], ...]:
    return () if path == STANDARD_INPUT else (("file", in_repository(path)),)


def _in_order(annotations: Iterable[Annotation]) -> Iterator[Annotation]:
    """The gravest first; of each kind the tenth, the last that is shown, says how many more there are."""
    ordered = sorted(annotations, key=lambda one: (_KINDS.index(one.kind), one.weight))
    for kind, group in groupby(ordered, key=lambda one: one.kind):
        all_of_them = list(group)
        more = len(all_of_them) - _SHOWN
        if more <= 0:
            yield from all_of_them
            continue
        yield from all_of_them[: _SHOWN - 1]
        where = "the log of this step" + (" and the summary of the job" if has_job_summary() else "")
        message = f"{more + 1} more {kind}s are in {where}."
        yield Annotation(kind, 0, f"GitHub shows {_SHOWN} {kind}s for a step", message, ())
        yield from all_of_them[_SHOWN - 1 :]


def _property(value: str | int) -> str:
    return _escaped(shown(str(value))).replace(":", "%3A").replace(",", "%2C")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
