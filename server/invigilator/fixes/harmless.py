"""What makes a fix safe, whatever it says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from invigilator.analysis import Analysis, analyse
from invigilator.checks.finding import Edit
from invigilator.fixes.edits import edited
from invigilator.official.split import weigh_the_same
from invigilator.text import SourceText, Span


def are_harmless(analysis: Analysis, edits: Sequence[Edit]) -> bool:
    """Whether the edits leave headings, prompts, markers and placeholders alone, and no question that passes fails."""
    return not any(_is_frame(analysis, edit.span) for edit in edits) and not _lower(analysis, edits)


def _is_frame(analysis: Analysis, span: Span) -> bool:
    """Whether a stretch of the text reaches into what the template says."""
    outline = analysis.outline
    index = outline.index_at(span.start)
    section, start = outline.sections[index], outline.starts[index]
    if span.end > outline.starts[index + 1]:
        return True
    own = span.moved(-start)
    if section.number is None:
        first, last = section.source.line_of(own.start), section.source.line_of(own.end)
        return any(kind.kind == "heading" for kind in section.kinds[first : last + 1])
    state = next(state for state in analysis.questions if state.section == index)
    question = state.question
    if question.marker is None or own.start < question.answer.start:
        return True
    return any(own.start < other.end and other.start < own.end for other in question.placeholders)


def _lower(analysis: Analysis, edits: Iterable[Edit]) -> bool:
    """Whether a question that passes, by its own limits or by the official check, does not any more."""
    outline, rules = analysis.outline, analysis.frame.rules
    by_section: dict[int, list[Edit]] = {}
    for edit in edits:
        by_section.setdefault(outline.index_at(edit.span.start), []).append(edit)
    weighty, counts_characters = False, any(state.limits.character_bounds for state in analysis.questions)
    for index, own in by_section.items():
        section, start = outline.sections[index], outline.starts[index]
        moved = (edit._replace(span=edit.span.moved(-start)) for edit in own)
        new = edited(SourceText(section.text), moved).text
        is_cut = rules is not None and start < rules.dropped_head
        weighty = (
            weighty
            or is_cut
            or not weigh_the_same(section.text, new, section.grammar.marker, counts_characters=counts_characters)
        )
    if not weighty:
        return False
    text = edited(outline.source, (edit for own in by_section.values() for edit in own))
    after = analyse(text, analysis.ground.surroundings, analysis.ground.settings, analysis)
    return bool(_passed(analysis) - _passed(after))


def _passed(analysis: Analysis) -> set[tuple[str, int | None, int]]:
    """What passes, by its kind, number and place."""
    own = {("own", s.question.number, place) for place, s in enumerate(analysis.questions) if s.passed}
    answers = analysis.verdict.answers if analysis.verdict else ()
    return own | {("official", answer.question, answer.place) for answer in answers if answer.passed}
