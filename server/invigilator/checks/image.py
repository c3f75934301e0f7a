"""An image of an answer, with what stands where it points to: what the rules of `figures.py` and `git.py` look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from invigilator.checks.context import QuestionContext
from invigilator.checks.finding import NO_FACTS, Facts, Finding, Rule
from invigilator.report.destination import Destination
from invigilator.report.links import answer_links
from invigilator.report.markdown import Link
from invigilator.surroundings import FileFact
from invigilator.text import Span


class Image(NamedTuple):
    """An image of an answer; `fact` is None where its destination is no path."""

    link: Link
    destination: Destination
    fact: FileFact | None
    context: QuestionContext

    @property
    def where(self) -> Span:
        """Its path, or all of it where that stands elsewhere."""
        return self.link.destination or self.link.span

    def finding(self, rule: Rule, variant: str = "", facts: Facts = NO_FACTS) -> Finding:
        """A finding at its path, whose message may name the figures folder and the path."""
        always = {"folder": self.context.configuration.figures, "path": self.destination.shown}
        return rule.finding(self.where, self.context.question.number, variant, {**always, **facts})


def links_of(context: QuestionContext) -> Iterator[Link]:
    """The links and images of the answer; where it cannot be read as Markdown, the images that stand in one line."""
    return answer_links(context.text, context.question)
