"""What can be asked of `invigilator check`, and the codes it ends with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from invigilator.checks.finding import SEVERITIES, Severity

Format = Literal["text", "json", "github", "markdown", "sarif", "junit"]
FORMATS: Final[tuple[Format, ...]] = ("text", "json", "github", "markdown", "sarif", "junit")
Threshold = Literal["error", "warning", "information", "hint", "never"]
THRESHOLDS: Final[tuple[Threshold, ...]] = (*SEVERITIES, "never")

FINE: Final = 0
FAULTS: Final = 1
UNUSABLE: Final = 2
INTERRUPTED: Final = 130


def at_or_above(threshold: Threshold) -> tuple[Severity, ...]:
    """The severities that count as a fault; none for ``never``."""
    return () if threshold == "never" else SEVERITIES[: SEVERITIES.index(threshold) + 1]


@dataclass(frozen=True)
class Options:
    """What the command was asked for.

    `output` is a file (None: standard output), `fail_on` the mildest finding that counts as a fault, `select` and
    `ignore` are patterns of codes that come on top of the configuration's; `fix` is whether safe fixes are applied,
    `diff` whether they are only shown.
    """

    paths: Sequence[str] = ()
    format: Format = "text"
    output: str | None = None
    fail_on: Threshold = "warning"
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fix: bool = False
    diff: bool = False
