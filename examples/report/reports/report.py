"""Judges the report beside this file, or makes a page of it.

python report.py check    does every answer keep to the limits of its question?
python report.py html     write report.html (needs: pip install markdown)
"""
# ruff: noqa: T201 - a script that talks to whoever runs it

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

REPORT = Path(__file__).with_name("README.md")
IMAGE = re.compile(r"!\[.*?\]\(.*?\)")


class NoConstraints:
    """Everything passes."""

    def complaint(self, answer: str) -> str | None:
        return None


@dataclass(frozen=True)
class LengthConstraints:
    """So many words, both ends included."""

    min_length: int
    max_length: int

    def complaint(self, answer: str) -> str | None:
        words = len(answer.split())
        if self.min_length <= words <= self.max_length:
            return None
        return f"{words} words, expected {self.min_length} to {self.max_length}"


@dataclass(frozen=True)
class ImageConstraints:
    """So many images, both ends included."""

    min_images: int
    max_images: int

    def complaint(self, answer: str) -> str | None:
        images = len(IMAGE.findall(answer))
        if self.min_images <= images <= self.max_images:
            return None
        return f"{images} images, expected {self.min_images} to {self.max_images}"


@dataclass(frozen=True)
class MultiConstraints:
    """All of these."""

    constrains: list[LengthConstraints | ImageConstraints]

    def complaint(self, answer: str) -> str | None:
        return "; ".join(filter(None, (one.complaint(answer) for one in self.constrains))) or None


question_constraints: dict[str, NoConstraints | LengthConstraints | ImageConstraints | MultiConstraints] = {
    "question_1": NoConstraints(),
    "question_2": NoConstraints(),
    "question_3": LengthConstraints(min_length=50, max_length=100),
    "question_4": LengthConstraints(min_length=50, max_length=100),
    "question_5": LengthConstraints(min_length=50, max_length=100),
    "question_6": LengthConstraints(min_length=40, max_length=120),
    "question_7": MultiConstraints(
        constrains=[
            LengthConstraints(min_length=60, max_length=150),
            ImageConstraints(min_images=1, max_images=3),
        ]
    ),
    "question_8": ImageConstraints(min_images=1, max_images=1),
    "question_9": ImageConstraints(min_images=1, max_images=2),
    "question_10": LengthConstraints(min_length=0, max_length=60),
    "question_11": MultiConstraints(
        constrains=[
            LengthConstraints(min_length=60, max_length=150),
            ImageConstraints(min_images=1, max_images=1),
        ]
    ),
    "question_12": LengthConstraints(min_length=50, max_length=150),
}


def split(text: str) -> list[str]:
    """The answers: what stands between a marker and the next heading of two or more #."""
    pieces = text.split("Answer:")[1:]
    answers = [piece.split("###")[0].split("##")[0] for piece in pieces if "###" in piece]
    return [answer.strip("\n") for answer in [*answers, *pieces[-1:]]]


def check() -> None:
    """Say which answers fail, and stop with 1 if any does."""
    answers = split(REPORT.read_text(encoding="utf-8"))
    if len(answers) != 12:
        sys.exit(f"{len(answers)} answers, expected 12: has a marker gone, or a heading got into the last answer?")
    failed = 0
    for number, (constraint, answer) in enumerate(zip(question_constraints.values(), answers, strict=True), start=1):
        complaint = constraint.complaint(answer)
        if complaint:
            failed += 1
            print(f"Question {number} fails: {complaint}.")
    print(f"{len(answers) - failed} of {len(answers)} answers keep to their limits.")
    if failed:
        sys.exit(1)


def html() -> None:
    """Write the page; its front matter, 43 characters, is left out."""
    try:
        import markdown
    except ImportError:
        sys.exit("The page needs one more package: pip install markdown")
    page = REPORT.with_name("report.html")
    page.write_text(markdown.markdown(REPORT.read_text(encoding="utf-8")[43:]), encoding="utf-8", newline="")
    print(f"{page.name} is written.")


if __name__ == "__main__":
    commands = {"check": check, "html": html}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    commands[sys.argv[1]]()
