"""The same with an original template: an analysis made from the one before it is the analysis made afresh."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import examples
from invigilator.surroundings.memory import MemorySurroundings
from template.templates import BESIDE, TEMPLATE, answered, question
from test_incremental import Document, edits

QUIET = {**BESIDE, "invigilator.toml": 'template = "template.md"\n[severity]\n"prompt.*" = "hint"\n'}


def document(text: str) -> Document:
    return Document(text, MemorySurroundings(QUIET), {})


@pytest.mark.parametrize(
    "text", [answered(), TEMPLATE, answered().replace("\n", "\r\n")], ids=["answered", "blank", "CRLF"]
)
def test_after_any_edits(text: str) -> None:
    @examples(25)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        edited = document(text)
        for _ in range(data.draw(st.integers(1, 8))):
            edited.edit(*data.draw(edits(edited.source)))

    holds()


def test_a_heading_goes_and_comes_back() -> None:
    edited = document(answered())
    edited.type("### Question 3\n", "\n")
    assert [found for found in edited.found if found[0] == "question.missing"] == [("question.missing", 3)]
    edited.type("You can take inspiration", "You may take no inspiration")
    edited.type("Upload one drawing", "Upload no drawing")  # its prompt is not found any more
    assert [found for found in edited.found if found[0] == "question.missing"] == [("question.missing", 3)]
    edited.type("Upload no drawing", "Upload one drawing")
    edited.type("This is what we say to number 3.", "### Question 3\n\n> Answer:\n\nSo.")
    assert ("question.missing", 3) not in edited.found


def test_a_prompt_of_another_question_is_written_into_an_answer() -> None:
    edited = document(answered(numbers=(1, 2, 4, 5)))
    (before,) = (one for _, one in edited.analysis.placed() if one.code == "question.missing")
    edited.type("This is what we say to number 1.", question(3, "So.").partition("\n")[2])
    (after,) = (one for _, one in edited.analysis.placed() if one.code == "question.missing")
    assert (before.variant, after.variant) == ("deleted", "merged")


def test_a_template_that_git_finds_later() -> None:
    around = MemorySurroundings({})
    edited = Document(answered().replace("bridge", "tunnel"), around, {})
    assert "prompt.changed" not in [code for code, _ in edited.found]
    around.commit(TEMPLATE)
    assert around.refresh()
    edited.analyse()
    assert [code for code, _ in edited.found].count("prompt.changed") == 3
