"""Which fix mends which finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from invigilator.analysis import Analysis
from invigilator.checks.finding import Finding, Fix
from invigilator.fixes import (
    answers,
    checklists,
    figures,
    html_images,
    markers,
    not_shown,
    pages,
    prompts,
    questions,
    reports,
)
from invigilator.fixes.context import FixContext
from invigilator.fixes.harmless import are_harmless

FIXES: Final[Mapping[str, Callable[[FixContext], Iterator[Fix]]]] = {
    "report.conflict-marker": reports.conflict_marker,
    "question.missing": questions.missing,
    "question.duplicate": questions.renumbered,
    "question.out-of-order": questions.renumbered,
    "question.unknown": questions.renumbered,
    "marker.missing": markers.missing,
    "marker.duplicate": markers.duplicate,
    "answer.heading": answers.heading,
    "answer.setext-heading": answers.setext_heading,
    "answer.placeholder-left": answers.placeholder_left,
    "answer.placeholder-dashes": answers.placeholder_dashes,
    "answer.in-quote": answers.in_quote,
    "answer.joins-quote": answers.joins_quote,
    "answer.unclosed": answers.unclosed,
    "answer.text-vanishes": answers.text_vanishes,
    "prompt.changed": prompts.changed,
    "prompt.limit-removed": prompts.limit_removed,
    "figure.too-few": figures.too_few,
    "figure.not-shown": not_shown.not_shown,
    "figure.wrong-case": figures.wrong_case,
    "figure.not-found": figures.not_found,
    "figure.outside-folder": figures.outside_folder,
    "figure.html": html_images.img,
    "figure.link": figures.link,
    "figure.no-alt": figures.no_alt,
    "page.list-needs-blank-line": pages.list_needs_blank_line,
    "page.nested-list-indent": pages.nested_list_indent,
    "page.code-fence": pages.code_fence,
    "checklist.malformed-box": checklists.malformed_box,
}
"""By the finding's code. A new fix is a function in its family's file, and its line here."""


def fixes_of(analysis: Analysis, section: int, finding: Finding) -> tuple[Fix, ...]:
    """The ways to mend a finding of section number `section`, the likeliest first.

    One is safe only where nobody has to think about it: it leaves what the template says alone, and no question that
    passes fails afterwards.
    """
    make = FIXES.get(finding.code)
    if make is None:
        return ()
    fixes = make(FixContext(analysis, section, finding))
    return tuple(_judged(analysis, fix) for fix in fixes)


def _judged(analysis: Analysis, fix: Fix) -> Fix:
    return fix._replace(safe=False) if fix.safe and not are_harmless(analysis, fix.edits) else fix
