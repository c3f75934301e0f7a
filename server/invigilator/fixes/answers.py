"""The fixes of ``answer.*``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.answer_form import dash_runs
from invigilator.checks.finding import Edit, Fix
from invigilator.fixes.context import FixContext
from invigilator.text import Span

_HEADING: Final = re.compile(r"(?P<before>[ \t>]*)(?P<signs>#+)[ \t]*(?P<title>.*?)(?:[ \t]+#+)?[ \t]*")
_CLOSING: Final = re.compile(r"[*_]{0,3}")
_FENCE: Final = re.compile(r"`+|~+")
_MARKS: Final = re.compile(r">(?:[ \t]*>)*[ \t]?")
_NO_QUOTE: Final = re.compile(r"[^ \t>]")


def heading(context: FixContext) -> Iterator[Fix]:
    """Every ``##`` of the answer that the check stops at: headings become bold, others a single ``#``."""
    fewest = 3 if context.finding.variant == "last" else 2
    code = context.markdown.code
    lines = context.lines
    bold: list[Edit] = []
    single: list[Edit] = []
    done = context.question.answer.start
    for run in re.finditer(f"#{{{fewest},}}", context.text[done:]):
        start, end = Span(*run.span()).moved(context.question.answer.start)
        if start < done:
            continue
        line = lines.at(start)
        written = _HEADING.fullmatch(lines.text(line))
        in_code = any(block.start <= start < block.end for block in code)
        if in_code or written is None or lines.span(line).start + written.start("signs") != start:
            single.append(context.edit(start, end, "#"))
        elif written["title"]:
            bold.append(_bold(context, line, written))
            done = lines.span(line).end
        else:
            bold.append(context.delete(Span(start, end)))
            done = lines.span(line).end
    parts = []
    if bold:
        parts.append("make the heading bold" if len(bold) == 1 else f"make the {len(bold)} headings bold")
    if single:
        parts.append("write # for ##" if len(single) == 1 else f"write # for ## in {len(single)} places")
    title = " and ".join(parts)
    yield Fix(title[:1].upper() + title[1:], (*bold, *single))


def setext_heading(context: FixContext) -> Iterator[Fix]:
    """A blank line between the text and the dashes below it; or no dashes."""
    line = _underline(context)
    if line is None:
        return
    prefix, start = context.lines.prefix(line), context.lines.span(line).start
    quote = prefix.rstrip() if ">" in prefix else ""  # which is a word to the official check
    above = context.edit(start, start, quote + context.newline)
    yield Fix("Put a blank line above the dashes", (above,), safe=not quote)
    yield Fix("Delete the line of dashes", (context.edit(*context.lines.whole(line), ""),))


def placeholder_left(context: FixContext) -> Iterator[Fix]:
    """The placeholder goes."""
    yield Fix("Delete the placeholder", (context.delete(context.span),))


def placeholder_dashes(context: FixContext) -> Iterator[Fix]:
    """The dashes at both sides go."""
    runs = dash_runs(context.section, context.question)
    yield Fix("Delete the dashes", tuple(map(context.delete, runs)), safe=True)


def in_quote(context: FixContext) -> Iterator[Fix]:
    """The ``>`` of every line of the quote go; what was parted from the text above by them alone stays parted."""
    start = context.question.answer.start
    quote = next((quote for quote in context.markdown.quotes if context.span in quote), ())
    edits = []
    for mark in quote:
        if mark.start >= start and (marks := _MARKS.match(context.text, mark.start)) is not None:
            edits.append(context.edit(*marks.span(), ""))
    line = context.lines.at(context.span.start)
    own = context.lines.text(line).strip(" \t>")
    if edits and own and context.lines.text(line - 1).strip(" \t>"):
        edits[0] = edits[0]._replace(new_text=context.newline)
    if edits:
        yield Fix("Take it out of the quote", tuple(edits))


def joins_quote(context: FixContext) -> Iterator[Fix]:
    """A blank line between the marker's line and the answer; text on that line moves below it."""
    marker = context.question.marker
    if marker is None:
        return
    lines, text, newline = context.lines, context.text, context.newline
    line = lines.at(marker.start)
    closing = _CLOSING.match(text, marker.end)
    behind = closing.end() if closing else marker.end
    rest = text[behind : lines.span(line).end]
    if rest.strip():
        edit = context.edit(behind, behind + len(rest) - len(rest.lstrip()), newline * 2)
    else:
        start = lines.whole(line).end
        edit = context.edit(start, start, newline)
    where = "marker" if context.section.grammar.marker else "prompt"
    yield Fix(f"Put a blank line below the {where}", (edit,), safe=True)


def unclosed(context: FixContext) -> Iterator[Fix]:
    """Closed at the end of the first paragraph, which is where most blocks end, or at the end of the answer."""
    lines = context.lines
    first, last = lines.at(context.span.start), lines.last_written()
    paragraph = first + (context.finding.variant != "comment" and not lines.is_blank(first + 1))
    while paragraph < last and not lines.is_blank(paragraph + 1):
        paragraph += 1
    places = {min(paragraph, last): "before the next empty line", last: "at the end of the answer"}
    for line, where in places.items():
        end = lines.span(line).end
        if context.finding.variant == "comment":
            yield Fix(f"Write --> {where}", (context.edit(end, end, " -->"),))
            continue
        opener = context.text[context.span.start : context.span.end]
        run = _FENCE.match(opener)
        if run is not None:
            indent = _NO_QUOTE.sub(" ", context.text[lines.span(first).start : context.span.start])
            yield Fix(f"Close the code block {where}", (context.edit(end, end, f"{context.newline}{indent}{run[0]}"),))


def text_vanishes(context: FixContext) -> Iterator[Fix]:
    """In back-ticks it is seen as it is written."""
    start, end = context.span
    yield Fix("Put back-ticks ` around it", (context.edit(start, start, "`"), context.edit(end, end, "`")), safe=True)


def _bold(context: FixContext, line: int, written: re.Match[str]) -> Edit:
    """A heading's line as bold text, in a paragraph of its own."""
    lines, newline = context.lines, context.newline
    title = re.sub("##+", "#", written["title"]).replace("**", "")
    start, end = lines.span(line)
    may_part = ">" not in written["before"]
    above = newline if may_part and not lines.is_blank(line - 1) else ""
    below = newline if may_part and not lines.is_blank(line + 1) else ""
    indent = written["before"] if above else ""
    return context.edit(start + written.start("signs"), end, f"{above}{indent}**{title}**{below}")


def _underline(context: FixContext) -> int | None:
    """The line of dashes or equals signs that makes the heading."""
    first = context.lines.at(context.span.start)
    for line in range(first, min(first + 50, context.lines.count)):
        signs = context.lines.text(line).strip(" \t>")
        if (signs and not signs.strip("-")) or (signs and not signs.strip("=")):
            return line
    return None
