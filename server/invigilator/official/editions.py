"""The editions of the course's template: what each asks for, and which one a report was written in.

An edition is a row of upstream versions of the template that ask for the same. In every one the prompts and the
course's own `report.py` say the same limits.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from invigilator.report.limits import question_text
from invigilator.report.model import Bounds, Constraint, Limit, Limits

DROPPED_HEAD: Final = 43
"""Characters that `check` of the 27-question editions cuts off first: the front matter the template once had."""

_FEWEST_HEADINGS: Final = 20


@dataclass(frozen=True)
class Edition:
    """One edition: a letter to tell it by, the year of the course as a label, and every question's limits."""

    letter: str
    label: str
    constraints: Mapping[int, Constraint]

    @property
    def questions(self) -> int:
        """How many questions it has."""
        return len(self.constraints)

    @property
    def dropped_head(self) -> int:
        """How many characters its `check` drops before it looks for answers."""
        return DROPPED_HEAD if self.questions == 27 else 0


def _words(low: int, high: int, images: Bounds | None = None) -> Constraint:
    return Constraint(Bounds(low, high), images)


def _images(low: int, high: int) -> Constraint:
    return Constraint(None, Bounds(low, high))


_FREE: Final = Constraint()
_SHORT: Final = _words(50, 100)
_MEDIUM: Final = _words(100, 200)
_LONG: Final = _words(200, 300)
_ESSAY: Final = _words(200, 400)
_FIGURE_AND_ESSAY: Final = _words(200, 400, Bounds(1, 1))

_A: Final = dict(
    enumerate(
        (
            *(_FREE, _FREE, _MEDIUM, _MEDIUM, _MEDIUM, _SHORT, _FREE, _MEDIUM, _MEDIUM, _MEDIUM),
            *(_LONG, _SHORT, _MEDIUM, _words(200, 300, Bounds(1, 3)), _MEDIUM, _MEDIUM, _words(50, 200), _SHORT),
            *(_images(1, 2), _images(1, 1), _images(1, 1), _MEDIUM, _MEDIUM, _words(25, 100)),
            *(_FIGURE_AND_ESSAY, _ESSAY, _words(50, 200)),
        ),
        start=1,
    )
)
_B: Final = {**_A, 7: _SHORT, 18: _MEDIUM}
_E: Final = {**_B, 6: _MEDIUM, 20: _images(1, 2), 21: _images(1, 2)}
_E.update(dict.fromkeys(range(24, 28), _MEDIUM))
_E.update({28: _words(0, 200), 29: _FIGURE_AND_ESSAY, 30: _ESSAY, 31: _words(50, 200)})
_F: Final = {**_E, 31: _words(50, 300)}
_G: Final = {**_F, 3: _words(0, 200)}

EDITIONS: Final = (
    Edition("A", "2023", _A),
    Edition("B", "2023", _B),
    Edition("C", "2024", _B),
    Edition("D", "2024", _B),
    Edition("E", "2025", _E),
    Edition("F", "2025", _F),
    Edition("G", "2026", _G),
)
"""Oldest first. B to D differ in wording only."""


@dataclass(frozen=True)
class Recognised:
    """The editions a report may have been written in, oldest first; there is at least one."""

    candidates: tuple[Edition, ...]

    @property
    def edition(self) -> str:
        """The label of the newest."""
        return self.candidates[-1].label

    @property
    def questions(self) -> int:
        """How many questions they have."""
        return self.candidates[-1].questions

    @property
    def dropped_head(self) -> int:
        """How many characters their `check` drops first."""
        return self.candidates[-1].dropped_head

    def limits(self, number: int) -> Limits:
        """The limits of a question, the newest edition's; assumed where the candidates disagree.

        A question that none of them has is without limits.
        """
        said = [edition.constraints[number] for edition in self.candidates if number in edition.constraints]
        if not said:
            return Limits()
        words, images = {one.words for one in said}, {one.images for one in said}
        return Limits(
            Limit(said[-1].words, "edition", assumed=len(words) > 1),
            Limit(said[-1].images, "edition", assumed=len(images) > 1),
        )


def recognise(
    numbers: Sequence[int], prompts: Mapping[int, str], stated: Mapping[int, Constraint]
) -> Recognised | None:
    """The edition of a report, or None where it is another template's or too little of it stands in order.

    `numbers` are those of the question headings in document order, `prompts` the raw prompts by question, `stated` what
    they ask for (`prompt_constraint`).
    """
    family = _family(numbers, stated)
    if family is None:
        return None
    candidates = tuple(edition for edition in family if not _contradictions(edition, stated))
    for number, rule in _WORDINGS.items():
        text = question_text(prompts.get(number, ""))
        letters = rule(text) if text else _ANY
        # a rule that leaves none is about a prompt the group has rewritten
        candidates = tuple(edition for edition in candidates if edition.letter in letters) or candidates
    return Recognised(candidates) if candidates else None


def _family(numbers: Sequence[int], stated: Mapping[int, Constraint]) -> tuple[Edition, ...] | None:
    """The editions with as many questions as the report, if at least 20 of their headings stand in order."""
    of_27 = tuple(edition for edition in EDITIONS if edition.questions == 27)
    of_31 = tuple(edition for edition in EDITIONS if edition.questions == 31)
    highest = max(_in_order(numbers, 31), default=0)
    if highest == 29:  # as far from the one as from the other
        of_31_fits = _fewest_contradictions(of_31, stated) <= _fewest_contradictions(of_27, stated)
        family = of_31 if of_31_fits else of_27
    else:
        family = of_27 if highest < 29 else of_31
    return family if len(_in_order(numbers, family[0].questions)) >= _FEWEST_HEADINGS else None


def _in_order(numbers: Sequence[int], last: int) -> list[int]:
    """A longest run of the numbers 1 to `last` that stand in rising order, others between them left out."""
    ends: list[int] = []  # ends[i]: the smallest number that a run of i + 1 can end with
    for number in numbers:
        if 1 <= number <= last:
            place = bisect_left(ends, number)
            ends[place : place + 1] = [number]
    return ends


def _contradictions(edition: Edition, stated: Mapping[int, Constraint]) -> int:
    """How many limits that the prompts state are others in this edition."""
    return sum(
        said is not None and said != known
        for number, constraint in stated.items()
        if number in edition.constraints
        for said, known in zip(constraint, edition.constraints[number], strict=True)
    )


def _fewest_contradictions(editions: Iterable[Edition], stated: Mapping[int, Constraint]) -> int:
    return min(_contradictions(edition, stated) for edition in editions)


_ANY: Final = "ABCDEFG"


def _wording_of_7(text: str) -> str:
    return "BCDEFG" if "what are they testing" in text else "AEFG"


def _wording_of_31(text: str) -> str:
    return "ABCDFG" if "generative ai" in text else "ABCDE"


def _wording_of_3(text: str) -> str:
    if re.search(r"open[- ]source frameworks?\b", text):
        return "ABCDG"
    return "ABCDEF" if re.search(r"third[- ]party (?:framework|package)", text) else _ANY


# Question: the letters of the editions that can have asked it so. Each rule tells apart editions of one family only.
_WORDINGS: Final = {7: _wording_of_7, 31: _wording_of_31, 3: _wording_of_3}
