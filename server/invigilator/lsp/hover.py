"""``textDocument/hover``: what a question asks for and what is there; what an image shows."""

from __future__ import annotations

from typing import Final, NamedTuple

from lsprotocol import types

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Count
from invigilator.lsp import convert
from invigilator.report.destination import understand, visible
from invigilator.report.markdown import Link
from invigilator.report.model import Limit
from invigilator.report.tally import Tally, tallies
from invigilator.surroundings import FileFact, GitStatus
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.text import Encoding, SourceText, Span

_SOURCES: Final = {
    "config": "your configuration",
    "report.py": "report.py",
    "prompt": "the prompt",
    "template": "the original template",
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
    place = convert.section_range(analysis, found.section, found.span, encoding)
    return types.Hover(content(found.markdown, markdown=markdown), place)


def content(said: str, *, markdown: bool) -> types.MarkupContent:
    """What is `said` in our Markdown, for a client that shows `markdown` or one that does not."""
    if markdown:
        return types.MarkupContent(types.MarkupKind.Markdown, said)
    return types.MarkupContent(types.MarkupKind.PlainText, said.replace("**", "").replace("`", ""))


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
                described = describe_image(analysis, link, preview=preview)
                return Found(described, state.section, link.span) if described else None
    source = analysis.outline.sections[state.section].source
    for marker in question.markers:
        if source.line_starts[source.line_of(marker.start)] <= local <= marker.end:  # with the `> ` in front of it
            return Found(describe_question(analysis, state), state.section, marker)
    for span in (question.heading, question.prompt, *question.placeholders):
        if span.start <= local <= span.end:
            return Found(describe_question(analysis, state), state.section, span)
    return None


def describe_question(analysis: Analysis, state: QuestionState) -> str:
    """Limits, where they come from, what is there, what is missing, and the verdict."""
    return "\n\n".join(filter(None, (_asked(analysis, state), _there(analysis, state), _verdict(analysis, state))))


def _asked(analysis: Analysis, state: QuestionState) -> str:
    """``**Question 8**: 50 to 100 words and exactly 1 image, says report.py``."""
    limits = state.limits
    asked = [bounds.of(noun) for bounds, noun in limits.asked]
    said: list[Limit] = [limit for limit in limits if limit is not None]
    said = [limit for limit in said if limit.bounds is not None] or said
    heading = f"**Question {state.question.number}**: {' and '.join(asked) if asked else 'no limits'}"
    if not said:
        return heading
    names = dict.fromkeys(_SOURCES[limit.source].format(edition=analysis.edition) for limit in said)
    assumed = any(limit.assumed for limit in said)
    reservation = " (assumed: other editions that this report may be say something else)" if assumed else ""
    return f"{heading}, {'says' if len(names) == 1 else 'say'} {' and '.join(names)}{reservation}"


def _there(analysis: Analysis, state: QuestionState) -> str:
    """What is there, and how far it is from what is asked for. Where only other kinds are, words are of no interest."""
    question, limits = state.question, state.limits
    counts = question.counts
    if counts is None:
        grammar = analysis.outline.grammar
        marker = f"> {grammar.marker}" if grammar.official else grammar.marker
        return f"Its `{marker}` line is gone, so nothing is counted. Put one between the prompt and your answer."
    if not question.answered:
        return "Not answered yet."
    seen = {"word": question.prose_words, "image": question.images_shown}
    shown = tallies(counts, limits, images_shown=question.images_shown or 0)
    return "\n".join(_line(tally, seen.get(tally.noun)) for tally in shown)


def _line(tally: Tally, seen: int | None) -> str:
    """``- 27 words (a reader sees 25): 23 missing``."""
    reader = "" if seen in (None, tally.amount) else f" (a reader sees {seen})"
    difference = f": {tally.difference or 'fine'}" if tally.bounds else ""
    return f"- {tally.counted}{reader}{difference}"


def _verdict(analysis: Analysis, state: QuestionState) -> str:
    """What the official check says; without one, whether the limits are kept."""
    verdict, question = analysis.verdict, state.question
    if verdict is None:
        if state.passed is None or not state.limits.asked or (state.passed and not question.answered):
            return ""
        return "Within the limits." if state.passed else "**Not within the limits** yet."
    if not verdict.runs:
        found = f"{Count(len(verdict.answers)):answer}"
        return (
            f"**The official check stops**, with no result for any question: it finds {found} where "
            f"{analysis.frame.expected} are expected. The finding at the first question says why."
        )
    answer = verdict.of_question(question.number)
    if answer is None:
        return "The official check does not see this answer." if question.markers else ""
    if answer.place != answer.question:
        result = "Passes" if answer.passed else "**Fails**"
        return f"{result} the official check, which takes it for the answer to question {answer.place}."
    if not answer.passed:
        return "**Fails** the official check."
    return "Passes the official check." + ("" if question.answered else " A reader will miss the answer.")


def describe_image(analysis: Analysis, link: Link, *, preview: bool) -> str:
    """The picture itself where it can be shown, its file, size in pixels and size in bytes; empty for no target."""
    destination = understand(link.target)
    if destination.kind == "remote":
        return f"A picture on the web: {destination.path}"
    if destination.kind == "data":
        return "A picture whose bytes stand in the text itself."
    if destination.kind != "local":
        return f"`{link.target}`" if link.target else ""
    fact = analysis.ground.surroundings.look_up(destination.path)
    if fact.status not in ("file", "wrong-case"):
        return f"`{destination.path}`: {_STATUS[fact.status]}"
    return describe_file(analysis, fact, preview=preview)


def describe_file(analysis: Analysis, fact: FileFact, *, preview: bool) -> str:
    """The same of a file that is there."""
    in_git = _GIT[analysis.ground.surroundings.git_status(fact.path)]
    described = f"`{visible(fact.path)}`: {readable_size(fact)}{in_git}"
    return f"{_preview(analysis, fact)}{described}" if preview else described


def readable_size(fact: FileFact) -> str:
    """``1200 × 800 pixels, 47 KB``; without pixels where the file does not say."""
    pixels = f"{fact.image.width} × {fact.image.height} pixels, " if fact.image and fact.image.width else ""
    return f"{pixels}{readable_bytes(fact.bytes or 0)}"


_STATUS: Final = {
    "missing": "there is no such file.",
    "directory": "this is a folder.",
    "unreadable": "this file cannot be read.",
    "outside": "outside the project's folder, so it is not looked at.",
    "unknown": "not looked at, because this document is not in a folder.",
}

_GIT: Final[dict[GitStatus, str]] = {
    "tracked": ", in git",
    "untracked": ", **not in git** yet, so it will not be handed in",
    "ignored": ", **ignored by git**, so it will not be handed in",
    "unknown": "",
}


def _preview(analysis: Analysis, fact: FileFact) -> str:
    surroundings = analysis.ground.surroundings
    if not isinstance(surroundings, DiskSurroundings) or fact.image is None or fact.image.format is None:
        return ""
    return f"![]({surroundings.folder.joinpath(fact.path).as_uri()})\n\n"


def readable_bytes(count: int) -> str:
    """``812 bytes``, ``47 KB``, ``1.2 MB`` (of 1,000 each)."""
    if count < 1_000:
        return f"{Count(count):byte}"
    return f"{count / 1_000:.0f} KB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"
