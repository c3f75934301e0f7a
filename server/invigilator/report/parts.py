"""The headings between the questions, the parts of the report that they begin, and which one questions stand under."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from invigilator.report.markdown import Unreadable, read_markdown
from invigilator.report.sections import Outline, Section
from invigilator.text import Span

_HEADING: Final = re.compile(r" {0,3}((#{1,6})[ \t]+(.*?\S)(?:[ \t]+#+)?)[ \t]*$")


class Title(NamedTuple):
    """A heading's words, and its place in the section."""

    name: str
    span: Span


class Heading(NamedTuple):
    """A heading of a section that is no question; `line` counts from the section's first, `level` is its number of #.

    `above` is the last line before it in the section that is not blank, None where there is none.
    """

    title: Title
    line: int
    level: int
    above: int | None


class Part(NamedTuple):
    """The lines of the document that belong to a heading, from that to the last one that is not blank."""

    first: int
    last: int


def title_of(section: Section) -> Title | None:
    """The heading that the questions below a section stand under: the last of fewer `#` than a question's."""
    titles = (heading.title for heading in reversed(headings_of(section)) if heading.level < section.grammar.level)
    return next(titles, None)


def headings_of(section: Section) -> tuple[Heading, ...]:
    """The headings of a section that is no question, none of them in a code block (``# a comment``) or comment.

    What stands in those only a Markdown parser can tell.
    """
    known = section.kept.get("headings")
    if not isinstance(known, tuple):
        section.kept["headings"] = known = tuple(_headings(section))
    return known


def last_line(section: Section) -> int | None:
    """The last line of a section that is not blank, counted from its first; None where all are."""
    known = section.kept.get("last line", -1)
    if known is None or (isinstance(known, int) and known >= 0):
        return known
    written = len(section.text.rstrip())
    section.kept["last line"] = found = section.source.line_of(written - 1) if written else None
    return found


def parts_of(outline: Outline) -> tuple[Part, ...]:
    """The part of every heading between the questions: up to the next heading that is not below it, questions included.

    An outer part stands before those in it. A question's own lines are its section's.
    """
    known = outline.kept.get("parts")
    if not isinstance(known, tuple):
        outline.kept["parts"] = known = tuple(_parts(outline))
    return known


def _parts(outline: Outline) -> list[Part]:
    parts: list[Part] = []
    opened: list[tuple[int, int]] = []  # level and place in `parts`
    last = 0

    def close(level: int) -> None:
        while opened and opened[-1][0] >= level:
            place = opened.pop()[1]
            parts[place] = parts[place]._replace(last=last)

    for section, first in zip(outline.sections, outline.lines, strict=False):  # one line more: behind the last section
        if section.number is not None:
            close(outline.grammar.level)
        else:
            for heading in headings_of(section):
                last = last if heading.above is None else first + heading.above
                close(heading.level)
                opened.append((heading.level, len(parts)))
                parts.append(Part(first + heading.line, first + heading.line))
        below = last_line(section)
        last = last if below is None else first + below
    close(0)
    return parts


def _headings(section: Section) -> Iterator[Heading]:
    if "#" not in section.text:
        return
    try:
        markdown = read_markdown(section.text)
        hidden = (*markdown.code, *markdown.comments)
    except Unreadable:
        hidden = ()
    above: int | None = None
    for number in range(section.source.line_count):
        start, end = section.source.line_span(number)
        line = section.text[start:end]
        match = _HEADING.match(line) if "#" in line else None
        if match is not None and not any(block.start <= start < block.end for block in hidden):
            yield Heading(Title(match[3], Span(*match.span(1)).moved(start)), number, len(match[2]), above)
        if line.strip():
            above = number
