"""How the course's ``report.py`` cuts a report into answers, with all its traps.

It knows no questions: it cuts at every ``Answer:``, keeps what is followed by a ``###``, and adds the last piece
whole. So a second marker in a question loses the text between, a ``##`` in an answer cuts it, a ``###`` in the last
answer counts that answer twice, and a lost marker makes one answer too few.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from invigilator.report.counting import Counts, characters, official_counts, official_end


class Piece(NamedTuple):
    """One answer as the check has it: its counts, and which marker of the document (from 0) it stands behind.

    `marker` is None for a text without any marker, which the check takes for one answer.
    """

    counts: Counts
    marker: int | None


def split(text: str, marker: str, dropped_head: int, *, counts_characters: bool = False) -> tuple[Piece, ...]:
    """The answers of `text`; `dropped_head` is how many characters the check drops first (43 or 0)."""
    if "\r" in text:  # it reads the file with universal newlines
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    read = text[dropped_head:]
    pieces = read.split(marker)
    skipped = text.count(marker) - (len(pieces) - 1)
    last = len(pieces) - 1
    count = _counts_with_characters if counts_characters else official_counts
    answers = [Piece(count(piece), skipped + index) for index, piece in enumerate(pieces[1:]) if "###" in piece]
    answers.append(Piece(count(pieces[-1], whole=True), skipped + last - 1 if last else None))
    return tuple(answers)


def _counts_with_characters(piece: str, *, whole: bool = False) -> Counts:
    read = piece if whole else piece[: official_end(piece)]
    return official_counts(piece, whole=whole)._replace(characters=characters(read))


def weigh_the_same(text: str, other: str, marker: str, *, counts_characters: bool = False) -> bool:
    """Whether `other` in place of `text`, both whole lines, leaves what `split` makes of the report around as it is.

    Only then can it be false that the answers are other ones; it may be false where they are not.
    """
    if not marker:  # in another course's template
        return text == other
    pieces, others = text.split(marker), other.split(marker)
    return len(pieces) == len(others) and all(
        piece == twin or (not counts_characters and _weight(piece) == _weight(twin))
        for piece, twin in zip(pieces, others, strict=True)
    )


@lru_cache(maxsize=256)
def _weight(piece: str) -> tuple[bool, bool, Counts, Counts]:
    """All that counts of whole lines between two markers: they are cut by what they hold, and else add up."""
    is_cut = "##" in piece
    counts = official_counts(piece)
    return is_cut, "###" in piece, counts, official_counts(piece, whole=True) if is_cut else counts
