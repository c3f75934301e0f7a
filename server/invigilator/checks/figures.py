"""``figure.*``: how many images an answer has, and whether each will be seen.

Of one image at most one thing is said: the first that applies, in the order of `_IMAGE_RULES`.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from invigilator.checks.context import QuestionContext
from invigilator.checks.finding import NO_FACTS, Count, Facts, Finding, Rule
from invigilator.report.counting import official_images
from invigilator.report.destination import IMAGE_EXTENSIONS, Destination, shortened, understand
from invigilator.report.markdown import Link
from invigilator.surroundings import FileFact
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
        " (the official check counts them all the same). Take the image out of the code.",
        "comment": "Readers see nothing here, because the image stands in a comment"
        " (the official check counts it all the same). Take it out of <!-- and -->.",
        "escaped": "Readers see these characters, not a picture, because of the backslash in front. Delete the `\\`.",
        "reference": "Readers see these characters, not a picture: nothing says which file this name means. "
        "Write ![what it shows]({folder}/name.png).",
        "": "Readers see these characters, not a picture: check the brackets. "
        "An image is written ![what it shows]({folder}/name.png).",
    },
)

REMOTE: Final = Rule(
    "figure.remote",
    "information",
    "An image on the web.",
    {
        "": "This picture is on the web: it is not handed in with your report, and is gone when its address changes. "
        "Save it to {folder}/ and link that file.",
    },
)

BAD_EXTENSION: Final = Rule(
    "figure.bad-extension",
    "warning",
    "Not one of the allowed types (.png, .jpg, .jpeg). A hint where only the capitals are unusual.",
    {
        "": "{extension} is not one of the allowed types ({allowed}). Save the picture as one of them and link that.",
        "none": "This file's name has no ending: the allowed types are {allowed}.",
        "capitals": "{extension} in capitals: name the file {lower}, as the template asks, and link it so.",
    },
    milder={"capitals": "hint"},
)

WRONG_CASE: Final = Rule(
    "figure.wrong-case",
    "error",
    "The file's name has other capitals: the link works on Windows and macOS and breaks on Linux and GitHub.",
    {"": "The file is called {actual}: with other capitals the picture is missing on Linux and GitHub. Write it so."},
)

NOT_FOUND: Final = Rule(
    "figure.not-found",
    "error",
    "There is no such file.",
    {
        "": "There is no file {path}. Save the picture there, or correct the name.",
        "near": "There is no file {path}. Did you mean {near}?",
        "angles": "{path} still has the template's angle brackets. Write the plain name, such as {folder}/{plain}.",
        "backslash": "There is no file {path}: write / in place of the backslash.",
        "folder": "{path} is a folder, not a picture. Add the file's name.",
        "unreadable": "The file {path} cannot be read. Check its permissions.",
        "elsewhere": "{path} is a place on one computer only, and is not handed in. "
        "Save the picture to {folder}/ and link that file.",
    },
)

CORRUPT: Final = Rule(
    "figure.corrupt",
    "warning",
    "The file is empty, or not the image that its ending says.",
    {
        "empty": "The file {path} is empty. Save the picture again.",
        "no-image": "The file {path} is no image that can be shown. Save the picture again.",
        "other": "The file {path} is really a {format}, and not every viewer shows it. Save it as {wanted}.",
    },
)

LINK: Final = Rule(
    "figure.link",
    "information",
    "A link to an image file, without `!`: the picture is neither shown nor counted.",
    {
        "": "This links to a picture but does not show it, and the official check does not count it. "
        "Put a ! before the [."
    },
)

_FORMAT_OF_EXTENSION: Final = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_ANGLES: Final = re.compile(r"<[^<>]*>")
_GAP: Final = re.compile(r"!\[[^\[\]\r\n]*\][ \t]+\([^()\r\n]*\)")
_UNCLOSED: Final = re.compile(
    r"!\[[^\[\]\r\n]*\]\([^()\r\n]*?\.(?:png|jpe?g|gif|svg|webp)\b[^()\r\n]*(?=[\r\n]|\Z)", re.IGNORECASE
)
_REFERENCE: Final = re.compile(r"!\[([^\[\]\r\n]+)\]\[([^\[\]\r\n]*)\]")
_LINE_BY_LINE: Final = re.compile(r"!\[(?P<label>[^\[\]\r\n]*)\]\((?P<path>[^()\s]+)[^()\r\n]*\)")


class _Image(NamedTuple):
    """An image of an answer, and what stands where it points to."""

    link: Link
    destination: Destination
    fact: FileFact | None
    context: QuestionContext

    @property
    def where(self) -> Span:
        return self.link.destination or self.link.span

    def finding(self, rule: Rule, variant: str = "", facts: Facts = NO_FACTS) -> Finding:
        always = {"folder": self.context.configuration.figures, "path": self.destination.shown}
        return rule.finding(self.where, self.context.question.number, variant, {**always, **facts})


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


def images(context: QuestionContext) -> Iterator[Finding]:
    """At most one finding for every image that is shown."""
    for link in _links(context):
        if link.kind != "image":
            continue
        destination = understand(link.target)
        fact = context.surroundings.look_up(destination.path) if destination.kind == "local" else None
        image = _Image(link, destination, fact, context)
        yield from next(filter(None, (rule(image) for rule in _IMAGE_RULES)), ())


def link(context: QuestionContext) -> Iterator[Finding]:
    """A link to a local image file that has no `!`."""
    for link in _links(context):
        if link.kind == "link" and not link.has_image and _is_local_image(link):
            yield LINK.finding(link.span, context.question.number)


def _angles(image: _Image) -> tuple[Finding, ...]:
    path = image.destination.path
    if image.destination.kind != "local" or not _ANGLES.search(path):
        return ()
    plain = posixpath.basename(path).replace("<", "").replace(">", "")
    return (image.finding(NOT_FOUND, "angles", {"plain": shortened(plain)}),)


def _remote(image: _Image) -> tuple[Finding, ...]:
    return (image.finding(REMOTE),) if image.destination.kind == "remote" else ()


def _bad_extension(image: _Image) -> tuple[Finding, ...]:
    if image.destination.kind != "local":
        return ()
    extension, allowed = image.destination.extension, image.context.configuration.extensions
    if extension in allowed:
        return ()
    variant = "none" if not extension else "capitals" if extension.lower() in allowed else ""
    return (
        image.finding(
            BAD_EXTENSION,
            variant,
            {"extension": shortened(extension), "lower": extension.lower(), "allowed": ", ".join(allowed)},
        ),
    )


def _wrong_case(image: _Image) -> tuple[Finding, ...]:
    if image.fact is None or image.fact.status != "wrong-case":
        return ()
    return (image.finding(WRONG_CASE, "", {"actual": image.fact.path}),)


def _elsewhere(image: _Image) -> tuple[Finding, ...]:
    return (image.finding(NOT_FOUND, "elsewhere"),) if image.destination.kind == "elsewhere" else ()


def _not_found(image: _Image) -> tuple[Finding, ...]:
    status = image.fact.status if image.fact else None
    if status in ("directory", "unreadable"):
        return (image.finding(NOT_FOUND, "folder" if status == "directory" else "unreadable"),)
    if status != "missing":
        return ()
    if "\\" in image.destination.path:
        return (image.finding(NOT_FOUND, "backslash"),)
    near = nearest_figures(image.destination.path, image.context)
    return (image.finding(NOT_FOUND, "near" if near else "", {"near": " or ".join(near)}),)


def _corrupt(image: _Image) -> tuple[Finding, ...]:
    fact = image.fact
    if fact is None or fact.status != "file":
        return ()
    if fact.bytes == 0:
        return (image.finding(CORRUPT, "empty"),)
    wanted = _FORMAT_OF_EXTENSION.get(image.destination.extension.lower())
    if fact.image is None or wanted is None or fact.image.format == wanted:
        return ()
    if fact.image.format is None:
        return (image.finding(CORRUPT, "no-image"),)
    return (image.finding(CORRUPT, "other", {"format": fact.image.format.upper(), "wanted": wanted.upper()}),)


_IMAGE_RULES: Final[tuple[Callable[[_Image], tuple[Finding, ...]], ...]] = (
    _angles,
    _elsewhere,
    _remote,
    _bad_extension,
    _wrong_case,
    _not_found,
    _corrupt,
)


def nearest_figures(path: str, context: QuestionContext) -> list[str]:
    """At most three files of the figures folder whose names are like `path`, the likeliest first."""
    folder = context.surroundings.figure_folder(context.configuration.figures, context.configuration.extensions)
    by_name = {posixpath.basename(fact.path).casefold(): fact.path for fact in folder.files}
    close = difflib.get_close_matches(posixpath.basename(path).casefold(), list(by_name), n=3, cutoff=0.6)
    return [by_name[name] for name in close]


def _links(context: QuestionContext) -> Iterator[Link]:
    """The links and images of the answer; where it cannot be read as Markdown, the images that stand in one line."""
    question = context.question
    if question.markdown is not None:
        yield from (link for link in question.markdown.links if link.span.start >= question.answer.start)
        return
    for match in _LINE_BY_LINE.finditer(context.text, question.answer.start):
        path = Span(*match.span("path"))
        yield Link("image", Span(*match.span()), Span(*match.span("label")), path, match["path"])


def _is_local_image(link: Link) -> bool:
    destination = understand(link.target)
    return destination.kind == "local" and destination.extension.lower() in IMAGE_EXTENSIONS


def _nearly_images(context: QuestionContext) -> str:
    """The links that only lack their `!`, and the ``<img>`` tags: what a reader may take for the missing image."""
    markdown = context.question.markdown
    if markdown is None:
        return ""
    links = [shortened(link.target) for link in _links(context) if link.kind == "link" and _is_local_image(link)]
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


QUESTION_CHECKS: Final = (too_few, too_many, not_shown, images, link)
