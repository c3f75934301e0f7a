"""Which question of the template one of the report is: by its number, or by its prompt where that knows better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from invigilator.report.reading import parts_of_question
from invigilator.report.sections import Section
from invigilator.template.comparison import likeness
from invigilator.template.original import Template, TemplateQuestion
from invigilator.template.wording import wording_of
from invigilator.text import Span

_SURELY: Final = 0.75
_DOUBTFUL: Final = 0.9  # what has less in common with the prompt of its number may be another's
_BETTER: Final = 0.2  # by so much it must be more like the other's
_WORD: Final = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*")
_FEWEST_WORDS: Final = 5


@lru_cache(maxsize=16)
def originals_of(
    template: Template, numbers: tuple[int, ...], prompts: tuple[str, ...]
) -> tuple[TemplateQuestion | None, ...]:
    """For every question of a report, by its number and its raw prompt, the one of the template that it is.

    That is the one of its number, unless its prompt is surely another's that is nowhere else. None: the template has
    none such, or it has taken the number of a question that stands elsewhere.
    """
    by_number = {question.number: question for question in template.questions}
    found: list[TemplateQuestion | None] = [None] * len(numbers)
    doubtful: list[int] = []
    for place, (number, prompt) in enumerate(zip(numbers, prompts, strict=True)):
        own = by_number.get(number)
        if own is not None and not _may_be_anothers(own, prompt):
            found[place] = own
        else:
            doubtful.append(place)
    for place in doubtful:
        taken = {question.number for question in found if question is not None}
        others = [question for question in template.questions if question.number not in taken]
        found[place] = _surest(others, by_number.get(numbers[place]), prompts[place])
    taken = {question.number for question in found if question is not None}
    for place in doubtful:
        own = by_number.get(numbers[place])
        if found[place] is None and own is not None and own.number not in taken:
            found[place] = own
    return tuple(found)


def _may_be_anothers(own: TemplateQuestion, prompt: str) -> bool:
    """Whether a prompt says enough, and has too little in common with that of its number."""
    words = wording_of(prompt).asked.texts
    return len(words) >= _FEWEST_WORDS and own.prompt != prompt and likeness(own.prompt, prompt) < _DOUBTFUL


def _surest(
    questions: Sequence[TemplateQuestion], own: TemplateQuestion | None, prompt: str
) -> TemplateQuestion | None:
    """The question whose prompt it surely is: nearly the same, more than its own number's, and more than any other."""
    if not questions:
        return None
    rated = sorted(((likeness(question.prompt, prompt), -place) for place, question in enumerate(questions)))
    best, place = rated[-1]
    is_alone = len(rated) == 1 or rated[-2][0] < best
    is_better = own is None or best >= likeness(own.prompt, prompt) + _BETTER
    return questions[-place] if best >= _SURELY and is_alone and is_better else None


class Merged(NamedTuple):
    """A question of the template whose prompt stands in a section without a heading of its own.

    `span` has words of its beginning; `line` is where the first line of the paragraph begins that they stand in.
    """

    question: TemplateQuestion
    span: Span
    line: int


def merged_into(section: Section, absent: tuple[TemplateQuestion, ...]) -> tuple[Merged, ...]:
    """Which of the `absent` questions of the template stand in a section, in its answer say, without their heading."""
    if not absent:
        return ()
    key = ("merged", absent)
    known = section.kept.get(key)
    if not isinstance(known, tuple):
        section.kept[key] = known = tuple(_merged(section, absent))
    return known


def _merged(section: Section, absent: Sequence[TemplateQuestion]) -> Iterator[Merged]:
    words = [(word[0].lower().replace("’", "'"), word.start(), word.end()) for word in _WORD.finditer(section.text)]
    said = f" {' '.join(word for word, _, _ in words)} "
    of_prompt = _own_prompt(section)
    own = sum(len(word) + 1 for word, _, end in words if end <= of_prompt)
    for question in absent:
        asked = wording_of(question.prompt).asked.texts
        at = _first_of(asked, said[own:], 0.5)
        # in the section's own prompt, which may be much like it, the whole of it must stand
        at = _first_of(asked, said, 1) if at is None else own + at
        if at is None:
            continue
        first = said.count(" ", 0, at + 1) - 1
        start, end = words[first][1], words[first + _FEWEST_WORDS - 1][2]
        source = section.source
        line = source.line_of(start)
        if line > 0:  # on the first line is the section's own heading
            end = min(end, source.line_span(line).end)
            yield Merged(question, Span(start, end), source.line_starts[_first_line(section, line)])


def _own_prompt(section: Section) -> int:
    """Where the prompt of a question's own heading ends; 0 where there is none."""
    if section.number is None:
        return 0
    _, prompt, markers = parts_of_question(section)
    return prompt.end if markers else 0


def _first_of(asked: Sequence[str], said: str, share: float) -> int | None:
    """Where a prompt begins in a text, both word by word; None unless such a share of its pieces stands there."""
    pieces = [asked[at : at + _FEWEST_WORDS] for at in range(0, len(asked) - _FEWEST_WORDS + 1, _FEWEST_WORDS)]
    places = [said.find(f" {' '.join(piece)} ") for piece in pieces]
    found = [place for place in places if place >= 0]
    return min(found) if found and len(found) >= share * len(pieces) else None


def _first_line(section: Section, line: int) -> int:
    """The first line of the paragraph that a line of a section is in."""
    source, text = section.source, section.text
    while line > 1 and section.kinds[line - 1].kind == section.kinds[line].kind:
        start, end = source.line_span(line - 1)
        if not text[start:end].strip(" \t>"):
            break
        line -= 1
    return line
