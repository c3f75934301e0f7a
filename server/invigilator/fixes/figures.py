"""The fixes of ``figure.*``: the missing exclamation mark, the right name, a description."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from invigilator.checks.context import QuestionContext
from invigilator.checks.figure_files import nearest_figures
from invigilator.checks.finding import Edit, FileCopy, Fix
from invigilator.figures.image_text import encoded, label_of
from invigilator.figures.insertion import MOST_FIGURES, find_insertion, offered_figures
from invigilator.figures.new_figures import free_path
from invigilator.figures.usage import figure_files
from invigilator.fixes.context import FixContext
from invigilator.report.destination import IMAGE_EXTENSIONS, Destination, shortened, understand
from invigilator.report.markdown import Link


def too_few(context: FixContext) -> Iterator[Fix]:
    """The ! of the links that only lack it, as many as are asked for; else a figure of the folder."""
    question, bounds = context.question, context.state.limits.image_bounds
    missing = (bounds.low or 0) - (question.counts.images if question.counts else 0) if bounds else 0
    links = [link for link in context.markdown.links if _is_nearly_image(context, link)][: max(missing, 1)]
    if links:
        title = "Add the missing !" if len(links) == 1 else f"Add the {len(links)} missing !"
        yield Fix(title, tuple(context.edit(link.span.start, link.span.start, "!") for link in links))
    insertion = find_insertion(context.analysis, context.state, context.span.start)
    for path in offered_figures(context.analysis)[:MOST_FIGURES]:
        yield Fix(f"Insert figure {path}", (context.edit(*insertion.span, insertion.of(path)),))


def link(context: FixContext) -> Iterator[Fix]:
    """Its exclamation mark."""
    start = context.span.start
    yield Fix("Add the missing !", (context.edit(start, start, "!"),))


def wrong_case(context: FixContext) -> Iterator[Fix]:
    """The file's own name."""
    destination = _destination(context)
    if destination is None:
        return
    actual = context.analysis.ground.surroundings.look_up(destination.path).path
    head = destination.path[: -len(actual)]  # "./", or the way from the root
    if (head + actual).casefold() != destination.path.casefold() or not _is_file(context, head + actual):
        head = ""
    yield Fix(f"Write {shortened(actual)}", (_other_path(context, head + actual),), safe=True)


def not_found(context: FixContext) -> Iterator[Fix]:
    """The names nearest to it, or the path less what does not belong in it."""
    destination, variant = _destination(context), context.finding.variant
    if destination is None or variant not in ("", "near", "angles", "backslash"):
        return
    path = destination.path
    if variant == "angles":
        path = path.replace("<", "").replace(">", "")
        if posixpath.splitext(path)[1] in context.analysis.ground.configuration.extensions:
            yield Fix("Remove the angle brackets", (_other_path(context, path),))
    if variant == "backslash":
        path = path.replace("\\", "/")
        yield Fix("Write / for the backslash", (_other_path(context, path),))
    if variant == "near" or not _is_file(context, path):
        for near in nearest_figures(path, _question_context(context)):
            yield Fix(f"Write {shortened(near)}", (_other_path(context, near),))


def outside_folder(context: FixContext) -> Iterator[Fix]:
    """A copy in the figures folder: the one that is there already, else a new one."""
    destination = _destination(context)
    if destination is None:
        return
    own = context.analysis.ground.surroundings.look_up(destination.path)
    for fact in figure_files(context.analysis):
        is_copy = posixpath.basename(fact.path) == posixpath.basename(own.path)
        if is_copy and (fact.bytes, fact.image) == (own.bytes, own.image):
            yield Fix(f"Write {shortened(fact.path)}", (_other_path(context, fact.path),))
            return
    target = free_path(context.analysis, own.path) if own.status == "file" else None
    if target is not None:
        edits = (_other_path(context, target),)
        yield Fix(f"Copy it to {shortened(target)}", edits, copy=FileCopy(own.path, target))


def no_alt(context: FixContext) -> Iterator[Fix]:
    """What the file's name says."""
    images = (link for link in context.markdown.links if link.kind == "image")
    image = next((i for i in images if i.span.start <= context.span.start < i.span.end), None)
    words = label_of(understand(image.target).path) if image else ""
    if image is not None and words:
        yield Fix("Take the alt text from the file's name", (context.edit(*image.label, words),))


def _is_nearly_image(context: FixContext, link: Link) -> bool:
    if link.kind != "link" or link.has_image or link.span.start < context.question.answer.start:
        return False
    destination = understand(link.target)
    return destination.kind == "local" and destination.extension.lower() in IMAGE_EXTENSIONS


def _destination(context: FixContext) -> Destination | None:
    """Where the image points to whose path the finding marks; None where its path stands elsewhere."""
    for link in context.markdown.links:
        if link.destination == context.span:
            return understand(link.target)
    if context.question.markdown is not None:
        return None
    return understand(context.text[context.span.start : context.span.end])  # read line by line


def _other_path(context: FixContext, path: str) -> Edit:
    """The path written in place of the finding's, whose query and fragment stay."""
    written = context.text[context.span.start : context.span.end]
    is_cut = min((at for at in map(written.find, "?#") if at >= 0), default=len(written))
    return context.edit(*context.span, encoded(path) + written[is_cut:])


def _is_file(context: FixContext, path: str) -> bool:
    return context.analysis.ground.surroundings.look_up(path).status == "file"


def _question_context(context: FixContext) -> QuestionContext:
    ground, state = context.analysis.ground, context.state
    return QuestionContext(
        section=context.section,
        question=state.question,
        limits=state.limits,
        fails=state.passed is False,
        is_last=state is context.analysis.questions[-1],
        is_expected=True,
        configuration=ground.configuration,
        surroundings=ground.surroundings,
    )
