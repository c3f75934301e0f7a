"""Small reports in the shape of the template, and folders that hold them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pictures import png

WORDS: Final = "one two three four five six seven eight"
"""Eight words."""


def question(number: int, answer: str, asks: str = "", marker: str = "> Answer:") -> str:
    """One question; `asks` is what its prompt says of the answer's length."""
    asked = f"> {asks}\n>\n" if asks else ""
    below = f"\n{marker}\n" if not marker.startswith(">") else f"{marker}\n"
    return f"### Question {number}\n\n> **What about part {number} of it?**\n>\n{asked}{below}\n{answer}\n\n"


def placeholder(number: int) -> str:
    return f"--- question {number} fill here ---"


def report(*answers: str, head: str = "# A report\n\n## The first part\n\n") -> str:
    """Questions 1, 2, 3 ...: the first asks for 5 to 10 words, the second for 1 to 2 images, the others for nothing."""
    asks = {1: "Answer length: 5-10 words.", 2: "Answer length: 1-60 words + 1-2 images."}
    return head + "".join(question(n, answer, asks.get(n, "")) for n, answer in enumerate(answers, start=1))


def folder(path: Path, text: str, figures: tuple[str, ...] = (), newline: str = "\n") -> Path:
    """Writes a report and its figures, one picture of 6 x 4 pixels for each name; returns the report's path."""
    (path / "figures").mkdir(parents=True)
    for name in figures:
        (path / "figures" / name).write_bytes(png(6, 4))
    file = path / "README.md"
    file.write_bytes(text.replace("\n", newline).encode())
    return file
