"""What stands in the report: whether the official check passes, and nothing is left that does not belong there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Final
from urllib.parse import unquote

from invigilator.analysis import Analysis, QuestionState
from invigilator.checks.finding import Finding
from invigilator.ready.model import Check, Handover, Reason, check, line_of, note, reason_of
from invigilator.ready.steps import name_of
from invigilator.report.destination import shortened, understand
from invigilator.text import Span

_CONSEQUENCES: Final = ("report.unreadable", "report.shifted")
_WHY_IT_FAILS: Final = ("answer.missing", "answer.too-", "answer.heading", "figure.too-")
_CONFLICT: Final = "report.conflict-marker"
_OF_OTHER_CHECKS: Final = ("figure.", "page.", _CONFLICT)
_LOST_ON_THE_PAGE: Final = ("answer.unclosed", "figure.not-shown")


def official_check(handover: Handover) -> Check:
    """It runs and every question passes; where there is no official check, every question keeps to its limits.

    Whatever else is an error, and belongs to no other check, is named here.
    """
    analysis = handover.analysis
    verdict = analysis.verdict
    title = "The official check passes" if verdict is not None else "Every question keeps to its limits"
    wrong: list[Reason] = []
    if verdict is None:
        failing = [state for state in analysis.questions if state.passed is False]
    elif not verdict.runs or verdict.shifted:
        failing = [state for state in analysis.questions if state.passed is False]
        of_report = (placed for placed in analysis.of_report if placed.finding.code in _CONSEQUENCES)
        wrong.extend(reason_of(analysis, placed.section, placed.finding) for placed in of_report)
    else:
        numbers = {answer.question for answer in verdict.answers if not answer.passed}
        failing = [state for state in analysis.questions if state.question.number in numbers]
    wrong.extend(reason for state in failing for reason in _why_it_fails(analysis, state))
    wrong.extend(
        reasons_of(
            analysis, lambda finding: finding.severity == "error" and not finding.code.startswith(_OF_OTHER_CHECKS)
        )
    )
    return check("official-check", title, tuple(dict.fromkeys(wrong)), [note(one) for one in _other_script(handover)])


def conflict_markers(handover: Handover) -> Check:
    """No merge has left both versions of something, in the text or in git."""
    analysis, delivery = handover.analysis, handover.delivery
    wrong = list(reasons_of(analysis, lambda finding: finding.code == _CONFLICT))
    for path, status in delivery.files.items():
        if status == "unmerged":
            name = shortened(path)
            wrong.append(
                Reason(
                    f"Git has not finished merging {name}. Make it what it should be, "
                    f"then type: git add {handover.typed(path)}, then git commit --no-edit",
                    path=path,
                )
            )
    return check("conflict-markers", "No merge conflict is left", wrong)


def placeholders(handover: Handover) -> Check:
    """No placeholder is left, neither in place of an answer nor beside one."""
    analysis = handover.analysis
    wrong: list[Reason] = []
    blank: list[Reason] = []
    for state in analysis.questions:
        section, question = analysis.outline.sections[state.section], state.question
        if question.marker is not None:
            found = question.placeholders
        else:
            found = tuple(Span(*match.span()) for match in section.grammar.placeholder.finditer(section.text))
        line = line_of(analysis, state.section, found[0] if found else question.anchor)
        if found and not question.answered:
            wrong.append(
                Reason(f"Question {question.number} still has its placeholder. Write the answer in its place.", line)
            )
        elif found:
            message = f"Question {question.number} still has its placeholder beside the answer. Delete it."
            wrong.append(Reason(message, line))
        elif question.marker is not None and not question.answered:
            blank.append(Reason(f"Question {question.number} has no answer, and no placeholder either.", line))
    return check("placeholders", "No placeholder is left", wrong, [note(one) for one in blank])


def page(handover: Handover) -> Check:
    """The page that the course's script makes is there, and shows every picture and every word that answers have."""
    analysis = handover.analysis
    title = "The page that is handed in is whole"
    if handover.page is None:
        message = (
            "The course's script makes no page of this report: its Markdown library fails. Look for very deep quotes "
            "or lists, or hundreds of brackets in one place, and take them apart."
        )
        return check("page", title, [Reason(message)])
    wrong = list(
        reasons_of(
            analysis,
            lambda finding: (
                finding.code in _LOST_ON_THE_PAGE or (finding.severity == "error" and finding.code.startswith("page."))
            ),
        )
    )
    shown = _pictures(handover.page)
    for state in analysis.questions:
        markdown = state.question.markdown
        for link in markdown.links if markdown else ():
            if link.kind != "image" or link.span.start < state.question.answer.start or _plain(link.target) in shown:
                continue
            message = (
                f"Question {state.question.number}: the picture {shortened(understand(link.target).path)} is not on "
                "the page: HTML around it hides it, or its link is written in an unusual way. "
                "Write ![what it shows](its path) on a line of its own, outside of any HTML."
            )
            wrong.append(Reason(message, line_of(analysis, state.section, link.span)))
    return check("page", title, wrong)


def reasons_of(analysis: Analysis, wanted: Callable[[Finding], bool]) -> Iterator[Reason]:
    """Those findings that comments and configuration leave: what somebody has silenced is no reason."""
    for section, finding in analysis.placed():
        if wanted(finding):
            yield reason_of(analysis, section, finding)


def _why_it_fails(analysis: Analysis, state: QuestionState) -> Iterator[Reason]:
    """What is missing of a question that fails, also where those findings are silenced: the check knows no comments."""
    found = [finding for finding in analysis.of_questions[state.section] if finding.code.startswith(_WHY_IT_FAILS)]
    for finding in found:
        yield reason_of(analysis, state.section, finding)
    if not found:
        number = state.question.number
        message = f"Question {number} does not pass. Type: invigilator check, which shows what is asked for."
        yield Reason(message, line_of(analysis, state.section, state.question.anchor))


def _other_script(handover: Handover) -> Iterator[Reason]:
    """Where the limits come from a `report.py` that is not the one which the others have."""
    script = script_of(handover.analysis)
    compared = handover.delivery.branches.compared
    if script and compared and handover.delivery.files.get(script) in ("changed", "staged", "committed"):
        yield Reason(
            f"{script} here is not the one on {compared}, and its limits were used: staff judge by their own. "
            f"Type: git diff {name_of(compared)} -- {handover.typed(script)}",
            path=script,
        )


def script_of(analysis: Analysis) -> str | None:
    """The `report.py` beside the report, as a path from the report's folder."""
    script = analysis.ground.surroundings.script
    return None if script is None else script.path.rpartition("/")[2]


class _Pictures(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.update(_plain(value) for name, value in attrs if name == "src" and value)


def _pictures(html: str) -> set[str]:
    parser = _Pictures()
    parser.feed(html)
    parser.close()
    return parser.found


def _plain(target: str) -> str:
    """A picture's address, in whichever way it is encoded."""
    return unquote(target).strip()
