"""What stands at a question's heading: its verdict and its counts, as the analysis has them."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Count
from invigilator.report.model import Bounds

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
        asked = [
            bounds.of(noun)
            for bounds, noun in ((state.limits.word_bounds, "word"), (state.limits.image_bounds, "image"))
            if bounds is not None
        ]
        says = "Not answered" if verdict == _NO_LIMITS else f"Not answered. {verdict}"
        return Mark("fails" if look == "fails" else "open", says, f"asked for: {', '.join(asked)}" if asked else "")
    words, images = question.counts
    parts = []
    if state.limits.word_bounds or not state.limits.image_bounds:
        parts.append(_count(words, "word", state.limits.word_bounds))
    if images or state.limits.image_bounds:
        parts.append(_count(images, "image", state.limits.image_bounds))
    return Mark(look, verdict, ", ".join(parts))


def _verdict(analysis: Analysis, state: QuestionState) -> tuple[State, str]:
    verdict, number = analysis.verdict, state.question.number
    if verdict is None or not verdict.runs:
        if state.limits.word_bounds is None and state.limits.image_bounds is None:
            return ("passes", _NO_LIMITS) if state.passed else ("unknown", "Not counted")
        return ("passes", "Within the limits") if state.passed else ("fails", "Not within the limits")
    answer = verdict.of_question(number) if state.question.markers else None
    if answer is None:
        return "fails", "Not seen by the official check"
    says = "Passes the official check" if answer.passed else "Fails the official check"
    if answer.place != number:
        says += f", which takes it for the answer to question {answer.place}"
    return "passes" if answer.passed else "fails", says


def _count(count: int, noun: str, bounds: Bounds | None) -> str:
    """``27 words (50 to 100: 23 missing)``."""
    shown = f"{Count(count):{noun}}"
    if bounds is None:
        return shown
    if bounds.low is not None and count < bounds.low:
        return f"{shown} ({bounds}: {bounds.low - count} missing)"
    if bounds.high is not None and count > bounds.high:
        return f"{shown} ({bounds}: {count - bounds.high} too many)"
    return f"{shown} ({bounds})"
