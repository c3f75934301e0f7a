"""From the core's sections, spans and findings to the protocol's positions, ranges and diagnostics."""

from __future__ import annotations

import json
from typing import Any, Final

from lsprotocol import types

from invigilator.analysis import Analysis
from invigilator.checks.finding import Finding, Severity
from invigilator.explanations import address
from invigilator.report.sections import Section
from invigilator.text import Encoding, Position, SourceText, Span

SOURCE: Final = "invigilator"

_SEVERITY: Final[dict[Severity, int]] = {"error": 1, "warning": 2, "information": 3, "hint": 4}
_TAGS: Final = {"unnecessary": 1}

Json = dict[str, Any]


def offset(text: SourceText, position: types.Position, encoding: Encoding) -> int:
    """Where a client's position is in the text, in code points."""
    return text.offset(Position(position.line, position.character), encoding)


def span_range(text: SourceText, span: Span, encoding: Encoding) -> types.Range:
    """A stretch of the whole text as the client counts it."""
    start, end = text.position(span.start, encoding), text.position(span.end, encoding)
    return types.Range(types.Position(*start), types.Position(*end))


def range_json(text: SourceText, span: Span, encoding: Encoding) -> Json:
    """The same as plain JSON."""
    start, end = text.position(span.start, encoding), text.position(span.end, encoding)
    return {
        "start": {"line": start.line, "character": start.character},
        "end": {"line": end.line, "character": end.character},
    }


def section_range(analysis: Analysis, section: int, span: Span, encoding: Encoding) -> types.Range:
    """A section's span as the client counts it."""
    source, first = analysis.outline.sections[section].source, analysis.outline.lines[section]
    start, end = source.position(span.start, encoding), source.position(span.end, encoding)
    return types.Range(
        types.Position(start.line + first, start.character), types.Position(end.line + first, end.character)
    )


def section_json(section: Section, first: int, span: Span, encoding: Encoding) -> Json:
    """A section's span as the client counts it, as plain JSON; `first` is the section's first line."""
    start, end = section.source.position(span.start, encoding), section.source.position(span.end, encoding)
    return {
        "start": {"line": start.line + first, "character": start.character},
        "end": {"line": end.line + first, "character": end.character},
    }


class Diagnostics:
    """One report's findings as the JSON text of a list of diagnostics, kept by section.

    A keystroke then costs the same in a short report and in a long one. `related` is whether the client can show other
    places that have to do with a finding, `described` whether it can show a link to the page of a code.
    """

    def __init__(self, uri: str, encoding: Encoding, *, related: bool, described: bool) -> None:
        self._uri: Final = uri
        self._encoding: Final[Encoding] = encoding
        self._related: Final = related
        self._described: Final = described
        self._analysis: Analysis | None = None
        self._texts: list[str] = []

    def of(self, analysis: Analysis) -> str:
        """The text for an analysis; quickest for one that was made from the last one."""
        new, old = analysis.outline, self._analysis
        if old is not None and len(old.findings) == len(analysis.findings):
            known = zip(
                *(self._texts, old.outline.sections, old.findings, old.outline.lines),
                *(new.sections, analysis.findings, new.lines),
                strict=False,  # there is one line more: that behind the last section
            )
            self._texts = [
                text
                if section is before and findings is found and line == first
                else self._text(analysis, section, line, findings)
                for text, before, found, first, section, findings, line in known
            ]
            for number in {placed.section for placed in analysis.of_report if placed.finding.related}:
                # the places that it names may have moved
                self._texts[number] = self._text(
                    analysis, new.sections[number], new.lines[number], analysis.findings[number]
                )
        else:
            places = zip(new.sections, new.lines, analysis.findings, strict=False)
            self._texts = [self._text(analysis, section, line, findings) for section, line, findings in places]
        self._analysis = analysis
        return f"[{','.join(filter(None, self._texts))}]"

    def _text(self, analysis: Analysis, section: Section, line: int, findings: tuple[Finding, ...]) -> str:
        encoding, described = self._encoding, self._described
        listed = (_diagnostic(section, line, finding, encoding, described=described) for finding in findings)
        if self._related:
            listed = (
                _with_related(analysis, diagnostic, finding, self._uri, self._encoding)
                for diagnostic, finding in zip(listed, findings, strict=True)
            )
        return ",".join(map(json.dumps, listed))


def _diagnostic(section: Section, first: int, finding: Finding, encoding: Encoding, *, described: bool) -> Json:
    diagnostic: Json = {
        "range": section_json(section, first, finding.span, encoding),
        "severity": _SEVERITY[finding.severity],
        "code": finding.code,
        "source": SOURCE,
        "message": finding.message,
    }
    if described and (href := address(finding.code)) is not None:
        diagnostic["codeDescription"] = {"href": href}
    if finding.rule.tags:
        diagnostic["tags"] = [_TAGS[tag] for tag in finding.rule.tags]
    return diagnostic


def _with_related(analysis: Analysis, diagnostic: Json, finding: Finding, uri: str, encoding: Encoding) -> Json:
    if not finding.related:
        return diagnostic
    sections, lines = analysis.outline.sections, analysis.outline.lines
    places = [
        {
            "location": {
                "uri": uri,
                "range": section_json(sections[other.section], lines[other.section], other.span, encoding),
            },
            "message": other.message,
        }
        for other in finding.related
    ]
    return {**diagnostic, "relatedInformation": places}
