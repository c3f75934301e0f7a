"""Reports in other courses' templates: other headings, markers and placeholders, named questions, no marker at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import check, drawn, examples, findings
from invigilator.analysis import Analysis
from invigilator.fixes import fixes_of
from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.report.model import Bounds
from reports import script
from test_incremental import Document

NUMBERED = {"heading": r"^## (?P<number>\d+)\.", "marker": "Your answer:", "placeholder": "_write here_"}
NAMED: dict[str, Any] = {"questions": ["Aim", "Method", "Budget"], "marker": "none", "placeholder": r"Your text\.?"}
LETTERED = {"heading": r"^### Exercise (?P<title>\d+[a-z]?)\b", "questions": ["1a", "1b", "2"]}
BOLD = {"heading": r"^\*\*Task (?P<number>\d+)\*\*", "marker": "<!-- answer -->"}


def fixed(text: str, code: str, **configuration: Any) -> str:
    """The text with the first fix of the one finding of that code."""
    analysis = check(text, {}, **configuration)
    (placed,) = [(section, found) for section, found in analysis.placed() if found.code == code]
    fix = next(iter(fixes_of(analysis, *placed)))
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.new_text + text[edit.span.end :]
    return text


def answers(analysis: Analysis) -> list[tuple[int, str]]:
    """Every question's number and what counts as its answer."""
    texts = [analysis.outline.sections[state.section].text for state in analysis.questions]
    return [
        (state.question.number, text[state.question.counted.start : state.question.counted.end].strip())
        for state, text in zip(analysis.questions, texts, strict=True)
    ]


# --- headings and markers ---------------------------------------------------------------------------------------------


def test_numbered_headings_of_another_kind() -> None:
    missing, short, unanswered, unknown = findings(
        """
        # Lab

        ## 1. Aim
        ^^^^^^^^^ question.missing

        > What did you want to find out? (5-9 words)

        **Your answer:**
          ^^^^^^^^^^^^ answer.too-short

        To find *out*.

        ## 3. Method

        **Your answer:**
          ^^^^^^^^^^^^ answer.missing

        _write here_

        ## 4. More
        ^^^^^^^^^^ question.unknown

        **Your answer:** yes
        """,
        {},
        questions=3,
        **NUMBERED,
    )
    assert "no line says `## 2.`" in missing.message
    assert "`Your answer:` line" in missing.message
    assert short.message == "3 words, at least 5 are asked for: write 2 more."
    assert unanswered.severity == "information"
    assert "official" not in unanswered.message + unknown.message


def test_the_whole_answer_counts_whatever_stands_in_it() -> None:
    answer = "a b\n\n### c\n\nAnswer: d\n\n# e\n\nYour answer: f"
    analysis = check(f"## 1. Aim\n\n**Your answer:**\n\n{answer}\n\n## 2. B\nYour answer: g\n", {}, **NUMBERED)
    assert answers(analysis) == [(1, answer), (2, "g")]
    assert [found for _, found in analysis.placed()] == []
    assert analysis.verdict is None


def test_twenty_seven_questions_are_no_edition_of_the_course() -> None:
    text = "".join(f"## {number}. So?\n\nYour answer: a\n\n" for number in range(1, 28))
    analysis = check(text, {}, **NUMBERED)
    assert (analysis.edition, analysis.verdict, analysis.frame.expected) == (None, None, None)
    assert not any(state.limits.asked for state in analysis.questions)


def test_with_a_script_of_its_own_the_script_counts() -> None:
    settings = {"heading": r"^### Task (?P<number>\d+)"}
    text = "### Task 1\n\nAnswer: a b ## c\n\n### Task 2\n\nAnswer: d\n"
    assert check(text, {}, **settings).verdict is None
    analysis = check(text, {"report.py": script({1: ((3, 5), None)}, 2)}, **settings)
    assert analysis.verdict is not None
    assert (analysis.verdict.passed, analysis.verdict.total) == (1, 2)
    assert answers(analysis)[0] == (1, "a b")


def test_a_marker_that_is_a_comment_below_bold_text() -> None:
    analysis = check(
        "**Task 1** How? (3-5 words)\n\n<!-- answer -->\n\na b c\n\n**Task 2** Why?\n<!-- answer -->\nd\n", {}, **BOLD
    )
    assert answers(analysis) == [(1, "a b c"), (2, "d")]
    assert [found for _, found in analysis.placed()] == []
    assert analysis.questions[0].limits.word_bounds == Bounds(3, 5)


def test_a_number_that_is_none() -> None:
    heading = r"^## (?P<number>[0-9ivx]+)\."
    text = "## 1. A\nYour answer: a\n## iv. B\nYour answer: b\n" + f"## {'9' * 5000}. C\n"
    assert [number for number, _ in answers(check(text, {}, heading=heading, marker="Your answer:"))] == [1]


@pytest.mark.parametrize(
    ("line", "settings", "number", "made"),
    [
        ("### Question 3", {}, 4, "### Question 4"),
        ("### Question 3: Why?", {}, 4, "### Question 4"),
        ("## 3. Method", NUMBERED, 12, "## 12."),
        ("**Task 3** Do it", BOLD, 4, "**Task 4**"),
        ("# Aim", NAMED, 2, "# Method"),
        ("# Aim", NAMED, 4, None),
        ("### Exercise 1b", LETTERED, 3, "### Exercise 2"),
        ("no heading", NUMBERED, 1, None),
    ],
)
def test_a_heading_like_another(line: str, settings: dict[str, Any], number: int, made: str | None) -> None:
    grammar = check("", {}, **settings).ground.configuration.grammar
    assert grammar.heading_like(line, number) == made
    assert grammar.official == (grammar == DEFAULT_GRAMMAR)


# --- named questions --------------------------------------------------------------------------------------------------


def test_questions_that_are_named() -> None:
    missing, unanswered = findings(
        """
        # Application

        ## Aim

        > Say it. Max 20 characters.

        To build a bridge.

        ### **method:**
        ^^^^^^^^^^^^^^^ question.missing

        *At least one figure is required.
        Say how.*
        ^^^^^^^^^ answer.missing

        Your text.
        """,
        {},
        **NAMED,
    )
    assert "no line says `## Budget`" in missing.message
    assert unanswered.message == (
        "Question 2 is not answered yet (at least 1 image). Write below its heading and prompt."
    )


def test_lettered_parts_are_questions_of_their_own() -> None:
    text = "### Exercise 1a\n> Answer:\n\na\n\n### Exercise 1B\n> Answer:\n\nb c\n\n### Exercise 2\n> Answer:\n\nd\n"
    analysis = check(text, {}, limits={"2": {"words": {"max": 1}}}, **LETTERED)
    assert answers(analysis) == [(1, "a"), (2, "b c"), (3, "d")]
    assert [(found.code, found.question) for _, found in analysis.placed()] == [("answer.too-long", 2)]


def test_another_heading_belongs_to_the_answer_unless_it_is_known() -> None:
    text = "## Aim\n\na\n\n## Detail\n\nb\n\n## References\n\n[1]\n"
    assert answers(check(text, {}, **NAMED)) == [(1, "a\n\n## Detail\n\nb\n\n## References\n\n[1]")]
    known = {**NAMED, "section-titles": ["references"]}
    assert answers(check(text, {}, **known)) == [(1, "a\n\n## Detail\n\nb")]


# --- no marker --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("below", "answer"),
    [
        ("a b", "a b"),
        ("\n\na b", "a b"),
        ("> Tell us.\n\na b", "a b"),
        ("> Tell us.\n> More.\n\n> Even more.\n\na b", "a b"),
        ("*Tell us.*\n\na b", "a b"),
        ("_Tell us\nall._\n\na b", "a b"),
        ("**Tell us:**\n\na b", "a b"),
        ("<!-- Tell us. -->\na b", "a b"),
        ("<!-- Tell us\nall.\n-->\n\na b", "a b"),
        ("> Tell us.\n\n*All.*\n<!-- So. -->\n\na b", "a b"),
        ("**Bold** begins an answer.", "**Bold** begins an answer."),
        ("* an item\n* another", "* an item\n* another"),
        ("*a* and *b*", "*a* and *b*"),
        ("<!-- not closed", "<!-- not closed"),
        ("<!-- a --> b", "<!-- a --> b"),
        ("a\n\n> a quotation", "a\n\n> a quotation"),
        ("", ""),
    ],
)
def test_where_an_answer_begins_without_a_marker(below: str, answer: str) -> None:
    assert answers(check(f"## Aim\n{below}\n\n## Method\nx\n", {}, **NAMED)) == [(1, answer), (2, "x")]


def test_an_answer_right_below_a_quoted_prompt_joins_it() -> None:
    findings(
        """
        ## Aim

        > Tell us.
        All of it.
        ^^^ answer.joins-quote

        ## Method
        - a list
        - ![so](figures/none.png)
                ^^^^^^^^^^^^^^^^ figure.not-found

        ## Budget
        > 1-2 words
        > only
        ^^^^^^ answer.missing
        """,
        {},
        **NAMED,
    )


def test_a_fence_that_is_still_open_takes_no_question_away() -> None:
    text = "## Aim\n```\ncode\n\n## Method\n```\ncode\n```\n\n## Budget\nb\n"
    assert [number for number, _ in answers(check(text, {}, **NAMED))] == [1, 2, 3]


@pytest.mark.parametrize(
    ("heading", "prompt", "words"),
    [
        ("## 1. Aim (max 50 words)", "", (None, 50)),
        ("## 1. Aim", "<!-- 20 to 50 words -->", (20, 50)),
        ("## 1. Aim", "*Max 50 words*", (None, 50)),
        ("## 1. Aim (max 50 words)", "> 20-50 words", (None, 50)),
        ("## 20. To 50 words", "", None),
    ],
)
def test_limits_in_headings_and_comments(heading: str, prompt: str, words: tuple[int, int] | None) -> None:
    settings = {"heading": r"^## (?P<number>\d+)\.", "marker": "none"}
    (state,) = check(f"{heading}\n\n{prompt}\n\nan answer\n", {}, **settings).questions
    assert state.limits.word_bounds == words


def test_the_page_of_the_courses_script_is_nobody_elses_concern() -> None:
    answer = "text\n- item\n  - inner\n\n| a |\n|---|\n| b |\n\n```\na\n```\n"
    assert [f.code for _, f in check(f"## 1. A\n\nYour answer:\n\n{answer}", {}, **NUMBERED).placed()] == []
    assert {f.code for _, f in check(f"### Question 1\n\n> Answer:\n\n{answer}", {}).placed()} >= {"page.table"}


# --- fixes ------------------------------------------------------------------------------------------------------------


def test_a_missing_question_is_put_in_as_the_others_are_written() -> None:
    text = "## 1. A\n\n**Your answer:**\n\na\n\n## 3. C\n\n**Your answer:**\n\nc\n"
    made = fixed(text, "question.missing", questions=3, **NUMBERED)
    assert made == "## 1. A\n\n**Your answer:**\n\na\n\n## 2.\n\n**Your answer:**\n\n\n\n" + text[text.index("## 3") :]
    assert fixed("# Aim\n\na\n\n# Budget\n\nb\n", "question.missing", **NAMED) == (
        "# Aim\n\na\n\n# Method\n\n\n\n# Budget\n\nb\n"
    )


def test_a_missing_marker_is_put_in_as_the_others_are_written() -> None:
    text = "## 1. A\n\n**Your answer:**\n\na\n\n## 2. B\n\n> Tell us.\n\nb\n"
    assert fixed(text, "marker.missing", **NUMBERED) == text.replace("> Tell us.\n", "> Tell us.\n\n**Your answer:**\n")
    quoted = text.replace("**Your answer:**", "> Your answer:")
    assert fixed(quoted, "marker.missing", **NUMBERED) == quoted.replace(
        "> Tell us.\n", "> Tell us.\n>\n> Your answer:\n"
    )
    nearly = text.replace("b\n", "your answer\n\nb\n")
    assert fixed(nearly, "marker.missing", **NUMBERED) == nearly.replace("your answer\n", "**Your answer:**\n")


# --- typing -----------------------------------------------------------------------------------------------------------

BITS = ["a", " ", "\n", "\n\n", "> ", "*", "_", "<!--", "-->", "```", "#", "## Aim\n", "## 2. B\n", "Your answer:", "-"]
BITS += ["1 ", "max 3 characters", "**Your answer:**\n", "Your text.", "\r\n", "**Task 2**", "<!-- answer -->\n"]
TEXTS: dict[str, tuple[str, dict[str, Any]]] = {
    "numbered": (
        "## 1. A\n\n> So? (2-4 words)\n\n**Your answer:**\n\na\n\n## 2. B (1 image)\n\nYour answer: b\n",
        NUMBERED,
    ),
    "named": (
        "## Aim\n\n*Max 9 characters*\n\na\n\n# Method\n> So?\nb\n\n## Budget\n<!-- 1-2 words -->\nYour text.\n",
        NAMED,
    ),
    "bold": ("**Task 1** So?\n<!-- answer -->\na\n\n**Task 2** Why?\n\n<!-- answer -->\n\nb\n", BOLD),
}


@pytest.mark.parametrize("name", TEXTS)
def test_after_any_edits(name: str) -> None:
    text, settings = TEXTS[name]

    @examples(40)
    @given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 4), st.sampled_from(BITS)), min_size=1, max_size=8))
    def holds(edits: list[tuple[int, int, str]]) -> None:
        document = Document(text, check("", {}).ground.surroundings, settings)
        for at, length, new in edits:
            start = min(at, len(document.source.text))
            document.edit(start, min(start + length, len(document.source.text)), new)

    holds()


def test_a_heading_that_gets_a_limit_while_it_is_typed() -> None:
    text = drawn("## 1. A\n\nYour answer: a b c\n").text
    document = Document(text, check("", {}).ground.surroundings, NUMBERED)
    assert document.found == []
    document.type("## 1. A", "## 1. A (max 2 words)")
    assert document.found == [("answer.too-long", 1)]
