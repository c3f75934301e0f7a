"""Which files of the figures folder a report uses, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from invigilator.analysis import Analysis
from invigilator.figures.links import FileLink, file_links, file_of
from invigilator.surroundings import FileFact


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
    outline = analysis.outline
    numbers = {state.section: state.question.number for state in analysis.questions}
    for index, link, path in used_files(analysis):
        if link.in_answer:
            line = outline.lines[index] + outline.sections[index].source.line_of(link.span.start)
            yield Use(path, numbers[index], line)


def paths_in_answers(analysis: Analysis) -> set[str]:
    """The paths of the files that answers use."""
    return {path for _, link, path in used_files(analysis) if link.in_answer}


def paths_in_prompts(analysis: Analysis) -> set[str]:
    """The paths of the files that prompts and introductions link to, usually the course's own examples."""
    return {path for _, link, path in used_files(analysis) if not link.in_answer}


def used_files(analysis: Analysis) -> Iterator[tuple[int, FileLink, str]]:
    """The links to files that are there, with the section's number and the file's true path.

    A definition alone is no use, nor is an image that is not shown.
    """
    for index, link in file_links(analysis):
        fact = None if link.kind in ("definition", "meant") else file_of(analysis, link)
        if fact is not None and fact.status in ("file", "wrong-case"):
            yield index, link, fact.path
