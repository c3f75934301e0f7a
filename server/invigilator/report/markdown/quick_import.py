"""mistletoe, imported at half the cost of our whole start.

At its import it looks for punctuation through all of Unicode up to `sys.maxunicode`: 1.1 million characters. Behind
`_LAST` there are none (nor can be many soon: those planes hold Chinese characters, tags and private ones), which
`tests/report/test_markdown_import.py` holds against the Python it runs on.
"""

from __future__ import annotations

import sys
from typing import Final

_LAST: Final = 0x1FFFF

if "mistletoe" not in sys.modules:
    _maxunicode = sys.maxunicode
    sys.maxunicode = _LAST
    try:
        import mistletoe  # noqa: F401
    finally:
        sys.maxunicode = _maxunicode
