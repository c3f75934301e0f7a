"""The fix of ``figure.html``: the tag as a Markdown image."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote

from invigilator.checks.finding import Fix
from invigilator.figures.image_text import encoded, label, label_of
from invigilator.figures.links import source_of_tag
from invigilator.fixes.context import FixContext
from invigilator.report.markdown import HtmlTag
from invigilator.text import Span

_ALT: Final = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)
_WRAPPERS: Final = ("p", "div", "center", "figure", "span")
_REMOTE: Final = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def img(context: FixContext) -> Iterator[Fix]:
    """The tag, and what is wrapped round it for its sake only, as Markdown; its description stays."""
    tags = context.markdown.tags
    at = next((index for index, tag in enumerate(tags) if tag.span == context.span), None)
    if at is None:
        return
    wrapped = _wrapped(context, tags, at)
    images = [tag for tag in tags if tag.name == "img" and wrapped.start <= tag.span.start < wrapped.end]
    written = [_image(tag) for tag in images]
    if not all(written):
        return
    lines, newline = context.lines, context.newline
    first, last = lines.at(wrapped.start), lines.at(wrapped.end - 1)
    before = context.text[lines.span(first).start : wrapped.start].strip(" \t>")
    after = context.text[wrapped.end : lines.span(last).end].strip()
    if wrapped == context.span and (before or after) and not before.startswith("<"):
        new = " ".join(written)  # among words
    else:
        above = "" if lines.is_blank(first - 1) and not before else newline * (2 if before else 1)
        below = "" if lines.is_blank(last + 1) and not after else newline * (2 if after else 1)
        new = f"{above}{(newline * 2).join(written)}{below}"
    yield Fix("Write it as a Markdown image", (context.edit(*wrapped, new),))


def _wrapped(context: FixContext, tags: tuple[HtmlTag, ...], at: int) -> Span:
    """The widest stretch around a tag that is one element with nothing but images in it; else the tag itself."""
    text, span = context.text, tags[at].span
    first = last = at
    while True:
        left, right = first - 1, last + 1
        while (
            left >= 0 and _is_filler(tags[left]) and not text[tags[left].span.end : tags[left + 1].span.start].strip()
        ):
            left -= 1
        while (
            right < len(tags)
            and _is_filler(tags[right])
            and not text[tags[right - 1].span.end : tags[right].span.start].strip()
        ):
            right += 1
        if left < 0 or right >= len(tags):
            return span
        opening, closing = tags[left], tags[right]
        is_pair = (
            opening.name == closing.name
            and opening.name in _WRAPPERS
            and not opening.source.startswith("</")
            and closing.source.startswith("</")
            and not text[opening.span.end : tags[left + 1].span.start].strip()
            and not text[tags[right - 1].span.end : closing.span.start].strip()
        )
        if not is_pair or opening.span.start < context.question.answer.start:
            return span
        first, last, span = left, right, Span(opening.span.start, closing.span.end)


def _is_filler(tag: HtmlTag) -> bool:
    return tag.name in ("img", "br")


def _image(tag: HtmlTag) -> str:
    """Empty where the tag does not say what it shows."""
    source = html.unescape(source_of_tag(tag.source) or "").strip()
    if not source:
        return ""
    found = _ALT.search(tag.source)
    alt = label(html.unescape((found[1] or found[2] or found[3] or "") if found else ""))
    if _REMOTE.match(source):
        return f"![{alt or label_of(source)}]({source.replace(' ', '%20')})"
    path, query = re.fullmatch(r"([^?#]*)(.*)", source, re.DOTALL).groups()  # type: ignore[union-attr]
    return f"![{alt or label_of(unquote(path))}]({encoded(unquote(path))}{query})"
