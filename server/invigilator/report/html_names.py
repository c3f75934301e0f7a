"""Which words in angle brackets are HTML, and which a writer means as they stand."""

from __future__ import annotations

from typing import Final

_MARKUP: Final = frozenset(
    """
    a abbr acronym b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em
    figcaption figure font h1 h2 h3 h4 h5 h6 h7 h8 hr i iframe img ins kbd li mark ol p picture pre q rp rt ruby s samp
    small span strike strong sub summary sup svg table tbody td tfoot th thead tr tt u ul var video wbr
    """.split()  # noqa: SIM905 - a list of a hundred strings is hard to read
)
"""What people write into Markdown as HTML."""

_OTHERS: Final = frozenset(
    """
    address applet area article aside audio base body button canvas data datalist dialog embed fieldset footer form
    frame frameset head header hgroup html input label legend link main map marquee math menu meta meter nav noframes
    noscript object optgroup option output param portal progress script search section select slot source style template
    textarea time title track
    """.split()  # noqa: SIM905 - a list of a hundred strings is hard to read
)
"""HTML's other elements, whose names are words that a writer may well mean."""


def is_markup(name: str, *, closed: bool, bare: bool) -> bool:
    """Whether a tag is meant as HTML: `name` in lower case, `closed` by a closing tag, `bare` without attributes.

    ``<time>`` by itself is a word in angle brackets; ``<time>noon</time>`` and ``<input type="text">`` are HTML.
    """
    return name in _MARKUP or (name in _OTHERS and (closed or not bare))
