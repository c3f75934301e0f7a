"""The links and images of an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.report.markdown import Link
from invigilator.report.reading import Question
from invigilator.text import Span

_LINE_BY_LINE: Final = re.compile(r"!\[(?P<label>[^\[\]\r\n]*)\]\((?P<path>[^()\s]+)[^()\r\n]*\)")


def answer_links(text: str, question: Question) -> Iterator[Link]:
    """Those of a question whose section's text is `text`, counted from its start.

    Where the answer cannot be read as Markdown, the images that stand in one line.
    """
    if question.markdown is not None:
        yield from (link for link in question.markdown.links if link.span.start >= question.answer.start)
        return
    for match in _LINE_BY_LINE.finditer(text, question.answer.start):
        path = Span(*match.span("path"))
        yield Link("image", Span(*match.span()), Span(*match.span("label")), path, match["path"])
