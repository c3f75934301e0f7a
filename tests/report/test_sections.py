"""Where a report is cut: at its template's own headings, line by line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import examples, template
from invigilator.report.grammar import DEFAULT_GRAMMAR, Grammar
from invigilator.report.reading import read_question
from invigilator.report.sections import Outline
from invigilator.report.sections import outline as outline_of
from invigilator.text import SourceText, Span


def outline(text: str, grammar: Grammar = DEFAULT_GRAMMAR, previous: Outline | None = None) -> Outline:
    return outline_of(SourceText(text), grammar, previous)


def cut(text: str, grammar: Grammar = DEFAULT_GRAMMAR) -> list[tuple[int | None, str]]:
    """The number and the text of every section."""
    sections = outline(text, grammar).sections
    assert "".join(section.text for section in sections) == text
    return [(section.number, section.text) for section in sections]


def numbers(text: str) -> list[int | None]:
    return [number for number, _ in cut(text)]


def answer(text: str, number: int = 1) -> str:
    """What stands behind the last marker of a question, stripped."""
    (section,) = (s for s in outline(text, DEFAULT_GRAMMAR).sections if s.number == number)
    question = read_question(section)
    return section.text[question.answer.start : question.answer.end].strip()


# --- headings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "heading",
    [
        "### Question 1",
        "###   Question   1",
        "###\tQuestion\t1",
        "   ### Question 1",
        "### Question 1   ",
        "### Question 1 ###",
        "### question 1",
        "### Question 1: Which group?",
        "### Question 1. Which group?",
        "### Question 1 - which group?",
        "### Question 1 – which group?",
    ],
)
def test_a_question_heading(heading: str) -> None:
    assert numbers(f"{heading}\n> Answer:\n") == [1]


@pytest.mark.parametrize(
    "line",
    [
        "## Question 1",
        "#### Question 1",
        "###Question 1",
        "    ### Question 1",
        "\t### Question 1",
        "### Question",
        "### Question one",
        "### Question 1 and 2",
        "### Questions 1",
        "> ### Question 1",
        "Question 1",
        "**Question 1**",
        "### Question 12345",
    ],
)
def test_no_question_heading(line: str) -> None:
    assert numbers(f"{line}\n> Answer:\n") == [None]


def test_a_text_without_questions_is_one_section() -> None:
    assert cut("") == [(None, "")]
    assert cut("# Title\n\ntext") == [(None, "# Title\n\ntext")]


def test_what_stands_before_the_first_question_is_a_section_of_its_own() -> None:
    assert cut("intro\n### Question 1\na\n### Question 2\nb") == [
        (None, "intro\n"),
        (1, "### Question 1\na\n"),
        (2, "### Question 2\nb"),
    ]


def test_a_heading_in_the_first_line_has_nothing_before_it() -> None:
    assert cut("### Question 7\na\n") == [(7, "### Question 7\na\n")]


def test_numbers_stand_as_they_are_written() -> None:
    assert numbers("### Question 3\n### Question 3\n### Question 1\n### Question 0\n") == [3, 3, 1, 0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending_cuts_alike(end: str) -> None:
    text = "intro\n\n### Question 1\n> Answer:\n\na\n\n## Deployment\n\n### Question 2\n> Answer:\n\nb\n"
    assert cut(text.replace("\n", end)) == [(number, part.replace("\n", end)) for number, part in cut(text)]
    assert numbers(text.replace("\n", end)) == [None, 1, None, 2]


@pytest.mark.parametrize("character", ["\u2028", "\x85", "\x0c", "\x0b", "\u2029", "\x1e"])
def test_other_separators_begin_no_line(character: str) -> None:
    assert numbers(f"### Question 1\na{character}### Question 2\n") == [1]


# --- the end of an answer ---------------------------------------------------------------------------------------------


def test_a_groups_own_heading_stays_in_its_answer() -> None:
    assert (
        answer("### Question 1\n> Answer:\n\n# Our model\n\nIt learns.\n\n### Question 2\n")
        == "# Our model\n\nIt learns."
    )


@pytest.mark.parametrize("level", ["#", "##"])
def test_a_lower_heading_with_only_quotes_and_blank_lines_behind_it_ends_the_answer(level: str) -> None:
    text = f"### Question 1\n> Answer:\n\nyes\n\n{level} The next part\n\n> It is about\n> quality.\n\n### Question 2\n"
    assert answer(text) == "yes"
    assert numbers(text) == [1, None, 2]


def test_several_lower_headings_in_a_row_end_it_at_the_first() -> None:
    text = "### Question 1\n> Answer:\n\nyes\n\n# Part\n\n> intro\n\n## Sub-part\n\n### Question 2\n"
    assert answer(text) == "yes"


def test_text_below_the_heading_keeps_it_in_the_answer() -> None:
    text = "### Question 1\n> Answer:\n\nyes\n\n## A part\n\nof ours\n\n### Question 2\n"
    assert answer(text) == "yes\n\n## A part\n\nof ours"


def test_only_headings_below_the_last_text_count() -> None:
    text = "### Question 1\n> Answer:\n\n# Ours\n\nyes\n\n# Theirs\n\n### Question 2\n"
    assert answer(text) == "# Ours\n\nyes"


@pytest.mark.parametrize("level", ["###", "####"])
def test_a_heading_of_as_many_or_more_hashes_stays(level: str) -> None:
    text = f"### Question 1\n> Answer:\n\nyes\n\n{level} Ours\n\n### Question 2\n"
    assert answer(text) == f"yes\n\n{level} Ours"


@pytest.mark.parametrize(
    "heading", ["## Version control", "# version CONTROL", "## Version control ##", "  ## Version control"]
)
def test_a_title_of_the_template_ends_it_whatever_follows(heading: str) -> None:
    text = f"### Question 1\n> Answer:\n\nyes\n\n{heading}\n\nOur own introduction.\n\n### Question 2\n"
    assert answer(text) == "yes"


def test_a_title_of_the_template_ends_the_last_answer_too() -> None:
    assert answer("### Question 1\n> Answer:\n\nyes\n\n## Deployment\n\nmore\n") == "yes"


def test_another_heading_behind_the_last_question_is_the_answers_own() -> None:
    assert answer("### Question 1\n> Answer:\n\nyes\n\n## Thanks\n\n> all\n") == "yes\n\n## Thanks\n\n> all"


def test_a_lower_heading_in_a_prompt_is_no_end() -> None:
    # nothing but the marker stands below it, and a marker is no quote
    assert answer("### Question 1\n\n# Read this\n\n> Answer:\n\nyes\n\n### Question 2\n") == "yes"


# --- markers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "> Answer:",
        ">Answer:",
        "> *Answer:*",
        "> **Answer:**",
        "> _Answer:_",
        "Answer:",
        "  > Answer:",
        "*Answer:*",
        ">> Answer:",
    ],
)
def test_a_marker_as_people_write_it(line: str) -> None:
    text = f"### Question 1\n\n> The prompt. Write Answer: first.\n{line}\n\nyes\n"
    (section,) = outline(text, DEFAULT_GRAMMAR).sections
    question = read_question(section)
    assert [section.text[start:end] for start, end in question.markers] == ["Answer:"]
    assert section.text[question.prompt.start : question.prompt.end].strip() == "> The prompt. Write Answer: first."
    assert question.counts is not None


def test_text_behind_the_marker_belongs_to_the_answer() -> None:
    assert answer("### Question 1\n> Answer: group 7\n") == "group 7"


def test_without_one_at_a_lines_start_any_marker_is_one() -> None:
    assert answer("### Question 1\n> The Answer: group 7\n") == "group 7"


@pytest.mark.parametrize("line", ["> answer:", "> Answer", "> The question."])
def test_a_question_without_its_marker(line: str) -> None:
    (section,) = outline(f"### Question 1\n{line}\n", DEFAULT_GRAMMAR).sections
    question = read_question(section)
    assert question.markers == ()
    assert question.anchor == question.heading
    assert question.counts is None


def test_the_last_of_several_markers_counts() -> None:
    assert answer("### Question 1\n> Answer:\n\nlost\n\n> Answer:\n\nkept\n") == "kept"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_word_of_the_prompt_is_no_marker_whatever_the_line_ending(end: str) -> None:
    text = "### Question 1\n> Begin with the word Answer: please.\n> Answer:\n\nyes\n".replace("\n", end)
    (section,) = outline(text, DEFAULT_GRAMMAR).sections
    assert len(read_question(section).markers) == 1


# --- fences and comments ----------------------------------------------------------------------------------------------

TWO = "### Question 1\n> Answer:\n\n{}\n\n### Question 2\n> Answer:\n\nsecond\n"


@pytest.mark.parametrize(
    "block",
    [
        "```\n### Question 9\n```",
        "```markdown\n### Question 9\n```",
        "~~~\n### Question 9\n~~~",
        "   ```\n### Question 9\n  ```",
        "````\n```\n### Question 9\n```\n````",
        "```\n### Question 9\n`````",
        "~~~\n```\n### Question 9\n~~~",
        "``` a~b\n### Question 9\n```",
        "~~~ a`b\n### Question 9\n~~~",
        "```\n### Question 8\n\n### Question 9\n```",
        "<!--\n### Question 9\n-->",
        "<!-- not yet\n### Question 9\n\nand so on --> more",
        "<!--\n```\n### Question 9\n-->",
        "```\n<!--\n### Question 9\n```",
    ],
)
def test_what_is_closed_hides_the_headings_in_it(block: str) -> None:
    assert numbers(TWO.format(block)) == [1, 2]
    assert answer(TWO.format(block)) == block.strip()


@pytest.mark.parametrize(
    "block",
    [
        "```\ncode",
        "~~~\ncode",
        "````\ncode\n```",  # a shorter run does not close
        "```\ncode\n~~~",  # nor another character
        "```\ncode\n```python",  # nor one with words behind it
        "```\ncode\n    ```",  # nor one that is indented like code
        "<!-- note",
    ],
)
def test_what_is_open_ends_at_the_next_question(block: str) -> None:
    assert numbers(TWO.format(block)) == [1, 2]
    assert answer(TWO.format(block)) == block.strip()


@pytest.mark.parametrize("line", ["`` ` ``", "```inline``` code", "    ```", "> ```", "text ```"])
def test_what_only_looks_like_a_fence_hides_nothing(line: str) -> None:
    text = f"### Question 1\n> Answer:\n\n{line}\n### Question 2\n```\n"
    assert numbers(text) == [1, 2]


@pytest.mark.parametrize("line", ["<!-- one --> two", "<!-- one -->", "text <!-- a", "    <!-- a"])
def test_what_opens_no_comment_hides_nothing(line: str) -> None:
    assert numbers(f"### Question 1\n{line}\n### Question 2\nb -->\n") == [1, 2]


@pytest.mark.parametrize(
    "own", ["nothing", "```\ncode\n```", "```python\na\n```\n\n```\nb\n```", "<!-- a\nb -->", "~~~\nx\n~~~"]
)
@pytest.mark.parametrize("typed", ["`", "``", "```", "````", "```python", "~~~", "<!--", "<!-- note"])
def test_typing_a_fence_or_comment_in_one_question_leaves_all_others_alone(typed: str, own: str) -> None:
    """Even where later questions have fences and comments of their own, which could close it."""
    answers = dict.fromkeys((3, 5, 27), own)
    before = outline(template(27, answers), DEFAULT_GRAMMAR).sections
    after = outline(template(27, {**answers, 2: typed}), DEFAULT_GRAMMAR).sections
    assert [section.number for section in after] == [None, *range(1, 28)]
    assert [s.text for s in after if s.number != 2] == [s.text for s in before if s.number != 2]
    assert typed in after[2].text


def test_a_heading_without_a_marker_below_it_stays_hidden() -> None:
    example = "```markdown\n### Question 9\n\n> What?\n```"
    assert numbers(TWO.format(example)) == [1, 2]


def test_an_open_fence_in_the_introduction_hides_no_question() -> None:
    assert numbers("```\nintro\n" + template(3)) == [None, 1, 2, 3]


def test_a_template_heading_in_a_closed_fence_ends_no_answer() -> None:
    block = "```\n## Version control\n```"
    assert answer(TWO.format(f"{block}\n\nmore")) == f"{block}\n\nmore"


@pytest.mark.parametrize("lines", [5_000])
def test_thousands_of_fences_take_no_time_to_speak_of(lines: int) -> None:
    text = "".join(f"{'`' * (3 + number % 40)}{'x' * (number % 2)}\n" for number in range(lines))
    assert numbers(text) == [None]


# --- other templates --------------------------------------------------------------------------------------------------


def test_the_grammar_is_configurable() -> None:
    grammar = Grammar(
        heading=re.compile(r"^## Task (?P<number>\d+)$"),
        marker="Our words:",
        placeholder=re.compile("TODO"),
        section_titles=frozenset({"appendix"}),
        level=2,
    )
    text = "# Report\n## Task 1\nOur words:\n\n### Mine\nyes\n# Appendix\nmore\n## Task 2\n"
    assert cut(text, grammar) == [
        (None, "# Report\n"),
        (1, "## Task 1\nOur words:\n\n### Mine\nyes\n"),
        (None, "# Appendix\nmore\n"),
        (2, "## Task 2\n"),
    ]


# --- incremental ------------------------------------------------------------------------------------------------------


def test_sections_that_an_edit_does_not_touch_stay_the_same_objects() -> None:
    text = template(5)
    before = outline(text, DEFAULT_GRAMMAR)
    after = outline(text.replace("--- question 3 fill here ---", "We did."), DEFAULT_GRAMMAR, before)
    assert [one is other for one, other in zip(before.sections, after.sections, strict=True)] == [
        number != 3 for number in (None, 1, 2, 3, 4, 5)
    ]


def test_the_same_text_is_the_same_outline() -> None:
    before = outline(template(3), DEFAULT_GRAMMAR)
    assert outline(template(3), DEFAULT_GRAMMAR, before) is before


def test_another_grammar_cuts_afresh() -> None:
    before = outline("## Task 1\n### Question 1\n", DEFAULT_GRAMMAR)
    other = Grammar(re.compile(r"^## Task (?P<number>\d+)$"), "A:", re.compile("x"), frozenset(), 2)
    assert outline(before.text, other, before).same(outline(before.text, other))


LINES = st.sampled_from(
    [
        "### Question 1",
        "### Question 2",
        "## Deployment",
        "# Ours",
        "> Answer:",
        "> quoted",
        "",
        " ",
        "text",
        "```",
        "```x",
        "````",
        "~~~",
        "<!--",
        "-->",
        "a -->",
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\r\n", "\r", "\u2028"])
TEXTS = st.lists(st.tuples(LINES, ENDS), max_size=18).map(lambda pairs: "".join(a + b for a, b in pairs))


@examples(120)
@given(TEXTS)
def test_the_sections_are_the_text(text: str) -> None:
    result = outline(text, DEFAULT_GRAMMAR)
    assert "".join(section.text for section in result.sections) == text
    assert result.starts == [sum(len(s.text) for s in result.sections[:n]) for n in range(len(result.sections) + 1)]
    for section, line in zip(result.sections, result.lines, strict=False):
        before = text[: result.starts[result.sections.index(section)]]
        assert line == len(re.findall(r"\r\n|\r|\n", before)) or result.sections.count(section) > 1
        assert section.source.text == section.text


@examples(120)
@given(st.data())
def test_cutting_after_edits_is_cutting_afresh(data: st.DataObject) -> None:
    source = SourceText(data.draw(TEXTS))
    current = outline_of(source, DEFAULT_GRAMMAR)
    for _ in range(data.draw(st.integers(1, 12))):
        start, end = sorted(data.draw(st.integers(0, len(source.text))) for _ in range(2))
        if data.draw(st.booleans()):
            end = min(end, start + 3)
        source = source.edited(Span(start, end), data.draw(TEXTS | st.sampled_from(["`", "\n", "\r", "#", "a", ""])))
        if data.draw(st.integers(0, 3)) == 0:
            continue  # several edits may come between two looks
        if data.draw(st.integers(0, 3)) == 0:
            source = SourceText(source.text)  # which knows nothing of the edits
        current = outline_of(source, DEFAULT_GRAMMAR, current)
        fresh = outline(source.text)
        assert current.same(fresh)
        assert (current.starts, current.lines, current.text) == (fresh.starts, fresh.lines, fresh.text)
        assert [list(s.source.line_lengths) for s in current.sections] == [
            list(s.source.line_lengths) for s in fresh.sections
        ]
