"""A question's parts and counts, read from its section."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from invigilator.report.counting import (
    Counts,
    characters,
    official_counts,
    official_end,
    official_words,
    prose_words,
    without_comments,
)
from invigilator.report.markdown import Definitions, Markdown, Unreadable, read_markdown
from invigilator.report.prompt_end import end_of_prompt
from invigilator.report.sections import Section
from invigilator.text import Span

_CLOSING_EMPHASIS: Final = re.compile(r"[*_]{0,3}")
_WRITTEN: Final = re.compile(r"[^\s>*_\-`~#\ufeff\u200b]")


class Question(NamedTuple):
    """One question; offsets count from its section's start.

    `heading` is the heading's line without indentation and ending. `markers` are the places where the course's check
    begins an answer: the template's marker and any later one; the last one counts. `answer` is all behind it, `counted`
    the part of it that the check reads. `prompt` is what stands between heading and marker.
    """

    number: int
    heading: Span
    markers: tuple[Span, ...]
    prompt: Span
    answer: Span
    counted: Span
    placeholders: tuple[Span, ...]
    answered: bool
    counts: Counts | None
    """As the check counts `counted`, with its characters; None without a marker."""
    lost_words: int
    """Words of the answer behind `counted`."""
    markdown: Markdown | None
    """Of the answer; None without a marker, or where it cannot be read as Markdown."""
    unreadable: str | None
    """Why the answer cannot be read as Markdown."""
    prose_words: int | None
    images_shown: int | None

    @property
    def marker(self) -> Span | None:
        """The marker whose answer counts."""
        return self.markers[-1] if self.markers else None

    @property
    def anchor(self) -> Span:
        """Where to say something about the question as a whole: its marker, or its heading where it has lost that."""
        return self.markers[-1] if self.markers else self.heading


def read_question(section: Section, definitions: Definitions = (), *, last: bool = False) -> Question:
    """The question that `section` is.

    `definitions` are the link reference definitions of the whole report. Of the `last` question the check reads all.
    """
    key = ("question", definitions, last)
    known = section.kept.get(key)
    if isinstance(known, Question):
        return known
    question = _read(section, definitions, last)
    section.kept[key] = question
    return question


def prompt_text(section: Section) -> str:
    """The prompt as it is written."""
    prompt = parts_of_question(section).prompt
    return section.text[prompt.start : prompt.end]


def asking_text(section: Section) -> str:
    """All that may say how long the answer is to be: the prompt.

    In another course's template also what stands behind the heading's number, and the prompt's comments.
    """
    prompt, grammar = prompt_text(section), section.grammar
    if grammar.official:
        return prompt
    heading = _heading(section)
    line = section.text[: heading.end]
    match = grammar.heading.match(line)
    title = line[match.end("title" if grammar.titles else "number") :] if match else ""
    return f"{title.lstrip('.:)*_ ')}\n\n{prompt.replace('<!--', ' ').replace('-->', ' ')}"


class Parts(NamedTuple):
    """A question without its answer."""

    heading: Span
    prompt: Span
    markers: tuple[Span, ...]


def parts_of_question(section: Section) -> Parts:
    """Heading, prompt and markers of a question, without reading its answer; any thread may ask."""
    known = section.kept.get("parts of question")
    if isinstance(known, Parts):
        return known
    heading, markers = _heading(section), _markers(section)
    section.kept["parts of question"] = parts = Parts(heading, _prompt(section, markers, heading), markers)
    return parts


def is_blank(section: Section) -> bool:
    """Whether a question's placeholder is all that stands where its answer is to be; any thread may ask."""
    markers = parts_of_question(section).markers
    if not markers:
        return False
    answer = Span(_start_of_answer(section, markers[-1]), len(section.text))
    placeholders = tuple(Span(*m.span()) for m in section.grammar.placeholder.finditer(section.text, answer.start))
    return bool(placeholders) and not _is_written(section.text, answer, placeholders)


def _read(section: Section, definitions: Definitions, last: bool) -> Question:
    text = section.text
    heading, prompt, markers = parts_of_question(section)
    if not markers:
        nothing = Span(len(text), len(text))
        return Question(
            section.number or 0, heading, (), prompt, nothing, nothing, (), False, None, 0, None, None, None, None
        )
    answer = Span(_start_of_answer(section, markers[-1]), len(text))
    written = text[answer.start :]
    whole = last or not section.grammar.official
    counted = answer if whole else Span(answer.start, answer.start + official_end(written))
    words_written, images, _ = official_counts(written, whole=whole)
    counts = Counts(words_written, images, characters(text[counted.start : counted.end]))
    placeholders = tuple(Span(*m.span()) for m in section.grammar.placeholder.finditer(text, answer.start))
    unreadable: str | None = None
    markdown: Markdown | None = None
    try:
        markdown = _read_answer(section, markers[-1], definitions)
    except Unreadable as error:
        unreadable = str(error)
    words = shown = None
    if markdown is not None:
        placeholder = section.grammar.placeholder
        words = prose_words(placeholder.sub(" ", piece) if placeholders else piece for piece in markdown.prose)
        shown = sum(1 for link in markdown.links if link.kind == "image")
        shown += sum(1 for tag in markdown.tags if tag.name == "img" and not tag.source.startswith("</"))
    return Question(
        number=section.number or 0,
        heading=heading,
        markers=markers,
        prompt=prompt,
        answer=answer,
        counted=counted,
        placeholders=placeholders,
        answered=counts.images > 0 or _is_written(text, answer, placeholders),
        counts=counts,
        lost_words=official_words(text[counted.end :]),
        markdown=markdown,
        unreadable=unreadable,
        prose_words=words,
        images_shown=shown,
    )


def _heading(section: Section) -> Span:
    line = section.source.line_span(0)
    text = section.text[line.start : line.end]
    return Span(len(text) - len(text.lstrip(" ")), len(text.rstrip()))


def _markers(section: Section) -> tuple[Span, ...]:
    """The template's marker and every place behind it where the check would begin an answer.

    The check begins one wherever the marker's text stands; in front of the marker that loses only the prompt's words.
    A template that it cannot read has one marker: the first line that begins with it. Without markers the last line
    of the prompt, or the heading where there is none, is in its place.
    """
    marker, text = section.grammar.marker, section.text
    if not marker:
        return (end_of_prompt(section),)
    line = next((line for line, kind in enumerate(section.kinds) if kind.kind == "marker"), None)
    if not section.grammar.official:
        if line is None:
            return ()
        start = text.find(marker, section.source.line_starts[line])
        return (Span(start, start + len(marker)),)
    start = text.find(marker, 0 if line is None else section.source.line_starts[line])
    places: list[Span] = []
    while start >= 0:
        places.append(Span(start, start + len(marker)))
        start = text.find(marker, start + len(marker))
    return tuple(places)


def _prompt(section: Section, markers: tuple[Span, ...], heading: Span) -> Span:
    if not markers:
        return Span(heading.end, len(section.text))
    if not section.grammar.marker:
        return Span(heading.end, max(heading.end, markers[0].end))
    source = section.source
    return Span(heading.end, source.line_starts[source.line_of(markers[0].start)])


def _start_of_answer(section: Section, marker: Span) -> int:
    """Behind the marker; where the course's check does not count, behind the emphasis that the marker stands in."""
    if section.grammar.official or not section.grammar.marker:
        return marker.end
    closing = _CLOSING_EMPHASIS.match(section.text, marker.end)
    return closing.end() if closing else marker.end


def _read_answer(section: Section, marker: Span, definitions: Definitions) -> Markdown:
    """The answer as Markdown, read from the marker's line on: what follows it at once belongs to the prompt's quote.

    The marker becomes dots: a paragraph still, but no word.
    """
    source, text = section.source, section.text
    start = source.line_starts[source.line_of(marker.start)]
    if not section.grammar.marker and not text.startswith(">", marker.start):  # a heading, which nothing joins
        return _moved(read_markdown(text[marker.end :], definitions), marker.end)
    behind = marker.end
    if closing := _CLOSING_EMPHASIS.match(text, marker.end):
        behind = closing.end()
    before = re.sub(r"[^\s>]", ".", text[start:behind])
    markdown = read_markdown(before + text[behind:], definitions)
    return _moved(markdown, start)


def _moved(markdown: Markdown, by: int) -> Markdown:
    layout = markdown.layout.moved(by)
    if not (markdown.links or markdown.tags or markdown.comments or markdown.code or markdown.defined):
        return markdown._replace(layout=layout)
    return markdown._replace(
        links=tuple(
            link._replace(
                span=link.span.moved(by),
                label=link.label.moved(by),
                destination=link.destination and link.destination.moved(by),
            )
            for link in markdown.links
        ),
        tags=tuple(tag._replace(span=tag.span.moved(by)) for tag in markdown.tags),
        comments=tuple(span.moved(by) for span in markdown.comments),
        code=tuple(span.moved(by) for span in markdown.code),
        fences=tuple(f._replace(span=f.span.moved(by), opener=f.opener.moved(by)) for f in markdown.fences),
        open_comment=markdown.open_comment and markdown.open_comment.moved(by),
        defined=tuple(
            definition._replace(span=definition.span.moved(by), destination=definition.destination.moved(by))
            for definition in markdown.defined
        ),
        layout=layout,
    )


def _is_written(text: str, answer: Span, placeholders: tuple[Span, ...]) -> bool:
    """Whether anything but placeholders, comments and marks stands in the answer."""
    start, rest = answer.start, []
    for placeholder in placeholders:
        rest.append(text[start : placeholder.start])
        start = placeholder.end
    rest.append(text[start : answer.end])
    return _WRITTEN.search(without_comments("".join(rest))) is not None
