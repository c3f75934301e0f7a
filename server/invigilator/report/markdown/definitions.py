"""Where link reference definitions stand, as in ``[a]: figures/x.png``: mistletoe keeps only what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from mistletoe import block_token, core_tokens, token

from invigilator.report.markdown.structure import DefinitionPlace, Place


class _Read(NamedTuple):
    """A definition: its label, the number (from 0) that mistletoe gives to the first line, and offsets in `lines`.

    `lines` are those of the container in which it stands, less what that took off their front.
    """

    label: str
    line: int
    lines: str
    start: int
    destination: tuple[int, int]


class Definition(block_token.Footnote):
    """mistletoe's token, which leaves a note with the document of where it was read."""

    _matched: ClassVar[list[tuple[str, int]]] = []  # the container's lines, and where in them a definition begins

    @classmethod
    def read(cls, lines: Any) -> Any:
        line = lines.line_number()
        cls._matched.clear()
        matches = super().read(lines)
        if matches:
            notes = (_note(cls, source, start, line) for source, start in cls._matched)
            _notes_of(token._root_node).extend(notes)  # noqa: SLF001
        return matches

    @classmethod
    def match_reference(cls, string: str, offset: int) -> Any:
        found = super().match_reference(string, offset)
        if found is not None:
            cls._matched.append((string, offset))
        return found


def definition_places(document: block_token.Document, lines: Sequence[str]) -> tuple[DefinitionPlace, ...]:
    """The definitions that were read into a document, in the order of the text; `lines` are all of its own.

    mistletoe reads what stands in two containers that begin in one line more than once.
    """
    places = (_place(note, lines) for note in _notes_of(document))
    return tuple(sorted({place for place in places if place is not None}, key=lambda place: place.start[:2]))


def _notes_of(document: Any) -> list[_Read]:
    notes: list[_Read] = document.__dict__.setdefault("read_definitions", [])
    return notes


def _note(kind: Any, source: str, offset: int, line: int) -> _Read:
    start, end, label = kind.match_link_label(source, offset)
    destination, behind, _ = kind.match_link_dest(source, core_tokens.shift_whitespace(source, end + 1))
    return _Read(core_tokens.normalize_label(label), line, source, start, (destination, behind))


def _place(note: _Read, lines: Sequence[str]) -> DefinitionPlace | None:
    """Where it stands in the source; None where that cannot be told."""
    start, end = note.destination
    if note.lines[start] == "<":
        start, end = start + 1, end - 1
    label = _source_place(note, note.start, note.start + 1, lines)
    destination = _source_place(note, start, end, lines)
    return DefinitionPlace(note.label, label, destination) if label and destination else None


def _source_place(note: _Read, start: int, end: int, lines: Sequence[str]) -> Place | None:
    """A stretch of one of the container's lines, which but for its indentation is the end of a source line."""
    before = note.lines.count("\n", 0, start)
    line_start = note.lines.rfind("\n", 0, start) + 1
    whole = note.lines[line_start : note.lines.find("\n", start)].rstrip()
    text = whole.lstrip()
    # as for paragraphs, the number is early where a list item begins with an empty line
    for line in range(note.line + before, len(lines)):
        source = lines[line].rstrip()
        if source.endswith(text):
            by = len(source) - len(whole) - line_start
            return Place(line, start + by, end + by)
    return None
