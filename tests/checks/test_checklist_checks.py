"""``checklist.*``: the boxes before the first question."""

from __future__ import annotations

import pytest

from drawn import check, findings


def test_boxes_that_are_none() -> None:
    blank, ticked, *_ = findings(
        """
        # Our project

        * [x] done
        * [ ] to do
        * [X] done, too
        * [] to do
          ^^ checklist.malformed-box
        - [x ] done
          ^^^^ checklist.malformed-box
            + [ x] done
              ^^^^ checklist.malformed-box
        1. [X ] done
           ^^^^ checklist.malformed-box
        > 2) [  ] to do
             ^^^^ checklist.malformed-box

        ### Question 1
        > Answer:

        - [] not here
        """,
        only="checklist.*",
    )
    assert (blank.severity, blank.question) == ("information", None)
    assert "Write [ ]." in blank.message
    assert "Write [x]." in ticked.message


@pytest.mark.parametrize(
    "line",
    [
        "- [x](https://example.org)",
        "- [ x](https://example.org)",
        "- [][x]",
        "[] alone",
        "- text []",
        "- [y]",
        "- `[]`",
        "```\n- []\n```",
        "<!--\n- []\n-->",
        "-[]",
        "[x]: https://example.org",
    ],
)
def test_what_is_no_box(line: str) -> None:
    findings(f"# Our project\n\n{line}\n\n### Question 1\n> Answer:\n\nSo.\n", only="checklist.*")


def test_with_carriage_returns() -> None:
    text = "# Ours\r\n\r\n- []\r\n\r\n### Question 1\r\n> Answer:\r\n"
    (found,) = check(text, select=["checklist.*"]).findings[0]
    assert text[found.span.start : found.span.end] == "[]"


def test_a_report_that_begins_with_a_question() -> None:
    findings("### Question 1\n\n- [] a\n\n> Answer:\n\nSo.\n", only="checklist.*")
