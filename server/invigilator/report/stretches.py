"""The stretches of a section that a person means as one thing: prompt, answer, paragraph, item, table, link, code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from invigilator.report.markdown import Markdown, Unreadable, read_markdown
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.text import Span

Kind = Literal[
    "question",
    "heading",
    "prompt",
    "marker",
    "answer",
    "paragraph",
    "list",
    "item",
    "table",
    "code",
    "inside",
    "comment",
    "inline",
]

_QUOTED: Final = re.compile(r"[ \t>]*")
_BETWEEN: Final = re.compile(r"(?<=[.!?])[)\]\"'*_]{0,3}\s+(?=[^\sa-z])")


class Stretch(NamedTuple):
    """A stretch without the white space at its ends; `span` counts from its section's start.

    `paragraph` is also a heading in an answer, a row of a table and a block of HTML, `code` a block of it and `inside`
    a fenced one's text, `inline` a link, one of its parts, an HTML tag, or code within a line.
    """

    kind: Kind
    span: Span


def stretches_of(section: Section, question: Question | None) -> tuple[Stretch, ...]:
    """All of a section, which is `question` or (None) no question; the outer ones first, as a rule."""
    known = section.kept.get("stretches")
    if isinstance(known, _Known) and known.question is question:
        return known.stretches
    found = _of_question(section, question) if question is not None else _of_other(section)
    stretches = tuple(Stretch(kind, span) for kind, span in found if span.start < span.end)
    section.kept["stretches"] = _Known(question, stretches)
    return stretches


class _Known(NamedTuple):
    question: Question | None
    stretches: tuple[Stretch, ...]


_Found = Iterator[tuple[Kind, Span]]


def _of_question(section: Section, question: Question) -> _Found:
    text = section.text
    yield "question", _written(text, Span(0, len(text)))
    yield "heading", question.heading
    if question.marker is None:  # nothing says where the prompt ends
        yield from _paragraphs(section, question.prompt)
        return
    paragraphs = [span for _, span in _paragraphs(section, question.prompt)]
    if paragraphs:
        yield "prompt", Span(paragraphs[0].start, paragraphs[-1].end)
    yield from (("paragraph", span) for span in paragraphs)
    yield "marker", question.marker
    answer = _written(text, question.answer)
    yield "answer", answer
    if question.markdown is not None:
        yield from _blocks(section, question.markdown, answer)


def _of_other(section: Section) -> _Found:
    text = section.text
    whole = _written(text, Span(0, len(text)))
    try:
        yield from _blocks(section, read_markdown(text), whole)
    except Unreadable:
        yield from _paragraphs(section, whole)


def _blocks(section: Section, markdown: Markdown, within: Span) -> _Found:
    """What Markdown sees, as far as it is in `within`."""
    source, text = section.source, section.text

    def part(kind: Kind, span: Span) -> tuple[Kind, Span]:
        return kind, _written(text, Span(max(span.start, within.start), min(span.end, within.end)))

    layout = markdown.layout
    for block in layout.structure.leaves:
        if block.kind != "rule":
            kind: Kind = "paragraph" if block.kind in ("text", "row", "html") else "code"
            yield part(kind, Span(layout.offset(block.lines[0]), layout.end(block.lines[-1])))
    for listed in markdown.lists:
        yield part("list", listed.span)
        ends = [*(item.marker.start for item in listed.items[1:]), listed.span.end]
        for item, end in zip(listed.items, ends, strict=True):
            yield part("item", Span(item.marker.start, end))
    for table in markdown.tables:
        yield part("table", table)
    for fence in markdown.fences:
        last = source.line_starts[source.line_of(fence.span.end)] if fence.closed else fence.span.end
        yield part("inside", Span(fence.opener.end, max(last, fence.opener.end)))
    for comment in markdown.comments:
        yield part("comment", comment)
    for span in (*markdown.code, *(tag.span for tag in markdown.tags)):
        yield part("inline", span)
    for link in markdown.links:
        for place in (link.span, link.label, link.destination):
            if place is not None:
                yield part("inline", place)


def _paragraphs(section: Section, within: Span) -> _Found:
    """The runs of lines of `within` that hold more than quote marks, as far as they stand in it."""
    source, text = section.source, section.text
    first = source.line_of(within.start)
    last = source.line_of(max(within.end - 1, within.start))
    start: int | None = None
    end = 0
    for line in range(first, last + 1):
        begin, stop = source.line_span(line)
        begin, stop = max(begin, within.start), min(stop, within.end)
        match = _QUOTED.match(text, begin, stop)
        written = match.end() if match else begin
        if written < stop:
            start = written if start is None else start
            end = written + len(text[written:stop].rstrip())
        elif start is not None:
            yield "paragraph", Span(start, end)
            start = None
    if start is not None:
        yield "paragraph", Span(start, end)


def _written(text: str, span: Span) -> Span:
    """A span without the white space at its ends; empty where there is nothing else."""
    start, end = span
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return Span(start, max(start, start + len(inside.strip())))


def sentences(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a paragraph, without the white space between them and a quote's marks in front of them."""
    borders = [span.start, *(match.end() for match in _BETWEEN.finditer(text, span.start, span.end)), span.end]
    for start, end in pairwise(borders):
        sentence = _written(text, Span(start, end))
        marks = _QUOTED.match(text, *sentence)
        yield Span(marks.end() if marks else sentence.start, sentence.end)
