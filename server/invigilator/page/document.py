"""A report as one HTML document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final, NamedTuple

from invigilator.analysis import Analysis, QuestionState
from invigilator.page.figures import Figures, ReadPicture
from invigilator.page.marks import Mark, mark_of
from invigilator.page.style import POLICY, STYLE
from invigilator.report.markdown import Unreadable
from invigilator.report.markdown.render import Rendered, render_markdown
from invigilator.result import result_of

_FRONT_MATTER: Final = re.compile(r"[\w-]+[ \t]*:|[ \t]*[#-]|[ \t]+\S|[ \t]*$")
_MOST_FRONT_MATTER: Final = 50  # lines
_UNTITLED: Final = "Report"


class Page(NamedTuple):
    """The page, and a line for everything in the report that it does not show as it should."""

    html: str
    warnings: tuple[str, ...]


def make_page(analysis: Analysis, read: ReadPicture) -> Page:
    """The page of a report; `read` gives the bytes of its figures."""
    return _Document(analysis, Figures(analysis.ground.surroundings, read)).page()


class _Document:
    def __init__(self, analysis: Analysis, figures: Figures) -> None:
        self.analysis = analysis
        self.figures = figures
        self.warnings: list[str] = []
        self.title: str | None = None

    def page(self) -> Page:
        anchors = _anchors(self.analysis)
        marks = {state.section: mark_of(self.analysis, state) for state in self.analysis.questions}
        main = "\n".join(self._sections(anchors, marks))
        html = (
            "<!DOCTYPE html>\n"
            '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self.title or _UNTITLED)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#report">Skip to the report</a>\n'
            f"{self._contents(anchors, marks)}\n"
            f'<main id="report">\n{main}\n</main>\n</body>\n</html>\n'
        )
        return Page(html, (*self.warnings, *self.figures.warnings))

    def _contents(self, anchors: dict[int, str], marks: dict[int, Mark]) -> str:
        """The table of contents: every question with its verdict."""
        lines = "".join(f"<p>{escape(line)}</p>" for line in result_of(self.analysis))
        items = "\n".join(
            f'<li><a class="{mark.state}" href="#{anchors[state.section]}" '
            f'aria-label="{escape(_sentence(f"Question {state.question.number}", mark))}" '
            f'title="{escape(_sentence("", mark))}">{state.question.number}</a></li>'
            for state in self.analysis.questions
            for mark in (marks[state.section],)
        )
        return (
            f'<nav aria-labelledby="contents">\n<h2 id="contents">Questions</h2>\n{lines}\n<ol>\n{items}\n</ol>\n</nav>'
        )

    def _sections(self, anchors: dict[int, str], marks: dict[int, Mark]) -> Iterator[str]:
        states = {state.section: state for state in self.analysis.questions}
        for index, section in enumerate(self.analysis.outline.sections):
            if (state := states.get(index)) is not None:
                yield self._question(section.text, state, anchors[index], marks[index])
                continue
            text = section.text
            if index == 0:
                front, text = _front_matter(text.removeprefix("\ufeff"))
                if front:
                    front = f'<pre class="plain">{escape(front)}</pre>'
                    yield f'<details class="front"><summary>Front matter</summary>{front}</details>'
            rendered = self._rendered(text, "A part that is no question")
            if self.title is None:
                self.title = rendered.heading
            yield rendered.html

    def _question(self, text: str, state: QuestionState, anchor: str, mark: Mark) -> str:
        name = f"Question {state.question.number}"
        heading = self._rendered(text[: state.question.heading.end], name).html
        counts = f" · {escape(mark.counts)}" if mark.counts else ""
        body = self._rendered(text[state.question.heading.end :], name).html
        return (
            f'<section id="{anchor}">\n{heading}\n'
            f'<p class="mark {mark.state}"><strong>{escape(mark.verdict)}</strong>{counts}</p>\n{body}\n</section>'
        )

    def _rendered(self, text: str, name: str) -> Rendered:
        try:
            return render_markdown(text, self.analysis.definitions, self.figures.draw)
        except Unreadable as error:
            self.warnings.append(f"{name} is shown as plain text, because it cannot be read as Markdown: {error}")
            note = f"This part is shown as it is written, because it cannot be read as Markdown: {error}."
            return Rendered(
                f'<p class="note">{escape(note)}</p>\n<pre class="plain">{escape(text.strip())}</pre>', None
            )


def _anchors(analysis: Analysis) -> dict[int, str]:
    """Every question's place in the page, by its section: a number that comes twice has a second one."""
    seen: dict[int, int] = {}
    anchors: dict[int, str] = {}
    for state in analysis.questions:
        number = state.question.number
        seen[number] = seen.get(number, 0) + 1
        anchors[state.section] = f"question-{number}" if seen[number] == 1 else f"question-{number}-{seen[number]}"
    return anchors


def _front_matter(text: str) -> tuple[str, str]:
    """What stands between ``---`` lines at the start, if it is settings, and the text behind it."""
    lines = text.splitlines(keepends=True)[: _MOST_FRONT_MATTER + 2]
    if lines and lines[0].rstrip() == "---":
        for end, line in enumerate(lines[1:], start=1):
            if line.rstrip() == "---":
                return "".join(lines[1:end]).strip(), text[sum(map(len, lines[: end + 1])) :]
            if not _FRONT_MATTER.match(line):
                break
    return "", text


def _sentence(name: str, mark: Mark) -> str:
    return ": ".join(filter(None, (name, mark.verdict, mark.counts)))
