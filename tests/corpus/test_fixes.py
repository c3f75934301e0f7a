"""The fixes on real reports: what they mend is mended, and nothing else is touched.

The reports stand beside the project; without them there is nothing to test.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import markdown
import pytest

from invigilator.analysis import Analysis, analyse
from invigilator.checks.finding import Finding
from invigilator.fixes import apply, fixes_of, mend, safe_fixes
from invigilator.fixes.registry import FIXES
from invigilator.report.markdown import Markdown, read_markdown
from invigilator.surroundings.disk import DiskSurroundings
from invigilator.surroundings.root import find_root

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
REPORTS = sorted((CORPUS / "open").glob("*/README.md"))

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"no reports in {CORPUS}")
of_every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.parent.name)

OF_COUNTS = {"answer.too-short", "answer.too-long", "figure.too-few", "figure.too-many"}
"""What a fix brings that takes words or images away from a question that had enough of them for a bad reason."""

CONSEQUENCES = {
    "page.code-fence": OF_COUNTS,  # the words of the fence
    "answer.heading": OF_COUNTS,  # what stood behind it counts again
    "marker.duplicate": OF_COUNTS,
    "marker.missing": {*OF_COUNTS, "report.unreadable"},  # another question too many had made up for it
    "figure.link": {"figure.too-many", "figure.not-found"},
    "figure.too-few": {"figure.not-found"},
    "figure.not-shown": {"figure.not-found"},
}


@lru_cache(maxsize=64)
def analysed(report: Path) -> Analysis:
    return analyse(report.read_bytes().decode("utf-8"), DiskSurroundings(report, find_root(report)))


def again(analysis: Analysis, text: str) -> Analysis:
    return analyse(text, analysis.ground.surroundings)


def counted(analysis: Analysis) -> Counter[tuple[str, int | None]]:
    return Counter((finding.code, finding.question) for _, finding in analysis.placed())


def frames(analysis: Analysis) -> list[str]:
    """Headings, prompts and markers, and what stands between the questions but for the checklist's boxes."""
    ends = {state.section: state.question.answer.start for state in analysis.questions}
    sections = enumerate(analysis.outline.sections)
    return [re.sub(r"\[[ xX]*\]", "[]", s.text) if s.number is None else s.text[: ends[i]] for i, s in sections]


def passed(analysis: Analysis) -> set[tuple[str, int | None]]:
    official = analysis.verdict.answers if analysis.verdict else ()
    return {("own", s.question.number) for s in analysis.questions if s.passed} | {
        ("official", answer.place) for answer in official if answer.passed
    }


@of_every_report
def test_safe_fixes(report: Path) -> None:
    before = analysed(report)
    mended = mend(before)
    after = again(before, mended.analysis.outline.text)
    assert frames(after) == frames(before)
    assert passed(after) >= passed(before)
    assert [s.question.placeholders == () for s in after.questions] == [
        s.question.placeholders == () for s in before.questions
    ]
    assert safe_fixes(after) == []
    assert not any(fix.safe for section, finding in after.placed() for fix in fixes_of(after, section, finding))
    assert mend(after).fixed == 0
    assert after.outline.text.count("\r") == 0 or "\r" in before.outline.text
    new = counted(after) - counted(before)
    assert not {code for code, _ in new if severity(after, code) in ("error", "warning")}


@of_every_report
def test_every_fix_by_itself(report: Path) -> None:
    before = analysed(report)
    for section, finding in before.placed():
        for fix in fixes_of(before, section, finding):
            after = again(before, apply(before.outline.text, [fix]))
            key = finding.code, finding.question
            assert counted(after)[key] < counted(before)[key], (key, fix.title)
            new = {code for code, _ in counted(after) - counted(before)}
            grave = {code for code in new if severity(after, code) in ("error", "warning")}
            assert grave <= CONSEQUENCES.get(finding.code, set()), (key, fix.title)


@of_every_report
def test_every_finding_of_a_code_with_a_fix_has_one(report: Path) -> None:
    analysis = analysed(report)
    without = {
        (finding.code, finding.variant)
        for section, finding in analysis.placed()
        if finding.code in FIXES and not fixes_of(analysis, section, finding)
    }
    # no file has such a name; a question of their own may stay one
    assert without <= {("figure.not-found", ""), ("figure.outside-folder", ""), ("question.unknown", "")}


def severity(analysis: Analysis, code: str) -> str:
    return next(finding.severity for _, finding in analysis.placed() if finding.code == code)


# --- code fences ------------------------------------------------------------------------------------------------------


def fences(analysis: Analysis) -> Iterator[tuple[int, Finding, list[str]]]:
    """Every fence found, with its section and its lines of code that are not blank, without indentation."""
    for section, finding in analysis.placed():
        if finding.code == "page.code-fence":
            state = next(state for state in analysis.questions if state.section == section)
            (fence,) = (f for f in (state.question.markdown or Markdown()).fences if f.opener == finding.span)
            code = analysis.outline.sections[section].text[fence.opener.end : fence.span.end]
            yield section, finding, written(code.splitlines()[:-1])


def written(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]


def are_together(lines: list[str], blocks: list[str]) -> bool:
    """Whether one of the blocks of code has these lines, one below the other."""
    return any("\n".join(lines) in "\n".join(written(block.splitlines())) for block in blocks)


@of_every_report
def test_code_is_code_on_both_pages(report: Path) -> None:
    before = analysed(report)
    for section, finding, code in fences(before):
        (fix,) = fixes_of(before, section, finding)
        after = again(before, apply(before.outline.text, [fix]))
        state = next(state for state in after.questions if state.section == section)
        answer = after.outline.sections[section].text[state.question.answer.start :].replace("\r\n", "\n")
        parsed = read_markdown(answer)
        as_on_github = [answer[span.start : span.end] for span in parsed.code if "`" not in answer[span.start]]
        handed_in = re.findall(r"<pre><code>(.*?)</code></pre>", markdown.markdown(answer), re.DOTALL)
        assert are_together(code, as_on_github), finding.question
        assert are_together(code, list(map(html.unescape, handed_in))), finding.question
