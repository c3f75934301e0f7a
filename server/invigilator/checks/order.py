"""Numbers that do not stand in order: which have to move, which have each other's place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_run(numbers: Sequence[int]) -> list[int]:
    """The longest strictly rising part of `numbers`, which may leave some out."""
    ends: list[int] = []  # the index of the smallest number that ends a run of each length
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left([numbers[end] for end in ends], number)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [index]
    run: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        run.append(numbers[index])
        index = before[index]
    return run[::-1]


def swapped(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The places of each two of `numbers`, all different, that would both be right if they changed places.

    >>> swapped([1, 4, 3, 2, 5])
    [(1, 3)]
    """
    right = {number: place for place, number in enumerate(sorted(numbers))}
    pairs = ((place, right[number]) for place, number in enumerate(numbers))
    return [(place, other) for place, other in pairs if place < other and right[numbers[other]] == place]
