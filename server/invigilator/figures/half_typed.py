"""The image that is being typed at a cursor, read from its line alone.

Markdown makes no image of `![loss](fig` yet, so the line is read backwards from the cursor. Offsets count from the
line's start. A link or image is taken to stand on one line, as nearly all of them do.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from invigilator.text import Span

_MOST_LOOKED_AT: Final = 4_000
"""Characters in front of the cursor: nobody writes a longer link, and a generated line may be endless."""

_LABEL: Final = r"\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\]"
_LINK: Final = re.compile(rf"(?P<image>(?<!\\)!)?(?<!\\){_LABEL}\(")
_LABEL_BEGUN: Final = re.compile(r"(?<!\\)!\[(?P<typed>[^\[\]\\]*)\Z")
_MARK: Final = re.compile(r"(?:\A|(?<=[\s>|(*_]))!\Z")
_BEFORE_ALL_TEXT: Final = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?\Z")
_TITLE: Final = r"""(?:[ \t]+(?:"[^"]*"|'[^']*'|\([^()]*\)))?[ \t]*\)"""
_REST_OF_PATH: Final = r"(?:[^\s()\\]|\\.|\([^\s()]*\))*"
_REST_WITH_SPACES: Final = r"[^\s()<>][^()<>]*\.(?:png|jpe?g|gif|svg|webp)"
_CLOSED: Final = re.compile(rf"(?P<rest>{_REST_OF_PATH}|{_REST_WITH_SPACES}){_TITLE}", re.IGNORECASE)
_CLOSED_ANGLES: Final = re.compile(rf"(?P<rest>[^<>]*)>(?P<end>{_TITLE})?")
_CLOSED_WITHOUT_ANGLE: Final = re.compile(r"(?P<rest>[^\s()<>]*)\)")
_GLUED: Final = re.compile(r"[^\s()<>\[\]]*")


class TypedPath(NamedTuple):
    """The path of an image: `span` is what another path replaces, `typed` what of it stands before the cursor.

    `closing` is what the image lacks to be one. `glued` is the end of what stands at the cursor without a space where
    nothing says that it belongs to the path; else it is the end of `span`. `angled`: it stands in angle brackets.
    """

    span: Span
    typed: str
    closing: str
    glued: int
    angled: bool = False


class TypedImage(NamedTuple):
    """The beginning of an image: ``!``, ``![`` or ``![lo``.

    `typed` is what of the label is there, and None where there is only the mark. `begins`: no text stands before it.
    """

    span: Span
    typed: str | None
    begins: bool


def half_typed(line: str, cursor: int) -> TypedPath | TypedImage | None:
    """What is being typed at the cursor; None where it is no image, or one that is complete up to there.

    >>> half_typed("See ![loss](fig", 15)
    TypedPath(span=Span(start=12, end=15), typed='fig', closing=')', glued=15, angled=False)
    """
    skipped = max(0, cursor - _MOST_LOOKED_AT)
    before, behind = line[skipped:cursor], line[cursor : cursor + _MOST_LOOKED_AT]
    found = _path(before, behind) or _image(before, behind)
    if found is None or not skipped:
        return found
    if isinstance(found, TypedPath):
        return found._replace(span=found.span.moved(skipped), glued=found.glued + skipped)
    return found._replace(span=found.span.moved(skipped), begins=False)


def _path(before: str, behind: str) -> TypedPath | None:
    """Of the innermost link that is still open at the cursor, where that is an image."""
    open_links = (link for link in reversed(list(_LINK.finditer(before))) if _is_open(before[link.end() :]))
    link = next(open_links, None)
    if link is None or link["image"] is None:
        return None
    written = before[link.end() :].lstrip(" \t")
    if written.startswith("<"):
        return None if "<" in written[1:] or ">" in written else _in_angles(written[1:], len(before), behind)
    start, cursor = len(before) - len(written), len(before)
    for depth in dict.fromkeys((_depth(written), 0)):
        closed = re.compile(rf"(?P<inner>(?:[^\s()]*\)){{{depth}}}){_CLOSED.pattern}", re.IGNORECASE).match(behind)
        if closed is not None:
            end = cursor + len(closed["inner"]) + len(closed["rest"])
            return TypedPath(Span(start, end), written, "", end)
    glued = _GLUED.match(behind)
    return TypedPath(Span(start, cursor), written, ")", cursor + (glued.end() if glued else 0))


def _in_angles(typed: str, cursor: int, behind: str) -> TypedPath:
    start = cursor - len(typed)
    if (closed := _CLOSED_ANGLES.match(behind)) is not None:
        end = cursor + len(closed["rest"])
        if closed["end"] is not None:
            return TypedPath(Span(start, end), typed, "", end, angled=True)
        return TypedPath(Span(start, end + 1), typed, ">)", end + 1, angled=True)
    if (closed := _CLOSED_WITHOUT_ANGLE.match(behind)) is not None:
        end = cursor + len(closed["rest"])
        return TypedPath(Span(start, end), typed, ">", end, angled=True)
    glued = _GLUED.match(behind)
    return TypedPath(Span(start, cursor), typed, ">)", cursor + (glued.end() if glued else 0), angled=True)


def _is_open(written: str) -> bool:
    """Whether the link that begins with `written` has not come to its end."""
    stripped = written.lstrip(" \t")
    if stripped.startswith("<"):
        _, angle, rest = stripped[1:].partition(">")
        return not angle or ")" not in rest
    return _depth(written) >= 0


def _depth(written: str) -> int:
    """How many brackets are open at the end; -1 where more were closed than opened."""
    depth, escaped = 0, False
    for character in written:
        if escaped or character == "\\":
            escaped = not escaped
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth < 0:
                return -1
    return depth


def _image(before: str, behind: str) -> TypedImage | None:
    cursor = len(before)
    if (label := _LABEL_BEGUN.search(before)) is not None:
        if re.match(r"[^\[\]]*\][(\[]", behind):
            return None  # the label of an image that is complete
        end = cursor + behind.startswith("]")
        return TypedImage(Span(label.start(), end), label["typed"], _begins(before[: label.start()]))
    if (mark := _MARK.search(before)) is not None and behind[:1] != "[":
        return TypedImage(Span(mark.start(), cursor), None, _begins(before[: mark.start()]))
    return None


def _begins(before: str) -> bool:
    return _BEFORE_ALL_TEXT.match(before) is not None
