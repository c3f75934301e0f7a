"""The pages of docs/editors: what is pasted from them can be read, and each says whether it was tried."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from editors.sessions import ROOT

try:
    import tomllib
except ModuleNotFoundError:  # Python 3.10
    import tomli as tomllib

FOLDER = ROOT / "docs" / "editors"
PAGES = sorted(page for page in FOLDER.glob("*.md") if page.name != "README.md")
READ = {"json": json.loads, "toml": tomllib.loads}


def blocks(page: Path) -> list[tuple[str, str]]:
    """The language and the text of each fenced block."""
    return re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_a_page(page: Path) -> None:
    last = page.read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith(("Tried with ", "Not tried here: this follows the "))
    assert f"]({page.name})" in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert blocks(page)
    for language, text in blocks(page):
        if language in READ:
            assert READ[language](text)


def test_links() -> None:
    for page in (*PAGES, FOLDER / "README.md"):
        text = re.sub(r"`[^`\n]*`", "", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
            assert (FOLDER / target).exists(), f"{page.name}: {target}"
