"""``textDocument/documentSymbol``: the report's parts, each question with its state."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Count
from invigilator.lsp import convert
from invigilator.report.model import Bounds
from invigilator.report.parts import title_of
from invigilator.text import Encoding, Span


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
            title = title_of(section)
            part = None
            if title is not None:
                part = types.DocumentSymbol(
                    name=title.name,
                    kind=types.SymbolKind.Namespace,
                    range=convert.section_range(analysis, index, Span(title.span.start, len(section.text)), encoding),
                    selection_range=convert.section_range(analysis, index, title.span, encoding),
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
    """A question's state in one line: ``✓ 214 words (200 to 300), 1 image (1 to 3)``.

    ``✗`` where the official check fails it, or would by its own limits; ``○`` where it lets a missing answer pass.
    """
    question, limits = state.question, state.limits
    if question.counts is None:
        return "✗ no marker"
    passes = state.passed
    if analysis.verdict is not None and analysis.verdict.runs:
        answer = analysis.verdict.of_question(question.number)
        passes = answer.passed if answer is not None else passes
    if not question.answered:
        return "○ not answered" if passes else "✗ not answered"
    counted = [f"{Count(question.counts.words):word}{_asked(limits.word_bounds)}"]
    if question.counts.images or limits.image_bounds:
        counted.append(f"{Count(question.counts.images):image}{_asked(limits.image_bounds)}")
    return f"{'✓' if passes else '✗'} {', '.join(counted)}"


def _asked(bounds: Bounds | None) -> str:
    return f" ({bounds})" if bounds is not None else ""


def _flat(symbols: list[types.DocumentSymbol], uri: str, container: str | None) -> Iterator[types.SymbolInformation]:
    for symbol in symbols:
        name = f"{symbol.name}: {symbol.detail}" if symbol.detail else symbol.name
        yield types.SymbolInformation(
            location=types.Location(uri, symbol.range), name=name, kind=symbol.kind, container_name=container
        )
        yield from _flat(list(symbol.children or ()), uri, symbol.name)
