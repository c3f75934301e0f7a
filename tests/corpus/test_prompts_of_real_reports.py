"""Limits and editions of real reports, against what the course's own check goes by.

The reports stand beside the project; without them there is nothing to test.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from invigilator.official.editions import Recognised, recognise
from invigilator.report.limits import prompt_constraint, question_text
from invigilator.report.model import Bounds, Constraint

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
REPORTS = sorted(path.parent for path in CORPUS.glob("*/*/README.md") if (path.parent / "oracle.json").is_file())
HEADING = re.compile(r"^### Question (\d+)[ \t]*$", re.MULTILINE)

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"no reports in {CORPUS}")


def read(report: Path) -> tuple[list[int], dict[int, str]]:
    """The numbers of the headings and the prompts, as simply as can be."""
    text = (report / "README.md").read_text(encoding="utf-8")
    numbers, prompts = [], {}
    _, *pieces = HEADING.split(text)
    for number, body in zip(pieces[::2], pieces[1::2], strict=True):
        numbers.append(int(number))
        if "Answer:" in body:
            prompts[int(number)] = body.split("Answer:")[0]
    return numbers, prompts


def recognised(report: Path) -> Recognised | None:
    numbers, prompts = read(report)
    return recognise(numbers, prompts, {number: prompt_constraint(prompt) for number, prompt in prompts.items()})


def official(report: Path) -> dict[int, Constraint]:
    """The limits of the official check by question; empty where it does not run."""
    oracle: dict[str, Any] = json.loads((report / "oracle.json").read_text(encoding="utf-8"))
    return {
        one["number"]: Constraint(_bounds(one["constraint"], "words"), _bounds(one["constraint"], "images"))
        for one in oracle["questions"] or ()
    }


def _bounds(constraint: dict[str, int], kind: str) -> Bounds | None:
    low, high = constraint.get(f"min_{kind}"), constraint.get(f"max_{kind}")
    return None if low is None and high is None else Bounds(low, high)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_the_edition_has_the_official_limits(report: Path) -> None:
    found = recognised(report)
    assert found is not None
    known = {number: found.limits(number) for number in official(report)}
    assert {number: limits.constraint for number, limits in known.items()} == official(report)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_every_stated_limit_is_the_editions(report: Path) -> None:
    found = recognised(report)
    assert found is not None
    for number, prompt in read(report)[1].items():
        stated, limits = prompt_constraint(prompt), found.limits(number)
        assert stated.words in (None, limits.word_bounds), number
        assert stated.images in (None, limits.image_bounds), number
        assert stated.characters is None, number
        # where a prompt speaks of a length it is understood, and images are always in the prose as well
        assert stated.words is not None or "length" not in question_text(prompt), number
        assert stated.images == limits.image_bounds, number


def test_there_are_reports_whose_check_runs() -> None:
    assert sum(bool(official(report)) for report in REPORTS) > 30
