"""`--format junit`: XML as test runners write it, for GitLab, Jenkins and others. A suite a report, a test a question.

It keeps to the schema of Jenkins' xUnit plugin, as pytest does. A test fails where it is a reason for the exit code to
be 1 (with ``--fail-on never``, where it would be one by default).
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from xml.etree import ElementTree

from invigilator.analysis import Analysis
from invigilator.cli.formats.places import in_repository
from invigilator.cli.loading import Checked, Refused
from invigilator.cli.options import Threshold, at_or_above
from invigilator.cli.output import Write, shown
from invigilator.cli.rows import Row, rows_of
from invigilator.cli.text_format import cells
from invigilator.cli.view import Line, View, view

_WHOLE: Final = "The report as a whole"
_NO_XML: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Test(NamedTuple):
    """One test case. `outcome` is the name of an element, or empty where it passes; `type` the code to blame."""

    name: str
    outcome: str = ""
    type: str = ""
    message: str = ""
    said: str = ""


class JUnit:
    """The printer. The first line counts all tests, so all is printed at the end."""

    def __init__(self, write: Write, fail_on: Threshold) -> None:
        self._write = write
        self._grave = at_or_above("warning" if fail_on == "never" else fail_on)
        self._suites: list[ElementTree.Element] = []

    def checked(self, report: Checked, is_fine: bool) -> None:
        """Add a report's suite."""
        seen = view(report.path, report.analysis)
        lines = {group.title: list(group.lines) for group in seen.groups}
        rows = rows_of(report.analysis)
        titles = [_title(row) for row in rows]
        # what has no test of its own is told of the whole
        rest = [line for title, found in lines.items() if title not in titles for line in found]
        tests = [self._whole(seen, report.analysis, rest)]
        counts: Counter[str] = Counter()
        for row, title in zip(rows, titles, strict=True):
            counts[title] += 1
            name = title if counts[title] == 1 else f"{title} ({counts[title]})"
            tests.append(self._question(name, seen, report.analysis, row, lines.pop(title, [])))
        self._suites.append(_suite(report.path, tests, "\n".join([seen.judged_by, seen.tally, *seen.result])))

    def refused(self, report: Refused) -> None:
        """Add one that could not be checked."""
        test = Test(_WHOLE, "error", "not-checked", report.reason, f"{in_repository(report.path)}: {report.reason}")
        self._suites.append(_suite(report.path, [test], ""))

    def end(self) -> None:
        """Print the document: in ASCII, which every console takes."""
        root = ElementTree.Element("testsuites", name="Invigilator")
        for name in ("tests", "failures", "errors"):
            root.set(name, str(sum(int(suite.attrib[name]) for suite in self._suites)))
        root.extend(self._suites)
        ElementTree.indent(root)
        said = ElementTree.tostring(root, encoding="unicode").encode("ascii", "xmlcharrefreplace").decode()
        self._write(f'<?xml version="1.0" encoding="UTF-8"?>\n{said}\n')

    def _whole(self, seen: View, analysis: Analysis, lines: list[Line]) -> Test:
        if analysis.verdict is not None and not analysis.verdict.runs:
            return Test(_WHOLE, "failure", "official-check", seen.result[-1], _with(seen.result[-1], seen, lines))
        return self._by_findings(_WHOLE, lines, _said(seen, lines))

    def _question(self, name: str, seen: View, analysis: Analysis, row: Row, lines: list[Line]) -> Test:
        said = _with(_figures(row), seen, lines)
        if analysis.verdict is not None and not row.passed:
            return Test(name, "failure", "official-check", row.state, f"{row.state}\n{said}")
        test = self._by_findings(name, lines, said)
        if row.answered or test.outcome:
            return test
        return Test(name, "skipped", "answer.missing", "not answered", said)

    def _by_findings(self, name: str, lines: list[Line], said: str) -> Test:
        grave = next((line for severity in self._grave for line in lines if line.severity == severity), None)
        if grave is None:
            return Test(name, said=said)
        return Test(name, "failure", grave.code, grave.message, said)


def _title(row: Row) -> str:
    return "The text above the first question" if row.number is None else f"Question {row.number}"


def _figures(row: Row) -> str:
    """``Words: 8, asked: 10-30``, and the same of images: the cells between a question's number and what is wrong."""
    (heading, line), _ = cells([row])
    named = list(zip(heading, line, strict=True))[1:-2]
    pairs = zip(named[::2], named[1::2], strict=True)
    return "; ".join(_counted(name, count, bounds) for (name, count), (_, bounds) in pairs if count or bounds)


def _counted(name: str, count: str, bounds: str) -> str:
    return f"{name}: {count or '-'}" + (f", asked: {bounds}" if bounds else "")


def _with(first: str, seen: View, lines: list[Line]) -> str:
    return "\n".join(filter(None, (first, _said(seen, lines))))


def _said(seen: View, lines: list[Line]) -> str:
    places = (f"{in_repository(seen.path)}:{line.line}:{line.column}" for line in lines)
    told = (f"{line.severity}: {line.message} [{line.code}]" for line in lines)
    return "\n".join(": ".join(both) for both in zip(places, told, strict=True))


def _suite(path: str, tests: list[Test], said: str) -> ElementTree.Element:
    place = _clean(in_repository(path))
    outcomes = Counter(test.outcome for test in tests)
    counts = {"tests": len(tests), "failures": outcomes["failure"], "errors": outcomes["error"]}
    suite = ElementTree.Element(
        "testsuite",
        {"name": place, "file": place, "time": "0", "skipped": str(outcomes["skipped"])}
        | {name: str(count) for name, count in counts.items()},
    )
    # dots are where viewers cut a class's name
    classname = str(PurePosixPath(place).with_suffix("")).strip("/").replace("/", ".")
    for test in tests:
        suite.append(_case(test, classname))
    if said:
        ElementTree.SubElement(suite, "system-out").text = _lines(said)
    return suite


def _case(test: Test, classname: str) -> ElementTree.Element:
    case = ElementTree.Element("testcase", classname=classname, name=test.name, time="0")
    if test.outcome:
        outcome = ElementTree.SubElement(case, test.outcome, type=test.type, message=_clean(test.message))
        outcome.text = _lines(test.said)
    elif test.said:
        ElementTree.SubElement(case, "system-out").text = _lines(test.said)
    return case


def _lines(text: str) -> str:
    return "\n".join(map(_clean, text.split("\n")))


def _clean(text: str) -> str:
    """Text with escapes for what XML cannot hold, and for what would steer a terminal."""
    return _NO_XML.sub(lambda match: f"\\u{ord(match[0]):04x}", shown(text))
