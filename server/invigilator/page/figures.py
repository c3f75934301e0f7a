"""The figures of the page: their bytes stand in it, and where one cannot be shown a note says why."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from html import escape
from typing import Final

from invigilator.report.destination import Destination, shortened, understand
from invigilator.report.markdown.render import Picture, safe_link
from invigilator.surroundings import FileFact, FileStatus, Surroundings

ReadPicture = Callable[[str], bytes | None]
"""Reads the file at a `FileFact`'s path; None where it cannot, or where the file is too large for a page."""

MOST_BYTES: Final = 100 * 1024 * 1024
"""Of all figures together."""

_TYPES: Final = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "bmp": "image/bmp",
    "svg": "image/svg+xml",  # in an `img` a browser runs no script of it and loads nothing for it
}
_STATUS: Final[dict[FileStatus, str]] = {
    "missing": "there is no such file",
    "directory": "this is a folder",
    "unreadable": "this file cannot be read",
    "outside": "it lies outside the project's folder",
    "unknown": "this report is in no folder",
}


class Figures:
    """Makes the HTML of pictures. `warnings` has a line for each that is not shown, or not as it is on GitHub."""

    def __init__(self, surroundings: Surroundings, read: ReadPicture) -> None:
        self._surroundings = surroundings
        self._read = read
        self._kept: dict[str, str | None] = {}
        self._left = MOST_BYTES
        self._warnings: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """Each once, in the order in which they came up."""
        return tuple(self._warnings)

    def draw(self, picture: Picture) -> str:
        """An `img` with the picture in it, or a note."""
        destination = understand(picture.target)
        if destination.kind != "local":
            return self._elsewhere(picture, destination)
        fact = self._surroundings.look_up(destination.path)
        trouble = _STATUS.get(fact.status) or self._trouble(fact)
        if trouble is not None:
            return self._note(picture, destination.shown, trouble)
        if fact.status == "wrong-case":
            true = shortened(fact.path)
            self._warnings[f"{destination.shown} is not shown on GitHub: the file is called {true}"] = None
        return _img(picture, fact, self._kept[fact.path] or "")

    def _trouble(self, fact: FileFact) -> str | None:
        """Why the file cannot be shown; else its address is kept."""
        kind = fact.image.format if fact.image else None
        if not fact.bytes:
            return "this file is empty"
        if kind is None:
            return "this file is no image"
        if kind not in _TYPES:
            return f"browsers do not show {kind.upper()} files"
        if fact.path not in self._kept:
            raw = self._read(fact.path) if fact.bytes <= self._left else None
            self._left -= len(raw or b"")
            self._kept[fact.path] = f"data:{_TYPES[kind]};base64,{b64encode(raw).decode()}" if raw else None
        return None if self._kept[fact.path] else "this file is too large for the page, or cannot be read"

    def _elsewhere(self, picture: Picture, destination: Destination) -> str:
        if destination.kind == "remote":
            address = safe_link(picture.target if "://" in picture.target else f"https:{picture.target}")
            shown = (
                f'<a href="{address}" rel="noreferrer">on the web</a>'
                if address and not picture.is_linked
                else "on the web"
            )
            return self._note(picture, destination.shown, "it is on the web", f"it is {shown}")
        reason = {
            "none": "no file is named",
            "data": "its bytes stand in the text itself, which GitHub does not show",
        }.get(destination.kind, "this is no path in the project's folder")
        return self._note(picture, "" if destination.kind == "data" else destination.shown, reason)

    def _note(self, picture: Picture, path: str, reason: str, reason_html: str | None = None) -> str:
        self._warnings[f"{path or 'a figure'} is not shown: {reason}"] = None
        code = f" <code>{escape(path)}</code>" if path else ""
        alt = f" <em>{escape(picture.alt)}</em>" if picture.alt else ""
        return (
            f'<span class="absent"><strong>Figure not shown:</strong>{code} {reason_html or escape(reason)}{alt}</span>'
        )


def _img(picture: Picture, fact: FileFact, address: str) -> str:
    width, height = picture.width, picture.height
    if width is None and height is None and fact.image and fact.image.width and fact.image.height:
        width, height = str(fact.image.width), str(fact.image.height)
    attributes = {"alt": picture.alt, "title": picture.title or None, "width": width, "height": height}
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value is not None)
    return f'<img src="{address}"{written}>'
