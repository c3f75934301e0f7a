"""The fixes of ``figure.not-shown``: what keeps an image from being one is taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from invigilator.checks.finding import Edit, Fix
from invigilator.fixes.context import FixContext
from invigilator.text import Span

_TITLE: Final = re.compile(r"""\s+(?:"[^"]*"|'[^']*')\s*$""")
_SPACE: Final = re.compile(r"\s")
_GAP: Final = re.compile(r"\][ \t]+\(")
_PATH: Final = re.compile(r"[^()\r\n]*?\.(?:png|jpe?g|gif|svg|webp)\b(?:[?#]\S*)?", re.IGNORECASE)
_TICKS: Final = re.compile(r"`+")


def not_shown(context: FixContext) -> Iterator[Fix]:
    """By the reason that the finding has."""
    start, end = context.span
    source = context.text[start:end]
    variant = context.finding.variant
    if variant == "space":
        begin = source.find("](") + 2
        yield Fix("Write %20 for the space", (_encoded(context, source, begin, len(source) - 1),))
    elif variant == "gap" and (gap := _GAP.search(source)) is not None:
        yield Fix("Delete the space", (context.edit(start + gap.start() + 1, start + gap.end() - 1, ""),))
    elif variant == "unclosed":
        begin = source.find("](") + 2
        if (path := _PATH.match(source, begin)) is not None:
            edit = _encoded(context, source, begin, path.end())
            yield Fix("Add the missing )", (edit._replace(new_text=f"{edit.new_text})"),))
    elif variant == "escaped":
        yield Fix("Delete the backslash", (context.edit(start - 1, start, ""),))
    elif variant == "comment":
        yield from _out_of_comment(context)
    elif variant == "code":
        yield from _out_of_code(context)


def _encoded(context: FixContext, source: str, begin: int, end: int) -> Edit:
    """The path from `begin` to `end` of the image's `source` with its spaces encoded; a title behind it stays."""
    title = _TITLE.search(source, begin, end)
    stop = title.start() if title else end
    path = source[begin:stop]
    stripped = path.strip()
    begin += path.index(stripped)
    new = _SPACE.sub(lambda match: quote(match[0]), stripped)
    start = context.span.start
    return context.edit(start + begin, start + begin + len(stripped), new)


def _out_of_comment(context: FixContext) -> Iterator[Fix]:
    span, text = context.span, context.text
    comment = _around(context.markdown.comments, span)
    if comment is None:
        return
    opener = context.markdown.open_comment
    is_open = opener is not None and opener.start == comment.start
    inner = Span(comment.start + 4, comment.end if is_open else comment.end - 3)
    if not is_open and not (text[inner.start : span.start] + text[span.end : inner.end]).strip():
        before, after = context.edit(comment.start, span.start, ""), context.edit(span.end, comment.end, "")
        yield Fix("Take the image out of the comment", (before, after))
        return
    lines = context.lines
    line = lines.at(comment.start if is_open else comment.end)
    is_block = not text[lines.span(lines.at(comment.start)).start : comment.start].strip()
    if not is_block:
        place = comment.start if is_open else comment.end
        added = context.edit(place, place, f"{_source(context)} " if is_open else f" {_source(context)}")
    else:
        added = _above(context, line) if is_open else _below(context, line)
    yield Fix("Take the image out of the comment", (context.delete(span), added))


def _out_of_code(context: FixContext) -> Iterator[Fix]:
    title = "Take the image out of the code"
    span, lines = context.span, context.lines
    line = lines.at(span.start)
    is_alone = lines.text(line).strip(" \t>") == _source(context)
    fence = next((f for f in context.markdown.fences if f.span.start <= span.start < f.span.end), None)
    if fence is not None:
        first, last = lines.at(fence.span.start), lines.at(max(fence.span.start, fence.span.end - 1))
        inside = [n for n in range(first + 1, last + (not fence.closed)) if n != line and lines.text(n).strip(" \t>")]
        if is_alone and not inside:
            edits = [_emptied(context, first), _emptied(context, last)] if fence.closed else [_emptied(context, first)]
        else:
            added = _below(context, last) if fence.closed else _above(context, first)
            edits = [context.edit(*(lines.whole(line) if is_alone else span), ""), added]
        yield Fix(title, tuple(edits))
        return
    code = _around(context.markdown.code, span)
    if code is None:
        return
    ticks = _TICKS.match(context.text, code.start)
    if ticks is not None:
        yield Fix(title, _out_of_inline(context, code, ticks[0]))
    elif is_alone:
        start, end = lines.span(line)
        indent = len(lines.text(line)) - len(lines.text(line).lstrip(" \t"))
        above = "" if lines.is_blank(line - 1) else context.newline
        below = "" if lines.is_blank(line + 1) else context.newline
        yield Fix(title, (context.edit(start, start + indent, above), context.edit(end, end, below)))
    else:
        last = lines.at(max(code.start, code.end - 1))
        yield Fix(title, (context.edit(*span, ""), _below(context, last)))


def _out_of_inline(context: FixContext, code: Span, ticks: str) -> tuple[Edit, ...]:
    """The code ends in front of the image and goes on behind it, where anything is left of it."""
    span, text = context.span, context.text
    before = text[code.start + len(ticks) : span.start]
    after = text[span.end : code.end - len(ticks)]
    head = span.start - (len(before) - len(before.rstrip())) if before.strip() else code.start
    tail = span.end + (len(after) - len(after.lstrip())) if after.strip() else code.end
    return (
        context.edit(head, span.start, f"{ticks} " if before.strip() else ""),
        context.edit(span.end, tail, f" {ticks}" if after.strip() else ""),
    )


def _source(context: FixContext) -> str:
    return context.text[context.span.start : context.span.end]


def _around(spans: tuple[Span, ...], span: Span) -> Span | None:
    return next((other for other in spans if other.start <= span.start < other.end), None)


def _emptied(context: FixContext, line: int) -> Edit:
    """A fence's line made blank, or taken out where a blank one stands beside it."""
    lines = context.lines
    if lines.is_blank(line - 1) or lines.is_blank(line + 1):
        return context.edit(*lines.whole(line), "")
    return context.edit(*lines.span(line), "")


def _below(context: FixContext, line: int) -> Edit:
    """The image in a paragraph of its own below a line."""
    end, newline = context.lines.span(line).end, context.newline
    after = "" if context.lines.is_blank(line + 1) else newline
    return context.edit(end, end, f"{newline * 2}{_source(context)}{after}")


def _above(context: FixContext, line: int) -> Edit:
    start, newline = context.lines.span(line).start, context.newline
    before = "" if context.lines.is_blank(line - 1) else newline
    return context.edit(start, start, f"{before}{_source(context)}{newline * 2}")
