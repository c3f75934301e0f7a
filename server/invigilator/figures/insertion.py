"""Where a figure goes in an answer, and which figures are offered."""

from __future__ import annotations

from typing import Final, NamedTuple

from invigilator.analysis import Analysis, QuestionState
from invigilator.figures.image_text import markdown_image
from invigilator.figures.offers import offers
from invigilator.report.lines import Lines, newline_of
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.text import Span

MOST_FIGURES: Final = 9
"""That are offered at once."""


class Insertion(NamedTuple):
    """Where a figure goes: what of the section it replaces, the line breaks around it, and how lines end here."""

    span: Span
    before: str
    after: str
    newline: str

    def of(self, *paths: str) -> str:
        """The text that puts in the figures at `paths`, each a paragraph of its own."""
        return f"{self.before}{(self.newline * 2).join(map(markdown_image, paths))}{self.after}"


def offered_figures(analysis: Analysis) -> list[str]:
    """The paths of the figures folder's files: unused ones first, those that only prompts link to last."""
    return [offer.fact.path for offer in offers(analysis)]


def find_insertion(analysis: Analysis, state: QuestionState, local: int) -> Insertion:
    """Where a figure goes for a cursor at `local` (an offset in the question's section).

    In place of an untouched placeholder. On an empty line: there. In a text: below its paragraph, as one of its own. On
    the marker: below the answer. Never into a code block or comment, where it would not be seen.
    """
    section, question = analysis.outline.sections[state.section], state.question
    newline = newline_of(section, analysis.outline.text)
    if not question.answered and question.placeholders:
        return Insertion(question.placeholders[0], "", "", newline)
    lines, source = Lines(section), section.source
    marker_line = source.line_of(question.marker.start) if question.marker else 0
    line = source.line_of(local)
    if line <= marker_line:
        read = section.text[question.counted.start : question.counted.end].rstrip()
        line = max(marker_line, source.line_of(question.counted.start + len(read)))
    if line > marker_line:
        line = lines.end_of_paragraph(line)
    for block, is_closed in _unseen(question):
        first, last = source.line_of(block.start), source.line_of(block.end)
        if line < first or (is_closed and line > last):
            continue
        if not is_closed:  # all that follows is inside
            start = source.line_starts[first]
            return Insertion(Span(start, start), "" if lines.is_blank(first - 1) else newline, newline * 2, newline)
        line = lines.end_of_paragraph(last)
    if lines.is_blank(line):
        return on_empty_line(section, line, newline)
    end = source.line_span(line).end
    return Insertion(Span(end, end), newline * 2, "" if lines.is_blank(line + 1) else newline, newline)


def on_empty_line(section: Section, line: int, newline: str) -> Insertion:
    """A figure on an empty line, as a paragraph of its own."""
    lines = Lines(section)
    before, after = ("" if lines.is_blank(beside) else newline for beside in (line - 1, line + 1))
    return Insertion(lines.span(line), before, after, newline)


def _unseen(question: Question) -> list[tuple[Span, bool]]:
    """The code blocks and comments of an answer in their order, each with whether it is closed."""
    markdown = question.markdown
    if markdown is None:
        return []
    opener = markdown.open_comment
    blocks = [(fence.span, fence.closed) for fence in markdown.fences]
    blocks += [(comment, opener is None or comment.start != opener.start) for comment in markdown.comments]
    return sorted(blocks)
