"""What is the same prompt, and where another one differs."""

from __future__ import annotations

import pytest

from invigilator.template.comparison import compare
from invigilator.template.wording import wording_of
from template.templates import ASKED, EXAMPLE, prompt

TWO = prompt(2)


def kind(new: str, old: str = TWO) -> str:
    return compare(old, new).kind


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (TWO, "same"),
        (TWO.replace("\n", "\r\n"), "same"),
        (TWO.replace("\n>\n", "\n> \n"), "same"),
        (TWO.replace(">", ""), "re-wrapped"),
        (TWO.replace("**", ""), "re-wrapped"),
        (TWO.replace("**", "__"), "re-wrapped"),
        (TWO.replace("holds? ", "holds?**\n> **"), "re-wrapped"),
        (TWO.replace("> ", ">").replace("holds? ", "holds?\n>"), "re-wrapped"),
        (TWO.replace("bridge", "`bridge`"), "re-wrapped"),
        (TWO.replace("\n", "\n\n"), "re-wrapped"),
        (prompt(2, example=False), "example"),
        (TWO.replace(EXAMPLE, "*Something else ...*"), "re-wrapped"),
        (prompt(2, length=False), "re-wrapped"),  # the length line is another rule's
        (TWO.replace("50-100", "50-\n> 100"), "re-wrapped"),
        (TWO.replace("holds? Explain", "holds? (Answer length: 50-100 words.) Explain"), "re-wrapped"),
        (TWO.replace("50-100 words", "5 words"), "re-wrapped"),
        (TWO.replace("you have", "your have"), "spelling"),
        (TWO.replace("the bridge", "a bridge"), "spelling"),
        (TWO.replace("Explain", "Explains"), "spelling"),
        (TWO.replace("and what broke first", "and what did not broke first"), "added"),
        (TWO.replace("holds", "not holds"), "added"),
        (TWO.replace("loads", "1 load"), "changed"),
        (TWO.replace("which loads", "which bicycles"), "changed"),
        (TWO.replace(" and what broke first", ""), "removed"),
        (TWO.replace("Explain which loads you have tried and what broke first.", ""), "removed"),
        ("\n", "gone"),
        ("\n> Example:\n> " + EXAMPLE + "\n>\n", "gone"),
        (prompt(2, example=False, length=False, asks=""), "gone"),
    ],
)
def test_the_kind_of_difference(new: str, expected: str) -> None:
    assert kind(new) == expected


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ("Upload one drawing of the bridge.", "example"),
        ("Upload one drawing of the bridge. You can take inspiration from.", "example"),
        ("Upload one drawing of the bridge. You can take inspiration from [this drawing](figures/mine.png).", "same"),
        ("Upload one drawing. You can take inspiration from [this drawing](figures/arch.png).", "removed"),
        ("Upload a drawing of the bridge.", "changed"),
    ],
)
def test_a_link_to_an_example_figure(new: str, expected: str) -> None:
    assert kind(prompt(3, new), prompt(3)).replace("re-wrapped", "same") == expected


def test_what_is_gone_is_a_whole_sentence_where_it_may_be_one() -> None:
    old = "> You see it. You try it. You draw it.\n"
    (change,) = compare(old, "> You see it. You draw it.\n").changes
    assert (change.said, change.gone, change.own, change.sentences) == ("You try it", 3, 0, True)


def test_two_places_are_two_changes() -> None:
    new = prompt(2, ASKED[2].replace("bridge", "tower").replace("loads", "weights"))
    changes = compare(TWO, new).changes
    assert [change.said for change in changes] == ["bridge", "loads"]
    assert [new[slice(*(change.span or (0, 0)))] for change in changes] == ["tower", "weights"]


def test_a_sentence_written_anew_is_one_change() -> None:
    new = prompt(
        2, "How did you make sure that the bridge holds? Tell us about the people that you have met and so on."
    )
    assert len(compare(TWO, new).changes) == 1


def test_a_long_quotation_is_cut() -> None:
    old = "> " + " ".join(f"word{number}" for number in range(60)) + "\n"
    (change,) = compare(old, "\n").changes
    assert change.said.startswith("word0 word1 ")
    assert change.said.endswith("word15 …")


def test_own_text_is_kept_apart_from_retouching() -> None:
    mine = "We hung nine buckets of water on it until it gave way."
    in_prompt = TWO + f"> {mine}\n>\n"
    found = compare(prompt(2, example=False), prompt(2, example=False) + f"> {mine}\n>\n")
    assert found.kind == "added"
    ((start, end),) = found.own_text
    assert (prompt(2, example=False) + f"> {mine}\n>\n")[start:end] == mine[:-1]
    over_example = TWO.replace(EXAMPLE, mine)
    ((start, end),) = compare(TWO, over_example).own_text
    assert over_example[start:end] == mine[:-1]
    assert compare(TWO, in_prompt).kind in ("same", "re-wrapped")  # below "Example:" it may be the example's


def test_a_huge_prompt_is_read_to_a_limit() -> None:
    assert len(wording_of("> word\n" * 100_000).asked.texts) < 2_000
