"""``textDocument/selectionRange``: word, link, sentence, line, paragraph or item, answer, question, part, document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from lsprotocol import types

from invigilator.analysis import Analysis
from invigilator.lsp import convert
from invigilator.report.parts import parts_of
from invigilator.report.stretches import sentences, stretches_of
from invigilator.text import Encoding, SourceText, Span

Json = dict[str, Any]

_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*")


def selection_ranges(
    analysis: Analysis, text: SourceText, positions: Sequence[types.Position], encoding: Encoding
) -> list[Json]:
    """One chain of ranges for each position, each range in its `parent`, the last the whole document."""
    return [_chain(analysis, text, convert.offset(text, position, encoding), encoding) for position in positions]


def _chain(analysis: Analysis, text: SourceText, offset: int, encoding: Encoding) -> Json:
    chain: Json = {}
    for span in reversed(growing(analysis, text, offset)):
        chain = {"range": convert.range_json(text, span, encoding)} | ({"parent": chain} if chain else {})
    return chain


def growing(analysis: Analysis, text: SourceText, offset: int) -> list[Span]:
    """The stretches around `offset`, counted from the start of the text, each holding the one before it."""
    around = _around(analysis, text, offset)
    holding = {span for span in around if span.start <= offset <= span.end and span.start < span.end}
    chain: list[Span] = []
    for span in sorted(holding, key=lambda span: (span.end - span.start, span)):
        if not chain or (span.start <= chain[-1].start and chain[-1].end <= span.end):
            chain.append(span)
    return chain


def _around(analysis: Analysis, text: SourceText, offset: int) -> Iterator[Span]:
    """Everything that may hold `offset`."""
    yield Span(0, len(text.text))
    number = text.line_of(offset)
    for part in parts_of(analysis.outline):
        if part.first <= number <= part.last:
            yield Span(text.line_span(part.first).start, text.line_span(part.last).end)
    index = analysis.outline.index_at(offset)
    section, start = analysis.outline.sections[index], analysis.outline.starts[index]
    local = offset - start
    state = analysis.question_at(offset)
    if state is not None and local > len(section.text.rstrip()):
        yield Span(start, start + len(section.text))
    for kind, span in stretches_of(section, state and state.question):
        if span.start <= local <= span.end:
            yield span.moved(start)
            if kind == "paragraph":
                yield from (sentence.moved(start) for sentence in sentences(section.text, span))
    line = text.line_span(number)
    written = text.text[line.start : line.end]
    yield Span(line.start + len(written) - len(written.lstrip(" \t>")), line.start + len(written.rstrip()))
    yield from (Span(*word.span()) for word in _WORD.finditer(text.text, line.start, line.end))
