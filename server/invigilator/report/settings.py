"""The values of the settings: each reader takes what stands in TOML or JSON and gives the value, or says what is wrong.

A reader raises `WrongValueError`, with a message that goes on after the name of the setting.
"""

from __future__ import annotations

import posixpath
import re
import warnings
from collections.abc import Mapping
from typing import Final, Literal, get_args

from invigilator.report.model import Bounds, Limit, Limits

Level = Literal["error", "warning", "information", "hint", "off"]

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
_CODE_PATTERN: Final = re.compile(r"[a-z*?][a-z0-9*?-]*(?:\.[a-z0-9*?-]+)?")
_EXTENSION: Final = re.compile(r"\.?[a-z0-9]{1,10}")
_MOST: Final = 1_000_000


class WrongValueError(ValueError):
    """A value that a setting cannot have; `keys` is the way to it below the setting."""

    def __init__(self, message: str, *keys: str) -> None:
        super().__init__(message)
        self.message: Final = message
        self.keys: Final = keys


def text(value: object) -> str:
    """One line of text, not empty."""
    if not isinstance(value, str):
        raise WrongValueError(f"must be text in quotes, not {_what(value)}")
    if not value.strip() or "\n" in value or "\r" in value:
        raise WrongValueError("must be one line of text, not empty")
    return value


def texts(value: object) -> tuple[str, ...]:
    """A list of such lines."""
    if not isinstance(value, (list, tuple)):
        raise WrongValueError(f'must be a list such as ["...", "..."], not {_what(value)}')
    return tuple(text(item) for item in value)


def pattern(value: object) -> re.Pattern[str]:
    """A regular expression, matched without regard to case, that does not match nothing at all."""
    source = text(value)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise WrongValueError(f"is no valid regular expression: {error}") from None
    except (OverflowError, RecursionError, MemoryError):
        raise WrongValueError("is too large a regular expression") from None
    if compiled.match(""):
        raise WrongValueError("matches an empty line, so it would match everywhere")
    return compiled


def heading(value: object) -> re.Pattern[str]:
    """The pattern of a question heading: it has a group `number`."""
    compiled = pattern(value)
    if "number" not in compiled.groupindex:
        raise WrongValueError(r"needs a group named number, such as (?P<number>\d+)")
    return compiled


def folder(value: object) -> str:
    """A folder below the report's, with `/` and without one at its end."""
    path = text(value).strip().replace("\\", "/")
    if path.startswith(("/", "~")) or ":" in path:
        raise WrongValueError("must be a folder beside the report, not an absolute path")
    path = posixpath.normpath(path)
    if path == ".." or path.startswith("../") or not path.isprintable():
        raise WrongValueError("must be a folder beside the report, without ..")
    return path


def extensions(value: object) -> tuple[str, ...]:
    """File extensions in lower case with their dot."""
    given = tuple(item.strip().lower() for item in texts(value))
    if not given:
        raise WrongValueError('must name at least one, such as [".png"]')
    for item in given:
        if not _EXTENSION.fullmatch(item):
            raise WrongValueError(f'holds "{item}", which is no file extension such as ".png"')
    return tuple(dict.fromkeys(item if item.startswith(".") else f".{item}" for item in given))


def count(value: object) -> int:
    """A number of questions."""
    number = _whole(value, "must be a whole number")
    if not 1 <= number <= 9_999:
        raise WrongValueError("must be between 1 and 9999")
    return number


def codes(value: object) -> tuple[str, ...]:
    """Patterns of finding codes."""
    given = texts(value)
    for item in given:
        _check_code(item)
    return given


def severity(value: object) -> dict[str, Level]:
    """A level for each pattern of codes; `figure.remote = "off"` without quotes, a table to TOML, is understood."""
    if not isinstance(value, Mapping):
        raise WrongValueError(f'must be a table such as "page.*" = "off", not {_what(value)}')
    result: dict[str, Level] = {}
    for key, given in value.items():
        pairs = given.items() if isinstance(given, Mapping) else [(None, given)]
        for inner, level in pairs:
            keys = (str(key),) if inner is None else (str(key), str(inner))
            code = ".".join(keys)
            try:
                _check_code(code)
            except WrongValueError as error:
                raise WrongValueError(error.message, *keys) from None
            known: Level | None = next((one for one in LEVELS if one == level), None)
            if known is None:
                raise WrongValueError(f"must be one of {', '.join(LEVELS)}, not {_what(level)}", *keys)
            result[code] = known
    return result


def limits(value: object) -> dict[int, Limits]:
    """Limits by question, from tables such as `14 = {words = [200, 300], images = {min = 1}}`."""
    if not isinstance(value, Mapping):
        raise WrongValueError(f"must be a table such as 14 = {{words = [200, 300]}}, not {_what(value)}")
    result: dict[int, Limits] = {}
    for key, given in value.items():
        name = str(key)
        if not re.fullmatch(r"[0-9]{1,4}", name) or int(name) < 1:
            raise WrongValueError(f'holds "{name}", which is no number of a question', name)
        if not isinstance(given, Mapping):
            raise WrongValueError(f"must be a table such as {{words = [200, 300]}}, not {_what(given)}", name)
        for kind in given:
            if kind not in ("words", "images"):
                raise WrongValueError(f'holds "{kind}"; only words and images can be limited', name, str(kind))
        result[int(name)] = Limits(*(_limit(given, name, kind) for kind in ("words", "images")))
    return result


def _limit(given: Mapping[object, object], name: str, kind: str) -> Limit | None:
    value = given.get(kind)
    if value is None:
        return None
    if value == "none":
        return Limit(None, "config")
    forms = f'must be {kind} = [1, 2], {{min = 1}}, {{max = 2}} or "none"'
    try:
        if isinstance(value, Mapping) and value and set(value) <= {"min", "max"}:
            low, high = (_end(value.get(end), forms) for end in ("min", "max"))
        elif isinstance(value, (list, tuple)) and len(value) == 2:
            low, high = (_end(end, forms) for end in value)
        else:
            raise WrongValueError(f"{forms}, not {_what(value)}")
        if low is None and high is None:
            raise WrongValueError(forms)
        if low is not None and high is not None and low > high:
            raise WrongValueError(f"has a lower end ({low}) above its upper end ({high})")
    except WrongValueError as error:
        raise WrongValueError(error.message, name, kind) from None
    return Limit(Bounds(low, high), "config")


def _end(value: object, forms: str) -> int | None:
    number = None if value is None else _whole(value, forms)
    if number is not None and not 0 <= number <= _MOST:
        raise WrongValueError("cannot be negative" if number < 0 else f"cannot be above {_MOST:,}")
    return number


def _whole(value: object, otherwise: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():  # an editor's JSON knows no whole numbers
        return int(value)
    raise WrongValueError(f"{otherwise}, not {_what(value)}")


def _check_code(code: str) -> None:
    if not _CODE_PATTERN.fullmatch(code):
        raise WrongValueError(f'holds "{code[:60]}", which is no code of a finding such as "figure.remote" or "page.*"')


def _what(value: object) -> str:
    """A value as a message shows it: short, and never a page of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:40]}"'
    if isinstance(value, (int, float)):
        return f"{value:.12g}" if -_MOST <= value <= _MOST else "so large a number"
    if isinstance(value, Mapping):
        return "a table"
    return "a list" if isinstance(value, (list, tuple)) else "a value of another kind"
