"""Every list, code block and table of an answer that the handed-in page loses has a ``page.*`` finding, and no other.

GitHub's side is `render_markdown`'s HTML, the page's side Python-Markdown's of the same answer, read from its marker's
line on. The reports stand beside the project; without them there is nothing to test.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import markdown
import pytest

from invigilator.analysis import analyse
from invigilator.checks.finding import Finding
from invigilator.report.markdown import Unreadable
from invigilator.report.markdown.render import render_markdown
from invigilator.surroundings import Nowhere

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
REPORTS = sorted(path.parent for part in ("open", "history-open") for path in (CORPUS / part).glob("*/README.md"))

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"no reports in {CORPUS}")


class Shape(HTMLParser):
    """How often a page has each of the elements that can be lost; an indented line of blanks is no code."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()
        self.inside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("ul", "ol"):
            self.count["list in a list" if "li" in self.inside else "list"] += 1
            self.inside.append(tag)
        elif tag in ("li", "pre", "table"):
            self.count[tag] += tag != "pre"
            self.inside.append(tag)
        elif tag == "p" and self.inside and self.inside[-1] == "li":
            self.count["paragraph of an item"] += 1

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] == "pre" and data.strip():
            self.count["pre"] += 1
            self.inside[-1] = "counted"

    def handle_endtag(self, tag: str) -> None:
        closed = "counted" if tag == "pre" and "counted" in self.inside else tag
        if closed in self.inside:
            while self.inside.pop() != closed:
                pass


class Answer(NamedTuple):
    """The elements that an answer loses on the handed-in page, and what is found in it.

    Its `lines_of_code` are fences of one line without a language: the page shows them as inline code, which reads the
    same, so that they are not lost.
    """

    lost: Counter[str]
    lines_of_code: int
    found: tuple[Finding, ...]

    def count(self, *codes: str) -> int:
        """How many findings have one of the codes."""
        return sum(finding.code in codes for finding in self.found)


def answers(report: Path) -> Iterator[Answer]:
    text = (report / "README.md").read_bytes().decode("utf-8").replace("\r\n", "\n")
    analysis = analyse(text, Nowhere(), {"select": ["page.*"]})
    for state in analysis.questions:
        question, section = state.question, analysis.outline.sections[state.section]
        if question.marker is None or question.markdown is None:
            continue
        written = section.text[section.text.rfind("\n", 0, question.marker.start) + 1 :]
        try:
            github = Shape(render_markdown(written, analysis.definitions, lambda picture: "").html)
        except Unreadable:
            continue
        page = Shape(markdown.markdown(written))
        fences = [fence for fence in question.markdown.fences if not fence.info and fence.closed]
        single = sum(section.text.count("\n", *fence.span) == 2 for fence in fences)
        yield Answer(github.count - page.count, single, analysis.findings[state.section])


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_code(report: Path) -> None:
    for answer in answers(report):
        assert answer.lost["pre"] == answer.count("page.code-fence") + answer.lines_of_code


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_tables(report: Path) -> None:
    for answer in answers(report):
        assert answer.lost["table"] == answer.count("page.table")


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_lists(report: Path) -> None:
    for answer in answers(report):
        below_text, nested = answer.count("page.list-needs-blank-line"), answer.count("page.nested-list-indent")
        lost_levels = answer.lost["list in a list"] + answer.lost["paragraph of an item"]
        if not nested:
            # A bulleted list right below a numbered item, with markers in the same column, goes on as numbered items:
            # no item is lost and none moves to another level, so nothing is said of it.
            merged = 0 if answer.lost["li"] else answer.lost["list"]
            assert answer.lost["list"] == below_text + merged
            assert bool(answer.lost["li"]) == bool(below_text)
            assert not lost_levels or below_text  # a list that is lost loses those in it
        else:
            assert lost_levels or answer.lost["list"] > below_text


def test_there_is_something_to_lose() -> None:
    lost = sum((answer.lost for report in REPORTS for answer in answers(report)), Counter())
    assert all(lost[element] for element in ("list", "list in a list", "li", "pre", "table", "paragraph of an item"))
