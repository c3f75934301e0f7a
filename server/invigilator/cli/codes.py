"""The codes of findings that `--select` and `--ignore` take."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from invigilator.analysis import Analysis, matches
from invigilator.checks.finding import Finding
from invigilator.checks.registry import RULES

_FAMILIES: Final = tuple(dict.fromkeys(f"{code.split('.')[0]}.*" for code in RULES))
_LIKE_A_CODE: Final = re.compile(rf"(?:{'|'.join(family.split('.')[0] for family in _FAMILIES)}|\*)\.[a-z*?,.-]+")


def read_patterns(given: Iterable[str]) -> tuple[str, ...]:
    """The patterns in `given`, several of which may stand in one, with commas between.

    Raises ValueError for one that no code matches.
    """
    patterns = tuple(dict.fromkeys(part.strip() for item in given for part in item.split(",") if part.strip()))
    for pattern in patterns:
        if not any(matches(code, (pattern,)) for code in RULES):
            raise ValueError(f"{pattern} is no code of a finding{nearest(pattern)}")
    return patterns


def spread(arguments: Sequence[str], options: Sequence[str]) -> list[str]:
    """The arguments with `--select a b` written as `--select a --select b`.

    What follows a code is taken for another one only if it looks like one and no file has that name.
    """
    spread: list[str] = []
    option: str | None = None  # the one whose codes are being read
    is_value = False
    for index, argument in enumerate(arguments):
        if argument == "--":
            return [*spread, *arguments[index:]]
        if option is not None and not is_value and _is_another(argument):
            spread.append(option)
        elif is_value:
            is_value = False
        else:
            option = next((name for name in options if argument.split("=")[0] == name), None)
            is_value = option is not None and "=" not in argument
        spread.append(argument)
    return spread


def chosen(analysis: Analysis, select: Sequence[str], ignore: Sequence[str]) -> Analysis:
    """The analysis with those of its findings that the command line asks for as well."""
    if not (select or ignore):
        return analysis

    def wanted(findings: Iterable[Finding]) -> Iterator[Finding]:
        for finding in findings:
            if (not select or matches(finding.code, select)) and not matches(finding.code, ignore):
                yield finding

    return analysis._replace(findings=tuple(tuple(wanted(findings)) for findings in analysis.findings))


def _is_another(argument: str) -> bool:
    return _LIKE_A_CODE.fullmatch(argument) is not None and not Path(argument).exists()


def nearest(pattern: str) -> str:
    """The codes that are like what was given, or else the families, as the end of a message."""
    known = [*RULES, *_FAMILIES]
    near = difflib.get_close_matches(pattern, known, n=3, cutoff=0.6)
    near = near or [code for code in known if pattern and pattern.casefold() in code][:3]
    return f": did you mean {' or '.join(near)}?" if near else f"; the families are {', '.join(_FAMILIES)}"
