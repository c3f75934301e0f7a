"""A count on the terminal while many reports are checked and nothing else is printed there."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

_T = TypeVar("_T")
_MANY: Final = 20


def counted(reports: Iterable[_T], *, is_shown: bool) -> Iterator[_T]:
    """The same reports; from the twentieth on, standard error says how many there were, if it is a terminal.

    The line is there only while the next report is waited for.
    """
    is_shown = is_shown and sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    line = ""
    try:
        for number, report in enumerate(reports, start=1):
            _clear(line)
            line = ""
            yield report
            if is_shown and number >= _MANY:
                line = f"{number} reports checked ..."
                sys.stderr.write(line)
                sys.stderr.flush()
    finally:
        _clear(line)


def _clear(line: str) -> None:
    if line:
        sys.stderr.write(f"\r{' ' * len(line)}\r")
        sys.stderr.flush()
