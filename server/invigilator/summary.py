"""An analysis as JSON, version 1: what `invigilator check --format json` prints and the editor's status is made of.

Lines and columns count from 1, columns in code points, ends are exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Finding
from invigilator.official.verdict import Verdict
from invigilator.report.destination import understand
from invigilator.report.markdown import Markdown, Unreadable, read_markdown
from invigilator.report.model import Bounds
from invigilator.report.sections import Section
from invigilator.surroundings import FileFact
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
                "passed": answer.passed,
            }
            for answer in verdict.answers
        ],
    }


def questions_json(analysis: Analysis) -> list[Json]:
    """Every question by the document's own headings."""
    return [_question(analysis, state) for state in analysis.questions]


def figures_json(analysis: Analysis) -> list[Json]:
    """The files of the figures folder, and how often answers use each."""
    uses = list(_paths_in_answers(analysis))
    return [
        {
            "path": fact.path,
            "bytes": fact.bytes,
            "width": fact.image.width if fact.image else None,
            "height": fact.image.height if fact.image else None,
            "uses": uses.count(fact.path),
        }
        for fact in figure_files(analysis)
    ]


def figure_files(analysis: Analysis) -> tuple[FileFact, ...]:
    """The allowed image files of the figures folder."""
    configuration = analysis.ground.configuration
    return analysis.ground.surroundings.figure_folder(configuration.figures, configuration.extensions).files


def unused_figures(analysis: Analysis) -> list[FileFact]:
    """Files of the figures folder that neither an answer uses nor a prompt links to."""
    taken = {*_paths_in_answers(analysis), *paths_in_prompts(analysis)}
    return [fact for fact in figure_files(analysis) if fact.path not in taken]


def used_figures(analysis: Analysis) -> set[str]:
    """The paths of the files that answers use."""
    return set(_paths_in_answers(analysis))


def _paths_in_answers(analysis: Analysis) -> Iterator[str]:
    for state in analysis.questions:
        if state.question.markdown is not None:
            yield from _paths(analysis, state.question.markdown, state.question.answer.start)


def paths_in_prompts(analysis: Analysis) -> set[str]:
    """The paths of the files that prompts and introductions link to, usually the course's own examples."""
    ends = {state.section: state.question.prompt.end for state in analysis.questions}
    found: set[str] = set()
    for index, section in enumerate(analysis.outline.sections):
        markdown = _markdown_of(section)
        end = ends.get(index, len(section.text))
        links = tuple(link for link in markdown.links if link.span.end <= end)
        tags = tuple(tag for tag in markdown.tags if tag.span.end <= end)
        found.update(_paths(analysis, markdown._replace(links=links, tags=tags), 0))
    return found


def _markdown_of(section: Section) -> Markdown:
    known = section.kept.get("markdown")
    if not isinstance(known, Markdown):
        try:
            known = read_markdown(section.text)
        except Unreadable:
            known = Markdown()
        section.kept["markdown"] = known
    return known


_SRC: Final = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


def _paths(analysis: Analysis, markdown: Markdown, start: int) -> Iterator[str]:
    """The true paths of the local files that links, images and ``<img>`` tags from `start` on point to."""
    targets = [link.target for link in markdown.links if link.span.start >= start]
    for tag in markdown.tags:
        if tag.name == "img" and (source := _SRC.search(tag.source)):
            targets.append(source[1] or source[2] or source[3] or "")
    for target in targets:
        destination = understand(target)
        if destination.kind == "local":
            fact = analysis.ground.surroundings.look_up(destination.path)
            if fact.status in ("file", "wrong-case"):
                yield fact.path


def _question(analysis: Analysis, state: QuestionState) -> Json:
    question, limits = state.question, state.limits
    counts = question.counts
    said = limits.words if limits.words and limits.words.bounds else limits.images
    said = said or limits.words
    return {
        "number": question.number,
        "line": analysis.outline.lines[state.section] + 1,
        "answered": question.answered,
        "limits": {
            "words": _bounds(limits.word_bounds),
            "images": _bounds(limits.image_bounds),
            "source": said.source if said else None,
            "assumed": bool((limits.words and limits.words.assumed) or (limits.images and limits.images.assumed)),
        },
        "words": counts.words if counts else None,
        "prose_words": question.prose_words,
        "images": counts.images if counts else None,
        "images_shown": question.images_shown,
        "passed": state.passed,
    }


def _bounds(bounds: Bounds | None) -> list[int | None] | None:
    return None if bounds is None else [bounds.low, bounds.high]


def _finding(analysis: Analysis, section: int, finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "question": finding.question,
        "message": finding.message,
        "range": _range(analysis, section, finding.span),
        "fixes": [],
    }


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
