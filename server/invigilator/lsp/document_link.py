"""``textDocument/documentLink``: the paths in a report that lead to a file that is there, or to the web."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from invigilator.analysis import Analysis
from invigilator.figures.links import FileLink, file_of, section_links
from invigilator.lsp.hover import readable_size
from invigilator.report.destination import shortened
from invigilator.surroundings import Surroundings
from invigilator.text import Encoding, Position

Json = dict[str, Any]
_Found = tuple[Position, Position, tuple[str, str]]

_IN_ADDRESS: Final = "%:/?#[]@!$&'()*+,;=~"


def document_links(
    analysis: Analysis, uri_of: Callable[[str], str], encoding: Encoding, *, tooltips: bool
) -> list[Json]:
    """A link for every path that is written in the report; a file of other capitals is found under its true name.

    `uri_of` makes a URI of a path from the report's folder. What leads nowhere is no link: the finding says why.
    """
    found: list[Json] = []
    for index, links in section_links(analysis):
        first = analysis.outline.lines[index]
        for start, end, (target, tooltip) in _in_section(analysis, index, links, uri_of, encoding):
            link: Json = {
                "range": {
                    "start": {"line": first + start.line, "character": start.character},
                    "end": {"line": first + end.line, "character": end.character},
                },
                "target": target,
            }
            if tooltips and tooltip:
                link["tooltip"] = tooltip
            found.append(link)
    return found


class _Kept(NamedTuple):
    """What a section's links lead to, and what that depends on besides its text."""

    links: tuple[FileLink, ...]
    surroundings: Surroundings
    generation: int
    encoding: Encoding
    found: tuple[_Found, ...]


def _in_section(
    analysis: Analysis, index: int, links: tuple[FileLink, ...], uri_of: Callable[[str], str], encoding: Encoding
) -> tuple[_Found, ...]:
    """Where the links of a section stand, by lines that count from its start, their targets and tooltips."""
    section, ground = analysis.outline.sections[index], analysis.ground
    known = section.kept.get("document links")
    if (
        isinstance(known, _Kept)
        and known.links is links
        and known.surroundings is ground.surroundings
        and (known.generation, known.encoding) == (ground.generation, encoding)
    ):
        return known.found
    position = section.source.position
    found = tuple(
        (position(link.written.start, encoding), position(link.written.end, encoding), target)
        for link in links
        if link.written is not None and (target := _target(analysis, link, uri_of)) is not None
    )
    section.kept["document links"] = _Kept(links, ground.surroundings, ground.generation, encoding, found)
    return found


def _target(analysis: Analysis, link: FileLink, uri_of: Callable[[str], str]) -> tuple[str, str] | None:
    if link.destination.kind == "remote":
        return _address(link.target), ""
    fact = file_of(analysis, link)
    if fact is None or fact.status not in ("file", "wrong-case"):
        return None
    return uri_of(fact.path), f"{shortened(fact.path)}: {readable_size(fact)}"


def _address(written: str) -> str:
    """An address on the web as a URI."""
    return quote(f"https:{written}" if written.startswith("//") else written, safe=_IN_ADDRESS, errors="replace")
