"""Every fix: what it makes of a text, that its finding is gone then, and that nothing worse has come."""

from __future__ import annotations

from collections import Counter

import pytest

from drawn import check
from fixes import answer_cases, cases, figure_and_page_cases, template_cases
from fixes.cases import Case
from invigilator.analysis import Analysis
from invigilator.checks.finding import FileCopy, Fix
from invigilator.fixes import apply, fixes_of
from invigilator.fixes.registry import FIXES
from invigilator.surroundings.memory import MemorySurroundings
from pictures import png

CASES = [*answer_cases.CASES, *figure_and_page_cases.CASES, *template_cases.CASES]

PROMISED = {
    *("report.conflict-marker", "question.missing", "marker.missing", "marker.duplicate"),
    *("answer.heading", "answer.setext-heading", "answer.placeholder-left", "answer.placeholder-dashes"),
    *("answer.in-quote", "answer.joins-quote", "answer.unclosed", "answer.text-vanishes", "prompt.limit-removed"),
    *("figure.too-few", "figure.not-shown", "figure.wrong-case", "figure.not-found", "figure.html", "figure.link"),
    *("figure.no-alt", "page.list-needs-blank-line", "page.nested-list-indent", "page.code-fence"),
    *("checklist.malformed-box", "figure.outside-folder"),
    *("prompt.changed", "question.duplicate", "question.out-of-order", "question.unknown"),
}


def analysed(case: Case, text: str) -> Analysis:
    return check(text, MemorySurroundings(case.files))


def fixes(case: Case, text: str) -> list[Fix]:
    """Those of the case's title, in the order of the text."""
    analysis = analysed(case, text)
    placed = [(section, finding) for section, finding in analysis.placed() if finding.code == case.code]
    assert placed, f"found only {[finding.code for _, finding in analysis.placed()]}"
    offered = [fix for section, finding in placed for fix in fixes_of(analysis, section, finding)]
    chosen = [fix for fix in offered if fix.title == case.title]
    assert chosen, f"offered only {[fix.title for fix in offered]}"
    return chosen


def counted(analysis: Analysis) -> Counter[str]:
    return Counter(finding.code for _, finding in analysis.placed())


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fix(case: Case, newline: str) -> None:
    before, after = (text.replace("\n", newline) for text in (case.before, case.after))
    fix = fixes(case, before)[0]
    assert apply(before, [fix]) == after
    assert fix.safe is case.safe


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_its_finding_is_gone_and_nothing_worse_has_come(case: Case) -> None:
    before, after = analysed(case, case.before), analysed(case, case.after)
    assert counted(after)[case.code] < counted(before)[case.code]
    grave = {finding.code for _, finding in after.placed() if finding.severity in ("error", "warning")}
    new = counted(after) - counted(before)
    # an inserted question waits for its answer, and an image that is shown may be another's business
    assert {code for code in new if code in grave} <= {"answer.missing", "answer.too-short"}


def test_every_promised_fix_is_there_and_tried() -> None:
    assert set(FIXES) == PROMISED
    assert {case.code for case in CASES} == PROMISED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_titles_are_short_and_quote_no_answer(case: Case) -> None:
    assert len(case.title) <= 60
    assert case.title[0].isupper()
    assert not case.title.endswith(".")


@pytest.mark.parametrize(
    ("there", "offered", "copy"),
    [
        (cases.FILES["images/roc.png"], "Write figures/roc.png", None),
        (None, "Copy it to figures/roc.png", FileCopy("images/roc.png", "figures/roc.png")),
        (png(9, 9), "Copy it to figures/roc-2.png", FileCopy("images/roc.png", "figures/roc-2.png")),
        (b"", "Copy it to figures/roc-2.png", FileCopy("images/roc.png", "figures/roc-2.png")),
    ],
    ids=["a copy is there", "none is there", "another of that name", "an empty one"],
)
def test_a_picture_outside_the_folder(there: bytes | str | None, offered: str, copy: FileCopy | None) -> None:
    """Only a copy is linked: a figure of the same name may be another picture, and is never written over."""
    text = cases.report("![a](images/roc.png)")
    files = {path: content for path, content in cases.FILES.items() if path != "figures/roc.png"}
    analysis = check(text, MemorySurroundings(files if there is None else {**files, "figures/roc.png": there}))
    found = [pair for pair in analysis.placed() if pair[1].code == "figure.outside-folder"]
    (fix,) = [fix for pair in found for fix in fixes_of(analysis, *pair)]
    assert (fix.title, fix.copy, fix.safe) == (offered, copy, False)
    assert apply(text, [fix]) == text.replace("images/roc.png", offered.split()[-1])
