"""The outline that an editor shows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from invigilator.analysis import analyse
from invigilator.lsp.document_symbol import document_symbols
from invigilator.surroundings.memory import MemorySurroundings
from protocol.reports import WORDS, placeholder, question, report

PLACE = "figures/a.png"


def drawn(text: str, settings: dict[str, Any] | None = None) -> list[str]:
    """The tree of symbols, a line each: indentation, name, state, and the text it selects."""
    analysis = analyse(text, MemorySurroundings({}), settings or {})
    lines = text.replace("\r\n", "\n").split("\n")

    def ends(place: dict[str, Any]) -> list[tuple[int, int]]:
        return [(place[end]["line"], place[end]["character"]) for end in ("start", "end")]

    def walk(symbols: Any, depth: int, outer: list[tuple[int, int]] | None) -> list[str]:
        found = []
        for symbol in symbols:
            inner, whole = ends(symbol["selectionRange"]), ends(symbol["range"])
            assert whole[0] <= inner[0] <= inner[1] <= whole[1]
            if outer is not None:
                assert outer[0] <= whole[0] <= whole[1] <= outer[1]
            (line, start), (last, end) = inner
            assert line == last
            selected = lines[line][start:end]
            found.append("  " * depth + " | ".join(filter(None, (symbol["name"], symbol.get("detail"), selected))))
            found += walk(symbol.get("children", ()), depth + 1, whole)
        return found

    return walk(json.loads(document_symbols(analysis, "file:///r.md", "utf-32", hierarchical=True)), 0, None)


REPORT = (
    report(WORDS, placeholder(2))
    + "## Version control ##\n\n> How the code is kept\n\n"
    + question(3, f"{WORDS}\n\n![it]({PLACE})", "Answer length: 5-20 words + 1-3 images.")
    + question(4, "One.", "Answer length: 5-20 words.")
    + question(5, placeholder(5))
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_tree(newline: str) -> None:
    assert drawn(REPORT.replace("\n", newline)) == [
        "The first part | ## The first part",
        "  Question 1 | ✓ 8 words (5 to 10) | ### Question 1",
        "  Question 2 | ✗ not answered | ### Question 2",
        "Version control | ## Version control ##",
        "  Question 3 | ✓ 9 words (5 to 20), 1 image (1 to 3) | ### Question 3",
        "  Question 4 | ✗ 1 word (5 to 20) | ### Question 4",
        "  Question 5 | ○ not answered | ### Question 5",
    ]


def test_state_without_marker() -> None:
    text = question(1, WORDS) + question(2, WORDS, marker="> Reply:")
    assert drawn(text) == ["Question 1 | ✓ 8 words | ### Question 1", "Question 2 | ✗ no marker | ### Question 2"]


def test_state_is_the_official_checks() -> None:
    settings = {"questions": 2, "limits": {"1": {"words": [5, 10]}, "2": {"words": [1, 3]}}}
    text = question(1, "gone", marker="> Reply:") + question(2, WORDS) + question(3, WORDS)
    assert drawn(text, settings)[1:] == [
        "Question 2 | ✓ 8 words (1 to 3) | ### Question 2",
        "Question 3 | ✗ 8 words | ### Question 3",
    ]


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        ("", []),
        ("Only text.\n\n", []),
        ("# One\n\n# Two\n\n### Three\n\n", ["Two | # Two"]),
        ("# One\n\n```bash\n# a comment\n```\n\n", ["One | # One"]),
        ("# One\n\n    # code\n\n", ["One | # One"]),
        ("#\n\n", []),
        ("   ##  A  b  \n\n", ["A  b | ##  A  b"]),
    ],
)
def test_parts(head: str, parts: list[str]) -> None:
    depth = "  " if parts else ""
    assert drawn(head + question(1, "One.")) == [*parts, f"{depth}Question 1 | ✓ 1 word | ### Question 1"]


def test_flat() -> None:
    analysis = analyse(REPORT, MemorySurroundings({}))
    flat = json.loads(document_symbols(analysis, "file:///r.md", "utf-32", hierarchical=False))
    seen = [(symbol["name"], symbol.get("containerName"), symbol["location"]["uri"]) for symbol in flat]
    assert seen[:3] == [
        ("The first part", None, "file:///r.md"),
        ("Question 1: ✓ 8 words (5 to 10)", "The first part", "file:///r.md"),
        ("Question 2: ✗ not answered", "The first part", "file:///r.md"),
    ]
    assert len(seen) == len(flat) == 7


def test_characters_where_they_are_limited() -> None:
    text = question(1, "abc def", "At most 6 characters.") + question(2, "a", "1-2 words (max 3 characters)")
    assert drawn(text) == [
        "Question 1 | ✗ 7 characters (at most 6) | ### Question 1",
        "Question 2 | ✓ 1 word (1 to 2), 1 character (at most 3) | ### Question 2",
    ]
