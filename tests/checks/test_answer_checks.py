"""``answer.*``: what is wrong with an answer's text."""

from __future__ import annotations

import pytest

from drawn import check, drawn, finding, findings, template, words


def limits(words_: list[int | None] | None = None, images: list[int | None] | None = None) -> dict[str, object]:
    """The configuration's limits of question 1."""
    both = {"words": words_, "images": images}
    return {"1": {kind: bounds for kind, bounds in both.items() if bounds}}


# --- answer.missing ---------------------------------------------------------------------------------------------------


def test_an_untouched_placeholder_that_fails() -> None:
    found = finding(
        """
        ### Question 1

        > Answer length: 10-20 words. Insert 1-2 images.
        > Answer:
          ^^^^^^^ answer.missing

        --- question 1 fill here ---
        """
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "Question 1 is not answered yet (10 to 20 words and 1 to 2 images)." in found.message
    assert "Write below this marker" in found.message


def test_an_untouched_placeholder_that_passes() -> None:
    found = finding(
        """
        ### Question 1

        > Answer:
          ^^^^^^^ answer.missing

        --- question 1 fill here ---
        """
    )
    assert found.severity == "information"
    assert "passes" in found.message or "lets that pass" in found.message


@pytest.mark.parametrize(
    ("low", "severity"),
    [(6, "information"), (7, "warning")],  # the placeholder has six words
)
def test_whether_the_check_fails_it_decides(low: int, severity: str) -> None:
    text = template(2, {2: "yes"})
    (found,) = check(text, limits=limits([low, 99]), questions=2, select=["answer.missing"]).findings[1]
    assert found.severity == severity


def test_it_says_every_kind_that_is_asked_for() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:
          ^^^^^^^ answer.missing
        """,
        limits={"1": {"words": [5, 9], "images": [1, 1], "characters": {"max": 1500}}},
    )
    assert "(5 to 9 words and at most 1500 characters and exactly 1 image)" in found.message


def test_it_replaces_too_short_and_too_few() -> None:
    findings(
        """
        ### Question 1
        > Answer:
          ^^^^^^^ answer.missing
        """,
        limits=limits([5, 9], [1, 1]),
    )


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "\n\n",
        "> >\n",
        "***",
        "---",
        "<!-- later -->",
        "question 1 fill here",
        "-- Question 1  Fill here -",
        "--- question 1 fill here ---\n\n--- question 1 fill here ---",
        "> --- question 1 fill here ---",
        "```\n```",
        "\ufeff\u200b",
        "#",
    ],
)
def test_nothing_written(answer: str) -> None:
    text = f"### Question 1\n> Answer:\n\n{answer}\n"
    (found,) = check(text, limits=limits([50, None]), select=["answer.*"]).findings[0]
    assert found.code == "answer.missing"


@pytest.mark.parametrize(
    "answer", ["a", "7", "> a", "![](figures/a.png)", "字", "?", "--- question 1 fill here --- a", "…"]
)
def test_something_written(answer: str) -> None:
    codes = [found.code for found in check(f"### Question 1\n> Answer:\n\n{answer}\n").findings[0]]
    assert "answer.missing" not in codes


def test_text_behind_the_marker_is_an_answer() -> None:
    findings("### Question 1\nAnswer: Group 7\n")


def test_a_question_without_a_marker_is_not_missing_its_answer_too() -> None:
    findings(
        """
        ### Question 1
        ^^^^^^^^^^^^^^ marker.missing

        ### Question 2
        > Answer:

        b
        """
    )


# --- characters -------------------------------------------------------------------------------------------------------


def test_too_few_characters() -> None:
    found = finding(
        """
        ### Question 1

        > 20-30 characters.
        > Answer:
          ^^^^^^^ answer.too-short

        One two three.
        """
    )
    assert found.message == "14 characters, at least 20 are asked for: write 6 more."


def test_too_many_characters() -> None:
    found = finding(
        """
        ### Question 1

        > At most 10 characters including spaces.
        > Answer:

        One two three.
                ^^^^^^ answer.too-long
        """
    )
    assert found.message == "14 characters, at most 10 are allowed: cut 4 characters."


@pytest.mark.parametrize("limit", [7, 8])
def test_the_first_word_over_the_limit(limit: int) -> None:
    """The seventh character ends "two", the eighth is the space behind it: "three" is the first word over."""
    findings(
        """
        ### Question 1
        > Answer:

        One two three.
                ^^^^^^ answer.too-long
        """,
        limits={"1": {"characters": {"max": limit}}},
    )


def test_line_endings_of_two_characters_count_once() -> None:
    text = "### Question 1\r\n> Answer:\r\n\r\nab\r\n\r\ncd ef\r\n"
    (found,) = check(text, limits={"1": {"characters": {"max": 7}}}, select=["answer.*"]).findings[0]
    assert found.message == "9 characters, at most 7 are allowed: cut 2 characters."
    assert text[found.span.start : found.span.end] == "ef"


def test_words_and_characters_are_two_limits() -> None:
    findings(
        """
        ### Question 1

        > Answer length: 1-2 words (max 3 characters)
        > Answer:

        One two three.
            ^^^ answer.too-long
                ^^^^^^ answer.too-long
        """
    )


def test_right_many_characters() -> None:
    findings("### Question 1\n> 3-5 characters\n>\n> Answer:\n\nabcde\n\n")


# --- answer.too-short -------------------------------------------------------------------------------------------------


def test_too_short() -> None:
    found = finding(
        """
        ### Question 1

        > Answer length: 5-9 words.
        > Answer:
          ^^^^^^^ answer.too-short

        One two three.
        """
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "3 words" in found.message
    assert "at least 5" in found.message
    assert "write 2 more" in found.message
    assert "reader" not in found.message


def test_too_short_by_the_official_count_says_what_a_reader_sees() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:
          ^^^^^^^ answer.too-short

        - One [two](https://example.org) ![three four](figures/five.png)
        """,
        only="answer.*",
        limits=limits([9, None]),
    )
    assert "5 words" in found.message
    assert "write 4 more" in found.message
    assert "a reader sees 2" in found.message


def test_one_word() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:
          ^^^^^^^ answer.too-short

        One.
        """,
        limits=limits([2, 9]),
    )
    assert found.message.startswith("1 word, ")


def test_what_stands_behind_two_hashes_does_not_count() -> None:
    findings(
        """
        ### Question 1
        > Answer:
          ^^^^^^^ answer.too-short

        one two

        ## Three
        ^^^^^^^^ answer.heading

        four five six

        ### Question 2
        > Answer:

        b
        """,
        limits=limits([3, 9]),
    )


@pytest.mark.parametrize(("count", "code"), [(2, "answer.too-short"), (3, None), (5, None), (6, "answer.too-long")])
def test_limits_are_inclusive(count: int, code: str | None) -> None:
    found = check(f"### Question 1\n> Answer:\n\n{words(count)}\n", limits=limits([3, 5])).findings[0]
    assert [one.code for one in found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("bounds", "count", "code"),
    [
        ([None, 5], 1, None),
        ([3, None], 99, None),
        ([None, 5], 6, "answer.too-long"),
        ([3, None], 2, "answer.too-short"),
    ],
)
def test_open_limits(bounds: list[int | None], count: int, code: str | None) -> None:
    ends = dict(zip(("min", "max"), bounds, strict=True))
    given = {"1": {"words": {end: value for end, value in ends.items() if value is not None}}}
    found = check(f"### Question 1\n> Answer:\n\n{words(count)}\n", limits=given).findings[0]
    assert [one.code for one in found] == ([code] if code else [])


# --- answer.too-long --------------------------------------------------------------------------------------------------


def test_too_long_is_told_at_the_first_word_over_the_limit() -> None:
    found = finding(
        """
        ### Question 1

        > Answer length: 1-3 words.
        > Answer:

        One *two*
        three four-and-more five.
              ^^^^^^^^^^^^^ answer.too-long
        """
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "5 words" in found.message
    assert "at most 3" in found.message
    assert "cut 2 words" in found.message


def test_one_word_too_many() -> None:
    found = finding(
        """
        ### Question 1
        Answer: one two
                    ^^^ answer.too-long
        """,
        limits=limits([1, 1]),
    )
    assert "cut 1 word" in found.message
    assert "cut 1 words" not in found.message


def test_words_are_cut_at_every_white_space() -> None:
    text, ((span, _),), _ = drawn(
        """
        ### Question 1
        > Answer:

        a\u2028b\u00a0c\x1cd\u200be f\ufeffg
              ^^^ over
        """
    )
    (found,) = check(text, limits={"1": {"words": {"max": 3}}}).findings[0]
    assert (found.code, found.span) == ("answer.too-long", span)


def test_the_placeholder_beside_an_answer_counts_too() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        one

        --- question 1 fill here ---
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ answer.placeholder-left
            ^^^^^^^^ answer.too-long
        """,
        limits=limits([1, 2]),
    )


def test_an_untouched_placeholder_can_be_too_long() -> None:
    codes = [found.code for found in check(template(1), limits=limits([1, 2])).findings[1]]
    assert "answer.missing" in codes


# --- answer.heading ---------------------------------------------------------------------------------------------------


def test_a_heading_in_an_answer() -> None:
    found, inside, code = findings(
        """
        ### Question 1
        > Answer:

        one

        #### Our *way* ##
        ^^^^^^^^^^^^^^^^^ answer.heading

        two three

        ### Question 2
        > Answer:

        In C## and F## it is the same.
            ^^ answer.heading

        ### Question 3
        > Answer:

        ```python
        ## a comment
        ^^ answer.heading
        ```

        ### Question 4
        > Answer:

        # fine
        """,
        only="answer.*",
    )
    assert {one.severity for one in (found, inside, code)} == {"warning"}
    assert "6 words from here on are not counted" in found.message
    assert "bold" in found.message
    assert "in the middle of a line" in inside.message
    assert "7 words from here on are not counted" in inside.message
    assert "in code too" in code.message
    assert "Write a single `#`" in code.message


def test_one_word_is_lost() -> None:
    (found,) = check("### Question 1\nAnswer:\na b##\n### Question 2\nAnswer:\nb\n").findings[0]
    assert "1 word from here on is not counted" in found.message


def test_only_the_first_heading_is_told() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        a
        ## b
        ^^^^ answer.heading
        ## c
        d
        ### Question 2
        > Answer:

        d
        """
    )


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_heading_with_any_line_ending(end: str) -> None:
    text = "### Question 1\nAnswer:\na\n## Our way ##\nb\n### Question 2\nAnswer:\nc\n".replace("\n", end)
    (found,) = check(text).findings[0]
    assert text[found.span.start : found.span.end] == "## Our way ##"
    assert found.variant == ""


def test_in_the_last_answer_two_hashes_harm_nobody() -> None:
    findings("### Question 1\n> Answer:\n\na ## b\n", only="answer.*")


def test_in_the_last_answer_three_hashes_make_it_count_twice() -> None:
    found, consequence = findings(
        """
        ### Question 1
        ^^^^^^^^^^^^^^ report.unreadable
        > Answer:

        a ## b

        ### More
        ^^^^^^^^ answer.heading
        """,
        questions=1,
    )[::-1]
    assert "count that answer twice" in found.message
    assert "Mend the ### in the answer to question 1." in consequence.message


# --- answer.placeholder-left ------------------------------------------------------------------------------------------


def test_a_placeholder_beside_an_answer() -> None:
    found, _ = findings(
        """
        ### Question 1
        > Answer:

        We did.

        --- question 1 fill here ---
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ answer.placeholder-left

        And more: -- Question 1 fill here.
                  ^^^^^^^^^^^^^^^^^^^^^^^ answer.placeholder-left
        """
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "Delete it" in found.message


@pytest.mark.parametrize("text", ["--- We did. ---", "question one fill here", "Fill here: question 1", "---"])
def test_what_is_no_placeholder(text: str) -> None:
    findings(f"### Question 1\n> Answer:\n\na\n\n{text}\n", only="answer.placeholder-left")


def test_another_templates_placeholder() -> None:
    findings(
        """
        ### Question 1
        > Answer:

        yes TODO no
            ^^^^ answer.placeholder-left
        """,
        placeholder="TODO",
    )


# --- answer.unclosed --------------------------------------------------------------------------------------------------


def test_a_fence_that_nothing_closes() -> None:
    found, _ = findings(
        """
        ### Question 1
        > Answer:

        text

        ```python
        ^^^^^^^^^ answer.unclosed
        code

        ### Question 2
        > Answer:

        - item
          ~~~~
          ^^^^ answer.unclosed
          ~~~
        """,
        only="answer.*",
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "never closed" in found.message
    assert "Put ``` on a line of its own" in found.message


def test_the_fence_to_write_is_as_long_as_the_opening_one() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        ~~~~~
        ^^^^^ answer.unclosed
        code
        ~~~
        """,
        only="answer.*",
    )
    assert "~~~~~" in found.message


def test_a_comment_that_nothing_closes() -> None:
    found = finding(
        """
        ### Question 1
        > Answer:

        text

        <!-- note
        ^^^^ answer.unclosed

        ### Question 2
        > Answer:

        b --> c
        """
    )
    assert (found.severity, found.question) == ("warning", 1)
    assert "-->" in found.message


@pytest.mark.parametrize(
    "answer",
    [
        "```\na\n```",
        "~~~\na\n~~~",
        "<!-- a -->",
        "<!-- a\n\nb --> c",
        "a `` b",
        "text <!-- a",
        "`<!--`",
        "```\n<!--\n```",
        "> ```\n> a\n\nb",
    ],
)
def test_what_is_closed(answer: str) -> None:
    findings(f"### Question 1\n> Answer:\n\n{answer}\n\n### Question 2\n> Answer:\n\nb\n", only="answer.unclosed")


def test_typing_three_back_ticks_says_nothing_of_other_questions() -> None:
    answers = {1: "one", 2: "two\n\n```", 3: "```\ncode\n```", 4: "a"}
    analysis = check(template(4, answers), select=["answer.*"])
    assert [(found.code, found.question) for _, found in analysis.placed()] == [("answer.unclosed", 2)]
