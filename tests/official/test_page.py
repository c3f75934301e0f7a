"""The page that the course's script makes."""

from __future__ import annotations

import pytest
from markdown import markdown

from invigilator.official import page as page_module
from invigilator.official.page import DROPPED_HEAD, NoPage, handed_in_page

FRONT_MATTER = "---\nlayout: default\nnav_exclude: true\n---\n\n"


def test_front_matter_is_what_is_dropped() -> None:
    assert len(FRONT_MATTER) == DROPPED_HEAD
    assert handed_in_page(FRONT_MATTER + "# Report\n\nOne *line*.\n") == "<h1>Report</h1>\n<p>One <em>line</em>.</p>"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("", ""),
        ("x" * 43, ""),
        ("x" * 43 + "y", "<p>y</p>"),
        # without front matter the first words go
        ("# A title of a report that is longer than it needs to be\n\nText", "<p>t needs to be</p>\n<p>Text</p>"),
        # a byte order mark is a character like any other
        ("\ufeff" + "x" * 42 + "y", "<p>y</p>"),
        # line endings are one character each before anything is counted
        ("\r\n" * 43 + "y\r\nz\ru", "<p>y\nz\nu</p>"),
        # no extensions: no table, no fence
        ("x" * 43 + "|a|\n|-|\n|b|", "<p>|a|\n|-|\n|b|</p>"),
        ("x" * 43 + "```\na\n```", "<p><code>a</code></p>"),
        # and nothing taken away
        ("x" * 43 + "<script>1</script>", "<script>1</script>"),
    ],
)
def test_the_text_less_its_head(text: str, page: str) -> None:
    assert handed_in_page(text) == page


def test_where_the_library_fails_so_does_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str) -> str:
        raise RecursionError(text)

    monkeypatch.setattr(page_module, "markdown", broken)

    with pytest.raises(NoPage, match=r"^RecursionError in the Markdown library$"):
        handed_in_page("x" * 50)


def test_every_call_is_a_fresh_one() -> None:
    """A definition of one text is none of the next."""
    assert handed_in_page("x" * 43 + "[a]\n\n[a]: b") == '<p><a href="b">a</a></p>'
    assert handed_in_page("x" * 43 + "[a]") == markdown("[a]") == "<p>[a]</p>"
