"""Writes the table of finding codes into README.md, from the one table in the code.

python scripts/finding_codes.py           writes it
python scripts/finding_codes.py --check   exits with 1 where README.md has another one
"""

from __future__ import annotations

import sys
from pathlib import Path

from invigilator.checks.registry import RULES

README = Path(__file__).resolve().parent.parent / "README.md"
BEGIN, END = "<!-- codes: begin -->\n", "<!-- codes: end -->\n"


def table() -> str:
    """The table as Markdown, a row for each code."""
    rows = ["| code | severity | when |", "| --- | --- | --- |"]
    rows += (f"| `{rule.code}` | {rule.severity} | {rule.when} |" for rule in RULES.values())
    return "\n".join(rows) + "\n"


def updated(text: str) -> str:
    """`text` with the table between its two marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"README.md has lost its marks {BEGIN.strip()} and {END.strip()}")
    return before + BEGIN + table() + END + after


def main() -> int:
    old = README.read_text(encoding="utf-8")
    new = updated(old)
    if "--check" in sys.argv[1:]:
        return 0 if new == old else 1
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
