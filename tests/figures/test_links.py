"""Every place that points to a file, drawn: its kind under the path as written, or under all of a reference."""

from __future__ import annotations

import pytest

from drawn import check, drawn, redrawn
from invigilator.figures.links import definition_of, file_links, link_at
from invigilator.figures.usage import paths_in_answers, paths_in_prompts, unused_figures, uses_in_answers
from invigilator.report.markdown.inline import MOST_BRACKETS

FILES: dict[str, bytes | str] = {f"figures/{name}.png": b"" for name in "abcde"}

REPORT = """
    # Title

    [all](figures/)
          ^^^^^^^^ link
    <img src='figures/a.png'>
              ^^^^^^^^^^^^^ tag

    ### Question 1

    > Like ![this](figures/b.png) or ![that][ref].
                   ^^^^^^^^^^^^^ image
                                     ^^^^^^^^^^^^ image ref
    >
    > Answer:

    ![a](<figures/c.png>"t") [![in](figures/a.png)](https://x.org)
          ^^^^^^^^^^^^^ image
                                    ^^^^^^^^^^^^^ image
                                                    ^^^^^^^^^^^^^ link
    `![code](figures/d.png)` <!-- ![comment](figures/d.png) --> ![gone](figures/none.png)
                                                                        ^^^^^^^^^^^^^^^^ image

        ![indented](figures/d.png)

    ### Question 2

    > Answer:

    ![x][ref] [Ref][] [ref] ![no][other] <IMG alt=a SRC=figures/a.png>
    ^^^^^^^^^ image ref
              ^^^^^^^ link ref
                      ^^^^^ link ref
                                                        ^^^^^^^^^^^^^ tag
    <img data-src="figures/d.png"> <img alt="none">

    ![space](figures/my plot.png) ![title]( ./figures/my plot.png "so" ) `![code](figures/my plot.png)`
             ^^^^^^^^^^^^^^^^^^^ meant
                                            ^^^^^^^^^^^^^^^^^^^^^ meant

    [ref]: figures/e.png 'title'
           ^^^^^^^^^^^^^ definition ref
"""


def test_every_place() -> None:
    text, ranges, _ = drawn(REPORT)
    analysis = check(text, FILES)
    found = [
        (analysis.span_in_text(section, link.written or link.span), " ".join(filter(None, (link.kind, link.label))))
        for section, link in file_links(analysis)
    ]
    assert redrawn(text, found) == redrawn(text, ranges)


def test_what_uses_are_made_of_it() -> None:
    """A definition alone is no use, and its references are."""
    analysis = check(drawn(REPORT).text, FILES)
    assert [use.path[8:9] for use in uses_in_answers(analysis)] == ["c", "a", "e", "e", "e", "a"]
    assert {path[8:9] for path in paths_in_answers(analysis)} == set("ace")
    assert {path[8:9] for path in paths_in_prompts(analysis)} == set("abe")
    assert [fact.path for fact in unused_figures(analysis)] == ["figures/d.png"]


@pytest.mark.parametrize(
    ("needle", "expected"),
    [("![in]", "https://x.org"), ("in]", "figures/a.png"), ("figures/c", "figures/c.png"), ("SRC", "figures/a.png")],
)
def test_link_at_is_the_innermost(needle: str, expected: str) -> None:
    text = drawn(REPORT).text
    analysis = check(text, FILES)
    # a link's own bracket stands in front of the image in it
    placed = link_at(analysis, text.index(needle) - (needle == "![in]"))
    assert placed is not None
    assert placed.link.target == expected


def test_none_beside_a_link() -> None:
    text = drawn(REPORT).text
    analysis = check(text, FILES)
    for needle in ("# Title", "`![code]", "figures/d.png", "Answer:"):
        assert link_at(analysis, text.index(needle)) is None


def test_of_two_that_touch_the_one_behind() -> None:
    text = "### Question 1\n> Answer:\n\n![a](figures/a.png)![b](figures/b.png)\n"
    placed = link_at(check(text, FILES), text.index("![b]"))
    assert placed is not None
    assert placed.link.target == "figures/b.png"


def test_definition_of_a_reference() -> None:
    text = drawn(REPORT).text
    analysis = check(text, FILES)
    placed = definition_of(analysis, "ref")
    assert placed is not None
    assert placed.link.target == "figures/e.png"
    assert definition_of(analysis, "other") is None


def test_answer_that_cannot_be_read_as_markdown() -> None:
    text = "### Question 1\n> Answer:\n\n" + "[" * (MOST_BRACKETS + 1) + "](\n![a](figures/a.png)\n"
    analysis = check(text, FILES)
    assert [link.target for _, link in file_links(analysis)] == ["figures/a.png"]
    assert [use.path for use in uses_in_answers(analysis)] == ["figures/a.png"]


def test_text_between_two_markers_counts_as_prompt() -> None:
    text = "### Question 1\n> Answer:\n\n![a](figures/a.png)\n\n> Answer:\n\n![b](figures/b.png)\n"
    found = [(link.target, link.in_answer) for _, link in file_links(check(text, FILES))]
    assert found == [("figures/a.png", False), ("figures/b.png", True)]
