"""A finding as data, and the rule it comes from, which knows its words and its severity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from invigilator.text import Span

Severity = Literal["error", "warning", "information", "hint"]
SEVERITIES: Final[tuple[Severity, ...]] = ("error", "warning", "information", "hint")
"""From the gravest to the mildest."""

Tag = Literal["unnecessary"]


Facts = Mapping[str, object]
"""The figures and names that fill in a message."""

NO_FACTS: Final[Facts] = {}


class Count(int):
    """A number that can say what it counts: ``f"{Count(1):word}, {Count(2):word}"`` is ``1 word, 2 words``."""

    def __format__(self, spec: str) -> str:
        if not spec.isalpha() or len(spec) < 3:
            return super().__format__(spec)
        return f"{int(self)} {spec}" if self == 1 else f"{int(self)} {spec}s"


class Edit(NamedTuple):
    """Replace `span`, which counts from the start of the whole text, by `new_text`.

    `cursor` is where in `new_text` a person writes on, if that is somewhere in it.
    """

    span: Span
    new_text: str
    cursor: int | None = None


class FileCopy(NamedTuple):
    """A file to be copied to a place where nothing stands; both paths are relative to the report's folder."""

    source: str
    target: str


class Fix(NamedTuple):
    """A way to mend a finding; a safe one changes nothing that a person would have to think about.

    The edits of one with a `copy` are right only once that file is there.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = False
    copy: FileCopy | None = None


class Related(NamedTuple):
    """Another place that has to do with a finding: `span` counts from the start of section number `section`."""

    section: int
    span: Span
    message: str


class Finding(NamedTuple):
    """One thing that is wrong, or worth knowing. `span` counts from its section's start."""

    rule: Rule
    severity: Severity
    span: Span
    question: int | None
    variant: str
    facts: tuple[tuple[str, object], ...]
    related: tuple[Related, ...] = ()

    @property
    def code(self) -> str:
        """The stable name, such as ``answer.too-short``."""
        return self.rule.code

    @property
    def message(self) -> str:
        """What is wrong, with its figures, and what to do."""
        return self.rule.messages[self.variant].format(**dict(self.facts))


@dataclass(frozen=True, eq=False)
class Rule:
    """A row of the table of findings.

    `when` is for the documentation; `messages` has the words for every variant (`""` is the usual one);
    `milder` the severities of variants that are not as grave as `severity`; `silent` are the variants that are off
    unless the configuration gives the code a severity.
    """

    code: str
    severity: Severity
    when: str
    messages: Mapping[str, str]
    milder: Mapping[str, Severity] = field(default_factory=dict)
    tags: tuple[Tag, ...] = ()
    silent: frozenset[str] = frozenset()

    def finding(
        self,
        span: Span,
        question: int | None,
        variant: str = "",
        facts: Facts = NO_FACTS,
        *,
        related: tuple[Related, ...] = (),
    ) -> Finding:
        """A finding of this rule; `facts` fill in the message."""
        severity = self.milder.get(variant, self.severity)
        return Finding(self, severity, span, question, variant, tuple(facts.items()), related)
