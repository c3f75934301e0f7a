"""The notification ``invigilator/status``: a report's state for a client that shows it, lines counting from 1."""

from __future__ import annotations

from invigilator.analysis import Analysis
from invigilator.summary import Json, figures_json, questions_json


def status(analysis: Analysis | None, uri: str) -> Json:
    """The content of the notification; without questions for a document that is no report (any more)."""
    if analysis is None:
        return {"uri": uri, "questions": None}
    verdict = analysis.verdict
    return {
        "uri": uri,
        "runs": verdict.runs if verdict else None,
        "error": verdict.error if verdict else None,
        "passed": verdict.passed if verdict else None,
        "total": verdict.total if verdict else None,
        "unanswered": sum(not state.question.answered for state in analysis.questions),
        "questions": questions_json(analysis),
        "figures": figures_json(analysis),
    }
