"""Where a link or an image points to."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple
from urllib.parse import unquote

IMAGE_EXTENSIONS: Final = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".avif")
)
"""What a link to a picture ends in, whether or not the template allows it."""

_LONGEST: Final = 80
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")


class Destination(NamedTuple):
    """A link's destination, understood.

    `kind`: ``local`` (a path relative to the report, or from the root with a leading `/`), ``remote`` (on the web),
    ``data`` (the picture itself), ``elsewhere`` (a drive, a share, another scheme), ``none`` (a fragment, or empty).
    `path` is decoded, without query and fragment.
    """

    kind: Literal["local", "remote", "data", "elsewhere", "none"]
    path: str

    @property
    def extension(self) -> str:
        """With its dot, as it is written; empty where there is none."""
        name = self.path.rpartition("/")[2]
        stem, dot, extension = name.rpartition(".")
        return dot + extension if stem else ""

    @property
    def shown(self) -> str:
        """The path as a message shows it."""
        return shortened(self.path)


def shortened(path: str) -> str:
    """A path of at most 80 characters, the end of a longer one; what cannot be seen is written as an escape."""
    seen = visible(path[-_LONGEST:])
    return seen if len(path) <= _LONGEST else f"…{seen}"


def visible(path: str) -> str:
    """A path on one line: what cannot be seen is written as an escape."""
    if path.isprintable():
        return path
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in path)


def understand(target: str) -> Destination:
    """A link's target, as Markdown gives it (still percent-encoded)."""
    if target.startswith(("//", "\\\\")):
        return Destination("remote" if target.startswith("//") else "elsewhere", target)
    if (scheme := _SCHEME.match(target)) is not None:
        name = scheme[1].lower()
        kind: Literal["remote", "data", "elsewhere"] = (
            "remote" if name in ("http", "https") else "data" if name == "data" else "elsewhere"
        )
        return Destination(kind, _without_query(target))
    path = unquote(_without_query(target))
    return Destination("local" if path else "none", path)


def _without_query(target: str) -> str:
    return target.partition("#")[0].partition("?")[0]
