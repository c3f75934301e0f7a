"""The open documents, as the client last described them: our own store in place of pygls' `Workspace`.

pygls ends lines at U+2028, NEL, form feed and others, where the protocol does not; one such character above the
cursor and every later edit lands on the wrong line. Its documents are also keyed by the exact spelling of the URI.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from invigilator.text import Encoding, Position, SourceText, Span

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_DRIVE: Final = re.compile(r"/[A-Za-z]:(?=/|$)")
_UINTEGER_MAX: Final = 2**31 - 1  # LSP 3.17, "Base Types"


class MalformedChangeError(ValueError):
    """A change that is not what the protocol says: no text, or a range without its ends."""


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document at one version. `uri` is spelled as the client spelled it when it opened the document."""

    uri: str
    version: int | None
    text: SourceText
    language_id: str


class Documents:
    """The documents that are open now. Each change puts a new `OpenDocument` in place of the old one.

    Two spellings of one file (``file:///C:/a``, ``file:///c%3A/a``) are one document.
    """

    def __init__(self, encoding: Encoding = "utf-16") -> None:
        """`encoding`: the unit of the characters in positions; settable until the first change."""
        self.encoding: Encoding = encoding
        self._open: dict[str, OpenDocument] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __iter__(self) -> Iterator[OpenDocument]:
        """Every open document, oldest first; documents may be opened and closed meanwhile."""
        return iter(list(self._open.values()))

    def get(self, uri: str) -> OpenDocument | None:
        """The document at `uri` in any spelling; None where it is not open."""
        return self._open.get(key_of(uri))

    def open(self, uri: str, version: object, text: str, language_id: str = "") -> OpenDocument:
        """Takes in a document; one that was open already is replaced."""
        document = OpenDocument(uri, _version(version), SourceText(text), language_id)
        self._open[key_of(uri)] = document
        return document

    def change(self, uri: str, version: object, changes: object) -> OpenDocument | None:
        """Applies `contentChanges` (the plain JSON of the notification) in their order.

        Returns the new document, or None where `uri` is not open. Positions outside the text, negative or fractional
        ones are taken to the nearest place in it, and a range whose end comes first is turned round.
        Raises `MalformedChangeError`; nothing at all is changed then.
        """
        key = key_of(uri)
        old = self._open.get(key)
        if old is None:
            return None
        if not isinstance(changes, list):
            raise MalformedChangeError("contentChanges is not a list")
        text = old.text
        for change in changes:
            text = self._edited(text, change)
        document = OpenDocument(old.uri, _version(version), text, old.language_id)
        self._open[key] = document
        return document

    def close(self, uri: str) -> OpenDocument | None:
        """Forgets a document and returns it; None where it was not open."""
        return self._open.pop(key_of(uri), None)

    def _edited(self, text: SourceText, change: object) -> SourceText:
        new = change.get("text") if isinstance(change, dict) else None
        if not isinstance(change, dict) or not isinstance(new, str):
            raise MalformedChangeError("a change without text")
        where = change.get("range")
        if where is None:
            return SourceText(new)
        if not isinstance(where, dict):
            raise MalformedChangeError("a range that is not an object")
        start = text.offset(_position(where.get("start")), self.encoding)
        end = text.offset(_position(where.get("end")), self.encoding)
        return text.edited(Span(min(start, end), max(start, end)), new)


def nearest_position(value: Mapping[str, object]) -> Position:
    """A position as JSON, brought to what the protocol allows: whole numbers from 0 to 2**31 - 1.

    A line before the first is the start of the text; what is no number is 0.
    """
    line = value.get("line")
    if isinstance(line, int | float) and line < 0:
        return Position(0, 0)
    return Position(_clamped(line), _clamped(value.get("character")))


@lru_cache(maxsize=1024)
def key_of(uri: str) -> str:
    """What two URIs have in common if and only if they mean the same document; not itself a URI.

    >>> key_of("file:///C:/a%20b") == key_of("FILE:///c%3A/a b")
    True
    """
    scheme, rest = _scheme(uri)
    if scheme != "file":
        return f"{scheme}:{unquote(rest, errors='surrogateescape')}" if scheme else uri
    host, path = _file_parts(rest)
    return f"file://{host}{path}"


def path_of(uri: str) -> str | None:
    """The path of a ``file:`` URI in this system's own form; None for any other URI and for what can be no path."""
    scheme, rest = _scheme(uri)
    if scheme != "file":
        return None
    host, path = _file_parts(rest)
    if "\0" in path or not path.startswith("/"):
        return None
    if os.name != "nt":
        return None if host else path
    if host:
        return "\\\\" + host + path.replace("/", "\\")
    return (path[1:] if _DRIVE.match(path) else path).replace("/", "\\")


def _position(value: object) -> Position:
    if not isinstance(value, dict):
        raise MalformedChangeError("a range without start or end")
    return nearest_position(value)


def _clamped(value: object) -> int:
    if type(value) is int:
        return max(0, min(value, _UINTEGER_MAX))
    if isinstance(value, float) and value > 0:  # false for NaN
        return int(min(value, _UINTEGER_MAX))
    return 0


def _version(value: object) -> int | None:
    return value if type(value) is int else None


def _scheme(uri: str) -> tuple[str, str]:
    match = _SCHEME.match(uri)
    return (match[0].lower(), uri[match.end() + 1 :]) if match else ("", uri)


def _file_parts(rest: str) -> tuple[str, str]:
    """Host (empty for this machine) and decoded path of a file URI behind its ``file:``.

    A ``#`` or ``?`` is taken as part of the name: no client adds a fragment to a file, but some forget to encode one.
    Bytes that are no UTF-8 become surrogates, as in Python's own file names.
    """
    host = ""
    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        rest = slash + path
        host = host.lower()
        if _DRIVE.match(f"/{host}"):  # file://c:/a, one slash short
            host, rest = "", f"/{host}{rest}"
        elif host == "localhost":
            host = ""
    path = unquote(rest, errors="surrogateescape")
    drive = _DRIVE.match(path)
    return host, path[: drive.end()].lower() + path[drive.end() :] if drive else path
