"""Before the deadline: is this report ready to be handed in, and if not, why not."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from typing import Any

from invigilator.analysis import Analysis
from invigilator.official.page import NoPage, handed_in_page
from invigilator.ready import contents, handing_in
from invigilator.ready.handing_in import files_of
from invigilator.ready.model import Check, Handover, Reason, State
from invigilator.surroundings.delivery import Delivery

__all__ = ["Check", "Reason", "State", "checks", "conclusion", "files_of", "is_ready", "page_of", "ready_json"]


def checks(
    analysis: Analysis, delivery: Delivery, page: str | None, typed: Callable[[str], str] | None = None
) -> tuple[Check, ...]:
    """All that is looked at, in the order in which it is told.

    `delivery` is git's answer for the report and for `files_of` it, `page` is what `page_of` it gave. `typed` gives a
    path as it is typed in a terminal, from one that counts from the report's folder; without it, from the root.
    """
    handover = Handover(analysis, delivery, page, typed or _from_root(analysis))
    return (
        contents.official_check(handover),
        handing_in.report_place(handover),
        handing_in.figures(handover),
        contents.conflict_markers(handover),
        contents.placeholders(handover),
        contents.page(handover),
    )


def page_of(analysis: Analysis) -> str | None:
    """The page that is handed in; None where the course's script fails. Needs nothing but the text: in any thread."""
    try:
        return handed_in_page(analysis.outline.text)
    except NoPage:
        return None


def is_ready(found: Sequence[Check]) -> bool:
    """Whether every check says yes. One that cannot tell is no yes: nobody is to find that out after the deadline."""
    return all(check.state == "yes" for check in found)


def conclusion(found: Sequence[Check]) -> str:
    """The answer in one line."""
    wrong = sum(check.state == "no" for check in found)
    unknown = sum(check.state == "unknown" for check in found)
    if wrong:
        return f"Not ready: {wrong} of {len(found)} checks {'says' if wrong == 1 else 'say'} no."
    if unknown:
        return f"Perhaps ready: {unknown} of {len(found)} checks cannot tell. Look for yourself."
    return "Ready to hand in."


def ready_json(found: Sequence[Check], path: str) -> dict[str, Any]:
    """The answer for programs, version 1; `path` is what the caller knows the report by."""
    return {
        "version": 1,
        "path": path,
        "ready": is_ready(found),
        "conclusion": conclusion(found),
        "checks": [
            {
                "name": check.name,
                "title": check.title,
                "state": check.state,
                "reasons": [reason._asdict() for reason in check.reasons],
            }
            for check in found
        ],
    }


def _from_root(analysis: Analysis) -> Callable[[str], str]:
    folder = posixpath.dirname(analysis.ground.surroundings.report or "")
    return lambda path: posixpath.normpath(posixpath.join(folder, path))
