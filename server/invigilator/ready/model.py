"""What is answered before the deadline: a list of checks, each yes, no or unknown, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from invigilator.analysis import Analysis
from invigilator.checks.finding import Finding
from invigilator.surroundings.delivery import Delivery
from invigilator.text import Span

State = Literal["yes", "no", "unknown"]


class Reason(NamedTuple):
    """Why a check says what it says, and what to press or type. Where it says yes: what else is worth knowing.

    `line` is one of the report, from 1; `path` a file beside it, from its folder.
    """

    message: str
    line: int | None = None
    path: str | None = None


class Check(NamedTuple):
    """One of the things that are looked at. `name` is for programs."""

    name: str
    title: str
    state: State
    reasons: tuple[Reason, ...] = ()


class Handover(NamedTuple):
    """A report on its way out: what is known of it and of what git would hand in.

    `page` is what the course's script makes of it (None: it fails). `typed` gives a path as it is typed in a terminal,
    from one that counts from the report's folder.
    """

    analysis: Analysis
    delivery: Delivery
    page: str | None
    typed: Callable[[str], str]


def check(name: str, title: str, wrong: Sequence[Reason], notes: Sequence[Reason] = ()) -> Check:
    """A check that says no where something is wrong, else yes."""
    return Check(name, title, "no" if wrong else "yes", (*wrong, *notes))


def note(reason: Reason) -> Reason:
    """What is worth knowing and keeps nobody from handing in."""
    return reason._replace(message=f"Note: {reason.message}")


def reason_of(analysis: Analysis, section: int, finding: Finding) -> Reason:
    """A finding as a reason."""
    message = finding.message
    if finding.question is not None and not message.startswith("Question"):
        message = f"Question {finding.question}: {message}"
    return Reason(message, line_of(analysis, section, finding.span))


def line_of(analysis: Analysis, section: int, span: Span) -> int:
    """The line of the report, from 1, in which a section's span begins."""
    return analysis.outline.lines[section] + analysis.outline.sections[section].source.line_of(span.start) + 1
