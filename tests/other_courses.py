"""The two examples of other courses' templates, and all that is to be found in their half filled-in reports."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final, NamedTuple

EXAMPLES: Final = Path(__file__).parents[1] / "examples"


class Expected(NamedTuple):
    """A finding: its code and severity, its question, and the text that it is about."""

    code: str
    severity: str
    question: int
    about: str


class Example(NamedTuple):
    """An example: its folder, its report, what is found in it, and what a group writes to put all of it right."""

    name: str
    report: str
    found: tuple[Expected, ...]
    put_right: tuple[tuple[str, str], ...]

    def copy(self, to: Path) -> Path:
        """A copy of its folder in `to`, away from this project's repository; the report's path."""
        shutil.copytree(EXAMPLES / self.name, to / self.name)
        return to / self.name / self.report


_WORDS: Final = " It is what we know today." * 8

LAB_REPORT: Final = Example(
    "lab-report",
    "report.md",
    (
        Expected("figure.too-few", "warning", 2, "Your answer:"),
        Expected("figure.link", "information", 2, "[drawing of the set-up](pictures/setup.png)"),
        Expected("marker.missing", "error", 3, "## 3. Method"),
        Expected(
            "figure.not-shown",
            "warning",
            4,
            "![Period against length for six lengths](pictures/period against length.png)",
        ),
        Expected("answer.too-short", "warning", 5, "Your answer:"),
        Expected("answer.missing", "information", 6, "Your answer:"),
    ),
    (
        ("[drawing of the set-up]", "![drawing of the set-up]"),
        ("> Answer length: 40-120 words.\n", "> Answer length: 40-120 words.\n\n**Your answer:**\n"),
        ("period against length.png", "period%20against%20length.png"),
        ("The length is known to 2 mm.", f"The length is known to 2 mm.{_WORDS}"),
        ("Your answer:**\n\n_Write your answer here._", "Your answer:**\n\ng is 9.75 m/s² ± 0.1 m/s²."),
    ),
)

GRANT_APPLICATION: Final = Example(
    "grant-application",
    "application.md",
    (
        Expected("answer.too-long", "warning", 1, "beginning"),
        Expected("answer.too-short", "warning", 2, "> *Who asked for this, and how do you know? (300-900 characters)*"),
        Expected("figure.wrong-case", "error", 3, "figures/Timetable.png"),
        Expected(
            "answer.missing",
            "warning",
            6,
            "> Who carries it on? Answer length: 20-60 words, at most 400 characters.",
        ),
    ),
    (
        (" from beginning to end", ""),
        ("nowhere to go in winter.", f"nowhere to go in winter.{_WORDS}"),
        ("Timetable.png", "timetable.png"),
        ("_Your text._", f"The club does.{_WORDS}"),
    ),
)

ALL: Final = (LAB_REPORT, GRANT_APPLICATION)
