"""How an image is written so that it renders everywhere."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote

# A colon makes a scheme of what stands before it; behind "Answer" it is where the course's check cuts.
_UNSAFE_IN_PATH: Final = re.compile(r"[\s()<>%#?&\\\"'|\[\]^`{}:\x00-\x1f\x7f]")
_UNSAFE_IN_LABEL: Final = re.compile(r"[\s_*`<>&!:\[\]\\\x00-\x1f\x7f-]+")


@lru_cache(maxsize=1_024)
def markdown_image(path: str) -> str:
    """The image at `path`, so that it renders: what Markdown would trip over is percent-encoded.

    >>> markdown_image("figures/loss_curve (2).png")
    '![loss curve (2)](figures/loss_curve%20%282%29.png)'
    """
    return f"![{label_of(path)}]({encoded(path)})"


def label_of(path: str) -> str:
    """What a picture shows, as far as its file's name says it."""
    name = posixpath.splitext(posixpath.basename(path))[0]
    return label(name)


def label(text: str) -> str:
    """Text as an image's label, less what Markdown or the course's check would trip over."""
    return _UNSAFE_IN_LABEL.sub(" ", text).strip()


def encoded(path: str) -> str:
    """A path as a link's destination."""
    return _UNSAFE_IN_PATH.sub(lambda match: quote(match[0], safe=""), path)
