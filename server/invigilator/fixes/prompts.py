"""The fixes of ``prompt.*``: the original prompt, and the length lines in the words of the original or the edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Edit, Fix
from invigilator.checks.prompts import is_prompt_gone, removed_limit
from invigilator.fixes.context import FixContext
from invigilator.report.lines import Lines, newline_of
from invigilator.report.model import Bounds, Sources
from invigilator.report.sentences import begins_example
from invigilator.template.comparison import compare
from invigilator.template.original import TemplateQuestion
from invigilator.template.wording import wording_of
from invigilator.text import Span

_LAST_PLAIN: Final = "2023"
"""The last year in which the template did not call the length recommended."""

_LABEL: Final = re.compile(r"(?:recommended )?answer length(?=:)", re.IGNORECASE)
_EXAMPLE: Final = re.compile(r"[ \t>*_]*(?:for )?examples?\b[^:]{0,20}:?[ \t*_]*", re.IGNORECASE)
_QUOTED: Final = re.compile(r"(?:^|(?<=\r)(?!\n))[ \t]*>[ \t]?", re.MULTILINE)
_LINE_BEFORE: Final = re.compile(r"[^\r\n]*\Z")
_LINE_BEHIND: Final = re.compile(r"[^\r\n]*")
_FEW_WORDS: Final = 4  # quote marks are one
_IMAGE: Final = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)")


def changed(context: FixContext) -> Iterator[Fix]:
    """The whole prompt as the template has it; what somebody wrote into it goes below the marker."""
    original = _original(context)
    if original is None:
        return
    start, end = context.question.prompt
    prompt = context.text[start:end]
    restored = context.edit(start, end, original.prompt.replace("\n", context.newline))
    own = _own_text(original.prompt, prompt)
    if not own:
        yield Fix("Restore the prompt", (restored,))
        return
    text = (context.newline * 2).join(own)
    yield Fix("Restore the prompt, and move your text below it", (restored, _below_marker(context, text)))


def limit_removed(context: FixContext) -> Iterator[Fix]:
    """All lines that are gone, each in its prompt."""
    analysis = context.analysis
    edits = []
    for state, said, original in zip(analysis.questions, analysis.frame.sources, analysis.frame.originals, strict=True):
        asked = removed_limit(said, original)
        section = analysis.outline.sections[state.section]
        if asked is not None and state.question.markers and not is_prompt_gone(section, state.question, original):
            edits.append(_line(analysis, state, said, asked, original))
    if edits:
        title = "Restore the length line" if len(edits) == 1 else f"Restore the {len(edits)} length lines"
        yield Fix(title, tuple(edits))


def _original(context: FixContext) -> TemplateQuestion | None:
    return context.analysis.frame.originals[context.analysis.questions.index(context.state)]


def _own_text(template: str, prompt: str) -> list[str]:
    """What is somebody's own in a prompt: whole texts and pictures, without quote marks."""
    spans = [_to_ends_of_lines(prompt, span) for span in compare(template, prompt).own_text]
    for image in _IMAGE.finditer(prompt):
        is_taken = any(span.start <= image.start() < span.end for span in spans)
        if not is_taken and image[0] not in template:
            spans.append(Span(*image.span()))
    texts = (_QUOTED.sub("", prompt[start:end]).strip() for start, end in sorted(spans))
    return [text for text in texts if text]


def _to_ends_of_lines(prompt: str, span: Span) -> Span:
    """A stretch with the little that stands around it on its lines: marks, signs, a word that the template has too."""
    before, behind = _LINE_BEFORE.search(prompt[: span.start]), _LINE_BEHIND.match(prompt[span.end :])
    return Span(
        span.start - (len(before[0]) if before and len(before[0].split()) <= _FEW_WORDS else 0),
        span.end + (len(behind[0]) if behind and len(behind[0].split()) <= _FEW_WORDS else 0),
    )


def _below_marker(context: FixContext, text: str) -> Edit:
    """`text` in place of the placeholder, or else as the first paragraph of the answer."""
    question, newline = context.question, context.newline
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", newline)
    if question.placeholders and not question.answered:
        return context.edit(*question.placeholders[0], text)
    at = question.answer.start
    behind = context.text[at:]
    rest = behind[: len(behind) - len(behind.lstrip("*_ \t"))]
    at += len(rest)
    blank = "" if not behind.strip() or behind[len(rest) :].startswith((newline * 2, "\n\n")) else newline
    return context.edit(at, at, f"{newline * 2}{text}{blank}")


def _line(
    analysis: Analysis,
    state: QuestionState,
    said: Sources,
    asked: tuple[Bounds, str],
    original: TemplateQuestion | None,
) -> Edit:
    """The length line, in front of the prompt's example or else of the marker, with an empty one at either side."""
    section = analysis.outline.sections[state.section]
    lines, newline = Lines(section), newline_of(section, analysis.outline.text)
    marker = lines.at(state.question.markers[0].start)
    line = next((n for n in range(1, marker) if _is_example(lines.text(n))), marker)
    is_quoted = ">" in lines.prefix(line)
    quote, empty = ("> ", ">") if is_quoted else ("", "")
    above = "" if not lines.text(line - 1).strip(" \t>") else empty + newline
    start = lines.span(line).start
    place = Span(start, start).moved(analysis.outline.starts[state.section])
    exact = wording_of(original.prompt).length_lines if original is not None else ()
    words = exact or (_wording(analysis, said, *asked),)
    new = "".join(f"{quote}{one}{newline}" for one in words)
    return Edit(place, f"{above}{new}{empty}{newline}")


def _is_example(line: str) -> bool:
    return _EXAMPLE.fullmatch(line) is not None or begins_example(line.strip(" \t>*_").lower())


def _wording(analysis: Analysis, said: Sources, bounds: Bounds, noun: str) -> str:
    kept = next(filter(None, map(_LABEL.search, analysis.frame.prompts)), None)
    by_year = "Answer length" if (analysis.edition or "")[:4] <= _LAST_PLAIN else "Recommended answer length"
    label = kept[0] if kept else by_year
    images = said.edition.image_bounds
    range_of_images = images is not None and images.low != images.high and said.prompt.images is None
    more = f" + {images.of('screenshot')}" if images is not None and range_of_images else ""
    if bounds.high is None:
        return f"{label}: {bounds.of(noun)}{more}."
    return f"{label}: {bounds.low or 0}-{bounds.high} {noun}s{more}."
