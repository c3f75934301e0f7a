"""`--format github`: annotations on the right lines, ten of a kind, and the job's summary."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cli.commands import Command, Files, Process
from cli.workflow_commands import Read, commands, text
from reports import numbered, question, report, script, words

REMOTE = "![a](https://example.org/a.png)"  # figure.remote, information
JUDGED = script({1: ((10, 30), None), 2: ((10, 30), (1, 2))}, 3)


def printed(command: Command, *arguments: str) -> str:
    return command("check", "--format", "github", *arguments).out


def test_annotations_and_then_the_verdict_as_text(files: Files, command: Command) -> None:
    files({"reports/README.md": numbered([words(12), words(8), f"{words(3)} {REMOTE}"]), "reports/report.py": JUDGED})

    result = command("check", "--format", "github")

    assert (result.code, result.err) == (1, "")
    official, short, few, remote, *verdict = re.sub(r"(:\d+:\d+: ).*", r"\1...", result.out).splitlines()
    failing = (
        "2 of 3 pass the official check, 0 unanswered. Failing: question 2 (line 13): 2 words short, 1 image short"
    )
    assert official == f"::error file=reports/README.md,line=13,title=Official check::reports/README.md: {failing}"
    marker = "file=reports/README.md,line=17,endLine=17,col=3,endColumn=10,title=Question 2%3A"
    assert short == f"::warning {marker} answer.too-short::reports/README.md:17:3: ..."
    assert few == f"::warning {marker} figure.too-few::reports/README.md:17:3: ..."
    image = "file=reports/README.md,line=27,endLine=27,col=21,endColumn=46,title=Question 3%3A"
    assert remote == f"::notice {image} figure.remote::reports/README.md:27:21: ..."
    assert verdict == [
        "Checked reports/README.md (limits from its report.py): 3 findings: 2 warnings, 1 information",
        "2 of 3 pass the official check, 0 unanswered",
    ]


def test_a_report_without_faults_has_no_annotation(files: Files, command: Command) -> None:
    files({"README.md": numbered([words(12)] * 3)})

    result = command("check", "--format", "github")

    assert result.code == 0
    assert result.out == (
        "Checked README.md (limits from its prompts): no findings\n3 of 3 keep to their limits, 0 unanswered\n"
    )


def test_what_is_no_fault_is_no_error(files: Files, command: Command) -> None:
    files({"README.md": numbered([words(2), "x", "x"]), "report.py": JUDGED})

    (official, *_) = commands(printed(command, "--fail-on", "never"))

    assert (official.name, official.properties["title"]) == ("warning", "Official check")


def test_a_check_that_stops_is_told_once(files: Files, command: Command) -> None:
    text_ = report(question(1, words(12)), question(2, words(12), marker=None), question(3, "x"))
    files({"README.md": text_, "report.py": JUDGED})

    said = commands(printed(command))
    assert [one.properties["title"] for one in said if one.name == "error"] == [
        "The report as a whole: report.unreadable",
        "Question 2: marker.missing",
    ]
    (official,) = commands(printed(command, "--ignore", "report.*,marker.*"))
    assert official.name == "error"
    assert official.message.startswith("README.md: The official check stops: ")


def test_a_report_that_cannot_be_read(files: Files, command: Command) -> None:
    files({"a.md": numbered([words(12)]), "b.md": numbered([words(12)]).encode() + b"\xff"})

    result = command("check", "--format", "github", "a.md", "b.md", "gone, really.md")

    assert result.code == 2
    assert [(one.name, one.properties) for one in commands(result.out)] == [
        ("error", {"file": "b.md", "title": "Not checked"}),
        ("error", {"file": "gone, really.md", "title": "Not checked"}),
    ]
    assert commands(result.out)[1].message == "gone, really.md: no such file or folder"
    assert text(result.out)[-1] == "3 reports: 1 fine, 2 not checked; no findings"
    assert [line.split(":")[1] for line in result.err.splitlines()] == [" b.md", " gone, really.md"]


def test_columns_are_left_out_where_a_finding_goes_over_several_lines(files: Files, command: Command) -> None:
    files({"README.md": numbered([f"{words(3)}\n<file\nname>"])})

    (tag,) = commands(printed(command, "--select", "answer.text-vanishes"))

    assert tag.properties == {
        "file": "README.md",
        "line": "12",
        "endLine": "13",
        "title": "Question 1: answer.text-vanishes",
    }


@pytest.mark.parametrize("name", ["a,b:c%d.md", "100%.md", "%0A::error::x.md", "with\nnewline.md", "ø→.md"])
def test_names_that_look_like_syntax(files: Files, command: Command, name: str) -> None:
    folder = files({})
    (folder / name).write_text(numbered([REMOTE]))

    result = command("check", "--format", "github", name)

    (said,) = commands(result.out)
    assert said.name == "notice"
    assert said.properties["file"] == name.replace("\n", r"\n")
    assert said.message.startswith(f"{said.properties['file']}:")


@pytest.mark.parametrize("name", ["::error::x.md", "##[error]x.md", "::add-mask::a/README.md"])
def test_a_name_is_never_a_command(files: Files, command: Command, name: str) -> None:
    files({name: numbered([words(2)])})

    result = command("check", "--format", "github", name)

    assert commands(result.out) == []
    assert "##[" not in result.out


def test_ten_of_a_kind_are_shown_and_the_tenth_tells_of_the_others(files: Files, command: Command) -> None:
    files({"README.md": numbered([f"{words(3)} ![a](no-{number}.png) {REMOTE}" for number in range(1, 14)])})

    said = commands(printed(command))

    errors = [one for one in said if one.name == "error"]
    assert len(errors) == 14
    assert [one.properties["title"] for one in errors[:9]] == [
        f"Question {number}: figure.not-found" for number in range(1, 10)
    ]
    assert errors[9] == Read(
        "error",
        {"title": "GitHub shows 10 errors for a step"},
        "4 more errors are in the log of this step.",
    )
    assert errors[10].properties["title"] == "Question 10: figure.not-found"
    assert [one.name for one in said] == ["error"] * 14 + ["notice"] * 14


def test_the_summary_has_the_others_too(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = files({"README.md": numbered([REMOTE] * 12)})
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))

    tenth = commands(printed(command, "README.md"))[9]

    assert tenth.message == "3 more notices are in the log of this step and the summary of the job."
    assert (folder / "summary.md").read_text().count("`figure.remote`") == 12


def test_hints_do_not_take_the_place_of_what_matters_more(files: Files, command: Command) -> None:
    files({"README.md": numbered([*(["text\n- item"] * 12), REMOTE])})

    notices = [one.properties["title"] for one in commands(printed(command))]

    assert notices[0] == "Question 13: figure.remote"
    assert notices[9] == "GitHub shows 10 notices for a step"


def test_paths_count_from_the_checkout(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = files({"groups/7/README.md": numbered([REMOTE])})
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "README.md"
    elsewhere.write_text(numbered([REMOTE]))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder))
    monkeypatch.chdir(folder / "groups")

    places = [
        [one.properties["file"] for one in commands(printed(command, path))]
        for path in ("7", str(folder / "groups/7/README.md"), str(elsewhere))
    ]

    assert places == [["groups/7/README.md"], ["groups/7/README.md"], [elsewhere.as_posix()]]


def test_a_checkout_behind_a_link(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = files({"README.md": numbered([REMOTE])})
    link = tmp_path_factory.mktemp("elsewhere") / "work"
    link.symlink_to(folder)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(link))

    assert [one.properties["file"] for one in commands(printed(command))] == ["README.md"]


def test_standard_input_is_no_file(command: Command, folder: Path) -> None:
    result = command("check", "--format", "github", "-", stdin=numbered([REMOTE]).encode())

    (said,) = commands(result.out)
    assert said.properties == {
        "line": "11",
        "endLine": "11",
        "col": "6",
        "endColumn": "31",
        "title": "Question 1: figure.remote",
    }
    assert said.message.startswith("-:11:6: ")


def test_to_a_file(files: Files, command: Command) -> None:
    folder = files({"README.md": numbered([REMOTE])})

    result = command("check", "--format", "github", "--output", "commands.txt")

    assert result.out == ""
    assert [one.name for one in commands((folder / "commands.txt").read_text())] == ["notice"]


def test_the_job_has_a_summary(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = files({"README.md": numbered([words(12)]), "summary.md": "# Tests\n\n"})
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))

    result = command("check", "--format", "github", "README.md")

    page = command("check", "--format", "markdown", "README.md").out
    assert (folder / "summary.md").read_text() == f"# Tests\n\n{page}"
    assert "## `README.md`" in page
    assert "## `README.md`" not in result.out


def test_a_summary_is_cut_to_what_github_takes(files: Files, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    largest = 1024 * 1024
    folder = files({"README.md": numbered([REMOTE] * 20), "summary.md": "x" * (largest - 1500) + "\n"})
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))

    printed(command, "README.md")

    written = (folder / "summary.md").read_bytes()
    assert largest - 500 < len(written) <= largest
    assert written.endswith(
        b"\n\n</details>\n\nThe summary is too long for GitHub: the rest is in the log of this step.\n"
    )

    printed(command, "README.md")
    assert len((folder / "summary.md").read_bytes()) <= largest


def test_a_summary_that_cannot_be_written_is_no_fault(
    files: Files, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    files({"README.md": numbered([words(12)])})
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "no/such/folder/summary.md")

    result = command("check", "--format", "github")

    assert result.code == 0
    assert result.err == "warning: cannot write the job's summary: no such file or directory\n"


def test_no_answer_is_quoted(files: Files, process: Process) -> None:
    secret = "s123456"
    answer = f"{secret} ## {secret} ![{secret}](https://example.org/a.png) <{secret}> --- question 1 fill here ---"
    folder = files({"README.md": numbered([f"{secret} - {secret}\n{answer}"] * 3)})

    done = process("check", "--format", "github", env={"GITHUB_STEP_SUMMARY": str(folder / "summary.md")})

    assert done.stdout.count(b"::warning ") >= 3
    assert secret.encode() not in done.stdout + done.stderr
    assert secret not in (folder / "summary.md").read_text()
