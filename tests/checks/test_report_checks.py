"""``report.*``: what is wrong with the report as a whole."""

from __future__ import annotations

import re

import pytest

from drawn import check, finding, findings, template
from invigilator.checks.finding import Finding


def report_finding(text: str, code: str, **configuration: object) -> Finding:
    analysis = check(text, **configuration)  # type: ignore[arg-type]
    (found,) = (found for _, found in analysis.placed() if found.code == code)
    return found


# --- conflicts --------------------------------------------------------------------------------------------------------

CONFLICT = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n"


def test_a_conflict() -> None:
    found = finding(
        """
        # Report

        ### Question 1
        > Answer:

        <<<<<<< HEAD
        ^^^^^^^^^^^^ report.conflict-marker
        ours
        =======
        theirs
        >>>>>>> branch
        """
    )
    assert (found.severity, found.question) == ("error", 1)
    assert "left by a git merge" in found.message
    assert "delete the other" in found.message


def test_a_conflict_before_the_first_question_and_over_several() -> None:
    findings(
        """
        <<<<<<< HEAD
        ^^^^^^^^^^^^ report.conflict-marker
        # Ours
        =======
        # Theirs
        >>>>>>> branch

        <<<<<<< HEAD
        ^^^^^^^^^^^^ report.conflict-marker
        ### Question 1
        > Answer:

        a

        ### Question 2
        =======
        ### Question 2
        >>>>>>> branch
        > Answer:

        b
        """,
        only="report.*",
    )


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_conflict_with_any_line_ending(end: str) -> None:
    text = f"### Question 1\n> Answer:\n\n{CONFLICT}".replace("\n", end)
    found = report_finding(text, "report.conflict-marker")
    assert text[found.span.start : found.span.end] == "<<<<<<< HEAD"


@pytest.mark.parametrize(
    "text",
    [
        "Title\n=======\n",
        "<<<<<<< HEAD\nours\n",
        "<<<<<<< HEAD\nours\n=======\ntheirs\n",
        "=======\n>>>>>>> branch\n<<<<<<< HEAD\n",
        " <<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n",
        "<<<<<<<HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n",
        "<<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch\n",
        "<<<<<<< HEAD\nours\n======== \ntheirs\n>>>>>>> branch\n",
    ],
)
def test_what_is_no_conflict(text: str) -> None:
    findings(f"### Question 1\n> Answer:\n\n{text}", only="report.*")


# --- the official check stops -----------------------------------------------------------------------------------------


def test_a_lost_marker_stops_the_check() -> None:
    found, cause = findings(
        """
        # Report

        ### Question 1
        ^^^^^^^^^^^^^^ report.unreadable
        > Answer:

        a

        ### Question 2
        ^^^^^^^^^^^^^^ marker.missing

        b

        ### Question 3
        > Answer:

        c
        """,
        questions=3,
    )
    assert (found.severity, found.question) == ("error", None)
    assert {"2", "3"} <= set(found.message.replace(",", " ").split())  # answers found and expected
    assert "Mend the lost marker of question 2." in found.message
    ((section, span, words),) = found.related
    assert (section, span, words) == (2, cause.span, "the lost marker of question 2")


@pytest.mark.parametrize(
    ("old", "new", "cause", "answers"),
    [
        ("### Question 2\n", "### Part 2\n", "the missing question 2", 0),
        ("--- question 2 fill here ---", "Answer:", "the second marker of question 2", 0),
        ("### Question 3\n", "### Question 2\n", "the second heading of question 2", 0),
        ("--- question 3 fill here ---", "### Mine", "the ### in the answer to question 3", 4),
        ("# A project", "Answer: ### A project", "", 4),
        (
            "--- question 1 fill here ---",
            f"--- question 1 fill here ---\n\n{CONFLICT}\n### Question 1\n> Answer:",
            "the merge conflict",
            4,
        ),
    ],
)
def test_the_causes_are_named(old: str, new: str, cause: str, answers: int) -> None:
    text = template(3).replace(old, new)
    analysis = check(text, questions=3)
    assert analysis.verdict is not None
    reported = [found for _, found in analysis.placed() if found.code in ("report.unreadable", "report.shifted")]
    assert bool(reported) == (not analysis.verdict.runs or bool(analysis.verdict.shifted))
    if answers:
        assert len(analysis.verdict.answers) == answers
        assert [found.code for found in reported] == ["report.unreadable"]
    for found in reported:
        assert cause in found.message
        if cause:
            assert cause in [related.message for related in found.related]


def test_at_most_three_causes_are_named() -> None:
    text = template(6)
    for number in (2, 3, 4, 5, 6):
        text = text.replace(f"> Answer:\n\n--- question {number}", f"\n--- question {number}")
    found = report_finding(text, "report.unreadable", questions=6)
    named = "the lost marker of question 2, the lost marker of question 3, the lost marker of question 4"
    assert f"Mend {named} and 2 more such places." in found.message
    assert len(found.related) == 5


def test_the_check_may_stop_for_a_reason_that_no_finding_tells() -> None:
    # the script expects more answers than it has limits for
    script = "question_constraints = [no_constraints]\ndef check():\n    if len(answers) != 2: raise ValueError\n"
    found = report_finding(template(3), "report.unreadable", beside={"report.py": script})
    assert "Mend" in found.message or "Compare" in found.message


def test_without_an_edition_nothing_is_unreadable() -> None:
    findings("### Question 1\n> Answer:\n\na ### b\n", only="report.*")


# --- the official check judges by the wrong limits --------------------------------------------------------------------


def test_two_mistakes_that_cancel_shift_the_answers() -> None:
    found, _cause, _unknown = findings(
        """
        ### Question 1
        ^^^^^^^^^^^^^^ report.shifted
        > Answer:

        a

        ### Question 2
        ^^^^^^^^^^^^^^ marker.missing

        b

        ### Question 3
        > Answer:

        c

        ### Question 4
        ^^^^^^^^^^^^^^ question.unknown
        > Answer:

        d
        """,
        questions=3,
    )
    assert (found.severity, found.question) == ("error", None)
    assert "2 answers" in found.message
    assert re.search("question 3 by .* of question 2", found.message)
    assert "Mend the lost marker of question 2 and the heading of question 4." in found.message
    assert [related.section for related in found.related] == [1, 3]


def test_a_report_in_order_is_not_shifted() -> None:
    findings(template(3), only="report.*", questions=3)


def test_an_answer_above_the_first_question() -> None:
    text = "The word Answer: stands here.\n\n" + template(2).replace("> Answer:\n\n--- question 1", "\n--- question 1")
    found = report_finding(text, "report.shifted", questions=2)
    assert "Mend" in found.message
