"""A report's text and its surroundings in, one `Analysis` out: the same for editor, command line and page.

An analysis is made from the one before it. Every stage takes over what it made then if what it is made from is the
same, so that a keystroke costs what the section costs in which it falls.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from invigilator.checks.choice import Findings, Found, by_section, chosen, makes_a_choice, matches
from invigilator.checks.context import Placed, QuestionContext, ReportContext
from invigilator.checks.finding import Finding
from invigilator.checks.questions import stand_ins
from invigilator.checks.registry import QUESTION_CHECKS, REPORT_CHECKS, RULES
from invigilator.checks.reports import is_cause
from invigilator.checks.silencing import comments_of, may_hold_comment
from invigilator.ground import NO_SETTINGS, Frame, Ground, Settings, asking_of, frame_of, prompt_of, stand_on
from invigilator.official.split import split, weigh_the_same
from invigilator.official.verdict import Verdict, judge
from invigilator.report.configuration import Configuration
from invigilator.report.markdown import Definitions, Unreadable, may_define, read_markdown
from invigilator.report.model import Limits, Problem
from invigilator.report.reading import Question, read_question
from invigilator.report.sections import Outline, Section, outline
from invigilator.surroundings import Surroundings
from invigilator.text import SourceText, Span

__all__ = ["NO_SETTINGS", "Analysis", "QuestionState", "Settings", "analyse", "matches"]


class QuestionState(NamedTuple):
    """A question with its section's number, its limits, and whether it keeps to them (None without a marker)."""

    section: int
    question: Question
    limits: Limits
    passed: bool | None


class Analysis(NamedTuple):
    """All that is known of a report at one moment.

    `findings` has those of every section, in the order of `outline.sections`; their ranges count from the section's
    start. A document that is no report has none. What `of_questions` and `of_report` have are the findings before the
    choice that comments and configuration make, of the questions by section, and of the report as a whole; `commented`
    are the numbers of the sections that may hold an ignore comment.
    """

    outline: Outline
    ground: Ground
    frame: Frame
    definitions: Definitions
    questions: tuple[QuestionState, ...]
    verdict: Verdict | None
    of_questions: tuple[tuple[Finding, ...], ...]
    of_report: tuple[Placed, ...]
    commented: tuple[int, ...]
    findings: tuple[tuple[Finding, ...], ...]
    problems: tuple[Problem, ...]

    @property
    def is_report(self) -> bool:
        """Whether there is a question with an answer marker."""
        return any(state.question.markers for state in self.questions)

    @property
    def edition(self) -> str | None:
        """The label of the template's edition, where it was recognised."""
        return self.frame.edition

    def placed(self) -> Iterator[tuple[int, Finding]]:
        """Every finding in document order, with its section's number."""
        for section, findings in enumerate(self.findings):
            for finding in sorted(findings, key=lambda finding: finding.span):
                yield section, finding

    def question_at(self, offset: int) -> QuestionState | None:
        """The question whose section holds `offset`."""
        section = self.outline.index_at(offset)
        return next((state for state in self.questions if state.section == section), None)

    def span_in_text(self, section: int, span: Span) -> Span:
        """A section's span, counted from the start of the text."""
        return span.moved(self.outline.starts[section])


def analyse(
    text: str | SourceText,
    surroundings: Surroundings,
    settings: Settings = NO_SETTINGS,
    previous: Analysis | None = None,
) -> Analysis:
    """The analysis of `text`; `previous` is that of an earlier state of the same document, if there is one."""
    ground = stand_on(surroundings, settings, previous.ground if previous else None)
    sections = outline(text, ground.configuration.grammar, previous.outline if previous else None)
    if previous is not None and previous.ground is ground and previous.outline is sections:
        return previous
    old = _Before.of(previous, ground, sections)
    numbered = [(index, section) for index, section in enumerate(sections.sections) if section.number is not None]
    frame = old.analysis.frame if old and old.keeps_prompts else None
    frame = frame or frame_of(ground, [section for _, section in numbered], old.analysis.frame if old else None)
    if not any(section.marker_count for _, section in numbered):
        nothing: tuple[tuple[Finding, ...], ...] = ((),) * len(sections.sections)
        return Analysis(sections, ground, frame, (), (), None, nothing, (), (), nothing, ())
    definitions = old.analysis.definitions if old and old.keeps_definitions else _definitions(sections.sections)
    questions = _questions(numbered, frame, definitions, old)
    verdict = _verdict(sections, frame, old)
    of_questions = _of_questions(sections, questions, frame, verdict, ground, old)
    of_report = _of_report(sections, questions, frame, verdict, of_questions, old)
    commented = _commented(sections, old)
    findings = _findings(sections.sections, questions, of_questions, of_report, commented, ground.configuration, old)
    problems = (*ground.problems, *_unread(questions))
    return Analysis(
        sections,
        ground,
        frame,
        definitions,
        questions,
        verdict,
        of_questions,
        of_report,
        commented,
        findings,
        problems,
    )


class _Before(NamedTuple):
    """The analysis before, where its sections match the new ones one for one; `changed` are those that differ."""

    analysis: Analysis
    changed: tuple[int, ...]
    sections: tuple[Section, ...]

    @staticmethod
    def of(previous: Analysis | None, ground: Ground, new: Outline) -> _Before | None:
        """None where nothing can be taken over."""
        if previous is None or previous.ground is not ground or not previous.questions:
            return None
        old, sections = previous.outline.sections, new.sections
        if len(old) != len(sections) or previous.outline.grammar is not new.grammar:
            return None
        changed = tuple(index for index, section in enumerate(sections) if section is not old[index])
        if any(old[index].number != sections[index].number for index in changed):
            return None
        return _Before(previous, changed, sections)

    @property
    def pairs(self) -> Iterator[tuple[Section, Section]]:
        """The changed sections as they were and as they are."""
        old = self.analysis.outline.sections
        return ((old[index], self.sections[index]) for index in self.changed)

    @property
    def keeps_prompts(self) -> bool:
        return all(
            old.number is None
            or (prompt_of(old) == prompt_of(new) and (new.grammar.official or asking_of(old) == asking_of(new)))
            for old, new in self.pairs
        )

    @property
    def keeps_definitions(self) -> bool:
        return all(_definitions_of(old) == _definitions_of(new) for old, new in self.pairs)

    @property
    def keeps_answers(self) -> bool:
        rules = self.analysis.frame.rules
        starts = self.analysis.outline.starts
        if rules is None or any(starts[index] < rules.dropped_head for index in self.changed):
            return False
        return all(
            weigh_the_same(old.text, new.text, old.grammar.marker, counts_characters=rules.counts_characters)
            for old, new in self.pairs
        )


def _definitions(sections: Sequence[Section]) -> Definitions:
    """The link reference definitions of the whole report, the first of every label."""
    found: dict[str, str] = {}
    for section in sections:
        for label, target in _definitions_of(section):
            found.setdefault(label, target)
    return tuple(found.items())


def _definitions_of(section: Section) -> Definitions:
    known = section.kept.get("definitions")
    if not isinstance(known, tuple):
        known = ()
        if may_define(section.text):
            try:
                known = read_markdown(section.text).definitions
            except Unreadable:
                known = ()
        section.kept["definitions"] = known
    return known


def _questions(
    numbered: Sequence[tuple[int, Section]], frame: Frame, definitions: Definitions, old: _Before | None
) -> tuple[QuestionState, ...]:
    last = numbered[-1][0]
    if old and old.analysis.frame is frame and old.analysis.definitions is definitions:
        states = list(old.analysis.questions)
        for place, (index, section) in enumerate(numbered):
            if index in old.changed:
                states[place] = _state(index, section, frame.limits[place], definitions, index == last)
        return tuple(states)
    return tuple(
        _state(index, section, limits, definitions, index == last)
        for (index, section), limits in zip(numbered, frame.limits, strict=True)
    )


def _state(index: int, section: Section, limits: Limits, definitions: Definitions, is_last: bool) -> QuestionState:
    question = read_question(section, definitions, last=is_last)
    return QuestionState(index, question, limits, question.counts and limits.constraint.hold(*question.counts))


def _verdict(sections: Outline, frame: Frame, old: _Before | None) -> Verdict | None:
    if frame.rules is None:
        return None
    if old and old.analysis.frame is frame and old.keeps_answers:
        return old.analysis.verdict
    rules = frame.rules
    pieces = split(
        sections.text, sections.grammar.marker, rules.dropped_head, counts_characters=rules.counts_characters
    )
    markers = list(accumulate(section.marker_count for section in sections.sections))
    above: list[int | None] = []
    for section in sections.sections:
        above.append(section.number if section.number is not None or not above else above[-1])

    def owner(marker: int) -> int | None:
        return above[bisect_right(markers, marker)]

    return judge(pieces, rules, owner)


def _of_questions(
    sections: Outline,
    questions: Sequence[QuestionState],
    frame: Frame,
    verdict: Verdict | None,
    ground: Ground,
    old: _Before | None,
) -> tuple[tuple[Finding, ...], ...]:
    """The findings of every question, by section."""
    last = questions[-1].section
    passed = verdict.passed_by_question if verdict else {}
    found: list[tuple[Finding, ...]] = [()] * len(sections.sections)
    new = list(range(len(questions)))
    if old:
        found = list(old.analysis.of_questions)
        states = zip(questions, old.analysis.questions, strict=True)
        if old.analysis.verdict is verdict:
            new = [place for place, (state, before) in enumerate(states) if state is not before]
        else:
            before_it = old.analysis.verdict.passed_by_question if old.analysis.verdict else {}
            new = [
                place
                for place, (state, before) in enumerate(states)
                if state is not before or passed.get(state.question.number) != before_it.get(state.question.number)
            ]
    for place in new:
        state = questions[place]
        section, number = sections.sections[state.section], state.question.number
        context = QuestionContext(
            section,
            state.question,
            state.limits,
            passed.get(number, state.passed) is False,
            state.section == last,
            frame.asked is None or number in frame.asked,
            ground.configuration,
            ground.surroundings,
            frame.sources[place],
            frame.originals[place],
            frame.absent,
        )
        found[state.section] = tuple(finding for check in QUESTION_CHECKS for finding in check(context))
    return tuple(found)


def _of_report(
    sections: Outline,
    questions: Sequence[QuestionState],
    frame: Frame,
    verdict: Verdict | None,
    of_questions: Sequence[Sequence[Finding]],
    old: _Before | None,
) -> tuple[Placed, ...]:
    """The findings of the report as a whole."""
    if old and old.analysis.frame is frame and _assigns_alike(old.analysis.verdict, verdict):
        same_causes = all(
            [finding for finding in old.analysis.of_questions[index] if is_cause(finding)]
            == [finding for finding in of_questions[index] if is_cause(finding)]
            for index in old.changed
        )
        is_one_missing = any(placed.finding.code == "question.missing" for placed in old.analysis.of_report)
        same_headings = all(
            before.number is not None
            and before.text[: before.source.line_span(0).end] == after.text[: after.source.line_span(0).end]
            and (not is_one_missing or stand_ins(before, frame.absent) == stand_ins(after, frame.absent))
            for before, after in old.pairs
        )
        if same_causes and same_headings and not sections.may_conflict:
            return old.analysis.of_report
    so_far = [Placed(index, finding) for index, findings in enumerate(of_questions) for finding in findings]
    of_report: list[Placed] = []
    numbered = tuple((state.section, state.question) for state in questions)
    for check in REPORT_CHECKS:
        context = ReportContext(
            sections,
            numbered,
            frame.expected,
            verdict,
            (*so_far, *of_report),
            frame.sources,
            frame.asked,
            frame.template,
            frame.originals,
            frame.absent,
        )
        of_report.extend(check(context))
    return tuple(of_report)


def _assigns_alike(before: Verdict | None, now: Verdict | None) -> bool:
    """Whether the official check runs and takes each answer for the same question's, however many words it has."""
    if before is None or now is None or before is now:
        return before is now
    return before.runs == now.runs and before.assigned == now.assigned


def _commented(sections: Outline, old: _Before | None) -> tuple[int, ...]:
    """The sections that may hold an ignore comment, most often none."""
    if old is None:
        return tuple(index for index, section in enumerate(sections.sections) if may_hold_comment(section))
    now = [index for index in old.changed if may_hold_comment(sections.sections[index])]
    if not (now or old.analysis.commented):
        return ()
    return tuple(sorted({*now, *(index for index in old.analysis.commented if index not in old.changed)}))


def _findings(
    sections: Sequence[Section],
    questions: Sequence[QuestionState],
    of_questions: tuple[Findings, ...],
    of_report: tuple[Placed, ...],
    commented: Sequence[int],
    configuration: Configuration,
    old: _Before | None,
) -> tuple[Findings, ...]:
    """All findings that comments and configuration leave, by section."""
    if not (of_report or commented or makes_a_choice(configuration)):
        return of_questions
    shown: list[Findings] = [()] * len(sections)
    new: Iterable[int] = range(len(sections))
    if old and old.analysis.of_report is of_report:
        shown = list(old.analysis.findings)
        before = old.analysis.of_questions
        new = [section for section in new if of_questions[section] is not before[section]]
        if commented or old.analysis.commented:  # a comment can stand on the line above a section, or be taken away
            reached = {index + step for index in (*new, *old.changed) for step in (-1, 0, 1)}
            new = sorted(reached.intersection(range(len(sections))))
    markdown = {state.section: state.question.markdown for state in questions if state.section in commented}
    comments = {}
    for index in commented:
        known = markdown.get(index)
        comments[index] = comments_of(sections[index], known.code if known else ())
    found = Found(sections, of_questions, by_section(of_report), comments, RULES)
    for section in new:
        findings = chosen(found.heard(section), configuration)
        if findings != shown[section] or not old:
            shown[section] = findings
    return tuple(shown)


def _unread(questions: Sequence[QuestionState]) -> Iterator[Problem]:
    """The answers that could not be read as Markdown: they were checked line by line."""
    for state in questions:
        if state.question.unreadable is not None:
            yield Problem(
                f"question {state.question.number}",
                None,
                f"its answer was checked line by line only, because it cannot be read as Markdown: "
                f"{state.question.unreadable}",
            )
