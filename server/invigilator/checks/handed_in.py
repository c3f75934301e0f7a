"""What Python-Markdown, which makes the handed-in page, makes of lists and fenced blocks.

What becomes of a list follows from the block structure alone and is kept with it: typing a word asks the library
nothing. A fenced block is asked about again when more than letters of it change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from itertools import takewhile
from typing import Final

from markdown import markdown

from invigilator.report.markdown import Place, Structure
from invigilator.report.markdown.structure import ListBlock

STEP: Final = 4
"""Columns that a list or paragraph is indented by for every item that it is in."""

_ATX_HEADING: Final = re.compile(r"[ \t>]*#{1,6}(?:[ \t]|$)")
_QUOTE: Final = re.compile(r" {0,3}(?:>[ \t]?)+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_NO_LETTER: Final = re.compile(r"[\W\d_]+")
_MARKED: Final = re.compile(r"[<&\[]")
_NUMBER: Final = re.compile(r"x\d+$")
_MOST: Final = 20_000
"""Characters that the library is given at once."""
_MOST_BRACKETS: Final = 500
"""In one piece; the library takes quadratic time: 4,000 take 2 s."""
_MOST_INNER: Final = 1_000
"""Lists of one list that are looked at."""

RunsOn = tuple[tuple[Place, str], ...]
Leaves = tuple[tuple[Place, str, int], ...]


def lists_that_run_on(structure: Structure) -> RunsOn:
    """The first marker of every outermost list that is text on the page, since there is text right above it.

    With it ``parenthesis`` where its markers are such as ``1)``, which the page takes for no list in any place.
    """
    known = structure.kept.get("lists that run on")
    if not isinstance(known, tuple):
        structure.kept["lists that run on"] = known = tuple(_lists_that_run_on(structure))
    return known


def blocks_that_leave_their_item(structure: Structure) -> Leaves:
    """Where inner lists and further paragraphs of items begin that the page does not take for those.

    With it ``paragraph`` for a paragraph, and by how many columns it is too far left. A list that CommonMark takes for
    no inner one counts where it stands right below another's item and a little to the right of its marker.
    """
    known = structure.kept.get("blocks that leave their item")
    if not isinstance(known, tuple):
        structure.kept["blocks that leave their item"] = known = tuple(_blocks_that_leave_their_item(structure))
    return known


def _lists_that_run_on(structure: Structure) -> Iterator[tuple[Place, str]]:
    lines = structure.lines
    last_lines = {each.last for each in structure.lists}
    for index, each in enumerate(structure.lists):
        marker = each.items[0].marker
        if each.level > 0 or marker.line == 0 or marker.line - 1 in last_lines:
            continue
        above = lines[marker.line - 1]
        if not above.strip(" \t>") or _ATX_HEADING.match(above):
            continue
        inner = takewhile(lambda other: other.level > 0, structure.lists[index + 1 : index + 1 + _MOST_INNER])
        items = len(each.items) + sum(len(other.items) for other in inner)
        # without the lines' numbers, so that what is known of one list is known of any like it
        page = _page("\n".join(_NUMBER.sub("x", line) for line in lines[marker.line - 1 : each.last + 1]))
        if page is not None and page.count("<li>") < items:
            yield marker, "parenthesis" if lines[marker.line][marker.column : marker.end].endswith(")") else ""


def _blocks_that_leave_their_item(structure: Structure) -> Iterator[tuple[Place, str, int]]:
    outermost: ListBlock | None = None
    for each in structure.lists:
        marker = each.items[0].marker
        level = each.level or int(outermost is not None and _is_meant_as_inner(structure, outermost, marker))
        outermost = outermost if each.level else each
        if level and (more := level * STEP - _from_edge(structure, marker)) > 0:
            yield marker, "", more
        for item in each.items:
            for place in item.paragraphs:
                more = (each.level + 1) * STEP - _from_edge(structure, place)
                if more > 0 and not structure.lines[place.line - 1].strip(" \t>"):
                    yield place, "paragraph", more


def _is_meant_as_inner(structure: Structure, before: ListBlock, marker: Place) -> bool:
    """Whether a marker stands right below another list's item and a little to the right of its marker."""
    if before.last != marker.line - 1:
        return False
    return 0 < structure.column(marker) - structure.column(before.items[-1].marker) < STEP


def _from_edge(structure: Structure, place: Place) -> int:
    """The column of a place, counted from behind its line's quote marks."""
    quote = _QUOTE.match(structure.lines[place.line][: place.column])
    return structure.column(place) - (len(quote[0].expandtabs(STEP)) if quote else 0)


def code_of(lines: tuple[str, ...], has_info: bool, is_closed: bool) -> str | None:
    """How the page shows a fenced block, its fence's lines included: None where it is right.

    ``heading``: a line becomes a heading. ``lost``: some of it cannot be seen. ``raw``: its fence is shown. ``""``: its
    lines run together, behind the language.
    """
    reduced = tuple(line if _MARKED.search(line) else _LETTERS.sub("x", line) for line in lines)
    return _code(_without_indent(reduced), has_info, is_closed)


def _without_indent(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The lines as they stand in a list item of the page, which takes 4 columns a level off."""
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    taken = indent - indent % STEP
    return lines if not taken else tuple(line[min(taken, len(line) - len(line.lstrip(" "))) :] for line in lines)


@lru_cache(maxsize=256)
def _code(lines: tuple[str, ...], has_info: bool, is_closed: bool) -> str | None:
    page = _page("\n".join(lines))
    if page is None:
        return "raw"
    if re.search("<h[1-6]>", page):
        return "heading"
    code = lines[1:-1] if is_closed else lines[1:]
    seen = _Seen()
    seen.feed(page)
    seen.close()
    if _NO_LETTER.sub("", "".join(code)) not in _NO_LETTER.sub("", "".join(seen.text)):
        return "lost"
    fence = lines[0].strip()[:3]
    if not is_closed or any(fence in piece for piece in seen.text):
        return "raw"
    return None if len(code) == 1 and not has_info and "<code>" in page else ""


@lru_cache(maxsize=256)
def _page(source: str) -> str | None:
    """What the library makes of it; None where it fails, or would take too long."""
    if len(source) > _MOST or source.count("[") > _MOST_BRACKETS:
        return None
    try:
        return markdown(source)
    except Exception:  # whatever the library fails with: RecursionError, ...
        return None


class _Seen(HTMLParser):
    """The text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []

    def handle_data(self, data: str) -> None:
        self.text.append(data)
