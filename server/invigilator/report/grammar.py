"""How a template is written: its question headings, its answer marker, its placeholder, its sections.

The default is the template of DTU course 02476; configuration replaces any part for another course. Only what that
course's own script can read is `official`: another template is counted and shown as it is written, whole answers, with
no official check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

SECTION_TITLES: Final = (
    "Overall project checklist",
    "Group information",
    "Coding environment",
    "Version control",
    "Running code and tracking experiments",
    "Working in the cloud",
    "Deployment",
    "Overall discussion of project",
)
"""The titles of the template's own sections, the same in every edition."""

TITLED_HEADING: Final = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<title>[^\r\n]*?)(?:[ \t]+#+)?[ \t]*$")
"""A heading of any level, for a template whose questions have titles."""


@dataclass(frozen=True)
class Grammar:
    """What to look for, line by line.

    `heading` is matched against one line without its ending and names the group `number`, or `title` where the
    questions have `titles`: there the number of a question is the place of its title. `marker` is literal, empty where
    answers begin right below heading and prompt. `section_titles` are casefolded. `level` is the number of `#` of a
    question heading (7 where it has none): a heading of fewer can end a question. `official` is whether the course's
    script can read such a template.
    """

    heading: re.Pattern[str]
    marker: str
    placeholder: re.Pattern[str]
    section_titles: frozenset[str]
    level: int = 3
    titles: tuple[str, ...] = ()
    official: bool = True

    def number_of(self, line: str) -> int | None:
        """The number of the question whose heading `line` is; None where it is none."""
        match = self.heading.match(line)
        if match is None:
            return None
        if self.titles:
            return self._places.get(_plain(match["title"] or ""))
        digits = match["number"] or ""
        return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None

    def name_of(self, number: int) -> str:
        """What to call a question where there is room: its title, or ``Question 14``."""
        return self.titles[number - 1] if 1 <= number <= len(self.titles) else f"Question {number}"

    def heading_like(self, line: str, number: int) -> str | None:
        """The heading of another question, written as the heading `line` is: None where that cannot be told.

        >>> DEFAULT_GRAMMAR.heading_like("### Question 3: Why?", 4)
        '### Question 4'
        """
        match = self.heading.match(line)
        if match is None or (self.titles and not 1 <= number <= len(self.titles)):
            return None
        start, end = match.span("title" if self.titles else "number")
        name = self.titles[number - 1] if self.titles else str(number)
        behind = _SIGNS.match(line, end)
        for rest in (line[end:], behind[0] if behind else "", ""):  # a title of its own is another question's
            made = f"{line[:start]}{name}{rest}".rstrip()
            if not any(sign.isalpha() for sign in rest) and self.number_of(made) == number:
                return made.rstrip(":.)-\u2013\u2014 ") if self.official else made
        return None

    @cached_property
    def _places(self) -> dict[str, int]:
        return {_plain(title): place for place, title in reversed(list(enumerate(self.titles, start=1)))}


_MOST_DIGITS: Final = 6
_SIGNS: Final = re.compile(r"[^\w\s]*")


def _plain(title: str) -> str:
    """A title without emphasis, a colon at its end, and differences of case and white space."""
    return " ".join(title.replace("*", "").replace("_", " ").split()).rstrip(":").rstrip().casefold()


# Every alternative of the placeholder begins with a letter of its own, which makes the search seven times as fast.
_UESTION: Final = r"uestion[ \t]+\d+[ \t]+[Ff]ill[ \t]+[Hh]ere(?:[ \t]*-{1,3})?"

DEFAULT_GRAMMAR: Final = Grammar(
    heading=re.compile(
        r"^ {0,3}###[ \t]+Question[ \t]+(?P<number>\d{1,4})"
        r"(?:[ \t]*|[ \t]*[.:)\-\u2013\u2014][^\r\n]*)(?:[ \t]+#+[ \t]*)?$",
        re.IGNORECASE,
    ),
    marker="Answer:",
    placeholder=re.compile(rf"--{{0,2}}[ \t]*[Qq]{_UESTION}|q{_UESTION}|Q{_UESTION}"),
    section_titles=frozenset(title.casefold() for title in SECTION_TITLES),
)
