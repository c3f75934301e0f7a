"""A clean report, and every way of breaking it: exactly the findings expected, where they are expected, and none after
the fix."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pytest

from drawn import check
from invigilator.analysis import Analysis
from invigilator.checks.finding import Fix
from invigilator.checks.registry import RULES
from invigilator.fixes import apply, fixes_of
from invigilator.official.editions import EDITIONS
from invigilator.surroundings import GitStatus
from invigilator.surroundings.memory import MemorySurroundings
from pictures import jpeg, png
from reports import script

EDITION = next(edition for edition in EDITIONS if edition.label == "2024")
PARTS = {4: "Coding environment", 7: "Version control", 12: "Running code and tracking experiments"}
FIGURES: Mapping[str, bytes | str] = {
    "figures/one.png": png(4, 4),
    "figures/Two words.png": png(4, 4),
    "figures/three.jpg": jpeg(4, 4),
    "figures/empty.png": b"",
    "elsewhere/four.png": png(4, 4),
}


def clean() -> str:
    """A report that passes in every respect, all in our own words."""
    parts = ["# Counting boats\n\n## Overall project checklist\n\n* [x] Count them\n* [ ] Count them again\n"]
    for number, constraint in EDITION.constraints.items():
        if number in PARTS:
            parts.append(f"## {PARTS[number]}\n\n> What follows is about that.\n")
        words, images, _ = constraint
        asks = f"> Recommended answer length: {words.low}-{words.high} words.\n>\n" if words else ""
        shows = (
            f"> **Insert {images.of('image').removeprefix('exactly ')} of it.**\n>\n" if images and not words else ""
        )
        wanted = "> **How many tests did you implement and what are they testing?**\n>\n" if number == 7 else ""
        picture = f"![boat {number}](figures/one.png)\n\n" if images else ""
        answer = " ".join(f"b{number}o{word}" for word in range(1, (words.low or 0) + 12 if words else 5))
        parts.append(f"### Question {number}\n\n{wanted}{shows}{asks}> Answer:\n\n{picture}{answer}\n")
    return "\n".join(parts)


CLEAN = clean()


@dataclass(frozen=True)
class Mutation:
    """A way of breaking the report.

    `found` are the codes with the text that each marks; `fix` is a part of the title of the one that mends all of it.
    """

    name: str
    change: Callable[[str], str]
    found: tuple[tuple[str, str], ...]
    fix: str | None = None
    beside: Mapping[str, bytes | str] = field(default_factory=dict)
    git: Mapping[str, GitStatus] = field(default_factory=dict)


def replaced(old: str, new: str) -> Callable[[str], str]:
    """Puts `new` in place of `old`, which stands in the report once."""

    def change(text: str) -> str:
        assert text.count(old) == 1, old
        return text.replace(old, new)

    return change


def section(number: int) -> str:
    """A question as it stands in the clean report."""
    match = re.search(rf"### Question {number}\n.*?(?=\n## |\n### |\Z)", CLEAN, re.DOTALL)
    assert match is not None
    return match[0]


def behind(word: str, new: str) -> Callable[[str], str]:
    """Puts `new` behind a word of an answer."""
    return replaced(f"{word} ", f"{word} {new} ")


def answer(number: int) -> str:
    """A question's answer in the clean report."""
    return section(number).partition("> Answer:\n\n")[2].strip()


def _swapped(text: str, first: int, second: int) -> str:
    one, two = section(first), section(second)
    assert f"{one}\n{two}" in text
    return text.replace(f"{one}\n{two}", f"{two}\n{one}")


LIMITS = {number: (constraint.words, constraint.images) for number, constraint in EDITION.constraints.items()}

MUTATIONS = [
    Mutation(
        "conflict",
        replaced("b5o1 ", "<<<<<<< HEAD\nb5o1\n=======\nb5o0\n>>>>>>> theirs\n"),
        (("report.conflict-marker", "<<<<<<< HEAD"),),
        "ours",
    ),
    Mutation(
        "marker lost",
        replaced(section(6), section(6).replace("> Answer:\n", "")),
        (("marker.missing", "### Question 6"), ("report.unreadable", "### Question 1")),
        "Answer:",
    ),
    Mutation(
        "marker twice",
        behind("b8o50", "\n\n> Answer:\n\n"),
        (("marker.duplicate", "Answer:"), ("answer.too-short", "Answer:")),
        "second",
    ),
    Mutation(
        "marker twice in a row",
        replaced(section(8), section(8).replace("> Answer:\n", "> Answer:\n\n> Answer:\n")),
        (("marker.duplicate", "Answer:"),),
        "second",
    ),
    Mutation(
        "question gone",
        replaced(section(8), ""),
        (("question.missing", "### Question 7"), ("report.unreadable", "### Question 1")),
    ),
    Mutation(
        "heading at another level",
        replaced("### Question 8\n", "## Question 8\n"),
        (
            ("question.missing", "## Question 8"),
            ("answer.too-long", "b8o101"),
            ("marker.duplicate", "Answer:"),
            ("report.unreadable", "### Question 1"),
        ),
        "### Question 8",
    ),
    Mutation(
        "number twice",
        replaced("### Question 8\n", "### Question 7\n"),
        (
            ("question.missing", "### Question 7"),
            ("question.duplicate", "### Question 7"),
            ("report.shifted", "### Question 1"),
        ),
    ),
    Mutation(
        "number too high",
        replaced("### Question 27\n", "### Question 99\n"),
        (
            ("question.missing", "### Question 26"),
            ("question.unknown", "### Question 99"),
            ("report.shifted", "### Question 1"),
        ),
    ),
    Mutation("blank", replaced(answer(9), "--- question 9 fill here ---"), (("answer.missing", "Answer:"),)),
    Mutation("too short", replaced(answer(9), "b9o1 b9o2"), (("answer.too-short", "Answer:"),)),
    Mutation("too long", behind("b12o60", "more " * 39 + "end"), (("answer.too-long", "b12o61"),)),
    Mutation(
        "heading",
        behind("b9o108", "\n\n#### More\n\n"),
        (("answer.heading", "#### More"),),
        "bold",
    ),
    Mutation(
        "heading in code",
        behind("b9o105", "\n\n    ## more\n\n"),
        (("answer.heading", "##"),),
        "#",
    ),
    Mutation(
        "text becomes a heading",
        replaced(answer(9), answer(9) + "\n---\n\nAnd so on."),
        (("answer.setext-heading", "---"),),
        "blank line",
    ),
    Mutation(
        "placeholder left",
        replaced(answer(9), answer(9) + "\n\n--- question 9 fill here ---"),
        (("answer.placeholder-left", "--- question 9 fill here ---"),),
        "placeholder",
    ),
    Mutation(
        "fence left open",
        replaced(answer(9), answer(9) + "\n\n```\nrun"),
        (("answer.unclosed", "```"), ("page.code-fence", "```")),
    ),
    Mutation(
        "comment left open",
        replaced(answer(9), answer(9) + "\n\n<!-- later"),
        (("answer.unclosed", "<!--"),),
        "-->",
    ),
    Mutation("text vanishes", behind("b9o3", "<name>"), (("answer.text-vanishes", "<name>"),), "`"),
    Mutation(
        "limit removed",
        replaced(section(9), section(9).replace("> Recommended answer length: 100-200 words.\n>\n", "")),
        (("prompt.limit-removed", "### Question 9"),),
    ),
    Mutation(
        "too few images",
        replaced("![boat 20](figures/one.png)", ""),
        (("figure.too-few", "Answer:"),),
    ),
    Mutation(
        "a link in place of the image",
        replaced("![boat 20](figures/one.png)", "[boat 20](figures/one.png)"),
        (("figure.too-few", "Answer:"), ("figure.link", "[boat 20](figures/one.png)")),
        "!",
    ),
    Mutation(
        "too many images",
        behind("b20o1", "![boat](figures/three.jpg)"),
        (("figure.too-many", "![boat](figures/three.jpg)"),),
    ),
    Mutation(
        "a space in the path",
        behind("b9o3", "![boat](figures/Two words.png)"),
        (("figure.not-shown", "![boat](figures/Two words.png)"),),
        "%20",
    ),
    Mutation(
        "a space before the path",
        behind("b9o3", "![boat] (figures/one.png)"),
        (("figure.not-shown", "![boat] (figures/one.png)"),),
        "space",
    ),
    Mutation(
        "on the web",
        behind("b9o3", "![boat](https://example.org/one.png)"),
        (("figure.remote", "https://example.org/one.png"),),
    ),
    Mutation(
        "a type not allowed", behind("b9o3", "![b](figures/one.gif)"), (("figure.bad-extension", "figures/one.gif"),)
    ),
    Mutation(
        "other capitals",
        behind("b9o3", "![b](figures/One.png)"),
        (("figure.wrong-case", "figures/One.png"),),
        "one.png",
    ),
    Mutation(
        "no such file", behind("b9o3", "![b](figures/onee.png)"), (("figure.not-found", "figures/onee.png"),), "one.png"
    ),
    Mutation("empty", behind("b9o3", "![b](figures/empty.png)"), (("figure.corrupt", "figures/empty.png"),)),
    Mutation(
        "in another folder",
        behind("b9o3", "![b](elsewhere/four.png)"),
        (("figure.outside-folder", "elsewhere/four.png"),),
    ),
    Mutation(
        "no alt text", behind("b9o3", "![](figures/one.png)"), (("figure.no-alt", "![](figures/one.png)"),), "alt"
    ),
    Mutation(
        "an img tag",
        behind("b9o3", '<img src="figures/one.png" alt="boat">'),
        (("figure.html", '<img src="figures/one.png" alt="boat">'),),
        "Markdown",
    ),
    Mutation(
        "a broken box",
        replaced("* [x] Count them\n", "* [x ] Count them\n"),
        (("checklist.malformed-box", "[x ]"),),
        "[x]",
    ),
    Mutation(
        "two questions changed places",
        lambda text: _swapped(text, 15, 16),
        (("question.out-of-order", "### Question 16"), ("report.shifted", "### Question 1")),
    ),
    Mutation(
        "dashes left",
        replaced(answer(9), f"--- {answer(9)} ---"),
        (("answer.placeholder-dashes", "---"),),
        "dashes",
    ),
    Mutation(
        "answer in a quote",
        replaced(answer(9), f"> {answer(9)}"),
        (("answer.in-quote", ">"),),
        "quote",
    ),
    Mutation(
        "answer joins the quote",
        replaced(section(9), section(9).replace("> Answer:\n\n", "> Answer:\n")),
        (("answer.joins-quote", "b9o1"),),
        "blank line",
    ),
    Mutation(
        "script and prompt disagree",
        lambda text: text,
        (("limits.disagree", "Recommended answer length: 100-200 words."),),
        beside={"report.py": script({**LIMITS, 9: ((50, 300), None)}, 27)},
    ),
    Mutation(
        "not in git",
        behind("b9o3", "![b](figures/three.jpg)"),
        (("figure.untracked", "figures/three.jpg"),),
        git={"figures/three.jpg": "untracked", "figures/one.png": "tracked"},
    ),
    Mutation(
        "a list without a blank line",
        replaced(answer(9), answer(9) + "\n- one\n- two"),
        (("page.list-needs-blank-line", "-"),),
        "blank line",
    ),
    Mutation(
        "a nested list by two",
        replaced(answer(9), answer(9) + "\n\n- one\n  - two"),
        (("page.nested-list-indent", "-"),),
        "by 4",
    ),
    Mutation(
        "a code fence",
        replaced(answer(9), answer(9) + "\n\n```bash\nrun one\nrun two\n```"),
        (("page.code-fence", "```bash"),),
        "Indent",
    ),
    Mutation(
        "a table",
        replaced(answer(9), answer(9) + "\n\n| a | b |\n|---|---|\n| c | d |"),
        (("page.table", "| a | b |"),),
    ),
    Mutation(
        "the teacher's words are others",
        replaced("what are they testing?**", "who wrote most of them?**"),
        (("prompt.changed", "who wrote most of them"),),
        "Restore",
        {"invigilator.toml": 'template = "template.md"', "template.md": CLEAN},
    ),
    Mutation(
        "an ignore comment for nothing",
        replaced(answer(9), answer(9) + "\n\n<!-- invigilator: ignore figure.remote -->\nend"),
        (("ignore.unused", "figure.remote"),),
    ),
]


def analysed(mutation: Mutation | None, text: str) -> Analysis:
    beside, git = (mutation.beside, mutation.git) if mutation else ({}, {})
    return check(text, MemorySurroundings({**FIGURES, **beside}, git=git))


def found(analysis: Analysis) -> list[tuple[str, str]]:
    text = analysis.outline.text
    marked = ((f.code, analysis.span_in_text(section, f.span)) for section, f in analysis.placed())
    return sorted((code, text[span.start : span.end]) for code, span in marked)


def test_the_clean_report_has_no_finding() -> None:
    analysis = analysed(None, CLEAN)
    assert analysis.edition == EDITION.label or analysis.verdict is not None
    assert analysis.verdict is not None
    assert analysis.verdict.passed == 27
    assert found(analysis) == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_mutation_is_found_and_mended(mutation: Mutation, newline: str) -> None:
    text = mutation.change(CLEAN).replace("\n", newline)
    analysis = analysed(mutation, text)
    assert found(analysis) == sorted(mutation.found)
    if mutation.fix is not None:
        fixes = [
            fix
            for section, finding in analysis.placed()
            for fix in fixes_of(analysis, section, finding)
            if mutation.fix in fix.title
        ]
        assert fixes, [
            fix.title for section, finding in analysis.placed() for fix in fixes_of(analysis, section, finding)
        ]
        mended = apply(text, fixes[:1])
        assert found(analysed(mutation, mended)) == []
        if newline == "\r\n":
            assert re.search(r"(?<!\r)\n", mended) is None


def test_every_code_has_a_mutation() -> None:
    covered = {code for mutation in MUTATIONS for code, _ in mutation.found}
    assert covered >= set(RULES)


def test_a_fix_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """No fix touches more of the text than its finding is about, two questions at most; none rewrites the report."""
    for mutation in MUTATIONS:
        text = mutation.change(CLEAN)
        analysis = analysed(mutation, text)
        for index, finding in analysis.placed():
            for fix in fixes_of(analysis, index, finding):
                most = 2 * len(section(16) + section(15)) if "change places" in fix.title else 2_000
                assert _touched(fix) < most, (mutation.name, fix.title)


def _touched(fix: Fix) -> int:
    return sum(edit.span.end - edit.span.start + len(edit.new_text) for edit in fix.edits)
