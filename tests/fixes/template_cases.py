"""The fixes of ``prompt.*`` and ``question.*`` that bring back what the original template has."""

from __future__ import annotations

from fixes.cases import Case
from pictures import png
from template.templates import BESIDE, EXAMPLE, answered, prompt, question

MINE = "We hung nine buckets of water on it until it gave way."


def case(code: str, title: str, before: str, after: str) -> Case:
    return Case(code, title, before, after, {**BESIDE, "figures/roc.png": png()})


def of_two(asked: str, answer: str | None = "Yes.") -> str:
    """The report with another prompt in question 2."""
    return answered(question(2, answer, asked=asked))


RIGHT = of_two(prompt(2))
SAID = "This is what we say to number {}."

PROMPTS = [
    case("prompt.changed", "Restore the prompt", of_two(prompt(2, "How do you know that it will hold?")), RIGHT),
    case(
        "prompt.changed", "Restore the prompt", of_two(prompt(2).replace(" Explain which loads", " Show what")), RIGHT
    ),
    case("prompt.changed", "Restore the prompt", of_two("\n"), RIGHT),
    case("prompt.changed", "Restore the prompt", of_two(prompt(2).replace("> **How", "> **Do tell.** **How")), RIGHT),
    case(
        "prompt.changed",
        "Restore the prompt, and move your text below it",
        of_two(prompt(2).replace(EXAMPLE, MINE), None),
        of_two(prompt(2), MINE),
    ),
    case(
        "prompt.changed",
        "Restore the prompt, and move your text below it",
        of_two(prompt(2).replace("> Answer length", f"> {MINE}\n> ![all](figures/roc.png)\n>\n> Answer length")),
        of_two(prompt(2), f"{MINE}\n![all](figures/roc.png)\n\nYes.").replace(f"{MINE}\n!", f"{MINE}\n\n!"),
    ),
    case("prompt.limit-removed", "Restore the length line", of_two(prompt(2, length=False)), RIGHT),
    case(
        "prompt.limit-removed",
        "Restore the 2 length lines",
        answered(
            question(2, "Yes.", asked=prompt(2, length=False)), question(4, "Yes.", asked=prompt(4, length=False))
        ),
        answered(question(2, "Yes."), question(4, "Yes.")),
    ),
]


def numbered(text: str, *pairs: tuple[int, int]) -> str:
    """The headings of these numbers with other ones, at once."""
    for old, new in pairs:
        text = text.replace(f"### Question {old}\n", f"### QUESTION {new}\n")
    return text.replace("### QUESTION", "### Question")


def without(number: int) -> str:
    return answered(numbers=(1, 2, 3, 4, 5)).replace(question(number, SAID.format(number)) + "\n", "")


QUESTIONS = [
    case("question.missing", "Restore question 2", without(2), answered(question(2))),
    case("question.missing", "Restore question 4", without(4), answered(question(4))),
    case("question.missing", "Restore question 1", without(1), answered(question(1))),
    case(
        "question.missing",
        "Put ### Question 2 above its prompt",
        answered().replace("### Question 2\n\n", ""),
        answered(),
    ),
    case(
        "question.missing",
        "Put ### Question 2 above its prompt",
        answered().replace("\n### Question 2\n\n", ""),
        answered(),
    ),
    case(
        "question.missing",
        "Put ### Question 1 above its prompt",
        answered().replace("### Question 1\n\n", ""),
        answered(),
    ),
    case(
        "question.missing",
        "Write ### Question 2",
        answered().replace("### Question 2\n", "#### What it holds\n"),
        answered(),
    ),
    case("question.unknown", "Write the number 3", numbered(answered(), (3, 33)), answered()),
    case("question.duplicate", "Write the number 3", numbered(answered(), (3, 2)), answered()),
    case("question.out-of-order", "Write the numbers 2, 3", numbered(answered(), (2, 3), (3, 2)), answered()),
    case(
        "question.out-of-order",
        "Write the numbers 3, 4, 5",
        numbered(without(2), (3, 2), (4, 3), (5, 4)),
        without(2),
    ),
    case(
        "question.out-of-order",
        "Let questions 4 and 2 change places",
        answered(numbers=(1, 4, 3, 2, 5)),
        answered(),
    ),
]

CASES = [*PROMPTS, *QUESTIONS]
