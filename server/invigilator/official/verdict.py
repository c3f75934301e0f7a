"""What the course's ``report.py check`` says of a report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from invigilator.official.split import Piece
from invigilator.report.model import Constraint


class Rules(NamedTuple):
    """What the check goes by: the number of answers it expects, each one's limits, what it drops of the text first.

    Characters are limited by configuration only, never by the course's script. `counts_characters` is whether any
    answer's are: where none are, an edit that changes nothing else leaves the verdict as it is.
    """

    questions: int
    constraints: Mapping[int, Constraint]
    dropped_head: int
    counts_characters: bool = False


class JudgedAnswer(NamedTuple):
    """One answer as the check sees it.

    `place` is the question by whose limits it is judged, `question` the one under whose heading it stands (None: above
    the first). `passed` is None where the check does not run, `characters` where nobody limits them.
    """

    place: int
    question: int | None
    words: int
    images: int
    passed: bool | None
    characters: int | None = None


@dataclass(frozen=True)
class Verdict:
    """The check's result; without `runs`, `error` says why and there is no count."""

    runs: bool
    error: str | None
    passed: int | None
    total: int | None
    answers: tuple[JudgedAnswer, ...]

    @property
    def shifted(self) -> tuple[JudgedAnswer, ...]:
        """The answers that are judged by another question's limits."""
        return tuple(answer for answer in self.answers if answer.question != answer.place) if self.runs else ()

    @cached_property
    def assigned(self) -> tuple[int | None, ...]:
        """Under which question's heading each answer stands."""
        return tuple(answer.question for answer in self.answers)

    @cached_property
    def passed_by_question(self) -> dict[int | None, bool | None]:
        """Whether the answer under each question's heading passes; empty where the check does not run."""
        return {answer.question: answer.passed for answer in reversed(self.answers)} if self.runs else {}

    def of_question(self, number: int) -> JudgedAnswer | None:
        """The answer that stands under a question's heading; None where the check sees none."""
        return next((answer for answer in self.answers if answer.question == number), None)


def judge(pieces: Sequence[Piece], rules: Rules, owner: Callable[[int], int | None]) -> Verdict:
    """The verdict on the answers that the check sees (`split`).

    `owner` says under which question's heading the n-th marker (from 0) of the text stands.
    """
    runs = len(pieces) == rules.questions
    answers = []
    for place, piece in enumerate(pieces, start=1):
        words, images, characters = piece.counts
        constraint = rules.constraints.get(place, Constraint())
        answers.append(
            JudgedAnswer(
                place=place,
                question=None if piece.marker is None else owner(piece.marker),
                words=words,
                images=images,
                passed=constraint.hold(words, images, characters) if runs else None,
                characters=characters,
            )
        )
    if not runs:
        error = f"ValueError: {len(pieces)} answers found, {rules.questions} expected"
        return Verdict(False, error, None, None, tuple(answers))
    return Verdict(True, None, sum(1 for answer in answers if answer.passed), rules.questions, tuple(answers))
