"""`--format junit`: read by a library that reads what test runners write."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from cli.commands import Command, Files, Process
from reports import numbered, question, report, script, words

REMOTE = "![a](https://example.org/a.png)"
JUDGED = script({1: ((10, 30), None), 2: ((10, 30), (1, 2)), 4: ((10, 20), None)}, 5)

# the schema of Jenkins' xUnit plugin (junit-10.xsd): what an element may have, and which attributes it must have
ATTRIBUTES = {
    "testsuites": ({"name"}, {"time", "tests", "failures", "errors"}),
    "testsuite": ({"name", "tests", "failures", "errors"}, {"file", "skipped", "time", "timestamp", "hostname", "id"}),
    "testcase": ({"name"}, {"classname", "time", "group"}),
    "failure": ({"type", "message"}, set[str]()),
    "error": ({"type", "message"}, set[str]()),
    "skipped": ({"type", "message"}, set[str]()),
    "system-out": (set[str](), set[str]()),
}
CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase", "system-out"},
    "testcase": {"failure", "error", "skipped", "system-out"},
}


def suites(output: str) -> list[TestSuite]:
    document: Any = JUnitXml.fromstring(output.encode())
    return list(document)


def outcomes(suite: TestSuite) -> dict[str, str]:
    """Each test's name, and what there is to say of it."""
    return {case.name: " ".join(f"{type(one).__name__}: {one.message}" for one in case.result) for case in suite}


def check_form(output: str) -> None:
    for element in ElementTree.fromstring(output.encode()).iter():
        needed, allowed = ATTRIBUTES[element.tag]
        assert needed <= set(element.attrib) <= needed | allowed
        assert {child.tag for child in element} <= CHILDREN.get(element.tag, set())


def test_a_suite_a_report_and_a_test_a_question(files: Files, command: Command) -> None:
    text = numbered([words(12), words(8), f"{words(3)} ![a](no.png)", None, None])
    files({"reports/README.md": text, "reports/report.py": JUDGED})

    result = command("check", "--format", "junit")

    assert (result.code, result.err) == (1, "")
    check_form(result.out)
    (suite,) = suites(result.out)
    assert (suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) == ("reports/README.md", 6, 3, 0, 1)
    assert outcomes(suite) == {
        "The report as a whole": "",
        "Question 1": "",
        "Question 2": "Failure: 2 words short, 1 image short",
        "Question 3": "Failure: There is no file no.png. Save the picture there, or correct the name.",
        "Question 4": "Failure: not answered",
        "Question 5": "Skipped: not answered",
    }
    cases = {case.name: case for case in suite}
    assert {case.classname for case in suite} == {"reports.README"}
    (failure,) = cases["Question 2"].result
    assert isinstance(failure, Failure)
    assert failure.type == "official-check"
    first, counts, *findings = (failure.text or "").split("\n")
    assert first == "2 words short, 1 image short"
    assert counts == "Words: 8, asked: 10-30; Images: 0, asked: 1-2"
    assert [line.partition(": ")[0] for line in findings] == ["reports/README.md:17:3"] * 2
    assert findings[0].endswith("8 words, at least 10 are asked for: write 2 more. [answer.too-short]")
    assert cases["Question 1"].system_out == "Words: 12, asked: 10-30"
    assert isinstance(cases["Question 5"].result[0], Skipped)


@pytest.mark.parametrize(
    ("threshold", "failing"),
    [
        ("error", {"Question 2"}),
        ("warning", {"Question 2", "Question 3"}),
        ("information", {"Question 1", "Question 2", "Question 3"}),
        ("never", {"Question 2", "Question 3"}),
    ],
)
def test_a_test_fails_where_the_exit_code_would_tell(
    files: Files, command: Command, threshold: str, failing: set[str]
) -> None:
    answers = [REMOTE, "![a](no.png)", "x --- question 3 fill here ---"]
    files({"README.md": numbered(answers)})

    result = command("check", "--format", "junit", "--fail-on", threshold)

    (suite,) = suites(result.out)
    assert {name for name, outcome in outcomes(suite).items() if outcome} == failing
    assert result.code == (0 if threshold == "never" else 1)


def test_a_check_that_stops_fails_the_whole(files: Files, command: Command) -> None:
    text = report(question(1, words(12)), question(2, words(12), marker=None), question(3, words(3)))
    files({"README.md": text, "report.py": script({1: ((10, 30), None)}, 3)})

    (suite,) = suites(command("check", "--format", "junit", "--ignore", "*.*").out)

    whole, *others = outcomes(suite).items()
    assert whole[0] == "The report as a whole"
    assert whole[1].startswith("Failure: The official check stops: ")
    assert [name for name, outcome in others if outcome] == ["Question 2"]


def test_findings_of_the_whole_have_a_test(files: Files, command: Command) -> None:
    head = "# Ours\n\n<<<<<<< ours\none\n=======\ntwo\n>>>>>>> theirs\n\n"
    files({"README.md": report(question(1, words(12)), head=head)})

    (suite,) = suites(command("check", "--format", "junit").out)

    said = outcomes(suite)
    assert said["The report as a whole"].startswith("Failure: Two versions of the report stand here")
    assert said["Question 1"] == ""


def test_two_questions_of_one_number_are_two_tests(files: Files, command: Command) -> None:
    files({"README.md": report(question(1, words(3)), question(1, words(3)))})

    (suite,) = suites(command("check", "--format", "junit").out)

    assert list(outcomes(suite)) == ["The report as a whole", "Question 1", "Question 1 (2)"]


def test_a_report_that_cannot_be_read(files: Files, command: Command) -> None:
    files({"a.md": numbered([words(12)]), "b.md": numbered(["x"]).encode() + b"\xff"})

    result = command("check", "--format", "junit", "a.md", "b.md")

    assert result.code == 2
    check_form(result.out)
    document: Any = JUnitXml.fromstring(result.out.encode())
    assert (document.tests, document.failures, document.errors) == (3, 0, 1)
    _, refused = suites(result.out)
    (case,) = list[TestCase](refused)
    (error,) = case.result
    assert isinstance(error, Error)
    assert (error.message or "").startswith("is not UTF-8: ")


@pytest.mark.parametrize("name", ["a&b<c>\"d'.md", "esc\x1b[31m.md", "bell\x07.md", "\ufffe.md", "ø→𝄞.md"])
def test_every_name_fits_into_xml(files: Files, command: Command, name: str) -> None:
    (files({}) / name).write_text(numbered([words(3)]))

    output = command("check", "--format", "junit", name).out

    check_form(output)
    assert output.isascii()
    (suite,) = suites(output)
    assert suite.name == (name if name.isprintable() else name.encode("unicode_escape").decode())


def test_a_name_that_is_no_text(files: Files, process: Process) -> None:
    folder = files({})
    (folder / b"caf\xe9.md".decode("utf-8", "surrogateescape")).write_text(numbered([words(3)]))

    done = process("check", "--format", "junit", env={"PYTHONIOENCODING": "ascii"})

    (suite,) = suites(done.stdout.decode("ascii"))
    assert suite.name == r"caf\udce9.md"


def test_to_a_file(files: Files, command: Command) -> None:
    folder: Path = files({"README.md": numbered([words(12)])})

    result = command("check", "--format", "junit", "--output", "junit.xml")

    assert result == (0, "", "")
    assert len(suites((folder / "junit.xml").read_text())) == 1
