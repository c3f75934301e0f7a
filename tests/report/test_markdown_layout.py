"""What a stretch of Markdown is built of, with exact ranges: lists and their items, tables, quotes, underlines."""

from __future__ import annotations

import pytest

from drawn import drawn, redrawn
from invigilator.report.markdown import Layout, read_markdown
from invigilator.text import Span


def same(picture: str, *names: str) -> Layout:
    """The layout of the picture's text; of `names` it must have what is drawn, and no more."""
    text, ranges, _ = drawn(picture)
    layout = read_markdown(text).layout
    found = [(item.marker, "item") for each in layout.lists for item in each.items]
    found += [(span, "paragraph") for each in layout.lists for item in each.items for span, _ in item.paragraphs]
    found += [(mark, "quote") for marks in layout.quotes for mark in marks]
    found += [(span, "table") for span in layout.tables]
    found += [(span, "underline") for span in layout.underlines]
    assert redrawn(text, [one for one in found if one[1] in names]) == redrawn(text, ranges)
    return layout


def test_items_and_their_levels() -> None:
    layout = same(
        """
        - one
        ^ item
            1. inner
            ^^ item
              - innermost
        * another list
        ^ item
        +
        ^ item
          - - both
          ^ item
            ^ item
        """,
        "item",
    )
    assert [each.level for each in layout.lists] == [0, 1, 0, 0, 1, 2]
    assert [each.outer for each in layout.lists] == [None, 0, None, None, 3, 4]
    assert [item.column for each in layout.lists for item in each.items] == [0, 4, 0, 0, 2, 4]


def test_items_in_quotes() -> None:
    layout = same(
        """
        > - one
          ^ item
        > - two
          ^ item
        >   1. inner
            ^^ item
        - > * turned round
        ^ item
            ^ item
        """,
        "item",
    )
    assert [each.level for each in layout.lists] == [0, 1, 0, 1]


def test_columns_with_tabs() -> None:
    layout = read_markdown("- one\n\t- two\n\n\ttext\n").layout
    assert [item.column for each in layout.lists for item in each.items] == [0, 4]
    assert layout.lists[0].items[0].paragraphs == ((Span(15, 19), 4),)


def test_a_list_ends_with_its_last_line() -> None:
    text = "- one\n- two\n\n  three\n  four\n\nfive\n"
    (only,) = read_markdown(text).lists
    assert text[only.span.start : only.span.end] == "- one\n- two\n\n  three\n  four"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("- one\n\n      code\n\n", "code"),
        ("- ```\n  a\n  ```\n\nb", "  ```"),
        ("- one\n  ***\n\nb", "***"),
        ("-\n\nb", "-"),
    ],
)
def test_whatever_its_last_line_is(text: str, end: str) -> None:
    (only,) = read_markdown(text).lists
    assert text[: only.span.end].endswith(end)


def test_further_paragraphs_of_items() -> None:
    same(
        """
        - one
          goes on

          two
          ^^^ paragraph
          goes on

          > quoted

        - x

          ```
          code
          ```
          three
          ^^^^^ paragraph
        """,
        "paragraph",
    )


def test_quotes_line_by_line() -> None:
    same(
        """
        > one
        ^ quote
        lazy
          >
          ^ quote
        > > two
        ^ quote
        >
        ^ quote

        - > three
          ^ quote
          > four
          ^ quote

        ```
        > code
        ```
            > code
        """,
        "quote",
    )


def test_tables() -> None:
    text, ((first, _), (second, _), (third, _)), _ = drawn(
        """
        text
        | a | b |
        ^^^^^^^^^ table
        |---|---|
        ^^^^^^^^^ ...
        | c | d |
        ^^^^^^^^^ ...

        > a | b
          ^^^^^ table
        > -|-
        ^^^^^ ...

        - | a |
          ^^^^^ table
          |---|
        ^^^^^^^ ...
        """
    )
    assert read_markdown(text).tables == (first, second, third)


@pytest.mark.parametrize("text", ["a | b\n---|---|---\n", "a\n|---|\n", "| a |\n\n|---|\n", "    | a |\n    |---|\n"])
def test_what_is_no_table(text: str) -> None:
    assert read_markdown(text).tables == ()


def test_underlines() -> None:
    same(
        """
        one
        ---
        ^^^ underline
        two
        three
          ==··
          ^^ underline
        > four
        > -----
          ^^^^^ underline
        - five
          --
          ^^ underline

        ---
        a | b
        ---
        ^^^ underline
        """,
        "underline",
    )


@pytest.mark.parametrize("text", ["***\n---\n", "- one\n---\n", "> one\n---\n", "one\n- - -\n", "    one\n---\n"])
def test_rules_are_no_underlines(text: str) -> None:
    assert read_markdown(text).underlines == ()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_with_any_line_ending(end: str) -> None:
    plain = "one\n---\n> - two\n>\n>   three\n\n| a |\n|---|\n"
    text = plain.replace("\n", end)
    layout, expected = read_markdown(text).layout, read_markdown(plain).layout
    assert layout.structure == expected.structure
    for spans, others in (
        (layout.underlines, expected.underlines),
        (layout.quotes[0], expected.quotes[0]),
        ([item.marker for item in layout.lists[0].items], [item.marker for item in expected.lists[0].items]),
    ):
        assert [text[span.start : span.end] for span in spans] == [plain[span.start : span.end] for span in others]


def test_a_layout_is_a_value_and_moves() -> None:
    one, same_text, other = (read_markdown(text).layout for text in ("a\n---\n", "a\n---\n", "ab\n---\n"))
    assert one == same_text
    assert hash(one) == hash(same_text)
    assert one != other
    assert one.structure is other.structure
    assert one.moved(5) != one
    assert one.moved(5).underlines == tuple(span.moved(5) for span in one.underlines)
