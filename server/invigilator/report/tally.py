"""What an answer has of what is asked for, in the words that hover, outline, hints and page share."""

from __future__ import annotations

from typing import Final, NamedTuple

from invigilator.report.counting import Counts
from invigilator.report.model import Bounds, Limits

_ROOM: Final = 43
"""Characters that VS Code shows of a hint (`editor.inlayHints.maximumLength`)."""


class Tally(NamedTuple):
    """How many there are of one thing, named in the singular, and how many there may be (None: no limit)."""

    amount: int
    noun: str
    bounds: Bounds | None

    @property
    def counted(self) -> str:
        """``1 word``, ``143 words``."""
        return f"{self.amount} {self.noun}" if self.amount == 1 else f"{self.amount} {self.noun}s"

    @property
    def of_asked(self) -> str:
        """``143 of 100-200 words``, ``0 of 1 image``; without a limit ``143 words``."""
        return f"{self.amount} of {_in_short(self.bounds, self.noun)}" if self.bounds else self.counted

    @property
    def difference(self) -> str:
        """How far the count is off: ``23 missing``, ``4 too many``; empty where it keeps to the limit."""
        low, high = self.bounds or (None, None)
        if low is not None and self.amount < low:
            return f"{low - self.amount} missing"
        return f"{self.amount - high} too many" if high is not None and self.amount > high else ""


def tallies(counts: Counts, limits: Limits, *, images_shown: int = 0) -> tuple[Tally, ...]:
    """What is of interest: all that is limited, images that are there all the same, and words where nothing is limited.

    In the order in which people say it. `images_shown` are those that a reader sees, if they are of interest as well.
    """
    kinds = (
        (counts.words, "word", limits.word_bounds, not limits.asked),
        (counts.characters or 0, "character", limits.character_bounds, False),
        (counts.images, "image", limits.image_bounds, counts.images > 0 or images_shown > 0),
    )
    return tuple(Tally(amount, noun, bounds) for amount, noun, bounds, anyway in kinds if bounds is not None or anyway)


def in_short(counts: Counts | None, limits: Limits, *, answered: bool) -> str:
    """A question's state for a glance: ``86 of 100-200 words (14 missing) · 1 of 1-3 images``.

    ``not answered · 100-200 words and 1-3 images`` where that is so; ``no answer marker`` where `counts` is None. How
    far a count is off is left out where there is no room for it.
    """
    if counts is None:
        return "no answer marker"
    if not answered:
        asked = " and ".join(_in_short(bounds, noun) for bounds, noun in limits.asked)
        return f"not answered · {asked}" if asked else "not answered"
    shown = tallies(counts, limits)
    plain = " · ".join(one.of_asked for one in shown)
    full = " · ".join(f"{one.of_asked} ({one.difference})" if one.difference else one.of_asked for one in shown)
    return full if len(full) <= _ROOM else plain


def _in_short(bounds: Bounds, noun: str) -> str:
    return bounds.of(noun, "-").removeprefix("exactly ")
