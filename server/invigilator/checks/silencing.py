"""``<!-- invigilator: ignore figure.remote -->``: a comment that silences what begins on the line directly below it.

It names codes or patterns of codes, with commas or spaces between; with none it silences all there is on that line. It
may stand behind quote marks, in a list or at the end of a line; in code it is no comment. What silences nothing gets a
finding itself, so that no comment outlives what it was written for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from invigilator.checks.finding import Finding, Rule
from invigilator.report.sections import Section
from invigilator.text import Span

UNUSED: Final = Rule(
    "ignore.unused",
    "hint",
    "An ignore comment, or a code in one, that silences nothing.",
    {
        "": "Nothing on the line directly below has the code {code}, so this silences nothing. Delete it.",
        "all": "There is nothing to silence on the line directly below. Delete this comment.",
        "unknown": "This is no code of a finding, so it silences nothing. Delete it.",
        "near": "This is no code of a finding, so it silences nothing. Did you mean {near}?",
        "order": "This comment does nothing: the only order it can give is `ignore`, "
        "as in <!-- invigilator: ignore figure.remote -->.",
    },
    tags=("unnecessary",),
)

_COMMENT: Final = re.compile(r"<!--[ \t]*invigilator[ \t]*:(?P<words>(?:(?!<!--)[^\r\n])*?)-->", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\s,]+")


class IgnoreComment(NamedTuple):
    """A comment on `line` of its section; `codes` are the patterns in it, each with its place, none meaning all.

    An order that is not understood has the place of its word as `order`.
    """

    line: int
    span: Span
    codes: tuple[tuple[str, Span], ...]
    order: Span | None


def may_hold_comment(section: Section) -> bool:
    """Whether a section can hold such a comment; never false where it does."""
    known = section.kept.get("may ignore")
    if known is None:
        known = section.kept["may ignore"] = "<!--" in section.text and "invigilator" in section.text.lower()
    return known is True


def comments_of(section: Section, code: Sequence[Span] = ()) -> tuple[IgnoreComment, ...]:
    """The comments of a section, in order; `code` is where its code stands."""
    if not may_hold_comment(section):
        return ()
    return tuple(
        _comment(section, match)
        for match in _COMMENT.finditer(section.text)
        if not any(block.start <= match.start() < block.end for block in code)
    )


def _comment(section: Section, match: re.Match[str]) -> IgnoreComment:
    span, line = Span(*match.span()), section.source.line_of(match.start())
    order, *codes = [
        (word[0].casefold(), Span(*word.span())) for word in _WORD.finditer(section.text, *match.span("words"))
    ] or [("", span)]
    return IgnoreComment(line, span, tuple(codes), None if order[0] == "ignore" else order[1])


def hear(
    section: Section,
    findings: Sequence[Finding],
    comments: Sequence[IgnoreComment],
    above: Sequence[IgnoreComment],
    below: Sequence[Finding],
    known: Collection[str],
) -> tuple[Finding, ...]:
    """The findings of a section that no comment silences, and behind them what is to be said of its comments.

    `comments` are the section's own, `above` those on the last line of the section above, `below` the findings on the
    first line of the section below; `known` has all codes there are.
    """
    by_line: dict[int, list[Finding]] = {}
    for finding in findings:
        by_line.setdefault(section.source.line_of(finding.span.start), []).append(finding)
    silenced: set[int] = set()  # by identity: two findings may be equal
    hints: list[Finding] = []
    last = _last_line(section)
    for comment in reversed(comments):  # what is said of a comment can be silenced by one above it
        there = by_line.get(comment.line + 1, [])
        heard = [*there, *(below if comment.line == last else ())]
        for hint in _unused(comment, heard, section.number, known):
            hints.append(hint)
            by_line.setdefault(comment.line, []).append(hint)
        silenced.update(id(finding) for finding in there if _silences(comment, finding.code))
    for comment in above:
        silenced.update(id(finding) for finding in by_line.get(0, ()) if _silences(comment, finding.code))
    return tuple(finding for finding in (*findings, *reversed(hints)) if id(finding) not in silenced)


def on_last_line(section: Section, comments: Sequence[IgnoreComment]) -> list[IgnoreComment]:
    """Those of its comments whose line below is the first one of the next section."""
    last = _last_line(section)
    return [comment for comment in comments if comment.line == last]


def on_first_line(section: Section, findings: Sequence[Finding]) -> list[Finding]:
    """Those of its findings that begin on its first line."""
    return [finding for finding in findings if section.source.line_of(finding.span.start) == 0]


def _last_line(section: Section) -> int:
    """A section ends with its last line's ending; only the report's last may not."""
    return section.line_breaks - 1


def _silences(comment: IgnoreComment, code: str) -> bool:
    if comment.order is not None:
        return False
    return not comment.codes or any(fnmatchcase(code, pattern) for pattern, _ in comment.codes)


def _unused(
    comment: IgnoreComment, heard: Sequence[Finding], question: int | None, known: Collection[str]
) -> list[Finding]:
    if comment.order is not None:
        return [UNUSED.finding(comment.order, question, "order")]
    if not comment.codes:
        return [] if heard else [UNUSED.finding(comment.span, question, "all")]
    hints: list[Finding] = []
    for pattern, span in comment.codes:
        if any(fnmatchcase(finding.code, pattern) for finding in heard):
            continue
        if any(fnmatchcase(code, pattern) for code in known):
            hints.append(UNUSED.finding(span, question, "", {"code": pattern}))
            continue
        near = difflib.get_close_matches(pattern, known, n=1, cutoff=0.6)
        hints.append(UNUSED.finding(span, question, "near" if near else "unknown", {"near": "".join(near)}))
    return hints
