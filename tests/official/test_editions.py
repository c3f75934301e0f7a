"""Which edition a report was written in, from the numbers of its headings and what its prompts say."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from invigilator.official.editions import EDITIONS, Recognised, recognise
from invigilator.report.limits import prompt_constraint
from invigilator.report.model import Bounds, Constraint, Limit, Limits

BY_LETTER = {edition.letter: edition for edition in EDITIONS}

# The key words by which an edition is told, in prompts that are otherwise our own.
FREE_7, TESTS_7 = "> **Count your tests.**", "> **Count your tests; what are\n> they *testing*?**"
OPEN_3, THIRD_3 = "> **Name any open-source\n> frameworks.**", "> **Name a third-party package.**"
AI_31, PLAIN_31 = "> **Who did what? And *generative*\n> AI?**", "> **Who did what?**"


def said(prompts: dict[int, str]) -> dict[int, Constraint]:
    return {number: prompt_constraint(prompt) for number, prompt in prompts.items()}


def found(numbers: Sequence[int], prompts: dict[int, str]) -> str:
    """The letters of the editions that are left; empty where none was recognised."""
    recognised = recognise(numbers, prompts, said(prompts))
    return "".join(edition.letter for edition in recognised.candidates) if recognised else ""


def to(last: int, *, without: Sequence[int] = (), first: int = 1) -> list[int]:
    return [number for number in range(first, last + 1) if number not in without]


@pytest.mark.parametrize(
    ("letter", "number", "constraint"),
    [
        ("A", 2, (None, None)),
        ("A", 7, (None, None)),
        ("B", 7, ((50, 100), None)),
        ("A", 18, ((50, 100), None)),
        ("C", 18, ((100, 200), None)),
        ("D", 14, ((200, 300), (1, 3))),
        ("D", 20, (None, (1, 1))),
        ("D", 25, ((200, 400), (1, 1))),
        ("D", 27, ((50, 200), None)),
        ("E", 6, ((100, 200), None)),
        ("E", 20, (None, (1, 2))),
        ("E", 25, ((100, 200), None)),
        ("E", 28, ((0, 200), None)),
        ("E", 29, ((200, 400), (1, 1))),
        ("E", 31, ((50, 200), None)),
        ("F", 31, ((50, 300), None)),
        ("F", 3, ((100, 200), None)),
        ("G", 3, ((0, 200), None)),
        ("G", 31, ((50, 300), None)),
    ],
)
def test_the_tables(letter: str, number: int, constraint: tuple[object, object]) -> None:
    assert BY_LETTER[letter].constraints[number] == (*constraint, None)


def test_numbers_of_questions_and_dropped_heads() -> None:
    assert [(edition.letter, edition.questions, edition.dropped_head) for edition in EDITIONS] == [
        *[(letter, 27, 43) for letter in "ABCD"],
        *[(letter, 31, 0) for letter in "EFG"],
    ]
    assert [edition.label for edition in EDITIONS] == ["2023", "2023", "2024", "2024", "2025", "2025", "2026"]
    assert all(sorted(edition.constraints) == to(edition.questions) for edition in EDITIONS)


@pytest.mark.parametrize(
    ("numbers", "letters"),
    [
        (to(27), "ABCD"),
        (to(31), "EFG"),
        (to(28), "ABCD"),  # a stray heading of a real report
        (to(30), "EFG"),
        (to(40), "EFG"),
        (to(25), "ABCD"),
        (to(20), "ABCD"),
        (to(19), ""),
        ([], ""),
        ([0, *[1] * 40], ""),
        (list(reversed(to(31))), ""),
        (to(27, without=(3, 9)), "ABCD"),
        (to(31, first=12), "EFG"),
        (to(31, first=13), ""),
        ([*to(10), 5, *to(27, first=11)], "ABCD"),  # a heading typed twice
        ([*to(27), 3], "ABCD"),
        ([99, *to(27), 2024], "ABCD"),
    ],
)
def test_the_headings_tell_27_from_31(numbers: Sequence[int], letters: str) -> None:
    assert found(numbers, {}) == letters


def test_29_headings_are_settled_by_what_the_prompts_say() -> None:
    assert found(to(29), {}) == "EFG"
    assert found(to(29), {24: "Answer length: 25-100 words.", 29: "Who are you?"}) == "ABCD"
    assert found(to(29), {24: "Answer length: 100-200 words."}) == "EFG"


@pytest.mark.parametrize(
    ("last", "prompts", "letters"),
    [
        (27, {7: "Answer length: 50-100 words."}, "BCD"),
        (27, {18: "Answer length: 50-100 words."}, "A"),
        (27, {18: "Answer length: 100-200 words."}, "BCD"),
        (31, {31: "Answer length: 50-200 words."}, "E"),
        (31, {31: "Answer length: 50-300 words."}, "FG"),
        (31, {3: "Answer length: 0-200 words."}, "G"),
        (31, {14: "Upload 1 to 3 screenshots."}, "EFG"),  # says nothing of words, so contradicts nothing
        (31, {19: "Upload one image."}, ""),
        (27, {1: "Answer length: 10-20 words."}, ""),  # no edition limits it
        (27, {40: "Answer length: 10-20 words."}, "ABCD"),  # no edition has it
    ],
)
def test_what_contradicts_a_prompt_is_dropped(last: int, prompts: dict[int, str], letters: str) -> None:
    assert found(to(last), prompts) == letters


@pytest.mark.parametrize(
    ("last", "prompts", "letters"),
    [
        (27, {7: FREE_7}, "A"),
        (27, {7: TESTS_7}, "BCD"),
        (27, {7: "> \n>\n"}, "ABCD"),  # the prompt is gone
        (31, {31: AI_31}, "FG"),
        (31, {31: PLAIN_31}, "E"),
        (31, {3: OPEN_3}, "G"),
        (31, {3: THIRD_3}, "EF"),
        (31, {3: "> **Name what you used.**"}, "EFG"),
        (31, {3: OPEN_3, 31: AI_31}, "G"),
        (31, {3: THIRD_3, 31: AI_31}, "F"),
        (31, {3: THIRD_3, 31: PLAIN_31}, "E"),
        (31, {7: FREE_7}, "EFG"),  # the rule tells apart others
        (31, {3: f"{OPEN_3}\n>\n> Example:\n> *We used the third-party framework X.*"}, "G"),
        (31, {3: "> **Name it.**\n>\n> Example:\n> *We used the third-party framework X.*"}, "EFG"),
        (31, {3: OPEN_3, 31: "Who? Answer length: 50-200 words."}, "E"),  # a rule that would leave none is left out
        (27, {7: FREE_7, 18: "Answer length: 100-200 words."}, "BCD"),
    ],
)
def test_wording_decides_among_the_rest(last: int, prompts: dict[int, str], letters: str) -> None:
    assert found(to(last), prompts) == letters


def test_the_newest_edition_counts_and_what_it_alone_says_is_assumed() -> None:
    recognised = recognise(to(27), {}, {})
    assert recognised is not None
    assert (recognised.edition, recognised.questions, recognised.dropped_head) == ("2024", 27, 43)
    assert recognised.limits(18) == Limits(
        words=Limit(Bounds(100, 200), "edition", assumed=True), images=Limit(None, "edition")
    )
    assert recognised.limits(7).words == Limit(Bounds(50, 100), "edition", assumed=True)
    assert recognised.limits(19) == Limits(Limit(None, "edition"), Limit(Bounds(1, 2), "edition"))
    assert recognised.limits(1) == Limits(Limit(None, "edition"), Limit(None, "edition"))
    assert recognised.limits(28) == Limits()


def test_one_edition_left_assumes_nothing() -> None:
    recognised = Recognised((BY_LETTER["E"],))
    assert (recognised.edition, recognised.questions, recognised.dropped_head) == ("2025", 31, 0)
    assert all(not limit.assumed for number in to(31) for limit in recognised.limits(number) if limit)
