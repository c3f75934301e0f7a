"""Where a figure goes, in what order they are offered, that the inserted one is shown. The cursor is drawn as `|`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lsprotocol import types

from invigilator.analysis import Analysis, analyse
from invigilator.figures.image_text import markdown_image
from invigilator.figures.insertion import offered_figures
from invigilator.lsp import convert
from invigilator.lsp.code_action import code_actions
from invigilator.lsp.edits import Target
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import Position, SourceText
from pictures import png
from protocol.reports import WORDS, placeholder, question

URI = "file:///README.md"
FILES: dict[str, bytes | str] = {"figures/a.png": png()}
ONE_IMAGE = "Insert one image."


def analysed(text: str, files: dict[str, bytes | str] | None = None, **settings: Any) -> Analysis:
    return analyse(text, MemorySurroundings(FILES if files is None else files), settings)


def offered(
    analysis: Analysis,
    text: str,
    start: int,
    end: int | None = None,
    only: list[types.CodeActionKind | str] | None = None,
    **more: Any,
) -> list[types.CodeAction]:
    source = SourceText(text)
    places = [types.Position(*source.position(offset)) for offset in (start, start if end is None else end)]
    context = types.CodeActionContext(more.pop("diagnostics", []), only=only)
    params = types.CodeActionParams(types.TextDocumentIdentifier(URI), types.Range(*places), context)
    target = Target(URI, 7, source, "utf-32", versioned=more.pop("versioned", False))
    return code_actions(analysis, target, params, **more)


def edit_of(action: types.CodeAction) -> types.TextEdit:
    assert action.edit is not None
    assert action.edit.changes is not None
    (edit,) = action.edit.changes[URI]
    return edit


def inserted(drawn: str, files: dict[str, bytes | str] | None = None) -> str:
    """The text after the first offered action at the `|`."""
    start = drawn.index("|")
    text = drawn.replace("|", "", 1)
    actions = offered(analysed(text, files), text, start)
    edit = edit_of(next(action for action in actions if action.title.startswith("Insert figure ")))
    source = SourceText(text)
    begin, end = (source.offset(Position(p.line, p.character)) for p in (edit.range.start, edit.range.end))
    return text[:begin] + edit.new_text + text[end:]


def shown_images(text: str, files: dict[str, bytes | str] | None = None) -> list[str]:
    """The targets of the images that readers see."""
    return [
        link.target
        for state in analysed(text, files).questions
        if state.question.markdown is not None
        for link in state.question.markdown.links
        if link.kind == "image"
    ]


IMAGE = "![a](figures/a.png)"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("One.|\n", f"One.\n\n{IMAGE}\n", id="end of a line"),
        pytest.param("O|ne.\n\nTwo.\n", f"One.\n\n{IMAGE}\n\nTwo.\n", id="paragraph with another below"),
        pytest.param("O|ne,\nmore.\n\nTwo.\n", f"One,\nmore.\n\n{IMAGE}\n\nTwo.\n", id="paragraph of two lines"),
        pytest.param("- on|e\n- two\n", f"- one\n- two\n\n{IMAGE}\n", id="list"),
        pytest.param("On|e.\n## Two\n", f"One.\n\n{IMAGE}\n\n## Two\n", id="heading below"),
        pytest.param("One.\n|\nTwo.\n", f"One.\n\n{IMAGE}\n\nTwo.\n", id="the empty line between two paragraphs"),
        pytest.param("One.\n\n|\n\nTwo.\n", f"One.\n\n{IMAGE}\n\nTwo.\n", id="an empty line among others"),
        pytest.param("One.\n\n|", f"One.\n\n{IMAGE}", id="an empty last line"),
        pytest.param("One.\n\n  | \n", f"One.\n\n{IMAGE}\n", id="a line of spaces"),
        pytest.param("One.|", f"One.\n\n{IMAGE}", id="end of the file without a line ending"),
        pytest.param("|```\nx\n\ny\n```\n", f"```\nx\n\ny\n```\n\n{IMAGE}\n", id="first line of a fence"),
        pytest.param("```\nx\n|\ny\n```\nTwo.", f"```\nx\n\ny\n```\nTwo.\n\n{IMAGE}", id="empty line in a fence"),
        pytest.param("~~~\nx|\n~~~\n\n```\ny\n```\n", f"~~~\nx\n~~~\n\n{IMAGE}\n\n```\ny\n```\n", id="two fences"),
        pytest.param(
            "a\n```\n|x\n```\n```\ny\n```\n", f"a\n```\nx\n```\n```\ny\n```\n\n{IMAGE}\n", id="fence on fence"
        ),
        pytest.param("One.\n```\nx|\n", f"One.\n\n{IMAGE}\n\n```\nx\n", id="fence that is not closed"),
        pytest.param("One.\n\n```\nx\n\n|", f"One.\n\n{IMAGE}\n\n```\nx\n\n", id="end of an open fence"),
        pytest.param("<!--\n|x\n\n-->\n", f"<!--\nx\n\n-->\n\n{IMAGE}\n", id="comment"),
        pytest.param("One.\n\n<!--\nx\n|\n", f"One.\n\n{IMAGE}\n\n<!--\nx\n\n", id="comment that is not closed"),
        pytest.param(f"{placeholder(1)[:5]}|{placeholder(1)[5:]}\n", f"{IMAGE}\n", id="placeholder"),
        pytest.param(f"|\n{placeholder(1)}\n", f"\n{IMAGE}\n", id="empty line above the placeholder"),
        pytest.param(f"{placeholder(1)}\n\n|", f"{IMAGE}\n\n", id="empty line below the placeholder"),
        pytest.param(
            f"O|ne.\n\n{placeholder(1)}\n", f"One.\n\n{IMAGE}\n\n{placeholder(1)}\n", id="placeholder beside an answer"
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_place(answer: str, expected: str, newline: str) -> None:
    head = question(1, "").rstrip("\n") + "\n\n"
    result = inserted((head + answer).replace("\n", newline))
    assert result == (head + expected).replace("\n", newline)
    assert shown_images(result) == ["figures/a.png"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", f"> An|swer:\n\n{IMAGE}"),
        ("One.\n\nTwo,\nthree.", f"> An|swer:\n\nOne.\n\nTwo,\nthree.\n\n{IMAGE}"),
        ("One.\n\n## Two\n\nthree", f"> An|swer:\n\nOne.\n\n{IMAGE}\n\n## Two\n\nthree"),
        ("```\nx\n```", f"> An|swer:\n\n```\nx\n```\n\n{IMAGE}"),
        (placeholder(1), f"> An|swer:\n\n{IMAGE}"),
    ],
)
def test_place_on_the_marker(answer: str, expected: str) -> None:
    for cursor in ("|> Answer:", "> An|swer:", "> Answer:|"):
        drawn = question(1, answer).replace("> Answer:", cursor)
        result = inserted(drawn + question(2, WORDS))
        begin = result.index("> Answer:")
        end = result.index("### Question 2")
        assert result[begin:end].rstrip("\n") == expected.replace("|", "")
        assert shown_images(result) == ["figures/a.png"]


def test_place_where_the_answer_stands_on_the_markers_line() -> None:
    assert inserted("### Question 1\n\nAnswer: One.|\n") == f"### Question 1\n\nAnswer: One.\n\n{IMAGE}\n"


@pytest.mark.parametrize(
    "drawn",
    [
        question(1, "One.").replace("### Q", "###| Q"),
        question(1, "One.").replace("> **What", "> **Wh|at"),
        "|# Head\n\n" + question(1, "One."),
        question(1, "One.") + "## Deployment\n\nte|xt",
        question(1, "One.") + question(2, "Two|.", marker="> Reply:"),
        question(1, "lo|st\n\nAnswer: two"),
        "# No report\n\n|",
    ],
    ids=["heading", "prompt", "above", "below", "no marker", "between two markers", "no report"],
)
def test_no_figure_outside_answers(drawn: str) -> None:
    text = drawn.replace("|", "", 1)
    assert offered(analysed(text), text, drawn.index("|")) == []


def test_order() -> None:
    """Unused figures first, those that answers use, those that only prompts link to last; by name within each."""
    names = ["b.png", "a.jpg", "used.png", "linked.png", "twice.png", "tag.png", "prompt.png", "notes.txt", "x.gif"]
    files: dict[str, bytes | str] = {f"figures/{name}": png() for name in names}
    answer = "![u](figures/used.png) [l](figures/linked.png) ![t](./figures/twice.png) <img src='figures/tag.png'>"
    head = "# Head\n\n![p](figures/prompt.png)\n\n![t](figures/twice.png)\n\n"
    analysis = analysed(head + question(1, answer), files)
    assert [path.removeprefix("figures/") for path in offered_figures(analysis)] == [
        *("a.jpg", "b.png"),
        *("linked.png", "tag.png", "twice.png", "used.png"),
        "prompt.png",
    ]


def test_nine_at_most_then_the_picker() -> None:
    files: dict[str, bytes | str] = {f"figures/{number:02}.png": png() for number in range(12)}
    text = question(1, "One.")
    actions = offered(analysed(text, files), text, text.index("One."), picker=True)
    assert [action.title for action in actions] == [
        *(f"Insert figure figures/{number:02}.png" for number in range(9)),
        "Insert figure…",
    ]
    assert actions[-1].edit is None
    place = {"line": 6, "character": 0}
    assert actions[-1].command == types.Command("Insert figure…", "invigilator.insertFigure", arguments=[URI, place])
    assert len(offered(analysed(text, files), text, text.index("One."))) == 9


def test_nothing_to_insert() -> None:
    text = question(1, "One.")
    assert offered(analysed(text, {}), text, text.index("One.")) == []
    (picker,) = offered(analysed(text, {}), text, text.index("One."), picker=True)
    assert picker.title == "Insert figure…"


@pytest.mark.parametrize(
    ("only", "in_answer", "at_marker"),
    [
        (None, "refactor.insert", "quickfix"),
        ([], "refactor.insert", "quickfix"),
        (["quickfix"], None, "quickfix"),
        ([types.CodeActionKind.QuickFix], None, "quickfix"),
        (["refactor"], "refactor.insert", "refactor.insert"),
        (["refactor.insert"], "refactor.insert", "refactor.insert"),
        (["refactor.extract"], None, None),
        (["refactor.ins"], None, None),
        (["source", "quickfix"], None, "quickfix"),
        (["source.fixAll"], None, None),
    ],
)
def test_kinds(only: Any, in_answer: str | None, at_marker: str | None) -> None:
    text = question(1, "One.", ONE_IMAGE)
    analysis = analysed(text)
    assert [found.code for findings in analysis.findings for found in findings] == ["figure.too-few"]
    for place, kind in (("One.", in_answer), ("Answer:", at_marker)):
        actions = offered(analysis, text, text.index(place), only=only, picker=True)
        assert [action.kind for action in actions] == ([kind] * 2 if kind else [])


def test_quick_fix_of_what() -> None:
    """Of a finding that a figure mends, and it is attached; found from the text, not from what the client sends."""
    asked = question(1, "One.", ONE_IMAGE)
    marker = asked.index("Answer:")
    nowhere = types.Range(types.Position(0, 0), types.Position(0, 0))
    sent = [types.Diagnostic(nowhere, "text", code="figure.too-few"), types.Diagnostic(nowhere, "text", code="other")]
    (action,) = offered(analysed(asked), asked, marker, diagnostics=sent)
    assert action.kind == "quickfix"
    assert action.diagnostics == sent[:1]
    (action,) = offered(analysed(asked), asked, asked.index("> Answer:"), marker + 3)
    assert (action.kind, action.diagnostics) == ("quickfix", None)
    (action,) = offered(analysed(asked), asked, asked.index("One."), diagnostics=sent)
    assert (action.kind, action.diagnostics) == ("refactor.insert", None)
    unanswered = question(1, placeholder(1), ONE_IMAGE)
    (action,) = offered(analysed(unanswered), unanswered, unanswered.index("Answer:"))
    assert action.kind == "quickfix"
    at_most = question(1, placeholder(1), "Include up to 2 images.")
    analysis = analysed(at_most, limits={"1": {"words": [50, 60], "images": [0, 2]}})
    (action,) = offered(analysis, at_most, at_most.index("Answer:"))
    assert action.kind == "refactor.insert"


def test_versioned_edit_only_for_clients_that_take_one() -> None:
    text = question(1, "One.")
    (action,) = offered(analysed(text), text, text.index("One."), versioned=True)
    assert action.edit is not None
    assert action.edit.changes is None
    assert action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document == types.OptionalVersionedTextDocumentIdentifier(URI, 7)
    (plain,) = offered(analysed(text), text, text.index("One."))
    assert plain.edit is not None
    assert plain.edit.document_changes is None
    assert list(change.edits) == [edit_of(plain)]


@pytest.mark.parametrize(
    ("path", "image"),
    [
        ("figures/a.png", "![a](figures/a.png)"),
        ("figures/loss_curve-2.png", "![loss curve 2](figures/loss_curve-2.png)"),
        ("figures/with space.png", "![with space](figures/with%20space.png)"),
        ("figures/roc (final).png", "![roc (final)](figures/roc%20%28final%29.png)"),
        ("figures/100%.png", "![100%](figures/100%25.png)"),
        ("figures/a#b?.png", "![a#b?](figures/a%23b%3F.png)"),
        ("figures/æøå.png", "![æøå](figures/æøå.png)"),
        ("figures/2024-01-02T10:30.png", "![2024 01 02T10 30](figures/2024-01-02T10%3A30.png)"),
        ("a:b.png", "![a b](a%3Ab.png)"),
        ("figures/Answer:.png", "![Answer](figures/Answer%3A.png)"),
        ("figures/[x]`<b>&lt;!.png", "![x b lt;](figures/%5Bx%5D%60%3Cb%3E%26lt;!.png)"),
        ("figures/sub/a.tar.png", "![a.tar](figures/sub/a.tar.png)"),
    ],
)
def test_image_of_a_path(path: str, image: str) -> None:
    assert markdown_image(path) == image


NAMES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=12)


@example("<>")
@given(NAMES)
def test_whatever_the_files_name_it_is_shown_counted_and_found(name: str) -> None:
    path = f"figures/x{name}.png"
    files: dict[str, bytes | str] = {path: png()}
    analysis = analysed(inserted(question(1, "|One.", ONE_IMAGE), files), files)
    (state,) = analysis.questions
    assert state.question.counts is not None
    assert (state.question.counts.images, state.question.images_shown) == (1, 1)
    assert [found.code for findings in analysis.findings for found in findings] == []


def diagnostics_of(analysis: Analysis) -> list[types.Diagnostic]:
    return [
        types.Diagnostic(convert.section_range(analysis, section, finding.span, "utf-32"), "", code=finding.code)
        for section, finding in analysis.placed()
    ]


def test_who_asks_for_the_whole_text_with_one_finding_gets_its_obvious_fix_only() -> None:
    text = question(1, "![a](figures/A.png)\n\n![b](figures/A.png)") + question(2, WORDS, ONE_IMAGE)
    analysis = analysed(text)
    found = {str(diagnostic.code): diagnostic for diagnostic in diagnostics_of(analysis)}

    def titles(code: str) -> list[str]:
        return [action.title for action in offered(analysis, text, 0, len(text), diagnostics=[found[code]])]

    assert titles("figure.wrong-case") == ["Write figures/a.png"]
    assert titles("figure.too-few") == []
    everything = offered(analysis, text, 0, len(text), diagnostics=list(found.values()))
    assert len(everything) > 3
