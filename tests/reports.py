"""Little reports in our own words, and scripts that judge them: the shape of a course's template and nothing more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Range = tuple[int, int]


def words(count: int) -> str:
    """So many words, on one line."""
    return " ".join(["word"] * count)


def question(
    number: int, answer: str | None = None, asks: str = "What did you do?", *, marker: str | None = "> Answer:"
) -> str:
    """One question: heading, prompt, marker, and the answer or (with None) the placeholder."""
    written = f"--- question {number} fill here ---" if answer is None else answer
    lines = [f"### Question {number}", "", f"> **{asks}**", ">", *([marker] if marker else []), "", written, ""]
    return "\n".join(lines) + "\n"


def report(*questions: str, head: str = "# Our project\n\nWhat we did in three weeks.\n\n") -> str:
    """A report: what stands above its questions, and the questions."""
    return head + "".join(questions)


def numbered(answers: Sequence[str | None], asks: str = "What did you do?") -> str:
    """A report with one question for each answer, from 1."""
    return report(*(question(number, answer, asks) for number, answer in enumerate(answers, start=1)))


def script(limits: Mapping[int, tuple[Range | None, Range | None]], questions: int) -> str:
    """A `report.py` with the words and images that each of `questions` questions is to have; the others have no limits.

    It is never run, so only what a reader of the syntax looks at is there.
    """
    entries = []
    for number in range(1, questions + 1):
        words_range, images_range = limits.get(number, (None, None))
        parts = [
            f"{kind}Constraints(min_{unit}={bounds[0]}, max_{unit}={bounds[1]})"
            for kind, unit, bounds in (("Length", "length", words_range), ("Image", "images", images_range))
            if bounds is not None
        ]
        if len(parts) > 1:
            parts = [f"MultiConstraints(constrains=[{', '.join(parts)}])"]
        entries.append(f'    "question_{number}": {"".join(parts) or "NoConstraints()"},\n')
    return (
        "question_constraints = {\n"
        + "".join(entries)
        + "}\n\n\ndef check():\n"
        + f'    if len(answers) != {questions}:\n        raise ValueError("not all answers are there")\n'
    )
