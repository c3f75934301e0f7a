"""What is said of a report, in the order in which it is said; how it looks is the formats' business."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from invigilator.analysis import Analysis
from invigilator.checks.finding import SEVERITIES, Severity
from invigilator.cli.rows import Row, rows_of
from invigilator.result import result_of

_MOVED: Final = "(as N): the official check takes this answer for that of question N, and judges it by its limits."


class Line(NamedTuple):
    """A finding; lines and columns count from 1, columns in code points, the end is exclusive."""

    line: int
    column: int
    severity: Severity
    code: str
    message: str
    end_line: int
    end_column: int


class Group(NamedTuple):
    """The findings of one question."""

    title: str
    lines: tuple[Line, ...]


class View(NamedTuple):
    """One report.

    `judged_by` says where its limits come from. `failing` are the questions that do not pass, with `failing_title`
    above them and a `note` below (which may be empty), `passing` and `passing_unanswered` the numbers of the others.
    `result` is one or two lines, the verdict last.
    """

    path: str
    judged_by: str
    failing_title: str
    failing: tuple[Row, ...]
    note: str
    groups: tuple[Group, ...]
    passing: str
    passing_unanswered: str
    tally: str
    result: tuple[str, ...]


def view(path: str, analysis: Analysis) -> View:
    """What to say of the report at `path`."""
    rows = rows_of(analysis)
    verdict = analysis.verdict
    groups = tuple(_groups(analysis))
    title = "These questions fail the official check:"
    if verdict is None:
        title = "These questions do not keep to their limits:"
    elif not verdict.runs:
        title = "The official check has no result; by themselves these questions would fail:"
    failing = tuple(row for row in rows if not row.passed)
    return View(
        path,
        _judged_by(analysis),
        title,
        failing,
        _MOVED if any(row.is_moved for row in failing) else "",
        groups,
        _numbers(row.number for row in rows if row.passed and row.answered),
        _numbers(row.number for row in rows if row.passed and not row.answered),
        tally(Counter(line.severity for group in groups for line in group.lines)),
        result_of(analysis),
    )


def tally(counts: Counter[Severity]) -> str:
    """``5 findings: 2 errors, 3 hints``."""
    total = counts.total()
    parts = (_count(counts[severity], severity) for severity in SEVERITIES if counts[severity])
    return f"{_count(total, 'finding')}: {', '.join(parts)}" if total else "no findings"


def _judged_by(analysis: Analysis) -> str:
    parts = [f"template of {analysis.edition}"] if analysis.edition else []
    if analysis.ground.script is not None:
        parts.append("limits from its report.py")
    elif analysis.verdict is not None and analysis.ground.configuration.questions is not None:
        parts.append("limits from its configuration")
    elif not parts:
        sources = {limit.source for state in analysis.questions for limit in state.limits if limit is not None}
        names = {"prompt": "prompts", "config": "configuration"}
        said = [name for source, name in names.items() if source in sources]
        parts.append(f"limits from its {' and '.join(said or ['prompts'])}")
    return ", ".join(parts)


def _groups(analysis: Analysis) -> Iterator[Group]:
    grammar = analysis.outline.grammar
    # what is said of the report as a whole has the heading of some question as its place, and goes before that question
    ordered = sorted(analysis.placed(), key=lambda item: (item[0], item[1].question is not None))
    for question, placed in groupby(ordered, key=lambda item: item[1].question):
        title = "The report as a whole" if question is None else f"Question {question}"
        if question is not None and (name := grammar.name_of(question)) != title:
            title = f"{title} ({name})"
        yield Group(
            title,
            tuple(
                Line(
                    *_place(analysis, section, finding.span.start),
                    finding.severity,
                    finding.code,
                    finding.message,
                    *_place(analysis, section, finding.span.end),
                )
                for section, finding in placed
            ),
        )


def _place(analysis: Analysis, section: int, offset: int) -> tuple[int, int]:
    position = analysis.outline.sections[section].source.position(offset)
    return analysis.outline.lines[section] + position.line + 1, position.character + 1


def _numbers(numbers: Iterable[int | None]) -> str:
    """``1-3, 7, 9``; a run of two is no run."""
    known = sorted({number for number in numbers if number is not None})
    runs: list[list[int]] = []
    for number in known:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 or what == "information" else f"{number} {what}s"
