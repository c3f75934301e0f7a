"""Which reports a command is about: files, folders, standard input."""

# `os.path` here: the same questions to a `Path` raise where a folder must not be entered or a name is too long.
# ruff: noqa: PTH110, PTH112, PTH113, PTH114

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from invigilator.cli.loading import STANDARD_INPUT, Checked, Loaded, NoReport, Refused, load, trouble
from invigilator.report.configuration import from_sources
from invigilator.report.model import Problem
from invigilator.report.settings import DEFAULT_REPORT
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.root import find_root

_USUAL: Final = (DEFAULT_REPORT, "README.md")
_MARKDOWN: Final = (".md", ".markdown")
_NOT_ENTERED: Final = ("node_modules", "__pycache__")
_PYTHON_ENVIRONMENT: Final = "pyvenv.cfg"


def reports(paths: Iterable[str]) -> Iterator[Checked | Refused]:
    """The reports at `paths`, each once; the current folder's without any."""
    seen: set[str] = set()
    for given in list(paths) or ["."]:
        for loaded in _at(given):
            identity = loaded.path if loaded.path == STANDARD_INPUT else os.path.realpath(loaded.path)
            if identity in seen:
                continue
            seen.add(identity)
            yield Refused(*loaded) if isinstance(loaded, NoReport) else loaded


def _at(given: str) -> Iterator[Loaded]:
    if given == STANDARD_INPUT or not os.path.isdir(given):
        yield load(given if given == STANDARD_INPUT else Path(given).as_posix())
    else:
        yield from _in_folder(Path(given))


def _in_folder(folder: Path) -> Iterator[Loaded]:
    """Its own report where it is a project's folder, else all below it."""
    for path in (*_configured(folder), *(folder / usual for usual in _USUAL)):
        if (os.path.isfile(path) or os.path.islink(path)) and not isinstance(own := load(path.as_posix()), NoReport):
            yield own
            return
    try:
        os.scandir(folder).close()
    except OSError as error:
        yield Refused(folder.as_posix(), trouble(folder.as_posix(), error))
        return
    is_any = False
    for path in _markdown_below(folder):
        loaded = load(path.as_posix())
        if not isinstance(loaded, NoReport):
            is_any = True
            yield loaded
    if not is_any:
        mistakes = "".join(f"; {problem}" for problem in _configuration(folder)[2][:1])  # which may be why
        reason = f"no report in this folder: no Markdown file below it has questions to answer{mistakes}"
        yield Refused(folder.as_posix(), reason)


def _configured(folder: Path) -> Iterator[Path]:
    """Where the configuration that applies in the folder says that the report stands, if that is in the folder."""
    root, report, _ = _configuration(folder)
    here = Path(os.path.realpath(folder)).relative_to(root).as_posix()
    below = report if here == "." else report.removeprefix(f"{here}/")
    if below != DEFAULT_REPORT and (here == "." or below != report):
        yield folder / below


def _configuration(folder: Path) -> tuple[Path, str, tuple[Problem, ...]]:
    """The root of a folder, where its configuration says that the report stands, and what is wrong with that."""
    place = folder / "README.md"
    root = find_root(place)
    surroundings = DiskSurroundings(place, root)
    configuration, problems = from_sources(surroundings.configuration)
    return root, configuration.report, (*surroundings.problems, *problems)


def _markdown_below(folder: Path) -> Iterator[Path]:
    """Sorted; without hidden folders, installed packages, and folders behind links (so no loop is walked)."""
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if _is_entered(Path(at, name)))
        yield from (Path(at, name) for name in sorted(names) if name.lower().endswith(_MARKDOWN) and _is_own(at, name))


def _is_entered(folder: Path) -> bool:
    if folder.name.startswith(".") or folder.name in _NOT_ENTERED:
        return False
    return not os.path.exists(folder / _PYTHON_ENVIRONMENT)


def _is_own(folder: str, name: str) -> bool:
    """Whether a file is no link, which may lead anywhere; what it leads to is found where it stands."""
    path = Path(folder, name)
    return os.path.isfile(path) and not os.path.islink(path)
