"""A report's text and its surroundings in, one analysis out."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check, drawn, template, words
from invigilator.analysis import analyse, matches
from invigilator.surroundings import Nowhere
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png


def limits(text: str, number: int, beside: Any = None, **configuration: Any) -> tuple[Any, Any, Any]:
    """Words, images and the source of the words of a question."""
    analysis = check(text, beside, **configuration)
    (state,) = (one for one in analysis.questions if one.question.number == number)
    found = state.limits
    words_, images = found.word_bounds, found.image_bounds
    return words_ and tuple(words_), images and tuple(images), found.words and found.words.source


SCRIPT = """question_constraints = {
    'question_1': LengthConstraints(min_length=7, max_length=8),
    'question_2': NoConstraints(),
}
"""


# --- what is a report -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Title\n\nAnswer: 42\n",
        "### Question 1\n\nWhat?\n",
        "## Question 1\n> Answer:\n",
        "> Answer:\n\n### Question 1\n",
        "![a](none.png) <<<<<<< HEAD\n",
    ],
)
def test_any_other_document_is_left_alone(text: str) -> None:
    analysis = check(text, {"report.py": "syntax error", "figures/a.png": png()}, questions=3)
    assert not analysis.is_report
    assert (analysis.verdict, analysis.questions, list(analysis.placed()), analysis.problems) == (None, (), [], ())


@pytest.mark.parametrize("text", ["### Question 1\n> Answer:", "### Question 1\n### Question 2\nAnswer: a"])
def test_a_question_with_a_marker_is_a_report(text: str) -> None:
    assert check(text).is_report


# --- limits, by their sources -----------------------------------------------------------------------------------------


def test_the_first_source_that_says_something_wins() -> None:
    text = template(27, prompt="Answer length: 100-200 words.")
    assert limits(text, 3) == ((100, 200), None, "prompt")
    assert limits(template(27), 3) == ((100, 200), None, "edition")
    assert limits(text, 1, {"report.py": SCRIPT}) == ((7, 8), None, "report.py")
    assert limits(text, 1, {"report.py": SCRIPT}, limits={"1": {"words": [1, 2]}}) == ((1, 2), None, "config")


def test_a_script_that_says_none_means_none() -> None:
    text = template(2, prompt="Answer length: 100-200 words + 1 image.")
    assert limits(text, 2, {"report.py": SCRIPT}) == (None, None, "report.py")
    assert limits(text, 1, {"report.py": SCRIPT}) == ((7, 8), None, "report.py")


def test_configuration_that_says_none_means_none() -> None:
    text = template(1, prompt="Answer length: 100-200 words + 1 image.")
    assert limits(text, 1, limits={"1": {"words": "none"}}) == (None, (1, 1), "config")


def test_each_kind_has_its_own_source() -> None:
    text = template(1, prompt="Insert 1-2 images.")
    assert limits(text, 1, limits={"1": {"words": [5, 6]}}) == ((5, 6), (1, 2), "config")


def test_a_script_that_cannot_be_read_is_a_problem_and_no_source() -> None:
    analysis = check(template(1, prompt="Answer length: 1-2 words."), {"report.py": "def:\n"})
    assert analysis.questions[0].limits.words is not None
    assert analysis.questions[0].limits.words.source == "prompt"
    (problem,) = analysis.problems
    assert (problem.path, problem.line) == ("report.py", 1)


# --- the official check -----------------------------------------------------------------------------------------------


def test_the_script_makes_the_verdict() -> None:
    analysis = check(template(2, {1: words(7)}), {"report.py": SCRIPT})
    assert analysis.verdict is not None
    assert (analysis.verdict.runs, analysis.verdict.passed, analysis.verdict.total) == (True, 2, 2)
    analysis = check(template(2), {"report.py": SCRIPT})
    assert analysis.verdict is not None
    assert [answer.passed for answer in analysis.verdict.answers] == [False, True]


def test_the_configurations_number_and_limits_make_one() -> None:
    verdict = check(template(2), questions=2, limits={"1": {"words": [7, 8]}}).verdict
    assert verdict is not None
    assert [answer.passed for answer in verdict.answers] == [False, True]


def test_the_recognised_edition_makes_one() -> None:
    verdict = check(template(27)).verdict
    assert verdict is not None
    assert (verdict.runs, verdict.passed) == (True, 3)  # questions 1, 2 and 7 of 2022 are free


@pytest.mark.parametrize("text", [template(19), template(3)])
def test_without_any_of_them_there_is_none(text: str) -> None:
    assert check(text).verdict is None


def test_the_head_that_older_editions_drop() -> None:
    for questions, runs in ((27, True), (31, False)):
        verdict = check("Answer:" + template(questions)).verdict
        assert verdict is not None
        assert verdict.runs == runs


def test_the_verdict_decides_whether_an_unanswered_question_fails() -> None:
    # by its own limits question 2 would pass, but the check judges its answer by those of question 1
    text = template(3).replace(
        "### Question 1\n\n> **Tell us.**\n>\n> Answer:", "### Question 1\n\n> **Tell us.**\n>\n"
    )
    analysis = check(text + "\n### Question 4\n> Answer:\nd\n", questions=3, limits={"1": {"words": [50, 60]}})
    assert analysis.verdict is not None
    assert analysis.verdict.shifted
    severities = {f.question: f.severity for _, f in analysis.placed() if f.code == "answer.missing"}
    assert severities == {2: "warning", 3: "information"}
    assert [state.passed for state in analysis.questions] == [None, True, True, True]


# --- the findings that are wanted -------------------------------------------------------------------------------------


MANY = template(2, {1: "[a](b.png) ![c] (d.png)"})


@pytest.mark.parametrize(
    ("configuration", "codes"),
    [
        ({}, ["figure.link", "figure.not-shown", "answer.missing"]),
        ({"select": ["figure.*"]}, ["figure.link", "figure.not-shown"]),
        ({"ignore": ["figure.*"]}, ["answer.missing"]),
        ({"select": ["figure.*", "answer.missing"], "ignore": ["figure.link"]}, ["figure.not-shown", "answer.missing"]),
        ({"severity": {"figure.link": "off"}}, ["figure.not-shown", "answer.missing"]),
        ({"ignore": ["*"]}, []),
    ],
)
def test_which_findings_are_wanted(configuration: dict[str, Any], codes: list[str]) -> None:
    assert [finding.code for _, finding in check(MANY, **configuration).placed()] == codes


def test_other_severities() -> None:
    analysis = check(MANY, severity={"figure.*": "error", "answer.missing": "hint"})
    assert [finding.severity for _, finding in analysis.placed()] == ["error", "error", "hint"]


def test_the_first_severity_that_fits_is_taken() -> None:
    analysis = check(MANY, severity={"figure.link": "hint", "figure.*": "error"}, ignore=["answer.*"])
    assert [finding.severity for _, finding in analysis.placed()] == ["hint", "error"]


def test_what_is_ignored_still_counts_as_a_cause() -> None:
    text = template(3).replace("> Answer:\n\n--- question 2", "\n--- question 2")
    (found,) = (f for _, f in check(text, questions=3, select=["report.*"]).placed())
    assert "question 2" in found.message


@pytest.mark.parametrize(
    ("patterns", "match"),
    [(["figure.*"], True), (["figure.link"], True), (["*"], True), (["figure"], False), ([], False)],
)
def test_patterns_of_codes(patterns: list[str], match: bool) -> None:
    assert matches("figure.link", patterns) == match


# --- places -----------------------------------------------------------------------------------------------------------


def test_findings_come_in_document_order() -> None:
    analysis = check(template(3, {1: "[a](b.png) ![c] (d.png) [e](f.png)"}))
    spans = [analysis.span_in_text(section, finding.span) for section, finding in analysis.placed()]
    assert len(spans) == 5
    assert spans == sorted(spans)


@pytest.mark.parametrize(
    ("picture", "number"),
    [
        ("# Report\n  |\n\n### Question 1\n> Answer:\n", None),
        ("# Report\n\n### Question 1\n|\n> Answer:\n", 1),
        ("### Question 1\n> Answer:\na\n |\n### Question 2\n> Answer:\n", 1),
        ("### Question 1\n> Answer:\na\n### Question 2\n|\n> Answer:\n", 2),
        ("### Question 1\n> Answer:\na\n## Deployment\n    |\n### Question 2\n> Answer:\n", None),
        ("### Question 1\n> Answer:\na\n\n|\n", 1),
    ],
)
def test_the_question_at_a_cursor(picture: str, number: int | None) -> None:
    text, _, cursor = drawn(picture)
    assert cursor is not None
    state = check(text).question_at(cursor)
    assert (state.question.number if state else None) == number


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_the_same_text_and_surroundings_are_the_same_analysis() -> None:
    surroundings, settings = MemorySurroundings({"figures/a.png": png()}), {"questions": 3}
    first = analyse(template(3), surroundings, settings)
    assert analyse(template(3), surroundings, settings, first) is first


def test_a_change_beside_the_report_is_seen() -> None:
    surroundings = MemorySurroundings({})
    settings: dict[str, object] = {}
    first = analyse(template(1, {1: "![a](figures/a.png)"}), surroundings, settings)
    assert [finding.code for _, finding in first.placed()] == ["figure.not-found"]
    surroundings.write("figures/a.png", png())
    assert surroundings.refresh()
    second = analyse(template(1, {1: "![a](figures/a.png)"}), surroundings, settings, first)
    assert list(second.placed()) == []


def test_other_settings_are_seen() -> None:
    nowhere = Nowhere()
    first = analyse(template(1), nowhere, {})
    second = analyse(template(1), nowhere, {"limits": {"1": {"words": [7, 8]}}}, first)
    assert [f.severity for _, f in first.placed()] == ["information"]
    assert [f.severity for _, f in second.placed()] == ["warning"]


def test_a_configuration_that_is_wrong_is_a_problem_and_the_rest_goes_on() -> None:
    analysis = check(template(1), questions="many", limits={"1": {"words": [7, 8]}})
    (problem,) = analysis.problems
    assert problem.path == "editor settings"
    assert "questions" in problem.message
    assert [f.severity for _, f in analysis.placed()] == ["warning"]
