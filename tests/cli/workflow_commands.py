"""Workflow commands as GitHub's runner reads them: see "Workflow commands for GitHub Actions"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_COMMAND: Final = re.compile(r"::(?P<name>[a-z-]+)(?: (?P<properties>.*?))?::(?P<data>.*)")


class Read(NamedTuple):
    """A command, decoded."""

    name: str
    properties: dict[str, str]
    message: str


def read(line: str) -> Read | None:
    """The command on a line; None where the runner would take it for text."""
    found = _COMMAND.fullmatch(line.strip())
    if found is None:
        return None
    pairs = (part.split("=", 1) for part in (found["properties"] or "").split(",") if part)
    return Read(found["name"], {name: _decoded(value, True) for name, value in pairs}, _decoded(found["data"], False))


def commands(output: str) -> list[Read]:
    """The commands in what was printed."""
    return [command for line in output.split("\n") if (command := read(line))]


def text(output: str) -> list[str]:
    """The lines that are none."""
    return [line for line in output.split("\n")[:-1] if not read(line)]


def _decoded(text: str, is_property: bool) -> str:
    for code, character in [("%3A", ":"), ("%2C", ",")] * is_property + [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]:
        text = text.replace(code, character)
    return text
