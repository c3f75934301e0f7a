"""The third kind of limit: how characters are counted, and what prompts say of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import examples
from invigilator.report.counting import characters, nth_character
from invigilator.report.limits import prompt_constraint

Ends = tuple[int | None, int | None] | None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" \n\t ", 0),
        ("abc", 3),
        ("\n\n a b \n", 3),
        ("a\nb", 3),
        ("a\r\nb", 3),
        ("\r\na\r\n\r\nb\r\n", 4),
        ("a\rb", 3),
        ("**a** [b](c)", 12),
        ("字é🚲", 3),
    ],
)
def test_how_characters_are_counted(text: str, count: int) -> None:
    assert characters(text) == count


@examples(200)
@given(st.lists(st.sampled_from(["a", " ", "\n", "\r\n", "字"])).map("".join), st.integers(0, 12))
def test_the_nth_character_has_n_before_it(text: str, index: int) -> None:
    at = nth_character(text, index)
    start = len(text) - len(text.lstrip())
    if at < len(text):
        assert len(text[start:at].replace("\r\n", "\n")) == index
    else:
        assert len(text[start:].replace("\r\n", "\n")) <= index


@pytest.mark.parametrize(
    ("prompt", "words", "limit"),
    [
        ("max 2000 characters", None, (None, 2000)),
        ("Max. 2,000 characters", None, (None, 2000)),
        ("Describe it (max. 2.000 characters).", None, (None, 2000)),
        ("Max 2 000 characters", None, (None, 2000)),
        ("At most 1,500 characters including spaces.", None, (None, 1500)),
        ("At most 1500 characters (incl. spaces).", None, (None, 1500)),
        ("Character limit: 3000", None, (None, 3000)),
        ("> **Character limit:** 3,000", None, (None, 3000)),
        ("Character count: 100-200", None, (100, 200)),
        ("Maximum number of characters: 250", None, (None, 250)),
        ("Minimum characters: 250", None, (250, None)),
        ("Length (characters): 500-800", None, (500, 800)),
        ("Answer length: 100-200 characters", None, (100, 200)),
        ("Limit: 3000 characters", None, (None, 3000)),
        ("500-800 characters", None, (500, 800)),
        ("500–800 characters", None, (500, 800)),
        ("Describe it. (500 to 800 characters)", None, (500, 800)),
        ("Write between 500 and 800 characters.", None, (500, 800)),
        ("3000 characters max", None, (None, 3000)),
        ("A 2000-character limit applies.", None, (None, 2000)),
        ("There is a character limit of 1500.", None, (None, 1500)),
        ("There is a word limit of 250.", (None, 250), None),
        ("Do not exceed 4000 characters.", None, (None, 4000)),
        ("Up to 1,000 chars", None, (None, 1000)),
        ("Limit your answer to 1500 characters.", None, (None, 1500)),
        ("Say it in 280 characters.", None, (None, 280)),
        ("At least 200 characters, at most 900.", None, (200, 900)),
        ("Answer length: 200-300 words (max 2,000 characters)", (200, 300), (None, 2000)),
        ("Answer length: 200-300 words, at most 2,000 characters", (200, 300), (None, 2000)),
        ("Answer length: max 1 000 words", (None, 1000), None),
        # a count without spaces is another count: nothing is said of ours
        ("Max 2000 characters without spaces.", None, None),
        ("Max 2000 characters (excl. spaces).", None, None),
        ("Max 2000 characters, spaces not included.", None, None),
        ("Character limit (excluding spaces): 3000", None, None),
        ("Max 2000 characters without spaces. At most 300 words.", (None, 300), None),
        # other texts, and amounts that limit nothing
        ("Your password must be at least 8 characters long.", None, None),
        ("Lines should be at most 80 characters.", None, None),
        ("The tokenizer was trained with a string of at most 512 characters.", None, None),
        ("How many characters has your data, more than 5000 characters?", None, None),
        ("Limit: 3", None, None),
        ("What are the 3 main characters?", None, None),
        ("Use about 500 characters.", None, None),
        ("At most 300 characters per figure.", None, None),
    ],
)
def test_what_a_prompt_asks_for(prompt: str, words: Ends, limit: Ends) -> None:
    assert prompt_constraint(prompt) == (words, None, limit)
