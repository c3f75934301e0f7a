"""`--format markdown`: a page for a job's summary or a comment, as GitHub and GitLab show Markdown."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from invigilator.cli.formats.places import in_repository
from invigilator.cli.formats.total import Total
from invigilator.cli.loading import STANDARD_INPUT, Checked, Refused
from invigilator.cli.output import Write, shown
from invigilator.cli.rows import Row
from invigilator.cli.text_format import cells
from invigilator.cli.view import Line, View, view

_MARKUP: Final = re.compile(r"[\\`*_\[\]<>#|~&$]")
_CODE: Final = re.compile(r"(`[^`]+`)")
_MANY: Final = 10


class Markdown:
    """The printer. The table of all reports goes above them, so all is printed at the end."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._overview: list[tuple[str, ...]] = []
        self._reports: list[str] = []
        self._total = Total()

    def checked(self, report: Checked, is_fine: bool) -> None:
        """Add a report."""
        seen = view(report.path, report.analysis)
        self._list(report.path, seen.result[-1], seen.tally)
        self._reports.append("".join(f"{line}\n" for line in _report(seen)))
        self._total.checked(report, is_fine)

    def refused(self, report: Refused) -> None:
        """Add one that could not be checked."""
        self._list(report.path, f"Not checked: {report.reason}", "")
        self._reports.append(f"## {code(report.path)}\n\n**Not checked**: {text(report.reason)}\n")
        self._total.refused()

    def end(self) -> None:
        """Print the page."""
        if self._total.reports > 1:
            lines = [("Report", "Verdict", "Findings"), *self._overview]
            self._write(f"{text(str(self._total))}\n\n")
            self._write("".join(f"{line}\n" for line in _table(lines, (False, False, False))) + "\n")
        self._write("\n".join(self._reports))

    def _list(self, path: str, *said: str) -> None:
        self._overview.append((code(path).replace("|", r"\|"), *map(text, said)))


def text(said: str) -> str:
    """Text that is to be read as it stands; what stands between back-ticks stays code."""
    parts = _CODE.split(shown(said))
    return "".join(part if index % 2 else _MARKUP.sub(r"\\\g<0>", part) for index, part in enumerate(parts))


def code(name: str) -> str:
    """A file's name, which can hold anything, as code."""
    name = shown(name)
    fence = "`" * (max(map(len, re.findall("`+", name)), default=0) + 1)
    padding = " " if name[:1] == "`" or name[-1:] == "`" else ""
    return f"{fence}{padding}{name}{padding}{fence}"


def _report(seen: View) -> Iterator[str]:
    yield f"## {code(seen.path)}"
    yield ""
    *own, verdict = seen.result
    yield f"**{text(verdict)}** ({text(seen.judged_by)})"
    for line in own:
        yield f"<br>{text(line)}"
    yield ""
    if seen.failing:
        yield text(seen.failing_title)
        yield ""
        yield from _questions(seen.path, seen.failing)
        yield ""
        if seen.note:
            yield text(seen.note)
            yield ""
    if seen.passing:
        yield f"Pass: {seen.passing}"
        yield ""
    if seen.passing_unanswered:
        yield f"Pass, but not answered: {seen.passing_unanswered}"
        yield ""
    yield from _findings(seen)


def _questions(path: str, rows: Iterable[Row]) -> Iterator[str]:
    rows = list(rows)
    (heading, *lines), to_the_right = cells(rows)
    linked = ((*map(text, line[:-1]), _linked(path, row.line, line[-1])) for row, line in zip(rows, lines, strict=True))
    return _table([heading, *linked], to_the_right)


def _findings(seen: View) -> Iterator[str]:
    number = sum(len(group.lines) for group in seen.groups)
    if not number:
        yield text(seen.tally).capitalize()
        return
    is_folded = number > _MANY
    yield f"<details><summary>{seen.tally}</summary>" if is_folded else f"{text(seen.tally)}"
    yield ""
    for group in seen.groups:
        yield f"**{text(group.title)}**"
        yield ""
        yield from (_finding(seen.path, line) for line in group.lines)
        yield ""
    if is_folded:
        yield "</details>"


def _finding(path: str, line: Line) -> str:
    place = _linked(path, line.line, f"line {line.line}")
    return f"- {line.severity}, {place}: {text(line.message)} `{line.code}`"


def _table(lines: Iterable[Iterable[str]], to_the_right: Iterable[bool]) -> Iterator[str]:
    heading, *rest = lines
    yield f"| {' | '.join(heading)} |"
    yield f"| {' | '.join('---:' if right else '---' for right in to_the_right)} |"
    yield from (f"| {' | '.join(line)} |" for line in rest)


def _linked(path: str, line: int, words: str) -> str:
    """Words that lead to a line of a report on GitHub, where a workflow's environment says which commit that is."""
    server, repository, commit = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    place = in_repository(path)
    if not (server and repository and commit) or place.startswith("/") or place == STANDARD_INPUT:
        return words
    # `plain=1`: its text, which has lines, in place of the page
    return f"[{words}]({server}/{repository}/blob/{commit}/{quote(os.fsencode(place))}?plain=1#L{line})"
