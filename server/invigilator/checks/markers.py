"""``marker.*``: the line where an answer begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from invigilator.checks.context import Placed, QuestionContext, ReportContext
from invigilator.checks.finding import Count, Finding, Rule
from invigilator.report.counting import official_words
from invigilator.template.matching import merged_into
from invigilator.text import Span

MISSING: Final = Rule(
    "marker.missing",
    "error",
    "A question without its answer marker: the official check then has no result for any question.",
    {
        "": "Question {number} has lost its `{marker}` line, and without it the official check cannot tell where the "
        "answer begins. Put a line `> {marker}` between the prompt and your answer.",
        "own": "Question {number} has lost its `{marker}` line, and without it nobody can tell where the answer "
        "begins. Put it back between the prompt and your answer.",
    },
)

DUPLICATE: Final = Rule(
    "marker.duplicate",
    "error",
    "A second marker: the text between the two is lost to the official check. "
    "Information where only blank lines stand between.",
    {
        "": "A second `{marker}` in question {number}: the official check drops the {lost:word} above it. "
        "Delete it, or write the word without its colon.",
        "blank": "`{marker}` stands twice in question {number}, with nothing between. Delete one of the two.",
        "outside": "`{marker}` stands here outside every question, and the official check takes what follows for an "
        "answer. Write the word without its colon.",
    },
    milder={"blank": "information"},
)


def missing(context: QuestionContext) -> Iterator[Finding]:
    """A question of the template without a marker; one that the template does not have is `question.unknown`."""
    if not context.question.markers and context.is_expected:
        yield MISSING.finding(
            context.question.heading,
            context.question.number,
            "" if context.section.grammar.official else "own",
            {"number": context.question.number, "marker": context.section.grammar.marker},
        )


def duplicate(context: QuestionContext) -> Iterator[Finding]:
    """Every marker but the first; that of another question without its heading is `question.missing`."""
    merged = merged_into(context.section, context.absent)
    for first, second in pairwise(context.question.markers):
        if any(first.end <= other.span.start < second.start for other in merged):
            continue
        between = context.text[first.end : second.start]
        yield DUPLICATE.finding(
            second,
            context.question.number,
            "" if between.strip(" \t\r\n>*_") else "blank",
            {
                "number": context.question.number,
                "marker": context.section.grammar.marker,
                "lost": Count(official_words(between)),
            },
        )


def outside(report: ReportContext) -> Iterator[Placed]:
    """A marker where no question is: the check takes what follows for an answer."""
    if report.verdict is None:
        return
    marker = report.outline.grammar.marker
    for index, section in enumerate(report.outline.sections):
        if section.number is None and section.marker_count:
            merged = len(merged_into(section, report.absent))  # questions without their heading: `question.missing`
            for match in islice(re.finditer(re.escape(marker), section.text), merged, None):
                yield Placed(index, DUPLICATE.finding(Span(*match.span()), None, "outside", {"marker": marker}))


QUESTION_CHECKS: Final = (missing, duplicate)
REPORT_CHECKS: Final = (outside,)
