"""``prompt.changed``, and ``prompt.limit-removed`` against the original template."""

from __future__ import annotations

from typing import Any

import pytest

from drawn import check, finding, findings
from invigilator.checks.finding import Finding
from invigilator.surroundings.memory import MemorySurroundings
from template.templates import ASKED, BESIDE, EXAMPLE, TEMPLATE, answered, prompt, question


def changed(text: str, only: str = "prompt.*", **configuration: Any) -> list[Finding]:
    analysis = check(text, BESIDE, select=[only], **configuration)
    assert analysis.problems == ()
    return [found for _, found in analysis.placed()]


# --- prompt.changed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [TEMPLATE, answered(), answered().replace("\n", "\r\n"), TEMPLATE.replace("> ", ">")])
def test_the_templates_own_words(text: str) -> None:
    assert changed(text) == []


def test_other_words() -> None:
    found = finding(
        """
        ### Question 1

        > **Who are you, and which tunnel did you dig? Name every member of your group.**
                                   ^^^^^^ prompt.changed
        >
        > Answer:

        We are three.
        """,
        BESIDE,
        only="prompt.*",
    )
    assert (found.severity, found.question, found.variant) == ("hint", 1, "")
    assert 'says something else here: "bridge", and 1 place more.' in found.message
    assert found.message.endswith("Put its words back.")


def test_words_that_are_gone_are_told_at_the_gap() -> None:
    found = finding(
        """
        ### Question 2

        > **How did you make sure that the bridge holds?**
                                                  ^^^^^ prompt.changed
        >
        > Answer length: 50-100 words.
        > Answer:

        We are three.
        """,
        BESIDE,
        only="prompt.*",
    )
    assert found.variant == "removed"
    assert found.message.startswith("A whole sentence is gone from this prompt")
    assert '"Explain which loads you have tried and what broke first"' in found.message


def test_several_places() -> None:
    asked = prompt(2).replace("bridge", "tower").replace("loads", "weights").replace("broke", "fell")
    (found,) = changed(answered(question(2, "So.", asked=asked)))
    assert 'says something else here: "bridge", and 2 places more.' in found.message


def test_nothing_is_left() -> None:
    found = finding(
        """
        ### Question 2
        ^^^^^^^^^^^^^^ prompt.changed

        Answer:

        Yes.
        """,
        BESIDE,
        only="prompt.*",
    )
    assert found.variant == "gone"
    assert 'begins "How did you make sure' in found.message


MINE = "We hung nine buckets of water on it until it gave way"


def test_words_that_the_template_does_not_have() -> None:
    asked = prompt(1) + f"> {MINE}.\n>\n"
    text = answered(question(1, "And here is more.", asked=asked))
    (found,) = changed(text)
    assert (found.variant, text[slice(*found.span.moved(text.index("### Question 1")))]) == ("added", MINE)
    assert "12 words that the template does not have" in found.message
    assert "below `Answer:`" in found.message
    assert "buckets" not in found.message


@pytest.mark.parametrize(
    "asked",
    [prompt(2).replace(EXAMPLE, f"*{MINE}.*"), prompt(2).replace("> Answer length", f"> {MINE}.\n>\n> Answer length")],
    ids=["over the example", "in the middle"],
)
@pytest.mark.parametrize("answer", [None, ""], ids=["placeholder", "nothing"])
def test_an_answer_in_the_prompt(asked: str, answer: str | None) -> None:
    text = answered(question(2, answer, asked=asked))
    (found,) = changed(text)
    shown = text[slice(*found.span.moved(text.index("### Question 2")))]
    assert (found.variant, shown) == ("answer", MINE)
    assert found.message.startswith("Your answer seems to stand in the prompt: ")
    assert "buckets" not in found.message


def test_over_the_example_and_answered_below_it_is_nobodys_business() -> None:
    assert changed(answered(question(2, "Yes.", asked=prompt(2).replace(EXAMPLE, f"*{MINE}.*")))) == []


QUIET = {
    "re-wrapped": prompt(2).replace("holds? ", "holds?**\n> **"),
    "example": prompt(2, example=False),
    "spelling": prompt(2).replace("Explain", "Explains"),
}


@pytest.mark.parametrize("variant", QUIET)
def test_what_is_off_until_somebody_asks_for_it(variant: str) -> None:
    text = answered(question(2, "Yes.", asked=QUIET[variant]))
    assert changed(text) == []
    for pattern in ("prompt.changed", "prompt.*"):
        (found,) = changed(text, severity={pattern: "information"})
        assert (found.code, found.variant, found.severity) == ("prompt.changed", variant, "information")
    assert changed(text, severity={"prompt.changed": "off"}) == []
    assert changed(text, severity={"figure.*": "hint"}) == []


def test_a_question_without_its_marker_has_another_fault() -> None:
    assert changed(answered(question(1, "So.", asked=prompt(1, "Who?")).replace("> Answer:\n", ""))) == []


def test_without_a_template_there_is_nothing_to_compare_with() -> None:
    findings(answered(question(1, "So.", asked=prompt(1, "Who?"))), {}, only="prompt.*")


def test_a_comment_silences_it() -> None:
    asked = prompt(1).replace("> **Who", "> <!-- invigilator: ignore prompt.changed -->\n> **Who").replace("did", "do")
    text = answered(question(1, "So.", asked=asked.replace("bridge", "tunnel")))
    assert changed(text) == []
    assert changed(text, only="ignore.*") == []


def test_the_template_in_git() -> None:
    around = MemorySurroundings({}, versions=[TEMPLATE, answered()])
    analysis = check(answered(question(1, "So.", asked=prompt(1, ASKED[1].replace("bridge", "tunnel")))), around)
    assert [found.code for _, found in analysis.placed() if found.code[0] == "p"] == ["prompt.changed"]
    assert analysis.frame.template is not None
    assert analysis.frame.template.path == "README.md in version 1"


def test_the_configured_one_before_that_in_git() -> None:
    around = MemorySurroundings(BESIDE, versions=[TEMPLATE.replace("bridge", "tunnel")])
    assert [f.code for _, f in check(answered(), around).placed() if f.code[0] == "p"] == []
    one_missing = {path: text for path, text in BESIDE.items() if path != "template.md"}
    around = MemorySurroundings(one_missing, versions=[TEMPLATE.replace("bridge", "tunnel")])
    analysis = check(answered(), around)
    assert "prompt.changed" in [found.code for _, found in analysis.placed()]
    assert [str(problem) for problem in analysis.problems] == [
        "invigilator.toml:1: template names template.md, which is not there, so it is not used"
    ]


# --- prompt.limit-removed ---------------------------------------------------------------------------------------------


def without_lengths(*numbers: int) -> str:
    return answered(*(question(number, "Yes.", asked=prompt(number, length=False)) for number in numbers))


def test_a_length_line_of_the_template() -> None:
    found = finding(
        """
        ### Question 2
        ^^^^^^^^^^^^^^ prompt.limit-removed

        > **How did you make sure that the bridge holds? Explain which loads you have tried and what broke first.**
        >
        > Answer:

        We are three.
        """,
        BESIDE,
        only="prompt.*",
    )
    assert "the template asks for 50 to 100 words" in found.message
    assert "official" not in found.message


def test_several_length_lines() -> None:
    (found,) = changed(without_lengths(2, 4))
    assert (found.question, found.variant) == (2, "template more")
    assert "this question and 1 other" in found.message


def test_the_limit_still_holds() -> None:
    state = next(state for state in check(without_lengths(2), BESIDE).questions if state.question.number == 2)
    assert state.limits.words is not None
    assert (state.limits.words.bounds, state.limits.words.source) == ((50, 100), "template")
    assert state.passed is False


def test_another_length_is_a_length() -> None:
    assert changed(answered().replace("50-100 words", "at most 9 words")) == []


def test_with_the_whole_prompt_gone_its_length_is_not_spoken_of() -> None:
    assert [found.code for found in changed(answered(question(2, "Yes.", asked="\n")))] == ["prompt.changed"]
