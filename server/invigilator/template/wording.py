"""The words of a prompt, each with its place: without marks and line breaks, the example and the length line apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from invigilator.report.sentences import begins_example, begins_length_line, carries_on_length_line
from invigilator.text import Span

_LONGEST: Final = 8_000  # characters that are read, as for limits: an answer whose marker is gone may pass for a prompt

_LINE: Final = re.compile(
    r"(?:^|(?<=\r)(?!\n))[ \t>]*(?:#{1,6}[ \t]+)?(?:(?:[-+*•]|\d{1,2}[.)])[ \t]+)?(?P<text>[^\r\n]*)", re.MULTILINE
)
_WORD: Final = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*")
_FIGURE: Final = re.compile(r"\]\([^()\s]{0,500}\.(?:png|jpe?g|gif|svg|webp)[^()]{0,300}\)", re.IGNORECASE)
# An image, where a link leads to, a comment, a tag and the scheme of an address hold no words of the teacher's.
_SILENT: Final = re.compile(
    r"!\[[^\[\]]{0,300}\]\([^()]{0,500}\)|(?<=\])\([^()]{0,500}\)|<!--.*?(?:-->|\Z)|</?[a-zA-Z]{1,10} ?/?>|https?(?=://)",
    re.DOTALL,
)
_INLINE_LENGTH: Final = re.compile(
    r"\(?\b(?:recommended |expected |suggested )?(?:answer|response) length ?[:=][^\r\n]*?(?:[.)](?=\s|\Z)|$)",
    re.IGNORECASE | re.MULTILINE,
)
_MARKS: Final = re.compile(r"[*_\\\"“”`]+")
_END_OF_SENTENCE: Final = re.compile(r"(?:\]\([^()]{0,500}\))?[)*_\"”’`]*[.?!:]")


class Words(NamedTuple):
    """Words in lower case, and their places in the prompt."""

    texts: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


class Wording(NamedTuple):
    """What a prompt says.

    `asked` are the words up to the example, without those of the length line, `example` those from "Example:" on.
    `ends` are the numbers (in `asked`) of the words that a sentence ends before; `figures` those of the words that a
    link to a figure follows. `length_lines` are the lines that say how long the answer may be, without quote marks, or
    what stands for one within a line.
    """

    asked: Words
    ends: frozenset[int]
    figures: frozenset[int]
    example: Words
    length_lines: tuple[str, ...]


@lru_cache(maxsize=512)
def wording_of(prompt: str) -> Wording:
    """The words of a raw prompt: the text between a question's heading and its marker, 8,000 characters at most."""
    prompt = prompt[:_LONGEST]
    lengths = [match.span() for match in _INLINE_LENGTH.finditer(prompt)]
    text = "".join(_blanked(prompt, [match.span() for match in _SILENT.finditer(prompt)]))
    example_from = len(text)
    asked: list[tuple[str, Span]] = []
    example: list[tuple[str, Span]] = []
    length_lines: list[str] = []
    ends: set[int] = set()
    broken = ""  # a length line that may go on
    for line in _LINE.finditer(text):
        plain = " ".join(_MARKS.sub("", line["text"]).lower().split())
        if begins_example(plain):
            example_from = min(example_from, line.start())
        if begins_length_line(plain) or (broken and plain and carries_on_length_line(broken, plain)):
            broken = f"{broken} {plain}"
            length_lines.append(line["text"].strip())
            continue
        broken = ""
        length_lines += [prompt[start:end].strip(" ()") for start, end in lengths if line.start() <= start < line.end()]
        part = asked if line.start() < example_from else example
        if not plain:
            ends.add(len(asked))
        for word in _WORD.finditer(text, *line.span("text")):
            if any(start <= word.start() < end for start, end in lengths):
                continue
            part.append((word[0].lower().replace("’", "'"), Span(*word.span())))
            if part is asked and _END_OF_SENTENCE.match(prompt, word.end()):
                ends.add(len(asked))
    ends.add(len(asked))
    figures = {sum(span.end <= match.start() for _, span in asked) for match in _FIGURE.finditer(prompt[:example_from])}
    return Wording(_words(asked), frozenset(ends - {0}), frozenset(figures), _words(example), tuple(length_lines))


def _words(found: list[tuple[str, Span]]) -> Words:
    return Words(tuple(word for word, _ in found), tuple(span for _, span in found))


def _blanked(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """`text` with spaces in place of `spans`; line endings stay."""
    at = 0
    for start, end in spans:
        yield text[at:start]
        yield re.sub(r"[^\r\n]", " ", text[start:end])
        at = end
    yield text[at:]
