"""Which printer prints what format."""

from __future__ import annotations

import os
import sys
from typing import Protocol

from invigilator.cli.loading import Checked, Refused
from invigilator.cli.options import Options
from invigilator.cli.output import Write


class Printer(Protocol):
    """Prints reports in one format."""

    def checked(self, report: Checked, is_fine: bool) -> None:
        """A report, and whether it has nothing that the exit code would tell of."""

    def refused(self, report: Refused) -> None:
        """A report that could not be checked."""

    def end(self) -> None:
        """There are no more."""


def printer(options: Options, write: Write, *, to_terminal: bool) -> Printer:
    """The printer of the format that is asked for; `to_terminal` says that `write` goes to a terminal that can do more
    than plain text.

    Each format is imported only where it is wanted: XML, say, is not worth its time to whoever reads text.
    """
    if options.format == "json":
        from invigilator.cli.formats.json import Json

        return Json(write)
    if options.format == "github":
        from invigilator.cli.formats.github import GitHub

        return GitHub(write)
    if options.format == "markdown":
        from invigilator.cli.formats.markdown import Markdown

        return Markdown(write)
    if options.format == "sarif":
        from invigilator.cli.formats.sarif import Sarif

        return Sarif(write)
    if options.format == "junit":
        from invigilator.cli.formats.junit import JUnit

        return JUnit(write, options.fail_on)
    from invigilator.cli.formats.text import Plain, Text

    if to_terminal:
        from invigilator.cli.terminal import Terminal  # rich is not worth its 0.1 s where nobody sees it

        return Text(Terminal())
    return Text(Plain(write))


def is_terminal() -> bool:
    """Whether standard output is a terminal that takes more than plain text."""
    return sys.stdout is not None and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
