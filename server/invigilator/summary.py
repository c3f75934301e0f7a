"""An analysis as JSON, version 1: what `invigilator check --format json` prints and the editor's status is made of.

Lines and columns count from 1, columns in code points, ends are exclusive.
"""

from __future__ import annotations

import re
from typing import Any, Final

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Finding, Fix
from invigilator.figures.usage import Use, figure_files, unused_figures, uses_in_answers
from invigilator.fixes import fixes_of
from invigilator.official.verdict import Verdict
from invigilator.report.model import Bounds, Limit
from invigilator.report.parts import Title, title_of
from invigilator.text import Position, Span

_TASK: Final = re.compile(r"(?:^|(?<=\r))[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+\[([ xX])\](?=[ \t])", re.MULTILINE)

Json = dict[str, Any]


def report_json(analysis: Analysis, path: str) -> Json:
    """One report's entry; `path` is what the caller knows it by."""
    return {
        "path": path,
        "error": None,
        "edition": analysis.edition,
        "official": official_json(analysis.verdict),
        "questions": questions_json(analysis),
        "findings": [_finding(analysis, section, finding) for section, finding in analysis.placed()],
        "figures": figures_json(analysis),
        "unused_figures": [fact.path for fact in unused_figures(analysis)],
        "checklist": _checklist(analysis),
        "problems": [{"path": p.path, "line": p.line, "message": p.message} for p in analysis.problems],
    }


def error_json(path: str, error: str) -> Json:
    """The entry of a report that could not be read, and why."""
    return {
        "path": path,
        "error": error,
        "edition": None,
        "official": None,
        "questions": [],
        "findings": [],
        "figures": [],
        "unused_figures": [],
        "checklist": {"done": 0, "total": 0},
        "problems": [],
    }


def official_json(verdict: Verdict | None) -> Json | None:
    """The official check's verdict; None where there is no official check."""
    if verdict is None:
        return None
    return {
        "runs": verdict.runs,
        "error": verdict.error,
        "passed": verdict.passed,
        "total": verdict.total,
        "answers": [
            {
                "index": answer.place,
                "question": answer.question,
                "words": answer.words,
                "images": answer.images,
                "characters": answer.characters,
                "passed": answer.passed,
            }
            for answer in verdict.answers
        ],
    }


def questions_json(analysis: Analysis) -> list[Json]:
    """Every question by the document's own headings."""
    listed = []
    part: Title | None = None
    states = {state.section: state for state in analysis.questions}
    for index, section in enumerate(analysis.outline.sections):
        state = states.get(index)
        if state is None:
            part = title_of(section)
        else:
            listed.append(_question(analysis, state, part.name if part else None))
    return listed


def figures_json(analysis: Analysis) -> list[Json]:
    """The files of the figures folder, and where answers use each."""
    uses: dict[str, list[Use]] = {}
    for use in sorted(uses_in_answers(analysis)):
        uses.setdefault(use.path, []).append(use)
    return [
        {
            "path": fact.path,
            "bytes": fact.bytes,
            "width": fact.image.width if fact.image else None,
            "height": fact.image.height if fact.image else None,
            "uses": len(uses.get(fact.path, ())),
            "places": [{"question": use.question, "line": use.line + 1} for use in uses.get(fact.path, ())],
        }
        for fact in figure_files(analysis)
    ]


def _question(analysis: Analysis, state: QuestionState, part: str | None) -> Json:
    question, limits = state.question, state.limits
    counts = question.counts
    said = next((limit for limit in limits if limit and limit.bounds), None) or limits.images or limits.words
    return {
        "number": question.number,
        "line": analysis.outline.lines[state.section] + 1,
        "section": part,
        "answered": question.answered,
        "limits": {
            "words": _bounds(limits.word_bounds),
            "images": _bounds(limits.image_bounds),
            "characters": _bounds(limits.character_bounds),
            "source": _source(said),
            "assumed": any(limit.assumed for limit in limits if limit),
        },
        "words": counts.words if counts else None,
        "prose_words": question.prose_words,
        "images": counts.images if counts else None,
        "characters": counts.characters if counts and limits.character_bounds else None,
        "images_shown": question.images_shown,
        "passed": state.passed,
    }


def _source(said: Limit | None) -> str | None:
    """A limit's source by the names of the interface, to which the original prompt is the prompt."""
    if said is None:
        return None
    return "prompt" if said.source == "template" else said.source


def _bounds(bounds: Bounds | None) -> list[int | None] | None:
    return None if bounds is None else [bounds.low, bounds.high]


def _finding(analysis: Analysis, section: int, finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "question": finding.question,
        "message": finding.message,
        "range": _range(analysis, section, finding.span),
        "fixes": [_fix(analysis, fix) for fix in fixes_of(analysis, section, finding) if fix.copy is None],
    }


def _fix(analysis: Analysis, fix: Fix) -> Json:
    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [
            {"range": _range_in_text(analysis, edit.span), "new_text": edit.new_text}
            for edit in sorted(fix.edits, key=lambda edit: edit.span)
        ],
    }


def _range_in_text(analysis: Analysis, span: Span) -> Json:
    source = analysis.outline.source
    return {"start": _point(source.position(span.start), 0), "end": _point(source.position(span.end), 0)}


def _range(analysis: Analysis, section: int, span: Span) -> Json:
    source = analysis.outline.sections[section].source
    first = analysis.outline.lines[section]
    return {"start": _point(source.position(span.start), first), "end": _point(source.position(span.end), first)}


def _point(position: Position, first_line: int) -> Json:
    return {"line": first_line + position.line + 1, "column": position.character + 1}


def _checklist(analysis: Analysis) -> Json:
    """Task items before the first question."""
    first = analysis.outline.sections[0]
    boxes = [match[1] for match in _TASK.finditer(first.text)] if first.number is None else []
    return {"done": sum(box in "xX" for box in boxes), "total": len(boxes)}
