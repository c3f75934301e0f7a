"""The values a report is made of.

Offsets are code points. Inside a `Section` they count from the section's start, so that a section that only moved is
still the same value.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

LimitSource = Literal["config", "report.py", "prompt", "template", "edition"]


class Bounds(NamedTuple):
    """How many words, images or characters there may be, both ends inclusive; None is an open end."""

    low: int | None
    high: int | None

    def hold(self, count: int) -> bool:
        """Whether `count` keeps to the bounds."""
        return (self.low is None or count >= self.low) and (self.high is None or count <= self.high)

    def __str__(self) -> str:
        """As a person would say it: ``100 to 200``, ``at least 50``, ``at most 250``, ``exactly 1``."""
        return self.said()

    def said(self, to: str = " to ") -> str:
        """The same with another `to` between two ends: ``100-200``."""
        if self.low is not None and self.low == self.high:
            return f"exactly {self.low}"
        if self.low and self.high is not None:
            return f"{self.low}{to}{self.high}"
        if self.low is not None and self.high is None:
            return f"at least {self.low}"
        return "any number" if self.high is None else f"at most {self.high}"

    def of(self, noun: str, to: str = " to ") -> str:
        """With what is counted, given in the singular: ``1 to 3 images``, ``exactly 1 image``."""
        last = self.high if self.high is not None else self.low
        return f"{self.said(to)} {noun}" if last == 1 else f"{self.said(to)} {noun}s"


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
    characters: Limit | None = None

    @property
    def word_bounds(self) -> Bounds | None:
        """The bounds on words, if there are any."""
        return self.words.bounds if self.words else None

    @property
    def image_bounds(self) -> Bounds | None:
        """The bounds on images, if there are any."""
        return self.images.bounds if self.images else None

    @property
    def character_bounds(self) -> Bounds | None:
        """The bounds on characters, if there are any."""
        return self.characters.bounds if self.characters else None

    @property
    def asked(self) -> tuple[tuple[Bounds, str], ...]:
        """What is limited, in the order in which people say it, each kind with its noun in the singular."""
        kinds = ((self.word_bounds, "word"), (self.character_bounds, "character"), (self.image_bounds, "image"))
        return tuple((bounds, noun) for bounds, noun in kinds if bounds is not None)

    @property
    def constraint(self) -> Constraint:
        """The bounds alone, without their sources."""
        return Constraint(self.word_bounds, self.image_bounds, self.character_bounds)


class Constraint(NamedTuple):
    """What one source says of one question, all kinds at once: None is "no limit"."""

    words: Bounds | None = None
    images: Bounds | None = None
    characters: Bounds | None = None

    def hold(self, words: int, images: int, characters: int | None) -> bool:
        """Whether the counts keep to all limits; true where there are none. Characters that were not counted hold."""
        return (
            (self.words is None or self.words.hold(words))
            and (self.images is None or self.images.hold(images))
            and (self.characters is None or characters is None or self.characters.hold(characters))
        )


class Sources(NamedTuple):
    """What each source says of one question's limits; None, or no limit in it, where it says nothing.

    `template` is what the original prompt asks for; None where the original is not known.
    """

    configuration: Limits = Limits()
    script: Constraint | None = None
    prompt: Constraint = Constraint()
    edition: Limits = Limits()
    template: Constraint | None = None


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
