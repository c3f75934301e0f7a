"""``answer.*``: what is wrong with an answer's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.context import QuestionContext
from invigilator.checks.finding import Count, Finding, Rule
from invigilator.report.counting import nth_character
from invigilator.report.sections import Section
from invigilator.text import Span

MISSING: Final = Rule(
    "answer.missing",
    "warning",
    "The placeholder is untouched, or nothing is written. Information where the official check lets it pass.",
    {
        "": "Question {number} is not answered yet{wanted}. Write below this marker{instead}.",
        "free": "Question {number} is not answered yet{wanted}. Write below this marker{instead}.",
        "below": "Question {number} is not answered yet{wanted}. Write below its heading and prompt.",
        "below-free": "Question {number} is not answered yet{wanted}. Write below its heading and prompt.",
        "passes": "Question {number} is not answered yet. The official check lets that pass; a reader will not. "
        "Write below this marker, in place of the placeholder.",
    },
    milder={"passes": "information", "free": "information", "below-free": "information"},
)

TOO_SHORT: Final = Rule(
    "answer.too-short",
    "warning",
    "Fewer words or characters than the question asks for, by the official count.",
    {
        "": "{words:word}, at least {low} are asked for: write {missing} more.",
        "prose": "{words:word}, at least {low} are asked for: write {missing} more. "
        "(By the official count; a reader sees {prose}.)",
        "marks": "{words:word}, at least {low} are asked for: write {missing} more. "
        "(Signs and links that stand by themselves count as words; a reader sees {prose}.)",
        "characters": "{characters:character}, at least {low} are asked for: write {missing} more.",
    },
)

TOO_LONG: Final = Rule(
    "answer.too-long",
    "warning",
    "More words or characters than the question allows, by the official count.",
    {
        "": "{words:word}, at most {high} are allowed: cut {excess:word}.",
        "prose": "{words:word}, at most {high} are allowed: cut {excess:word}. "
        "(By the official count; a reader sees {prose}.)",
        "marks": "{words:word}, at most {high} are allowed: cut {excess:word}. "
        "(Signs and links that stand by themselves count as words; a reader sees {prose}.)",
        "characters": "{characters:character}, at most {high} are allowed: cut {excess:character}.",
    },
)

HEADING: Final = Rule(
    "answer.heading",
    "warning",
    "`##` anywhere in an answer, in code too: the official check reads no further.",
    {
        "": "The official check stops reading at `##`: {lost:word} from here on {are} not counted. "
        "Make the heading bold text instead.",
        "inside": "The official check stops reading at `##`, even in the middle of a line: {lost:word} from here on "
        "{are} not counted. Write a single `#`, or take it out.",
        "code": "The official check stops reading at `##`, in code too: {lost:word} from here on {are} not counted. "
        "Write a single `#` here.",
        "last": "`###` in the last answer makes the official check count that answer twice. "
        "Make the heading bold text instead.",
    },
)

PLACEHOLDER_LEFT: Final = Rule(
    "answer.placeholder-left",
    "warning",
    "The placeholder, also an altered one, still stands beside an answer.",
    {"": "The placeholder still stands beside your answer, and counts as words. Delete it."},
)

UNCLOSED: Final = Rule(
    "answer.unclosed",
    "warning",
    "A code fence or a comment is not closed before the next question.",
    {
        "": "This code block is never closed: readers see the rest of the answer as code. "
        "Put {fence} on a line of its own where the code ends.",
        "comment": "This comment is never closed: readers see nothing of what follows. Write --> where it ends.",
    },
)

_WORD: Final = re.compile(r"\S+")
_HEADING_LINE: Final = re.compile(r"[ \t>]*(#{1,6})[ \t]*[^ \t#]")


def missing(context: QuestionContext) -> Iterator[Finding]:
    """The placeholder is untouched or nothing is written; replaces too-short and too-few."""
    question = context.question
    if question.marker is None or question.answered:
        return
    limits = [bounds.of(noun) for bounds, noun in context.limits.asked]
    wanted = f" ({' and '.join(limits)})" if limits else ""
    instead = ", in place of the placeholder" if question.placeholders or context.section.grammar.official else ""
    facts = {"number": question.number, "wanted": wanted, "instead": instead}
    yield MISSING.finding(question.marker, question.number, _missing_variant(context), facts)


def _missing_variant(context: QuestionContext) -> str:
    grammar = context.section.grammar
    if grammar.official:
        return "" if context.fails else "passes"
    if context.fails:
        return "" if grammar.marker else "below"
    return "free" if grammar.marker else "below-free"


def too_short(context: QuestionContext) -> Iterator[Finding]:
    """Fewer words than asked for."""
    question, bounds = context.question, context.limits.word_bounds
    if question.counts is None or question.marker is None or not question.answered or bounds is None:
        return
    words = question.counts.words
    if bounds.low is not None and words < bounds.low:
        yield TOO_SHORT.finding(
            question.marker,
            question.number,
            _prose_variant(context),
            {
                "words": Count(words),
                "low": bounds.low,
                "missing": Count(bounds.low - words),
                "prose": question.prose_words,
            },
        )


def too_few_characters(context: QuestionContext) -> Iterator[Finding]:
    """Fewer characters than asked for."""
    question, bounds = context.question, context.limits.character_bounds
    if bounds is None or bounds.low is None or question.marker is None or not question.answered:
        return
    count = question.counts and question.counts.characters
    if count is not None and count < bounds.low:
        facts = {"characters": Count(count), "low": bounds.low, "missing": Count(bounds.low - count)}
        yield TOO_SHORT.finding(question.marker, question.number, "characters", facts)


def too_many_characters(context: QuestionContext) -> Iterator[Finding]:
    """More characters than allowed; the range is the word in which the first of them stands, or the next one."""
    question, bounds = context.question, context.limits.character_bounds
    count = question.counts and question.counts.characters
    if bounds is None or bounds.high is None or count is None or count <= bounds.high:
        return
    facts = {"characters": Count(count), "high": bounds.high, "excess": Count(count - bounds.high)}
    start, end = question.counted
    first = start + nth_character(context.text[start:end], bounds.high)
    yield TOO_LONG.finding(_word_at(context.text, question.counted, first), question.number, "characters", facts)


def too_long(context: QuestionContext) -> Iterator[Finding]:
    """More words than allowed; the range is the first word over the limit."""
    question, bounds = context.question, context.limits.word_bounds
    if question.counts is None or bounds is None or bounds.high is None or question.counts.words <= bounds.high:
        return
    words = question.counts.words
    yield TOO_LONG.finding(
        _nth_word(context.text, question.counted, bounds.high),
        question.number,
        _prose_variant(context),
        {
            "words": Count(words),
            "high": bounds.high,
            "excess": Count(words - bounds.high),
            "prose": question.prose_words,
        },
    )


def heading(context: QuestionContext) -> Iterator[Finding]:
    """The first ``##`` of an answer; in the last answer, which the check reads whole, only ``###`` does harm."""
    question, text = context.question, context.text
    if question.marker is None or not context.section.grammar.official:
        return
    start = text.find("###" if context.is_last else "##", question.answer.start)
    if start < 0:
        return
    end = start
    while end < len(text) and text[end] == "#":
        end += 1
    span = Span(start, end)
    variant = "inside"
    code = question.markdown.code if question.markdown else ()
    if any(block.start <= start < block.end for block in code):
        variant = "code"
    elif (line := _heading_line(context.section, start)) is not None:
        span = line
        variant = ""
    lost = Count(len(text[start:].split()))
    yield HEADING.finding(
        span,
        question.number,
        "last" if context.is_last else variant,
        {"lost": lost, "are": "is" if lost == 1 else "are"},
    )


def placeholder_left(context: QuestionContext) -> Iterator[Finding]:
    """A placeholder beside an answer."""
    if context.question.answered:
        for span in context.question.placeholders:
            yield PLACEHOLDER_LEFT.finding(span, context.question.number)


def unclosed(context: QuestionContext) -> Iterator[Finding]:
    """A fence or comment that runs on to the question's end."""
    question = context.question
    if question.markdown is None:
        return
    end = len(context.text.rstrip())
    for fence in question.markdown.fences:
        if not fence.closed and fence.span.end >= end:
            opener = context.text[fence.opener.start : fence.opener.end]
            run = opener[: len(opener) - len(opener.lstrip(opener[0]))]
            yield UNCLOSED.finding(fence.opener, question.number, "", {"fence": run})
    if question.markdown.open_comment is not None:
        yield UNCLOSED.finding(question.markdown.open_comment, question.number, "comment")


def _prose_variant(context: QuestionContext) -> str:
    counts, prose = context.question.counts, context.question.prose_words
    if counts is None or prose is None or prose == counts.words:
        return ""
    return "prose" if context.section.grammar.official else "marks"


def _nth_word(text: str, span: Span, index: int) -> Span:
    """The word number `index` (from 0) of `span`, as the official count cuts words."""
    for number, match in enumerate(_WORD.finditer(text, span.start, span.end)):
        if number == index:
            return Span(*match.span())
    return Span(span.end, span.end)


def _word_at(text: str, span: Span, offset: int) -> Span:
    """The word of `span` in which `offset` lies, or the next one."""
    while offset > span.start and not text[offset].isspace() and not text[offset - 1].isspace():
        offset -= 1
    match = _WORD.search(text, offset, span.end)
    return Span(*match.span()) if match else Span(span.end, span.end)


def _heading_line(section: Section, start: int) -> Span | None:
    """The heading that begins at `start`, without indentation and ending."""
    line = section.source.line_span(section.source.line_of(start))
    match = _HEADING_LINE.match(section.text, line.start, line.end)
    if match is None or match.start(1) > start or match.end(1) <= start:
        return None
    return Span(match.start(1), line.start + len(section.text[line.start : line.end].rstrip()))


QUESTION_CHECKS: Final = (
    missing,
    too_short,
    too_few_characters,
    too_long,
    too_many_characters,
    heading,
    placeholder_left,
    unclosed,
)
