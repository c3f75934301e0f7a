"""``figure.*``: how many images an answer has, and what is nearly one; `figure_files.py` looks where paths lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from invigilator.checks.context import QuestionContext
from invigilator.checks.finding import Count, Finding, Rule
from invigilator.checks.image import links_of
from invigilator.report.counting import official_images
from invigilator.report.destination import IMAGE_EXTENSIONS, shortened, understand
from invigilator.report.markdown import Link
from invigilator.text import Span

TOO_FEW: Final = Rule(
    "figure.too-few",
    "warning",
    "Fewer images than the question asks for, by the official count.",
    {
        "": "{images:image}, at least {low} asked for: save the picture to {folder}/ and put {missing} more "
        "into the answer, as ![what it shows]({folder}/name.png).",
        "near": "{images:image}, at least {low} asked for: put {missing} more into the answer, "
        "as ![what it shows]({folder}/name.png). Not counted as it stands: {near}.",
    },
)

TOO_MANY: Final = Rule(
    "figure.too-many",
    "warning",
    "More images than the question allows, by the official count.",
    {"": "{images:image}, at most {high} allowed: take {excess} out, or put several pictures into one."},
)

NOT_SHOWN: Final = Rule(
    "figure.not-shown",
    "warning",
    "It looks like an image, but readers see text: an unencoded space, a space before `(`, no closing `)`, "
    "or it stands in code or in a comment.",
    {
        "space": "Readers see these characters, not a picture, because its path has a space. "
        "Write %20 in place of the space, or rename the file.",
        "gap": "Readers see these characters, not a picture, because of the space between `]` and `(`. Delete it.",
        "unclosed": "Readers see these characters, not a picture, because its closing `)` is missing. Add it.",
        "code": "Readers see these characters, not a picture, because they stand in code"
        " (they are counted all the same). Take the image out of the code.",
        "comment": "Readers see nothing here, because the image stands in a comment"
        " (it is counted all the same). Take it out of <!-- and -->.",
        "escaped": "Readers see these characters, not a picture, because of the backslash in front. Delete the `\\`.",
        "reference": "Readers see these characters, not a picture: nothing says which file this name means. "
        "Write ![what it shows]({folder}/name.png).",
        "": "Readers see these characters, not a picture: check the brackets. "
        "An image is written ![what it shows]({folder}/name.png).",
    },
)

LINK: Final = Rule(
    "figure.link",
    "information",
    "A link to an image file, without `!`: the picture is neither shown nor counted.",
    {"": "This links to a picture but does not show it, and it is not counted. Put a ! before the [."},
)

HTML: Final = Rule(
    "figure.html",
    "information",
    "A picture as an HTML tag: readers see it, the official check does not count it.",
    {
        "": "A picture that is an <img> tag is not counted. Write it ![what it shows]({folder}/name.png).",
    },
)

NO_ALT: Final = Rule(
    "figure.no-alt",
    "hint",
    "An image without a description, or with the template's `my_image`.",
    {
        "": "This picture has no description, for those who cannot see it. Say between [ and ] what it shows.",
        "template": "The description is still the template's. Say between [ and ] what the picture shows.",
    },
)

_TEMPLATE_ALT: Final = "my_image"
_GAP: Final = re.compile(r"!\[[^\[\]\r\n]*\][ \t]+\([^()\r\n]*\)")
_UNCLOSED: Final = re.compile(
    r"!\[[^\[\]\r\n]*\]\([^()\r\n]*?\.(?:png|jpe?g|gif|svg|webp)\b[^()\r\n]*(?=[\r\n]|\Z)", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"!\[([^\[\]\r\n]+)\]\[([^\[\]\r\n]*)\]")


def too_few(context: QuestionContext) -> Iterator[Finding]:
    """Fewer images than asked for; names what only nearly is one."""
    question, bounds = context.question, context.limits.image_bounds
    if question.counts is None or question.marker is None or not question.answered:
        return
    images = question.counts.images
    if bounds is None or bounds.low is None or images >= bounds.low:
        return
    near = _nearly_images(context)
    yield TOO_FEW.finding(
        question.marker,
        question.number,
        "near" if near else "",
        {
            "images": Count(images),
            "low": bounds.low,
            "missing": bounds.low - images,
            "folder": context.configuration.figures,
            "near": near,
        },
    )


def too_many(context: QuestionContext) -> Iterator[Finding]:
    """More images than allowed; the range is the first one over the limit."""
    question, bounds = context.question, context.limits.image_bounds
    if question.counts is None or bounds is None or bounds.high is None or question.counts.images <= bounds.high:
        return
    images = question.counts.images
    spans = list(official_images(context.text[question.counted.start : question.counted.end]))
    yield TOO_MANY.finding(
        spans[bounds.high].moved(question.counted.start),
        question.number,
        "",
        {"images": Count(images), "high": bounds.high, "excess": images - bounds.high},
    )


def not_shown(context: QuestionContext) -> Iterator[Finding]:
    """What looks like an image and is none for a reader."""
    question, text = context.question, context.text
    if question.markdown is None or "![" not in text:
        return
    shown = [link.span for link in question.markdown.links if link.kind == "image"]
    answer = text[question.answer.start :]
    by = question.answer.start
    candidates = {span.moved(by) for span in official_images(answer)}
    for pattern in (_GAP, _UNCLOSED, _REFERENCE):
        candidates.update(Span(*match.span()).moved(by) for match in pattern.finditer(answer))
    end = 0
    for span in sorted(candidates):
        if span.start < end or any(span.start < image.end and image.start < span.end for image in shown):
            continue
        variant = _why_not_shown(context, span)
        if variant is not None:
            end = span.end
            yield NOT_SHOWN.finding(span, question.number, variant, {"folder": context.configuration.figures})


def html(context: QuestionContext) -> Iterator[Finding]:
    """An ``<img>`` tag."""
    question = context.question
    for tag in question.markdown.tags if question.markdown else ():
        if tag.name == "img" and not tag.source.startswith("</") and tag.span.start >= question.answer.start:
            yield HTML.finding(tag.span, question.number, "", {"folder": context.configuration.figures})


def no_alt(context: QuestionContext) -> Iterator[Finding]:
    """An image that does not say what it shows; the range is its description, or all of it without one."""
    text = context.text
    for link in links_of(context):
        if link.kind != "image":
            continue
        description = text[link.label.start : link.label.end].strip()
        if not description:
            yield NO_ALT.finding(link.span, context.question.number)
        elif description == _TEMPLATE_ALT:
            yield NO_ALT.finding(link.label, context.question.number, "template")


def link(context: QuestionContext) -> Iterator[Finding]:
    """A link to a local image file that has no `!`."""
    for link in links_of(context):
        if link.kind == "link" and not link.has_image and _is_local_image(link):
            yield LINK.finding(link.span, context.question.number)


def _is_local_image(link: Link) -> bool:
    destination = understand(link.target)
    return destination.kind == "local" and destination.extension.lower() in IMAGE_EXTENSIONS


def _nearly_images(context: QuestionContext) -> str:
    """The links that only lack their `!`, and the ``<img>`` tags: what a reader may take for the missing image."""
    markdown = context.question.markdown
    if markdown is None:
        return ""
    links = [shortened(link.target) for link in links_of(context) if link.kind == "link" and _is_local_image(link)]
    near = list(dict.fromkeys(links))
    names = []
    if near:
        names.append(f"the link to {' and that to '.join(near)}, for lack of a ! in front")
    if any(tag.name == "img" for tag in markdown.tags):
        names.append("the <img> tag")
    return "; ".join(names)


def _why_not_shown(context: QuestionContext, span: Span) -> str | None:
    """The variant of `NOT_SHOWN`; None where it does not look like an image after all."""
    markdown, text = context.question.markdown, context.text
    source = text[span.start : span.end]
    is_counted = next(official_images(source), None) is not None
    if markdown is not None:
        if any(comment.start <= span.start < comment.end for comment in markdown.comments):
            return "comment" if is_counted else None
        if any(block.start <= span.start < block.end for block in markdown.code):
            return "code" if is_counted else None
    if not is_counted:
        return "gap" if _GAP.fullmatch(source) else "reference" if _REFERENCE.fullmatch(source) else "unclosed"
    if span.start > 0 and text[span.start - 1] == "\\":
        return "escaped"
    destination = source[source.find("](") + 2 : -1].strip()
    return "space" if re.search(r"\s", destination) else ""


QUESTION_CHECKS: Final = (too_few, too_many, not_shown, html, link, no_alt)
