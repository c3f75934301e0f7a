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

DEFAULT_REPORT: Final = "reports/README.md"
MARKDOWN: Final = (".md", ".markdown")
NONE: Final = "none"
MOST_QUESTIONS: Final = 9_999
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
CODE_PATTERN: Final = re.compile(r"[a-z*?][a-z0-9*?-]*(?:\.[a-z0-9*?-]+)?")
EXTENSION: Final = re.compile(r"\.?[a-z0-9]{1,10}")
LARGEST: Final = 1_000_000


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
    """The pattern of a question heading: it has a group `number`, or `title` for questions that are named."""
    compiled = pattern(value)
    if not {"number", "title"} & compiled.groupindex.keys():
        raise WrongValueError(r"needs a group named number, such as (?P<number>\d+), or one named title")
    return compiled


def marker(value: object) -> str:
    """What an answer begins behind; empty for "none"."""
    given = text(value)
    return "" if given.strip().casefold() == NONE else given


def folder(value: object) -> str:
    """A folder below the report's, with `/` and without one at its end."""
    path = text(value).strip().replace("\\", "/")
    if path.startswith(("/", "~")) or ":" in path:
        raise WrongValueError("must be a folder beside the report, not an absolute path")
    path = posixpath.normpath(path)
    if path == ".." or path.startswith("../") or not path.isprintable():
        raise WrongValueError("must be a folder beside the report, without ..")
    return path


def file(value: object) -> str:
    """The path of a file, with `/` between names; one that begins with `/` counts from the root."""
    path = text(value).strip().replace("\\", "/")
    if path.startswith(("~", "//")) or ":" in path.partition("/")[0] or not path.isprintable():
        raise WrongValueError("must be a path in the project, with / between names")
    return path


def from_root(path: str, folder: str) -> str:
    """A path as `file` gives it, written in `folder`, as one from the root."""
    path = posixpath.normpath(path.lstrip("/") if path.startswith("/") else posixpath.join(folder, path))
    if path == ".." or path.startswith("../"):
        raise WrongValueError("leads out of the project, and nothing outside it is read")
    return path


def extensions(value: object) -> tuple[str, ...]:
    """File extensions in lower case with their dot."""
    given = tuple(item.strip().lower() for item in texts(value))
    if not given:
        raise WrongValueError('must name at least one, such as [".png"]')
    for item in given:
        if not EXTENSION.fullmatch(item):
            raise WrongValueError(f'holds "{item}", which is no file extension such as ".png"')
    return tuple(dict.fromkeys(item if item.startswith(".") else f".{item}" for item in given))


def switch(value: object) -> bool:
    """On or off."""
    if not isinstance(value, bool):
        raise WrongValueError(f"must be true or false, not {_what(value)}")
    return value


def report(value: object) -> str:
    """The path of a Markdown file, as `file` gives it."""
    path = file(value)
    if not path.lower().endswith(MARKDOWN):
        raise WrongValueError(f"must be a Markdown file, such as {DEFAULT_REPORT}")
    return path


def questions(value: object) -> int | tuple[str, ...]:
    """How many questions there are, or the titles of all of them."""
    if not isinstance(value, (list, tuple)):
        number = _whole(value, "must be a whole number or a list of titles")
        if not 1 <= number <= MOST_QUESTIONS:
            raise WrongValueError(f"must be between 1 and {MOST_QUESTIONS}")
        return number
    titles = tuple(" ".join(title.split()) for title in texts(value))
    if not 1 <= len(titles) <= MOST_QUESTIONS:
        raise WrongValueError("must name at least one title" if not titles else "names too many titles")
    if len({title.casefold() for title in titles}) < len(titles):
        raise WrongValueError("names a title twice")
    return titles


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
        if not pairs and not CODE_PATTERN.fullmatch(f"{key}.*"):
            raise WrongValueError(f'holds "{str(key)[:60]}", which is no family of findings such as "figure"', str(key))
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
            if kind not in Limits._fields:
                wrong = f'holds "{kind}"; only words, images and characters can be limited'
                raise WrongValueError(wrong, name, str(kind))
        result[int(name)] = Limits(*(_limit(given, name, kind) for kind in Limits._fields))
    return result


def _limit(given: Mapping[object, object], name: str, kind: str) -> Limit | None:
    value = given.get(kind)
    if value is None:
        return None
    if value == NONE:
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
    if number is not None and not 0 <= number <= LARGEST:
        raise WrongValueError("cannot be negative" if number < 0 else f"cannot be above {LARGEST:,}")
    return number


def _whole(value: object, otherwise: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():  # an editor's JSON knows no whole numbers
        return int(value)
    raise WrongValueError(f"{otherwise}, not {_what(value)}")


def _check_code(code: str) -> None:
    if not CODE_PATTERN.fullmatch(code):
        raise WrongValueError(f'holds "{code[:60]}", which is no code of a finding such as "figure.remote" or "page.*"')


def _what(value: object) -> str:
    """A value as a message shows it: short, and never a page of it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f'"{value[:40]}"'
    if isinstance(value, (int, float)):
        return f"{value:.12g}" if -LARGEST <= value <= LARGEST else "so large a number"
    if isinstance(value, Mapping):
        return "a table"
    return "a list" if isinstance(value, (list, tuple)) else "a value of another kind"
