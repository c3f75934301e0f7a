"""A question's parts and counts, read from its section."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from invigilator.report.counting import (
    Counts,
    official_counts,
    official_end,
    official_words,
    prose_words,
    without_comments,
)
from invigilator.report.markdown import Definitions, Markdown, Unreadable, read_markdown
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
    """As the check counts `counted`; None without a marker."""
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
    prompt = _prompt(section, _markers(section), _heading(section))
    return section.text[prompt.start : prompt.end]


def _read(section: Section, definitions: Definitions, last: bool) -> Question:
    text = section.text
    heading = _heading(section)
    markers = _markers(section)
    prompt = _prompt(section, markers, heading)
    if not markers:
        nothing = Span(len(text), len(text))
        return Question(
            section.number or 0, heading, (), prompt, nothing, nothing, (), False, None, 0, None, None, None, None
        )
    answer = Span(markers[-1].end, len(text))
    written = text[answer.start :]
    counted = answer if last else Span(answer.start, answer.start + official_end(written))
    counts = official_counts(written, whole=last)
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
    """
    marker, text = section.grammar.marker, section.text
    line = next((line for line, kind in enumerate(section.kinds) if kind.kind == "marker"), None)
    start = text.find(marker, 0 if line is None else section.source.line_starts[line])
    places: list[Span] = []
    while start >= 0:
        places.append(Span(start, start + len(marker)))
        start = text.find(marker, start + len(marker))
    return tuple(places)


def _prompt(section: Section, markers: tuple[Span, ...], heading: Span) -> Span:
    if not markers:
        return Span(heading.end, len(section.text))
    source = section.source
    return Span(heading.end, source.line_starts[source.line_of(markers[0].start)])


def _read_answer(section: Section, marker: Span, definitions: Definitions) -> Markdown:
    """The answer as Markdown, read from the marker's line on: what follows it at once belongs to the prompt's quote.

    The marker becomes dots: a paragraph still, but no word.
    """
    source, text = section.source, section.text
    start = source.line_starts[source.line_of(marker.start)]
    behind = marker.end
    if closing := _CLOSING_EMPHASIS.match(text, marker.end):
        behind = closing.end()
    before = re.sub(r"[^\s>]", ".", text[start:behind])
    markdown = read_markdown(before + text[behind:], definitions)
    return _moved(markdown, start)


def _moved(markdown: Markdown, by: int) -> Markdown:
    layout = markdown.layout.moved(by)
    if not (markdown.links or markdown.tags or markdown.comments or markdown.code):
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
