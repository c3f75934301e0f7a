"""The verdict on a report as a whole, in the words that command line and page share."""

from __future__ import annotations

from invigilator.analysis import Analysis


def result_of(analysis: Analysis) -> tuple[str, ...]:
    """The verdict on the report as a whole, in one line or two."""
    unanswered = sum(not state.question.answered for state in analysis.questions)
    verdict = analysis.verdict
    if verdict is not None and verdict.runs:
        return (f"{verdict.passed} of {verdict.total} pass the official check, {unanswered} unanswered",)
    passed = sum(bool(state.passed) for state in analysis.questions)
    own = f"{passed} of {len(analysis.questions)} keep to their limits, {unanswered} unanswered"
    if verdict is None:
        return (own,)
    return (own, f"The official check stops: {(verdict.error or '').removeprefix('ValueError: ')}")
