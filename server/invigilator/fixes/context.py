"""What a fix may look at."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Edit, Finding
from invigilator.report.lines import Lines, newline_of
from invigilator.report.markdown import Markdown
from invigilator.report.reading import Question
from invigilator.text import Span


class FixContext:
    """A finding, and the section number `index` that it stands in. Spans count from that section's start."""

    def __init__(self, analysis: Analysis, index: int, finding: Finding) -> None:
        self.analysis: Final = analysis
        self.index: Final = index
        self.finding: Final = finding
        self.section: Final = analysis.outline.sections[index]
        self.text: Final = self.section.text
        self.lines: Final = Lines(self.section)

    @property
    def span(self) -> Span:
        """Where the finding stands."""
        return self.finding.span

    @cached_property
    def state(self) -> QuestionState:
        """The question that the section is. Raises LookupError where it is none."""
        return next(state for state in self.analysis.questions if state.section == self.index)

    @property
    def question(self) -> Question:
        """The same, as it was read."""
        return self.state.question

    @property
    def markdown(self) -> Markdown:
        """The answer's Markdown; nothing where it cannot be read."""
        return self.question.markdown or Markdown()

    @property
    def is_last(self) -> bool:
        """Whether no section follows."""
        return self.index == len(self.analysis.outline.sections) - 1

    @cached_property
    def newline(self) -> str:
        """How lines end here."""
        return newline_of(self.section, self.analysis.outline.text)

    @cached_property
    def marker_line(self) -> str:
        """The line of an answer marker, up to where an answer can begin: as another question of the template has it.

        Empty in a template without markers.
        """
        grammar = self.section.grammar
        if grammar.official or not grammar.marker:
            return f"> {grammar.marker}" if grammar.official else ""
        for state in self.analysis.questions:
            if state.question.marker is not None:
                lines = Lines(self.analysis.outline.sections[state.section])
                line = lines.at(state.question.marker.start)
                return lines.text(line)[: state.question.answer.start - lines.span(line).start].rstrip()
        return grammar.marker

    def edit(self, start: int, end: int, new: str, cursor: int | None = None) -> Edit:
        """An edit of the section as one of the whole text."""
        return Edit(Span(start, end).moved(self.analysis.outline.starts[self.index]), new, cursor)

    def delete(self, span: Span) -> Edit:
        """Takes out a stretch, with what only stood there for its sake."""
        return self.edit(*self.lines.with_surplus(span), "")
