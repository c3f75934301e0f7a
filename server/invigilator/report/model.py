"""The values a report is made of.

Offsets are code points. Inside a `Section` they count from the section's start, so that a section that only moved is
still the same value.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

LimitSource = Literal["config", "report.py", "prompt", "edition"]


class Bounds(NamedTuple):
    """How many words or images there may be, both ends inclusive; None is an open end."""

    low: int | None
    high: int | None

    def hold(self, count: int) -> bool:
        """Whether `count` keeps to the bounds."""
        return (self.low is None or count >= self.low) and (self.high is None or count <= self.high)

    def __str__(self) -> str:
        """As a person would say it: ``100 to 200``, ``at least 50``, ``at most 250``, ``exactly 1``."""
        if self.low is not None and self.low == self.high:
            return f"exactly {self.low}"
        if self.low and self.high is not None:
            return f"{self.low} to {self.high}"
        if self.low is not None and self.high is None:
            return f"at least {self.low}"
        return "any number" if self.high is None else f"at most {self.high}"

    def of(self, noun: str) -> str:
        """With what is counted, given in the singular: ``1 to 3 images``, ``exactly 1 image``."""
        last = self.high if self.high is not None else self.low
        return f"{self} {noun}" if last == 1 else f"{self} {noun}s"


class Limit(NamedTuple):
    """One limit and where it is said.

    `bounds` is None where the source says that there is none. `assumed` is true where several editions are possible
    and the newest was taken.
    """

    bounds: Bounds | None
    source: LimitSource
    assumed: bool = False


class Limits(NamedTuple):
    """What a question asks for; None where no source says anything."""

    words: Limit | None = None
    images: Limit | None = None

    @property
    def word_bounds(self) -> Bounds | None:
        """The bounds on words, if there are any."""
        return self.words.bounds if self.words else None

    @property
    def image_bounds(self) -> Bounds | None:
        """The bounds on images, if there are any."""
        return self.images.bounds if self.images else None

    def hold(self, words: int, images: int) -> bool:
        """Whether the counts keep to both limits; true where there are none."""
        return (self.word_bounds is None or self.word_bounds.hold(words)) and (
            self.image_bounds is None or self.image_bounds.hold(images)
        )


class Constraint(NamedTuple):
    """What one source says of one question, both kinds at once: None is "no limit"."""

    words: Bounds | None = None
    images: Bounds | None = None


class Sources(NamedTuple):
    """What each source says of one question's limits; None, or no limit in it, where it says nothing."""

    configuration: Limits = Limits()
    script: Constraint | None = None
    prompt: Constraint = Constraint()
    edition: Limits = Limits()


class Problem(NamedTuple):
    """Something beside the report that could not be read or understood; the checks go on without it.

    `path` is as a user would write it, `line` counts from 1 (None: the file as a whole).
    """

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"
