"""Where a key stands in a TOML file, for pointing at it in a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_KEY_PART: Final = r"""(?:"[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_-]+)"""
_KEY: Final = rf"(?P<key>{_KEY_PART}(?:[ \t]*\.[ \t]*{_KEY_PART})*)"
_HEADER: Final = re.compile(rf"[ \t]*\[{{1,2}}[ \t]*{_KEY}[ \t]*\]")
_PAIR: Final = re.compile(rf"[ \t]*{_KEY}[ \t]*=")


def line_of(text: str, keys: Sequence[str]) -> int | None:
    """The line (from 1) of the key that `keys` lead to, or of the nearest table or key above it; None for neither.

    >>> line_of('figures = "f"\\n[limits]\\n3 = 4\\n', ("limits", "3"))
    3
    """
    table: list[str] = []
    best, line = 0, None
    for number, content in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(content):
            table = here = _parts(header["key"])
        elif pair := _PAIR.match(content):
            here = table + _parts(pair["key"])
        else:
            continue
        depth = len(here)
        if best < depth <= len(keys) and here == list(keys[:depth]):
            best, line = depth, number
        elif depth > len(keys) > best and here[: len(keys)] == list(keys):
            best, line = len(keys), number
    return line


def _parts(key: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_KEY_PART, key)]
