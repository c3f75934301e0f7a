"""The one door to mistletoe: what a stretch of Markdown holds, with exact ranges.

mistletoe reads the blocks; its inline pass is put off by a token that keeps a leaf block's text as it is (`_Inline`),
and run here over that text with mistletoe's own tokenizer, which knows where every match stands. A leaf block's text
is its source lines less what their containers took off the front, so every offset in it has one place in the source.

mistletoe keeps its state in its modules: one parse at a time (`_LOCK`), and after a failure the state is put back.
It is slow or fails on some texts that nobody writes (thousands of brackets, hundreds of nested quotes): those raise
`Unreadable` at once, and the caller goes on with what can be said line by line.
"""

from __future__ import annotations

import invigilator.report.markdown.quick_import  # noqa: F401  # before anything imports mistletoe

# isort: split
from invigilator.report.markdown.blocks import may_define
from invigilator.report.markdown.layout import Layout, List, ListItem
from invigilator.report.markdown.model import Definition, Fence, HtmlTag, Link, LinkKind, Markdown, Unreadable
from invigilator.report.markdown.reader import read_markdown
from invigilator.report.markdown.structure import Definitions, Place, Structure

__all__ = [
    "Definition",
    "Definitions",
    "Fence",
    "HtmlTag",
    "Layout",
    "Link",
    "LinkKind",
    "List",
    "ListItem",
    "Markdown",
    "Place",
    "Structure",
    "Unreadable",
    "may_define",
    "read_markdown",
]
