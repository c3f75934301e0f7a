"""Edits of a text: which go together, and what they make of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import Final

from invigilator.checks.finding import Edit, Fix
from invigilator.text import SourceText, Span


def together(fixes: Iterable[Fix]) -> list[Fix]:
    """The fixes that can be applied at once, in their order.

    Of two that edit the same place, or make one file of two others, the later one is left out: it is found again in the
    text that the first one makes.
    """
    taken = _Taken()
    return [fix for fix in fixes if fix.edits and taken.takes(fix)]


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text after the fixes, less those that edit the same place as an earlier one."""
    return edited(SourceText(text), [edit for fix in together(fixes) for edit in fix.edits]).text


def edited(source: SourceText, edits: Iterable[Edit]) -> SourceText:
    """The text after edits that do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        source = source.edited(edit.span, edit.new_text)
    return source


class _Taken:
    """The places that are edited already, and the files that are made."""

    def __init__(self) -> None:
        self._spans: Final[list[Span]] = []
        self._copies: Final[dict[str, str]] = {}  # target: source

    def takes(self, fix: Fix) -> bool:
        """Whether nothing of the fix is in the way of one taken before; then its places are taken as well."""
        if any(map(self._is_in_the_way, (edit.span for edit in fix.edits))):
            return False
        if fix.copy is not None and self._copies.setdefault(fix.copy.target, fix.copy.source) != fix.copy.source:
            return False
        for edit in fix.edits:
            insort(self._spans, edit.span)
        return True

    def _is_in_the_way(self, span: Span) -> bool:
        # The spans taken never overlap, so only the neighbours can. Two that begin at one offset have no order.
        at = bisect_left(self._spans, span)
        neighbours = self._spans[max(at - 1, 0) : at + 1]
        return any(
            span.start == other.start or (span.start < other.end and other.start < span.end) for other in neighbours
        )
