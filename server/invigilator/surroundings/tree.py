"""A folder tree as the look-ups see it: on disk, or in memory.

Every path is relative to the root, with `/` between names and without `.` and `..`; the root itself is the empty path.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, Literal, NamedTuple, Protocol

from invigilator.surroundings import ImageHeader

Kind = Literal["file", "folder", "missing", "outside", "unreadable"]
EntryKind = Literal["file", "folder", "link"]

TEXT_LIMIT: Final = 1024 * 1024


class Listing:
    """The names in a folder, as they stand there. `trouble` says why they could not be read, in a few words."""

    def __init__(self, entries: Mapping[str, EntryKind], trouble: str | None = None) -> None:
        self.entries: Final = entries
        self.trouble: Final = trouble

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Listing):
            return NotImplemented
        return self.trouble == other.trouble and self.entries == other.entries

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        folded: dict[str, list[str]] = {}
        for name in sorted(self.entries):
            folded.setdefault(composed(name).lower(), []).append(name)
        return folded

    def alike(self, name: str) -> Iterator[tuple[str, bool]]:
        """The names that `name` may mean, the best first, and whether each is it: false where only the case differs.

        Composed and decomposed letters are the same name: macOS writes one where an editor writes the other.
        """
        if name in self.entries:
            yield name, True
        same = composed(name)
        others = [other for other in self._folded.get(same.lower(), ()) if other != name]
        for other in sorted(others, key=lambda other: composed(other) != same):
            yield other, composed(other) == same


class Measured(NamedTuple):
    """An image file: its size in bytes, its header, and a number that another version of the file does not have."""

    bytes: int
    image: ImageHeader
    version: int


class Refusal(NamedTuple):
    """Why a text file is not used, as the end of "FILE ...", and the line (from 1) where that is."""

    reason: str
    line: int | None = None


class Content(NamedTuple):
    """A text file that exists: its text (at most 1 MiB), and what stands against using it.

    With a refusal the text is what could be made out of it; empty where nothing was read.
    """

    text: str
    refusal: Refusal | None = None


class Tree(Protocol):
    """What the look-ups ask. Links are followed as long as they stay below the root."""

    def kind(self, path: str) -> Kind:
        """What stands at `path`. Names are taken as the system takes them: the case is judged by the listing."""

    def listing(self, folder: str) -> Listing:
        """The names in a folder; none where there is no such folder."""

    def identity(self, folder: str) -> str:
        """The same for every path that leads to the same folder."""

    def measured(self, path: str) -> Measured | None:
        """The image header of a file; None where it cannot be read."""

    def content(self, path: str) -> Content | None:
        """The text of a file, None where nothing stands at `path`."""

    def refresh(self) -> bool:
        """Looks again at all that was asked for, and says whether an answer is another one now."""


def composed(name: str) -> str:
    """The name in Unicode's composed form (NFC)."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def join(folder: str, name: str) -> str:
    """`name` below `folder`."""
    return f"{folder}/{name}" if folder else name


def decoded(raw: bytes, size: int) -> Content:
    """The content of a file of `size` bytes that starts with `raw`; UTF-8, with or without a byte order mark."""
    if size > TEXT_LIMIT or len(raw) > TEXT_LIMIT:
        text = raw[:TEXT_LIMIT].decode("utf-8-sig", "replace")
        return Content(text, Refusal(f"is larger than 1 MiB ({max(size, len(raw)) / TEXT_LIMIT:.1f} MiB)"))
    try:
        return Content(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return Content(raw.decode("utf-8-sig", "replace"), Refusal("is not UTF-8 text", line))
