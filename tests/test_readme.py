"""What the README says of the code is what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

from invigilator.checks.registry import RULES

ROOT = Path(__file__).resolve().parents[1]


def finding_codes() -> ModuleType:
    specification = importlib.util.spec_from_file_location("finding_codes", ROOT / "scripts" / "finding_codes.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_table_of_codes_is_up_to_date() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert finding_codes().updated(text) == text, "run: python scripts/finding_codes.py"


def test_the_table_has_every_code() -> None:
    table = finding_codes().table()
    assert [code for code in RULES if f"| [`{code}`](docs/codes/{code}.md) |" not in table] == []
