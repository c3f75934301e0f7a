"""All safe fixes of a report at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from invigilator.analysis import Analysis, analyse
from invigilator.checks.finding import Edit, Fix
from invigilator.fixes.edits import edited, together
from invigilator.fixes.harmless import are_harmless
from invigilator.fixes.registry import fixes_of

_MOST_ROUNDS: Final = 10


class Mended(NamedTuple):
    """A report after its safe fixes, and how many there were."""

    analysis: Analysis
    fixed: int


def mend(analysis: Analysis, wanted: Callable[[str], bool] = lambda code: True) -> Mended:
    """Apply the safe fixes of the findings whose codes are `wanted`, until there are none left.

    What one fix brings to light the next round mends; no more than ten rounds are made.
    """
    count = 0
    for _ in range(_MOST_ROUNDS):
        fixes = safe_fixes(analysis, wanted)
        if not fixes:
            break
        count += len(fixes)
        text = edited(analysis.outline.source, (edit for fix in fixes for edit in fix.edits))
        analysis = analyse(text, analysis.ground.surroundings, analysis.ground.settings, analysis)
    return Mended(analysis, count)


def safe_fixes(analysis: Analysis, wanted: Callable[[str], bool] = lambda code: True) -> list[Fix]:
    """The safe fixes that can be applied at once, and are safe together too."""
    found = (
        fix
        for section, finding in analysis.placed()
        if wanted(finding.code)
        for fix in [next((fix for fix in fixes_of(analysis, section, finding) if fix.safe), None)]
        if fix is not None
    )
    fixes = together(found)
    edits = [edit for fix in fixes for edit in fix.edits]
    if are_harmless(analysis, edits):
        return fixes
    kept: list[Fix] = []
    so_far: list[Edit] = []
    for fix in fixes:  # two that each take a word too many to take both
        if are_harmless(analysis, [*so_far, *fix.edits]):
            kept.append(fix)
            so_far.extend(fix.edits)
    return kept
