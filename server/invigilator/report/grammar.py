"""How a template is written: its question headings, its answer marker, its placeholder, its sections.

The default is the template of DTU course 02476; configuration replaces any part for another course.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Grammar:
    """What to look for, line by line.

    `heading` is matched against one line without its ending and names the group `number`. `marker` is literal.
    `section_titles` are casefolded. `level` is the number of `#` of a question heading (7 where it has none): a heading
    of fewer can end a question.
    """

    heading: re.Pattern[str]
    marker: str
    placeholder: re.Pattern[str]
    section_titles: frozenset[str]
    level: int = 3


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
