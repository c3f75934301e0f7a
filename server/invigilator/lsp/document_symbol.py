"""``textDocument/documentSymbol``: the report's parts, each question with its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.lsp import convert
from invigilator.lsp.json_rpc import JsonText, compact
from invigilator.report.parts import title_of
from invigilator.report.sections import Section
from invigilator.report.tally import tallies
from invigilator.text import Encoding, Span

Json = dict[str, Any]


class _Part(NamedTuple):
    """The heading that questions stand under, and those so far."""

    symbol: Json
    questions: list[_Question]


class _Question(NamedTuple):
    """A question's symbol as JSON, and what it was made of."""

    state: QuestionState
    passes: bool | None
    first: int
    symbol: Json
    text: str


def document_symbols(analysis: Analysis, uri: str, encoding: Encoding, *, hierarchical: bool) -> JsonText:
    """The parts between the questions, with the questions below them; a flat list for clients that want one."""
    listed: list[str] = []
    for root in _roots(analysis, encoding):
        if not hierarchical:
            listed += map(compact, _flat(root, uri))
        elif isinstance(root, _Question):
            listed.append(root.text)
        else:
            children = ",".join(question.text for question in root.questions)
            listed.append(f'{compact(root.symbol)[:-1]},"children":[{children}]}}')
    return JsonText(f"[{','.join(listed)}]")


def _roots(analysis: Analysis, encoding: Encoding) -> Iterator[_Part | _Question]:
    states = {state.section: state for state in analysis.questions}
    part: _Part | None = None
    sections = zip(analysis.outline.sections, analysis.outline.lines, strict=False)  # one line more: behind the last
    for index, (section, first) in enumerate(sections):
        state = states.get(index)
        if state is None:
            if part is not None:
                yield part
            part = _part(section, first, encoding)
            continue
        question = _question(analysis, state, section, first, encoding)
        if part is None:
            yield question
        else:
            part.questions.append(question)
            part.symbol["range"] = {"start": part.symbol["range"]["start"], "end": question.symbol["range"]["end"]}
    if part is not None:
        yield part


def _part(section: Section, first: int, encoding: Encoding) -> _Part | None:
    """What begins with a section that is no question, kept with it; None where that has no title."""
    title = title_of(section)
    if title is None:
        return None
    known = section.kept.get("symbol")
    if not isinstance(known, tuple) or known[0] != first:
        whole = Span(title.span.start, len(section.text))
        symbol = {
            "name": title.name,
            "kind": types.SymbolKind.Namespace.value,
            "range": convert.section_json(section, first, whole, encoding),
            "selectionRange": convert.section_json(section, first, title.span, encoding),
        }
        section.kept["symbol"] = known = first, symbol
    return _Part(dict(known[1]), [])


def _question(analysis: Analysis, state: QuestionState, section: Section, first: int, encoding: Encoding) -> _Question:
    """A question's symbol, kept with its section."""
    known, passes = section.kept.get("symbol"), _passes(analysis, state)
    if isinstance(known, _Question) and known.state is state and known[1:3] == (passes, first):
        return known
    symbol = {
        "name": section.grammar.name_of(state.question.number),
        "detail": describe(analysis, state),
        "kind": types.SymbolKind.Field.value,
        "range": convert.section_json(section, first, Span(0, len(section.text)), encoding),
        "selectionRange": convert.section_json(section, first, state.question.heading, encoding),
    }
    section.kept["symbol"] = question = _Question(state, passes, first, symbol, compact(symbol))
    return question


def _passes(analysis: Analysis, state: QuestionState) -> bool | None:
    """Whether the official check passes a question; by its own limits where that has no result."""
    if analysis.verdict is not None and analysis.verdict.runs:
        return analysis.verdict.passed_by_question.get(state.question.number, state.passed)
    return state.passed


def describe(analysis: Analysis, state: QuestionState) -> str:
    """A question's state in one line: ``✓ 214 words (200 to 300), 1 image (1 to 3)``.

    ``✗`` where the official check fails it, or would by its own limits; ``○`` where it lets a missing answer pass.
    """
    question, limits = state.question, state.limits
    if question.counts is None:
        return "✗ no marker"
    passes = _passes(analysis, state)
    if not question.answered:
        return "○ not answered" if passes else "✗ not answered"
    counted = (
        f"{tally.counted} ({tally.bounds})" if tally.bounds else tally.counted
        for tally in tallies(question.counts, limits)
    )
    return f"{'✓' if passes else '✗'} {', '.join(counted)}"


def _flat(root: _Part | _Question, uri: str) -> Iterator[Json]:
    def flat(symbol: Json, **more: str) -> Json:
        detail = symbol.get("detail")
        name = f"{symbol['name']}: {detail}" if detail else symbol["name"]
        return {"name": name, "kind": symbol["kind"], "location": {"uri": uri, "range": symbol["range"]}, **more}

    yield flat(root.symbol)
    if isinstance(root, _Part):
        for question in root.questions:
            yield flat(question.symbol, containerName=root.symbol["name"])
