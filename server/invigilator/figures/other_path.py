"""A link's path written anew, in the style in which it stands there."""

from __future__ import annotations

import posixpath
import re
from typing import Final
from urllib.parse import unquote

from invigilator.figures.image_text import encoded

_BEHIND_PATH: Final = re.compile(r"\?|(?<!&)#")  # `&#40;` is a character


def other_path(written: str, old: str, new: str, new_from_root: str) -> str:
    """What `written`, which leads to the file `old`, is to be for it to lead to `new`.

    Paths count from the report's folder, as in a `FileFact`, `new_from_root` from the root. A leading ``./`` or ``/``,
    the folders as long as they are the same, query and fragment stay as they are.

    >>> other_path("./figures/a.png?raw=true", "figures/a.png", "figures/b c.png", "reports/figures/b c.png")
    './figures/b%20c.png?raw=true'
    """
    cut = _BEHIND_PATH.search(written)
    path, rest = (written, "") if cut is None else (written[: cut.start()], written[cut.start() :])
    slash = "/" if path.endswith("/") else ""
    path = path.rstrip("/")
    folder, between, _ = path.rpartition("/")
    same_folder = posixpath.dirname(old) == posixpath.dirname(new)
    if same_folder and not path.startswith("/") and posixpath.normpath(unquote(folder)) == _folder_of(old):
        return f"{folder}{between}{encoded(posixpath.basename(new))}{slash}{rest}"
    if path.startswith("/"):
        return f"{encoded('/' + new_from_root)}{slash}{rest}"
    prefix = "./" if path.startswith("./") and not new.startswith("../") else ""
    return f"{prefix}{encoded(new)}{slash}{rest}"


def written_name(written: str) -> str:
    """The part of a written path that is the file's name: what is behind its last `/`, less query and fragment."""
    cut = _BEHIND_PATH.search(written)
    return written[: cut.start() if cut else None].rpartition("/")[2]


def _folder_of(path: str) -> str:
    return posixpath.dirname(path) or "."
