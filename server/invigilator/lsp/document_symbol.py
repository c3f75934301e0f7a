"""``textDocument/documentSymbol``: the report's parts, each question with its state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.lsp import convert
from invigilator.report.model import Bounds
from invigilator.text import Encoding, Span

_TITLE: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)


def document_symbols(
    analysis: Analysis, uri: str, encoding: Encoding, *, hierarchical: bool
) -> list[types.DocumentSymbol] | list[types.SymbolInformation]:
    """The parts between the questions, with the questions below them; a flat list for clients that want one."""
    roots = list(_symbols(analysis, encoding))
    return roots if hierarchical else list(_flat(roots, uri, None))


def _symbols(analysis: Analysis, encoding: Encoding) -> Iterator[types.DocumentSymbol]:
    states = {state.section: state for state in analysis.questions}
    part: types.DocumentSymbol | None = None
    for index, section in enumerate(analysis.outline.sections):
        state = states.get(index)
        if state is None:
            if part is not None:
                yield part
            titles = list(_TITLE.finditer(section.text))
            part = None
            if titles:
                where = Span(*titles[-1].span())
                part = types.DocumentSymbol(
                    name=titles[-1][1],
                    kind=types.SymbolKind.Namespace,
                    range=convert.section_range(analysis, index, Span(where.start, len(section.text)), encoding),
                    selection_range=convert.section_range(analysis, index, where, encoding),
                    children=[],
                )
            continue
        symbol = _question(analysis, state, encoding)
        if part is None:
            yield symbol
        else:
            part.children = [*(part.children or ()), symbol]
            part.range = types.Range(part.range.start, symbol.range.end)
    if part is not None:
        yield part


def _question(analysis: Analysis, state: QuestionState, encoding: Encoding) -> types.DocumentSymbol:
    section = analysis.outline.sections[state.section]
    return types.DocumentSymbol(
        name=f"Question {state.question.number}",
        detail=describe(analysis, state),
        kind=types.SymbolKind.Field,
        range=convert.section_range(analysis, state.section, Span(0, len(section.text)), encoding),
        selection_range=convert.section_range(analysis, state.section, state.question.heading, encoding),
    )


def describe(analysis: Analysis, state: QuestionState) -> str:
    """A question's state in one line: ``✓ 214 of 200 to 300 words, 1 of 1 to 3 images``."""
    question, limits = state.question, state.limits
    if question.counts is None:
        return "✗ no marker"
    passes = state.passed
    if analysis.verdict is not None and analysis.verdict.runs:
        answer = analysis.verdict.of_question(question.number)
        passes = answer.passed if answer is not None else passes
    mark = "✓" if passes else "✗"
    if not question.answered:
        return f"{mark} not answered"
    words = f"{question.counts.words}{_of(limits.word_bounds)} words"
    has_images = question.counts.images or limits.image_bounds
    images = f", {question.counts.images}{_of(limits.image_bounds)} images" if has_images else ""
    return f"{mark} {words}{images}"


def _of(bounds: Bounds | None) -> str:
    return f" of {bounds}" if bounds is not None else ""


def _flat(symbols: list[types.DocumentSymbol], uri: str, container: str | None) -> Iterator[types.SymbolInformation]:
    for symbol in symbols:
        name = f"{symbol.name}: {symbol.detail}" if symbol.detail else symbol.name
        yield types.SymbolInformation(
            location=types.Location(uri, symbol.range), name=name, kind=symbol.kind, container_name=container
        )
        yield from _flat(list(symbol.children or ()), uri, symbol.name)
