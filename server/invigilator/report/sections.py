"""The text cut at its template's own headings, line by line, before Markdown is read.

The cut depends on nothing but the kind of every line (`LineKind`). So an edit that changes no line's kind moves no cut,
and only the section it touches becomes a new value: the result is that of cutting the whole text afresh.

A fence or comment that is closed hides the headings inside it. One that is still open hides nothing: three back-ticks
typed in one question leave the others alone. One that is "closed" by a line of a later question counts as open: between
its lines stand a question heading and an answer marker below it, and nobody quotes those.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, chain, pairwise, repeat, zip_longest
from operator import attrgetter
from typing import Final, NamedTuple

from invigilator.report.grammar import Grammar
from invigilator.text import SourceText


class LineKind(NamedTuple):
    """What a line is to the cut.

    `kind` is one of ``blank``, ``quote``, ``text``, ``marker``, ``question`` (`value`: its number), ``heading`` (with
    fewer `#` than a question; `value`: 1 where the template has its title), ``fence`` (`value`: the length of its
    run; `fence`: its character; `bare`: nothing behind it) and ``comment`` (this line opens one and does not close it).
    `closes` is true where the line ends a comment.
    """

    kind: str
    value: int = 0
    fence: str = ""
    bare: bool = False
    closes: bool = False


_BLANK: Final = LineKind("blank")
_QUOTE: Final = LineKind("quote")
_TEXT: Final = LineKind("text")
_MARKER: Final = LineKind("marker")
_HEADING: Final = re.compile(r"(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$")
_FENCE: Final = re.compile(r"(?P<run>`{3,}|~{3,})(?P<info>.*)$", re.DOTALL)
_BEFORE_MARKER: Final = re.compile(r"[ \t>]*[*_]{0,3}")


def line_kind(line: str, grammar: Grammar) -> LineKind:
    """The kind of a line, given without its ending."""
    stripped = line.lstrip(" ")
    first = stripped[:1]
    if first == "" or (first == "\t" and not stripped.strip()):
        return _BLANK
    closes = "-->" in line
    marker = grammar.marker
    if marker and marker in line and line.startswith(marker, _end_of(_BEFORE_MARKER, line)):
        return LineKind("marker", closes=True) if closes else _MARKER
    if len(line) - len(stripped) > 3:  # an indented line is no heading, fence or quote
        return LineKind("text", closes=True) if closes else _TEXT
    if first == ">":
        return LineKind("quote", closes=True) if closes else _QUOTE
    if (number := grammar.number_of(line)) is not None:
        return LineKind("question", number, closes=closes)
    if first == "#" and (heading := _HEADING.match(stripped)) is not None and len(heading[1]) < grammar.level:
        known = (heading[2] or "").strip().casefold() in grammar.section_titles
        return LineKind("heading", int(known), closes=closes)
    if first in "`~" and (fence := _FENCE.match(stripped)) is not None and not (first == "`" and "`" in fence["info"]):
        return LineKind("fence", len(fence["run"]), first, not fence["info"].strip(), closes)
    if stripped.startswith("<!--") and "-->" not in stripped[4:]:
        return LineKind("comment")
    return LineKind("text", closes=True) if closes else _TEXT


def _end_of(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(line)
    return match.end() if match else 0


class Section:
    """A stretch of the report: a question with all that belongs to it, or what stands before or between questions.

    A value: its text, and the question's number (None for what is no question). What is read from it later is kept
    with it (`kept`), under the reader's name, since it depends on nothing else.
    """

    def __init__(self, source: SourceText, number: int | None, grammar: Grammar, kinds: tuple[LineKind, ...]) -> None:
        self.source: Final = source
        self.text: Final = source.text
        self.number: Final = number
        self.grammar: Final = grammar
        self.kinds: Final = kinds
        self.line_breaks: Final = source.line_count - 1
        self.kept: Final[dict[object, object]] = {}

    def __repr__(self) -> str:
        return f"Section({self.number}, {self.text[:40]!r})"

    @cached_property
    def marker_count(self) -> int:
        """How often the marker's text stands in the section, anywhere: the course's check splits at each.

        In a template without markers, and in one that the course's check cannot read, no question has more than one.
        """
        if self.grammar.official:
            return self.text.count(self.grammar.marker)
        if not self.grammar.marker:
            return int(self.number is not None)
        return int(any(kind.kind == "marker" for kind in self.kinds))

    @cached_property
    def may_conflict(self) -> bool:
        """Whether a conflict of a git merge could begin in the section."""
        return "<<<<<<< " in self.text


_TEXT_OF: Final = attrgetter("text")
_LINE_BREAKS_OF: Final = attrgetter("line_breaks")


class Outline:
    """All sections of a text, in order and without a gap. What is read from it later is `kept` as with a section."""

    def __init__(self, source: SourceText, grammar: Grammar, sections: tuple[Section, ...]) -> None:
        self.source: Final = source
        self.text: Final = source.text
        self.grammar: Final = grammar
        self.sections: Final = sections
        self.kept: Final[dict[object, object]] = {}

    def replaced(self, source: SourceText, index: int, section: Section) -> Outline:
        """The outline of `source`, which differs in one section only; no other one is looked at."""
        old = self.sections[index]
        new = Outline(source, self.grammar, (*self.sections[:index], section, *self.sections[index + 1 :]))
        new.starts = _shifted(self.starts, index, len(section.text) - len(old.text))
        new.lines = _shifted(self.lines, index, section.line_breaks - old.line_breaks)
        new.may_conflict = self.may_conflict or section.may_conflict
        return new

    @cached_property
    def may_conflict(self) -> bool:
        """Whether a conflict of a git merge could begin in the text; never false where one does."""
        return any(section.may_conflict for section in self.sections)

    @cached_property
    def starts(self) -> list[int]:
        """The offset of every section, and that behind the last."""
        return list(accumulate(map(len, map(_TEXT_OF, self.sections)), initial=0))

    @cached_property
    def lines(self) -> list[int]:
        """The number (from 0) of every section's first line."""
        return list(accumulate(map(_LINE_BREAKS_OF, self.sections), initial=0))

    def index_at(self, offset: int) -> int:
        """The section that holds `offset`; one at a border is in the section behind it."""
        return max(0, min(bisect_right(self.starts, offset) - 1, len(self.sections) - 1))

    def same(self, other: Outline) -> bool:
        """Whether both cut the same text alike (for tests: an outline has no other parts)."""
        return [(s.text, s.number, s.kinds) for s in self.sections] == [
            (s.text, s.number, s.kinds) for s in other.sections
        ]


def _shifted(numbers: list[int], index: int, by: int) -> list[int]:
    return numbers if not by else [*numbers[: index + 1], *(number + by for number in numbers[index + 1 :])]


def outline(text: str | SourceText, grammar: Grammar, previous: Outline | None = None) -> Outline:
    """The sections of a text; those that `previous` (an earlier state of the text) has as well are the same objects."""
    source = text if isinstance(text, SourceText) else SourceText(text)
    if previous is None or previous.grammar is not grammar:
        kinds = [line_kind(line, grammar) for line in _lines(source)]
        return Outline(source, grammar, tuple(_cut(source, kinds, grammar)))
    if source is previous.source or source.text == previous.text:
        return previous
    before, after = _unchanged(source, previous)
    sections = previous.sections
    start = previous.starts[before]
    end = len(source.text) - (previous.starts[-1] - previous.starts[len(sections) - after])
    middle = SourceText(source.text[start:end])
    changed = sections[before : len(sections) - after]
    kinds_of_middle = _kinds(middle, grammar, changed[0])
    if after:  # the empty line behind the last ending is the first line of the next section
        kinds_of_middle = kinds_of_middle[:-1]
    if len(changed) == 1 and changed[0].kinds == kinds_of_middle:
        return previous.replaced(source, before, Section(middle, changed[0].number, grammar, kinds_of_middle))
    all_kinds = [
        *chain.from_iterable(section.kinds for section in sections[:before]),
        *kinds_of_middle,
        *chain.from_iterable(section.kinds for section in sections[len(sections) - after :]),
    ]
    fresh = list(_cut(source, all_kinds, grammar))
    known = {(section.text, section.number, len(section.kinds)): section for section in sections}
    return Outline(source, grammar, tuple(known.get((s.text, s.number, len(s.kinds)), s) for s in fresh))


def _kinds(source: SourceText, grammar: Grammar, old: Section) -> tuple[LineKind, ...]:
    """The kinds of the lines of `source`; of lines that `old` has at the same place they are known."""
    lines, old_lines = list(_lines(source)), list(_lines(old.source))
    return tuple(
        kind if line == before else line_kind(line, grammar)
        for line, before, kind in zip(
            lines, chain(old_lines, repeat(None)), chain(old.kinds, repeat(_BLANK)), strict=False
        )
    )


def _unchanged(source: SourceText, previous: Outline) -> tuple[int, int]:
    """How many sections at the beginning and at the end stand in the text as before; one at least is between them."""
    text, starts, most = source.text, previous.starts, len(previous.sections) - 1
    known = source.unchanged_since(previous.source)
    if known is not None:
        head, tail = known
        before = min(bisect_right(starts, head) - 1, most)
        after = min(most + 1 - bisect_left(starts, starts[-1] - tail), most - before)
    else:
        before, after = _compared(text, previous)
    # Cutting at a border between sections must not part a \r from its \n, nor leave a section without line ending.
    if before and _splits_line_ending(text, starts[before]):
        before -= 1
    moved = len(text) - starts[-1]
    while after:
        border = starts[most + 1 - after] + moved
        is_border = border > starts[before] and text[border - 1] in "\r\n" and not _splits_line_ending(text, border)
        if is_border:
            break
        after -= 1
    return before, after


def _compared(text: str, previous: Outline) -> tuple[int, int]:
    """The same by comparing the texts."""
    sections = previous.sections
    most = len(sections) - 1
    before, offset = 0, 0
    while before < most and text.startswith(sections[before].text, offset):
        offset += len(sections[before].text)
        before += 1
    after, end = 0, len(text)
    while after < most - before:
        length = len(sections[-1 - after].text)
        if end - length < offset or not text.startswith(sections[-1 - after].text, end - length):
            break
        end -= length
        after += 1
    return before, after


def _splits_line_ending(text: str, offset: int) -> bool:
    return text[offset - 1 : offset + 1] == "\r\n"


def _lines(source: SourceText) -> Iterator[str]:
    """Every line without its ending."""
    if "\r" not in source.text:
        yield from source.text.split("\n")
        return
    for start, end in pairwise(source.line_starts):
        yield source.text[start:end].rstrip("\r\n")


def _cut(source: SourceText, kinds: Sequence[LineKind], grammar: Grammar) -> Iterator[Section]:
    """The sections of the lines of `source`, whose kinds are `kinds`."""
    seen = _visible(kinds)
    questions = [line for line, kind in enumerate(seen) if kind.kind == "question"]
    cuts: list[tuple[int, int | None]] = []  # first line, number
    if not questions or questions[0] > 0:
        cuts.append((0, None))
    for question, following in zip_longest(questions, questions[1:]):
        cuts.append((question, seen[question].value))
        end = _end_of_answer(seen, question, following)
        if end is not None:
            cuts.append((end, None))
    starts = source.line_starts
    for (first, number), behind in zip(cuts, [*(line for line, _ in cuts[1:]), len(kinds)], strict=True):
        text = SourceText(source.text[starts[first] : starts[behind]])
        yield Section(text, number, grammar, tuple(kinds[first:behind]))


def _end_of_answer(seen: Sequence[LineKind], question: int, following: int | None) -> int | None:
    """The line where a question ends before `following`, the next question's heading; None: not before it."""
    end: int | None = None
    last = len(seen) if following is None else following
    for line in range(question + 1, last):
        if seen[line].kind == "heading" and seen[line].value:
            last = line
            end = line
            break
    if end is not None or following is None:
        return end
    for line in range(last - 1, question, -1):
        if seen[line].kind == "heading":
            end = line
        elif seen[line].kind not in ("blank", "quote"):
            break
    return end


def _visible(kinds: Sequence[LineKind]) -> list[LineKind]:
    """The kinds with every line of a closed fence or comment made plain text."""
    hidden = _hidden(kinds, may_swallow=True)
    if any(kind.kind == "question" for kind in hidden):
        hidden = _hidden(kinds, may_swallow=False)
    return hidden


def _hidden(kinds: Sequence[LineKind], *, may_swallow: bool) -> list[LineKind]:
    """The same; unless it `may_swallow` questions, what holds a question heading and a marker below it is not closed.

    In a template without markers the heading alone is enough.

    It may where no question would be left otherwise: a text that only quotes the template is no report.
    """
    seen = list(kinds)
    openers = [line for line, kind in enumerate(kinds) if kind.kind in ("fence", "comment")]
    if not openers:
        return seen
    questions = [line for line, kind in enumerate(kinds) if kind.kind == "question"]
    markers = [line for line, kind in enumerate(kinds) if kind.kind == "marker"]
    comment_ends = [line for line, kind in enumerate(kinds) if kind.closes]
    fences = [line for line in openers if kinds[line].bare]
    found: dict[tuple[str, int], int] = {}  # where the next line stands that closes such a fence
    free = 0
    for opener in openers:
        if opener < free:
            continue
        kind = kinds[opener]
        if kind.kind == "comment":
            closer = _next(comment_ends, opener, len(kinds))
        else:
            closer = found.get((kind.fence, kind.value), -1)
            if closer <= opener:
                behind = bisect_right(fences, opener)
                closer = next(
                    (
                        line
                        for line in fences[behind:]
                        if kinds[line].fence == kind.fence and kinds[line].value >= kind.value
                    ),
                    len(kinds),
                )
                found[kind.fence, kind.value] = closer
        if closer == len(kinds):
            continue
        question = _next(questions, opener, closer)
        if not may_swallow and question < closer and (not markers or _next(markers, question, closer) < closer):
            continue
        seen[opener : closer + 1] = repeat(_TEXT, closer + 1 - opener)
        free = closer + 1
    return seen


def _next(lines: Sequence[int], after: int, default: int) -> int:
    """The first of the sorted `lines` behind `after`."""
    index = bisect_right(lines, after)
    return lines[index] if index < len(lines) else default
