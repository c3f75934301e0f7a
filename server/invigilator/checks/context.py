"""What a check may look at."""

from __future__ import annotations

from typing import NamedTuple

from invigilator.checks.finding import Finding
from invigilator.official.verdict import Verdict
from invigilator.report.configuration import Configuration
from invigilator.report.model import Limits, Sources
from invigilator.report.reading import Question
from invigilator.report.sections import Outline, Section
from invigilator.surroundings import Surroundings
from invigilator.template.original import Template, TemplateQuestion


class QuestionContext(NamedTuple):
    """One question and what it is judged by.

    `fails` is whether the official check fails it, or its own limits where there is no official check. `is_last` is
    true for the report's last question, which the check reads whole; `is_expected` is false for a number beyond those
    that the edition has. `sources` are what `limits` were chosen from. `original` is the question that it is in the
    original template, `absent` those of that template that are nowhere else.
    """

    section: Section
    question: Question
    limits: Limits
    fails: bool
    is_last: bool
    is_expected: bool
    configuration: Configuration
    surroundings: Surroundings
    sources: Sources = Sources()
    original: TemplateQuestion | None = None
    absent: tuple[TemplateQuestion, ...] = ()

    @property
    def text(self) -> str:
        """The section's text, which all spans count in."""
        return self.section.text


class Placed(NamedTuple):
    """A finding and the number of the section that it is in."""

    section: int
    finding: Finding


class ReportContext(NamedTuple):
    """The report as a whole.

    `questions` are the questions with the number of their section; `expected` is how many there should be (None where
    nothing says so); `verdict` is None where there is no official check; `found` has the findings made so far;
    `sources` is what each source asks of each question. `asked` are the numbers of all questions there should be;
    `originals` says for each question which one of the original template it is, `absent` has those that none is.
    """

    outline: Outline
    questions: tuple[tuple[int, Question], ...]
    expected: int | None
    verdict: Verdict | None
    found: tuple[Placed, ...]
    sources: tuple[Sources, ...] = ()
    asked: tuple[int, ...] | None = None
    template: Template | None = None
    originals: tuple[TemplateQuestion | None, ...] = ()
    absent: tuple[TemplateQuestion, ...] = ()

    def number_at(self, section: int) -> int | None:
        """The question that section number `section` is."""
        return self.outline.sections[section].number
