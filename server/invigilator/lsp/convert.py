"""From the core's sections, spans and findings to the protocol's positions, ranges and diagnostics."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis
from invigilator.checks.finding import Finding, Severity
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


def section_range(analysis: Analysis, section: int, span: Span, encoding: Encoding) -> types.Range:
    """A section's span as the client counts it."""
    source, first = analysis.outline.sections[section].source, analysis.outline.lines[section]
    start, end = source.position(span.start, encoding), source.position(span.end, encoding)
    return types.Range(
        types.Position(start.line + first, start.character), types.Position(end.line + first, end.character)
    )


def diagnostics_json(analysis: Analysis, uri: str, encoding: Encoding, related: bool) -> str:
    """All findings as the JSON text of a list of diagnostics.

    A section that has not changed keeps its text, so a keystroke costs the same in a short report and in a long one.
    `related` is whether the client can show other places that have to do with a finding.
    """
    return f"[{','.join(_by_section(analysis, uri, encoding, related))}]"


def _by_section(analysis: Analysis, uri: str, encoding: Encoding, related: bool) -> Iterator[str]:
    outline = analysis.outline
    for section, first, findings in zip(outline.sections, outline.lines, analysis.findings, strict=False):
        if not findings:
            continue
        known = section.kept.get("diagnostics")
        if isinstance(known, _Kept) and known.findings is findings and known.key == (first, encoding):
            yield known.text
            continue
        if related and any(finding.related for finding in findings):
            yield ",".join(
                json.dumps(_with_related(analysis, section, first, finding, uri, encoding)) for finding in findings
            )
            continue
        text = ",".join(json.dumps(_diagnostic(section, first, finding, encoding)) for finding in findings)
        section.kept["diagnostics"] = _Kept(findings, (first, encoding), text)
        yield text


class _Kept(NamedTuple):
    """A section's diagnostics as text, and what they depend on beside the section."""

    findings: tuple[Finding, ...]
    key: tuple[int, Encoding]
    text: str


def _diagnostic(section: Section, first: int, finding: Finding, encoding: Encoding) -> Json:
    diagnostic: Json = {
        "range": _range(section, first, finding.span, encoding),
        "severity": _SEVERITY[finding.severity],
        "code": finding.code,
        "source": SOURCE,
        "message": finding.message,
    }
    if finding.rule.tags:
        diagnostic["tags"] = [_TAGS[tag] for tag in finding.rule.tags]
    return diagnostic


def _with_related(
    analysis: Analysis, section: Section, first: int, finding: Finding, uri: str, encoding: Encoding
) -> Json:
    diagnostic = _diagnostic(section, first, finding, encoding)
    if finding.related:
        diagnostic["relatedInformation"] = [
            {
                "location": {
                    "uri": uri,
                    "range": _range(
                        analysis.outline.sections[other.section],
                        analysis.outline.lines[other.section],
                        other.span,
                        encoding,
                    ),
                },
                "message": other.message,
            }
            for other in finding.related
        ]
    return diagnostic


def _range(section: Section, first: int, span: Span, encoding: Encoding) -> Json:
    start, end = section.source.position(span.start, encoding), section.source.position(span.end, encoding)
    return {
        "start": {"line": start.line + first, "character": start.character},
        "end": {"line": end.line + first, "character": end.character},
    }
