"""`invigilator ready`: one report in, yes or no with the reasons out."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Final

from invigilator.cli.check import problems_beside
from invigilator.cli.loading import STANDARD_INPUT, Checked
from invigilator.cli.one_report import only_report
from invigilator.cli.options import FAULTS, FINE, UNUSABLE
from invigilator.cli.output import complain, say, shown
from invigilator.cli.printers import is_terminal
from invigilator.ready import Check, State, checks, conclusion, files_of, is_ready, page_of, ready_json

_MARKS: Final[dict[State, str]] = {"yes": "✓", "no": "✗", "unknown": "?"}
_WORDS: Final[dict[State, str]] = {"yes": "yes", "no": "no ", "unknown": "?  "}
_STYLES: Final[dict[State, str]] = {"yes": "green", "no": "bold red", "unknown": "yellow"}
_INDENT: Final = " " * 4

Line = tuple[tuple[str, str], ...]
"""Parts of a line, each with its style on a terminal."""


def ready(path: str | None, form: str) -> int:
    """Print whether the report at `path` (None: the current folder's) can be handed in; returns the exit code.

    `form` is ``text`` or ``json``. Raises OutputError.
    """
    if path == STANDARD_INPUT:
        complain("invigilator: standard input is not handed in: name the report's file or folder")
        return UNUSABLE
    report = only_report(path, "to hand in")
    if report is None:
        return UNUSABLE
    for problem in problems_beside(report):
        complain(f"warning: {problem}")
    found = _checks(report)
    if form == "json":
        say(json.dumps(ready_json(found, report.path), indent=2) + "\n")  # in ASCII, which every console takes
    else:
        _print(_lines(report.path, found))
    return FINE if is_ready(found) else FAULTS


def _checks(report: Checked) -> tuple[Check, ...]:
    analysis = report.analysis
    folder = os.path.dirname(os.path.realpath(report.path))  # noqa: PTH120
    delivery = analysis.ground.surroundings.delivery(files_of(analysis), analysis.outline.text)

    def typed(path: str) -> str:
        """As seen from the current folder where that is in the repository, else from the repository's top."""
        at = os.path.normpath(os.path.join(folder, path))  # noqa: PTH118
        here, root = os.path.realpath(os.curdir), str(report.root)
        is_inside = here == root or here.startswith(root + os.sep)
        return os.path.relpath(at, here if is_inside else root).replace(os.sep, "/")

    return checks(analysis, delivery, page_of(analysis), typed)


def _lines(path: str, found: Iterable[Check]) -> Iterable[Line]:
    found = list(found)
    marks = _marks()
    yield ((path, "bold"),)
    yield ()
    for check in found:
        yield ((marks[check.state], _STYLES[check.state]), (f" {check.title}", ""))
        for reason in check.reasons:
            place = f"{path}:{reason.line}: " if reason.line is not None else ""
            yield ((_INDENT, ""), (place, "dim"), (reason.message, ""))
    yield ()
    yield ((conclusion(found), "bold green" if is_ready(found) else "bold yellow"),)


def _marks() -> dict[State, str]:
    """Words where the console's encoding has no such signs."""
    try:
        "".join(_MARKS.values()).encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return _WORDS
    return _MARKS


def _print(lines: Iterable[Line]) -> None:
    if not is_terminal():
        say("".join("".join(shown(text) for text, _ in line) + "\n" for line in lines))
        return
    from rich.console import Console  # not worth its 0.1 s where nobody sees it
    from rich.text import Text

    console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
    for line in lines:  # never wrapped: what is to be typed must stay in one piece
        console.print(Text.assemble(*((shown(text), style) for text, style in line)), soft_wrap=True)
