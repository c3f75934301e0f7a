"""Several fixes at once: which go together, and what makes one safe."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import check, examples
from fixes.answer_cases import CASES as OF_ANSWERS
from fixes.cases import FILES
from fixes.figure_and_page_cases import CASES as OF_PAGES
from invigilator.analysis import Analysis
from invigilator.checks.finding import Edit, Fix
from invigilator.fixes import apply, fixes_of, mend, safe_fixes, together
from invigilator.surroundings.memory import MemorySurroundings
from invigilator.text import Span
from reports import question, report, words

LIMITS = {"1": {"words": [5, 10]}}


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix("Fix", tuple(Edit(Span(start, end), new) for start, end, new in edits))


def analysed(text: str, **configuration: object) -> Analysis:
    return check(text, MemorySurroundings(FILES), **configuration)


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ([fix((0, 1, "A")), fix((2, 3, "C"))], "AbCdef"),
        ([fix((2, 3, "C")), fix((0, 1, "A"))], "AbCdef"),
        ([fix((0, 2, "x")), fix((1, 3, "y"))], "xcdef"),
        ([fix((1, 1, "x")), fix((1, 1, "y"))], "axbcdef"),
        ([fix((1, 3, "x")), fix((1, 1, "y"))], "axdef"),
        ([fix((1, 3, "x")), fix((2, 2, "y"))], "axdef"),
        ([fix((1, 3, "x")), fix((3, 3, "y"))], "axydef"),
        ([fix((3, 3, "y")), fix((1, 3, "x"))], "axydef"),
        ([fix((0, 1, "A"), (5, 6, "F")), fix((2, 3, "C")), fix((3, 6, "-"))], "AbCdeF"),
        ([fix((1, 2, "x"), (4, 5, "y")), fix((2, 3, "z"), (4, 4, "!"))], "axcdyf"),
        ([Fix("nothing", ()), fix((0, 0, ">"))], ">abcdef"),
    ],
)
def test_of_two_in_one_place_the_first(fixes: list[Fix], expected: str) -> None:
    assert apply("abcdef", fixes) == expected


SPANS = st.tuples(st.integers(0, 30), st.integers(0, 4)).map(lambda pair: (pair[0], pair[0] + pair[1], "x"))


@examples(300)
@given(st.lists(st.lists(SPANS, min_size=1, max_size=1), max_size=12))
def test_what_goes_together_is_the_same_as_with_every_pair_compared(given: list[list[tuple[int, int, str]]]) -> None:
    fixes = [fix(*edits) for edits in given]
    kept: list[Fix] = []
    for one in fixes:
        (a,) = one.edits
        others = [edit.span for other in kept for edit in other.edits]
        if not any(a.span.start == b.start or (a.span.start < b.end and b.start < a.span.end) for b in others):
            kept.append(one)
    assert together(fixes) == kept


# --- safe ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "safe"),
    [
        ("--- one two three four five ---", True),
        ("--- one two three four ---", False),  # 6 words, 4 without the dashes
        ("--- one two three", True),  # it fails already
    ],
)
def test_dashes_that_are_counted_stay(answer: str, safe: bool) -> None:
    text = report(question(1, answer), question(2, "Two."))
    analysis = analysed(text, limits=LIMITS)
    (found,) = [
        fix
        for section, finding in analysis.placed()
        if finding.code == "answer.placeholder-dashes"
        for fix in fixes_of(analysis, section, finding)
    ]
    assert found.safe is safe
    mended = mend(analysis)
    assert mended.fixed == int(safe)
    assert (mended.analysis.outline.text != text) is safe


def test_what_is_safe_by_itself_need_not_be_together() -> None:
    """Each of two takes one word of an answer that can spare one."""
    answer = "> Answer:\n\none two three\n\n![a](<figures/loss Curve.png>) ![b](<figures/loss Curve.png>)"
    text = question(1, "x").replace("> Answer:\n\nx", answer) + question(2, "Two.")
    limits = {"1": {"words": [6, 10]}}
    analysis = analysed(text, limits=limits)
    each = [
        fix
        for section, finding in analysis.placed()
        if finding.code == "figure.wrong-case"
        for fix in fixes_of(analysis, section, finding)
    ]
    assert [fix.safe for fix in each] == [True, True]
    assert len(safe_fixes(analysis)) == 1
    mended = mend(analysis)
    assert mended.fixed == 1
    assert mended.analysis.questions[0].passed
    assert mended.analysis.outline.text.count("Loss%20curve.png") == 1


def test_what_one_round_brings_to_light_the_next_mends() -> None:
    text = question(1, "x").replace("> Answer:\n\nx", "> Answer: We used:\n- one\n- two <name>") + question(2, "Two.")
    mended = mend(analysed(text))
    assert mended.analysis.outline.text == text.replace(
        "> Answer: We used:\n- one\n- two <name>", "> Answer:\n\nWe used:\n\n- one\n- two `<name>`"
    )
    assert mended.fixed == 3
    assert mend(mended.analysis).fixed == 0


def test_only_the_codes_that_are_wanted() -> None:
    text = report(question(1, "--- We used:\n- one\n- two ---"), question(2, "Two."))
    mended = mend(analysed(text), lambda code: code == "page.list-needs-blank-line")
    assert mended.analysis.outline.text == text.replace("used:\n", "used:\n\n")
    assert mended.fixed == 1


# --- whatever is written ----------------------------------------------------------------------------------------------

HEAD = "### Question 1\n\n> **What did you do?**\n>\n> Answer:\n\n"
PIECES = sorted(
    {
        piece
        for case in (*OF_ANSWERS, *OF_PAGES)
        if case.before.startswith("### Question 1\n\n> **What did you do?**\n>\n> Answer:\n\n")
        and "<<<" not in case.before
        for piece in [case.before.partition("> Answer:\n\n")[2].partition("\n\n### Question 2")[0]]
        if len(piece) < 200
    }
)
ANSWERS = st.lists(st.sampled_from([*PIECES, words(6), "\n", "> quoted", "![a](figures/loss.png)"]), max_size=4)


def frames(analysis: Analysis) -> list[str]:
    """What the template says: every question down to its marker."""
    sections = analysis.outline.sections
    return [sections[state.section].text[: state.question.answer.start] for state in analysis.questions]


@examples(120)
@given(st.lists(ANSWERS, min_size=1, max_size=3), st.sampled_from(["\n", "\r\n", "\r"]))
def test_safe_fixes_of_whatever_is_written(answers: list[list[str]], newline: str) -> None:
    """They end, leave no safe one over, fail no question, and keep headings, prompts and line endings."""
    text = report(*(question(n, "\n\n".join(parts)) for n, parts in enumerate(answers, start=1)))
    analysis = analysed(text.replace("\n", newline), limits=LIMITS)
    mended = mend(analysis)
    after = mended.analysis
    assert safe_fixes(after) == []
    assert mend(after).fixed == 0
    assert [s.question.number for s in after.questions] == [s.question.number for s in analysis.questions]
    assert all(new.passed or not old.passed for old, new in zip(analysis.questions, after.questions, strict=True))
    for old, new in zip(analysis.questions, after.questions, strict=True):
        kept = [
            a.outline.sections[s.section].text[: s.question.answer.start] for a, s in ((analysis, old), (after, new))
        ]
        assert kept[0] == kept[1]
    breaks = {"\n": "\r", "\r\n": None, "\r": "\n"}[newline]
    rest = after.outline.text.replace(newline, "")
    assert (breaks is None and "\r" not in rest and "\n" not in rest) or (breaks is not None and breaks not in rest)


@examples(120)
@given(st.lists(ANSWERS, min_size=1, max_size=3))
def test_every_fix_of_whatever_is_written(answers: list[list[str]]) -> None:
    """Each can be applied by itself, is about its own question, and does to a CRLF text what it does to the other."""
    text = report(*(question(n, "\n\n".join(parts)) for n, parts in enumerate(answers, start=1)))
    analysis, other = analysed(text), analysed(text.replace("\n", "\r\n"))
    pairs = zip(analysis.placed(), other.placed(), strict=True)
    for (section, finding), (same, twin) in pairs:
        fixes, twins = fixes_of(analysis, section, finding), fixes_of(other, same, twin)
        assert [fix.title for fix in fixes] == [fix.title for fix in twins]
        for fix, its_twin in zip(fixes, twins, strict=True):
            assert together([fix]) == [fix]
            after = apply(text, [fix])
            assert after != text
            assert apply(other.outline.text, [its_twin]) == after.replace("\n", "\r\n")
