"""`invigilator ready`: in repositories of the real git, as real processes where that matters."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from cli.commands import Command, Files, Process, environment, program
from pictures import png
from reports import numbered, words
from surroundings.repositories import GIT, git

pytestmark = pytest.mark.skipif(GIT is None or os.name == "nt", reason="needs git")

TEXT = numbered([words(12), "![the plot](figures/plot.png)", "x"])
NAMES = ["official-check", "report-place", "figures", "conflict-markers", "placeholders", "page"]


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


@pytest.fixture
def project(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The current folder: a repository whose report is on the remote's default branch."""
    remote = tmp_path_factory.mktemp("remote")
    git(remote, "init", "-q", "--bare")
    project = files({"reports/README.md": TEXT, "reports/figures/plot.png": png()})
    git(project, "init", "-q")
    commit(project)
    git(project, "remote", "add", "origin", str(remote))
    git(project, "push", "-qu", "origin", "main")
    git(project, "remote", "set-head", "origin", "--auto")
    return project


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "x")


def test_ready(project: Path, process: Process) -> None:
    done = process("ready", env={"PYTHONIOENCODING": "utf-8"})

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().splitlines() == [
        "reports/README.md",
        "",
        "✓ Every question keeps to its limits",
        "✓ The report stands at reports/README.md",
        "✓ Report and pictures are committed and pushed",
        (
            "    The report and 1 picture are on origin/main as here, as far as this computer knows: nothing was asked "
            "over the network. Type: git fetch, then ask again, if others push as well."
        ),
        "✓ No merge conflict is left",
        "✓ No placeholder is left",
        "✓ The page that is handed in is whole",
        "",
        "Ready to hand in.",
    ]


def test_what_is_told_to_type_makes_it_ready(project: Path, files: Files, command: Command) -> None:
    two = TEXT.replace("\nx\n", "\n![a](<figures/two words.png>)\n")
    files({"reports/README.md": two, "reports/figures/two words.png": png(), ".gitignore": "*.tmp\n"})

    result = command("ready")

    assert result.code == 1
    line = two[: two.index("![a]")].count("\n") + 1
    assert result.out.splitlines()[4:7] == [
        "✗ Report and pictures are committed and pushed",
        (
            f"    reports/README.md:{line}: Not in git: figures/two words.png. "
            'Type: git add "reports/figures/two words.png"'
        ),
        (
            "    Changed, and the change is not committed: README.md. "
            'Type: git add reports/README.md, then git commit -m "Report", then git push'
        ),
    ]
    assert result.out.endswith("\nNot ready: 1 of 6 checks says no.\n")
    for step in (
        ["add", "reports/figures/two words.png"],
        ["add", "reports/README.md"],
        ["commit", "-m", "Report"],
        ["push"],
    ):
        git(project, *step)
    assert command("ready").code == 0


def test_paths_are_as_typed_in_this_folder(project: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "reports/README.md").write_text(TEXT + "More.\n")
    monkeypatch.chdir(project / "reports/figures")
    assert "Type: git add ../README.md, then" in command("ready", "..").out
    monkeypatch.chdir(project.parent)
    assert "Type: git add reports/README.md, then" in command("ready", str(project)).out


def test_json(project: Path, process: Process) -> None:
    (project / "reports/README.md").write_text(TEXT.replace("\nx\n", "\n--- question 3 fill here ---\n"))

    done = process("ready", "--format", "json", "reports", env={"PYTHONIOENCODING": "ascii"})

    assert (done.returncode, done.stderr) == (1, b"")
    answer = json.loads(done.stdout.decode("ascii"))
    assert {key: answer[key] for key in ("version", "path", "ready", "conclusion")} == {
        "version": 1,
        "path": "reports/README.md",
        "ready": False,
        "conclusion": "Not ready: 2 of 6 checks say no.",
    }
    assert [check["name"] for check in answer["checks"]] == NAMES
    assert [check["state"] for check in answer["checks"]] == ["yes", "yes", "no", "yes", "no", "yes"]
    line = TEXT[: TEXT.rindex("\nx\n")].count("\n") + 2
    message = "Question 3 still has its placeholder. Write the answer in its place."
    assert answer["checks"][4]["reasons"] == [{"message": message, "line": line, "path": None}]


def test_what_cannot_be_told_is_no_yes(files: Files, command: Command) -> None:
    files({"reports/README.md": TEXT, "reports/figures/plot.png": png()})

    result = command("ready")

    assert result.code == 1
    assert "\n? Report and pictures are committed and pushed\n    This folder is in no git repository" in result.out
    assert result.out.endswith("\nPerhaps ready: 1 of 6 checks cannot tell. Look for yourself.\n")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_every_console_takes_it(files: Files, process: Process, encoding: str) -> None:
    files({"reports/README.md": numbered(["![ø](figures/→.png)"])})

    done = process("ready", env={"PYTHONIOENCODING": encoding})

    assert done.returncode == 1
    assert {line[:4] for line in done.stdout.splitlines() if b" The report stands" in line} == {b"yes "}
    assert {line[:4] for line in done.stdout.splitlines() if b" Report and pictures" in line} == {b"no  "}
    assert rb"figures/\u2192.png" in done.stdout
    assert "✗".encode() not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.md"], "nowhere.md: no such file or folder"),
        (["two"], "two: holds 2 reports: name the one to hand in, such as two/a.md"),
        (["-"], "standard input is not handed in: name the report's file or folder"),
        (["notes.md"], "notes.md: is not a report: it has no question heading such as `### Question 1`"),
    ],
)
def test_what_cannot_be_used(files: Files, command: Command, arguments: list[str], said: str) -> None:
    files({"two/a.md": TEXT, "two/b.md": TEXT, "notes.md": "# Notes\n"})
    assert command("ready", *arguments) == (2, "", f"invigilator: {said}\n")


def test_a_call_that_makes_no_sense(command: Command, files: Files) -> None:
    files({})
    assert command("ready", "a", "b").code == 2
    result = command("ready", "--format", "yaml")
    assert result.code == 2
    assert "ready --help says more" in result.err


def test_colours_on_a_terminal_and_nothing_is_wrapped(project: Path) -> None:
    (project / "reports/README.md").write_text(TEXT + "More.\n")
    ours, theirs = pty.openpty()
    look = {"COLUMNS": "40", "PYTHONIOENCODING": "utf-8", "TERM": "xterm"}
    with subprocess.Popen(program("ready"), stdout=theirs, cwd=project, env=environment(look)) as running:
        os.close(theirs)
        printed = b""
        while data := _read(ours):
            printed += data
    os.close(ours)
    text = printed.decode().replace("\r\n", "\n")
    assert running.returncode == 1
    assert "\x1b[32m✓\x1b[0m" in text
    assert 'Type: git add reports/README.md, then git commit -m "Report", then git push\n' in text


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # nobody has the other end open any more
        return b""


def test_the_repository_is_left_as_it_is(project: Path, command: Command) -> None:
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()}
    assert command("ready").code == 0
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*") if path.is_file()} == before
