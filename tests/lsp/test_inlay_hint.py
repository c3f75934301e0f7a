"""What stands behind the questions' headings."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from drawn import examples
from invigilator.analysis import Analysis, analyse
from invigilator.lsp import inlay_hint
from invigilator.lsp.inlay_hint import Shown, Tooltips, inlay_hints, resolved, uri_of
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import SourceText, Span
from protocol.reports import WORDS, placeholder, question, report

REPORT = report(WORDS, placeholder(2)) + question(3, "gone", marker="> Reply:")
ALL = types.Range(types.Position(0, 0), types.Position(1_000, 0))


def analysed(text: str | SourceText, previous: Analysis | None = None, **settings: Any) -> Analysis:
    around = MemorySurroundings({}) if previous is None else previous.ground.surroundings
    return analyse(text, around, previous.ground.settings if previous else settings, previous)


def hinted(analysis: Analysis, asked: types.Range = ALL, tooltips: Tooltips = "later") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(inlay_hints(analysis, "file:///r.md", asked, "utf-16", tooltips=tooltips))
    return found


def drawn(analysis: Analysis, asked: types.Range = ALL) -> str:
    """The text with its hints behind a tilde."""
    lines = analysis.outline.text.split("\n")
    for hint in hinted(analysis, asked):
        line, character = hint["position"]["line"], hint["position"]["character"]
        assert lines[line].encode("utf-16-le")[: character * 2].decode("utf-16-le") == lines[line], "at the line's end"
        lines[line] += f" ~ {hint['label']}"
    return "\n".join(line for line in lines if "~" in line)


def test_every_question_has_one() -> None:
    assert drawn(analysed(REPORT)) == (
        "### Question 1 ~ 8 of 5-10 words\n"
        "### Question 2 ~ not answered · 1-60 words and 1-2 images\n"
        "### Question 3 ~ no answer marker"
    )


def test_the_form() -> None:
    place = {"line": 4, "character": 14}
    hint = {"position": place, "label": "8 of 5-10 words", "paddingLeft": True}
    analysis = analysed(REPORT)
    said = "**Question 1**: 5 to 10 words, says the prompt\n\n- 8 words: fine\n\nWithin the limits."
    assert hinted(analysis)[0] == {**hint, "data": {"uri": "file:///r.md"}}
    assert hinted(analysis, ALL, "markdown")[0] == {**hint, "tooltip": {"kind": "markdown", "value": said}}
    plain = said.replace("**", "")
    assert hinted(analysis, ALL, "plain")[0] == {**hint, "tooltip": {"kind": "plaintext", "value": plain}}


@pytest.mark.parametrize(
    "heading", ["### Question 1: 😀 ø", "### Question 1 ###", "###  QUESTION 1  ", "   ### Question 1"]
)
def test_behind_whatever_the_heading_says(heading: str) -> None:
    assert drawn(analysed(REPORT.replace("### Question 1", heading))).startswith(f"{heading} ~ 8 of 5-10 words")


@pytest.mark.parametrize(
    ("start", "end", "questions"),
    [
        ((0, 0), (4, 13), []),
        ((0, 0), (4, 14), [1]),
        ((4, 14), (4, 14), [1]),
        ((4, 15), (14, 14), [2]),
        ((5, 0), (13, 90), []),
        ((5, 0), (900, 0), [2, 3]),
    ],
)
def test_only_those_of_the_range_asked_for(start: tuple[int, int], end: tuple[int, int], questions: list[int]) -> None:
    analysis = analysed(REPORT)
    assert analysis.outline.lines[2] == 14
    asked = types.Range(types.Position(*start), types.Position(*end))
    assert [line.split(" ~")[0] for line in drawn(analysis, asked).splitlines()] == [
        f"### Question {number}" for number in questions
    ]


def test_turned_off() -> None:
    analysis = analysed(REPORT, **{"inlay-hints": False})
    assert hinted(analysis) == []
    assert Shown(analysis.outline.source, analysis).labels == []


def test_no_report() -> None:
    analysis = analysed("# Only a title\n")
    assert hinted(analysis) == []
    assert Shown(analysis.outline.source, None).labels == []


def test_an_edit_in_one_question_makes_one_hint_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    text = SourceText(REPORT)
    before = analysed(text)
    first = hinted(before)
    made = []
    real = inlay_hint.in_short
    monkeypatch.setattr(inlay_hint, "in_short", lambda *args, **options: made.append(args) or real(*args, **options))
    assert hinted(before) == first
    assert made == []
    at = REPORT.index("eight")
    after = analysed(text.edited(Span(at, at), "and\nmore "), before)
    hints = hinted(after)
    assert len(made) == 1
    assert [hint["label"] for hint in hints] == ["10 of 5-10 words", *(hint["label"] for hint in first[1:])]
    moved = [hint["position"]["line"] - old["position"]["line"] for hint, old in zip(hints, first, strict=True)]
    assert moved == [0, 1, 1]


def test_a_hint_whose_limits_change_is_another() -> None:
    before = analysed(REPORT)
    hinted(before)
    text = REPORT.replace("5-10 words", "50-100 words")
    assert drawn(analysed(text, before)).startswith("### Question 1 ~ 8 of 50-100 words (42 missing)")


def test_the_tooltip_is_what_a_hover_says() -> None:
    analysis = analysed(REPORT)
    hints = hinted(analysis)
    for number, sent in enumerate(hints, start=1):
        hint = types.InlayHint(types.Position(**sent["position"]), sent["label"], data=sent["data"])
        assert uri_of(hint) == "file:///r.md"
        content = resolved(hint, analysis, analysis.outline.source, "utf-16", markdown=True).tooltip
        assert isinstance(content, types.MarkupContent)
        assert content.value.startswith(f"**Question {number}**")


def test_a_hint_that_has_no_question_any_more_stays_as_it_is() -> None:
    analysis = analysed(REPORT)
    hint = types.InlayHint(types.Position(0, 3), "8 words")
    assert uri_of(hint) == ""
    assert resolved(hint, analysis, analysis.outline.source, "utf-16", markdown=True).tooltip is None


EDITS = st.tuples(
    st.integers(0, len(REPORT)),
    st.integers(0, 30),
    st.sampled_from(["", "x", " y", "\n", "![a](b.png)", "5-9 words", "### Question 4\n", "> Answer:\n"]),
)


@given(st.lists(EDITS, max_size=5))
@examples(60)
def test_the_same_after_any_edits_as_from_the_start(edits: list[tuple[int, int, str]]) -> None:
    text = SourceText(REPORT)
    analysis = analysed(text)
    for at, length, new in edits:
        hinted(analysis)
        text = text.edited(Span(min(at, len(text.text)), min(at + length, len(text.text))), new)
        analysis = analysed(text, analysis)
    fresh = analysed(text.text)
    assert hinted(analysis, ALL, "plain") == hinted(fresh, ALL, "plain")
    assert Shown(text, analysis).labels == Shown(text, fresh).labels
