"""Markdown as HTML, as GitHub shows it, with nothing in it that could act or load.

Every tag and attribute is written here; of the text's own HTML nothing is taken over as it stands (`raw_html`). What a
picture becomes is the caller's: he gets its target and returns the HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from mistletoe import block_token, span_token, token
from mistletoe.base_renderer import URI_SAFE_CHARACTERS
from mistletoe.html_renderer import HtmlRenderer

from invigilator.report.destination import understand
from invigilator.report.markdown.blocks import put_state_back
from invigilator.report.markdown.inline import unescape
from invigilator.report.markdown.model import Definitions, Unreadable
from invigilator.report.markdown.raw_html import Tag, pieces
from invigilator.report.markdown.reader import _LOCK, read_markdown

MOST_MARKS: Final = 20_000
"""Characters that can begin or end emphasis; mistletoe takes quadratic time: so many take 0.5 s."""
MOST_BRACKETS: Final = 3_000
"""Of either kind; so many take 0.5 s in one paragraph."""

_MARKS: Final = "*_`~"
_WEB: Final = re.compile(r"(?:https?://[!-~]|mailto:[!-~])[!-~]*", re.IGNORECASE)
_QUESTION: Final = re.compile(r"#question-\d{1,4}")
_BARE_ADDRESS: Final = re.compile(r"(?<![\w/])https?://[^\s<>]+", re.IGNORECASE)
_TASK: Final = re.compile(r"\[([ xX])\][ \t]+(?=\S|$)")


class Picture(NamedTuple):
    """A picture that Markdown or an `<img>` tag asks for.

    `target` is still percent-encoded. `width` and `height` are such as ``640`` or ``50%``, where a tag gives them.
    `is_linked` is true inside a link, where there can be no other.
    """

    target: str
    alt: str
    title: str = ""
    width: str | None = None
    height: str | None = None
    is_linked: bool = False


class Rendered(NamedTuple):
    """The HTML, whose tags are all closed, and the text of its first heading."""

    html: str
    heading: str | None


def render_markdown(text: str, definitions: Definitions, draw: Callable[[Picture], str]) -> Rendered:
    """`text` as HTML. `definitions` are those of the whole report, `draw` gives a picture's HTML and never raises.

    Raises `Unreadable` for a text that cannot be read within a fair time.
    """
    if sum(map(text.count, _MARKS)) > MOST_MARKS:
        raise Unreadable(f"more than {MOST_MARKS:,} marks of emphasis and code")
    if max(text.count("["), text.count("]")) > MOST_BRACKETS:
        raise Unreadable(f"more than {MOST_BRACKETS:,} brackets")
    read_markdown(text, definitions)  # which knows what mistletoe takes too long for
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    try:
        renderer, blocks = _parse(text.split("\n"), definitions, draw)
        return Rendered(renderer.blocks(blocks), renderer.heading)
    except Exception as error:  # mistletoe's own failure, whatever it is: RecursionError, IndexError, ...
        raise Unreadable(f"{type(error).__name__} in the Markdown parser") from error


def safe_link(target: str) -> str | None:
    """The address as an attribute may hold it, if it leads to the web, to an e-mail or to a question of the page."""
    address = quote(target.strip(), safe=URI_SAFE_CHARACTERS, errors="replace")
    return escape(address) if _WEB.fullmatch(address) or _QUESTION.fullmatch(address) else None


def _parse(
    lines: Sequence[str], definitions: Definitions, draw: Callable[[Picture], str]
) -> tuple[_Renderer, Sequence[Any]]:
    with _LOCK:
        try:
            block_token.reset_tokens()
            span_token.reset_tokens()
            renderer = _Renderer(draw)
            return renderer, _Part([f"{line}\n" for line in lines], definitions).children
        finally:
            put_state_back()


class _Part(block_token.Document):
    """A part of a document, with the link reference definitions of all of it."""

    def __init__(self, lines: list[str], definitions: Definitions) -> None:
        self.footnotes: Any = {label: (target, "") for label, target in definitions}
        self.line_number = 1
        token._root_node = self  # type: ignore[assignment]  # noqa: SLF001 - as `Document` does it
        self.children: Any = block_token.tokenize(lines)


class _Renderer(HtmlRenderer):
    """One use only.

    `_open` has the tags of the text's own HTML that are still open, those of every element around in turn: an element
    closes what was opened in it, and no tag closes what was opened outside.
    """

    def __init__(self, draw: Callable[[Picture], str]) -> None:
        super().__init__()
        self._draw = draw
        self._open: list[list[str]] = [[]]
        self._is_in_link = False
        self.heading: str | None = None

    def blocks(self, tokens: Iterable[Any]) -> str:
        """Blocks, one after another, in an element of their own."""
        return self._closed(tokens, "\n")

    def render_inner(self, token: Any) -> str:
        return self._closed(token.children or (), "")

    def _closed(self, tokens: Iterable[Any], between: str) -> str:
        self._open.append([])
        inner = between.join(map(self.render, tokens))
        return inner + _ends(self._open.pop())

    # --- blocks ---

    def render_heading(self, token: Any) -> str:
        if self.heading is None:
            self.heading = " ".join(_plain(token).split()) or None
        return f"<h{token.level}>{self.render_inner(token)}</h{token.level}>"

    def render_paragraph(self, token: Any) -> str:
        inner = self.render_inner(token)
        if self._suppress_ptag_stack[-1]:
            return inner
        kind = "div" if "<details" in inner or "<summary" in inner else "p"  # which a `p` cannot hold
        return f"<{kind}>{inner}</{kind}>"

    def render_quote(self, token: Any) -> str:
        self._suppress_ptag_stack.append(False)
        inner = self.blocks(token.children)
        self._suppress_ptag_stack.pop()
        return f"<blockquote>\n{inner}\n</blockquote>"

    def render_list_item(self, token: Any) -> str:
        box = _box(token)
        inner = self.blocks(token.children or ())
        return f"<li>{inner}</li>" if box is None else f'<li class="task">{box}{inner}</li>'

    def render_block_code(self, token: Any) -> str:
        return f"<pre><code>{escape(token.content)}</code></pre>"

    def render_table(self, token: Any) -> str:
        columns = len(token.column_align)
        for row in token.children:
            row.children = list(row.children)[:columns]  # as GitHub does
        return f'<div class="wide">{super().render_table(token)}</div>'

    def render_table_cell(self, token: Any, in_header: bool = False) -> str:
        tag = 'th scope="col"' if in_header else "td"
        side = {0: ' class="middle"', 1: ' class="right"'}.get(token.align, "")
        return f"<{tag}{side}>{self.render_inner(token)}</{tag[:2]}>\n"

    @staticmethod
    def render_thematic_break(token: Any) -> str:
        return "<hr>"

    def render_html_block(self, token: Any) -> str:  # type: ignore[override] # it is static there
        """`<details>` may hold the blocks that follow; all else of the block is one paragraph."""
        outer = self._open[-1]
        found: list[str] = []
        run: list[str] = []

        def end_run() -> None:
            text = "".join(run).strip() + _ends(self._open.pop())
            self._open.append([])
            run.clear()
            if text:
                found.append(text if outer[-1:] == ["summary"] else f'<p class="html">{text}</p>')

        self._open.append([])
        for piece in pieces(token.content):
            if isinstance(piece, Tag) and piece.name in ("details", "summary") and _fits(piece, outer):
                end_run()
                inner = self._open.pop()
                found.append(self._tag(piece))
                self._open.append(inner)
            else:
                run.append(self._tag(piece) if isinstance(piece, Tag) else escape(unescape(piece)))
        end_run()
        self._open.pop()
        return "\n".join(found)

    # --- inside a line ---

    def render_raw_text(self, token: Any) -> str:
        return escape(token.content) if self._is_in_link else _with_links(token.content)

    @staticmethod
    def render_line_break(token: Any) -> str:
        return "\n" if token.soft else "<br>\n"

    def render_inline_code(self, token: Any) -> str:
        return f"<code>{escape(token.children[0].content)}</code>"

    def render_link(self, token: Any) -> str:
        before, self._is_in_link = self._is_in_link, True
        inner = self.render_inner(token)
        self._is_in_link = before
        address = safe_link(token.target)
        if address is None or before:
            destination = understand(token.target)
            is_path = destination.kind == "local" and not before
            return f'<span class="path" title="{escape(destination.shown)}">{inner}</span>' if is_path else inner
        return f'<a href="{address}"{_attribute("title", token.title)}{_REL}>{inner}</a>'

    def render_auto_link(self, token: Any) -> str:
        address = safe_link(f"mailto:{token.target}" if token.mailto else token.target)
        if address is None:
            return escape(f"<{token.target}>")
        shown = escape(token.target)
        return shown if self._is_in_link else f'<a href="{address}"{_REL}>{shown}</a>'

    def render_image(self, token: Any) -> str:
        return self._draw(Picture(token.src, " ".join(_plain(token).split()), token.title, is_linked=self._is_in_link))

    def render_html_span(self, token: Any) -> str:  # type: ignore[override] # it is static there
        return "".join(self._tag(piece) if isinstance(piece, Tag) else escape(piece) for piece in pieces(token.content))

    def _tag(self, tag: Tag) -> str:
        """An allowed tag, written afresh; as text where it stands in a wrong place."""
        here = self._open[-1]
        if not _fits(tag, here):
            return escape(tag.source)
        if tag.ends:
            at = len(here) - 1 - here[::-1].index(tag.name)
            closed = here[at:]
            del here[at:]
            return _ends(closed)
        if tag.name == "br":
            return "<br>"
        if tag.name == "img":
            attributes = tag.attributes
            return self._draw(
                Picture(
                    attributes.get("src", ""),
                    " ".join(attributes.get("alt", "").split()),
                    attributes.get("title", ""),
                    tag.length("width"),
                    tag.length("height"),
                    self._is_in_link,
                )
            )
        here.append(tag.name)
        return "<details open>" if tag.name == "details" and "open" in tag.attributes else f"<{tag.name}>"


_REL: Final = ' rel="noreferrer"'


def _fits(tag: Tag, here: Sequence[str]) -> bool:
    """Whether a tag may stand where `here` is open: an end needs its start, a summary the details it is of."""
    if tag.ends:
        return tag.name in here
    return tag.name != "summary" or here[-1:] == ["details"]


def _ends(names: Sequence[str]) -> str:
    return "".join(f"</{name}>" for name in reversed(names))


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _with_links(text: str) -> str:
    """Text in which addresses of the web lead there."""
    found: list[str] = []
    offset = 0
    for match in _BARE_ADDRESS.finditer(text):
        address = _trimmed(match[0])
        target = safe_link(address)
        if target is None:
            continue
        found.append(escape(text[offset : match.start()]))
        found.append(f'<a href="{target}"{_REL}>{escape(address)}</a>')
        offset = match.start() + len(address)
    return "".join((*found, escape(text[offset:])))


def _trimmed(address: str) -> str:
    """Without what belongs to the sentence: final punctuation, and brackets that were not opened in it."""
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while address[end - 1] in "?!.,:;*_~'\"" or (address[end - 1] == ")" and unopened > 0):
        unopened -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _plain(token: Any) -> str:
    """The text of a token without any mark-up."""
    if isinstance(token, span_token.HtmlSpan):
        return ""
    if isinstance(token, span_token.LineBreak):
        return " "
    if token.children is not None:
        return "".join(map(_plain, token.children))
    return str(token.content)


def _box(item: Any) -> str | None:
    """The box of a task, which is taken out of the item's text."""
    paragraph = next(iter(item.children or ()), None)
    if not isinstance(paragraph, block_token.Paragraph):
        return None
    first = next(iter(paragraph.children or ()), None)
    if not isinstance(first, span_token.RawText) or (found := _TASK.match(first.content)) is None:
        return None
    first.content = first.content[found.end() :]
    is_done = found[1] != " "
    return f'<span role="img" aria-label="{"done" if is_done else "to do"}">{"☑" if is_done else "☐"}</span> '
