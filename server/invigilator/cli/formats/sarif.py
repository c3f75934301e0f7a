"""`--format sarif`: Static Analysis Results Interchange Format 2.1.0 (OASIS), for GitHub's code scanning and viewers.

The log names no place of this machine: paths are relative to the top of the repository.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from invigilator import __version__
from invigilator.analysis import Analysis
from invigilator.checks.finding import Finding, Rule, Severity
from invigilator.checks.registry import RULES
from invigilator.cli.formats.places import in_repository
from invigilator.cli.loading import Checked, Refused
from invigilator.cli.output import Write, shown
from invigilator.explanations import page
from invigilator.summary import report_json
from invigilator.text import Span

Json = dict[str, Any]

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TOP: Final = "%SRCROOT%"
_FINGERPRINT: Final = "invigilatorFinding/v1"
_LEVELS: Final[dict[Severity, str]] = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}
# what GitHub sorts alerts by
_PROBLEMS: Final[dict[Severity, str]] = {
    "error": "error",
    "warning": "warning",
    "information": "recommendation",
    "hint": "recommendation",
}


class Sarif:
    """The printer. A log has one run, so all is printed at the end."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._results: list[Json] = []
        self._notifications: list[Json] = []

    def checked(self, report: Checked, is_fine: bool) -> None:
        """Add a report's findings."""
        self._results += _results(report)

    def refused(self, report: Refused) -> None:
        """Add one that could not be checked, which is no result but something the tool has to say of its run."""
        self._notifications.append(
            {
                "level": "error",
                "message": {"text": shown(f"{in_repository(report.path)}: {report.reason}")},
                "locations": [{"physicalLocation": {"artifactLocation": _file(report.path)}}],
            }
        )

    def end(self) -> None:
        """Print the log, in ASCII, which every console takes."""
        rules = [rule for rule in RULES.values() if any(result["ruleId"] == rule.code for result in self._results)]
        places = {rule.code: index for index, rule in enumerate(rules)}
        for result in self._results:
            result["ruleIndex"] = places[result["ruleId"]]
        run = {
            "tool": {
                "driver": {
                    "name": "Invigilator",
                    "version": __version__,
                    "semanticVersion": __version__,
                    "rules": [_rule(rule) for rule in rules],
                }
            },
            "invocations": [
                {
                    "executionSuccessful": not self._notifications,
                    "toolExecutionNotifications": self._notifications,
                }
            ],
            "originalUriBaseIds": {_TOP: {"description": {"text": "The top of the repository."}}},
            "columnKind": "unicodeCodePoints",
            "results": self._results,
        }
        self._write(json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n")


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.code,
        "name": "".join(part.title() for part in rule.code.replace("-", ".").split(".")),
        "shortDescription": {"text": rule.when},
        "fullDescription": {"text": rule.when},
        "help": {
            "text": f"{rule.when} `invigilator explain {rule.code}` says why it matters and how to mend it.",
            "markdown": _page(rule),
        },
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "problem.severity": _PROBLEMS[rule.severity],
            "precision": "very-high",
            "tags": [rule.code.split(".")[0]],
        },
    }


def _page(rule: Rule) -> str:
    try:
        return page(rule.code)
    except OSError:
        return rule.when


def _results(report: Checked) -> Iterator[Json]:
    analysis = report.analysis
    file = _file(report.path)
    seen: Counter[str] = Counter()
    findings = report_json(analysis, report.path)["findings"]
    for (section, finding), said in zip(analysis.placed(), findings, strict=True):
        identity = _identity(analysis, section, finding)
        seen[identity] += 1
        result = {
            "ruleId": finding.code,
            "level": _LEVELS[finding.severity],
            "message": {"text": shown(finding.message)},
            "locations": [{"physicalLocation": {"artifactLocation": file, "region": _region(said["range"])}}],
            "partialFingerprints": {_FINGERPRINT: f"{identity}:{seen[identity]}"},
            "properties": {"severity": finding.severity, "question": finding.question},
        }
        if finding.related:
            result["relatedLocations"] = [
                {
                    "id": number,
                    "message": {"text": shown(related.message)},
                    "physicalLocation": {
                        "artifactLocation": file,
                        "region": _region_of(analysis, related.section, related.span),
                    },
                }
                for number, related in enumerate(finding.related)
            ]
        fixes = [_fix(file, fix) for fix in said["fixes"] if fix["edits"]]
        if fixes:
            result["fixes"] = fixes
        yield result


def _identity(analysis: Analysis, section: int, finding: Finding) -> str:
    """What stays the same when lines move: the code, the question, and the words meant."""
    words = analysis.outline.sections[section].text[finding.span.start : finding.span.end]
    known = f"{finding.code}\n{finding.question}\n{words}"
    return hashlib.sha256(known.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _fix(file: Json, fix: Json) -> Json:
    replacements = [
        {"deletedRegion": _region(edit["range"]), "insertedContent": {"text": edit["new_text"]}}
        for edit in fix["edits"]
    ]
    return {
        "description": {"text": shown(fix["title"])},
        "artifactChanges": [{"artifactLocation": file, "replacements": replacements}],
    }


def _region(range_: Json) -> Json:
    start, end = range_["start"], range_["end"]
    return {
        "startLine": start["line"],
        "startColumn": start["column"],
        "endLine": end["line"],
        "endColumn": end["column"],
    }


def _region_of(analysis: Analysis, section: int, span: Span) -> Json:
    source, first = analysis.outline.sections[section].source, analysis.outline.lines[section]
    ends = (source.position(offset) for offset in span)
    start, end = ({"line": first + line + 1, "column": character + 1} for line, character in ends)
    return _region({"start": start, "end": end})


def _file(path: str) -> Json:
    place = in_repository(path)
    address = quote(os.fsencode(place))
    if place.startswith("/") or place[1:2] == ":":  # outside the repository
        return {"uri": f"file://{address}" if place.startswith("/") else f"file:///{address}"}
    return {"uri": address, "uriBaseId": _TOP}
