"""An analysis made from the one before it is the analysis made afresh, after any edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import examples, template, words
from invigilator.analysis import Analysis, analyse
from invigilator.figures.links import file_links
from invigilator.summary import report_json
from invigilator.surroundings import Nowhere, Surroundings
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import Encoding, SourceText, Span
from pictures import png

ENCODINGS: tuple[Encoding, ...] = ("utf-8", "utf-16", "utf-32")


def differences(one: Analysis, fresh: Analysis) -> list[str]:
    """The names of what differs between two analyses of the same text."""
    parts = {
        "outline": one.outline.same(fresh.outline),
        "lines": one.outline.lines == fresh.outline.lines and one.outline.starts == fresh.outline.starts,
        "frame": one.frame == fresh.frame,
        "questions": one.questions == fresh.questions,
        "verdict": one.verdict == fresh.verdict,
        "findings": one.findings == fresh.findings,
        "problems": one.problems == fresh.problems,
        "is_report": one.is_report == fresh.is_report,
        "links": list(file_links(one)) == list(file_links(fresh)),
    }
    return [name for name, same in parts.items() if not same]


class Document:
    """A report in an editor: edits come as the protocol's ranges, and every one is analysed."""

    def __init__(self, text: str, surroundings: Surroundings, settings: Mapping[str, object]) -> None:
        self.source = SourceText(text)
        self.surroundings = surroundings
        self.settings = settings
        self.analysis = analyse(self.source, surroundings, settings)

    def edit(self, start: int, end: int, new: str, encoding: Encoding = "utf-16", *, look: bool = True) -> None:
        """Replace what stands between two offsets, given as a client gives them: two positions in its encoding.

        Without `look` the next edit is at the door already, and nothing is analysed.
        """
        positions = self.source.position(start, encoding), self.source.position(end, encoding)
        span = Span(*(self.source.offset(position, encoding) for position in positions))
        for offset, wanted in zip(span, (start, end), strict=True):
            in_line_ending = self.source.text[wanted - 1 : wanted + 1] == "\r\n"
            assert offset == wanted or (in_line_ending and offset == wanted - 1)
        expected = self.source.text[: span.start] + new + self.source.text[span.end :]
        self.source = self.source.edited(span, new)
        assert self.source.text == expected
        if look:
            self.analyse()

    def analyse(self) -> None:
        """The next analysis, compared with one of nothing but the text."""
        self.analysis = analyse(self.source, self.surroundings, self.settings, self.analysis)
        fresh = analyse(self.source.text, self.surroundings, self.settings)
        assert differences(self.analysis, fresh) == []

    def type(self, old: str, new: str) -> None:
        """Replace one piece of text by another."""
        start = self.source.text.index(old)
        self.edit(start, start + len(old), new)

    @property
    def found(self) -> list[tuple[str, int | None]]:
        """Code and question of every finding."""
        return [(finding.code, finding.question) for _, finding in self.analysis.placed()]


BESIDE = {"figures/a.png": png(), "figures/B.png": png(), "figures/broken.png": b""}
SMALL = {"questions": 3, "limits": {"2": {"words": [2, 4], "images": [1, 1]}, "3": {"words": [1, 5]}}}
CHARACTERS = {"questions": 3, "limits": {"1": {"characters": [5, 9]}, "3": {"characters": {"min": 20}}}}
ANSWERED = {
    1: "Group 7",
    2: "![a](figures/a.png) and [b][x]\n\n```\ncode\n```",
    3: f"{words(4)}\n\n- one\n  - ![c](figures/b.png)\n\n[x]: figures/a.png",
}


def with_sections(text: str) -> str:
    return text.replace("### Question 2\n", "## Version control\n\n> Intro.\n\n### Question 2\n", 1)


DOCUMENTS: Mapping[str, tuple[str, Mapping[str, bytes | str] | None, Mapping[str, Any]]] = {
    "no edition": (with_sections(template(3, ANSWERED, "How? Answer length: 2-4 words.")), BESIDE, {}),
    "small edition": (with_sections(template(3, ANSWERED)), BESIDE, SMALL),
    "in no folder": (template(3, ANSWERED), None, SMALL),
    "characters": (template(3, ANSWERED, "How? At most 30 characters."), BESIDE, CHARACTERS),
    "a real edition": (with_sections(template(27, ANSWERED)).partition("\n")[2], BESIDE, {}),
    "windows": (template(3, ANSWERED).replace("\n", "\r\n"), BESIDE, SMALL),
    "old": (template(3, ANSWERED).replace("\n", "\r"), BESIDE, SMALL),
    "one question": ("### Question 1\n> Answer:\n\na", BESIDE, {"questions": 1}),
    "not a report": ("# Title\n\ntext\n", None, {}),
    "empty": ("", None, SMALL),
}

LINES = [
    "### Question 1",
    "### Question 2",
    "### Question 3",
    "### Question 4",
    "#### Question 2",
    "## Question 3",
    "# Question 2",
    "### Question 2: more",
    "## Deployment",
    "# Ours",
    "> Answer:",
    "Answer:",
    "Answer: Answer:",
    "> a prompt of 3-5 words",
    "> Answer length: 1-2 words + 1 image.",
    "--- question 2 fill here ---",
    "```",
    "```py",
    "~~~",
    "````",
    "<!--",
    "-->",
    "<!-- ![a](b.png) -->",
    "[x]: figures/none.png",
    "[x]: figures/a.png",
    "[a][x] ![a][x] [x]",
    "![a](figures/A.png)",
    "![a](figures/b c.png)",
    "![a] (figures/a.png)",
    "![a](http://example.org/a.png)",
    "![a](figures/broken.png)",
    "[a](figures/a.png)",
    "<<<<<<< HEAD",
    "=======",
    ">>>>>>> theirs",
    "one two ### three",
    "one ## two",
    "one two three four five six",
    "🚲 字 é\u2028line\x85next\x0cpage\x1cend",
    "- item\n  - ![a](figures/a.png)",
    "-",
    "| a | b |\n|---|---|\n| ![a](figures/a.png) | c |",
    "> quoted ![a](x.gif)",
    "    indented",
    "",
]
BITS = [
    "a",
    " ",
    "\n",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    "`",
    "```",
    "#",
    "##",
    "###",
    "<",
    "<!--",
    "-->",
    "-",
    ">",
    "> ",
    "[",
    "](",
    ")",
    "!",
]
BITS += [
    "1",
    "2",
    "\u2028",
    "\x85",
    "\x0c",
    "\ufeff",
    "\u200b",
    "🚲",
    "é",
    "|",
    "=",
    "Answer:",
    "answer",
    ":",
    "\\",
    "_",
    "[x]: y",
    ".",
]


KINDS = ["bit", "bit", "bit", "delete", "line", "line", "insert line", "move", "digit", "cut", "all"]


@st.composite
def edits(draw: st.DrawFn, source: SourceText) -> tuple[int, int, str]:
    """An edit of `source`: two offsets, and what stands between them afterwards."""
    text = source.text
    kind = draw(st.sampled_from(KINDS))
    if kind == "all":
        return 0, len(text), draw(st.sampled_from(["", "a", *(document[0] for document in DOCUMENTS.values())]))
    if kind == "cut":
        start, end = sorted(draw(st.integers(0, len(text))) for _ in range(2))
        return start, end, draw(st.sampled_from(["", "a", "\n", "```", "\r"]))
    if kind in ("bit", "delete"):
        start = draw(st.integers(0, len(text)))
        if kind == "bit":
            return start, start, draw(st.sampled_from(BITS))
        return start, min(len(text), start + draw(st.integers(1, 4))), draw(st.sampled_from(["", "", "x", "\n"]))
    if kind == "digit":
        digits = [index for index, character in enumerate(text) if character in "123456789"]
        if digits:
            at = draw(st.sampled_from(digits))
            return at, at + 1, draw(st.sampled_from("12349"))
    line = draw(st.integers(0, source.line_count - 1))
    start, end = source.line_span(line)
    if kind == "move":
        other = source.line_span(draw(st.integers(0, source.line_count - 1)))
        return start, end, text[other.start : other.end]
    new = draw(st.sampled_from(LINES))
    return (start, end, new) if kind == "line" else (start, start, new + draw(st.sampled_from(["\n", "\r\n", "\r"])))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_after_any_edits(name: str) -> None:
    text, beside, settings = DOCUMENTS[name]

    @examples(6 if len(text) > 2_000 else 25)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        surroundings = Nowhere() if beside is None else MemorySurroundings(beside)
        document = Document(text, surroundings, settings)
        for _ in range(data.draw(st.integers(1, 8))):
            encoding, look = data.draw(st.sampled_from(ENCODINGS)), data.draw(st.integers(0, 3)) > 0
            document.edit(*data.draw(edits(document.source)), encoding, look=look)
        document.analyse()

    holds()


@examples(25)
@given(st.data())
def test_what_is_printed_after_any_edits(data: st.DataObject) -> None:
    text, beside, settings = DOCUMENTS["small edition"]
    document = Document(text, MemorySurroundings(beside or {}), settings)
    for _ in range(data.draw(st.integers(1, 4))):
        document.edit(*data.draw(edits(document.source)))
        fresh = analyse(document.source.text, document.surroundings, settings)
        assert report_json(document.analysis, "r.md") == report_json(fresh, "r.md")


@examples(40)
@given(st.data())
def test_after_changes_beside_the_report(data: st.DataObject) -> None:
    surroundings = MemorySurroundings(BESIDE)
    document = Document(template(3, ANSWERED), surroundings, {})
    contents = st.sampled_from(
        [
            ("figures/a.png", b""),
            ("figures/none.png", png()),
            ("figures/new.png", png(2, 2)),
            ("invigilator.toml", "questions = 3\n"),
            ("invigilator.toml", 'marker = "answer"\n'),
            ("invigilator.toml", 'ignore = ["figure.*"]\n'),
            ("invigilator.toml", 'severity = {"answer.*" = "hint", "figure.link" = "off"}\n'),
            ("invigilator.toml", "limits = {2 = {words = [90, 99]}}\n"),
            ("invigilator.toml", "nonsense = 1\n"),
            ("report.py", "question_constraints = {'question_1': LengthConstraints(min_length=3, max_length=4)}\n"),
            ("report.py", "not python"),
        ]
    )
    for _ in range(data.draw(st.integers(1, 6))):
        if data.draw(st.booleans()):
            surroundings.write(*data.draw(contents))
            surroundings.refresh()
            document.analyse()
        else:
            document.edit(*data.draw(edits(document.source)))


# --- what random edits would take long to find ------------------------------------------------------------------------


def report(text: str, beside: Mapping[str, bytes | str] | None = None, **settings: Any) -> Document:
    return Document(text, Nowhere() if beside is None else MemorySurroundings(beside), settings)


def test_a_character_more_changes_the_verdict_where_characters_are_limited() -> None:
    document = report(template(2, {1: "abcd", 2: "abcd"}), questions=2, limits={"1": {"characters": [1, 5]}})
    verdict = document.analysis.verdict
    document.type("abcd\n\n### Question 2", "abcde\n\n### Question 2")
    assert verdict is not None
    assert document.analysis.verdict is not None
    assert [one.characters for one in verdict.answers] == [4, 4]
    assert [one.characters for one in document.analysis.verdict.answers] == [5, 4]
    assert document.found == []
    document.type("abcde", "abcdef")
    assert document.found == [("answer.too-long", 1)]
    assert document.analysis.verdict.passed == 1


def test_a_character_more_costs_no_verdict_where_none_are_limited() -> None:
    document = report(template(2, {1: "abcd", 2: "abcd"}), questions=2, limits={"1": {"words": [1, 5]}})
    verdict = document.analysis.verdict
    document.type("abcd\n\n### Question 2", "abcde\n\n### Question 2")
    assert document.analysis.verdict is verdict
    assert report_json(document.analysis, "r.md")["questions"][0]["characters"] is None


def test_nothing_changes() -> None:
    document = report(template(3))
    before = document.analysis
    assert analyse(document.source.text, document.surroundings, document.settings, before) is before


def test_a_conflict_goes_without_a_change_of_any_count() -> None:
    document = report("### Question 1\n> Answer:\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> c\n")
    assert ("report.conflict-marker", 1) in document.found
    document.type("<<<<<<< HEAD", "not any")
    assert document.found == []
    document.type("not any", "<<<<<<< HEAD")
    document.type("=======", "between")
    assert document.found == []


def test_a_heading_at_the_wrong_level_moves_within_its_section() -> None:
    document = report(template(3).replace("### Question 2\n", "#### Question 2\n"), questions=3)
    assert "question.missing" in dict(document.found)
    document.type("question 1 fill here", "question 1 fill this in here")
    document.type("#### Question 2", "#### Question 12")
    document.type("#### Question 12", "#### Question 2")
    document.type("#### Question 2", "# Question 2")
    document.type("# Question 2", "# Section 2")


def test_a_heading_at_the_wrong_level_is_typed() -> None:
    document = report(template(3, {1: "one two"}).replace("### Question 2\n", "\n"), questions=3)
    document.type("one two", "# Question 2")
    document.type("# Question 2", "# Question 3")


def test_the_dropped_head_reaches_behind_the_first_section() -> None:
    _, heading, rest = template(27).partition("### Question 2\n")
    document = report(f"x\n### Question 1: a\n> Answer: b c d\n\n{heading}{rest}")
    assert document.analysis.edition is not None
    document.type("Question 1: a", f"Question 1: {'a' * 30}")
    document.type("b c d", "bbbb c d")
    document.type(f"Question 1: {'a' * 30}", "Question 1: a")


def test_a_definition_far_away() -> None:
    answers = {1: "![a][x]", 3: "[x]: figures/none.png"}
    document = report(template(3, answers), {"figures/a.png": png()})
    assert ("figure.not-found", 1) in document.found
    document.type("figures/none.png", "figures/a.png")
    assert not any(code.startswith("figure.not") for code, _ in document.found)
    document.type("[x]:", "[y]:")
    assert ("figure.not-shown", 1) in document.found
    document.type("--- question 2 fill here ---", "[x]: figures/none.png")
    assert ("figure.not-found", 1) in document.found


def test_the_last_question_is_another() -> None:
    document = report(template(3, {2: "one ## two", 3: "three ## four"}), questions=3)
    document.type("### Question 3\n", "")
    document.type("### Question 2\n", "### Question 2\n\n> Answer:\n\nfive ## six\n\n### Question 3\n")


def test_the_same_section_twice() -> None:
    text = template(2, {1: "![a](figures/none.png)", 2: "b"})
    document = report(text, {"figures/a.png": png()}, questions=4)
    document.edit(len(text), len(text), text.partition("\n")[2])
    document.type("### Question 2", "### Question 1")
    document.type("b", "c")


def test_a_fence_is_opened_and_closed() -> None:
    document = report(template(5, {2: "```\na\n```", 4: "~~~\nb"}), questions=5)
    for character in "```":
        at = document.source.text.index("--- question 3")
        document.edit(at, at, character)
    at = document.source.text.index("### Question 4")
    document.edit(at, at, "```\n")
    document.edit(0, 0, "```\n")
    document.edit(0, 0, "<!--\n")
    document.edit(0, 5, "")


def test_a_marker_comes_and_goes() -> None:
    document = report(template(3), questions=3)
    document.type("> Answer:\n\n--- question 2", "\n--- question 2")
    assert {"marker.missing", "report.unreadable"} <= {code for code, _ in document.found}
    document.type("\n--- question 2", "> Answer:\n\n--- question 2")
    assert {code for code, _ in document.found} == {"answer.missing"}
    document.type("question 3 fill here", "Answer: and an Answer:")
    document.edit(0, 0, "Answer:\n")
    document.edit(0, len("Answer:\n"), "")


def test_two_halves_of_a_line_ending_meet() -> None:
    document = report("### Question 1\r> Answer:\r\ra\r### Question 2\r> Answer:\r")
    at = document.source.text.index("### Question 2")
    document.edit(at, at, "\n")
    document.edit(at, at + 1, "")
    document.edit(at - 1, at, "")


def test_from_nothing_to_a_report_and_back() -> None:
    document = report("", questions=3)
    for piece in template(3).splitlines(keepends=True):
        document.edit(len(document.source.text), len(document.source.text), piece)
    assert document.analysis.is_report
    document.edit(0, len(document.source.text), "")
    assert not document.analysis.is_report
    document.edit(0, 0, template(3))
