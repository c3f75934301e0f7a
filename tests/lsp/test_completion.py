"""What is offered at a cursor (`|`), and what the text is with it taken."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import markdown as python_markdown
import pytest
from lsprotocol import types

from invigilator.analysis import analyse
from invigilator.figures.insertion import find_insertion
from invigilator.lsp.client import Completions
from invigilator.lsp.completion import MOST_FIGURES, completion, resolved, uri_of
from invigilator.lsp.edits import Target
from invigilator.report.destination import understand
from invigilator.report.markdown import read_markdown
from invigilator.surroundings import Surroundings
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import Encoding, SourceText
from pictures import png
from protocol.editor import Text
from protocol.reports import placeholder, question, report

Json = dict[str, Any]

URI = "file:///reports/README.md"
FILES: dict[str, bytes | str] = {
    "figures/loss curve.png": png(6, 4),
    "figures/roc.png": png(1, 1),
    "figures/sub/deep.jpg": png(2, 2),
    "figures/notes.txt": b"no figure",
    "other.png": png(3, 3),
}
PATHS = ["figures/loss curve.png", "figures/roc.png", "figures/sub/deep.jpg"]
TYPED = types.CompletionContext(types.CompletionTriggerKind.TriggerCharacter, "!")


class Asked:
    """The answer to a request at the `|` of a report, and the text as the client has it."""

    def __init__(
        self,
        drawn: str,
        files: dict[str, bytes | str] | Surroundings | None = None,
        takes: Completions | None = None,
        *,
        settings: Json | None = None,
        encoding: Encoding = "utf-16",
        context: types.CompletionContext | None = None,
        lists_folders: bool = False,
    ) -> None:
        offset = drawn.index("|")
        self.text = drawn[:offset] + drawn[offset + 1 :]
        self.encoding = encoding
        self.takes = takes or Completions()
        files = FILES if files is None else files
        around = MemorySurroundings(files, "reports") if isinstance(files, dict) else files
        self.analysis = analyse(SourceText(self.text), around, settings or {})
        target = Target(URI, 1, SourceText(self.text), encoding)
        place = Text(self.text, encoding).position(offset)
        position = types.Position(place["line"], place["character"])
        params = types.CompletionParams(types.TextDocumentIdentifier(URI), position, context)
        said = completion(self.analysis, target, params, self.takes, lists_folders=lists_folders)
        self.answer: Json | None = None if said is None else json.loads(said)
        self.items: list[Json] = self.answer["items"] if self.answer else []

    def sought(self, index: int = 0) -> str:
        """What an editor matches with what is typed: without a text for it, the label."""
        item = self.items[index]
        assert item.get("filterText") != item["label"], "said twice"
        return str(item.get("filterText", item["label"]))

    @property
    def labels(self) -> list[str]:
        return [item["label"] for item in self.items]

    def taken(self, index: int = 0, *, replacing: bool = False) -> str:
        """The text with an item taken."""
        item = self.items[index]
        document = Text(self.text, self.encoding)
        edit = item["textEdit"]
        edits = [
            (edit["range"] if "range" in edit else edit["replace" if replacing else "insert"], edit["newText"]),
            *((other["range"], other["newText"]) for other in item.get("additionalTextEdits", ())),
        ]
        places = sorted((document.offset(where["start"]), document.offset(where["end"]), new) for where, new in edits)
        for before, behind in pairwise(places):
            assert before[1] < behind[0], "two edits touch"
        for start, end, new in reversed(places):
            document.change(start, end, new)
        return document.text


def in_reports(files: dict[str, bytes | str]) -> dict[str, bytes | str]:
    return {f"reports/{path}": content for path, content in files.items()}


FILES = in_reports(FILES)


def asked(answer: str, *arguments: Any, **more: Any) -> Asked:
    """At the `|` in the answer to the only question."""
    return Asked(question(1, answer), *arguments, **more)


def line_of(text: str) -> str:
    """The answer of a report of one question, where that is one line."""
    return text.partition("Answer:\n\n")[2].removesuffix("\n\n")


# --- paths ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("![a](|", "![a](figures/loss%20curve.png)"),
        ("![a](|)", "![a](figures/loss%20curve.png)"),
        ("![a](|) and more.", "![a](figures/loss%20curve.png) and more."),
        ("![a](| and more.", "![a](figures/loss%20curve.png) and more."),
        ("![a](<|", "![a](<figures/loss curve.png>)"),
        ("![a](<|>)", "![a](<figures/loss curve.png>)"),
        ("![a](fig|", "![a](figures/loss%20curve.png)"),
        ("![a](figures/|)", "![a](figures/loss%20curve.png)"),
        ("![a](./|", "![a](./figures/loss%20curve.png)"),
        ("![a](./figures/|)", "![a](./figures/loss%20curve.png)"),
        ("![a](los|)", "![a](figures/loss%20curve.png)"),
        ("![a](loss cu|)", "![a](figures/loss%20curve.png)"),
        ("![a](figures/loss cu|", "![a](figures/loss%20curve.png)"),
        ("![a](figures/loss%20cu|", "![a](figures/loss%20curve.png)"),
        ("![a](figures/lo|s.png)", "![a](figures/loss%20curve.png)"),
        ('![a](fig|ures/old.png "A title")', '![a](figures/loss%20curve.png "A title")'),
        ("- one\n- ![a](fig|", "- one\n- ![a](figures/loss%20curve.png)"),
        ("> ![a](fig|", "> ![a](figures/loss%20curve.png)"),
        ("[![a](fig|", "[![a](figures/loss%20curve.png)"),
    ],
)
def test_path_taken(answer: str, first: str) -> None:
    found = asked(answer)
    assert found.labels[0] == PATHS[0]
    assert line_of(found.taken()) == first


def test_what_an_item_says() -> None:
    prompt = "Show it. ![it](figures/roc.png)"
    text = report(
        "See ![a](figures/sub/deep.jpg) and ![b](figures/sub/deep.jpg).", "![a](|)", "![a](figures/sub/deep.jpg)"
    ).replace("part 1 of it?**", f"part 1 of it?** {prompt}")
    found = Asked(text, takes=Completions(label_details=True, resolves_documentation=True))
    assert found.answer is not None
    assert found.answer["isIncomplete"] is False
    assert [(item["label"], item["detail"], item["labelDetails"]) for item in found.items] == [
        ("figures/loss curve.png", "6 × 4 pixels, 71 bytes, unused", {"description": "unused"}),
        (
            "figures/sub/deep.jpg",
            "2 × 2 pixels, 71 bytes, used in questions 1 and 3",
            {"description": "used in questions 1 and 3"},
        ),
        ("figures/roc.png", "1 × 1 pixels, 67 bytes, only in a prompt", {"description": "only in a prompt"}),
    ]
    assert [item["sortText"] for item in found.items] == ["!0000", "!1001", "!2002"]
    assert all(item["kind"] == types.CompletionItemKind.File for item in found.items)
    assert all("documentation" not in item and "insertTextFormat" not in item for item in found.items)
    bare = Asked(text)
    assert all("labelDetails" not in item for item in bare.items)
    said = "figures/loss curve.png: 6 × 4 pixels, 71 bytes"
    assert bare.items[0]["documentation"] == {"kind": "plaintext", "value": said}


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("", "figures/loss curve.png"),
        ("los", "loss curve.png"),
        ("LOSS c", "loss curve.png"),
        ("loss%20c", "loss%20curve.png"),
        ("fig", "figures/loss curve.png"),
        ("figures/los", "figures/loss curve.png"),
        ("figures/loss%20", "figures/loss%20curve.png"),
        ("./", "./figures/loss curve.png"),
        ("./figures/los", "./figures/loss curve.png"),
        ("/reports/figures/los", "/reports/figures/loss curve.png"),
    ],
)
def test_filter_text_begins_with_what_is_typed(typed: str, sought: str) -> None:
    """Some editors take the beginning only, others any letters in their order: both find it, and narrow it further."""
    found = asked(f"![a]({typed}|)")
    assert found.sought(found.labels.index(PATHS[0])) == sought
    assert sought.casefold().startswith(typed.casefold())


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("figures/sub/", PATHS[2:]),
        ("figures/nothing/", []),
        ("../reports/figures/", PATHS),
        ("/reports/figures/", PATHS),
        ("Figures/", PATHS),
        ("../", []),
        ("../figures/", []),
        ("/", []),
        ("/figures/", []),
        ("//", []),
        ("http://", []),
        ("https://example.org/fig", []),
        ("data:", []),
        ("C:/", []),
        ("figures/and then some words", []),
        ('figures/roc.png "A ti', []),
    ],
)
def test_folders_and_other_places(typed: str, offered: list[str]) -> None:
    found = asked(f"![a]({typed}|)", {**FILES, "figures/elsewhere.png": png()})
    assert found.labels == offered
    for index, path in enumerate(offered):
        assert line_of(found.taken(index)) == f"![a]({path.replace(' ', '%20')})"


def test_another_figures_folder() -> None:
    files = {"reports/a.png": png(), "reports/pictures/of us/b.png": png(), "images/c.png": png()}
    assert asked("![a](|)", files, settings={"figures": "pictures/of us"}).labels == ["pictures/of us/b.png"]
    inside = asked("![a](pictures/of%20us/|)", files, settings={"figures": "pictures/of us"})
    assert line_of(inside.taken()) == "![a](pictures/of%20us/b.png)"
    assert inside.sought() == "pictures/of%20us/b.png"
    above = asked("![a](pictures/|)", files, settings={"figures": "pictures/of us"})
    assert above.sought() == "pictures/of us/b.png"
    assert asked("![a](|)", files, settings={"figures": "."}).labels == ["a.png", "pictures/of us/b.png"]
    assert asked("![a](./|)", files, settings={"figures": "."}).labels == ["a.png", "pictures/of us/b.png"]


def test_editor_that_lists_folders_itself_gets_only_what_it_does_not_show() -> None:
    for typed, offered in [("", PATHS), ("lo", PATHS), ("./", PATHS), ("figures/", PATHS[2:]), ("figures/sub/", [])]:
        assert asked(f"![a]({typed}|)", lists_folders=True).labels == offered
        assert asked(f"![a](<{typed}|>)", lists_folders=True).labels == offered
    assert asked("![a](|)", in_reports({"a.png": png()}), settings={"figures": "."}, lists_folders=True).labels == []


def test_glued_text_is_replaced_only_where_the_editor_asks_for_it() -> None:
    answer = "![a](figures/lo|ss.png and more"
    assert line_of(asked(answer).taken()) == "![a](figures/loss%20curve.png)ss.png and more"
    two = asked(answer, takes=Completions(insert_replace=True))
    assert line_of(two.taken()) == "![a](figures/loss%20curve.png)ss.png and more"
    assert line_of(two.taken(replacing=True)) == "![a](figures/loss%20curve.png) and more"
    assert set(asked("![a](|)", takes=Completions(insert_replace=True)).items[0]["textEdit"]) == {"range", "newText"}


ODD_NAMES = [
    "100%.png",
    "100%25.png",
    "a#b.png",
    "a?b.png",
    "a&amp;b.png",
    'say "it".png',
    "it's.png",
    "a (1).png",
    "a).png",
    "((.png",
    "a\\b.png",
    "a\nb.png",
    "a\tb.png",
    "a\u00a0b.png",
    "a\u2028b.png",
    "<a>.png",
    "[a].png",
    "![a](b).png",
    "a`b`.png",
    "a*b*_c_.png",
    "$a$ ${1:b}.png",
    "a|b.png",
    "~a~.png",
    " a.png",
    "a:b.png",
    "http:.png",
    "\u03b1\u03b2\u03b3.png",
    "\u5716\u8868.png",
    "\u0637\u0628\u0642.png",
    "e\u0301t\u00e9.png",
    "\U0001f600.png",
    f"{'x' * 251}.png",
    f"{chr(0x5716) * 83}ab.png",
    "Loss.png",
    "LOSS.PNG",
    "---.png",
    "a.b.png",
    "\x7f\x01.png",
    "a%20b.png",
    "a+b.png",
    "a;b,c=d@e.png",
]


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("drawn", ["![a](|)", "![a](<|>)", "![a](figures/|", "!|", "|"])
def test_odd_name_is_shown_and_found_again(name: str, drawn: str) -> None:
    """As GitHub reads it, as Python-Markdown does, and as the checks do."""
    path = f"figures/{name}"
    found = asked(f"{drawn}\n\nMore.", in_reports({path: png()}))
    (label,) = found.labels
    assert "\n" not in label
    text = found.taken()
    answer = text.partition("Answer:\n\n")[2]
    (link,) = read_markdown(answer).links
    assert link.kind == "image"
    assert understand(link.target).path == path
    page = python_markdown.markdown(answer)
    assert page.count("<img ") == 1
    written = answer[link.destination.start : link.destination.end] if link.destination else ""
    assert f'src="{written.replace("&", "&amp;")}"' in page
    after = analyse(text, MemorySurroundings(in_reports({path: png()}), "reports"), {})
    codes = {finding.code for _, finding in after.placed()} - {"figure.no-alt"}
    assert codes == ({"figure.bad-extension"} if name.endswith("PNG") else set())


def test_twins_that_differ_in_case_are_two() -> None:
    found = asked("![a](l|)", in_reports({"figures/Loss.png": png(), "figures/loss.png": png()}))
    assert found.labels == ["figures/Loss.png", "figures/loss.png"]
    assert [line_of(found.taken(index)) for index in (0, 1)] == ["![a](figures/Loss.png)", "![a](figures/loss.png)"]


def test_decomposed_name_is_found_by_what_a_keyboard_types() -> None:
    found = asked("![a](\u00e9t|)", in_reports({"figures/e\u0301t\u00e9.png": png()}))
    assert found.sought() == "\u00e9t\u00e9.png"
    assert line_of(found.taken()) == "![a](figures/e\u0301t\u00e9.png)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_positions_behind_other_letters(encoding: Encoding, ending: str) -> None:
    text = question(1, "\U0001f600\u00e9 ![\U0001f4c8](figures/\U0001f600|x.png) \U0001f600").replace("\n", ending)
    found = Asked(text, in_reports({"figures/\U0001f600.png": png()}), encoding=encoding)
    expected = text.replace("\U0001f600|x.png", "\U0001f600.png")
    assert found.taken() == expected


# --- whole images -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("Two words.\n\n!|", "Two words.\n\n![loss curve](figures/loss%20curve.png)"),
        ("See ![|", "See ![loss curve](figures/loss%20curve.png)"),
        ("See ![|] there", "See ![loss curve](figures/loss%20curve.png) there"),
        ("- ![lo|]", "- ![loss curve](figures/loss%20curve.png)"),
        ("> !|", "> ![loss curve](figures/loss%20curve.png)"),
        ("|", "![loss curve](figures/loss%20curve.png)"),
        ("One.\n|\nTwo.", "One.\n\n![loss curve](figures/loss%20curve.png)\n\nTwo."),
        ("One.\n\n|", "One.\n\n![loss curve](figures/loss%20curve.png)"),
    ],
)
def test_image_taken(answer: str, first: str) -> None:
    found = asked(answer)
    assert found.labels[0] == "![loss curve](figures/loss%20curve.png)"
    assert line_of(found.taken()) == first


def test_mark_in_a_sentence_only_where_it_is_asked_for() -> None:
    assert len(asked("See !|").items) == 3
    assert asked("See !|", context=TYPED).items == []
    assert asked("Wow !|", context=TYPED).items == []
    assert len(asked("See ![|]", context=TYPED).items) == 3
    assert len(asked("!|", context=TYPED).items) == 3
    assert asked("|", context=TYPED).items == []


def test_description_typed_so_far_narrows() -> None:
    assert [label.partition("]")[0] for label in asked("![cur|]").labels] == ["![loss curve"]
    assert asked("![What the figure shows|]").labels == []
    sought = asked("![|]").items[0]["filterText"]
    assert sought == "![loss curve figures/loss curve.png"


def test_snippet_selects_the_description() -> None:
    takes = Completions(snippets=True)
    files = in_reports({"figures/a $1} b.png": png(), "figures/__.png": png()})
    found = asked("One.\n|\nTwo.", files, takes)
    assert [item["textEdit"]["newText"] for item in found.items] == [
        "\n![$1](figures/__.png)$0\n",
        "\n![${1:a \\$1\\} b}](figures/a%20\\$1%7D%20b.png)$0\n",
    ]
    assert all(item["insertTextFormat"] == 2 for item in found.items)
    plain = asked("![a](|)", files, takes)  # a path has nothing to fill in
    assert plain.items[1]["textEdit"]["newText"] == "figures/a%20$1%7D%20b.png"
    assert all("insertTextFormat" not in item for item in plain.items)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("typed", ["", "!", "![", "![]"])
@pytest.mark.parametrize("line", range(6))
def test_in_an_untouched_answer_it_leaves_what_insert_figure_makes(line: int, typed: str, ending: str) -> None:
    """On each line around the placeholder."""
    plain = "### Question 1\n\n> **What?**\n>\n> Answer:\n\n\n\n{}\n\n\n### Question 2\n\n> Answer:\n\nYes.\n"
    untouched = plain.format(placeholder(1))
    files = in_reports({"figures/a b.png": png()})
    analysis = analyse(untouched, MemorySurroundings(files, "reports"), {})
    insertion = find_insertion(analysis, analysis.questions[0], analysis.questions[0].question.answer.start + 1)
    start, end = insertion.span
    expected = untouched[:start] + insertion.of("figures/a b.png") + untouched[end:]
    lines = untouched.split("\n")
    number = lines.index("> Answer:") + 1 + line
    if lines[number]:
        if typed:
            return
        cursor = "--- ques|tion 1 fill here ---"
    else:
        cursor = f"{typed[:2]}|{typed[2:]}"
    lines[number] = cursor
    found = Asked(ending.join(lines), files)
    assert found.taken() == expected.replace("\n", ending)
    if "---" in cursor:
        assert found.sought().startswith("--- ques")


def test_placeholder_stays_where_something_is_written_beside_it() -> None:
    found = asked(f"Words.\n\n{placeholder(1)}\n\n!|")
    assert placeholder(1) in found.taken()
    found = asked(f"{placeholder(1)}\n\n<!-- a note -->\n\n|")
    assert "<!-- a note -->" in found.taken()
    assert asked("Words. --- question 1 fi|ll here ---").items == []


def test_placeholder_that_ends_the_text() -> None:
    text = question(1, f"|\n{placeholder(1)}").rstrip("\n")
    assert Asked(text).taken().rstrip("\n").endswith("> Answer:\n\n\n![loss curve](figures/loss%20curve.png)")
    text = question(1, f"{placeholder(1)}\n|").rstrip("\n")
    assert Asked(text).taken() == question(1, "![loss curve](figures/loss%20curve.png)\n").rstrip("\n") + "\n"


# --- descriptions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "taken"),
    [
        ("![|](figures/loss%20curve.png)", "![loss curve](figures/loss%20curve.png)"),
        ("![|](<figures/loss curve.png>)", "![loss curve](<figures/loss curve.png>)"),
        ("![my_image|](figures/roc.png)", "![roc](figures/roc.png)"),
        ("![my_|image](figures/roc.png)", "![roc](figures/roc.png)"),
        ("![lo|](figures/loss%20curve.png)", "![loss curve](figures/loss%20curve.png)"),
        ("See ![ | ](figures/not_there.png) here", "See ![not there](figures/not_there.png) here"),
    ],
)
def test_description_from_the_name(answer: str, taken: str) -> None:
    found = asked(answer)
    (item,) = found.items
    assert line_of(found.taken()) == taken
    assert item["kind"] == types.CompletionItemKind.Text
    typed = answer[answer.index("[") + 1 : answer.index("|")].strip()
    assert found.sought().startswith(typed)


@pytest.mark.parametrize(
    "answer",
    [
        "![Its loss|](figures/loss%20curve.png)",
        "![loss curve|](figures/loss%20curve.png)",
        "![|](figures/_.png)",
        "![|]()",
        "![|](data:image/png;base64,AAAA)",
    ],
)
def test_description_that_is_there_stays(answer: str) -> None:
    assert asked(answer).items == []


# --- where there is nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        "[a](figures/|",
        "`![a](fig|`",
        "Some `![a](fig|ures/x.png)` code",
        "```\n![a](fig|\n```",
        "```\n![a](fig|",
        "```\ncode\n\n|",
        "~~~\n!|\n~~~",
        "    ![a](fig|",
        "Text.\n\n    !|\n\nText.",
        "<!-- ![a](fig| -->",
        "<!--\n![a](fig|\n-->",
        "<!--\n\n![a](fig|",
        "Words and more |",
        "Great!|",
        "# A heading|",
    ],
)
def test_nothing_in_code_comments_and_links(answer: str) -> None:
    assert asked(answer).items == []


def test_again_behind_code_and_comments() -> None:
    for answer in ("```\ncode\n```\n\n![a](|", "<!-- a -->\n\n|", "`code` ![a](|", "    code\n\n![a](|", "`a ![b](|"):
        assert len(asked(answer).items) == 3, answer


@pytest.mark.parametrize(
    "text",
    [
        "![a](|\n\n" + question(1, "Words."),
        question(1, "Words.").replace("### Question 1", "### Question 1 ![a](|"),
        question(1, "Words.").replace("part 1", "![a](|"),
        question(1, "Words.").replace("> Answer:", "> ![a](|\n> Answer:"),
        question(1, "Words.").replace("> Answer:", "> |Answer:"),
        question(1, "Words.").replace("\n> Answer:", "\n!|\n> Answer:"),
        question(1, "Words.") + "## Next part\n\n> ![a](|\n\n" + question(2, "Words."),
        question(1, "Words.").replace("> Answer:\n", "|\n") + question(2, "Words."),
    ],
)
def test_nothing_outside_answers(text: str) -> None:
    assert Asked(text).items == []


def test_on_the_markers_line() -> None:
    """What stands behind the marker belongs to the answer."""
    text = question(1, "").replace("Answer:", "Answer: ![a](|")
    assert len(Asked(text).items) == 3
    assert Asked(question(1, "").replace("Answer:", "Answer:|")).items == []


def test_answer_that_cannot_be_read_as_markdown() -> None:
    deep = ">" * 400 + " deep\n\n"
    found = asked(f"{deep}![a](|")
    assert found.analysis.questions[0].question.markdown is None
    assert len(found.items) == 3
    for hidden in ("```\n![a](|\n```", "`![a](|`", "<!-- ![a](| -->", "~~~~\n~~~\n![a](|"):
        assert asked(deep + hidden).items == [], hidden
    assert len(asked(f"{deep}```\ncode\n```\n\n<!-- a --> `b` ![a](|").items) == 3


def test_folder_that_is_not_there_or_cannot_be_read() -> None:
    assert asked("![a](|)", {}).answer is None
    assert asked("|", {}).answer is None
    unreadable = MemorySurroundings({"reports/figures/a.png": png()}, "reports", {"reports/figures"})
    assert asked("![a](|)", unreadable).answer is None


# --- very many --------------------------------------------------------------------------------------------------------


MANY = in_reports({f"figures/plot {number:04}.png": png() for number in range(1_500)} | {"figures/roc.png": png()})
CROWD = MemorySurroundings(MANY, "reports")


def test_of_very_many_the_likeliest_are_sent() -> None:
    found = asked("![a](|)", CROWD)
    assert found.answer is not None
    assert (len(found.items), found.answer["isIncomplete"]) == (MOST_FIGURES, True)
    assert found.labels[0] == "figures/plot 0000.png"
    for typed in ("ro", "figures/ro", "./figures/ro"):
        found = asked(f"![a]({typed}|)", CROWD)
        assert found.answer is not None
        assert "figures/roc.png" in found.labels
    found = asked("![a](roc|)", CROWD)
    assert found.answer == {"isIncomplete": False, "items": found.items}
    assert found.labels == ["figures/roc.png"]
    found = asked("![a](figures/plot 12|)", CROWD)
    assert found.labels[0] == "figures/plot 1200.png"
    assert found.labels[:100] == [f"figures/plot 12{number:02}.png" for number in range(100)]
    found = asked("|", CROWD)
    assert found.answer is not None
    assert (len(found.items), found.answer["isIncomplete"]) == (MOST_FIGURES, True)


# --- resolving --------------------------------------------------------------------------------------------------------


def test_resolved_says_what_git_has() -> None:
    surroundings = MemorySurroundings(FILES, "reports", git={"reports/figures/loss curve.png": "untracked"})
    found = asked("![a](|)", surroundings, Completions(resolves_documentation=True))
    raw = found.items[0]
    assert "documentation" not in raw
    item = types.CompletionItem(label=raw["label"], data=raw["data"])
    assert uri_of(item) == URI
    plain = resolved(item, found.analysis, Completions())
    assert plain.documentation == types.MarkupContent(
        types.MarkupKind.PlainText,
        "figures/loss curve.png: 6 × 4 pixels, 71 bytes, not in git yet, so it will not be handed in",
    )
    rich = resolved(item, found.analysis, Completions(markdown=True))
    assert rich.documentation == types.MarkupContent(
        types.MarkupKind.Markdown,
        "`figures/loss curve.png`: 6 × 4 pixels, 71 bytes, **not in git** yet, so it will not be handed in",
    )


@pytest.mark.parametrize("data", [None, "figures/roc.png", {}, {"path": 3}, {"path": "figures/gone.png"}])
def test_item_of_which_nothing_is_known_comes_back_as_it_was(data: Any) -> None:
    item = types.CompletionItem(label="x", data=data)
    analysis = asked("|").analysis
    assert resolved(item, analysis, Completions()).documentation is None
    assert resolved(item, None, Completions()).documentation is None
    assert uri_of(item) == ""
