"""``question.*``: the headings against the edition."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from invigilator.checks.context import Placed, ReportContext
from invigilator.checks.finding import Related, Rule
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.text import Span

MISSING: Final = Rule(
    "question.missing",
    "error",
    "A question of the edition whose heading is not in the report.",
    {
        "": "Question {number} is missing: no line says `### Question {number}`. "
        "Put its heading back {place}, with its prompt and `> {marker}` line.",
        "level": "This heading must be `### Question {number}`, with three #: as it stands nobody finds question "
        "{number}, and the official check may stop.",
    },
)

DUPLICATE: Final = Rule(
    "question.duplicate",
    "error",
    "Two headings with the same number.",
    {
        "": "There are two headings `Question {number}`. Delete the one too many, "
        "or give it the number that it had in the template.",
    },
)

OUT_OF_ORDER: Final = Rule(
    "question.out-of-order",
    "error",
    "A question in another place than the template's.",
    {
        "": "Question {number} stands in the wrong place, and the official check goes by the place, not by the number. "
        "Move it to where the template has it.",
    },
)

UNKNOWN: Final = Rule(
    "question.unknown",
    "error",
    "A question number that the edition does not have.",
    {
        "": "The template has {expected} questions, and no question {number}. "
        "Make this heading bold text, or delete it.",
    },
)


_NEARLY_A_HEADING: Final = re.compile(
    r"(?:^|(?<=\r)) {0,3}(?P<heading>#{1,6}[ \t]*Question[ \t]*(?P<number>\d{1,4}))\b", re.MULTILINE | re.IGNORECASE
)


def missing(report: ReportContext) -> Iterator[Placed]:
    """Every number of the edition that has no heading."""
    if report.expected is None or not report.questions:
        return
    present = {question.number for _, question in report.questions}
    absent = [number for number in range(1, report.expected + 1) if number not in present]
    misshapen = _misshapen_headings(report) if absent else {}
    marker = report.outline.grammar.marker
    for number in absent:
        if number in misshapen:
            section, span = misshapen[number]
            yield Placed(section, MISSING.finding(span, number, "level", {"number": number}))
            continue
        before = [item for item in report.questions if item[1].number < number]
        section, question = max(before, key=lambda item: item[1].number) if before else report.questions[0]
        place = f"{'behind' if before else 'before'} question {question.number}"
        facts = {"number": number, "place": place, "marker": marker}
        yield Placed(section, MISSING.finding(question.heading, number, "", facts))


def duplicate(report: ReportContext) -> Iterator[Placed]:
    """Every heading whose number stood before."""
    first: dict[int, tuple[int, Question]] = {}
    for section, question in report.questions:
        if question.number in first:
            earlier, other = first[question.number]
            related = (Related(earlier, other.heading, f"the first heading `Question {question.number}`"),)
            yield Placed(
                section,
                DUPLICATE.finding(question.heading, question.number, "", {"number": question.number}, related=related),
            )
        else:
            first[question.number] = (section, question)


def out_of_order(report: ReportContext) -> Iterator[Placed]:
    """The headings that would have to move: the fewest that leave the rest in order."""
    seen: set[int] = set()
    once = [(s, q) for s, q in report.questions if not (q.number in seen or seen.add(q.number))]  # type: ignore[func-returns-value]
    kept = set(longest_run([question.number for _, question in once]))
    for section, question in once:
        if question.number not in kept:
            yield Placed(
                section, OUT_OF_ORDER.finding(question.heading, question.number, "", {"number": question.number})
            )


def unknown(report: ReportContext) -> Iterator[Placed]:
    """Every number beyond the edition's last."""
    if report.expected is None:
        return
    for section, question in report.questions:
        if not 1 <= question.number <= report.expected:
            yield Placed(
                section,
                UNKNOWN.finding(
                    question.heading, question.number, "", {"number": question.number, "expected": report.expected}
                ),
            )


def longest_run(numbers: Sequence[int]) -> list[int]:
    """The longest strictly rising part of `numbers`, which may leave some out."""
    ends: list[int] = []  # the index of the smallest number that ends a run of each length
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left([numbers[end] for end in ends], number)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(numbers[index])
        index = before[index]
    return run[::-1]


def _misshapen_headings(report: ReportContext) -> dict[int, tuple[int, Span]]:
    found: dict[int, tuple[int, Span]] = {}
    for index, section in enumerate(report.outline.sections):
        for number, span in misshapen_headings(section):
            found.setdefault(number, (index, span))
    return found


def misshapen_headings(section: Section) -> tuple[tuple[int, Span], ...]:
    """The number and place of every line that is nearly a question heading: more or fewer ``#``, or no space."""
    known = section.kept.get("misshapen headings")
    if not isinstance(known, tuple):
        section.kept["misshapen headings"] = known = tuple(_misshapen(section))
    return known


def _misshapen(section: Section) -> Iterator[tuple[int, Span]]:
    return (
        (int(match["number"]), Span(*match.span("heading")))
        for match in (_NEARLY_A_HEADING.finditer(section.text) if "uestion" in section.text.lower() else ())
        if section.grammar.heading.match(match[0]) is None
    )


REPORT_CHECKS: Final = (missing, duplicate, out_of_order, unknown)
