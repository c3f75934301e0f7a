"""`--format sarif`: validated by Microsoft's own tool, by the schema and by what GitHub's code scanning asks for."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest

from cli.commands import Command, Files, Process
from pictures import png
from reports import numbered, question, report, script, words

_SYSTEM: Final = {"linux": "linux", "darwin": "darwin", "win32": "win32"}.get(sys.platform, "linux")
_TOOL: Final = (
    Path(__file__).parents[2] / "node_modules" / "@microsoft" / f"sarif-multitool-{_SYSTEM}" / "Sarif.Multitool"
)
REMOTE = "![a](https://example.org/a.png)"
EVERYTHING = numbered(
    [
        f"{words(3)} {REMOTE}",
        "![a](no.png) ![a](<no%20more.png>)",
        f"{words(2)}\n## heading\n{words(9)}",
        None,
        "ø→𝄞 ![a](figures/A.png) x --- question 5 fill here ---",
    ]
)


def complaints(log: Path) -> list[str]:
    """What the validator says of a log: by the schema, by the standard's advice, and by GitHub's needs."""
    if not _TOOL.exists():
        pytest.skip("the validator is not there: `npm ci` installs it")
    if not os.access(_TOOL, os.X_OK):  # npm leaves that to a script, which it may be told not to run
        _TOOL.chmod(0o755)
    done = subprocess.run(
        [_TOOL, "validate", log, "--rule-kind", "Sarif;Ghas"],
        capture_output=True,
        text=True,
        env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        timeout=60,
        check=False,
    )
    assert "1 files scanned" in done.stdout, done.stdout + done.stderr
    return re.findall(r"(?:error|warning) ([A-Z]+\d+|JSON\d+): (.*)", done.stdout)


def run_of(output: str) -> dict[str, Any]:
    document = json.loads(output)
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    assert isinstance(run, dict)
    return run


def test_the_validator_finds_faults(tmp_path: Path) -> None:
    log = tmp_path / "log.sarif"
    log.write_text('{"version": "2.1.0", "runs": [{"tool": {}, "results": [{"level": "fatal"}]}]}')

    assert len(complaints(log)) > 2


def test_a_log_is_valid_and_what_github_wants(files: Files, command: Command) -> None:
    folder = files(
        {
            "reports/README.md": EVERYTHING,
            "reports/report.py": script({1: ((10, 30), None), 3: ((10, 30), (1, 2))}, 5),
            "reports/figures/a.png": png(2, 2),
            "broken.md": numbered(["x"]).encode() + b"\xff",
            "a b→.md": numbered([REMOTE]),
        }
    )

    result = command("check", "--format", "sarif", "--output", "log.sarif", ".", "broken.md", "a b→.md")

    assert result.code == 2
    said = complaints(folder / "log.sarif")
    # there is no page about the project on the web that its logs could name
    assert [rule for rule, _ in said] == ["SARIF2005"]
    assert "informationUri" in said[0][1]


def test_a_log_without_results_is_valid_too(files: Files, command: Command) -> None:
    folder = files({"README.md": numbered([words(3)])})

    assert command("check", "--format", "sarif", "--output", "log.sarif").code == 0

    assert [rule for rule, _ in complaints(folder / "log.sarif")] == ["SARIF2005"]
    assert run_of((folder / "log.sarif").read_text())["results"] == []


def test_a_result(files: Files, command: Command) -> None:
    files({"reports/README.md": numbered([words(12), f"ø→𝄞 {REMOTE}"])})

    run = run_of(command("check", "--format", "sarif").out)

    assert run["columnKind"] == "unicodeCodePoints"
    (result,) = run["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("figure.remote", 0, "note")
    assert result["message"]["text"].startswith("This picture is on the web")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "reports/README.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 19, "startColumn": 10, "endLine": 19, "endColumn": 35},
    }
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["id"] == "figure.remote"
    assert rule["defaultConfiguration"] == {"level": "note"}
    assert rule["help"]["markdown"].startswith("# figure.remote\n")


def test_no_place_of_this_machine_is_in_it(files: Files, command: Command) -> None:
    folder = files({"README.md": EVERYTHING, "gone.md": b"\xff"})

    output = command("check", "--format", "sarif", str(folder / "README.md"), str(folder / "gone.md")).out

    assert folder.name not in output
    assert "file:" not in output


def test_related_places_are_there(files: Files, command: Command) -> None:
    text = report(question(1, words(12)), question(2, words(12), marker=None), question(3, words(3)))
    files({"README.md": text, "report.py": script({}, 3)})

    results = run_of(command("check", "--format", "sarif").out)["results"]

    (stops,) = [result for result in results if result["ruleId"] == "report.unreadable"]
    (place,) = stops["relatedLocations"]
    (cause,) = [result for result in results if result["ruleId"] == "marker.missing"]
    assert place["physicalLocation"] == cause["locations"][0]["physicalLocation"]


def test_a_report_that_cannot_be_read_is_the_tools_business(files: Files, command: Command) -> None:
    files({"a.md": numbered([words(12)])})

    result = command("check", "--format", "sarif", "a.md", "gone.md")

    (invocation,) = run_of(result.out)["invocations"]
    assert (result.code, invocation["executionSuccessful"]) == (2, False)
    (notification,) = invocation["toolExecutionNotifications"]
    assert notification["level"] == "error"
    assert notification["message"]["text"] == "gone.md: no such file or folder"
    assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "gone.md"


def fingerprints(files: Files, command: Command, text: str) -> list[str]:
    files({"README.md": text})
    results = run_of(command("check", "--format", "sarif", "README.md").out)["results"]
    return [result["partialFingerprints"]["invigilatorFinding/v1"] for result in results]


def test_a_finding_is_known_again_when_lines_move(files: Files, command: Command) -> None:
    before = fingerprints(files, command, EVERYTHING)
    after = fingerprints(files, command, EVERYTHING.replace("# Our project\n", "# Our project\n\n* [x] one\n\n"))

    assert after == before
    assert len(set(before)) == len(before) > 5


def test_two_alike_are_told_apart(files: Files, command: Command) -> None:
    first, second, other = fingerprints(files, command, numbered([f"{REMOTE} {REMOTE}", REMOTE]))

    assert first.partition(":")[0] == second.partition(":")[0] != other.partition(":")[0]
    assert (first[-2:], second[-2:], other[-2:]) == (":1", ":2", ":1")


def applied(text: str, fix: dict[str, Any]) -> str:
    """The text after a fix, as the standard says that it is to be applied."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    (change,) = fix["artifactChanges"]
    for replacement in sorted(change["replacements"], key=lambda one: str(one["deletedRegion"]), reverse=True):
        region = replacement["deletedRegion"]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    return text


def test_a_fix_can_be_applied(files: Files, command: Command) -> None:
    text = numbered(["ø→𝄞 ![a](figures/A.png)"])
    folder = files({"README.md": text, "figures/a.png": png(2, 2)})

    (result,) = run_of(command("check", "--format", "sarif").out)["results"]

    assert result["ruleId"] == "figure.wrong-case"
    assert applied(text, result["fixes"][0]) == text.replace("A.png", "a.png")
    assert (folder / "README.md").read_text() == text


def test_a_name_that_is_no_text(files: Files, process: Process) -> None:
    folder = files({})
    (folder / b"caf\xe9.md".decode("utf-8", "surrogateescape")).write_text(numbered([REMOTE]))

    done = process("check", "--format", "sarif", env={"PYTHONIOENCODING": "ascii"})

    (result,) = run_of(done.stdout.decode("ascii"))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "caf%E9.md"
    assert b"\\udc" not in done.stdout
