"""A template of our own about bridges, what becomes of it in a report, and a folder that holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

ASKED: Final = {
    1: "Who are you, and which bridge did you build? Name every member of your group.",
    2: "How did you make sure that the bridge holds? Explain which loads you have tried and what broke first.",
    3: "Upload one drawing of the bridge. You can take inspiration from [this drawing](figures/arch.png).",
    4: "What would you do otherwise, had you another month and more wood? Give two reasons.",
    5: "Which tools were of use to you, and which only stood in the way while you were building?",
}
EXAMPLE: Final = "*We have tried ... and ... , and the first thing that broke was ...*"
LENGTHS: Final = {2: "Answer length: 50-100 words.", 4: "Answer length: 20-60 words."}


def prompt(number: int, asks: str | None = None, *, example: bool = True, length: bool = True) -> str:
    """The lines between heading and marker, in a quote."""
    lines = [f"**{ASKED[number] if asks is None else asks}**", ""]
    if length and number in LENGTHS:
        lines += [LENGTHS[number], ""]
    if example and number == 2:
        lines += ["Example:", EXAMPLE, ""]
    return "\n" + "".join(f"> {line}".rstrip() + "\n" for line in lines)


def question(number: int, answer: str | None = None, heading: int | None = None, asked: str | None = None) -> str:
    """A question; without an answer it has its placeholder. `heading` is another number, `asked` another prompt."""
    written = f"--- question {number} fill here ---" if answer is None else answer
    said = prompt(number) if asked is None else asked
    return f"### Question {number if heading is None else heading}\n{said}> Answer:\n\n{written}\n"


def report(*questions: str) -> str:
    """Questions under a title, the last two under one of their own."""
    parts = ["# A bridge\n\n## Group information\n", *questions[:3]]
    if len(questions) > 3:
        parts += ["## Coding environment\n\n> The following is about later.\n", *questions[3:]]
    return "\n".join(parts)


TEMPLATE: Final = report(*(question(number) for number in ASKED))

BESIDE: Final[Mapping[str, str]] = {"template.md": TEMPLATE, "invigilator.toml": 'template = "template.md"\n'}
"""The files beside a report that is to be compared with `TEMPLATE`."""


def answered(*others: str, numbers: Sequence[int] = tuple(ASKED)) -> str:
    """The report with answers; `others` take the place of the question whose heading they begin with."""
    mine = {other.split("\n", 1)[0]: other for other in others}
    questions = (question(number, f"This is what we say to number {number}.") for number in numbers)
    return report(*(mine.get(one.split("\n", 1)[0], one) for one in questions))
