"""What can be folded. A picture has a column for each fold of a line, with its kind's first letter where it begins."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import examples
from invigilator.analysis import Analysis, analyse
from invigilator.lsp.folding_range import folding_ranges
from invigilator.surroundings import Nowhere
from invigilator.text import SourceText, Span
from protocol.reports import WORDS, report

Folds = list[dict[str, Any]]


def folded(text: str, most: int | None = None, *, shows_text: bool = False) -> Folds:
    return found(analyse(text, Nowhere()), most, shows_text=shows_text)


def found(analysis: Analysis, most: int | None = None, *, shows_text: bool = False) -> Folds:
    """Sorted by where they begin, an outer one before those in it."""
    folds: Folds = json.loads(folding_ranges(analysis, most=most, shows_text=shows_text))
    return sorted(folds, key=lambda fold: (fold["startLine"], -fold["endLine"]))


def picture(text: str, folds: Folds) -> str:
    """The text with its folds drawn in front."""
    lines = text.split("\n")
    before = [""] * len(lines)
    for fold in folds:
        column = max(map(len, before[fold["startLine"] : fold["endLine"] + 1]))
        for line in range(fold["startLine"], fold["endLine"] + 1):
            sign = (fold.get("kind") or "+")[0] if line == fold["startLine"] else "|"
            before[line] = before[line].ljust(column) + sign
    return "\n".join(f"{fold:4} {line}".rstrip() for fold, line in zip(before, lines, strict=True))


def check(drawing: str) -> None:
    """The drawing is what folding its text gives: four columns of folds, a space, the text."""
    drawing = dedent(drawing).strip("\n")
    text = "\n".join(line[5:] for line in drawing.split("\n"))
    assert picture(text, folded(text)) == drawing


def test_a_report() -> None:
    check("""
        +    # Report
        |
        |+   ## Checklist
        ||
        ||+  ### Week 1
        |||
        |||  * [x] Begin
        |||  * [ ] Go on
        ||
        ||+  ### Week 2
        |||
        |||  * [ ] End
        |
        |+   ## Part
        ||
        ||   > What this part is about
        ||
        ||+  ### Question 1
        |||
        |||c > **What is it?**
        |||| >
        |||| > Answer length: 5-10 words.
        |||| >
        |||r > Answer:
        ||||
        |||| One two three.
        ||||
        |||| Four five six.
        ||
        ||+  ### Question 2
        |||
        |||  > **And what else?**
        |||  >
        |||r > Answer:
        ||||
        |||| --- question 2 fill here ---
        |
        |+   ## Next part
        ||
        ||+  ### Question 3
        |||
        |||  > Answer: All on one line
    """)


def test_what_takes_several_lines_in_an_answer() -> None:
    check("""
        +    ### Question 1
        |
        |    > **What is it?**
        |
        |r   > Answer:
        ||
        ||+  * An item
        |||    that goes on
        |||
        |||    and on
        ||   * One line
        ||+  * With items
        |||+   * of more
        ||||     than one line
        |||    * or not
        ||
        ||+  ```python
        |||  # no heading
        |||  print()
        |||  ```
        ||
        ||+  | a | b |
        |||  |---|---|
        |||  | 1 | 2 |
        ||
        ||c  <!-- a comment
        |||  of two lines -->
        ||
        ||   Inline `code
        ||   of two lines` is none.
    """)


def test_headings_that_are_none() -> None:
    check("""
             Text above

        +    # Report
        |
        |+   ```bash
        ||   # a comment
        ||   # another
        ||   ```
        |
        |c   <!--
        ||   ## hidden
        ||   -->
        |
        |    #hashtag
        |
        |+   ### Question 1
        ||
        ||r  > Answer:
        |||  # A group's own heading
        |||
        |||  text
    """)


def test_a_question_without_marker_folds_as_a_whole_only() -> None:
    """Nothing says where its prompt ends: to hide it could hide an answer."""
    check("""
        +    ### Question 1
        |
        |    > **What is it?**
        |    > More of it.
        |
        |    My answer,
        |    in lines.

        +    ### Question 2
        |r   > Answer:
        ||   Yes.
    """)


def test_two_markers() -> None:
    check("""
        +    ### Question 1
        |c   > **What is it?**
        ||   > Say more.
        |    > Answer:
        |
        |    Lost.
        |
        |r   > Answer:
        ||
        ||   Read.
    """)


def test_windows_and_old_line_endings() -> None:
    text = report(WORDS, "```\na\n```")
    for newline in ("\r\n", "\r"):
        assert folded(text.replace("\n", newline)) == folded(text)


def test_no_heading_pattern_of_its_own() -> None:
    text = "# Task\n\nTask 1\nAnswer:\nYes,\nyes.\n\n## Next\n\nTask 2\nAnswer:\nNo.\n"
    analysis = analyse(text, Nowhere(), {"heading": r"^Task (?P<number>\d+)$"})
    lines = [(fold["startLine"], fold["endLine"]) for fold in found(analysis)]
    assert lines == [(0, 11), (2, 5), (3, 5), (7, 11), (9, 11), (10, 11)]


def test_a_template_without_answer_markers() -> None:
    """An answer begins below the prompt, which it leaves to be folded by itself."""
    text = "# Form\n\n## Aim\n\n> Say what for.\n> Say how.\n\nFor this,\nand so.\n\n## Cost\n\nLittle,\nor less.\n"
    analysis = analyse(text, Nowhere(), {"marker": "none", "questions": ["Aim", "Cost"]})
    lines = [(fold["startLine"], fold["endLine"], fold.get("kind")) for fold in found(analysis)]
    aim, cost = [(2, 8, None), (4, 5, "comment"), (7, 8, "region")], [(10, 13, None), (12, 13, "region")]
    assert lines == [(0, 13, None), *aim, *cost]


def test_a_limit_keeps_the_outline() -> None:
    text = report(f"{WORDS}\n\n* a\n  b\n", WORDS)
    everything = folded(text)
    assert "".join((fold.get("kind") or "+")[0] for fold in everything) == "+++cr++cr"
    assert [fold.get("kind") for fold in folded(text, 4)] == [None] * 4
    assert folded(text, 8) == [fold for fold in everything if text.split("\n")[fold["startLine"]] != "* a"]
    assert folded(text, 9) == folded(text, 100) == everything
    assert folded(text, 0) == []


def test_a_folded_question_says_how_far_it_is() -> None:
    says = [fold.get("collapsedText") for fold in folded(report(WORDS), shows_text=True)]
    assert says == [None, None, "### Question 1 · 8 of 5-10 words", None, None]
    assert all("collapsedText" not in fold for fold in folded(report(WORDS)))


@pytest.mark.parametrize("text", ["", "# Only a title\n", "\n\n"])
def test_no_report(text: str) -> None:
    analysis = analyse(text, Nowhere())
    assert all("kind" not in fold for fold in found(analysis, shows_text=True))


PIECES = st.sampled_from(
    [
        *("### Question 1\n", "### Question 2\n", "# A\n", "## B\n", "> Answer:\n", "> p\n", ">\n", "\n", "text\n"),
        *("* a\n", "  b\n", "  * c\n", "```\n", "<!--\n", "-->\n", "| a |\n|---|\n| b |\n", "[a\nb](c)", "    x\n"),
        *("\t", "Answer:", "\r"),
    ]
)


def assert_sound(analysis: Analysis) -> None:
    lines = SourceText(analysis.outline.text).line_count
    folds = found(analysis, shows_text=True)
    for fold in folds:
        assert 0 <= fold["startLine"] < fold["endLine"] < lines
    assert len({tuple(fold.items()) for fold in folds}) == len(folds)
    for kind in ("comment", "region"):
        assert all(fold["startLine"] < fold["endLine"] for fold in folds if fold.get("kind") == kind)


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(st.tuples(PIECES, st.integers(0, 200)), max_size=3))
@examples(150)
def test_any_text_and_any_edit(text: str, edits: list[tuple[str, int]]) -> None:
    """Within the document, and the same as without the analysis before it."""
    source = SourceText(text)
    analysis = analyse(source, Nowhere())
    assert_sound(analysis)
    for new, at in edits:
        source = source.edited(Span(min(at, len(source.text)), min(at, len(source.text))), new)
        analysis = analyse(source, Nowhere(), {}, analysis)
        assert_sound(analysis)
        fresh = folded(source.text, shows_text=True)
        assert found(analysis, shows_text=True) == fresh
