"""The ids by which git would know a file's content, made without git: it would run the programs that filters name."""

# Paths are strings here, as in `disk.py`.
# ruff: noqa: PTH114, PTH115

from __future__ import annotations

import hashlib
import os
from typing import Final, NamedTuple

from invigilator.surroundings.paths import open_regular

_SHA1_DIGITS: Final = 40
_LARGEST: Final = 256 * 1024 * 1024


class Ids(NamedTuple):
    """The ids of one file's content: as it is and, where it is text, with the line endings that git stores; and that of
    the pointer which Git LFS stores in its place."""

    content: frozenset[str]
    pointer: str | None


def ids_of(path: str, like: str) -> Ids:
    """The ids of the file or link at `path`, made the same way as the id `like`. Raises OSError."""
    if os.path.islink(path):
        target = os.fsencode(os.readlink(path).replace(os.sep, "/"))
        return Ids(frozenset((_id(target, like),)), None)
    with os.fdopen(open_regular(path), "rb") as file:
        if os.fstat(file.fileno()).st_size > _LARGEST:
            raise OSError("too large")
        content = file.read(_LARGEST)
    ids = {_id(content, like)}
    if b"\r\n" in content and b"\0" not in content:
        ids.add(_id(content.replace(b"\r\n", b"\n"), like))
    oid = hashlib.sha256(content).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n"
    return Ids(frozenset(ids), _id(pointer.encode(), like))


def _id(content: bytes, like: str) -> str:
    """Git names a content by its SHA-1, in some repositories by its SHA-256."""
    blob = b"blob %d\0" % len(content) + content
    if len(like) == _SHA1_DIGITS:
        return hashlib.sha1(blob, usedforsecurity=False).hexdigest()
    return hashlib.sha256(blob).hexdigest()
