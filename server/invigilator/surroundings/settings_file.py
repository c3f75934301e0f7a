"""Which configuration file applies to a report."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from invigilator.report.model import Problem
from invigilator.surroundings import TextFile
from invigilator.surroundings.tree import Refusal, Tree, join

OWN_FILE = "invigilator.toml"
SHARED_FILE = "pyproject.toml"


class SettingsFile(NamedTuple):
    """The file that applies, if there is one and it can be used; the problem, if there is one and it cannot."""

    file: TextFile | None = None
    problem: Problem | None = None


def nearest_settings(tree: Tree, folder: str) -> SettingsFile:
    """The configuration nearest to a report in `folder`: there or above, up to the root.

    In one folder `invigilator.toml` wins over `pyproject.toml`, and the latter counts only with a `[tool.invigilator]`
    table. The nearest one decides, also where it cannot be used.
    """
    for here in _upwards(folder):
        for name, look in ((OWN_FILE, _own), (SHARED_FILE, _shared)):
            found = look(tree, join(here, name))
            if found is not None:
                return found
    return SettingsFile()


def _upwards(folder: str) -> Iterator[str]:
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
    yield ""


def _own(tree: Tree, path: str) -> SettingsFile | None:
    content = tree.content(path)
    if content is None:
        return None
    if content.refusal is not None:
        return _refused(path, content.refusal)
    return SettingsFile(TextFile(path, content.text))


def _shared(tree: Tree, path: str) -> SettingsFile | None:
    content = tree.content(path)
    if content is None or "invigilator" not in content.text:
        return None
    mentioned = "tool.invigilator" in content.text
    if content.refusal is not None:
        return _refused(path, content.refusal) if mentioned else None
    try:
        table = _parsed(content.text).get("tool")
    except (ValueError, RecursionError) as error:
        return _refused(path, _not_toml(error)) if mentioned else None
    if isinstance(table, dict) and "invigilator" in table:
        return SettingsFile(TextFile(path, content.text))
    return None


def _refused(path: str, refusal: Refusal) -> SettingsFile:
    return SettingsFile(None, Problem(path, refusal.line, f"{refusal.reason}, so its settings are not used"))


def _parsed(text: str) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    return tomllib.loads(text)


def _not_toml(error: Exception) -> Refusal:
    if isinstance(error, RecursionError):
        return Refusal("is nested too deeply for TOML")
    said = re.fullmatch(r"(.*?)(?: \(at (?:line (\d+), column \d+|end of document)\))?", str(error).replace("\n", " "))
    what, line = said.groups() if said else (str(error), None)
    return Refusal(f"is not valid TOML ({what[:1].lower()}{what[1:]})", int(line) if line else None)
