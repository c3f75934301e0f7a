"""``textDocument/foldingRange``: parts, questions, prompts, answers, and what takes several lines in those.

Whole lines only, which every client can fold. A prompt is a ``comment`` and an answer a ``region``, so that editors
which fold by kind can hide all prompts, or all answers, at once.
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Final, NamedTuple

from invigilator.analysis import Analysis, QuestionState
from invigilator.lsp.inlay_hint import label
from invigilator.lsp.json_rpc import JsonText, compact
from invigilator.report.parts import parts_of
from invigilator.report.sections import Section
from invigilator.report.stretches import stretches_of

_OUTER, _MIDDLE, _INNER = range(3)
"""How much a client that takes only so many would miss a range: the outline, prompts and answers, lists and tables."""

_KINDS: Final = {"prompt": "comment", "answer": "region", "comment": "comment"}
_RANKS: Final = {"question": _OUTER, "prompt": _MIDDLE, "answer": _MIDDLE} | dict.fromkeys(
    ("item", "table", "code", "comment"), _INNER
)


class _Folds(NamedTuple):
    """A section's folds as JSON, each with its rank, and what they were made of."""

    state: QuestionState | None
    first: int
    shows_text: bool
    ranked: tuple[tuple[int, str], ...]


def folding_ranges(analysis: Analysis, *, most: int | None, shows_text: bool) -> JsonText:
    """The ranges, those of the outline first.

    `most` is how many the client wants at most (None: all), `shows_text` whether it can show a text in place of a fold:
    that of a folded question has its state.
    """
    ranked = [
        (_OUTER, compact({"startLine": part.first, "endLine": part.last}))
        for part in parts_of(analysis.outline)
        if part.last > part.first
    ]
    states = {state.section: state for state in analysis.questions}
    sections = zip(analysis.outline.sections, analysis.outline.lines, strict=False)  # one line more: behind the last
    for index, (section, first) in enumerate(sections):
        ranked += _folds(section, first, states.get(index), shows_text=shows_text)
    if most is not None and len(ranked) > most:
        ranked = sorted(ranked, key=itemgetter(0))[:most]
    return JsonText(f"[{','.join(text for _, text in ranked)}]")


def _folds(
    section: Section, first: int, state: QuestionState | None, *, shows_text: bool
) -> tuple[tuple[int, str], ...]:
    """The folds of a section that begins on the line `first`, kept with it."""
    known = section.kept.get("folds")
    if isinstance(known, _Folds) and known.state is state and known[1:3] == (first, shows_text):
        return known.ranked
    question, line_of = state and state.question, section.source.line_of
    found: dict[str, int] = {}
    for kind, span in stretches_of(section, question):
        rank = _RANKS.get(kind)
        if rank is None:
            continue
        start, end = line_of(span.start), line_of(span.end - 1)
        if question is not None and question.marker is not None:
            if kind == "answer" and section.grammar.marker:
                start = line_of(question.marker.start)  # what stays to be seen of it
            elif kind == "prompt" and start < end:
                end = line_of(len(section.text[: question.prompt.end].rstrip()) - 1)  # with the `>` below it
        if start < end:
            fold: dict[str, Any] = {"startLine": start + first, "endLine": end + first}
            if kind in _KINDS:
                fold["kind"] = _KINDS[kind]
            elif kind == "question" and shows_text and state is not None:
                heading = section.text[state.question.heading.start : state.question.heading.end]
                fold["collapsedText"] = f"{heading} · {label(section, state)}"
            found.setdefault(compact(fold), rank)
    ranked = tuple((rank, text) for text, rank in found.items())
    section.kept["folds"] = _Folds(state, first, shows_text, ranked)
    return ranked
