"""Lines, offsets and positions by the protocol's rules."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import examples
from invigilator.text import Encoding, Position, SourceText, Span, code_points, units

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")

# what splits lines, what only seems to, and a character of every length
PIECES = [
    "a",
    "bc ",
    "\n",
    "\r",
    "\r\n",
    "\u2028",
    "\u2029",
    "\x85",
    "\x0b",
    "\x0c",
    "\x1c",
    "é",
    "\u200b",
    "字",
    "🚲",
    "e\u0301",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one\n", ["one", ""]),
        ("one\ntwo", ["one", "two"]),
        ("one\r\ntwo\r\n", ["one", "two", ""]),
        ("one\rtwo\r", ["one", "two", ""]),
        ("\n\r", ["", "", ""]),
        ("\r\n", ["", ""]),
        ("\r\r\n\n", ["", "", "", ""]),
        ("a\nb\rc\r\nd", ["a", "b", "c", "d"]),
        ("a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\x1dh\x1ei", ["a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\x1dh\x1ei"]),
    ],
)
def test_lines_end_at_the_three_line_endings_only(text: str, lines: list[str]) -> None:
    source = SourceText(text)
    spans = [source.line_span(line) for line in range(source.line_count)]
    assert [text[start:end] for start, end in spans] == lines


@pytest.mark.parametrize(
    ("offset", "line"), [(0, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2), (7, 3), (8, 3), (9, 3), (99, 3)]
)
def test_the_line_that_holds_an_offset(offset: int, line: int) -> None:
    assert SourceText("ab\nc\rd\ne").line_of(offset) == line


@pytest.mark.parametrize(
    ("encoding", "characters"),
    [
        # a, é, 字, the bicycle, b
        ("utf-8", [0, 1, 3, 6, 10, 11]),
        ("utf-16", [0, 1, 2, 3, 5, 6]),
        ("utf-32", [0, 1, 2, 3, 4, 5]),
    ],
)
def test_positions_in_each_encoding(encoding: Encoding, characters: list[int]) -> None:
    source = SourceText("x\naé字🚲b\ny")
    assert [source.position(2 + index, encoding) for index in range(6)] == [Position(1, c) for c in characters]
    assert [source.offset(Position(1, c), encoding) for c in characters] == [2 + index for index in range(6)]


@pytest.mark.parametrize(("encoding", "middle"), [("utf-8", 2), ("utf-8", 3), ("utf-8", 4), ("utf-16", 2)])
def test_a_character_inside_a_code_point_is_its_start(encoding: Encoding, middle: int) -> None:
    assert SourceText("a🚲b").offset(Position(0, middle), encoding) == 1


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    ("text", "position", "offset"),
    [
        ("ab\ncd", Position(0, 9), 2),  # behind a line's end: that end, before its line ending
        ("ab\r\ncd", Position(0, 9), 2),
        ("ab\rcd", Position(0, 9), 2),
        ("ab\ncd", Position(1, 9), 5),  # the last line has no ending
        ("ab\ncd", Position(2, 0), 5),
        ("ab\ncd", Position(99, 99), 5),
        ("ab\n", Position(1, 5), 3),
        ("", Position(0, 1), 0),
        ("ab", Position(-1, 5), 0),
        ("ab", Position(0, -1), 0),
        ("é🚲\nx", Position(0, 99), 2),
        ("\n\n", Position(1, 7), 1),
    ],
)
def test_positions_outside_the_text_are_taken_to_the_nearest_place(
    text: str, position: Position, offset: int, encoding: Encoding
) -> None:
    assert SourceText(text).offset(position, encoding) == offset


def test_offsets_outside_the_text_are_taken_to_its_ends() -> None:
    source = SourceText("ab\ncd")
    assert source.position(-3) == Position(0, 0)
    assert source.position(99) == Position(1, 2)


@pytest.mark.parametrize(
    ("text", "span", "new", "result"),
    [
        ("", Span(0, 0), "a", "a"),
        ("one\ntwo", Span(3, 4), "", "onetwo"),
        ("one\r\ntwo", Span(4, 5), "", "one\rtwo"),  # half a line ending goes, the other half is one still
        ("one\rtwo", Span(4, 4), "\n", "one\r\ntwo"),  # two halves come together
        ("a\r", Span(2, 2), "\nb", "a\r\nb"),
        ("a\nb", Span(1, 1), "\r", "a\r\nb"),
        ("a\r\nb", Span(2, 2), "x", "a\rx\nb"),
        ("one\ntwo\nthree", Span(0, 13), "", ""),
        ("one", Span(3, 3), "\n", "one\n"),
        ("ab", Span(5, 9), "c", "abc"),
        ("ab", Span(-5, 1), "c", "cb"),
    ],
)
def test_an_edit_gives_a_new_text_with_its_lines(text: str, span: Span, new: str, result: str) -> None:
    source = SourceText(text)
    edited = source.edited(span, new)
    assert edited.text == result
    assert list(edited.line_lengths) == list(SourceText(result).line_lengths)
    assert source.text == text


@examples(60)
@given(st.data())
def test_edits_give_what_reading_afresh_gives(data: st.DataObject) -> None:
    source = SourceText(data.draw(TEXTS))
    for _ in range(data.draw(st.integers(1, 8))):
        start = data.draw(st.integers(0, len(source.text)))
        end = data.draw(st.integers(start, len(source.text)) | st.integers(start, min(start + 2, len(source.text))))
        new = data.draw(TEXTS | st.sampled_from(["", "a", "\r", "\n", "🚲"]))
        expected = source.text[:start] + new + source.text[end:]
        source = source.edited(Span(start, end), new)
        fresh = SourceText(expected)
        assert source.text == expected
        assert (source.line_starts, source.line_lengths) == (fresh.line_starts, fresh.line_lengths)
        assert source.line_count == fresh.line_count
        spans, lines = range(source.line_count), range(len(expected) + 1)
        assert [source.line_span(line) for line in spans] == [fresh.line_span(line) for line in spans]
        assert [source.line_of(offset) for offset in lines] == [fresh.line_of(offset) for offset in lines]


@examples(60)
@given(st.data())
def test_a_text_knows_what_its_last_edits_left_alone(data: st.DataObject) -> None:
    versions = [SourceText(data.draw(TEXTS))]
    for _ in range(data.draw(st.integers(1, 12))):
        text = versions[-1].text
        start, end = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
        versions.append(versions[-1].edited(Span(start, end), data.draw(TEXTS)))
    last = versions[-1]
    assert versions[-2].unchanged_since(last) is None
    assert SourceText(last.text).unchanged_since(versions[0]) is None
    assert last.unchanged_since(versions[-2]) is not None
    for version in versions[:-1]:
        known = last.unchanged_since(version)
        if known is None:
            assert version is not versions[-2]
            continue
        head, tail = known
        assert head + tail <= min(len(version.text), len(last.text))
        assert version.text[:head] == last.text[:head]
        assert version.text[len(version.text) - tail :] == last.text[len(last.text) - tail :]


@examples(60)
@given(TEXTS)
def test_lines_are_those_of_a_split_at_the_three_line_endings(text: str) -> None:
    source = SourceText(text)
    spans = [source.line_span(line) for line in range(source.line_count)]
    assert [text[start:end] for start, end in spans] == re.split(r"\r\n|\r|\n", text)
    assert sum(source.line_lengths) == len(text)


@examples(60)
@given(TEXTS, st.sampled_from(ENCODINGS))
def test_offset_to_position_and_back(text: str, encoding: Encoding) -> None:
    source = SourceText(text)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] == "\r\n" and offset > 0:
            continue  # no position stands for the middle of a line ending
        assert source.offset(source.position(offset, encoding), encoding) == offset


@examples(60)
@given(TEXTS, st.sampled_from(ENCODINGS), st.integers(-1, 30), st.integers(-1, 30))
def test_any_position_is_somewhere_on_its_line(text: str, encoding: Encoding, line: int, character: int) -> None:
    source = SourceText(text)
    offset = source.offset(Position(line, character), encoding)
    assert 0 <= offset <= len(text)
    if 0 <= line < source.line_count:
        start, end = source.line_span(line)
        assert start <= offset <= end
        assert units(text[start:offset], encoding) <= max(character, 0)


@examples(60)
@given(TEXTS)
def test_units_are_those_of_pythons_own_encoders(text: str) -> None:
    assert units(text, "utf-8") == len(text.encode())
    assert units(text, "utf-16") == len(text.encode("utf-16-le")) // 2
    for encoding in ENCODINGS:
        assert code_points(text, units(text, encoding), encoding) == len(text)


def test_a_lone_surrogate_has_a_length_too() -> None:
    assert (units("\ud800", "utf-8"), units("\ud800", "utf-16"), units("\ud800", "utf-32")) == (3, 1, 1)
