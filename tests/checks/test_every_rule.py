"""Every code of the table is found somewhere, and says what it should."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from invigilator.checks.finding import SEVERITIES, Count, Rule
from invigilator.checks.registry import RULES

DRAWN = re.compile(r"[\^}] ([a-z]+\.[a-z-]+)$", re.MULTILINE)


def drawn_codes() -> set[str]:
    """The codes that the pictures of this folder's tests expect somewhere."""
    return {
        code
        for path in Path(__file__).parent.glob("test_*_checks.py")
        for code in DRAWN.findall(path.read_text("utf-8"))
    }


def test_every_code_is_drawn_in_a_test() -> None:
    assert set(RULES) <= drawn_codes()


def test_no_test_draws_a_code_that_there_is_not() -> None:
    assert drawn_codes() <= set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_row_of_the_table(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*", rule.code)
    assert rule.severity in SEVERITIES
    assert rule.when.endswith(".")
    assert rule.messages
    assert set(rule.milder) | rule.silent <= set(rule.messages)
    gravity = SEVERITIES.index(rule.severity)
    assert all(SEVERITIES.index(milder) > gravity for milder in rule.milder.values())
    for message in rule.messages.values():
        assert message.rstrip(")").endswith((".", "?", "}"))
        assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(message))


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        ("report.conflict-marker", "error"),
        ("report.unreadable", "error"),
        ("report.shifted", "error"),
        ("question.missing", "error"),
        ("question.duplicate", "error"),
        ("question.out-of-order", "error"),
        ("question.unknown", "error"),
        ("marker.missing", "error"),
        ("marker.duplicate", "error"),
        ("answer.missing", "warning"),
        ("answer.too-short", "warning"),
        ("answer.too-long", "warning"),
        ("answer.heading", "warning"),
        ("answer.placeholder-left", "warning"),
        ("answer.unclosed", "warning"),
        ("answer.setext-heading", "warning"),
        ("answer.placeholder-dashes", "hint"),
        ("answer.in-quote", "information"),
        ("answer.joins-quote", "hint"),
        ("answer.text-vanishes", "warning"),
        ("prompt.changed", "hint"),
        ("prompt.limit-removed", "hint"),
        ("limits.disagree", "information"),
        ("figure.too-few", "warning"),
        ("figure.too-many", "warning"),
        ("figure.not-shown", "warning"),
        ("figure.remote", "information"),
        ("figure.bad-extension", "warning"),
        ("figure.wrong-case", "error"),
        ("figure.not-found", "error"),
        ("figure.corrupt", "warning"),
        ("figure.untracked", "information"),
        ("figure.outside-folder", "information"),
        ("figure.html", "information"),
        ("figure.link", "information"),
        ("figure.no-alt", "hint"),
        ("page.list-needs-blank-line", "hint"),
        ("page.nested-list-indent", "hint"),
        ("page.code-fence", "warning"),
        ("page.table", "hint"),
        ("checklist.malformed-box", "information"),
    ],
)
def test_severities_are_a_promise(code: str, severity: str) -> None:
    assert RULES[code].severity == severity


@pytest.mark.parametrize(("count", "text"), [(0, "0 words"), (1, "1 word"), (2, "2 words")])
def test_a_count_says_what_it_counts(count: int, text: str) -> None:
    assert f"{Count(count):word}" == text
    assert f"{Count(count)}" == str(count)
    assert f"{Count(count):03d}" == f"{count:03d}"
