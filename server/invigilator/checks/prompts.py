"""``prompt.*`` and ``limits.*``: whether the prompts still ask for what the template and the official check do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.choice import is_heard
from invigilator.checks.context import Placed, QuestionContext, ReportContext
from invigilator.checks.finding import Count, Finding, Rule
from invigilator.report.limits import prompt_constraint
from invigilator.report.model import Bounds, Sources
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.template.comparison import Comparison, compare
from invigilator.template.matching import merged_into
from invigilator.template.original import TemplateQuestion
from invigilator.template.wording import wording_of
from invigilator.text import Span

CHANGED: Final = Rule(
    "prompt.changed",
    "hint",
    "A prompt does not say what the original template says there.",
    {
        "": 'The template says something else here: "{said}"{more}. Put its words back.',
        "removed": '{what} gone from this prompt: "{said}"{more}. Put back what the template says.',
        "added": "{own:word} that the template does not have stand in this prompt{more}. Delete them; what belongs to "
        "your answer goes {below}.",
        "answer": "Your answer seems to stand in the prompt: {own:word} here are not the template's, and not one of "
        "them counts. Move them {below}.",
        "gone": 'The prompt of this question is gone, which begins "{said}". Put it back.',
        "example": "The example of this prompt, or its link to one, is gone. To have it back, restore the prompt.",
        "spelling": 'The template says "{said}" here{more}. To have its own spelling back, restore the prompt.',
        "re-wrapped": "This prompt has the template's words in other lines, or with other marks. To have it as it was, "
        "restore the prompt.",
    },
    silent=frozenset(("example", "spelling", "re-wrapped")),
)

LIMIT_REMOVED: Final = Rule(
    "prompt.limit-removed",
    "hint",
    "The line that says how long the answer may be is gone from a prompt. One finding for the whole report.",
    {
        "": "The line with the length of the answer is gone from this question, and the official check still asks for "
        "{words}. Put it back above `{marker}`.",
        "more": "The line with the length of the answer is gone from this question and {others:other}, and the "
        "official check still asks for it, here for {words}. Put it back above `{marker}`.",
        "template": "The line with the length of the answer is gone from this question: the template asks for {words}. "
        "Put it back.",
        "template more": "The line with the length of the answer is gone from this question and {others:other}: the "
        "template asks for {words} here. Put it back.",
    },
)

LIMITS_DISAGREE: Final = Rule(
    "limits.disagree",
    "information",
    "The prompt and the `report.py` beside the report say different limits.",
    {
        "": "The prompt asks for {stated}, the report.py beside it for {scripted}. "
        "The official check goes by report.py: keep to that.",
        "none": "The prompt asks for {stated}, the report.py beside it sets no such limit. "
        "The official check goes by report.py.",
    },
)

_TEXT_OF_LINE: Final = re.compile(r"[ \t>]*(?P<text>[^\r\n]*?)[ \t]*$")


def changed(context: QuestionContext) -> Iterator[Finding]:
    """Words that are not the template's, at the first place; all gone: at the heading."""
    question, original = context.question, context.original
    if original is None or not question.markers:
        return
    start, end = question.prompt
    if any(merged.span.start < end for merged in merged_into(context.section, context.absent)):
        return  # that of a question that has lost its heading stands here as well
    found = compare(original.prompt, context.text[start:end])
    variant = _variant(found, answered=question.answered)
    if variant is None or not is_heard(CHANGED, variant, context.configuration):
        return
    own = found.own_text if variant == "answer" else ()
    change = next(iter(found.changes), None)
    span = own[0] if own else change.span if change else None
    marker = context.section.grammar.marker
    others = Count(len(found.changes) - 1)
    yield CHANGED.finding(
        question.heading if span is None or variant == "gone" else span.moved(start),
        question.number,
        variant,
        {
            "said": change.said if change else "",
            "what": "A whole sentence is" if change and change.sentences else "Some words are",
            "own": Count(found.own_words),
            "more": f", and {others:place} more" if others > 0 else "",
            "below": f"below `{marker}`" if marker else "below the prompt",
        },
    )


def _variant(found: Comparison, *, answered: bool) -> str | None:
    if found.kind == "same" and not found.own_text:
        return None
    if found.own_text and not answered:
        return "answer"
    return {"same": None, "changed": ""}.get(found.kind, found.kind)


def removed_limit(said: Sources, original: TemplateQuestion | None) -> tuple[Bounds, str] | None:
    """What the original asks for and the prompt does not any more, with its noun: words, or characters."""
    if original is not None and not wording_of(original.prompt).length_lines:
        return None  # a limit in a sentence goes with that: `prompt.changed`
    asked = original.constraint if original is not None else said.edition.constraint
    for noun, bounds, stated in (
        ("word", asked.words, said.prompt.words),
        ("character", asked.characters, said.prompt.characters),
    ):
        if bounds is not None and stated is None:
            return bounds, noun
    return None


def limit_removed(report: ReportContext) -> Iterator[Placed]:
    """Prompts without the length line that is in the original: one finding, at the first one's heading."""
    originals = report.originals or (None,) * len(report.questions)
    removed = [
        (section, question, asked)
        for (section, question), said, original in zip(report.questions, report.sources, originals, strict=True)
        if question.markers
        and (asked := removed_limit(said, original)) is not None
        and not is_prompt_gone(report.outline.sections[section], question, original)
    ]
    if not removed:
        return
    section, question, (bounds, noun) = removed[0]
    facts = {
        "words": bounds.of(noun),
        "others": Count(len(removed) - 1),
        "marker": report.outline.grammar.marker,
    }
    variant = ("template" if report.verdict is None else "", "more" if len(removed) > 1 else "")
    yield Placed(
        section, LIMIT_REMOVED.finding(question.heading, question.number, " ".join(filter(None, variant)), facts)
    )


def is_prompt_gone(section: Section, question: Question, original: TemplateQuestion | None) -> bool:
    """Whether nothing is left of a prompt, so that its length line is not what is to be spoken of."""
    if original is None:
        return False
    return compare(original.prompt, section.text[question.prompt.start : question.prompt.end]).kind == "gone"


def limits_disagree(context: QuestionContext) -> Iterator[Finding]:
    """Another limit in the prompt than in the script; the range is the prompt's line that says it, else the heading."""
    configured, script, prompt, *_ = context.sources
    if script is None:
        return
    for noun, stated, scripted, decided in (
        ("word", prompt.words, script.words, configured.words),
        ("image", prompt.images, script.images, configured.images),
    ):
        if stated is None or decided is not None or _same(stated, scripted):
            continue
        where = _line_that_says(context, noun, stated) or context.question.heading
        yield LIMITS_DISAGREE.finding(
            where,
            context.question.number,
            "none" if scripted is None else "",
            {"stated": stated.of(noun), "scripted": scripted.of(noun) if scripted else ""},
        )


def _same(one: Bounds, other: Bounds | None) -> bool:
    """Whether both allow the same; from nothing on is an open end."""
    return other is not None and (one.low or 0, one.high) == (other.low or 0, other.high)


def _line_that_says(context: QuestionContext, noun: str, bounds: Bounds) -> Span | None:
    """The first line of the prompt that states the limit, without its quote mark."""
    source, prompt = context.section.source, context.question.prompt
    for line in range(source.line_of(prompt.start), source.line_of(prompt.end) + 1):
        start, end = source.line_span(line)
        start, end = max(start, prompt.start), min(end, prompt.end)
        said = prompt_constraint(context.text[start:end]) if start < end else None
        if said is not None and (said.words if noun == "word" else said.images) == bounds:
            text = _TEXT_OF_LINE.match(context.text, start, end)
            return Span(*text.span("text")) if text else Span(start, end)
    return None


QUESTION_CHECKS: Final = (changed, limits_disagree)
REPORT_CHECKS: Final = (limit_removed,)
