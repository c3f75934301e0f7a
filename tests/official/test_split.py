"""How the course's script cuts a report, against its algorithm written down once more, and its traps by example."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drawn import examples
from invigilator.official.split import Piece, split
from invigilator.report.counting import Counts

PIECES = [
    "Answer:",
    "## ",
    "###",
    "#",
    "\n",
    "\r\n",
    "\r",
    "word ",
    "![a](b.png)",
    "### Question 2\n",
    "> Answer:\n",
    "Answer",
    ":",
    "\ufeff",
    "x" * 20,
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def algorithm(text: str, dropped_head: int) -> list[str]:
    """The script's steps, one by one."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text[dropped_head:]
    answers = []
    per_question = text.split("Answer:")
    for number, piece in enumerate(per_question):
        if number == 0 or "###" not in piece:
            continue
        answers.append(piece.split("###")[0].split("##")[0].strip("\n"))
    answers.append(per_question[-1].strip("\n"))
    return answers


def counts(answers: list[str]) -> list[Counts]:
    return [Counts(len(answer.split()), len(re.findall(r"!\[.*?\]\(.*?\)", answer))) for answer in answers]


def pieces(text: str, dropped_head: int = 0) -> list[Piece]:
    return list(split(text, "Answer:", dropped_head))


@examples(200)
@given(TEXTS, st.sampled_from([0, 43, 5]))
@example("", 0)
@example("Answer:", 43)
@example("Answer: one ### Answer: two ### three", 0)
@example("Answer:" * 8, 43)
@example("\r\n" * 30 + "Answer: a ### b", 43)
def test_the_pieces_are_those_of_the_algorithm(text: str, dropped_head: int) -> None:
    assert [piece.counts for piece in pieces(text, dropped_head)] == counts(algorithm(text, dropped_head))


@examples(200)
@given(TEXTS, st.sampled_from([0, 43]))
def test_every_piece_knows_the_marker_that_it_stands_behind(text: str, dropped_head: int) -> None:
    markers = [match.start() for match in re.finditer("Answer:", text)]
    found = pieces(text, dropped_head)
    for piece in found:
        if piece.marker is None:
            assert len(found) == 1
            continue
        behind = text[markers[piece.marker] + len("Answer:") :].split("Answer:")[0]
        cut = behind.split("###")[0].split("##")[0]
        assert piece.counts in (*counts([cut]), *counts([behind]))
    known = [piece.marker for piece in found if piece.marker is not None]
    assert known == sorted(known)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a text without any marker is one answer, whole
        ("one two", [(None, 2)]),
        ("", [(None, 0)]),
        ("### Question 1\nAnswer: a\n### Question 2\nAnswer: b c\n", [(0, 1), (1, 2)]),
        # two markers in one question: the first text is lost
        ("### Question 1\nAnswer: lost Answer: a b\n### Question 2\nAnswer: c\n", [(1, 2), (2, 1)]),
        # also where the marker stands in a word or in code
        ("### Question 1\nAnswer: lost `MyAnswer: x` y\n### Question 2\nAnswer: c\n", [(1, 2), (2, 1)]),
        # two hashes anywhere cut
        ("### Question 1\nAnswer: a b C## c d\n### Question 2\nAnswer: e\n", [(0, 3), (1, 1)]),
        # a lost marker: one answer too few
        ("### Question 1\nAnswer: a\n### Question 2\nb\n### Question 3\nAnswer: c d\n", [(0, 1), (1, 2)]),
        # three hashes in the last answer: it counts twice, cut and whole
        ("### Question 1\nAnswer: a\n### Question 2\nAnswer: b\n### More\nc d\n", [(0, 1), (1, 1), (1, 5)]),
        # two hashes in the last answer cut nothing
        ("### Question 1\nAnswer: a\n### Question 2\nAnswer: b\n## More\nc d\n", [(0, 1), (1, 5)]),
        # a heading of four hashes cuts like one of three
        ("### Question 1\nAnswer: a\n#### Mine\nb\n### Question 2\nAnswer: c\n", [(0, 1), (1, 1)]),
    ],
)
def test_the_traps(text: str, expected: list[tuple[int | None, int]]) -> None:
    assert [(piece.marker, piece.counts.words) for piece in pieces(text)] == expected


def test_the_dropped_head_may_hold_a_marker_or_half_of_one() -> None:
    text = "Answer: " + "x" * 35 + "Answer: a ### b Answer: c"
    assert [(piece.marker, piece.counts.words) for piece in pieces(text, 43)] == [(1, 1), (2, 1)]
    half = "x" * 40 + "Answer: a ### b Answer: c"
    assert [(piece.marker, piece.counts.words) for piece in pieces(half, 43)] == [(1, 1)]
    assert [(piece.marker, piece.counts.words) for piece in pieces(half, 0)] == [(0, 1), (1, 1)]


def test_a_line_ending_of_two_characters_is_one_of_the_dropped() -> None:
    assert pieces("\r\n" * 43 + "Answer: a", 43) == pieces("\n" * 43 + "Answer: a", 43) == [Piece(Counts(1, 0), 0)]


def test_another_marker() -> None:
    found = split("## Answer: Reply: a ### Reply: b", "Reply:", 0)
    assert list(found) == [Piece(Counts(1, 0), 0), Piece(Counts(1, 0), 1)]
