"""`invigilator check`: reports in, what was found and an exit code out."""

from __future__ import annotations

import os
from collections.abc import Iterator

from invigilator.analysis import Analysis
from invigilator.cli.codes import chosen
from invigilator.cli.fix import difference, fixed
from invigilator.cli.loading import Checked, Refused
from invigilator.cli.options import FAULTS, FINE, UNUSABLE, Options, Threshold, at_or_above
from invigilator.cli.output import OutputError, complain, file_or_stdout
from invigilator.cli.paths import reports
from invigilator.cli.printers import is_terminal, printer
from invigilator.cli.progress import counted


def check(options: Options) -> int:
    """Check the reports and print what was found; returns the exit code. Raises OutputError."""
    is_fine = True
    warned: set[str] = set()
    refused: list[Refused] = []
    to_terminal = options.output is None and is_terminal()
    with file_or_stdout(options.output) as write:
        prints = printer(options, write, to_terminal=to_terminal)
        is_quiet = options.format != "text" or not to_terminal
        for found in counted(reports(options.paths), is_shown=is_quiet):
            report = _ready(found, options)
            if isinstance(report, Refused):
                refused.append(report)
                prints.refused(report)
                continue
            for warning in _warnings(report):
                if warning not in warned:
                    warned.add(warning)
                    complain(f"warning: {warning}")
            if options.diff:
                write(difference(report, options.select, options.ignore))
            report = report._replace(analysis=chosen(report.analysis, options.select, options.ignore))
            is_this_fine = not _is_at_fault(report.analysis, options.fail_on)
            is_fine = is_fine and is_this_fine
            if not options.diff:
                prints.checked(report, is_this_fine)
        if not options.diff:
            prints.end()
    for one in refused:
        complain(f"invigilator: {one.path}: {one.reason}")
    if refused:
        return UNUSABLE
    return FINE if is_fine else FAULTS


def _ready(report: Checked | Refused, options: Options) -> Checked | Refused:
    """The report as it is to be checked: after its safe fixes, where they are to be applied. Raises OutputError."""
    if isinstance(report, Refused):
        return report
    if options.output is not None and os.path.realpath(options.output) == os.path.realpath(report.path):
        raise OutputError(f"cannot write {options.output}: it is one of the reports")
    if not options.fix or options.diff:
        return report
    result, count = fixed(report, options.select, options.ignore)
    if isinstance(result, Checked):
        fixes = "1 fix" if count == 1 else f"{count or 'no'} fixes"
        complain(f"{report.path}: {fixes} applied")
    return result


def _is_at_fault(analysis: Analysis, fail_on: Threshold) -> bool:
    if fail_on == "never":
        return False
    verdict = analysis.verdict
    if verdict is not None and not (verdict.runs and all(answer.passed for answer in verdict.answers)):
        return True
    return any(finding.severity in at_or_above(fail_on) for findings in analysis.findings for finding in findings)


def _warnings(report: Checked) -> Iterator[str]:
    """What could not be read beside the report, and in it."""
    yield from problems_beside(report)
    for problem in report.analysis.problems:
        if problem not in report.analysis.ground.problems:
            yield f"{report.path}: {problem}"


def problems_beside(report: Checked) -> Iterator[str]:
    """What could not be read beside the report, with paths from the current folder."""
    for problem in report.analysis.ground.problems:
        path = report.root / problem.path
        if path.exists():
            problem = problem._replace(path=_from_here(str(path)))
        yield str(problem)


def _from_here(path: str) -> str:
    try:
        relative = os.path.relpath(path, os.path.realpath(os.curdir))
    except ValueError:  # another drive
        return path
    return path if relative.startswith(os.pardir) else relative.replace(os.sep, "/")
