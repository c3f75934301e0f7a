"""``textDocument/hover``: what a question asks for and what is there; what an image shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Count
from invigilator.lsp import convert
from invigilator.report.destination import understand
from invigilator.report.markdown import Link
from invigilator.report.model import Bounds, Limit
from invigilator.surroundings import FileFact
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.text import Encoding, SourceText, Span

_SOURCES = {
    "config": "your configuration",
    "report.py": "the report.py beside the report",
    "prompt": "the prompt",
    "edition": "the {edition} edition of the template",
}


class Found(NamedTuple):
    """What to show, as Markdown, and for which part of the section."""

    markdown: str
    section: int
    span: Span


def hover(
    analysis: Analysis,
    text: SourceText,
    position: types.Position,
    encoding: Encoding,
    *,
    markdown: bool,
    preview: bool,
) -> types.Hover | None:
    """The hover at `position`; plain text unless the client shows `markdown`, an image itself only with `preview`."""
    found = find(analysis, convert.offset(text, position, encoding), preview=preview and markdown)
    if found is None:
        return None
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    value = found.markdown if markdown else _plain(found.markdown)
    return types.Hover(
        types.MarkupContent(kind, value), convert.section_range(analysis, found.section, found.span, encoding)
    )


def find(analysis: Analysis, offset: int, *, preview: bool) -> Found | None:
    """What there is to say at `offset`."""
    state = analysis.question_at(offset)
    if state is None:
        return None
    local = offset - analysis.outline.starts[state.section]
    question = state.question
    if question.markdown is not None:
        for link in question.markdown.links:
            if link.kind == "image" and link.span.start <= local < link.span.end:
                return Found(describe_image(analysis, link, preview=preview), state.section, link.span)
    for span in (question.heading, question.prompt, *question.markers, *question.placeholders):
        if span.start <= local <= span.end:
            return Found(describe_question(analysis, state), state.section, span)
    if question.marker is not None and local < question.marker.start:  # the `> ` in front of it
        return Found(describe_question(analysis, state), state.section, question.marker)
    return None


def describe_question(analysis: Analysis, state: QuestionState) -> str:
    """Limits, where they come from, what is there, what is missing, and the verdict."""
    return "\n\n".join(_paragraphs(analysis, state))


def _paragraphs(analysis: Analysis, state: QuestionState) -> Iterator[str]:
    question, limits = state.question, state.limits
    asked = [
        f"{bounds} {name}"
        for bounds, name in ((limits.word_bounds, "words"), (limits.image_bounds, "images"))
        if bounds is not None
    ]
    yield f"**Question {question.number}**: {' and '.join(asked) if asked else 'no limits'}{_origin(analysis, state)}"
    counts = question.counts
    if counts is None:
        yield f"There is no `> {analysis.outline.grammar.marker}` line, so nothing is counted."
    elif not question.answered:
        yield "Not answered yet."
    else:
        lines = []
        seen = "" if question.prose_words in (None, counts.words) else f" (a reader sees {question.prose_words})"
        lines.append(f"- {Count(counts.words):word}{seen}{_difference(counts.words, limits.word_bounds, 'word')}")
        shown = "" if question.images_shown in (None, counts.images) else f" (a reader sees {question.images_shown})"
        if counts.images or limits.image_bounds or shown:
            lines.append(
                f"- {Count(counts.images):image}{shown}{_difference(counts.images, limits.image_bounds, 'image')}"
            )
        yield "\n".join(lines)
    yield _verdict(analysis, state)


def _origin(analysis: Analysis, state: QuestionState) -> str:
    said: list[Limit] = [limit for limit in state.limits if limit is not None]
    stated = [limit for limit in said if limit.bounds is not None] or said
    if not stated:
        return ""
    names = dict.fromkeys(_SOURCES[limit.source].format(edition=analysis.edition) for limit in stated)
    assumed = ", assumed: the editions that this may be differ here" if any(limit.assumed for limit in said) else ""
    return f" ({' and '.join(names)}{assumed})"


def _difference(count: int, bounds: Bounds | None, name: str) -> str:
    if bounds is None:
        return ""
    if bounds.low is not None and count < bounds.low:
        return f": {Count(bounds.low - count):{name}} missing"
    if bounds.high is not None and count > bounds.high:
        return f": {Count(count - bounds.high):{name}} too many"
    return ", fine"


def _verdict(analysis: Analysis, state: QuestionState) -> str:
    verdict = analysis.verdict
    if verdict is None:
        return "Keeps to the limits." if state.passed else "Does not keep to the limits yet."
    if not verdict.runs:
        return (
            f"The official check stops, with no result for any question: it finds {len(verdict.answers)} answers where "
            f"{analysis.frame.expected} are expected."
        )
    answer = verdict.of_question(state.question.number)
    if answer is None:
        return "The official check does not see this answer."
    result = "passes" if answer.passed else "fails"
    shifted = "" if answer.place == answer.question else f", by the limits of question {answer.place}"
    return f"The official check: **{result}**{shifted}."


def describe_image(analysis: Analysis, link: Link, *, preview: bool) -> str:
    """The picture itself where it can be shown, its file, size in pixels and size in bytes."""
    destination = understand(link.target)
    if destination.kind == "remote":
        return f"A picture on the web: {destination.path}"
    if destination.kind != "local":
        return f"`{link.target}`"
    fact = analysis.ground.surroundings.look_up(destination.path)
    if fact.status not in ("file", "wrong-case"):
        return f"`{destination.path}`: {_STATUS[fact.status]}"
    pixels = f"{fact.image.width} × {fact.image.height} pixels, " if fact.image and fact.image.width else ""
    described = f"`{fact.path}`: {pixels}{readable_bytes(fact.bytes or 0)}"
    return f"{_preview(analysis, fact)}{described}" if preview else described


_STATUS = {
    "missing": "there is no such file.",
    "directory": "this is a folder.",
    "unreadable": "this file cannot be read.",
    "outside": "outside the project, and not looked at.",
    "unknown": "this document is not in a folder.",
}


def _preview(analysis: Analysis, fact: FileFact) -> str:
    surroundings = analysis.ground.surroundings
    if not isinstance(surroundings, DiskSurroundings):
        return ""
    uri = surroundings.folder.joinpath(fact.path).as_uri()
    width = min(fact.image.width or 360, 360) if fact.image else 360
    return f"![]({uri}|width={width})\n\n"


def readable_bytes(count: int) -> str:
    """``812 bytes``, ``47 KB``, ``1.2 MB`` (of 1,000 each)."""
    if count < 1_000:
        return f"{Count(count):byte}"
    return f"{count / 1_000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _plain(markdown: str) -> str:
    return markdown.replace("**", "").replace("`", "")
