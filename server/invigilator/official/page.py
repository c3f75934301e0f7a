"""The page that the course's ``report.py html`` makes of a report and hands in."""

from __future__ import annotations

from typing import Final

from markdown import markdown

DROPPED_HEAD: Final = 43
"""What the script takes for front matter, in characters; it looks at none of them."""


class NoPage(Exception):  # noqa: N818 - it is a fact about the text, not a defect
    """The library fails on this text, and so does the script."""


def handed_in_page(text: str) -> str:
    """The page for the report's whole text, as the script writes it: no document around it, no line ending added.

    The script reads with universal newlines and a byte order mark stays; every character counts, also these. The result
    is its own to the byte with the same version of the library. Raises NoPage.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return markdown(text[DROPPED_HEAD:])
    except Exception as error:  # whatever the library fails with: RecursionError, ...
        raise NoPage(f"{type(error).__name__} in the Markdown library") from error
