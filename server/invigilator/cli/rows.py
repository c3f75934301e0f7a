"""The table of questions: what each has, what it is asked for, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from invigilator.analysis import Analysis, QuestionState
from invigilator.official.verdict import Rules, Verdict
from invigilator.report.model import Bounds, Constraint


class Row(NamedTuple):
    """A question as it is judged.

    `number` is that of its heading (None: the text stands above the first), `place` the question by whose limits the
    official check judges it. Counts are None where there is no answer to count, `passed` is then None as well.
    """

    number: int | None
    place: int | None
    line: int
    words: int | None
    images: int | None
    word_bounds: Bounds | None
    image_bounds: Bounds | None
    answered: bool
    passed: bool | None
    characters: int | None = None
    character_bounds: Bounds | None = None

    @property
    def is_moved(self) -> bool:
        """Whether it is judged by another question's limits."""
        return self.place not in (None, self.number)

    @property
    def name(self) -> str:
        """The number, and the place where that is another."""
        number = "-" if self.number is None else str(self.number)
        return f"{number} (as {self.place})" if self.is_moved else number

    @property
    def state(self) -> str:
        """What is wrong, in a few words."""
        if self.words is None or self.images is None:
            return "no answer marker" if self.passed is None and self.place is None else "not read by the check"
        if not self.answered:
            return "not answered"
        parts = (
            _distance(self.words, self.word_bounds, "word"),
            _distance(self.characters or 0, self.character_bounds, "character"),
            _distance(self.images, self.image_bounds, "image"),
        )
        return ", ".join(filter(None, parts))


def rows_of(analysis: Analysis) -> list[Row]:
    """The questions in document order: as the official check sees them, or by themselves where it has no result."""
    verdict, rules = analysis.verdict, analysis.frame.rules
    if verdict is None or rules is None or not verdict.runs:
        return [_own(analysis, state) for state in analysis.questions]
    return sorted(_official(analysis, verdict, rules), key=lambda row: row.line)


def bounds_text(bounds: Bounds | None) -> str:
    """``50-100``, ``50+``, ``max 60``, ``1``; nothing where there is no limit."""
    if bounds is None or (bounds.low is None and bounds.high is None):
        return ""
    if bounds.high is None:
        return f"{bounds.low}+"
    if not bounds.low:
        return f"max {bounds.high}"
    return str(bounds.low) if bounds.low == bounds.high else f"{bounds.low}-{bounds.high}"


def _own(analysis: Analysis, state: QuestionState) -> Row:
    counts = state.question.counts
    return Row(
        state.question.number,
        None,
        analysis.outline.lines[state.section] + 1,
        counts.words if counts else None,
        counts.images if counts else None,
        state.limits.word_bounds,
        state.limits.image_bounds,
        state.question.answered,
        state.passed,
        counts.characters if counts else None,
        state.limits.character_bounds,
    )


def _official(analysis: Analysis, verdict: Verdict, rules: Rules) -> Iterator[Row]:
    left = list(analysis.questions)
    for answer in verdict.answers:
        # one of several with that number that is not taken yet, or the same once more: an answer can be counted twice
        states = [state for state in analysis.questions if state.question.number == answer.question]
        states = [state for state in states if state.question.markers]
        state = next((state for state in states if state in left), states[0] if states else None)
        if state in left:
            left.remove(state)
        constraint = rules.constraints.get(answer.place, Constraint())
        yield Row(
            answer.question,
            answer.place,
            analysis.outline.lines[state.section] + 1 if state else 1,
            answer.words,
            answer.images,
            constraint.words,
            constraint.images,
            state.question.answered if state else True,
            answer.passed,
            answer.characters,
            constraint.characters,
        )
    for state in left:  # the check does not see them
        row = _own(analysis, state)
        place = state.question.number if state.question.markers else None
        yield row._replace(place=place, words=None, images=None, passed=None, characters=None)


def _distance(count: int, bounds: Bounds | None, what: str) -> str:
    """How far a count is off: ``23 words short``, ``1 image over``."""
    if bounds is None or bounds.hold(count):
        return ""
    is_short = bounds.low is not None and count < bounds.low
    off = abs(count - ((bounds.low if is_short else bounds.high) or 0))
    return f"{off} {what}{'' if off == 1 else 's'} {'short' if is_short else 'over'}"
