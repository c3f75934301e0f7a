"""The action in a GitHub job: the workflows of docs/ci.md, as they are copied from there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from junitparser import JUnitXml

from ci.conftest import Repository
from ci.runner import Annotation, Runner
from ci.tools import copied, installs
from surroundings.repositories import git

pytestmark = installs

OWN = copied("GitHub: a group's own report")


@pytest.fixture(scope="module")
def runner(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Runner:
    return Runner(project, tmp_path_factory.mktemp("runner"), tmp_path_factory.mktemp("uploads"))


def with_inputs(**inputs: str) -> str:
    """The workflow for a group's own report, with inputs."""
    lines = "".join(f"          {name.replace('_', '-')}: {json.dumps(value)}\n" for name, value in inputs.items())
    after = "      - if: always()\n        run: ls; cat report.xml || true\n"
    return f"{OWN.rstrip()}\n        id: check\n        with:\n{lines}{after}"


def test_a_groups_own_report(runner: Runner, repository: Repository) -> None:
    job = runner.run(repository(), OWN)

    assert not job.passed
    assert job.annotations[:3] == [
        Annotation("error", "Official check", "reports/README.md", 85),
        Annotation("error", "Question 7: figure.wrong-case", "reports/README.md", 144),
        Annotation("error", "Question 7: figure.not-found", "reports/README.md", 152),
    ]
    assert job.lines[-1] == "8 of 12 pass the official check, 2 unanswered"
    assert job.summary.startswith("## `reports/README.md`\n\n**8 of 12 pass the official check, 2 unanswered**")
    assert job.summary.count("## `reports/README.md`") == 1
    assert {name: job.outputs[name] for name in ("passed", "total", "unanswered", "findings", "exit-code")} == {
        "passed": "8",
        "total": "12",
        "unanswered": "2",
        "findings": "14",
        "exit-code": "1",
    }


def test_inputs_reach_the_command(runner: Runner, repository: Repository) -> None:
    folder = repository(**{"second 'report'; $(touch pwned).md": "### Question 1\n\n> Answer:\n\nword\n"})
    job = runner.run(
        folder,
        with_inputs(
            path="reports\nsecond 'report'; $(touch pwned).md\n",
            fail_on="never",
            select="figure.*",
            ignore="figure.remote,figure.link",
            annotations="false",
            summary="false",
            junit="report.xml",
            python_version="",
        ),
    )

    assert job.passed
    assert (job.annotations, job.summary) == ([], "")
    assert job.outputs["findings"] == "6"
    assert "pwned" not in job.lines
    text = "\n".join(job.lines)
    assert "[figure.wrong-case]" in text
    assert "[figure.remote]" not in text
    document = JUnitXml.fromstring(text[text.index("<?xml") : text.index("</testsuites>")].encode() + b"</testsuites>")
    assert [suite.name for suite in document] == ["reports/README.md", "second 'report'; $(touch pwned).md"]


def test_a_call_that_is_not_understood_fails(runner: Runner, repository: Repository) -> None:
    job = runner.run(repository(), with_inputs(fail_on="sometimes"))

    assert not job.passed
    assert job.outputs["exit-code"] == "2"
    assert any("'sometimes' is not one of" in line for line in job.lines)


def test_code_scanning_gets_its_file(runner: Runner, repository: Repository) -> None:
    job = runner.run(repository(), copied("GitHub: code scanning"))

    assert job.passed
    (log,) = runner.uploads.iterdir()
    assert len(json.loads(log.read_text())["runs"][0]["results"]) == 14


def test_all_groups_at_once(runner: Runner, repository: Repository, tmp_path: Path) -> None:
    repository("first")
    (repository("second") / "reports" / "README.md").unlink()
    git(tmp_path / "second", "rm", "-q", "-r", ".")
    git(tmp_path / "second", "commit", "-q", "-m", "Nothing", "--allow-empty")
    groups = f"first {tmp_path / 'first'}\ngone {tmp_path / 'gone'}\nthird {tmp_path / 'first'}\n"
    staff = repository("staff", **{"groups.txt": groups})
    git(staff, "rm", "-q", "-r", "reports")
    git(staff, "commit", "-q", "-m", "No report of our own")

    job = runner.run(staff, copied("GitHub: all groups at once"), "workflow_dispatch")

    assert job.passed
    assert job.annotations == [Annotation("warning", "", "", 0)]
    assert job.summary.startswith("2 reports: 2 fine; ")
    assert "| `groups/first/reports/README.md` | 8 of 12 pass the official check, 2 unanswered |" in job.summary
    assert job.outputs["total"] == "24"
