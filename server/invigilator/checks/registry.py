"""All checks, in the order in which they are made, and the one table of findings.

A new check is a function in its family's file, with its `Rule`, and a line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from invigilator.checks import answers, figures, markers, questions, reports
from invigilator.checks.context import Placed, QuestionContext, ReportContext
from invigilator.checks.finding import Finding, Rule

QUESTION_CHECKS: Final[tuple[Callable[[QuestionContext], Iterator[Finding]], ...]] = (
    markers.missing,
    markers.duplicate,
    answers.missing,
    answers.too_short,
    answers.too_long,
    answers.heading,
    answers.placeholder_left,
    answers.unclosed,
    figures.too_few,
    figures.too_many,
    figures.not_shown,
    figures.images,
    figures.link,
)
"""Made for every question by itself, and again only when its section or what it is judged by has changed."""

REPORT_CHECKS: Final[tuple[Callable[[ReportContext], Iterator[Placed]], ...]] = (
    reports.conflict_marker,
    questions.missing,
    questions.duplicate,
    questions.out_of_order,
    questions.unknown,
    markers.outside,
    reports.unreadable,
    reports.shifted,
)
"""Made for the report as a whole, in this order: the later ones name the earlier ones' findings as causes."""

RULES: Final[Mapping[str, Rule]] = {
    rule.code: rule
    for family in (reports, questions, markers, answers, figures)
    for rule in vars(family).values()
    if isinstance(rule, Rule)
}
"""The table of findings by code, in the order of the documentation."""
