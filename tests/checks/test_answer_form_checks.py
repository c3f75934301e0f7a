"""``answer.*``: how an answer is written down."""

from __future__ import annotations

import pytest

from drawn import check, drawn, finding, findings, template
from invigilator.checks.finding import Finding


def found_in(answer: str, code: str) -> list[Finding]:
    """The findings with that code of an answer below a blank line."""
    analysis = check(f"### Question 1\n> Answer:\n\n{answer}\n", select=[code])
    return [found for _, found in analysis.placed()]


# --- answer.setext-heading --------------------------------------------------------------------------------------------


def test_dashes_below_text_make_a_heading() -> None:
    found, _, _, _ = findings(
        """
        ### Question 1
        > Answer:

        One paragraph
        of two lines.
        ---
        ^^^ answer.setext-heading

        And another.
          -----··
          ^^^^^ answer.setext-heading

        > In a quote.
        > ---
          ^^^ answer.setext-heading

        - In a list.
          --
          ^^ answer.setext-heading
        """,
        only="answer.setext-heading",
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "heading of the text above" in found.message
    assert "blank line" in found.message


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_dashes_below_text_with_any_line_ending(end: str) -> None:
    text = "### Question 1\n> Answer:\n\none\n---\n\ntwo\n".replace("\n", end)
    (found,) = check(text, select=["answer.setext-heading"]).findings[0]
    assert text[found.span.start : found.span.end] == "---"


@pytest.mark.parametrize(
    "answer",
    [
        "one\n\n---\n",
        "one\n***\n",
        "one\n- - -\n",
        "one\n===\n",  # meant as a heading
        "one\n--- two\n",
        "    code\n---\n",
        "```\none\n---\n```",
        "# one\n---\n",
        "- one\n---\n",  # a rule, since the text is in a list
        "> one\n---\n",
        "one\n    ---\n",
        "| a |\n|---|\n| b |",
        "--- question 1 fill here ---\n---\n",  # not answered yet
    ],
)
def test_dashes_that_make_no_heading(answer: str) -> None:
    assert found_in(answer, "answer.setext-heading") == []


def test_a_prompt_may_have_headings() -> None:
    findings("### Question 1\n\nDo tell\n---\n\n> Answer:\n\nSo.\n", only="answer.setext-heading")


def test_dashes_below_a_line_with_a_bar_make_a_heading_too() -> None:
    assert len(found_in("this | that\n---\n", "answer.setext-heading")) == 1


# --- answer.placeholder-dashes ----------------------------------------------------------------------------------------


def test_the_dashes_of_the_placeholder() -> None:
    both, in_front, behind = findings(
        """
        ### Question 1
        > Answer:

        --- We built it. ---
        ^^^ answer.placeholder-dashes

        ### Question 2
        > Answer:

        ---We built it.
        ^^^ answer.placeholder-dashes

        ### Question 3
        > Answer:

        We built it.

        And ran it.---
                   ^^^ answer.placeholder-dashes
        """
    )
    assert {one.severity for one in (both, in_front, behind)} == {"hint"}
    assert {one.rule.tags for one in (both, in_front, behind)} == {("unnecessary",)}
    assert [one.variant for one in (both, in_front, behind)] == ["both", "", "behind"]
    assert "in front of your answer and behind it" in both.message
    assert "in front of your answer." in in_front.message
    assert "behind your answer." in behind.message
    assert (both.question, behind.question) == (1, 3)


@pytest.mark.parametrize(
    "answer",
    [
        "---\nWe did. ---",
        "--- We did.\n---\n\n--- We did. ---",
        "---\n\nWe did.\n\n---",
        "--- We did. --",
        "-- We did. ---",
        "---  ![a](figures/a.png)---",
        "--- We did.\n\n> quoted\n\nAnd so on. ---  \n\n",
        "**Note** and so on ---",
        "--- We did.\n\n--- question 1 fill here ---",
        "> --- We did. ---",
    ],
)
def test_dashes_are_kept_in_many_ways(answer: str) -> None:
    assert len(found_in(answer, "answer.placeholder-dashes")) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "---\n\nWe did.",  # a rule
        "We did.\n\n---",
        "We did.\n---",  # a heading, and that is said
        "We did - so - it.",
        "- We did.",
        "---- We did. ----",
        "We did. --",
        "-- We did.",
        "We --- did.",
        "`---`",
        "    --- a/file\n    +++ b/file",
        "```\n--- a\n```",
        "| a | b |\n| --- | ---",
        "--- question 1 fill here ---",
        "--- question 1 fill here ---\n\nWe did.",
        "<!-- so ---",
        "——— We did. ———",
    ],
)
def test_other_dashes(answer: str) -> None:
    assert found_in(answer, "answer.placeholder-dashes") == []


def test_dashes_that_make_a_heading_are_only_that() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        --- We did.
        ^^^ answer.placeholder-dashes
        ---
        ^^^ answer.setext-heading
        """
    )


def test_another_templates_placeholder_may_have_no_dashes() -> None:
    text = "### Question 1\n> Answer:\n\n--- We did. ---\n"
    found = [
        len(check(text, select=["answer.placeholder-dashes"], placeholder=placeholder).findings[0])
        for placeholder in ("TODO", "--- here ---")
    ]
    assert found == [0, 1]


def test_dashes_on_the_markers_line() -> None:
    findings("### Question 1\nAnswer: --- We did. ---\n        ^^^ answer.placeholder-dashes\n")


def test_dashes_with_carriage_returns() -> None:
    text, ((span, _),), _ = drawn(
        """
        ### Question 1␍
        > Answer:␍
        ␍
        We did. ---␍
                ^^^ dashes
        ␍
        """
    )
    (found,) = check(text).findings[0]
    assert (found.code, found.span) == ("answer.placeholder-dashes", span)


# --- answer.in-quote --------------------------------------------------------------------------------------------------


def test_a_quoted_answer() -> None:
    found, lone, free = findings(
        """
        ### Question 1

        > Do tell.
        > Answer:
        > We did this
        ^ answer.in-quote
        >
        > > and that.

        ### Question 2
        > Answer:
        >
        ^ answer.in-quote

        We did.

        ### Question 3
        > Answer:

        As somebody said:
          >so it is
          ^ answer.in-quote
        and so on
        """
    )
    assert (found.severity, found.variant) == ("information", "")
    assert "2 lines of your answer are quoted" in found.message
    assert "counts 4 words too many" in found.message
    assert (lone.severity, lone.variant) == ("information", "lone")
    assert "by itself as a word" in lone.message
    assert (free.severity, free.variant) == ("hint", "free")
    assert "1 line of your answer is quoted" in free.message
    assert "too many" not in free.message


def test_every_quote_by_itself() -> None:
    assert [found.variant for found in found_in("> a\n\nb\n\n>c\n\n- > d", "answer.in-quote")] == ["", "free", ""]


@pytest.mark.parametrize(
    "answer",
    [
        "a > b",
        "```\n> a\n```",
        "    > a",
        "a\n\n    > b",
        r"\> a",
        "<!--\n> a\n-->",
        "> --- question 1 fill here ---",
        ">>>>>>> theirs",
    ],
)
def test_what_is_no_quote(answer: str) -> None:
    assert found_in(answer, "answer.in-quote") == []


def test_the_words_said_are_those_that_the_check_counts() -> None:
    for answer in ("> a\n> b", ">a\n>b", "> > a\n>> b", ">\n> a\nlazy", "> a\n>\tb\n>"):
        question = f"### Question 1\n> Answer:\n\n{answer}\n"
        (found,) = check(question, select=["answer.in-quote"]).findings[0]
        counts = check(question).questions[0].question.counts
        plain = check(question.replace(answer, answer.replace(">", ""))).questions[0].question.counts
        assert counts is not None
        assert plain is not None
        assert dict(found.facts)["words"] == counts.words - plain.words, answer


# --- answer.joins-quote -----------------------------------------------------------------------------------------------


def test_an_answer_that_is_drawn_into_the_prompts_quote() -> None:
    below, same_line, image = findings(
        """
        ### Question 1

        > Do tell.
        > Answer:
        We did it.
        ^^ answer.joins-quote

        ### Question 2
        > *Answer:* We did
                    ^^ answer.joins-quote
        it.

        ### Question 3
        > Answer:
          ![a](figures/a.png) is it
          ^^^^^^^^^^^^^^^^^^^ answer.joins-quote
        """
    )
    assert {one.severity for one in (below, same_line, image)} == {"hint"}
    assert [one.variant for one in (below, same_line, image)] == ["", "same-line", ""]
    assert "Put a blank line below the marker." in below.message
    assert "on a line of its own" in same_line.message


@pytest.mark.parametrize(
    "text",
    [
        "> Answer:\n\nWe did.",
        "> Answer:\n>\nWe did.",
        "Answer:\nWe did.",
        "Answer: We did.",
        "> Answer:\n- We did.",
        "> Answer:\n1. We did.",
        "> Answer:\n# We did",
        "> Answer:\n```\nWe did.\n```",
        "> Answer:\n<div>We did.</div>",
        "> Answer:\n> We did.",  # wholly in a quote, and that is said
        "> Answer:\n***\nWe did.",
        "> Answer:\n--- question 1 fill here ---",
        "> Answer:\n--- question 1 fill here ---\n\nWe did.",
        "> Answer:",
    ],
)
def test_an_answer_by_itself(text: str) -> None:
    findings(f"### Question 1\n{text}\n", only="answer.joins-quote")


def test_with_carriage_returns_it_is_drawn_in_as_well() -> None:
    found = finding(
        """
        ### Question 1␍
        > Answer:␍
        Übung is it.␍
        ^^^^^ answer.joins-quote
        """
    )
    assert found.variant == ""


# --- answer.text-vanishes ---------------------------------------------------------------------------------------------


def test_a_word_in_angle_brackets() -> None:
    found, *_ = findings(
        """
        ### Question 1
        > Answer:

        Run gs://<project-id>/<Name> on <date> and <time>, <https://example.org>, <b>not</b> 3 < 4 > 2.
                 ^^^^^^^^^^^^ answer.text-vanishes
                              ^^^^^^ answer.text-vanishes
                                        ^^^^^^ answer.text-vanishes
                                                   ^^^^^^ answer.text-vanishes

        <group name>
        ^^^^^^^^^^^^ answer.text-vanishes

        | a |
        |---|
        | <cell> |
          ^^^^^^ answer.text-vanishes
        """,
        only="answer.text-vanishes",
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "never see" in found.message
    assert "back-ticks" in found.message
    assert "project" not in found.message


@pytest.mark.parametrize(
    "answer",
    [
        "`<name>`",
        "```\n<name>\n```",
        "    <name>",
        r"\<name>",
        "<!-- <name> -->",
        "<https://example.org/name>",
        "<mailto:someone@example.org> <someone@example.org>",
        "< name >",
        "<5>",
        "<br> <br/> <BR /> <hr>",
        '<details open><summary>More</summary>text</details> <a href="x">y</a>',
        "<sub>1</sub> <kbd>a</kbd> <table><tr><td>a</table>",
        "<time>noon</time>",
        '<input type="checkbox">',
        '<img src="figures/a.png">',
        "[a](<b>)",
        "![a](figures/<name>.<png>)",
        "![a](figures/<a name>.<png>)",  # no image, and that is said
    ],
)
def test_what_readers_see(answer: str) -> None:
    assert found_in(answer, "answer.text-vanishes") == []


def test_a_pair_of_tags_is_told_once() -> None:
    assert len(found_in("<name>me</name>", "answer.text-vanishes")) == 1
    assert len(found_in("me</name>", "answer.text-vanishes")) == 1


# --- in all -----------------------------------------------------------------------------------------------------------


def test_a_blank_report_is_written_down_well() -> None:
    assert {found.code for _, found in check(template(5), select=["answer.*"]).placed()} == {"answer.missing"}
