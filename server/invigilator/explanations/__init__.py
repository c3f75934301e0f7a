"""A page for every code of a finding: what it is, why it matters, an example, how to mend it, how to silence it.

The pages lie beside this file, `CODE.md` each. Their first and last parts come from the table of findings
(`scripts/finding_codes.py` writes them, and the copies in `docs/codes/`); what stands between is written by hand.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parent


def page(code: str) -> str:
    """The page of a code, as Markdown. Raises OSError where there is none."""
    return FOLDER.joinpath(f"{code}.md").read_text(encoding="utf-8")


@lru_cache(maxsize=128)
def address(code: str) -> str | None:
    """A `file:` URI of the page of a code, which works without a network; None where it is in no folder."""
    path = FOLDER / f"{code}.md"
    return path.as_uri() if path.is_file() else None
