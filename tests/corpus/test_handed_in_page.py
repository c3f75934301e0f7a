"""The handed-in page of real reports: to the byte what the script's own steps make with the same library.

The reports stand beside the project; without them there is nothing to test.
"""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import markdown
import pytest

from invigilator.official.page import DROPPED_HEAD, handed_in_page

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
REPORTS = sorted(path.parent for part in ("open", "history-open") for path in (CORPUS / part).glob("*/oracle.json"))

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"no reports in {CORPUS}")

_SOURCE = re.compile(r'<img [^>]*?src="([^"]*)"')


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_the_steps_of_the_script(report: Path, tmp_path: Path) -> None:
    with (report / "README.md").open(encoding="utf-8") as file:  # with universal newlines, as the script opens it
        text = file.read()
    with (tmp_path / "report.html").open("w", encoding="utf-8", newline="\n") as file:
        file.write(markdown.markdown(text[43:]))

    page = handed_in_page((report / "README.md").read_bytes().decode("utf-8"))

    assert page.encode("utf-8") == (tmp_path / "report.html").read_bytes()


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_what_the_script_was_seen_to_make(report: Path) -> None:
    facts: dict[str, Any] = json.loads((report / "oracle.json").read_text("utf-8"))["html"]
    text = (report / "README.md").read_bytes().decode("utf-8")

    assert facts["runs"] is True
    assert text.replace("\r\n", "\n").replace("\r", "\n")[:DROPPED_HEAD] == facts["dropped_head"]
    assert [unescape(source) for source in _SOURCE.findall(handed_in_page(text))] == facts["img_src"]
