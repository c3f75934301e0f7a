"""``question.*``: the headings against the edition."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import check, examples, finding, template
from invigilator.checks.questions import longest_run


def codes(text: str, **configuration: object) -> list[tuple[str, object]]:
    return [
        (found.code, dict(found.facts).get("number"))
        for _, found in check(text, **configuration).placed()
        if found.code.startswith("question.")
    ]


def test_a_missing_question_is_told_at_the_one_before_it() -> None:
    found = finding(
        """
        ### Question 1
        ^^^^^^^^^^^^^^ question.missing
        > Answer:

        ### Question 3
        > Answer:
        """,
        only="question.*",
        questions=3,
    )
    assert found.severity == "error"
    assert "Question 2 is missing" in found.message
    assert "behind question 1" in found.message
    assert "`### Question 2`" in found.message
    assert "`> Answer:`" in found.message


def test_a_missing_first_question_is_told_at_the_next() -> None:
    found = finding(
        """
        ### Question 2
        ^^^^^^^^^^^^^^ question.missing
        > Answer:
        """,
        only="question.*",
        questions=2,
    )
    assert "before question 2" in found.message


@pytest.mark.parametrize(
    "heading", ["## Question 2", "#### Question 2", "###Question 2", "### Question2", "# question 2: so"]
)
def test_a_heading_at_another_level_is_told_where_it_stands(heading: str) -> None:
    underlined = "^" * len(heading.partition(":")[0])
    found = finding(
        f"""
        ### Question 1
        > Answer:

        {heading}
        {underlined} question.missing
        > Answer:
        """,
        only="question.*",
        questions=2,
    )
    assert "must be `### Question 2`, with three #" in found.message


@pytest.mark.parametrize(
    "line", ["Question 2", "> ### Question 2", "**Question 2**", "## Question 22", "```\n### Question 2\n```"]
)
def test_what_is_no_such_heading_at_another_level(line: str) -> None:
    (found,) = (f for _, f in check(f"### Question 1\n> Answer:\n\n{line}\n", questions=2).placed() if f.code[0] == "q")
    assert (found.code, found.variant) == ("question.missing", "")


def test_a_second_heading_of_the_same_number() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        ### Question 2
        > Answer:

        ### Question 1
        ^^^^^^^^^^^^^^ question.duplicate
        > Answer:
        """,
        only="question.*",
        questions=2,
    )
    assert (found.severity, found.question) == ("error", 1)
    assert "two headings `Question 1`" in found.message
    ((section, span, words),) = found.related
    assert (section, tuple(span)) == (0, (0, 14))
    assert "first heading" in words


def test_three_of_a_number_are_two_too_many() -> None:
    assert codes("### Question 1\n> Answer:\n" * 3) == [("question.duplicate", 1)] * 2


def test_a_question_in_the_wrong_place() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:
        ### Question 3
        ^^^^^^^^^^^^^^ question.out-of-order
        > Answer:
        ### Question 2
        > Answer:
        ### Question 4
        > Answer:
        """,
        only="question.*",
        questions=4,
    )
    assert (found.severity, found.question) == ("error", 3)
    assert "stands in the wrong place" in found.message


def test_a_question_that_moved_far_is_the_only_one_out_of_order() -> None:
    text = "".join(f"### Question {number}\n> Answer:\n" for number in (5, 1, 2, 3, 4, 6))
    assert codes(text, questions=6) == [("question.out-of-order", 5)]


def test_a_number_that_the_template_does_not_have() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:
        ### Question 2
        ^^^^^^^^^^^^^^ question.unknown
        > Answer:
        """,
        only="question.*",
        questions=1,
    )
    assert (found.severity, found.question) == ("error", 2)
    assert "has 1 question" in found.message
    assert "no question 2" in found.message


def test_nought_is_unknown_too() -> None:
    assert codes("### Question 0\n> Answer:\n### Question 1\n> Answer:\n", questions=1) == [("question.unknown", 0)]


def test_without_an_edition_numbers_may_be_missing() -> None:
    assert codes("### Question 3\n> Answer:\n### Question 70\n> Answer:\n") == []


@pytest.mark.parametrize(("questions", "extra"), [(27, 28), (31, 32)])
def test_a_recognised_edition_knows_its_number(questions: int, extra: int) -> None:
    text = template(questions)
    assert codes(text) == []
    assert codes(text.replace("### Question 9\n", "### Frage 9\n")) == [("question.missing", 9)]
    assert codes(f"{text}\n### Question {extra + 60}\n> Answer:\n") == [("question.unknown", extra + 60)]


def test_nineteen_headings_are_no_edition() -> None:
    assert codes(template(19)) == []
    assert codes(template(20)) == [("question.missing", number) for number in range(21, 28)]


def test_the_script_beside_the_report_says_the_number() -> None:
    script = "question_constraints = {'question_1': NoConstraints(), 'question_2': NoConstraints()}\n"
    found = check("### Question 1\n> Answer:\n", {"report.py": script}).findings[0]
    assert ("question.missing", 2) in [(one.code, dict(one.facts).get("number")) for one in found]


@examples(100)
@given(st.lists(st.integers(1, 9), max_size=8))
def test_the_longest_run_is_a_longest_one(numbers: list[int]) -> None:
    run = longest_run(numbers)
    assert all(one < other for one, other in pairwise(run))
    remaining = iter(numbers)
    assert all(number in remaining for number in run)
    rising = (
        length
        for length in range(len(numbers), -1, -1)
        for part in combinations(numbers, length)
        if all(one < other for one, other in pairwise(part))
    )
    assert len(run) == next(rising)
