"""The official check's verdict: whether it runs, what passes, and whose limits an answer is judged by."""

from __future__ import annotations

import re

import pytest

from invigilator.official.split import split
from invigilator.official.verdict import JudgedAnswer, Rules, Verdict, judge
from invigilator.report.model import Bounds, Constraint

RULES = Rules(3, {1: Constraint(), 2: Constraint(Bounds(2, 3)), 3: Constraint(Bounds(1, None), Bounds(1, 1))}, 0)


def report(*answers: str) -> str:
    return "".join(f"### Question {number}\n> Answer:\n{answer}\n" for number, answer in enumerate(answers, start=1))


def verdict(text: str, rules: Rules = RULES) -> Verdict:
    """The verdict, with every marker belonging to the question heading above it."""
    owners = [text[: match.start()].count("### Question") or None for match in re.finditer("Answer:", text)]
    return judge(split(text, "Answer:", rules.dropped_head), rules, lambda marker: owners[marker])


def test_a_report_that_passes() -> None:
    assert verdict(report("", "a b", "c ![d](e)")) == Verdict(
        runs=True,
        error=None,
        passed=3,
        total=3,
        answers=(JudgedAnswer(1, 1, 0, 0, True), JudgedAnswer(2, 2, 2, 0, True), JudgedAnswer(3, 3, 2, 1, True)),
    )


@pytest.mark.parametrize(
    ("second", "third", "passed"),
    [
        ("a", "b ![c](d)", (True, False, True)),
        ("a b", "![c](d)", (True, True, True)),
        ("a b c", "![c](d)", (True, True, True)),
        ("a b c d", "![c](d)", (True, False, True)),
        ("", "", (True, False, False)),
        ("a b", "b", (True, True, False)),
        ("a b", "![c](d) ![e](f)", (True, True, False)),
        ("a ## b", "![c](d)", (True, False, True)),
        ("a b ## c d", "![c](d)", (True, True, True)),
    ],
)
def test_limits_are_inclusive(second: str, third: str, passed: tuple[bool, ...]) -> None:
    found = verdict(report("", second, third))
    assert tuple(answer.passed for answer in found.answers) == passed
    assert found.passed == sum(passed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (report("", "a b"), 2),
        (report("", "a b", "c", "d"), 4),
        (report("", "a b", "c ### d"), 4),
        (report("", "a b", "c Answer: d"), 3),
        ("no marker", 1),
        ("", 1),
    ],
)
def test_another_number_of_answers_stops_the_check(text: str, found: int) -> None:
    result = verdict(text)
    assert len(result.answers) == found
    assert result.runs == (found == 3)
    if not result.runs:
        assert result.error == f"ValueError: {found} answers found, 3 expected"
        assert (result.passed, result.total) == (None, None)
        assert {answer.passed for answer in result.answers} == {None}
        assert result.shifted == ()


def test_a_text_without_a_marker_belongs_to_no_question() -> None:
    assert verdict("one two").answers == (JudgedAnswer(1, None, 2, 0, None),)


def test_two_mistakes_that_cancel_shift_the_answers_between_them() -> None:
    text = (
        report("", "a b", "c d ![e](f)").replace("### Question 2\n> Answer:", "### Question 2\n") + "### Question 4\n"
    )
    result = verdict(text)
    assert result.runs
    assert [(answer.place, answer.question) for answer in result.answers] == [(1, 1), (2, 3), (3, 3)]
    assert [answer.place for answer in result.shifted] == [2]
    assert result.of_question(3) == result.answers[1]
    assert result.of_question(2) is None


def test_a_place_without_a_constraint_passes() -> None:
    assert verdict(report("", "", ""), Rules(3, {}, 0)).passed == 3


def test_the_dropped_head_is_dropped() -> None:
    text = "Answer: " + "x" * 40 + "\n" + report("", "a b", "![c](d)")
    assert not verdict(text).runs
    assert verdict(text, RULES._replace(dropped_head=43)).runs
