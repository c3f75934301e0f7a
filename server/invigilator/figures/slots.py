"""What can be completed at a place in a report: the path of an image, its description, or a whole image.

Only in answers, and only where readers would see it: not in code, comments, prompts or between the questions.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from invigilator.analysis import Analysis, QuestionState
from invigilator.figures.half_typed import TypedImage, TypedPath, half_typed
from invigilator.figures.image_text import label_of
from invigilator.figures.insertion import on_empty_line
from invigilator.report.destination import understand
from invigilator.report.lines import Lines, newline_of
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.text import Span

_TEMPLATE_ALT: Final = "my_image"
_MARKS: Final = " \t\r\n*_"  # what stands in an answer without words: also the emphasis that ends behind a marker


class LabelSlot(NamedTuple):
    """The description of an image that has none yet: what it replaces, what of it is typed, and the words for it."""

    span: Span
    typed: str
    words: str


class ImageSlot(NamedTuple):
    """A whole image: what it replaces, what of it is typed, the line breaks around it, and what else is to go.

    `unasked`: whether it may be offered to somebody who only types. `label` is what of the description is typed.
    """

    span: Span
    typed: str
    before: str = ""
    after: str = ""
    removed: Span | None = None
    label: str = ""
    unasked: bool = False


Slot = TypedPath | LabelSlot | ImageSlot


def slot_at(analysis: Analysis, offset: int) -> Slot | None:
    """What can be completed at an offset; offset and spans count from the start of the text."""
    state = analysis.question_at(offset)
    if state is None or state.question.marker is None:
        return None
    start = analysis.outline.starts[state.section]
    section, question, local = analysis.outline.sections[state.section], state.question, offset - start
    if local < question.answer.start or is_hidden(section, question, local):
        return None
    label = _label(section, question, local)
    if label is not None:
        return label._replace(span=label.span.moved(start)) if label.words else None
    line = section.source.line_span(section.source.line_of(local))
    text = section.text[line.start : line.end]
    found = half_typed(text, local - line.start)
    if isinstance(found, TypedPath):
        hidden = is_hidden(section, question, line.start + found.span.start)
        return None if hidden else _moved_path(found, start + line.start)
    slot = _image(analysis, state, line, local, found)
    if slot is None:
        return None
    removed = None if slot.removed is None else slot.removed.moved(start)
    return slot._replace(span=slot.span.moved(start), removed=removed)


def is_hidden(section: Section, question: Question, local: int) -> bool:
    """Whether a place in an answer is inside code or a comment."""
    markdown, text = question.markdown, section.text
    if markdown is None:
        return _is_hidden_by_lines(section, question, local)
    opener = markdown.open_comment
    for comment in markdown.comments:
        is_open = opener is not None and opener.start == comment.start
        if comment.start < local and (is_open or local < comment.end):
            return True
    open_fences = {fence.span.start for fence in markdown.fences if not fence.closed}
    for code in markdown.code:
        is_closed = text[code.start] in "`~" and code.start not in open_fences
        if code.start < local and (local < code.end or (not is_closed and local <= _end_of_line(section, code.end))):
            return True
    return False


def _end_of_line(section: Section, offset: int) -> int:
    return section.source.line_span(section.source.line_of(offset)).end


def _is_hidden_by_lines(section: Section, question: Question, local: int) -> bool:
    """The same for an answer that cannot be read as Markdown."""
    source = section.source
    last, fence = source.line_of(local), None
    for kind in section.kinds[source.line_of(question.answer.start) : last]:
        if kind.kind != "fence":
            continue
        if fence is None:
            fence = kind
        elif kind.fence == fence.fence and kind.value >= fence.value and kind.bare:
            fence = None
    before = section.text[question.answer.start : local]
    in_line = before[before.rfind("\n") + 1 :]
    return fence is not None or before.rfind("<!--") > before.rfind("-->") or in_line.count("`") % 2 == 1


def _moved_path(path: TypedPath, by: int) -> TypedPath:
    return path._replace(span=path.span.moved(by), glued=path.glued + by)


def _label(section: Section, question: Question, local: int) -> LabelSlot | None:
    """The label at the cursor; without words where it is an image's own already, None where there is no label."""
    for link in question.markdown.links if question.markdown else ():
        if link.kind == "image" and link.label.start <= local <= link.label.end:
            destination = understand(link.target)
            written = section.text[link.label.start : link.label.end]
            words = label_of(destination.path) if destination.kind in ("local", "remote") else ""
            typed = section.text[link.label.start : local]
            is_open = written.strip() in ("", _TEMPLATE_ALT) or words.casefold().startswith(written.casefold())
            return LabelSlot(link.label, typed, words if is_open and written != words else "")
    return None


def _image(
    analysis: Analysis, state: QuestionState, line: Span, local: int, typed: TypedImage | None
) -> ImageSlot | None:
    section, question = analysis.outline.sections[state.section], state.question
    text = section.text
    number = section.source.line_of(local)
    if question.marker is None or number == section.source.line_of(question.marker.start):
        is_blank = False
    elif typed is None:
        is_blank = not text[line.start : line.end].strip()
    else:
        behind = text[line.start + typed.span.end : line.end]
        is_blank = not (text[line.start : line.start + typed.span.start] + behind).strip()
    if typed is None:
        placeholder = next((p for p in question.placeholders if p.start <= local <= p.end), None)
        if placeholder is not None and not question.answered:
            return ImageSlot(placeholder, text[placeholder.start : local])
        if not is_blank:
            return None
        span, typed_text, label, unasked = line, "", "", False
    else:
        span = typed.span.moved(line.start)
        typed_text, label = text[span.start : local], typed.typed or ""
        unasked = typed.begins or typed.typed is not None
    if is_blank and (placed := _in_place_of_placeholder(analysis, state, number, span)) is not None:
        before, after, removed = placed
    elif typed is None:
        insertion = on_empty_line(section, number, newline_of(section, analysis.outline.text))
        before, after, removed = insertion.before, insertion.after, None
    else:
        before, after, removed = "", "", None
    return ImageSlot(span, typed_text, before, after, removed, label, unasked)


def _in_place_of_placeholder(
    analysis: Analysis, state: QuestionState, number: int, span: Span
) -> tuple[str, str, Span | None] | None:
    """The line breaks around an image on line `number`, and what to delete, for an answer that has nothing else.

    Together they leave what would be there with the image written over the placeholder. An editor does not take two
    edits that touch: a line ending is left between them.
    """
    section, question = analysis.outline.sections[state.section], state.question
    if len(question.placeholders) != 1:
        return None
    (placeholder,) = question.placeholders
    lines, text, newline = Lines(section), section.text, newline_of(section, analysis.outline.text)
    first, last = sorted((placeholder, span))
    rest = text[question.answer.start : first.start] + text[first.end : last.start] + text[last.end :]
    own = lines.at(placeholder.start)
    if rest.strip(_MARKS) or lines.at(placeholder.end) != own or own == number:
        return None
    if number < own:
        below = lines.whole(own).end
        return newline * (own - number), "", Span(lines.whole(number).end, below)
    above = lines.span(own - 1).end
    return "", newline * (number - own), Span(above, lines.span(number - 1).end)
