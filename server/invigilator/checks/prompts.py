"""``prompt.*`` and ``limits.*``: whether the prompts still ask for what the official check goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.context import Placed, QuestionContext, ReportContext
from invigilator.checks.finding import Count, Finding, Rule
from invigilator.report.limits import prompt_constraint
from invigilator.report.model import Bounds
from invigilator.text import Span

LIMIT_REMOVED: Final = Rule(
    "prompt.limit-removed",
    "hint",
    "The line that says how long the answer may be is gone from a prompt. One finding for the whole report.",
    {
        "": "The line with the length of the answer is gone from this question, and the official check still asks for "
        "{words}. Put it back above `{marker}`.",
        "more": "The line with the length of the answer is gone from this question and {others:other}, and the "
        "official check still asks for it, here for {words}. Put it back above `{marker}`.",
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


def limit_removed(report: ReportContext) -> Iterator[Placed]:
    """Prompts without the length line that the edition has there: one finding, at the first one's heading."""
    removed = [
        (section, question, said.edition.word_bounds)
        for (section, question), said in zip(report.questions, report.sources, strict=True)
        if said.edition.word_bounds is not None and said.prompt.words is None and question.markers
    ]
    if not removed:
        return
    section, question, bounds = removed[0]
    facts = {
        "words": bounds.of("word") if bounds else "",
        "others": Count(len(removed) - 1),
        "marker": report.outline.grammar.marker,
    }
    variant = "more" if len(removed) > 1 else ""
    yield Placed(section, LIMIT_REMOVED.finding(question.heading, question.number, variant, facts))


def limits_disagree(context: QuestionContext) -> Iterator[Finding]:
    """Another limit in the prompt than in the script; the range is the prompt's line that says it, else the heading."""
    configured, script, prompt, _ = context.sources
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


QUESTION_CHECKS: Final = (limits_disagree,)
REPORT_CHECKS: Final = (limit_removed,)
