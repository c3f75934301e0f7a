"""Which findings are shown: those that no ignore comment silences and that the configuration wants to see."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from invigilator.checks.context import Placed
from invigilator.checks.finding import Finding, Rule
from invigilator.checks.silencing import IgnoreComment, hear, on_first_line, on_last_line
from invigilator.report.configuration import Configuration
from invigilator.report.sections import Section

Findings = tuple[Finding, ...]
"""Those of one section."""


class Found(NamedTuple):
    """All findings before the choice, those of questions and those of the report as a whole, and the ignore comments.

    `comments` are by section; a section without any is not in it. `codes` are all codes that there are.
    """

    sections: Sequence[Section]
    of_questions: Sequence[Findings]
    of_report: Mapping[int, Sequence[Finding]]
    comments: Mapping[int, Sequence[IgnoreComment]]
    codes: Collection[str]

    def of(self, section: int) -> Findings:
        """The findings of a section."""
        return (*self.of_questions[section], *self.of_report.get(section, ()))

    def heard(self, section: int) -> Findings:
        """The findings of a section that no comment silences, and what is to be said of its comments."""
        findings, sections, comments = self.of(section), self.sections, self.comments
        above = on_last_line(sections[section - 1], comments[section - 1]) if section - 1 in comments else []
        own = comments.get(section, ())
        if not (own or above):
            return findings
        below: list[Finding] = []
        if section + 1 < len(sections) and on_last_line(sections[section], own):
            below = on_first_line(sections[section + 1], self.of(section + 1))
        return hear(sections[section], findings, own, above, below, self.codes)


def by_section(placed: Iterable[Placed]) -> dict[int, list[Finding]]:
    """Findings by the number of their section."""
    found: dict[int, list[Finding]] = {}
    for section, finding in placed:
        found.setdefault(section, []).append(finding)
    return found


def chosen(findings: Findings, configuration: Configuration) -> Findings:
    """The findings that the configuration wants to see, with the severities it gives them."""
    if not (findings and makes_a_choice(configuration)):
        return findings
    wanted: list[Finding] = []
    for finding in findings:
        if configuration.select and not matches(finding.code, configuration.select):
            continue
        if matches(finding.code, configuration.ignore):
            continue
        severity = next(
            (value for pattern, value in configuration.severity.items() if fnmatchcase(finding.code, pattern)), None
        )
        if severity == "off":
            continue
        wanted.append(finding._replace(severity=severity) if severity else finding)
    return tuple(wanted)


def is_heard(rule: Rule, variant: str, configuration: Configuration) -> bool:
    """Whether a variant of a rule is to be found at all: some are off until the configuration gives a severity."""
    return variant not in rule.silent or any(fnmatchcase(rule.code, pattern) for pattern in configuration.severity)


def makes_a_choice(configuration: Configuration) -> bool:
    """Whether the configuration says anything about findings."""
    return bool(configuration.select or configuration.ignore or configuration.severity)


def matches(code: str, patterns: Sequence[str]) -> bool:
    """Whether a code is one of the patterns, such as ``figure.*``."""
    return any(fnmatchcase(code, pattern) for pattern in patterns)
