"""What a template is, and which version of a report is one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.surroundings import TextFile
from invigilator.template.matching import originals_of
from invigilator.template.original import FirstBlank, Template, read_template
from template.templates import ASKED, TEMPLATE, answered, prompt, question, report


def read(text: str) -> Template:
    template = read_template(TextFile("template.md", text), DEFAULT_GRAMMAR)
    assert template is not None
    return template


def chosen(*versions: str) -> str | None:
    found = FirstBlank(DEFAULT_GRAMMAR)(TextFile("README.md", version) for version in versions)
    return None if found is None else found.text


def test_a_template_as_a_value() -> None:
    template = read(TEMPLATE)
    assert (template.path, template.numbers) == ("template.md", (1, 2, 3, 4, 5))
    two = template.questions[1]
    assert (two.heading, two.marker, two.prompt) == ("### Question 2", "> Answer:", f"\n{prompt(2)}")
    assert (two.placeholder, two.constraint.words) == ("--- question 2 fill here ---", (50, 100))
    assert [one.part for one in template.questions] == [*["Group information"] * 3, *["Coding environment"] * 2]
    assert two.text + "\n" == question(2)


def test_its_lines_end_as_lines_do() -> None:
    assert read(TEMPLATE.replace("\n", "\r\n")).questions == read(TEMPLATE).questions


@pytest.mark.parametrize("text", ["", "# Title\n", "### Question 1\n\n> Why?\n", "Answer:\n"])
def test_no_template(text: str) -> None:
    assert read_template(TextFile("template.md", text), DEFAULT_GRAMMAR) is None


def test_the_first_blank_version() -> None:
    later = TEMPLATE.replace("bridge", "tunnel")
    assert chosen("# Title\n", TEMPLATE, later, answered()) == TEMPLATE
    assert chosen(answered(), later) == later
    assert chosen(answered()) is None
    assert chosen() is None


def test_one_answer_in_five_is_too_many_and_one_in_ten_is_not() -> None:
    assert chosen(report(question(1, "So."), *map(question, (2, 3, 4, 5)))) is None
    ten = "".join(question(1 + number % 5, "So." if number == 3 else None, number + 1) for number in range(10))
    assert chosen(ten) == ten


def test_a_placeholder_beside_an_answer_is_no_blank_question() -> None:
    assert chosen(TEMPLATE.replace("---\n", "---\n\nSo it is.\n")) is None


def test_one_with_more_questions_is_the_next_edition() -> None:
    smaller = report(*map(question, (1, 2, 3)))
    assert chosen(smaller, TEMPLATE, smaller) == TEMPLATE
    assert chosen(TEMPLATE, smaller) == TEMPLATE


def test_another_courses_grammar() -> None:
    other = replace(DEFAULT_GRAMMAR, marker="Text:")
    text = TEMPLATE.replace("Answer:", "Text:")
    assert FirstBlank(other)([TextFile("a.md", TEMPLATE), TextFile("a.md", text)]) == TextFile("a.md", text)


def places(*pairs: tuple[int, str]) -> list[int | None]:
    found = originals_of(read(TEMPLATE), tuple(n for n, _ in pairs), tuple(asked for _, asked in pairs))
    return [one and one.number for one in found]


def test_a_question_is_the_one_of_its_number() -> None:
    assert places(*((number, prompt(number)) for number in ASKED)) == [1, 2, 3, 4, 5]
    assert places((2, "\n"), (3, "> Why?\n"), (9, prompt(1, "And what else is there to be said of it?"))) == [
        2,
        3,
        None,
    ]


def test_unless_its_prompt_is_surely_anothers() -> None:
    assert places((1, prompt(1)), (1, prompt(2)), (9, prompt(3))) == [1, 2, 3]
    assert places((1, prompt(2)), (2, prompt(1))) == [2, 1]
    assert places((2, prompt(1, ASKED[1].replace("bridge", "tunnel")))) == [1]


def test_a_copy_of_a_prompt_is_not_another_question() -> None:
    assert places((1, prompt(1)), (9, prompt(1))) == [1, None]


def test_prompts_that_are_much_alike_are_told_apart() -> None:
    asked = [
        f"Upload one drawing of your {part}, such that all of us can see how you have built it."
        for part in ("arch", "deck")
    ]
    template = read(
        "".join(question(number, None, asked=prompt(1, said)) for number, said in enumerate(asked, start=1))
    )
    swapped = originals_of(template, (1, 2), (prompt(1, asked[1]), prompt(1, asked[0])))
    assert [one and one.number for one in swapped] == [1, 2], "one word is not enough"
    more = [f"{said} {ASKED[4 + number]}" for number, said in enumerate(asked)]
    template = read("".join(question(number, None, asked=prompt(1, said)) for number, said in enumerate(more, start=1)))
    swapped = originals_of(template, (1, 2), (prompt(1, more[1]), prompt(1, more[0])))
    assert [one and one.number for one in swapped] == [2, 1]
