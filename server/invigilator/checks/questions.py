"""``question.*``: the headings against the edition and the original template."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from invigilator.checks.context import Placed, ReportContext
from invigilator.checks.finding import Count, Finding, Related, Rule
from invigilator.checks.order import longest_run, swapped
from invigilator.report.grammar import Grammar
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.template.matching import Merged, merged_into
from invigilator.template.original import TemplateQuestion
from invigilator.text import Span

MISSING: Final = Rule(
    "question.missing",
    "error",
    "A question of the edition, or of the original template, whose heading is not in the report.",
    {
        "": "Question {number} is missing: no line says `{heading}`. "
        "Put its heading back {place}, with its prompt{marker}.",
        "level": "This heading must be `### Question {number}`, with three #: as it stands nobody finds question "
        "{number}, and the official check may stop.",
        "deleted": "Question {number} is missing, its heading and its prompt: both were deleted. "
        "Put `{heading}` back {place}, with the template's prompt{marker}.",
        "merged": "The heading of question {number} is gone, and its prompt stands here, {inside}. "
        "Put `{heading}` back above it.",
    },
)

DUPLICATE: Final = Rule(
    "question.duplicate",
    "error",
    "Two headings with the same number.",
    {
        "": "There are two headings `Question {number}`. Delete the one too many, "
        "or give it the number that it had in the template.",
        "renumbered": "Two headings have the number {own}, and this is the template's question {number}: "
        "write `{heading}`.",
    },
)

OUT_OF_ORDER: Final = Rule(
    "question.out-of-order",
    "error",
    "A question in another place than the template's, or with another one's number.",
    {
        "": "Question {number} stands in the wrong place{because}. Move it to where the template has it.",
        "swapped": "Question {number} stands in the wrong place: it has that of question {other}, and the other way "
        "round{because}. Let them change places.",
        "renumbered": "This is the template's question {number}, and its heading says {own}: write `{heading}`.",
        "run": "This is the template's question {number}, and its heading says {own}; {others:heading} below "
        "went the same way. Write the template's numbers, here `{heading}`.",
        "numbers": "Questions {number} and {own} have each other's number: this is the template's question {number}. "
        "Write `{heading}` here, and {own} there.",
    },
)

UNKNOWN: Final = Rule(
    "question.unknown",
    "error",
    "A question number that the edition, or the original template, does not have.",
    {
        "": "The template has {expected:question}, and no question {number}. "
        "Make this heading bold text, or delete it.",
        "renumbered": "The template has no question {own}, and this is its question {number}: write `{heading}`.",
        "added": "The template's question {number} stands elsewhere, and this one is not in the template. "
        "Make this heading bold text, or delete it.",
    },
)


_BECAUSE: Final = ", and the official check goes by the place, not by the number"
_NEARLY_A_HEADING: Final = re.compile(
    r"(?:^|(?<=\r)) {0,3}(?P<heading>#{1,6}[ \t]*Question[ \t]*(?P<number>\d{1,4}))\b", re.MULTILINE | re.IGNORECASE
)


class Headed(NamedTuple):
    """A question of the report, the number of its section, and the one of the template that it is (None: unknown)."""

    section: int
    question: Question
    original: TemplateQuestion | None

    @property
    def number(self) -> int:
        """Which question it is, whatever its heading says."""
        return self.original.number if self.original else self.question.number

    @property
    def wrong_by(self) -> int:
        """By how much its heading's number is too high."""
        return self.question.number - self.number


class _Known(NamedTuple):
    questions: tuple[tuple[int, Question], ...]
    headed: tuple[Headed, ...]


def headed(report: ReportContext) -> tuple[Headed, ...]:
    """All questions, with what the template knows of them; kept for the checks of one text."""
    known = report.outline.kept.get("headed")
    if not isinstance(known, _Known) or known.questions is not report.questions:
        originals = report.originals or (None,) * len(report.questions)
        pairs = zip(report.questions, originals, strict=True)
        known = _Known(report.questions, tuple(Headed(*item, original) for item, original in pairs))
        report.outline.kept["headed"] = known
    return known.headed


def missing(report: ReportContext) -> Iterator[Placed]:
    """Every question that there should be and no heading has."""
    if report.asked is None or not report.questions:
        return
    present = {item.number: item for item in headed(report)}
    absent = [number for number in report.asked if number not in present]
    misshapen = _misshapen_headings(report) if absent and has_usual_headings(report.outline.grammar) else {}
    merged = _merged_prompts(report) if absent else {}
    grammar = report.outline.grammar
    for number in absent:
        if number in misshapen:
            section, span = misshapen[number]
            yield Placed(section, MISSING.finding(span, number, "level", {"number": number}))
            continue
        original = report.template.question(number) if report.template else None
        heading = original.heading if original else _heading_of(report, number)
        if number in merged:
            section, found = merged[number]
            inside = report.number_at(section)
            where = "outside every question" if inside is None else f"in question {inside}"
            facts: dict[str, object] = {"number": number, "heading": heading, "inside": where}
            yield Placed(section, MISSING.finding(found.span, number, "merged", facts))
            continue
        before = [item for one, item in present.items() if one < number]
        item = max(before, key=lambda item: item.number) if before else headed(report)[0]
        place = f"{'behind' if before else 'before'} question {item.question.number}"
        marker = original.marker if original else f"> {grammar.marker}" if grammar.official else grammar.marker
        with_marker = f" and `{marker}` line" if marker else ""
        facts = {"number": number, "heading": heading, "place": place, "marker": with_marker}
        variant = "deleted" if original is not None else ""
        yield Placed(item.section, MISSING.finding(item.question.heading, number, variant, facts))


def duplicate(report: ReportContext) -> Iterator[Placed]:
    """Every heading whose number stood before, or which has another question's number."""
    first: dict[int, Headed] = {}
    taken = Counter(question.number for _, question in report.questions)
    for item in headed(report):
        question = item.question
        if item.wrong_by:
            if taken[question.number] > 1:
                yield Placed(item.section, _renumbered(DUPLICATE, item))
        elif question.number in first:
            earlier, other, _ = first[question.number]
            related = (Related(earlier, other.heading, f"the first heading `Question {question.number}`"),)
            facts = {"number": question.number}
            yield Placed(item.section, DUPLICATE.finding(question.heading, question.number, "", facts, related=related))
        else:
            first[question.number] = item


def out_of_order(report: ReportContext) -> Iterator[Placed]:
    """The questions that would have to move, the fewest that leave the rest in order, and those with a wrong number."""
    yield from _with_wrong_numbers(report)
    first: dict[int, Headed] = {}
    for item in headed(report):
        first.setdefault(item.number, item)
    once = list(first.values())
    ranks = _ranks(report)
    numbers = [ranks.get(item.number, item.number) for item in once]
    because = _BECAUSE if report.outline.grammar.official else ""
    for place, other in swapped(numbers):
        item, twin = once[place], once[other]
        related = (Related(twin.section, twin.question.heading, f"question {twin.number}"),)
        facts = {"number": item.number, "other": twin.number, "because": because}
        yield Placed(
            item.section,
            OUT_OF_ORDER.finding(item.question.heading, item.question.number, "swapped", facts, related=related),
        )
        numbers[place], numbers[other] = numbers[other], numbers[place]
        once[place], once[other] = twin, item
    kept = set(longest_run(numbers))
    for item, number in zip(once, numbers, strict=True):
        if number not in kept:
            facts = {"number": item.number, "because": because}
            yield Placed(item.section, OUT_OF_ORDER.finding(item.question.heading, item.question.number, "", facts))


def unknown(report: ReportContext) -> Iterator[Placed]:
    """Every number that the edition does not have, and every question in the place of one that stands elsewhere."""
    if report.asked is None:
        return
    taken = Counter(question.number for _, question in report.questions)
    elsewhere = {item.number for item in headed(report) if item.wrong_by}
    for item in headed(report):
        number, heading = item.question.number, item.question.heading
        if number not in report.asked:
            if item.wrong_by:
                yield Placed(item.section, _renumbered(UNKNOWN, item))
                continue
            facts = {"number": number, "expected": Count(len(report.asked))}
            yield Placed(item.section, UNKNOWN.finding(heading, number, "", facts))
        elif item.original is None and number in elsewhere and taken[number] == 1:
            yield Placed(item.section, UNKNOWN.finding(heading, number, "added", {"number": number}))


def _with_wrong_numbers(report: ReportContext) -> Iterator[Placed]:
    """Questions under a number of the template that is another's: once for two that changed, and for a whole run."""
    items = headed(report)
    taken = Counter(item.question.number for item in items)
    asked = report.asked or ()
    said: set[int] = set()  # numbers that have been spoken of
    for place, item in enumerate(items):
        own = item.question.number
        if not item.wrong_by or item.number in said or taken[own] > 1 or own not in asked:
            continue
        run = run_of(items, place)
        twin = next((other for other in items if other.number == own and other.question.number == item.number), None)
        if len(run) > 1:
            said.update(other.number for other in run)
            yield Placed(item.section, _renumbered(OUT_OF_ORDER, item, "run", others=Count(len(run) - 1)))
        elif twin is not None:
            said.add(twin.number)
            related = (Related(twin.section, twin.question.heading, f"the template's question {twin.number}"),)
            yield Placed(item.section, _renumbered(OUT_OF_ORDER, item, "numbers")._replace(related=related))
        else:
            yield Placed(item.section, _renumbered(OUT_OF_ORDER, item))


def run_of(items: Sequence[Headed], place: int) -> Sequence[Headed]:
    """The questions from `place` on, one behind the other, whose numbers are wrong by the same."""
    end = place + 1
    while end < len(items) and items[end].wrong_by == items[place].wrong_by:
        end += 1
    return items[place:end]


def stand_ins(
    section: Section, absent: tuple[TemplateQuestion, ...]
) -> tuple[tuple[tuple[int, Span], ...], tuple[Merged, ...]]:
    """What may stand in a section for a heading that is not in the report: one misspelt, or a prompt without one."""
    return misshapen_headings(section), merged_into(section, absent)


def _renumbered(rule: Rule, item: Headed, variant: str = "renumbered", **facts: object) -> Finding:
    heading = item.original.heading if item.original else ""
    given = {"number": item.number, "own": item.question.number, "heading": heading, **facts}
    return rule.finding(item.question.heading, item.question.number, variant, given)


def _heading_of(report: ReportContext, number: int) -> str:
    """The heading of a question that is not there, written as that of another one is."""
    section, question = report.questions[0]
    line = report.outline.sections[section].text[question.heading.start : question.heading.end]
    return report.outline.grammar.heading_like(line, number) or f"### Question {number}"


def _ranks(report: ReportContext) -> dict[int, int]:
    """Where questions belong whose template has their numbers in another order than that of counting."""
    numbers = report.template.numbers if report.template else ()
    in_order = sorted(numbers)
    return {} if list(numbers) == in_order else dict(zip(numbers, in_order, strict=True))


def _merged_prompts(report: ReportContext) -> dict[int, tuple[int, Merged]]:
    found: dict[int, tuple[int, Merged]] = {}
    for index, section in enumerate(report.outline.sections):
        for merged in merged_into(section, report.absent):
            found.setdefault(merged.question.number, (index, merged))
    return found


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


def has_usual_headings(grammar: Grammar) -> bool:
    """Whether questions begin with `### Question 1`."""
    return grammar.number_of("### Question 1") == 1


def _misshapen(section: Section) -> Iterator[tuple[int, Span]]:
    return (
        (int(match["number"]), Span(*match.span("heading")))
        for match in (_NEARLY_A_HEADING.finditer(section.text) if "uestion" in section.text.lower() else ())
        if section.grammar.heading.match(match[0]) is None
    )


REPORT_CHECKS: Final = (missing, duplicate, out_of_order, unknown)
