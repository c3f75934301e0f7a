"""What stands at a question's heading: its verdict and its counts, as the analysis has them."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from invigilator.analysis import Analysis, QuestionState
from invigilator.report.tally import Tally, tallies

State = Literal["passes", "fails", "open", "unknown"]

_NO_LIMITS: Final = "No limits"


class Mark(NamedTuple):
    """A question's mark: `state` for the eye, `verdict` in words, `counts` with their limits."""

    state: State
    verdict: str
    counts: str


def mark_of(analysis: Analysis, state: QuestionState) -> Mark:
    """The mark of one question."""
    question = state.question
    look, verdict = _verdict(analysis, state)
    if question.counts is None:
        return Mark(look, verdict, "its answer marker is gone, so nothing is counted")
    if not question.answered:
        asked = [bounds.of(noun) for bounds, noun in state.limits.asked]
        says = "Not answered" if verdict == _NO_LIMITS else f"Not answered. {verdict}"
        return Mark("fails" if look == "fails" else "open", says, f"asked for: {', '.join(asked)}" if asked else "")
    return Mark(look, verdict, ", ".join(map(_counted, tallies(question.counts, state.limits))))


def _verdict(analysis: Analysis, state: QuestionState) -> tuple[State, str]:
    verdict, number = analysis.verdict, state.question.number
    if verdict is None or not verdict.runs:
        if not state.limits.asked:
            return ("passes", _NO_LIMITS) if state.passed else ("unknown", "Not counted")
        return ("passes", "Within the limits") if state.passed else ("fails", "Not within the limits")
    answer = verdict.of_question(number) if state.question.markers else None
    if answer is None:
        return "fails", "Not seen by the official check"
    says = "Passes the official check" if answer.passed else "Fails the official check"
    if answer.place != number:
        says += f", which takes it for the answer to question {answer.place}"
    return "passes" if answer.passed else "fails", says


def _counted(tally: Tally) -> str:
    """``27 words (50 to 100: 23 missing)``."""
    asked = ": ".join(filter(None, (str(tally.bounds or ""), tally.difference)))
    return f"{tally.counted} ({asked})" if asked else tally.counted
