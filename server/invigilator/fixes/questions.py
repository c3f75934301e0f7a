"""The fixes of ``question.*``."""

from __future__ import annotations

from collections.abc import Iterator

from invigilator.checks.finding import Fix
from invigilator.fixes.context import FixContext


def missing(context: FixContext) -> Iterator[Fix]:
    """The heading written as the template has it; where it is gone, a blank question in its place."""
    number = context.finding.question
    if number is None:
        return
    heading = f"### Question {number}"
    if context.finding.variant == "level":
        yield from _mended_heading(context, heading, number)
    elif _is_heading(context, heading, number):
        yield _inserted(context, heading, number)


def _mended_heading(context: FixContext, heading: str, number: int) -> Iterator[Fix]:
    start, end = context.span
    rest = context.text[end : context.lines.span(context.lines.at(start)).end]
    for colon in ("", ":"):  # a title behind the number needs one
        if _is_heading(context, heading + colon + rest, number):
            yield Fix(f"Write {heading}", (context.edit(start, end, heading + colon),))
            return


def _inserted(context: FixContext, heading: str, number: int) -> Fix:
    newline, grammar = context.newline, context.section.grammar
    placeholder = f"--- question {number} fill here ---"
    blank = placeholder if grammar.placeholder.fullmatch(placeholder) else ""
    head = newline.join((heading, "", f"> {grammar.marker}", "", ""))
    own = context.section.number
    if own is not None and own > number:
        return Fix(f"Insert question {number}", (context.edit(0, 0, f"{head}{blank}{newline * 2}", len(head)),))
    lines, end = context.lines, len(context.text)
    above = newline * 2 if not lines.is_blank(lines.count - 1) else "" if lines.is_blank(lines.count - 2) else newline
    new = f"{above}{head}{blank}{newline if context.is_last else newline * 2}"
    return Fix(f"Insert question {number}", (context.edit(end, end, new, len(above) + len(head)),))


def _is_heading(context: FixContext, line: str, number: int) -> bool:
    found = context.section.grammar.heading.match(line)
    return found is not None and int(found["number"]) == number
