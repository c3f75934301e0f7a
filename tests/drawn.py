"""Texts with what is expected drawn under them, so that input and expected value stand side by side.

A line that holds nothing but spaces and carets is no part of the text: its carets underline what stands above them,
and what follows the carets names it. A line with one `|` is a cursor, at that column of the line above::

    See ![loss](figures/los.png).
                ^^^^^^^^^^^^^^^ figure.not-found
          |

A range of several lines is drawn under each of them, the later parts named ``...``. Columns are code points. Three
characters are written as pictures of themselves, since they would be lost or cannot be seen: `→` is a tab, `·` a space
at a line's end, `␍` a carriage return (so `␍` at the end of a line makes it end in ``\\r\\n``).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from textwrap import dedent
from typing import Any, NamedTuple

from hypothesis import HealthCheck, settings

from invigilator.analysis import Analysis, analyse
from invigilator.checks.finding import Finding
from invigilator.surroundings import Nowhere, Surroundings
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import SourceText, Span

_CARETS = re.compile(r"^( *)(\^+)(?: +(\S.*?))?\s*$")
_CURSOR = re.compile(r"^( *)\|\s*$")
_PICTURES = str.maketrans({"→": "\t", "·": " ", "␍": "\r"})


class Drawn(NamedTuple):
    """A text, the ranges drawn in it with their names, in order, and the cursor's offset if there is one."""

    text: str
    ranges: tuple[tuple[Span, str], ...]
    cursor: int | None

    @property
    def spans(self) -> tuple[Span, ...]:
        """The ranges without their names."""
        return tuple(span for span, _ in self.ranges)

    def named(self, name: str) -> Span:
        """The one range of that name."""
        (span,) = (span for span, other in self.ranges if other == name)
        return span


def drawn(picture: str) -> Drawn:
    """The text of a picture and what is drawn in it. Indentation, the first and the last line break are dropped."""
    lines: list[str] = []
    ranges: list[tuple[Span, str]] = []
    cursor: int | None = None
    above = start = 0  # where the last line of text begins, and where the next one will
    for line in _lines(picture):
        if lines and (carets := _CARETS.match(line)) is not None:
            span = Span(above + carets.start(2), above + carets.end(2))
            if carets[3] == "...":
                first, name = ranges[-1]
                ranges[-1] = Span(first.start, span.end), name
            else:
                ranges.append((span, carets[3] or ""))
        elif lines and (mark := _CURSOR.match(line)) is not None:
            cursor = above + len(mark[1])
        else:
            lines.append(line)
            above, start = start, start + len(line) + 1
    return Drawn("\n".join(lines).translate(_PICTURES), tuple(sorted(ranges)), cursor)


def _lines(picture: str) -> list[str]:
    picture = dedent(picture)
    return picture.removeprefix("\n").removesuffix("\n").split("\n")


def redrawn(text: str, ranges: Iterable[tuple[Span, str]]) -> str:
    """`text` with ranges drawn into it, as a failing test shows what it found instead."""
    source = SourceText(text)
    below: dict[int, list[str]] = {}
    for span, name in sorted(ranges):
        first, last = source.position(span.start).line, source.position(max(span.start, span.end - 1)).line
        for line in range(first, last + 1):
            on = source.line_span(line)
            start, end = max(span.start, on.start), min(span.end, on.end)
            mark = " " * (start - on.start) + "^" * (end - start)
            below.setdefault(line, []).append(f"{mark} {name if line == first else '...'}".rstrip())
    result = []
    for line in range(source.line_count):
        start, end = source.line_span(line)
        result += [text[start:end], *below.get(line, [])]
    return "\n".join(result)


def check(text: str, beside: Mapping[str, bytes | str] | Surroundings | None = None, **configuration: Any) -> Analysis:
    """The analysis of `text` in a folder with the files `beside` it (None: in no folder at all)."""
    if beside is None:
        around: Surroundings = Nowhere()
    else:
        around = MemorySurroundings(beside) if isinstance(beside, Mapping) else beside
    return analyse(text, around, configuration)


def findings(
    picture: str, beside: Mapping[str, bytes | str] | Surroundings | None = None, only: str = "*", **configuration: Any
) -> list[Finding]:
    """The findings in the picture's text, which must be those drawn in it: their codes, exactly there, no others.

    `only` is a pattern of codes, where the rest is of no interest; `configuration` has settings by their names in the
    configuration file.
    """
    picture_text, ranges, _ = drawn(picture)
    analysis = check(picture_text, beside, select=[only], **configuration)
    placed = [(analysis.span_in_text(section, f.span), f) for section, f in analysis.placed()]
    placed.sort(key=lambda pair: (pair[0], pair[1].code))
    found = redrawn(picture_text, [(span, finding.code) for span, finding in placed])
    assert found == redrawn(picture_text, ranges), found
    return [finding for _, finding in placed]


def finding(
    picture: str, beside: Mapping[str, bytes | str] | Surroundings | None = None, only: str = "*", **configuration: Any
) -> Finding:
    """The one finding of `findings`."""
    (found,) = findings(picture, beside, only, **configuration)
    return found


def examples(usual: int) -> settings:
    """How many examples a property is tried with: the same ones in every run.

    The environment variable INVIGILATOR_EXAMPLES asks for another number, and for new ones each time.
    """
    asked = int(os.environ.get("INVIGILATOR_EXAMPLES", "0"))
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=asked or usual, derandomize=not asked, deadline=None, suppress_health_check=slow)


def template(questions: int = 27, answers: Mapping[int, str] | None = None, prompt: str = "Tell us.") -> str:
    """A report in the default template's shape, all placeholders but for `answers`."""
    parts = ["# A project report for a course about bridges\n"]
    for number in range(1, questions + 1):
        answer = (answers or {}).get(number, f"--- question {number} fill here ---")
        parts.append(f"### Question {number}\n\n> **{prompt}**\n>\n> Answer:\n\n{answer}\n")
    return "\n".join(parts)


def words(count: int) -> str:
    """That many words."""
    return " ".join(f"w{number}" for number in range(1, count + 1))
