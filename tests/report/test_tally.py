"""What an answer has of what is asked for, in words."""

from __future__ import annotations

import pytest

from invigilator.report.counting import Counts
from invigilator.report.model import Bounds, Limit, Limits
from invigilator.report.tally import in_short, tallies


def asked(
    words: tuple[int | None, int | None] | None = None,
    images: tuple[int | None, int | None] | None = None,
    characters: tuple[int | None, int | None] | None = None,
) -> Limits:
    return Limits(*(Limit(Bounds(*kind), "prompt") if kind else None for kind in (words, images, characters)))


@pytest.mark.parametrize(
    ("counts", "limits", "says"),
    [
        (Counts(143, 1), asked((100, 200), (1, 3)), "143 of 100-200 words · 1 of 1-3 images"),
        (Counts(86, 0), asked((100, 200)), "86 of 100-200 words (14 missing)"),
        (Counts(214, 0), asked((99, 200), (1, 3)), "214 of 99-200 words · 0 of 1-3 images"),
        (Counts(49, 0), asked((50, None)), "49 of at least 50 words (1 missing)"),
        (Counts(61, 0), asked((None, 60)), "61 of at most 60 words (1 too many)"),
        (Counts(9, 0), asked(None, (1, 1)), "0 of 1 image (1 missing)"),
        (Counts(9, 1), asked(None, (1, 1)), "1 of 1 image"),
        (Counts(143, 0), asked(), "143 words"),
        (Counts(1, 0), asked(), "1 word"),
        (Counts(143, 1), asked((100, 200)), "143 of 100-200 words · 1 image"),
        (Counts(143, 0, 900), asked(), "143 words"),
        (Counts(143, 0, 900), asked(None, None, (None, 800)), "900 of at most 800 characters"),
        (
            Counts(143, 1, 900),
            asked((100, 200), (1, 3), (1, 1000)),
            "143 of 100-200 words · 900 of 1-1000 characters · 1 of 1-3 images",
        ),
        (Counts(100, 0), asked((100, 200)), "100 of 100-200 words"),
        (Counts(200, 0), asked((100, 200)), "200 of 100-200 words"),
    ],
)
def test_answered(counts: Counts, limits: Limits, says: str) -> None:
    assert in_short(counts, limits, answered=True) == says


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (asked(), "not answered"),
        (asked((100, 200)), "not answered · 100-200 words"),
        (asked((100, 200), (1, 1)), "not answered · 100-200 words and 1 image"),
        (asked(None, (1, 3)), "not answered · 1-3 images"),
    ],
)
def test_not_answered(limits: Limits, says: str) -> None:
    assert in_short(Counts(7, 0), limits, answered=False) == says


def test_without_a_marker() -> None:
    assert in_short(None, asked((100, 200)), answered=False) == "no answer marker"


def test_images_that_only_a_reader_sees() -> None:
    assert [tally.noun for tally in tallies(Counts(5, 0), asked((1, 9)))] == ["word"]
    assert [tally.noun for tally in tallies(Counts(5, 0), asked((1, 9)), images_shown=1)] == ["word", "image"]
