"""The official verdict on real reports, against what the course's own check said of each.

The reports stand beside the project; without them there is nothing to test.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from invigilator.analysis import analyse
from invigilator.official.editions import EDITIONS
from invigilator.summary import report_json
from invigilator.surroundings import Nowhere, Surroundings
from invigilator.surroundings.memory import MemorySurroundings

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
REPORTS = sorted(path.parent for part in ("open", "history-open") for path in (CORPUS / part).glob("*/oracle.json"))

pytestmark = pytest.mark.skipif(not REPORTS, reason=f"no reports in {CORPUS}")

Limits = Mapping[str, int]
"""`min_words`, `max_words`, `min_images` and `max_images`, where there are any."""


def text_of(report: Path) -> str:
    return (report / "README.md").read_bytes().decode("utf-8")


def oracle_of(report: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((report / "oracle.json").read_text("utf-8"))
    return result


def official(report: Path, surroundings: Surroundings) -> dict[str, Any]:
    result: dict[str, Any] = report_json(analyse(text_of(report), surroundings), report.name)["official"]
    return result


def agree(found: dict[str, Any], oracle: dict[str, Any]) -> None:
    """Assert that the verdict is the oracle's, answer by answer."""
    assert found is not None
    assert found["runs"] == oracle["runs"]
    answers = [(one["question"], one["words"], one["images"], one["passed"]) for one in found["answers"]]
    assert [one["index"] for one in found["answers"]] == list(range(1, len(answers) + 1))
    if oracle["runs"]:
        expected = [(one["belongs_to"], one["words"], one["images"], one["passed"]) for one in oracle["questions"]]
        assert answers == expected
        assert found["error"] is None
        assert found["total"] == oracle["expected_answers"]
        assert found["passed"] == sum(one["passed"] for one in oracle["questions"])
    else:
        assert answers == [(one["belongs_to"], one["words"], one["images"], None) for one in oracle["segments"]]
        assert found["error"]
        assert (found["passed"], found["total"]) == (None, None)


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_from_prompts_and_editions_alone(report: Path) -> None:
    agree(official(report, Nowhere()), oracle_of(report))


# --- with a script beside the report ----------------------------------------------------------------------------------


def constraints_of(report: Path) -> list[Limits]:
    """The limits of every question: the oracle's, or the edition's where the check did not run."""
    oracle = oracle_of(report)
    if oracle["runs"]:
        return [one["constraint"] for one in oracle["questions"]]
    edition = next(one for one in reversed(EDITIONS) if one.questions == oracle["expected_answers"])
    result: list[Limits] = []
    for constraint in edition.constraints.values():
        limits = {}
        for kind, bounds in (("words", constraint.words), ("images", constraint.images)):
            if bounds is not None and bounds.low is not None and bounds.high is not None:
                limits.update({f"min_{kind}": bounds.low, f"max_{kind}": bounds.high})
        result.append(limits)
    return result


def as_list(constraints: list[Limits]) -> str:
    """A script of the first shape: a list of functions."""

    def entry(limits: Limits) -> str:
        parts = []
        if "min_words" in limits:
            ends = f"min_length={limits['min_words']}, max_length={limits['max_words']}"
            parts.append(f"partial(length_constraints, {ends})")
        if "min_images" in limits:
            ends = f"min_length={limits['min_images']}, max_length={limits['max_images']}"
            parts.append(f"partial(image_constrains, {ends})")
        if len(parts) == 2:
            return f"partial(multi_constrains, constrains=({', '.join(parts)}))"
        return parts[0] if parts else "no_constraints"

    cut = "text[43:]" if len(constraints) == 27 else "text"
    entries = "".join(f"    {entry(limits)},\n" for limits in constraints)
    return (
        "from functools import partial\n\n"
        "def check():\n"
        f"    with open('README.md') as file:\n        text = file.read()\n    text = {cut}\n"
        "    answers = cut_answers(text)\n"
        f"    if len(answers) != {len(constraints)}:\n        raise ValueError('another number of answers')\n\n"
        f"question_constrains = [\n{entries}]\n"
    )


def as_dict(constraints: list[Limits]) -> str:
    """A script of the second shape: a dict of objects."""

    def entry(limits: Limits) -> str:
        parts = []
        if "min_words" in limits:
            parts.append(f"LengthConstraints(min_length={limits['min_words']}, max_length={limits['max_words']})")
        if "min_images" in limits:
            parts.append(f"ImageConstraints(min_images={limits['min_images']}, max_images={limits['max_images']})")
        if len(parts) == 2:
            return f"MultiConstraints(constrains=[{', '.join(parts)}])"
        return parts[0] if parts else "NoConstraints()"

    cut = "text[43:]" if len(constraints) == 27 else "text"
    entries = "".join(f'    "question_{number}": {entry(limits)},\n' for number, limits in enumerate(constraints, 1))
    return (
        f"question_constraints = {{\n{entries}}}\n\n"
        "def check():\n"
        f"    text = Path('README.md').read_text()\n    answers = cut_answers({cut})\n"
        "    if len(answers) != len(question_constraints):\n        raise ValueError('another number of answers')\n"
    )


@pytest.mark.parametrize("shape", [as_list, as_dict])
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_with_a_script_beside_the_report(report: Path, shape: Callable[[list[Limits]], str]) -> None:
    surroundings = MemorySurroundings({"report.py": shape(constraints_of(report))})
    assert analyse("### Question 1\nAnswer:\n", surroundings).problems == ()
    agree(official(report, surroundings), oracle_of(report))


def test_the_script_and_not_the_prompt_decides() -> None:
    """With limits that no edition has, only an answer of a thousand words and none of an image passes."""
    report = next(report for report in REPORTS if oracle_of(report)["runs"])
    number = oracle_of(report)["expected_answers"]
    strict: list[Limits] = [{"min_words": 1_000, "max_words": 2_000}] * number
    for shape in (as_list, as_dict):
        assert official(report, MemorySurroundings({"report.py": shape(strict)}))["passed"] == 0


# --- the one report that everybody knows ------------------------------------------------------------------------------


def test_the_given_report() -> None:
    (given,) = (report for report in REPORTS if report.name == "the-given-report")
    found = official(given, Nowhere())
    assert (found["runs"], found["passed"], found["total"]) == (True, 13, 27)


def test_there_are_reports_of_every_kind() -> None:
    oracles = [oracle_of(report) for report in REPORTS]
    assert {oracle["expected_answers"] for oracle in oracles} == {27, 31}
    assert {oracle["runs"] for oracle in oracles} == {True, False}
