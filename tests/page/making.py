"""Pages of little reports in memory."""

from __future__ import annotations

from collections.abc import Mapping

from invigilator.analysis import analyse
from invigilator.page import Page, make_page
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png

PIXEL = png(4, 3)


def page_of(text: str, files: Mapping[str, bytes | str] | None = None) -> Page:
    """The page of a report at the root of `files`; one with `figures/dot.png` where nothing is said."""
    content = {"figures/dot.png": PIXEL} if files is None else dict(files)

    def read_picture(path: str) -> bytes | None:
        raw = content[path]
        return raw.encode() if isinstance(raw, str) else raw

    return make_page(analyse(text, MemorySurroundings(content)), read_picture)


def main_of(page: Page) -> str:
    """What stands between `<main>` and its end."""
    return page.html.partition('<main id="report">\n')[2].partition("\n</main>")[0]
