"""Words, images and characters: as the course's check counts them, and as a reader sees them.

The course's check counts no characters; other courses limit them. A character is a code point of the answer as it is
written: spaces and Markdown's own signs count, a line ending counts once, white space at either end does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from invigilator.text import Span

_LETTER_OR_DIGIT: Final = re.compile(r"[^\W_]")


class Counts(NamedTuple):
    """Words, images and characters of one answer; `characters` is None where nobody asked for them."""

    words: int
    images: int
    characters: int | None = None


def official_words(text: str) -> int:
    """Words as ``report.py`` counts them: whatever stands between white space, marks and links included."""
    return len(text.split())


def official_images(text: str) -> Iterator[Span]:
    r"""Where ``report.py`` sees an image: the matches of ``!\[.*?\]\(.*?\)``, in code and comments too.

    The expression itself takes cubic time on a line of open brackets; this finds the same in one pass. Lines end at any
    of the three line endings, since the script reads the file with universal newlines.
    """
    offset = 0
    while (start := text.find("![", offset)) >= 0:
        end = _line_end(text, start)
        middle = text.find("](", start + 2, end)
        close = text.find(")", middle + 2, end) if middle >= 0 else -1
        if close < 0:
            offset = end
        else:
            offset = close + 1
            yield Span(start, offset)


def _line_end(text: str, offset: int) -> int:
    end = text.find("\n", offset)
    end = len(text) if end < 0 else end
    carriage = text.find("\r", offset, end)
    return end if carriage < 0 else carriage


def official_end(text: str) -> int:
    """Where the check stops reading an answer: at the first ``###``, then at the first ``##`` of what is left."""
    end = text.find("##")  # a ### begins with a ##, so the earlier of the two is always found by it
    return len(text) if end < 0 else end


def characters(text: str) -> int:
    """Characters of a text without the white space at its ends: spaces count, and a line ending is one."""
    inside = text.strip()
    return len(inside) - inside.count("\r\n")


def nth_character(text: str, index: int) -> int:
    """Where the character number `index` (from 0) stands, as `characters` counts; the end where there is none."""
    start = len(text) - len(text.lstrip())
    offset, ending = start + index, text.find("\r\n", start)
    while 0 <= ending < offset:
        offset += 1
        ending = text.find("\r\n", ending + 2)
    return min(offset, len(text))


@lru_cache(maxsize=2048)
def official_counts(text: str, *, whole: bool = False) -> Counts:
    """Words and images of an answer's text as far as the check reads it; it reads the last one `whole`."""
    read = text if whole else text[: official_end(text)]
    return Counts(official_words(read), sum(1 for _ in official_images(read)))


def prose_words(pieces: Iterable[str]) -> int:
    """Words as a reader sees them: what stands between white space and holds a letter or a digit."""
    return sum(map(_prose_words, pieces))


@lru_cache(maxsize=1024)
def _prose_words(piece: str) -> int:
    return sum(match is not None for match in map(_LETTER_OR_DIGIT.search, piece.split()))


def without_comments(text: str) -> str:
    """The text less its closed HTML comments."""
    kept, offset = [], 0
    while (start := text.find("<!--", offset)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[offset:start])
        offset = end + 3
    return "".join((*kept, text[offset:]))
