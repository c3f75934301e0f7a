"""Reports before and after a fix, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Final

from pictures import png
from reports import question

FILES: Final[Mapping[str, bytes | str]] = {
    "figures/loss.png": png(),
    "figures/Loss curve.png": png(),
    "figures/roc.png": png(),
    "images/roc.png": png(),
}


@dataclass(frozen=True)
class Case:
    """A finding's code, the title of one of its fixes, and the text before and after it."""

    code: str
    title: str
    before: str
    after: str
    files: Mapping[str, bytes | str] = field(default_factory=lambda: FILES)
    safe: bool = False

    @property
    def name(self) -> str:
        return f"{self.code}: {self.title}"


def report(answer: str, asks: str = "What did you do?") -> str:
    """A report with the answer to its first question, and a second one."""
    return question(1, answer, asks) + question(2, "Two.")


def of_answer(code: str, title: str, before: str, after: str, *, safe: bool = False, asks: str = "") -> Case:
    """A case in the answer to the first question; indentation, the first and the last line break are dropped."""
    texts = (report(plain(text), asks or "What did you do?") for text in (before, after))
    return Case(code, title, *texts, safe=safe)


def of_report(code: str, title: str, before: str, after: str, *, safe: bool = False) -> Case:
    """A case with the whole report."""
    return Case(code, title, plain(before), plain(after), safe=safe)


def plain(text: str) -> str:
    return dedent(text).removeprefix("\n").removesuffix("\n") if text.startswith("\n") else text
