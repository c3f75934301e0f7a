"""``prompt.changed`` and ``question.*`` on real reports: each is its own template, whatever is written in it.

The reports stand beside the project; without them there is nothing to test.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from invigilator.analysis import Analysis, analyse
from invigilator.fixes import apply, fixes_of
from invigilator.surroundings.memory import MemorySurroundings

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
REPORTS = sorted((CORPUS / "open").glob("*/README.md"))

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"no reports in {CORPUS}")
of_every_report = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.parent.name)

CONFIGURATION = 'template = "template.md"\nselect = ["prompt.*", "question.*"]\n'


def read(report: Path) -> str:
    return report.read_bytes().decode("utf-8")


def against(template: str, text: str, more: str = "") -> Analysis:
    beside = {"template.md": template, "invigilator.toml": CONFIGURATION + more}
    return analyse(text, MemorySurroundings(beside))


def found(analysis: Analysis) -> set[tuple[str, int | None]]:
    return {(finding.code, finding.question) for _, finding in analysis.placed()}


def blanked(text: str) -> str:
    """The report with a placeholder in place of every answer."""
    analysis = analyse(text, MemorySurroundings({}))
    for state in reversed(analysis.questions):
        if len(state.question.markers) == 1:
            start, end = state.question.answer.moved(analysis.outline.starts[state.section])
            text = f"{text[:start]}\n\n--- question {state.question.number} fill here ---\n\n{text[end:]}"
    return text


def rewrapped(text: str) -> str:
    """The report with every line of its quotes cut in two, and its bold words left plain."""
    cut = re.sub(r"(?m)^(> .{20,}?) (\S)", r"\1\n> \2", text)
    return re.sub(r"(?m)^(>.*)$", lambda line: line[1].replace("**", ""), cut)


@of_every_report
def test_a_report_is_like_itself(report: Path) -> None:
    known = {pair for pair in found(against(read(report), read(report))) if pair[0] != "question.unknown"}
    assert known == set(), "a question that a report has lost its own marker of is known to be missing in neither"


@of_every_report
def test_its_answers_are_nobodys_business(report: Path) -> None:
    text = read(report)
    assert found(against(blanked(text), text)) == found(against(text, text))
    assert found(against(text, blanked(text))) == found(against(text, text))


@of_every_report
def test_wrapped_otherwise_it_is_the_same(report: Path) -> None:
    text = read(report)
    assert {code for code, _ in found(against(text, rewrapped(text)))} <= {"question.unknown"}


@of_every_report
def test_restored_it_is_as_it_was(report: Path) -> None:
    text = read(report)
    analysis = against(text, rewrapped(text), '[severity]\n"prompt.changed" = "hint"\n')
    fixes = [
        fix for at, one in analysis.placed() if one.code == "prompt.changed" for fix in fixes_of(analysis, at, one)
    ]
    assert len(fixes) > 15
    after = against(text, apply(analysis.outline.text, fixes), '[severity]\n"prompt.changed" = "hint"\n')
    assert {code for code, _ in found(after)} <= {"question.unknown"}


def cut(text: str, number: int) -> tuple[str, str, str]:
    """What stands above a question's heading, the question, and what stands below it."""
    analysis = analyse(text, MemorySurroundings({}))
    section = next(state.section for state in analysis.questions if state.question.number == number)
    start, end = analysis.outline.starts[section], analysis.outline.starts[section + 1]
    return text[:start], text[start:end], text[end:]


DAMAGE = {
    "deleted": (lambda number, own: "", ("question.missing", "deleted", 0)),
    "merged": (lambda number, own: own.split("\n", 1)[1], ("question.missing", "merged", 0)),
    "an odd number": (
        lambda number, own: own.replace(f"Question {number}", f"Question {number + 70}", 1),
        ("question.unknown", "renumbered", 70),
    ),
    "another's number": (
        lambda number, own: own.replace(f"Question {number}", f"Question {number - 1}", 1),
        ("question.duplicate", "renumbered", -1),
    ),
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("number", [7, 20, 21, 25])
@of_every_report
def test_what_was_done_to_a_question_has_one_name_and_can_be_undone(report: Path, number: int, damage: str) -> None:
    whole = read(report)
    above, own, below = cut(whole, number)
    change, (code, variant, by) = DAMAGE[damage]
    before = against(whole, whole)
    analysis = against(whole, above + change(number, own) + below)
    known = [(one.code, one.question) for _, one in before.placed()]
    ((at, found_one),) = [(at, one) for at, one in analysis.placed() if (one.code, one.question) not in known]
    assert (found_one.code, found_one.variant, found_one.question) == (code, variant, number + by)
    (fix,) = fixes_of(analysis, at, found_one)
    after = against(whole, apply(analysis.outline.text, [fix]))
    assert found(after) == found(before)
