"""All checks, in the order in which they are made, and the one table of findings.

A new check is a function in its family's file, with its `Rule` and its place in the family's list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from invigilator.checks import (
    answer_form,
    answers,
    checklists,
    figure_files,
    figures,
    git,
    markers,
    pages,
    prompts,
    questions,
    reports,
    silencing,
)
from invigilator.checks.context import Placed, QuestionContext, ReportContext
from invigilator.checks.finding import Finding, Rule

QUESTION_CHECKS: Final[tuple[Callable[[QuestionContext], Iterator[Finding]], ...]] = (
    *markers.QUESTION_CHECKS,
    *answers.QUESTION_CHECKS,
    *answer_form.QUESTION_CHECKS,
    *figures.QUESTION_CHECKS,
    *figure_files.QUESTION_CHECKS,
    *pages.QUESTION_CHECKS,
    *prompts.QUESTION_CHECKS,
)
"""Made for every question by itself, and again only when its section or what it is judged by has changed."""

REPORT_CHECKS: Final[tuple[Callable[[ReportContext], Iterator[Placed]], ...]] = (
    *questions.REPORT_CHECKS,
    *markers.REPORT_CHECKS,
    *reports.REPORT_CHECKS,
    *prompts.REPORT_CHECKS,
    *checklists.REPORT_CHECKS,
)
"""Made for the report as a whole, in this order: `reports` names what the others find as causes."""

_FAMILIES: Final = (
    *(reports, questions, markers, answers, answer_form, prompts),
    *(figures, figure_files, git, pages, checklists, silencing),
)

RULES: Final[Mapping[str, Rule]] = {
    rule.code: rule for family in _FAMILIES for rule in vars(family).values() if isinstance(rule, Rule)
}
"""The table of findings by code, in the order of the documentation."""
