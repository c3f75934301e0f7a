"""``report.*``: what is wrong with the report as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.context import Placed, ReportContext
from invigilator.checks.finding import Count, Finding, Related, Rule
from invigilator.text import Span

CONFLICT_MARKER: Final = Rule(
    "report.conflict-marker",
    "error",
    "A conflict that a git merge left behind.",
    {
        "": "Two versions of the report stand here one below the other, left by a git merge. "
        "Keep one, and delete the other and the lines of <, = and >.",
    },
)

UNREADABLE: Final = Rule(
    "report.unreadable",
    "error",
    "The official check would stop, with no result for any question.",
    {
        "": "The official check stops here, with no result for any question: it finds {found:answer} where {expected} "
        "are expected. Mend {causes}.",
        "unexplained": "The official check stops here, with no result for any question: it finds {found:answer} where "
        "{expected} are expected. Compare the headings and `{marker}` lines with the template's.",
    },
)

SHIFTED: Final = Rule(
    "report.shifted",
    "error",
    "The official check runs, but judges answers by another question's limits.",
    {
        "": "The official check mixes up the questions: it judges {count:answer} by the limits of others, "
        "{first} by those of question {index} to begin with. Mend {causes}.",
        "unexplained": "The official check mixes up the questions: it judges {count:answer} by the limits of others, "
        "{first} by those of question {index} to begin with. Compare the headings and `{marker}` lines with "
        "the template's.",
    },
)

_CONFLICT: Final = re.compile(r"(?:^|(?<=\r))<{7} [^\r\n]*", re.MULTILINE)
_MIDDLE: Final = re.compile(r"(?:^|(?<=\r))={7}[ \t]*(?=[\r\n]|\Z)", re.MULTILINE)
_END: Final = re.compile(r"(?:^|(?<=\r))>{7} ", re.MULTILINE)

_NAMES: Final = {
    "marker.missing": "the lost marker of question {}",
    "marker.duplicate": "the second marker of question {}",
    "question.missing": "the missing question {}",
    "question.duplicate": "the second heading of question {}",
    "question.out-of-order": "the place of question {}",
    "question.unknown": "the heading of question {}",
    "answer.heading": "the ### in the answer to question {}",
}
_MOST_NAMED: Final = 3


def is_cause(finding: Finding) -> bool:
    """Whether a finding can make the official check see another number of answers."""
    if finding.code == "answer.heading":
        return finding.variant == "last"
    return finding.code.startswith(("marker.", "question.", "report.conflict-marker"))


def conflict_marker(report: ReportContext) -> Iterator[Placed]:
    """A line of seven ``<`` with its ``=`` and ``>`` below."""
    text = report.outline.text
    if "<<<<<<< " not in text:
        return
    for match in _CONFLICT.finditer(text):
        middle = _MIDDLE.search(text, match.end())
        if middle is None or _END.search(text, middle.end()) is None:
            continue
        section = report.outline.index_at(match.start())
        span = Span(*match.span()).moved(-report.outline.starts[section])
        yield Placed(section, CONFLICT_MARKER.finding(span, report.number_at(section)))


def unreadable(report: ReportContext) -> Iterator[Placed]:
    """The official check stops: one finding at the first question, naming the causes."""
    if report.verdict is None or report.verdict.runs or not report.questions:
        return
    section, question = report.questions[0]
    related, causes = _causes(report)
    yield Placed(
        section,
        UNREADABLE.finding(
            question.heading,
            None,
            "" if causes else "unexplained",
            {
                "found": Count(len(report.verdict.answers)),
                "expected": report.expected,
                "causes": causes,
                "marker": report.outline.grammar.marker,
            },
            related=related,
        ),
    )


def shifted(report: ReportContext) -> Iterator[Placed]:
    """The official check runs and judges answers by other questions' limits: likewise."""
    if report.verdict is None or not report.verdict.shifted or not report.questions:
        return
    section, question = report.questions[0]
    related, causes = _causes(report)
    first = report.verdict.shifted[0]
    yield Placed(
        section,
        SHIFTED.finding(
            question.heading,
            None,
            "" if causes else "unexplained",
            {
                "count": Count(len(report.verdict.shifted)),
                "first": "what stands above the first question"
                if first.question is None
                else f"question {first.question}",
                "index": first.place,
                "causes": causes,
                "marker": report.outline.grammar.marker,
            },
            related=related,
        ),
    )


def _causes(report: ReportContext) -> tuple[tuple[Related, ...], str]:
    """The findings that explain a wrong number of answers, as places and as words."""
    related: list[Related] = []
    names: list[str] = []
    for section, finding in report.found:
        if not is_cause(finding):
            continue
        name = _NAMES.get(finding.code, "").format(finding.question)
        if finding.code == "report.conflict-marker":
            name = "the merge conflict"
        names.append(name)
        related.append(Related(section, finding.span, name))
    names = list(dict.fromkeys(names))
    if len(names) > _MOST_NAMED:
        names[_MOST_NAMED:] = [f"{len(names) - _MOST_NAMED} more such places"]
    words = names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
    return tuple(related), words


REPORT_CHECKS: Final = (conflict_marker, unreadable, shifted)
"""The last two name what was found before as their causes."""
