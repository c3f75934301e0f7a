"""Words and images as the course's check counts them, and where it stops reading."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drawn import drawn, examples
from invigilator.report.counting import (
    Counts,
    official_counts,
    official_end,
    official_images,
    official_words,
    prose_words,
    without_comments,
)

PIECES = [
    "![",
    "](",
    ")",
    "]",
    "(",
    "!",
    "[",
    "a",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\u2028",
    "\x85",
    "\x0c",
    "![a](b.png)",
    "\\",
    "#",
    "##",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def as_read_by_the_script(text: str) -> str:
    """The script opens the report as text, so every line ending arrives as ``\\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@examples(150)
@given(TEXTS)
@example("![![](b)](c)")
@example("![a\n](b) ![c](d")
@example("![a](b\r)")
def test_images_are_the_matches_of_the_scripts_expression(text: str) -> None:
    found = [text[start:end] for start, end in official_images(text)]
    assert found == re.findall(r"!\[.*?\]\(.*?\)", as_read_by_the_script(text))


def test_where_the_images_are() -> None:
    text, ranges, _ = drawn(
        """
        a ![b](c) [d](e) ![f] (g) ![](h.png "i")
          ^^^^^^^
                         ^^^^^^^^^^^^^^^^^^^^^^^
        `![j](k)` <!-- ![l](m) --> ![n](o p
         ^^^^^^^
                       ^^^^^^^
        q) ![r
        ](s) \\![t](u)
              ^^^^^^^
        """
    )
    assert tuple(official_images(text)) == tuple(span for span, _ in ranges)


def test_an_image_may_hold_every_separator_but_a_line_ending() -> None:
    assert len(list(official_images("![a\u2028b](c\x85\x0c)"))) == 1
    assert not list(official_images("![a](b\r)"))
    assert not list(official_images("![a\n](b)"))


def test_a_line_of_open_brackets_takes_no_time() -> None:
    start = time.perf_counter()
    assert not list(official_images("![" * 50_000 + "](" * 50_000))
    assert time.perf_counter() - start < 0.5


@examples(150)
@given(st.text(st.characters(codec="utf-8"), max_size=40) | TEXTS)
def test_words_are_those_of_str_split(text: str) -> None:
    assert official_words(text) == len(text.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n ", 0),
        ("one two\nthree", 3),
        ("> one", 2),
        ("- one - two", 4),
        ("![one two](three.png)", 2),
        ("<!-- one -->", 3),
        ("one\ufefftwo", 1),  # no white space to Python, though it is to JavaScript
        ("\ufeff", 1),
        ("one\u200btwo", 1),
        ("one\u2028two", 2),
        ("one\u00a0two\u3000three", 3),
        ("one\x1ctwo\x85three", 3),
        ("--- question 3 fill here ---", 6),
    ],
)
def test_words_by_example(text: str, words: int) -> None:
    assert official_words(text) == words


@examples(150)
@given(TEXTS)
@example("a## b ### c")
@example("a### b ## c")
@example("a####b")
@example("a#")
def test_an_answer_ends_where_the_scripts_two_cuts_end_it(text: str) -> None:
    assert text[: official_end(text)] == text.split("###")[0].split("##")[0]


@examples(150)
@given(TEXTS)
def test_counts_are_of_the_cut_answer_and_of_the_last_one_whole(text: str) -> None:
    read = as_read_by_the_script(text)
    cut = read.split("###")[0].split("##")[0].strip("\n")
    for counted, whole in ((cut, False), (read.strip("\n"), True)):
        images = re.findall(r"!\[.*?\]\(.*?\)", counted)
        assert official_counts(text, whole=whole) == Counts(len(counted.split()), len(images))


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        ([], 0),
        (["one, two", "three"], 3),
        (["- — … 🚲 * _ #"], 0),
        (["3 x² é 字"], 4),
        (["one-two"], 1),
        (["\u200b \ufeff"], 0),
    ],
)
def test_prose_words_hold_a_letter_or_a_digit(pieces: list[str], words: int) -> None:
    assert prose_words(pieces) == words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a<!-- b -->c", "ac"),
        ("<!-- a --><!-- b -->", ""),
        ("a <!-- b", "a <!-- b"),
        ("<!-- a\nb --> c --> d", " c --> d"),
        ("<!--> a -->", ""),
        ("-->", "-->"),
    ],
)
def test_a_text_without_its_comments(text: str, left: str) -> None:
    assert without_comments(text) == left
