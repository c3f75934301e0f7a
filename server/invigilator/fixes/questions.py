"""The fixes of ``question.*``: headings, numbers and whole questions as the template has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from invigilator.checks.finding import Edit, Fix
from invigilator.checks.questions import Headed, has_usual_headings, run_of
from invigilator.fixes.context import FixContext
from invigilator.template.matching import merged_into
from invigilator.template.original import Template, TemplateQuestion
from invigilator.text import Span

_BLANK_START: Final = re.compile(r"(?:[ \t]*\n)*")


def missing(context: FixContext) -> Iterator[Fix]:
    """The heading as the template has it: mended, put above its prompt, or with a blank question in its place."""
    number = context.finding.question
    if number is None:
        return
    template = context.analysis.frame.template
    original = template.question(number) if template else None
    if context.finding.variant == "level":
        yield from _mended_heading(context, f"### Question {number}", number)
    elif context.finding.variant == "merged" and original is not None:
        yield from _heading_above_prompt(context, original)
    elif template is not None and original is not None:
        yield _restored(context, template, original)
    elif (heading := _usual_heading(context, number)) is not None:
        yield _inserted(context, heading, number)


def renumbered(context: FixContext) -> Iterator[Fix]:
    """The numbers that the template has: of one heading, of two that had each other's, of a whole run."""
    items = _headed(context)
    place = next(place for place, item in enumerate(items) if item.section == context.index)
    item = items[place]
    if context.finding.variant == "swapped":
        yield from _swapped(context, items, item)
        return
    if context.finding.variant not in ("renumbered", "run", "numbers"):
        return
    wrong: Sequence[Headed] = [item]
    if context.finding.variant == "run":
        wrong = run_of(items, place)
    elif context.finding.variant == "numbers":
        wrong = [item, *(other for other in items if other.number == item.question.number)]
    edits = tuple(edit for one in wrong for edit in _number(context, one))
    if len(edits) == len(wrong):
        names = ", ".join(str(one.number) for one in wrong[:3])
        title = f"Write the number {names}" if len(wrong) == 1 else f"Write the numbers {names}"
        yield Fix(f"{title} …" if len(wrong) > 3 else title, edits)


def _headed(context: FixContext) -> list[Headed]:
    analysis = context.analysis
    return [
        Headed(state.section, state.question, original)
        for state, original in zip(analysis.questions, analysis.frame.originals, strict=True)
    ]


def _number(context: FixContext, item: Headed) -> Iterator[Edit]:
    """The template's number in place of a heading's."""
    section = context.analysis.outline.sections[item.section]
    line = section.source.line_span(0)
    match = section.grammar.heading.match(section.text[line.start : line.end])
    if match is None or item.original is None:
        return
    if "number" in match.groupdict():
        span, new = Span(*match.span("number")), str(item.number)
    else:
        span, new = item.question.heading, item.original.heading
    yield Edit(span.moved(context.analysis.outline.starts[item.section]), new)


def _swapped(context: FixContext, items: Sequence[Headed], item: Headed) -> Iterator[Fix]:
    """Two questions change places, each with all that belongs to it."""
    facts = dict(context.finding.facts)
    twin = next((other for other in items if other.number == facts["other"]), None)
    if twin is None:
        return
    outline = context.analysis.outline
    spans = [
        Span(0, len(outline.sections[one.section].text.rstrip())).moved(outline.starts[one.section])
        for one in (item, twin)
    ]
    texts = [outline.text[start:end] for start, end in spans]
    title = f"Let questions {item.number} and {twin.number} change places"
    yield Fix(title, (Edit(spans[0], texts[1]), Edit(spans[1], texts[0])))


def _mended_heading(context: FixContext, heading: str, number: int) -> Iterator[Fix]:
    start, end = context.span
    rest = context.text[end : context.lines.span(context.lines.at(start)).end]
    for colon in ("", ":"):  # a title behind the number needs one
        if context.section.grammar.number_of(heading + colon + rest) == number:
            yield Fix(f"Write {heading}", (context.edit(start, end, heading + colon),))
            return


def _is_renamed(line: str, template: Template | None) -> bool:
    """Whether a line is a heading that is none of the template's own titles: that of a question, under another name."""
    parts = {question.part.casefold() for question in template.questions if question.part} if template else set()
    return line.lstrip(" ").startswith("#") and line.strip(" \t#").casefold() not in parts


def _heading_above_prompt(context: FixContext, original: TemplateQuestion) -> Iterator[Fix]:
    newline = context.newline
    for merged in merged_into(context.section, context.analysis.frame.absent):
        if merged.question == original:
            lines, at = context.lines, context.lines.at(merged.line)
            above = max((line for line in range(1, at) if not lines.is_blank(line)), default=0)
            if above and _is_renamed(lines.text(above), context.analysis.frame.template):
                edit = context.edit(*lines.span(above), original.heading)
                yield Fix(f"Write {original.heading}"[:60], (edit,))
                continue
            gap = _BLANK_START.match(original.prompt)
            between = (gap[0] if gap and gap[0] else "\n").replace("\n", newline)
            new = f"{'' if lines.is_blank(at - 1) else newline}{original.heading}{between}"
            yield Fix(f"Put {original.heading} above its prompt"[:60], (context.edit(merged.line, merged.line, new),))


def _restored(context: FixContext, template: Template, original: TemplateQuestion) -> Fix:
    """A whole question, blank, where it belongs: behind the one before it, or before the next under the same title."""
    text = original._replace(placeholder=_placeholder(template, original)).text.replace("\n", context.newline)
    cursor = len(text) - len(_placeholder(template, original))
    title = f"Restore question {original.number}"
    items = _headed(context)
    behind = [item for item in items if item.number < original.number]
    following = [item for item in items if item.number > original.number]
    previous = max(behind, key=lambda item: item.number) if behind else None
    after = min(following, key=lambda item: item.number) if following else None
    if after is not None and after.original is not None:
        is_first_of_part = previous is None or previous.original is None or previous.original.part != original.part
        if is_first_of_part and after.original.part == original.part:
            at = context.analysis.outline.starts[after.section]
            return Fix(title, (Edit(Span(at, at), f"{text}{context.newline * 2}", cursor),))
    return Fix(title, (_placed(context, text, cursor, original.number),))


def _placeholder(template: Template, original: TemplateQuestion) -> str:
    """A question's placeholder; where the template has lost it, written as that of another one."""
    if original.placeholder:
        return original.placeholder
    other = next((question for question in template.questions if question.placeholder), None)
    if other is None or not re.search(rf"\b{other.number}\b", other.placeholder):
        return ""
    return re.sub(rf"\b{other.number}\b", str(original.number), other.placeholder, count=1)


def _inserted(context: FixContext, heading: str, number: int) -> Fix:
    newline, grammar = context.newline, context.section.grammar
    placeholder = f"--- question {number} fill here ---"
    blank = placeholder if grammar.placeholder.fullmatch(placeholder) else ""
    marker = (context.marker_line, "") if grammar.marker else ()
    head = newline.join((heading, "", *marker, ""))
    return Fix(f"Insert question {number}", (_placed(context, f"{head}{blank}", len(head), number),))


def _placed(context: FixContext, text: str, cursor: int, number: int) -> Edit:
    """A question behind the section of the finding, or before it where that is of a later one."""
    newline = context.newline
    own = context.section.number
    if own is not None and own > number:
        return context.edit(0, 0, f"{text}{newline * 2}", cursor)
    lines, end = context.lines, len(context.text)
    above = newline * 2 if not lines.is_blank(lines.count - 1) else "" if lines.is_blank(lines.count - 2) else newline
    return context.edit(end, end, f"{above}{text}{newline if context.is_last else newline * 2}", len(above) + cursor)


def _usual_heading(context: FixContext, number: int) -> str | None:
    """The heading of another question, written as the finding's own section has it."""
    grammar = context.section.grammar
    line = context.lines.text(0)
    if (heading := grammar.heading_like(line, number)) is not None:
        return heading.strip()
    return f"### Question {number}" if has_usual_headings(grammar) else None
