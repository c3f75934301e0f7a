"""``answer.*``: how an answer is written down, where that makes something else of it than was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.context import QuestionContext
from invigilator.checks.finding import Count, Finding, Rule
from invigilator.report.counting import official_images
from invigilator.report.html_names import is_markup
from invigilator.report.markdown import Place, Structure
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.text import Span

SETEXT_HEADING: Final = Rule(
    "answer.setext-heading",
    "warning",
    "A line of dashes right below text makes a heading of that text.",
    {"": "These dashes make a heading of the text above. Put a blank line in between, or delete them."},
)

PLACEHOLDER_DASHES: Final = Rule(
    "answer.placeholder-dashes",
    "hint",
    "The dashes of the placeholder, kept in front of the answer, behind it, or both.",
    {
        "": "The placeholder's dashes still stand in front of your answer. Delete them.",
        "behind": "The placeholder's dashes still stand behind your answer. Delete them.",
        "both": "The placeholder's dashes still stand in front of your answer and behind it. Delete them.",
    },
    tags=("unnecessary",),
)

IN_QUOTE: Final = Rule(
    "answer.in-quote",
    "information",
    "Lines of the answer are quoted with `>`; one that stands by itself counts as a word. "
    "A hint where no words are added.",
    {
        "": "{lines:line} of your answer {are} quoted with >, as if someone else had said it, and the official check "
        "counts {words:word} too many. Delete the > at the beginning of each line.",
        "free": "{lines:line} of your answer {are} quoted with >, as if someone else had said it. "
        "Delete the > at the beginning of each line.",
        "lone": "The official check counts a > that stands by itself as a word. Delete it.",
        "counted": "{lines:line} of your answer {are} quoted with >, as if someone else had said it, and each > that "
        "stands by itself counts as a word ({words} too many). Delete the > at the beginning of each line.",
        "counted-lone": "A > that stands by itself counts as a word. Delete it.",
    },
    milder={"free": "hint"},
)

JOINS_QUOTE: Final = Rule(
    "answer.joins-quote",
    "hint",
    "The answer's first line is drawn into the prompt's quote: it stands on the marker's line, or right below it.",
    {
        "": "Without a blank line in front, your answer's first paragraph is shown as part of the question's quote. "
        "Put a blank line below the marker.",
        "unmarked": "Without a blank line in front, your answer's first paragraph is shown as part of the prompt's "
        "quote. Put a blank line below the prompt.",
        "same-line": "Your answer begins on the marker's line, and is shown as part of the question's quote. "
        "Begin it on a line of its own, with a blank line in front.",
    },
)

TEXT_VANISHES: Final = Rule(
    "answer.text-vanishes",
    "warning",
    "A word in angle brackets that is no HTML element, link or comment: readers never see it.",
    {"": "Readers never see this, because a word in angle brackets is taken for an HTML tag. Put it in back-ticks."},
)

_LEADING: Final = re.compile(r"[*_]{0,3}[>\s]*(?P<run>-{2,3})(?!-)")
_TRAILING: Final = re.compile(r"(?<!-)(?P<run>-{2,3})\s*\Z")
_QUOTE_MARKS: Final = re.compile(r"[ \t]*(?P<marks>>(?:[ \t]*>)*)(?P<behind>[ \t]*)(?P<text>[^\r\n]?)")
_CLOSING_EMPHASIS: Final = re.compile(r"[*_]{0,3}[ \t]*")
_END_OF_CONFLICT: Final = ">>>>>>> "
_WORD: Final = re.compile(r"\S+")


def setext_heading(context: QuestionContext) -> Iterator[Finding]:
    """Text that dashes below it make a heading; the range is the dashes."""
    if context.question.answered:
        for span in dash_underlines(context.section, context.question):
            yield SETEXT_HEADING.finding(span, context.question.number)


def placeholder_dashes(context: QuestionContext) -> Iterator[Finding]:
    """The placeholder's dashes around an answer: one finding, at the first of the two runs."""
    if not context.question.answered:
        return
    runs = dash_runs(context.section, context.question)
    if not runs or not context.section.grammar.placeholder.pattern.replace("\\", "").startswith("-"):
        return  # another template's placeholder has no dashes
    in_front = not context.text[context.question.answer.start : runs[0].start].strip("*_> \t\r\n")
    variant = "both" if len(runs) == 2 else "" if in_front else "behind"
    yield PLACEHOLDER_DASHES.finding(runs[0], context.question.number, variant)


def in_quote(context: QuestionContext) -> Iterator[Finding]:
    """Quoted lines of an answer: one finding for each quote, at its first ``>``."""
    markdown, number = context.question.markdown, context.question.number
    if not context.question.answered or markdown is None:
        return
    for mark, lines, words in _quoted(markdown.layout.structure):
        facts = {"lines": Count(lines), "words": Count(words), "are": "is" if lines == 1 else "are"}
        variant = "lone" if not lines else "" if words else "free"
        if not context.section.grammar.official and variant != "free":
            variant = f"counted-{variant}" if variant else "counted"
        yield IN_QUOTE.finding(markdown.layout.span(mark), number, variant, facts)


def joins_quote(context: QuestionContext) -> Iterator[Finding]:
    """An answer that begins in the prompt's quote; the range is its first word."""
    question, text = context.question, context.text
    if not question.answered or question.marker is None or question.markdown is None:
        return
    structure = question.markdown.layout.structure
    goes_on = _goes_on_unquoted(structure)
    if not _is_quoted(structure, 0) or (not goes_on and text.startswith(("\n", "\r"), question.marker.end)):
        return
    source = context.section.source
    line = source.line_of(question.marker.start)
    end = source.line_span(line).end
    closing = _CLOSING_EMPHASIS.match(text, question.marker.end, end)
    start = closing.end() if closing else question.marker.end
    variant = "same-line"
    if not text[start:end].strip():
        if not goes_on:
            return
        start, end = source.line_span(line + 1)
        variant = "" if context.section.grammar.marker else "unmarked"
    word = _WORD.search(text, start, end)
    if word and not any(placeholder.start <= word.start() < placeholder.end for placeholder in question.placeholders):
        yield JOINS_QUOTE.finding(Span(*word.span()), question.number, variant)


def text_vanishes(context: QuestionContext) -> Iterator[Finding]:
    """A word in angle brackets that is taken for a tag."""
    question, text = context.question, context.text
    if question.markdown is None or not question.markdown.tags:
        return
    tags = [tag for tag in question.markdown.tags if tag.span.start >= question.answer.start]
    opened = {tag.name for tag in tags if not tag.source.startswith("</")}
    closed = {tag.name for tag in tags if tag.source.startswith("</")}
    images = [span.moved(question.answer.start) for span in official_images(text[question.answer.start :])]
    for tag in tags:
        is_closing = tag.source.startswith("</")
        if is_markup(tag.name, closed=tag.name in closed, bare=" " not in tag.source):
            continue
        if (is_closing and tag.name in opened) or any(i.start <= tag.span.start < i.end for i in images):
            continue  # said of the opening one; of what should be an image
        yield TEXT_VANISHES.finding(tag.span, question.number)


def dash_underlines(section: Section, question: Question) -> tuple[Span, ...]:
    """The lines of dashes in an answer that make a heading of the text above."""
    if question.markdown is None or not question.markdown.layout.structure.underlines:
        return ()
    return tuple(
        span
        for span in question.markdown.underlines
        if section.text[span.start] == "-" and span.start >= question.answer.start
    )


def dash_runs(section: Section, question: Question) -> tuple[Span, ...]:
    """The dashes that a placeholder left in front of an answer and behind it: at most two runs, one of them of three.

    Dashes on a line of their own are a rule unless there are some at the other side too, and those that make a heading
    are none of the placeholder's.
    """
    text, answer = section.text, question.answer
    written = text[answer.start :].rstrip()
    if not (written.endswith("--") or _LEADING.match(written)):
        return ()
    for placeholder in question.placeholders:
        start, end = placeholder.start - answer.start, placeholder.end - answer.start
        written = written[:start] + " " * (end - start) + written[end:]
    runs = [
        Span(*match.span("run")).moved(answer.start)
        for match in (_LEADING.match(written), _TRAILING.search(written))
        if match
    ]
    runs = [run for run in runs if not _is_in_code(run, question)]
    if not runs or max(run.end - run.start for run in runs) < 3:
        return ()
    underlines = {span.start for span in dash_underlines(section, question)}
    if len(runs) == 1 and _is_rule(section, runs[0]):
        return ()
    return tuple(run for run in dict.fromkeys(runs) if run.start not in underlines)


def _is_in_code(run: Span, question: Question) -> bool:
    markdown = question.markdown
    around = (*markdown.code, *markdown.comments, *markdown.tables) if markdown else ()
    return any(span.start <= run.start < span.end for span in around)


def _is_rule(section: Section, run: Span) -> bool:
    line = section.source.line_span(section.source.line_of(run.start))
    return not section.text[line.start : line.end].strip("-> \t")


def _quoted(structure: Structure) -> tuple[tuple[Place, int, int], ...]:
    """The quotes below the marker's line: their first ``>``, how many lines have a text, how many words ``>`` adds."""
    if not structure.quotes:
        return ()
    known = structure.kept.get("quoted")
    if not isinstance(known, tuple):
        found = []
        for quote in structure.quotes:
            marks = [m for m in quote if m.line > 0 and not structure.lines[m.line].startswith(_END_OF_CONFLICT)]
            lines = [_QUOTE_MARKS.match(structure.lines[mark.line], mark.column) for mark in marks]
            words = sum(
                len(line["marks"].split()) - bool(line["text"] and not line["behind"]) for line in lines if line
            )
            if marks:
                found.append((marks[0], sum(1 for line in lines if line and line["text"]), words))
        structure.kept["quoted"] = known = tuple(found)
    return known


def _is_quoted(structure: Structure, line: int) -> bool:
    return any(mark.line == line for quote in structure.quotes[:1] for mark in quote[: line + 1])


def _goes_on_unquoted(structure: Structure) -> bool:
    """Whether the paragraph in the first line goes on in the next, which has no quote mark."""
    first = structure.leaves[0] if structure.leaves else None
    if first is None or first.kind != "text" or first.lines[0].line > 0 or len(first.lines) == 1:
        return False
    return not _is_quoted(structure, 1)


QUESTION_CHECKS: Final = (setext_heading, placeholder_dashes, in_quote, joins_quote, text_vanishes)
