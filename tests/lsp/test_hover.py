"""What a hover says, and for which part of the text. The cursor is drawn as `|`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from invigilator.analysis import Analysis, Settings, analyse
from invigilator.lsp.hover import hover, readable_bytes
from invigilator.surroundings import GitStatus
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import SourceText
from pictures import png
from protocol.reports import WORDS, placeholder, question, report

FILES: dict[str, bytes | str] = {"figures/a.png": png(6, 4), "figures/Big.png": png(1, 1), "figures/folder/": b""}


def hovered(
    drawn: str, files: dict[str, bytes | str] | None = None, settings: Settings | None = None, *, markdown: bool = True
) -> tuple[str, str] | None:
    """What the hover at the `|` says, and the text of its range."""
    offset = drawn.index("|")
    text = SourceText(drawn.replace("|", "", 1))
    analysis = analyse(text.text, MemorySurroundings(FILES if files is None else files), settings or {})
    return said(analysis, text, offset, markdown=markdown)


def said(analysis: Analysis, text: SourceText, offset: int, **more: Any) -> tuple[str, str] | None:
    position = types.Position(*text.position(offset, "utf-16"))
    options = {"markdown": True, "preview": True, **more}
    found = hover(analysis, text, position, "utf-16", **options)
    if found is None:
        return None
    assert isinstance(found.contents, types.MarkupContent)
    assert found.contents.kind is (types.MarkupKind.Markdown if options["markdown"] else types.MarkupKind.PlainText)
    assert found.range is not None
    start, end = ((place.line, place.character) for place in (found.range.start, found.range.end))
    lines = text.text.split("\n")
    if start[0] != end[0]:
        return found.contents.value, f"lines {start[0]} to {end[0]}"
    return found.contents.value, lines[start[0]][start[1] : end[1]]


def test_characters_where_they_are_limited() -> None:
    drawn = only_question(WORDS, "At most 30 characters.")
    said = "**Question 7**: at most 30 characters, says the prompt\n\n- {}\n\n{}"
    assert hovered(drawn) == (
        said.format(f"{len(WORDS)} characters: {len(WORDS) - 30} too many", "**Not within the limits** yet."),
        "### Question 7",
    )
    both = only_question("abc", "Answer length: 1-2 words (max 3 characters).")
    found = hovered(both)
    assert found is not None
    assert "- 1 word: fine\n- 3 characters: fine" in found[0]


def only_question(answer: str, asks: str = "", marker: str = "> Answer:") -> str:
    """A report of question 7 alone, the cursor at its heading."""
    return question(7, answer, asks, marker).replace("###", "|###", 1)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (only_question("A word or two."), "**Question 7**: no limits\n\n- 4 words"),
        (
            only_question(WORDS, "Answer length: 5-10 words."),
            "**Question 7**: 5 to 10 words, says the prompt\n\n- 8 words: fine\n\nWithin the limits.",
        ),
        (
            only_question("One.", "Answer length: 5-10 words."),
            "**Question 7**: 5 to 10 words, says the prompt\n\n- 1 word: 4 missing\n\n**Not within the limits** yet.",
        ),
        (
            only_question(f"{WORDS} {WORDS}", "Answer length: 5-9 words."),
            "**Question 7**: 5 to 9 words, says the prompt\n\n- 16 words: 7 too many\n\n**Not within the limits** yet.",
        ),
        (
            only_question(f"{WORDS}\n\n![it](figures/a.png) -", "Answer length: 5-20 words + 1 image."),
            (
                "**Question 7**: 5 to 20 words and exactly 1 image, says the prompt\n\n"
                "- 10 words (a reader sees 8): fine\n- 1 image: fine\n\nWithin the limits."
            ),
        ),
        (
            only_question("![it] (figures/a.png) `![it](figures/a.png)`", "Insert 2-3 images."),
            (
                "**Question 7**: 2 to 3 images, says the prompt\n\n"
                "- 1 image (a reader sees 0): 1 missing\n\n**Not within the limits** yet."
            ),
        ),
        (
            only_question(placeholder(7), "Answer length: 15-20 words."),
            "**Question 7**: 15 to 20 words, says the prompt\n\nNot answered yet.\n\n**Not within the limits** yet.",
        ),
        (  # the placeholder's own words are as many as are asked for
            only_question(placeholder(7), "Answer length: 5-10 words."),
            "**Question 7**: 5 to 10 words, says the prompt\n\nNot answered yet.",
        ),
        (only_question(placeholder(7)), "**Question 7**: no limits\n\nNot answered yet."),
        (
            only_question("", "Answer length: 5-10 words.").replace("> Answer:\n", "")
            + question(8, WORDS),  # a report has at least one marker
            (
                "**Question 7**: 5 to 10 words, says the prompt\n\n"
                "Its `> Answer:` line is gone, so nothing is counted. Put one between the prompt and your answer."
            ),
        ),
    ],
    ids=[
        "free",
        "fine",
        "short",
        "long",
        "figure",
        "not shown",
        "unanswered",
        "unanswered, in the limits",
        "unanswered, free",
        "no marker",
    ],
)
def test_what_is_asked_for_and_what_is_there(drawn: str, expected: str) -> None:
    assert hovered(drawn) == (expected, "### Question 7")


@pytest.mark.parametrize(
    ("settings", "last"),
    [
        ({"questions": 1}, "Passes the official check."),
        ({"questions": 1, "limits": {"1": {"words": [5, 9]}}}, "Passes the official check."),
        ({"questions": 1, "limits": {"1": {"words": [9, 9]}}}, "**Fails** the official check."),
        (
            {"questions": 2},
            (
                "**The official check stops**, with no result for any question: "
                "it finds 1 answer where 2 are expected. The finding at the first question says why."
            ),
        ),
    ],
)
def test_official_check(settings: dict[str, Any], last: str) -> None:
    drawn = only_question(WORDS).replace("Question 7", "Question 1")
    found = hovered(drawn, settings=settings)
    assert found is not None
    assert found[0].split("\n\n")[-1] == last


def test_failing_answer_and_missing_answer_that_passes() -> None:
    settings = {"questions": 2, "limits": {"1": {"words": [5, 9]}}}
    text = question(1, "One.") + question(2, placeholder(2))
    assert hovered(f"|{text}", settings=settings) == (
        "**Question 1**: 5 to 9 words, says your configuration\n\n- 1 word: 4 missing\n\n**Fails** the official check.",
        "### Question 1",
    )
    assert hovered(text.replace("### Question 2", "|### Question 2"), settings=settings) == (
        "**Question 2**: no limits\n\nNot answered yet.\n\nPasses the official check. A reader will miss the answer.",
        "### Question 2",
    )


def test_answer_judged_by_another_questions_limits() -> None:
    settings = {"questions": 2, "limits": {"1": {"words": [5, 9]}, "2": {"words": {"max": 3}}}}
    text = question(1, "No marker", marker="> Reply:") + "|" + question(2, WORDS) + question(3, "One.")
    found = hovered(text, settings=settings)
    assert found is not None
    assert found[0].endswith("Passes the official check, which takes it for the answer to question 1.")


def test_answer_that_the_official_check_does_not_see() -> None:
    text = question(1, "One.") + question(2, "Two.", marker="> Reply:")
    found = hovered(text.replace("### Question 2", "|### Question 2"), settings={"questions": 2})
    assert found is not None
    assert found[0].split("\n\n")[1:] == [
        "Its `> Answer:` line is gone, so nothing is counted. Put one between the prompt and your answer."
    ]


def test_two_sources_are_named() -> None:
    drawn = only_question(WORDS, "Answer length: 5-10 words.")
    found = hovered(drawn, settings={"limits": {"7": {"images": {"max": 2}}}})
    assert found is not None
    assert (
        found[0].split("\n\n")[0]
        == "**Question 7**: 5 to 10 words and at most 2 images, say the prompt and your configuration"
    )


@pytest.mark.parametrize(
    ("line", "cursor", "expected"),
    [
        ("### Question 1", 0, "### Question 1"),
        ("### Question 1", 14, "### Question 1"),
        ("> **What about part 1", 5, "the prompt"),
        ("> Answer length", 0, "the prompt"),
        ("> Answer:", 0, "Answer:"),
        ("> Answer:", 5, "Answer:"),
        ("> Answer:", 9, "Answer:"),
        ("--- question 1", 0, "--- question 1 fill here ---"),
        ("--- question 1", 28, "--- question 1 fill here ---"),
        ("# A report", 3, None),
        ("## The first part", 3, None),
        ("Words of mine", 3, None),
    ],
)
def test_where(line: str, cursor: int, expected: str | None) -> None:
    text = report(placeholder(1), "Words of mine.")
    drawn = text.replace(line, line[:cursor] + "|" + line[cursor:], 1)
    if cursor > len(line):
        place = text.index(line) + cursor
        drawn = text[:place] + "|" + text[place:]
    found = hovered(drawn)
    if expected is None:
        assert found is None
    else:
        assert found is not None
        assert found[0].startswith("**Question 1**: 5 to 10 words")
        assert found[1] == ("lines 4 to 10" if expected == "the prompt" else expected)


def test_text_between_two_markers_is_no_prompt() -> None:
    text = question(1, f"{WORDS}\n\nAnswer:\n\nmore of it")
    assert hovered(text.replace("three", "th|ree")) is None
    found = hovered(text.replace("\nAnswer:", "\n|Answer:", 1))
    assert found is not None
    assert found[1] == "Answer:"


def test_any_other_document() -> None:
    assert hovered("# No r|eport\n\n### Question 1\n\ntext") is None


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("![it](figures/a.png)", "`figures/a.png`: 6 × 4 pixels, 65 bytes"),
        ("![it](<figures/a.png> 'title')", "`figures/a.png`: 6 × 4 pixels, 65 bytes"),
        ("![it](figures/a.png?raw=true)", "`figures/a.png`: 6 × 4 pixels, 65 bytes"),
        ("![it](figures/big.png)", "`figures/Big.png`: 1 × 1 pixels, 65 bytes"),
        ("![it](figures/b.png)", "`figures/b.png`: there is no such file."),
        ("![it](figures/folder)", "`figures/folder`: this is a folder."),
        ("![it](../../secret.png)", "`../../secret.png`: outside the project's folder, so it is not looked at."),
        ("![it](https://example.org/a.png)", "A picture on the web: https://example.org/a.png"),
        ("![it](data:image/png;base64,AAAA)", "A picture whose bytes stand in the text itself."),
        ("![it](c:/pictures/a.png)", "`c:/pictures/a.png`"),
    ],
)
def test_image(image: str, expected: str) -> None:
    for cursor in (0, 4, len(image) - 1):
        drawn = question(1, f"Text {image[:cursor]}|{image[cursor:]} and more.")
        found = hovered(drawn)
        assert found is not None
        assert found[0] == expected.replace("65 bytes", f"{len(png(1, 1) if 'Big' in expected else png(6, 4))} bytes")
        assert found[1] == image
    assert hovered(question(1, f"Text {image}| and more.")) is None


def test_image_without_a_target() -> None:
    assert hovered(question(1, "Text ![i|t]() and more.")) is None


def test_preview(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a b(1).png").write_bytes(png(6, 4))
    (tmp_path / "figures" / "no.png").write_bytes(b"text")
    text = SourceText(question(1, "![it](figures/a%20b%281%29.png) ![it](figures/no.png)"))
    analysis = analyse(text.text, DiskSurroundings(tmp_path / "README.md", tmp_path))
    place = text.text.index("![it]")
    found = said(analysis, text, place)
    assert found is not None
    described = f"`figures/a b(1).png`: 6 × 4 pixels, {len(png(6, 4))} bytes"
    assert found[0] == f"![]({tmp_path.as_uri()}/figures/a%20b%281%29.png)\n\n{described}"
    assert said(analysis, text, place, preview=False) == (described, found[1])
    assert said(analysis, text, place, markdown=False) == (described.replace("`", ""), found[1])
    assert said(analysis, text, text.text.rindex("![it]")) == ("`figures/no.png`: 4 bytes", "![it](figures/no.png)")


def test_plain_text() -> None:
    drawn = only_question("One.", "Answer length: 5-10 words.")
    assert hovered(drawn, markdown=False) == (
        "Question 7: 5 to 10 words, says the prompt\n\n- 1 word: 4 missing\n\nNot within the limits yet.",
        "### Question 7",
    )


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_499, "1 KB"), (999_499, "999 KB"), (999_500, "1.0 MB")],
)
def test_sizes(count: int, words: str) -> None:
    assert readable_bytes(count) == words


@pytest.mark.parametrize(
    ("status", "said_of_git"),
    [
        ("tracked", ", in git"),
        ("untracked", ", **not in git** yet, so it will not be handed in"),
        ("ignored", ", **ignored by git**, so it will not be handed in"),
        ("unknown", ""),
    ],
)
def test_whether_git_has_an_image(status: GitStatus, said_of_git: str) -> None:
    text = SourceText(question(7, "![it](figures/a.png)"))
    analysis = analyse(text.text, MemorySurroundings(FILES, git={"figures/a.png": status}), {})
    expected = f"`figures/a.png`: 6 × 4 pixels, {readable_bytes(len(FILES['figures/a.png']))}{said_of_git}"
    assert said(analysis, text, text.text.index("![it]")) == (expected, "![it](figures/a.png)")
