"""The programs and pages that the tests of docs/ci.md need.

What installs packages from a registry runs with INVIGILATOR_EDITORS_REQUIRED=1 only, as `npm run test:editors` sets it.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

import pytest

from invigilator import __version__

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "ci.md"
VERSION: Final = f"v{__version__}"
"""The tag that the pages name."""
_SCRIPTS: Final = Path(sys.executable).parent

installs = pytest.mark.skipif(
    os.environ.get("INVIGILATOR_EDITORS_REQUIRED") != "1",
    reason="installs packages: `npm run test:editors -- ci` runs it",
)


def program(name: str) -> str:
    """A program that the project's development tools bring along."""
    found = _SCRIPTS / name
    assert found.exists(), f"{name} is not in {_SCRIPTS}: `npm test` sets it up"
    return str(found)


def copied(heading: str, number: int = 0) -> str:
    """The YAML below a heading of docs/ci.md, which its reader copies."""
    section = re.search(
        rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert section, f"{PAGE} has no heading {heading}"
    blocks = re.findall(r"^```yaml\n(.*?)^```$", section[1], re.DOTALL | re.MULTILINE)
    return str(blocks[number])
