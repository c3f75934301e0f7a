"""`invigilator html`: one report in, its page out."""

from __future__ import annotations

import io
import os
import sys

from invigilator.cli.check import problems_beside
from invigilator.cli.loading import Checked
from invigilator.cli.one_report import only_report
from invigilator.cli.options import FINE, UNUSABLE
from invigilator.cli.output import OutputError, complain, file_or_stdout
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.picture import read_picture


def html(path: str | None, output: str | None, *, handed_in: bool) -> int:
    """Write the page of the report at `path` (None: the current folder's); returns the exit code. Raises OutputError.

    `output` is a file (None: standard output).
    """
    report = only_report(path, "to make a page of")
    if report is None:
        return UNUSABLE
    if output is not None and os.path.realpath(output) == os.path.realpath(report.path):
        raise OutputError(f"cannot write {output}: it is the report")
    page = _handed_in(report) if handed_in else _readable(report)
    if page is None:
        return UNUSABLE
    if output is None and isinstance(sys.stdout, io.TextIOWrapper):
        # what a page says of its own encoding holds on every console
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    with file_or_stdout(output) as write:
        write(page)
    return FINE


def _handed_in(report: Checked) -> str | None:
    from invigilator.official.page import NoPage, handed_in_page

    try:
        return handed_in_page(report.analysis.outline.text)
    except NoPage as error:
        complain(f"invigilator: {report.path}: the course's script makes no page of it: {error}")
        return None


def _readable(report: Checked) -> str:
    from invigilator.page import make_page

    surroundings = report.analysis.ground.surroundings

    def read(path: str) -> bytes | None:
        return read_picture(surroundings, path) if isinstance(surroundings, DiskSurroundings) else None

    page = make_page(report.analysis, read)
    for problem in problems_beside(report):
        complain(f"warning: {problem}")
    for warning in page.warnings:
        complain(f"warning: {report.path}: {warning}")
    return page.html
