"""The summary of a GitHub job: a file that its steps append Markdown to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from invigilator.cli.output import complain

_LARGEST: Final = 1024 * 1024
"""How many bytes GitHub takes from a step; it shows nothing of a longer summary."""
_CLOSED: Final = b"\n\n</details>"
_CUT: Final = b"\n\nThe summary is too long for GitHub: the rest is in the log of this step.\n"


def has_job_summary() -> bool:
    """Whether there is a job that takes a summary."""
    return bool(os.environ.get("GITHUB_STEP_SUMMARY"))


def add_to_job_summary(page: str) -> None:
    """Append `page` to the file $GITHUB_STEP_SUMMARY, cut to what GitHub takes; without that variable do nothing.

    A summary that cannot be written is told on standard error, and is no reason to fail.
    """
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if not place:
        return
    try:
        with Path(place).open("ab") as file:
            file.write(_fitting(page.encode("utf-8", "backslashreplace"), _LARGEST - file.tell()))
    except OSError as error:
        complain(f"warning: cannot write the job's summary: {(error.strerror or type(error).__name__).lower()}")


def _fitting(page: bytes, room: int) -> bytes:
    """As many whole lines as there is room for, with a word about the others."""
    if len(page) <= room:
        return page
    room -= len(_CLOSED) + len(_CUT)
    if room < 0:
        return b""
    lines = page[:room].rpartition(b"\n")[0]
    is_open = lines.count(b"<details>") > lines.count(b"</details>")
    return lines + _CLOSED * is_open + _CUT
