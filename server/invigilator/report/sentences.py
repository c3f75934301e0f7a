"""A prompt as sentences: without quote and emphasis marks, wrapped lines joined, the example answer apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CODE: Final = re.compile(r"(?P<ticks>`{1,5})(?!`)[^`]{1,2000}(?P=ticks)(?!`)")
_LINK: Final = re.compile(r"(?P<image>!?)\[(?P<text>[^\[\]\n]{0,200})\]\([^()\n]{0,500}\)")
_MARKS: Final = re.compile(r"[*\\\"“”]|(?<![a-z0-9])_+|_+(?![a-z0-9])")
_START_OF_LINE: Final = re.compile(r"[ \t>]*(?:#{1,6}[ \t]+)?(?P<item>(?:[-+*•]|\d{1,2}[.)])[ \t]+)?")
_EXAMPLE: Final = re.compile(r"(?:for )?examples?(?: (?:answer|response|of an answer))?s?[ \t]*(?::|$)")
_LENGTH_LINE: Final = re.compile(r"\(?[a-z '’]{0,40}\b(?:length|limit|count|words) ?(?:\([a-z ]{0,30}\) ?)?[:=]")
_ABBREVIATION: Final = re.compile(r"\b(max|min|approx|incl|excl|ca|no|resp|e\.g|i\.e|etc)\.(?= ?[a-z0-9(])")
_END_OF_SENTENCE: Final = re.compile(r"(?<=[.?!])\)?(?:\s+|$)")
_PARENTHESIS: Final = re.compile(r"\(([^()]{3,200})\)")
_GOES_ON: Final = re.compile(r"(?:[+&,:(\u2010-\u2015-]|\b(?:and|plus|with|to|or|between|of|least|most|max|min))$")
_CARRIES_ON: Final = re.compile(r"[+&(\u2010-\u2015-]|(?:and|plus|with|to|words?)\b")


class Paragraphs(NamedTuple):
    """The paragraphs of a prompt in lower case: what is asked, and what stands from "Example:" on."""

    asked: tuple[str, ...]
    example: tuple[str, ...]


def paragraphs(prompt: str) -> Paragraphs:
    """Cut a raw prompt; a list item and a length line are paragraphs of their own."""
    text = _COMMENT.sub(" ", prompt).lower()
    text = _LINK.sub(lambda link: " " if link["image"] else link["text"], _CODE.sub(" ", text))
    parts: tuple[list[str], list[str]] = ([], [])
    in_example, fresh = False, True
    for raw in re.split(r"\r\n|\r|\n", text):
        start = _START_OF_LINE.match(raw)
        line = " ".join(_MARKS.sub("", raw[start.end() if start else 0 :]).split())
        if _EXAMPLE.match(line):
            in_example, fresh = True, True
        elif not line or (start and start["item"]):
            fresh = True
        part = parts[in_example]
        if not line:
            continue
        if fresh or not part or not _carries_on(part[-1], line):
            part.append(line)
        else:
            part[-1] += f" {line}"
        fresh = False
    return Paragraphs(tuple(parts[0]), tuple(parts[1]))


def _carries_on(paragraph: str, line: str) -> bool:
    """Whether `line` belongs to `paragraph`: a length line stands by itself unless it is visibly broken."""
    if _LENGTH_LINE.match(line):
        return False
    if not _LENGTH_LINE.match(paragraph):
        return True
    return carries_on_length_line(paragraph, line)


def begins_example(line: str) -> bool:
    """Whether the example begins in `line`, given in lower case, without marks and with single spaces."""
    return _EXAMPLE.match(line) is not None


def begins_length_line(line: str) -> bool:
    """Whether `line`, given likewise, says how long the answer may be."""
    return _LENGTH_LINE.match(line) is not None


def carries_on_length_line(so_far: str, line: str) -> bool:
    """Whether a length line that was broken goes on in `line`."""
    return bool(_GOES_ON.search(so_far) or _CARRIES_ON.match(line))


def sentences(parts: Iterable[str], stands_alone: Callable[[str], bool]) -> Iterator[str]:
    """The sentences of paragraphs; what stands in parentheses is one of its own where `stands_alone` says so."""
    for paragraph in parts:
        text = _ABBREVIATION.sub(r"\1", paragraph)
        for inner in _PARENTHESIS.findall(text):
            if stands_alone(inner):
                text = text.replace(f"({inner})", " ", 1)
                yield inner.strip()
        for sentence in _END_OF_SENTENCE.split(text):
            if stripped := " ".join(sentence.split()).lstrip("( "):
                yield stripped
