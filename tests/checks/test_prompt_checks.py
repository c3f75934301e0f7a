"""``prompt.*`` and ``limits.*``: what prompts ask for, against edition and script."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check, finding, findings
from invigilator.checks.finding import Finding
from invigilator.official.editions import EDITIONS
from reports import script

EDITION = next(edition for edition in EDITIONS if edition.label == "2023")


def report(without: tuple[int, ...] = (), marker_gone: tuple[int, ...] = ()) -> str:
    """A report of a known edition whose prompts state its limits, but for the questions `without`."""
    parts = []
    for number, (words, *_) in EDITION.constraints.items():
        length = f"> Answer length: {words.low}-{words.high} words.\n>\n" if words and number not in without else ""
        marker = "" if number in marker_gone else "> Answer:\n"
        parts.append(f"### Question {number}\n\n> **Do tell.**\n>\n{length}{marker}\nSo it is.\n")
    return "\n".join(parts)


def removed(text: str, **configuration: Any) -> list[Finding]:
    return [found for _, found in check(text, select=["prompt.*"], **configuration).placed()]


# --- prompt.limit-removed ---------------------------------------------------------------------------------------------


def test_a_length_line_is_gone() -> None:
    (found,) = removed(report(without=(5,)))
    assert (found.code, found.severity, found.question) == ("prompt.limit-removed", "hint", 5)
    assert found.span == (0, len("### Question 5"))
    assert "100 to 200 words" in found.message
    assert "Put it back above `Answer:`." in found.message
    assert "other" not in found.message


@pytest.mark.parametrize(("without", "others"), [((6, 9), "1 other,"), ((6, 8, 9), "2 others,")])
def test_of_several_the_first_is_told(without: tuple[int, ...], others: str) -> None:
    (found,) = removed(report(without))
    assert (found.question, found.variant) == (6, "more")
    assert f"this question and {others}" in found.message


def test_nothing_is_gone() -> None:
    assert removed(report()) == []


def test_a_question_without_its_marker_has_another_fault() -> None:
    assert removed(report(without=(5,), marker_gone=(5,))) == []
    (found,) = removed(report(without=(5, 8), marker_gone=(5,)))
    assert (found.question, found.variant) == (8, "")


def test_a_question_that_never_had_such_a_line() -> None:
    # the edition asks for images only there
    assert EDITION.constraints[20].words is None
    assert removed(report(without=(1, 2, 19, 20, 21))) == []


def test_another_length_is_a_length() -> None:
    assert removed(report().replace("100-200 words", "at most 150 words", 1)) == []


def test_without_an_edition_nothing_can_be_gone() -> None:
    findings("### Question 1\n\n> Do tell.\n>\n> Answer:\n\nSo.\n")


def test_where_it_is_told() -> None:
    told = """\
### Question 3
^^^^^^^^^^^^^^ prompt.limit-removed
"""
    picture = report(without=(3,)).replace("### Question 3\n", told)
    findings(picture, only="prompt.*")


# --- limits.disagree --------------------------------------------------------------------------------------------------


def test_the_script_asks_for_something_else() -> None:
    found = finding(
        """
        ### Question 1

        > **Do tell.**
        >
        > Recommended answer length: 100-200 words.··
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ limits.disagree
        >
        > Answer:
        """,
        {"report.py": script({1: ((50, 100), None)}, 1)},
        only="limits.*",
    )
    assert (found.severity, found.question, found.variant) == ("information", 1, "")
    assert "The prompt asks for 100 to 200 words, the report.py beside it for 50 to 100 words." in found.message


def test_words_and_images() -> None:
    words, images = findings(
        """
        ### Question 1

        > Do tell.
        > Answer length: 100-200 words.
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ limits.disagree
        > Upload 1-2 images.
          ^^^^^^^^^^^^^^^^^^ limits.disagree
        > Answer:
        """,
        {"report.py": script({1: (None, (1, 3))}, 1)},
        only="limits.*",
    )
    assert words.variant == "none"
    assert "sets no such limit" in words.message
    assert "1 to 2 images" in images.message
    assert "1 to 3 images" in images.message


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("Answer length: 100-200 words.", (100, 200)),
        ("At most 60 words.", (0, 60)),
        ("Do tell.", (100, 200)),
        ("Do tell.", None),
    ],
)
def test_both_say_the_same(said: str, bounds: tuple[int, int] | None) -> None:
    text = f"### Question 1\n\n> {said}\n> Answer:\n\nSo.\n"
    findings(text, {"report.py": script({1: (bounds, None)}, 1)}, only="limits.*")


def test_a_limit_that_is_said_over_two_lines_is_told_at_the_heading() -> None:
    findings(
        """
        ### Question 1
        ^^^^^^^^^^^^^^ limits.disagree

        > Answer length: 100-
        > 200 words.
        > Answer:
        """,
        {"report.py": script({1: ((50, 100), None)}, 1)},
        only="limits.*",
    )


def test_without_a_script_nobody_disagrees() -> None:
    findings("### Question 1\n\n> Answer length: 100-200 words.\n> Answer:\n", {}, only="limits.*")


def test_the_configuration_has_decided() -> None:
    text = "### Question 1\n\n> Answer length: 100-200 words.\n> Answer:\n\nSo.\n"
    beside = {"report.py": script({1: ((50, 100), None)}, 1)}
    findings(text, beside, only="limits.*", limits={"1": {"words": [1, 9]}})


def test_with_carriage_returns() -> None:
    text = "### Question 1\n\n> Do tell. \n> Answer length: 1-2 words. \n> Answer:\n".replace("\n", "\r\n")
    (found,) = check(text, {"report.py": script({1: ((5, 9), None)}, 1)}, select=["limits.*"]).findings[0]
    assert text[found.span.start : found.span.end] == "Answer length: 1-2 words."
