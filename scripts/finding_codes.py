"""Brings the documentation of the finding codes up to date with the one table in the code.

That is the table in README.md, and of every page in `server/invigilator/explanations/` its beginning and its end (what
stands between is written by hand), with the pages' copies and their list in `docs/codes/`.

python scripts/finding_codes.py           writes them
python scripts/finding_codes.py --check   exits with 1 where one is not up to date
"""

from __future__ import annotations

import sys
from pathlib import Path

from invigilator.checks.finding import Rule
from invigilator.checks.registry import RULES

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PAGES = ROOT / "server" / "invigilator" / "explanations"
COPIES = ROOT / "docs" / "codes"
BEGIN, END = "<!-- codes: begin -->\n", "<!-- codes: end -->\n"
FIRST, LAST = "## Why it matters\n", "## To silence it\n"
BY_HAND = (FIRST, "## Example\n", "## How to mend it\n")
"""The headings of what is written by hand, in this order."""


def table(folder: str = "docs/codes/") -> str:
    """The table as Markdown, a row for each code, linked to its page in `folder`."""
    rows = ["| code | severity | when |", "| --- | --- | --- |"]
    rows += (f"| [`{rule.code}`]({folder}{rule.code}.md) | {rule.severity} | {rule.when} |" for rule in RULES.values())
    return "\n".join(rows) + "\n"


def updated(text: str) -> str:
    """`text` with the table between its two marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"README.md has lost its marks {BEGIN.strip()} and {END.strip()}")
    return before + BEGIN + table() + END + after


def page(rule: Rule, old: str) -> str:
    """The page of a code: what the table says, what stands in `old` by hand, and how to silence it."""
    by_hand = old[max(old.find(FIRST), 0) :].partition(LAST)[0].strip()
    places = [f"{by_hand}\n".find(heading) for heading in BY_HAND]
    if -1 in places or places != sorted(places):
        wanted = ", ".join(heading.strip() for heading in BY_HAND)
        raise SystemExit(f"{rule.code}.md must have the headings {wanted}, each with a text below")
    severity = rule.severity.capitalize()
    return f"# {rule.code}\n\n**{severity}**: {rule.when}\n\n{by_hand}\n\n{LAST}\n{_silencing(rule)}"


def _silencing(rule: Rule) -> str:
    family = rule.code.partition(".")[0]
    quieter = "hint" if rule.severity != "hint" else "off"
    return f"""\
In one place, with a comment on the line directly above the one where the squiggle begins (in an answer, the comment
counts as words for the official check):

```markdown
<!-- invigilator: ignore {rule.code} -->
```

Everywhere, in the `invigilator.toml` beside the report or above it (`{family}.*` stands for all of this kind):

```toml
ignore = ["{rule.code}"]

[severity]                     # or only another severity: error, warning, information, hint, off
"{rule.code}" = "{quieter}"

[reports."drafts/*.md"]        # or in some reports only
ignore = ["{rule.code}"]
```

Silent or not, the official check says what it says.
"""


def documents() -> dict[Path, str]:
    """Everything that is generated, by its path."""
    made = {README: updated(README.read_text(encoding="utf-8"))}
    for rule in RULES.values():
        path = PAGES / f"{rule.code}.md"
        if not path.is_file():
            headings = ", ".join(heading.strip() for heading in BY_HAND)
            raise SystemExit(f"{rule.code} has no page yet: write {path.relative_to(ROOT)}, with {headings}")
        made[path] = made[COPIES / path.name] = page(rule, path.read_text(encoding="utf-8"))
    made[COPIES / "README.md"] = f"# What Invigilator can find\n\n{table(folder='')}"
    return made


def strays() -> list[Path]:
    """Pages of codes that there are not."""
    known = {f"{code}.md" for code in RULES} | {"README.md"}
    return [path for folder in (PAGES, COPIES) for path in sorted(folder.glob("*.md")) if path.name not in known]


def main() -> int:
    made = documents()
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv[1:]:
        return 1 if stale or strays() else 0
    COPIES.mkdir(parents=True, exist_ok=True)
    for path in stale:
        path.write_text(made[path], encoding="utf-8", newline="\n")
    for path in strays():
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
