"""Ranges and diagnostics as a client counts them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lsprotocol import types

from invigilator import explanations
from invigilator.analysis import Analysis, analyse
from invigilator.lsp import convert
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import Encoding, SourceText, Span
from protocol.reports import question

URI = "file:///reports/README.md"
BEYOND = "😀é\U00010348"  # 3 code points; 2 + 1 + 2 units of UTF-16; 4 + 2 + 4 bytes
IMAGE = "figures/none.png"


def analysed(text: str, previous: Analysis | None = None, **settings: Any) -> Analysis:
    surroundings = previous.ground.surroundings if previous else MemorySurroundings({})
    return analyse(text, surroundings, previous.ground.settings if previous else settings, previous)


def diagnostics(
    analysis: Analysis, encoding: Encoding = "utf-16", *, related: bool = False, described: bool = False
) -> list[dict[str, Any]]:
    kept = convert.Diagnostics(URI, encoding, related=related, described=described)
    listed: list[dict[str, Any]] = json.loads(kept.of(analysis))
    return listed


@pytest.mark.parametrize(("encoding", "before"), [("utf-32", 3), ("utf-16", 5), ("utf-8", 10)])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_range_behind_characters_of_several_units(encoding: Encoding, before: int, newline: str) -> None:
    text = f"# {BEYOND}\n\n" + question(1, f"{BEYOND}![it]({IMAGE})", marker=f"> {BEYOND}\n>\n> Answer:")
    lines = text.split("\n")
    text = text.replace("\n", newline)
    line = next(number for number, content in enumerate(lines) if IMAGE in content)
    (found,) = diagnostics(analysed(text), encoding)
    assert found["code"] == "figure.not-found"
    start = before + len("![it](")
    assert found["range"] == {
        "start": {"line": line, "character": start},
        "end": {"line": line, "character": start + len(IMAGE)},
    }
    source = SourceText(text)
    where = source.text.index(IMAGE)
    assert convert.offset(source, types.Position(line, start), encoding) == where
    assert convert.span_range(source, Span(where, where + len(IMAGE)), encoding) == types.Range(
        types.Position(line, start), types.Position(line, start + len(IMAGE))
    )


def test_all_of_a_diagnostic() -> None:
    (found,) = diagnostics(analysed(question(1, "One.", "Answer length: 5-10 words.")))
    assert found == {
        "range": {"start": {"line": 6, "character": 2}, "end": {"line": 6, "character": 9}},
        "severity": 2,
        "code": "answer.too-short",
        "source": "invigilator",
        "message": "1 word, at least 5 are asked for: write 4 more.",
    }


def test_a_code_is_linked_to_its_page() -> None:
    analysis = analysed(question(1, "One.", "Answer length: 5-10 words."))
    (plain,) = diagnostics(analysis)
    (found,) = diagnostics(analysis, described=True)
    page = explanations.FOLDER / "answer.too-short.md"
    assert found == {**plain, "codeDescription": {"href": page.as_uri()}}
    assert page.is_file()


def test_section_that_moves_keeps_its_findings_and_gets_new_lines() -> None:
    text = question(1, "One.") + question(2, f"![it]({IMAGE})")
    first = analysed(text)
    (before,) = diagnostics(first)
    assert diagnostics(first) == [before]
    second = analysed("A line\n\n" + text, first)
    (after,) = diagnostics(second)
    assert after["range"]["start"]["line"] == before["range"]["start"]["line"] + 2
    assert {**after, "range": None} == {**before, "range": None}
    assert diagnostics(second, "utf-8") == [after]
    assert diagnostics(analysed(text, second)) == [before]


def test_same_text_with_other_findings() -> None:
    surroundings = MemorySurroundings({})
    text = question(1, f"![it]({IMAGE})")
    first = analyse(text, surroundings)
    assert len(diagnostics(first)) == 1
    assert diagnostics(analyse(text, surroundings, {"ignore": ["figure.*"]}, first)) == []
    assert diagnostics(analyse(text, surroundings, {"severity": {"figure.*": "hint"}}, first))[0]["severity"] == 4


def test_related_information_only_for_clients_that_show_it() -> None:
    text = question(1, "One.") + question(2, "Two.", marker="> Reply:") + question(3, "Three.")
    analysis = analysed(text, questions=3)
    stops = {related: diagnostics(analysis, related=related)[0] for related in (True, False)}
    assert stops[True]["code"] == stops[False]["code"] == "report.unreadable"
    assert "relatedInformation" not in stops[False]
    (cause,) = stops[True]["relatedInformation"]
    assert cause["message"] == "the lost marker of question 2"
    assert cause["location"] == {
        "uri": URI,
        "range": {"start": {"line": 8, "character": 0}, "end": {"line": 8, "character": 14}},
    }


def test_no_findings() -> None:
    assert diagnostics(analysed(question(1, "One."))) == []


def test_one_analysis_after_the_other_is_the_same_as_each_alone() -> None:
    """What a section kept from the last analysis is what it would be made into now."""
    kept = convert.Diagnostics(URI, "utf-16", related=True, described=False)
    text = question(1, f"![it]({IMAGE})") + question(2, "Two.", marker="> Reply:") + question(3, "é 😀 ![it](no.png)")
    analysis: Analysis | None = None
    for now in (
        text,
        text.replace("é ", "😀 "),
        "A line\n\n" + text,
        text.replace("Two.", "Two, and more."),
        text + question(4, "Four."),
        text.replace("Reply:", "Answer:"),
        text,
    ):
        analysis = analysed(now, analysis, questions=3)
        assert json.loads(kept.of(analysis)) == diagnostics(analysed(now, questions=3), related=True)
