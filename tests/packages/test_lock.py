"""What the extension bundles is what pyproject.toml asks for, but for the command line."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Final

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from packages.bundle import ROOT

BUNDLED: Final = ROOT / "client-vscode" / "bundled"
COMMAND_LINE: Final = {"click", "rich"}


def name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None, requirement
    return found[0].lower().replace("_", "-")


def without_marker(requirement: str) -> str:
    return requirement.partition(";")[0].strip()


def lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith(("#", " "))]


def test_the_bundle_asks_for_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {without_marker(one) for one in project["dependencies"] if name(one) not in COMMAND_LINE}
    assert set(lines(BUNDLED / "requirements.in")) == asked


def test_the_lock_has_all_of_it_and_what_only_3_10_needs() -> None:
    locked = {name(line) for line in lines(BUNDLED / "requirements.txt")}
    assert {name(line) for line in lines(BUNDLED / "requirements.in")} <= locked
    assert "exceptiongroup" in locked
    assert not COMMAND_LINE & locked


def test_the_lock_names_no_address_and_only_exact_versions_with_hashes() -> None:
    text = (BUNDLED / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+ \\", line) for line in lines(BUNDLED / "requirements.txt"))
    assert text.count(" \\\n    --hash=sha256:") >= len(lines(BUNDLED / "requirements.txt"))
