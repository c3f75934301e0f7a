"""Where a prompt ends in a template without answer markers: the teacher's words are told by how they are written.

A placeholder is no part of it, however it is written.
"""

from __future__ import annotations

import re
from typing import Final

from invigilator.report.sections import Section
from invigilator.text import Span

_ITALIC: Final = re.compile(r"(?:\*{1,3}(?=\S)[^*]+(?<=\S)\*{1,3}|_{1,3}(?=\S)[^_]+(?<=\S)_{1,3})[.:]?")


def end_of_prompt(section: Section) -> Span:
    """The last line of what is quoted, emphasised as a whole, or a comment, right below the heading; else the heading.

    Without its indentation. Blank lines may stand between.
    """
    known = section.kept.get("end of prompt")
    if isinstance(known, Span):
        return known
    line, last = 1, 0
    while (end := _end_of_block(section, line)) is not None:
        if end > line or _line(section, line).strip():
            last = end
        line = end + 1
    while last and not _line(section, last).strip():
        last -= 1
    start = section.source.line_span(last).start
    text = _line(section, last)
    found = Span(start + len(text) - len(text.lstrip()), start + len(text.rstrip()))
    section.kept["end of prompt"] = found
    return found


def _end_of_block(section: Section, line: int) -> int | None:
    """The last line of the block of the prompt that begins in `line`, a blank line being one; None where none does."""
    if line >= len(section.kinds) or line >= section.source.line_count:
        return None
    kind, text = section.kinds[line], _line(section, line).strip()
    if kind.kind == "blank":
        return line
    if section.grammar.placeholder.search(text) is not None:
        return None
    if kind.kind == "quote":
        return line
    if text.startswith("<!--"):
        if kind.kind != "comment":
            return line if text.endswith("-->") else None
        ends = (below for below in range(line + 1, len(section.kinds)) if section.kinds[below].closes)
        return next(ends, None)
    return _end_of_emphasised(section, line)


def _end_of_emphasised(section: Section, line: int) -> int | None:
    if not _line(section, line).lstrip().startswith(("*", "_")):
        return None
    paragraph: list[str] = []
    end = line
    while end < len(section.kinds) and (text := _line(section, end).strip()):
        if end > line and text.startswith(("<!--", ">")):
            break
        paragraph.append(text)
        end += 1
    written = " ".join(paragraph)
    return end - 1 if _ITALIC.fullmatch(written) and not section.grammar.placeholder.search(written) else None


def _line(section: Section, line: int) -> str:
    start, end = section.source.line_span(line)
    return section.text[start:end]
