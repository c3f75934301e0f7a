"""Makes the JSON schemas of the configuration from the readers of its settings.

`docs/schema/invigilator.schema.json` is that of an `invigilator.toml`, and of the table `[tool.invigilator]` in a
`pyproject.toml`; `docs/schema/pyproject.schema.json` is one of a whole `pyproject.toml` that leaves other tables alone.
The VS Code extension packs the first. Every setting that has a reader is in it: one without a description, or
whose reader has no schema, stops this script.

python scripts/configuration_schema.py           writes them
python scripts/configuration_schema.py --check   exits with 1 where one is not up to date
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from invigilator.report import settings
from invigilator.report.configuration import READERS, Configuration
from invigilator.report.grammar import DEFAULT_GRAMMAR
from invigilator.report.model import Limits
from invigilator.report.overrides import SETTINGS as OF_SOME_REPORTS

Schema = dict[str, Any]

ROOT = Path(__file__).resolve().parent.parent
DRAFT = "http://json-schema.org/draft-07/schema#"
OWN, SHARED = "invigilator.schema.json", "pyproject.schema.json"
DOCS = ROOT / "docs" / "schema"

LINE = r"^[^\r\n]*\S[^\r\n]*$"
FIRST, SECOND = r"[a-z*?][a-z0-9*?-]*", r"[a-z0-9*?-]+"
NUMBER = "^(?:[1-9][0-9]{0,3}|0[1-9][0-9]{0,2}|00[1-9][0-9]?|000[1-9])$"


def line(**more: Any) -> Schema:
    """One line of text."""
    return {"type": "string", "pattern": LINE, **more}


def bounds() -> Schema:
    """What a kind of thing may be limited to."""
    whole = {"type": "integer", "minimum": 0, "maximum": settings.LARGEST}
    ends = {"min": whole, "max": whole}
    return {
        "description": 'Lowest and highest number, both allowed: [100, 200], {min = 50}, {max = 250}, or "none".',
        "type": ["array", "object", "string"],
        "items": whole,
        "minItems": 2,
        "maxItems": 2,
        "properties": ends,
        "additionalProperties": False,
        "minProperties": 1,
        "pattern": f"^{settings.NONE}$",
    }


def limits() -> Schema:
    kinds = {
        "words": "Words, counted between white space.",
        "images": "Images, written ![what it shows](file.png).",
        "characters": "Characters of the answer as it is written, spaces included.",
    }
    properties = {kind: {**bounds(), "title": kinds[kind]} for kind in Limits._fields}
    of_question = {"type": "object", "properties": properties, "additionalProperties": False}
    return {"type": "object", "patternProperties": {NUMBER: of_question}, "additionalProperties": False}


def severity() -> Schema:
    level = {"enum": list(settings.LEVELS)}
    by_code = {"type": "object", "patternProperties": {f"^{SECOND}$": level}, "additionalProperties": False}
    return {
        "type": "object",
        "patternProperties": {f"^{FIRST}$": {"anyOf": [level, by_code]}, rf"^{FIRST}\.{SECOND}$": level},
        "additionalProperties": False,
    }


def of_lines(**more: Any) -> Schema:
    return {"type": "array", "items": line(), **more}


def path(**more: Any) -> Schema:
    return line(**{"not": {"pattern": r"^\s*(?:~|[/\\]{2}|[^/\\]*:)"}, **more})


SCHEMAS: Mapping[Callable[[object], object], Callable[[], Schema]] = {
    settings.heading: lambda: line(allOf=[{"pattern": r"\(\?P<(?:number|title)>"}]),
    settings.pattern: line,
    settings.marker: line,
    settings.texts: of_lines,
    settings.folder: lambda: line(**{"not": {"pattern": r"^\s*[/\\~]|:|^\s*\.\.(?:[/\\]|\s*$)"}}),
    settings.file: path,
    settings.report: lambda: path(allOf=[{"pattern": r"\.(?:[mM][dD]|[mM][aA][rR][kK][dD][oO][wW][nN])\s*$"}]),
    settings.extensions: lambda: {
        "type": "array",
        "items": {"type": "string", "pattern": r"^\s*\.?[A-Za-z0-9]{1,10}\s*$"},
        "minItems": 1,
    },
    settings.questions: lambda: {
        **of_lines(minItems=1, maxItems=settings.MOST_QUESTIONS, uniqueItems=True),
        "type": ["integer", "array"],
        "minimum": 1,
        "maximum": settings.MOST_QUESTIONS,
    },
    settings.limits: limits,
    settings.codes: lambda: {
        "type": "array",
        "items": {"type": "string", "pattern": f"^{settings.CODE_PATTERN.pattern}$"},
    },
    settings.severity: severity,
    settings.switch: lambda: {"type": "boolean"},
}
"""What each reader takes, as far as a schema can say it: readers know more, such as what is a regular expression."""

DESCRIPTIONS: Mapping[str, str] = {
    "heading": "The line that begins a question, as a regular expression of Python with a group named number, or "
    "title where `questions` names the titles. Case does not matter.",
    "marker": "What an answer begins behind, at the start of a line, quoted or emphasised or neither. "
    '"none": answers begin below the heading and what is quoted, emphasised as a whole or a comment there.',
    "placeholder": "What stands in a blank answer, as a regular expression of Python. Case does not matter.",
    "section-titles": "Titles of headings that are no question's and end the answer above them, besides the default "
    "template's.",
    "figures": "The folder of the pictures, relative to the report's own.",
    "extensions": "The types of picture that count.",
    "questions": "How many questions there have to be, or, where they have no numbers, the titles of all of them in "
    "their order.",
    "report": "Where the report has to stand, from this file's folder.",
    "template": "The blank template, from this file's folder: prompts and headings are compared with it.",
    "limits": "Limits by question, where neither a report.py nor the prompt says the right ones.",
    "select": "Only these findings are shown: codes such as answer.missing, or families such as answer.*.",
    "ignore": "These findings are not shown: codes such as figure.remote, or families such as page.*.",
    "severity": 'How findings are shown: "figure.link" = "hint", "page.*" = "off". The first that fits counts.',
    "inlay-hints": "Whether an editor shows behind each question's heading what is there and what is asked for.",
    "reports": 'Settings for some reports only, by a pattern of their paths from this file\'s folder: "drafts/*.md".',
}


def schema() -> Schema:
    """The schema of our table."""
    properties = {key: _setting(key) for key in sorted(READERS)}
    of_some = {key: {"$ref": f"#/properties/{key}"} for key in OF_SOME_REPORTS}
    glob = {"pattern": r"[^/\s]", "maxLength": 300, "not": {"pattern": r"\\|(?:^|/)\.\.(?:/|$)|^[^/]*:"}}
    properties["reports"] = {
        "description": DESCRIPTIONS["reports"],
        "type": "object",
        "propertyNames": glob,
        "additionalProperties": {"type": "object", "properties": of_some, "additionalProperties": False},
    }
    if stray := DESCRIPTIONS.keys() - properties.keys():
        raise SystemExit(f"no setting is called {', '.join(sorted(stray))}")
    return {
        "$schema": DRAFT,
        "title": "Invigilator",
        "description": "How the reports of a course are written, and what is said of them.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "x-taplo": {"initKeys": ["heading", "marker", "placeholder", "questions", "report"]},
        "x-taplo-info": {"patterns": [r"^(.*[/\\])?invigilator\.toml$"]},
    }


def pyproject() -> Schema:
    """The schema of a pyproject.toml with our table in it."""
    ours = {key: value for key, value in schema().items() if not key.startswith(("$", "x-taplo-info"))}
    text = json.dumps(ours).replace('"#/properties/', '"#/definitions/invigilator/properties/')
    tool = {"type": "object", "properties": {"invigilator": {"$ref": "#/definitions/invigilator"}}}
    return {
        "$schema": DRAFT,
        "title": "pyproject.toml with [tool.invigilator]",
        "description": "Says nothing of the other tables.",
        "type": "object",
        "properties": {"tool": tool},
        "definitions": {"invigilator": json.loads(text)},
    }


def _setting(key: str) -> Schema:
    reader, description = READERS[key], DESCRIPTIONS.get(key)
    if description is None or reader not in SCHEMAS:
        raise SystemExit(f"{key} needs a description and a schema of what its reader takes: add them in {__file__}")
    made: Schema = {"description": description, **SCHEMAS[reader]()}
    default = _default(key)
    return made if default is None else {**made, "default": default}


def _default(key: str) -> object:
    """What applies where a setting is not said; None where that depends on the report, or is empty."""
    if key == "marker":
        return DEFAULT_GRAMMAR.marker
    value = getattr(Configuration(), key.replace("-", "_"), None)
    return list(value) if isinstance(value, tuple) and value else value if isinstance(value, (str, bool)) else None


def documents() -> dict[Path, str]:
    """Every file and what has to stand in it."""
    own, shared = (json.dumps(made, indent=2, ensure_ascii=False) + "\n" for made in (schema(), pyproject()))
    return {DOCS / OWN: own, DOCS / SHARED: shared}


def main(arguments: list[str]) -> int:
    """Write the files, or say which are not up to date."""
    stale = [
        path for path, text in documents().items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(
                f"{path.relative_to(ROOT)} is not up to date: run python scripts/configuration_schema.py\n"
            )
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(documents()[path], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
