"""``question.*`` against the original template: renumbered, moved, merged, deleted questions by their names."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check, finding
from invigilator.checks.finding import Finding
from invigilator.checks.order import swapped
from template.templates import ASKED, BESIDE, answered, prompt, question


def found(text: str, **configuration: Any) -> list[Finding]:
    analysis = check(text, BESIDE, select=["question.*", "marker.*", "report.*"], **configuration)
    return [finding for _, finding in analysis.placed()]


def named(text: str) -> list[tuple[str, str, int | None]]:
    return [(one.code.removeprefix("question."), one.variant, one.question) for one in found(text)]


def with_headings(**headings: int) -> str:
    """The answered report, some of its questions (`q2=7`) under another number."""
    others = [question(int(name[1:]), "So.", heading) for name, heading in headings.items()]
    text = answered()
    for name, other in zip(headings, others, strict=True):
        number = int(name[1:])
        text = text.replace(question(number, f"This is what we say to number {number}."), other)
    return text


def test_all_is_there() -> None:
    assert named(answered()) == []


def test_the_template_says_how_many_there_are() -> None:
    assert named(answered(numbers=(1, 2, 3, 5))) == [("missing", "deleted", 4)]
    text = answered() + question(1, "So.", 9, prompt(1, "What else is there to say about bridges in general, if any?"))
    assert named(text) == [("unknown", "", 9)]
    (one,) = found(text)
    assert "The template has 5 questions, and no question 9." in one.message


def test_deleted() -> None:
    (one,) = found(answered(numbers=(1, 2, 3, 5)))
    assert "its heading and its prompt" in one.message
    assert "behind question 3" in one.message
    assert "`> Answer:` line" in one.message


def test_merged_into_the_one_above() -> None:
    one = finding(
        """
        ### Question 1

        > **Who are you, and which bridge did you build? Name every member of your group.**
        >
        > Answer:

        We are three.

        > **How did you make sure that the bridge holds? Explain which loads you have tried and what broke first.**
            ^^^^^^^^^^^^^^^^^^^^^ question.missing
        >
        > Answer:

        We jumped on it.
        """,
        {**BESIDE, "template.md": question(1) + question(2)},
        only="question.*",
    )
    assert (one.variant, one.question) == ("merged", 2)
    assert "in question 1. Put `### Question 2` back above it." in one.message


def test_merged_is_one_defect() -> None:
    assert named(answered().replace("### Question 4\n", "")) == [("missing", "merged", 4)]


def test_the_first_heading_is_gone() -> None:
    (one,) = [one for one in found(answered().replace("### Question 1\n", "")) if one.code == "question.missing"]
    assert (one.variant, one.question) == ("merged", 1)
    assert "outside every question" in one.message


def test_a_misspelt_heading_is_named_as_before() -> None:
    text = answered().replace("### Question 4\n", "## Question 4\n")
    assert ("missing", "level", 4) in named(text)


def test_renumbered_to_a_number_that_there_is_not() -> None:
    text = with_headings(q3=33)
    assert named(text) == [("unknown", "renumbered", 33)]
    (one,) = found(text)
    assert one.message == "The template has no question 33, and this is its question 3: write `### Question 3`."


def test_renumbered_to_anothers() -> None:
    text = with_headings(q3=2)
    assert named(text) == [("duplicate", "renumbered", 2)]
    (one,) = found(text)
    assert (
        one.message == "Two headings have the number 2, and this is the template's question 3: write `### Question 3`."
    )


def test_the_one_with_the_wrong_number_may_be_the_first() -> None:
    text = with_headings(q2=3)
    (one,) = found(text)
    section = check(text, BESIDE).outline.sections
    assert (one.variant, dict(one.facts)["number"]) == ("renumbered", 2)
    assert [number.number for number in section if number.number] == [1, 3, 3, 4, 5]


def test_two_have_each_others_number() -> None:
    text = with_headings(q2=3, q3=2)
    assert named(text) == [("out-of-order", "numbers", 3)]
    (one,) = found(text)
    assert "Questions 2 and 3 have each other's number" in one.message
    assert len(one.related) == 1


def test_a_whole_run_is_one_too_low() -> None:
    text = with_headings(q3=2, q4=3, q5=4).replace(question(2, "This is what we say to number 2."), "")
    assert named(text) == [("missing", "deleted", 2), ("out-of-order", "run", 2)]
    run = found(text)[1]
    assert (
        "This is the template's question 3, and its heading says 2; 2 headings below went the same way." in run.message
    )


def test_two_in_each_others_place() -> None:
    text = answered(numbers=(1, 4, 3, 2, 5))
    assert named(text) == [("out-of-order", "swapped", 4)]
    (one,) = found(text)
    assert "Question 4 stands in the wrong place: it has that of question 2" in one.message


def test_one_that_moved() -> None:
    assert named(answered(numbers=(5, 1, 2, 3, 4))) == [("out-of-order", "", 5)]


def test_a_question_of_ones_own_among_renumbered_ones() -> None:
    own = prompt(1, "And what would you tell your grandchildren about all of these bridges some day?")
    text = with_headings(q3=4, q4=5, q5=6).replace(
        "### Question 4\n", f"{question(3, 'So.', asked=own)}\n### Question 4\n", 1
    )
    names = named(text)
    assert ("unknown", "added", 3) in names
    assert not any(name == "missing" for name, _, _ in names)


def test_rewritten_prompts_are_not_taken_for_others() -> None:
    asked = prompt(1, "Tell us in a few words of your own what else you have to say about this and that.")
    assert named(answered(question(2, "So.", asked=asked), question(3, "So.", asked="\n"))) == []


def test_a_template_with_numbers_of_its_own() -> None:
    template = "".join(
        question(number, None, heading) for number, heading in zip(ASKED, (10, 20, 15, 3, 40), strict=True)
    )
    beside = {**BESIDE, "template.md": template}
    assert [one.code for _, one in check(template, beside, select=["question.*"]).placed()] == []
    text = template.replace("### Question 20\n", "### Question 21\n")
    ((_, one),) = check(text, beside, select=["question.*"]).placed()
    assert (one.code, one.variant, dict(one.facts)["number"]) == ("question.unknown", "renumbered", 20)


TASKS = {"heading": r"^## Task (?P<number>\d+)$", "marker": "Text:", "placeholder": r"\(write here, \d+\)"}


def tasks(text: str) -> str:
    for old, new in (("### Question", "## Task"), ("Answer:", "Text:")):
        text = text.replace(old, new)
    for number in ASKED:
        text = text.replace(f"--- question {number} fill here ---", f"(write here, {number})")
    return text


@pytest.mark.parametrize("gone", [2, 4])
def test_another_courses_template(gone: int) -> None:
    template = tasks("".join(question(number) for number in ASKED))
    text = tasks("".join(question(number, "So.") for number in ASKED if number != gone))
    analysis = check(text, {**BESIDE, "template.md": template}, select=["question.*"], **TASKS)
    ((_, one),) = analysis.placed()
    assert (one.code, one.variant, one.question) == ("question.missing", "deleted", gone)
    assert f"`## Task {gone}`" in one.message
    assert "`> Text:` line" in one.message
    assert analysis.verdict is None


def test_the_configurations_number_of_questions_wins() -> None:
    assert found(answered(numbers=(1, 2, 3)), questions=3) == []


@pytest.mark.parametrize(
    ("numbers", "pairs"),
    [
        ([1, 2, 3], []),
        ([2, 1], [(0, 1)]),
        ([1, 4, 3, 2, 5], [(1, 3)]),
        ([5, 1, 2, 3, 4], []),
        ([2, 1, 4, 3], [(0, 1), (2, 3)]),
    ],
)
def test_what_would_be_right_in_each_others_place(numbers: list[int], pairs: list[tuple[int, int]]) -> None:
    assert swapped(numbers) == pairs
