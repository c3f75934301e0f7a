"""What is selected when one selects more and more. Each stretch is drawn under the one before it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types

from drawn import examples
from invigilator.analysis import analyse
from invigilator.lsp.selection_range import growing, selection_ranges
from invigilator.surroundings import Nowhere
from invigilator.text import Encoding, SourceText, Span
from protocol.reports import report

TEXT = """\
# Report

## Checklist

* [x] Begin with it
* [ ] Go on

## Part

> What this is about

### Question 1

> **What is it? Say it.**
> In a word or two.
>
> Answer length: 5-10 words.
>
> Answer:

It is well-known by now. See [the curve](figures/a%20b.png) and `x + y`,
which say the same.

* One item
* Another item
  on two lines

```python
first = 1
second = 2
```

### Question 2

> Answer:

"""


def selected(drawn: str) -> list[str]:
    """The stretches at the `¦`, from the smallest on; of long ones their two ends."""
    offset = drawn.index("¦")
    text = SourceText(drawn.replace("¦", "", 1))
    return [shown(text.text[span.start : span.end]) for span in growing(analyse(text, Nowhere()), text, offset)]


def shown(text: str) -> str:
    return text if len(text) <= 46 else f"{text[:20]} ... {text[-20:]}"


def around(before: str, behind: str) -> list[str]:
    """The same between two neighbours in `TEXT`."""
    place = TEXT.index(before + behind) + len(before)
    return selected(TEXT[:place] + "¦" + TEXT[place:])


def part(first: str, last: str) -> str:
    """The stretch of `TEXT` between two places, both in it."""
    start = TEXT.index(first)
    return shown(TEXT[start : TEXT.index(last, start) + len(last)])


QUESTION = part("### Question 1", "second = 2\n```")
ITEM = "Another item\n  on two lines"
LIST = f"* One item\n* {ITEM}"
CODE = "first = 1\nsecond = 2"
REST = [part("## Part", "Question 2\n\n> Answer:"), shown(TEXT.rstrip()), shown(TEXT)]


def test_a_word_of_an_answer() -> None:
    assert around("well-", "known") == [
        "well-known",
        "It is well-known by now.",
        part("It is well", "and `x + y`,"),
        part("It is well", "say the same."),
        part("It is well", "second = 2\n```"),
        QUESTION,
        *REST,
    ]


@pytest.mark.parametrize(
    ("before", "behind", "first"),
    [
        ("[the cu", "rve]", ["curve", "the curve", shown("[the curve](figures/a%20b.png)")]),
        ("a%2", "0b.png", ["20b", "figures/a%20b.png", shown("[the curve](figures/a%20b.png)")]),
        ("`x", " + y`", ["x", "`x + y`"]),
        ("* One i", "tem", ["item", "One item", "* One item"]),
        ("  on t", "wo lines", ["two", "on two lines", ITEM, f"* {ITEM}", LIST]),
        ("first", " = 1", ["first", "first = 1", CODE, f"```python\n{CODE}\n```"]),
        ("> **What is", " it?", ["is", "**What is it?", "**What is it? Say it.**"]),
        ("### Ques", "tion 1", ["Question", "### Question 1", QUESTION, *REST]),
        ("* [x] Be", "gin", ["Begin", "[x] Begin with it", "* [x] Begin with it"]),
        ("> What th", "is is about", ["this", "What this is about", *REST]),
    ],
)
def test_what_comes_first(before: str, behind: str, first: list[str]) -> None:
    assert around(before, behind)[: len(first)] == first


def test_a_prompt() -> None:
    assert around("In a w", "ord")[1:4] == [
        "In a word or two.",
        "**What is it? Say it.**\n> In a word or two.",
        part("**What", "5-10 words."),
    ]


def test_an_answer_that_is_empty() -> None:
    """Nothing is written yet: the whole question, with the lines to write on."""
    assert selected(TEXT + "¦")[0] == "### Question 2\n\n> Answer:\n\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_positions(encoding: Encoding) -> None:
    text = SourceText(report("😀 én word", head=""))
    analysis = analyse(text, Nowhere())
    places = [types.Position(*text.position(text.text.index(word), encoding)) for word in ("én", "Question")]
    chains = selection_ranges(analysis, text, places, encoding)
    assert len(chains) == 2
    for chain, word in zip(chains, ("én", "Question"), strict=True):
        start = text.text.index(word)
        expected = [text.position(at, encoding) for at in (start, start + len(word))]
        assert [tuple(chain["range"][end].values()) for end in ("start", "end")] == expected
    assert selection_ranges(analysis, text, [], encoding) == []


def test_without_report_only_what_any_text_has() -> None:
    assert selected("# Ti¦tle\n\ntext\n") == [
        "Title",
        "# Title",
        "# Title\n\ntext",
        "# Title\n\ntext\n",
    ]


PIECES = st.sampled_from(
    [
        *("### Question 1\n", "### Question 2\n", "# A\n", "> Answer:", "> p\n", ">\n", "\n", "Words. More it's\n"),
        *("* a\n", "  b\n", "```\n", "<!-- ", "-->\n", "| a |\n|---|\n| b |\n", "![a](b c)", "[a\nb](c)", "`c`"),
        *("<b>", "\r", "\t", "😀", "\u2028"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), st.data())
@examples(200)
def test_every_range_holds_the_one_before_it(text: str, data: Any) -> None:
    source = SourceText(text)
    offset = data.draw(st.integers(0, len(text)))
    chain = growing(analyse(source, Nowhere()), source, offset)
    assert chain[-1:] == ([Span(0, len(text))] if text else [])
    for inner, outer in pairwise(chain):
        assert outer.start <= inner.start <= inner.end <= outer.end
        assert inner != outer
    assert all(span.start <= offset <= span.end for span in chain)
