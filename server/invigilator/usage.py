"""Which files of the figures folder a report uses, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from invigilator.analysis import Analysis
from invigilator.report.destination import understand
from invigilator.report.markdown import Markdown, Unreadable, read_markdown
from invigilator.report.sections import Section
from invigilator.surroundings import FileFact

_SOURCE: Final = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


def figure_files(analysis: Analysis) -> tuple[FileFact, ...]:
    """The allowed image files of the figures folder."""
    configuration = analysis.ground.configuration
    return analysis.ground.surroundings.figure_folder(configuration.figures, configuration.extensions).files


def unused_figures(analysis: Analysis) -> list[FileFact]:
    """Files of the figures folder that neither an answer uses nor a prompt links to."""
    taken = paths_in_answers(analysis) | paths_in_prompts(analysis)
    return [fact for fact in figure_files(analysis) if fact.path not in taken]


class Use(NamedTuple):
    """A place in an answer that shows or links to a file: `path` is the file's, `line` the whole text's, from 0."""

    path: str
    question: int
    line: int


def uses_in_answers(analysis: Analysis) -> Iterator[Use]:
    """Every use of a file in an answer."""
    for state in analysis.questions:
        markdown = state.question.markdown
        if markdown is not None:
            first, source = analysis.outline.lines[state.section], analysis.outline.sections[state.section].source
            for path, offset in _paths(analysis, markdown, state.question.answer.start):
                yield Use(path, state.question.number, first + source.line_of(offset))


def paths_in_answers(analysis: Analysis) -> set[str]:
    """The paths of the files that answers use."""
    return {use.path for use in uses_in_answers(analysis)}


def paths_in_prompts(analysis: Analysis) -> set[str]:
    """The paths of the files that prompts and introductions link to, usually the course's own examples."""
    ends = {state.section: state.question.prompt.end for state in analysis.questions}
    found: set[str] = set()
    for index, section in enumerate(analysis.outline.sections):
        markdown = _markdown_of(section)
        end = ends.get(index, len(section.text))
        links = tuple(link for link in markdown.links if link.span.end <= end)
        tags = tuple(tag for tag in markdown.tags if tag.span.end <= end)
        found.update(path for path, _ in _paths(analysis, markdown._replace(links=links, tags=tags), 0))
    return found


def source_of_tag(source: str) -> str | None:
    """What an ``<img>`` tag shows; None where it does not say."""
    found = _SOURCE.search(source)
    return None if found is None else found[1] or found[2] or found[3] or ""


def _markdown_of(section: Section) -> Markdown:
    known = section.kept.get("markdown")
    if not isinstance(known, Markdown):
        try:
            known = read_markdown(section.text)
        except Unreadable:
            known = Markdown()
        section.kept["markdown"] = known
    return known


def _paths(analysis: Analysis, markdown: Markdown, start: int) -> Iterator[tuple[str, int]]:
    """The true paths of the local files that links, images and ``<img>`` tags from `start` on point to, and where."""
    targets = [(link.target, link.span.start) for link in markdown.links if link.span.start >= start]
    for tag in markdown.tags:
        if tag.name == "img" and (source := source_of_tag(tag.source)) is not None:
            targets.append((source, tag.span.start))
    for target, offset in targets:
        destination = understand(target)
        if destination.kind == "local":
            fact = analysis.ground.surroundings.look_up(destination.path)
            if fact.status in ("file", "wrong-case"):
                yield fact.path, offset
