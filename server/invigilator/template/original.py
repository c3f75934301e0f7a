"""The original template as a value: what it asks, in its own words, and which version of a report is one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from invigilator.report.grammar import Grammar
from invigilator.report.limits import prompt_constraint
from invigilator.report.model import Constraint
from invigilator.report.parts import title_of
from invigilator.report.reading import asking_text, is_blank, parts_of_question
from invigilator.report.sections import Section, outline
from invigilator.surroundings import TextFile

_LINE_ENDING: Final = re.compile(r"\r\n?")
_CLOSING_EMPHASIS: Final = re.compile(r"[*_]{0,3}")
_ANSWERED: Final = 10  # one in so many questions may be filled in: their prompts are the template's all the same


class TemplateQuestion(NamedTuple):
    """A question as the template has it; lines end in ``\\n``.

    `heading` is its heading's line, `prompt` all behind that up to the marker's line, `marker` that line up to the
    marker, `placeholder` the text to be replaced by an answer (may be empty). `part` is the heading that it stands
    under, `constraint` what the prompt asks for.
    """

    number: int
    heading: str
    prompt: str
    marker: str
    placeholder: str
    part: str | None
    constraint: Constraint

    @property
    def text(self) -> str:
        """The whole question, blank, up to its last letter."""
        return f"{self.heading}{self.prompt}{self.marker}" + (f"\n\n{self.placeholder}" if self.placeholder else "")


class Template(NamedTuple):
    """A template: where it is from, in words, and its questions in their order, of each number the first."""

    path: str
    questions: tuple[TemplateQuestion, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The questions' numbers in their order."""
        return tuple(question.number for question in self.questions)

    def question(self, number: int) -> TemplateQuestion | None:
        """The question of a number."""
        return next((question for question in self.questions if question.number == number), None)


@lru_cache(maxsize=16)
def read_template(file: TextFile, grammar: Grammar) -> Template | None:
    """The template that a file is; None where it has no question with an answer marker."""
    questions: dict[int, TemplateQuestion] = {}
    part: str | None = None
    for section in outline(file.text, grammar).sections:
        if section.number is None:
            title = title_of(section)
            part = title.name if title else part
        elif section.marker_count:
            questions.setdefault(section.number, _question(section, part))
    return Template(file.path, tuple(questions.values())) if questions else None


class FirstBlank(NamedTuple):
    """Chooses, of the versions of a report, the first whose placeholders are untouched.

    One question in ten may be filled in (a group's number and names often are from the first day, and one edition of
    the course's template had an answer in it). A later one with more questions wins: the template was replaced by the
    next edition's before anybody wrote in it.
    """

    grammar: Grammar

    def __call__(self, versions: Iterable[TextFile]) -> TextFile | None:
        """The version, None where none is blank."""
        best: TextFile | None = None
        most = 0
        for version in versions:
            count = _blank_questions(version.text, self.grammar)
            if count > most:
                best, most = version, count
        return best


def _blank_questions(text: str, grammar: Grammar) -> int:
    """How many questions a text has that is the template or nearly; 0 where it is filled in."""
    if grammar.marker not in text:
        return 0
    questions = [s for s in outline(text, grammar).sections if s.number is not None]
    answered = sum(not is_blank(section) for section in questions)
    return len(questions) if answered * _ANSWERED <= len(questions) else 0


def _question(section: Section, part: str | None) -> TemplateQuestion:
    text, grammar = section.text, section.grammar
    heading, prompt, markers = parts_of_question(section)
    behind = markers[0].end
    if closing := _CLOSING_EMPHASIS.match(text, behind):
        behind = closing.end()
    placeholder = grammar.placeholder.search(text, behind)
    raw = text[prompt.start : prompt.end]
    return TemplateQuestion(
        number=section.number or 0,
        heading=text[heading.start : heading.end],
        prompt=_LINE_ENDING.sub("\n", raw),
        marker=text[prompt.end : behind] if grammar.marker else "",
        placeholder=placeholder[0] if placeholder else "",
        part=part,
        constraint=prompt_constraint(asking_text(section)),
    )
