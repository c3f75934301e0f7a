"""What is typed in one question says nothing in the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from protocol.editor import PULLS, Document, Editor, Json
from protocol.reports import WORDS, folder, placeholder, question

FENCED = f"{WORDS}\n\n```bash\npip install .\n# ### Question 9\n```\n\nIt is ![b](figures/used.png) here."
COMMENTED = f"{WORDS}\n\n<!-- a note\n\nover lines -->\n\nand more"
ANSWERS = ["Here: {typed}\n\nand so on.", "One.", FENCED, "![b](figures/none.png)", COMMENTED, placeholder(6), FENCED]
ASKS = [
    "",
    "Answer length: 5-10 words.",
    "Insert one image.",
    "",
    "Answer length: 5-20 words.",
    "Insert 1-2 images.",
    "",
]


def text(typed: str) -> str:
    questions = zip(ANSWERS, ASKS, strict=True)
    return "# Head\n\n## Part\n\n" + "".join(
        question(number, answer.replace("{typed}", typed), asks) for number, (answer, asks) in enumerate(questions, 1)
    )


def by_question(document: Document) -> dict[int, list[Json]]:
    """The diagnostics of every question, with lines counted from its heading."""
    headings = [number for number, line in enumerate(document.text.split("\n")) if line.startswith("### Question")]
    found: dict[int, list[Json]] = {}
    for diagnostic in document.diagnostics():
        line = diagnostic["range"]["start"]["line"]
        number = sum(heading <= line for heading in headings)
        found.setdefault(number, []).append(
            {**diagnostic, "range": (line - headings[number - 1], document.shown(diagnostic["range"]))}
        )
    return found


def others(found: dict[int, list[Json]]) -> dict[int, list[Json]]:
    return {number: diagnostics for number, diagnostics in found.items() if number != 1}


@pytest.mark.parametrize(
    "typed", ["```", "```python", "~~~~", "<!--", "<!-- ", "<details><pre>", "- ```", "> ```", "`", "[a]: <"]
)
@pytest.mark.parametrize("capabilities", [{}, PULLS], ids=["push", "pull"])
def test_typing_one_thing_after_the_other(
    start: Callable[..., Editor], tmp_path: Path, typed: str, capabilities: Json
) -> None:
    file = folder(tmp_path, text(""), ("used.png",))
    document = start(tmp_path, capabilities).open(file)
    before = by_question(document)
    assert sorted(before) == [2, 3, 4, 6, 7]
    place = document.text.index("Here: ") + len("Here: ")
    document.tell([document.change(place, place, "\n\n")])
    found: dict[int, list[Json]] = {}
    for offset, character in enumerate(typed, place + 1):
        document.tell([document.change(offset, offset, character)])
        assert others(by_question(document)) == before
    for offset in range(place + len(typed), place, -1):
        document.tell([document.change(offset, offset + 1, "")])
        found = by_question(document)
        assert others(found) == before
    assert found == before


def test_the_question_itself_is_told(start: Callable[..., Editor], tmp_path: Path) -> None:
    document = start(tmp_path).open(folder(tmp_path, text("\n\n```"), ("used.png",)))
    assert [found["code"] for found in by_question(document)[1]] == ["answer.unclosed", "page.code-fence"]
    document.replace("```", "<!--")
    assert [found["code"] for found in by_question(document)[1]] == ["answer.unclosed"]


def test_a_whole_code_block_may_hold_a_heading(start: Callable[..., Editor], tmp_path: Path) -> None:
    """Closed in the same question: what looks like a heading in it is none."""
    document = start(tmp_path).open(folder(tmp_path, text(""), ("used.png",)))
    before = others(by_question(document))
    document.replace("Here: ", "Here:\n\n```md\n### Question 2\n```\n")
    assert {n - 1: found for n, found in by_question(document).items() if n > 2} == before
