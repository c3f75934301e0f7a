"""The parts of a report: the headings between the questions that questions stand under."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from invigilator.report.markdown import Unreadable, read_markdown
from invigilator.report.sections import Section
from invigilator.text import Span

_TITLE: Final = re.compile(r" {0,3}(#{1,6}[ \t]+(.*?\S)(?:[ \t]+#+)?)[ \t]*$")


class Title(NamedTuple):
    """A heading's words, and its place in the section."""

    name: str
    span: Span


def title_of(section: Section) -> Title | None:
    """The heading that the questions below a section stand under: the last of fewer `#` than a question's.

    Not one in a code block (``# a comment``), which only a Markdown parser can tell.
    """
    known = section.kept.get("title", False)
    if known is None or isinstance(known, Title):
        return known
    section.kept["title"] = title = _find(section)
    return title


def _find(section: Section) -> Title | None:
    lines = [number for number, kind in enumerate(section.kinds) if kind.kind == "heading"]
    if not lines:
        return None
    try:
        code = read_markdown(section.text).code
    except Unreadable:
        code = ()
    for number in reversed(lines):
        line = section.source.line_span(number)
        match = _TITLE.match(section.text[line.start : line.end])
        if match is not None and not any(block.start <= line.start < block.end for block in code):
            return Title(match[2], Span(*match.span(1)).moved(line.start))
    return None
