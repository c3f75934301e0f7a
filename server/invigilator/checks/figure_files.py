"""``figure.*``: whether the path of an image leads to a picture that will be handed in.

Of one image at most one thing is said: the first that applies, in the order of `_IMAGE_RULES`.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Final

from invigilator.checks.context import QuestionContext
from invigilator.checks.finding import Finding, Rule
from invigilator.checks.git import untracked
from invigilator.checks.image import Image, links_of
from invigilator.report.destination import shortened, understand

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

OUTSIDE_FOLDER: Final = Rule(
    "figure.outside-folder",
    "information",
    "An image that does not lie below the figures folder.",
    {
        "": "{path} does not lie below {folder}/, where the template wants its pictures. Copy it there and link that.",
        "root": "{path} begins with /, which is the top of the repository and not this report's folder. "
        "Copy the picture to {folder}/ and link that.",
    },
)

_FORMAT_OF_EXTENSION: Final = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_ANGLES: Final = re.compile(r"<[^<>]*>")


def images(context: QuestionContext) -> Iterator[Finding]:
    """At most one finding for every image that is shown."""
    for link in links_of(context):
        if link.kind != "image":
            continue
        destination = understand(link.target)
        fact = context.surroundings.look_up(destination.path) if destination.kind == "local" else None
        image = Image(link, destination, fact, context)
        yield from next(filter(None, (rule(image) for rule in _IMAGE_RULES)), ())


def _angles(image: Image) -> tuple[Finding, ...]:
    path = image.destination.path
    is_there = image.fact is not None and image.fact.status == "file"  # a name can hold them, too
    if image.destination.kind != "local" or is_there or not _ANGLES.search(path):
        return ()
    plain = posixpath.basename(path).replace("<", "").replace(">", "")
    return (image.finding(NOT_FOUND, "angles", {"plain": shortened(plain)}),)


def _remote(image: Image) -> tuple[Finding, ...]:
    return (image.finding(REMOTE),) if image.destination.kind == "remote" else ()


def _bad_extension(image: Image) -> tuple[Finding, ...]:
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


def _wrong_case(image: Image) -> tuple[Finding, ...]:
    if image.fact is None or image.fact.status != "wrong-case":
        return ()
    return (image.finding(WRONG_CASE, "", {"actual": image.fact.path}),)


def _elsewhere(image: Image) -> tuple[Finding, ...]:
    return (image.finding(NOT_FOUND, "elsewhere"),) if image.destination.kind == "elsewhere" else ()


def _not_found(image: Image) -> tuple[Finding, ...]:
    status = image.fact.status if image.fact else None
    if status in ("directory", "unreadable"):
        return (image.finding(NOT_FOUND, "folder" if status == "directory" else "unreadable"),)
    if status != "missing":
        return ()
    if "\\" in image.destination.path:
        return (image.finding(NOT_FOUND, "backslash"),)
    near = nearest_figures(image.destination.path, image.context)
    return (image.finding(NOT_FOUND, "near" if near else "", {"near": " or ".join(near)}),)


def _corrupt(image: Image) -> tuple[Finding, ...]:
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


def _outside_folder(image: Image) -> tuple[Finding, ...]:
    if image.destination.kind != "local":
        return ()
    path = posixpath.normpath(image.destination.path)
    if path.startswith("/"):
        return (image.finding(OUTSIDE_FOLDER, "root"),)
    folder = posixpath.normpath(image.context.configuration.figures)
    inside = not path.startswith("../") if folder == "." else path.startswith(f"{folder}/")
    return () if inside else (image.finding(OUTSIDE_FOLDER),)


_IMAGE_RULES: Final[tuple[Callable[[Image], tuple[Finding, ...]], ...]] = (
    _angles,
    _elsewhere,
    _remote,
    _bad_extension,
    _wrong_case,
    _not_found,
    _corrupt,
    untracked,
    _outside_folder,
)


def nearest_figures(path: str, context: QuestionContext) -> list[str]:
    """At most three files of the figures folder whose names are like `path`, the likeliest first."""
    folder = context.surroundings.figure_folder(context.configuration.figures, context.configuration.extensions)
    by_name = {posixpath.basename(fact.path).casefold(): fact.path for fact in folder.files}
    close = difflib.get_close_matches(posixpath.basename(path).casefold(), list(by_name), n=3, cutoff=0.6)
    return [by_name[name] for name in close]


QUESTION_CHECKS: Final = (images,)
