"""``marker.*``: the line where an answer begins."""

from __future__ import annotations

import pytest

from drawn import finding, findings


def test_a_question_without_its_marker() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        a

        ### Question 2
        ^^^^^^^^^^^^^^ marker.missing

        > What?

        b
        """
    )
    assert (found.severity, found.question) == ("error", 2)
    assert "Question 2 has lost its `Answer:` line" in found.message
    assert "Put a line `> Answer:` between" in found.message


def test_the_heading_is_underlined_without_its_indentation_and_line_ending() -> None:
    findings(
        """
        ### Question 1␍
        > Answer:␍
        ␍
        a␍
          ### Question 2: and so on ##··␍
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ marker.missing
        b
        """
    )


@pytest.mark.parametrize("marker", ["> Answer:", ">Answer:", "> *Answer:*", "Answer:", "> the Answer: so"])
def test_a_question_with_its_marker(marker: str) -> None:
    findings(f"### Question 1\n{marker}\na\n", only="marker.*")


def test_a_second_marker_loses_the_text_between() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        one two three

        > Answer:
          ^^^^^^^ marker.duplicate

        four
        """
    )
    assert (found.severity, found.question) == ("error", 1)
    assert found.message.startswith("A second `Answer:` in question 1: the official check drops the 4 words above it.")


def test_one_word_is_lost() -> None:
    found = finding(
        """
        ### Question 1
        Answer: one

        Answer:
        ^^^^^^^ marker.duplicate
        four
        """
    )
    assert "drops the 1 word above it" in found.message


def test_also_in_the_middle_of_a_line_and_in_code() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        one Answer: two
            ^^^^^^^ marker.duplicate
        `MyAnswer: x`
           ^^^^^^^ marker.duplicate
        """
    )


@pytest.mark.parametrize("between", ["", "\n", "\n\n", "  \n"])
def test_with_only_blank_lines_between_nothing_is_lost(between: str) -> None:
    (found,) = findings(
        f"### Question 1\n> Answer:\n{between}> Answer:\n  ^^^^^^^ marker.duplicate\n\nyes\n",
    )
    assert found.severity == "information"
    assert "with nothing between" in found.message


def test_the_word_in_a_prompt_is_no_second_marker() -> None:
    findings(
        """
        ### Question 1

        > Write your Answer: below.
        > Answer:

        a
        """
    )


def test_a_marker_outside_every_question() -> None:
    found = finding(
        """
        # Report

        The word Answer: stands here.
                 ^^^^^^^ marker.duplicate

        ### Question 1
        > Answer:

        a
        """,
        only="marker.*",
        questions=1,
    )
    assert (found.severity, found.question, found.variant) == ("error", None, "outside")
    assert "outside every question" in found.message


def test_every_marker_outside_a_question_is_found() -> None:
    findings(
        """
        Answer: one
        ^^^^^^^ marker.duplicate
        Answer: two
        ^^^^^^^ marker.duplicate

        ### Question 1
        > Answer:

        a

        ## Deployment

        > Answer:
          ^^^^^^^ marker.duplicate

        ### Question 2
        > Answer:

        b
        """,
        only="marker.*",
        questions=2,
    )


def test_without_an_official_check_a_marker_outside_harms_nobody() -> None:
    findings("The word Answer: stands here.\n\n### Question 1\n> Answer:\n\na\n")


def test_another_templates_marker() -> None:
    found = finding(
        """
        ### Question 1

        Reply: a

        ### Question 2
        ^^^^^^^^^^^^^^ marker.missing

        Answer: b
        """,
        marker="Reply:",
    )
    assert "has lost its `Reply:` line" in found.message
    assert "official" not in found.message
