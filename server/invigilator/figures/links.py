"""Every place in a report that points to a file: images, links, ``<img>`` tags, link reference definitions.

An image whose path has a space is none to a reader (`figure.not-shown`), and yet means a file. In code and comments
nothing points anywhere, although the course's check counts images there: its count does not depend on their paths, so
these stay as they are when a figure gets another name.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from invigilator.analysis import Analysis
from invigilator.checks.figures import NOT_SHOWN
from invigilator.checks.finding import Finding
from invigilator.report.destination import Destination, understand
from invigilator.report.links import answer_links
from invigilator.report.markdown import Definition, Definitions, HtmlTag, Link, Markdown, Unreadable, read_markdown
from invigilator.report.reading import Question
from invigilator.report.sections import Section
from invigilator.surroundings import FileFact
from invigilator.text import Span

_TITLE: Final = re.compile(r"""\s+(?:"[^"]*"|'[^']*')$""")
_SOURCE: Final = re.compile(r"""(?<![\w-])src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.IGNORECASE)


class FileLink(NamedTuple):
    """A place that points to a file or an address; offsets count from its section's start.

    `span` is all of it, `written` the path as it stands there, without angle brackets or quotes. A reference has none
    (`![loss][a]`): its definition has it, whose `label` is the same. A `meant` image is not shown, for its path has a
    space. `target` is the path with escapes and entities
    undone, `destination` the same understood. `in_answer` is false in prompts and introductions.
    """

    kind: Literal["image", "link", "tag", "definition", "meant"]
    span: Span
    written: Span | None
    target: str
    destination: Destination
    label: str | None
    in_answer: bool


class Placed(NamedTuple):
    """A link and the number of the section in which it stands."""

    section: int
    link: FileLink


def file_links(analysis: Analysis) -> Iterator[Placed]:
    """All of a report, in the order of the text."""
    for index, links in section_links(analysis):
        for link in links:
            yield Placed(index, link)


def section_links(analysis: Analysis) -> Iterator[tuple[int, tuple[FileLink, ...]]]:
    """The links of every section that has some, with its number; the same object as long as nothing there changes."""
    questions = {state.section: state.question for state in analysis.questions}
    for index in range(len(analysis.outline.sections)):
        if links := _links_of(analysis, index, questions.get(index)):
            yield index, links


def link_at(analysis: Analysis, offset: int) -> Placed | None:
    """The link in which `offset` stands, or at whose end; the innermost where one is in another."""
    index = analysis.outline.index_at(offset)
    state = analysis.question_at(offset)
    local = offset - analysis.outline.starts[index]
    links = _links_of(analysis, index, state and state.question)
    around = [link for link in links if link.span.start <= local <= link.span.end]
    # of two that touch, the one behind
    best = min(around, key=lambda link: (local == link.span.end, link.span.end - link.span.start), default=None)
    return None if best is None else Placed(index, best)


def definition_of(analysis: Analysis, label: str) -> Placed | None:
    """The definition that a reference means: the first of its label."""
    same = (placed for placed in file_links(analysis) if placed.link.kind == "definition")
    return next((placed for placed in same if placed.link.label == label), None)


def file_of(analysis: Analysis, link: FileLink) -> FileFact | None:
    """What stands where it points to; None for what is no path."""
    if link.destination.kind != "local":
        return None
    return analysis.ground.surroundings.look_up(link.destination.path)


def source_of_tag(source: str) -> str | None:
    """What an ``<img>`` tag shows; None where it does not say."""
    found = _SOURCE.search(source)
    return None if found is None else found[1] or found[2] or found[3] or ""


class _Kept(NamedTuple):
    """A section's links, and what they were read from besides its text."""

    question: Question | None
    definitions: Definitions
    links: tuple[FileLink, ...]


def _links_of(analysis: Analysis, index: int, question: Question | None) -> tuple[FileLink, ...]:
    section, definitions = analysis.outline.sections[index], analysis.definitions
    known = section.kept.get("file links")
    if isinstance(known, _Kept) and known.question is question and known.definitions == definitions:
        return known.links
    found = [*_read(section, question, definitions), *_meant(section.text, analysis.of_questions[index])]
    links = tuple(sorted(found, key=lambda link: link.span))
    section.kept["file links"] = _Kept(question, definitions, links)
    return links


def _read(section: Section, question: Question | None, definitions: Definitions) -> Iterator[FileLink]:
    text = section.text
    if question is None or question.marker is None:
        yield from _in_markdown(text, _head(text, definitions))
        return
    source = section.source
    yield from _in_markdown(text, _head(text[: source.line_starts[source.line_of(question.marker.start)]], definitions))
    start = question.answer.start
    for link in answer_links(text, question):
        yield _link(text, link, in_answer=True)
    if (markdown := question.markdown) is not None:
        yield from _tags((tag for tag in markdown.tags if tag.span.start >= start), in_answer=True)
        yield from _definitions((each for each in markdown.defined if each.span.start >= start), in_answer=True)


def _meant(text: str, findings: Iterable[Finding]) -> Iterator[FileLink]:
    """The images that a space in their path keeps from being shown."""
    for finding in findings:
        if finding.rule is not NOT_SHOWN or finding.variant != "space":
            continue
        start = text.index("](", finding.span.start) + 2
        written = _TITLE.sub("", text[start : finding.span.end - 1].rstrip())
        start += len(written) - len(written.lstrip())
        target = written.strip()
        place = Span(start, start + len(target))
        yield FileLink("meant", finding.span, place, target, understand(target), None, in_answer=True)


@lru_cache(maxsize=512)
def _head(text: str, definitions: Definitions) -> Markdown:
    """What stands in front of an answer; a keystroke in the answer leaves it as it was."""
    try:
        return read_markdown(text, definitions)
    except Unreadable:
        return Markdown()


def _in_markdown(text: str, markdown: Markdown) -> Iterator[FileLink]:
    for link in markdown.links:
        yield _link(text, link, in_answer=False)
    yield from _tags(markdown.tags, in_answer=False)
    yield from _definitions(markdown.defined, in_answer=False)


def _link(text: str, link: Link, *, in_answer: bool) -> FileLink:
    label = None if link.destination is not None else _label(text[link.label.end : link.span.end], link, text)
    return FileLink(link.kind, link.span, link.destination, link.target, understand(link.target), label, in_answer)


def _label(behind: str, link: Link, text: str) -> str:
    """The name that a reference uses: that in its second brackets, else its text; normalised as for definitions."""
    name = behind[2:-1] if behind.startswith("][") else ""
    return " ".join((name or text[link.label.start : link.label.end]).split()).casefold()


def _tags(tags: Iterator[HtmlTag] | tuple[HtmlTag, ...], *, in_answer: bool) -> Iterator[FileLink]:
    for tag in tags:
        found = _SOURCE.search(tag.source) if tag.name == "img" else None
        if found is not None:
            written = Span(*found.span(found.lastindex or 0))
            target = html.unescape(tag.source[written.start : written.end]).strip()
            yield FileLink("tag", tag.span, written.moved(tag.span.start), target, understand(target), None, in_answer)


def _definitions(definitions: Iterator[Definition] | tuple[Definition, ...], *, in_answer: bool) -> Iterator[FileLink]:
    for each in definitions:
        yield FileLink(
            "definition", each.span, each.destination, each.target, understand(each.target), each.label, in_answer
        )
