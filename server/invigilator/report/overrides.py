"""Settings for some reports only: the tables `[reports."drafts/*.md"]` of the configuration."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Final

from invigilator.report import settings
from invigilator.report.settings import WrongValueError

_LONGEST: Final = 300


def check_glob(glob: str) -> None:
    """Raises WrongValueError for what is no pattern of paths."""
    names = glob.split("/")
    if "\\" in glob or ":" in names[0]:
        raise WrongValueError("must be a path below this file's folder, with / between names", glob)
    if not glob.strip("/ ") or len(glob) > _LONGEST or not glob.isprintable():
        raise WrongValueError('must be a pattern of paths such as "drafts/*.md"', glob)
    if ".." in names:
        raise WrongValueError("must stay below this file's folder: without ..", glob)


def fits(path: str, glob: str) -> bool:
    """Whether the path of a report fits: `*`, `?` and `[...]` stand for parts of a name, `**` for any folders.

    A glob without `/` is about the file's name, in whatever folder.

    >>> fits("drafts/old/one.md", "drafts/**/*.md"), fits("drafts/old/one.md", "drafts/*.md")
    (True, False)
    """
    names = tuple(name for name in glob.split("/") if name not in ("", "."))
    if "/" not in glob:
        names = ("**", *names)
    return _fits(tuple(path.split("/")), names)


@lru_cache(maxsize=4096)
def _fits(path: tuple[str, ...], names: tuple[str, ...]) -> bool:
    if not names:
        return not path
    if names[0] == "**":
        return _fits(path, names[1:]) or (bool(path) and _fits(path[1:], names))
    return bool(path) and fnmatchcase(path[0], names[0]) and _fits(path[1:], names[1:])


def applied(table: Mapping[str, object], path: str | None) -> dict[str, object]:
    """The table with what it says of the report at `path` (relative to its file's folder) on top, and without the rest.

    `ignore` adds up, `select` takes the place of another, `severity` and `limits` count entry by entry; of several
    tables that fit, the later one wins. What has the wrong type is left for its reader to say.
    """
    result = {key: value for key, value in table.items() if key != "reports"}
    reports = table.get("reports")
    if path is None or not isinstance(reports, Mapping):
        return result
    for glob, given in reports.items():
        if isinstance(given, Mapping) and _is_usable(str(glob)) and fits(path, str(glob)):
            for key, value in given.items():
                if key in _JOINED:
                    result[key] = _JOINED[key](result.get(key), value)
    return result


def _is_usable(glob: str) -> bool:
    try:
        check_glob(glob)
    except WrongValueError:
        return False
    return True


def _added(old: object, new: object) -> object:
    codes = [*_codes(old), *_codes(new)]
    return codes or new


def _replaced(old: object, new: object) -> object:
    return new if _codes(new) else old


def _codes(value: object) -> tuple[str, ...]:
    """The patterns of codes in a list; none where it is none, so that a wrong list spoils no right one."""
    try:
        return () if value is None else settings.codes(value)
    except WrongValueError:
        return ()


def _first(old: object, new: object) -> object:
    """Severities: the first pattern that fits decides, so the new ones go in front."""
    if not isinstance(new, Mapping):
        return old
    new = _flat(new)
    return {**new, **{key: level for key, level in _flat(old).items() if key not in new}}


def _by_question(old: object, new: object) -> object:
    if not isinstance(new, Mapping):
        return old
    joined: dict[object, object] = dict(old) if isinstance(old, Mapping) else {}
    for question, limits in new.items():
        before = joined.get(question)
        both = isinstance(before, Mapping) and isinstance(limits, Mapping)
        joined[question] = {**before, **limits} if both else limits  # type: ignore[dict-item]
    return joined


_JOINED: Final = {"ignore": _added, "select": _replaced, "severity": _first, "limits": _by_question}
SETTINGS: Final[Sequence[str]] = tuple(_JOINED)
"""What can be said of some reports only."""


def _flat(table: object) -> dict[str, object]:
    """`figure.remote = "off"` without quotes is a table in a table to TOML."""
    flat: dict[str, object] = {}
    for key, value in table.items() if isinstance(table, Mapping) else ():
        if isinstance(value, Mapping):
            flat.update({f"{key}.{inner}": level for inner, level in value.items()})
        else:
            flat[str(key)] = value
    return flat
