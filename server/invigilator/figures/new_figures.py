"""Names for pictures that come into the figures folder."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Collection
from itertools import count
from typing import Final

from invigilator.analysis import Analysis

_MOST_CHARACTERS: Final = 60
_SEPARATORS: Final = re.compile(r"[\W_]+")
_EXTENSION: Final = re.compile(r"\.[a-z0-9]{1,8}")
RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)")
"""Names of devices on Windows, with any extension; in small letters."""


def clean_name(wished: str) -> str:
    """A file name that every system takes and that needs no encoding in a link, as near to the wished one as can be.

    Small letters, so that it is the same file on Windows and on Linux.

    >>> clean_name("C:\\\\temp\\\\Screenshot 2026-11-23 at 10.15.png")
    'screenshot-2026-11-23-at-10-15.png'
    """
    name = unicodedata.normalize("NFC", re.split(r"[\\/]", wished)[-1]).lower()
    stem, extension = posixpath.splitext(name)
    if not _EXTENSION.fullmatch(extension):
        stem, extension = name, ".png"
    stem = _SEPARATORS.sub("-", stem)[:_MOST_CHARACTERS].strip("-") or "figure"
    if RESERVED.fullmatch(stem):
        stem = f"figure-{stem}"
    return stem + extension


def free_path(analysis: Analysis, wished: str, taken: Collection[str] = ()) -> str | None:
    """A path in the figures folder at which nothing stands, in no spelling, and that is not in `taken` either.

    None where no file can be put there: the document is in no folder, or the figures folder cannot be looked into.
    """
    folder = analysis.ground.configuration.figures
    surroundings = analysis.ground.surroundings
    if surroundings.look_up(folder).status not in ("directory", "missing"):
        return None
    stem, extension = posixpath.splitext(clean_name(wished))
    for number in count(1):
        path = posixpath.join(folder, f"{stem}{f'-{number}' if number > 1 else ''}{extension}")
        if path not in taken and surroundings.look_up(path).status == "missing":
            return posixpath.normpath(path)
    return None
