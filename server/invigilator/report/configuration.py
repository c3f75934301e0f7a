"""The settings of a report: `[tool.invigilator]` in pyproject.toml, invigilator.toml, an editor's settings.

A file of the repository wins over the editor, key by key, so that the whole group and its CI see the same findings.
"""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from invigilator.report import overrides, settings
from invigilator.report.grammar import DEFAULT_GRAMMAR, TITLED_HEADING, Grammar
from invigilator.report.model import Limits, Problem
from invigilator.report.settings import Level, WrongValueError
from invigilator.report.toml_lines import line_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EDITOR: Final = "editor settings"
"""What a problem of the editor's settings has as its path."""


@dataclass(frozen=True)
class Configuration:
    """The settings that apply; every one has a default.

    `figures` is a folder relative to the report's, `extensions` are in lower case with their dot, `questions` is the
    expected number (None: not said), `limits` are by question, a kind that is not said being None. `select`, `ignore`
    and the keys of `severity` are patterns of finding codes; `severity` keeps the order they were written in.
    `report` is where the report is to stand, `template` the path of the original template, both from the root.
    `inlay_hints` is whether an editor shows what each question has, behind its heading.
    """

    grammar: Grammar = DEFAULT_GRAMMAR
    figures: str = "figures"
    extensions: tuple[str, ...] = (".png", ".jpg", ".jpeg")
    questions: int | None = None
    report: str = settings.DEFAULT_REPORT
    limits: Mapping[int, Limits] = field(default_factory=lambda: MappingProxyType({}))
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Level] = field(default_factory=lambda: MappingProxyType({}))
    template: str | None = None
    inlay_hints: bool = True


Read = tuple[Configuration, tuple[Problem, ...]]

_Reader = Callable[[object], Any]
_Wrong = Callable[..., None]  # of a message and keys

READERS: Final[Mapping[str, _Reader]] = {
    "heading": settings.heading,
    "marker": settings.marker,
    "placeholder": settings.pattern,
    "section-titles": settings.texts,
    "figures": settings.folder,
    "extensions": settings.extensions,
    "questions": settings.questions,
    "report": settings.report,
    "limits": settings.limits,
    "select": settings.codes,
    "ignore": settings.codes,
    "severity": settings.severity,
    "template": settings.file,
    "inlay-hints": settings.switch,
}
_AS_READ: Final = frozenset({"figures", "extensions", "report", "select", "ignore", "template", "inlay-hints"})
_PATHS: Final = frozenset({"template", "report"})  # from the folder of the file that says it
_BY_ENTRY: Final = frozenset({"limits", "severity"})  # tables of which one wrong entry does not spoil the others


def from_table(table: Mapping[str, object], path: str, text: str | None = None) -> Read:
    """The configuration a table makes, and what is wrong with it; what is wrong is left out and the rest applies.

    `path` is the file's, as a user would write it; `text` its content, so that problems can name a line.
    """
    problems: list[Problem] = []

    def wrong(message: str, *keys: str) -> None:
        line = line_of(text, (*_prefix(path), *keys)) if text is not None else None
        problems.append(Problem(path, line, message))

    values = _values(table, READERS, wrong, path)
    _check_layout(values, wrong)
    for key in _PATHS & values.keys():
        try:
            values[key] = settings.from_root(values[key], _folder(path))
        except WrongValueError as error:
            wrong(f"{key} {error.message}", key)
            del values[key]
    if "reports" in table:
        _check_reports(table["reports"], wrong, path)
    return _configuration(values), tuple(problems)


def _folder(path: str) -> str:
    """The folder of a configuration file; what an editor's settings say counts from the root."""
    return path.rpartition("/")[0]


def place_of(key: str, file: tuple[str, str] | None) -> tuple[str, int | None]:
    """Where a setting is said, as a problem's path and line: in the configuration file, else in the editor."""
    if file is not None and key in table_of(*file)[0]:
        path, text = file
        return path, line_of(text, (*_prefix(path), key))
    return EDITOR, None


def _values(table: Mapping[str, object], readers: Mapping[str, _Reader], wrong: _Wrong, path: str) -> dict[str, Any]:
    """What the settings of a table say; of what is wrong, `wrong` is told with the keys that lead there."""
    values: dict[str, Any] = {}
    for key, value in table.items():
        reader = readers.get(key)
        if reader is None:
            if key != "reports" or readers is not READERS:
                wrong(_unknown(key, path, readers), key)
            continue
        parts: list[object] = [value]
        if key in _BY_ENTRY and isinstance(value, Mapping):
            parts = [{one: entry} for one, entry in value.items()]
        for part in parts:
            try:
                read = reader(part)
            except WrongValueError as error:
                wrong(f"{'.'.join((key, *error.keys))} {error.message}", key, *error.keys)
            else:
                values[key] = {**values.get(key, {}), **read} if key in _BY_ENTRY else read
    return values


def _check_layout(values: Mapping[str, Any], wrong: _Wrong) -> None:
    """Say where the heading's pattern and the questions do not go together."""
    if "heading" not in values:
        return
    groups, has_titles = values["heading"].groupindex, isinstance(values.get("questions"), tuple)
    if has_titles and "title" not in groups:
        wrong(
            "heading needs a group named title, such as (?P<title>.+), since questions names the titles; "
            "or leave it out: then headings of any level count",
            "heading",
        )
    if not has_titles and "number" not in groups:
        wrong(
            "heading names questions by their title, so say which titles there are: "
            'questions = ["Aim", "Method"]; or use a group named number',
            "heading",
        )


def _check_reports(given: object, wrong: _Wrong, path: str) -> None:
    """Say what is wrong with the settings for some reports only."""
    example = 'such as "drafts/*.md" = {ignore = ["figure.*"]}'
    if not isinstance(given, Mapping):
        wrong(f"reports must be a table {example}", "reports")
        return
    for glob, table in given.items():
        glob = str(glob)
        name = f'reports."{glob[:60]}"'

        def wrong_here(message: str, *keys: str, glob: str = glob, name: str = name) -> None:
            wrong(f"{name}: {message}", "reports", glob, *keys)

        try:
            overrides.check_glob(glob)
        except WrongValueError as error:
            wrong(f"{name} {error.message}", "reports", glob)
        if isinstance(table, Mapping):
            _values(table, {key: READERS[key] for key in overrides.SETTINGS}, wrong_here, path)
        else:
            wrong_here(f"must be a table {example}")


def from_sources(
    file: tuple[str, str] | None,
    given: Mapping[str, object] | None = None,
    not_ours: Collection[str] = (),
    report: str | None = None,
) -> Read:
    """The configuration of a file (its path and text) and an editor's settings together, and the problems of both.

    `report` is the path of the report that it is for, from where the file's own path begins: the patterns of
    `reports` are about the way to it from the file's folder, in an editor's settings from the root.
    """
    editor = table_of_settings(given or {}, not_ours)
    of_editor, problems = from_table(editor, EDITOR)
    template, place = of_editor.template, of_editor.report
    table: Mapping[str, object] = {}
    if file is not None:
        table, problem = table_of(*file)
        of_file, more = from_table(table, *file)
        problems = (problem, *problems) if problem else (*more, *problems)
        template = of_file.template or template  # each counts from another folder
        place = of_file.report if "report" in table else place
    for_this = overrides.applied(table, _seen_from(file[0], report) if file and report is not None else None)
    merged, _ = from_table(merge(for_this, overrides.applied(editor, report)), EDITOR)
    return replace(merged, template=template, report=place), problems


def _seen_from(file: str, report: str) -> str | None:
    """The way from the configuration file's folder to the report; None where it does not lie below that."""
    folder = file.rpartition("/")[0]
    if not folder:
        return report
    return report[len(folder) + 1 :] if report.startswith(f"{folder}/") else None


def merge(file: Mapping[str, object], editor: Mapping[str, object]) -> dict[str, object]:
    """One table of two: the file wins key by key, in `limits` and `severity` entry by entry."""
    merged = {**editor, **file}
    for key in _BY_ENTRY:
        ours, theirs = file.get(key), editor.get(key)
        if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
            merged[key] = {**theirs, **ours}
    return merged


def table_of(path: str, text: str) -> tuple[Mapping[str, object], Problem | None]:
    """Our table in a TOML file, empty where there is none."""
    try:
        content: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r" \(at line (\d+), column \d+\)", str(error))
        message = str(error).replace(at[0], "") if at else str(error)
        return {}, Problem(
            path, int(at[1]) if at else None, f"is not valid TOML, so its settings do not apply: {message}"
        )
    except (RecursionError, ValueError):  # a number of a million digits, a thousand brackets
        return {}, Problem(path, None, "is not valid TOML, so its settings do not apply")
    for key in _prefix(path):
        content = content.get(key, {}) if isinstance(content, Mapping) else {}
    if not isinstance(content, Mapping):
        line = line_of(text, _prefix(path))
        return {}, Problem(path, line, "[tool.invigilator] must be a table, so its settings do not apply")
    return content, None


def table_of_settings(given: Mapping[str, object], not_ours: Collection[str] = ()) -> dict[str, object]:
    """The table an editor's settings make: names in camelCase become ours, empty values say nothing."""
    table = {re.sub(r"(?<=[a-z])([A-Z])", r"-\1", key).lower(): (key, value) for key, value in given.items()}
    return {name: value for name, (key, value) in table.items() if key not in not_ours and not _says_nothing(value)}


def _says_nothing(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, (list, tuple, Mapping)) and not value)


def _prefix(path: str) -> tuple[str, ...]:
    """The way to our table in a file of this name."""
    return ("tool", "invigilator") if re.split(r"[\\/]", path)[-1] == "pyproject.toml" else ()


def _unknown(key: str, path: str, readers: Mapping[str, _Reader]) -> str:
    if key == "tool" and not _prefix(path):
        return "[tool.invigilator] belongs in pyproject.toml; in this file the settings stand without it"
    names = [*readers, "reports"] if readers is READERS else list(readers)
    nearest = difflib.get_close_matches(key.lower().replace("_", "-"), names, n=1)
    if readers is not READERS and key in READERS:
        return f"{key} cannot be set for some reports only; {', '.join(names)} can"
    return f"{key[:60]} is no setting" + (f'; did you mean "{nearest[0]}"?' if nearest else "")


def _configuration(values: Mapping[str, Any]) -> Configuration:
    grammar, expected = DEFAULT_GRAMMAR, values.get("questions")
    heading: re.Pattern[str] | None = values.get("heading")
    if isinstance(expected, tuple):
        grammar = replace(grammar, heading=TITLED_HEADING, level=7, titles=expected)
    if heading is not None and ("title" if grammar.titles else "number") in heading.groupindex:
        grammar = replace(grammar, heading=heading, level=_level(heading.pattern))
    if "marker" in values:
        grammar = replace(grammar, marker=values["marker"])
    if "placeholder" in values:
        grammar = replace(grammar, placeholder=values["placeholder"])
    if "section-titles" in values:
        added = {title.strip().casefold() for title in values["section-titles"]}
        grammar = replace(grammar, section_titles=grammar.section_titles | added)
    if (grammar.heading, grammar.marker) != (DEFAULT_GRAMMAR.heading, DEFAULT_GRAMMAR.marker):
        grammar = replace(grammar, official=False)
    others = {key.replace("-", "_"): value for key, value in values.items() if key in _AS_READ}
    for key in _BY_ENTRY & values.keys():
        others[key] = MappingProxyType(values[key])
    questions = len(expected) if isinstance(expected, tuple) else expected
    return Configuration(grammar=grammar, questions=questions, **others)


def _level(pattern: str) -> int:
    """How many `#` a heading of this pattern begins with; 7 where it is no heading to Markdown."""
    signs = re.search(r"#(?:\{(?P<times>\d)[,}]|#*)", pattern)
    if signs is None:
        return 7
    return int(signs["times"]) if signs["times"] else len(signs[0])
